#include "transfer/savefile.h"

#include "base/privacy.h"
#include "transfer/filecode.h"
#include "transfer/filehandle.h"
#include "transfer/filename.h"

#include <QFile>
#include <QRandomGenerator>
#include <QStringList>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 256 * 1024;
constexpr mode_t plainMode = 0644; // less what the umask takes

/// A file under a name of its own in the folder where it is going; gone with this object unless it was moved.
class UnfinishedFile
{
public:
    explicit UnfinishedFile(int folder) : m_folder(folder)
    {
        const quint64 number = QRandomGenerator::system()->generate64();
        m_name = ".casement-" + QByteArray::number(number, 16) + ".part";
        m_handle = FileHandle(::openat(folder, m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, plainMode));
        m_error = m_handle.isOpen() ? 0 : errno;
        m_isThere = m_handle.isOpen();
        if (m_isThere)
            ::fchmod(m_handle.get(), plainMode & ~usualMask());
    }
    ~UnfinishedFile()
    {
        if (m_isThere)
            ::unlinkat(m_folder, m_name.constData(), 0);
    }
    Q_DISABLE_COPY_MOVE(UnfinishedFile)

    /// errno of making it.
    int error() const { return m_error; }
    int descriptor() const { return m_handle.get(); }

    /// Both return 0 or errno; the first one EEXIST when something has the name.
    int moveToFree(const QByteArray &name)
    {
        const int error = moveToFreeName(m_folder, m_name.constData(), m_folder, name.constData());
        m_isThere = m_isThere && error != 0;
        return error;
    }
    int replace(const QByteArray &name)
    {
        if (::renameat(m_folder, m_name.constData(), m_folder, name.constData()) != 0)
            return errno;
        m_isThere = false;
        return 0;
    }

private:
    int m_folder;
    QByteArray m_name;
    FileHandle m_handle;
    int m_error = 0;
    bool m_isThere = false;
};

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

// All that the source has, brought to the disk.
Result<void> copyBytes(const OpenedFile &source, const QByteArray &from, const UnfinishedFile &target,
                       const QString &path)
{
    const FileState before = FileState::of(source.status);
    QByteArray block(blockSize, Qt::Uninitialized);
    qint64 done = 0;
    for (;;) {
        const qint64 count = readSome(source.handle.get(), block.data(), block.size());
        if (count < 0)
            return readError(from, errno);
        if (count == 0)
            break;
        if (const int error = writeAll(target.descriptor(), block.constData(), count); error != 0)
            return writeError(path, error);
        done += count;
    }
    struct stat after = {};
    if (::fstat(source.handle.get(), &after) != 0 || FileState::of(after) != before || done != before.size)
        return changedError(from);
    if (::fsync(target.descriptor()) != 0 && errno != EINVAL) // a file system that can't is no reason
        return writeError(path, errno);
    return {};
}

FileHandle openFolder(const QByteArray &folder)
{
    return FileHandle(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

QStringList namesIn(const QByteArray &folder)
{
    QStringList names;
    DIR *entries = ::opendir(folder.constData());
    if (!entries)
        return names; // what is taken is told when the name is taken
    while (const dirent *entry = ::readdir(entries))
        names.append(QFile::decodeName(entry->d_name));
    ::closedir(entries);
    return names;
}

/// Where a path leads, and what is there.
struct Place
{
    QByteArray folder;
    QByteArray name;
    struct stat status = {};
    bool isTaken = false;
};

Result<Place> placeOf(const QString &path)
{
    QByteArray target = diskPath(path);
    if (target.isEmpty())
        return writeError(path, ENOENT);
    Place place;
    place.isTaken = ::lstat(target.constData(), &place.status) == 0;
    if (place.isTaken && S_ISLNK(place.status.st_mode)) {
        const std::unique_ptr<char, void (*)(void *)> real(::realpath(target.constData(), nullptr), &std::free);
        if (!real || ::stat(real.get(), &place.status) != 0)
            return writeError(filecode::deadLink, path, u"it is a link that leads to no file"_s);
        target = real.get();
    }
    if (place.isTaken && S_ISDIR(place.status.st_mode))
        return writeError(filecode::folder, path, u"it is a folder"_s);
    if (place.isTaken && !S_ISREG(place.status.st_mode))
        return writeError(filecode::notRegular, path, u"it is not a regular file"_s);
    const qsizetype slash = target.lastIndexOf('/');
    place.folder = slash < 0 ? QByteArray(".") : target.first(slash + 1);
    place.name = target.sliced(slash + 1);
    if (place.name.isEmpty())
        return writeError(path, ENOENT);
    return place;
}

} // namespace

Result<QString> saveCopy(const QString &from, const QString &folder, const QString &wantedName)
{
    const QByteArray fromPath = diskPath(from);
    const Result<OpenedFile> source = openRegularFile(fromPath);
    if (!source)
        return source.error();
    const QString safe = safeFileName(wantedName);
    const QString start = folder.endsWith(u'/') ? folder : folder + u'/';
    const QByteArray folderPath = diskPath(folder);
    const FileHandle at = openFolder(folderPath);
    if (!at.isOpen())
        return writeError(folder, errno);
    UnfinishedFile target(at.get());
    if (target.error() != 0)
        return writeError(start + safe, target.error());
    if (const Result<void> copied = copyBytes(*source, fromPath, target, start + safe); !copied)
        return copied.error();
    DistinctNames names(namesIn(folderPath));
    for (;;) {
        const QString name = names.add(safe);
        const int error = target.moveToFree(QFile::encodeName(name));
        if (error == EEXIST)
            continue; // came in the meantime
        if (error != 0)
            return writeError(start + name, error);
        ::fsync(at.get());
        return start + name;
    }
}

Result<void> saveCopyAs(const QString &from, const QString &path, bool overwrite)
{
    const QByteArray fromPath = diskPath(from);
    const Result<OpenedFile> source = openRegularFile(fromPath);
    if (!source)
        return source.error();
    const Result<Place> place = placeOf(path);
    if (!place)
        return place.error();
    if (place->isTaken && !overwrite)
        return writeError(path, EEXIST);
    const FileHandle at = openFolder(place->folder);
    if (!at.isOpen())
        return writeError(path, errno);
    // A rename asks for no right to write what it replaces.
    if (place->isTaken && ::faccessat(at.get(), place->name.constData(), W_OK, 0) != 0)
        return writeError(path, errno);
    UnfinishedFile target(at.get());
    if (target.error() != 0)
        return writeError(path, target.error());
    if (place->isTaken && ::fchmod(target.descriptor(), place->status.st_mode & 0666) != 0)
        return writeError(path, errno);
    if (const Result<void> copied = copyBytes(*source, fromPath, target, path); !copied)
        return copied;
    int error = 0;
    struct stat now = {};
    if (!place->isTaken)
        error = target.moveToFree(place->name);
    else if (::fstatat(at.get(), place->name.constData(), &now, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(now.st_mode))
        error = EEXIST; // another thing came in the meantime
    else
        error = target.replace(place->name);
    if (error != 0)
        return writeError(path, error);
    ::fsync(at.get());
    return {};
}

} // namespace casement
