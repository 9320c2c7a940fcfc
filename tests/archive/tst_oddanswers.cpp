#include "archive/fetchjob.h"
#include "archive/ownedconnection.h"
#include "oddservice.h"

#include <QFile>
#include <QTest>

#include <sys/file.h>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

/// Answers that are JSON and no answer: what they leave out is not known, and is taken for nothing else.
class TestOddAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLookForACaseSaysOnlyWhatItSaw_data();
    void aLookForACaseSaysOnlyWhatItSaw();
    void aCaseWithoutItsMessagesIsLookedInto();
    void aLookForAReplySaysOnlyWhatItSaw_data();
    void aLookForAReplySaysOnlyWhatItSaw();
    void onlyTheServiceRefuses_data();
    void onlyTheServiceRefuses();
    void aListingWithoutItsListIsNone_data();
    void aListingWithoutItsListIsNone();
    void casesWithoutAnIdArePassedOver();
    void messagesThatCannotBeReadAreMissing();
    void whatOneEmptyAnswerHidIsAskedForAgain();
    void nothingIsSentWhereNoCaseIs();
    void aDamagedFileIsNotKept_data();
    void aDamagedFileIsNotKept();
    void whatAnotherProgramFetchesIsWaitedFor();
};

namespace {

const QString subjectOfOurs = u"The disk is full"_s;
const QString bodyOfOurs = u"Nothing can be written."_s;

CreateCase::Request ourCase()
{
    CreateCase::Request request;
    request.subject = subjectOfOurs;
    request.communicationBody = bodyOfOurs;
    return request;
}

QByteArray ourCaseText(const QByteArray &recent, const QByteArray &subject = R"("The disk is full")")
{
    return R"({"cases":[)"
        + caseText("case-1",
                   R"("subject":)" + subject + (recent.isEmpty() ? "" : R"(,"recentCommunications":)") + recent)
        + "]}";
}

} // namespace

void TestOddAnswers::aLookForACaseSaysOnlyWhatItSaw_data()
{
    QTest::addColumn<QByteArray>("cases");
    QTest::addColumn<OutboxState>("state");
    const QByteArray ours = R"({"communications":[{"body":"Nothing can be written.","submittedBy":"me"}]})";
    const QByteArray other = R"({"communications":[{"body":"Something else","submittedBy":"me"}]})";
    const auto unknown = [](const char *name, const QByteArray &cases) {
        QTest::newRow(name) << cases << OutboxState::Unknown;
    };
    unknown("no list", "{}");
    unknown("null for a list", R"({"cases":null})");
    unknown("null for a case", R"({"cases":[null]})");
    unknown("no record for a case", R"({"cases":[{"caseId":"case-2","subject":"x"},7]})");
    unknown("no id", R"({"cases":[{"subject":"The disk is full"}]})");
    unknown("a token that is none", R"({"cases":[],"nextToken":{"a":1}})");
    unknown("a body that is null", ourCaseText(R"({"communications":[{"body":null}]})"));
    unknown("a message that is null", ourCaseText(R"({"communications":[null]})"));
    unknown("a subject that is null", ourCaseText(ours, "null"));
    unknown("a subject that is no text", ourCaseText(ours, "[]"));
    QTest::newRow("it is there") << ourCaseText(ours) << OutboxState::Done;
    QTest::newRow("another is there") << ourCaseText(other) << OutboxState::Asking;
    QTest::newRow("another subject without an id")
        << QByteArray(R"({"cases":[{"subject":"x"}]})") << OutboxState::Asking;
    QTest::newRow("nothing is there") << QByteArray(R"({"cases":[]})") << OutboxState::Asking;
}

