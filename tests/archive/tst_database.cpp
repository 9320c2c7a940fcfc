#include "archive/archive.h"
#include "archive/casestore.h"
#include "archive/catalogstore.h"
#include "archive/database.h"
#include "archive/outboxfilestore.h"
#include "archive/outboxstore.h"
#include "archive/schema.h"
#include "archive/searchindex.h"
#include "archivefixture.h"
#include "support/timestamp.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QMap>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;

using casement::test::answerOf;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

const std::vector<Migration> first{
    {.version = 1, .statements = {"CREATE TABLE a (x TEXT)", "INSERT INTO a VALUES ('kept')"}}};
const std::vector<Migration> second{
    first[0],
    {.version = 2, .statements = {"ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'new'"}},
    {.version = 3, .statements = {"CREATE TABLE b (x TEXT)"}}};
const std::vector<Migration> broken{first[0],
                                    {.version = 2, .statements = {"DROP TABLE a", "CREATE TABLE nonsense ("}}};

QString valueOf(Database &database, const QString &sql)
{
    QSqlQuery query = database.query();
    return query.exec(sql) && query.next() ? query.value(0).toString() : u"(none)"_s;
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOlderSchemaIsMigrated();
    void casesOfTheFirstVersionAreKept();
    void everyOlderVersionKeepsWhatItHolds_data();
    void everyOlderVersionKeepsWhatItHolds();
    void aFailedMigrationChangesNothing();
    void theSchemaIsTheOneThatWasReleased();
    void onlyTheOwnerMayRead();
    void aFileWithWiderRightsLosesThem();
    void badFiles_data();
    void badFiles();
    void cutFiles();
    void aDamagedFileIsSetAside();
    void placesThatCannotBeWritten();
    void whatMayNotBeWrittenIsRead_data();
    void whatMayNotBeWrittenIsRead();
    void aFullDiskIsToldAndNothingIsHalfDone();
    void twoArchivesOnOneFile();
    void twoOpenAtOnce();
    void nothingWorksBeforeOpen();
    void callbacksDieWithTheirContext();
};

void TestDatabase::anOlderSchemaIsMigrated()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    {
        const auto database = Database::open(path, first);
        QVERIFY(database);
        QCOMPARE(valueOf(**database, u"PRAGMA user_version"_s), u"1"_s);
        QCOMPARE(valueOf(**database, u"PRAGMA journal_mode"_s), u"wal"_s);
        QCOMPARE(valueOf(**database, u"PRAGMA foreign_keys"_s), u"1"_s);
        QCOMPARE(valueOf(**database, u"PRAGMA synchronous"_s), u"1"_s);
    }
    for (int start = 0; start < 2; ++start) {
        const auto database = Database::open(path, second);
        QVERIFY(database);
        QCOMPARE(valueOf(**database, u"PRAGMA user_version"_s), u"3"_s);
        QCOMPARE(valueOf(**database, u"SELECT x || y FROM a"_s), u"keptnew"_s);
        QCOMPARE(valueOf(**database, u"SELECT count(*) FROM b"_s), u"0"_s);
    }
    const auto older = Database::open(path, first);
    QVERIFY(!older);
    QCOMPARE(older.error().code, QString(archivecode::newerSchema));
}

namespace {

/// Every table and index with its columns.
QStringList schemaOf(Database &database)
{
    QStringList parts;
    Statement read = database.prepare("SELECT m.type || ' ' || m.name || ' ' || coalesce(group_concat(c.name), '') "
                                      "FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c "
                                      "GROUP BY m.type, m.name ORDER BY 1");
    read.run();
    while (read.next())
        parts.append(read.text(0));
    return parts;
}

} // namespace

