#include "ui/mnemonics.h"

#include <QAbstractButton>
#include <QAction>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <algorithm>
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

/// The places of letters that may be a mnemonic, the beginnings of words before the others.
QList<qsizetype> places(const QString &text)
{
    QList<qsizetype> all;
    for (const bool wantsBeginning : {true, false}) {
        for (qsizetype at = 0; at < text.size(); ++at) {
            const bool isBeginning = at == 0 || text.at(at - 1) == u' ';
            if (isBeginning == wantsBeginning && isMnemonicLetter(text.at(at).toLower()))
                all.append(at);
        }
    }
    return all;
}

/// Letters for names that are to have one each. Where others have all letters of a name, one of them takes another.
class Letters
{
public:
    Letters(const QStringList &names, const QSet<QChar> &taken) : m_names(names), m_places(names.size(), -1)
    {
        for (qsizetype name = 0; name < names.size(); ++name) {
            QSet<QChar> tried = taken;
            take(name, tried);
        }
    }
    qsizetype placeIn(qsizetype name) const { return m_places.at(name); }

private:
    bool take(qsizetype name, QSet<QChar> &tried)
    {
        const QString &text = m_names.at(name);
        for (const bool wantsFree : {true, false}) {
            for (const qsizetype at : places(text)) {
                const QChar letter = text.at(at).toLower();
                const auto owner = m_owners.constFind(letter);
                const bool isFree = owner == m_owners.constEnd();
                if (isFree != wantsFree || tried.contains(letter))
                    continue;
                tried.insert(letter);
                if (!isFree && !take(*owner, tried))
                    continue;
                m_owners.insert(letter, name);
                m_places[name] = at;
                return true;
            }
        }
        return false;
    }

    const QStringList &m_names;
    QList<qsizetype> m_places;
    QHash<QChar, qsizetype> m_owners;
};

/// The name with the mnemonic at that place; without one (-1) a letter in brackets behind it, but not behind a name in
/// Latin letters, where nobody writes it so.
QString withMnemonic(QString name, qsizetype at, QSet<QChar> &taken)
{
    const qsizetype literal = name.first(std::max<qsizetype>(at, 0)).count(u'&'); // each is two from now on
    name.replace(u"&"_s, u"&&"_s);
    if (at >= 0)
        return name.insert(at + literal, u'&');
    const bool isLatin =
        std::any_of(name.cbegin(), name.cend(), [](QChar c) { return c.script() == QChar::Script_Latin; });
    char letter = 'a';
    while (letter <= 'z' && taken.contains(QLatin1Char(letter)))
        ++letter;
    if (isLatin || letter > 'z')
        return name;
    taken.insert(QLatin1Char(letter));
    return name + u"(&%1)"_s.arg(QChar::fromLatin1(letter).toUpper());
}

template <class T> void giveAll(const QList<T *> &all, QSet<QChar> taken)
{
    QList<T *> without;
    QStringList names;
    for (T *one : all) {
        if (const auto letter = mnemonicOf(one->text())) {
            taken.insert(*letter);
        } else if (!one->text().isEmpty()) {
            without.append(one);
            names.append(one->text());
        }
    }
    const Letters letters(names, taken);
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (const qsizetype at = letters.placeIn(i); at >= 0)
            taken.insert(names.at(i).at(at).toLower());
    }
    for (qsizetype i = 0; i < names.size(); ++i)
        without.at(i)->setText(withMnemonic(names.at(i), letters.placeIn(i), taken));
}

} // namespace

void giveMnemonics(const QList<QAction *> &actions) { giveAll(actions, {}); }

void giveMnemonics(const QList<QAbstractButton *> &buttons, const QString &taken)
{
    giveAll(buttons, QSet<QChar>(taken.begin(), taken.end()));
}

} // namespace casement
