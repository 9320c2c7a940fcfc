#include "aws/httpserviceconnection.h"

#include "aws/blobsplitter.h"
#include "aws/httptransport.h"
#include "aws/linkconnection.h"
#include "aws/localcode.h"
#include "aws/serviceerror.h"
#include "aws/sources/ownedkeys.h"
#include "aws/sources/sts.h"
#include "base/background.h"
#include "base/log.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QRandomGenerator>
#include <QTimer>
#include <QUuid>

#include <algorithm>

namespace casement {

namespace {

// Longer than this to hash takes a frame.
constexpr qsizetype hashedInBackground = 1 << 20;
// The SDKs' threshold for taking the service's time instead of this computer's (api-facts.md §14).
constexpr std::chrono::seconds smallestSkew{240};
// A Date before this program was written comes from something that isn't the service.
constexpr int earliestYear = 2024;
constexpr int latestYear = 2100;

// `Sun, 22 Nov 2026 01:02:03 GMT`
QDateTime httpDate(const QByteArray &text)
{
    QDateTime time =
        QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    time.setTimeSpec(Qt::UTC);
    return time;
}

std::unique_ptr<Transport> httpTransport(const ConnectionSettings &settings)
{
    return std::make_unique<HttpTransport>(HttpTransport::Settings{.connections = settings.connections,
                                                                   .caBundle = settings.caBundle,
                                                                   .environment = settings.environment,
                                                                   .wallClock = settings.wallClock});
}

} // namespace

struct HttpServiceConnection::Call
{
    Call(const ServiceRequest &what, RetryPlan &&retries) : request(what), plan(std::move(retries)) { }

