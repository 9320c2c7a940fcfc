#include "archive/pagestash.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
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
    // A buffer that grew while it was received may be twice as large as what is in it.
    page.m_body = body.capacity() - body.size() > body.size() / 8 ? QByteArray(body.constData(), body.size()) : body;
    return page;
}

QByteArray PageStash::Page::take()
{
    if (!m_stash)
        return std::exchange(m_body, {});
    QByteArray body(m_size, Qt::Uninitialized);
    const bool whole = ::pread(m_stash->m_file, body.data(), size_t(m_size), m_offset) == m_size;
    m_stash.reset();
    return whole ? body : QByteArray();
}

} // namespace casement
