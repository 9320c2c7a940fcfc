#include "cli/sendworld.h"

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
    void whatDidNotArriveIsSentAgainByTheSameCommand();
    void whatCanNotBeLookedForStaysUnknown();
    void anAnswerThatComesAfterTheKill();
    void killedAtAnyMoment();
    void anEndThatCouldNotBePrintedIsToldLater();
    void twoEqualCommandsAreTwoCases();
    void twoProgramsAtOnceSendOne();
    void anInterruptionLeavesItUnknown();
    void anInterruptionBeforeSendingLeavesNothing();
    void draftsOfTheWindowStay();
};

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

void TestSendMishaps::whatDidNotArriveIsSentAgainByTheSameCommand()
{
    World world;
    world.demo.setFaults(u"500:CreateCase=1"_s);
    const CliRun lost = world.create(u"Not done"_s);
    QCOMPARE(lost.status, unknownOutcome);
    QCOMPARE(lost.out, QByteArray());
    QVERIFY2(lost.err.contains("It may have arrived: run the same command again, it looks first."),
             lost.err.constData());
    QVERIFY2(lost.err.contains("HTTP 500"), lost.err.constData());
    QCOMPARE(world.cases(u"Not done"_s), 0);
    QCOMPARE(world.onlyState(), OutboxState::Asking);

    // At once it waits: the first attempt might still arrive.
    const auto process = world.cli.make({u"create"_s, u"--input"_s, text(newCase(u"Not done"_s))});
    QByteArray told;
    connect(process.get(), &QProcess::readyReadStandardError, this, [&] { told += process->readAllStandardError(); });
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(told.contains("waiting "), 20'000);
    ::kill(pid_t(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), unknownOutcome);
    QCOMPARE(world.demo.requestCount("CreateCase"), 1);

    world.aMinutePasses();
    const CliRun again = world.create(u"Not done"_s);
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY2(again.err.contains("sending it again"), again.err.constData());
    QCOMPARE(world.cases(u"Not done"_s), 1);
    QVERIFY(world.outbox().isEmpty());
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

QTEST_GUILESS_MAIN(TestSendMishaps)
#include "tst_sendmishaps.moc"
