#include "base/replacedfile.h"

#include <QFile>
#include <QThreadPool>

#include <fcntl.h>
#include <unistd.h>

namespace casement {

// Without rights to what it holds, and without waiting for the other end of a pipe.
ReplacedFile::ReplacedFile(const QString &path)
    : m_descriptor(::open(QFile::encodeName(path).constData(), O_PATH | O_CLOEXEC))
{
}

ReplacedFile::~ReplacedFile()
{
    if (m_descriptor >= 0)
        QThreadPool::globalInstance()->start([descriptor = m_descriptor] { ::close(descriptor); });
}

} // namespace casement
