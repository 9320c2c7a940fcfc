#pragma once

#include "aws/credentials.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QRandomGenerator>

#include <array>

/// AWS Signature Version 4 by the Authorization header, as pure functions; the same as botocore's SigV4Auth.
/// Source: AWS General Reference, "Signing AWS API requests"; botocore/auth.py.
namespace casement::sigv4 {

/// A header line. Names are compared without case.
struct Header
{
    QByteArray name;
    QByteArray value;
};

/// What is signed. `path` and `query` are as they stand on the wire, percent-encoded, `query` without its `?`.
struct Request
{
    QByteArray method = "POST";
    QByteArray path = "/";
    QByteArray query;
    /// The headers to sign: `host` (with the port when it isn't the scheme's own) and whatever else must not be changed
    /// on the way. sign() adds `x-amz-date` and `x-amz-security-token`. Order and case don't matter.
    QList<Header> headers;
    /// sha256Hex() of the body.
    QByteArray payloadHash;
};

/// Keeps the derived key of a day, region, service and secret, which costs more than all the rest of a signature.
/// One owner, one thread; the secret itself is not kept.
class SigningKeyCache
{
public:
    using Key = std::array<unsigned char, 32>;
    const Key &key(QByteArrayView secret, QByteArrayView day, QByteArrayView region, QByteArrayView service);
    void clear();

private:
    QByteArray m_day;
    QByteArray m_region;
    QByteArray m_service;
    size_t m_seed = size_t(QRandomGenerator::global()->generate64());
    size_t m_secretHash = 0;
    Key m_key{};
};

struct Signature
{
    QByteArray amzDate; ///< value of `X-Amz-Date`: `20261121T010203Z`
    QByteArray signedHeaders; ///< `content-type;host;x-amz-date`
    QByteArray signature; ///< 64 hexadecimal digits
    QByteArray authorization; ///< value of `Authorization`
};

/// Signs a request. The caller sends `X-Amz-Date`, `X-Amz-Security-Token` when there is a session token, and
/// `Authorization`. `region` and `service` are the scope's, never guessed from a host. `secondsUtc` is the time since
/// 1970.
Signature sign(const Request &request, const Credentials &credentials, QByteArrayView region, QByteArrayView service,
               qint64 secondsUtc, SigningKeyCache &cache);

/// The value of `X-Amz-Date` for a time since 1970.
QByteArray amzDate(qint64 secondsUtc);

/// 64 lower-case hexadecimal digits.
QByteArray sha256Hex(QByteArrayView data);

/// The canonical request, whose digest is signed; `signedHeaders` are names separated by `;`, lower case and sorted.
/// Repeated headers are joined with a comma; a name that is not in `headers` counts as an empty value.
QByteArray canonicalRequest(const Request &request, QByteArrayView signedHeaders);

/// The other side: the parts of an `Authorization` header.
struct Authorization
{
    QByteArray accessKeyId;
    QByteArray day; ///< `20261121`
    QByteArray region;
    QByteArray service;
    QByteArray signedHeaders;
    QByteArray signature;
    bool isValid() const { return !signature.isEmpty(); }
};
/// Takes the header apart; not valid when it is not SigV4 or a part is missing.
Authorization parseAuthorization(QByteArrayView header);

/// The signature that a request with these raw headers must carry. `request.headers` are all headers as received;
/// `amzDate` is the value of `X-Amz-Date`, whose first eight characters are the day of the scope.
QByteArray expectedSignature(const Request &request, QByteArrayView signedHeaders, QByteArrayView secretAccessKey,
                             QByteArrayView region, QByteArrayView service, QByteArrayView amzDate,
                             SigningKeyCache &cache);

} // namespace casement::sigv4
