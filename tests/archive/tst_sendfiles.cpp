#include "archive/uploadfilesjob.h"
#include "outboxworld.h"
#include "transfer/filecode.h"
#include "transfer/localfile.h"

#include <QFile>
#include <QTemporaryDir>

using namespace casement;
using namespace casement::test;

namespace {

constexpr qint64 partSize = 20'000;

DemoServiceOptions demoOptions(bool oldApi = false)
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.uploadPartSize = partSize;
    options.oldApi = oldApi;
    return options;
}

QByteArray content(qsizetype size, char seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(seed + i * 31 + i / 251);
    return bytes;
}

struct FileWorld : World
{
    explicit FileWorld(const DemoServiceOptions &options = demoOptions()) : World(options) { caseId = openCase(); }

    LocalFile write(const QString &name, const QByteArray &bytes)
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s can't be written", qPrintable(name));
        file.close();
        const Result<LocalFile> found = inspectFile(file.fileName());
        if (!found)
            qFatal("%s", qPrintable(found.error().toLine()));
        return *found;
    }

    /// A reply with a text of its own as a draft, with files.
    OutboxEntry draft(const QString &body, const QList<LocalFile> &files)
    {
        AddCommunicationToCase::Request request;
        request.caseId = caseId;
        request.communicationBody = body;
        OutboxEntry entry = Outbox::newEntry(account.id, AddCommunicationToCase::name, caseId);
        entry.input = encode(request);
        outbox->save(entry);
        for (const LocalFile &file : files) {
            const Result<QString> added = outbox->files().add(entry.id, account.id, file);
            if (!added)
                qFatal("%s", qPrintable(added.error().toLine()));
        }
        return entry;
    }

    Result<void> sendDraft(const OutboxEntry &entry)
    {
        QSignalSpy requested(outbox.get(), &Outbox::sendRequested);
        outbox->send(entry);
        if (requested.isEmpty() && !requested.wait())
            return Error{.kind = Error::Kind::TimedOut};
        return send(entry.id);
    }

    Result<void> upload(const OutboxEntry &entry, const QList<std::chrono::milliseconds> &limitPauses = {})
    {
        UploadFilesJob job(demo.client(), outbox->files(), entry.id, account.id,
                           {.links = {.polls = {10ms}, .firstPause = 10ms}, .limitPauses = limitPauses});
        job.setAutoDelete(false);
        QSignalSpy over(&job, &Job::finished);
        job.start();
        if (over.isEmpty() && !over.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return job.result();
    }

    /// Names and contents of the files of the one message with that text, in order; `?` when there is not just one.
    QList<std::pair<QString, QByteArray>> arrived(const QString &body)
    {
        DescribeCommunications::Request request;
        request.caseId = caseId;
        request.maxResults = 100;
        const auto page = demo.call(request);
        QList<std::pair<QString, QByteArray>> files;
        int found = 0;
        if (!page)
            return {{page.error().toLine(), {}}};
        for (const Communication &one : page->communications) {
            if (one.body != body)
                continue;
            ++found;
            for (const AttachmentDetails &details : one.allAttachments()) {
                DescribeAttachment::Request ask;
                ask.attachmentId = details.attachmentId;
                const auto file = demo.call(ask);
                files.append({details.fileName, file ? file->attachment->data : file.error().toLine().toUtf8()});
            }
        }
        if (found != 1)
            return {{u"?"_s, QByteArray::number(found)}};
        return files;
    }

    QList<OutboxFileState> states(const OutboxEntry &entry)
    {
        QList<OutboxFileState> all;
        for (const OutboxFile &file : outbox->files().of(entry.id))
            all.append(file.state);
        return all;
    }

    QTemporaryDir folder;
    QString caseId;
};

using Sent = QList<std::pair<QString, QByteArray>>;

} // namespace

/// Files of what a person writes: they are brought up, and the message arrives with all of them, once.
class TestSendFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallFilesGoInASet();
    void manyOrLargeFilesGoByLinks();
    void mishapsOnTheWay_data();
    void mishapsOnTheWay();
    void theFourthFileMovesAllToLinks();
    void anOldServiceHasOnlySets();
    void aLargeFileTakesNoPlace();
    void aServiceWithoutSets();
    void theNextGoesUpWhileOneIsLookedAt();
    void whatIsLookedAtCanBeRemoved();
    void aLimitPasses();
    void aRemovedFileDoesNotArrive();
    void aPausedFileWaits();
    void oneBadFileHoldsTheMessage();
    void aRestartGoesOnWithWhatIsMissing();
    void anOutageLeavesItQueued();
    void theSameNameTwice();
    void limitsAreSaidAtOnce();
    void aLostAnswerIsLookedFor();
    void whatBelongsToNothingIsForgotten();
    void filesGoWithTheirAccount();
};

