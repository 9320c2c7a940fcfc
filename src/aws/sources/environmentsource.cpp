#include "aws/sources/environmentsource.h"

#include "aws/configfile.h"
#include "aws/localcode.h"
#include "aws/settingtext.h"

namespace casement {

QString EnvironmentSource::name() const
{
    // A secret alone is passed over, as AWS's programs do; who is told where keys were looked for should hear of it.
    const bool isHalf = environmentSetting(m_environment, QStringLiteral("AWS_ACCESS_KEY_ID")).value.isEmpty()
        && !environmentSetting(m_environment, QStringLiteral("AWS_SECRET_ACCESS_KEY")).value.isEmpty();
    return isHalf ? QStringLiteral("environment (AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not)")
                  : QStringLiteral("environment");
}

void EnvironmentSource::fetch(QObject *, Callback callback)
{
    const Setting id = environmentSetting(m_environment, QStringLiteral("AWS_ACCESS_KEY_ID"));
    const Setting secret = environmentSetting(m_environment, QStringLiteral("AWS_SECRET_ACCESS_KEY"));
    if (id.value.isEmpty())
        return callback(std::optional<Credentials>());
    if (secret.value.isEmpty()) {
        return callback(Error{.kind = Error::Kind::NoCredentials,
                              .code = localcode::secretKeyNotSet,
                              .message = QStringLiteral(
                                  "the environment variable AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not")});
    }
    // The older name goes before the newer one, as in botocore.
    Setting token = environmentSetting(m_environment, QStringLiteral("AWS_SECURITY_TOKEN"));
    if (token.value.isEmpty())
        token = environmentSetting(m_environment, QStringLiteral("AWS_SESSION_TOKEN"));
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
    if (!expiry.isEmpty()) {
        credentials.expiry = QDateTime::fromString(expiry, Qt::ISODateWithMs).toUTC();
        if (!credentials.expiry.isValid()) { // keys that never end would be used past their end
            return callback(
                Error{.kind = Error::Kind::CredentialsFile,
                      .message = SettingText::tr("the environment variable AWS_CREDENTIAL_EXPIRATION is no time as in "
                                                 "2026-01-31T12:00:00Z")});
        }
    }
    callback(std::optional(credentials));
}

} // namespace casement
