#include "aws/siblingendpoint.h"

#include "aws/httpserviceconnection.h"

namespace casement {

using namespace Qt::StringLiterals;

Result<Endpoint> siblingEndpoint(const ProfileChoice &choice, const QString &host, const QString &service,
                                 const QString &region)
{
    const QProcessEnvironment &environment = choice.environment;
    const QString profile = profileName(choice.profile, environment);
    const Result<AwsConfig> config = readConfig(ConfigPaths::of(environment));
    if (!config)
        return config.error();
    const Result<Setting> own = configuredEndpointUrl(*config, profile, environment, service);
    if (!own)
        return own.error();
    const Result<Setting> supports = configuredEndpointUrl(*config, profile, environment);
    if (!supports)
        return supports.error();
    if (own->value.isEmpty() && !(choice.endpointUrl.isEmpty() && supports->value.isEmpty())) {
        return Error{.kind = Error::Kind::Invalid,
                     .code = onlyCustomEndpoint,
                     .message =
                         u"AWS Support has an endpoint of its own here, %1 has none: set AWS_ENDPOINT_URL_%2"_s.arg(
                             host, service.toUpper())};
    }
    EndpointChoice where{.region = region.isEmpty() ? choice.region : region};
    if (where.region.isEmpty()) {
        const Setting configured = configuredRegion(*config, profile, environment);
        where.region = configured.value.isEmpty() ? u"us-east-1"_s : configured.value;
        where.regionName = configured.name;
    }
    where.customUrl = own->value;
    where.customUrlName = own->name;
    return regionalEndpoint(host, where);
}

} // namespace casement
