#include "archive/accountkey.h"

#include "aws/configfile.h"

#include <QCryptographicHash>

namespace casement {

namespace {

constexpr qsizetype prefixLength = 4; // AKIA, ASIA
constexpr qsizetype keyIdLength = 20;
constexpr qsizetype charactersRead = 10; // 50 bits; the account's number is bits 1 to 40

QString discriminator(const QProcessEnvironment &environment, const QString &accessKeyId)
{
    const QString told = environment.value(QStringLiteral("AWS_ACCOUNT_ID"));
    if (!told.isEmpty())
        return told;
    const QString number = accountOfKeyId(accessKeyId);
    if (!number.isEmpty())
        return number;
    const QByteArray digest = QCryptographicHash::hash(accessKeyId.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.first(6).toHex());
}

bool isServicesOwn(const Endpoint &endpoint)
{
    const Result<Endpoint> own = resolveEndpoint({.region = QString::fromLatin1(endpoint.signingRegion)});
    return own && own->hostHeader == endpoint.hostHeader && own->url.scheme() == endpoint.url.scheme();
}

} // namespace

QString accountOfKeyId(const QString &accessKeyId)
{
    if (accessKeyId.size() != keyIdLength)
        return {};
    quint64 bits = 0;
    for (const QChar c : QStringView(accessKeyId).sliced(prefixLength, charactersRead)) {
        quint64 value = 0;
        if (c >= u'A' && c <= u'Z')
            value = quint64(c.unicode() - u'A');
        else if (c >= u'2' && c <= u'7')
            value = quint64(c.unicode() - u'2' + 26);
        else
            return {};
        bits = bits << 5 | value;
    }
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
        identity.name = QStringLiteral("environment");
        identity.key = QStringLiteral("environment:") + discriminator(choice.environment, keyId);
    } else {
        identity.name = profileName(choice.profile, choice.environment);
        identity.key = QStringLiteral("profile:") + identity.name;
    }
    if (endpoint.custom && !isServicesOwn(endpoint)) {
        const QString port =
            QString::number(endpoint.url.port(endpoint.url.scheme() == QLatin1StringView("http") ? 80 : 443));
        const QString host = endpoint.url.host() + u':' + port;
        identity.key = QStringLiteral("endpoint:%1/%2").arg(host, identity.key);
        identity.name = QStringLiteral("%1 (%2)").arg(identity.name, host);
    }
    return identity;
}

} // namespace casement
