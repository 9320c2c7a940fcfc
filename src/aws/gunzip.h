#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace casement {

/// Unpacks a whole gzip file, for any thread.
///
/// Qt's own unpacking hands on what there is of a cut one and never looks at the checksum and the length at its end, so
/// the answers are unpacked here. Error::Kind::BadAnswer when it is not gzip, is cut anywhere, has a wrong checksum or
/// length, has something else behind it, or is a bomb: over 10 MB and 40 times its packed size, as Qt judges it.
/// Error::Kind::TooLarge beyond `largest` bytes.
Result<QByteArray> gunzip(QByteArrayView packed, qint64 largest);

} // namespace casement
