#pragma once

#include "archive/database.h"
#include "archive/records.h"
#include "transfer/linkupload.h"
#include "transfer/localfile.h"

#include <QList>
#include <QString>

/// Files of drafts and of changes on their way, in the archive. To be used by the archive's thread; what is written is
/// on the disk when it returns.
namespace casement {

/// How a file gets to the service.
enum class UploadWay : quint8 {
    Undecided = 0,
    Links = 1, ///< upload links: 10 files of 150 MB a message
    Set = 2, ///< an attachment set: 3 files of 5 MB, one hour
};

/// Where a file of an outbox entry stands. Stored as these numbers.
enum class OutboxFileState : quint8 {
    Waiting = 0, ///< to be uploaded
    Uploading = 1,
    Processing = 2, ///< all of it is there; the service looks at it
    Ready = 3, ///< a message may name it
    Paused = 4, ///< by the person
    Failed = 5, ///< `error` says why; a person decides
};

/// A file of a draft, or of what is being sent.
struct OutboxFile
{
    QString id; ///< a UUID
    QString entry; ///< OutboxEntry::id
    int position = 0; ///< the order in which the message has them
    LocalFile file; ///< as it was when it was chosen
    QString name; ///< under which it is sent: safe, and none twice in a message
    bool owned = false; ///< made by this program (a pasted picture, a ZIP): goes with the entry
    OutboxFileState state = OutboxFileState::Waiting;
    UploadWay way = UploadWay::Undecided;
    LinkUpload upload; ///< of UploadWay::Links
    QString setId; ///< of UploadWay::Set, once it is in one
    qint64 setExpiry = 0; ///< ms since 1970 UTC by the service's clock; 0: not known
    Error error; ///< why it failed, or why it waits
    qint64 changed = 0; ///< ms since 1970 UTC

    friend bool operator==(const OutboxFile &, const OutboxFile &) = default;
};

/// All files, by entry and position. What was being uploaded waits.
Result<QList<OutboxFile>> loadOutboxFiles(Database &database);

/// Stores a file as it is; one that is not new only where it is still there: another program may have deleted its
/// draft, or the data of its account.
Result<void> putOutboxFile(Database &database, const OutboxFile &file, bool isNew);

Result<void> removeOutboxFiles(Database &database, const QStringList &ids);

/// Removes the files of entries that are no more, or were told, and were last touched before `before`; answers the
/// paths of those that this program had made.
Result<QStringList> forgetOrphanedFiles(Database &database, qint64 before);
/// The same at once, of these entries, where they are no more: files may have come to them before that was noticed.
Result<QStringList> forgetLostFiles(Database &database, const QStringList &entries);

} // namespace casement
