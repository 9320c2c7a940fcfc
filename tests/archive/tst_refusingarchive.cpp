#include "archive/database.h"
#include "archive/outbox.h"
#include "archive/schema.h"
#include "archivefixture.h"
#include "fulldisk.h"
#include "support/cases.h"

#include <QDir>
#include <QFile>

using namespace casement;
using namespace Qt::StringLiterals;

/// Archives that take nothing of what a person writes: on a full disk, and in memory in place of a file.
class TestRefusingArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsRead_data();
    void aFullDiskIsRead();
    void anotherProgramHasTheIndex();
    void aNewOneNeedsRoom();
    void aLogThatHasNoRoomIsTold();
    void aStandInTakesNothingOfAPerson();
    void whatAStandInRefusedIsTakenOver();

private:
    static AccountRecord ensured(Archive &archive, const QString &key, QString *code = nullptr)
    {
        const auto record = test::answerOf<AccountRecord>(
            [&](auto done) { archive.ensureAccount(key, u"Production"_s, u"aws"_s, &archive, std::move(done)); });
        if (code)
            *code = record ? QString() : record.error().code;
        return record ? *record : AccountRecord();
    }
    static Result<void> open(Archive &archive, const QString &path)
    {
        return test::answerOf<void>([&](auto done) { archive.open(path, &archive, std::move(done)); });
    }
    static Result<bool> openForWriting(Archive &archive)
    {
        return test::answerOf<bool>([&](auto done) { archive.openForWriting(&archive, std::move(done)); });
    }
    static QList<AccountRecord> accountsOf(Archive &archive)
    {
        const auto accounts =
            test::answerOf<QList<AccountRecord>>([&](auto done) { archive.loadAccounts(&archive, std::move(done)); });
        return accounts ? *accounts : QList<AccountRecord>();
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    /// An archive with one account, closed, in which the account is in the file or, as after a kill, only in the log.
    static AccountRecord makeArchive(const QString &path, bool log)
    {
        AccountRecord account;
        QByteArray file;
        QByteArray newest;
        {
            Archive archive;
            for (int start = 0; start < 2; ++start) // what the first writes is in the file when the second begins
                (void)open(archive, path);
            account = ensured(archive, u"profile:prod"_s);
            file = contentOf(path);
            newest = contentOf(path + "-wal"_L1);
        }
        if (log) {
            write(path, file);
            write(path + "-wal"_L1, newest);
        }
        return account;
    }
};

void TestRefusingArchive::aFullDiskIsRead_data()
{
    QTest::addColumn<bool>("log");
    QTest::addColumn<bool>("index");
    QTest::newRow("all is in the file") << false << false;
    QTest::newRow("what is newest is only in the log") << true << false;
    QTest::newRow("a log, and an index that nobody needs") << true << true;
}

void TestRefusingArchive::aFullDiskIsRead()
{
    QFETCH(bool, log);
    QFETCH(bool, index);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"data of 100% #1?/a.db"_s);
    const AccountRecord account = makeArchive(path, log);
    QVERIFY(account.id > 0);
    if (index)
        write(path + "-shm"_L1, QByteArray(32 * 1024, '\0'));
    const QStringList before = QDir(QFileInfo(path).path()).entryList(QDir::Files | QDir::Hidden);
    Archive archive;
    Result<void> opened;
    Result<bool> tried = true;
    QList<AccountRecord> accounts;
    QStringList after;
    QString code;
    {
        const test::FullDisk full(0);
        opened = open(archive, path);
        accounts = accountsOf(archive);
        (void)ensured(archive, u"profile:other"_s, &code);
        after = QDir(QFileInfo(path).path()).entryList(QDir::Files | QDir::Hidden);
        tried = openForWriting(archive);
    }
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().toLine()));
    QCOMPARE(accounts, QList{account});
    QCOMPARE(code, QString(archivecode::diskFull));
    QCOMPARE(after, before); // nothing half made is left
    QVERIFY(tried && !*tried);
    QVERIFY(archive.isReadOnly());
    QCOMPARE(archive.refusal().code, QString(archivecode::diskFull));
    QVERIFY(archive.refusal().message.contains(path));
    // There is room again.
    tried = openForWriting(archive);
    QVERIFY(tried && *tried);
    QVERIFY(!archive.isReadOnly());
    QCOMPARE(archive.refusal(), Error());
    QCOMPARE(accountsOf(archive), QList{account});
    QVERIFY(ensured(archive, u"profile:other"_s).id > account.id);
}

/// Who has it open made what is needed to read it: nothing is done to what is theirs.
void TestRefusingArchive::anotherProgramHasTheIndex()
{
    test::ArchiveFixture other;
    const AccountRecord account = other.account();
    Archive archive;
    {
        const test::FullDisk full(0);
        QVERIFY(open(archive, other.path()));
        QCOMPARE(accountsOf(archive), QList{account});
        QVERIFY(archive.isReadOnly());
    }
    const AccountRecord later = other.account(u"profile:later"_s);
    QCOMPARE(accountsOf(archive), (QList{account, later}));
    const Result<bool> again = openForWriting(archive);
    QVERIFY(again && *again);
}

