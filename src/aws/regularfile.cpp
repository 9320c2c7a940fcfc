#include "aws/regularfile.h"

#include <QFile>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>

namespace casement {

QString whyNotReadable(const QString &path)
{
    if (path.isEmpty())
        return QStringLiteral("no name of a file");
    const QByteArray name = QFile::encodeName(path);
    struct stat status = {};
    if (::stat(name.constData(), &status) != 0)
        return qt_error_string(errno);
    if (S_ISDIR(status.st_mode))
        return QStringLiteral("it is a folder");
    // /dev/null is how people say "no file", as in AWS_CONFIG_FILE=/dev/null.
    const bool isNull = S_ISCHR(status.st_mode) && major(status.st_rdev) == 1 && minor(status.st_rdev) == 3;
    if (!S_ISREG(status.st_mode) && !isNull)
        return QStringLiteral("it is not a regular file");
    if (::access(name.constData(), R_OK) != 0)
        return qt_error_string(errno);
    return {};
}

} // namespace casement
