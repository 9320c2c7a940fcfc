#include "archive/followups.h"

#include "archive/refusedfiles.h"
#include "archive/sentfiles.h"
#include "archive/uploadfilesjob.h"
#include "outboxworld.h"
#include "transfer/filecode.h"

#include <QFile>
#include <QTemporaryDir>

using namespace casement;
using namespace casement::test;

namespace {

const QString replyText = u"The logs of all hosts are attached."_s;

DemoServiceOptions setsOnly()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.oldApi = true;
    return options;
}

/// A service that takes three files a message, and files.
struct SplitWorld : World
{
    SplitWorld() : World(setsOnly())
    {
        caseId = openCase();
        outbox->files().learnWay(account.id, UploadWay::Set);
    }

    LocalFile write(const QString &name, const QByteArray &bytes) const
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

    /// A draft with its files, the surplus in follow-ups.
    template <class Request> OutboxEntry split(const Request &request, int count, const QString &language = u"en"_s)
    {
        OutboxEntry entry = Outbox::newEntry(account.id, Request::Operation::name, caseOf(request));
        entry.input = encode(request);
        outbox->save(entry);
        FollowUps followUps(*outbox);
        for (int i = 1; i <= count; ++i) {
            const LocalFile file = write(u"%1.log"_s.arg(i), QByteArray("line ") + QByteArray::number(i));
            const Result<QString> added =
                i <= 3 ? outbox->files().add(entry.id, account.id, file) : followUps.add(entry.id, file);
            if (!added)
                qFatal("%s", qPrintable(added.error().toLine()));
        }
        followUps.arrange(entry.id, language);
        return entry;
    }
    static QString caseOf(const AddCommunicationToCase::Request &request) { return request.caseId; }
    static QString caseOf(const CreateCase::Request &) { return {}; }

    AddCommunicationToCase::Request reply() const
    {
        AddCommunicationToCase::Request request;
        request.caseId = caseId;
        request.communicationBody = replyText;
        return request;
    }

    Result<void> sendDraft(const OutboxEntry &entry)
    {
        QSignalSpy requested(outbox.get(), &Outbox::sendRequested);
        outbox->send(entry);
        if (requested.isEmpty() && !requested.wait())
            return Error{.kind = Error::Kind::TimedOut};
        return send(entry.id);
    }

    /// Texts and names of files of the newest messages of a case, the oldest of them first.
    QStringList messagesOf(const QString &id, int newest)
    {
        DescribeCommunications::Request request;
        request.caseId = id;
        request.maxResults = 100;
        const auto page = demo.call(request);
        QStringList lines;
        if (!page)
            return {page.error().toLine()};
        for (const Communication &one : page->communications) {
            QStringList names;
            for (const AttachmentDetails &details : one.allAttachments())
                names.append(details.fileName);
            lines.prepend(one.body.section(u'\n', 0, 0).trimmed() + u": "_s + names.join(u' '));
        }
        return lines.sliced(std::max<qsizetype>(0, lines.size() - newest));
    }

    QTemporaryDir folder;
    QString caseId;
};

} // namespace

class TestFollowUps final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreInTheLanguageOfTheCase_data();
    void textsAreInTheLanguageOfTheCase();
    void filesAreSentInOrderAndOnce();
    void followUpsOfANewCaseGoToTheCaseThatWasOpened();
    void theyOutliveAKillAtEachStep();
    void aRefusedMessageHoldsThemBack();
    void aDeletedMessageLeavesThem();
    void aFollowUpThatComesLateIsReleased();
    void surplusOfAMessageMoves();
    void numbersFollowTheFiles();
    void aFollowUpIsNoDraftOfTheCase();
    void aMessageThatUploadsIsKeptAsADraft();
    void sentFilesAreKnown();
    void refusedFilesOutliveARestart();
};

void TestFollowUps::textsAreInTheLanguageOfTheCase_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("first");
    QTest::addColumn<QString>("expected");
    QTest::newRow("English") << u"en"_s << 4 << u"Files 4–6 of 8"_s;
    QTest::newRow("Japanese") << u"ja"_s << 4 << u"ファイル 4～6（全 8 件）"_s;
    QTest::newRow("one file") << u"ja"_s << 6 << u"ファイル 6（全 8 件）"_s;
    QTest::newRow("no language") << QString() << 6 << u"File 6 of 8"_s;
    QTest::newRow("unknown") << u"xx"_s << 4 << u"Files 4–6 of 8"_s;
}

void TestFollowUps::textsAreInTheLanguageOfTheCase()
{
    QFETCH(QString, language);
    QFETCH(int, first);
    QTEST(FollowUps::text(language, first, 6, 8), "expected");
}

