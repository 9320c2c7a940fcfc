#include "archive/advisorrecords.h"

#include "support/timestamp.h"

#include <algorithm>

namespace casement {

namespace {

QString stateText(const QString &status, const TrustedAdvisorResourcesSummary &counts)
{
    return QStringLiteral("%1 %2 %3 %4 %5")
        .arg(status)
        .arg(counts.resourcesProcessed)
        .arg(counts.resourcesFlagged)
        .arg(counts.resourcesIgnored)
        .arg(counts.resourcesSuppressed);
}

/// What the result says of its state is not what the summary says.
bool contradicts(const AdvisorCheckRecord &check)
{
    const bool hasCounts = check.hasCounts && check.snapshotCounts != TrustedAdvisorResourcesSummary();
    return (!check.snapshotStatus.isEmpty() && check.snapshotStatus != check.status)
        || (hasCounts && check.snapshotCounts != check.counts);
}

} // namespace

bool isAdvisorCheck(const AdvisorCheckRecord &check, const QString &name)
{
    return check.checkId == name || check.name.compare(name, Qt::CaseInsensitive) == 0;
}

QString advisorSummaryText(const QString &timestamp, const QString &status,
                           const TrustedAdvisorResourcesSummary &counts)
{
    return timestamp + u'\n' + stateText(status, counts);
}

bool isAdvisorResultDue(const AdvisorCheckRecord &check)
{
    if (check.snapshot == 0)
        return true;
    const QString summary = advisorSummaryText(check.timestamp, check.status, check.counts);
    if (summary == advisorSummaryText(check.snapshotTimestamp, check.snapshotStatus, check.snapshotCounts))
        return false;
    if (summary != check.snapshotSummary)
        return true;
    // It led to this result, which is another one all the same.
    if (!check.timestamp.isEmpty() && check.timestamp == check.snapshotTimestamp)
        return contradicts(check);
    const qint64 own = parseTimestamp(check.snapshotTimestamp);
    return own != 0 && own < parseTimestamp(check.timestamp);
}

qint64 advisorResultTime(const AdvisorCheckRecord &check)
{
    if (check.snapshot == 0)
        return 0;
    return isAdvisorResultDue(check) ? check.snapshotFetched : std::max(check.asked, check.snapshotFetched);
}

} // namespace casement
