#include "archive/accountdeletion.h"

#include "archive/accountplace.h"
#include "archive/archive.h"
#include "archive/attachmentstore.h"
#include "archive/caseowner.h"
#include "archive/outboxstore.h"
#include "archive/searchindex.h"
#include "archive/settings.h"
#include "base/duration.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

// After that no attempt is under way any more, whatever became of it.
constexpr qint64 longestAttempt = duration::hour;
// Larger than this an archive is not copied within memory.
constexpr qint64 largestInMemory = 64 << 20;

/// Files beside the archive that go with the account's rows.
QStringList filesOf(Database &database, AccountId account, const QString &attachments)
{
    QStringList paths;
    {
        Statement kept =
            database.prepare("SELECT sha256 FROM attachmentFiles a WHERE account = ? AND NOT EXISTS (SELECT "
                             "1 FROM attachmentFiles b WHERE b.sha256 = a.sha256 AND b.account <> a.account)");
        kept.run(account);
        while (kept.next()) {
            const QString name = kept.text(0);
            paths.append(attachments + u'/' + name.left(2) + u'/' + name.mid(2));
        }
    }
    {
        Statement known =
            database.prepare("SELECT DISTINCT a.attachmentId FROM attachments a JOIN communications m ON "
                             "m.id = a.communication JOIN cases c ON c.id = m.caseRow WHERE c.account = ?");
        known.run(account);
        while (known.next())
            for (const QString part = partOfDownload(attachments, account, known.text(0));
                 const QString &path : {part, FileSink::originPath(part)})
                paths.append(path);
    }
    Statement made =
        database.prepare("SELECT path FROM outboxFiles WHERE owned = 1 AND entry IN (SELECT id FROM outbox "
                         "WHERE account = ?)");
    made.run(account);
    while (made.next())
        paths.append(made.text(0));
    return paths;
}

/// What no foreign key leads to.
void deleteLooseRows(Database &database, AccountId account)
{
    const QString number = QString::number(account);
    database.prepare("DELETE FROM outboxFiles WHERE entry IN (SELECT id FROM outbox WHERE account = ?)").run(account);
    database.prepare("DELETE FROM refusedFiles WHERE place IN (SELECT id FROM outbox WHERE account = ?)").run(account);
    database.prepare("DELETE FROM refusedFiles WHERE place LIKE ? || '/%'").run(number);
    // Of drafts that were deleted; one that could still come back is younger.
    database.prepare("DELETE FROM outboxFiles WHERE changed < ? AND entry NOT IN (SELECT id FROM outbox)")
        .run(QDateTime::currentMSecsSinceEpoch() - duration::hour);
    for (const QString &name : {u"sync/%1/"_s.arg(number), u"advisor/catalogue/%1/"_s.arg(number)})
        database.prepare("DELETE FROM settings WHERE name LIKE ? || '%'").run(name);
    database.prepare("DELETE FROM settings WHERE name = ?").run(u"onlySets/"_s + number);
    forgetOwner(database, account);
    {
        Statement read = database.prepare("SELECT key FROM accounts WHERE id = ?");
        if (read.run(account) && read.next())
            forgetPlace(database, read.text(0));
    }
    const QString held = u"answers/held"_s;
    const QString heldText = readSetting(database, held);
    if (heldText.isEmpty())
        return;
    QJsonArray others;
    for (const QJsonValue &answer : QJsonDocument::fromJson(heldText.toUtf8()).array()) {
        if (answer["account"_L1].toInteger() != account)
            others.append(answer);
    }
    writeSetting(database, held, QString::fromUtf8(QJsonDocument(others).toJson(QJsonDocument::Compact)));
}

/// Words that a contentless index forgets one by one stay in its pages until they are merged: it is made anew.
void indexAnew(Database &database)
{
    database.prepare("INSERT INTO search (search) VALUES ('delete-all')").run();
    {
        Statement subjects = database.prepare("SELECT id, subject FROM cases");
        subjects.run();
        while (subjects.next())
            indexSubject(database, subjects.number(0), {}, subjects.text(1));
    }
    Statement messages = database.prepare("SELECT id, body FROM communications");
    messages.run();
    while (messages.next())
        indexCommunication(database, messages.number(0), messages.text(1));
}

Result<void> refuseWhileSending(Database &database, AccountId account)
{
    Statement read = database.prepare("SELECT count(*) FROM outbox WHERE account = ? AND state = ? AND sent > ?");
    read.run(account, int(OutboxState::Unknown), QDateTime::currentMSecsSinceEpoch() - longestAttempt);
    if (!read.next() || read.number(0) == 0)
        return {};
    return Error{.kind = Error::Kind::Archive,
                 .code = archivecode::beingSent,
                 .message =
                     Archive::tr("Something of this account is being sent, and its outcome is not known yet. Wait "
                                 "until it is, or for an hour, then delete the data.")};
}

/// Texts that were overwritten or deleted at any time are gone from the files.
Result<void> cleanFiles(Database &database)
{
    const bool isLarge = QFileInfo(database.path()).size() > largestInMemory;
    if (isLarge)
        database.runOnce(u"PRAGMA temp_store = FILE"_s);
    database.runOnce(u"VACUUM"_s);
    if (isLarge)
        database.runOnce(u"PRAGMA temp_store = MEMORY"_s);
    bool isEmptied = false;
    if (!database.hasFailed()) {
        Statement checkpoint = database.prepare("PRAGMA wal_checkpoint (TRUNCATE)");
        isEmptied = checkpoint.run() && checkpoint.next() && checkpoint.number(0) == 0;
    }
    if (const Result<void> done = database.takeError(); !done && done.error().code != archivecode::busy)
        return done;
    if (isEmptied)
        return {};
    return Error{.kind = Error::Kind::Archive,
                 .code = archivecode::busy,
                 .message = Archive::tr("The data is deleted. Another program has the archive open: close it, so that "
                                        "the last of it leaves the disk, too.")};
}

} // namespace

Result<Deletion> deleteAccountData(Database &database, AccountId account, const QString &attachments, Return others)
{
    QStringList files;
    database.runOnce(u"PRAGMA secure_delete = ON"_s);
    {
        Transaction transaction(database);
        if (const Result<void> free = refuseWhileSending(database, account); !free && !database.hasFailed())
            return free.error();
        files = filesOf(database, account, attachments);
        deleteLooseRows(database, account);
        deleteAccountRow(database, account, others);
        indexAnew(database);
        if (const Result<void> done = transaction.commit(); !done)
            return done.error();
    }
    for (const QString &file : std::as_const(files))
        QFile::remove(file);
    const Result<void> cleaned = cleanFiles(database);
    database.runOnce(u"PRAGMA secure_delete = OFF"_s);
    (void)database.takeError();
    return Deletion{cleaned};
}

} // namespace casement
