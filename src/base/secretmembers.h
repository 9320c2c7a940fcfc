#pragma once

#include <QString>

namespace casement {

/// Puts `mask` in the place of the values of members whose names tell of a secret, in JSON and what is written like it
/// (also within a string of JSON, and in single quotes): a text, a number, or all that a list or an object holds. What
/// is cut within such a value is masked to its end. Takes time linear in the text. For redact().
void maskSecretMembers(QString &text, const QString &mask);

} // namespace casement
