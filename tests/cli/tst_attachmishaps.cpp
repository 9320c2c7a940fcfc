#include "cli/filesworld.h"

#include <csignal>

using namespace casement;
using namespace casement::test;

/// One command with files has one effect at the service, whatever happens on the way, and sends no part twice that it
/// need not.
class TestAttachMishaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesComeOnce_data();
    void filesComeOnce();
    void aKilledUploadIsGoneOnWith();
    void anInterruptedUploadIsGoneOnWith();
    void anUploadThatThePathEndedIsGoneOnWith();
    void otherFilesAreAnotherAction();
    void aFileThatChangedGoesUpAnew();
    void aFileThatChangedAfterItWasSentIsLookedForFirst();
    void whatWasNotFoundIsSentAgainWithItsFiles();
    void twoProgramsAtOnceSendOne();
    void killedAtAnyMoment();
    void replacedKeysGoOn_data();
    void replacedKeysGoOn();
};

namespace {

constexpr qint64 partSize = 8 << 20;

/// Runs a command until so many parts were PUT, and ends it with a signal; its standard error.
QByteArray endAfterParts(FilesWorld &world, const QStringList &command, int parts, int signal, int status)
{
    const int before = world.demo.requestCount("PutPart");
    const auto process = world.cli.make(command);
    process->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(world.demo.requestCount("PutPart") - before >= parts, 60'000); }();
    ::kill(pid_t(process->processId()), signal);
    [&] {
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
        if (signal != SIGKILL)
            QCOMPARE(process->exitCode(), status);
    }();
    return process->readAllStandardError();
}

} // namespace

void TestAttachMishaps::filesComeOnce_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<bool>("byLinks");
    QTest::addColumn<int>("messagesSent"); // requests
    const auto row = [](const char *name, const QString &faults, bool byLinks, int sent) {
        QTest::newRow(name) << faults << byLinks << sent;
    };
    row("the set is over when it is named", u"expire:AddCommunicationToCase=sets/1"_s, false, 2);
    row("the answer of a set is lost", u"drop:AddAttachmentsToSet=1"_s, false, 1);
    row("the answer of a set is half", u"truncate:AddAttachmentsToSet=1"_s, false, 1);
    row("a 500 for a set", u"500:AddAttachmentsToSet=1"_s, false, 1);
    row("the answer of the message is lost, sets", u"drop:AddCommunicationToCase=1"_s, false, 1);
    row("the answer of the message is lost, links", u"drop:AddCommunicationToCase=1"_s, true, 1);
    row("links are over", u"expire:PutPart=links/1"_s, true, 1);
    row("a part is lost", u"reset:PutPart=1"_s, true, 1);
    row("a report is lost", u"drop:CompleteAttachmentUpload=1"_s, true, 1);
    row("links are lost", u"drop:GetAttachmentUploadLinks=1"_s, true, 1);
}

