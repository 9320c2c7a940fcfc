#include "archive/accountstore.h"

#include "archive/accountplace.h"
#include "archive/caseowner.h"
#include "archive/settings.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// What a person writes: it is kept, whatever became of the account.
constexpr std::array ofPersons{"outbox"_L1, "caseMarks"_L1};

QString leftSetting(AccountId account) { return u"leftAccount:%1"_s.arg(account); }

/// Statements that make the account `id` (a number, or NEW.account in a trigger) again, as this connection knew it. It
/// may be there under another number by now, when a program that had not seen it added it anew: then that one is it.
/// No conflict is left to a clause: in a trigger that of the outer statement would hold.
QString makingAgain(const QString &id, bool always)
{
    const QString wanted = u"h.id = %1 AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = h.id)"_s.arg(id)
        + (always ? QString() : u" AND NOT EXISTS (SELECT 1 FROM settings WHERE name = 'leftAccount:' || h.id)"_s);
    return u"UPDATE accounts SET id = %1 WHERE key = (SELECT key FROM heldAccounts h WHERE %2);\n"
           "INSERT INTO accounts (id, key, name, partition) SELECT h.id, h.key, h.name, h.partition FROM heldAccounts "
           "h WHERE %2;\n"_s.arg(id, wanted);
}

/// An account that is not made again was deleted here, or taken off the list: what a person wrote for it before they
/// said so goes with the rest, and whoever still fetches for it ends with this, see Database.
QString droppingWhatIsLeft(const QString &id, bool isPersons)
{
    const QString how = isPersons ? u"IGNORE"_s : u"ABORT, '%1'"_s.arg(Database::endsQuietly);
    return u"SELECT RAISE (%1) WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = %2);\n"_s.arg(how, id);
}

/// The accounts that this connection handed out, by number and key, and triggers of it alone (TEMP) that look to them
/// before a row is inserted for one. They hold for every table that belongs to accounts.
void holdAccounts(Database &database)
{
    bool isThere = false;
    {
        Statement ask = database.prepare("SELECT 1 FROM sqlite_temp_master WHERE name = 'heldAccounts'");
        isThere = ask.run() && ask.next();
    }
    if (isThere || database.hasFailed())
        return;
    database.runOnce(u"CREATE TEMP TABLE heldAccounts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT "
                     "NULL, partition TEXT NOT NULL)"_s);
    QStringList tables;
    {
        Statement read = database.prepare("SELECT m.name FROM main.sqlite_master m, pragma_foreign_key_list(m.name) f "
                                          "WHERE m.type = 'table' AND f.\"table\" = 'accounts'");
        read.run();
        while (read.next())
            tables.append(read.text(0));
    }
    QString follow;
    for (const QString &table : std::as_const(tables)) {
        const bool isPersons = std::find(ofPersons.begin(), ofPersons.end(), table) != ofPersons.end();
        database.runOnce(
            u"CREATE TEMP TRIGGER keepAccountOf_%1 BEFORE INSERT ON main.%1 WHEN NOT EXISTS (SELECT 1 "
            "FROM accounts WHERE id = NEW.account) BEGIN\n%2END"_s.arg(
                table, makingAgain(u"NEW.account"_s, isPersons) + droppingWhatIsLeft(u"NEW.account"_s, isPersons)));
        follow += u"UPDATE %1 SET account = NEW.id WHERE account = OLD.id;\n"_s.arg(table);
    }
    database.runOnce(u"CREATE TEMP TRIGGER followAccount AFTER UPDATE OF id ON main.accounts BEGIN\n"_s + follow
                     + u"END"_s);
}

/// An account has one number in this program, also when another one deleted it and added it anew.
void keepNumbers(Database &database)
{
    bool isOther = false;
    {
        Statement ask =
            database.prepare("SELECT 1 FROM accounts a JOIN heldAccounts h ON h.key = a.key AND h.id <> a.id");
        isOther = ask.run() && ask.next();
    }
    if (isOther)
        database
            .prepare("UPDATE accounts SET id = (SELECT h.id FROM heldAccounts h WHERE h.key = accounts.key) WHERE "
                     "EXISTS (SELECT 1 FROM heldAccounts h WHERE h.key = accounts.key AND h.id <> accounts.id)")
            .run();
}

/// What stands beside its row.
void readBeside(Database &database, AccountRecord &account)
{
    account.number = readOwner(database, account.id);
    const qint64 lost = lostSince(database, account.id);
    account.heldSince = lost != 0 ? lost : heldSince(database, account.id);
    account.isPlace = lastPlace(database, account.key) == account.key;
}

} // namespace

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
        return database.refusal();
    }
    holdAccounts(database);
    Transaction transaction(database);
    AccountId held = 0;
    {
        Statement ask = database.prepare("SELECT id FROM heldAccounts WHERE key = ?");
        if (ask.run(key) && ask.next())
            held = ask.number(0);
    }
    if (held != 0) {
        database.prepare("DELETE FROM settings WHERE name = ?").run(leftSetting(held));
        hasAccount(database, held);
    }
    database
        .prepare("INSERT INTO accounts (key, name, partition) VALUES (?, ?, ?) "
                 "ON CONFLICT (key) DO UPDATE SET name = excluded.name, partition = excluded.partition")
        .run(key, name, partition);
    AccountRecord record;
    {
        Statement read = database.prepare("SELECT id, key, name, partition, lastSync FROM accounts WHERE key = ?");
        if (read.run(key) && read.next())
            record = {read.number(0), read.text(1), read.text(2), read.text(3), read.number(4), {}};
    }
    readBeside(database, record);
    database.prepare("INSERT OR REPLACE INTO heldAccounts (id, key, name, partition) VALUES (?, ?, ?, ?)")
        .run(record.id, record.key, record.name, record.partition);
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return record;
}

Result<QList<AccountRecord>> loadAccounts(Database &database)
{
    QList<AccountRecord> accounts;
    if (!database.isReadOnly()) {
        holdAccounts(database);
        keepNumbers(database);
        database
            .prepare("INSERT OR REPLACE INTO heldAccounts (id, key, name, partition) SELECT id, key, name, partition "
                     "FROM accounts")
            .run();
    }
    {
        Statement read = database.prepare("SELECT id, key, name, partition, lastSync FROM accounts ORDER BY id");
        read.run();
        while (read.next())
            accounts.append({read.number(0), read.text(1), read.text(2), read.text(3), read.number(4), {}});
    }
    for (AccountRecord &account : accounts)
        readBeside(database, account);
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return accounts;
}

bool hasAccount(Database &database, AccountId account)
{
    const auto isThere = [&] {
        Statement ask = database.prepare("SELECT 1 FROM accounts WHERE id = ?");
        return ask.run(account) && ask.next();
    };
    if (isThere())
        return true;
    holdAccounts(database);
    for (const QString &statement : makingAgain(QString::number(account), true).split(u'\n', Qt::SkipEmptyParts))
        database.runOnce(statement);
    return isThere();
}

void deleteAccountRow(Database &database, AccountId account, Return others)
{
    holdAccounts(database);
    database.prepare("DELETE FROM heldAccounts WHERE id = ?").run(account);
    database.prepare("DELETE FROM accounts WHERE id = ?").run(account); // and all that belongs to it
    if (others == Return::Refused)
        writeSetting(database, leftSetting(account), u"1"_s);
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
