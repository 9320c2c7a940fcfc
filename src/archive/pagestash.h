#pragma once

#include <QByteArray>
#include <QMutex>
#include <QString>

#include <atomic>
#include <memory>

namespace casement {

/// Where answers wait to be stored, so that a first sync of any size needs little memory: the first of them in memory,
/// the others in a file without a name in the archive's folder, which is the owner's only and is gone with the last
/// page of it, however the program ends.
///
/// Pages may be put and taken by several threads.
class PageStash : public std::enable_shared_from_this<PageStash>
{
public:
    /// What is kept in memory before the file is used, in bytes: writing 40 MB takes as long as parsing them.
    static constexpr qint64 keptInMemory = 20LL << 20;

    /// A page that waits; kept in memory where there is no file, or no room in it.
    class Page
    {
    public:
        /// The body; empty when the disk does not give it back.
        QByteArray take();
        /// What it takes of memory.
        qsizetype bytes() const { return m_place ? m_size : 0; }

    private:
        friend class PageStash;
        std::shared_ptr<const char> m_place; // in memory; keeps its block
        std::shared_ptr<PageStash> m_stash; // whose file has it
        qint64 m_offset = 0;
        qsizetype m_size = 0;
    };

    /// Beside that file; in memory for `:memory:`.
    static std::shared_ptr<PageStash> beside(const QString &archivePath);
    ~PageStash();

    Page put(const QByteArray &body);

private:
    PageStash() = default;

    std::shared_ptr<char> memoryFor(qsizetype size);

    QMutex m_mutex; // of the block
    std::shared_ptr<char> m_block; // the one that is being filled
    qsizetype m_used = 0;
    int m_file = -1;
    std::atomic<qint64> m_end = 0; // of the file
    std::atomic<qint64> m_kept = 0; // in memory, ever: what was taken makes no room, pages are taken at the end
};

} // namespace casement
