#include "archive/attachmentstore.h"
#include "archive/casemarks.h"
#include "archive/database.h"
#include "archive/outbox.h"
#include "archive/refusedfiles.h"
#include "syncfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

using namespace casement;
using namespace casement::test;

namespace {

const QString doomedWord = u"zwetschgendatschi"_s;
const QString keptWord = u"kaiserschmarrn"_s;

/// The files of the archive that hold the word, in UTF-8 or UTF-16.
QStringList filesWith(const QString &archive, const QString &word)
{
    QStringList found;
    const QString folder = QFileInfo(archive).absolutePath();
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s can't be read", qPrintable(file.fileName()));
        const QByteArray bytes = file.readAll();
        const QByteArray wide(reinterpret_cast<const char *>(word.utf16()), word.size() * 2);
        if (bytes.contains(word.toUtf8()) || bytes.contains(wide))
            found.append(QDir(folder).relativeFilePath(file.fileName()));
    }
    return found;
}

/// Another program's look at the archive.
class Sql
{
public:
    explicit Sql(const QString &path)
    {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        m_database.setDatabaseName(path);
        if (!m_database.open())
            qFatal("The archive can't be opened");
        run(u"PRAGMA foreign_keys = ON"_s);
    }
    ~Sql()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(u"look"_s);
    }
    Q_DISABLE_COPY_MOVE(Sql)

    QStringList run(const QString &statement)
    {
        QSqlQuery query(m_database);
        if (!query.exec(statement))
            qFatal("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        QStringList rows;
        while (query.next()) {
            QStringList row;
            for (int i = 0; i < query.record().count(); ++i)
                row.append(query.value(i).toString());
            rows.append(row.join(u'|'));
        }
        return rows;
    }

    /// Everything that names the account, of all tables.
    QStringList allOf(AccountId account)
    {
        QStringList all;
        const QString number = QString::number(account);
        for (const QString &table : run(u"SELECT name FROM sqlite_master WHERE type = 'table'"_s)) {
            if (run(u"SELECT name FROM pragma_table_info('%1') WHERE name = 'account'"_s.arg(table)).isEmpty())
                continue;
            for (const QString &row : run(u"SELECT * FROM %1 WHERE account = %2"_s.arg(table, number)))
                all.append(table + u": "_s + row);
        }
        all += run(u"SELECT m.key, m.body, a.fileName FROM communications m JOIN cases c ON c.id = m.caseRow LEFT JOIN "
                   "attachments a ON a.communication = m.id WHERE c.account = %1"_s.arg(number));
        all += run(u"SELECT * FROM settings WHERE name LIKE '%/%1/%' OR name LIKE '%/%1'"_s.arg(number));
        all += run(u"SELECT f.* FROM outboxFiles f JOIN outbox o ON o.id = f.entry WHERE o.account = %1"_s.arg(number));
        return all;
    }

private:
    QSqlDatabase m_database;
};

/// Two accounts with everything that an account can have, each with a word of its own.
struct World
{
    World()
    {
        fill(doomed, doomedWord);
        fill(kept, keptWord);
    }

