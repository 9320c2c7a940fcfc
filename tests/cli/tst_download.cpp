#include "cli/filesworld.h"
#include "transfer/filename.h"
#include "transfer/hostilenames.h"

#include <QJsonArray>

#include <csignal>

using namespace casement;
using namespace casement::test;

/// `attachments` and `download`: what a case has, and how it comes to this computer.
class TestDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attachmentsAreListed();
    void whatIsListedIsHarmless();
    void aCaseWithoutFilesSaysSo();
    void bytesComeAsTheyAre_data();
    void bytesComeAsTheyAre();
    void whatIsKeptComesWithoutTheService();
    void hostileNamesStayInTheFolder();
    void onlyNamedFilesCome();
    void oneFailureStopsNoOther();
    void anUnreachableServiceIsAskedOnce();
    void aBrokenTransferIsGoneOnWith_data();
    void aBrokenTransferIsGoneOnWith();
    void anInterruptedDownloadIsGoneOnWith();
    void aFolderThatCanNotBeIsTold();
    void whatWasSentComesBack();
};

namespace {

QJsonArray listOf(const FilesWorld &world, const QString &caseId)
{
    const CliRun run = world.cli.run({u"attachments"_s, caseId, u"--format"_s, u"json"_s});
    return QJsonDocument::fromJson(run.out).array();
}

QStringList linesOf(const QByteArray &out) { return QString::fromUtf8(out).split(u'\n', Qt::SkipEmptyParts); }

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

} // namespace

void TestDownload::attachmentsAreListed()
{
    FilesWorld world;
    const demo::DemoCase one =
        world.caseWith({{u"app.log"_s, noise(1'234'567, 1)}, {u"=1+1, \"x\".csv"_s, "b"}, {u"接続.txt"_s, "c"}});
    const QString by = one.messages.last().submittedBy;
    const CliRun table = world.cli.run({u"attachments"_s, one.displayId});
    QVERIFY2(table.status == 0, table.err.constData());
    const QStringList lines = linesOf(table.out);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.first().startsWith(u"FILE "_s) && lines.first().endsWith(u"ATTACHMENT ID"_s));
    QVERIFY2(lines.at(1).startsWith(u"app.log "_s) && lines.at(1).contains(u" no "_s)
                 && lines.at(1).endsWith(u"attachment-of-a-test-0"_s),
             qPrintable(lines.at(1)));

    QCOMPARE(world.cli.run({u"download"_s, one.caseId, u"app.log"_s, u"-o"_s, world.cli.home.path()}).status, 0);
    const QJsonArray json = listOf(world, one.caseId);
    QCOMPARE(json.size(), 3);
    QCOMPARE(json[0][u"fileName"].toString(), u"app.log"_s);
    QCOMPARE(json[0][u"size"].toInt(), 1'234'567);
    QCOMPARE(json[0][u"kept"].toBool(), true);
    QCOMPARE(json[0][u"submittedBy"].toString(), by);
    QVERIFY(!json[0][u"timeCreated"].toString().isEmpty());
    QVERIFY(json[1][u"size"].isNull());
    QCOMPARE(json[1][u"kept"].toBool(true), false);
    QCOMPARE(json[2][u"fileName"].toString(), u"接続.txt"_s);
    const CliRun again = world.cli.run({u"attachments"_s, one.caseId});
    QVERIFY2(again.out.contains("app.log ") && again.out.contains("  1.2 MB  yes   "), again.out.constData());

    const CliRun csv = world.cli.run({u"attachments"_s, one.caseId, u"--format=csv"_s});
    const QList<QByteArray> rows = csv.out.split('\n');
    QCOMPARE(rows.first(), QByteArray("fileName,attachmentId,submittedBy,timeCreated,size,kept\r"));
    QVERIFY(rows.at(1).startsWith("app.log,attachment-of-a-test-0,") && rows.at(1).endsWith(",1234567,true\r"));
    QVERIFY(rows.at(2).startsWith("\"'=1+1, \"\"x\"\".csv\",") && rows.at(2).endsWith(",,false\r"));
}

