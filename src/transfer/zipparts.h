#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace casement {

/// How a ZIP that is too large can go as several: the numbers of its entries for each of them, in their order. Empty
/// when that helps nothing, since one of its files alone is too large.
using ZipParts = QList<QList<qint64>>;

/// Looks at a ZIP that this program made, by what its files have in it; for the pool. No part has more than `largest`
/// bytes.
Result<ZipParts> planZipParts(const QString &zip, qint64 largest);

} // namespace casement
