#include "archive/archivefacts.h"

#include "archive/database.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Result<ArchiveFacts> countArchive(Database &database)
{
    ArchiveFacts facts;
    if (Statement schema = database.prepare("PRAGMA user_version"); schema.run() && schema.next())
        facts.schema = int(schema.number(0));
    if (Statement version = database.prepare("SELECT sqlite_version()"); version.run() && version.next())
        facts.sqlite = version.text(0);
    QStringList tables;
    {
        // Not the tables in which SQLite and its index keep their own.
        Statement names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                                           "'sqlite%' AND name NOT LIKE 'search%' ORDER BY name");
        names.run();
        while (names.next())
            tables.append(names.text(0));
    }
    for (const QString &table : std::as_const(tables)) {
        QSqlQuery count = database.query();
        if (count.exec(u"SELECT count(*) FROM \"%1\""_s.arg(table)) && count.next())
            facts.rows.append({table, count.value(0).toLongLong()});
    }
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    return facts;
}

} // namespace

void ArchiveFacts::ask(Archive &archive, QObject *context, Archive::Callback<ArchiveFacts> done)
{
    archive.ask<ArchiveFacts>(ArchiveThread::Lane::Urgent, context, &countArchive, std::move(done));
}

} // namespace casement