void TestSendFiles::smallFilesGoInASet()
{
    FileWorld world;
    const QByteArray first = content(1, 'a');
    const QByteArray second = content(50'000, 'b');
    const OutboxEntry entry =
        world.draft(u"two small files"_s, {world.write(u"a.log"_s, first), world.write(u"b.png"_s, second)});
    const Result<void> sent = world.sendDraft(entry);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.arrived(u"two small files"_s), (Sent{{u"a.log"_s, first}, {u"b.png"_s, second}}));
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), 1); // what begins a set goes at once
    QCOMPARE(world.demo.requestCount("GetAttachmentUploadLinks"), 0);
}

void TestSendFiles::manyOrLargeFilesGoByLinks()
{
    FileWorld world;
    QList<LocalFile> files;
    Sent wanted;
    for (int i = 0; i < 10; ++i) {
        const QByteArray bytes = content(partSize * (i % 3) + 1 + i, char('a' + i));
        wanted.append({u"%1.log"_s.arg(i), bytes});
        files.append(world.write(wanted.last().first, bytes));
    }
    const Result<void> sent = world.sendDraft(world.draft(u"ten files"_s, files));
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.arrived(u"ten files"_s), wanted);
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), 0);

    const QByteArray large = content(5'000'001, 'x');
    const Result<void> again = world.sendDraft(world.draft(u"one large file"_s, {world.write(u"large"_s, large)}));
    QVERIFY2(again, qPrintable(again.error().toLine()));
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), 0);
    QCOMPARE(world.arrived(u"one large file"_s), (Sent{{u"large"_s, large}}));
}

void TestSendFiles::mishapsOnTheWay_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<int>("count");
    for (const char *faults :
         {"expire:AddCommunicationToCase=sets/1", "drop:AddAttachmentsToSet=1", "reset:AddAttachmentsToSet=2",
          "504:AddAttachmentsToSet=1/done", "throttle:AddAttachmentsToSet=2", "reset:AddCommunicationToCase=1",
          "500:AddCommunicationToCase=1/done"})
        QTest::addRow("set, %s", faults) << QString::fromLatin1(faults) << 3;
    for (const char *faults :
         {"expire:PutPart=links/1", "drop:PutPart=3", "500:PutPart=1", "drop:CompleteAttachmentUpload=1",
          "reset:AddCommunicationToCase=1", "504:AddCommunicationToCase=1/done"})
        QTest::addRow("links, %s", faults) << QString::fromLatin1(faults) << 5;
}

void TestSendFiles::mishapsOnTheWay()
{
    QFETCH(QString, faults);
    QFETCH(int, count);
    FileWorld world;
    QList<LocalFile> files;
    Sent wanted;
    for (int i = 0; i < count; ++i) {
        wanted.append({u"%1.log"_s.arg(i), content(30'000 + i, char('a' + i))});
        files.append(world.write(wanted.last().first, wanted.last().second));
    }
    world.demo.setFaults(faults);
    const Result<void> sent = world.sendDraft(world.draft(faults, files));
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    world.demo.setFaults({});
    QCOMPARE(world.arrived(faults), wanted);
}

void TestSendFiles::theFourthFileMovesAllToLinks()
{
    FileWorld world;
    Sent wanted;
    QList<LocalFile> files;
    for (int i = 0; i < 4; ++i) {
        wanted.append({u"%1.log"_s.arg(i), content(100 + i, char('a' + i))});
        files.append(world.write(wanted.last().first, wanted.last().second));
    }
    const OutboxEntry entry = world.draft(u"four"_s, files.first(3));
    QVERIFY(world.upload(entry));
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), 1);
    QVERIFY(world.outbox->files().add(entry.id, world.account.id, files.last()));
    const Result<void> sent = world.sendDraft(entry);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.arrived(u"four"_s), wanted);
    QCOMPARE(world.demo.requestCount("PutPart"), 4);
}

