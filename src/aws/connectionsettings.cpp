#include "aws/httpserviceconnection.h"

#include "aws/configfile.h"
#include "aws/httptransport.h"
#include "aws/settingtext.h"
#include "aws/siblingendpoint.h"
#include "aws/sources/environmentsource.h"
#include "aws/sources/ownedkeys.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/statickeys.h"

#include <algorithm>

namespace casement {

namespace {

// AWS's rule for every setting: the variable, else the profile's key.
Setting setting(const QProcessEnvironment &environment, const Profile *profile, const QString &variable,
                const QString &key)
{
    const Setting fromVariable = environmentSetting(environment, variable);
    return fromVariable.value.isEmpty() && profile ? profileSetting(profile->section, key, profile->name)
                                                   : fromVariable;
}

constexpr int mostAttempts = 5; // whatever is asked for: a service in trouble gets no storm (robustness.md, row 14)

bool isOn(const QString &value) { return value.compare(QLatin1StringView("true"), Qt::CaseInsensitive) == 0; }

std::vector<std::unique_ptr<CredentialSource>> sourcesFor(const ProfileChoice &choice, const QString &profile,
                                                          const ConfigPaths &paths, ProfileKeysSettings settings)
{
    std::vector<std::unique_ptr<CredentialSource>> sources;
    if (choice.keys) {
        sources.push_back(std::make_unique<StaticKeys>(*choice.keys));
        return sources;
    }
    settings.prompt = choice.prompt;
    if (choice.source) {
        sources.push_back(choice.source(settings));
        return sources;
    }
    if (choice.profile.isEmpty())
        sources.push_back(std::make_unique<EnvironmentSource>(choice.environment));
    settings.webIdentityOfEnvironment = choice.profile.isEmpty();
    const bool isNamed = !choice.profile.isEmpty() || profile != QLatin1StringView("default");
    sources.push_back(std::make_unique<ProfileSource>(paths, profile, isNamed, settings));
    return sources;
}

std::shared_ptr<CredentialChain> chainFor(const ProfileChoice &choice, const QString &profile, const ConfigPaths &paths,
                                          const QString &caBundle, const Endpoint &endpoint)
{
    ProfileKeysSettings settings{.environment = choice.environment};
    settings.transport = [environment = choice.environment, caBundle]() -> std::unique_ptr<Transport> {
        return std::make_unique<HttpTransport>(
            HttpTransport::Settings{.connections = 1, .caBundle = caBundle, .environment = environment});
    };
    std::vector<std::unique_ptr<CredentialSource>> sources = sourcesFor(choice, profile, paths, settings);
    if (const std::optional<KeyOwner> owner = choice.owner ? choice.owner(endpoint) : std::nullopt) {
        for (std::unique_ptr<CredentialSource> &source : sources) {
            source = std::make_unique<OwnedKeys>(
                std::move(source), *owner,
                OwnedKeys::Asking{
                    .idsTell = !endpoint.custom,
                    .sts = [choice] { return siblingEndpoint(choice, QStringLiteral("sts"), QStringLiteral("sts")); },
                    .transport = settings.transport});
        }
    }
    return std::make_shared<CredentialChain>(std::move(sources));
}

} // namespace

Result<ConnectionSettings> connectionSettings(const ProfileChoice &choice)
{
    const QProcessEnvironment &environment = choice.environment;
    const ConfigPaths paths = ConfigPaths::of(environment);
    const QString name = profileName(choice.profile, environment);
    const Result<AwsConfig> config = readConfig(paths);
    if (!config)
        return config.error();
    const Profile *profile = config->profile(name);

    EndpointChoice where;
    where.region = choice.region;
    if (where.region.isEmpty()) {
        const Setting configured = configuredRegion(*config, name, environment);
        where.region = configured.value.isEmpty() ? QStringLiteral("us-east-1") : configured.value;
        where.regionName = configured.name;
    }
    where.customUrl = choice.endpointUrl;
    if (where.customUrl.isEmpty()) {
        const Result<Setting> configured = configuredEndpointUrl(*config, name, environment);
        if (!configured)
            return configured.error();
        where.customUrl = configured->value;
        where.customUrlName = configured->name;
    }
    where.fips =
        isOn(setting(environment, profile, QStringLiteral("AWS_USE_FIPS_ENDPOINT"), QStringLiteral("use_fips_endpoint"))
                 .value);
    where.dualStack = isOn(setting(environment, profile, QStringLiteral("AWS_USE_DUALSTACK_ENDPOINT"),
                                   QStringLiteral("use_dualstack_endpoint"))
                               .value);
    const Result<Endpoint> endpoint = resolveEndpoint(where);
    if (!endpoint)
        return endpoint.error();

    ConnectionSettings settings;
    settings.endpoint = *endpoint;
    settings.rate = choice.rate;
    settings.connections = choice.connections;
    settings.environment = environment;
    settings.caBundle =
        setting(environment, profile, QStringLiteral("AWS_CA_BUNDLE"), QStringLiteral("ca_bundle")).value;
    settings.credentials = chainFor(choice, name, paths, settings.caBundle, *endpoint);
    const Setting attempts =
        setting(environment, profile, QStringLiteral("AWS_MAX_ATTEMPTS"), QStringLiteral("max_attempts"));
    if (!attempts.value.isEmpty()) {
        bool isNumber = false;
        settings.attempts = attempts.value.toInt(&isNumber);
        if (!isNumber || settings.attempts < 1) {
            return Error{.kind = Error::Kind::CredentialsFile,
                         .message = SettingText::tr("%1 is not a number from 1 on").arg(attempts.name)};
        }
        settings.attempts = std::min(settings.attempts, mostAttempts);
    }
    return settings;
}

Result<std::unique_ptr<HttpServiceConnection>> makeServiceConnection(const ProfileChoice &choice, QObject *parent)
{
    const Result<ConnectionSettings> settings = connectionSettings(choice);
    if (!settings)
        return settings.error();
    return std::make_unique<HttpServiceConnection>(*settings, parent);
}

} // namespace casement
