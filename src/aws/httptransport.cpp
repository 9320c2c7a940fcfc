#include "aws/httptransport.h"

#include "aws/directreply.h"
#include "aws/gunzip.h"
#include "aws/httperrors.h"
#include "aws/localcode.h"
#include "aws/networkpreferences.h"
#include "aws/oncebody.h"
#include "aws/proxysettings.h"
#include "aws/regularfile.h"
#include "aws/settingtext.h"
#include "base/background.h"

#include <QBuffer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>
#include <QTimerEvent>

#include <algorithm>

namespace casement {

namespace {

constexpr int connectionsPerManager = 6; // QHttpNetworkConnection's own limit per host
constexpr qsizetype largestReserve = 64 << 20;
constexpr qsizetype smallestReserve = 64 << 10;
constexpr qsizetype watchedUpload = 64 << 10;
// More than this unpacks on the pool: at 40 times its size that takes a frame.
constexpr qsizetype unpackedInline = 16 << 10;
// What Qt's thread may read ahead of ours; by itself it would take all that a fast server has.
constexpr qint64 readAhead = 4 << 20;
constexpr qint64 readAheadOfFiles = 1 << 20; // they are not needed whole

bool isPlain(const QByteArray &encoding) { return encoding.isEmpty() || encoding.toLower() == "identity"; }

bool isEncrypted(const QUrl &url) { return url.scheme() == QLatin1StringView("https"); }

bool isGzip(const QByteArray &encoding) { return encoding.toLower() == "gzip"; }

} // namespace

struct HttpTransport::Exchange
{
    Id id = 0;
    Callback callback;
    QNetworkReply *reply = nullptr;
    OnceBody *upload = nullptr; // the reply's child
    Manager *shared = nullptr;
    bool isDirect = false;
    std::unique_ptr<QNetworkAccessManager> own;
    QByteArray body;
    Error certificate; // what is wrong with it
    std::unique_ptr<QSslSocket> probe;
    std::shared_ptr<BodySink> sink;
    QMetaObject::Connection drained;
    qint64 received = 0; // bytes of the body
    qint64 largestAnswer = 0;
    qint64 idleLimit = 0;
    qint64 totalLimit = 0;
    qint64 started = 0;
    qint64 lastByte = 0;
    qint64 startedWall = 0;
    bool seen = false;
    bool isOver = false; // Qt has all; the sink may not
};

HttpTransport::HttpTransport(const Settings &settings, QObject *parent)
    : Transport(parent), m_settings(settings), m_keptSockets(std::make_unique<KeptSockets>())
{
}

HttpTransport::~HttpTransport()
{
    // Whoever destroys this may have been called from a reply; its manager then has to live until the event loop.
    for (auto &[id, exchange] : m_exchanges) {
        exchange->reply->disconnect(this);
        exchange->reply->abort();
        if (exchange->isDirect)
            exchange->reply->deleteLater();
        if (exchange->probe) {
            exchange->probe->disconnect(this);
            exchange->probe.release()->deleteLater();
        }
        if (exchange->own)
            exchange->own.release()->deleteLater();
    }
    if (m_dispatching) {
        for (Manager &manager : m_managers)
            manager.network.release()->deleteLater();
    }
}

qint64 HttpTransport::wallClock() const
{
    return m_settings.wallClock ? m_settings.wallClock() : QDateTime::currentMSecsSinceEpoch();
}

Error HttpTransport::prepare(const QUrl &url)
{
    if (!m_elapsed.isValid())
        m_elapsed.start();
    followPreferences();
    if (!m_tls && isEncrypted(url)) { // not without need: OpenSSL takes as long to load as an answer to come
        if (const Error error = prepareTls(); error.kind != Error::Kind::None)
            return error;
    }
    if (!m_prepared || m_preparedFor != url) {
        const Result<QNetworkProxy> proxy = proxyFor(url, m_settings.environment);
        if (!proxy)
            return proxy.error();
        m_proxy = *proxy;
        m_preparedFor = url;
        m_prepared = true;
        for (Manager &manager : m_managers)
            manager.network->setProxy(m_proxy);
    }
    return {};
}

/// What is set about the network holds from the next request on: proxy and trust are looked up again, and connections
/// that were made by the old ones are left.
void HttpTransport::followPreferences()
{
    const quint64 revision = networkPreferencesRevision();
    if (revision == m_preferences)
        return;
    m_preferences = revision;
    m_prepared = false;
    m_tls.reset();
    m_keptSockets->clear();
    for (Manager &manager : m_managers) {
        if (manager.network)
            manager.network->clearConnectionCache();
    }
}

Error HttpTransport::prepareTls()
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    const QString chosen = networkPreferences().caBundle;
    const QString bundle = chosen.isEmpty() ? m_settings.caBundle : chosen;
    if (!bundle.isEmpty()) {
        const QString from = chosen.isEmpty() ? SettingText::tr("AWS_CA_BUNDLE or ca_bundle")
                                              : SettingText::tr("chosen in the settings");
        const auto unusable = [&](const QString &reason) {
            return Error{.kind = Error::Kind::CredentialsFile,
                         .message = SettingText::tr("the CA bundle %1 (%2) %3").arg(bundle, from, reason)};
        };
        if (const QString why = whyNotReadable(bundle); !why.isEmpty())
            return unusable(SettingText::tr("can't be read: %1").arg(why));
        QFile file(bundle);
        if (!file.open(QIODevice::ReadOnly))
            return unusable(SettingText::tr("can't be read: %1").arg(file.errorString()));
        const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
        if (certificates.isEmpty())
            return unusable(SettingText::tr("holds no certificate"));
        tls.setCaCertificates(certificates);
    }
    m_tls = tls;
    return {};
}

