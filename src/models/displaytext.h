#pragma once

#include <QString>

#include <string_view>

namespace casement {

/// Text from outside as one line that harms nothing around it: in lists, titles, tool tips and file names.
///
/// Lone surrogates become U+FFFD, control characters their symbols (U+2400 …, C1 controls U+FFFD), line breaks and tabs
/// a space; direction overrides, embeddings and isolates and zero-width characters go (joiners inside emoji and Indic
/// and Arabic words stay), of combining marks on one letter the first four are kept. A text with right-to-left letters
/// is wrapped in an isolate, so that it can't reorder its neighbours.
QString displayText(const QString &text);
/// The same for UTF-8.
QString displayText(std::string_view utf8);

/// The same of any length, for what is copied: displayText() ends after a thousand characters.
QString wholeDisplayText(std::string_view utf8);

/// A displayText() for a tool tip: markup in it is shown, not obeyed, and long ones wrap.
QString toolTipText(const QString &displayText);

/// What stands in a cell of a table: a dash where there is nothing, since a screen reader passes over an empty one.
QString orDash(const QString &text);

/// A message's text: as displayText(), but line breaks and tabs stay and nothing is wrapped.
QString bodyText(const QString &text);

} // namespace casement
