#pragma once

#include <QDateTime>
#include <QString>

#include <string_view>

namespace casement {

/// Milliseconds since 1970 UTC of a time as this service and its imitations write it: `2020-03-23T21:31:47.774Z`, an
/// offset with or without colon, no fraction, no zone (read as UTC), a bare date. 0 for everything else, so that a
/// broken date sorts oldest and stays in its place. Never allocates.
qint64 parseTimestamp(std::string_view text);
qint64 parseTimestamp(QStringView text);

/// `2026-11-22T01:02:03.000Z`, the form that afterTime and beforeTime take.
QString timestampText(qint64 msSinceEpoch);

} // namespace casement
