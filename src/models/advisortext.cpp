#include "models/advisortext.h"

#include "models/displaytext.h"
#include "models/relativetime.h"

#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

QString AdvisorText::money(double dollars, const QLocale &locale)
{
    if (std::abs(dollars) >= largestExactAmount) // its digits would be made up
        return u"$"_s + locale.toString(dollars, 'g', QLocale::FloatingPointShortest);
    return locale.toCurrencyString(dollars, u"$"_s, 2);
}

bool AdvisorText::isUnderWay(const AdvisorRefresh &refresh)
{
    return refresh.status == "enqueued"_L1 || refresh.status == "processing"_L1;
}

QString AdvisorText::refresh(const AdvisorRefresh &refresh, qint64 now)
{
    if (refresh.isAutomatic) //: AWS refreshes a check by itself
        return tr("Automatic");
    if (refresh.status == "enqueued"_L1) //: A check waits for its refresh
        return tr("Queued");
    if (refresh.status == "processing"_L1) //: A check is being refreshed
        return tr("Running");
    if (refresh.nextRefreshable > now) //: A check may be refreshed again after a span of time
        return tr("in %1").arg(TimeText::span(refresh.nextRefreshable - now));
    if (refresh.status == "abandoned"_L1) //: AWS gave up refreshing a check
        return tr("Failed");
    if (refresh.status == refreshWanted) //: A check is to be refreshed, as soon as AWS was asked to
        return tr("Waiting", "check");
    if (refresh.status.isEmpty() || refresh.status == "none"_L1 || refresh.status == "success"_L1)
        return {};
    return displayText(refresh.status);
}

QString AdvisorText::countdown(qint64 milliseconds)
{
    const qint64 seconds = qMax<qint64>(0, (milliseconds + 999) / 1000);
    const auto two = [](qint64 number) { return QString::number(number).rightJustified(2, u'0'); };
    const qint64 hours = seconds / 3600;
    if (hours > 0)
        return QString::number(hours) + u':' + two(seconds / 60 % 60) + u':' + two(seconds % 60);
    return QString::number(seconds / 60) + u':' + two(seconds % 60);
}

QString AdvisorText::flagged(const AdvisorCheckRecord &check, const QLocale &locale)
{
    const TrustedAdvisorResourcesSummary &counts = check.counts;
    if (!check.hasCounts && check.status != "not_available"_L1) //: Of a check: how many resources it flags
        return tr("not known", "number of resources");
    const QString some = locale.toString(counts.resourcesFlagged);
    if (counts.resourcesProcessed <= 0)
        return counts.resourcesFlagged > 0 ? some : QString();
    //: Flagged resources of all that a check looked at: "3 / 20"
    return tr("%1 / %2", "flagged").arg(some, locale.toString(counts.resourcesProcessed));
}

} // namespace casement
