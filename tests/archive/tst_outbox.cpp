#include "archive/outbox.h"

#include "archivefixture.h"
#include "support/cases.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is written and sent, seen by two programs that have one archive.
class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anothersEntriesAreShown();
    void whatIsNewerHereStays();
    void whatIsDoneWhileItLoadsHolds();
    void nothingNewIsNotTold();
    void whatTheDiskDoesNotTakeStays();
    void whatTheDiskDoesNotTakeIsNotSent();
    void whatWasSentBeforeIsAsItWas();
    void givenUpIsForgotten();

private:
    /// As on a full disk: nothing of this program's gets into the outbox. Another one's does.
    void setWritable(bool writable)
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"refusing"_s);
            database.setDatabaseName(m_fixture->path());
            QVERIFY(database.open());
            QSqlQuery query(database);
            for (const QString &event : {u"INSERT"_s, u"UPDATE"_s}) {
                QVERIFY(query.exec(writable ? u"DROP TRIGGER refuse%1"_s.arg(event)
                                            : u"CREATE TRIGGER refuse%1 BEFORE %1 ON outbox WHEN "
                                              "instr(CAST(NEW.input AS TEXT), 'theirs') = 0 "
                                              "BEGIN SELECT RAISE(ABORT, 'full'); END"_s.arg(event)));
            }
        }
        QSqlDatabase::removeDatabase(u"refusing"_s);
    }
    static std::unique_ptr<Outbox> opened(Archive &archive)
    {
        auto outbox = std::make_unique<Outbox>(archive);
        QSignalSpy loaded(outbox.get(), &Outbox::loaded);
        outbox->load();
        return loaded.wait() ? std::move(outbox) : nullptr;
    }
    OutboxEntry reply(const QByteArray &input) const
    {
        OutboxEntry entry = Outbox::newEntry(m_account, AddCommunicationToCase::name, u"case-1"_s);
        entry.input = input;
        return entry;
    }
    /// Everything that was asked of an archive so far is on the disk.
    static bool isStored(Archive &archive)
    {
        QObject context;
        return bool(
            test::answerOf<QList<AccountRecord>>([&](auto done) { archive.loadAccounts(&context, std::move(done)); }));
    }

    std::unique_ptr<test::ArchiveFixture> m_fixture;
    std::unique_ptr<Archive> m_other; // of the other program
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Outbox> m_others;
    AccountId m_account = 0;
};

void TestOutbox::init()
{
    m_fixture = std::make_unique<test::ArchiveFixture>();
    m_account = m_fixture->account().id;
    m_other = std::make_unique<Archive>();
    QVERIFY(
        test::answerOf<void>([this](auto done) { m_other->open(m_fixture->path(), m_other.get(), std::move(done)); }));
    m_outbox = opened(m_fixture->archive());
    m_others = opened(*m_other);
    QVERIFY(m_outbox && m_others);
}

void TestOutbox::cleanup()
{
    m_outbox.reset();
    m_others.reset();
    m_other.reset();
    m_fixture.reset();
}

void TestOutbox::anothersEntriesAreShown()
{
    const OutboxEntry entry = reply("{\"communicationBody\":\"theirs\"}");
    m_others->save(entry);
    QVERIFY(isStored(*m_other));
    QSignalSpy changed(m_outbox.get(), &Outbox::changed);
    QSignalSpy loaded(m_outbox.get(), &Outbox::loaded);
    m_outbox->takeForeignChanges();
    QTRY_VERIFY(m_outbox->find(entry.id));
    QCOMPARE(m_outbox->find(entry.id)->input, entry.input);
    QCOMPARE(changed.size(), 1);
    // It goes on there, and then it goes.
    OutboxEntry further = entry;
    further.input = "{\"communicationBody\":\"theirs, and more\"}";
    m_others->save(further);
    QVERIFY(isStored(*m_other));
    m_outbox->takeForeignChanges();
    QTRY_COMPARE(m_outbox->find(entry.id)->input, further.input);
    m_others->discard(entry.id);
    QVERIFY(isStored(*m_other));
    m_outbox->takeForeignChanges();
    QTRY_VERIFY(!m_outbox->find(entry.id));
    QCOMPARE(loaded.size(), 0); // that would be a start
}

void TestOutbox::whatIsNewerHereStays()
{
    OutboxEntry entry = reply("{\"communicationBody\":\"a\"}");
    m_outbox->save(entry);
    m_outbox->takeForeignChanges();
    // Written on while the answer is on its way: it is older than what is shown.
    entry.input = "{\"communicationBody\":\"ab\"}";
    m_outbox->save(entry);
    OutboxEntry second = reply("{\"communicationBody\":\"c\"}");
    m_outbox->save(second);
    QVERIFY(isStored(m_fixture->archive()));
    QCoreApplication::processEvents();
    QVERIFY(isStored(m_fixture->archive()));
    QCOMPARE(m_outbox->find(entry.id)->input, entry.input);
    QVERIFY(m_outbox->find(second.id));
    QCOMPARE(m_outbox->entries().size(), 2);
}

void TestOutbox::whatIsDoneWhileItLoadsHolds()
{
    const OutboxEntry gone = reply("gone");
    m_outbox->save(gone);
    QVERIFY(isStored(m_fixture->archive()));
    QSignalSpy loaded(m_outbox.get(), &Outbox::loaded);
    m_outbox->load();
    const OutboxEntry kept = reply("kept");
    m_outbox->save(kept);
    m_outbox->discard(gone.id);
    QVERIFY(loaded.wait());
    QVERIFY(m_outbox->find(kept.id));
    QVERIFY(!m_outbox->find(gone.id));
    QVERIFY(isStored(m_fixture->archive()));
    QVERIFY(m_outbox->find(kept.id));
    QVERIFY(m_outbox->unsettled().isEmpty());
}

