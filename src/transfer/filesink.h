#pragma once

#include "aws/transport.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>

namespace casement {

/// What a file holds.
struct FileDigest
{
    qint64 size = 0; ///< bytes
    QByteArray sha256; ///< in hexadecimal digits
};

/// Which file on the server the bytes are of. What is begun is gone on with only where this is still the same.
struct FileOrigin
{
    QByteArray eTag; ///< as it came; empty when it did not
    qint64 size = -1; ///< bytes; -1 when it was not said

    bool operator==(const FileOrigin &) const = default;
};

/// Writes what comes into an owner-only file, on the pool: a slow disk stops the transfer, not the window.
///
/// A file that is there already is gone on with when it is known what it is the beginning of, which stands in a small
/// file beside it (originPath()): the next byte of the answer is put behind it. When the answer begins at the beginning
/// all the same (200 instead of 206), the file does too. An answer that holds another part, or a part of another file,
/// is refused before a byte of it is written; so is one that does not say where it ends, or that holds nothing.
/// Belongs to the thread that made it.
class FileSink final : public BodySink
{
    Q_OBJECT

public:
    static constexpr qint64 largestFile = 1LL << 30; ///< bytes; the service's own limit is 150 MB
    static constexpr qint64 largestUntold = 150LL << 20; ///< bytes of a file whose size was not said

    explicit FileSink(const QString &path);
    ~FileSink() override;

    /// Where it stands what file the one at `path` is the beginning of.
    static QString originPath(const QString &path);
    /// Removes a beginning and what is known of it.
    static void removeBeginning(const QString &path);
    /// Another program writes the file just now.
    static bool isBusy(const QString &path);

    /// How many bytes are there already; ask for what comes behind them.
    qint64 present() const { return m_present; }
    const FileOrigin &origin() const { return m_origin; }
    /// What is there already is no beginning of what came: remove it, and ask for all.
    bool isOfAnother() const { return m_isOfAnother; }

    /// What comes from here on is the whole file in base64, whatever came before.
    void beginEncoded();
    /// Something came; the file may hold some of it.
    bool wasGiven() const { return m_wasGiven; }
    qint64 taken() const { return m_taken; } ///< bytes or characters, since the beginning

    Error begin(const HttpAnswer &head) override;
    Error take(const QByteArray &piece) override;
    bool isFull() const override;

    /// Writes all that came, closes the file and says what it holds; `done` in this thread, unless `context` has died.
    void close(QObject *context, std::function<void(Result<FileDigest>)> done);

private:
    struct File;

    void writeOn();
    void closed();

    Error beginWhole(const HttpAnswer &head);
    Error beginPart(const HttpAnswer &head);

    std::shared_ptr<File> m_file;
    FileOrigin m_origin;
    bool m_isOfAnother = false;
    QList<QByteArray> m_waiting; // a null one: beginEncoded()
    qint64 m_waitingBytes = 0;
    qint64 m_present = 0;
    qint64 m_taken = 0; // bytes of the whole file
    bool m_writing = false;
    bool m_wasGiven = false;
    Error m_error;
    QPointer<QObject> m_context;
    std::function<void(Result<FileDigest>)> m_done;
};

/// Reads a file and says what it holds. For a pool thread.
Result<FileDigest> digestOf(const QString &path);

} // namespace casement
