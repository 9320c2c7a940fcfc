#include "ui/replyworld.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ReplyWorld;
using State = OutboxFileState;

/// Uploads that begin, end and go on by themselves.
class TestAttachmentUploader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void anEarlierRunIsGoneOnWith();
    void aMishapIsTriedAgain();
    void retryDoesNotWait();
    void cancellingPauses();
    void aDeletedDraftStops();
    void aJobSaysWhatItDoes();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAttachmentUploader::anEarlierRunIsGoneOnWith()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    {
        ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
        world.demo.setFaults(u"delay:AddAttachmentsToSet=60s"_s);
        QVERIFY(world.drop(world.text(), {world.file(u"rest.txt"_s, "rest")}));
        QVERIFY(world.waitFor(u"rest.txt"_s, State::Uploading));
    } // the program ends
    ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
    QVERIFY(world.waitFor(u"rest.txt"_s, State::Ready));
}

void TestAttachmentUploader::aMishapIsTriedAgain()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"503:AddAttachmentsToSet"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"later.txt"_s, "later")}));
    QVERIFY(QTest::qWaitFor(
        [&] {
            return world.isIn(u"later.txt"_s, State::Waiting)
                && world.chip(u"later.txt"_s)->content().file.error.kind == Error::Kind::Unavailable;
        },
        30'000));
    QVERIFY(world.chip(u"later.txt"_s)->accessibleName().contains(u"goes on by itself"_s));
    world.demo.setFaults({});
    world.fixture.sessions().refreshAll(); // the way to the service works again
    QVERIFY(world.waitFor(u"later.txt"_s, State::Ready));
}

void TestAttachmentUploader::retryDoesNotWait()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"503:AddAttachmentsToSet"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"now.txt"_s, "now")}));
    QVERIFY(QTest::qWaitFor(
        [&] {
            return world.isIn(u"now.txt"_s, State::Waiting)
                && world.chip(u"now.txt"_s)->content().file.error.kind != Error::Kind::None;
        },
        30'000));
    world.demo.setFaults({});
    world.files().retry(world.chip(u"now.txt"_s)->content().file.id);
    QVERIFY(world.waitFor(u"now.txt"_s, State::Ready));
}

void TestAttachmentUploader::cancellingPauses()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=60s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"stop.txt"_s, "stop")}));
    QVERIFY(world.waitFor(u"stop.txt"_s, State::Uploading));
    QTRY_COMPARE(world.fixture.jobs().jobs().size(), 1);
    world.fixture.jobs().cancelAll();
    QTRY_VERIFY(world.isIn(u"stop.txt"_s, State::Paused));
    QVERIFY(world.fixture.jobs().jobs().isEmpty());
    world.demo.setFaults({});
    world.files().setPaused(world.chip(u"stop.txt"_s)->content().file.id, false);
    QVERIFY(world.waitFor(u"stop.txt"_s, State::Ready));
}

void TestAttachmentUploader::aDeletedDraftStops()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=60s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"gone.txt"_s, "gone")}));
    QVERIFY(world.waitFor(u"gone.txt"_s, State::Uploading));
    const OutboxEntry entry = world.outbox().entries().first();
    world.outbox().discard(entry.id);
    QTRY_VERIFY(world.fixture.jobs().jobs().isEmpty());
    QCOMPARE(world.strip().count(), 0);
    // Undo: the draft is back, with its file.
    world.demo.setFaults({});
    world.outbox().save(entry);
    QVERIFY(world.waitFor(u"gone.txt"_s, State::Ready));
}

void TestAttachmentUploader::aJobSaysWhatItDoes()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=60s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"name.txt"_s, "name")}));
    QTRY_COMPARE(world.fixture.jobs().jobs().size(), 1);
    const QString title = world.fixture.jobs().jobs().first()->title();
    QVERIFY2(title.contains(u"name.txt"_s) && title.contains(world.demo.account().name), qPrintable(title));
}

QTEST_MAIN(TestAttachmentUploader)
#include "tst_attachmentuploader.moc"
