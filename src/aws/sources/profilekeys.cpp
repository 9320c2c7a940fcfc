#include "aws/sources/profilekeys.h"

#include "aws/localcode.h"
#include "aws/regularfile.h"
#include "aws/serviceerror.h"
#include "aws/sources/credentialprocess.h"
#include "aws/sources/environmentsource.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QPointer>
#include <QUrlQuery>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 renewBefore = 15 * 60; // seconds before a token's end; api-facts.md §15.6
constexpr qint64 largestToken = 64 * 1024; // of a web identity
constexpr qsizetype longestChain = 20; // of source_profile

Error needs(QLatin1StringView code, const QString &profile, const QString &what)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = code,
            .message = u"profile \"%1\" gets its keys by %2. The AWS CLI can hand them over: "
                       "aws configure export-credentials --profile %1 --format env"_s.arg(profile, what)};
}

Error unusable(const Setting &setting, const QString &why)
{
    return {.kind = Error::Kind::CredentialsFile, .message = u"%1 %2"_s.arg(setting.name, why)};
}

Setting settingOf(const Profile &profile, QLatin1StringView key)
{
    return profileSetting(profile.section, key, profile.name);
}

Error without(const Profile &profile, const QString &what)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = localcode::profileWithoutKeys,
            .message = u"%1: profile \"%2\" has no %3"_s.arg(profile.section.place.toString(), profile.name, what)};
}

} // namespace

ProfileKeys::ProfileKeys(const AwsConfig &config, const ProfileKeysSettings &settings, QObject *parent)
    : QObject(parent), m_config(config), m_settings(settings)
{
}

ProfileKeys::~ProfileKeys() = default;

qint64 ProfileKeys::now() const
{
    return m_settings.wallClock ? m_settings.wallClock() : QDateTime::currentMSecsSinceEpoch();
}

Transport &ProfileKeys::transport()
{
    if (!m_transport)
        m_transport = m_settings.transport();
    return *m_transport;
}

void ProfileKeys::get(const QString &profile, Callback done) { resolve(profile, {}, done); }

void ProfileKeys::resolve(const QString &name, const QStringList &behind, const Callback &done)
{
    const Profile *profile = m_config.profile(name);
    if (!profile) {
        return done(Error{.kind = Error::Kind::NoCredentials,
                          .code = localcode::profileNotFound,
                          .message = u"there is no profile \"%1\""_s.arg(name)});
    }
    switch (profile->uses) {
    case ProfileUses::AssumeRole:
        return assume(*profile, behind, done);
    case ProfileUses::WebIdentity:
        return webIdentity(*profile, done);
    case ProfileUses::Sso:
        return signIn(*profile, done);
    case ProfileUses::Login:
        return done(needs(localcode::profileLogin, name, u"`aws login` (login_session)"_s));
    case ProfileUses::Process:
        return runProcess(*profile, done);
    case ProfileUses::Nothing:
        return done(Error{.kind = Error::Kind::NoCredentials,
                          .code = localcode::profileWithoutKeys,
                          .message = u"%1: profile \"%2\" has no keys"_s.arg(profile->section.place.toString(), name)});
    case ProfileUses::StaticKeys:
        return done(staticKeys(*profile));
    }
}

Result<Credentials> ProfileKeys::staticKeys(const Profile &profile) const
{
    const ConfigSection &section = profile.section;
    const auto idKey = "aws_access_key_id"_L1;
    const auto secretKey = "aws_secret_access_key"_L1;
    for (const QLatin1StringView key : {idKey, secretKey}) {
        if (!section.value(key).isEmpty())
            continue;
        if (section.places.contains(key))
            return unusable(settingOf(profile, key), u"is empty"_s);
        const ConfigPlace other = section.places.value(key == idKey ? secretKey : idKey);
        return Error{.kind = Error::Kind::NoCredentials,
                     .code = localcode::profileWithoutKeys,
                     .message = u"%1: profile \"%2\" has no %3"_s.arg(other.toString(), profile.name, key)};
    }
    QLatin1StringView tokenKey = "aws_session_token"_L1;
    if (section.value(tokenKey).isEmpty())
        tokenKey = "aws_security_token"_L1;
    for (const QLatin1StringView key : {idKey, secretKey, tokenKey}) {
        const Setting setting = settingOf(profile, key);
        if (const QString why = whyNoKey(setting.value); !why.isEmpty())
            return unusable(setting, why);
    }
    Credentials keys(section.value(idKey), section.value(secretKey), section.value(tokenKey));
    keys.source = u"profile %1"_s.arg(profile.name);
    keys.accountId = section.value(u"aws_account_id"_s);
    return keys;
}

