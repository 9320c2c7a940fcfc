#pragma once

#include "archive/database.h"
#include "archive/records.h"

#include <QByteArray>

/// Drafts and changes on their way to the service, in the archive. To be used by the archive's thread; everything that
/// writes is one transaction, and on the disk when it returns.
namespace casement {

/// Where a change stands between its first keystroke and its effect. Stored as these numbers.
enum class OutboxState : quint8 {
    Draft = 0, ///< being written
    Queued = 1, ///< to be sent; it certainly has not arrived
    Unknown = 2, ///< from before its first byte left until the outcome is known: it may have arrived
    Asking = 3, ///< it was looked for and not found: a person decides what becomes of it
    Done = 4, ///< it took effect
    Told = 5, ///< and the person knows; kept for a day, so that a look does not take its effect for another entry's
};

/// A change: what it asks of the service and where it stands.
struct OutboxEntry
{
    QString id; ///< a UUID
    AccountId account = 0;
    OutboxState state = OutboxState::Draft;
    qint64 created = 0; ///< ms since 1970 UTC
    qint64 changed = 0;
    qint64 sent = 0; ///< when the last attempt began, by this computer's clock; 0: never
    Error error; ///< why the last attempt did not end well; `host` and `httpStatus` are not kept
    QString operation; ///< `CreateCase`, `AddCommunicationToCase` or `ResolveCase`
    QString caseId; ///< of the case that is answered or resolved; of a new one once it is known
    QByteArray input; ///< the request as JSON, by its shape()
    QString predecessor; ///< of a follow-up: the entry that must be done before it; empty once it is
    int part = 0; ///< of a follow-up, counted from 1 behind the message whose files it carries; 0: none
    /// Of what a person sent again although nobody knew what had become of it: when the first such attempt began. It
    /// may have arrived, whatever becomes of those after it. 0: none.
    qint64 doubt = 0;

    /// From when on it may be at the service, by this computer's clock.
    qint64 firstSent() const { return doubt != 0 ? doubt : sent; }

    friend bool operator==(const OutboxEntry &, const OutboxEntry &) = default;
};

/// All entries, oldest first, without those told.
Result<QList<OutboxEntry>> loadOutbox(Database &database);

/// Stores an entry as it is, unless its row says that it went further meanwhile (another program, or a send in this
/// one): then nothing happens and the answer is false. Only Draft, Queued and Asking rows can be overwritten. A
/// follow-up whose predecessor is done already is stored as one that waits no more; the answer is false then, too.
Result<bool> putOutboxEntry(Database &database, const OutboxEntry &entry);

/// Queued → Unknown, with `sent`, before the first byte leaves. False when the entry is not queued any more, because
/// somebody else has it, or waits for its predecessor.
Result<bool> claimOutboxEntry(Database &database, const QString &id, qint64 sent);

/// A follow-up of an entry that is done: it is for that one's case, and waits no more.
OutboxEntry released(const OutboxEntry &followUp, const QString &caseId);

/// Writes the outcome of an attempt or a look: state, error and case. When it is done its follow-ups are released, and
/// its files are known as sent.
Result<void> settleOutboxEntry(Database &database, const OutboxEntry &entry);

/// A draft that is not wanted. False when it is not a Draft or Asking any more.
Result<bool> removeOutboxEntry(Database &database, const QString &id);

/// Whether an entry is known as done, also when the person was told. False when it is not there at all.
Result<bool> wasDone(Database &database, const QString &id);

/// Those like `entry` in account, operation, case (of a reply) and input that took effect since `since`, without
/// `entry` itself. A look leaves their effects to them.
Result<QList<OutboxEntry>> doneLike(Database &database, const OutboxEntry &entry, qint64 since);

/// An account whose keys in the environment were replaced may be another account to the archive (accountkey.h). Moves
/// the oldest entry like `wanted` (operation, input and, unless it is of a new case, case) whose end nobody was told
/// from such an account to that of `wanted`, so that the change is not sent once more; its files must have these paths,
/// in this order. A done one becomes unknown: it is looked for with the keys of now. A draft counts when it was
/// cancelled on its way with its files. False when there is none.
Result<bool> adoptOutboxEntry(Database &database, const OutboxEntry &wanted, const QStringList &paths = {});

/// Forgets what was told more than a day before `now`.
Result<void> forgetTold(Database &database, qint64 now);

} // namespace casement
