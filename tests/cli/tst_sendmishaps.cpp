#include "cli/sendworld.h"
#include "faultserver.h"

#include <QJsonArray>

#include <csignal>

using namespace casement;
using namespace casement::test;

/// One command has one effect at the service, whatever happens on the way.
class TestSendMishaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnusableArchiveSendsNothing();
    void aLostAnswerOpensOneCase_data();
    void aLostAnswerOpensOneCase();
    void aLostAnswerAddsOneMessage();
    void aLostAnswerResolvesOnce();
    void whatDidNotArriveIsSentAgainWhenThePersonSaysSo();
    void whatCanNotBeLookedForStaysUnknown();
    void anAnswerThatComesAfterTheKill();
    void killedAtAnyMoment();
    void anEndThatCouldNotBePrintedIsToldLater();
    void twoEqualCommandsAreTwoCases();
    void twoProgramsAtOnceSendOne();
    void anInterruptionLeavesItUnknown();
    void anInterruptionBeforeSendingLeavesNothing();
    void draftsOfTheWindowStay();
    void replacedKeysLookFirst_data();
    void replacedKeysLookFirst();
    void whatOthersLeftIsTheirs_data();
    void whatOthersLeftIsTheirs();
    void aWrongAnswerIsLookedInto_data();
    void aWrongAnswerIsLookedInto();
};

namespace {

/// The one account of the archive as if it had been made with other keys, or otherwise.
void renameAccount(const World &world, const QString &key, const QString &partition = u"aws"_s)
{
    world.withArchive([&](Database &database) {
        database.prepare("UPDATE accounts SET key = ?, partition = ?").run(key, partition);
    });
}

QString keyAt(const World &world, const QString &account)
{
    return u"endpoint:%1/%2"_s.arg(world.demo.endpoint().section(u"://"_s, 1), account);
}

/// Answers by the name of the operation; an empty answer closes the connection.
FaultServer::Step byOperation(const QHash<QByteArray, QByteArray> &answers)
{
    return [answers](QTcpSocket *socket, const Received &request) {
        const QByteArray answer = answers.value(request.header("x-amz-target").split('.').last());
        (answer.isEmpty() ? rawThenClose({}) : http(200, answer))(socket, request);
    };
}

qsizetype changesAt(const FaultServer &server)
{
    return std::count_if(server.requests().begin(), server.requests().end(),
                         [](const Received &request) { return !request.header("x-amz-target").contains(".Describe"); });
}

} // namespace

void TestSendMishaps::anUnusableArchiveSendsNothing()
{
    World world;
    const CliRun run =
        world.cli.run({u"create"_s, u"--input"_s, text(newCase(u"Nowhere"_s)), u"--archive"_s, world.cli.home.path()});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("can't be the archive"), run.err.constData());
    QCOMPARE(world.demo.requestCount(), 0);
}

void TestSendMishaps::aLostAnswerOpensOneCase_data()
{
    QTest::addColumn<QString>("faults");
    QTest::newRow("connection closed before the answer") << u"drop:CreateCase=1"_s;
    QTest::newRow("connection reset before the answer") << u"reset:CreateCase=1/done"_s;
    QTest::newRow("connection reset inside the answer") << u"reset:CreateCase=inside/1"_s;
    QTest::newRow("half of the answer") << u"truncate:CreateCase=1"_s;
    QTest::newRow("half of the JSON") << u"cut:CreateCase=1"_s;
    QTest::newRow("a 500 that was done") << u"500:CreateCase=1/done"_s;
    QTest::newRow("a 504 that was done") << u"504:CreateCase=1/done"_s;
    QTest::newRow("a sign-in page") << u"html:CreateCase=1"_s;
}

