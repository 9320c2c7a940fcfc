#include "support/timestamp.h"

#include <chrono>

namespace casement {

namespace {

// Reads exactly `count` digits; -1 when there are fewer.
int digits(std::string_view &text, int count)
{
    if (int(text.size()) < count)
        return -1;
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const char c = text[size_t(i)];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(size_t(count));
    return value;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

qint64 parseTimestamp(std::string_view text)
{
    using namespace std::chrono;

    const int y = digits(text, 4);
    if (y < 1970 || !take(text, '-'))
        return 0;
    const int m = digits(text, 2);
    if (m < 1 || m > 12 || !take(text, '-'))
        return 0;
    const int d = digits(text, 2);
    const year_month_day date{year(y), month(unsigned(m)), day(unsigned(d < 0 ? 0 : d))};
    if (!date.ok())
        return 0;
    qint64 ms = qint64(sys_days(date).time_since_epoch().count()) * 86'400'000;
    if (text.empty())
        return ms;
    if (!take(text, 'T') && !take(text, ' '))
        return 0;

    const int hour = digits(text, 2);
    if (hour < 0 || hour > 24 || !take(text, ':'))
        return 0;
    const int minute = digits(text, 2);
    if (minute < 0 || minute > 59)
        return 0;
    int second = 0;
    int fraction = 0;
    if (take(text, ':')) {
        second = digits(text, 2);
        if (second < 0 || second > 60)
            return 0;
        if (take(text, '.') || take(text, ',')) {
            int scale = 100;
            bool any = false;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                fraction += (text.front() - '0') * scale;
                scale /= 10;
                any = true;
                text.remove_prefix(1);
            }
            if (!any)
                return 0;
        }
    }
    ms += ((hour * 60LL + minute) * 60 + second) * 1000 + fraction;

    if (text.empty() || take(text, 'Z') || take(text, 'z'))
        return text.empty() ? ms : 0;
    const bool west = text.front() == '-';
    if (!take(text, '+') && !take(text, '-'))
        return 0;
    const int offsetHours = digits(text, 2);
    if (offsetHours < 0 || offsetHours > 18)
        return 0;
    int offsetMinutes = 0;
    if (!text.empty()) {
        take(text, ':');
        offsetMinutes = digits(text, 2);
        if (offsetMinutes < 0 || offsetMinutes > 59 || !text.empty())
            return 0;
    }
    const qint64 offset = (offsetHours * 60LL + offsetMinutes) * 60'000;
    return west ? ms + offset : ms - offset;
}

QString timestampText(qint64 msSinceEpoch)
{
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"))
        + u'Z';
}

} // namespace casement
