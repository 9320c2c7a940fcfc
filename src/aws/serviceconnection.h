#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <functional>

namespace casement {

/// One call of an AWS JSON 1.1 operation, before it is signed.
struct ServiceRequest
{
    QByteArray operation; ///< `DescribeCases`
    QByteArray body; ///< a JSON object
    /// False for what must not be sent twice (CreateCase …): then nothing but certain non-arrival is retried, and the
    /// body goes out in a form that Qt cannot repeat by itself.
    bool repeatable = true;
    std::chrono::milliseconds idleLimit{30'000}; ///< longest time without a byte in either direction
    std::chrono::milliseconds totalLimit{
        60'000}; ///< longest time for one attempt, however many bytes flow; uploads give more
    qint64 largestAnswer = 128LL << 20; ///< bytes after decompression
};

/// A whole answer with status 200.
struct ServiceAnswer
{
    QByteArray body; ///< a JSON object, as received
    QString requestId;
};

using AnswerCallback = std::function<void(Result<ServiceAnswer> answer)>;

/// The way to one service of one account: credentials, endpoint, rate limit, retries with their quota, clock offset.
///
/// The class is the seam between what a call means (support/client) and how it gets there. ServiceConnection's one
/// implementation in the program is HttpServiceConnection.
class ServiceConnection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Sends and calls back once, in this thread, never before send() has returned. When `context` dies first, the
    /// request is aborted and the callback never runs. The answer is an Error for everything but a whole JSON object
    /// with status 200; for a request that is not repeatable, Error::effect tells whether it may have taken effect.
    virtual void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) = 0;
    /// What must be added to this computer's clock to have the service's, as far as that was learned.
    virtual std::chrono::seconds clockOffset() const { return {}; }

Q_SIGNALS:
    /// A call waits `delay` before its next attempt, because the service asked for fewer calls or did not answer.
    void waiting(std::chrono::milliseconds delay, const casement::Error &because);
    /// The clock of this computer differs from the service's by so much; calls are signed with the corrected time.
    void clockOffsetLearned(std::chrono::seconds offset);
};

} // namespace casement
