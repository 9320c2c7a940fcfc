#include "archive/catalogstore.h"

namespace casement {

namespace {

constexpr qint64 season = 90LL * 24 * 60 * 60 * 1000;

} // namespace

QString catalogRequestName(QByteArrayView operation, const QByteArray &input)
{
    return QString::fromLatin1(operation) + u' ' + QString::fromUtf8(input);
}

Result<CatalogEntry> loadCatalogEntry(Database &database, AccountId account, const QString &request)
{
    CatalogEntry entry;
    Statement read = database.prepare("SELECT fetched, answer FROM catalog WHERE account = ? AND request = ?");
    if (read.run(account, request) && read.next())
        entry = {.fetched = read.number(0), .answer = read.text(1).toUtf8()};
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return entry;
}

Result<void> storeCatalogEntry(Database &database, AccountId account, const QString &request, const CatalogEntry &entry)
{
    Transaction transaction(database);
    database
        .prepare("INSERT INTO catalog (account, request, fetched, answer) VALUES (?, ?, ?, ?) "
                 "ON CONFLICT (account, request) DO UPDATE SET fetched = excluded.fetched, answer = excluded.answer")
        .run(account, request, entry.fetched, QString::fromUtf8(entry.answer));
    database.prepare("DELETE FROM catalog WHERE account = ? AND fetched < ?").run(account, entry.fetched - season);
    return transaction.commit();
}

} // namespace casement
