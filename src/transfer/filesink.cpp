#include "transfer/filesink.h"

#include "base/background.h"
#include "transfer/base64decoder.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostWaiting = 2 << 20; // bytes between the network and the disk
constexpr qint64 hashedAtOnce = 1 << 20;
constexpr qint64 longestOrigin = 4096; // bytes

Error fileError(const QFile &file) { return cannotWrite(file.fileName(), file.errorString()); }

Error badFile(const QString &why) { return {.kind = Error::Kind::BadAnswer, .message = why}; }

Error tooLargeFile(qint64 limit)
{
    return {.kind = Error::Kind::TooLarge, .message = u"the file is larger than %1 bytes"_s.arg(limit)};
}

/// Of `bytes 5-9/10`; -1 for what does not say so.
struct ContentRange
{
    qint64 first = -1;
    qint64 last = -1;
    qint64 size = -1;
};

ContentRange contentRange(const QByteArray &header)
{
    static const QRegularExpression form(u"\\Abytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})\\z"_s);
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(header.trimmed()));
    if (!match.hasMatch())
        return {};
    return {match.captured(1).toLongLong(), match.captured(2).toLongLong(), match.captured(3).toLongLong()};
}

/// -1 when it is not said.
qint64 contentLength(const HttpAnswer &head)
{
    bool isNumber = false;
    const qint64 length = head.header("content-length").trimmed().toLongLong(&isNumber);
    return isNumber && length >= 0 ? length : -1;
}

// Two lines, the size and the ETag.
QByteArray writtenOrigin(const FileOrigin &origin)
{
    return QByteArray::number(origin.size) + '\n' + origin.eTag + '\n';
}

/// Of bytes as they come by.
class RunningDigest
{
public:
    RunningDigest() { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }

    void add(const char *data, qint64 size)
    {
        EVP_DigestUpdate(m_context.get(), data, size_t(size));
        m_size += size;
    }
    FileDigest end()
    {
        unsigned char hash[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_context.get(), hash, &size);
        return {m_size, QByteArray(reinterpret_cast<const char *>(hash), qsizetype(size)).toHex()};
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    qint64 m_size = 0;
};

std::optional<FileOrigin> readOrigin(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> lines = file.read(longestOrigin).split('\n');
    bool isNumber = false;
    FileOrigin origin;
    origin.size = lines.first().toLongLong(&isNumber);
    if (!isNumber || lines.size() != 3)
        return std::nullopt;
    origin.eTag = lines.at(1);
    return origin;
}

} // namespace

/// Touched by one task at a time.
struct FileSink::File
{
    QFile file;
    bool fromStart = false;
    FileOrigin origin;
    std::optional<RunningDigest> digest; // of a file that was written from its start
    std::optional<Base64Decoder> decoder; // of a file that comes in base64
    QByteArray decoded;

