#include "export/exportfile.h"

#include "base/privacy.h"
#include "base/replacedfile.h"
#include "transfer/fileerror.h"

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
            return failure(info.isDir() ? u"it is a folder"_s : u"it is not a regular file"_s);
        // Without a buffer, which forgets why it could not be written.
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return failure(m_file.errorString());
        if (!info.exists())
            giveUsualRights(m_file);
    }
    // QSaveFile::commit() replaces the old file with a cut one if nobody looks here.
    for (qint64 at = 0; at < bytes.size();) {
        // Only what is refused altogether says why; a full disk takes a part before.
        const qint64 written = m_file.write(bytes.constData() + at, bytes.size() - at);
        if (written <= 0)
            return failure(m_file.errorString());
        at += written;
    }
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

Result<void> ExportFile::commit()
{
    const ReplacedFile old(m_file.fileName());
    return m_file.commit() ? Result<void>() : failure(m_file.errorString());
}

Error ExportFile::failure(const QString &why) const { return cannotWrite(m_file.fileName(), why); }

} // namespace casement
