#include "transfer/filesink.h"

#include "base/background.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <QFile>
#include <QFileInfo>

#include <openssl/evp.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostWaiting = 16 << 20; // bytes between the network and the disk
constexpr qint64 hashedAtOnce = 1 << 20;

Error fileError(const QFile &file) { return cannotWrite(file.fileName(), file.errorString()); }

} // namespace

/// Touched by one task at a time.
struct FileSink::File
{
    QFile file;
    bool fromStart = false;

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
        if (fromStart && !file.resize(0))
            return fileError(file);
        return file.seek(file.size()) ? Error() : fileError(file);
    }

    Error write(const QList<QByteArray> &pieces)
    {
        if (const Error error = open(); error.kind != Error::Kind::None)
            return error;
        for (const QByteArray &piece : pieces) {
            if (file.write(piece) != piece.size())
                return fileError(file);
        }
        return {};
    }

    Error close()
    {
        if (const Error error = open(); error.kind != Error::Kind::None)
            return error;
        file.close(); // not synced: what a power failure takes can be had again, and its size tells
        return {};
    }
};

FileSink::FileSink(const QString &path) : m_file(std::make_shared<File>())
{
    m_file->file.setFileName(path);
    m_present = QFileInfo(path).size();
    m_taken = m_present;
}

FileSink::~FileSink() = default;

Error FileSink::begin(const HttpAnswer &head)
{
    const bool goesOn = head.status == 206;
    if (!goesOn && m_present > 0) {
        m_file->fromStart = true;
        m_present = 0;
        m_taken = 0;
    }
    if (const qint64 coming = head.header("content-length").toLongLong(); m_present + coming > largestFile)
        return {.kind = Error::Kind::TooLarge, .message = u"the file is larger than 1 GB"_s};
    return {};
}

Error FileSink::take(const QByteArray &piece)
{
    if (m_error.kind != Error::Kind::None)
        return m_error;
    m_taken += piece.size();
    if (m_taken > largestFile)
        return {.kind = Error::Kind::TooLarge, .message = u"the file is larger than 1 GB"_s};
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
            if (const Error failed = file->close(); failed.kind != Error::Kind::None)
                return failed;
            return digestOf(file->file.fileName());
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
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    QByteArray bytes(hashedAtOnce, Qt::Uninitialized);
    FileDigest digest;
    for (;;) {
        const qint64 count = file.read(bytes.data(), bytes.size());
        if (count < 0)
            return cannotRead(path, file.errorString());
        if (count == 0)
            break;
        EVP_DigestUpdate(context.get(), bytes.constData(), size_t(count));
        digest.size += count;
    }
    QByteArray hash(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(hash.data()), &size);
    digest.sha256 = hash.left(size).toHex();
    return digest;
}

} // namespace casement
