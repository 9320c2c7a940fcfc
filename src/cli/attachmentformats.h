#pragma once

#include "archive/records.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace casement::cli {

/// A file of a case and the message that it came with.
struct ListedAttachment
{
    AttachmentRecord record;
    QString submittedBy;
    QString timeCreatedText;
    qint64 created = 0; ///< ms since 1970 UTC; 0 when timeCreatedText can't be read
    std::optional<qint64> keptSize; ///< bytes, of one that is kept here; the service tells no size before
};

/// Columns for people, the attachmentId last; cut to `columns` cells unless that is 0.
QString attachmentTable(const QList<ListedAttachment> &files, int columns);

/// An array of objects; texts exactly as the service wrote them, `size` null when it is not known.
QByteArray attachmentJson(const QList<ListedAttachment> &files);

/// RFC 4180, with the members of the JSON as columns.
QByteArray attachmentCsv(const QList<ListedAttachment> &files, bool forTerminal);

} // namespace casement::cli
