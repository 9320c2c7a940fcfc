#include "transfer/base64decoder.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace casement {

namespace {

constexpr quint32 noCharacter = 0xff000000;

using Base64Table = std::array<quint32, 256>;

/// What each character adds to its three bytes, the first of them lowest, by its place in the group.
constexpr std::array<Base64Table, 4> base64Tables = [] {
    constexpr char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<Base64Table, 4> tables{};
    for (size_t place = 0; place < 4; ++place) {
        tables[place].fill(noCharacter);
        for (quint32 value = 0; value < 64; ++value) {
            const quint32 bits = value << (18 - 6 * quint32(place)); // of 24, the first byte highest
            tables[place][size_t(characters[value])] = bits >> 16 | (bits & 0xff00) | (bits & 0xff) << 16;
        }
    }
    return tables;
}();

quint32 threeBytes(const unsigned char *group)
{
    return base64Tables[0][group[0]] | base64Tables[1][group[1]] | base64Tables[2][group[2]]
        | base64Tables[3][group[3]];
}

} // namespace

/// The last group may be padded; nothing else is special about it.
bool Base64Decoder::takeGroup(const unsigned char *group, char *&to)
{
    if (m_isPadded)
        return false;
    unsigned char whole[4] = {group[0], group[1], group[2], group[3]};
    int count = 3;
    for (int place = 3; place >= 2 && whole[place] == '='; --place) {
        whole[place] = 'A';
        --count;
    }
    const quint32 bytes = threeBytes(whole);
    if (bytes & noCharacter)
        return false;
    m_isPadded = count < 3;
    std::memcpy(to, &bytes, size_t(count)); // little-endian; Casement knows no other machines
    to += count;
    return true;
}

bool Base64Decoder::decode(QByteArrayView piece, QByteArray &bytes)
{
    constexpr qsizetype written = 4; // bytes at once, of which the last belongs to the next group
    const auto *from = reinterpret_cast<const unsigned char *>(piece.data());
    const auto *const end = from + piece.size();
    bytes.resize((piece.size() + m_waiting) / 4 * 3 + written);
    char *to = bytes.data();
    const auto settle = [&](bool good) {
        bytes.resize(to - bytes.constData());
        m_isBroken = m_isBroken || !good;
        return !m_isBroken;
    };
    if (m_isBroken)
        return settle(false);
    if (m_waiting > 0) {
        while (m_waiting < 4 && from < end)
            m_group[m_waiting++] = *from++;
        if (m_waiting < 4)
            return settle(true);
        m_waiting = 0;
        if (!takeGroup(m_group, to))
            return settle(false);
    }
    for (; end - from >= 4 && !m_isPadded; from += 4) {
        const quint32 three = threeBytes(from);
        if (three & noCharacter) {
            if (!takeGroup(from, to))
                return settle(false);
            continue;
        }
        std::memcpy(to, &three, written);
        to += 3;
    }
    if (m_isPadded && from < end)
        return settle(false);
    m_waiting = int(end - from);
    std::copy(from, end, m_group);
    return settle(true);
}

} // namespace casement
