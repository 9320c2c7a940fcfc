#include "aws/pacefile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace casement {

PaceFile::~PaceFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool PaceFile::lock(State &state)
{
    if (m_descriptor < 0) {
        if (m_path.isEmpty())
            return false;
        m_descriptor =
            ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
        if (m_descriptor < 0) {
            m_path.clear(); // not asked for again
            return false;
        }
    }
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
        return false;
    State read;
    if (::pread(m_descriptor, &read, sizeof read, 0) == ssize_t(sizeof read))
        state = read;
    return true;
}

void PaceFile::unlock(const State &state)
{
    [[maybe_unused]] const ssize_t written = ::pwrite(m_descriptor, &state, sizeof state, 0);
    ::flock(m_descriptor, LOCK_UN);
}

QString PaceFile::pathFor(const QString &account)
{
    // Not by QStandardPaths, which makes a folder and warns where the session has none.
    const QFileInfo folder(qEnvironmentVariable("XDG_RUNTIME_DIR"));
    if (folder.filePath().isEmpty() || !folder.isDir() || folder.ownerId() != ::geteuid())
        return {};
    const QByteArray name = QCryptographicHash::hash(account.toUtf8(), QCryptographicHash::Sha256).toHex().first(32);
    return folder.filePath() + QStringLiteral("/casement-pace-") + QString::fromLatin1(name);
}

} // namespace casement
