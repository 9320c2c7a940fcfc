#include "archive/outboxfilestore.h"

#include "archive/durable.h"

#include <algorithm>

namespace casement {

namespace {

constexpr qint64 mostParts = 1'000'000; // as the service's model has it

#define CASEMENT_OUTBOX_FILE_COLUMNS                                                                                   \
    "id, entry, position, path, size, modified, device, inode, name, owned, state, way, uploadId, partSize, "          \
    "totalParts, reported, setId, setExpiry, errorKind, errorCode, errorMessage, changed, ctime"

/// `1-4 7` and back: parts that are there.
QString rangesText(const QList<int> &numbers)
{
    QStringList ranges;
    for (qsizetype i = 0; i < numbers.size();) {
        qsizetype end = i + 1;
        while (end < numbers.size() && numbers.at(end) == numbers.at(end - 1) + 1)
            ++end;
        const int first = numbers.at(i);
        const int last = numbers.at(end - 1);
        ranges.append(first == last ? QString::number(first) : QStringLiteral("%1-%2").arg(first).arg(last));
        i = end;
    }
    return ranges.join(u' ');
}

/// In order and each once, whatever the text says.
QList<int> numbersOf(const QString &text, int most)
{
    QList<int> numbers;
    int next = 1;
    for (const QStringView range : QStringView(text).split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype dash = range.indexOf(u'-');
        const int first = range.left(dash).toInt();
        const int last = std::min(dash < 0 ? first : range.mid(dash + 1).toInt(), most);
        for (next = std::max(next, first); next <= last; ++next)
            numbers.append(next);
    }
    return numbers;
}

/// A number of bytes or parts, of a row that may be damaged.
qint64 sizeOf(qint64 number) { return std::clamp<qint64>(number, 0, 1LL << 50); }

} // namespace

Result<QList<OutboxFile>> loadOutboxFiles(Database &database)
{
    QList<OutboxFile> files;
    Statement read =
        database.prepare("SELECT " CASEMENT_OUTBOX_FILE_COLUMNS " FROM outboxFiles ORDER BY entry, position, id");
    read.run();
    while (read.next()) {
        OutboxFile file;
        file.id = read.text(0);
        file.entry = read.text(1);
        file.position = int(read.number(2));
        file.file.path = read.text(3);
        file.file.size = sizeOf(read.number(4));
        file.file.modified = read.number(5);
        file.file.device = quint64(read.number(6));
        file.file.inode = quint64(read.number(7));
        file.name = read.text(8);
        file.file.name = file.file.path.section(u'/', -1);
        file.owned = read.number(9) != 0;
        file.state = OutboxFileState(std::clamp<qint64>(read.number(10), 0, qint64(OutboxFileState::Failed)));
        if (file.state == OutboxFileState::Uploading || file.state == OutboxFileState::Processing)
            file.state = OutboxFileState::Waiting;
        file.way = UploadWay(std::clamp<qint64>(read.number(11), 0, qint64(UploadWay::Set)));
        file.upload.uploadId = read.text(12);
        file.upload.partSize = sizeOf(read.number(13));
        file.upload.totalParts = int(std::min(sizeOf(read.number(14)), mostParts));
        file.upload.reported = numbersOf(read.text(15), file.upload.totalParts);
        file.setId = read.text(16);
        file.setExpiry = read.number(17);
        file.error.kind = kindOfName(read.text(18));
        if (file.error.kind != Error::Kind::None) {
            file.error.code = read.text(19);
            file.error.message = read.text(20);
        }
        file.changed = read.number(21);
        file.file.ctime = read.number(22);
        files.append(file);
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return files;
}

Result<void> putOutboxFile(Database &database, const OutboxFile &file, bool isNew)
{
    return durably(database, [&] {
        bool isThere = isNew;
        if (!isNew) {
            Statement known = database.prepare("SELECT 1 FROM outboxFiles WHERE id = ?");
            isThere = known.run(file.id) && known.next();
        }
        if (!isThere)
            return;
        const bool failed = file.error.kind != Error::Kind::None;
        database
            .prepare("INSERT OR REPLACE INTO outboxFiles (" CASEMENT_OUTBOX_FILE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, "
                     "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .run(file.id, file.entry, file.position, file.file.path, file.file.size, file.file.modified,
                 qint64(file.file.device), qint64(file.file.inode), file.name, int(file.owned), int(file.state),
                 int(file.way), file.upload.uploadId, file.upload.partSize, file.upload.totalParts,
                 rangesText(file.upload.reported), file.setId, file.setExpiry,
                 failed ? kindName(file.error.kind) : QString(), file.error.code, file.error.message, file.changed,
                 file.file.ctime);
    });
}

Result<void> removeOutboxFiles(Database &database, const QStringList &ids)
{
    return durably(database, [&] {
        Statement remove = database.prepare("DELETE FROM outboxFiles WHERE id = ?");
        for (const QString &id : ids)
            remove.run(id);
    });
}

Result<QStringList> forgetOrphanedFiles(Database &database, qint64 before)
{
    QStringList paths;
    const Result<void> done = durably(database, [&] {
        {
            Statement read = database.prepare(
                "SELECT path FROM outboxFiles WHERE owned = 1 AND changed < ? AND NOT EXISTS (SELECT 1 FROM outbox o "
                "WHERE o.id = outboxFiles.entry AND o.state < 4)");
            read.run(before);
            while (read.next())
                paths.append(read.text(0));
        }
        database
            .prepare("DELETE FROM outboxFiles WHERE changed < ? AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = "
                     "outboxFiles.entry AND o.state < 4)")
            .run(before);
    });
    if (!done)
        return done.error();
    return paths;
}

Result<QStringList> forgetLostFiles(Database &database, const QStringList &entries)
{
    QStringList paths;
    const Result<void> done = durably(database, [&] {
        for (const QString &entry : entries) {
            {
                Statement there = database.prepare("SELECT 1 FROM outbox WHERE id = ?");
                if (there.run(entry) && there.next())
                    continue;
            }
            {
                Statement read = database.prepare("SELECT path FROM outboxFiles WHERE owned = 1 AND entry = ?");
                read.run(entry);
                while (read.next())
                    paths.append(read.text(0));
            }
            database.prepare("DELETE FROM outboxFiles WHERE entry = ?").run(entry);
        }
    });
    if (!done)
        return done.error();
    return paths;
}

} // namespace casement
