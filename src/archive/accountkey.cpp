#include "archive/accountkey.h"

#include "aws/configfile.h"

#include <algorithm>

namespace casement {

namespace {

constexpr QLatin1StringView ofEnvironment("environment:");
constexpr QLatin1StringView ofEndpoint("endpoint:");

// The account as far as the environment tells it.
QString accountOf(const QProcessEnvironment &environment, const QString &accessKeyId)
{
    const QString told = environment.value(QStringLiteral("AWS_ACCOUNT_ID"));
    return told.isEmpty() ? accountOfKeyId(accessKeyId) : told;
}

bool isServicesOwn(const Endpoint &endpoint)
{
    const Result<Endpoint> own = resolveEndpoint({.region = QString::fromLatin1(endpoint.signingRegion)});
    return own && own->hostHeader == endpoint.hostHeader && own->url.scheme() == endpoint.url.scheme();
}

// `HOST:PORT` of an emulator; empty for the service itself.
QString customHost(const Endpoint &endpoint)
{
    if (!endpoint.custom || isServicesOwn(endpoint))
        return {};
    const int usual = endpoint.url.scheme() == QLatin1StringView("http") ? 80 : 443;
    return endpoint.url.host() + u':' + QString::number(endpoint.url.port(usual));
}

} // namespace

AccountIdentity accountIdentity(const ProfileChoice &choice, const Endpoint &endpoint)
{
    AccountIdentity identity;
    identity.partition = endpoint.partition;
    const QString keyId = choice.environment.value(QStringLiteral("AWS_ACCESS_KEY_ID"));
    if (choice.profile.isEmpty() && !keyId.isEmpty()) {
        const QString account = accountOf(choice.environment, keyId);
        identity.name = QStringLiteral("environment");
        if (isAccountNumber(account))
            identity.name += u' ' + account;
        identity.key = ofEnvironment + (account.isEmpty() ? keyIdDigest(keyId.toUtf8()) : account);
    } else {
        identity.name = profileName(choice.profile, choice.environment);
        identity.key = QStringLiteral("profile:") + identity.name;
    }
    if (const QString host = customHost(endpoint); !host.isEmpty()) {
        identity.key = ofEndpoint + host + u'/' + identity.key;
        identity.name = QStringLiteral("%1 (%2)").arg(identity.name, host);
    }
    return identity;
}

bool isKeyOfEndpoint(const QString &key) { return key.startsWith(ofEndpoint); }

QString keyWithoutEndpoint(const QString &key)
{
    return isKeyOfEndpoint(key) ? key.sliced(key.indexOf(u'/') + 1) : key;
}

QString keyAtEndpoint(const QString &key, const Endpoint &endpoint)
{
    const QString own = keyWithoutEndpoint(key);
    const QString host = customHost(endpoint);
    return host.isEmpty() ? own : ofEndpoint + host + u'/' + own;
}

QString keyOfKeys(const QString &accountNumber, const QString &accessKeyId, const Endpoint &endpoint)
{
    QString account = accountNumber;
    if (!isAccountNumber(account))
        account = customHost(endpoint).isEmpty() ? accountOfKeyId(accessKeyId) : QString();
    return keyAtEndpoint(account.isEmpty() ? QStringLiteral("keys:") + keyIdDigest(accessKeyId.toUtf8())
                                           : QStringLiteral("account:") + account,
                         endpoint);
}

bool maybeSameAccount(const QString &key, const QString &other)
{
    const bool isCustom = key.startsWith(ofEndpoint);
    const qsizetype place = isCustom ? key.indexOf(u'/') + 1 : 0; // of what stands behind the endpoint
    const QStringView own = QStringView(key).sliced(place);
    if (!own.startsWith(ofEnvironment) || !other.startsWith(QStringView(key).first(place + ofEnvironment.size())))
        return false;
    const QStringView number = own.sliced(ofEnvironment.size());
    const QStringView otherNumber = QStringView(other).sliced(place + ofEnvironment.size());
    return isCustom || number == otherNumber || !isAccountNumber(number) || !isAccountNumber(otherNumber);
}

} // namespace casement
