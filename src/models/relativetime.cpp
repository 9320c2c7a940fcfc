#include "models/relativetime.h"

#include <QDateTime>

namespace casement {

namespace {

constexpr qint64 minute = 60 * 1000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 month = 30 * day;
constexpr qint64 clockTolerance = 5 * minute;

QDateTime local(qint64 time) { return QDateTime::fromMSecsSinceEpoch(time); }

bool isDated(qint64 age) { return age >= month || age < -clockTolerance; }

// English short dates put day and month in an order that depends on the reader's country; this one can't be misread.
QString dateText(QDate date, const QLocale &locale)
{
    return locale.language() == QLocale::English || locale.language() == QLocale::C
        ? locale.toString(date, QStringLiteral("d MMM yyyy"))
        : locale.toString(date, QLocale::ShortFormat);
}

} // namespace

QString TimeText::span(qint64 milliseconds)
{
    if (milliseconds < hour) {
        //: A span of time, short: 5 minutes
        return tr("%n min", nullptr, int(std::max<qint64>(milliseconds / minute, 1)));
    }
    if (milliseconds < day) {
        //: A span of time, short: 2 hours
        return tr("%n h", nullptr, int(milliseconds / hour));
    }
    if (milliseconds < 2 * month) {
        //: A span of time, short: 3 days
        return tr("%n d", nullptr, int(milliseconds / day));
    }
    return tr("%n month(s)", nullptr, int(std::min<qint64>(milliseconds / month, 9999)));
}

QString TimeText::relative(qint64 time, qint64 now, const QLocale &locale)
{
    if (time == 0)
        return {};
    const qint64 age = now - time;
    if (isDated(age))
        return dateText(local(time).date(), locale);
    if (age < minute)
        return tr("just now");
    return span(age);
}

QString TimeText::ago(qint64 time, qint64 now, const QLocale &locale)
{
    if (time == 0)
        return {};
    const qint64 age = now - time;
    if (isDated(age))
        return dateText(local(time).date(), locale);
    if (age < minute)
        return tr("just now");
    //: %1 is a span of time: "2 h"
    return tr("%1 ago").arg(span(age));
}

QString TimeText::exact(qint64 time, const QLocale &locale)
{
    if (time == 0)
        return {};
    const QDateTime at = local(time);
    const QString zone = at.timeZoneAbbreviation();
    const QString text = locale.toString(at, QLocale::LongFormat);
    return text.contains(zone) ? text : QString(text + u' ' + zone);
}

QString TimeText::shortDateTime(qint64 time, const QLocale &locale)
{
    if (time == 0)
        return {};
    const QDateTime at = local(time);
    return dateText(at.date(), locale) + u' ' + locale.toString(at.time(), QLocale::ShortFormat);
}

} // namespace casement