std::unique_ptr<QNetworkAccessManager> HttpTransport::makeManager() const
{
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setProxy(m_proxy);
    manager->setAutoDeleteReplies(false);
    return manager;
}

Transport::Id HttpTransport::send(const HttpRequest &request, Callback callback)
{
    const Id id = ++m_lastId;
    if (const Error error = prepare(request.url); error.kind != Error::Kind::None) {
        QMetaObject::invokeMethod(
            this,
            [callback = std::move(callback), error] {
                HttpAnswer answer;
                answer.error = error;
                answer.bodyLeft = false;
                answer.certificateRefused = true; // trying again finds the same file and the same settings
                callback(std::move(answer));
            },
            Qt::QueuedConnection);
        return id;
    }
    auto exchange = std::make_unique<Exchange>();
    exchange->id = id;
    exchange->callback = std::move(callback);
    start(*exchange, request);
    m_exchanges.emplace(id, std::move(exchange));
    return id;
}

void HttpTransport::start(Exchange &exchange, const HttpRequest &request)
{
    QNetworkRequest wire(request.url);
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    if (isEncrypted(request.url))
        wire.setSslConfiguration(*m_tls);
    for (const sigv4::Header &header : request.headers)
        wire.setRawHeader(header.name, header.value);
    // Qt asks for nothing by itself then, and unpacks nothing either.
    wire.setRawHeader("Accept-Encoding", request.sink ? "identity" : "gzip");
    wire.setRawHeader("User-Agent", "Casement/" CASEMENT_VERSION);
    if (request.method != "GET")
        wire.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());

    exchange.largestAnswer = request.largestAnswer;
    exchange.idleLimit = request.idleLimit.count();
    exchange.totalLimit = request.totalLimit.count();
    exchange.started = exchange.lastByte = m_elapsed.elapsed();
    exchange.startedWall = wallClock();

    exchange.sink = request.sink;
    if (request.rewindable && request.method != "GET" && m_proxy.type() == QNetworkProxy::NoProxy
        && m_direct < connectionsPerManager) {
        exchange.isDirect = true;
        ++m_direct;
        exchange.reply = new DirectReply(wire, request.method, request.body, m_keptSockets.get());
    } else {
        sendByManager(exchange, request, wire);
    }
    exchange.reply->setReadBufferSize(request.sink ? readAheadOfFiles : readAhead);

    Exchange *const raw = &exchange; // lives until its reply is disconnected
    connect(exchange.reply, &QNetworkReply::finished, this, [this, raw] { finish(raw->id); });
    connect(exchange.reply, &QNetworkReply::readyRead, this, [this, raw] { read(*raw); });
    if (isEncrypted(request.url)) {
        connect(exchange.reply, &QNetworkReply::sslErrors, this,
                [raw](const QList<QSslError> &errors) { raw->certificate = certificateError(errors); });
    }
    if (request.body.size() > watchedUpload) {
        connect(exchange.reply, &QNetworkReply::uploadProgress, this,
                [this, raw, onSent = request.onSent](qint64 sent) {
                    raw->lastByte = m_elapsed.elapsed();
                    if (onSent && sent > 0) // at its end Qt says 0 of 0
                        onSent(sent);
                });
    }
    if (exchange.sink) {
        // By its number: what is queued arrives although it was disconnected meanwhile. And a sink may still be busy
        // with what an earlier attempt brought.
        exchange.drained = connect(
            exchange.sink.get(), &BodySink::drained, this,
            [this, id = exchange.id] {
                if (const auto found = m_exchanges.find(id); found != m_exchanges.end() && found->second->seen)
                    read(*found->second);
            },
            Qt::QueuedConnection);
    }

    const int tick = int(std::clamp<qint64>(std::min(exchange.idleLimit, exchange.totalLimit) / 8, 5, 500));
    if (!m_limitTimer.isActive() || tick < m_tick) {
        m_tick = tick;
        m_limitTimer.start(tick, Qt::CoarseTimer, this);
    }
}

