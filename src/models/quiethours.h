#pragma once

#include <QDateTime>
#include <QList>
#include <QTime>

namespace casement {

/// When nothing is to disturb: from one time of the day to another, over midnight when the second is the earlier one,
/// a whole day when both are the same. Times are what the clock on the wall says, whatever summer time does to it.
struct QuietHours
{
    bool on = false;
    QTime from{19, 0};
    QTime to{8, 0};
    /// The days on which they begin, 1 = Monday … 7 = Sunday: Friday's go on into Saturday morning.
    QList<int> days{1, 2, 3, 4, 5, 6, 7};

    /// Whether they hold at that local time.
    bool covers(const QDateTime &time) const;

    friend bool operator==(const QuietHours &, const QuietHours &) = default;
};

} // namespace casement