void TestOddAnswers::aLookForACaseSaysOnlyWhatItSaw()
{
    QFETCH(QByteArray, cases);
    QFETCH(OutboxState, state);
    OddService odd;
    odd.lost.insert("CreateCase", {});
    odd.set("DescribeCases", {cases});
    odd.set("DescribeCommunications", {R"({"communications":[null]})"});
    const QString id = odd.queue(ourCase());
    const Result<void> sent = odd.send(id);
    QCOMPARE(sent.hasValue(), state == OutboxState::Done);
    QCOMPARE(odd.stateOf(id), state);
    if (!sent)
        QCOMPARE(sent.error().effect, Error::Effect::Unknown);
    if (state == OutboxState::Unknown) {
        // The next look may see it whole.
        odd.set("DescribeCases",
                {ourCaseText(R"({"communications":[{"body":"Nothing can be written.","submittedBy":"me"}]})")});
        QVERIFY(odd.send(id));
        QCOMPARE(odd.outbox->find(id)->caseId, u"case-1"_s);
    }
    QCOMPARE(odd.count("CreateCase"), 1);
}

void TestOddAnswers::aCaseWithoutItsMessagesIsLookedInto()
{
    OddService odd;
    odd.lost.insert("CreateCase", {});
    odd.set("DescribeCases", {ourCaseText({})});
    odd.set("DescribeCommunications",
            {R"({"communications":[{"body":"Nothing can be written.","submittedBy":"me"}]})"});
    const QString id = odd.queue(ourCase());
    QVERIFY(odd.send(id));
    QCOMPARE(odd.stateOf(id), OutboxState::Done);
    QCOMPARE(odd.outbox->find(id)->caseId, u"case-1"_s);

    odd.set("DescribeCommunications", {R"({"communications":[{"body":"Something else","submittedBy":"me"}]})"});
    const QString other = odd.queue(ourCase());
    QVERIFY(!odd.send(other));
    QCOMPARE(odd.stateOf(other), OutboxState::Asking); // the first case is the first entry's
}

void TestOddAnswers::aLookForAReplySaysOnlyWhatItSaw_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<OutboxState>("state");
    const auto row = [](const char *name, const QByteArray &messages, OutboxState state = OutboxState::Unknown) {
        QTest::newRow(name) << messages << state;
    };
    row("no list", "{}");
    row("null for a list", R"({"communications":null})");
    row("null for a message", R"({"communications":[null]})");
    row("a token that is none", R"({"communications":[],"nextToken":["x"]})");
    row("a body that is null", R"({"communications":[{"caseId":"case-1","submittedBy":"me","body":null}]})");
    row("a body of AWS that is null",
        R"({"communications":[{"caseId":"case-1","submittedBy":"Amazon Web Services","body":null}]})",
        OutboxState::Asking);
    row("an old body that is null",
        R"({"communications":[{"submittedBy":"me","timeCreated":")" + timeText(-3600) + R"(","body":null}]})",
        OutboxState::Asking);
    row("nothing is there", R"({"communications":[]})", OutboxState::Asking);
}

void TestOddAnswers::aLookForAReplySaysOnlyWhatItSaw()
{
    QFETCH(QByteArray, messages);
    QFETCH(OutboxState, state);
    OddService odd;
    odd.lost.insert("AddCommunicationToCase", {});
    odd.set("DescribeCommunications", {messages});
    AddCommunicationToCase::Request reply;
    reply.caseId = u"case-1"_s;
    reply.communicationBody = bodyOfOurs;
    const QString id = odd.queue(reply, reply.caseId);
    QVERIFY(!odd.send(id));
    QCOMPARE(odd.stateOf(id), state);
    QCOMPARE(odd.count("AddCommunicationToCase"), 1);
}

void TestOddAnswers::onlyTheServiceRefuses_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<OutboxState>("state");
    const auto row = [](const char *name, const QByteArray &answer, OutboxState state = OutboxState::Asking) {
        QTest::newRow(name) << answer << state;
    };
    row("302", httpMessage(302, {}, "Location: https://example.com/\r\n"));
    row("401", httpMessage(401, {}));
    row("404", httpMessage(404, {}));
    row("413", httpMessage(413, {}));
    row("a page with 403", httpMessage(403, "<html><body>Blocked</body></html>", "Content-Type: text/html\r\n"));
    row("JSON without a code", httpMessage(403, R"({"message":"no"})"));
    row("429 without a code", httpMessage(429, {}));
    row("a code", httpMessage(403, R"({"__type":"AccessDeniedException","message":"no"})"), OutboxState::Draft);
    row("a code in the header", httpMessage(400, {}, "x-amzn-ErrorType: ValidationException\r\n"), OutboxState::Draft);
}