void TestAttachMishaps::filesComeOnce()
{
    QFETCH(QString, faults);
    QFETCH(bool, byLinks);
    QFETCH(int, messagesSent);
    DemoServiceOptions options = fileOptions();
    options.uploadPartSize = 2'000'000;
    FilesWorld world(options);
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"a.bin"_s, noise(byLinks ? 5'500'000 : 500'000, 1)}, {u"b.bin"_s, noise(70'000, 2)}};
    QStringList paths;
    for (const FarFile &file : files)
        paths.append(world.put(file.name, file.bytes));
    world.demo.setFaults(faults);
    const CliRun run = world.cli.run(world.reply(id, u"Once"_s, paths));
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.far(id, u"Once"_s) == QList<FarFiles>{files});
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), messagesSent);
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::aKilledUploadIsGoneOnWith()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"much.bin"_s, noise(150 << 20, 1)}};
    const QString path = world.put(files.first().name, files.first().bytes);
    const QStringList command = world.reply(id, u"Much"_s, {path});
    constexpr int parts = 19; // of 8 MiB
    // Slower than the four calls a second that tell of parts: what nobody was told of goes up again.
    world.demo.setFaults(u"delay:PutPart=800ms"_s);
    int missing = parts;
    for (const int ended : {6, 4}) { // a second kill, of the run that goes on
        endAfterParts(world, command, ended, SIGKILL, 0);
        QCOMPARE(world.uploads().size(), 1);
        const int left = parts - int(world.uploads().first().upload.reported.size());
        QVERIFY2(left < missing && left > 0, qPrintable(QString::number(left)));
        missing = left;
        QCOMPARE(world.onlyState(), OutboxState::Queued);
    }
    world.demo.setFaults({});
    const int before = world.demo.requestCount("PutPart");
    const int begun = world.demo.requestCount("AddCommunicationToCase");
    const CliRun run = world.cli.run(command);
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(world.demo.requestCount("PutPart") - before, missing);
    QCOMPARE(begun, 0);
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
    QVERIFY(world.far(id, u"Much"_s) == QList<FarFiles>{files});
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::anInterruptedUploadIsGoneOnWith()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"small.bin"_s, noise(1000, 2)}, {u"much.bin"_s, noise(10 * partSize, 1)}};
    const QStringList command = world.reply(
        id, u"Interrupted"_s, {world.put(u"small.bin"_s, files[0].bytes), world.put(u"much.bin"_s, files[1].bytes)});
    world.demo.setFaults(u"delay:PutPart=400ms"_s);
    for (const int signal : {SIGINT, SIGTERM}) {
        const QByteArray err = endAfterParts(world, command, 5, signal, 128 + signal);
        QVERIFY2(err.contains("nothing was sent. Run the same command again: it goes on"), err.constData());
        // Nobody sends it who was not told to.
        QCOMPARE(world.onlyState(), OutboxState::Draft);
    }
    int missing = 11;
    for (const OutboxFile &file : world.uploads())
        missing -= int(file.upload.reported.size());
    // A part that nobody was told of goes up again, and no more than four calls a second tell of parts.
    QVERIFY2(missing < 11, qPrintable(QString::number(missing)));
    world.demo.setFaults({});
    const int before = world.demo.requestCount("PutPart");
    const CliRun run = world.cli.run(command);
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(world.demo.requestCount("PutPart") - before, missing);
    QVERIFY(world.far(id, u"Interrupted"_s) == QList<FarFiles>{files});
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
    QVERIFY(world.outbox().isEmpty());
    // It was one action; the same command is another one now.
    QCOMPARE(world.cli.run(command).status, 0);
    QCOMPARE(world.far(id, u"Interrupted"_s).size(), 2);
}

void TestAttachMishaps::anUploadThatThePathEndedIsGoneOnWith()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"some.bin"_s, noise(5 * partSize, 1)}};
    const QStringList command = world.reply(id, u"Cut off"_s, {world.put(u"some.bin"_s, files[0].bytes)});
    world.demo.setFaults(u"throttle:DescribeAttachmentUploadStatus,throttle:CompleteAttachmentUpload"_s);
    const CliRun cut = world.cli.run(command);
    QCOMPARE(cut.status, 1);
    QVERIFY2(cut.err.contains("some.bin was not uploaded: "), cut.err.constData());
    QVERIFY2(cut.err.contains("Run the same command again: it goes on"), cut.err.constData());
    QCOMPARE(world.changes(), 0);
    QCOMPARE(world.uploads().size(), 1);
    const QString upload = world.uploads().first().upload.uploadId;
    QVERIFY(!upload.isEmpty());
    world.demo.setFaults({});
    const int links = world.demo.requestCount("GetAttachmentUploadLinks");
    const CliRun run = world.cli.run(command);
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(world.uploads().first().upload.uploadId, upload);
    QVERIFY(world.demo.requestCount("GetAttachmentUploadLinks") > links);
    QVERIFY(world.far(id, u"Cut off"_s) == QList<FarFiles>{files});
}

