#include "archive/pagestash.h"

#include <QFile>
#include <QFileInfo>

#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace casement {

std::shared_ptr<PageStash> PageStash::beside(const QString &archivePath)
{
    std::shared_ptr<PageStash> stash(new PageStash);
#ifdef O_TMPFILE
    if (archivePath != QLatin1StringView(":memory:")) {
        const QByteArray folder = QFile::encodeName(QFileInfo(archivePath).absolutePath());
        stash->m_file =
            ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); // -1 where the file system can't
    }
#endif
    return stash;
}

PageStash::~PageStash()
{
    if (m_file >= 0)
        ::close(m_file);
}

PageStash::Page PageStash::put(const QByteArray &body)
{
    Page page;
    if (m_file >= 0 && m_kept.fetch_add(body.size()) + body.size() > keptInMemory) {
        const qint64 offset = m_end.fetch_add(body.size());
        if (::pwrite(m_file, body.constData(), size_t(body.size()), offset) == body.size()) {
            page.m_stash = shared_from_this();
            page.m_offset = offset;
            page.m_size = body.size();
            return page;
        }
    }
    const std::shared_ptr<char> place = memoryFor(body.size());
    std::memcpy(place.get(), body.constData(), size_t(body.size()));
    page.m_place = place;
    page.m_size = body.size();
    return page;
}

// Keeping the bodies themselves would make every next one be received into memory that is new to the process, on the
// main thread, and that takes longer than copying them here into pages of two megabytes.
std::shared_ptr<char> PageStash::memoryFor(qsizetype size)
{
    constexpr qsizetype hugePage = 2 << 20;
    constexpr qsizetype blockSize = 2 * hugePage;
    const auto allocate = [](qsizetype bytes) {
        const qsizetype whole = (bytes + hugePage - 1) / hugePage * hugePage;
        void *block = std::aligned_alloc(hugePage, size_t(whole));
        Q_CHECK_PTR(block);
#ifdef MADV_HUGEPAGE
        ::madvise(block, size_t(whole), MADV_HUGEPAGE); // if not, then not
#endif
        return std::shared_ptr<char>(static_cast<char *>(block), [](char *memory) { std::free(memory); });
    };
    if (size > blockSize)
        return allocate(size);
    const QMutexLocker lock(&m_mutex);
    if (!m_block || m_used + size > blockSize) {
        m_block = allocate(blockSize);
        m_used = 0;
    }
    return std::shared_ptr<char>(m_block, m_block.get() + std::exchange(m_used, m_used + size));
}

QByteArray PageStash::Page::take()
{
    if (const auto place = std::exchange(m_place, nullptr))
        return QByteArray(place.get(), m_size);
    QByteArray body(m_size, Qt::Uninitialized);
    const bool whole = m_stash && ::pread(m_stash->m_file, body.data(), size_t(m_size), m_offset) == m_size;
    m_stash.reset();
    return whole ? body : QByteArray();
}

} // namespace casement
