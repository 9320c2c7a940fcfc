#pragma once

#include "archive/advisorarchive.h"
#include "archive/advisorrefreshjob.h"
#include "base/error.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace casement {

class AdvisorLoadJob;
class Job;
class Workspace;

/// What a refresh of checks brought: how they ended, and how they stood before and after.
struct AdvisorRefreshNews
{
    AccountId account = 0;
    QString check; ///< its name, when it was one; empty: several
    int refreshed = 0;
    int automatic = 0;
    int tooEarly = 0;
    int abandoned = 0;
    int failed = 0; ///< and those that are gone, or in a state that nobody knows
    int better = 0; ///< checks
    int worse = 0;
    qint64 flaggedBefore = 0; ///< resources of those that were refreshed
    qint64 flaggedAfter = 0;
    Error error; ///< why the whole of it ended early
};

/// Loads and refreshes Trusted Advisor: a job for each account, some at a time, listed among what runs.
class AdvisorWork final : public QObject
{
    Q_OBJECT

public:
    static constexpr int parallelLoads = 4; ///< accounts; each has its own limit of calls

    /// Borrowed; outlives this.
    explicit AdvisorWork(Workspace &workspace, QObject *parent = nullptr);
    ~AdvisorWork() override;

    AdvisorArchive &archive() { return m_archive; }

    /// Loads what is newer than what is kept. What is under way already is not started again.
    void load(const QList<AccountId> &accounts);
    /// Asks AWS to run checks of an account again; all that can be when there are none.
    void refresh(AccountId account, const QStringList &checkIds);
    /// Ends all that is under way, silently.
    void stop();
    void cancelLoads(const QList<AccountId> &accounts);
    /// How often AWS is asked how far refreshes are.
    void setPollEvery(std::chrono::milliseconds interval) { m_pollEvery = interval; }

    bool isLoading(const QList<AccountId> &accounts) const;
    /// Results that came and results that are wanted, of loads under way; the second is 0 while nobody knows.
    std::pair<qint64, qint64> progress(const QList<AccountId> &accounts) const;
    /// Whether a refresh of these checks (of any when empty) is under way.
    bool isRefreshing(AccountId account, const QString &checkId = {}) const;
    /// Of the account's last load; Kind::None when it went well.
    Error error(AccountId account) const { return m_states.value(account).error; }
    /// When its last load ended well in this run, ms since 1970 UTC; 0: not yet in the language that is asked for now.
    qint64 loaded(AccountId account) const;
    /// It was loaded, or that was tried, in this run and in the language that is asked for now.
    bool wasTried(AccountId account) const;

Q_SIGNALS:
    /// A load began, went on or ended.
    void changed();
    /// Checks of an account changed in the archive; several changes are told as one.
    void checksChanged(casement::AccountId account);
    void refreshed(const casement::AdvisorRefreshNews &news);

private:
    struct State
    {
        QPointer<AdvisorLoadJob> load;
        Error error;
        QString language; ///< of the last load; empty: none was tried
        qint64 loaded = 0; ///< in that language
    };
    struct Refresh
    {
        QPointer<AdvisorRefreshJob> job;
        QStringList checkIds;
        QHash<QString, AdvisorCheckRecord> before;
    };

    void resume();
    void startWaiting();
    void start(AccountId account);
    void startRefresh(AccountId account, const QStringList &checkIds, const QList<AdvisorCheckRecord> &checks,
                      bool isResumed = false);
    void endRefresh(AccountId account, AdvisorRefreshJob &job, const Result<void> &result, const Refresh &refresh);
    void tellChecks();
    void leaveGone();

    Workspace &m_workspace;
    AdvisorArchive m_archive;
    QHash<AccountId, State> m_states;
    QList<AccountId> m_waiting;
    QMultiHash<AccountId, Refresh> m_refreshes;
    QSet<AccountId> m_changed;
    QHash<AccountId, QStringList> m_unfinished; ///< refreshes of an earlier run, of accounts that can't be called yet
    bool m_isUnfinishedAsked = false;
    QTimer m_tell;
    std::chrono::milliseconds m_pollEvery = AdvisorRefreshJob::Options().pollEvery;
};

} // namespace casement