void TestAttachMishaps::otherFilesAreAnotherAction()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QString large = world.put(u"wrong.bin"_s, noise(6 * partSize, 1));
    const FarFiles right{{u"right.bin"_s, noise(5000, 2)}};
    world.demo.setFaults(u"delay:PutPart=100ms"_s);
    endAfterParts(world, world.reply(id, u"Which files"_s, {large}), 2, SIGTERM, 128 + SIGTERM);
    world.demo.setFaults({});
    const CliRun run =
        world.cli.run(world.reply(id, u"Which files"_s, {world.put(u"right.bin"_s, right.first().bytes)}));
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.far(id, u"Which files"_s) == QList<FarFiles>{right});
    QCOMPARE(world.onlyState(), OutboxState::Draft); // of the first
    const CliRun none = world.cli.run({u"reply"_s, id, u"--body"_s, u"Which files"_s});
    QVERIFY2(none.status == 0, none.err.constData());
    QVERIFY(world.far(id, u"Which files"_s) == QList<FarFiles>({right, {}}));
    QCOMPARE(world.onlyState(), OutboxState::Draft);
    const CliRun first = world.cli.run(world.reply(id, u"Which files"_s, {large}));
    QVERIFY2(first.status == 0, first.err.constData());
    QCOMPARE(world.far(id, u"Which files"_s).size(), 3);
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::aFileThatChangedGoesUpAnew()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QByteArray stays = noise(2 * partSize, 1);
    const QStringList paths{world.put(u"stays.bin"_s, stays), world.put(u"grows.log"_s, noise(6 * partSize, 2))};
    const QStringList command = world.reply(id, u"It grows"_s, paths);
    world.demo.setFaults(u"delay:PutPart=100ms"_s);
    endAfterParts(world, command, 5, SIGKILL, 0);
    world.demo.setFaults({});
    const QByteArray grown = noise(7 * partSize + 5, 3);
    world.put(u"grows.log"_s, grown);
    const int before = world.demo.requestCount("PutPart");
    const CliRun run = world.cli.run(command);
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("grows.log has changed since an earlier run"), run.err.constData());
    QVERIFY(!run.err.contains("stays.bin"));
    QCOMPARE(world.demo.requestCount("PutPart") - before, 8);
    QVERIFY(world.far(id, u"It grows"_s) == QList<FarFiles>({{{u"stays.bin"_s, stays}, {u"grows.log"_s, grown}}}));
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::aFileThatChangedAfterItWasSentIsLookedForFirst()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QStringList command = world.reply(id, u"Live"_s, {world.put(u"live.log"_s, "one line\n")});
    world.demo.setFaults(u"drop:AddCommunicationToCase=1,deny:DescribeCommunications=1"_s);
    QCOMPARE(world.cli.run(command).status, unknownOutcome);
    world.put(u"live.log"_s, "one line\nanother\n");
    const CliRun run = world.cli.run(command);
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("a file has changed since an earlier run sent this"), run.err.constData());
    QVERIFY(world.far(id, u"Live"_s) == QList<FarFiles>({{{u"live.log"_s, "one line\n"}}}));
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
}

