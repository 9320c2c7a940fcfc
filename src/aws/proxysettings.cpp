#include "aws/proxysettings.h"

#include "aws/localcode.h"
#include "aws/loopback.h"
#include "aws/networkpreferences.h"

namespace casement {

namespace {

// As urllib's getproxies_environment: lower case wins, and an empty lower-case variable unsets the other.
QString proxyVariable(const QProcessEnvironment &environment, const QString &lowerCaseName)
{
    if (environment.contains(lowerCaseName))
        return environment.value(lowerCaseName);
    return environment.value(lowerCaseName.toUpper());
}

// As urllib's proxy_bypass_environment.
bool isBypassed(const QUrl &url, const QString &noProxy)
{
    if (noProxy == u'*')
        return true;
    const QString host = url.host().toLower();
    const QString hostAndPort = url.port() == -1 ? host : QStringLiteral("%1:%2").arg(host).arg(url.port());
    for (const QString &entry : noProxy.split(u',')) {
        QString name = entry.trimmed().toLower();
        while (name.startsWith(u'.'))
            name.remove(0, 1);
        if (name.isEmpty())
            continue;
        if (host == name || hostAndPort == name)
            return true;
        const QString suffix = u'.' + name;
        if (host.endsWith(suffix) || hostAndPort.endsWith(suffix))
            return true;
    }
    return false;
}

/// What is set says which proxy; name and password stay in the environment, where the same proxy is named with them.
QNetworkProxy proxyOf(const NetworkPreferences &preferences, const QUrl &url, const QProcessEnvironment &environment)
{
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    if (preferences.proxy == NetworkPreferences::Proxy::None || preferences.host.isEmpty() || isLoopbackHost(url.host())
        || isBypassed(url, proxyVariable(environment, QStringLiteral("no_proxy"))))
        return none;
    const bool isHttp = preferences.proxy == NetworkPreferences::Proxy::Http;
    QNetworkProxy proxy(isHttp ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, preferences.host,
                        quint16(preferences.port));
    const Result<QNetworkProxy> named = environmentProxy(url, environment);
    if (named && named->hostName().compare(proxy.hostName(), Qt::CaseInsensitive) == 0
        && named->port() == proxy.port()) {
        proxy.setUser(named->user());
        proxy.setPassword(named->password());
    }
    return proxy;
}

} // namespace

Result<QNetworkProxy> proxyFor(const QUrl &url, const QProcessEnvironment &environment)
{
    const NetworkPreferences preferences = networkPreferences();
    return preferences.proxy == NetworkPreferences::Proxy::System ? environmentProxy(url, environment)
                                                                  : proxyOf(preferences, url, environment);
}

Result<QNetworkProxy> environmentProxy(const QUrl &url, const QProcessEnvironment &environment)
{
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    QString text = proxyVariable(environment, url.scheme() + QStringLiteral("_proxy"));
    if (text.isEmpty() || isBypassed(url, proxyVariable(environment, QStringLiteral("no_proxy"))))
        return none;
    if (text.startsWith(QLatin1StringView("//")))
        text.prepend(QStringLiteral("http:"));
    else if (!text.contains(QLatin1StringView("://")))
        text.prepend(QStringLiteral("http://"));

    const QUrl proxy(text);
    const auto error = [&](const QString &reason) {
        return Error{
            .kind = Error::Kind::Proxy,
            .code = localcode::proxySetting,
            .message =
                QStringLiteral("the proxy in %1 %2").arg(url.scheme().toUpper() + QStringLiteral("_PROXY"), reason)};
    };
    if (!proxy.isValid() || proxy.host().isEmpty())
        return error(QStringLiteral("is not a URL"));
    QNetworkProxy::ProxyType type = QNetworkProxy::HttpProxy;
    int port = 80;
    if (proxy.scheme().startsWith(QLatin1StringView("socks5"))) {
        type = QNetworkProxy::Socks5Proxy;
        port = 1080;
    } else if (proxy.scheme() != QLatin1StringView("http")) {
        return error(QStringLiteral("has the scheme %1; http and socks5 can be used").arg(proxy.scheme()));
    }
    return QNetworkProxy(type, proxy.host(), quint16(proxy.port(port)), proxy.userName(QUrl::FullyDecoded),
                         proxy.password(QUrl::FullyDecoded));
}

} // namespace casement
