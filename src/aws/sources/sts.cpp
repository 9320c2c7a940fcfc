#include "aws/sources/sts.h"

#include "aws/localcode.h"
#include "aws/repeatingtransport.h"
#include "aws/retry.h"
#include "aws/serviceerror.h"

#include <QUrl>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString stsVersion = u"2011-06-15"_s;
constexpr qsizetype longestArn = 2048;
constexpr std::chrono::seconds identityLimit{15}; // of a question that others can do without

using StsForm = QList<std::pair<const char *, QString>>;

/// `application/x-www-form-urlencoded`, with the characters that AWS leaves alone.
QByteArray formOf(const StsForm &members)
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

HttpRequest stsRequest(const StsForm &form, const Credentials *keys, const Endpoint &endpoint, qint64 now)
{
    HttpRequest request;
    request.url = endpoint.url;
    request.body = formOf(form);
    request.largestAnswer = 1 << 20;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    if (!keys)
        return request;
    sigv4::SigningKeyCache cache;
    sigv4::Request toSign{.path = endpoint.path, .payloadHash = sigv4::sha256Hex(request.body)};
    toSign.headers = request.headers;
    toSign.headers.append({"Host", endpoint.hostHeader});
    const sigv4::Signature signature = sigv4::sign(toSign, *keys, endpoint.signingRegion, "sts", now, cache);
    request.headers.append({"X-Amz-Date", signature.amzDate});
    if (!keys->sessionToken().isEmpty())
        request.headers.append({"X-Amz-Security-Token", keys->sessionToken()});
    request.headers.append({"Authorization", signature.authorization});
    return request;
}

template <class Answer>
Transport::Id askSts(const HttpRequest &request, const QString &operation, const Endpoint &endpoint,
                     Transport &transport, Result<Answer> (*read)(const QByteArray &xml),
                     std::function<void(const Result<Answer> &)> done)
{
    const QString host = QString::fromLatin1(endpoint.hostHeader);
    return transport.send(request, [operation, host, read, done = std::move(done)](HttpAnswer &&answer) {
        Result<Answer> given = answer.error.kind != Error::Kind::None ? Result<Answer>(answer.error)
            : answer.status == 200                                    ? read(answer.body)
                                                                      : Result<Answer>(stsError(answer));
        if (given)
            return done(given);
        Error error = given.error();
        error.operation = operation;
        error.host = host;
        error.effect = Error::Effect::None; // keys are given out, and nothing is changed
        done(error);
    });
}

Result<QStringList> readIdentity(const QByteArray &xml)
{
    QString account;
    QString arn;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == "Account"_L1)
            account = reader.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
        else if (reader.name() == "Arn"_L1)
            arn = reader.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
    }
    const bool isNumber = account.size() == 12
        && std::all_of(account.begin(), account.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (reader.hasError() || !isNumber || !arn.startsWith("arn:"_L1) || arn.size() > longestArn)
        return Error{.kind = Error::Kind::BadAnswer, .message = u"STS answered without an identity"_s};
    return QStringList{account, arn};
}

} // namespace

Error stsError(const HttpAnswer &answer)
{
    Error error = serviceError(answer);
    const Error unread = error;
    error.code.clear();
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
    if (error.code.isEmpty()) {
        error = unread;
        if (error.kind == Error::Kind::Refused)
            error.kind = Error::Kind::NotTheService;
        return error;
    }
    error.kind = answer.status >= 500  ? Error::Kind::Unavailable
        : isThrottlingCode(error.code) ? Error::Kind::Throttled
                                       : Error::Kind::Refused;
    error.effect = answer.status >= 500 ? Error::Effect::Unknown : Error::Effect::None;
    return error;
}

std::unique_ptr<Transport> keysTransport(std::unique_ptr<Transport> transport)
{
    return std::make_unique<RepeatingTransport>(std::move(transport), &stsError);
}

bool refusesKeys(const Error &error)
{
    if (isExpiredToken(error))
        return true;
    constexpr std::array codes{"InvalidClientTokenId"_L1, "UnrecognizedClient"_L1, "SignatureDoesNotMatch"_L1};
    return std::any_of(codes.begin(), codes.end(), [&](QLatin1StringView code) { return isCode(error.code, code); });
}

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

Error roleRefusal(const Error &error, const QString &whose)
{
    if (error.kind != Error::Kind::Refused)
        return error;
    Error refusal = error;
    refusal.kind = Error::Kind::NoCredentials;
    refusal.code = isCode(error.code, "RegionDisabledException"_L1) ? localcode::stsRegionOff
        : refusesKeys(error)                                        ? localcode::roleKeysRefused
                                                                    : localcode::roleRefused;
    refusal.message = u"%1 refused %2: %3: %4"_s.arg(siblingOf(error), error.operation, error.code, error.message);
    if (!whose.isEmpty())
        refusal.message.prepend(whose + u": "_s);
    refusal.operation.clear();
    return refusal;
}

Transport::Id assumeRole(const RoleRequest &role, const Credentials &from, const Endpoint &endpoint, qint64 now,
                         Transport &transport, std::function<void(const Result<Credentials> &keys)> done)
{
    const bool isWeb = !role.webIdentityToken.isEmpty();
    const QString operation = isWeb ? u"AssumeRoleWithWebIdentity"_s : u"AssumeRole"_s;
    const StsForm form{{"Action", operation},
                       {"Version", stsVersion},
                       {"RoleArn", role.roleArn},
                       {"RoleSessionName", role.sessionName},
                       {"DurationSeconds", role.durationSeconds ? QString::number(role.durationSeconds) : QString()},
                       {"ExternalId", role.externalId},
                       {"SerialNumber", role.serialNumber},
                       {"TokenCode", role.tokenCode},
                       {"WebIdentityToken", role.webIdentityToken}};
    HttpRequest request = stsRequest(form, isWeb ? nullptr : &from, endpoint, now);
    request.repeatable = role.tokenCode.isEmpty(); // a code is good once
    return askSts<Credentials>(request, operation, endpoint, transport, &readRole, std::move(done));
}

Transport::Id callerIdentity(const Credentials &keys, const Endpoint &endpoint, qint64 now, Transport &transport,
                             std::function<void(const Result<QStringList> &numberAndArn)> done)
{
    const QString operation = u"GetCallerIdentity"_s;
    HttpRequest request = stsRequest({{"Action", operation}, {"Version", stsVersion}}, &keys, endpoint, now);
    request.idleLimit = request.totalLimit = identityLimit;
    request.repeatable = false; // so that nobody waits long for what STS can't say
    return askSts<QStringList>(request, operation, endpoint, transport, &readIdentity, std::move(done));
}

} // namespace casement
