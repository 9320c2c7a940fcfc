#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace casement {

/// Base64 that comes in pieces, cut anywhere, as the bytes that it stands for. Nothing but its 64 characters is
/// accepted, and the padding that belongs at its end.
class Base64Decoder
{
public:
    /// Replaces what `bytes` holds by what the next piece brings. False when that is no base64; nothing is accepted
    /// after that.
    bool decode(QByteArrayView piece, QByteArray &bytes);
    /// It may end here.
    bool isWhole() const { return m_waiting.isEmpty() && !m_isBroken; }

private:
    bool broken(QByteArray &bytes);
    bool decodeGroups(QByteArrayView groups, char *&to);

    QByteArray m_waiting; // characters of a group that is not whole yet
    bool m_isPadded = false; // nothing comes behind that
    bool m_isBroken = false;
};

} // namespace casement
