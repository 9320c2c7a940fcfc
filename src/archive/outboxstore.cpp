#include "archive/outboxstore.h"

#include "archive/accountkey.h"
#include "archive/durable.h"
#include "support/cases.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 toldIsKept = 24LL * 60 * 60 * 1000;

#define CASEMENT_OUTBOX_COLUMNS                                                                                        \
    "id, account, state, created, changed, sent, errorKind, errorCode, errorMessage, requestId, operation, caseId, "   \
    "input, predecessor, part, doubt"

OutboxEntry readEntry(const Statement &row)
{
    OutboxEntry entry;
    entry.id = row.text(0);
    entry.account = row.number(1);
    entry.state = OutboxState(std::clamp<qint64>(row.number(2), 0, qint64(OutboxState::Told)));
    entry.created = row.number(3);
    entry.changed = row.number(4);
    entry.sent = row.number(5);
    entry.operation = row.text(10);
    entry.caseId = row.text(11);
    entry.input = row.text(12).toUtf8();
    entry.predecessor = row.text(13);
    entry.part = int(row.number(14));
    entry.doubt = row.number(15);
    entry.error.kind = kindOfName(row.text(6));
    if (entry.error.kind != Error::Kind::None) {
        entry.error.code = row.text(7);
        entry.error.message = row.text(8);
        entry.error.requestId = row.text(9);
        entry.error.operation = entry.operation;
    }
    return entry;
}

QString kindText(const Error &error) { return error.kind == Error::Kind::None ? QString() : kindName(error.kind); }

QStringList pathsOf(Database &database, const QString &entry)
{
    QStringList paths;
    Statement read = database.prepare("SELECT path FROM outboxFiles WHERE entry = ? ORDER BY position, id");
    read.run(entry);
    while (read.next())
        paths.append(read.text(0));
    return paths;
}

/// Of an entry that is done. Within a transaction.
void releaseFollowUps(Database &database, const QString &id, const QString &caseId)
{
    QList<OutboxEntry> waiting;
    {
        Statement read = database.prepare("SELECT " CASEMENT_OUTBOX_COLUMNS " FROM outbox WHERE predecessor = ?");
        read.run(id);
        while (read.next())
            waiting.append(readEntry(read));
    }
    Statement release = database.prepare("UPDATE outbox SET predecessor = '', caseId = ?, input = ? WHERE id = ?");
    for (const OutboxEntry &one : std::as_const(waiting)) {
        const OutboxEntry now = released(one, caseId);
        release.run(now.caseId, QString::fromUtf8(now.input), now.id);
    }
}

} // namespace

OutboxEntry released(const OutboxEntry &followUp, const QString &caseId)
{
    OutboxEntry entry = followUp;
    entry.predecessor.clear();
    if (auto request = decode<AddCommunicationToCase::Request>(entry.input); request && !caseId.isEmpty()) {
        entry.caseId = caseId;
        request->caseId = caseId;
        entry.input = encode(*request);
    }
    return entry;
}

Result<QList<OutboxEntry>> loadOutbox(Database &database)
{
    QList<OutboxEntry> entries;
    Statement read =
        database.prepare("SELECT " CASEMENT_OUTBOX_COLUMNS " FROM outbox WHERE state < 5 ORDER BY created, id");
    read.run();
    while (read.next())
        entries.append(readEntry(read));
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return entries;
}

Result<bool> putOutboxEntry(Database &database, const OutboxEntry &entry)
{
    bool stored = false;
    const Result<void> done = durably(database, [&] {
        Statement put = database.prepare(
            "INSERT INTO outbox (" CASEMENT_OUTBOX_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET account = excluded.account, state = excluded.state, changed = "
            "excluded.changed, errorKind = excluded.errorKind, errorCode = excluded.errorCode, errorMessage = "
            "excluded.errorMessage, requestId = excluded.requestId, operation = excluded.operation, caseId = "
            "excluded.caseId, input = excluded.input, predecessor = excluded.predecessor, part = excluded.part, doubt "
            "= "
            "excluded.doubt WHERE "
            "outbox.state IN (0, 1, 3) AND NOT (outbox.predecessor = '' AND excluded.predecessor <> '')");
        put.run(entry.id, entry.account, int(entry.state), entry.created, entry.changed, entry.sent,
                kindText(entry.error), entry.error.code, entry.error.message, entry.error.requestId, entry.operation,
                entry.caseId, QString::fromUtf8(entry.input), entry.predecessor, entry.part, entry.doubt);
        stored = put.changes() > 0;
        if (!stored || entry.predecessor.isEmpty())
            return;
        QString caseId;
        {
            Statement read = database.prepare("SELECT caseId FROM outbox WHERE id = ? AND state IN (4, 5)");
            read.run(entry.predecessor);
            if (!read.next())
                return;
            caseId = read.text(0);
        }
        releaseFollowUps(database, entry.predecessor, caseId);
        stored = false;
    });
    if (!done)
        return done.error();
    return stored;
}

