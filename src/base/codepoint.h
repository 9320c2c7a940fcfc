#pragma once

#include <QStringView>

namespace casement {

/// U+FFFD, which stands for what is no character.
inline constexpr char32_t replacementCharacter = 0xfffd;

/// The character at `i`, and how many UTF-16 units it takes; replacementCharacter for half of a pair.
inline char32_t codePointAt(QStringView text, qsizetype i, int *length)
{
    *length = 1;
    const QChar c = text[i];
    if (!c.isSurrogate())
        return c.unicode();
    if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
        *length = 2;
        return QChar::surrogateToUcs4(c, text[i + 1]);
    }
    return replacementCharacter;
}

} // namespace casement
