#pragma once

#include "archive/records.h"

#include <QByteArray>
#include <QString>

namespace casement::cli {

/// Whose turn, as a word for people and programs: `you`, `aws`, `nobody`.
QLatin1StringView turnWord(Turn turn);
/// A time of the archive as `2026-11-22 10:02` in this computer's zone; `fallback` when it could not be read.
QString localTime(qint64 msSinceEpoch, const QString &fallback = {});

/// Columns for people, aligned by terminal cells, the subject last; cut to `columns` cells unless that is 0.
QString caseTable(const CaseRecords &cases, int columns);

/// An array of objects; texts and codes exactly as the service wrote them, `updated` in UTC and null when
/// nothing is known. Control characters are escaped, and with `forTerminal` all that would disturb one.
QByteArray caseJson(const CaseRecords &cases);

/// RFC 4180: a header, then a case a row, ended by CR LF, quoted where needed. A cell that a spreadsheet would take for
/// a formula gets a leading apostrophe. With `forTerminal` line breaks inside cells become spaces.
QByteArray caseCsv(const CaseRecords &cases, bool forTerminal);

} // namespace casement::cli
