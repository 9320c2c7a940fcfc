#include "aws/sources/profilekeys.h"

#include "aws/localcode.h"
#include "aws/personprompt.h"
#include "aws/regularfile.h"
#include "aws/serviceerror.h"
#include "aws/settingtext.h"
#include "aws/sources/credentialprocess.h"
#include "aws/sources/environmentsource.h"
#include "aws/sources/mfasessions.h"
#include "aws/sources/sharedprocess.h"
#include "aws/sources/ssorenewal.h"
#include "aws/sources/ssosignin.h"
#include "aws/sources/sts.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QPointer>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestToken = 64 * 1024; // of a web identity
constexpr qsizetype longestChain = 20; // of source_profile
constexpr int mostCodes = 3; // of an MFA device that may be refused

/// As a shell reads it.
QString quotedWord(const QString &word)
{
    static const QRegularExpression plain(uR"(\A[\w@%+=:,./-]+\z)"_s);
    return plain.match(word).hasMatch() ? word : u'\'' + QString(word).replace(u"'"_s, uR"('\'')"_s) + u'\'';
}

Error needs(QLatin1StringView code, const QString &profile, const QString &what)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = code,
            .message = u"profile \"%1\" gets its keys by %2. The AWS CLI can hand them over: make another profile in "
                       "~/.aws/config with the line \"credential_process = aws configure export-credentials --profile "
                       "%3 --format process\", and use that one"_s.arg(profile, what, quotedWord(profile))};
}

Error noCode(const QString &profile, const QString &serialNumber, const QString &why)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = localcode::personNeeded,
            .message = u"profile \"%1\" needs a code of the MFA device %2: %3"_s.arg(profile, serialNumber, why)};
}

Error noSignIn(const QString &profile, const QString &why)
{
    return {.kind = Error::Kind::NoCredentials,
            .code = localcode::profileSso,
            .message = u"profile \"%1\" needs a sign-in: aws sso login --profile %2 (%3)"_s.arg(
                profile, quotedWord(profile), why)};
}

/// STS looked at the code and did not like it.
bool isAboutCode(const Error &error)
{
    return error.message.contains("MultiFactorAuthentication"_L1)
        || (isCode(error.code, "ValidationError"_L1) && error.message.contains("tokenCode"_L1, Qt::CaseInsensitive));
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
        m_transport = keysTransport(m_settings.transport());
    return *m_transport;
}

/// What is asked for again when a code is refused.
struct ProfileKeys::Coded
{
    Profile profile;
    RoleRequest role;
    Credentials from;
    QString about; // mfasessions
    Callback done;
    int refused = 0;
};

bool ProfileKeys::usesWebIdentity(const Profile *profile, const ProfileKeysSettings &settings)
{
    return settings.webIdentityOfEnvironment && !settings.environment.value(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s).isEmpty()
        && (!profile || profile->uses != ProfileUses::AssumeRole);
}

void ProfileKeys::get(const QString &profile, Callback done, bool asksAnew)
{
    m_asksAnew = asksAnew;
    m_profile = profile;
    m_done = done;
    const Profile *known = m_config.profile(profile);
    if (usesWebIdentity(known, m_settings))
        return webIdentity(known ? *known : Profile{.name = profile, .section = {}}, done);
    resolve(profile, {}, done);
}

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
        return runProcess(*profile, !behind.isEmpty(), done);
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
            return unusable(settingOf(profile, key), SettingText::tr("is empty"));
        const ConfigPlace other = section.places.value(key == idKey ? secretKey : idKey);
        return Error{.kind = Error::Kind::NoCredentials,
                     .code = localcode::profileWithoutKeys,
                     .message = u"%1: profile \"%2\" has no %3"_s.arg(other.toString(), profile.name, key)};
    }
    // The older name goes before the newer one, as in botocore.
    QLatin1StringView tokenKey = "aws_security_token"_L1;
    if (!section.places.contains(tokenKey))
        tokenKey = "aws_session_token"_L1;
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

/// `isBase`: of the keys that an earlier run gave, those of a role are made. Who wants them themselves gets new ones.
void ProfileKeys::runProcess(const Profile &profile, bool isBase, const Callback &done)
{
    const Setting command = settingOf(profile, "credential_process"_L1);
    const SharedProcess::Wanted wanted{.setting = command.name,
                                       .profile = profile.name,
                                       .command = command.value,
                                       .environment = m_settings.environment,
                                       .limit = CredentialProcess::usualLimit};
    if (const auto kept = isBase ? SharedProcess::kept(wanted, now()) : std::nullopt) {
        m_kept = *kept;
        m_forgetKept = [wanted, keys = *kept] { SharedProcess::forget(wanted, keys); };
        return done(*kept);
    }
    m_kept = {};
    SharedProcess::join(wanted, this, done);
}