/// What stands in a file of version 1 is there, and is found and changed, when this version has opened it.
void TestDatabase::casesOfTheFirstVersionAreKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"casement.db"_s);
    CaseDetails details;
    details.caseId = u"case-1"_s;
    details.displayId = u"1701"_s;
    details.subject = u"接続できない"_s;
    details.status = u"opened"_s;
    details.timeCreated = timestampText(1000);
    Communication message;
    message.body = u"It times out."_s;
    message.submittedBy = u"Amazon Web Services"_s;
    message.timeCreated = timestampText(2000);
    message.attachments = {{u"attachment-1"_s, u"trace.log"_s}};
    details.recentCommunications = RecentCaseCommunications{{message}, {}};
    AccountId account = 0;
    auto firstVersion = Database::open(folder.filePath(u"first.db"_s), archiveMigrations().first(1));
    QVERIFY(firstVersion);
    {
        // Written as today, then made what the first version made of it: its own code is not here any more.
        const auto database = Database::open(path, archiveMigrations());
        QVERIFY(database);
        const auto made = ensureAccount(**database, u"profile:prod"_s, u"Production"_s, u"aws"_s);
        QVERIFY(made);
        account = made->id;
        QVERIFY(storeCases(**database, account, {{details}, {}}, {}));
        QVERIFY((*database)->runOnce(u"INSERT INTO settings VALUES ('a', 'kept')"_s));
    }
    {
        const auto database = Database::open(path, archiveMigrations()); // without the triggers of who knows accounts
        QVERIFY(database);
        for (const QString &statement :
             {u"DROP TABLE advisorLoads"_s, u"DROP TABLE advisorChecks"_s, u"DROP TABLE advisorSummaries"_s,
              u"DROP TABLE advisorSnapshots"_s, u"DROP TABLE advisorRefreshes"_s, u"DROP TABLE refusedFiles"_s,
              u"DROP TABLE sentFiles"_s, u"DROP TABLE outboxFiles"_s, u"DROP TABLE attachmentFiles"_s,
              u"DROP TABLE outbox"_s, u"DROP TABLE caseMarks"_s, u"DROP TABLE catalog"_s,
              u"ALTER TABLE cases DROP COLUMN answered"_s, u"ALTER TABLE cases DROP COLUMN firstAnswer"_s,
              u"PRAGMA user_version = 1"_s})
            QVERIFY2((*database)->runOnce(statement), qPrintable(statement));
        QCOMPARE(schemaOf(**database), schemaOf(**firstVersion));
    }
    for (int start = 0; start < 2; ++start) {
        const auto database = Database::open(path, archiveMigrations());
        QVERIFY(database);
        QCOMPARE(valueOf(**database, u"PRAGMA user_version"_s), QString::number(archiveMigrations().back().version));
        QCOMPARE(valueOf(**database, u"PRAGMA foreign_key_check"_s), u"(none)"_s);
        QCOMPARE(valueOf(**database, u"PRAGMA integrity_check"_s), u"ok"_s);
        QCOMPARE(valueOf(**database, u"SELECT value FROM settings WHERE name = 'a'"_s), u"kept"_s);
        const auto accounts = loadAccounts(**database);
        QVERIFY(accounts);
        QCOMPARE(accounts->size(), 1);
        QCOMPARE(accounts->first().id, account);
        const auto kept = loadCase(**database, account, u"case-1"_s);
        QVERIFY(kept);
        QCOMPARE(kept->subject, details.subject);
        QCOMPARE(kept->displayId, details.displayId);
        const auto messages = loadCommunications(**database, account, u"case-1"_s);
        QVERIFY(messages);
        QCOMPARE(messages->size(), 1);
        QCOMPARE(messages->first().body, message.body);
        QCOMPARE(messages->first().attachments.first().fileName, u"trace.log"_s);
        for (const QString &words : {u"接続"_s, u"times"_s}) {
            const auto hits = searchArchive(**database, words, 10);
            QVERIFY(hits);
            QCOMPARE(hits->size(), 1);
        }
        // The new tables are there and know the accounts of the old.
        for (const QString &table : {u"outbox"_s, u"caseMarks"_s, u"outboxFiles"_s, u"attachmentFiles"_s})
            QCOMPARE(valueOf(**database, u"SELECT count(*) FROM "_s + table), u"0"_s);
        QVERIFY(storeCatalogEntry(**database, account, u"request"_s, {1, "{}"}));
        QCOMPARE(loadCatalogEntry(**database, account, u"request"_s)->answer, "{}"_qba);
    }
    const auto older = Database::open(path, archiveMigrations().first(1));
    QVERIFY(!older);
    QCOMPARE(older.error().code, QString(archivecode::newerSchema));
}

