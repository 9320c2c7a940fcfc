#pragma once

#include "base/result.h"

#include <QString>

namespace casement {

/// Where the archive is unless a person moved it: `$XDG_DATA_HOME/casement/archive.sqlite`, most often below
/// ~/.local/share.
QString usualArchivePath();

/// Where the archive is unless somebody says otherwise: where a person moved it to, else usualArchivePath(). The window
/// and casement-cli share it.
QString defaultArchivePath();

/// Remembers where the archive was moved to, in one line of a file beside the settings, for the window and
/// casement-cli.
Result<void> rememberArchivePath(const QString &path);

} // namespace casement
