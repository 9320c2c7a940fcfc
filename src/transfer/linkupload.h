#pragma once

#include <QList>
#include <QString>

namespace casement {

/// How far a file is on its way up over links. Whoever keeps this can go on with it after a crash, a new network or a
/// day.
struct LinkUpload
{
    QString uploadId; ///< empty: not begun
    qint64 partSize = 0; ///< bytes, of all parts but the last
    int totalParts = 0;
    QList<int> reported; ///< indexes, from 1, of parts that the service knows are there; in order

    friend bool operator==(const LinkUpload &, const LinkUpload &) = default;
};

} // namespace casement
