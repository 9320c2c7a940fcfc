#pragma once

#include "base/result.h"

#include <QString>

/// Copies of files that were downloaded, where a person wants them. Meant for the pool.
///
/// A copy is written beside its place and moved there when it is whole and on the disk: no name ever stands for half a
/// file, and nothing is left of what failed. No copy can be run: it has no x bit, whatever it was made of.
namespace casement {

/// Copies a file into a folder, under safeFileName(wantedName); the path of the copy. Never replaces anything: a name
/// that is taken there, also in other case or composed differently, becomes `name (2).ext`.
Result<QString> saveCopy(const QString &from, const QString &folder, const QString &wantedName);

/// Copies a file to exactly this path, as a dialog answered it. What is there is replaced with `overwrite` only,
/// keeping its permissions, and only when it is a regular file that may be written; a link leads to what is replaced.
Result<void> saveCopyAs(const QString &from, const QString &path, bool overwrite);

} // namespace casement