void TestFollowUps::filesAreSentInOrderAndOnce()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 8);
    const QList<OutboxEntry> parts = world.outbox->followUps(entry.id);
    QCOMPARE(parts.size(), 2);
    // Nobody can send one before its turn.
    QVERIFY(!world.send(parts.first().id));
    world.outbox->sendAgain(parts.last().id);
    QCOMPARE(world.stateOf(parts.first().id), OutboxState::Queued);
    QSignalSpy loaded(world.outbox.get(), &Outbox::loaded);
    const auto claimed = answerOf<bool>([&](auto done) {
        world.outbox->claim(parts.first().id, entry.created, &world.archive.archive(), std::move(done));
    });
    QVERIFY(claimed && !*claimed);
    QVERIFY(!loaded.isEmpty() || loaded.wait());

    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    QVERIFY(world.sendDraft(entry));
    QTRY_VERIFY(world.outbox->find(parts.first().id)->predecessor.isEmpty());
    QCOMPARE(requested.last().first().toString(), parts.first().id); // by itself
    QCOMPARE(world.outbox->find(parts.last().id)->predecessor, parts.first().id);
    QVERIFY(world.send(parts.first().id));
    QVERIFY(world.send(parts.last().id));
    QVERIFY(!world.send(parts.last().id) || world.stateOf(parts.last().id) == OutboxState::Done);
    QCOMPARE(world.messagesOf(world.caseId, 3),
             QStringList({replyText + u": 1.log 2.log 3.log"_s, u"Files 4–6 of 8: 4.log 5.log 6.log"_s,
                          u"Files 7–8 of 8: 7.log 8.log"_s}));
}

void TestFollowUps::followUpsOfANewCaseGoToTheCaseThatWasOpened()
{
    SplitWorld world;
    CreateCase::Request request = newCase(u"All hosts at once"_s);
    request.language = u"ja"_s;
    const OutboxEntry entry = world.split(request, 4);
    const QString part = world.outbox->followUps(entry.id).first().id;
    world.outbox->sendAgain(part); // there is no case yet
    QCOMPARE(world.outbox->find(part)->predecessor, entry.id);
    QVERIFY(world.sendDraft(entry));
    const QString opened = world.last.caseId;
    QVERIFY(!opened.isEmpty());
    world.restart();
    QCOMPARE(world.outbox->find(part)->caseId, opened);
    QVERIFY(world.send(part));
    QCOMPARE(world.messagesOf(opened, 1), QStringList{u"ファイル 4（全 4 件）: 4.log"_s});
}

void TestFollowUps::theyOutliveAKillAtEachStep()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 7);
    QStringList parts;
    for (const OutboxEntry &part : world.outbox->followUps(entry.id))
        parts.append(part.id);
    QCOMPARE(parts.size(), 2);
    world.restart();
    QCOMPARE(world.outbox->followUps(entry.id).size(), 2);
    QVERIFY(world.sendDraft(*world.outbox->find(entry.id)));
    world.restart(); // before anybody could send the next one
    QCOMPARE(world.outbox->find(parts.first())->predecessor, QString());
    QCOMPARE(world.outbox->find(parts.last())->predecessor, parts.first());
    world.demo.setFaults(
        u"drop:AddCommunicationToCase=1,deny:DescribeCommunications=1"_s); // it arrives, and nobody learns of it
    (void)world.send(parts.first());
    world.demo.setFaults({});
    world.restart();
    QVERIFY(world.send(parts.first())); // looks, finds, and releases the last one
    QVERIFY(world.send(parts.last()));
    QCOMPARE(world.messagesOf(world.caseId, 3),
             QStringList({replyText + u": 1.log 2.log 3.log"_s, u"Files 4–6 of 7: 4.log 5.log 6.log"_s,
                          u"File 7 of 7: 7.log"_s}));
}

void TestFollowUps::aRefusedMessageHoldsThemBack()
{
    SplitWorld world;
    AddCommunicationToCase::Request request = world.reply();
    request.communicationBody = QString(9000, u'x'); // the service takes 8,000
    const OutboxEntry entry = world.split(request, 4);
    QVERIFY(!world.sendDraft(entry));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Draft);
    const OutboxEntry part = world.outbox->followUps(entry.id).first();
    QCOMPARE(part.state, OutboxState::Queued);
    QVERIFY(!world.send(part.id));
    QCOMPARE(world.stateOf(part.id), OutboxState::Queued);
    // Mended and sent once more, it takes them along.
    OutboxEntry mended = *world.outbox->find(entry.id);
    mended.input = encode(world.reply());
    QVERIFY(world.sendDraft(mended));
    QTRY_VERIFY(world.outbox->find(part.id)->predecessor.isEmpty());
    QVERIFY(world.send(part.id));
}