namespace {

/// The tables of a file in the order in which they were made, without those of the search index.
QStringList tablesOf(Database &database)
{
    QStringList tables;
    Statement read = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                                      "AND name NOT LIKE 'search%' ORDER BY rowid");
    read.run();
    while (read.next())
        tables.append(read.text(0));
    return tables;
}

QStringList columnsOf(Database &database, const QString &table)
{
    QStringList columns;
    QSqlQuery query = database.query();
    if (query.exec(u"SELECT name FROM pragma_table_info('%1')"_s.arg(table))) {
        while (query.next())
            columns.append(query.value(0).toString());
    }
    return columns;
}

/// All rows of these columns.
QStringList rowsOf(Database &database, const QString &table, const QStringList &columns)
{
    QStringList rows;
    QSqlQuery query = database.query();
    if (!query.exec(u"SELECT %1 FROM %2 ORDER BY 1, 2"_s.arg(columns.join(u", "_s), table)))
        return {query.lastError().text()};
    while (query.next()) {
        QStringList cells;
        for (int i = 0; i < columns.size(); ++i)
            cells.append(query.value(i).toString());
        rows.append(cells.join(u" | "_s));
    }
    return rows;
}

/// Two rows in a table, each with another value in every column that may have one.
bool fillTable(Database &database, const QString &table)
{
    const QHash<QString, QString> usual{
        {u"account"_s, u"1"_s},     {u"errorKind"_s, u""_s},
        {u"headings"_s, u"[]"_s},   {u"operation"_s, u"AddCommunicationToCase"_s},
        {u"savings"_s, u"1.5"_s},   {u"savingsPercent"_s, u"0.5"_s},
        {u"state"_s, u"0"_s},       {u"way"_s, u"0"_s},
        {u"partition"_s, u"aws"_s}, {u"predecessor"_s, u""_s},
        {u"part"_s, u"0"_s},
    };
    const QStringList columns = columnsOf(database, table);
    for (int row = 1; row <= 2; ++row) {
        QStringList values;
        for (const QString &column : columns) {
            QSqlQuery type = database.query();
            if (!type.exec(u"SELECT type FROM pragma_table_info('%1') WHERE name = '%2'"_s.arg(table, column))
                || !type.next())
                return false;
            const bool isNumber = type.value(0).toString() == u"INTEGER"_s;
            QString value = isNumber ? QString::number(row) : u"%1 %2 %3, 東京"_s.arg(table, column).arg(row);
            if (column == u"input"_s)
                value = uR"({"caseId": "case %1", "communicationBody": "A draft, 下書き %1"})"_s.arg(row);
            else if (column == u"tags"_s)
                value = u"tag %1\nタグ"_s.arg(row);
            else if (usual.contains(column))
                value = usual.value(column);
            values.append(u'\'' + value + u'\'');
        }
        QSqlQuery insert = database.query();
        if (!insert.exec(u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(table, columns.join(u", "_s), values.join(u", "_s))))
            return false;
    }
    return true;
}

} // namespace

void TestDatabase::everyOlderVersionKeepsWhatItHolds_data()
{
    QTest::addColumn<int>("versions");
    for (size_t count = 1; count < archiveMigrations().size(); ++count)
        QTest::addRow("version %d", archiveMigrations()[count - 1].version) << int(count);
}

