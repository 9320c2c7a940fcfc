#include "transfer/targetfile.h"

#include "base/privacy.h"
#include "base/replacedfile.h"
#include "transfer/filecode.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr auto unfinishedStart = ".casement-";
constexpr auto unfinishedEnd = ".part";
constexpr qsizetype copiedAtOnce = 256 * 1024; // bytes
constexpr time_t freshFor = 60; // s; a file that was made just now may not be locked yet
constexpr int mostAttempts = 3; // to make a folder that stays

QByteArray hiddenName()
{
    return unfinishedStart + QByteArray::number(QRandomGenerator::system()->generate64(), 16) + unfinishedEnd;
}

/// Whoever makes something holds a lock on it, which the system takes away with the program, whatever its number was.
bool isStale(int descriptor, time_t age = freshFor)
{
    struct stat status = {};
    return ::fstat(descriptor, &status) == 0 && status.st_uid == ::geteuid()
        && (age == 0 || status.st_mtime < std::time(nullptr) - age) && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

void removeStale(int folder)
{
    const int again = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = again < 0 ? nullptr : ::fdopendir(again);
    if (!entries) {
        if (again >= 0)
            ::close(again);
        return;
    }
    while (const dirent *entry = ::readdir(entries)) {
        const QByteArrayView name(entry->d_name);
        if (!name.startsWith(unfinishedStart) || !name.endsWith(unfinishedEnd))
            continue;
        const FileHandle file(::openat(folder, entry->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat status = {};
        if (file.isOpen() && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && isStale(file.get()))
            ::unlinkat(folder, entry->d_name, 0);
    }
    ::closedir(entries);
}

} // namespace

UnfinishedFolder::UnfinishedFolder(const QString &beside, const QString &what)
{
    const QString start = u".casement-%1-"_s.arg(what);
    const QDir place(beside);
    const QStringList names =
        place.entryList({start + u"??????"_s}, QDir::Dirs | QDir::Hidden | QDir::NoSymLinks | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const FileHandle folder(
            ::open(diskPath(place.filePath(name)).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (folder.isOpen() && isStale(folder.get(), 0))
            QDir(place.filePath(name)).removeRecursively();
    }
    // Before it has its lock another program may take it for a stale one.
    for (int attempt = 0; attempt < mostAttempts; ++attempt) {
        m_folder = std::make_unique<QTemporaryDir>(place.filePath(start + u"XXXXXX"_s));
        if (!m_folder->isValid())
            return;
        const QByteArray path = QFile::encodeName(m_folder->path());
        m_lock = FileHandle(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        const bool isLocked = m_lock.isOpen() && ::flock(m_lock.get(), LOCK_EX | LOCK_NB) == 0;
        if (isLocked && ::access(path.constData(), F_OK) == 0)
            return;
    }
}

UnfinishedFile::UnfinishedFile(int folder, mode_t rights, Kind kind) : m_folder(folder)
{
    removeStale(folder);
    const mode_t usual = rights & ~mode_t(usualMask());
    if (kind == Kind::Nameless)
        m_handle = FileHandle(::openat(folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
    if (m_handle.isOpen())
        ::fchmod(m_handle.get(), usual);
    else
        m_error = open(usual);
}

/// Under a hidden name; 0 or errno.
int UnfinishedFile::open(mode_t rights)
{
    const QByteArray name = hiddenName();
    FileHandle file(::openat(m_folder, name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return errno;
    ::flock(file.get(), LOCK_EX | LOCK_NB);
    ::fchmod(file.get(), rights);
    m_handle = std::move(file);
    m_name = name;
    return 0;
}

UnfinishedFile::~UnfinishedFile()
{
    if (!m_name.isEmpty())
        ::unlinkat(m_folder, m_name.constData(), 0);
}

QByteArray UnfinishedFile::path() const { return "/proc/self/fd/" + QByteArray::number(m_handle.get()); }

/// A hidden one, for a moment: what replaces another file must have a name.
int UnfinishedFile::giveName()
{
    if (!m_name.isEmpty())
        return 0;
    const QByteArray name = hiddenName();
    if (::linkat(AT_FDCWD, path().constData(), m_folder, name.constData(), AT_SYMLINK_FOLLOW) == 0) {
        m_name = name;
        return 0;
    }
    // Without /proc, or links: what is written once more has a name.
    const FileHandle nameless = std::move(m_handle);
    struct stat status = {};
    if (::fstat(nameless.get(), &status) != 0 || ::lseek(nameless.get(), 0, SEEK_SET) != 0)
        return errno;
    if (const int error = open(status.st_mode & 0777); error != 0)
        return error;
    QByteArray block(copiedAtOnce, Qt::Uninitialized);
    for (;;) {
        const qint64 count = readSome(nameless.get(), block.data(), block.size());
        const int error = count < 0 ? errno : writeAll(m_handle.get(), block.constData(), count);
        if (error != 0 || count == 0)
            return error;
    }
}

int UnfinishedFile::moveToFree(const QByteArray &name)
{
    if (m_name.isEmpty()) {
        if (::linkat(AT_FDCWD, path().constData(), m_folder, name.constData(), AT_SYMLINK_FOLLOW) == 0)
            return 0;
        if (errno == EEXIST)
            return EEXIST;
        if (const int error = giveName(); error != 0)
            return error;
    }
    const int error = moveToFreeName(m_folder, m_name.constData(), m_folder, name.constData());
    if (error == 0)
        m_name.clear();
    return error;
}

int UnfinishedFile::replace(const QByteArray &name)
{
    if (const int error = giveName(); error != 0)
        return error;
    const ReplacedFile old(m_folder, name);
    if (::renameat(m_folder, m_name.constData(), m_folder, name.constData()) != 0)
        return errno;
    m_name.clear();
    return 0;
}

Result<TargetFile::Place> TargetFile::find() const
{
    QByteArray target = diskPath(m_path);
    if (target.isEmpty())
        return writeError(m_path, ENOENT);
    Place place;
    place.isTaken = ::lstat(target.constData(), &place.status) == 0;
    if (place.isTaken && S_ISLNK(place.status.st_mode)) {
        const std::unique_ptr<char, void (*)(void *)> real(::realpath(target.constData(), nullptr), &std::free);
        if (!real || ::stat(real.get(), &place.status) != 0)
            return writeError(filecode::deadLink, m_path, u"it is a link that leads to no file"_s);
        target = real.get();
    }
    if (place.isTaken && S_ISDIR(place.status.st_mode))
        return writeError(filecode::folder, m_path, u"it is a folder"_s);
    if (place.isTaken && !S_ISREG(place.status.st_mode))
        return writeError(filecode::notRegular, m_path, u"it is not a regular file"_s);
    const qsizetype slash = target.lastIndexOf('/');
    place.folder = slash < 0 ? QByteArray(".") : target.first(slash + 1);
    place.name = target.sliced(slash + 1);
    if (place.name.isEmpty())
        return writeError(m_path, ENOENT);
    return place;
}

Result<void> TargetFile::open(bool replaces)
{
    m_replaces = replaces;
    const Result<Place> place = find();
    if (!place)
        return place.error();
    m_place = *place;
    if (m_place.isTaken && !replaces)
        return writeError(m_path, EEXIST);
    m_folder = FileHandle(::open(m_place.folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!m_folder.isOpen())
        return writeError(m_path, errno);
    // A rename asks for no right to write what it replaces.
    if (m_place.isTaken && ::faccessat(m_folder.get(), m_place.name.constData(), W_OK, 0) != 0)
        return writeError(m_path, errno);
    auto file = std::make_unique<UnfinishedFile>(m_folder.get(), m_rights, m_kind);
    if (file->error() != 0)
        return writeError(m_path, file->error());
    if (m_place.isTaken && ::fchmod(file->descriptor(), m_place.status.st_mode & 0666) != 0)
        return writeError(m_path, errno);
    m_file = std::move(file);
    return {};
}

Result<void> TargetFile::append(const char *data, qint64 size)
{
    const int error = writeAll(m_file->descriptor(), data, size);
    return error == 0 ? Result<void>() : writeError(m_path, error);
}

Result<void> TargetFile::flush()
{
    if (::fsync(m_file->descriptor()) != 0 && errno != EINVAL) // a file system that can't is no reason
        return writeError(m_path, errno);
    return {};
}

Result<void> TargetFile::commit()
{
    struct stat now = {};
    const bool isOther = ::fstatat(m_folder.get(), m_place.name.constData(), &now, AT_SYMLINK_NOFOLLOW) == 0
        && !S_ISREG(now.st_mode); // another thing came in the meantime
    int error = m_place.isTaken ? EEXIST : m_file->moveToFree(m_place.name);
    if (error == EEXIST && m_replaces && !isOther)
        error = m_file->replace(m_place.name);
    if (error != 0)
        return writeError(m_path, error);
    ::fsync(m_folder.get());
    m_file.reset();
    return {};
}

} // namespace casement
