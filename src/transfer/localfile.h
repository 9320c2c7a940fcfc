#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

/// Files of this computer that go to the service. Each function is one of values and may wait for a disk or a network
/// share: they are meant for the pool.
namespace casement {

/// A path of any bytes as text: those that are not UTF-8 stand as U+EF80 to U+EFFF, which all functions that take a
/// path turn into the same bytes again. Qt would put U+FFFD for each, and nobody could tell two such names apart.
QString pathFromBytes(const QByteArray &path);
/// Stands for a byte that is not UTF-8 in a path.
constexpr bool isRawByte(QChar c) { return c >= QChar(0xef80) && c <= QChar(0xefff); }

/// A file as it was when it was chosen. What is read later must be the same.
struct LocalFile
{
    QString path; ///< absolute; its last part may be a link
    QString name; ///< as the disk has it, readable; sentFileName() makes the one that is sent
    qint64 size = 0;
    qint64 modified = 0; ///< ns since 1970
    /// The same, of the last change of its bytes, name or rights, which no program can put back; 0: not known, of files
    /// that an earlier version kept.
    qint64 ctime = 0;
    quint64 device = 0;
    quint64 inode = 0;

    friend bool operator==(const LocalFile &, const LocalFile &) = default;
};

/// Looks at a file that a person chose; links are followed. An error (base/error.h, transfer/filecode.h) for what can't
/// be sent: folders, pipes, sockets, devices, dead links, empty files, and what can't be read. Reads no byte, and
/// nothing makes it wait for another program.
Result<LocalFile> inspectFile(const QString &path);

/// Reads `size` bytes from `offset`, all of them or an error. When the file has another size or another time than when
/// it was chosen, before or after reading, or is another file, the error is filecode::changed.
Result<QByteArray> readPart(const LocalFile &file, qint64 offset, qint64 size);

/// Reads the file as readPart() does; filecode::tooLarge, without opening it, when it has more than `most` bytes.
Result<QByteArray> readWhole(const LocalFile &file, qint64 most);

/// The text of a file, of a longer one its first 5 MB: UTF-8, UTF-16, or the ASCII of whatever else looks like text.
/// Empty for pictures and the like, and when it can't be read. For a look before it is sent.
QString readText(const LocalFile &file);

/// Whether the path is, or its links lead to, a place where keys and passwords are kept: ~/.aws, ~/.ssh, ~/.gnupg, the
/// keyrings and the like, and the files that AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE name. A person must be
/// asked before it is sent.
bool isInKeyFolder(const QString &path);

/// A file or folder, whatever its path.
struct FileId
{
    quint64 device = 0;
    quint64 inode = 0;

    friend bool operator==(const FileId &, const FileId &) = default;
};

/// The places of isInKeyFolder() that there are, for those who walk through folders.
QList<FileId> keyPlaces();

} // namespace casement
