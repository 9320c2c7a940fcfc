#include "base/replacedfile.h"

#include <QFile>
#include <QThreadPool>

#include <fcntl.h>
#include <unistd.h>

namespace casement {

ReplacedFile::ReplacedFile(const QString &path) : ReplacedFile(AT_FDCWD, QFile::encodeName(path)) { }

// Without rights to what it holds, and without waiting for the other end of a pipe.
ReplacedFile::ReplacedFile(int folder, const QByteArray &name)
    : m_descriptor(::openat(folder, name.constData(), O_PATH | O_CLOEXEC))
{
}

ReplacedFile::~ReplacedFile()
{
    if (m_descriptor >= 0)
        QThreadPool::globalInstance()->start([descriptor = m_descriptor] { ::close(descriptor); });
}

} // namespace casement