void ProfileKeys::runProcess(const Profile &profile, const Callback &done)
{
    const Setting command = settingOf(profile, "credential_process"_L1);
    m_process = std::make_unique<CredentialProcess>(command.name, profile.name, m_settings.environment);
    m_process->start(command.value, CredentialProcess::usualLimit, done);
}

void ProfileKeys::assume(const Profile &profile, const QStringList &behind, const Callback &done)
{
    const Setting source = settingOf(profile, "source_profile"_L1);
    const Setting place = settingOf(profile, "credential_source"_L1);
    if (source.value.isEmpty() == place.value.isEmpty()) {
        return done(unusable(settingOf(profile, "role_arn"_L1),
                             source.value.isEmpty() ? u"needs a source_profile or a credential_source"_s
                                                    : u"has both a source_profile and a credential_source: only one "
                                                      "can be"_s));
    }
    if (!settingOf(profile, "mfa_serial"_L1).value.isEmpty())
        return done(needs(localcode::profileAssumesRole, profile.name, u"a role that asks for an MFA code"_s));
    const auto with = [this, profile, done](const Result<Credentials> &from) {
        if (!from)
            return done(from);
        assumeWith(profile, *from, done);
    };
    if (!place.value.isEmpty()) {
        if (place.value != "Environment"_L1) {
            return done(needs(localcode::profileAssumesRole, profile.name,
                              u"a role with credential_source = %1"_s.arg(place.value)));
        }
        EnvironmentSource(m_settings.environment).fetch(this, [&](const Result<std::optional<Credentials>> &found) {
            if (!found)
                return with(found.error());
            if (!*found)
                return with(unusable(place, u"is Environment, where no keys are"_s));
            with(**found);
        });
        return;
    }
    if (source.value == profile.name) { // its own static keys
        if (profile.section.value(u"aws_access_key_id"_s).isEmpty())
            return done(unusable(source, u"is the profile itself, which has no keys"_s));
        return with(staticKeys(profile));
    }
    if (behind.contains(source.value) || behind.size() >= longestChain) {
        return done(unusable(source,
                             u"leads back to \"%1\": %2"_s.arg(
                                 source.value, (behind + QStringList{profile.name, source.value}).join(u" > "))));
    }
    const Profile *next = m_config.profile(source.value);
    if (!next)
        return done(unusable(source, u"names a profile that is not there: \"%1\""_s.arg(source.value)));
    // A profile with a role and keys of its own is used by others for its keys, as botocore does.
    if (next->uses == ProfileUses::AssumeRole && !next->section.value(u"aws_access_key_id"_s).isEmpty())
        return with(staticKeys(*next));
    resolve(source.value, behind + QStringList{profile.name}, with);
}

void ProfileKeys::assumeWith(const Profile &profile, const Credentials &from, const Callback &done)
{
    RoleRequest role;
    role.externalId = profile.section.value(u"external_id"_s);
    askSts(profile, role, from, done);
}

void ProfileKeys::webIdentity(const Profile &profile, const Callback &done)
{
    const Setting setting = settingOf(profile, "web_identity_token_file"_L1);
    QFile file(setting.value);
    if (const QString why = whyNotReadable(setting.value); !why.isEmpty())
        return done(unusable(setting, u"can't be read: %1"_s.arg(why)));
    if (!file.open(QIODevice::ReadOnly))
        return done(unusable(setting, u"can't be read: %1"_s.arg(file.errorString())));
    RoleRequest role;
    role.webIdentityToken = QString::fromLatin1(file.read(largestToken).trimmed());
    if (role.webIdentityToken.isEmpty())
        return done(unusable(setting, u"names an empty file"_s));
    askSts(profile, role, {}, done);
}

