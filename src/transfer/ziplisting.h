#pragma once

#include "base/result.h"
#include "transfer/filehandle.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <atomic>
#include <vector>

namespace casement {

/// A file or folder that becomes an entry of a ZIP.
struct ZipEntry
{
    QByteArray diskPath;
    QByteArray name; ///< in the ZIP: UTF-8, parts between `/`, which a folder ends with
    FileState state; ///< as it was when it was listed
    Links links = Links::Refuse; ///< Follow for what was chosen itself

    bool isFolder() const { return name.endsWith('/'); }
};

/// What becomes a ZIP, folders before what is in them.
struct ZipListing
{
    std::vector<ZipEntry> entries;
    qint64 bytes = 0; ///< of all files
    qsizetype files = 0;
    qsizetype skipped = 0; ///< links, pipes, sockets and devices in the folders
};

/// Lists files and folders with all that is in them. Names in the ZIP are those of sentFileName(), and distinct in each
/// folder.
///
/// What was chosen itself must be a file or folder, or a link to one. In folders, links are not followed. Ends with an
/// Error for what can't be read, for no files at all (filecode::empty) and for too many of them, and for what is in a
/// place of keys (filecode::holdsKeys) unless `withKeys`.
Result<ZipListing> listForZip(const QStringList &paths, bool withKeys, const std::atomic<bool> &isCancelled);

} // namespace casement
