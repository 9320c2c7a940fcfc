#pragma once

#include "support/catalog.h"

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTimeZone>

#include <vector>

namespace casement {

/// The ways of contact that the service names; a new one may come without notice.
namespace contacttype {
inline constexpr QLatin1StringView web("web");
inline constexpr QLatin1StringView chat("chat");
inline constexpr QLatin1StringView call("call");
} // namespace contacttype

/// How a language is served for a kind of case.
enum class LanguageService {
    Unknown, ///< not told, or in a word that this version has not heard of
    Available,
    BestEffort, ///< somebody answers in it when there is somebody
    Unavailable,
};

/// A stretch of time, `from` inclusive and `until` exclusive, in ms since 1970 UTC.
struct TimeSpan
{
    qint64 from = 0;
    qint64 until = 0;
    friend bool operator==(const TimeSpan &, const TimeSpan &) = default;
};

/// Whether a way of contact is open at an instant.
struct ContactState
{
    enum class Availability {
        Unknown, ///< no hours were told
        Open,
        Closed, ///< opens again `from`
        Unavailable, ///< not for this kind of case in this language
    };
    Availability availability = Availability::Unknown;
    bool isBestEffort = false; ///< the language is
    bool isDayOff = false; ///< the instant lies in dates without support, whatever the time of day
    /// When the stretch that is now or comes next begins and ends, in ms since 1970 UTC. 0: it has no beginning, or no
    /// end; both 0 while closed: it does not open within two years.
    qint64 from = 0;
    qint64 until = 0;

    friend bool operator==(const ContactState &, const ContactState &) = default;
};

/// A day of a calendar in some time zone.
struct ContactDay
{
    QDate date;
    TimeSpan whole; ///< 23 or 25 hours where clocks change
    QList<TimeSpan> open; ///< in order, cut at the day's ends
    bool isDayOff = false; ///< some of the day lies in dates without support

    friend bool operator==(const ContactDay &, const ContactDay &) = default;
};

/// When the people at AWS can be reached in a language about a kind of case; from DescribeCreateCaseOptions. A value.
///
/// The service gives times of day in UTC, the same every day (an end before its start crosses midnight, equal ones mean
/// the whole day), and dates without support. What can't be read is skipped. Ends like 23:59:59.999 mean the next
/// minute.
class ContactHours
{
public:
    ContactHours() = default;
    explicit ContactHours(const DescribeCreateCaseOptions::Response &options);

    LanguageService language() const { return m_language; }
    /// The ways of contact that were told of, in lower case: web, chat, call, then others in the service's order.
    QStringList types() const;

    /// `now` in ms since 1970 UTC. A way of contact that was not told of is Unavailable, unless none was.
    ContactState state(const QString &type, qint64 now) const;

    /// A row of days, each as long as it is in `zone`. Nothing is open where the state is Unknown or Unavailable.
    QList<ContactDay> calendar(const QString &type, QDate first, int days, const QTimeZone &zone) const;

private:
    /// One way of contact. Its spans are in order and apart from each other.
    struct Hours
    {
        QString type;
        std::vector<TimeSpan> daily; ///< in ms since midnight, within one day
        std::vector<TimeSpan> off;

        /// The next time at which it is open, `time` itself included; -1 when that is too far away.
        qint64 opensFrom(qint64 time) const;
        /// The stretch around a time at which it is open; 0 for no beginning or no end.
        TimeSpan stretchAt(qint64 time) const;
    };
    const Hours *find(const QString &type) const;

    LanguageService m_language = LanguageService::Unknown;
    std::vector<Hours> m_hours;
};

} // namespace casement
