#include "aws/sources/profilesource.h"

#include "aws/localcode.h"
#include "aws/sources/credentialprocess.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace casement {

namespace {

constexpr qint64 lookEveryMs = 1000;
// Two writes within one tick of the file system's clock look like one.
constexpr qint64 clockTickMs = 20;

Error needs(QLatin1StringView code, const QString &profile, const QString &what)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = code,
            .message = QStringLiteral("profile \"%1\" gets its keys by %2. The AWS CLI can hand them over: "
                                      "aws configure export-credentials --profile %1 --format env")
                           .arg(profile, what)};
}

Error unusable(const Setting &setting, const QString &why)
{
    return {.kind = Error::Kind::CredentialsFile, .message = QStringLiteral("%1 %2").arg(setting.name, why)};
}

} // namespace

ProfileSource::ProfileSource(const ConfigPaths &paths, const QString &profile, bool isExplicit,
                             const QProcessEnvironment &environment)
    : m_paths(paths), m_profile(profile), m_explicit(isExplicit), m_environment(environment)
{
}

ProfileSource::~ProfileSource() = default;

QString ProfileSource::name() const { return QStringLiteral("profile %1").arg(m_profile); }

ProfileSource::Stamp ProfileSource::stamp() const
{
    return {QFileInfo(m_paths.config).lastModified(), QFileInfo(m_paths.credentials).lastModified()};
}

bool ProfileSource::isOutdated() const
{
    if (m_outdated || (m_lastLook.isValid() && m_lastLook.elapsed() < lookEveryMs))
        return m_outdated;
    m_lastLook.start();
    const QDateTime newest = std::max(m_stamp.config, m_stamp.credentials);
    m_outdated = stamp() != m_stamp || (newest.isValid() && newest.msecsTo(m_stampedAt) < clockTickMs);
    return m_outdated;
}

void ProfileSource::fetch(QObject *context, Callback callback)
{
    m_stamp = stamp();
    m_outdated = false;
    m_stampedAt = QDateTime::currentDateTimeUtc();
    m_lastLook.start();
    const Result<AwsConfig> config = readConfig(m_paths);
    if (!config)
        return callback(config.error());
    const Profile *profile = config->profile(m_profile);
    if (profile && profile->uses == ProfileUses::Process)
        return run(*profile, context, std::move(callback));
    callback(look(profile));
}

void ProfileSource::run(const Profile &profile, QObject *context, Callback callback)
{
    const Setting command = profileSetting(profile.section, QStringLiteral("credential_process"), m_profile);
    m_process = std::make_unique<CredentialProcess>(command.name, m_profile, m_environment);
    m_process->start(
        command.value, CredentialProcess::usualLimit,
        [guard = QPointer<QObject>(context), callback = std::move(callback)](const Result<Credentials> &keys) {
            if (!guard)
                return;
            if (keys)
                callback(std::optional(*keys));
            else
                callback(keys.error());
        });
}

Result<std::optional<Credentials>> ProfileSource::look(const Profile *profile) const
{
    if (!profile) {
        if (!m_explicit)
            return std::optional<Credentials>();
        return Error{.kind = Error::Kind::NoCredentials,
                     .code = localcode::profileNotFound,
                     .message = QStringLiteral("there is no profile \"%1\" in %2 or %3")
                                    .arg(m_profile, m_paths.config, m_paths.credentials)};
    }

    switch (profile->uses) {
    case ProfileUses::AssumeRole:
        return needs(localcode::profileAssumesRole, m_profile, QStringLiteral("assuming a role (role_arn)"));
    case ProfileUses::WebIdentity:
        return needs(localcode::profileWebIdentity, m_profile,
                     QStringLiteral("a web identity (web_identity_token_file)"));
    case ProfileUses::Sso:
        return needs(localcode::profileSso, m_profile,
                     QStringLiteral("IAM Identity Center (sso_session or sso_start_url)"));
    case ProfileUses::Login:
        return needs(localcode::profileLogin, m_profile, QStringLiteral("`aws login` (login_session)"));
    case ProfileUses::Nothing:
        if (!m_explicit)
            return std::optional<Credentials>();
        return Error{
            .kind = Error::Kind::NoCredentials,
            .code = localcode::profileWithoutKeys,
            .message =
                QStringLiteral("%1: profile \"%2\" has no keys").arg(profile->section.place.toString(), m_profile)};
    case ProfileUses::StaticKeys:
    case ProfileUses::Process: // run()
        break;
    }

    const ConfigSection &section = profile->section;
    const QString idKey = QStringLiteral("aws_access_key_id");
    const QString secretKey = QStringLiteral("aws_secret_access_key");
    for (const QString &key : {idKey, secretKey}) {
        if (!section.value(key).isEmpty())
            continue;
        if (section.places.contains(key))
            return unusable(profileSetting(section, key, m_profile), QStringLiteral("is empty"));
        const ConfigPlace other = section.places.value(key == idKey ? secretKey : idKey);
        return Error{.kind = Error::Kind::NoCredentials,
                     .code = localcode::profileWithoutKeys,
                     .message = QStringLiteral("%1: profile \"%2\" has no %3").arg(other.toString(), m_profile, key)};
    }
    QString tokenKey = QStringLiteral("aws_session_token");
    if (section.value(tokenKey).isEmpty())
        tokenKey = QStringLiteral("aws_security_token");
    for (const QString &key : {idKey, secretKey, tokenKey}) {
        const Setting setting = profileSetting(section, key, m_profile);
        if (const QString why = whyNoKey(setting.value); !why.isEmpty())
            return unusable(setting, why);
    }
    Credentials credentials(section.value(idKey), section.value(secretKey), section.value(tokenKey));
    credentials.source = name();
    credentials.accountId = section.value(QStringLiteral("aws_account_id"));
    return std::optional(credentials);
}

} // namespace casement