void ProfileKeys::askSts(const Profile &profile, const RoleRequest &asked, const Credentials &from,
                         const Callback &done)
{
    RoleRequest role = asked;
    role.roleArn = profile.section.value(u"role_arn"_s);
    role.sessionName = profile.section.value(u"role_session_name"_s);
    if (role.sessionName.isEmpty())
        role.sessionName = u"casement-%1"_s.arg(now() / 1000);
    if (const Setting duration = settingOf(profile, "duration_seconds"_L1); !duration.value.isEmpty()) {
        bool isNumber = false;
        role.durationSeconds = duration.value.toInt(&isNumber);
        if (!isNumber || role.durationSeconds < 1)
            return done(unusable(duration, u"is not a number of seconds"_s));
    }
    const Result<Endpoint> where =
        endpoint(profile, u"sts"_s, u"sts"_s, configuredRegion(m_config, profile.name, m_settings.environment));
    if (!where)
        return done(where.error());
    assumeRole(role, from, *where, now() / 1000, transport(),
               [guard = QPointer<ProfileKeys>(this), name = profile.name, done](const Result<Credentials> &answer) {
                   if (!guard)
                       return;
                   if (!answer)
                       return done(answer);
                   Credentials keys = *answer;
                   keys.source = u"profile %1"_s.arg(name);
                   done(keys);
               });
}

Result<Endpoint> ProfileKeys::endpoint(const Profile &profile, const QString &host, const QString &service,
                                       const Setting &region) const
{
    EndpointChoice choice;
    choice.region = region.value.isEmpty() ? u"us-east-1"_s : region.value;
    choice.regionName = region.name;
    const Result<Setting> url = configuredEndpointUrl(m_config, profile.name, m_settings.environment, service);
    if (!url)
        return url.error();
    choice.customUrl = url->value;
    choice.customUrlName = url->name;
    return regionalEndpoint(host, choice);
}

void ProfileKeys::signIn(const Profile &profile, const Callback &done)
{
    QString session = profile.section.value(u"sso_session"_s);
    Setting region = settingOf(profile, "sso_region"_L1);
    QString cached = profile.section.value(u"sso_start_url"_s);
    if (!session.isEmpty()) {
        const Setting named = settingOf(profile, "sso_session"_L1);
        const auto at = m_config.ssoSessions.constFind(session);
        if (at == m_config.ssoSessions.constEnd())
            return done(unusable(named, u"names a section [sso-session %1] that is not there"_s.arg(session)));
        region = {at->value(u"sso_region"_s),
                  u"%1: sso_region of [sso-session %2]"_s.arg(at->places.value(u"sso_region"_s, at->place).toString(),
                                                              session)};
        cached = session;
    }
    for (const QLatin1StringView key : {"sso_account_id"_L1, "sso_role_name"_L1}) {
        if (profile.section.value(key).isEmpty())
            return done(without(profile, key));
    }
    if (region.value.isEmpty())
        return done(without(profile, u"sso_region"_s));
    const QString home = m_settings.environment.value(u"HOME"_s, QDir::homePath());
    const QString path = SsoToken::path(home + u"/.aws/sso/cache"_s, cached);
    const Result<SsoToken> token = SsoToken::read(path);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now(), Qt::UTC);
    if (!token || (token->expires <= time && !token->isRenewable(time))) {
        return done(Error{.kind = Error::Kind::NoCredentials,
                          .code = localcode::profileSso,
                          .message = u"profile \"%1\" needs a sign-in: aws sso login --profile %1 (%2)"_s.arg(
                              profile.name, token ? u"the last one has expired"_s : token.error().message)});
    }
    if (time.secsTo(token->expires) < renewBefore && token->isRenewable(time) && !session.isEmpty())
        return renew(profile, path, *token, region.value, done);
    askPortal(profile, *token, region.value, done);
}

