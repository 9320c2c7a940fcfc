#pragma once

#include <QList>
#include <QString>

namespace casement {

struct ListedAccount;

inline constexpr qsizetype longestAccountName = 100;

/// A character of a name can be shown.
bool canBeInName(QChar character);

/// The name of an account that is as near to `wanted` as can be, and leaves so much room.
QString accountNameLike(const QString &wanted, qsizetype room = 0);

/// Names that are one name in the list: composed or not, of full or half width, in upper or lower case.
QString foldedName(const QString &name);

/// The name of another one of `accounts` that a person would take for the name of `account`, though its letters are of
/// another alphabet (a Cyrillic а), or a digit stands for a letter; empty when there is none. Both are fine names: it
/// is for a warning.
QString lookAlikeOf(const ListedAccount &account, const QList<ListedAccount> &accounts);

/// The twelve digits of a listed account as far as they are known: told by its keys, or by the name of its archive.
QString knownNumber(const ListedAccount &account);

} // namespace casement
