#include "aws/httperrors.h"

#include "aws/localcode.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslKey>

#include <algorithm>

namespace casement {

namespace {

// OpenSSL refuses keys of less than 112 bits of security, and Qt has no word for that.
QString weakKey(const QSslCertificate &certificate)
{
    const QSslKey key = certificate.publicKey();
    const int least = key.algorithm() == QSsl::Ec ? 224 : 2048;
    return key.isNull() || key.length() >= least
        ? QString()
        : QStringLiteral("its key of %1 bits is too weak to be safe").arg(key.length());
}

} // namespace

Error::Kind kindOfNetworkError(QNetworkReply::NetworkError error, bool bodyLeft)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return Error::Kind::CannotConnect;
    case QNetworkReply::HostNotFoundError:
        return Error::Kind::HostNotFound;
    case QNetworkReply::TimeoutError:
        return bodyLeft ? Error::Kind::TimedOut : Error::Kind::CannotConnect;
    case QNetworkReply::SslHandshakeFailedError:
        return Error::Kind::Tls;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return Error::Kind::Proxy;
    case QNetworkReply::UnknownContentError:
        return Error::Kind::BadAnswer;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolUnknownError:
        return Error::Kind::BadAnswer;
    default:
        return bodyLeft ? Error::Kind::Dropped : Error::Kind::CannotConnect;
    }
}

Error certificateError(const QList<QSslError> &errors)
{
    QStringList texts;
    int first = 5;
    QLatin1StringView code;
    for (const QSslError &error : errors) {
        const auto found = [&](int rank, QLatin1StringView name) {
            if (rank < first)
                code = name;
            first = std::min(first, rank);
        };
        QString text = error.errorString();
        switch (error.error()) {
        case QSslError::CertificateExpired:
            found(0, localcode::certificateExpired);
            break;
        case QSslError::CertificateNotYetValid:
            found(1, localcode::certificateNotYetValid);
            break;
        case QSslError::HostNameMismatch:
            found(2, localcode::otherHost);
            break;
        case QSslError::UnableToGetIssuerCertificate:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::CertificateUntrusted:
            found(4, localcode::unknownAuthority);
            break;
        case QSslError::UnspecifiedError:
            if (const QString weak = weakKey(error.certificate()); !weak.isEmpty()) {
                text = weak;
                found(3, localcode::weakKey);
            }
            break;
        default:
            break;
        }
        if (!texts.contains(text))
            texts.append(text);
    }
    return {.kind = Error::Kind::Tls, .code = code, .message = texts.join(QLatin1StringView(". "))};
}

Error handshakeError(const QString &said)
{
    Error error{.kind = Error::Kind::Tls, .code = localcode::noHandshake, .message = said};
    const auto says = [&said](const char *words) { return said.contains(QLatin1StringView(words)); };
    if (says("unsupported protocol") || says("alert protocol version")) {
        error.code = localcode::oldTls;
        error.message = QStringLiteral("it speaks only a TLS older than 1.2, which is not safe");
    } else if (says("wrong version number") || says("http request") || says("packet length too long")) {
        error.message = QStringLiteral("what answers there does not speak TLS");
    }
    return error;
}

bool isWholeAnswer(int status, QNetworkReply::NetworkError error)
{
    if (error == QNetworkReply::NoError)
        return true;
    if (status >= 300 && status < 400)
        return true; // Qt would rewind the body even of a redirect that it is told not to follow
    if (status < 400)
        return false;
    return error != QNetworkReply::ContentReSendError && error != QNetworkReply::ProxyAuthenticationRequiredError
        && error > QNetworkReply::UnknownProxyError;
}

} // namespace casement