    ServiceRequest request;
    QPointer<QObject> context;
    QMetaObject::Connection contextWatch;
    AnswerCallback callback;
    RetryPlan plan;
    QByteArray payloadHash;
    QByteArray invocationId;
    Credentials keys; // of the last attempt
    QElapsedTimer begun;
    RateLimiter::Ticket ticket = 0;
    Transport::Id exchange = 0;
    std::shared_ptr<BlobSplitter> splitter; // of the last attempt
    QTimer *backOff = nullptr;
    int sends = 0;
    bool hasSlot = false;
    bool resentAtOnce = false;
    bool clockCorrected = false;
    bool keysRenewed = false;
};

HttpServiceConnection::HttpServiceConnection(const ConnectionSettings &settings, QObject *parent)
    : HttpServiceConnection(settings, httpTransport(settings), parent)
{
}

HttpServiceConnection::HttpServiceConnection(const ConnectionSettings &settings, std::unique_ptr<Transport> transport,
                                             QObject *parent)
    : ServiceConnection(parent), m_settings(settings), m_limiter(settings.rate), m_advisorLimiter(settings.advisorRate),
      m_transport(std::move(transport))
{
    if (!m_settings.random)
        m_settings.random = [] { return QRandomGenerator::global()->generateDouble(); };
    m_settings.connections = std::max(1, m_settings.connections);
}

HttpServiceConnection::~HttpServiceConnection() = default;

void HttpServiceConnection::shareRate(const QString &account)
{
    if (m_settings.rate.callsPerSecond > 0)
        m_limiter.share(PaceFile::pathFor(m_settings.endpoint.url.toString() + u'\n' + account));
}

RateLimiter &HttpServiceConnection::limiterOf(const Call &call)
{
    return call.request.operation.contains("TrustedAdvisor") ? m_advisorLimiter : m_limiter;
}

qint64 HttpServiceConnection::wallClock() const
{
    return m_settings.wallClock ? m_settings.wallClock() : QDateTime::currentMSecsSinceEpoch();
}

HttpServiceConnection::Call *HttpServiceConnection::find(CallId id)
{
    const auto found = m_calls.find(id);
    return found == m_calls.end() ? nullptr : found->second.get();
}

void HttpServiceConnection::send(const ServiceRequest &request, QObject *context, AnswerCallback callback)
{
    const CallId id = ++m_lastCall;
    auto call = std::make_unique<Call>(request, RetryPlan(m_settings.attempts, m_quota, m_settings.random));
    call->context = context;
    call->callback = std::move(callback);
    call->invocationId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    call->begun.start();
    call->contextWatch = connect(context, &QObject::destroyed, this, [this, id] { abandon(id); });

    if (request.sha256.isEmpty() && request.body.size() >= hashedInBackground) {
        m_calls.emplace(id, std::move(call));
        inBackground(
            this, [body = request.body] { return sigv4::sha256Hex(body); },
            [this, id](const QByteArray &hash) {
                if (Call *hashed = find(id)) {
                    hashed->payloadHash = hash;
                    enter(id, false);
                }
            });
        return;
    }
    call->payloadHash = request.sha256.isEmpty() ? sigv4::sha256Hex(request.body) : request.sha256;
    m_calls.emplace(id, std::move(call));
    enter(id, false);
}

void HttpServiceConnection::follow(const LinkRequest &request, QObject *context, LinkCallback callback)
{
    if (!m_links)
        m_links = std::make_unique<LinkConnection>(m_settings.endpoint, httpTransport(m_settings));
    m_links->follow(request, context, std::move(callback));
}

void HttpServiceConnection::enter(CallId id, bool first)
{
    if (first)
        m_queue.push_front(id);
    else
        m_queue.push_back(id);
    startWaiting();
}

void HttpServiceConnection::startWaiting()
{
    while (m_running < m_settings.connections && !m_queue.empty()) {
        const CallId id = m_queue.front();
        m_queue.pop_front();
        Call *call = find(id);
        if (!call)
            continue;
        call->hasSlot = true;
        ++m_running;
        attempt(id);
    }
}

void HttpServiceConnection::attempt(CallId id)
{
    const Call *waiting = find(id);
    if (!waiting)
        return;
    const RateLimiter::Ticket ticket = limiterOf(*waiting).acquire(this, [this, id] {
        Call *call = find(id);
        if (!call)
            return;
        call->ticket = 0;
        if (const Credentials *keys = m_settings.credentials->current())
            return transmit(id, *keys);
        m_settings.credentials->get(this, [this, id](const Result<Credentials> &keys) {
            if (!find(id))
                return;
            if (keys)
                return transmit(id, *keys);
            refuse(id, roleRefusal(keys.error()));
        });
    });
    if (Call *call = find(id))
        call->ticket = ticket;
}

void HttpServiceConnection::refuse(CallId id, const Error &error)
{
    // From the event loop: nobody is called back from within send().
    QMetaObject::invokeMethod(
        this,
        [this, id, refusal = error]() {
            if (const Call *call = find(id)) {
                Error told = refusal;
                told.operation = QString::fromLatin1(call->request.operation);
                finish(id, std::move(told));
            }
        },
        Qt::QueuedConnection);
}

void HttpServiceConnection::transmit(CallId id, const Credentials &credentials)
{
    if (!credentials.isSendable()) {
        return refuse(
            id,
            {.kind = Error::Kind::NoCredentials,
             .code = localcode::keysUnusable,
             .message = QStringLiteral("the keys of %1 hold characters that keys can't have").arg(credentials.source)});
    }
    Call &call = *find(id);
    ++call.sends;
    call.keys = credentials;

    sigv4::Request toSign;
    toSign.path = m_settings.endpoint.path;
    toSign.payloadHash = call.payloadHash;
    HttpRequest wire;
    wire.headers.reserve(9);
    wire.headers = {
        {"Content-Type", "application/x-amz-json-1.1"},
        {"X-Amz-Target", m_settings.targetPrefix + '.' + call.request.operation},
        {"amz-sdk-invocation-id", call.invocationId},
        {"amz-sdk-request",
         "attempt=" + QByteArray::number(call.sends)
             + "; max=" + QByteArray::number(std::max(call.sends, m_settings.attempts))},
    };
    toSign.headers = wire.headers;
    toSign.headers.append({"host", m_settings.endpoint.hostHeader});
    const qint64 now = wallClock() / 1000 + m_clockOffset.count();
    const sigv4::Signature signature =
        sigv4::sign(toSign, credentials, m_settings.endpoint.signingRegion, m_settings.service, now, m_signingKeys);
    wire.headers.append({"X-Amz-Date", signature.amzDate});
    if (!credentials.sessionToken().isEmpty())
        wire.headers.append({"X-Amz-Security-Token", credentials.sessionToken()});
    wire.headers.append({"Authorization", signature.authorization});

    wire.url = m_settings.endpoint.url;
    wire.body = call.request.body;
    wire.repeatable = call.request.repeatable;
    wire.idleLimit = call.request.idleLimit;
    wire.totalLimit = call.request.totalLimit;
    wire.onSent = call.request.onSent;
    // A large body that may arrive twice leaves in large pieces; small ones go out alike, whatever they are.
    wire.rewindable = call.request.repeatable && call.request.body.size() >= hashedInBackground;
    wire.largestAnswer = call.request.largestAnswer;
    if (call.request.blob.sink) {
        call.splitter = std::make_shared<BlobSplitter>(call.request.blob, call.request.largestAnswer);
        wire.sink = call.splitter;
    }
    ++m_requestsSent;
    call.exchange = m_transport->send(wire, [this, id](HttpAnswer &&answer) { receive(id, std::move(answer)); });
}

void HttpServiceConnection::receive(CallId id, HttpAnswer &&answer)
{
    Call *call = find(id);
    if (!call)
        return;
    call->exchange = 0;
    if (call->splitter && answer.status == 200)
        answer.body = call->splitter->takeRest();
    qCDebug(logHttp).noquote().nospace() << call->request.operation << " attempt " << call->sends << " status "
                                         << answer.status << " bytes " << answer.body.size() << " ms "
                                         << answer.duration.count();

    readClock(answer);
    Error error = answer.error;
    if (error.kind != Error::Kind::None) {
        // A proxy that wants a password has passed nothing on.
        const bool mayHaveArrived = answer.bodyLeft && answer.status != 407;
        error.effect = mayHaveArrived ? Error::Effect::Unknown : Error::Effect::None;
        error.requestId = requestIdOf(answer);
    } else if (answer.status == 200) {
        error = checkAnswer(answer);
    } else {
        error = serviceError(answer);
    }

    if (error.kind == Error::Kind::None) {
        call->plan.afterSuccess();
        m_answered = true;
        ServiceAnswer good{std::move(answer.body), requestIdOf(answer),
                           accountOfKeys(call->keys, !m_settings.endpoint.custom),
                           keyIdDigest(call->keys.accessKeyId())};
        if (good.body.startsWith("\xef\xbb\xbf"))
            good.body.remove(0, 3);
        return finish(id, std::move(good));
    }
    if (call->request.repeatable)
        error.effect = Error::Effect::None; // a read has none, whenever it ends
    error.operation = QString::fromLatin1(call->request.operation);
    error.host = QString::fromLatin1(m_settings.endpoint.hostHeader);
    fail(id, std::move(error), answer);
}

void HttpServiceConnection::fail(CallId id, Error error, const HttpAnswer &answer)
{
    Call *call = find(id);
    const bool mayRepeat = call->request.repeatable || error.effect == Error::Effect::None;

    // A kept connection that the other side has let go of shows only when it is used.
    if (error.kind == Error::Kind::Dropped && answer.status == 0 && m_answered && mayRepeat && !call->resentAtOnce) {
        call->resentAtOnce = true;
        return attempt(id);
    }
    if (mayBeClockSkew(error)) {
        const auto skew = skewOf(answer);
        if (!call->clockCorrected && skew && learnClock(std::chrono::ceil<std::chrono::seconds>(*skew))) {
            call->clockCorrected = true;
            return attempt(id);
        }
        if (skew && std::chrono::abs(*skew) > smallestSkew && error.kind == Error::Kind::ClockSkew)
            error.message += QStringLiteral(" (this computer's clock is %1 s %2)")
                                 .arg(std::chrono::round<std::chrono::seconds>(std::chrono::abs(*skew)).count())
                                 .arg(skew->count() > 0 ? QStringLiteral("behind") : QStringLiteral("ahead"));
    }
    if (isExpiredToken(error) && !call->keysRenewed) {
        call->keysRenewed = true;
        return renewKeys(id, error);
    }
    if (error.kind == Error::Kind::Throttled)
        limiterOf(*call).slowDown();

    const bool timeLeft = call->begun.elapsed() < call->request.totalLimit.count();
    if (timeLeft && !answer.certificateRefused) {
        const auto delay = call->plan.afterFailure(error, call->request.repeatable, answer.header("x-amz-retry-after"));
        if (delay)
            return retryLater(id, *delay, error);
    }
    finish(id, std::move(error));
}

void HttpServiceConnection::renewKeys(CallId id, const Error &because)
{
    CredentialChain &chain = *m_settings.credentials;
    const Credentials *cached = chain.current();
    if (!cached || cached->isSameAs(find(id)->keys)) // else another call has renewed them already
        chain.invalidate();
    chain.get(this, [this, id, because](const Result<Credentials> &keys) {
        const Call *call = find(id);
        if (!call)
            return;
        if (!keys)
            return refuse(id, roleRefusal(keys.error()));
        if (keys->isSameAs(call->keys))
            return finish(id, because);
        attempt(id);
    });
}

void HttpServiceConnection::retryLater(CallId id, std::chrono::milliseconds delay, const Error &because)
{
    Call &call = *find(id);
    call.backOff = new QTimer(this);
    call.backOff->setSingleShot(true);
    connect(call.backOff, &QTimer::timeout, this, [this, id] {
        if (Call *waited = find(id)) {
            waited->backOff->deleteLater();
            waited->backOff = nullptr;
            enter(id, true);
        }
    });
    call.backOff->start(delay);
    giveUpSlot(call);
    const QPointer<HttpServiceConnection> alive(this);
    Q_EMIT waiting(delay, because);
    if (alive)
        startWaiting();
}

void HttpServiceConnection::giveUpSlot(Call &call)
{
    if (call.hasSlot)
        --m_running;
    call.hasSlot = false;
}

void HttpServiceConnection::finish(CallId id, Result<ServiceAnswer> result)
{
    const auto found = m_calls.find(id);
    const std::unique_ptr<Call> call = std::move(found->second);
    m_calls.erase(found);
    disconnect(call->contextWatch);
    giveUpSlot(*call);
    startWaiting();
    if (call->context)
        call->callback(std::move(result)); // may delete this
}

void HttpServiceConnection::abandon(CallId id)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end())
        return;
    const std::unique_ptr<Call> call = std::move(found->second);
    m_calls.erase(found);
    limiterOf(*call).cancel(call->ticket);
    if (call->exchange)
        m_transport->abort(call->exchange);
    delete call->backOff;
    giveUpSlot(*call);
    startWaiting();
}

