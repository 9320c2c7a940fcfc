#pragma once

#include "archive/advisorarchive.h"
#include "base/job.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <memory>

namespace casement {

class AdvisorLoadJob;
class Client;

/// Asks AWS to run checks again and waits until they are done.
///
/// Checks that AWS refreshes by itself are left out, those that turn out to be such are remembered; one that AWS is at
/// already is waited for; a check that may not be asked for yet is asked for when it may, if the job is patient. The
/// service is asked for the states of all every ten seconds, in as few calls as can be. Afterwards the results are
/// fetched. A refresh may take an hour: the job is one for the background, and cancelling it stops nothing at AWS.
///
/// Progress counts checks that came to an end.
class AdvisorRefreshJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        QStringList checkIds; ///< empty: all that can be refreshed
        QString language = QStringLiteral("en"); ///< of the results that are fetched afterwards
        bool patient = true; ///< waits for checks that may not be asked for yet
        bool wait = true; ///< false: ends when every refresh was asked for
        bool resume = false; ///< waits for what an earlier run asked for, and asks for what that one wanted to
        /// The archive knows which checks were not asked for yet, so that the next run can resume it. What a cancelled
        /// job did not ask for stays known until forgetWanted().
        bool remember = false;
        std::chrono::milliseconds pollEvery{10'000};
        std::chrono::milliseconds backOff{1'000}; ///< of a check that was refused as too much; it grows
    };

    /// How it went with one check.
    enum class Outcome : quint8 {
        Refreshed,
        Asked, ///< not waited for
        Automatic, ///< AWS refreshes it by itself
        TooEarly, ///< was refreshed a short while ago
        Abandoned, ///< AWS gave up
        Unknown, ///< AWS says a status that nobody knows: unknownStatus()
        Gone, ///< the service does not know it any more, or refuses it; errors() has its words when it was asked
        Failed, ///< an Error: errors()
    };

    AdvisorRefreshJob(Client &client, AdvisorArchive &archive, const AccountRecord &account, const Options &options,
                      QObject *parent = nullptr);
    ~AdvisorRefreshJob() override;

    QString title() const override;
    const AccountRecord &account() const { return m_account; }
    /// Of every check that came to an end.
    const QHash<QString, Outcome> &outcomes() const { return m_outcomes; }
    const QHash<QString, Error> &errors() const { return m_errors; }
    /// What AWS said of a check that ended as Unknown.
    QString unknownStatus(const QString &checkId) const { return m_unknownStatuses.value(checkId); }
    /// The first moment at which a check that was too early may be asked for, ms since 1970 UTC; 0: none was.
    qint64 nextRefreshable() const { return m_nextRefreshable; }
    int count(Outcome outcome) const;

    /// The person stopped it: what was not asked for is not wanted any more.
    void forgetWanted();

protected:
    void run() override;
    void stop() override;

private:
    void begin(const QList<AdvisorCheckRecord> &checks);
    void rememberWanted(const QHash<QString, AdvisorRefresh> &known);
    void giveUp(const Error &error);
    void askNext();
    void ask(const QString &checkId);
    void take(const TrustedAdvisorCheckRefreshStatus &status);
    void poll();
    void pollStatuses(const QStringList &ids);
    void takeStatuses(const QStringList &ids,
                      const Result<DescribeTrustedAdvisorCheckRefreshStatuses::Response> &answer);
    void end(const QString &checkId, Outcome outcome);
    void learnAutomatic(const QString &checkId);
    void schedule();
    Error firstFailure() const;
    void fetchResults();

    Client &m_client;
    AdvisorArchive &m_archive;
    AccountRecord m_account;
    Options m_options;
    QStringList m_toAsk;
    QHash<QString, qint64> m_later; // may not be asked for before
    QHash<QString, AdvisorRefresh> m_wanted; // remembered as such; and what was known of them before
    QSet<QString> m_running;
    QHash<QString, Outcome> m_outcomes;
    QHash<QString, Error> m_errors;
    QHash<QString, QString> m_unknownStatuses;
    QHash<QString, int> m_refusals; // as too much, by check
    int m_failuresInARow = 0;
    int m_refusedInARow = 0; // as too much, whatever the check
    qint64 m_nextRefreshable = 0;
    int m_asking = 0;
    int m_backingOff = 0; // checks that are asked for later
    int m_polls = 0; // calls on their way
    int m_failedPolls = 0; // in a row
    int m_total = 0;
    QTimer m_timer;
    std::unique_ptr<AdvisorLoadJob> m_load;
    std::unique_ptr<QObject> m_call;
};

} // namespace casement
