#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <sys/stat.h>

#include <utility>

/// What the files of this layer share: file descriptors, paths as the disk has them, errors with names.
namespace casement {

/// A file descriptor, closed with this object.
class FileHandle
{
public:
    explicit FileHandle(int descriptor = -1) : m_descriptor(descriptor) { }
    FileHandle(FileHandle &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) { }
    FileHandle &operator=(FileHandle &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~FileHandle();

    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// Which bytes a file has, as far as can be told without reading them.
struct FileState
{
    qint64 size = 0;
    qint64 modified = 0; ///< ns since 1970
    qint64 ctime = 0; ///< the same, of the last change of anything; no program can put it back
    quint64 device = 0;
    quint64 inode = 0;

    static FileState of(const struct stat &status);
    friend bool operator==(const FileState &, const FileState &) = default;
};

/// A regular file that is open for reading.
struct OpenedFile
{
    FileHandle handle;
    struct stat status = {};
};

enum class Links { Follow, Refuse };

/// Opens a regular file, and nothing else: what it is is asked before and after, and no pipe or device makes it wait.
Result<OpenedFile> openRegularFile(const QByteArray &diskPath, Links links = Links::Follow);

/// The bytes of a path. Of pathFromBytes() they are those that it was made of. A name with U+FFFD, as a name that is
/// not UTF-8 comes out of Qt, stands for the one file in its folder that reads so. Empty when the path can't be one.
QByteArray diskPath(const QString &path);

/// Reads up to `size` bytes from where the descriptor is; -1 and errno when it fails. Not disturbed by signals.
qint64 readSome(int descriptor, char *data, qint64 size);

/// Writes all of it; 0 or errno. Not disturbed by signals.
int writeAll(int descriptor, const char *data, qint64 size);

/// "<path> can't be read: <why>", and the code.
Error readError(QLatin1StringView code, const QByteArray &diskPath, const QString &why);
/// The same from errno.
Error readError(const QByteArray &diskPath, int error);
/// What says that the file is not the one that was chosen.
Error changedError(const QByteArray &diskPath);

/// "<path> can't be written: <why>", and the code.
Error writeError(QLatin1StringView code, const QString &path, const QString &why);
/// The same from errno.
Error writeError(const QString &path, int error);

/// Moves a file within its file system to a name that nothing has; 0, or errno, EEXIST when something has it.
int moveToFreeName(int fromFolder, const char *from, int toFolder, const char *to);

} // namespace casement
