#pragma once

#include <QStandardPaths>
#include <QString>

namespace casement {

/// Where the archive is unless somebody says otherwise: `$XDG_DATA_HOME/casement/archive.sqlite`, most often below
/// ~/.local/share. The window and casement-cli share it.
inline QString defaultArchivePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/casement/archive.sqlite");
}

} // namespace casement
