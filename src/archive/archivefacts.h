#pragma once

#include "archive/archive.h"

namespace casement {

/// The archive in numbers, for somebody who looks for the cause of a problem: nothing of what is in it.
struct ArchiveFacts
{
    int schema = 0;
    QString sqlite; ///< version of the library
    QList<std::pair<QString, qint64>> rows; ///< of each table, by name

    /// Counts on the archive's thread, behind what it has to do.
    static void ask(Archive &archive, QObject *context, Archive::Callback<ArchiveFacts> done);
};

} // namespace casement