void TestOddAnswers::onlyTheServiceRefuses()
{
    QFETCH(QByteArray, answer);
    QFETCH(OutboxState, state);
    OddService odd;
    odd.lost.insert("CreateCase", answer);
    odd.set("DescribeCases", {R"({"cases":[]})"});
    const QString id = odd.queue(ourCase());
    const Result<void> sent = odd.send(id);
    QVERIFY(!sent);
    QCOMPARE(sent.error().effect, state == OutboxState::Draft ? Error::Effect::None : Error::Effect::Unknown);
    QCOMPARE(odd.stateOf(id), state);
    QCOMPARE(odd.count("CreateCase"), 1);
    QCOMPARE(odd.count("DescribeCases") > 0, state != OutboxState::Draft);
}

void TestOddAnswers::aListingWithoutItsListIsNone_data()
{
    QTest::addColumn<QByteArray>("cases");
    QTest::newRow("no list") << QByteArray("{}");
    QTest::newRow("an empty text") << QByteArray(R"({"attachment":{"fileName":"f.txt","data":""}})");
    QTest::newRow("null") << QByteArray(R"({"cases":null})");
    QTest::newRow("a token that is none")
        << QByteArray(R"({"cases":[)") + caseText("case-1") + R"(],"nextToken":["x"]})";
}

void TestOddAnswers::aListingWithoutItsListIsNone()
{
    QFETCH(QByteArray, cases);
    OddService odd;
    odd.set("DescribeCases", {cases});
    odd.set("DescribeCommunications", {R"({"communications":[]})"});
    const Result<void> first = odd.sync();
    QVERIFY(!first);
    QCOMPARE(first.error().kind, Error::Kind::BadAnswer);
    QCOMPARE(odd.archive.account().lastSync, 0); // it does not count as synced

    odd.set("DescribeCases", {R"({"cases":[)" + caseText("case-1") + "]}"});
    QVERIFY(odd.sync());
    odd.set("DescribeCases", {cases});
    QVERIFY(!odd.sync()); // later ones neither
}

void TestOddAnswers::casesWithoutAnIdArePassedOver()
{
    OddService odd;
    odd.set("DescribeCases", {R"({"cases":[{"subject":"nameless"},null,)" + caseText("case-1") + "]}"});
    odd.set("DescribeCommunications", {R"({"communications":[{"body":"b","submittedBy":"me"}]})"});
    static QStringList told;
    const QtMessageHandler before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            if (text.contains("usable caseId"_L1))
                told.append(text);
        });
    for (int i = 0; i < 2; ++i) { // as it comes, and behind the archive
        const Result<void> synced = odd.sync();
        QVERIFY2(synced, qPrintable(synced.error().toLine())); // there is nothing more to get
        QCOMPARE(odd.archive.cases().size(), 1u);
        QVERIFY(odd.archive.account().lastSync > 0); // what could be read is news from now on
    }
    qInstallMessageHandler(before);
    QCOMPARE(told, QStringList{u"Production cases in the list that have no usable caseId: 2"_s}); // once
}

void TestOddAnswers::messagesThatCannotBeReadAreMissing()
{
    OddService odd;
    odd.set("DescribeCases",
            {R"({"cases":[)"
             + caseText("case-1", R"("recentCommunications":{"communications":[null,{"body":"b","submittedBy":"me"}]})")
             + "]}"});
    odd.set("DescribeCommunications", {R"({"communications":[null,{"body":"b","submittedBy":"me"}]})"});
    const Result<void> synced = odd.sync();
    QVERIFY(!synced);
    QCOMPARE(synced.error().kind, Error::Kind::Incomplete);
    QCOMPARE(odd.archive.messages(odd.account.id, u"case-1"_s).size(), 1);
    QCOMPARE(odd.archive.stateOf(odd.account.id, u"case-1"_s), ConversationState::Lacking);

    odd.set("DescribeCommunications",
            {R"({"communications":[{"body":"a","submittedBy":"me"},{"body":"b","submittedBy":"me"}]})"});
    odd.set("DescribeCases", {R"({"cases":[)" + caseText("case-1") + "]}"});
    QVERIFY(odd.sync());
    QCOMPARE(odd.archive.messages(odd.account.id, u"case-1"_s).size(), 2);
    QCOMPARE(odd.archive.stateOf(odd.account.id, u"case-1"_s), ConversationState::Whole);
}