void TestSendMishaps::aLostAnswerOpensOneCase()
{
    QFETCH(QString, faults);
    World world;
    world.demo.setFaults(faults);
    const CliRun run = world.create(u"Lost answer"_s);
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.caseOf(caseIdOf(run)));
    QCOMPARE(world.cases(u"Lost answer"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
    QVERIFY(world.outbox().isEmpty());
}

void TestSendMishaps::aLostAnswerAddsOneMessage()
{
    World world;
    world.demo.setFaults(u"drop:AddCommunicationToCase=1"_s);
    const QString id = world.openCase()->caseId;
    const CliRun run = world.cli.run({u"reply"_s, id, u"--body"_s, u"Any news?"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out, QByteArray("{\n  \"result\": true\n}\n"));
    QCOMPARE(world.messages(id, u"Any news?"_s), 1);
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
}

void TestSendMishaps::aLostAnswerResolvesOnce()
{
    World world;
    world.demo.setFaults(u"drop:ResolveCase=1"_s);
    const CliRun run = world.cli.run({u"resolve"_s, world.openCase()->caseId});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out, QByteArray("{\n  \"finalCaseStatus\": \"resolved\"\n}\n")); // what it was before is lost
    QCOMPARE(world.demo.requestCount("ResolveCase"), 1);
}

void TestSendMishaps::whatDidNotArriveIsSentAgainWhenThePersonSaysSo()
{
    World world;
    const QStringList command{u"create"_s, u"--input"_s, text(newCase(u"Not done"_s))};
    const QStringList again = command + QStringList{u"--again"_s};
    world.demo.setFaults(u"500:CreateCase=1"_s);
    const CliRun lost = world.cli.run(command);
    QCOMPARE(lost.status, unknownOutcome);
    QCOMPARE(lost.out, QByteArray());
    QVERIFY2(lost.err.contains("It may have arrived: run the same command again, it looks first."),
             lost.err.constData());
    QVERIFY2(lost.err.contains("HTTP 500"), lost.err.constData());
    QCOMPARE(world.cases(u"Not done"_s), 0);
    QCOMPARE(world.onlyState(), OutboxState::Asking);

    // By itself it is never sent again, however late it is.
    world.aMinutePasses();
    const CliRun looked = world.cli.run(command);
    QCOMPARE(looked.status, unknownOutcome);
    QVERIFY2(looked.err.contains("--again"), looked.err.constData());
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);

    // Said at once, it waits: the first attempt might still arrive.
    world.withArchive([](Database &database) { database.runOnce(u"UPDATE outbox SET sent = sent + 61000"_s); });
    const auto process = world.cli.make(again);
    QByteArray told;
    connect(process.get(), &QProcess::readyReadStandardError, this, [&] { told += process->readAllStandardError(); });
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(told.contains("waiting "), 20'000);
    ::kill(pid_t(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), unknownOutcome);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);

    world.aMinutePasses();
    const CliRun sent = world.cli.run(again);
    QVERIFY2(sent.status == 0, sent.err.constData());
    QVERIFY2(sent.err.contains("sending it again"), sent.err.constData());
    QCOMPARE(world.cases(u"Not done"_s), 1);
    QVERIFY(world.outbox().isEmpty());

    // Now there is nothing that could be sent again.
    const CliRun nothing = world.cli.run(again);
    QCOMPARE(nothing.status, 2);
    QVERIFY2(nothing.err.contains("nothing was sent"), nothing.err.constData());
    QCOMPARE(world.cases(u"Not done"_s), 1);
}