void TestFollowUps::aDeletedMessageLeavesThem()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 4);
    const QString part = world.outbox->followUps(entry.id).first().id;
    world.outbox->discard(entry.id);
    world.restart();
    QCOMPARE(world.stateOf(part), OutboxState::Queued);
    QVERIFY(!world.send(part));
    world.outbox->save(entry); // brought back
    world.outbox->sendAgain(part); // waits again
    QCOMPARE(world.outbox->find(part)->predecessor, entry.id);
    world.outbox->discard(entry.id);
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(part); // a person says so
    QVERIFY(requested.wait());
    QVERIFY(world.send(part));
    QCOMPARE(world.messagesOf(world.caseId, 1), QStringList{u"File 4 of 4: 4.log"_s});
}

void TestFollowUps::aFollowUpThatComesLateIsReleased()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 4);
    const OutboxEntry part = world.outbox->followUps(entry.id).first();
    world.outbox->discard(part.id);
    QVERIFY(world.sendDraft(entry));
    world.outbox->save(part); // undone after the message went
    QTRY_VERIFY(world.outbox->find(part.id) && world.outbox->find(part.id)->predecessor.isEmpty());
    world.outbox->save(part); // what somebody still had in hand binds it no more
    QTRY_VERIFY(world.outbox->find(part.id)->predecessor.isEmpty());
    QVERIFY(world.send(part.id));
}

void TestFollowUps::surplusOfAMessageMoves()
{
    SplitWorld world;
    OutboxFiles &files = world.outbox->files();
    files.learnWay(world.account.id, UploadWay::Undecided); // nobody knows yet that it has sets only
    OutboxEntry entry = Outbox::newEntry(world.account.id, AddCommunicationToCase::name, world.caseId);
    entry.input = encode(world.reply());
    world.outbox->save(entry);
    for (int i = 1; i <= 5; ++i)
        QVERIFY(files.add(entry.id, world.account.id, world.write(u"%1.log"_s.arg(i), "text")));
    QVERIFY(!world.sendDraft(entry));
    QCOMPARE(files.of(entry.id).at(3).error.code, QString(filecode::tooMany));
    FollowUps followUps(*world.outbox);
    for (const OutboxFile &file : files.of(entry.id).sliced(3)) { // as the person decides
        files.remove(file.id);
        QVERIFY(followUps.add(entry.id, file.file));
    }
    followUps.arrange(entry.id, u"en"_s);
    QCOMPARE(files.of(entry.id).size(), 3);
    QCOMPARE(followUps.fileCount(entry.id), 2);
    const QString part = world.outbox->followUps(entry.id).first().id;
    QVERIFY(world.sendDraft(*world.outbox->find(entry.id)));
    QTRY_VERIFY(world.outbox->find(part)->predecessor.isEmpty());
    QVERIFY(world.send(part));
    QCOMPARE(world.messagesOf(world.caseId, 2),
             QStringList({replyText + u": 1.log 2.log 3.log"_s, u"Files 4–5 of 5: 4.log 5.log"_s}));
}

void TestFollowUps::numbersFollowTheFiles()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 8);
    OutboxFiles &files = world.outbox->files();
    FollowUps followUps(*world.outbox);
    files.remove(files.of(entry.id).first().id);
    for (const OutboxFile &file : files.of(world.outbox->followUps(entry.id).first().id))
        files.remove(file.id);
    followUps.arrange(entry.id, u"en"_s);
    const QList<OutboxEntry> parts = world.outbox->followUps(entry.id);
    QCOMPARE(parts.size(), 1); // the empty one went
    QCOMPARE(parts.first().predecessor, entry.id);
    QStringList names;
    for (const OutboxFile &file : files.of(entry.id))
        names.append(file.name);
    QCOMPARE(names, QStringList({u"2.log"_s, u"3.log"_s, u"7.log"_s}));
    QCOMPARE(decode<AddCommunicationToCase::Request>(parts.first().input)->communicationBody, u"File 4 of 4"_s);
    followUps.discard(entry.id);
    QCOMPARE(followUps.fileCount(entry.id), 0);
    QVERIFY(world.outbox->followUps(entry.id).isEmpty());
    QVERIFY(files.of(parts.first().id).isEmpty());
    QVERIFY(world.outbox->find(entry.id));
}

