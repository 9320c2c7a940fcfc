#pragma once

#include "base/result.h"
#include "transfer/localfile.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace casement {

/// A file and the name under which it is sent.
struct SetItem
{
    LocalFile file;
    QString name;
};

/// The body of an AddAttachmentsToSet, and its digest for the signature.
struct SetBody
{
    QByteArray json;
    QByteArray sha256; ///< lower-case hexadecimal digits
};

/// Reads, encodes and hashes in one go, a piece at a time: memory holds the body and never a whole file beside it.
/// For a pool thread. `unreadable` tells which item an Error is about. Files over AddAttachmentsToSet::largestFile are
/// refused.
Result<SetBody> makeSetBody(const QList<SetItem> &items, const QString &setId, qsizetype &unreadable);

} // namespace casement