void TestDownload::whatIsListedIsHarmless()
{
    FilesWorld world;
    FarFiles files;
    for (const HostileName &one : hostileNames())
        files.append({one.name, "x"});
    const QString id = world.caseWith(files).caseId;
    const CliRun table = world.cli.run({u"attachments"_s, id});
    QCOMPARE(table.status, 0);
    QVERIFY(isHarmless(table.out));
    QCOMPARE(linesOf(table.out).size(), files.size() + 1);
    QCOMPARE(listOf(world, id).size(), files.size());
    QCOMPARE(world.cli.run({u"attachments"_s, id, u"--format=csv"_s}).status, 0);
}

void TestDownload::aCaseWithoutFilesSaysSo()
{
    FilesWorld world;
    const QString id = world.caseWith({}).caseId;
    for (const QString &command : {u"attachments"_s, u"download"_s}) {
        const CliRun run = world.cli.run({command, id});
        QCOMPARE(run.status, 0);
        QCOMPARE(run.out, QByteArray());
        QVERIFY2(run.err.contains("has no attachments."), run.err.constData());
        QCOMPARE(world.cli.run({command, u"no such case"_s}).status, 1);
    }
    QCOMPARE(world.cli.run({u"download"_s, id, u"named.log"_s}).status, 1);
}

void TestDownload::bytesComeAsTheyAre_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::addColumn<int>("count");
    QTest::newRow("by links") << false << 30;
    QTest::newRow("whole, from a service without links") << true << 20;
}

