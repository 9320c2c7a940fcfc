#include "ui/draftsaver.h"

#include "archive/archivefixture.h"
#include "archive/outbox.h"
#include "support/cases.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A form of one field over an outbox that nobody sends.
struct World
{
    World()
    {
        archive.account();
        QSignalSpy loaded(&outbox, &Outbox::loaded);
        outbox.load();
        QVERIFY(loaded.wait());
    }

    std::optional<DraftSaver::Content> content() const
    {
        if (text.isEmpty())
            return {};
        return DraftSaver::Content{1, u"c1"_s, text.toUtf8()};
    }
    void type(const QString &typed)
    {
        text = typed;
        saver.edited();
    }
    QByteArray stored() const { return outbox.entries().isEmpty() ? QByteArray() : outbox.entries().first().input; }

    test::ArchiveFixture archive;
    Outbox outbox{archive.archive()};
    QString text;
    DraftSaver saver{outbox, AddCommunicationToCase::name, [this] { return content(); }, nullptr};
};

} // namespace

/// What is typed is one draft of the outbox, soon.
class TestDraftSaver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingIsStoredSoon();
    void flushingStoresNow();
    void anEmptyFormLeavesNoDraft();
    void whatIsOnItsWayIsLeftAlone();
    void theWholeIsWhatIsInTheForm();
    void whatIsForgottenIsNotStored();
};

void TestDraftSaver::typingIsStoredSoon()
{
    World world;
    world.type(u"H"_s);
    QVERIFY(world.saver.isUnsaved());
    QVERIFY(world.outbox.entries().isEmpty());
    world.type(u"Hello"_s);
    QTRY_COMPARE(world.stored(), QByteArray("Hello"));
    QVERIFY(!world.saver.isUnsaved());
    const QString id = world.saver.entry().id;
    QCOMPARE(world.outbox.entries().first().id, id);
    QCOMPARE(world.outbox.entries().first().caseId, u"c1"_s);
    QCOMPARE(world.outbox.entries().first().operation, QLatin1StringView(AddCommunicationToCase::name));
    world.type(u"Hello you"_s);
    QTRY_COMPARE(world.stored(), QByteArray("Hello you"));
    QCOMPARE(world.outbox.entries().size(), 1); // the same draft
}

void TestDraftSaver::flushingStoresNow()
{
    World world;
    world.saver.flush(); // nothing was typed
    QVERIFY(world.outbox.entries().isEmpty());
    world.type(u"Hello"_s);
    world.saver.flush();
    QCOMPARE(world.stored(), QByteArray("Hello"));
}

void TestDraftSaver::anEmptyFormLeavesNoDraft()
{
    World world;
    world.type(u"Hello"_s);
    world.saver.flush();
    world.type(QString());
    world.saver.flush();
    QVERIFY(world.outbox.entries().isEmpty());
    QVERIFY(world.saver.entry().id.isEmpty());
    world.type(u"Again"_s);
    world.saver.flush();
    QCOMPARE(world.stored(), QByteArray("Again"));
}

void TestDraftSaver::whatIsOnItsWayIsLeftAlone()
{
    World world;
    world.type(u"Hello"_s);
    world.saver.flush();
    world.outbox.send(world.outbox.entries().first());
    world.type(u"Hello you"_s);
    world.saver.flush();
    QCOMPARE(world.stored(), QByteArray("Hello"));
    QCOMPARE(world.outbox.entries().first().state, OutboxState::Queued);
    world.type(QString());
    world.saver.flush();
    QCOMPARE(world.outbox.entries().size(), 1);
}

void TestDraftSaver::theWholeIsWhatIsInTheForm()
{
    World world;
    world.type(u"Hello"_s);
    const OutboxEntry whole = world.saver.whole();
    QVERIFY(!whole.id.isEmpty());
    QCOMPARE(whole.input, QByteArray("Hello"));
    QVERIFY(!world.saver.isUnsaved());
    QVERIFY(world.outbox.entries().isEmpty()); // who sends it stores it
    QCOMPARE(world.saver.entry().id, whole.id);
}

void TestDraftSaver::whatIsForgottenIsNotStored()
{
    World world;
    world.type(u"Hello"_s);
    world.saver.forget();
    QVERIFY(!world.saver.isUnsaved());
    world.saver.flush();
    QVERIFY(world.outbox.entries().isEmpty());
}

QTEST_GUILESS_MAIN(TestDraftSaver)
#include "tst_draftsaver.moc"
