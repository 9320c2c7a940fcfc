#pragma once

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QString>

namespace casement {

/// Times as people read them. Milliseconds since 1970 UTC; 0 = not known.
class TimeText
{
    Q_DECLARE_TR_FUNCTIONS(casement::TimeText)

public:
    /// "just now", "5 min", "2 h", "3 d", and from a month on the date. A time to come (a clock that is off) is "just
    /// now" up to five minutes, then the date.
    static QString relative(qint64 time, qint64 now, const QLocale &locale);
    /// A span without words around it: "5 min", "2 h", "3 d", "4 months". Less than a minute is "1 min".
    static QString span(qint64 milliseconds);
    /// The same for sentences: "5 minutes", "2 hours", "1 day".
    static QString spanInWords(qint64 milliseconds);
    /// "1/3/2026", "03/01/2026", "2026/01/03": as the locale writes it in short, with the whole year. Every date in the
    /// window is one of this form.
    static QString date(QDate date, const QLocale &locale);
    /// "2026/01/03 14:02:11 JST": date() and the time with its zone, local time or UTC.
    static QString exact(qint64 time, const QLocale &locale, Qt::TimeSpec spec = Qt::LocalTime);
    /// Shorter: "2026/01/03 14:02".
    static QString shortDateTime(qint64 time, const QLocale &locale);
    /// "2 h ago"; "just now"; from a month on the date.
    static QString ago(qint64 time, qint64 now, const QLocale &locale);
};

} // namespace casement
