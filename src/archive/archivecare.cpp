#include "archive/archivecare.h"

#include "archive/fillstore.h"
#include "archive/outboxstore.h"
#include "archive/searchindex.h"
#include "archive/searchtext.h"
#include "archive/settings.h"
#include "support/codes.h"
#include "support/timestamp.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

constexpr int casesAtOnce = 100; // the thread is free for others after so many
constexpr int copiesAtOnce = 500;
constexpr int daysOfParts = 30; // of a download that nobody went on with
const QString removalMonths = u"retention/removeMonths"_s;

qint64 cutoffOf(int months) { return QDateTime::currentDateTimeUtc().addMonths(-months).toMSecsSinceEpoch(); }

QString placeOfCopy(const QString &folder, const QString &sha256)
{
    return folder + u'/' + sha256.left(2) + u'/' + sha256.mid(2);
}

struct OldCase
{
    qint64 row = 0;
    CaseKey key;
    QString subject;
};

// A case that somebody marked or writes in is no old one. Of the outbox only what a person was told of does not count.
#define CASEMENT_OLD_CASES                                                                                             \
    "FROM cases c WHERE c.status = 'resolved' AND max(c.updated, c.created) < ? AND max(c.updated, c.created) > 0 "    \
    "AND NOT EXISTS (SELECT 1 FROM caseMarks k WHERE k.account = c.account AND k.caseId = c.caseId AND (k.starred "    \
    "OR k.muted OR k.tags <> '' OR k.note <> '')) "                                                                    \
    "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.account = c.account AND o.caseId = c.caseId AND o.state <> ?)"

Result<QList<CaseKey>> removeOldCases(Database &database, qint64 cutoff)
{
    QList<OldCase> old;
    Transaction transaction(database);
    {
        Statement find = database.prepare("SELECT c.id, c.account, c.caseId, c.subject " CASEMENT_OLD_CASES
                                          " ORDER BY c.id LIMIT ?");
        find.run(cutoff, int(OutboxState::Told), casesAtOnce);
        while (find.next())
            old.append({find.number(0), {find.number(1), find.text(2)}, find.text(3)});
    }
    QList<CaseKey> keys;
    for (const OldCase &one : std::as_const(old)) {
        QList<std::pair<qint64, QString>> messages;
        {
            Statement read = database.prepare("SELECT id, body FROM communications WHERE caseRow = ?");
            read.run(one.row);
            while (read.next())
                messages.append({read.number(0), read.text(1)});
        }
        for (const auto &[row, body] : std::as_const(messages))
            forgetCommunication(database, row, body);
        forgetSubject(database, one.row, one.subject);
        forgetRefusal(database, one.key.account, one.key.caseId);
        database.prepare("DELETE FROM cases WHERE id = ?").run(one.row); // and all that belongs to it
        keys.append(one.key);
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return keys;
}

struct DroppedCopies
{
    int files = 0;
    qint64 bytes = 0;
    bool more = false;
};

struct OldCopy
{
    qint64 account = 0;
    QString attachmentId;
    QString sha256;
    qint64 size = 0;
};

/// Forgets these and deletes the files that nothing else names.
Result<DroppedCopies> dropCopies(Database &database, const QList<OldCopy> &copies, const QString &folder)
{
    DroppedCopies gone;
    QStringList files;
    {
        Transaction transaction(database);
        for (const OldCopy &copy : copies) {
            database.prepare("DELETE FROM attachmentFiles WHERE account = ? AND attachmentId = ?")
                .run(copy.account, copy.attachmentId);
            Statement others = database.prepare("SELECT 1 FROM attachmentFiles WHERE sha256 = ? LIMIT 1");
            if (others.run(copy.sha256) && !others.next())
                files.append(placeOfCopy(folder, copy.sha256));
        }
        if (const Result<void> done = transaction.commit(); !done)
            return done.error();
    }
    for (const QString &file : std::as_const(files)) {
        const qint64 size = QFileInfo(file).size();
        if (!QFile::remove(file))
            continue;
        ++gone.files;
        gone.bytes += size;
    }
    return gone;
}

/// DroppedCopies of files of what is long resolved; what is in no message any more (its case was removed) with them.
Result<DroppedCopies> dropOldCopies(Database &database, qint64 cutoff, const QString &folder)
{
    QList<OldCopy> copies;
    {
        Statement find = database.prepare(
            "SELECT f.account, f.attachmentId, f.sha256, f.size FROM attachmentFiles f WHERE NOT EXISTS (SELECT 1 FROM "
            "attachments a JOIN communications m ON m.id = a.communication JOIN cases k ON k.id = m.caseRow WHERE "
            "a.attachmentId = f.attachmentId AND k.account = f.account AND k.id NOT IN (SELECT c.id " CASEMENT_OLD_CASES
            ")) LIMIT ?");
        find.run(cutoff, int(OutboxState::Told), copiesAtOnce);
        while (find.next())
            copies.append({find.number(0), find.text(1), find.text(2), find.number(3)});
    }
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    Result<DroppedCopies> gone = dropCopies(database, copies, folder);
    if (gone)
        gone->more = copies.size() == copiesAtOnce;
    return gone;
}

/// The copies that were fetched first, until the others fit.
Result<DroppedCopies> limitCopies(Database &database, qint64 most, const QString &folder)
{
    qint64 all = 0;
    {
        Statement sum = database.prepare("SELECT ifnull(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM "
                                         "attachmentFiles)");
        if (sum.run() && sum.next())
            all = sum.number(0);
    }
    QList<OldCopy> copies;
    if (all > most) {
        // A file that several messages have is as young as its youngest.
        Statement find = database.prepare(
            "SELECT f.account, f.attachmentId, f.sha256, f.size FROM attachmentFiles f JOIN (SELECT sha256, "
            "max(fetched) AS youngest FROM attachmentFiles GROUP BY sha256) y ON y.sha256 = f.sha256 ORDER BY "
            "y.youngest, f.sha256");
        find.run();
        QString last;
        while (find.next()) {
            const QString sha256 = find.text(2);
            if (sha256 != last && (all <= most || copies.size() >= copiesAtOnce))
                break;
            if (sha256 != last)
                all -= find.number(3);
            last = sha256;
            copies.append({find.number(0), find.text(1), sha256, find.number(3)});
        }
    }
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    Result<DroppedCopies> gone = dropCopies(database, copies, folder);
    if (gone)
        gone->more = all > most && !copies.isEmpty();
    return gone;
}

void dropStaleParts(const QString &folder)
{
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-daysOfParts);
    const QFileInfoList parts = QDir(folder + u"/parts"_s).entryInfoList(QDir::Files);
    for (const QFileInfo &part : parts) {
        if (part.lastModified() < oldest)
            QFile::remove(part.filePath());
    }
}

