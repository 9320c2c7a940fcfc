#pragma once

#include <QString>

namespace casement {

/// Whether a word begins there. In writing without spaces, one may begin wherever it is another writing than before.
bool isWordBeginning(const QString &text, qsizetype at);

/// Whether a word of the text begins so. In writing without spaces every character begins one. Both are folded
/// (foldForSearch()).
bool hasWord(const QString &text, const QString &word);

} // namespace casement
