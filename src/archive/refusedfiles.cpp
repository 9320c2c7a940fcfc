#include "archive/refusedfiles.h"

#include "archive/durable.h"
#include "base/duration.h"
#include "base/log.h"

#include <QDateTime>

namespace casement {

using Lane = ArchiveThread::Lane;

namespace {

constexpr qint64 refusedIsKept = 30 * duration::day;

Result<QList<RefusedFile>> readRefused(Database &database, const QString &place, qint64 since)
{
    QList<RefusedFile> files;
    Statement read = database.prepare("SELECT path, size, errorKind, errorCode, errorMessage, asZip FROM refusedFiles "
                                      "WHERE place = ? AND refused >= ? ORDER BY position");
    read.run(place, since);
    while (read.next()) {
        files.append({.path = read.text(0),
                      .size = read.number(1),
                      .error = {.kind = kindOfName(read.text(2)), .code = read.text(3), .message = read.text(4)},
                      .asZip = read.number(5) != 0});
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return files;
}

Result<void> writeRefused(Database &database, const QString &place, const QList<RefusedFile> &files, qint64 now)
{
    return durably(database, [&] {
        database.prepare("DELETE FROM refusedFiles WHERE place = ? OR refused < ?").run(place, now - refusedIsKept);
        Statement put = database.prepare("INSERT INTO refusedFiles (place, position, path, size, errorKind, errorCode, "
                                         "errorMessage, asZip, refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int position = 0;
        for (const RefusedFile &file : files) {
            put.run(place, ++position, file.path, file.size, kindName(file.error.kind), file.error.code,
                    file.error.message, int(file.asZip), now);
        }
    });
}

} // namespace

void RefusedFiles::load(const QString &place, QObject *context, Archive::Callback<QList<RefusedFile>> done)
{
    const qint64 since = QDateTime::currentMSecsSinceEpoch() - refusedIsKept;
    m_archive.ask<QList<RefusedFile>>(
        Lane::Urgent, context, [place, since](Database &database) { return readRefused(database, place, since); },
        std::move(done));
}

void RefusedFiles::store(const QString &place, const QList<RefusedFile> &files, QObject *context)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_archive.ask<void>(
        Lane::Urgent, context,
        [place, files, now](Database &database) { return writeRefused(database, place, files, now); },
        [](const Result<void> &done) {
            // What is shown stays; only the next start does not know of it.
            if (!done)
                qCWarning(logSync).noquote() << "refused files were not stored:" << done.error().toLine();
        });
}

} // namespace casement