/// Messages, drafts, the outbox, attachments, tags, notes, results of Trusted Advisor: what a file of an earlier
/// version holds is there, cell by cell, and is read by this one.
void TestDatabase::everyOlderVersionKeepsWhatItHolds()
{
    QFETCH(const int, versions);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"casement.db"_s);
    QMap<QString, QStringList> columns;
    QMap<QString, QStringList> rows;
    {
        const auto database = Database::open(path, archiveMigrations().first(size_t(versions)));
        QVERIFY(database);
        const QStringList tables = tablesOf(**database);
        QVERIFY(tables.size() >= 5);
        QCOMPARE(tables.contains(u"outbox"_s) && tables.contains(u"caseMarks"_s), versions >= 2);
        QCOMPARE(tables.contains(u"outboxFiles"_s) && tables.contains(u"attachmentFiles"_s), versions >= 4);
        for (const QString &table : tables) {
            QVERIFY2(fillTable(**database, table), qPrintable(table));
            columns.insert(table, columnsOf(**database, table));
            rows.insert(table, rowsOf(**database, table, columns.value(table)));
            QCOMPARE(rows.value(table).size(), 2);
        }
    }
    for (int start = 0; start < 2; ++start) {
        const auto database = Database::open(path, archiveMigrations());
        QVERIFY(database);
        QCOMPARE(valueOf(**database, u"PRAGMA user_version"_s), QString::number(archiveMigrations().back().version));
        QCOMPARE(valueOf(**database, u"PRAGMA foreign_key_check"_s), u"(none)"_s);
        for (auto table = rows.cbegin(); table != rows.cend(); ++table)
            QCOMPARE(rowsOf(**database, table.key(), columns.value(table.key())), table.value());
        const auto accounts = loadAccounts(**database);
        QVERIFY(accounts && accounts->size() == 2);
        const auto messages = loadCommunications(**database, 1, u"cases caseId 1, 東京"_s);
        QVERIFY(messages && messages->size() == 1);
        QCOMPARE(messages->first().body, u"communications body 1, 東京"_s);
        QCOMPARE(messages->first().attachments.size(), 1);
        const auto outbox = loadOutbox(**database);
        QVERIFY2(outbox, qPrintable(outbox ? QString() : outbox.error().toLine()));
        QCOMPARE(outbox->size(), versions >= 2 ? 2 : 0);
        for (const OutboxEntry &entry : *outbox)
            QVERIFY(entry.input.contains("下書き") && entry.state == OutboxState::Draft);
        const auto files = loadOutboxFiles(**database);
        QVERIFY(files && files->size() == (versions >= 4 ? 2 : 0));
    }
}

void TestDatabase::aFailedMigrationChangesNothing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    QVERIFY(Database::open(path, first));
    const auto failed = Database::open(path, broken);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, Error::Kind::Archive);
    const auto database = Database::open(path, first);
    QVERIFY(database);
    QCOMPARE(valueOf(**database, u"SELECT x FROM a"_s), u"kept"_s);
}

/// Who changes the schema adds a migration; this number then is the newest version's.
void TestDatabase::theSchemaIsTheOneThatWasReleased()
{
    const auto migrations = archiveMigrations();
    for (size_t i = 0; i < migrations.size(); ++i)
        QCOMPARE(migrations[i].version, int(i) + 1);
    const auto database = Database::open(u":memory:"_s, migrations);
    QVERIFY(database);
    QCOMPARE(
        valueOf(**database,
                u"SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
                "LIKE 'search_%' AND name NOT LIKE 'sqlite_%' ORDER BY name)"_s),
        u"accounts,advisorChecks,advisorLoads,advisorRefreshes,advisorSnapshots,advisorSummaries,attachmentFiles,"
        u"attachments,"
        u"caseMarks,"
        "cases,catalog,communications,outbox,outboxFiles,refusedFiles,search,sentFiles,settings"_s);
}

