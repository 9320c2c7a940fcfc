#pragma once

#include <QList>
#include <QStringList>

/// What of a message was written before it. Pure functions, linear in the text.
namespace casement {

/// Which lines are quoted: three or more that begin with `>` (also `＞`), empty ones between them included, and the
/// line or two above that say who wrote them. Where mail programs quote without marks, all from such a line to the end:
/// `On …, Hana wrote:`, `2026年11月22日(日) 10:02 山田 <…>:`, `-----Original Message-----`, `-----元のメッセージ-----`.
QList<bool> quotedLines(const QStringList &lines);

/// Whether a signature starts there: a line of two dashes and a space, and no more than twenty lines behind it.
bool startsSignature(const QStringList &lines, qsizetype at);

} // namespace casement
