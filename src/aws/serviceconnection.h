#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace casement {

class BodySink;

/// Where in an answer there is a text that may be large, as a file's base64 is, and who takes it.
struct BlobWish
{
    QByteArray record; ///< the answer's member that has it
    QByteArray member; ///< of the record
    /// Told of each answer that begins, and then given the text without its escapes. Null: nobody wants it apart.
    std::shared_ptr<BodySink> sink;
};

/// One call of an AWS JSON 1.1 operation, before it is signed.
struct ServiceRequest
{
    QByteArray operation; ///< `DescribeCases`
    QByteArray body; ///< a JSON object
    QByteArray sha256; ///< of the body, in hexadecimal digits, where it is known already
    /// False for what must not be sent twice (CreateCase …): then nothing but certain non-arrival is retried, and the
    /// body goes out in a form that Qt cannot repeat by itself.
    bool repeatable = true;
    std::chrono::milliseconds idleLimit{30'000}; ///< longest time without a byte in either direction
    std::chrono::milliseconds totalLimit{
        60'000}; ///< longest time for one attempt, however many bytes flow; uploads give more
    qint64 largestAnswer = 128LL << 20; ///< bytes after decompression
    std::function<void(qint64 sent)> onSent; ///< hears how many bytes of the body have left
    BlobWish blob; ///< what of the answer is wanted apart; a connection may answer it where it stands all the same
};

/// A whole answer with status 200.
struct ServiceAnswer
{
    QByteArray body; ///< a JSON object, as received
    QString requestId;
    QString ofKeys; ///< twelve digits of the account whose keys it was asked for with; empty: nobody knows
    QString keys; ///< keyIdDigest() of those keys
};

using AnswerCallback = std::function<void(Result<ServiceAnswer> answer)>;

/// One exchange with a link that the service handed out: a part of a file up, or a file down. The link carries its own
/// permission, so it is a secret: it goes to no log and no error, and no keys and no signature go to it.
struct LinkRequest
{
    QString link;
    QByteArray body; ///< PUT when there is one, else GET
    qint64 from = 0; ///< of a GET: the first byte wanted
    QByteArray eTag; ///< of a GET: of the file that the bytes before `from` are of; of another one all is wanted
    std::shared_ptr<BodySink> sink; ///< of a GET: takes what comes
    std::function<void(qint64 sent)> onSent;
    std::chrono::milliseconds idleLimit{60'000};
    std::chrono::milliseconds totalLimit = std::chrono::hours(6);
};

/// A good answer of a link: 200, or 206 when `from` was honoured.
struct LinkAnswer
{
    int status = 0;
    QByteArray eTag; ///< as it came, quotes included
};

using LinkCallback = std::function<void(Result<LinkAnswer> answer)>;

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
    /// One exchange with a link, at most once (a PUT may reach its place twice), never redirected. Links to hosts that
    /// are not the service's, and those that are not https (a service on this computer excepted), are refused unsent:
    /// Kind::Refused, localcode::foreignLink. A link that is over, or not accepted for another reason of its own, is
    /// Kind::Refused with localcode::linkRefused. Callback and context as of send(). A connection that has no links
    /// refuses all.
    virtual void follow(const LinkRequest &request, QObject *context, LinkCallback callback);
    /// Whether the keys of now are those of the account that this is the way of, as far as anybody can tell: for who
    /// would take "not there" from another account for an answer. `caseId`: of a case of the account, or empty. By
    /// itself a way knows of no account, and says yes. `done` may run before this returns.
    virtual void askOwner(const QString &caseId, QObject *context, std::function<void(const Result<void> &own)> done);
    /// What must be added to this computer's clock to have the service's, as far as that was learned.
    virtual std::chrono::seconds clockOffset() const { return {}; }
    /// The same as exactly as the last answer that was quick and told a time has it: where this computer's clock may
    /// well be the service's it is 0, else the least that it can be. Nothing before the first such answer.
    virtual std::optional<std::chrono::milliseconds> serviceClock() const { return {}; }

Q_SIGNALS:
    /// A call waits `delay` before its next attempt, because the service asked for fewer calls or did not answer.
    void waiting(std::chrono::milliseconds delay, const casement::Error &because);
    /// The clock of this computer differs from the service's by so much; calls are signed with the corrected time.
    void clockOffsetLearned(std::chrono::seconds offset);
};

} // namespace casement
