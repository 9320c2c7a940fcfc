#pragma once

#include "aws/configfile.h"
#include "base/result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

namespace casement {

/// Where calls of a service go, and in whose name they are signed.
struct Endpoint
{
    QUrl url; ///< with the path to post to, at least `/`
    QByteArray hostHeader; ///< host, with the port when it isn't the scheme's own
    QByteArray path; ///< as on the wire
    QByteArray signingRegion; ///< from the partition, never guessed from a host
    QString partition; ///< `aws`, `aws-cn` …
    bool custom = false; ///< somebody named the URL

    bool isSamePlace(const Endpoint &other) const { return url == other.url && signingRegion == other.signingRegion; }
};

/// What decides about an endpoint.
struct EndpointChoice
{
    QString region; ///< the profile's; decides the partition
    QString regionName; ///< what to call the region when it is none, see Setting; empty: it is shown itself
    QString customUrl; ///< empty: the service's own
    QString customUrlName; ///< as regionName
    bool fips = false;
    bool dualStack = false;
};

/// The endpoint of AWS Support. Every region of a partition shares one, and the partition's home region signs.
/// Errors (Kind::Invalid; Kind::CredentialsFile for what a name says where it stands): no region, FIPS or dual-stack
/// with a custom URL (botocore's words), a custom URL that is not http(s), has user info, query or fragment, or is
/// plain http to anything but loopback: keys would travel readable. Source: botocore,
/// support/2013-04-15/endpoint-rule-set-1.json and partitions.json.
Result<Endpoint> resolveEndpoint(const EndpointChoice &choice);

/// The endpoint of a service that every region has for itself: `https://HOST.REGION.amazonaws.com`, HOST being `sts`,
/// `oidc`, `portal.sso`. FIPS and dual-stack are not looked at. Errors as resolveEndpoint().
Result<Endpoint> regionalEndpoint(const QString &host, const EndpointChoice &choice);

/// The partition of a region's name; a region of an unknown shape belongs to `aws`.
QString partitionOfRegion(const QString &region);

/// Of all partitions but the isolated ones, whose people know theirs. AWS adds some every year.
QStringList knownRegions();

/// The custom URL of a service (`support`, `sts`, `sso`, `sso_oidc`) in AWS's order: AWS_ENDPOINT_URL_SUPPORT,
/// AWS_ENDPOINT_URL, the profile's `[services …]` section, its `endpoint_url`; empty when there is none or they are to
/// be ignored. A `services` that names no section is an Error.
Result<Setting> configuredEndpointUrl(const AwsConfig &config, const QString &profile,
                                      const QProcessEnvironment &environment,
                                      const QString &service = QStringLiteral("support"));

/// AWS_REGION, AWS_DEFAULT_REGION, the profile's `region`; may be empty.
Setting configuredRegion(const AwsConfig &config, const QString &profile, const QProcessEnvironment &environment);

} // namespace casement