void TestOddAnswers::whatOneEmptyAnswerHidIsAskedForAgain()
{
    OddService odd;
    const auto listOf = [](const QByteArray &cases) { return R"({"cases":[)" + cases + "]}"; };
    const QByteArray recent = R"("recentCommunications":{"communications":[{"body":"b","submittedBy":"me"}]})";
    const QByteArray other = caseText("case-2", recent); // it tells that the keys are right
    const QByteArray both = listOf(caseText("case-1", recent) + ',' + other);
    constexpr qint64 day = 24LL * 60 * 60 * 1000;
    qint64 now = QDateTime::currentMSecsSinceEpoch();
    odd.set("DescribeCases", {both});
    QVERIFY(odd.sync(now));
    odd.set("DescribeCases", {listOf(other), listOf({})}); // neither listed nor known by its id
    QVERIFY(odd.sync(now += 1000));
    QCOMPARE(odd.count("DescribeCases"), 2);
    odd.set("DescribeCases", {listOf(other), listOf(caseText("case-1", recent, "resolved"))});
    QVERIFY(odd.sync(now += 1000));
    QVERIFY(odd.asked["DescribeCases"].last().contains("case-1"));
    QCOMPARE(odd.archive.caseOf(u"case-1"_s).status.toString(), u"resolved"_s);

    // What it stays silent about is asked for some times, and then once a day.
    odd.set("DescribeCases", {both});
    QVERIFY(odd.sync(now += 1000));
    for (int i = 0; i < 3; ++i) {
        odd.set("DescribeCases", {listOf(other), listOf({})});
        QVERIFY(odd.sync(now += 1000));
        QCOMPARE(odd.count("DescribeCases"), 2);
    }
    odd.set("DescribeCases", {listOf(other)});
    QVERIFY(odd.sync(now += 1000));
    QCOMPARE(odd.count("DescribeCases"), 1);
    odd.set("DescribeCases", {listOf(other), listOf({})});
    QVERIFY(odd.sync(now += day));
    QVERIFY(odd.asked["DescribeCases"].last().contains("case-1"));

    // The service's own word holds.
    odd.set("DescribeCases", {both});
    QVERIFY(odd.sync(now += 1000));
    odd.set("DescribeCases", {listOf(other), "gone"});
    odd.codes.insert("gone", R"({"__type":"CaseIdNotFound","message":"no"})");
    QVERIFY(odd.sync(now += 1000));
    QCOMPARE(odd.count("DescribeCases"), 2);
    odd.set("DescribeCases", {listOf(other)});
    QVERIFY(odd.sync(now += 1000));
    QCOMPARE(odd.count("DescribeCases"), 1);
}

