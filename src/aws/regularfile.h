#pragma once

#include <QString>

namespace casement {

/// Why the file can't be read as one, in words for people; empty when it can, as far as can be told without opening it.
///
/// /dev/null counts as an empty file. Opening a FIFO waits for ever and a device may have no end, so both are refused
/// by looks. Needed as well because QFile::errorString() calls files that aren't there directories.
QString whyNotReadable(const QString &path);

} // namespace casement