void TestDatabase::onlyTheOwnerMayRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/er/casement.db"_s);
    const mode_t before = ::umask(0);
    const auto database = Database::open(path, archiveMigrations());
    ::umask(before);
    QVERIFY(database);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const QString &companion : {path, path + "-wal"_L1, path + "-shm"_L1}) {
        QVERIFY2(QFile::exists(companion), qPrintable(companion));
        QCOMPARE(QFile::permissions(companion), owner);
    }
    QCOMPARE(QFile::permissions(QFileInfo(path).absolutePath()), owner | QFile::ExeOwner | QFile::ExeUser);
}

void TestDatabase::aFileWithWiderRightsLosesThem()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"casement.db"_s);
    QVERIFY(Database::open(path, archiveMigrations()));
    QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFile::ReadOther | QFile::ReadGroup));
    QVERIFY(Database::open(path, archiveMigrations()));
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadOther | QFile::ReadGroup)));
}

void TestDatabase::badFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");

    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    QVERIFY(Database::open(path, archiveMigrations()));
    const QByteArray good = contentOf(path);
    QVERIFY(good.size() > 8192);
    const auto with = [&good](qsizetype at, const QByteArray &bytes) {
        return QByteArray(good).replace(at, bytes.size(), bytes);
    };

    QTest::newRow("text") << QByteArray("Dear diary, today I opened a case.") << QString(archivecode::notAnArchive);
    QTest::newRow("zero bytes, many") << QByteArray(20'000, '\0') << QString(archivecode::notAnArchive);
    QTest::newRow("random bytes") << QByteArray("\x7f\x45\x4c\x46\x02\x91").repeated(5000)
                                  << QString(archivecode::notAnArchive);
    QTest::newRow("only the magic word") << good.first(16) << QString(archivecode::notAnArchive);
    QTest::newRow("the header and no more") << good.first(100) << QString(archivecode::damaged);
    QTest::newRow("cut in the middle") << good.first(good.size() / 2) << QString(archivecode::damaged);
    QTest::newRow("the last byte is missing") << good.chopped(1) << QString(archivecode::damaged);
    QTest::newRow("made by a newer version")
        << with(60, QByteArray("\0\0\0\x7f", 4)) << QString(archivecode::newerSchema);
    QTest::newRow("another program's database") << with(68, "Fldr") << QString(archivecode::notAnArchive);
    QTest::newRow("tables without a mark")
        << with(68, QByteArray(4, '\0')).replace(60, 4, QByteArray(4, '\0')) << QString(archivecode::notAnArchive);
}

void TestDatabase::badFiles()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    write(path, content);
    Archive archive;
    const Result<void> opened = answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); });
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Archive);
    QTEST(opened.error().code, "code");
    QVERIFY(opened.error().message.contains(path));
    QVERIFY(contentOf(path) == content);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"a.db"_s});
}

/// However much is missing, it is told and nothing crashes; an empty file is a new one.
void TestDatabase::cutFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    QVERIFY(Database::open(path, archiveMigrations()));
    const QByteArray good = contentOf(path);
    for (qsizetype size = 0; size < good.size(); size += 1000) {
        write(path, good.first(size));
        const auto opened = Database::open(path, archiveMigrations());
        QCOMPARE(bool(opened), size == 0);
        QFile::remove(path + "-wal"_L1);
        QFile::remove(path + "-shm"_L1);
    }
}

void TestDatabase::aDamagedFileIsSetAside()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    for (int time = 0; time < 2; ++time) {
        write(path, "no database");
        write(path + "-wal"_L1, "nor a log");
        const Result<QString> aside = Archive::setAside(path);
        QVERIFY(aside);
        QVERIFY(aside->startsWith(path + ".damaged-"_L1));
        QCOMPARE(contentOf(*aside), "no database"_qba);
        QCOMPARE(contentOf(*aside + "-wal"_L1), "nor a log"_qba);
        QVERIFY(!QFile::exists(path));
        QVERIFY(!QFile::exists(path + "-wal"_L1));
    }
    QVERIFY(Database::open(path, archiveMigrations()));
    QVERIFY(!Archive::setAside(folder.filePath(u"nothing.db"_s)));
}

