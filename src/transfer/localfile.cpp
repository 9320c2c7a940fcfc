#include "transfer/localfile.h"

#include "transfer/filecode.h"
#include "transfer/filehandle.h"
#include "transfer/filename.h"

#include <QDir>
#include <QFile>
#include <QStringDecoder>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString absolute(const QString &path)
{
    // Not cleaned: `link/..` is not where it seems to be.
    return path.isEmpty() || path.startsWith(u'/') ? path : QDir::currentPath() + u'/' + path;
}

/// As it was chosen; of a file whose ctime is not known, with that of `now`.
FileState stateOf(const LocalFile &file, const FileState &now)
{
    return {.size = file.size,
            .modified = file.modified,
            .ctime = file.ctime != 0 ? file.ctime : now.ctime,
            .device = file.device,
            .inode = file.inode};
}

// Where the links of a path lead; empty when they lead nowhere.
QByteArray canonical(const QByteArray &path)
{
    const std::unique_ptr<char, void (*)(void *)> real(path.isEmpty() ? nullptr : ::realpath(path.constData(), nullptr),
                                                       &std::free);
    return real ? QByteArray(real.get()) : QByteArray();
}

QList<QByteArray> keyPaths()
{
    const QString home = QDir::homePath();
    QString data = qEnvironmentVariable("XDG_DATA_HOME");
    data = data.startsWith(u'/') ? data : home + u"/.local/share"_s;
    QString config = qEnvironmentVariable("XDG_CONFIG_HOME");
    config = config.startsWith(u'/') ? config : home + u"/.config"_s;
    QStringList paths;
    for (const char *name : {".aws", ".ssh", ".gnupg", ".kube", ".docker", ".azure", ".pki", ".password-store",
                             ".local/share/keyrings", ".netrc", ".git-credentials"})
        paths.append(home + u'/' + QString::fromLatin1(name));
    paths << data + u"/keyrings"_s << data + u"/kwalletd"_s << config + u"/gcloud"_s;
    for (const char *variable : {"AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"}) {
        if (const QString path = qEnvironmentVariable(variable); !path.isEmpty())
            paths.append(path.startsWith(u"~/"_s) ? home + path.sliced(1) : absolute(path));
    }
    QList<QByteArray> encoded;
    for (const QString &path : paths)
        encoded.append(QFile::encodeName(QDir::cleanPath(path)));
    return encoded;
}

bool isWithin(const QByteArray &path, const QByteArray &place)
{
    return !path.isEmpty() && !place.isEmpty() && (path == place || path.startsWith(place + '/'));
}

// A part of a file that is open; `size` bytes or an error.
Result<QByteArray> readOpened(const OpenedFile &opened, const QByteArray &path, qint64 offset, qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < size) {
        const ssize_t count =
            ::pread(opened.handle.get(), bytes.data() + done, size_t(size - done), off_t(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const QString why = qt_error_string(errno);
            return readError(filecode::notReadable, path, u"it failed at byte %1: %2"_s.arg(offset + done).arg(why));
        }
        if (count == 0)
            return changedError(path);
        done += count;
    }
    return bytes;
}

/// UTF-16 by its mark, or because every other byte of what looks like text is zero.
std::optional<QStringDecoder::Encoding> wideEncoding(const QByteArray &bytes)
{
    if (bytes.startsWith("\xff\xfe"))
        return QStringDecoder::Utf16LE;
    if (bytes.startsWith("\xfe\xff"))
        return QStringDecoder::Utf16BE;
    const qsizetype looked = std::min<qsizetype>(bytes.size(), 4096) & ~qsizetype(1);
    qsizetype zeros[2] = {};
    for (qsizetype i = 0; i < looked; ++i)
        zeros[i & 1] += bytes.at(i) == 0;
    constexpr qsizetype share = 3; // of the letters, the others being Japanese
    for (const int odd : {0, 1}) {
        if (looked >= 8 && zeros[odd] * 2 * share > looked && zeros[1 - odd] * 20 < zeros[odd])
            return odd ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE;
    }
    return {};
}

bool isBinary(const QByteArray &bytes)
{
    const qsizetype looked = std::min<qsizetype>(bytes.size(), 64 * 1024);
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && !std::strchr("\t\n\r\f\x1b\b", c);
    };
    const auto controls = std::count_if(bytes.cbegin(), bytes.cbegin() + looked, isControl);
    return controls * 20 > looked; // of random bytes it would be one in ten
}

/// Of whatever somebody calls a text file: UTF-8 with broken bytes and other 8-bit encodings keep their ASCII, which is
/// what keys are made of.
QString textOf(const QByteArray &bytes)
{
    if (const auto wide = wideEncoding(bytes))
        return QStringDecoder(*wide)(bytes);
    return isBinary(bytes) ? QString() : QString::fromUtf8(bytes);
}

} // namespace

Result<LocalFile> inspectFile(const QString &path)
{
    const QString whole = absolute(path);
    const QByteArray onDisk = diskPath(whole);
    const Result<OpenedFile> opened = openRegularFile(onDisk);
    if (!opened)
        return opened.error();
    const FileState state = FileState::of(opened->status);
    if (state.size == 0)
        return readError(filecode::empty, onDisk, u"it is empty"_s);
    const QString here = pathFromBytes(onDisk);
    return LocalFile{.path = here,
                     .name = readableName(here.section(u'/', -1)),
                     .size = state.size,
                     .modified = state.modified,
                     .ctime = state.ctime,
                     .device = state.device,
                     .inode = state.inode};
}

Result<QByteArray> readPart(const LocalFile &file, qint64 offset, qint64 size)
{
    Q_ASSERT(offset >= 0 && size >= 0 && size <= file.size && offset <= file.size - size);
    const QByteArray onDisk = diskPath(file.path);
    const Result<OpenedFile> opened = openRegularFile(onDisk);
    if (!opened)
        return opened.error();
    const FileState before = FileState::of(opened->status);
    if (before != stateOf(file, before))
        return changedError(onDisk);
    Result<QByteArray> bytes = readOpened(*opened, onDisk, offset, size);
    struct stat after = {};
    if (bytes && (::fstat(opened->handle.get(), &after) != 0 || FileState::of(after) != before))
        return changedError(onDisk);
    return bytes;
}

Result<QByteArray> readWhole(const LocalFile &file, qint64 most)
{
    if (file.size > most)
        return readError(filecode::tooLarge, diskPath(file.path),
                         u"it has %1 bytes; at most %2 are taken"_s.arg(file.size).arg(most));
    return readPart(file, 0, file.size);
}

QString readText(const LocalFile &file)
{
    constexpr qint64 largestText = 5LL << 20;
    const Result<QByteArray> bytes = readPart(file, 0, std::min(file.size, largestText));
    return bytes ? textOf(*bytes) : QString();
}

bool isInKeyFolder(const QString &path)
{
    const QString whole = absolute(path);
    const QByteArray onDisk = diskPath(whole);
    const QByteArray named = QFile::encodeName(QDir::cleanPath(whole));
    const QByteArray real = canonical(onDisk);
    for (const QByteArray &place : keyPaths()) {
        if (isWithin(named, place) || isWithin(real, canonical(place)))
            return true;
    }
    return false;
}

QList<FileId> keyPlaces()
{
    QList<FileId> places;
    for (const QByteArray &path : keyPaths()) {
        struct stat status = {};
        const FileId id =
            ::stat(path.constData(), &status) == 0 ? FileId{quint64(status.st_dev), quint64(status.st_ino)} : FileId{};
        if (id != FileId{} && !places.contains(id))
            places.append(id);
    }
    return places;
}

} // namespace casement
