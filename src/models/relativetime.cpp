#include "models/relativetime.h"

#include "base/duration.h"

#include <QDateTime>

namespace casement {

namespace {

constexpr qint64 clockTolerance = 5 * duration::minute;

QDateTime local(qint64 time) { return QDateTime::fromMSecsSinceEpoch(time); }

bool isDated(qint64 age) { return age >= duration::month || age < -clockTolerance; }

} // namespace

// As the clock beside it: both are the locale's own. A year of two digits could be taken for a day.
QString TimeText::date(QDate date, const QLocale &locale)
{
    QString format = locale.dateFormat(QLocale::ShortFormat);
    if (!format.contains(QStringLiteral("yyyy")))
        format.replace(QStringLiteral("yy"), QStringLiteral("yyyy"));
    return locale.toString(date, format);
}

QString TimeText::span(qint64 ms)
{
    if (ms < duration::hour) {
        //: A span of time, short: 5 minutes
        return tr("%n min", nullptr, int(std::max<qint64>(ms / duration::minute, 1)));
    }
    if (ms < duration::day) {
        //: A span of time, short: 2 hours
        return tr("%n h", nullptr, int(ms / duration::hour));
    }
    if (ms < 2 * duration::month) {
        //: A span of time, short: 3 days
        return tr("%n d", nullptr, int(ms / duration::day));
    }
    return tr("%n month(s)", nullptr, int(std::min<qint64>(ms / duration::month, 9999)));
}

QString TimeText::spanInWords(qint64 ms)
{
    if (ms < duration::hour)
        return tr("%n minute(s)", nullptr, int(std::max<qint64>(ms / duration::minute, 1)));
    if (ms < duration::day)
        return tr("%n hour(s)", nullptr, int(ms / duration::hour));
    if (ms < 2 * duration::month)
        return tr("%n day(s)", nullptr, int(ms / duration::day));
    return span(ms);
}

QString TimeText::relative(qint64 time, qint64 now, const QLocale &locale)
{
    if (time == 0)
        return {};
    const qint64 age = now - time;
    if (isDated(age))
        return date(local(time).date(), locale);
    if (age < duration::minute)
        return tr("just now");
    return span(age);
}

QString TimeText::ago(qint64 time, qint64 now, const QLocale &locale)
{
    if (time == 0)
        return {};
    const qint64 age = now - time;
    if (isDated(age))
        return date(local(time).date(), locale);
    if (age < duration::minute)
        return tr("just now");
    //: %1 is a span of time: "2 h"
    return tr("%1 ago").arg(span(age));
}

QString TimeText::exact(qint64 time, const QLocale &locale, Qt::TimeSpec spec)
{
    if (time == 0)
        return {};
    const QDateTime at = spec == Qt::UTC ? local(time).toUTC() : local(time);
    QString clock = locale.timeFormat(QLocale::ShortFormat);
    if (!clock.contains(u's'))
        clock.replace(QStringLiteral("mm"), QStringLiteral("mm:ss"));
    return date(at.date(), locale) + u' ' + locale.toString(at.time(), clock) + u' ' + at.timeZoneAbbreviation();
}

QString TimeText::shortDateTime(qint64 time, const QLocale &locale)
{
    if (time == 0)
        return {};
    const QDateTime at = local(time);
    return date(at.date(), locale) + u' ' + locale.toString(at.time(), QLocale::ShortFormat);
}

} // namespace casement
