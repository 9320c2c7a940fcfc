#pragma once

#include "archive/records.h"
#include "support/advisor.h"

#include <QList>
#include <QMetaType>
#include <QStringList>

namespace casement {

/// Of dollars with cents: above it a number of 64 bits does not hold all digits.
inline constexpr double largestExactAmount = 9e13;

/// AdvisorRefresh::status of a check that a person wants refreshed and that AWS was not asked for yet.
inline constexpr QLatin1StringView refreshWanted("wanted");

/// Where the refresh of a check stands, as far as this program knows.
struct AdvisorRefresh
{
    QString status; ///< `none`, `enqueued`, `processing`, `success`, `abandoned`, refreshWanted; empty: never asked
    qint64 nextRefreshable = 0; ///< ms since 1970 UTC; not before it may a refresh be asked for
    bool isAutomatic = false; ///< AWS refreshes it by itself and refuses to be asked
    friend bool operator==(const AdvisorRefresh &, const AdvisorRefresh &) = default;
};

/// What is known of a check of an account: its description in one language, what the service said last of its state,
/// and what the archive has of its results.
///
/// Times are milliseconds since 1970 UTC, 0 when there is none or it could not be read.
struct AdvisorCheckRecord
{
    AccountId account = 0;
    QString checkId;
    QString name; ///< in the language asked for; the id when the catalogue does not have the check
    QString description; ///< an HTML fragment; never shown unsanitised
    QString category;
    QStringList headings; ///< of its resources
    bool isGone = false; ///< the service does not list it any more; its results are still here

    bool hasSummary = false;
    QString status; ///< `ok`, `warning`, `error`, `not_available`, or what the service made of it
    QString timestamp; ///< as the service wrote it
    qint64 time = 0; ///< of the last refresh
    TrustedAdvisorResourcesSummary counts;
    bool hasCounts = true; ///< false: the summary had none, and those above are no zeros
    TrustedAdvisorCostOptimizingSummary savings; ///< a month, in US dollars
    qint64 asked = 0; ///< when the summary came

    qint64 snapshot = 0; ///< the newest result in this language; 0: none
    QString snapshotTimestamp;
    QString snapshotStatus; ///< what it says itself
    TrustedAdvisorResourcesSummary snapshotCounts; ///< the same; zeros where it says nothing
    QString snapshotSummary; ///< advisorSummaryText() of what led to it
    qint64 snapshotFetched = 0;
    AdvisorRefresh refresh;

    friend bool operator==(const AdvisorCheckRecord &, const AdvisorCheckRecord &) = default;
};

/// A check of an account by its name alone, for who looks for one among those of hundreds of accounts.
struct AdvisorCheckName
{
    AccountId account = 0;
    QString checkId;
    QString name;
    QString folded; ///< the name, by foldForSearch()
};

/// A result that the archive keeps, without its resources. Headings and values are of one language.
struct AdvisorSnapshotRecord
{
    qint64 id = 0;
    AccountId account = 0;
    QString checkId;
    QString language;
    QString name; ///< of the check as it was called then
    QString category;
    QStringList headings;
    QString status;
    QString timestamp; ///< as the service wrote it; may be empty
    qint64 time = 0; ///< the same, ms since 1970 UTC; when it was fetched where the service said none
    qint64 fetched = 0;
    TrustedAdvisorResourcesSummary counts;
    bool hasCounts = true; ///< false: the result had none, and those above are no zeros
    TrustedAdvisorCostOptimizingSummary savings;
    QString summary; ///< advisorSummaryText() of the summary that led to it; not read again
};

/// The id of a check, or its name in whatever case.
bool isAdvisorCheck(const AdvisorCheckRecord &check, const QString &name);
/// What tells summaries of a check apart: the time, the status and the counts.
QString advisorSummaryText(const QString &timestamp, const QString &status,
                           const TrustedAdvisorResourcesSummary &counts);
/// The service has a result that is not here: the summary is not what the newest result says of itself, nor the summary
/// that led to that; or it is, and that result is an older one than it promised, or of the same time and another state,
/// as a service answers while its parts don't agree yet. What a result does not say is no contradiction.
bool isAdvisorResultDue(const AdvisorCheckRecord &check);
/// For which moment what is kept of the check holds, ms since 1970 UTC; 0: nothing is kept.
qint64 advisorResultTime(const AdvisorCheckRecord &check);

/// What all checks of some accounts added up to on a day on which they were loaded as a whole.
struct AdvisorDay
{
    qint64 day = 0; ///< its beginning in UTC, ms since 1970
    qint64 flagged = 0; ///< resources
    int errors = 0; ///< checks
    int warnings = 0;
    double savings = 0; ///< US dollars a month
};

} // namespace casement

Q_DECLARE_METATYPE(casement::AdvisorCheckRecord)