void ProfileKeys::assume(const Profile &profile, const QStringList &behind, const Callback &done)
{
    const Setting source = settingOf(profile, "source_profile"_L1);
    const Setting place = settingOf(profile, "credential_source"_L1);
    if (source.value.isEmpty() == place.value.isEmpty()) {
        return done(
            unusable(settingOf(profile, "role_arn"_L1),
                     source.value.isEmpty()
                         ? SettingText::tr("needs a source_profile or a credential_source")
                         : SettingText::tr("has both a source_profile and a credential_source: only one can be")));
    }
    if (!m_settings.prompt && !settingOf(profile, "mfa_serial"_L1).value.isEmpty())
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
                return with(unusable(place, SettingText::tr("is Environment, where no keys are")));
            with(**found);
        });
        return;
    }
    if (source.value == profile.name) { // its own static keys
        if (profile.section.value(u"aws_access_key_id"_s).isEmpty())
            return done(unusable(source, SettingText::tr("is the profile itself, which has no keys")));
        return with(staticKeys(profile));
    }
    if (behind.contains(source.value) || behind.size() >= longestChain) {
        return done(unusable(source,
                             SettingText::tr("leads back to \"%1\": %2")
                                 .arg(source.value, (behind + QStringList{profile.name, source.value}).join(u" > "))));
    }
    const Profile *next = m_config.profile(source.value);
    if (!next)
        return done(unusable(source, SettingText::tr("names a profile that is not there: \"%1\"").arg(source.value)));
    // A profile with a role and keys of its own is used by others for its keys, as botocore does.
    if (next->uses == ProfileUses::AssumeRole && !next->section.value(u"aws_access_key_id"_s).isEmpty())
        return with(staticKeys(*next));
    resolve(source.value, behind + QStringList{profile.name}, with);
}

void ProfileKeys::assumeWith(const Profile &profile, const Credentials &from, const Callback &done)
{
    RoleRequest role;
    role.externalId = profile.section.value(u"external_id"_s);
    role.serialNumber = profile.section.value(u"mfa_serial"_s);
    if (!role.serialNumber.isEmpty())
        return assumeByCode(profile, role, from, done);
    askSts(profile, role, from, done);
}

void ProfileKeys::assumeByCode(const Profile &profile, const RoleRequest &role, const Credentials &from,
                               const Callback &done)
{
    QStringList about{role.serialNumber, QString::fromLatin1(from.accessKeyId())};
    for (const char *key : {"role_arn", "external_id", "duration_seconds", "role_session_name"})
        about.append(profile.section.value(QLatin1StringView(key)));
    const auto coded = std::make_shared<Coded>(Coded{profile, role, from, about.join(QChar(u'\n')), done, 0});
    if (m_asksAnew)
        mfasessions::forget(coded->about);
    if (const auto kept = mfasessions::find(coded->about, now() / 1000))
        return done(*kept);
    if (!m_settings.prompt->isAttended())
        return done(noCode(profile.name, role.serialNumber, u"nobody was there to enter it. Try again"_s));
    m_turn = std::make_unique<MfaTurn>(role.serialNumber, [this, coded](bool isOff) {
        if (const auto kept = mfasessions::find(coded->about, now() / 1000)) {
            m_turn.reset();
            return coded->done(*kept); // another one of the same role was asked meanwhile
        }
        if (isOff) {
            m_turn.reset();
            return coded->done(noCode(coded->profile.name, coded->role.serialNumber, u"none was entered"_s));
        }
        askCode(coded, {});
    });
}

void ProfileKeys::askCode(const std::shared_ptr<Coded> &coded, const QString &problem)
{
    m_settings.prompt->askMfaCode({coded->profile.name, coded->role.serialNumber, problem}, this,
                                  [guard = QPointer<ProfileKeys>(this), coded](const Result<QString> &code) {
                                      if (guard)
                                          guard->takeCode(coded, code);
                                  });
}

void ProfileKeys::takeCode(const std::shared_ptr<Coded> &coded, const Result<QString> &code)
{
    if (!code) {
        if (m_turn)
            m_turn->callOff();
        m_turn.reset();
        return coded->done(noCode(coded->profile.name, coded->role.serialNumber, u"none was entered"_s));
    }
    const QString digits = code->trimmed();
    const auto refuse = [this, coded](const Error &error) {
        if (++coded->refused >= mostCodes) {
            m_turn.reset();
            return coded->done(error);
        }
        const qsizetype words = error.message.indexOf("MultiFactorAuthentication"_L1); // AWS's own
        askCode(coded, words < 0 ? error.message : error.message.sliced(words));
    };
    const bool isCode =
        digits.size() == 6 && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isCode) {
        return refuse(noCode(coded->profile.name, coded->role.serialNumber, u"a code has six digits"_s));
    }
    RoleRequest role = coded->role;
    role.tokenCode = digits;
    askSts(coded->profile, role, coded->from, [this, coded, refuse](const Result<Credentials> &answer) {
        if (!answer && isAboutCode(answer.error()))
            return refuse(answer.error());
        m_turn.reset();
        if (!answer)
            return coded->done(answer);
        Credentials keys = *answer;
        keys.needsPerson = true;
        mfasessions::keep(coded->about, keys);
        coded->done(keys);
    });
}