void ProfileKeys::renew(const Profile &profile, const QString &path, const SsoToken &token, const QString &region,
                        const Callback &done)
{
    const Result<Endpoint> where = endpoint(profile, u"oidc"_s, u"sso_oidc"_s, {region, {}});
    if (!where)
        return done(where.error());
    HttpRequest request;
    request.url = where->url;
    request.url.setPath((where->url.path() == u"/" ? QString() : where->url.path()) + u"/token"_s);
    request.headers = {{"Content-Type", "application/json"}};
    request.largestAnswer = 1 << 20;
    request.body = QJsonDocument(QJsonObject{{u"clientId"_s, token.clientId},
                                             {u"clientSecret"_s, token.clientSecret},
                                             {u"grantType"_s, u"refresh_token"_s},
                                             {u"refreshToken"_s, token.refreshToken}})
                       .toJson(QJsonDocument::Compact);
    const QPointer<ProfileKeys> guard(this);
    transport().send(request, [this, guard, profile, path, token, region, done](HttpAnswer &&answer) {
        if (!guard)
            return;
        SsoToken renewed = token;
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(now(), Qt::UTC);
        const bool good =
            answer.error.kind == Error::Kind::None && answer.status == 200 && renewed.renew(answer.body, time);
        if (good) {
            // Another program may have signed in meanwhile; whose token is newer holds. Not written is only renewed
            // again.
            const Result<SsoToken> there = SsoToken::read(path);
            if (!there || there->accessToken == token.accessToken)
                (void)renewed.write(path);
            return askPortal(profile, renewed, region, done);
        }
        if (token.expires > time)
            return askPortal(profile, token, region, done); // it still does for a while
        if (answer.error.kind != Error::Kind::None)
            return done(answer.error);
        done(Error{.kind = Error::Kind::NoCredentials,
                   .code = localcode::profileSso,
                   .message = u"profile \"%1\" needs a sign-in: aws sso login --profile %1 (the last one could not be "
                              "renewed)"_s.arg(profile.name),
                   .httpStatus = answer.status});
    });
}

void ProfileKeys::askPortal(const Profile &profile, const SsoToken &token, const QString &region, const Callback &done)
{
    const Result<Endpoint> where = endpoint(profile, u"portal.sso"_s, u"sso"_s, {region, {}});
    if (!where)
        return done(where.error());
    const QString account = profile.section.value(u"sso_account_id"_s);
    HttpRequest request;
    request.method = "GET";
    request.url = where->url;
    request.url.setPath((where->url.path() == u"/" ? QString() : where->url.path()) + u"/federation/credentials"_s);
    QUrlQuery query;
    query.addQueryItem(u"role_name"_s,
                       QString::fromLatin1(QUrl::toPercentEncoding(profile.section.value(u"sso_role_name"_s))));
    query.addQueryItem(u"account_id"_s, QString::fromLatin1(QUrl::toPercentEncoding(account)));
    request.url.setQuery(query);
    request.headers = {{"x-amz-sso_bearer_token", token.accessToken.toLatin1()}};
    request.largestAnswer = 1 << 20;
    const QString host = QString::fromLatin1(where->hostHeader);
    const QPointer<ProfileKeys> guard(this);
    transport().send(request, [guard, profile, account, host, done](HttpAnswer &&answer) {
        if (!guard)
            return;
        if (answer.error.kind != Error::Kind::None)
            return done(answer.error);
        if (answer.status == 401) {
            return done(Error{.kind = Error::Kind::NoCredentials,
                              .code = localcode::profileSso,
                              .message = u"profile \"%1\" needs a sign-in: aws sso login --profile %1 (the last one is "
                                         "not accepted any more)"_s.arg(profile.name),
                              .host = host,
                              .httpStatus = answer.status});
        }
        if (answer.status != 200) {
            Error error = serviceError(answer);
            error.operation = u"GetRoleCredentials"_s;
            error.host = host;
            return done(error);
        }
        const QJsonObject given = QJsonDocument::fromJson(answer.body).object().value("roleCredentials"_L1).toObject();
        const QString id = given.value("accessKeyId"_L1).toString();
        const QString secret = given.value("secretAccessKey"_L1).toString();
        const QString session = given.value("sessionToken"_L1).toString();
        bool isWhole = !id.isEmpty() && !secret.isEmpty() && !session.isEmpty();
        for (const QString &part : {id, secret, session})
            isWhole = isWhole && whyNoKey(part).isEmpty();
        const double expiration = given.value("expiration"_L1).toDouble(); // milliseconds
        if (!isWhole || expiration < 1) {
            return done(Error{.kind = Error::Kind::BadAnswer,
                              .message = u"IAM Identity Center answered without whole keys"_s,
                              .operation = u"GetRoleCredentials"_s,
                              .host = host});
        }
        Credentials keys(id, secret, session);
        keys.expiry = QDateTime::fromMSecsSinceEpoch(qint64(expiration), Qt::UTC);
        keys.accountId = account;
        keys.source = u"profile %1"_s.arg(profile.name);
        done(keys);
    });
}

} // namespace casement
