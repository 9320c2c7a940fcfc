#include "archive/accountkey.h"

#include "aws/configfile.h"

#include <QCryptographicHash>

#include <algorithm>

namespace casement {

namespace {

constexpr qsizetype prefixLength = 4; // AKIA, ASIA
constexpr qsizetype keyIdLength = 20;
constexpr qsizetype charactersRead = 10; // 50 bits; the account's number is bits 1 to 40
constexpr QLatin1StringView ofEnvironment("environment:");
constexpr QLatin1StringView ofEndpoint("endpoint:");

bool isAccountNumber(QStringView text)
{
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// The account as far as the environment tells it.
QString accountOf(const QProcessEnvironment &environment, const QString &accessKeyId)
{
    const QString told = environment.value(QStringLiteral("AWS_ACCOUNT_ID"));
    return told.isEmpty() ? accountOfKeyId(accessKeyId) : told;
}

QString keyIdDigest(const QString &accessKeyId)
{
    const QByteArray digest = QCryptographicHash::hash(accessKeyId.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.first(6).toHex());
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

QString accountOfKeyId(const QString &accessKeyId)
{
    const auto isBase32 = [](QChar c) { return (c >= u'A' && c <= u'Z') || (c >= u'2' && c <= u'7'); };
    if (accessKeyId.size() != keyIdLength
        || (!accessKeyId.startsWith(QLatin1StringView("AKIA")) && !accessKeyId.startsWith(QLatin1StringView("ASIA")))
        || !std::all_of(accessKeyId.begin(), accessKeyId.end(), isBase32))
        return {};
    quint64 bits = 0;
    for (const QChar c : QStringView(accessKeyId).sliced(prefixLength, charactersRead))
        bits = bits << 5 | quint64(c >= u'A' ? c.unicode() - u'A' : c.unicode() - u'2' + 26);
    const bool hasNumber = bits >> 49; // the forms before 2019 begin with a lower letter
    const quint64 number = (bits >> 9) & 0xff'ffff'ffff;
    constexpr quint64 largest = 999'999'999'999;
    return hasNumber && number <= largest ? QStringLiteral("%1").arg(number, 12, 10, QLatin1Char('0')) : QString();
}

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
        identity.key = ofEnvironment + (account.isEmpty() ? keyIdDigest(keyId) : account);
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

QString keyAtEndpoint(const QString &key, const Endpoint &endpoint)
{
    const bool isCustom = key.startsWith(ofEndpoint);
    const QString own = isCustom ? key.sliced(key.indexOf(u'/') + 1) : key;
    const QString host = customHost(endpoint);
    return host.isEmpty() ? own : ofEndpoint + host + u'/' + own;
}

QString keyOfKeys(const QString &accountNumber, const QString &accessKeyId, const Endpoint &endpoint)
{
    QString account = accountNumber;
    if (!isAccountNumber(account))
        account = customHost(endpoint).isEmpty() ? accountOfKeyId(accessKeyId) : QString();
    return keyAtEndpoint(account.isEmpty() ? QStringLiteral("keys:") + keyIdDigest(accessKeyId)
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
