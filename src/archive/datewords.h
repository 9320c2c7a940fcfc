#pragma once

#include <QDateTime>
#include <QString>

#include <limits>

namespace casement {

/// A span of time in ms since 1970 UTC, half open. Without limits it holds what nobody knows the time of (0), too.
struct TimeRange
{
    qint64 from = std::numeric_limits<qint64>::min();
    qint64 until = std::numeric_limits<qint64>::max();

    bool isAll() const { return *this == TimeRange(); }
    bool contains(qint64 time) const { return isAll() || (time != 0 && time >= from && time < until); }
    bool isWithin(const TimeRange &other) const { return from >= other.from && until <= other.until; }
    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// Dates that stand as words in what a person types for a filter or a search:
///
///     after:2026-01-31  before:2026-02  created-after:2025  created-before:30d
///
/// `after` and `before` are about the last message, `created-…` about the case. A day, a month or a year begins in the
/// person's zone: after it includes it, before it does not. `7d`, `2w`, `3m` and `1y` are that long before today, and
/// `today` and `yesterday` are days. Width and case do not matter, and days may be written with slashes.
struct DateWords
{
    QString words; ///< what was typed without them
    TimeRange updated;
    TimeRange created;
    QString wrong; ///< the first of them that names no date, and asks for nothing
    qint64 validUntil = std::numeric_limits<qint64>::max(); ///< then another day begins, and they mean another one

    bool hasDates() const { return !updated.isAll() || !created.isAll(); }
};

DateWords readDateWords(const QString &typed, const QDateTime &now = QDateTime::currentDateTime());

} // namespace casement
