#include "demo/pagetoken.h"

#include <QCryptographicHash>
#include <QList>
#include <QMessageAuthenticationCode>

namespace casement::demo {

namespace {

constexpr auto wireFormat = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype macSize = 16;

} // namespace

PageTokens::PageTokens(quint64 seed)
    : m_key(
        QCryptographicHash::hash("casement demo page tokens " + QByteArray::number(seed), QCryptographicHash::Sha256))
{
}

QByteArray PageTokens::digest(std::initializer_list<QString> parts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &part : parts) {
        const QByteArray utf8 = part.toUtf8();
        hash.addData(QByteArray::number(utf8.size()) + ':');
        hash.addData(utf8);
    }
    return hash.result().first(12).toHex();
}

QByteArray PageTokens::sign(const QByteArray &text) const
{
    return QMessageAuthenticationCode::hash(text, m_key, QCryptographicHash::Sha256).toHex();
}

QString PageTokens::write(const PageToken &token) const
{
    const QByteArray content = token.operation + '|' + token.parameters + '|' + QByteArray::number(token.position) + '|'
        + QByteArray::number(token.madeAt);
    const QByteArray mac = QMessageAuthenticationCode::hash(content, m_key, QCryptographicHash::Sha256).first(macSize);
    return QLatin1Char('A') + QString::fromLatin1((mac + content).toBase64(wireFormat));
}

PageTokens::Verdict PageTokens::read(const QString &text, const QByteArray &operation, const QByteArray &parameters,
                                     qint64 now, PageToken &token) const
{
    if (!text.startsWith(QLatin1Char('A')))
        return Verdict::Forged;
    const auto decoded =
        QByteArray::fromBase64Encoding(text.mid(1).toLatin1(), wireFormat | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() <= macSize)
        return Verdict::Forged;
    const QByteArray content = decoded.decoded.mid(macSize);
    if (QMessageAuthenticationCode::hash(content, m_key, QCryptographicHash::Sha256).first(macSize)
        != decoded.decoded.first(macSize))
        return Verdict::Forged;
    const QList<QByteArray> parts = content.split('|');
    if (parts.size() != 4)
        return Verdict::Forged;
    token = {parts.at(0), parts.at(1), parts.at(2).toLongLong(), parts.at(3).toLongLong()};
    if (write(token) != text)
        return Verdict::Forged; // the same bytes in another spelling
    if (token.operation != operation || token.parameters != parameters)
        return Verdict::Foreign;
    if (now - token.madeAt > lifetime)
        return Verdict::Expired;
    return Verdict::Good;
}

} // namespace casement::demo
