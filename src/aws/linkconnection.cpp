#include "aws/linkconnection.h"

#include "aws/localcode.h"
#include "aws/loopback.h"
#include "base/log.h"

#include <QPointer>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestRefusal = 64 << 10; // of S3 and CloudFront: some lines of XML

QLatin1StringView domainOf(const QString &partition)
{
    return partition == "aws-cn"_L1 ? ".amazonaws.com.cn"_L1 : ".amazonaws.com"_L1;
}

Error foreign(const QString &why)
{
    return {.kind = Error::Kind::Refused, .code = localcode::foreignLink, .message = why};
}

/// What the transport says of a mishap may hold the whole URL, and that is a secret: its kind has to do.
Error withoutUrl(const Error &error, const QUrl &url)
{
    Error told = error;
    told.host = url.host();
    if (told.kind != Error::Kind::Tls && told.kind != Error::Kind::File && told.kind != Error::Kind::CredentialsFile)
        told.message.clear();
    return told;
}

} // namespace

Result<QUrl> attachmentUrl(const QString &link, const Endpoint &endpoint)
{
    if (link.size() > 16 * 1024)
        return foreign(u"the link is longer than a link can be"_s);
    for (const QChar character : link) {
        if (character.unicode() <= 0x20 || character.unicode() >= 0x7f || character == u'\\')
            return foreign(u"the link holds characters that no link has"_s);
    }
    const QUrl url(link, QUrl::StrictMode);
    const QString host = url.host();
    if (!url.isValid() || host.isEmpty() || !url.userInfo().isEmpty() || link.contains(u'@') || url.hasFragment())
        return foreign(u"the link is no address of a file"_s);
    const bool encrypted = url.scheme() == "https"_L1;
    const QString own = endpoint.url.host();
    if (endpoint.custom && (host == own || (isLoopbackHost(host) && isLoopbackHost(own)))) {
        // Who encrypts what is asked of the service must not lose that for a file.
        if (encrypted || (url.scheme() == "http"_L1 && isLoopbackHost(host) && endpoint.url.scheme() == "http"_L1))
            return url;
        return foreign(u"the link to %1 is not encrypted"_s.arg(host));
    }
    const QString suffix =
        u".attachments.support."_s + QString::fromLatin1(endpoint.signingRegion) + domainOf(endpoint.partition);
    if (!host.endsWith(suffix))
        return foreign(u"the link leads to %1"_s.arg(host));
    if (!encrypted)
        return foreign(u"the link to %1 is not encrypted"_s.arg(host));
    if (url.port(443) != 443)
        return foreign(u"the link to %1 leads to port %2; AWS has its files at 443"_s.arg(host).arg(url.port()));
    return url;
}

LinkConnection::LinkConnection(const Endpoint &endpoint, std::unique_ptr<Transport> transport, QObject *parent)
    : QObject(parent), m_endpoint(endpoint), m_transport(std::move(transport))
{
}

LinkConnection::~LinkConnection() = default;

void LinkConnection::follow(const LinkRequest &request, QObject *context, LinkCallback callback)
{
    const Result<QUrl> url = attachmentUrl(request.link, m_endpoint);
    if (!url) {
        QMetaObject::invokeMethod(
            context, [callback = std::move(callback), error = url.error()] { callback(error); }, Qt::QueuedConnection);
        return;
    }
    HttpRequest wire;
    wire.url = *url;
    wire.method = request.sink ? "GET" : "PUT";
    wire.body = request.body;
    wire.rewindable = true;
    wire.sink = request.sink;
    wire.onSent = request.onSent;
    wire.idleLimit = request.idleLimit;
    wire.totalLimit = request.totalLimit;
    if (!request.sink)
        wire.largestAnswer = largestRefusal;
    if (request.from > 0) {
        wire.headers.append({"Range", "bytes=" + QByteArray::number(request.from) + '-'});
        if (request.eTag.startsWith('"')) // a weak one says nothing of bytes
            wire.headers.append({"If-Range", request.eTag});
    }
    // What the sink wants to hear of goes with the context: both end here.
    auto *watch = new QObject(this);
    const Transport::Id id = m_transport->send(wire,
                                               [this, watch, guard = QPointer<QObject>(context), request, url = *url,
                                                callback = std::move(callback)](HttpAnswer &&answer) {
                                                   delete watch;
                                                   const Result<LinkAnswer> judged = judge(answer, request, url);
                                                   qCDebug(logHttp).noquote()
                                                       << (request.sink ? "GET" : "PUT") << url.host() << "status"
                                                       << answer.status << "ms" << answer.duration.count();
                                                   if (guard)
                                                       callback(judged);
                                               });
    connect(context, &QObject::destroyed, watch, [this, watch, id] {
        m_transport->abort(id);
        watch->deleteLater();
    });
}

Result<LinkAnswer> LinkConnection::judge(const HttpAnswer &answer, const LinkRequest &request, const QUrl &url) const
{
    const auto failed = [&](Error::Kind kind, QLatin1StringView code, const QString &message) {
        return Error{.kind = kind, .code = code, .message = message, .host = url.host(), .httpStatus = answer.status};
    };
    if (answer.error.kind != Error::Kind::None)
        return withoutUrl(answer.error, url);
    if (answer.status == 200 || (answer.status == 206 && request.sink)) // which part it is the sink has seen
        return LinkAnswer{answer.status, answer.header("etag")};
    if (answer.status >= 300 && answer.status < 400)
        return failed(Error::Kind::Redirected, {}, {});
    if (answer.status == 408 || answer.status == 429 || answer.status >= 500)
        return failed(Error::Kind::Unavailable, {}, u"HTTP status %1"_s.arg(answer.status));
    if (answer.status >= 400)
        return failed(Error::Kind::Refused, localcode::linkRefused, u"HTTP status %1"_s.arg(answer.status));
    return failed(Error::Kind::BadAnswer, {}, u"HTTP status %1"_s.arg(answer.status));
}

} // namespace casement