void TestSendFiles::anOldServiceHasOnlySets()
{
    FileWorld world(demoOptions(true));
    Sent wanted;
    QList<LocalFile> files;
    for (int i = 0; i < 4; ++i) {
        wanted.append({u"%1.log"_s.arg(i), content(100 + i, char('a' + i))});
        files.append(world.write(wanted.last().first, wanted.last().second));
    }
    const OutboxEntry entry = world.draft(u"old"_s, files);
    const Result<void> tooMany = world.sendDraft(entry);
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().code, QString(filecode::tooMany));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Draft);
    QCOMPARE(world.outbox->files().knownWay(world.account.id), UploadWay::Set);
    QCOMPARE(world.states(entry),
             (QList{OutboxFileState::Ready, OutboxFileState::Ready, OutboxFileState::Ready, OutboxFileState::Failed}));

    world.restart(); // it is remembered
    QCOMPARE(world.outbox->files().knownWay(world.account.id), UploadWay::Set);
    world.outbox->files().remove(world.outbox->files().of(entry.id).last().id);
    const Result<void> sent = world.sendDraft(*world.outbox->find(entry.id));
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    wanted.removeLast();
    QCOMPARE(world.arrived(u"old"_s), wanted);
    QCOMPARE(world.demo.requestCount("GetAttachmentUploadLinks"), 1);

    const Result<QString> fourth = world.outbox->files().add(entry.id, world.account.id, files.first());
    QCOMPARE(fourth.error().code, QString(filecode::tooMany));
}

void TestSendFiles::aLargeFileTakesNoPlace()
{
    FileWorld world(demoOptions(true));
    const LocalFile large = world.write(u"large"_s, content((5 << 20) + 1, 'x'));
    const OutboxEntry entry =
        world.draft(u"large"_s, {large, world.write(u"a"_s, "a"), world.write(u"b"_s, "b"), world.write(u"c"_s, "c")});
    QCOMPARE(world.upload(entry).error().code, QString(filecode::tooLarge));
    QCOMPARE(world.states(entry),
             (QList{OutboxFileState::Failed, OutboxFileState::Ready, OutboxFileState::Ready, OutboxFileState::Ready}));
}

void TestSendFiles::aServiceWithoutSets()
{
    FileWorld world;
    world.demo.setFaults(u"deny:AddAttachmentsToSet"_s);
    const Result<void> sent =
        world.sendDraft(world.draft(u"links alone"_s, {world.write(u"a"_s, "first"), world.write(u"b"_s, "second")}));
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.arrived(u"links alone"_s), (Sent{{u"a"_s, "first"}, {u"b"_s, "second"}}));
}

void TestSendFiles::theNextGoesUpWhileOneIsLookedAt()
{
    DemoServiceOptions options = demoOptions();
    options.uploadProcessing = 6s;
    FileWorld world(options);
    Sent wanted;
    QList<LocalFile> files;
    for (int i = 0; i < 4; ++i) {
        wanted.append({u"%1.log"_s.arg(i), content(100 + i, char('a' + i))});
        files.append(world.write(wanted.last().first, wanted.last().second));
    }
    const OutboxEntry entry = world.draft(u"at once"_s, files);
    bool wereTogether = false;
    connect(&world.outbox->files(), &OutboxFiles::changed, this,
            [&] { wereTogether |= world.states(entry) == QList<OutboxFileState>(4, OutboxFileState::Processing); });
    const Result<void> sent = world.sendDraft(entry);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QVERIFY(wereTogether);
    QCOMPARE(world.arrived(u"at once"_s), wanted);
    QCOMPARE(world.demo.requestCount("PutPart"), 4);
}

void TestSendFiles::whatIsLookedAtCanBeRemoved()
{
    DemoServiceOptions options = demoOptions();
    options.uploadProcessing = 3s;
    FileWorld world(options);
    Sent wanted;
    QList<LocalFile> files;
    for (int i = 0; i < 5; ++i) {
        wanted.append({u"%1.log"_s.arg(i), content(100 + i, char('a' + i))});
        files.append(world.write(wanted.last().first, wanted.last().second));
    }
    const OutboxEntry entry = world.draft(u"one less"_s, files);
    connect(&world.outbox->files(), &OutboxFiles::changed, this, [&] {
        const QList<OutboxFile> now = world.outbox->files().of(entry.id);
        if (now.size() == 5 && now.at(1).state == OutboxFileState::Processing)
            QTimer::singleShot(0, &world.outbox->files(),
                               [&world, id = now.at(1).id] { world.outbox->files().remove(id); });
    });
    const Result<void> sent = world.sendDraft(entry);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    wanted.removeAt(1);
    QCOMPARE(world.arrived(u"one less"_s), wanted);
}

