#pragma once

#include "archive/archive.h"

#include <memory>

namespace casement {

/// The folder of what this program made to be sent: pasted pictures, ZIPs. A file goes with what speaks of it; what was
/// left behind all the same, by a kill or by a version that forgot it, goes when the next program begins.
class OutgoingFolder
{
public:
    /// The archive is borrowed.
    explicit OutgoingFolder(Archive &archive) : m_archive(archive) { }

    /// Removes what no draft, upload or refused file of the archive speaks of and what is older than a day; answers how
    /// many. Not while another program has the folder: what that one holds in memory alone is nowhere to be read. From
    /// then on this one has it, as long as this lives. Once at start.
    void cleanUp(QObject *context, Archive::Callback<int> done);

private:
    class Hold;

    Archive &m_archive;
    std::shared_ptr<Hold> m_hold;
};

} // namespace casement