void TestDownload::bytesComeAsTheyAre()
{
    QFETCH(bool, oldApi);
    QFETCH(int, count);
    DemoServiceOptions options = fileOptions();
    options.oldApi = oldApi;
    FilesWorld world(options);
    FarFiles files;
    QRandomGenerator random(5);
    for (int i = 0; i < count; ++i)
        files.append({u"file %1.bin"_s.arg(i), noise(random.bounded(1, 600'000), quint32(i + 1))});
    files[0].bytes = noise(5 << 20, 1000); // the largest that comes whole
    if (!oldApi)
        files[1].bytes = noise(20 << 20, 1001);
    const demo::DemoCase one = world.caseWith(files);
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    const QString folder = world.cli.home.filePath(u"a/new/folder"_s);
    const CliRun run = world.cli.run({u"download"_s, one.displayId, u"--output"_s, folder});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
    QStringList expected;
    for (const FarFile &file : files) {
        expected.append(folder + u'/' + file.name);
        QVERIFY2(bytesOf(expected.last()) == file.bytes, qPrintable(file.name));
        QVERIFY(!(QFile::permissions(expected.last()) & (QFileDevice::ExeOwner | QFileDevice::ExeOther)));
    }
    QCOMPARE(linesOf(run.out), expected);
    QCOMPARE(namesIn(folder).size(), files.size());
    if (oldApi) // one question tells that there are no links
        QCOMPARE(world.demo.requestCount("GetAttachmentDownloadLink"), 1);
}

void TestDownload::whatIsKeptComesWithoutTheService()
{
    FilesWorld world;
    const FarFiles files{{u"a.log"_s, noise(1000, 1)}, {u"b.log"_s, noise(2000, 2)}};
    const QString id = world.caseWith(files).caseId;
    const QString folder = world.cli.home.filePath(u"out"_s);
    QCOMPARE(world.cli.run({u"download"_s, id, u"-o"_s, folder}).status, 0);
    const int before = world.demo.requestCount();
    world.demo.setFaults(u"drop"_s);
    const CliRun again = world.cli.run({u"download"_s, id, u"-o"_s, folder});
    QVERIFY2(again.status == 0, again.err.constData());
    QCOMPARE(linesOf(again.out), (QStringList{folder + u"/a (2).log"_s, folder + u"/b (2).log"_s}));
    QCOMPARE(bytesOf(folder + u"/b (2).log"_s), files.last().bytes);
    QCOMPARE(bytesOf(folder + u"/b.log"_s), files.last().bytes);
    QCOMPARE(world.demo.requestCount(), before);
}

void TestDownload::hostileNamesStayInTheFolder()
{
    FilesWorld world;
    FarFiles files;
    DistinctNames names;
    QStringList expected;
    for (const HostileName &one : hostileNames()) {
        files.append({one.name, "bytes of " + one.safe.toUtf8() + QByteArray::number(files.size())});
        expected.append(names.add(one.safe));
    }
    const QString id = world.caseWith(files).caseId;
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    const QString folder = world.cli.home.filePath(u"deep/in/out"_s);
    const QStringList around = namesIn(world.cli.home.path());
    const CliRun run = world.cli.run({u"download"_s, id, u"-o"_s, folder});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(isHarmless(run.out));
    QCOMPARE(namesIn(world.cli.home.path()), QStringList(around) << u"deep"_s);
    QCOMPARE(namesIn(world.cli.home.filePath(u"deep"_s)), QStringList{u"in"_s});
    QCOMPARE(namesIn(world.cli.home.filePath(u"deep/in"_s)), QStringList{u"out"_s});
    QStringList saved = namesIn(folder);
    std::sort(saved.begin(), saved.end());
    QStringList sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    QCOMPARE(saved, sorted);
    for (qsizetype i = 0; i < files.size(); ++i)
        QCOMPARE(bytesOf(folder + u'/' + expected.at(i)), files.at(i).bytes);
}

void TestDownload::onlyNamedFilesCome()
{
    FilesWorld world;
    const QString id =
        world.caseWith({{u"a.log"_s, "a"}, {u"b.log"_s, "b"}, {u"a.log"_s, "another"}, {u"../c.log"_s, "c"}}).caseId;
    const auto saved = [&](const QStringList &wanted, int status) {
        const QTemporaryDir folder;
        const CliRun run = world.cli.run(QStringList{u"download"_s, id, u"-o"_s, folder.path()} + wanted);
        return run.status == status ? namesIn(folder.path()) : QStringList{QString::fromUtf8(run.err)};
    };
    QCOMPARE(saved({u"a.log"_s}, 0), (QStringList{u"a (2).log"_s, u"a.log"_s}));
    QCOMPARE(saved({u"attachment-of-a-test-1"_s}, 0), QStringList{u"b.log"_s});
    QCOMPARE(saved({u"c.log"_s, u"b.log"_s}, 0), (QStringList{u"b.log"_s, u"c.log"_s}));
    QCOMPARE(saved({u"../c.log"_s}, 0), QStringList{u"c.log"_s});
    QCOMPARE(saved({u"b.log"_s, u"x.log"_s}, 1), QStringList{u"b.log"_s});
    const CliRun none = world.cli.run({u"download"_s, id, u"x.log"_s, u"-o"_s, world.cli.home.filePath(u"no"_s)});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.err.contains("has no attachment \"x.log\"."), none.err.constData());
    QVERIFY(!QFile::exists(world.cli.home.filePath(u"no"_s)));
}

void TestDownload::oneFailureStopsNoOther()
{
    FilesWorld world;
    const FarFiles files{{u"a.log"_s, "a"}, {u"gone.log"_s, "b"}, {u"c.log"_s, "c"}};
    const QString id = world.caseWith(files).caseId;
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    world.demo.service().withEmulator([&](demo::Emulator &emulator) {
        for (demo::DemoCase &one : emulator.account(0).cases) {
            if (one.caseId == id)
                one.messages.last().attachments.removeAt(1);
        }
    });
    const QString folder = world.cli.home.filePath(u"out"_s);
    const CliRun run = world.cli.run({u"download"_s, id, u"-o"_s, folder});
    QCOMPARE(run.status, 1);
    QCOMPARE(linesOf(run.out), (QStringList{folder + u"/a.log"_s, folder + u"/c.log"_s}));
    QVERIFY2(run.err.contains("gone.log was not saved: ") && run.err.contains("AttachmentIdNotFound"),
             run.err.constData());
    QVERIFY(!run.err.contains("a.log") && !run.err.contains("c.log"));
    QCOMPARE(namesIn(folder).size(), 2);
}

void TestDownload::anUnreachableServiceIsAskedOnce()
{
    auto world = std::make_unique<FilesWorld>();
    FarFiles files;
    for (int i = 0; i < 12; ++i)
        files.append({u"file %1"_s.arg(i), "x"});
    const QString id = world->caseWith(files).caseId;
    const QString folder = world->cli.home.filePath(u"out"_s);
    QCOMPARE(world->cli.run({u"download"_s, id, u"file 7"_s, u"-o"_s, folder}).status, 0);
    Cli nowhere(u"http://127.0.0.1:1"_s);
    nowhere.environment = world->cli.environment;
    world->withArchive([&](Database &database) {
        database.runOnce(
            u"UPDATE accounts SET key = replace(key, '%1', '127.0.0.1:1')"_s.arg(world->demo.endpoint().sliced(7)));
    });
    QElapsedTimer time;
    time.start();
    const CliRun run = nowhere.run({u"download"_s, id, u"-o"_s, folder});
    QCOMPARE(run.status, 1);
    QCOMPARE(linesOf(run.out), QStringList{folder + u"/file 7 (2)"_s}); // it is kept
    QCOMPARE(run.err.count(" was not saved: "), 11);
    QCOMPARE(run.err.count("no connection to "), 11);
    QVERIFY2(time.elapsed() < 45'000, "each file waited for the service anew");
}

void TestDownload::aBrokenTransferIsGoneOnWith_data()
{
    QTest::addColumn<QString>("faults");
    QTest::newRow("reset inside") << u"reset:GetFile=inside/2"_s;
    QTest::newRow("half of it") << u"truncate:GetFile=1"_s;
    QTest::newRow("the link is over") << u"expire:GetFile=links/1"_s;
    QTest::newRow("a 503") << u"503:GetFile=1"_s;
}

void TestDownload::aBrokenTransferIsGoneOnWith()
{
    QFETCH(QString, faults);
    FilesWorld world;
    const FarFiles files{{u"much.bin"_s, noise(3'000'001, 1)}};
    const QString id = world.caseWith(files).caseId;
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    world.demo.setFaults(faults);
    const QString folder = world.cli.home.filePath(u"out"_s);
    const CliRun run = world.cli.run({u"download"_s, id, u"-o"_s, folder});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(bytesOf(folder + u"/much.bin"_s) == files.first().bytes);
    QCOMPARE(namesIn(folder), QStringList{u"much.bin"_s});
}

void TestDownload::anInterruptedDownloadIsGoneOnWith()
{
    FilesWorld world;
    const FarFiles files{{u"first.bin"_s, noise(10, 1)}, {u"much.bin"_s, noise(400'000, 2)}};
    const QString id = world.caseWith(files).caseId;
    const QString folder = world.cli.home.filePath(u"out"_s);
    QCOMPARE(world.cli.run({u"download"_s, id, u"first.bin"_s, u"-o"_s, folder}).status, 0);
    world.demo.setFaults(u"slow:GetFile=5ms"_s);
    const int before = world.demo.requestCount("GetFile");
    const auto process = world.cli.make({u"download"_s, id, u"much.bin"_s, u"-o"_s, folder});
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(world.demo.requestCount("GetFile") > before, 20'000);
    ::kill(pid_t(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
    QCOMPARE(namesIn(folder), QStringList{u"first.bin"_s}); // no name stands for half a file
    world.demo.setFaults({});
    const CliRun run = world.cli.run({u"download"_s, id, u"much.bin"_s, u"-o"_s, folder});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(bytesOf(folder + u"/much.bin"_s) == files.last().bytes);
}

void TestDownload::aFolderThatCanNotBeIsTold()
{
    FilesWorld world;
    const QString id = world.caseWith({{u"a.log"_s, "a"}}).caseId;
    const QString file = world.put(u"in the way"_s, "x");
    for (const QString &folder : {file, QString(file + u"/below"_s)}) {
        const CliRun run = world.cli.run({u"download"_s, id, u"-o"_s, folder});
        QCOMPARE(run.status, 1);
        QVERIFY2(run.err.contains("can't be made, or is no folder."), run.err.constData());
    }
    QCOMPARE(bytesOf(file), QByteArray("x"));
    QCOMPARE(world.demo.requestCount("GetAttachmentDownloadLink"), 0);
}

void TestDownload::whatWasSentComesBack()
{
    FilesWorld world;
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    const QString id = world.caseWith({}).caseId;
    const FarFiles files{{u"a.bin"_s, noise(5'900'000, 1)}, {u"報告.txt"_s, "c"}};
    QStringList paths;
    for (const FarFile &file : files)
        paths.append(world.put(u"from/"_s + file.name, file.bytes));
    const CliRun sent = world.cli.run(world.reply(id, u"There and back"_s, paths));
    QVERIFY2(sent.status == 0, sent.err.constData());
    QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    const QString folder = world.cli.home.filePath(u"out"_s);
    const CliRun run = world.cli.run({u"download"_s, id, u"a.bin"_s, u"報告.txt"_s, u"-o"_s, folder});
    QVERIFY2(run.status == 0, run.err.constData());
    for (const FarFile &file : files)
        QVERIFY(bytesOf(folder + u'/' + file.name) == file.bytes);
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
