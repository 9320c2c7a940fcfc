#include "aws/sources/sts.h"

#include "aws/serviceerror.h"

#include <QUrl>
#include <QXmlStreamReader>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// `application/x-www-form-urlencoded`, with the characters that AWS leaves alone.
QByteArray formOf(const QList<std::pair<const char *, QString>> &members)
{
    QByteArray form;
    for (const auto &[name, value] : members) {
        if (value.isEmpty())
            continue;
        if (!form.isEmpty())
            form += '&';
        form += name;
        form += '=';
        form += QUrl::toPercentEncoding(value);
    }
    return form;
}

/// `<ErrorResponse><Error><Code>…</Code><Message>…`, as an Error; by the status alone when there is none in it.
Error roleError(const HttpAnswer &answer)
{
    Error error{.kind = answer.status >= 500 ? Error::Kind::Unavailable : Error::Kind::Refused,
                .httpStatus = answer.status};
    QXmlStreamReader xml(answer.body);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "Code"_L1)
            error.code = xml.readElementText(QXmlStreamReader::SkipChildElements);
        else if (xml.name() == "Message"_L1)
            error.message = xml.readElementText(QXmlStreamReader::SkipChildElements);
        else if (xml.name() == "RequestId"_L1)
            error.requestId = xml.readElementText(QXmlStreamReader::SkipChildElements);
    }
    if (error.code.isEmpty())
        error.kind = error.kind == Error::Kind::Unavailable ? error.kind : Error::Kind::NotTheService;
    return error;
}

} // namespace

Result<Credentials> readRole(const QByteArray &xml)
{
    QString id;
    QString secret;
    QString token;
    QString expiration;
    QXmlStreamReader reader(xml);
    bool inKeys = false;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isEndElement() && reader.name() == "Credentials"_L1)
            inKeys = false;
        if (!reader.isStartElement())
            continue;
        if (reader.name() == "Credentials"_L1) {
            inKeys = true;
        } else if (inKeys) {
            const QString name = reader.name().toString();
            const QString value = reader.readElementText(QXmlStreamReader::SkipChildElements);
            if (name == "AccessKeyId"_L1)
                id = value;
            else if (name == "SecretAccessKey"_L1)
                secret = value;
            else if (name == "SessionToken"_L1)
                token = value;
            else if (name == "Expiration"_L1)
                expiration = value;
        }
    }
    const QDateTime expiry = QDateTime::fromString(expiration, Qt::ISODateWithMs).toUTC();
    if (reader.hasError() || id.isEmpty() || secret.isEmpty() || token.isEmpty() || !expiry.isValid())
        return Error{.kind = Error::Kind::BadAnswer, .message = u"STS answered without whole keys"_s};
    for (const QString &part : {id, secret, token}) {
        if (const QString why = whyNoKey(part); !why.isEmpty())
            return Error{.kind = Error::Kind::BadAnswer, .message = u"STS answered a key that %1"_s.arg(why)};
    }
    Credentials keys(id, secret, token);
    keys.expiry = expiry;
    return keys;
}

Transport::Id assumeRole(const RoleRequest &role, const Credentials &from, const Endpoint &endpoint, qint64 now,
                         Transport &transport, std::function<void(const Result<Credentials> &keys)> done)
{
    const bool isWeb = !role.webIdentityToken.isEmpty();
    const QString operation = isWeb ? u"AssumeRoleWithWebIdentity"_s : u"AssumeRole"_s;
    HttpRequest request;
    request.url = endpoint.url;
    request.body =
        formOf({{"Action", operation},
                {"Version", u"2011-06-15"_s},
                {"RoleArn", role.roleArn},
                {"RoleSessionName", role.sessionName},
                {"DurationSeconds", role.durationSeconds ? QString::number(role.durationSeconds) : QString()},
                {"ExternalId", role.externalId},
                {"SerialNumber", role.serialNumber},
                {"TokenCode", role.tokenCode},
                {"WebIdentityToken", role.webIdentityToken}});
    request.largestAnswer = 1 << 20;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    if (!isWeb) {
        sigv4::SigningKeyCache cache;
        sigv4::Request toSign{.path = endpoint.path, .payloadHash = sigv4::sha256Hex(request.body)};
        toSign.headers = request.headers;
        toSign.headers.append({"Host", endpoint.hostHeader});
        const sigv4::Signature signature = sigv4::sign(toSign, from, endpoint.signingRegion, "sts", now, cache);
        request.headers.append({"X-Amz-Date", signature.amzDate});
        if (!from.sessionToken().isEmpty())
            request.headers.append({"X-Amz-Security-Token", from.sessionToken()});
        request.headers.append({"Authorization", signature.authorization});
    }
    const QString host = QString::fromLatin1(endpoint.hostHeader);
    return transport.send(request, [operation, host, done = std::move(done)](HttpAnswer &&answer) {
        Result<Credentials> keys = answer.error.kind != Error::Kind::None ? Result<Credentials>(answer.error)
            : answer.status == 200                                        ? readRole(answer.body)
                                                                          : Result<Credentials>(roleError(answer));
        if (keys)
            return done(keys);
        Error error = keys.error();
        error.operation = operation;
        error.host = host;
        done(error);
    });
}

} // namespace casement
