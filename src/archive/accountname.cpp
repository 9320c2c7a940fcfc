#include "archive/accountname.h"

#include "archive/accountlist.h"

#include <QHash>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// What is drawn alike in the usual fonts, of the letters that people name accounts with. Source: Unicode's
/// confusables.txt.
const QHash<QChar, QChar> &likeness()
{
    static const QHash<QChar, QChar> all = [] {
        QHash<QChar, QChar> map;
        for (const QString &pair : u"аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw кk мm тt вb нh пn гr αa οo ρp υu ιi κk "
                                   "τt χx βb εe ηh ζz μm νv ıi 0o 1l"_s.split(u' '))
            map.insert(pair.at(0), pair.at(1));
        return map;
    }();
    return all;
}

/// The name as a person sees it: the same for names that look alike.
QString outline(const QString &name)
{
    QString seen;
    for (const QChar c : foldedName(name)) {
        if (!c.isMark() && c.category() != QChar::Other_Format)
            seen += likeness().value(c, c);
    }
    return seen;
}

} // namespace

/// The joiners and direction marks of scripts stay: only what looks alike is compared without them.
QString foldedName(const QString &name)
{
    return name.trimmed().normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QString lookAlikeOf(const ListedAccount &account, const QList<ListedAccount> &accounts)
{
    const QString folded = foldedName(account.name);
    const QString seen = outline(account.name);
    const auto found = std::find_if(accounts.cbegin(), accounts.cend(), [&](const ListedAccount &other) {
        return (account.id.isEmpty() || other.id != account.id) && outline(other.name) == seen
            && foldedName(other.name) != folded;
    });
    return found == accounts.cend() || seen.isEmpty() ? QString() : found->name;
}

bool canBeInName(QChar character)
{
    constexpr QChar emojiJoiner(0x200D); // families and professions are made with it
    return character.isPrint() || character.isSurrogate() || character == emojiJoiner;
}

QString accountNameLike(const QString &wanted, qsizetype room)
{
    QString name = wanted.simplified();
    name.removeIf([](QChar c) { return !canBeInName(c); });
    const qsizetype most = longestAccountName - room;
    if (name.size() > most)
        name.truncate(name.at(most - 1).isHighSurrogate() ? most - 1 : most);
    return name.trimmed();
}

QString knownNumber(const ListedAccount &account)
{
    if (!account.accountNumber.isEmpty())
        return account.accountNumber;
    const QString own = account.archiveKey.section(u'/', -1);
    const QString number = own.section(u':', 1);
    const bool tells = own.startsWith("account:"_L1) || own.startsWith("environment:"_L1);
    return tells && isAccountNumber(number) ? number : QString();
}

} // namespace casement