std::optional<std::chrono::milliseconds> HttpServiceConnection::skewOf(const HttpAnswer &answer) const
{
    // An answer from a cache or one that was long on its way tells an old time.
    if (!answer.header("age").isEmpty() || answer.duration > m_settings.largestDelayForClock)
        return {};
    const QDateTime server = httpDate(answer.header("date"));
    if (!server.isValid() || server.date().year() < earliestYear || server.date().year() > latestYear)
        return {};
    return std::chrono::milliseconds(server.toMSecsSinceEpoch() - wallClock());
}

void HttpServiceConnection::readClock(const HttpAnswer &answer)
{
    const auto skew = skewOf(answer);
    if (!skew)
        return;
    // Date is a second that was cut off, written at some moment between the request and now.
    const auto most = *skew + std::chrono::seconds(1) + answer.duration;
    const std::chrono::milliseconds same(0);
    m_serviceClock = *skew <= same && most >= same ? same : *skew;
}

bool HttpServiceConnection::learnClock(std::chrono::seconds skew)
{
    if (std::chrono::abs(skew - m_clockOffset) <= smallestSkew)
        return false;
    m_clockOffset = std::chrono::abs(skew) > smallestSkew ? skew : std::chrono::seconds(0);
    Q_EMIT clockOffsetLearned(m_clockOffset);
    return true;
}

} // namespace casement
