#pragma once

#include <QList>
#include <QString>

class QAbstractButton;
class QAction;

namespace casement {

/// Gives the entries of a menu that is made of names a key each: a letter of the name that no other has, or behind a
/// name of another writing one in brackets, as in Japanese. Entries that have a mnemonic keep it; a name in Latin
/// letters, all of which others need, gets none.
void giveMnemonics(const QList<QAction *> &actions);
/// The same of buttons that are made of names; `taken` are the letters that others have beside them.
void giveMnemonics(const QList<QAbstractButton *> &buttons, const QString &taken);

} // namespace casement
