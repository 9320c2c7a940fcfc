#pragma once

#include <QString>

namespace casement {

/// What another program wrote of its failure, for a person to read: of each line that speaks of a password, a token or
/// the like, what stands behind that word is kept only where it is a plain word. redact() knows how secrets are mostly
/// written; this is for the rest, where a number too much is masked rather than a password shown. Takes what redact()
/// has made of it. Linear in the text's length.
QString withoutLikelySecrets(const QString &text);

} // namespace casement
