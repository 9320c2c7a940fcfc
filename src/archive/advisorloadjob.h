#pragma once

#include "archive/advisorarchive.h"
#include "base/job.h"

#include <QHash>
#include <QSet>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace casement {

class Client;

/// Brings what Trusted Advisor says of an account into the archive: the catalogue when it is over a day old, the
/// summaries of all checks in a few calls, and of those whose summary is not that of the kept result the results
/// themselves, flagged ones first.
///
/// Calls leave as fast as `atOnce` and the connection's rate allow; what was refused as too much is asked again.
/// Stopping keeps what was stored. A check that the service does not know any more is gone, which is no error: the
/// catalogue is asked anew once, and who is in it all the same is not asked for until the next one. An empty catalogue
/// is asked for twice and never kept. A check whose result can't be had is in failures(), and the job ends as
/// Error::Kind::Incomplete. Client and archive must outlive the job.
///
/// Progress counts results.
class AdvisorLoadJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        QString language = QStringLiteral("en"); ///< of headings and values
        QStringList checkIds; ///< empty: all
        QStringList names; ///< ids or names of checks: the catalogue is asked anew when it lacks one of them
        /// By the newest summary, whether a result is wanted; empty: every one
        std::function<bool(const AdvisorCheckRecord &)> wanted;
        bool results = true; ///< false: summaries alone
        bool everything = false; ///< although nothing else is there
        int atOnce = 8; ///< results on their way
        std::chrono::milliseconds backOff{1'000}; ///< of a result that was refused as too much; it grows
        bool keep = true; ///< false: resultCame() only, for benchmarks of what is done with results
    };

    AdvisorLoadJob(Client &client, AdvisorArchive &archive, const AccountRecord &account, const Options &options,
                   QObject *parent = nullptr);
    ~AdvisorLoadJob() override;

    QString title() const override;
    const AccountRecord &account() const { return m_account; }
    /// Results that could not be had, by check.
    const QHash<QString, Error> &failures() const { return m_failures; }
    /// Ids of checks that the service knew before and does not know any more.
    const QStringList &vanished() const { return m_vanished; }
    /// How many results were fetched.
    int fetched() const { return m_fetched; }
    /// No further results are asked for while it is held, so that who takes them can keep up.
    void setHeld(bool on);

Q_SIGNALS:
    /// All summaries are stored; what follows are results.
    void summariesStored();
    /// A result, before it is stored.
    void resultCame(const casement::AdvisorCheckRecord &check, const casement::AdvisorResultPtr &result);

protected:
    void run() override;
    void stop() override;

private:
    void beginCatalogue();
    void fetchCatalogue();
    void readChecks(void (AdvisorLoadJob::*then)(const QList<AdvisorCheckRecord> &));
    void takeKnown(const QList<AdvisorCheckRecord> &checks);
    void takeChecks(const QList<AdvisorCheckRecord> &checks);
    bool lacksAName(const QList<AdvisorCheckRecord> &checks) const;
    void askSummaries(const QStringList &ids);
    void takeSummaries(const QStringList &ids, const Result<DescribeTrustedAdvisorCheckSummaries::Response> &answer);
    void narrow(const QStringList &ids, const Error &refusal);
    void endSummaries();
    void storeSummaries();
    void plan();
    void pump();
    void fetch(const AdvisorCheckRecord &check);
    void takeResult(const AdvisorCheckRecord &check, const Result<AdvisorResultPtr> &result);
    void settle();
    void finishLoaded();

    Client &m_client;
    AdvisorArchive &m_archive;
    AccountRecord m_account;
    Options m_options;
    QHash<QString, AdvisorCheckRecord> m_checks;
    QSet<QString> m_listed; // by the service, the last time that it was asked
    QSet<QString> m_answered; // whose summary came
    QStringList m_refused; // as unknown, one of each of some calls
    QStringList m_unknown; // by themselves
    QStringList m_vanished;
    Error m_refusal;
    bool m_isCatalogueNew = false;
    bool m_isSecondLook = false;
    QList<TrustedAdvisorCheckSummary> m_summaries;
    int m_summaryCalls = 0; // on their way
    std::deque<AdvisorCheckRecord> m_waiting;
    QHash<QString, int> m_refusals; // as too much, by check
    QHash<QString, Error> m_failures;
    int m_failuresInARow = 0;
    int m_refusedInARow = 0; // as too much
    int m_onTheirWay = 0;
    int m_beingKept = 0;
    int m_backingOff = 0; // results that are asked for later
    int m_fetched = 0;
    int m_settled = 0;
    int m_planned = 0;
    bool m_isHeld = false;
    std::unique_ptr<QObject> m_call; // context of everything under way
};

} // namespace casement
