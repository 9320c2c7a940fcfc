#include "transfer/filehandle.h"

#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/filename.h"

#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar notUtf8(0xfffd);

// The only name in a folder that Qt shows as `name`; empty when there is none, or more than one.
QByteArray nameThatReads(const QByteArray &folder, const QString &name)
{
    QByteArray found;
    DIR *entries = ::opendir(folder.isEmpty() ? "." : folder.constData());
    if (!entries)
        return found;
    while (const dirent *entry = ::readdir(entries)) {
        if (QFile::decodeName(entry->d_name) != name)
            continue;
        if (!found.isEmpty()) {
            found.clear();
            break;
        }
        found = entry->d_name;
    }
    ::closedir(entries);
    return found;
}

QLatin1StringView codeOf(const struct stat &status)
{
    return S_ISDIR(status.st_mode) ? filecode::folder : filecode::notRegular;
}

QString whyNotRegular(const struct stat &status)
{
    if (S_ISDIR(status.st_mode))
        return u"it is a folder"_s;
    if (S_ISFIFO(status.st_mode))
        return u"it is a pipe, not a file"_s;
    if (S_ISSOCK(status.st_mode))
        return u"it is a socket, not a file"_s;
    if (S_ISLNK(status.st_mode))
        return u"it is a link"_s;
    return u"it is a device, not a file"_s;
}

} // namespace

FileHandle::~FileHandle()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

FileState FileState::of(const struct stat &status)
{
    return {.size = qint64(status.st_size),
            .modified = qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec,
            .device = quint64(status.st_dev),
            .inode = quint64(status.st_ino)};
}

Result<OpenedFile> openRegularFile(const QByteArray &diskPath, Links links)
{
    if (diskPath.isEmpty())
        return readError(diskPath, ENOENT);
    OpenedFile file;
    const int follow = links == Links::Follow ? 0 : AT_SYMLINK_NOFOLLOW;
    if (::fstatat(AT_FDCWD, diskPath.constData(), &file.status, follow) != 0)
        return readError(diskPath, errno);
    if (!S_ISREG(file.status.st_mode))
        return readError(codeOf(file.status), diskPath, whyNotRegular(file.status));
    // What stands there may be another thing by now: a pipe would wait here for its other end.
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (links == Links::Follow ? 0 : O_NOFOLLOW);
    file.handle = FileHandle(::open(diskPath.constData(), flags));
    if (!file.handle.isOpen() || ::fstat(file.handle.get(), &file.status) != 0)
        return readError(diskPath, errno);
    if (!S_ISREG(file.status.st_mode))
        return readError(codeOf(file.status), diskPath, whyNotRegular(file.status));
    return file;
}

QByteArray diskPath(const QString &path)
{
    if (path.contains(QChar::Null))
        return {}; // the system would take what stands before it
    if (!path.contains(notUtf8))
        return QFile::encodeName(path);
    QByteArray built;
    const QStringList parts = path.split(u'/');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            built.append('/');
        QByteArray part = QFile::encodeName(parts.at(i));
        struct stat status = {};
        if (parts.at(i).contains(notUtf8) && ::lstat((built + part).constData(), &status) != 0) {
            const QByteArray found = nameThatReads(built, parts.at(i));
            part = found.isEmpty() ? part : found;
        }
        built.append(part);
    }
    return built;
}

qint64 readSome(int descriptor, char *data, qint64 size)
{
    ssize_t count = 0;
    do
        count = ::read(descriptor, data, size_t(size));
    while (count < 0 && errno == EINTR);
    return count;
}

Error readError(QLatin1StringView code, const QByteArray &diskPath, const QString &why)
{
    return {.kind = Error::Kind::File,
            .code = code,
            .message = u"%1 can't be read: %2"_s.arg(shownPath(QFile::decodeName(diskPath)), why)};
}

Error readError(const QByteArray &diskPath, int error)
{
    struct stat status = {};
    const bool isLink = !diskPath.isEmpty() && ::lstat(diskPath.constData(), &status) == 0 && S_ISLNK(status.st_mode);
    if (error == ELOOP || (error == ENOENT && isLink))
        return readError(filecode::deadLink, diskPath, u"it is a link that leads to no file"_s);
    if (error == ENOENT || error == ENOTDIR)
        return readError(filecode::vanished, diskPath, u"there is no such file"_s);
    return readError(filecode::notReadable, diskPath, qt_error_string(error));
}

Error changedError(const QByteArray &diskPath)
{
    return readError(filecode::changed, diskPath, u"it is not what it was when it was chosen"_s);
}

Error writeError(QLatin1StringView code, const QString &path, const QString &why)
{
    return {.kind = Error::Kind::File, .code = code, .message = u"%1 can't be written: %2"_s.arg(shownPath(path), why)};
}

Error writeError(const QString &path, int error) { return cannotWrite(path, qt_error_string(error)); }

int moveToFreeName(int fromFolder, const char *from, int toFolder, const char *to)
{
    if (::renameat2(fromFolder, from, toFolder, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // File systems over a network have no such rename, but most have links.
    if (::linkat(fromFolder, from, toFolder, to, 0) == 0) {
        ::unlinkat(fromFolder, from, 0);
        return 0;
    }
    if (errno != EPERM && errno != ENOSYS && errno != EOPNOTSUPP && errno != EMLINK)
        return errno;
    // The name is taken first; what is renamed over is our own, with nothing in it.
    const FileHandle taken(::openat(toFolder, to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!taken.isOpen())
        return errno;
    if (::renameat(fromFolder, from, toFolder, to) == 0)
        return 0;
    const int error = errno;
    ::unlinkat(toFolder, to, 0);
    return error;
}

} // namespace casement
