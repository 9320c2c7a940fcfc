#include "support/client.h"

namespace casement {

Client::Client(ServiceConnection &connection, QObject *parent) : QObject(parent), m_connection(connection) { }

Error Client::badAnswer(Error error, const char *operation, const QString &requestId, bool repeatable)
{
    error.operation = QString::fromLatin1(operation);
    error.requestId = requestId;
    error.httpStatus = 200;
    error.effect = repeatable ? Error::Effect::None : Error::Effect::Unknown;
    return error;
}

Error Client::takenForReal(const char *operation, const QString &requestId)
{
    return {.kind = Error::Kind::BadAnswer,
            .effect = Error::Effect::Unknown,
            .code = rehearsalTaken,
            .message = QStringLiteral("the service took the rehearsal (dryRun) for real"),
            .operation = QString::fromLatin1(operation),
            .requestId = requestId,
            .httpStatus = 200};
}

bool Client::isTokenRefused(const Error &error)
{
    return error.kind == Error::Kind::Refused
        && (isCode(error.code, QLatin1StringView("ValidationException"))
            || isCode(error.code, QLatin1StringView("InvalidParameterValue"))
            || isCode(error.code, QLatin1StringView("InvalidNextToken")))
        && error.message.contains(QLatin1StringView("token"), Qt::CaseInsensitive);
}

} // namespace casement
