#pragma once

#include <QString>

namespace casement::cli {

/// Text from outside as one line that a terminal can be given: lone surrogates become U+FFFD, control characters their
/// symbols (U+2400 …, C1 controls U+FFFD), line breaks and tabs a space; direction marks and invisible characters go
/// (joiners between letters and emoji stay), of combining marks on one letter the first four are kept.
QString terminalLine(const QString &text);

/// A name as one line in which nothing is left out: characters that nobody sees stand as `\\u202E`.
QString terminalName(const QString &name);

/// The same for text of many lines: line breaks and tabs stay; CR LF and CR are line breaks.
QString terminalText(const QString &text);

/// How many cells of a terminal the text takes: 2 for East Asian wide and full-width characters and emoji, 0 for marks
/// that combine. Source: Unicode 15, EastAsianWidth.txt and emoji-data.txt.
int cellWidth(QStringView text);

/// The text cut to `cells`, with … where something was cut.
QString cutToCells(const QString &text, int cells);

/// The text filled with spaces up to `cells`.
QString padToCells(const QString &text, int cells);

} // namespace casement::cli