/// By Qt's own connections, at most six to a host and manager.
void HttpTransport::sendByManager(Exchange &exchange, const HttpRequest &request, const QNetworkRequest &wire)
{
    QNetworkAccessManager *manager = nullptr;
    if (request.repeatable) {
        const size_t wanted =
            size_t((std::max(1, m_settings.connections) + connectionsPerManager - 1) / connectionsPerManager);
        if (m_managers.empty())
            m_managers.reserve(wanted); // exchanges point into it
        auto least = std::min_element(m_managers.begin(), m_managers.end(),
                                      [](const Manager &a, const Manager &b) { return a.inFlight < b.inFlight; });
        if (m_managers.size() < wanted && (least == m_managers.end() || least->inFlight >= connectionsPerManager)) {
            m_managers.push_back({makeManager(), 0});
            least = m_managers.end() - 1;
        }
        ++least->inFlight;
        exchange.shared = &*least;
        manager = least->network.get();
    } else {
        exchange.own = makeManager();
        manager = exchange.own.get();
    }

    if (request.rewindable) {
        auto *buffer = new QBuffer;
        buffer->setData(request.body);
        buffer->open(QIODevice::ReadOnly);
        exchange.reply =
            request.method == "GET" ? manager->get(wire) : manager->sendCustomRequest(wire, request.method, buffer);
        buffer->setParent(exchange.reply);
    } else {
        exchange.upload = new OnceBody(request.body);
        exchange.reply = request.method == "POST" ? manager->post(wire, exchange.upload)
                                                  : manager->sendCustomRequest(wire, request.method, exchange.upload);
        exchange.upload->setParent(exchange.reply);
    }
}

void HttpTransport::read(Exchange &exchange)
{
    exchange.lastByte = m_elapsed.elapsed();
    if (exchange.sink && isForSink(exchange))
        return pour(exchange);
    if (!exchange.seen) {
        exchange.seen = true;
        const qint64 length = exchange.reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        if (length > smallestReserve)
            exchange.body.reserve(qsizetype(std::min<qint64>({length, exchange.largestAnswer, largestReserve}))
                                  + answerRoom);
    }
    // Straight to its place: readAll() would make a copy of every piece first.
    const qsizetype before = exchange.body.size();
    exchange.body.resize(before + exchange.reply->bytesAvailable());
    const qint64 count = exchange.reply->read(exchange.body.data() + before, exchange.body.size() - before);
    exchange.body.resize(before + std::max<qint64>(count, 0));
    exchange.received = exchange.body.size();
    if (exchange.body.size() > exchange.largestAnswer) {
        expire(exchange.id,
               {.kind = Error::Kind::TooLarge,
                .message = QStringLiteral("the answer is larger than %1 bytes").arg(exchange.largestAnswer)});
    }
}

bool HttpTransport::isForSink(const Exchange &exchange)
{
    const int status = exchange.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return status == 200 || status == 206;
}

