#include "aws/sources/environmentsource.h"

#include "aws/configfile.h"

namespace casement {

QString EnvironmentSource::name() const { return QStringLiteral("environment"); }

void EnvironmentSource::fetch(QObject *, Callback callback)
{
    const Setting id = environmentSetting(m_environment, QStringLiteral("AWS_ACCESS_KEY_ID"));
    const Setting secret = environmentSetting(m_environment, QStringLiteral("AWS_SECRET_ACCESS_KEY"));
    if (id.value.isEmpty())
        return callback(std::optional<Credentials>());
    if (secret.value.isEmpty()) {
        return callback(Error{.kind = Error::Kind::NoCredentials,
                              .message = QStringLiteral(
                                  "the environment variable AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not")});
    }
    Setting token = environmentSetting(m_environment, QStringLiteral("AWS_SESSION_TOKEN"));
    if (token.value.isEmpty())
        token = environmentSetting(m_environment, QStringLiteral("AWS_SECURITY_TOKEN"));
    for (const Setting &setting : {id, secret, token}) {
        if (const QString why = whyNoKey(setting.value); !why.isEmpty()) {
            return callback(
                Error{.kind = Error::Kind::CredentialsFile, .message = QStringLiteral("%1 %2").arg(setting.name, why)});
        }
    }

    Credentials credentials(id.value, secret.value, token.value);
    credentials.source = name();
    credentials.accountId = m_environment.value(QStringLiteral("AWS_ACCOUNT_ID"));
    const QString expiry = m_environment.value(QStringLiteral("AWS_CREDENTIAL_EXPIRATION"));
    if (!expiry.isEmpty())
        credentials.expiry = QDateTime::fromString(expiry, Qt::ISODateWithMs).toUTC();
    callback(std::optional(credentials));
}

} // namespace casement