    void fill(AccountRecord &account, const QString &word)
    {
        account = fixture.archive.account("profile:"_L1 + word);
        FakeService service;
        for (int i = 0; i < 30; ++i) {
            CaseDetails &made = service.add(u"case-%1-%2"_s.arg(word).arg(i), u"opened"_s, 4);
            made.subject = u"%1 does not rise %2"_s.arg(word).arg(i);
            for (Communication &one : made.recentCommunications->communications)
                one.body = u"About %1: %2"_s.arg(word, QString(3'000, u'x')); // some on pages of their own
        }
        service.cases.first().recentCommunications->communications.first().attachmentSet = {
            AttachmentDetails{.attachmentId = u"attachment-"_s + word, .fileName = word + u".log"_s}};
        Client client(service);
        SyncJob::Options options;
        options.now = FakeService::start() + day;
        auto *job = new SyncJob(client, fixture.archive.archive(), account, options);
        job->setAutoDelete(false);
        QSignalSpy finished(job, &Job::finished);
        job->start();
        if (finished.isEmpty() && !finished.wait(60'000))
            qFatal("The sync does not end");
        delete job;

        // A draft that was written in many steps: what it was before is on pages that are free.
        OutboxEntry entry = Outbox::newEntry(account.id, "AddCommunicationToCase", u"case-%1-1"_s.arg(word));
        for (int i = 0; i < 10; ++i) {
            entry.input = R"({"communicationBody":")" + (word + QString(i * 900, u'y')).toUtf8() + "\"}";
            outbox->save(entry);
        }
        marks->setNote({account.id, u"case-%1-2"_s.arg(word)}, u"Note on "_s + word);
        marks->changeTags({{account.id, u"case-%1-2"_s.arg(word)}}, {word}, {});
        RefusedFiles(fixture.archive.archive())
            .store(QString::number(account.id) + u"/case"_s, {{.path = u"/tmp/"_s + word}}, outbox.get());
        keepFile(account, word, word.toUtf8() + " in a log");
        keepFile(account, u"same"_s, "both accounts have this");
        const Result<QString> part = store->partPath(account.id, u"attachment-"_s + word);
        QFile half(part.value());
        if (!half.open(QIODevice::WriteOnly))
            qFatal("no part");
        half.write("half of " + word.toUtf8());
        half.close();
        flush();
        Sql sql(fixture.archive.path());
        const QString number = QString::number(account.id);
        sql.run(u"INSERT INTO catalog VALUES (%1, 'DescribeServices', 1, '%2')"_s.arg(number, word));
        sql.run(u"INSERT INTO sentFiles VALUES (%1, 'case', 1, '%2', 1, '/tmp/%2', 1, 'entry-%2')"_s.arg(number, word));
        sql.run(
            u"INSERT INTO advisorSummaries VALUES (%1, '%2', '', '', 0, 0, 0, 0, 0, '', '', 0)"_s.arg(number, word));
        sql.run(u"INSERT INTO advisorChecks VALUES (%1, 'en', '%2', 0, 0, '', '', '', '')"_s.arg(number, word));
        sql.run(
            u"INSERT INTO advisorSnapshots (account, checkId, language, time, fetched, processed, flagged, ignored, "
            "suppressed, savings, savingsPercent, status, timestamp, category, name, headings, content) VALUES (%1, "
            "'%2', 'en', 0, 0, 0, 0, 0, 0, '', '', '', '', '', '', '', '%2')"_s.arg(number, word));
        sql.run(u"INSERT INTO advisorLoads VALUES (%1, 0)"_s.arg(number));
        sql.run(u"INSERT INTO advisorRefreshes VALUES (%1, '%2', '', 0, 0)"_s.arg(number, word));
        sql.run(u"INSERT INTO settings VALUES ('sync/%1/refused/%2', '1')"_s.arg(number, word));
        sql.run(u"INSERT INTO settings VALUES ('advisor/catalogue/%1/en', '%2')"_s.arg(number, word));
    }

    void keepFile(const AccountRecord &account, const QString &id, const QByteArray &bytes)
    {
        if (const auto taken = download(account, id, bytes); !taken)
            qFatal("%s", qPrintable(taken.error().toLine()));
    }

    Result<KeptAttachment> download(const AccountRecord &account, const QString &id, const QByteArray &bytes)
    {
        const Result<QString> part = store->partPath(account.id, id);
        QFile file(part.value());
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no part");
        file.close();
        const FileDigest digest{bytes.size(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()};
        return answerOf<KeptAttachment>(
            [&](auto done) { store->keep(account.id, id, id + u".log"_s, digest, store.get(), std::move(done)); });
    }

    /// What was asked for before is done.
    void flush() { fixture.archive.cases(); }

    Result<void> remove(AccountId account)
    {
        return answerOf<void>([&](auto done) {
            fixture.archive.archive().deleteAccount(account, &fixture.archive.archive(), std::move(done));
        });
    }

    SyncFixture fixture;
    std::unique_ptr<Outbox> outbox = std::make_unique<Outbox>(fixture.archive.archive());
    std::unique_ptr<CaseMarks> marks = std::make_unique<CaseMarks>(fixture.archive.archive());
    std::unique_ptr<AttachmentStore> store = std::make_unique<AttachmentStore>(fixture.archive.archive());
    AccountRecord doomed;
    AccountRecord kept;
};

} // namespace

class TestAccountDeletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothing();
    void refusesWhileSomethingIsSent();
    void tellsOfOtherPrograms();
    void whatIsWrittenMakesTheAccountAgain();
    void whatIsFetchedMakesTheAccountAgain();
    void whatIsLateIsDropped();
    void anAccountThatIsLeftStaysAway();
    void anAccountThatCameAnewKeepsItsNumber();
};

void TestAccountDeletion::leavesNothing()
{
    World world;
    Archive &archive = world.fixture.archive.archive();
    const QString path = world.fixture.archive.path();
    QStringList before;
    {
        Sql sql(path);
        before = sql.allOf(world.kept.id);
        QVERIFY(sql.allOf(world.doomed.id).size() > 130);
    }
    QVERIFY(!filesWith(path, doomedWord).isEmpty());
    QVERIFY(!world.fixture.archive.search(doomedWord).isEmpty());
    QSignalSpy deleted(&archive, &Archive::accountDeleted);
    QSignalSpy accounts(&archive, &Archive::accountsChanged);

    QVERIFY(world.remove(world.doomed.id));
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted.first().first().toLongLong(), world.doomed.id);
    QCOMPARE(accounts.size(), 1);
    QCOMPARE(filesWith(path, doomedWord), QStringList());
    QVERIFY(world.fixture.archive.search(doomedWord).isEmpty());
    {
        Sql sql(path);
        QCOMPARE(sql.allOf(world.doomed.id), QStringList());
        QCOMPARE(sql.allOf(world.kept.id), before);
        // SQLite 3.40 takes columns in front of the key of a table WITHOUT ROWID for empty ones.
        QCOMPARE(sql.run(u"PRAGMA integrity_check"_s).filter(QRegularExpression(u"^(?!ok|NULL value in sentFiles)"_s)),
                 QStringList());
        QCOMPARE(sql.run(u"PRAGMA foreign_key_check"_s), QStringList());
        QCOMPARE(sql.run(u"INSERT INTO search (search) VALUES ('integrity-check')"_s), QStringList());
    }
    // The other account is found as before, and so are its files.
    QCOMPARE(world.fixture.archive.search(keptWord, 1'000).size(), 30 * 5 + 2);
    const auto files = answerOf<QHash<QString, KeptAttachment>>(
        [&](auto done) { world.store->find(world.kept.id, {}, world.store.get(), std::move(done)); });
    QVERIFY(files);
    QCOMPARE(files->size(), 2);
    // Nothing comes back.
    world.fixture.archive.reopen();
    QCOMPARE(filesWith(path, doomedWord), QStringList());
    QCOMPARE(world.fixture.archive.cases().size(), size_t(30));
}

void TestAccountDeletion::refusesWhileSomethingIsSent()
{
    World world;
    OutboxEntry entry = Outbox::newEntry(world.doomed.id, "ResolveCase", u"case-1"_s);
    entry.input = "{}";
    world.outbox->send(entry);
    const auto claimed = answerOf<bool>([&](auto done) {
        world.outbox->claim(entry.id, QDateTime::currentMSecsSinceEpoch(), world.outbox.get(), std::move(done));
    });
    QVERIFY(claimed && *claimed);
    QSignalSpy deleted(&world.fixture.archive.archive(), &Archive::accountDeleted);
    const Result<void> refused = world.remove(world.doomed.id);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, QString(archivecode::beingSent));
    QVERIFY(deleted.isEmpty());
    QVERIFY(!world.fixture.archive.search(doomedWord).isEmpty());
    // What was sent two hours ago is on its way no more, and the other account is no matter.
    QVERIFY(world.remove(world.kept.id));
    {
        Sql sql(world.fixture.archive.path());
        sql.run(u"UPDATE outbox SET sent = sent - 7200000 WHERE id = '%1'"_s.arg(entry.id));
    }
    QVERIFY(world.remove(world.doomed.id));
    QVERIFY(world.fixture.archive.cases().empty());
}

void TestAccountDeletion::tellsOfOtherPrograms()
{
    World world;
    const QString path = world.fixture.archive.path();
    {
        Sql sql(path);
        sql.run(u"BEGIN"_s);
        sql.run(u"SELECT count(*) FROM cases"_s); // reads, and goes on reading
        const Result<void> done = world.remove(world.doomed.id);
        QVERIFY(!done);
        QCOMPARE(done.error().code, QString(archivecode::busy));
        sql.run(u"COMMIT"_s);
    }
    QVERIFY(world.fixture.archive.search(doomedWord).isEmpty());
    world.fixture.archive.reopen(); // the last one to close empties the log
    QCOMPARE(filesWith(path, doomedWord), QStringList());
}

namespace {

/// Another program, as casement-cli, that deletes the account while this one has it open.
struct OtherProgram
{
    explicit OtherProgram(const QString &path)
    {
        if (!answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); }))
            qFatal("The archive can't be opened twice");
    }

