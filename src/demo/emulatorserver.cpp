#include "demo/emulatorserver.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>

namespace casement::demo {

namespace {

constexpr QByteArrayView targetPrefix = "AWSSupport_20130415.";
constexpr QByteArrayView elsewhere = "/elsewhere";

const char *hotelPage =
    "<!DOCTYPE html>\n<html><head><title>Guest network</title></head><body><h1>Welcome to the hotel</h1>"
    "<p>Please accept the terms to use the Internet.</p></body></html>\n";

/// The operation that a request is about, as it is counted and as faults name it.
QByteArray operationOf(const HttpRequestMessage &request)
{
    if (request.path.startsWith("/uploads/"))
        return "PutPart";
    if (request.path.startsWith("/downloads/"))
        return "GetFile";
    if (request.path == elsewhere)
        return "Elsewhere";
    if (const QByteArray operation = EmulatorIdentity::operationOf(request); !operation.isEmpty())
        return operation;
    const QByteArray target = request.header("X-Amz-Target");
    return target.mid(target.lastIndexOf('.') + 1).left(64);
}

bool isBesideSupport(const QByteArray &operation)
{
    return operation == "GetCallerIdentity" || operation == "AssumeRole" || operation == "ListAccounts";
}

} // namespace

EmulatorServer::EmulatorServer(DemoData data, const EmulatorSettings &settings, std::shared_ptr<FaultPlan> faults,
                               std::shared_ptr<TrafficCounter> traffic, Clock clock, QObject *parent)
    : QObject(parent), m_emulator(std::move(data), settings),
      m_identity(m_emulator, [this](const QString &accessKeyId) { return findKeys(accessKeyId); }),
      m_signatures([this](const QString &accessKeyId) { return findKeys(accessKeyId); }, "support"),
      m_faults(std::move(faults)), m_traffic(std::move(traffic)),
      m_clock(clock ? std::move(clock) : Clock(&QDateTime::currentMSecsSinceEpoch))
{
    m_server.setParent(this); // moves and ends with this
    m_eventTimer.setParent(this);
    m_eventTimer.setSingleShot(true);
    connect(&m_server, &QTcpServer::newConnection, this, &EmulatorServer::accept);
    connect(&m_eventTimer, &QTimer::timeout, this, [this] {
        m_emulator.advance(serviceTime());
        schedule();
    });
}

bool EmulatorServer::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress::LocalHost, port))
        return false;
    m_emulator.setBaseUrl(endpoint());
    return true;
}

QString EmulatorServer::endpoint() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }

void EmulatorServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection())
        new HttpConnection(
            socket, [this](const HttpRequestMessage &request) { return handle(request); }, this);
}

std::optional<KnownKeys> EmulatorServer::findKeys(const QString &accessKeyId) const
{
    if (const DemoAccount *account = m_emulator.accountOf(accessKeyId)) {
        return KnownKeys{account->accessKeyId, account->secretAccessKey.toLatin1(), {}, {}, account->region.toLatin1()};
    }
    for (const KnownKeys &keys : m_extraKeys) {
        if (keys.accessKeyId == accessKeyId)
            return keys;
    }
    return m_identity.sessionKeys(accessKeyId);
}

/// Of the account that asks, from 0 on; 0 of one that is not known.
qsizetype EmulatorServer::numberOf(const HttpRequestMessage &request) const
{
    const sigv4::Authorization parts = sigv4::parseAuthorization(request.header("Authorization"));
    const QList<DemoAccount> &accounts = m_emulator.accounts();
    const auto at = std::find_if(accounts.begin(), accounts.end(), [&parts](const DemoAccount &account) {
        return account.accessKeyId == QLatin1StringView(parts.accessKeyId);
    });
    return at == accounts.end() ? 0 : at - accounts.begin();
}

/// What the service takes for the time: right unless a fault says otherwise.
qint64 EmulatorServer::serviceTime() const { return m_clock() + m_faults->skew().count(); }

