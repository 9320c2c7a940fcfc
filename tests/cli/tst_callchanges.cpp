#include "cli/sendworld.h"
#include "faultserver.h"

#include <csignal>

using namespace casement;
using namespace casement::test;

/// `call` of operations that change something.
class TestCallChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRehearsalDoesNothing_data();
    void aRehearsalDoesNothing();
    void whatCanNotBeAskedIsNotSent();
    void anInterruptedQuestionChangedNothing();
    void aWrongAnswerIsNoAnswer_data();
    void aWrongAnswerIsNoAnswer();
};

void TestCallChanges::aRehearsalDoesNothing_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("input");
    for (const bool oldApi : {false, true}) {
        const auto row = [oldApi](const char *operation, const QString &input) {
            QTest::addRow("%s at a service %s", operation, oldApi ? "that skips dryRun" : "of today")
                << oldApi << QString::fromLatin1(operation) << input;
        };
        row("CreateCase", text(newCase(u"Rehearsed"_s)));
        row("AddCommunicationToCase", uR"({"caseId":"OPEN","communicationBody":"Rehearsed"})"_s);
        row("ResolveCase", uR"({"caseId":"OPEN"})"_s);
        row("AddAttachmentsToSet", uR"({"attachments":[{"fileName":"a.txt","data":"aGVsbG8="}]})"_s);
    }
}

void TestCallChanges::aRehearsalDoesNothing()
{
    QFETCH(bool, oldApi);
    QFETCH(QString, operation);
    QFETCH(QString, input);
    DemoServiceOptions options = roomyOptions();
    options.oldApi = oldApi;
    World world(options);
    const demo::DemoCase open = *world.openCase();
    const qsizetype before = world.cases();
    input.replace(u"OPEN"_s, open.caseId).replace(input.size() - 1, 1, u",\"dryRun\":true}"_s);
    const CliRun run = world.cli.run({u"call"_s, operation, u"--input"_s, input});
    QCOMPARE(run.status, oldApi ? 1 : 0);
    QCOMPARE(run.out, QByteArray());
    if (oldApi)
        QVERIFY2(run.err.contains("does not know dryRun") && run.err.contains("nothing was sent"), run.err.constData());
    else
        QVERIFY2(run.err.contains("would accept this"), run.err.constData());
    QCOMPARE(world.demo.requestCount(operation.toLatin1()), oldApi ? 0 : 1);
    QCOMPARE(world.demo.requestCount("DescribeSeverityLevels"), 1);
    QCOMPARE(world.cases(), before);
    QCOMPARE(world.caseOf(open.caseId)->status, open.status);
    QCOMPARE(world.messages(open.caseId, u"Rehearsed"_s), 0);
}

void TestCallChanges::whatCanNotBeAskedIsNotSent()
{
    World world;
    world.demo.setFaults(u"deny:DescribeSeverityLevels"_s);
    QJsonObject input = newCase(u"Rehearsed"_s);
    input.insert(u"dryRun"_s, true);
    const CliRun run = world.cli.run({u"call"_s, u"CreateCase"_s, u"--input"_s, text(input)});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("AccessDeniedException"), run.err.constData());
    QCOMPARE(world.changes(), 0);
}

void TestCallChanges::anInterruptedQuestionChangedNothing()
{
    World world;
    world.demo.setFaults(u"hang:DescribeSeverityLevels"_s);
    QJsonObject input = newCase(u"Rehearsed"_s);
    input.insert(u"dryRun"_s, true);
    const auto process = world.cli.make({u"call"_s, u"CreateCase"_s, u"--input"_s, text(input)});
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("DescribeSeverityLevels"), 1, 20'000);
    ::kill(pid_t(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGINT);
    QCOMPARE(process->readAllStandardError(), QByteArray());
    QCOMPARE(world.changes(), 0);
}

void TestCallChanges::aWrongAnswerIsNoAnswer_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QString &operation, const QString &input, const QByteArray &answer) {
        QTest::newRow(name) << operation << input << answer;
    };
    const QString create = u"CreateCase"_s;
    const QString opened = uR"({"subject":"s","communicationBody":"b"})"_s;
    row("a number for a case", create, opened, R"({"caseId":7})");
    row("a truth value for a case", create, opened, R"({"caseId":true})");
    row("a list of cases", create, opened, R"({"caseId":["case-1"]})");
    const QString reply = u"AddCommunicationToCase"_s;
    const QString written = uR"({"caseId":"case-1","communicationBody":"b"})"_s;
    row("false as a text", reply, written, R"({"result":"false"})");
    row("a no", reply, written, R"({"result":"no"})");
    row("true as a text", reply, written, R"({"result":"true"})");
    row("a zero", reply, written, R"({"result":0})");
    row("a record for a truth value", reply, written, R"({"result":{"result":true}})");
    const QString resolve = u"ResolveCase"_s;
    row("a number for a status", resolve, uR"({"caseId":"case-1"})"_s, R"({"finalCaseStatus":1})");
    row("a record for a status", resolve, uR"({"caseId":"case-1"})"_s, R"({"initialCaseStatus":{}})");
    row("a number for a set", u"AddAttachmentsToSet"_s,
        uR"({"attachments":[{"fileName":"a.txt","data":"aGVsbG8="}]})"_s, R"({"attachmentSetId":7})");
}

void TestCallChanges::aWrongAnswerIsNoAnswer()
{
    QFETCH(QString, operation);
    QFETCH(QString, input);
    QFETCH(QByteArray, answer);
    FaultServer server({http(200, answer)});
    const Cli program(server.url().toString());
    const CliRun run = program.run({u"call"_s, operation, u"--input"_s, input});
    QCOMPARE(run.status, 3);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains("has the wrong type"), run.err.constData());
    QVERIFY2(run.err.contains("may have taken effect"), run.err.constData());
    QCOMPARE(server.requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestCallChanges)
#include "tst_callchanges.moc"