void TestFollowUps::aFollowUpIsNoDraftOfTheCase()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 4);
    const OutboxEntry part = world.outbox->followUps(entry.id).first();
    QCOMPARE(world.outbox->replyDraft(world.account.id, world.caseId)->id, entry.id);
    QVERIFY(!world.outbox->pendingFor(world.account.id, world.caseId));
    QVERIFY(world.sendDraft(entry));
    QTRY_VERIFY(world.outbox->find(part.id)->predecessor.isEmpty());
    OutboxEntry refused = *world.outbox->find(part.id);
    refused.state = OutboxState::Draft;
    refused.error = {.kind = Error::Kind::Refused};
    world.outbox->save(refused);
    QVERIFY(!world.outbox->replyDraft(world.account.id, world.caseId));
    world.outbox->keepAsDraft(part.id); // opened, to be written on
    QCOMPARE(world.outbox->replyDraft(world.account.id, world.caseId)->id, part.id);
    QCOMPARE(world.outbox->find(part.id)->error.kind, Error::Kind::Refused);
}

void TestFollowUps::aMessageThatUploadsIsKeptAsADraft()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 2);
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->send(entry);
    QVERIFY(requested.wait());
    SendJob job(world.demo.client(), *world.outbox, entry.id, {.looks = {0ms}});
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    UploadFilesJob *upload = world.outbox->uploads().running(entry.id);
    QVERIFY(upload);
    QSignalSpy uploaded(upload, &Job::finished);
    world.outbox->keepAsDraft(entry.id);
    QVERIFY(finished.wait());
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    QVERIFY(!world.outbox->isUnderWay(entry.id));
    QCOMPARE(world.stateOf(entry.id), OutboxState::Draft);
    if (uploaded.isEmpty())
        QVERIFY(uploaded.wait()); // it went on
    QVERIFY(world.outbox->files().isReady(entry.id));
    QCOMPARE(world.messages(world.caseId, replyText), 0);
    QVERIFY(world.sendDraft(*world.outbox->find(entry.id)));
    QCOMPARE(world.messages(world.caseId, replyText), 1);
}

void TestFollowUps::sentFilesAreKnown()
{
    SplitWorld world;
    const OutboxEntry entry = world.split(world.reply(), 2);
    QVERIFY(world.sendDraft(entry));
    world.outbox->markTold(entry.id);
    world.restart();
    const auto sent = answerOf<QList<SentFile>>([&](auto done) {
        SentFiles(world.archive.archive())
            .load(world.account.id, world.caseId, &world.archive.archive(), std::move(done));
    });
    QVERIFY(sent);
    QCOMPARE(sent->size(), 2);
    QCOMPARE(sent->first().name, u"1.log"_s);
    QCOMPARE(sent->first().size, 6);

    const qint64 when = sent->first().sent;
    CommunicationRecord mine{.key = u"a"_s, .created = when + 1000, .attachments = {{u"x"_s, u"1.log"_s}}};
    CommunicationRecord older{.key = u"b"_s, .created = when - 90'000'000, .attachments = {{u"y"_s, u"1.log"_s}}};
    CommunicationRecord theirs{
        .key = u"c"_s, .created = when + 500, .fromAws = true, .attachments = {{u"z"_s, u"2.log"_s}}};
    const auto found = SentFiles::match({theirs, older, mine}, *sent);
    QCOMPARE(found.keys(), QStringList{u"x"_s});
    QCOMPARE(found.value(u"x"_s).size, 6);
}

void TestFollowUps::refusedFilesOutliveARestart()
{
    SplitWorld world;
    const QList<RefusedFile> refused{
        {.path = u"/tmp/core"_s,
         .size = 6'000'000,
         .error = {.kind = Error::Kind::File, .code = filecode::tooLarge, .message = u"too large"_s}},
        {.path = u"/tmp/folder"_s, .error = {.kind = Error::Kind::File, .code = filecode::folder}, .asZip = true}};
    RefusedFiles(world.archive.archive()).store(u"1/case"_s, refused, &world.archive.archive());
    world.restart();
    const auto load = [&](const QString &place) {
        return answerOf<QList<RefusedFile>>([&](auto done) {
            RefusedFiles(world.archive.archive()).load(place, &world.archive.archive(), std::move(done));
        });
    };
    QCOMPARE(*load(u"1/case"_s), refused);
    QVERIFY(load(u"2/case"_s)->isEmpty());
    RefusedFiles(world.archive.archive()).store(u"1/case"_s, {}, &world.archive.archive());
    QVERIFY(load(u"1/case"_s)->isEmpty());
}

QTEST_GUILESS_MAIN(TestFollowUps)
#include "tst_followups.moc"
