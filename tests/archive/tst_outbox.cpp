#include "archive/outbox.h"

#include "archivefixture.h"
#include "support/cases.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// What is written and sent, seen by two programs that have one archive.
class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anothersEntriesAreShown();
    void whatIsNewerHereStays();
    void nothingNewIsNotTold();

private:
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

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
