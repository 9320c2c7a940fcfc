#pragma once

#include "archive/advisorarchive.h"
#include "base/job.h"

#include <QHash>

#include <deque>
#include <memory>

namespace casement {

class Client;

/// Brings what Trusted Advisor says of an account into the archive: the catalogue when it is over a day old, the
/// summaries of all checks in a few calls, and of those whose summary is newer than the kept result the results
/// themselves, flagged ones first.
///
/// Calls leave as fast as `atOnce` and the connection's rate allow; what was refused as too much is asked again.
/// Stopping keeps what was stored. A check that the service does not know any more is gone, which is no error; one
/// whose result can't be had is in failures(), and the job ends as Error::Kind::Incomplete. Client and archive must
/// outlive the job.
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
        bool results = true; ///< false: summaries alone
        bool everything = false; ///< although nothing newer is there
        int atOnce = 8; ///< results on their way
        bool keep = true; ///< false: resultCame() only, for benchmarks of what is done with results
    };

    AdvisorLoadJob(Client &client, AdvisorArchive &archive, const AccountRecord &account, const Options &options,
                   QObject *parent = nullptr);
    ~AdvisorLoadJob() override;

    QString title() const override;
    const AccountRecord &account() const { return m_account; }
    /// Results that could not be had, by check.
    const QHash<QString, Error> &failures() const { return m_failures; }
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
    void fetchCatalogue();
    void loadChecks();
    void askSummaries(const QStringList &ids);
    void takeSummaries(const QStringList &ids, const Result<DescribeTrustedAdvisorCheckSummaries::Response> &answer);
    void storeSummaries();
    void plan();
    void pump();
    void fetch(const AdvisorCheckRecord &check);
    void takeResult(const AdvisorCheckRecord &check, const Result<AdvisorResultPtr> &result);
    void settle();

    Client &m_client;
    AdvisorArchive &m_archive;
    AccountRecord m_account;
    Options m_options;
    QHash<QString, AdvisorCheckRecord> m_checks;
    QList<TrustedAdvisorCheckSummary> m_summaries;
    int m_summaryCalls = 0; // on their way
    std::deque<AdvisorCheckRecord> m_waiting;
    QHash<QString, int> m_refusals; // as too much, by check
    QHash<QString, Error> m_failures;
    int m_failuresInARow = 0;
    int m_refusedInARow = 0; // as too much
    int m_onTheirWay = 0;
    int m_beingKept = 0;
    int m_fetched = 0;
    int m_settled = 0;
    int m_planned = 0;
    bool m_isHeld = false;
    std::unique_ptr<QObject> m_call; // context of everything under way
};

} // namespace casement