void TestSendMishaps::whatCanNotBeLookedForStaysUnknown()
{
    World world;
    world.demo.setFaults(u"drop:CreateCase=1,deny:DescribeCases=1"_s);
    const CliRun lost = world.create(u"No looking"_s);
    QCOMPARE(lost.status, unknownOutcome);
    QVERIFY2(lost.err.contains("run the same command again"), lost.err.constData());
    QCOMPARE(world.onlyState(), OutboxState::Unknown);
    const CliRun again = world.create(u"No looking"_s);
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY2(again.err.contains("looking for it first"), again.err.constData());
    QVERIFY(world.caseOf(caseIdOf(again)));
    QCOMPARE(world.cases(u"No looking"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendMishaps::anAnswerThatComesAfterTheKill()
{
    World world;
    world.demo.setFaults(u"delay:CreateCase=1h"_s);
    const auto process = world.cli.make({u"create"_s, u"--input"_s, text(newCase(u"Killed"_s))});
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("CreateCase"), 1, 20'000);
    process->kill();
    QVERIFY(process->waitForFinished());
    QCOMPARE(world.onlyState(), OutboxState::Unknown);
    const CliRun again = world.create(u"Killed"_s);
    QVERIFY2(again.status == 0, again.err.constData());
    QCOMPARE(world.cases(u"Killed"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
}

void TestSendMishaps::killedAtAnyMoment()
{
    World world;
    QCOMPARE(world.create(u"So that the archive is there"_s).status, 0);
    world.demo.setFaults(u"delay:CreateCase=20ms"_s);
    int killed = 0;
    QHash<OutboxState, int> left;
    // Some more than a run takes; moments lie closer where more happens.
    for (const int moment : {1,  4,  8,  12, 15, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36,
                             38, 40, 42, 44, 46, 48, 50, 53, 56, 60, 65, 70, 80, 95, 120}) {
        const QString subject = u"Killed after %1 ms"_s.arg(moment);
        const QStringList command{u"create"_s, u"--input"_s, text(newCase(subject))};
        const auto process = world.cli.make(command);
        process->start();
        QVERIFY(process->waitForStarted());
        QTimer::singleShot(moment, Qt::PreciseTimer, process.get(), &QProcess::kill);
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
        killed += process->exitStatus() == QProcess::CrashExit;
        for (const OutboxEntry &entry : world.outbox())
            ++left[entry.state];
        if (process->readAllStandardOutput().isEmpty()) { // else the person knows
            if (killed % 2 == 0)
                world.aMinutePasses(); // else the next run comes at once
            const CliRun run = world.untilDone(command);
            QVERIFY2(run.status == 0, run.err.constData());
            QVERIFY(world.caseOf(caseIdOf(run)));
        } else if (!world.outbox().isEmpty()) {
            QCOMPARE(world.create(subject).status, 0);
        }
        QCOMPARE(world.cases(subject), 1);
        QVERIFY(world.outbox().isEmpty());
    }
    qInfo("%d killed; left as queued %d, unknown %d, done %d", killed, left[OutboxState::Queued],
          left[OutboxState::Unknown], left[OutboxState::Done]);
    QVERIFY(killed > 0);
}

void TestSendMishaps::anEndThatCouldNotBePrintedIsToldLater()
{
    World world;
    const auto process = world.cli.make({u"create"_s, u"--input"_s, text(newCase(u"Unprinted"_s))});
    process->setStandardOutputFile(u"/dev/full"_s);
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process->exitCode(), 1);
    QCOMPARE(world.onlyState(), OutboxState::Done);
    const CliRun again = world.create(u"Unprinted"_s);
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY2(again.err.contains("nothing was sent now"), again.err.constData());
    QVERIFY(world.caseOf(caseIdOf(again)));
    QCOMPARE(world.cases(u"Unprinted"_s), 1);
    QVERIFY(world.outbox().isEmpty());
}

void TestSendMishaps::twoEqualCommandsAreTwoCases()
{
    World world;
    const CliRun first = world.create(u"Twice"_s);
    const CliRun second = world.create(u"Twice"_s);
    QCOMPARE(first.status, 0);
    QCOMPARE(second.status, 0);
    QVERIFY(caseIdOf(first) != caseIdOf(second));
    QCOMPARE(world.cases(u"Twice"_s), 2);
    // Nor is the first taken for the second whose answer is lost.
    world.demo.setFaults(u"drop:CreateCase=1"_s);
    const CliRun third = world.create(u"Twice"_s);
    QCOMPARE(third.status, 0);
    QVERIFY(caseIdOf(third) != caseIdOf(first) && caseIdOf(third) != caseIdOf(second));
    QCOMPARE(world.cases(u"Twice"_s), 3);
}

void TestSendMishaps::twoProgramsAtOnceSendOne()
{
    World world;
    world.demo.setFaults(u"delay:CreateCase=1h"_s);
    const auto first = world.cli.make({u"create"_s, u"--input"_s, text(newCase(u"At once"_s))});
    first->start();
    QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("CreateCase"), 1, 20'000);
    const CliRun second = world.create(u"At once"_s); // the first is still waiting for its answer
    QVERIFY2(second.status == 0, second.err.constData());
    QVERIFY(world.caseOf(caseIdOf(second)));
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);
    first->kill();
    QVERIFY(first->waitForFinished());
}

void TestSendMishaps::anInterruptionLeavesItUnknown()
{
    World world;
    world.demo.setFaults(u"delay:CreateCase=1h"_s);
    for (const int signal : {SIGINT, SIGTERM}) {
        const QString subject = u"Interrupted by %1"_s.arg(signal);
        const int before = world.demo.requestCount("CreateCase");
        const auto process = world.cli.make({u"create"_s, u"--input"_s, text(newCase(subject))});
        process->start();
        QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("CreateCase"), before + 1, 20'000);
        ::kill(pid_t(process->processId()), signal);
        QTRY_COMPARE(process->state(), QProcess::NotRunning);
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), unknownOutcome);
        const QByteArray err = process->readAllStandardError();
        QVERIFY2(err.contains("run the same command again"), err.constData());
        QCOMPARE(world.onlyState(), OutboxState::Unknown);
        const CliRun again = world.create(subject);
        QVERIFY2(again.status == 0, again.err.constData());
        QCOMPARE(world.cases(subject), 1);
    }
}

void TestSendMishaps::anInterruptionBeforeSendingLeavesNothing()
{
    World world;
    world.demo.setFaults(u"hang:DescribeCases"_s);
    const auto process = world.cli.make({u"resolve"_s, u"123456"_s});
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("DescribeCases"), 1, 20'000);
    ::kill(pid_t(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
    QCOMPARE(world.changes(), 0);
    QVERIFY(world.outbox().isEmpty());
}

void TestSendMishaps::draftsOfTheWindowStay()
{
    World world;
    QCOMPARE(world.create(u"Of two programs"_s).status, 0);
    OutboxEntry entry;
    world.withArchive([&](Database &database) {
        Statement read = database.prepare("SELECT account, input FROM outbox");
        read.run();
        QVERIFY(read.next());
        entry.account = read.number(0);
        entry.input = read.text(1).toUtf8();
    });
    entry.operation = QLatin1StringView(CreateCase::name);
    const auto put = [&](const QString &id, OutboxState state) {
        entry.id = id;
        entry.state = state;
        world.withArchive([&](Database &database) {
            const auto stored = putOutboxEntry(database, entry);
            QVERIFY(stored && *stored);
        });
    };
    put(u"a draft"_s, OutboxState::Draft);
    QCOMPARE(world.create(u"Of two programs"_s).status, 0);
    QCOMPARE(world.cases(u"Of two programs"_s), 2);
    QCOMPARE(world.outbox().size(), 1);
    QCOMPARE(world.outbox().first().id, u"a draft"_s);

    // What waits there is sent instead of another; refused, it is a draft as in the window, and not lost.
    put(u"waits"_s, OutboxState::Queued);
    world.demo.setFaults(u"deny:CreateCase=1"_s);
    const CliRun refused = world.create(u"Of two programs"_s);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains("kept as a draft"), refused.err.constData());
    QCOMPARE(world.outbox().size(), 2);
    for (const OutboxEntry &left : world.outbox())
        QCOMPARE(left.state, OutboxState::Draft);
    put(u"waits"_s, OutboxState::Queued);
    QCOMPARE(world.create(u"Of two programs"_s).status, 0);
    QCOMPARE(world.cases(u"Of two programs"_s), 3);
    QCOMPARE(world.outbox().size(), 1);
}

void TestSendMishaps::replacedKeysLookFirst_data()
{
    QTest::addColumn<QString>("account"); // of the earlier run
    QTest::addColumn<OutboxState>("left");
    QTest::addColumn<bool>("arrived");
    QTest::newRow("sent, and no answer") << u"environment:0123456789ab"_s << OutboxState::Unknown << true;
    QTest::newRow("with a key that tells its account") << u"environment:111122223333"_s << OutboxState::Unknown << true;
    QTest::newRow("looked for and not found") << u"environment:0123456789ab"_s << OutboxState::Asking << true;
    QTest::newRow("not sent yet") << u"environment:0123456789ab"_s << OutboxState::Queued << false;
    QTest::newRow("done and not told") << u"environment:0123456789ab"_s << OutboxState::Done << true;
}

void TestSendMishaps::replacedKeysLookFirst()
{
    QFETCH(QString, account);
    QFETCH(OutboxState, left);
    QFETCH(bool, arrived);
    World world;
    world.demo.setFaults((arrived ? u"drop"_s : u"500"_s) + u":CreateCase=1,deny:DescribeCases=1"_s);
    QCOMPARE(world.create(u"Replaced keys"_s).status, unknownOutcome);
    renameAccount(world, keyAt(world, account));
    world.withArchive([&](Database &database) { database.prepare("UPDATE outbox SET state = ?").run(int(left)); });

    const CliRun run = world.create(u"Replaced keys"_s);
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.caseOf(caseIdOf(run)));
    QCOMPARE(world.cases(u"Replaced keys"_s), 1);
    QCOMPARE(world.demo.requestCount("CreateCase"), arrived ? 1 : 2);
    QVERIFY(world.outbox().isEmpty());
    // It was one action; the same command is a new one now.
    QCOMPARE(world.create(u"Replaced keys"_s).status, 0);
    QCOMPARE(world.cases(u"Replaced keys"_s), 2);
}

void TestSendMishaps::whatOthersLeftIsTheirs_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("partition");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<OutboxState>("left");
    const QString same = u"HERE/environment:0123456789ab"_s;
    const QString subject = u"Of others"_s;
    const auto unknown = OutboxState::Unknown;
    QTest::newRow("another endpoint") << u"endpoint:127.0.0.1:1/environment:0123456789ab"_s << u"aws"_s << subject
                                      << unknown;
    QTest::newRow("the service itself") << u"environment:0123456789ab"_s << u"aws"_s << subject << unknown;
    QTest::newRow("another partition") << same << u"aws-cn"_s << subject << unknown;
    QTest::newRow("a named profile") << u"HERE/profile:prod"_s << u"aws"_s << subject << unknown;
    QTest::newRow("another text") << same << u"aws"_s << u"Another"_s << unknown;
    QTest::newRow("a draft") << same << u"aws"_s << subject << OutboxState::Draft;
    QTest::newRow("done and told") << same << u"aws"_s << subject << OutboxState::Told;
}

