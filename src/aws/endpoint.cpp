#include "aws/endpoint.h"

#include "aws/localcode.h"
#include "aws/loopback.h"
#include "aws/settingtext.h"

#include <QRegularExpression>

#include <array>

namespace casement {

namespace {

// partitions.json and endpoint-rule-set-1.json of botocore. Without a home region each region has its own host.
struct Partition
{
    const char *name;
    const char *regions;
    const char *homeRegion;
    const char *dnsSuffix;
    const char *dualStackSuffix;
};

constexpr std::array partitions{
    Partition{"aws", "^((us|eu|ap|sa|ca|me|af|il|mx)-\\w+-\\d+|aws-global)$", "us-east-1", "amazonaws.com", "api.aws"},
    Partition{"aws-cn", "^(cn-\\w+-\\d+|aws-cn-global)$", "cn-north-1", "amazonaws.com.cn",
              "api.amazonwebservices.com.cn"},
    Partition{"aws-us-gov", "^(us-gov-\\w+-\\d+|aws-us-gov-global)$", "us-gov-west-1", "amazonaws.com", "api.aws"},
    Partition{"aws-iso", "^(us-iso-\\w+-\\d+|aws-iso-global)$", "us-iso-east-1", "c2s.ic.gov", "api.aws.ic.gov"},
    Partition{"aws-iso-b", "^(us-isob-\\w+-\\d+|aws-iso-b-global)$", "us-isob-east-1", "sc2s.sgov.gov",
              "api.aws.scloud"},
    Partition{"aws-iso-e", "^eu-isoe-\\w+-\\d+$", "", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
    Partition{"aws-iso-f", "^us-isof-\\w+-\\d+$", "", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
    Partition{"aws-eusc", "^eusc-(de)-\\w+-\\d+$", "", "amazonaws.eu", "api.amazonwebservices.eu"},
};

const Partition &partitionOf(const QString &region)
{
    for (const Partition &partition : partitions) {
        const QRegularExpression pattern(QLatin1StringView(partition.regions));
        if (pattern.match(region).hasMatch())
            return partition;
    }
    return partitions.front();
}

Error invalid(const QString &message) { return {.kind = Error::Kind::Invalid, .message = message}; }

// What a file or a variable says, as opposed to what was asked for just now.
Error misconfigured(const QString &message) { return {.kind = Error::Kind::CredentialsFile, .message = message}; }

// A region becomes part of a host name, so it must be one label.
bool isHostLabel(const QString &region)
{
    static const QRegularExpression label(QStringLiteral("\\A[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\z"));
    return label.match(region).hasMatch();
}

Result<void> checkRegion(const EndpointChoice &choice)
{
    if (choice.region.isEmpty())
        return invalid(QStringLiteral("Invalid Configuration: Missing Region"));
    if (isHostLabel(choice.region))
        return {};
    return choice.regionName.isEmpty() ? invalid(SettingText::tr("\"%1\" is not a region").arg(choice.region))
                                       : misconfigured(SettingText::tr("%1 is not a region").arg(choice.regionName));
}

// `name`: what to call the URL in messages; empty: the endpoint, with the URL itself.
Result<QUrl> checkedUrl(const QString &text, QString name)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool isUrl = url.isValid() && !url.host().isEmpty();
    const auto refused = name.isEmpty() ? invalid : misconfigured;
    if (name.isEmpty()) {
        name = SettingText::tr("the endpoint");
        if (isUrl)
            name += u' ' + url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    }
    if (!isUrl)
        return refused(SettingText::tr("%1 is not a URL such as https://support.us-east-1.amazonaws.com").arg(name));
    if (url.scheme() != QLatin1StringView("https") && url.scheme() != QLatin1StringView("http"))
        return refused(SettingText::tr("%1 is neither https nor http").arg(name));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return refused(SettingText::tr("%1 has a user name, a query or a fragment").arg(name));
    if (url.scheme() == QLatin1StringView("http") && !isLoopbackHost(url.host())) {
        Error error = refused(SettingText::tr("%1 is plain http and not on this computer: everything sent to it, and "
                                              "its answers, could be read and changed on the way. Use https")
                                  .arg(name));
        error.code = localcode::plainHttp;
        return error;
    }
    const int usualPort = url.scheme() == QLatin1StringView("https") ? 443 : 80;
    if (url.port() == usualPort)
        url.setPort(-1);
    if (url.path().isEmpty())
        url.setPath(QStringLiteral("/"));
    return url;
}

Endpoint endpointOf(const QUrl &url, const QString &region, const Partition &partition, bool custom)
{
    Endpoint endpoint;
    endpoint.url = url;
    endpoint.hostHeader = url.host(QUrl::FullyEncoded).toLatin1();
    if (endpoint.hostHeader.contains(':'))
        endpoint.hostHeader = '[' + endpoint.hostHeader + ']';
    if (url.port() != -1)
        endpoint.hostHeader += ':' + QByteArray::number(url.port());
    endpoint.path = url.path(QUrl::FullyEncoded).toLatin1();
    endpoint.signingRegion = region.toLatin1();
    endpoint.partition = QLatin1StringView(partition.name);
    endpoint.custom = custom;
    return endpoint;
}

bool isTrue(const QString &text) { return text.compare(QLatin1StringView("true"), Qt::CaseInsensitive) == 0; }

} // namespace

QString partitionOfRegion(const QString &region) { return QLatin1StringView(partitionOf(region).name); }

Result<Endpoint> regionalEndpoint(const QString &host, const EndpointChoice &choice)
{
    if (const Result<void> good = checkRegion(choice); !good)
        return good.error();
    const Partition &partition = partitionOf(choice.region);
    if (!choice.customUrl.isEmpty()) {
        const Result<QUrl> url = checkedUrl(choice.customUrl, choice.customUrlName);
        if (!url)
            return url.error();
        return endpointOf(*url, choice.region, partition, true);
    }
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(QStringLiteral("%1.%2.%3").arg(host, choice.region, QLatin1StringView(partition.dnsSuffix)));
    url.setPath(QStringLiteral("/"));
    return endpointOf(url, choice.region, partition, false);
}

Result<Endpoint> resolveEndpoint(const EndpointChoice &choice)
{
    if (const Result<void> good = checkRegion(choice); !good)
        return good.error();
    const Partition &partition = partitionOf(choice.region);
    const QString home = *partition.homeRegion ? QString(QLatin1StringView(partition.homeRegion)) : choice.region;

    if (!choice.customUrl.isEmpty()) {
        if (choice.fips)
            return invalid(QStringLiteral("Invalid Configuration: FIPS and custom endpoint are not supported"));
        if (choice.dualStack)
            return invalid(QStringLiteral("Invalid Configuration: Dualstack and custom endpoint are not supported"));
        const Result<QUrl> url = checkedUrl(choice.customUrl, choice.customUrlName);
        if (!url)
            return url.error();
        return endpointOf(*url, home, partition, true);
    }

    const bool isGov = qstrcmp(partition.name, "aws-us-gov") == 0;
    const bool variant = choice.dualStack || (choice.fips && !isGov);
    const QString region = variant ? choice.region : home;
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(QStringLiteral("%1.%2.%3")
                    .arg(choice.fips && variant ? QStringLiteral("support-fips") : QStringLiteral("support"), region,
                         QLatin1StringView(choice.dualStack ? partition.dualStackSuffix : partition.dnsSuffix)));
    url.setPath(QStringLiteral("/"));
    return endpointOf(url, region, partition, false);
}

Result<Setting> configuredEndpointUrl(const AwsConfig &config, const QString &profile,
                                      const QProcessEnvironment &environment, const QString &service)
{
    const Profile *used = config.profile(profile);
    const ConfigSection section = used ? used->section : ConfigSection{};
    const QString ignore = environment.value(QStringLiteral("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                                             section.value(QStringLiteral("ignore_configured_endpoint_urls")));
    if (isTrue(ignore))
        return Setting();
    for (const QString &variable :
         {QStringLiteral("AWS_ENDPOINT_URL_") + service.toUpper(), QStringLiteral("AWS_ENDPOINT_URL")}) {
        const Setting url = environmentSetting(environment, variable);
        if (!url.value.isEmpty())
            return url;
    }
    const Setting services = profileSetting(section, QStringLiteral("services"), profile);
    if (!services.value.isEmpty()) {
        const auto found = config.services.constFind(services.value);
        if (found == config.services.constEnd()) {
            return Error{.kind = Error::Kind::CredentialsFile,
                         .message = SettingText::tr("%1 names a section [services %2] that is not there")
                                        .arg(services.name, services.value)};
        }
        const QString url = found->nested.value(service).value(QStringLiteral("endpoint_url"));
        if (!url.isEmpty()) {
            return Setting{url,
                           SettingText::tr("%1: endpoint_url of [services %2]")
                               .arg(found->places.value(service).toString(), services.value)};
        }
    }
    return profileSetting(section, QStringLiteral("endpoint_url"), profile);
}

Setting configuredRegion(const AwsConfig &config, const QString &profile, const QProcessEnvironment &environment)
{
    for (const QString &variable : {QStringLiteral("AWS_REGION"), QStringLiteral("AWS_DEFAULT_REGION")}) {
        const Setting region = environmentSetting(environment, variable);
        if (!region.value.isEmpty())
            return region;
    }
    const Profile *used = config.profile(profile);
    return used ? profileSetting(used->section, QStringLiteral("region"), profile) : Setting();
}

QStringList knownRegions()
{
    // partitions.json of botocore, without the isolated partitions, whose people know theirs.
    return QStringLiteral("us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 "
                          "ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 "
                          "ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 "
                          "eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 "
                          "me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1 "
                          "us-gov-west-1 eusc-de-east-1")
        .split(u' ');
}

} // namespace casement