void TestOutbox::nothingNewIsNotTold()
{
    m_outbox->save(reply("{\"communicationBody\":\"a\"}"));
    QVERIFY(isStored(m_fixture->archive()));
    QSignalSpy changed(m_outbox.get(), &Outbox::changed);
    m_outbox->takeForeignChanges();
    QVERIFY(isStored(m_fixture->archive()));
    QCoreApplication::processEvents();
    QCOMPARE(changed.size(), 0);
}

void TestOutbox::whatTheDiskDoesNotTakeStays()
{
    m_outbox->setStoreAgainAfter(20ms);
    OutboxEntry entry = reply("{\"communicationBody\":\"a\"}");
    m_outbox->save(entry);
    QVERIFY(isStored(m_fixture->archive()));
    setWritable(false);
    QSignalSpy failed(m_outbox.get(), &Outbox::failed);
    entry.input = "{\"communicationBody\":\"a word more\"}";
    m_outbox->save(entry);
    QVERIFY(failed.wait());
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, Error::Kind::Archive);
    // Neither what another program does nor another start of the archive takes it from the screen.
    m_others->save(reply("{\"communicationBody\":\"theirs\"}"));
    QVERIFY(isStored(*m_other));
    m_outbox->takeForeignChanges();
    QTRY_COMPARE(m_outbox->entries().size(), 2);
    QSignalSpy loaded(m_outbox.get(), &Outbox::loaded);
    m_outbox->load();
    QVERIFY(loaded.wait());
    QCOMPARE(m_outbox->unstored().size(), 1);
    QCOMPARE(m_outbox->find(entry.id)->input, entry.input);
    QCOMPARE(m_outbox->find(entry.id)->error.kind, Error::Kind::Archive);
    // And then there is room.
    QSignalSpy recovered(m_outbox.get(), &Outbox::recovered);
    setWritable(true);
    QVERIFY(recovered.size() == 1 || recovered.wait());
    QVERIFY(m_outbox->unstored().isEmpty());
    QCOMPARE(m_outbox->find(entry.id)->error.kind, Error::Kind::None);
    m_others->takeForeignChanges();
    QTRY_VERIFY(m_others->find(entry.id) && m_others->find(entry.id)->input == entry.input);
    QCOMPARE(m_others->find(entry.id)->error.kind, Error::Kind::None);
}

void TestOutbox::whatTheDiskDoesNotTakeIsNotSent()
{
    m_outbox->setStoreAgainAfter(20ms);
    setWritable(false);
    QSignalSpy failed(m_outbox.get(), &Outbox::failed);
    QSignalSpy asked(m_outbox.get(), &Outbox::sendRequested);
    QSignalSpy recovered(m_outbox.get(), &Outbox::recovered);
    const OutboxEntry entry = reply("{\"communicationBody\":\"a\"}");
    m_outbox->send(entry);
    QCOMPARE(m_outbox->find(entry.id)->state, OutboxState::Queued);
    QVERIFY(failed.wait());
    QCOMPARE(m_outbox->find(entry.id)->state, OutboxState::Draft);
    QCOMPARE(m_outbox->find(entry.id)->input, entry.input);
    QCOMPARE(m_outbox->find(entry.id)->error.operation, QLatin1StringView(AddCommunicationToCase::name));
    QVERIFY(!m_outbox->pendingFor(m_account, u"case-1"_s));
    setWritable(true);
    QVERIFY(recovered.size() == 1 || recovered.wait());
    QCOMPARE(m_outbox->find(entry.id)->state, OutboxState::Draft); // the person sends it, and nobody else
    QCOMPARE(asked.size(), 0);
    m_outbox->send(*m_outbox->find(entry.id));
    QVERIFY(asked.wait());
}

void TestOutbox::whatWasSentBeforeIsAsItWas()
{
    OutboxEntry entry = reply("{\"communicationBody\":\"a\"}");
    m_outbox->send(entry);
    entry = *m_outbox->find(entry.id);
    entry.state = OutboxState::Asking;
    QVERIFY(test::answerOf<void>([&](auto done) { m_outbox->settle(entry, m_outbox.get(), std::move(done)); }));
    setWritable(false);
    QSignalSpy failed(m_outbox.get(), &Outbox::failed);
    QSignalSpy asked(m_outbox.get(), &Outbox::sendRequested);
    m_outbox->sendAgain(entry.id);
    QVERIFY(failed.wait());
    QCOMPARE(m_outbox->find(entry.id)->state, OutboxState::Asking);
    QVERIFY(m_outbox->unstored().isEmpty());
    QCOMPARE(asked.size(), 0);
}

void TestOutbox::givenUpIsForgotten()
{
    setWritable(false);
    QSignalSpy failed(m_outbox.get(), &Outbox::failed);
    QSignalSpy recovered(m_outbox.get(), &Outbox::recovered);
    const OutboxEntry entry = reply("{\"communicationBody\":\"a\"}");
    m_outbox->save(entry);
    QVERIFY(failed.wait());
    m_outbox->discard(entry.id);
    QCOMPARE(recovered.size(), 1);
    QVERIFY(m_outbox->unstored().isEmpty());
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
