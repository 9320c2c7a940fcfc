#pragma once

#include <QList>
#include <QString>

namespace casement {

/// A library that this process runs with, as far as it can tell of itself.
struct Library
{
    QString name;
    QString version; ///< its own word for it, else what the name of its file says
    QString licence; ///< as SPDX calls it
};

/// Qt and the libraries beside it that are loaded now, in a fixed order. What a library loads later (SQLite with the
/// archive) is there from then on.
QList<Library> loadedLibraries();

/// "Release, GCC 12.2.0, x86_64-little_endian-lp64": how this program was built.
QString buildText();

} // namespace casement
