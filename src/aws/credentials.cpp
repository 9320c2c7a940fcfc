#include "aws/credentials.h"

#include "base/redact.h"

#include <algorithm>

namespace casement {

namespace {

bool isVisibleAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

} // namespace

Credentials::Credentials(const QString &accessKeyId, const QString &secretAccessKey, const QString &sessionToken)
    : m_accessKeyId(accessKeyId.toUtf8()), m_secretAccessKey(secretAccessKey.toUtf8()),
      m_sessionToken(sessionToken.toUtf8())
{
    registerSecret(secretAccessKey);
    registerSecret(sessionToken);
}

bool Credentials::isSendable() const { return isVisibleAscii(m_accessKeyId) && isVisibleAscii(m_sessionToken); }

bool Credentials::isSameAs(const Credentials &other) const
{
    return m_accessKeyId == other.m_accessKeyId && m_secretAccessKey == other.m_secretAccessKey
        && m_sessionToken == other.m_sessionToken;
}

} // namespace casement
