#pragma once

#include "aws/sigv4.h"
#include "base/error.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace casement {

struct HttpAnswer;

/// Takes the body of an answer piece by piece, as for a file that need not fit into memory.
class BodySink : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// A good answer has begun; status and headers are known. An error ends the exchange with it.
    virtual Error begin(const HttpAnswer &head) = 0;
    /// The next piece. An error ends the exchange with it.
    virtual Error take(const QByteArray &piece) = 0;
    /// More than enough waits to be written: nothing more is read until drained().
    virtual bool isFull() const = 0;

Q_SIGNALS:
    void drained();
};

/// One HTTP request as it should stand on the wire.
struct HttpRequest
{
    QByteArray method = "POST";
    QUrl url;
    QList<sigv4::Header> headers; ///< without Host and Content-Length, which the transport adds
    QByteArray body;
    /// False: goes out on a connection of its own.
    bool repeatable = true;
    /// Twice is as good as once, as of a part that is PUT: the body may be sent again when a kept connection turns out
    /// to be dead. It then leaves in large pieces (see DirectReply), which is many times faster.
    bool rewindable = false;
    /// Takes what a good answer (200, 206) holds instead of HttpAnswer::body, as it comes.
    std::shared_ptr<BodySink> sink;
    /// Hears how many bytes of the body have left.
    std::function<void(qint64 sent)> onSent;
    std::chrono::milliseconds idleLimit{30'000};
    std::chrono::milliseconds totalLimit{60'000};
    qint64 largestAnswer = 128LL << 20;
};

/// Bytes that the body of a larger answer has to spare behind its end: a parser that reads ahead may use it where it
/// stands.
inline constexpr qsizetype answerRoom = 64;

/// How one HTTP exchange ended.
struct HttpAnswer
{
    int status = 0; ///< 0 when no answer began
    QList<sigv4::Header> headers;
    QByteArray body; ///< unpacked
    /// Kind::None when the answer came whole; status and headers say what it is.
    Error error;
    /// False when certainly no byte of the body left this computer.
    bool bodyLeft = true;
    /// The other side's certificate was looked at and not accepted.
    bool certificateRefused = false;
    std::chrono::milliseconds duration{0};

    /// The value of the first header of that name, compared without case.
    QByteArray header(QByteArrayView name) const;
};

/// The seam: one HTTP exchange, sent at most once, redirects not followed. Whoever retries is above.
class Transport : public QObject
{
    Q_OBJECT

public:
    using Id = quint64;
    using Callback = std::function<void(HttpAnswer &&answer)>;
    using QObject::QObject;

    /// Starts an exchange; the callback runs once, never before this returns, unless it is aborted.
    virtual Id send(const HttpRequest &request, Callback callback) = 0;
    /// Ends an exchange without a callback.
    virtual void abort(Id id) = 0;
};

} // namespace casement