qint64 sizeBelow(const QString &folder)
{
    qint64 sum = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        sum += files.fileInfo().size();
    }
    return sum;
}

Result<void> writeRemoval(Database &database, const Retention &retention)
{
    const QString wanted = retention.old == Retention::Old::Remove ? QString::number(retention.months) : QString();
    if (readSetting(database, removalMonths) == wanted)
        return database.takeError();
    Transaction transaction(database);
    writeSetting(database, removalMonths, wanted);
    return transaction.commit();
}

} // namespace

qint64 removalCutoff(Database &database)
{
    const qint64 months = readNumberSetting(database, removalMonths);
    return months > 0 ? cutoffOf(int(std::min<qint64>(months, 1200))) : 0;
}

bool isPastRemoval(const CaseDetails &details, qint64 cutoff)
{
    if (cutoff <= 0 || !isResolved(details.status.toUtf8().toStdString()))
        return false;
    qint64 newest = parseTimestamp(details.timeCreated);
    if (details.recentCommunications) {
        for (const Communication &message : details.recentCommunications->communications)
            newest = std::max(newest, parseTimestamp(message.timeCreated));
    }
    return newest > 0 && newest < cutoff;
}

struct ArchiveCare::Run
{
    enum class Step { Begin, Cases, OldCopies, Limit, End };

    Retention retention;
    QPointer<QObject> context;
    std::function<void(const Result<CleanedUp> &)> done;
    Step step = Step::Begin;
    CleanedUp gone;
};

