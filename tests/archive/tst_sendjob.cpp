#include "archive/sendjob.h"

#include "archive/sendmatch.h"
#include "outboxworld.h"

#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// One action of a person has one effect at the service, whatever happens on the way.
class TestSendJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCaseIsOpenedOnce();
    void aLostAnswerOpensOneCase_data();
    void aLostAnswerOpensOneCase();
    void whatWasNotDoneIsAskedAbout();
    void aDoubtOutlivesARefusal();
    void aRefusalIsADraftAgain_data();
    void aRefusalIsADraftAgain();
    void whatDidNotArriveWaits_data();
    void whatDidNotArriveWaits();
    void aReplyWhoseAnswerIsLostArrivesOnce();
    void whatIsBeingLookedForIsToldApart();
    void twoEqualRepliesAreTwo();
    void aReplyOfSomebodyElseIsNotOurs();
    void aResolutionWhoseAnswerIsLost();
    void itsTitleNamesWhatIsKnown();
    void aKillBetweenSendAndAnswer();
    void anUnknownOutcomeIsLookedForLaterWhenOffline();
    void anEntryIsSentByOneProgramOnly();
    void aRehearsalIsNeverSent();
    void draftsSurvive();
    void sameMessage_data();
    void sameMessage();
};

void TestSendJob::aCaseIsOpenedOnce()
{
    World world;
    const QString id = world.queue(newCase(u"One case"_s));
    QVERIFY(world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Done);
    QVERIFY(!world.outbox->find(id)->caseId.isEmpty());
    QCOMPARE(world.cases(u"One case"_s), 1);
    QVERIFY(world.send(id)); // a second job for the same entry sends nothing
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendJob::aLostAnswerOpensOneCase_data()
{
    QTest::addColumn<QString>("faults");
    QTest::newRow("connection closed before the answer") << u"drop:CreateCase=1"_s;
    QTest::newRow("connection reset before the answer") << u"reset:CreateCase=1/done"_s;
    QTest::newRow("connection reset inside the answer") << u"reset:CreateCase=inside/1"_s;
    QTest::newRow("half of the answer") << u"truncate:CreateCase=1"_s;
    QTest::newRow("half of the JSON") << u"cut:CreateCase=1"_s;
    QTest::newRow("a 500 that was done") << u"500:CreateCase=1/done"_s;
    QTest::newRow("a 504 that was done") << u"504:CreateCase=1/done"_s;
    QTest::newRow("a page of a proxy") << u"html:CreateCase=1"_s;
}

void TestSendJob::aLostAnswerOpensOneCase()
{
    QFETCH(QString, faults);
    World world;
    const QString id = world.queue(newCase(u"Lost answer"_s));
    world.demo.setFaults(faults);
    const Result<void> sent = world.send(id);
    QVERIFY2(sent, qPrintable(sent.error().toLine()));
    QCOMPARE(world.stateOf(id), OutboxState::Done);
    QVERIFY(!world.outbox->find(id)->caseId.isEmpty());
    QCOMPARE(world.cases(u"Lost answer"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendJob::whatWasNotDoneIsAskedAbout()
{
    World world;
    const QString id = world.queue(newCase(u"Not done"_s));
    world.demo.setFaults(u"500:CreateCase=1"_s);
    const Result<void> sent = world.send(id);
    QVERIFY(!sent);
    QCOMPARE(sent.error().effect, Error::Effect::Unknown);
    QCOMPARE(world.stateOf(id), OutboxState::Asking);
    QCOMPARE(world.cases(u"Not done"_s), 0);
    QVERIFY(!world.send(id)); // check again: it looks, and sends nothing
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);

    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(id);
    QVERIFY(requested.wait());
    QVERIFY(world.send(id));
    QCOMPARE(world.cases(u"Not done"_s), 1);
}

/// Sent again and refused: what the first attempt did is known no better by that.
void TestSendJob::aDoubtOutlivesARefusal()
{
    World world;
    const QString id = world.queue(newCase(u"In doubt"_s));
    world.demo.setFaults(u"500:CreateCase=1"_s);
    QVERIFY(!world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Asking);
    QVERIFY(world.demo.call(newCase(u"In doubt"_s))); // as if the service had only been slow
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(id);
    QVERIFY(requested.wait());
    world.restart();
    world.demo.setFaults(u"deny:CreateCase=1"_s);
    const Result<void> sent = world.send(id);
    QVERIFY(!sent);
    QCOMPARE(sent.error().effect, Error::Effect::Unknown);
    QCOMPARE(world.stateOf(id), OutboxState::Asking);
    world.restart();
    QCOMPARE(world.stateOf(id), OutboxState::Asking);
    QCOMPARE(world.outbox->find(id)->error.code, u"AccessDeniedException"_s);
    QVERIFY(world.send(id)); // it is looked for from the first attempt on
    QCOMPARE(world.stateOf(id), OutboxState::Done);
    QCOMPARE(world.cases(u"In doubt"_s), 1);
}

void TestSendJob::aRefusalIsADraftAgain_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("no permission") << u"deny:CreateCase=1"_s << u"AccessDeniedException"_s;
    QTest::newRow("no plan") << u"plan:CreateCase=1"_s << u"SubscriptionRequiredException"_s;
}

void TestSendJob::aRefusalIsADraftAgain()
{
    QFETCH(QString, faults);
    QFETCH(QString, code);
    World world;
    const QString id = world.queue(newCase(u"Refused"_s));
    world.demo.setFaults(faults);
    QVERIFY(!world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Draft);
    QCOMPARE(world.outbox->find(id)->error.code, code);
    QCOMPARE(world.cases(u"Refused"_s), 0);
    world.restart();
    QCOMPARE(world.outbox->find(id)->error.code, code);
    QCOMPARE(world.outbox->find(id)->error.kind, Error::Kind::Refused);
}

void TestSendJob::whatDidNotArriveWaits_data()
{
    QTest::addColumn<bool>("fullHour");
    QTest::newRow("no connection") << false;
    QTest::newRow("ten cases this hour") << true;
}

void TestSendJob::whatDidNotArriveWaits()
{
    QFETCH(bool, fullHour);
    World world;
    if (fullHour) {
        for (int i = 0; i < 10; ++i)
            QVERIFY(world.demo.call(newCase(u"Filling %1"_s.arg(i))));
    }
    const QString id = world.queue(newCase(u"Later"_s));
    if (fullHour) {
        const Result<void> sent = world.send(id);
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, u"CaseCreationLimitExceeded"_s);
        QCOMPARE(world.cases(u"Later"_s), 0);
    } else {
        ProfileChoice nowhere = world.demo.choice();
        nowhere.endpointUrl = u"http://127.0.0.1:1"_s;
        auto connection = makeServiceConnection(nowhere);
        QVERIFY(connection);
        Client client(**connection);
        SendJob job(client, *world.outbox, id, {});
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
        QCOMPARE(job.result().error().kind, Error::Kind::CannotConnect);
    }
    QCOMPARE(world.stateOf(id), OutboxState::Queued);
    world.restart();
    QCOMPARE(world.stateOf(id), OutboxState::Queued);
    if (!fullHour) {
        QVERIFY(world.send(id));
        QCOMPARE(world.cases(u"Later"_s), 1);
    }
}

// "Sending" is over with the answer that says nothing; what follows is looking.
void TestSendJob::whatIsBeingLookedForIsToldApart()
{
    World world;
    const QString id = world.queue(newCase(u"Looked for"_s));
    world.demo.setFaults(u"500:CreateCase=1/done"_s);
    QList<Error::Kind> told;
    connect(world.outbox.get(), &Outbox::changed, this, [&](const QString &changed) {
        const OutboxEntry *entry = world.outbox->find(changed);
        if (entry && entry->state == OutboxState::Unknown)
            told.append(entry->error.kind);
    });
    QVERIFY(world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Done);
    QVERIFY(told.size() >= 2);
    QCOMPARE(told.constFirst(), Error::Kind::None);
    QCOMPARE(told.constLast(), Error::Kind::Unavailable);
}

void TestSendJob::aReplyWhoseAnswerIsLostArrivesOnce()
{
    World world;
    AddCommunicationToCase::Request request;
    request.caseId = world.openCase();
    request.communicationBody = u"Here is what you asked for. 接続が切れました 🙂"_s;
    const QString id = world.queue(request, request.caseId);
    world.demo.setFaults(u"drop:AddCommunicationToCase=1"_s);
    QVERIFY(world.send(id));
    QCOMPARE(world.messages(request.caseId, request.communicationBody), 1);
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
}

void TestSendJob::twoEqualRepliesAreTwo()
{
    World world;
    AddCommunicationToCase::Request request;
    request.caseId = world.openCase();
    request.communicationBody = u"Any news?"_s;
    QVERIFY(world.send(world.queue(request, request.caseId)));
    // The second is not done, and the first must not be taken for it.
    const QString second = world.queue(request, request.caseId);
    world.demo.setFaults(u"500:AddCommunicationToCase=1"_s);
    QVERIFY(!world.send(second));
    QCOMPARE(world.stateOf(second), OutboxState::Asking);
    // And once it is done, it is found.
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(second);
    QVERIFY(requested.wait());
    world.demo.setFaults(u"500:AddCommunicationToCase=1/done"_s);
    QVERIFY(world.send(second));
    QCOMPARE(world.messages(request.caseId, request.communicationBody), 2);
}

void TestSendJob::aReplyOfSomebodyElseIsNotOurs()
{
    World world;
    AddCommunicationToCase::Request request;
    request.caseId = world.openCase();
    request.communicationBody = u"Any news?"_s;
    QVERIFY(world.demo.call(request)); // by another program
    const QString id = world.queue(request, request.caseId);
    world.demo.setFaults(u"500:AddCommunicationToCase=1"_s);
    QVERIFY(!world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Asking);
    QCOMPARE(world.outbox->find(id)->error.code, QString(sendcode::similarFound));
    world.restart();
    QCOMPARE(world.outbox->find(id)->error.code, QString(sendcode::similarFound));
    QSignalSpy requested(world.outbox.get(), &Outbox::sendRequested);
    world.outbox->sendAgain(id);
    QVERIFY(requested.wait());
    world.demo.setFaults(u"500:AddCommunicationToCase=1/done"_s);
    QVERIFY(world.send(id));
    QCOMPARE(world.messages(request.caseId, request.communicationBody), 2);
}

void TestSendJob::aResolutionWhoseAnswerIsLost()
{
    World world;
    ResolveCase::Request request;
    request.caseId = world.openCase();
    const QString id = world.queue(request, request.caseId);
    world.demo.setFaults(u"drop:ResolveCase=1"_s);
    QVERIFY(world.send(id));
    QCOMPARE(world.demo.requestCount("ResolveCase"), 1);
    QCOMPARE(world.stateOf(id), OutboxState::Done);
}

void TestSendJob::itsTitleNamesWhatIsKnown()
{
    World world;
    AddCommunicationToCase::Request reply;
    reply.caseId = u"case-1"_s;
    reply.communicationBody = u"Hello"_s;
    const QString id = world.queue(reply, reply.caseId);
    const auto title = [&](const QString &subject, const QString &displayId) {
        SendJob::Options options;
        options.account = u"Production"_s;
        options.subject = subject;
        options.displayId = displayId;
        return SendJob(world.demo.client(), *world.outbox, id, options).title();
    };
    QCOMPARE(title(u"A subject"_s, u"17"_s), u"Sending the reply to “A subject” of Production"_s);
    QCOMPARE(title({}, u"17"_s), u"Sending the reply to case 17 of Production"_s);
    QCOMPARE(title({}, {}), u"Sending the reply to a case of Production"_s); // as after a start
}

void TestSendJob::aKillBetweenSendAndAnswer()
{
    World world;
    const QString id = world.queue(newCase(u"Killed"_s));
    world.demo.setFaults(u"delay:CreateCase=400ms"_s);
    const SendJob::Options usual;
    QCOMPARE(usual.looks, (SendJob::Pauses{0ms, 2s, 5s, 10s}));
    auto job = std::make_unique<SendJob>(world.demo.client(), *world.outbox, id, usual);
    job->setAutoDelete(false);
    job->start();
    QTRY_COMPARE(world.demo.requestCount("CreateCase"), 1);
    job.reset();
    world.restart();
    QCOMPARE(world.stateOf(id), OutboxState::Unknown);
    QVERIFY(world.send(id, {0ms, 500ms, 500ms}));
    QCOMPARE(world.stateOf(id), OutboxState::Done);
    QCOMPARE(world.cases(u"Killed"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendJob::anUnknownOutcomeIsLookedForLaterWhenOffline()
{
    World world;
    const QString id = world.queue(newCase(u"Offline"_s));
    world.demo.setFaults(u"drop:CreateCase=1,deny:DescribeCases=1"_s);
    const Result<void> sent = world.send(id);
    QVERIFY(!sent);
    QCOMPARE(sent.error().effect, Error::Effect::Unknown);
    QCOMPARE(world.stateOf(id), OutboxState::Unknown);
    QVERIFY(world.send(id));
    QCOMPARE(world.cases(u"Offline"_s), 1);
}

void TestSendJob::anEntryIsSentByOneProgramOnly()
{
    World world;
    const QString id = world.queue(newCase(u"Two programs"_s));
    Archive other;
    QVERIFY(test::answerOf<void>([&](auto done) { other.open(world.archive.path(), &other, std::move(done)); }));
    Outbox theirs(other);
    QSignalSpy loaded(&theirs, &Outbox::loaded);
    theirs.load();
    QVERIFY(loaded.wait());
    QVERIFY(theirs.find(id));
    QVERIFY(world.send(id));
    SendJob second(world.demo.client(), theirs, id, {});
    second.setAutoDelete(false);
    QSignalSpy finished(&second, &Job::finished);
    second.start();
    QVERIFY(finished.wait());
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendJob::aRehearsalIsNeverSent()
{
    World world;
    CreateCase::Request request = newCase(u"Rehearsal"_s);
    request.dryRun = true;
    const QString id = world.queue(request);
    QVERIFY(!world.send(id));
    QCOMPARE(world.stateOf(id), OutboxState::Draft);
    QCOMPARE(world.demo.requestCount("CreateCase"), 0);
}

void TestSendJob::draftsSurvive()
{
    World world;
    OutboxEntry draft =
        Outbox::newEntry(world.account.id, AddCommunicationToCase::name, u"case-111122223333-muen-2026-1"_s);
    AddCommunicationToCase::Request request;
    request.caseId = draft.caseId;
    for (const QString &text : {u"H"_s, u"Hello"_s, u"Hello 東京 🙂\n\n  indented"_s}) {
        request.communicationBody = text;
        draft.input = encode(request);
        world.outbox->save(draft);
    }
    world.restart();
    const OutboxEntry *kept = world.outbox->replyDraft(world.account.id, draft.caseId);
    QVERIFY(kept);
    QCOMPARE(kept->id, draft.id);
    const auto read = decode<AddCommunicationToCase::Request>(kept->input);
    QVERIFY(read);
    QCOMPARE(read->communicationBody, request.communicationBody);
    world.outbox->discard(draft.id);
    QVERIFY(!world.outbox->find(draft.id));
    world.restart();
    QVERIFY(!world.outbox->find(draft.id));
}

void TestSendJob::sameMessage_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("arrived");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, const char *sent, const char *arrived, bool same) {
        QTest::newRow(name) << QString::fromUtf8(sent) << QString::fromUtf8(arrived) << same;
    };
    row("to the letter", "Hello", "Hello", true);
    row("line ends", "a\r\nb\rc", "a\nb\nc", true);
    row("white space at the ends", "  Hello \n\n", "Hello", true);
    row("characters composed otherwise", "Cafe\xcc\x81 \xe3\x81\x8b\xe3\x82\x99", "Caf\xc3\xa9 \xe3\x81\x8c", true);
    row("another text", "Hello", "Hallo", false);
    row("a part of it", "Hello", "Hell", false);
    row("a secret replaced", "key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, bye", "key: [REDACTED_BY_AWS], bye", true);
    row("a card replaced", "card 4111 1111 1111 1111 ok", "card [REDACTED_BY_AWS]-1111 ok", true);
    row("two replaced", "a X b Y c", "a [REDACTED_BY_AWS] b [REDACTED_BY_AWS] c", true);
    row("other text around a secret", "key: X, bye", "kay: [REDACTED_BY_AWS], bye", false);
    row("parts out of order", "a X c b", "a [REDACTED_BY_AWS] b [REDACTED_BY_AWS] c", false);
    row("overlapping ends", "aba", "ab[REDACTED_BY_AWS]ba", false);
}

void TestSendJob::sameMessage()
{
    QFETCH(QString, sent);
    QFETCH(QString, arrived);
    QFETCH(bool, same);
    QCOMPARE(isSameMessage(sent, arrived), same);
}

QTEST_GUILESS_MAIN(TestSendJob)
#include "tst_sendjob.moc"
