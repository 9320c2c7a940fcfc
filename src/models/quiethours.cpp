#include "models/quiethours.h"

namespace casement {

bool QuietHours::covers(const QDateTime &time) const
{
    if (!on || !from.isValid() || !to.isValid())
        return false;
    const QTime clock = time.time();
    const int today = time.date().dayOfWeek();
    const int yesterday = today == 1 ? 7 : today - 1;
    if (from < to)
        return days.contains(today) && clock >= from && clock < to;
    return (days.contains(today) && clock >= from) || (days.contains(yesterday) && clock < to);
}

} // namespace casement
