#include "aws/sources/environmentsource.h"

namespace casement {

QString EnvironmentSource::name() const { return QStringLiteral("environment"); }

void EnvironmentSource::fetch(QObject *, Callback callback)
{
    const QString id = m_environment.value(QStringLiteral("AWS_ACCESS_KEY_ID"));
    const QString secret = m_environment.value(QStringLiteral("AWS_SECRET_ACCESS_KEY"));
    if (id.isEmpty())
        return callback(std::optional<Credentials>());
    if (secret.isEmpty()) {
        return callback(Error{.kind = Error::Kind::NoCredentials,
                              .message = QStringLiteral("AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not")});
    }
    QString token = m_environment.value(QStringLiteral("AWS_SESSION_TOKEN"));
    if (token.isEmpty())
        token = m_environment.value(QStringLiteral("AWS_SECURITY_TOKEN"));

    Credentials credentials(id, secret, token);
    credentials.source = name();
    credentials.accountId = m_environment.value(QStringLiteral("AWS_ACCOUNT_ID"));
    const QString expiry = m_environment.value(QStringLiteral("AWS_CREDENTIAL_EXPIRATION"));
    if (!expiry.isEmpty())
        credentials.expiry = QDateTime::fromString(expiry, Qt::ISODateWithMs).toUTC();
    callback(std::optional(credentials));
}

} // namespace casement