void TestRefusingArchive::aNewOneNeedsRoom()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    Archive archive;
    {
        const test::FullDisk full(0);
        const Result<void> opened = open(archive, path);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, QString(archivecode::diskFull));
    }
    QVERIFY(open(archive, path)); // what is left of it hinders nobody
}

void TestRefusingArchive::aLogThatHasNoRoomIsTold()
{
    test::ArchiveFixture fixture;
    const qint64 size = QFileInfo(fixture.path()).size();
    Outbox outbox(fixture.archive());
    const AccountId account = fixture.account().id;
    for (int i = 0; i < 20; ++i) {
        OutboxEntry entry = Outbox::newEntry(account, AddCommunicationToCase::name, u"case-1"_s);
        entry.input = QByteArray(20'000, 'x');
        outbox.save(entry);
    }
    QTRY_VERIFY(!outbox.isStoring());
    const auto emptied = [&fixture] {
        return test::answerOf<void>(
            [&](auto done) { fixture.archive().emptyLog(&fixture.archive(), std::move(done)); });
    };
    {
        const test::FullDisk full{int(size)};
        const Result<void> done = emptied();
        QVERIFY(!done);
        QCOMPARE(done.error().code, QString(archivecode::diskFull));
    }
    QCOMPARE(outbox.unstored().size(), 0);
    QVERIFY(emptied());
    QVERIFY(QFileInfo(fixture.path()).size() > size);
}

void TestRefusingArchive::aStandInTakesNothingOfAPerson()
{
    const Error why{.kind = Error::Kind::Archive, .code = archivecode::notWritable, .message = u"No way."_s};
    Archive archive;
    QVERIFY(test::answerOf<void>([&](auto done) { archive.openStandIn(why, &archive, std::move(done)); }));
    QCOMPARE(archive.refusal(), why);
    QVERIFY(!archive.isReadOnly());
    const AccountRecord account = ensured(archive, u"profile:prod"_s);
    QVERIFY(account.id > (qint64(1) << 40));
    Outbox outbox(archive);
    QSignalSpy failed(&outbox, &Outbox::failed);
    QSignalSpy sends(&outbox, &Outbox::sendRequested);
    OutboxEntry entry = Outbox::newEntry(account.id, AddCommunicationToCase::name, u"case-1"_s);
    outbox.save(entry);
    QTRY_COMPARE(outbox.unstored().size(), 1);
    outbox.send(entry);
    QTRY_COMPARE(failed.size(), 2);
    QVERIFY(!outbox.isStoring());
    QCOMPARE(sends.size(), 0);
    QCOMPARE(outbox.unstored().first().state, OutboxState::Draft);
    QCOMPARE(outbox.unstored().first().error.message, why.message);
}

void TestRefusingArchive::whatAStandInRefusedIsTakenOver()
{
    test::ArchiveFixture real;
    (void)real.account(u"profile:another"_s);
    const AccountRecord account = real.account();
    const QString path = real.path();
    const Error why{.kind = Error::Kind::Archive, .code = archivecode::diskFull, .message = u"Full."_s};
    Archive archive;
    QVERIFY(test::answerOf<void>([&](auto done) { archive.openStandIn(why, &archive, std::move(done)); }));
    const AccountRecord before = ensured(archive, u"profile:prod"_s);
    Outbox outbox(archive);
    outbox.load();
    QTRY_VERIFY(outbox.isLoaded());
    OutboxEntry entry = Outbox::newEntry(before.id, AddCommunicationToCase::name, u"case-1"_s);
    entry.input = "{\"communicationBody\":\"not lost\"}";
    outbox.save(entry);
    QTRY_COMPARE(outbox.unstored().size(), 1);
    // It can be opened, and is not by asking.
    QVERIFY(test::answerOf<void>([&](auto done) { archive.tryToOpen(path, &archive, std::move(done)); }));
    QCOMPARE(archive.refusal(), why);

    QVERIFY(open(archive, path));
    outbox.moveAccounts({{before.id, ensured(archive, u"profile:prod"_s).id}});
    outbox.load();
    outbox.storeAgain();
    QTRY_VERIFY(outbox.unstored().isEmpty());
    QVERIFY(!outbox.wasDiscarded(entry.id));
    // Who has the old number still writes for the same account.
    entry.input = "{\"communicationBody\":\"not lost, and more\"}";
    outbox.save(entry);
    QTRY_VERIFY(!outbox.isStoring());
    Outbox others(real.archive());
    others.load();
    QTRY_COMPARE(others.entries().size(), 1);
    QCOMPARE(others.entries().first().account, account.id);
    QCOMPARE(others.entries().first().input, entry.input);
}

QTEST_GUILESS_MAIN(TestRefusingArchive)
#include "tst_refusingarchive.moc"
