#pragma once

#include "base/result.h"

#include <QByteArray>

#include <limits>

namespace casement {

/// JSON laid out over lines, two spaces a level. Works on tokens: members stay in their order, also those with the same
/// name, and numbers and strings stay the characters that came. A control character that stands raw in a string is
/// written as an escape, and so is, with `forTerminal`, everything else that would move a cursor or turn the direction
/// of writing. What stands for no character (bytes that are not UTF-8, lone surrogates, broken escapes) becomes U+FFFD.
/// Below 200 levels nothing is laid out any more.
///
/// Error::Kind::BadAnswer when it isn't one whole JSON value, Error::Kind::TooLarge when it would become more than
/// `most` bytes.
Result<QByteArray> indentJson(const QByteArray &json, bool forTerminal,
                              qsizetype most = std::numeric_limits<qsizetype>::max());

/// The same JSON on the lines that it stands on, with escapes for what would move a cursor or turn the direction of
/// writing. May be given in pieces that cut no character.
QByteArray escapedJson(const QByteArray &json);

} // namespace casement
