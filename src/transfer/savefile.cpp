#include "transfer/savefile.h"

#include "transfer/filecode.h"
#include "transfer/filehandle.h"
#include "transfer/filename.h"
#include "transfer/targetfile.h"

#include <QFile>
#include <QStringList>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 256 * 1024;
constexpr mode_t plainMode = 0644; // less what the umask takes

// All that the source has, brought to the disk.
Result<void> copyBytes(const OpenedFile &source, const QByteArray &from, int target, const QString &path)
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
        if (const int error = writeAll(target, block.constData(), count); error != 0)
            return writeError(path, error);
        done += count;
    }
    struct stat after = {};
    if (::fstat(source.handle.get(), &after) != 0 || FileState::of(after) != before || done != before.size)
        return changedError(from);
    if (::fsync(target) != 0 && errno != EINVAL) // a file system that can't is no reason
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
    UnfinishedFile target(at.get(), plainMode, UnfinishedFile::Kind::Hidden);
    if (target.error() != 0)
        return writeError(start + safe, target.error());
    if (const Result<void> copied = copyBytes(*source, fromPath, target.descriptor(), start + safe); !copied)
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
    TargetFile target(path, plainMode, UnfinishedFile::Kind::Hidden);
    if (const Result<void> opened = target.open(overwrite); !opened)
        return opened;
    if (const Result<void> copied = copyBytes(*source, fromPath, target.descriptor(), path); !copied)
        return copied;
    return target.commit();
}

} // namespace casement