Result<bool> claimOutboxEntry(Database &database, const QString &id, qint64 sent)
{
    bool claimed = false;
    const Result<void> done = durably(database, [&] {
        Statement claim = database.prepare("UPDATE outbox SET state = 2, sent = ?, changed = ?, errorKind = '', "
                                           "errorCode = '', errorMessage = '', requestId = '' WHERE id = ? AND "
                                           "state = 1 AND predecessor = ''");
        claim.run(sent, sent, id);
        claimed = claim.changes() > 0;
    });
    if (!done)
        return done.error();
    return claimed;
}

Result<void> settleOutboxEntry(Database &database, const OutboxEntry &entry)
{
    return durably(database, [&] {
        database
            .prepare("UPDATE outbox SET state = ?, changed = ?, errorKind = ?, errorCode = ?, errorMessage = ?, "
                     "requestId = ?, caseId = ? WHERE id = ? AND state NOT IN (4, 5)")
            .run(int(entry.state), entry.changed, kindText(entry.error), entry.error.code, entry.error.message,
                 entry.error.requestId, entry.caseId, entry.id);
        if (entry.state == OutboxState::Done) {
            releaseFollowUps(database, entry.id, entry.caseId);
            database
                .prepare("INSERT OR IGNORE INTO sentFiles (account, caseId, sent, name, size, path, modified, entry) "
                         "SELECT o.account, o.caseId, o.sent, f.name, f.size, f.path, f.modified, o.id FROM "
                         "outboxFiles f JOIN outbox o ON o.id = f.entry WHERE o.id = ? AND f.state = 3")
                .run(entry.id);
        }
        if (entry.state == OutboxState::Told)
            database.prepare("UPDATE outbox SET state = 5, changed = ? WHERE id = ? AND state = 4")
                .run(entry.changed, entry.id);
    });
}

Result<bool> removeOutboxEntry(Database &database, const QString &id)
{
    bool removed = false;
    const Result<void> done = durably(database, [&] {
        Statement remove = database.prepare("DELETE FROM outbox WHERE id = ? AND state IN (0, 1, 3)");
        remove.run(id);
        removed = remove.changes() > 0;
    });
    if (!done)
        return done.error();
    return removed;
}

Result<bool> wasDone(Database &database, const QString &id)
{
    bool isDone = false;
    {
        Statement read = database.prepare("SELECT 1 FROM outbox WHERE id = ? AND state IN (4, 5)");
        isDone = read.run(id) && read.next();
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return isDone;
}

Result<QList<OutboxEntry>> doneLike(Database &database, const OutboxEntry &entry, qint64 since)
{
    QList<OutboxEntry> entries;
    Statement read = database.prepare("SELECT " CASEMENT_OUTBOX_COLUMNS
                                      " FROM outbox WHERE account = ? AND operation = ? AND input = ? AND id <> ? AND "
                                      "state IN (4, 5) AND sent >= ?");
    read.run(entry.account, entry.operation, QString::fromUtf8(entry.input), entry.id, since);
    while (read.next())
        entries.append(readEntry(read));
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return entries;
}

Result<bool> adoptOutboxEntry(Database &database, const OutboxEntry &wanted, const QStringList &paths)
{
    QString id;
    const Result<void> done = durably(database, [&] {
        {
            Statement read = database.prepare(
                "SELECT o.id, o.caseId, own.key, a.key FROM outbox o JOIN accounts a ON a.id = o.account "
                "JOIN accounts own ON own.id = ? AND own.partition = a.partition WHERE o.account <> own.id AND "
                "o.operation = ? AND o.input = ? AND (o.state BETWEEN 1 AND 4 OR o.state = 0 AND o.errorKind = "
                "'Cancelled') ORDER BY o.created, o.id");
            read.run(wanted.account, wanted.operation, QString::fromUtf8(wanted.input));
            while (id.isEmpty() && read.next()) {
                if ((wanted.caseId.isEmpty() || read.text(1) == wanted.caseId)
                    && maybeSameAccount(read.text(2), read.text(3)) && pathsOf(database, read.text(0)) == paths)
                    id = read.text(0);
            }
        }
        if (!id.isEmpty())
            database.prepare("UPDATE outbox SET account = ?, state = iif(state = 4, 2, state) WHERE id = ?")
                .run(wanted.account, id);
    });
    if (!done)
        return done.error();
    return !id.isEmpty();
}

Result<void> forgetTold(Database &database, qint64 now)
{
    Transaction transaction(database);
    database.prepare("DELETE FROM outbox WHERE state = 5 AND changed < ?").run(now - toldIsKept);
    return transaction.commit();
}

} // namespace casement
