#include "transfer/filehandle.h"

#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/filename.h"
#include "transfer/localfile.h"

#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
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

bool hasRawBytes(const QString &text) { return std::any_of(text.begin(), text.end(), isRawByte); }

/// The bytes of a name of pathFromBytes().
QByteArray bytesOfName(const QString &name)
{
    QByteArray bytes;
    qsizetype from = 0;
    for (qsizetype at = 0; at <= name.size(); ++at) {
        if (at < name.size() && !isRawByte(name.at(at)))
            continue;
        bytes += QFile::encodeName(name.mid(from, at - from));
        if (at < name.size())
            bytes += char(name.at(at).unicode() & 0xff);
        from = at + 1;
    }
    return bytes;
}

/// How many bytes of UTF-8 a character has that begins so; 1 for what begins none.
qsizetype lengthInUtf8(uchar first) { return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1; }

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
    const auto nanoseconds = [](const struct timespec &time) {
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return {.size = qint64(status.st_size),
            .modified = nanoseconds(status.st_mtim),
            .ctime = nanoseconds(status.st_ctim),
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

QString pathFromBytes(const QByteArray &path)
{
    if (QByteArrayView(path).isValidUtf8())
        return QString::fromUtf8(path);
    QString text;
    for (qsizetype at = 0; at < path.size();) {
        const qsizetype length = lengthInUtf8(uchar(path.at(at)));
        const QByteArrayView one = QByteArrayView(path).sliced(at, std::min(length, path.size() - at));
        if (one.size() == length && one.isValidUtf8()) {
            text += QString::fromUtf8(one);
            at += length;
        } else {
            text += QChar(char16_t(0xef00 | uchar(path.at(at++))));
        }
    }
    return text;
}

QByteArray diskPath(const QString &path)
{
    if (path.contains(QChar::Null))
        return {}; // the system would take what stands before it
    if (!path.contains(notUtf8) && !hasRawBytes(path))
        return QFile::encodeName(path);
    QByteArray built;
    const QStringList parts = path.split(u'/');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            built.append('/');
        QByteArray part = QFile::encodeName(parts.at(i));
        struct stat status = {};
        const bool isMarked = parts.at(i).contains(notUtf8) || hasRawBytes(parts.at(i));
        if (isMarked && ::lstat((built + part).constData(), &status) != 0) { // else it really is called so
            if (hasRawBytes(parts.at(i)))
                part = bytesOfName(parts.at(i));
            else if (const QByteArray found = nameThatReads(built, parts.at(i)); !found.isEmpty())
                part = found;
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

int writeAll(int descriptor, const char *data, qint64 size)
{
    while (size > 0) {
        const ssize_t count = ::write(descriptor, data, size_t(size));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        data += count;
        size -= count;
    }
    return 0;
}

Error readError(QLatin1StringView code, const QByteArray &diskPath, const QString &why)
{
    return {.kind = Error::Kind::File,
            .code = code,
            .message = u"%1 can't be read: %2"_s.arg(shownPath(pathFromBytes(diskPath)), why)};
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