/// Keys of another account, which has no case at all, tell nothing of whose they are.
void TestOddAnswers::nothingIsSentWhereNoCaseIs()
{
    OddService odd;
    OwnedConnection owned(odd.connection, odd.archive.archive());
    owned.setAccount(odd.account.id, u"111122223333"_s);
    Client client(owned);
    odd.set("AddCommunicationToCase", {R"({"result":true})"});
    const auto answered = [&] {
        std::optional<Result<AddCommunicationToCase::Response>> answer;
        client.call(AddCommunicationToCase::Request{.caseId = u"case-1"_s, .communicationBody = u"text"_s}, &owned,
                    [&answer](const auto &got) { answer = got; });
        return QTest::qWaitFor([&] { return answer.has_value(); }) ? *answer : Error{.kind = Error::Kind::TimedOut};
    };
    odd.set("DescribeCases", {R"({"cases":[]})"});
    QVERIFY(answered()); // nothing is known: a new account
    odd.set("DescribeCases", {R"({"cases":[)" + caseText("case-1") + "]}"});
    odd.set("DescribeCommunications", {R"({"communications":[{"body":"b","submittedBy":"me"}]})"});
    QVERIFY(odd.sync());

    OwnedConnection other(odd.connection, odd.archive.archive()); // since then the keys may be others
    other.setAccount(odd.account.id, u"111122223333"_s);
    Client otherClient(other);
    odd.set("AddCommunicationToCase", {R"({"result":true})"});
    odd.set("DescribeCases", {R"({"cases":[]})"});
    Error told;
    otherClient.call(AddCommunicationToCase::Request{.caseId = u"case-1"_s, .communicationBody = u"text"_s}, &other,
                     [&told](const auto &got) { told = got ? Error() : got.error(); });
    QTRY_COMPARE(told.kind, Error::Kind::NoCredentials);
    QVERIFY2(told.message.contains(u"none of its cases that are known"_s), qPrintable(told.message));
    QCOMPARE(told.effect, Error::Effect::None);
    QVERIFY(odd.asked["AddCommunicationToCase"].isEmpty());
}

void TestOddAnswers::aDamagedFileIsNotKept_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("no data") << QByteArray(R"({"attachment":{"fileName":"f.txt"}})");
    QTest::newRow("an empty text") << QByteArray(R"({"attachment":{"fileName":"f.txt","data":""}})");
    QTest::newRow("null") << QByteArray(R"({"attachment":{"fileName":"f.txt","data":null}})");
    QTest::newRow("a number") << QByteArray(R"({"attachment":{"fileName":"f.txt","data":5}})");
    QTest::newRow("no attachment") << QByteArray(R"({"attachment":null})");
    QTest::newRow("nothing") << QByteArray("{}");
}

void TestOddAnswers::aDamagedFileIsNotKept()
{
    QFETCH(QByteArray, answer);
    OddService odd;
    odd.set("DescribeAttachment", {answer, R"({"attachment":{"fileName":"f.txt","data":"YWJj"}})"});
    AttachmentStore store(odd.archive.archive());
    FetchJob damaged(&odd.client, store, odd.account.id, {u"a1"_s, u"f.txt"_s}, {.withoutLinks = true});
    const Result<void> first = odd.run(damaged);
    QVERIFY(!first);
    QCOMPARE(first.error().kind, Error::Kind::BadAnswer);
    FetchJob whole(&odd.client, store, odd.account.id, {u"a1"_s, u"f.txt"_s}, {.withoutLinks = true});
    QVERIFY(odd.run(whole));
    QCOMPARE(whole.kept().size, 3);
}

void TestOddAnswers::whatAnotherProgramFetchesIsWaitedFor()
{
    OddService odd;
    odd.set("DescribeAttachment", {R"({"attachment":{"fileName":"f.txt","data":"YWJj"}})"});
    AttachmentStore store(odd.archive.archive());
    const Result<QString> part = store.partPath(odd.account.id, u"a1"_s);
    QVERIFY(part);
    QFile other(*part);
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("ab") == 2 && other.flush());
    QCOMPARE(::flock(other.handle(), LOCK_EX), 0);

    FetchJob fetch(&odd.client, store, odd.account.id, {u"a1"_s, u"f.txt"_s}, {.withoutLinks = true});
    QSignalSpy progressed(&fetch, &Job::progressed);
    QSignalSpy over(&fetch, &Job::finished);
    fetch.setAutoDelete(false);
    fetch.start();
    QTRY_VERIFY(!progressed.isEmpty()); // it looks, and looks again
    QCOMPARE(odd.count("DescribeAttachment"), 0);
    QVERIFY(over.isEmpty());
    other.close();
    QTRY_VERIFY(!over.isEmpty());
    QVERIFY(fetch.result());
    QCOMPARE(fetch.kept().size, 3);
}

QTEST_GUILESS_MAIN(TestOddAnswers)
#include "tst_oddanswers.moc"
