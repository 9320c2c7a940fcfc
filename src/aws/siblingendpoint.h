#pragma once

#include "aws/endpoint.h"
#include "base/result.h"

namespace casement {

struct ProfileChoice;

/// Error::code where keys that belong to a custom endpoint would have to be taken to AWS.
inline constexpr QLatin1StringView onlyCustomEndpoint("OnlyCustomEndpoint");

/// Where another service is reached with the keys of `choice`: `host` is its host's name (`sts`, `organizations`),
/// `service` what configuredEndpointUrl() calls it. `region` empty: that of the choice, else the configured one, else
/// us-east-1.
///
/// Where AWS Support has an endpoint of somebody's own and this service has none, it is an Error (onlyCustomEndpoint):
/// keys of an emulator or a test system are taken nowhere else.
Result<Endpoint> siblingEndpoint(const ProfileChoice &choice, const QString &host, const QString &service,
                                 const QString &region = {});

} // namespace casement
