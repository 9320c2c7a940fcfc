#include "models/wordbeginning.h"

namespace casement {

namespace {

bool hasNoSpaces(QChar c)
{
    const QChar::Script script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana;
}

} // namespace

bool isWordBeginning(const QString &text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    const QChar first = text[at];
    if (!before.isLetterOrNumber() && !before.isMark())
        return true;
    constexpr char16_t longVowel = 0x30fc; // belongs to no script, but to the word
    return (hasNoSpaces(before) || hasNoSpaces(first)) && before.script() != first.script() && before != longVowel
        && first != longVowel;
}

bool hasWord(const QString &text, const QString &word)
{
    if (!word.isEmpty() && hasNoSpaces(word.front()))
        return text.contains(word);
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (isWordBeginning(text, at))
            return true;
    }
    return false;
}

} // namespace casement