    Error open()
    {
        if (file.isOpen())
            return {};
        if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
            return fileError(file);
        if (::flock(file.handle(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            return {.kind = Error::Kind::File,
                    .code = filecode::busy,
                    .message = u"%1 is being written by another program"_s.arg(file.fileName())};
        }
        if (fromStart) {
            const Error error = noteOrigin();
            if (error.kind != Error::Kind::None)
                return error;
            return empty();
        }
        return file.seek(file.size()) ? Error() : fileError(file);
    }

    Error empty()
    {
        digest.emplace();
        return file.resize(0) && file.seek(0) ? Error() : fileError(file);
    }

    /// Before the first byte, so that a beginning is never taken for that of another file.
    Error noteOrigin() const
    {
        const QString path = originPath(file.fileName());
        const QByteArray note = writtenOrigin(origin);
        if ((origin.size < 0 && origin.eTag.isEmpty()) || note.size() > longestOrigin) {
            QFile::remove(path);
            return {};
        }
        QSaveFile save(path);
        if (!save.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
            || !save.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || save.write(note) != note.size()
            || !save.commit())
            return cannotWrite(path, save.errorString());
        return {};
    }

    Error write(const QList<QByteArray> &pieces)
    {
        if (const Error error = open(); error.kind != Error::Kind::None)
            return error;
        for (const QByteArray &piece : pieces) {
            if (const Error error = piece.isNull() ? beginEncoded() : write(piece); error.kind != Error::Kind::None)
                return error;
        }
        return {};
    }

    Error beginEncoded()
    {
        decoder.emplace();
        return empty();
    }

    Error write(const QByteArray &piece)
    {
        if (decoder && !decoder->decode(piece, decoded))
            return brokenEncoding();
        const QByteArray &bytes = decoder ? decoded : piece;
        // A full disk takes a part of a piece without a word, and says why when the rest is offered.
        for (qint64 done = 0; done < bytes.size();) {
            const qint64 count = file.write(bytes.constData() + done, bytes.size() - done);
            if (count <= 0)
                return fileError(file);
            done += count;
        }
        if (digest)
            digest->add(bytes.constData(), bytes.size());
        return {};
    }

    Result<FileDigest> close()
    {
        if (const Error error = open(); error.kind != Error::Kind::None)
            return error;
        if (decoder && !decoder->isWhole())
            return brokenEncoding();
        file.close(); // not synced: what a power failure takes can be had again, and its size tells
        return digest ? digest->end() : digestOf(file.fileName());
    }

    static Error brokenEncoding() { return badFile(u"A file's base64 is broken."_s); }
};

FileSink::FileSink(const QString &path) : m_file(std::make_shared<File>())
{
    m_file->file.setFileName(path);
    const qint64 size = QFileInfo(path).size();
    const std::optional<FileOrigin> origin = size > 0 ? readOrigin(originPath(path)) : std::nullopt;
    m_file->fromStart = !origin;
    if (!origin)
        return;
    m_origin = *origin;
    m_present = size;
    m_taken = size;
}

FileSink::~FileSink() = default;

QString FileSink::originPath(const QString &path) { return path + u".of"_s; }

void FileSink::removeBeginning(const QString &path)
{
    QFile::remove(path);
    QFile::remove(originPath(path));
}

bool FileSink::isBusy(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    const bool isBusy = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return isBusy;
}

Error FileSink::begin(const HttpAnswer &head)
{
    const Error error = head.status == 206 ? beginPart(head) : beginWhole(head);
    m_file->origin = m_origin;
    return error;
}

Error FileSink::beginWhole(const HttpAnswer &head)
{
    m_file->fromStart = true;
    m_present = 0;
    m_taken = 0;
    m_origin = {head.header("etag"), contentLength(head)};
    if (m_origin.size == 0)
        return badFile(u"the file that came is empty"_s);
    // Whatever ends with the connection may have been cut.
    if (m_origin.size < 0 && !head.header("transfer-encoding").toLower().contains("chunked"))
        return badFile(u"the answer does not say how large the file is"_s);
    return m_origin.size > largestFile ? tooLargeFile(largestFile) : Error();
}

Error FileSink::beginPart(const HttpAnswer &head)
{
    const ContentRange range = contentRange(head.header("content-range"));
    m_isOfAnother = m_present > 0; // until it is known better: who answers so is asked for all of it
    if (range.first != m_present || range.last != range.size - 1)
        return badFile(u"another part of the file came than was asked for"_s);
    if (const qint64 length = contentLength(head); length >= 0 && length != range.size - m_present)
        return badFile(u"the part of the file that came has another size than it says"_s);
    const FileOrigin origin{head.header("etag"), range.size};
    if (m_present == 0)
        m_origin = origin;
    // With a size that was not said before, the ETag alone has to tell.
    m_isOfAnother = origin.eTag != m_origin.eTag || (m_origin.size >= 0 && origin.size != m_origin.size);
    if (m_isOfAnother)
        return badFile(u"a part of another file came than the one that was begun"_s);
    m_origin = origin;
    return m_origin.size > largestFile ? tooLargeFile(largestFile) : Error();
}

void FileSink::beginEncoded()
{
    if (!m_file->fromStart) // else it may be written just now
        m_file->fromStart = true;
    m_origin = {};
    m_present = 0;
    m_taken = 0;
    for (const QByteArray &piece : std::exchange(m_waiting, {QByteArray()}))
        m_waitingBytes -= piece.size();
}

Error FileSink::take(const QByteArray &piece)
{
    if (m_error.kind != Error::Kind::None)
        return m_error;
    if (piece.isEmpty())
        return {};
    m_taken += piece.size();
    if (const qint64 limit = m_origin.size >= 0 ? m_origin.size : largestUntold; m_taken > limit)
        return tooLargeFile(limit);
    m_wasGiven = true;
    m_waiting.append(piece);
    m_waitingBytes += piece.size();
    writeOn();
    return {};
}

bool FileSink::isFull() const { return m_waitingBytes >= mostWaiting; }

void FileSink::writeOn()
{
    if (m_writing)
        return;
    if (m_waiting.isEmpty() || m_error.kind != Error::Kind::None)
        return closed();
    m_writing = true;
    qint64 bytes = 0;
    for (const QByteArray &piece : std::as_const(m_waiting))
        bytes += piece.size();
    inBackground(
        this, [file = m_file, pieces = std::exchange(m_waiting, {})] { return file->write(pieces); },
        [this, bytes](const Error &error) {
            m_writing = false;
            m_waitingBytes -= bytes;
            if (error.kind != Error::Kind::None)
                m_error = error;
            writeOn();
            Q_EMIT drained();
        });
}

void FileSink::close(QObject *context, std::function<void(Result<FileDigest>)> done)
{
    m_context = context;
    m_done = std::move(done);
    writeOn();
}

/// Nothing waits any more: if that was all, the file is looked at as it stands.
void FileSink::closed()
{
    if (!m_done)
        return;
    const auto done = std::exchange(m_done, {});
    inBackground(
        this,
        [file = m_file, error = m_error]() -> Result<FileDigest> {
            if (error.kind != Error::Kind::None)
                return error;
            return file->close();
        },
        [context = m_context, done](const Result<FileDigest> &digest) {
            if (context)
                done(digest);
        });
}

Result<FileDigest> digestOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return cannotRead(path, file.errorString());
    RunningDigest digest;
    QByteArray bytes(hashedAtOnce, Qt::Uninitialized);
    for (;;) {
        const qint64 count = file.read(bytes.data(), bytes.size());
        if (count < 0)
            return cannotRead(path, file.errorString());
        if (count == 0)
            return digest.end();
        digest.add(bytes.constData(), count);
    }
}

} // namespace casement
