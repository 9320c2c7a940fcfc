#include "aws/credentials.h"

#include "aws/settingtext.h"
#include "base/redact.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace casement {

Credentials::Credentials(const QString &accessKeyId, const QString &secretAccessKey, const QString &sessionToken)
    : m_accessKeyId(accessKeyId.toUtf8()), m_secretAccessKey(secretAccessKey.toUtf8()),
      m_sessionToken(sessionToken.toUtf8())
{
    registerSecret(secretAccessKey);
    registerSecret(sessionToken);
}

bool Credentials::isSendable() const
{
    for (const QByteArray &part : {m_accessKeyId, m_secretAccessKey, m_sessionToken}) {
        if (!whyNoKey(QString::fromUtf8(part)).isEmpty())
            return false;
    }
    return true;
}

bool Credentials::isSameAs(const Credentials &other) const
{
    return m_accessKeyId == other.m_accessKeyId && m_secretAccessKey == other.m_secretAccessKey
        && m_sessionToken == other.m_sessionToken;
}

QString keyIdDigest(const QByteArray &accessKeyId)
{
    return QString::fromLatin1(QCryptographicHash::hash(accessKeyId, QCryptographicHash::Sha256).first(6).toHex());
}

bool hasKeyIdForm(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(AKIA|ASIA)[A-Z0-9]{12,124}$"));
    return form.match(text).hasMatch();
}

bool hasSecretKeyForm(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9/+=]{40}$"));
    return form.match(text).hasMatch() && !hasKeyIdForm(text);
}

QString whyNoKey(const QString &text)
{
    for (const QChar c : text) {
        if (c == u'\n' || c == u'\r')
            return SettingText::tr("goes over several lines");
        if (c == u' ' || c == u'\t')
            return SettingText::tr("holds a space");
        if (c < u' ' || c == u'\x7f')
            return SettingText::tr("holds a control character");
        if (c > u'\x7f')
            return SettingText::tr("holds a character that is not ASCII");
    }
    return {};
}

} // namespace casement