void EmulatorServer::schedule()
{
    const std::optional<qint64> next = m_emulator.nextEvent();
    if (next)
        m_eventTimer.start(std::chrono::milliseconds(std::clamp<qint64>(*next - serviceTime(), 0, 60'000)));
}

void EmulatorServer::addCommonHeaders(HttpResponseMessage &message) const
{
    message.headers.append({"Date", httpDate(serviceTime())});
    message.headers.append({"x-amzn-RequestId", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)});
}

HttpResponseMessage EmulatorServer::response(const EmulatorAnswer &answer) const
{
    HttpResponseMessage message;
    message.status = answer.status;
    message.headers = {{"Content-Type", "application/x-amz-json-1.1"}};
    message.body = answer.body;
    addCommonHeaders(message);
    return message;
}

HttpDelivery EmulatorServer::handle(const HttpRequestMessage &request)
{
    const QByteArray operation = operationOf(request);
    m_traffic->count(operation);
    const RequestFaults faults = m_faults->next(operation, m_clock(), numberOf(request));
    HttpDelivery delivery;
    if (!faults.answer || faults.answer->done) {
        if (operation == "PutPart" || operation == "GetFile") {
            delivery = handleLink(request, faults);
        } else if (request.path != "/") {
            delivery.response = response({404, "{}", "NotFound"});
        } else if (request.method == "POST" && !EmulatorIdentity::operationOf(request).isEmpty()) {
            delivery.response = m_identity.answer(operation, request, serviceTime(), faults);
            addCommonHeaders(delivery.response);
        } else {
            const bool isKnownTarget =
                request.method == "POST" && request.header("X-Amz-Target") == targetPrefix.toByteArray() + operation;
            delivery.response = response(perform(operation, request, faults, isKnownTarget));
        }
        schedule();
    }
    if (faults.answer)
        applyFault(*faults.answer, operation, delivery);
    delivery.delay = faults.delay;
    delivery.drip = faults.drip;
    return delivery;
}

EmulatorAnswer EmulatorServer::perform(const QByteArray &operation, const HttpRequestMessage &request,
                                       const RequestFaults &faults, bool isKnownTarget)
{
    if (!isKnownTarget)
        return refused("UnknownOperationException", {});
    QString accessKeyId;
    if (const auto refusal = m_signatures.check(request, serviceTime(), accessKeyId))
        return refused(refusal->code, refusal->message);
    if (faults.credentialsExpired) {
        return refused("ExpiredTokenException",
                       QStringLiteral("The security token included in the request is expired"));
    }
    if (const QString ofRole = m_identity.accountKeyOf(accessKeyId); !ofRole.isEmpty())
        accessKeyId = ofRole;
    if (!m_emulator.accountOf(accessKeyId))
        accessKeyId = m_emulator.accounts().constFirst().accessKeyId; // temporary keys
    return m_emulator.call(operation, request.body, accessKeyId, serviceTime(), faults);
}

HttpDelivery EmulatorServer::handleLink(const HttpRequestMessage &request, const RequestFaults &faults)
{
    LinkAnswer answer;
    const bool isUpload = request.path.startsWith("/uploads/");
    if (isUpload && request.method == "PUT")
        answer = m_emulator.put(request.path, request.query, request.body, serviceTime(), faults);
    else if (!isUpload && (request.method == "GET" || request.method == "HEAD"))
        answer = m_emulator.get(request.path, request.query, request.header("Range"), serviceTime(), faults);
    else
        answer = linkRefused(405, "MethodNotAllowed", QStringLiteral("The specified method is not allowed."));
    HttpDelivery delivery;
    delivery.response.status = answer.status;
    delivery.response.headers = answer.headers;
    delivery.response.body = answer.body;
    delivery.file = answer.attachment;
    delivery.fileOffset = answer.offset;
    delivery.fileLength = answer.length;
    addCommonHeaders(delivery.response);
    return delivery;
}

/// Puts the fault in the place of the answer, or does it to the answer.
void EmulatorServer::applyFault(const Fault &fault, const QByteArray &operation, HttpDelivery &delivery) const
{
    HttpResponseMessage &message = delivery.response;
    const auto replaceBy = [&](int status, const QByteArray &type, const QByteArray &body) {
        delivery.file.reset();
        message = {};
        message.status = status;
        message.headers = {{"Content-Type", type}};
        message.body = body;
        addCommonHeaders(message);
    };
    const QByteArray json = "application/x-amz-json-1.1";
    if (isBesideSupport(operation) && (fault.kind == FaultKind::Deny || fault.kind == FaultKind::Throttle)) {
        message = fault.kind == FaultKind::Deny
            ? EmulatorIdentity::refusal(operation, "AccessDeniedException",
                                        QStringLiteral("You don't have permissions to access this resource."))
            : EmulatorIdentity::refusal(operation, "TooManyRequestsException", QStringLiteral("Rate exceeded"));
        addCommonHeaders(message);
        return;
    }
    switch (fault.kind) {
    case FaultKind::Throttle:
    case FaultKind::Rate:
        message = response(refused("ThrottlingException", QStringLiteral("Rate exceeded")));
        break;
    case FaultKind::Deny:
        message = response(
            refused("AccessDeniedException",
                    QStringLiteral("User: arn:aws:iam::111122223333:user/demo is not authorized to perform: support:%1 "
                                   "on resource: * because no identity-based policy allows the support:%1 action")
                        .arg(QString::fromLatin1(operation))));
        break;
    case FaultKind::Plan:
        message =
            response(refused("SubscriptionRequiredException",
                             QStringLiteral("Amazon Web Services Premium Support Subscription is required to use this "
                                            "service.")));
        break;
    case FaultKind::Status:
        replaceBy(fault.status, "text/plain", fault.status == 429 ? "Too many requests\n" : QByteArray());
        break;
    case FaultKind::Html:
        replaceBy(200, "text/html; charset=utf-8", hotelPage);
        break;
    case FaultKind::Garbage:
        replaceBy(200, json, QByteArray("\x00\xff\x13{\"cases\": [\xc3\x28 <<<", 19));
        break;
    case FaultKind::NotJson:
        replaceBy(200, json, "null");
        break;
    case FaultKind::Cut:
        message.body.truncate(message.body.size() / 2);
        break;
    case FaultKind::BadGzip: {
        // qCompress puts four bytes of length before a zlib stream; behind a gzip header it is cut and lies about
        // itself.
        const QByteArray stream = qCompress(message.body).mid(6);
        message.body = QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10) + stream.left(stream.size() / 2);
        message.headers.append(HttpHeader{"Content-Encoding", "gzip"});
        break;
    }
    case FaultKind::Redirect: {
        replaceBy(307, "text/plain", {});
        const QByteArray port = QByteArray::number(m_server.serverPort());
        message.headers.append({"Location", "http://localhost:" + port + elsewhere.toByteArray()});
        break;
    }
    case FaultKind::Truncate:
        delivery.manner = HttpDelivery::Manner::Truncated;
        break;
    case FaultKind::Drop:
        delivery.manner = HttpDelivery::Manner::Dropped;
        break;
    case FaultKind::Reset:
        delivery.manner = fault.what == "inside" ? HttpDelivery::Manner::BrokenOff : HttpDelivery::Manner::Reset;
        break;
    case FaultKind::Hang:
        delivery.manner = HttpDelivery::Manner::Hanging;
        break;
    case FaultKind::Delay:
    case FaultKind::Slow:
    case FaultKind::RepeatToken:
    case FaultKind::Expire:
    case FaultKind::Skew:
    case FaultKind::FailUpload:
        break;
    }
}

} // namespace casement::demo