void TestDatabase::placesThatCannotBeWritten()
{
    QTemporaryDir folder;
    write(folder.filePath(u"file"_s), "x");
    for (const QString &path :
         {folder.filePath(u"file/casement.db"_s), folder.path(), u"/proc/casement/casement.db"_s}) {
        const auto opened = Database::open(path, archiveMigrations());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, QString(archivecode::notWritable));
    }
    if (::geteuid() == 0)
        return; // may write everywhere
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
    const auto opened = Database::open(folder.filePath(u"casement.db"_s), archiveMigrations());
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, QString(archivecode::notWritable));
}

void TestDatabase::whatMayNotBeWrittenIsRead_data()
{
    QTest::addColumn<int>("fileMode");
    QTest::addColumn<int>("folderMode");
    QTest::addColumn<bool>("log"); // what is newest is only in the log, as after a kill

    QTest::newRow("file") << 0400 << 0700 << false;
    QTest::newRow("folder") << 0600 << 0500 << false;
    QTest::newRow("both") << 0400 << 0500 << false;
    QTest::newRow("file, with a log") << 0400 << 0700 << true;
    QTest::newRow("folder, with a log") << 0600 << 0500 << true;
}

void TestDatabase::whatMayNotBeWrittenIsRead()
{
    QFETCH(int, fileMode);
    QFETCH(int, folderMode);
    QFETCH(bool, log);
    QTemporaryDir folder;
    const QString data = folder.filePath(u"data of 100% #1?"_s);
    const QString path = data + "/a.db"_L1;
    AccountRecord account;
    {
        Archive archive;
        for (int start = 0; start < 2; ++start) // what the first writes is in the file when the second begins
            QVERIFY(answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); }));
        QVERIFY(!archive.isReadOnly());
        const auto made = answerOf<AccountRecord>([&](auto done) {
            archive.ensureAccount(u"profile:prod"_s, u"Production"_s, u"aws"_s, &archive, std::move(done));
        });
        QVERIFY(made);
        account = *made;
        if (log) {
            const QByteArray newest = contentOf(path + "-wal"_L1);
            const QByteArray checkpointed = contentOf(path);
            QVERIFY(!newest.isEmpty());
            QVERIFY(answerOf<void>([&](auto done) { archive.open(u":memory:"_s, &archive, std::move(done)); }));
            write(path, checkpointed);
            write(path + "-wal"_L1, newest);
        }
    }
    // Root may write everywhere, so this is done as somebody else.
    const bool root = ::geteuid() == 0;
    constexpr uid_t nobody = 65534;
    const auto set = [&](int ofFile, int ofFolder) {
        QVERIFY(::chmod(qPrintable(path), mode_t(ofFile)) == 0 && ::chmod(qPrintable(data), mode_t(ofFolder)) == 0);
    };
    if (root) {
        for (const QString &name : {folder.path(), data, path, path + "-wal"_L1})
            (void)::chown(qPrintable(name), nobody, nobody);
        QCOMPARE(::seteuid(nobody), 0);
    }
    set(fileMode, folderMode);
    Archive archive;
    const auto opened = answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); });
    const bool readOnly = archive.isReadOnly();
    const auto accounts =
        answerOf<QList<AccountRecord>>([&](auto done) { archive.loadAccounts(&archive, std::move(done)); });
    const auto ensure = [&](const QString &key) {
        return answerOf<AccountRecord>(
            [&](auto done) { archive.ensureAccount(key, u"Renamed"_s, u"aws"_s, &archive, std::move(done)); });
    };
    const auto known = ensure(u"profile:prod"_s);
    const auto unknown = ensure(u"profile:other"_s);
    const auto companions = QDir(data).entryList(QDir::Files).size();
    set(0600, 0700);
    const auto again = answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); });
    const auto added = ensure(u"profile:other"_s);
    if (root)
        QCOMPARE(::seteuid(0), 0);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().toLine()));
    QVERIFY(readOnly);
    QVERIFY(accounts);
    if (!log || folderMode == 0700) // a log that cannot be joined is passed over
        QCOMPARE(*accounts, QList{account});
    if (!log) {
        QCOMPARE(companions, 1);
        QVERIFY(known && *known == account);
    }
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, QString(archivecode::notWritable));
    QVERIFY(unknown.error().message.contains(path));
    QVERIFY(again);
    QVERIFY2(added, qPrintable(added ? QString() : added.error().toLine()));
    QVERIFY(!archive.isReadOnly());
}