/// Hands what has come to the sink. What it has no room for stays with Qt, which then reads no more of it.
void HttpTransport::pour(Exchange &exchange)
{
    const Id id = exchange.id;
    const std::shared_ptr<BodySink> sink = exchange.sink; // who hears of a piece may end the exchange
    const auto isGone = [this, id] { return m_exchanges.find(id) == m_exchanges.end(); };
    if (!exchange.seen) {
        exchange.seen = true;
        HttpAnswer head;
        fillHead(exchange, head);
        Error error = sink->begin(head);
        if (isGone())
            return;
        if (error.kind == Error::Kind::None && !isPlain(head.header("content-encoding")))
            error = {.kind = Error::Kind::BadAnswer,
                     .message = QStringLiteral("the file comes in an encoding that nobody asked for")};
        if (error.kind != Error::Kind::None)
            return expire(id, error);
    }
    while (exchange.reply->bytesAvailable() > 0 && !sink->isFull()) {
        // Qt makes room for all that it is asked for.
        const QByteArray piece = exchange.reply->read(std::min(exchange.reply->bytesAvailable(), readAhead));
        exchange.received += piece.size();
        const Error error = sink->take(piece);
        if (isGone())
            return;
        if (error.kind != Error::Kind::None)
            return expire(id, error);
        exchange.lastByte = m_elapsed.elapsed();
    }
    if (exchange.isOver && exchange.reply->bytesAvailable() == 0)
        finish(id);
}

void HttpTransport::fillHead(const Exchange &exchange, HttpAnswer &answer)
{
    answer.status = exchange.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QList<QNetworkReply::RawHeaderPair> &pairs = exchange.reply->rawHeaderPairs();
    answer.headers.reserve(pairs.size());
    for (const auto &[name, value] : pairs)
        answer.headers.append({name, value});
}

void HttpTransport::finish(Id id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    Exchange &exchange = *found->second;
    QNetworkReply *reply = exchange.reply;
    if (exchange.sink && isForSink(exchange)) {
        exchange.isOver = true;
        if (!exchange.seen || reply->bytesAvailable() > 0)
            return pour(exchange); // and back here when the sink has it all
    } else if (reply->bytesAvailable() > 0) {
        read(exchange);
        if (m_exchanges.find(id) == m_exchanges.end())
            return; // it was too large
    }

    HttpAnswer answer;
    fillHead(exchange, answer);
    answer.body = std::move(exchange.body);
    answer.bodyLeft = !exchange.upload || exchange.upload->wasRead();
    answer.duration = std::chrono::milliseconds(m_elapsed.elapsed() - exchange.started);
    answer.certificateRefused = exchange.certificate.kind != Error::Kind::None;

    const QByteArray encoding = answer.header("content-encoding");
    if (!isWholeAnswer(answer.status, reply->error())) {
        answer.error.kind = kindOfNetworkError(reply->error(), answer.bodyLeft);
        if (answer.certificateRefused)
            answer.error = exchange.certificate;
        else if (answer.error.kind == Error::Kind::Tls)
            return explainHandshake(id, std::move(answer));
        else if (answer.error.kind == Error::Kind::Dropped)
            answer.error.message = QStringLiteral("the connection ended before the answer did");
        else
            answer.error.message = reply->errorString();
        if (m_proxy.type() != QNetworkProxy::NoProxy && !answer.certificateRefused) {
            if (answer.error.kind == Error::Kind::CannotConnect)
                answer.error.code = localcode::proxyUnreachable; // Qt has no error for that
            answer.error.message += QStringLiteral(" (proxy %1:%2)").arg(m_proxy.hostName()).arg(m_proxy.port());
        }
    } else if (answer.status == 200 && !isPlain(encoding) && !isGzip(encoding)) {
        answer.error = {.kind = Error::Kind::BadAnswer,
                        .message = QStringLiteral("the answer comes in an encoding that nobody asked for")};
    } else {
        // Qt calls an answer whole that ended before its own length (robustness.md, Q4).
        const QByteArray length = answer.header("content-length");
        bool isNumber = length.isEmpty();
        const qint64 promised = isNumber ? 0 : length.trimmed().toLongLong(&isNumber);
        if (!isNumber || promised < 0) {
            answer.error = {.kind = Error::Kind::BadAnswer,
                            .message = QStringLiteral("the answer has no single length")};
        } else if (exchange.received < promised) {
            answer.error = {
                .kind = Error::Kind::Dropped,
                .message =
                    QStringLiteral("the answer ended after %1 of %2 bytes").arg(exchange.received).arg(promised)};
        }
    }
    if (answer.error.kind != Error::Kind::None)
        answer.error.httpStatus = answer.status;
    else if (!isPlain(encoding) && !answer.body.isEmpty())
        return unpack(id, std::move(answer), exchange.largestAnswer);

    complete(id, std::move(answer));
}

