#pragma once

#include "archive/database.h"
#include "archive/records.h"

#include <QStringList>

/// What a person marked cases with, in the archive. To be used by the archive's thread.
namespace casement {

/// What a person keeps about a case; the service knows nothing of it.
struct CaseMark
{
    bool starred = false;
    bool muted = false; ///< no notification tells of its new messages
    QStringList tags; ///< each once, in the person's order; cleanTags()
    QString note; ///< plain text

    bool isEmpty() const { return !starred && !muted && tags.isEmpty() && note.isEmpty(); }
    friend bool operator==(const CaseMark &, const CaseMark &) = default;
};

struct StoredMark
{
    CaseKey key;
    CaseMark mark;
};

enum class MarkField { Starred, Muted, Tags, Note };

/// One line each, no spaces around, none twice whatever its case and width; of overlong ones the beginning.
QStringList cleanTags(const QStringList &tags);
/// Of a tag, in UTF-16 units; cleanTags() cuts what is longer, so whoever takes tags says so before.
inline constexpr qsizetype longestTag = 60;
/// Text that comes back from the database as it went in: without NUL and halves of characters.
QString cleanNote(const QString &note);

Result<QList<StoredMark>> loadCaseMarks(Database &database);

/// Stores one field of each; the other fields stay as whoever wrote them last left them. Rows that say nothing any more
/// go. All or nothing, and on the disk when it answers.
Result<void> putCaseMarks(Database &database, MarkField field, const QList<StoredMark> &marks);

} // namespace casement
