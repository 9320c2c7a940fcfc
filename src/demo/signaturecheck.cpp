#include "demo/signaturecheck.h"

#include <QTimeZone>

namespace casement::demo {

namespace {

QByteArray amzTime(qint64 seconds) { return sigv4::amzDate(seconds); }

/// Seconds since 1970 of `20261121T010203Z`, or nothing.
std::optional<qint64> secondsOf(const QByteArray &amzDate)
{
    if (amzDate.size() != 16 || amzDate.at(8) != 'T' || amzDate.at(15) != 'Z')
        return std::nullopt;
    QDateTime time = QDateTime::fromString(QString::fromLatin1(amzDate), QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return time.toSecsSinceEpoch();
}

/// Compares in a time that doesn't tell where the first difference is.
bool sameSecret(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    uchar difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= uchar(a[i]) ^ uchar(b[i]);
    return difference == 0;
}

SignatureRefusal incomplete(const QString &message) { return {"IncompleteSignatureException", message}; }
SignatureRefusal invalid(const QString &message) { return {"InvalidSignatureException", message}; }

} // namespace

std::optional<SignatureRefusal> SignatureCheck::check(const HttpRequestMessage &request, qint64 nowMsecs,
                                                      QString &accessKeyId)
{
    const QByteArray header = request.header("Authorization");
    if (header.isEmpty())
        return SignatureRefusal{"MissingAuthenticationTokenException", QStringLiteral("Missing Authentication Token")};

    const sigv4::Authorization parts = sigv4::parseAuthorization(header);
    if (!parts.isValid()) {
        return incomplete(
            QStringLiteral("Authorization header requires 'Credential' parameter. Authorization header requires "
                           "'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."));
    }
    const QByteArray amzDate = request.header("X-Amz-Date");
    const std::optional<qint64> signedAt = secondsOf(amzDate);
    if (!signedAt) {
        return incomplete(
            QStringLiteral("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."));
    }
    const QList<QByteArray> signedNames = parts.signedHeaders.split(';');
    if (!signedNames.contains("host"))
        return invalid(QStringLiteral("'Host' must be a 'SignedHeader' in the AWS Authorization."));
    for (const HttpHeader &line : request.headers) {
        const QByteArray name = line.name.toLower();
        if (name.startsWith("x-amz-") && !signedNames.contains(name))
            return invalid(QStringLiteral("There were headers present in the request which were not signed: %1")
                               .arg(QString::fromLatin1(name)));
    }

    const std::optional<KnownKeys> keys = m_findKeys(QString::fromLatin1(parts.accessKeyId));
    const QByteArray sessionToken = request.header("X-Amz-Security-Token");
    if (!keys || !sameSecret(sessionToken, keys->sessionToken)) {
        return SignatureRefusal{"UnrecognizedClientException",
                                QStringLiteral("The security token included in the request is invalid.")};
    }
    if (parts.region != keys->region) {
        return invalid(QStringLiteral("Credential should be scoped to a valid region, not '%1'.")
                           .arg(QString::fromLatin1(parts.region)));
    }
    if (parts.service != m_service) {
        return invalid(QStringLiteral("Credential should be scoped to correct service: '%1'.")
                           .arg(QString::fromLatin1(m_service)));
    }
    if (parts.day != amzDate.first(8)) {
        return invalid(
            QStringLiteral("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
                           "HTTP: '%1' != '%2', from '%3'.")
                .arg(QString::fromLatin1(parts.day), QString::fromLatin1(amzDate.first(8)),
                     QString::fromLatin1(amzDate)));
    }

    sigv4::Request wire;
    wire.method = request.method;
    wire.path = request.path;
    wire.query = request.query;
    wire.headers = request.headers;
    wire.payloadHash = sigv4::sha256Hex(request.body);
    const QByteArray expected = sigv4::expectedSignature(wire, parts.signedHeaders, keys->secretAccessKey, parts.region,
                                                         parts.service, amzDate, m_cache);
    if (!sameSecret(expected, parts.signature)) {
        return invalid(QStringLiteral("The request signature we calculated does not match the signature you provided. "
                                      "Check your AWS Secret Access "
                                      "Key and signing method. Consult the service documentation for details."));
    }

    const qint64 now = nowMsecs / 1000;
    if (*signedAt < now - window) {
        return invalid(QStringLiteral("Signature expired: %1 is now earlier than %2 (%3 - 15 min.)")
                           .arg(QString::fromLatin1(amzDate), QString::fromLatin1(amzTime(now - window)),
                                QString::fromLatin1(amzTime(now))));
    }
    if (*signedAt > now + window) {
        return invalid(QStringLiteral("Signature not yet current: %1 is still later than %2 (%3 + 15 min.)")
                           .arg(QString::fromLatin1(amzDate), QString::fromLatin1(amzTime(now + window)),
                                QString::fromLatin1(amzTime(now))));
    }
    if (keys->expiry.isValid() && keys->expiry.toMSecsSinceEpoch() <= nowMsecs) {
        return SignatureRefusal{"ExpiredTokenException",
                                QStringLiteral("The security token included in the request is expired")};
    }
    accessKeyId = keys->accessKeyId;
    return std::nullopt;
}

} // namespace casement::demo
