#pragma once

#include <QtGlobal>

/// Lengths of time in milliseconds, the unit in which the program keeps and compares times.
namespace casement::duration {

inline constexpr qint64 second = 1000;
inline constexpr qint64 minute = 60 * second;
inline constexpr qint64 hour = 60 * minute;
inline constexpr qint64 day = 24 * hour;
inline constexpr qint64 month = 30 * day; // where it is only counted

} // namespace casement::duration
