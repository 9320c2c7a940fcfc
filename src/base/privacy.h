#pragma once

#include <QString>

class QFileDevice;

namespace casement {

/// Files that this process makes from now on are for its owner alone, whatever the umask of the shell says. Called
/// once, first thing in main(). What a person saves gets its usual rights by giveUsualRights().
void makeFilesPrivate();
/// Gives a file that a person saved, or asked to be saved, the rights that any other program would give it.
void giveUsualRights(QFileDevice &file);
/// The umask that this process was started with; see makeFilesPrivate().
unsigned usualMask();

/// Nothing of this process's memory is written to the disk when it crashes, neither as a file nor through a program
/// that collects crashes.
///
/// The soft limit 1 is what Linux takes for "none, and no pipe either" (core(5)). PR_SET_DUMPABLE would do it, too, but
/// keeps desktop portals from seeing whom they talk to; it is used where the hard limit leaves no choice.
void forbidCoreDumps();

/// Takes others' rights to a file or folder away; true when it is its owner's alone now.
bool keepFromOthers(const QString &path);
/// Whether others than the owner may list or enter this folder.
bool isOpenToOthers(const QString &folder);

/// The path without the name of its person: `~/…` below the own home folder, `/home/…/` below another one.
QString withoutUserName(const QString &text);

} // namespace casement