ArchiveCare::ArchiveCare(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

ArchiveCare::~ArchiveCare() = default;

void ArchiveCare::measure(QObject *context, Archive::Callback<ArchiveSize> done)
{
    m_archive.ask<ArchiveSize>(
        Lane::Bulk, context,
        [folder = m_archive.folder(u"attachments"_s)](Database &database) -> Result<ArchiveSize> {
            ArchiveSize size;
            for (const QLatin1StringView part : {""_L1, "-wal"_L1, "-shm"_L1})
                size.cases += QFileInfo(database.path() + part).size();
            size.copies = sizeBelow(folder);
            return size;
        },
        std::move(done));
}

void ArchiveCare::askHoldings(QObject *context, Archive::Callback<QList<AccountHoldings>> done)
{
    m_archive.ask<QList<AccountHoldings>>(
        Lane::Bulk, context,
        [](Database &database) -> Result<QList<AccountHoldings>> {
            QList<AccountHoldings> all;
            {
                Statement read = database.prepare(
                    "SELECT a.id, a.key, a.name, a.partition, a.lastSync, (SELECT count(*) FROM cases c WHERE "
                    "c.account = a.id), (SELECT count(*) FROM outbox o WHERE o.account = a.id AND o.state <> ?), "
                    "(SELECT count(*) FROM attachmentFiles f WHERE f.account = a.id), (SELECT coalesce(sum(size), 0) "
                    "FROM attachmentFiles f WHERE f.account = a.id) FROM accounts a ORDER BY a.id");
                read.run(int(OutboxState::Told));
                while (read.next()) {
                    all.append({.account = {read.number(0), read.text(1), read.text(2), read.text(3), read.number(4)},
                                .cases = int(read.number(5)),
                                .drafts = int(read.number(6)),
                                .copies = int(read.number(7)),
                                .bytes = read.number(8)});
                }
            }
            if (const Result<void> whole = database.takeError(); !whole)
                return whole.error();
            return all;
        },
        std::move(done));
}

void ArchiveCare::cleanUp(const Retention &retention, QObject *context,
                          std::function<void(const Result<CleanedUp> &)> done)
{
    if (std::exchange(m_cleaning, true))
        return;
    auto run = std::make_shared<Run>();
    run->retention = retention;
    run->context = context;
    run->done = std::move(done);
    next(run);
}

/// A piece of the work, then the next one: between them the thread does what else is asked of it.
void ArchiveCare::next(const std::shared_ptr<Run> &run)
{
    using Step = Run::Step;
    struct Piece
    {
        QList<CaseKey> cases;
        DroppedCopies copies;
        bool more = false;
    };
    const QString folder = m_archive.folder(u"attachments"_s);
    m_archive.ask<Piece>(
        Lane::Bulk, this,
        [step = run->step, retention = run->retention, folder](Database &database) -> Result<Piece> {
            const qint64 cutoff = cutoffOf(retention.months);
            const auto withCopies = [](const Result<DroppedCopies> &copies) -> Result<Piece> {
                if (!copies)
                    return copies.error();
                return Piece{.cases = {}, .copies = *copies, .more = copies->more};
            };
            switch (step) {
            case Step::Begin:
                if (const Result<void> written = writeRemoval(database, retention); !written)
                    return written.error();
                dropStaleParts(folder);
                break;
            case Step::Cases:
                if (retention.old == Retention::Old::Remove) {
                    const Result<QList<CaseKey>> removed = removeOldCases(database, cutoff);
                    if (!removed)
                        return removed.error();
                    return Piece{.cases = *removed, .copies = {}, .more = removed->size() == casesAtOnce};
                }
                break;
            case Step::OldCopies:
                if (retention.old != Retention::Old::Keep)
                    return withCopies(dropOldCopies(database, cutoff, folder));
                break;
            case Step::Limit:
                if (retention.mostCopies > 0)
                    return withCopies(limitCopies(database, retention.mostCopies, folder));
                break;
            case Step::End:
                break;
            }
            return Piece();
        },
        [this, run](const Result<Piece> &piece) {
            if (piece) {
                run->gone.cases += piece->cases;
                run->gone.copies += piece->copies.files;
                run->gone.bytes += piece->copies.bytes;
                if (!piece->cases.isEmpty())
                    Q_EMIT removed(piece->cases);
                if (!piece->more)
                    run->step = Step(int(run->step) + 1);
                if (run->step != Step::End)
                    return next(run);
            }
            m_cleaning = false;
            if (run->context)
                run->done(piece ? Result<CleanedUp>(run->gone) : Result<CleanedUp>(piece.error()));
        });
}

} // namespace casement
