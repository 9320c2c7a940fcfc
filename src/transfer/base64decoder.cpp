#include "transfer/base64decoder.h"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

namespace casement {

namespace {

constexpr qsizetype groupSize = 4; // characters
constexpr qsizetype bytesOfGroup = 3;

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
    bytes.resize((m_waiting.size() + piece.size()) / groupSize * bytesOfGroup);
    char *to = bytes.data();
    if (!m_waiting.isEmpty()) {
        const qsizetype missing = std::min(groupSize - m_waiting.size(), piece.size());
        m_waiting.append(piece.first(missing));
        piece = piece.sliced(missing);
        if (m_waiting.size() == groupSize && !decodeGroups(std::exchange(m_waiting, {}), to))
            return broken(bytes);
    }
    // Where they stand: a copy of each piece would cost as much as to decode it.
    const QByteArrayView groups = piece.first(piece.size() / groupSize * groupSize);
    if (!groups.isEmpty() && (m_isPadded || !decodeGroups(groups, to)))
        return broken(bytes);
    m_waiting.append(piece.sliced(groups.size()));
    if (m_isPadded && !m_waiting.isEmpty())
        return broken(bytes);
    bytes.resize(to - bytes.constData());
    return true;
}

/// Writes what they stand for, and moves behind it.
bool Base64Decoder::decodeGroups(QByteArrayView groups, char *&to)
{
    // libcrypto takes "=" for a character like any other.
    const qsizetype padding = groups.endsWith("==") ? 2 : groups.endsWith('=') ? 1 : 0;
    const qsizetype length = groups.size() / groupSize * bytesOfGroup;
    m_isPadded = padding > 0;
    if (groups.indexOf('=') != (m_isPadded ? groups.size() - padding : -1) || !mayStandAtTheEdge(groups.front())
        || !mayStandAtTheEdge(groups.at(groups.size() - padding - 1)))
        return false;
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char *>(to), reinterpret_cast<const unsigned char *>(groups.data()),
                        int(groups.size()))
        != length)
        return false;
    to += length - padding;
    return true;
}

} // namespace casement