    bool remove(AccountId account, Return others)
    {
        const Result<void> done =
            answerOf<void>([&](auto callback) { archive.deleteAccount(account, &archive, callback, others); });
        return done || done.error().code == archivecode::busy;
    }

    Archive archive;
};

Result<void> refresh(World &world, FakeService &service)
{
    Client client(service);
    SyncJob::Options options;
    options.now = FakeService::start() + 2 * day;
    auto *job = new SyncJob(client, world.fixture.archive.archive(), world.doomed, options);
    job->setAutoDelete(false);
    QSignalSpy finished(job, &Job::finished);
    job->start();
    if (finished.isEmpty() && !finished.wait(60'000))
        qFatal("The sync does not end");
    const Result<void> result = finished.first().first().value<Result<void>>();
    delete job;
    return result;
}

} // namespace

void TestAccountDeletion::whatIsWrittenMakesTheAccountAgain()
{
    World world;
    OtherProgram other(world.fixture.archive.path());
    QSignalSpy failed(world.outbox.get(), &Outbox::failed);
    QVERIFY(other.remove(world.doomed.id, Return::Refused)); // and even so
    OutboxEntry entry = Outbox::newEntry(world.doomed.id, "AddCommunicationToCase", u"case-x"_s);
    entry.input = R"({"communicationBody":"typed"})";
    world.outbox->save(entry);
    world.flush();
    QCOMPARE(failed.size(), 0);
    {
        Sql sql(world.fixture.archive.path());
        QCOMPARE(sql.run(u"SELECT account, input FROM outbox WHERE id = '%1'"_s.arg(entry.id)),
                 QStringList{u"%1|{\"communicationBody\":\"typed\"}"_s.arg(world.doomed.id)});
        QCOMPARE(sql.run(u"SELECT key, name FROM accounts WHERE id = %1"_s.arg(world.doomed.id)),
                 QStringList{world.doomed.key + u'|' + world.doomed.name});
        QCOMPARE(sql.run(u"PRAGMA foreign_key_check"_s), QStringList());
    }
    QVERIFY(other.remove(world.doomed.id, Return::Refused));
    world.marks->setNote({world.doomed.id, u"case-x"_s}, u"noted"_s);
    world.flush();
    Sql sql(world.fixture.archive.path());
    QCOMPARE(sql.run(u"SELECT note FROM caseMarks WHERE account = %1"_s.arg(world.doomed.id)), QStringList{u"noted"_s});
}

void TestAccountDeletion::whatIsFetchedMakesTheAccountAgain()
{
    World world;
    OtherProgram other(world.fixture.archive.path());
    QVERIFY(other.remove(world.doomed.id, Return::Allowed));
    FakeService service;
    service.add(u"case-new"_s, u"opened"_s, 4);
    const Result<void> done = refresh(world, service);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(world.fixture.archive.cases({world.doomed.id}).size(), size_t(1));
    // What this program deletes itself does not come back.
    QVERIFY(world.remove(world.doomed.id));
    world.marks->setNote({world.doomed.id, u"case-x"_s}, u"noted"_s);
    world.flush();
    Sql sql(world.fixture.archive.path());
    QCOMPARE(sql.allOf(world.doomed.id), QStringList());
}

/// What was on its way to the disk when a person deleted the account here.
void TestAccountDeletion::whatIsLateIsDropped()
{
    World world;
    Archive &archive = world.fixture.archive.archive();
    QSignalSpy failed(world.outbox.get(), &Outbox::failed);
    QSignalSpy archiveFailed(&archive, &Archive::failed);
    QSignalSpy marksFailed(world.marks.get(), &CaseMarks::failed);
    const QList<OutboxEntry> before = world.outbox->entries();
    const auto isOfIt = [&](const OutboxEntry &entry) { return entry.account == world.doomed.id; };
    QVERIFY(std::any_of(before.begin(), before.end(), isOfIt));
    OutboxEntry typed = Outbox::newEntry(world.doomed.id, "AddCommunicationToCase", u"case-x"_s);
    typed.input = R"({"communicationBody":"typed"})";
    const Result<void> removed = answerOf<void>([&](auto done) {
        archive.deleteAccount(world.doomed.id, &archive, std::move(done));
        world.outbox->save(typed); // behind it in the queue
        world.marks->setNote({world.doomed.id, u"case-x"_s}, u"noted"_s);
    });
    QVERIFY2(removed, qPrintable(removed.error().toLine()));
    FakeService service;
    service.add(u"case-new"_s, u"opened"_s, 4);
    QCOMPARE(refresh(world, service).error().kind, Error::Kind::Cancelled);
    const auto downloaded = world.download(world.doomed, u"late"_s, "a late " + doomedWord.toUtf8());
    QCOMPARE(downloaded.error().kind, Error::Kind::Cancelled);
    QCOMPARE(filesWith(world.fixture.archive.path(), doomedWord), QStringList());
    world.flush();
    QTRY_VERIFY(world.outbox->unsettled().isEmpty());
    QVERIFY(std::none_of(world.outbox->entries().begin(), world.outbox->entries().end(), isOfIt));
    QCOMPARE(failed.size() + archiveFailed.size() + marksFailed.size(), 0);
    QVERIFY(world.outbox->isDeleted(world.doomed.id));
    Sql sql(world.fixture.archive.path());
    QCOMPARE(sql.allOf(world.doomed.id), QStringList());
    QCOMPARE(sql.run(u"PRAGMA foreign_key_check"_s), QStringList());
}

void TestAccountDeletion::anAccountThatIsLeftStaysAway()
{
    World world;
    OtherProgram other(world.fixture.archive.path());
    QVERIFY(other.remove(world.doomed.id, Return::Refused));
    FakeService service;
    service.add(u"case-new"_s, u"opened"_s, 4);
    QSignalSpy failed(&world.fixture.archive.archive(), &Archive::failed);
    // Nobody is told: it ends as if the person had stopped it.
    QCOMPARE(refresh(world, service).error().kind, Error::Kind::Cancelled);
    QVERIFY(failed.isEmpty());
    {
        Sql sql(world.fixture.archive.path());
        QCOMPARE(sql.run(u"SELECT count(*) FROM accounts WHERE key = '%1'"_s.arg(world.doomed.key)),
                 QStringList{u"0"_s});
    }
    // Whoever opens it by its name wants it again.
    QCOMPARE(world.fixture.archive.account(world.doomed.key).id, world.doomed.id);
    const Result<void> done = refresh(world, service);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(world.fixture.archive.cases({world.doomed.id}).size(), size_t(1));
}

void TestAccountDeletion::anAccountThatCameAnewKeepsItsNumber()
{
    World world;
    OtherProgram other(world.fixture.archive.path());
    QVERIFY(other.remove(world.doomed.id, Return::Allowed));
    const auto anew = answerOf<AccountRecord>([&](auto done) {
        other.archive.ensureAccount(world.doomed.key, u"Anew"_s, u"aws"_s, &other.archive, std::move(done));
    });
    QVERIFY(anew && anew->id != world.doomed.id);
    {
        Sql sql(world.fixture.archive.path());
        sql.run(u"INSERT INTO catalog VALUES (%1, 'DescribeServices', 1, 'theirs')"_s.arg(anew->id));
    }
    OutboxEntry entry = Outbox::newEntry(world.doomed.id, "AddCommunicationToCase", u"case-x"_s);
    entry.input = R"({"communicationBody":"typed"})";
    world.outbox->save(entry);
    world.flush();
    Sql sql(world.fixture.archive.path());
    QCOMPARE(sql.run(u"SELECT id FROM accounts WHERE key = '%1'"_s.arg(world.doomed.key)),
             QStringList{QString::number(world.doomed.id)});
    QCOMPARE(sql.run(u"SELECT answer FROM catalog WHERE account = %1"_s.arg(world.doomed.id)),
             QStringList{u"theirs"_s}); // what came with the other number is here, too
    QCOMPARE(sql.run(u"SELECT count(*) FROM outbox WHERE account = %1"_s.arg(world.doomed.id)), QStringList{u"1"_s});
    QCOMPARE(sql.run(u"PRAGMA foreign_key_check"_s), QStringList());
}

QTEST_GUILESS_MAIN(TestAccountDeletion)
#include "tst_accountdeletion.moc"
