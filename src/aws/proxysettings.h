#pragma once

#include "base/result.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

namespace casement {

/// The proxy for a URL as Python's getproxies() and proxy_bypass() find it: HTTPS_PROXY or HTTP_PROXY (or ALL_PROXY) in
/// either case, lower case first, and NO_PROXY with `*` and suffixes, no address ranges. QNetworkProxy::NoProxy when
/// there is none. Error (Kind::Proxy): a proxy URL that can't be used; `message` never holds its password. Source:
/// Python's urllib.request, getproxies_environment.
Result<QNetworkProxy> environmentProxy(const QUrl &url, const QProcessEnvironment &environment);

/// The proxy for a URL as NetworkPreferences say. One that was set there serves no address of this computer, and none
/// that NO_PROXY names.
Result<QNetworkProxy> proxyFor(const QUrl &url, const QProcessEnvironment &environment);

} // namespace casement