void TestSendFiles::aLimitPasses()
{
    FileWorld world;
    for (int i = 0; i < 20; ++i) { // so many a minute
        AddAttachmentsToSet::Request request;
        request.attachments = {{u"a"_s, "x"}};
        QVERIFY(world.demo.call(request));
    }
    const OutboxEntry entry = world.draft(u"limited"_s, {world.write(u"a"_s, "first")});
    const int before = world.demo.requestCount("AddAttachmentsToSet");
    const Result<void> ended = world.upload(entry, {10ms, 10ms});
    QCOMPARE(ended.error().code, u"AttachmentLimitExceeded"_s);
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet") - before, 3);
    QCOMPARE(world.states(entry), QList{OutboxFileState::Waiting});
}

void TestSendFiles::aRemovedFileDoesNotArrive()
{
    FileWorld world;
    const OutboxEntry entry =
        world.draft(u"without the second"_s,
                    {world.write(u"a"_s, "first"), world.write(u"b"_s, "second"), world.write(u"c"_s, "third")});
    QVERIFY(world.upload(entry));
    world.outbox->files().remove(world.outbox->files().of(entry.id).at(1).id);
    const Result<void> sent = world.sendDraft(entry);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.arrived(u"without the second"_s), (Sent{{u"a"_s, "first"}, {u"c"_s, "third"}}));
}

void TestSendFiles::aPausedFileWaits()
{
    FileWorld world;
    const OutboxEntry entry = world.draft(u"paused"_s, {world.write(u"a"_s, "first"), world.write(u"b"_s, "second")});
    const QString first = world.outbox->files().of(entry.id).first().id;
    world.outbox->files().setPaused(first, true);
    const Result<void> uploaded = world.upload(entry);
    QCOMPARE(uploaded.error().code, QString(filecode::paused));
    QCOMPARE(world.states(entry), (QList{OutboxFileState::Paused, OutboxFileState::Ready}));
    QVERIFY(world.sendDraft(entry)); // sending is a clear word
    QCOMPARE(world.arrived(u"paused"_s).size(), 2);
}

void TestSendFiles::oneBadFileHoldsTheMessage()
{
    FileWorld world;
    const LocalFile good = world.write(u"good"_s, "good");
    const LocalFile bad = world.write(u"bad"_s, "as it was");
    world.write(u"bad"_s, "as it is now");
    const OutboxEntry entry = world.draft(u"changed"_s, {bad, good});
    const Result<void> sent = world.sendDraft(entry);
    QCOMPARE(sent.error().code, QString(filecode::changed));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Draft);
    QCOMPARE(world.states(entry), (QList{OutboxFileState::Failed, OutboxFileState::Ready}));
    QCOMPARE(world.messages(world.caseId, u"changed"_s), 0);

    const OutboxFile failed = world.outbox->files().of(entry.id).first();
    world.outbox->files().replace(failed.id, *inspectFile(bad.path), false);
    QVERIFY(world.sendDraft(entry));
    QCOMPARE(world.arrived(u"changed"_s).first(), (std::pair{u"bad"_s, QByteArray("as it is now")}));
}

void TestSendFiles::aRestartGoesOnWithWhatIsMissing()
{
    FileWorld world;
    const QByteArray bytes = content(20 * partSize, 'r');
    const OutboxEntry entry = world.draft(u"after a crash"_s,
                                          {world.write(u"dump.bin"_s, bytes), world.write(u"b"_s, "second"),
                                           world.write(u"c"_s, "third"), world.write(u"d"_s, "fourth")});
    {
        UploadFilesJob job(world.demo.client(), world.outbox->files(), entry.id, world.account.id, {});
        job.setAutoDelete(false);
        job.start();
        QTRY_VERIFY(world.outbox->files().of(entry.id).first().upload.reported.size() >= 8);
    }
    world.restart(); // the job was cut off with all it knew
    const OutboxFile file = world.outbox->files().of(entry.id).first();
    QCOMPARE(file.state, OutboxFileState::Waiting);
    QVERIFY(file.upload.reported.size() >= 8);
    QCOMPARE(file.file, *inspectFile(file.file.path)); // all by which a change is known
    const int before = world.demo.requestCount("PutPart");
    const Result<void> sent = world.sendDraft(*world.outbox->find(entry.id));
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    const int missing = 20 - int(file.upload.reported.size());
    const int put = world.demo.requestCount("PutPart") - before;
    QVERIFY(put >= missing + 3 && put <= missing + 5); // the two that were under way may have been counted late
    QCOMPARE(world.arrived(u"after a crash"_s).first().second, bytes);
}

