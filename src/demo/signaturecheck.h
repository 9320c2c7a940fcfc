#pragma once

#include "aws/sigv4.h"
#include "demo/httpmessage.h"

#include <QDateTime>
#include <QString>

#include <functional>
#include <optional>

namespace casement::demo {

/// Keys that the service knows.
struct KnownKeys
{
    QString accessKeyId;
    QByteArray secretAccessKey;
    QByteArray sessionToken; ///< empty for long-lived keys
    QDateTime expiry; ///< of temporary keys; invalid: never
    QByteArray region; ///< which the scope must name
};

/// Why a request is not let in: the service's code and words.
struct SignatureRefusal
{
    QByteArray code;
    QString message;
};

/// Recomputes the signature of each request from what arrived, as AWS does, and refuses wrong, late, altered and
/// unsigned ones. Header signatures of SigV4 only.
///
/// Codes: MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
/// InvalidSignatureException, ExpiredTokenException; api-facts.md §2 and §14.
class SignatureCheck
{
public:
    static constexpr qint64 window = 15 * 60; ///< seconds, each way

    /// Looks keys up by access key id.
    using FindKeys = std::function<std::optional<KnownKeys>(const QString &accessKeyId)>;

    SignatureCheck(FindKeys findKeys, QByteArray service)
        : m_findKeys(std::move(findKeys)), m_service(std::move(service))
    {
    }

    /// The access key id the request is signed with, in `accessKeyId`, or why it is refused. `nowMsecs` is the
    /// service's clock.
    std::optional<SignatureRefusal> check(const HttpRequestMessage &request, qint64 nowMsecs, QString &accessKeyId);

private:
    FindKeys m_findKeys;
    QByteArray m_service;
    sigv4::SigningKeyCache m_cache;
};

} // namespace casement::demo
