#include "archive/accountstore.h"

#include "archive/settings.h"

namespace casement {

using namespace Qt::StringLiterals;

Result<AccountRecord> ensureAccount(Database &database, const QString &key, const QString &name,
                                    const QString &partition)
{
    if (database.isReadOnly()) { // who only reads needs the account as it is
        const Result<QList<AccountRecord>> accounts = loadAccounts(database);
        if (!accounts)
            return accounts.error();
        for (const AccountRecord &known : *accounts) {
            if (known.key == key)
                return known;
        }
        return database.readOnlyError();
    }
    Transaction transaction(database);
    database
        .prepare("INSERT INTO accounts (key, name, partition) VALUES (?, ?, ?) "
                 "ON CONFLICT (key) DO UPDATE SET name = excluded.name, partition = excluded.partition")
        .run(key, name, partition);
    AccountRecord record;
    {
        Statement read = database.prepare("SELECT id, key, name, partition, lastSync FROM accounts WHERE key = ?");
        if (read.run(key) && read.next())
            record = {read.number(0), read.text(1), read.text(2), read.text(3), read.number(4)};
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return record;
}

Result<QList<AccountRecord>> loadAccounts(Database &database)
{
    QList<AccountRecord> accounts;
    {
        Statement read = database.prepare("SELECT id, key, name, partition, lastSync FROM accounts ORDER BY id");
        read.run();
        while (read.next())
            accounts.append({read.number(0), read.text(1), read.text(2), read.text(3), read.number(4)});
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return accounts;
}

void setLastSync(Database &database, AccountId account, qint64 time)
{
    database.prepare("UPDATE accounts SET lastSync = ? WHERE id = ?").run(time, account);
}

ListingPlace readListingPlace(Database &database, AccountId account)
{
    const QString place = readSetting(database, u"sync/%1/listing"_s.arg(account));
    const qsizetype space = place.indexOf(u' ');
    return space < 0 ? ListingPlace() : ListingPlace{place.first(space).toLongLong(), place.sliced(space + 1)};
}

void writeListingPlace(Database &database, AccountId account, const ListingPlace &place)
{
    writeSetting(database, u"sync/%1/listing"_s.arg(account),
                 place.began ? QString::number(place.began) + u' ' + place.token : QString());
}

} // namespace casement
