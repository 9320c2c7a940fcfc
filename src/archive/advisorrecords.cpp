#include "archive/advisorrecords.h"

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
    if (check.timestamp.isEmpty())
        return !check.snapshotSummary.endsWith(u'\n' + stateText(check.status, check.counts));
    return check.timestamp != check.snapshotTimestamp && !check.snapshotSummary.startsWith(check.timestamp + u'\n');
}

qint64 advisorResultTime(const AdvisorCheckRecord &check)
{
    if (check.snapshot == 0)
        return 0;
    return isAdvisorResultDue(check) ? check.snapshotFetched : std::max(check.asked, check.snapshotFetched);
}

} // namespace casement