void ProfileKeys::webIdentity(const Profile &profile, const Callback &done)
{
    Setting setting = settingOf(profile, "web_identity_token_file"_L1);
    if (usesWebIdentity(&profile, m_settings))
        setting = environmentSetting(m_settings.environment, u"AWS_WEB_IDENTITY_TOKEN_FILE"_s);
    QFile file(setting.value);
    if (const QString why = whyNotReadable(setting.value); !why.isEmpty())
        return done(unusable(setting, SettingText::tr("can't be read: %1").arg(why)));
    if (!file.open(QIODevice::ReadOnly))
        return done(unusable(setting, SettingText::tr("can't be read: %1").arg(file.errorString())));
    RoleRequest role;
    role.webIdentityToken = QString::fromLatin1(file.read(largestToken).trimmed());
    if (role.webIdentityToken.isEmpty())
        return done(unusable(setting, SettingText::tr("names an empty file")));
    askSts(profile, role, {}, done);
}

void ProfileKeys::askSts(const Profile &profile, const RoleRequest &asked, const Credentials &from,
                         const Callback &done)
{
    RoleRequest role = asked;
    const auto own = [&](const QString &variable, const QString &key) {
        const QString set = m_settings.environment.value(variable);
        return !role.webIdentityToken.isEmpty() && usesWebIdentity(&profile, m_settings) && !set.isEmpty()
            ? set
            : profile.section.value(key);
    };
    role.roleArn = own(u"AWS_ROLE_ARN"_s, u"role_arn"_s);
    if (role.roleArn.isEmpty()) {
        return done(unusable(environmentSetting(m_settings.environment, u"AWS_WEB_IDENTITY_TOKEN_FILE"_s),
                             SettingText::tr("is set without AWS_ROLE_ARN")));
    }
    role.sessionName = own(u"AWS_ROLE_SESSION_NAME"_s, u"role_session_name"_s);
    if (role.sessionName.isEmpty())
        role.sessionName = u"casement-%1"_s.arg(now() / 1000);
    if (const Setting duration = settingOf(profile, "duration_seconds"_L1); !duration.value.isEmpty()) {
        bool isNumber = false;
        role.durationSeconds = duration.value.toInt(&isNumber);
        if (!isNumber || role.durationSeconds < 1)
            return done(unusable(duration, SettingText::tr("is not a number of seconds")));
    }
    const Result<Endpoint> where =
        endpoint(profile, u"sts"_s, u"sts"_s, configuredRegion(m_config, profile.name, m_settings.environment));
    if (!where)
        return done(where.error());
    assumeRole(role, from, *where, now() / 1000, transport(),
               [this, guard = QPointer<ProfileKeys>(this), name = profile.name, needsPerson = from.needsPerson,
                isOfKept = !m_kept.isEmpty() && from.isSameAs(m_kept), done](const Result<Credentials> &answer) {
                   if (!guard)
                       return;
                   if (!answer && isOfKept && refusesKeys(answer.error()) && !std::exchange(m_beganAnew, true))
                       return beginAnew();
                   if (!answer)
                       return done(roleRefusal(answer.error(), u"profile \"%1\""_s.arg(name)));
                   Credentials keys = *answer;
                   keys.needsPerson = needsPerson;
                   keys.source = u"profile %1"_s.arg(name);
                   done(keys);
               });
}

