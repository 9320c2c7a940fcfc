#include "export/exportfile.h"

#include "base/privacy.h"

#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

Result<void> ExportFile::append(const QByteArray &bytes)
{
    if (!m_file.isOpen()) {
        // QSaveFile would put a file in the place of a device.
        const QFileInfo info(m_file.fileName());
        if (info.exists() && !info.isFile())
            return failure(info.isDir() ? u"it is a directory"_s : u"it is not a regular file"_s);
        if (!m_file.open(QIODevice::WriteOnly))
            return failure(m_file.errorString());
        if (!info.exists())
            giveUsualRights(m_file);
    }
    // QSaveFile::commit() replaces the old file with a cut one if nobody looks here.
    if (m_file.write(bytes) != bytes.size())
        return failure(m_file.errorString());
    return {};
}

Result<void> ExportFile::flush()
{
    if (!m_file.flush())
        return failure(m_file.errorString());
    if (::fdatasync(m_file.handle()) != 0 && errno != EINVAL) // a file system that can't is no reason
        return failure(qt_error_string(errno));
    return {};
}

Result<void> ExportFile::commit() { return m_file.commit() ? Result<void>() : failure(m_file.errorString()); }

Error ExportFile::failure(const QString &why) const
{
    return {.kind = Error::Kind::File, .message = u"%1 can't be written: %2"_s.arg(m_file.fileName(), why)};
}

} // namespace casement