void TestSendMishaps::whatOthersLeftIsTheirs()
{
    QFETCH(QString, key);
    QFETCH(QString, partition);
    QFETCH(QString, subject);
    QFETCH(OutboxState, left);
    World world;
    world.demo.setFaults(u"drop:CreateCase=1,deny:DescribeCases=1"_s);
    QCOMPARE(world.create(subject).status, unknownOutcome);
    renameAccount(world, key.startsWith(u"HERE"_s) ? keyAt(world, key.section(u'/', 1)) : key, partition);
    world.withArchive([&](Database &database) { database.prepare("UPDATE outbox SET state = ?").run(int(left)); });
    const auto entries = [&] {
        QStringList found;
        world.withArchive([&](Database &database) {
            Statement read = database.prepare("SELECT a.key, a.partition, o.state FROM outbox o JOIN accounts a ON "
                                              "a.id = o.account ORDER BY o.created");
            read.run();
            while (read.next())
                found << u"%1 %2 %3"_s.arg(read.text(0), read.text(1)).arg(read.number(2));
        });
        return found;
    };
    const QStringList before = entries();
    QCOMPARE(before.size(), 1);

    const CliRun run = world.create(u"Of others"_s);
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(world.demo.requestCount("CreateCase"), 2);
    QCOMPARE(entries().size(), 2);
    QCOMPARE(entries().first(), before.first());
}