void TestDatabase::aFullDiskIsToldAndNothingIsHalfDone()
{
    const auto opened = Database::open(u":memory:"_s, first);
    QVERIFY(opened);
    Database &database = **opened;
    QVERIFY(database.runOnce(u"PRAGMA max_page_count = 20"_s));
    {
        Transaction transaction(database);
        database.prepare("UPDATE a SET x = ?").run(u"changed"_s);
        for (int i = 0; i < 100; ++i)
            database.prepare("INSERT INTO a VALUES (?)").run(QString(4000, u'x'));
        const Result<void> done = transaction.commit();
        QVERIFY(!done);
        QCOMPARE(done.error().code, QString(archivecode::diskFull));
    }
    QCOMPARE(valueOf(database, u"SELECT group_concat(x) FROM a"_s), u"kept"_s);
    Transaction transaction(database);
    QVERIFY(database.prepare("UPDATE a SET x = ?").run(u"room again"_s));
    QVERIFY(transaction.commit());
}

void TestDatabase::twoArchivesOnOneFile()
{
    test::ArchiveFixture window;
    const AccountRecord account = window.account();
    Archive other;
    QVERIFY(answerOf<void>([&](auto done) { other.open(window.path(), &other, std::move(done)); }));
    const auto seen = answerOf<QList<AccountRecord>>([&](auto done) { other.loadAccounts(&other, std::move(done)); });
    QVERIFY(seen);
    QCOMPARE(*seen, QList{account});
    int added = 0; // both write at the same time, and wait for each other
    for (int i = 0; i < 50; ++i) {
        for (Archive *archive : {&window.archive(), &other}) {
            archive->ensureAccount(u"key-%1-%2"_s.arg(i).arg(archive == &other), u"name"_s, u"aws"_s, this,
                                   [&added](const Result<AccountRecord> &record) { added += record ? 1 : 0; });
        }
    }
    QTRY_COMPARE(added, 100);
    const auto all = answerOf<QList<AccountRecord>>([&](auto done) { other.loadAccounts(&other, std::move(done)); });
    QVERIFY(all);
    QCOMPARE(all->size(), 101);
}

void TestDatabase::twoOpenAtOnce()
{
    for (int round = 0; round < 20; ++round) {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new/a.db"_s);
        Archive one;
        Archive two;
        QStringList wrong;
        int opened = 0;
        for (Archive *archive : {&one, &two}) {
            archive->open(path, archive, [&](const Result<void> &done) {
                ++opened;
                if (!done)
                    wrong.append(done.error().toLine());
            });
        }
        QTRY_COMPARE(opened, 2);
        QCOMPARE(wrong, QStringList());
    }
}

void TestDatabase::nothingWorksBeforeOpen()
{
    Archive archive;
    const auto accounts =
        answerOf<QList<AccountRecord>>([&](auto done) { archive.loadAccounts(&archive, std::move(done)); });
    QVERIFY(!accounts);
    QCOMPARE(accounts.error().code, QString(archivecode::notOpen));
}

void TestDatabase::callbacksDieWithTheirContext()
{
    test::ArchiveFixture fixture;
    bool called = false;
    {
        QObject context;
        fixture.archive().loadAccounts(&context, [&called](const auto &) { called = true; });
    }
    QCOMPARE(fixture.account().id, 1); // asked later, answered later
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