void TestAttachMishaps::whatWasNotFoundIsSentAgainWithItsFiles()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QStringList command = world.reply(id, u"Not done"_s, {world.put(u"live.log"_s, "one line\n")});
    world.demo.setFaults(u"500:AddCommunicationToCase=1"_s);
    QCOMPARE(world.cli.run(command).status, unknownOutcome);
    QCOMPARE(world.onlyState(), OutboxState::Asking);
    world.aMinutePasses();
    world.put(u"live.log"_s, "one line\nanother\n");
    const CliRun run = world.cli.run(command + QStringList{u"--again"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("sending it again"), run.err.constData());
    QVERIFY(world.far(id, u"Not done"_s) == QList<FarFiles>({{{u"live.log"_s, "one line\nanother\n"}}}));
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::twoProgramsAtOnceSendOne()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"some.bin"_s, noise(3 * partSize, 1)}};
    const QStringList command = world.reply(id, u"At once"_s, {world.put(u"some.bin"_s, files[0].bytes)});
    world.demo.setFaults(u"delay:PutPart=5s/2"_s); // the first is still at it when the second has told the end
    const auto first = world.cli.make(command);
    first->start();
    QTRY_COMPARE_WITH_TIMEOUT(world.demo.requestCount("PutPart"), 2, 20'000);
    const CliRun second = world.cli.run(command);
    QVERIFY2(second.status == 0, second.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(first->state(), QProcess::NotRunning, 60'000);
    QCOMPARE(first->exitCode(), 0);
    const QByteArray told = first->readAllStandardError();
    QVERIFY2(told.contains("another program did this"), told.constData());
    QCOMPARE(first->readAllStandardOutput(), second.out);
    QVERIFY(world.far(id, u"At once"_s) == QList<FarFiles>{files});
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
    QVERIFY(world.outbox().isEmpty());
}

void TestAttachMishaps::killedAtAnyMoment()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const FarFiles files{{u"a.bin"_s, noise(300'000, 1)}, {u"b.bin"_s, noise(5'500'000, 2)}};
    QStringList paths;
    for (const FarFile &file : files)
        paths.append(world.put(file.name, file.bytes));
    QCOMPARE(world.cli.run(world.reply(id, u"So that the archive is there"_s, paths)).status, 0);
    world.demo.setFaults(u"delay:PutPart=10ms,delay:AddCommunicationToCase=20ms"_s);
    int killed = 0;
    for (const int moment :
         {5, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 80, 90, 100, 110, 120, 135, 150, 170, 200}) {
        const QString body = u"Killed after %1 ms"_s.arg(moment);
        const QStringList command = world.reply(id, body, paths);
        const auto process = world.cli.make(command);
        process->start();
        QVERIFY(process->waitForStarted());
        QTimer::singleShot(moment, Qt::PreciseTimer, process.get(), &QProcess::kill);
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
        killed += process->exitStatus() == QProcess::CrashExit;
        if (process->readAllStandardOutput().isEmpty() || !world.outbox().isEmpty()) {
            if (killed % 2 == 0)
                world.aMinutePasses(); // else the next run comes at once
            const CliRun run = world.untilDone(command);
            QVERIFY2(run.status == 0, run.err.constData());
        }
        QVERIFY2(world.far(id, body) == QList<FarFiles>{files}, qPrintable(body));
        QVERIFY(world.outbox().isEmpty());
    }
    QVERIFY(killed > 0);
}

void TestAttachMishaps::replacedKeysGoOn_data()
{
    QTest::addColumn<bool>("otherFiles");
    QTest::newRow("with the same files") << false;
    QTest::newRow("not with others") << true;
}

void TestAttachMishaps::replacedKeysGoOn()
{
    QFETCH(bool, otherFiles);
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QString file = world.put(u"a.log"_s, "a");
    world.demo.setFaults(u"drop:AddCommunicationToCase=1,deny:DescribeCommunications=1"_s);
    QCOMPARE(world.cli.run(world.reply(id, u"Keys"_s, {file})).status, unknownOutcome);
    world.withArchive([&](Database &database) {
        database.prepare("UPDATE accounts SET key = ?")
            .run(u"endpoint:%1/environment:0123456789ab"_s.arg(world.demo.endpoint().section(u"://"_s, 1)));
    });
    const CliRun run = world.cli.run(world.reply(id, u"Keys"_s, {otherFiles ? world.put(u"b.log"_s, "b") : file}));
    QVERIFY2(run.status == 0, run.err.constData());
    const FarFiles first{{u"a.log"_s, "a"}};
    QVERIFY(world.far(id, u"Keys"_s)
            == (otherFiles ? QList<FarFiles>({first, {{u"b.log"_s, "b"}}}) : QList<FarFiles>{first}));
}

QTEST_GUILESS_MAIN(TestAttachMishaps)
#include "tst_attachmishaps.moc"