void HttpTransport::explainHandshake(Id id, HttpAnswer &&answer)
{
    Exchange &exchange = *m_exchanges.find(id)->second;
    exchange.probe = std::make_unique<QSslSocket>();
    QSslSocket *probe = exchange.probe.get();
    probe->setProxy(m_proxy);
    probe->setSslConfiguration(*m_tls);
    answer.certificateRefused = true;
    answer.error = handshakeError(exchange.reply->errorString());
    connect(probe, &QSslSocket::encrypted, this, [this, id, answer] { complete(id, HttpAnswer(answer)); });
    connect(probe, &QSslSocket::errorOccurred, this, [this, id, probe, answer] {
        HttpAnswer told = answer;
        if (probe->error() == QAbstractSocket::SslHandshakeFailedError)
            told.error = handshakeError(probe->errorString());
        complete(id, std::move(told));
    });
    const QUrl url = exchange.reply->url();
    probe->connectToHostEncrypted(url.host(), quint16(url.port(443)));
}

void HttpTransport::unpack(Id id, HttpAnswer &&answer, qint64 largest)
{
    const bool isSmall = answer.body.size() <= unpackedInline;
    const auto work = [packed = answer.body, largest, known = isGzip(answer.header("content-encoding"))] {
        return known ? gunzip(packed, largest) : Result<QByteArray>(Error{.kind = Error::Kind::BadAnswer});
    };
    const auto take = [this, id, answer = std::move(answer)](const Result<QByteArray> &body) {
        if (m_exchanges.find(id) == m_exchanges.end())
            return; // aborted meanwhile
        HttpAnswer unpacked = answer;
        unpacked.body = body ? *body : QByteArray(); // of a refusal the status says enough
        if (!body && unpacked.status == 200) {
            unpacked.error = body.error();
            unpacked.error.httpStatus = unpacked.status;
        }
        complete(id, std::move(unpacked));
    };
    if (isSmall)
        return take(work());
    inBackground(this, work, take);
}

void HttpTransport::expire(Id id, const Error &error)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    Exchange &exchange = *found->second;
    HttpAnswer answer;
    answer.error = error;
    answer.bodyLeft = !exchange.upload || exchange.upload->wasRead();
    answer.duration = std::chrono::milliseconds(m_elapsed.elapsed() - exchange.started);
    complete(id, std::move(answer));
}

void HttpTransport::complete(Id id, HttpAnswer &&answer)
{
    const Callback callback = std::move(m_exchanges.find(id)->second->callback);
    const QPointer<HttpTransport> alive(this);
    ++m_dispatching;
    abort(id);
    callback(std::move(answer));
    if (alive)
        --m_dispatching;
}

void HttpTransport::abort(Id id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    const std::unique_ptr<Exchange> exchange = std::move(found->second);
    m_exchanges.erase(found);
    exchange->reply->disconnect(this);
    disconnect(exchange->drained);
    if (exchange->reply->isRunning())
        exchange->reply->abort();
    exchange->reply->deleteLater();
    if (exchange->probe) {
        exchange->probe->disconnect(this);
        exchange->probe.release()->deleteLater(); // this may run in its name
    }
    if (exchange->shared)
        --exchange->shared->inFlight;
    if (exchange->isDirect)
        --m_direct;
    if (exchange->own)
        exchange->own.release()->deleteLater();
    if (m_exchanges.empty())
        m_limitTimer.stop();
}

void HttpTransport::checkLimits()
{
    const qint64 now = m_elapsed.elapsed();
    const qint64 wall = wallClock();
    std::vector<std::pair<Id, Error>> late;
    for (const auto &[id, exchange] : m_exchanges) {
        // The monotonic clock stands still while the computer sleeps; the other one does not.
        if (std::max(now - exchange->started, wall - exchange->startedWall) >= exchange->totalLimit) {
            late.push_back(
                {id,
                 {.kind = Error::Kind::TimedOut,
                  .message = QStringLiteral("not done after %1 s").arg(double(exchange->totalLimit) / 1000)}});
        } else if (now - exchange->lastByte >= exchange->idleLimit && !(exchange->sink && exchange->sink->isFull())) {
            late.push_back({id,
                            {.kind = Error::Kind::TimedOut,
                             .message = QStringLiteral("no byte for %1 s").arg(double(exchange->idleLimit) / 1000)}});
        }
    }
    const QPointer<HttpTransport> alive(this);
    for (const auto &[id, error] : late) {
        expire(id, error);
        if (!alive)
            return;
    }
}

void HttpTransport::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_limitTimer.timerId())
        checkLimits();
    else
        Transport::timerEvent(event);
}

} // namespace casement