void TestSendFiles::anOutageLeavesItQueued()
{
    FileWorld world;
    const OutboxEntry entry = world.draft(u"outage"_s, {world.write(u"a"_s, "first")});
    world.demo.setFaults(u"503:AddAttachmentsToSet"_s);
    QVERIFY(!world.sendDraft(entry));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Queued);
    QCOMPARE(world.states(entry), QList{OutboxFileState::Waiting});
    world.demo.setFaults({});
    QVERIFY(world.send(entry.id));
    QCOMPARE(world.arrived(u"outage"_s), (Sent{{u"a"_s, "first"}}));
}

void TestSendFiles::theSameNameTwice()
{
    FileWorld world;
    QVERIFY(QDir(world.folder.path()).mkpath(u"other"_s));
    const OutboxEntry entry = world.draft(
        u"twins"_s,
        {world.write(u"a.log"_s, "first"), world.write(u"other/a.log"_s, "second"), world.write(u"A.LOG"_s, "third")});
    QVERIFY(world.sendDraft(entry));
    QCOMPARE(world.arrived(u"twins"_s),
             (Sent{{u"a.log"_s, "first"}, {u"a (2).log"_s, "second"}, {u"A (3).LOG"_s, "third"}}));
}

void TestSendFiles::limitsAreSaidAtOnce()
{
    FileWorld world;
    const LocalFile small = world.write(u"small"_s, "x");
    const OutboxEntry entry = world.draft(u"limits"_s, QList<LocalFile>(10, small));
    const Result<QString> eleventh = world.outbox->files().add(entry.id, world.account.id, small);
    QCOMPARE(eleventh.error().code, QString(filecode::tooMany));
    LocalFile large = small;
    large.size = (150LL << 20) + 1;
    const Result<QString> tooLarge = world.outbox->files().add(u"other"_s, world.account.id, large);
    QCOMPARE(tooLarge.error().code, QString(filecode::tooLarge));
    large.size = 150LL << 20;
    QVERIFY(world.outbox->files().add(u"other"_s, world.account.id, large));
}

void TestSendFiles::aLostAnswerIsLookedFor()
{
    FileWorld world;
    const OutboxEntry entry = world.draft(u"lost and not done"_s, {world.write(u"a"_s, "first")});
    world.demo.setFaults(u"reset:AddCommunicationToCase=1/undone"_s);
    QVERIFY(!world.sendDraft(entry));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Asking);
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(entry.id);
    QVERIFY(requested.size() == 1 || requested.wait());
    QVERIFY(world.send(entry.id));
    QCOMPARE(world.arrived(u"lost and not done"_s), (Sent{{u"a"_s, "first"}}));
}

void TestSendFiles::whatBelongsToNothingIsForgotten()
{
    FileWorld world;
    const LocalFile made = world.write(u"pasted.png"_s, "picture");
    const OutboxEntry entry = world.draft(u"deleted"_s, {});
    QVERIFY(world.outbox->files().add(entry.id, world.account.id, made, true));
    world.outbox->discard(entry.id);
    world.restart();
    QCOMPARE(world.outbox->files().of(entry.id).size(), 1); // the draft may come back
    OutboxFile file = world.outbox->files().of(entry.id).first();
    QVERIFY(QFile::exists(made.path));
    world.outbox->files().remove(file.id);
    QTRY_VERIFY(!QFile::exists(made.path)); // it was this program's own
}

/// What is on its way ends, and nothing that comes later brings a row of it back.
void TestSendFiles::filesGoWithTheirAccount()
{
    FileWorld world;
    const OutboxEntry entry = world.draft(u"of no account"_s, {world.write(u"a"_s, "first")});
    const QString id = world.outbox->files().of(entry.id).first().id;
    UploadFilesJob *job = world.outbox->uploads().job(entry.id, world.account.id, world.demo.client(), {});
    QSignalSpy over(job, &Job::finished);
    job->start();
    bool isDeleted = false;
    world.archive.archive().deleteAccount(world.account.id, this,
                                          [&isDeleted](const Result<void> &done) { isDeleted = done.hasValue(); });
    Q_EMIT world.archive.archive().accountDeleted(world.account.id);
    QCOMPARE(over.size(), 1);
    QCOMPARE(over.first().first().value<Result<void>>().error().kind, Error::Kind::Cancelled);
    QVERIFY(!world.outbox->uploads().running(entry.id));

    QTRY_VERIFY(isDeleted);
    QVERIFY(world.outbox->files().find(id)); // nobody has read it anew
    world.outbox->files().setPaused(id, true);
    world.restart();
    QVERIFY(!world.outbox->files().find(id));
}

QTEST_GUILESS_MAIN(TestSendFiles)
#include "tst_sendfiles.moc"
