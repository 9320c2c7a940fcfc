#include "transfer/base64decoder.h"

#include <openssl/evp.h>

#include <utility>

namespace casement {

namespace {

/// libcrypto passes over blanks, line ends and "-" at either end.
bool mayStandAtTheEdge(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

} // namespace

bool Base64Decoder::broken(QByteArray &bytes)
{
    bytes.resize(0);
    m_isBroken = true;
    return false;
}

bool Base64Decoder::decode(QByteArrayView piece, QByteArray &bytes)
{
    bytes.resize(0);
    if (m_isBroken || (m_isPadded && !piece.isEmpty()))
        return broken(bytes);
    QByteArray text = std::exchange(m_waiting, {});
    text.append(piece);
    const qsizetype whole = text.size() / 4 * 4;
    m_waiting = text.sliced(whole);
    text.truncate(whole);
    if (text.isEmpty())
        return true;
    // libcrypto takes "=" for a character like any other.
    const qsizetype padding = text.endsWith("==") ? 2 : text.endsWith('=') ? 1 : 0;
    const qsizetype length = whole / 4 * 3;
    m_isPadded = padding > 0;
    if ((m_isPadded && !m_waiting.isEmpty()) || text.indexOf('=') != (m_isPadded ? whole - padding : -1)
        || !mayStandAtTheEdge(text.front()) || !mayStandAtTheEdge(text.at(whole - padding - 1)))
        return broken(bytes);
    bytes.resize(length);
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char *>(bytes.data()),
                        reinterpret_cast<const unsigned char *>(text.constData()), int(whole))
        != length)
        return broken(bytes);
    bytes.chop(padding);
    return true;
}

} // namespace casement
