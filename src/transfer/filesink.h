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

/// Writes what comes into an owner-only file, on the pool: a slow disk stops the transfer, not the window.
///
/// A file that is there already is gone on with: the next byte of the answer is put behind it. When the answer begins
/// at the beginning all the same (200 instead of 206), the file does too. Belongs to the thread that made it.
class FileSink final : public BodySink
{
    Q_OBJECT

public:
    static constexpr qint64 largestFile = 1LL << 30; ///< bytes; the service's own limit is 150 MB

    explicit FileSink(const QString &path);
    ~FileSink() override;

    /// How many bytes are there already; ask for what comes behind them.
    qint64 present() const { return m_present; }

    Error begin(const HttpAnswer &head) override;
    Error take(const QByteArray &piece) override;
    bool isFull() const override;

    /// Writes all that came, closes the file and says what it holds; `done` in this thread, unless `context` has died.
    void close(QObject *context, std::function<void(Result<FileDigest>)> done);

private:
    struct File;

    void writeOn();
    void closed();

    std::shared_ptr<File> m_file;
    QList<QByteArray> m_waiting;
    qint64 m_waitingBytes = 0;
    qint64 m_present = 0;
    qint64 m_taken = 0; // bytes of the whole file
    bool m_writing = false;
    Error m_error;
    QPointer<QObject> m_context;
    std::function<void(Result<FileDigest>)> m_done;
};

/// Reads a file and says what it holds. For a pool thread.
Result<FileDigest> digestOf(const QString &path);

} // namespace casement