void TestSendMishaps::aWrongAnswerIsLookedInto_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("told");
    const QStringList create{u"create"_s, u"--input"_s, text(newCase(u"Wrong answer"_s))};
    const QStringList reply{u"reply"_s, u"case-1"_s, u"--body"_s, u"Any news?"_s};
    const QStringList resolve{u"resolve"_s, u"case-1"_s};
    const auto row = [](const char *name, const QStringList &command, const QString &operation,
                        const QByteArray &answer,
                        const QByteArray &told) { QTest::newRow(name) << command << operation << answer << told; };
    row("a number for a case", create, u"CreateCase"_s, R"({"caseId":7})", R"("caseId": "case-1")");
    row("nothing for a case", create, u"CreateCase"_s, "{}", R"("caseId": "case-1")");
    row("false as a text", reply, u"AddCommunicationToCase"_s, R"({"result":"false"})", R"("result": true)");
    row("a no", reply, u"AddCommunicationToCase"_s, R"({"result":"no"})", R"("result": true)");
    row("a number for a status", resolve, u"ResolveCase"_s, R"({"finalCaseStatus":1})",
        R"("finalCaseStatus": "resolved")");
}

void TestSendMishaps::aWrongAnswerIsLookedInto()
{
    QFETCH(QStringList, command);
    QFETCH(QString, operation);
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, told);
    const QString soon = QDateTime::currentDateTimeUtc().addSecs(60).toString(Qt::ISODateWithMs);
    const auto message = [&soon](const QString &body) {
        return QJsonObject{
            {u"body"_s, body}, {u"submittedBy"_s, u"Admin (Role) <jane@example.com>"_s}, {u"timeCreated"_s, soon}};
    };
    const QJsonObject made{
        {u"caseId"_s, u"case-1"_s},
        {u"subject"_s, u"Wrong answer"_s},
        {u"status"_s, u"resolved"_s},
        {u"timeCreated"_s, soon},
        {u"recentCommunications"_s,
         QJsonObject{{u"communications"_s, QJsonArray{message(newCase({}).value(u"communicationBody").toString())}}}}};
    const QByteArray cases = text({{u"cases"_s, QJsonArray{made}}}).toUtf8();
    const QByteArray messages = text({{u"communications"_s, QJsonArray{message(u"Any news?"_s)}}}).toUtf8();

    // The service can't be asked: nobody knows, and that is said.
    FaultServer server(
        {byOperation({{operation.toLatin1(), answer}, {"DescribeCases", "[]"}, {"DescribeCommunications", "[]"}})});
    Cli program(server.url().toString());
    const CliRun lost = program.run(command);
    QCOMPARE(lost.status, unknownOutcome);
    QCOMPARE(lost.out, QByteArray());
    QVERIFY2(lost.err.contains("run the same command again"), lost.err.constData());

    // With other keys, too, it is looked for before anything is sent.
    program.setKeys(u"AKIAI44QH8DHBEXAMPLE"_s, u"je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"_s);
    server.setSteps({byOperation({{"DescribeCases", cases}, {"DescribeCommunications", messages}})});
    const CliRun found = program.run(command);
    QVERIFY2(found.status == 0, found.err.constData());
    QVERIFY2(found.out.contains(told), found.out.constData());
    QVERIFY2(found.err.contains("looking for it first"), found.err.constData());
    QCOMPARE(changesAt(server), 1);
}

QTEST_GUILESS_MAIN(TestSendMishaps)
#include "tst_sendmishaps.moc"
