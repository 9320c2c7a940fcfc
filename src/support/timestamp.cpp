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

// The form that the service writes, 2013-04-15T12:34:56.789Z, which is nearly every time there is; -1 for any other.
qint64 parseUsual(std::string_view text)
{
    using namespace std::chrono;

    if (text.size() != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
        || text[19] != '.' || text[23] != 'Z')
        return -1;
    bool whole = true;
    const auto number = [&](size_t from, size_t count) {
        int value = 0;
        for (size_t i = from; i < from + count; ++i) {
            const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned('0');
            whole &= digit < 10;
            value = value * 10 + int(digit);
        }
        return value;
    };
    const year_month_day date{year(number(0, 4)), month(unsigned(number(5, 2))), day(unsigned(number(8, 2)))};
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    const int thousandth = number(20, 3);
    if (!whole || date.year() < year(1970) || !date.ok() || hour > 24 || minute > 59 || second > 60)
        return -1;
    return qint64(sys_days(date).time_since_epoch().count()) * 86'400'000
        + ((hour * 60LL + minute) * 60 + second) * 1000 + thousandth;
}

} // namespace

qint64 parseTimestamp(std::string_view text)
{
    using namespace std::chrono;

    if (const qint64 usual = parseUsual(text); usual >= 0)
        return usual;
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

qint64 parseTimestamp(QStringView text)
{
    const QByteArray utf8 = text.toUtf8();
    return parseTimestamp(std::string_view(utf8.constData(), size_t(utf8.size())));
}

QString timestampText(qint64 msSinceEpoch)
{
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"))
        + u'Z';
}

} // namespace casement