/// The keys of an earlier run are no good any more.
void ProfileKeys::beginAnew()
{
    m_forgetKept();
    m_kept = {};
    m_turn.reset();
    resolve(m_profile, {}, m_done);
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
            return done(
                unusable(named, SettingText::tr("names a section [sso-session %1] that is not there").arg(session)));
        // What both say must be the same: else nobody knows where the sign-in is meant to be.
        for (auto own = profile.section.values.cbegin(); own != profile.section.values.cend(); ++own) {
            if (at->values.contains(own.key()) && at->value(own.key()) != own.value()) {
                return done(unusable(
                    profileSetting(profile.section, own.key(), profile.name),
                    SettingText::tr("is another one than in [sso-session %1]: take one of them out").arg(session)));
            }
        }
        region = {at->value(u"sso_region"_s),
                  SettingText::tr("%1: sso_region of [sso-session %2]")
                      .arg(at->places.value(u"sso_region"_s, at->place).toString(), session)};
        cached = session;
    }
    for (const QLatin1StringView key : {"sso_account_id"_L1, "sso_role_name"_L1}) {
        if (profile.section.value(key).isEmpty())
            return done(without(profile, key));
    }
    if (region.value.isEmpty())
        return done(without(profile, u"sso_region"_s));
    if (const Result<Endpoint> portal = endpoint(profile, u"portal.sso"_s, u"sso"_s, region); !portal)
        return done(portal.error()); // names the line, and nobody signs in for nothing
    const QString home = m_settings.environment.value(u"HOME"_s, QDir::homePath());
    const QString path = SsoToken::path(home + u"/.aws/sso/cache"_s, cached);
    const Result<SsoToken> token = SsoRenewal::newest(path);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now(), Qt::UTC);
    if (!token || (token->expires <= time && !token->isRenewable(time))) {
        return needSignIn(profile, path, region.value, token ? u"the last one has expired"_s : token.error().message,
                          done);
    }
    if (!token->isFresh(time) && token->isRenewable(time) && !session.isEmpty())
        return renew(profile, path, region.value, done);
    askPortal(profile, path, *token, region.value, done);
}

void ProfileKeys::needSignIn(const Profile &profile, const QString &path, const QString &region, const QString &why,
                             const Callback &done)
{
    if (!m_settings.prompt || m_signedIn || !m_settings.prompt->isAttended())
        return done(noSignIn(profile.name, why));
    const ConfigSection section = m_config.ssoSessions.value(profile.section.value(u"sso_session"_s), profile.section);
    SsoSignIn::Wanted wanted{.profile = profile.name,
                             .startUrl = section.value(u"sso_start_url"_s),
                             .region = region,
                             .tokenPath = path,
                             .prompt = m_settings.prompt,
                             .transport = m_settings.transport,
                             .wallClock = m_settings.wallClock,
                             .second = m_settings.second};
    if (wanted.startUrl.isEmpty())
        return done(without(profile, u"sso_start_url"_s));
    if (!profile.section.value(u"sso_session"_s).isEmpty()) {
        for (const QString &scope : section.value(u"sso_registration_scopes"_s).split(u',', Qt::SkipEmptyParts))
            wanted.scopes.append(scope.trimmed());
        if (wanted.scopes.isEmpty())
            wanted.scopes = {u"sso:account:access"_s}; // as the AWS CLI
    }
    const Result<Endpoint> where = endpoint(profile, u"oidc"_s, u"sso_oidc"_s, {region, {}});
    if (!where)
        return done(where.error());
    wanted.oidc = *where;
    SsoSignIn::join(wanted, this, [this, profile, path, region, done](const Result<SsoToken> &token) {
        if (!token)
            return done(token.error());
        m_signedIn = true;
        askPortal(profile, path, *token, region, done);
    });
}

void ProfileKeys::renew(const Profile &profile, const QString &path, const QString &region, const Callback &done)
{
    const Result<Endpoint> where = endpoint(profile, u"oidc"_s, u"sso_oidc"_s, {region, {}});
    if (!where)
        return done(where.error());
    const SsoRenewal::Wanted wanted{
        .tokenPath = path, .oidc = *where, .transport = m_settings.transport, .wallClock = m_settings.wallClock};
    SsoRenewal::join(wanted, this, [this, profile, path, region, done](const Result<SsoToken> &token) {
        if (token)
            return askPortal(profile, path, *token, region, done);
        if (token.error().code == localcode::profileSso)
            return needSignIn(profile, path, region, token.error().message, done);
        done(token.error());
    });
}

void ProfileKeys::askPortal(const Profile &profile, const QString &path, const SsoToken &token, const QString &region,
                            const Callback &done)
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
    const QString used = token.accessToken;
    transport().send(request, [this, guard, profile, path, region, account, host, used, done](HttpAnswer &&answer) {
        if (!guard)
            return;
        if (answer.status == 401 && answer.error.kind == Error::Kind::None) {
            // Somebody may have signed in, or renewed it, meanwhile.
            const Result<SsoToken> there = SsoRenewal::newest(path);
            if (there && there->accessToken != used && !std::exchange(m_looksAgain, true))
                return askPortal(profile, path, *there, region, done);
            return needSignIn(profile, path, region, u"the last one is not accepted any more"_s, done);
        }
        if (answer.error.kind != Error::Kind::None || answer.status != 200) {
            Error error = answer.error.kind != Error::Kind::None ? answer.error : serviceError(answer);
            error.effect = Error::Effect::None; // keys are given out, and nothing is changed
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
