#pragma once

#include <QHostAddress>
#include <QString>

namespace casement {

/// Whether a host of a URL is this computer by its name or address alone; nothing is looked up.
inline bool isLoopbackHost(const QString &host)
{
    if (host == QLatin1StringView("localhost") || host.endsWith(QLatin1StringView(".localhost")))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

} // namespace casement
