#include "ui/mnemonics.h"

#include <QAbstractButton>
#include <QAction>
#include <QSet>

#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

bool isMnemonicLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'); }

std::optional<QChar> mnemonicOf(const QString &text)
{
    for (qsizetype at = text.indexOf(u'&'); at >= 0 && at + 1 < text.size(); at = text.indexOf(u'&', at + 2)) {
        if (text.at(at + 1) != u'&')
            return text.at(at + 1).toLower();
    }
    return {};
}

/// The place of the first letter that is free, of the beginnings of words before the others; -1: none is.
qsizetype freePlace(const QString &text, const QSet<QChar> &taken)
{
    for (const bool isBeginning : {true, false}) {
        for (qsizetype at = 0; at < text.size(); ++at) {
            const QChar letter = text.at(at).toLower();
            if (isMnemonicLetter(letter) && !taken.contains(letter)
                && (!isBeginning || at == 0 || text.at(at - 1) == u' '))
                return at;
        }
    }
    return -1;
}

/// The text with a mnemonic that is none of `taken`, and that is one of them from now on.
QString withMnemonic(QString text, QSet<QChar> &taken)
{
    if (text.isEmpty() || mnemonicOf(text))
        return text;
    if (const qsizetype at = freePlace(text, taken); at >= 0) {
        taken.insert(text.at(at).toLower());
        const qsizetype literal = text.first(at).count(u'&'); // each is two from now on
        text.replace(u"&"_s, u"&&"_s);
        return text.insert(at + literal, u'&');
    }
    char letter = 'a';
    while (letter <= 'z' && taken.contains(QLatin1Char(letter)))
        ++letter;
    if (letter > 'z')
        return text;
    taken.insert(QLatin1Char(letter));
    text.replace(u"&"_s, u"&&"_s);
    return text + u"(&%1)"_s.arg(QChar::fromLatin1(letter).toUpper());
}

template <class T> void giveAll(const QList<T *> &all, QSet<QChar> taken)
{
    for (const T *one : all) {
        if (const auto letter = mnemonicOf(one->text()))
            taken.insert(*letter);
    }
    for (T *one : all) {
        if (const QString text = withMnemonic(one->text(), taken); text != one->text())
            one->setText(text);
    }
}

} // namespace

void giveMnemonics(const QList<QAction *> &actions) { giveAll(actions, {}); }

void giveMnemonics(const QList<QAbstractButton *> &buttons, const QString &taken)
{
    giveAll(buttons, QSet<QChar>(taken.begin(), taken.end()));
}

} // namespace casement
