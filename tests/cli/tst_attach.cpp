#include "cli/filesworld.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QSocketNotifier>

#include <csignal>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace casement;
using namespace casement::test;

/// `--attach` of `create` and `reply`: what they take, tell and bring to the service.
class TestAttach : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesArriveAsTheyAre_data();
    void filesArriveAsTheyAre();
    void aNewCaseHasItsFiles();
    void sameNamesAndUnsafeOnesAreTold();
    void whatCanNotBeSentIsToldBeforeAnythingIs_data();
    void whatCanNotBeSentIsToldBeforeAnythingIs();
    void namesOfFilesComeOnce();
    void aRehearsalUploadsNothing();
    void anOldServiceTakesThree();
    void anOldServiceTakesNoLargeFile();
    void whatTheServiceDoesNotTakeSendsNothing();
    void secretsInTextFilesAreTold();
    void secretsInTextsAreAskedAbout_data();
    void secretsInTextsAreAskedAbout();
    void theTerminalIsAskedOnce();
    void whatNobodySeesInANameIsShown();
    void aLimitOfTheAccountIsTold();
    void finishedFilesAreToldOnDemand();
    void progressIsForTerminals();
};

namespace {

/// Noise of different sizes under names of their own, in folders of their own.
QStringList someFiles(const FilesWorld &world, const QList<qsizetype> &sizes, quint32 seed, FarFiles &made)
{
    QStringList paths;
    made.clear();
    for (qsizetype i = 0; i < sizes.size(); ++i) {
        const QString name = u"file %1-%2.bin"_s.arg(seed).arg(i);
        made.append({name, noise(sizes.at(i), seed * 100 + quint32(i))});
        paths.append(world.put(u"from/"_s + name, made.last().bytes));
    }
    return paths;
}

} // namespace

void TestAttach::filesArriveAsTheyAre_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::addColumn<bool>("byLinks");
    QTest::addColumn<int>("files"); // of a message
    QTest::addColumn<int>("messages");
    QTest::newRow("in sets") << false << false << 3 << 5;
    QTest::newRow("in sets of a service without links") << true << false << 3 << 3;
    QTest::newRow("by links") << false << true << 10 << 2;
}

void TestAttach::filesArriveAsTheyAre()
{
    QFETCH(bool, oldApi);
    QFETCH(bool, byLinks);
    QFETCH(int, files);
    QFETCH(int, messages);
    DemoServiceOptions options = fileOptions();
    options.oldApi = oldApi;
    options.uploadPartSize = 200'000;
    FilesWorld world(options);
    const QString id = world.openCase()->caseId;
    QRandomGenerator random(7);
    for (int message = 0; message < messages; ++message) {
        QList<qsizetype> sizes{1, 5'000'000, 200'000}; // the largest that sets are taken for, and a whole part
        while (sizes.size() < files)
            sizes.append(random.bounded(1, 450'000));
        if (message > 0 || byLinks)
            std::generate(sizes.begin(), sizes.end(), [&] { return qsizetype(random.bounded(1, 450'000)); });
        if (byLinks)
            sizes[2] = 200'000;
        FarFiles made;
        const QStringList paths = someFiles(world, sizes, quint32(message + 1), made);
        const QString body = u"With files %1"_s.arg(message);
        const CliRun run = world.cli.run(world.reply(id, body, paths));
        QVERIFY2(run.status == 0, run.err.constData());
        QCOMPARE(run.err, QByteArray());
        QCOMPARE(run.out, QByteArray("{\n  \"result\": true\n}\n"));
        QVERIFY(world.far(id, body) == QList<FarFiles>{made});
    }
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), messages);
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), byLinks ? 0 : messages); // all files of a message at once
    QCOMPARE(world.demo.requestCount("PutPart") > 0, byLinks);
    QVERIFY(world.outbox().isEmpty());
}

void TestAttach::aNewCaseHasItsFiles()
{
    FilesWorld world;
    FarFiles made;
    const QStringList paths = someFiles(world, {40'000, 6'000'000}, 1, made); // too large for sets
    const CliRun run = world.cli.run(QStringList{u"create"_s, u"--attach"_s} + paths
                                     + QStringList{u"--input"_s, text(newCase(u"With files"_s))});
    QVERIFY2(run.status == 0, run.err.constData());
    const QString body = newCase({}).value(u"communicationBody").toString();
    QVERIFY(world.far(caseIdOf(run), body) == QList<FarFiles>{made});
    // The same command is another case, with the same files.
    const CliRun again = world.cli.run(QStringList{u"create"_s, u"--attach"_s} + paths
                                       + QStringList{u"--input"_s, text(newCase(u"With files"_s))});
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY(caseIdOf(again) != caseIdOf(run));
    QVERIFY(world.far(caseIdOf(again), body) == QList<FarFiles>{made});
}

void TestAttach::sameNamesAndUnsafeOnesAreTold()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QStringList paths{world.put(u"one/app.log"_s, "first"), world.put(u"two/app.log"_s, "second"),
                            world.put(u"three/a\nb\u202egnp.exe"_s, "third")};
    const CliRun run = world.cli.run(world.reply(id, u"Names"_s, paths));
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.far(id, u"Names"_s)
            == QList<FarFiles>({{{u"app.log"_s, "first"}, {u"app (2).log"_s, "second"}, {u"a_bgnp.exe"_s, "third"}}}));
    QVERIFY2(run.err.contains("two/app.log is sent as app (2).log."), run.err.constData());
    QVERIFY2(run.err.contains(" is sent as a_bgnp.exe."), run.err.constData());
    QCOMPARE(run.err.count('\n'), 2);
    QVERIFY(isHarmless(run.err));
}

void TestAttach::whatCanNotBeSentIsToldBeforeAnythingIs_data()
{
    QTest::addColumn<QStringList>("names"); // in the home folder, unless absolute
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *name, const QStringList &names, const QByteArray &told) {
        QTest::newRow(name) << names << told;
    };
    row("not there", {u"a.log"_s, u"nowhere.log"_s}, "nowhere.log can't be read");
    row("a folder", {u"folder"_s}, "it is a folder");
    row("a pipe", {u"pipe"_s}, "it is a pipe");
    row("a device", {u"/dev/null"_s}, "it is a device");
    row("empty", {u"empty.log"_s}, "it is empty");
    row("a link to nothing", {u"dead"_s}, "dead can't be read");
    row("too large", {u"large.bin"_s}, "157286400 bytes at most");
    row("eleven files", QStringList(11, u"a.log"_s), "names 11 files; a message takes 10 at most");
    row("a private key", {u"a.log"_s, u".ssh/id_ed25519"_s}, "keys and passwords are kept");
    row("a link to credentials", {u"innocent.txt"_s}, "keys and passwords are kept");
    row("standard input", {u"-"_s}, "can't be read");
}

void TestAttach::whatCanNotBeSentIsToldBeforeAnythingIs()
{
    QFETCH(QStringList, names);
    QFETCH(QByteArray, told);
    FilesWorld world;
    const auto at = [&](const QString &name) { return world.cli.home.filePath(name); };
    world.put(u"a.log"_s, "a");
    world.put(u"empty.log"_s, "");
    world.put(u"folder/a.log"_s, "a");
    world.put(u".ssh/id_ed25519"_s, "secret");
    world.put(u".aws/credentials"_s, "");
    QCOMPARE(::mkfifo(QFile::encodeName(at(u"pipe"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(at(u"nothing"_s), at(u"dead"_s)));
    QVERIFY(QFile::link(at(u".aws/credentials"_s), at(u"innocent.txt"_s)));
    QVERIFY(QFile::resize(world.put(u"large.bin"_s, "x"), (150 << 20) + 1));
    QStringList paths;
    for (const QString &name : names)
        paths.append(name == "-"_L1 ? name : QDir(world.cli.home.path()).absoluteFilePath(name));
    for (const bool rehearsed : {false, true}) {
        QStringList command = world.reply(u"case-1"_s, u"With files"_s, paths);
        if (rehearsed)
            command.append(u"--dry-run"_s);
        const CliRun run = world.cli.run(command);
        QCOMPARE(run.status, 2);
        QCOMPARE(run.out, QByteArray());
        QVERIFY2(run.err.contains(told), run.err.constData());
        QCOMPARE(run.err.count("casement-cli: "), 1); // one error, and what to do about it
    }
    QCOMPARE(world.demo.requestCount(), 0);
    QVERIFY(!QFile::exists(world.archivePath()));
}

void TestAttach::namesOfFilesComeOnce()
{
    FilesWorld world;
    const QString file = world.put(u"a.log"_s, "a");
    for (const QString &member : {u"attachmentSetId"_s, u"uploadIds"_s}) {
        QJsonObject input = newCase(u"Files twice"_s);
        input.insert(member, member == "uploadIds"_L1 ? QJsonValue(QJsonArray{u"upload-1"_s}) : u"as-1"_s);
        const QStringList command{u"create"_s, u"--input"_s, text(input)};
        const CliRun both = world.cli.run(command + QStringList{u"--attach"_s, file});
        QCOMPARE(both.status, 2);
        QVERIFY2(both.err.contains("one or the other"), both.err.constData());
        QCOMPARE(world.demo.requestCount(), 0);
    }
    // Empty members of a skeleton name none.
    QJsonObject skeleton = newCase(u"Files once"_s);
    skeleton.insert(u"attachmentSetId"_s, QString());
    skeleton.insert(u"uploadIds"_s, QJsonArray{QString()});
    const CliRun run = world.cli.run({u"create"_s, u"--input"_s, text(skeleton), u"--attach"_s, file});
    QVERIFY2(run.status == 0, run.err.constData());
}

void TestAttach::aRehearsalUploadsNothing()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QString file = world.put(u"a.log"_s, "a");
    const CliRun run = world.cli.run(world.reply(id, u"Rehearsed"_s, {file}) + QStringList{u"--dry-run"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.out.contains("AWS would accept this"), run.out.constData());
    QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), 0);
    QCOMPARE(world.demo.requestCount("GetAttachmentUploadLinks"), 0);
    QVERIFY(world.uploads().isEmpty());
    QCOMPARE(world.messages(id, u"Rehearsed"_s), 0);
}

void TestAttach::anOldServiceTakesThree()
{
    DemoServiceOptions options = fileOptions();
    options.oldApi = true;
    FilesWorld world(options);
    const QString id = world.openCase()->caseId;
    FarFiles made;
    const QStringList paths = someFiles(world, {10, 20, 30, 40, 50}, 1, made);
    int sets = 0;
    for (int i = 0; i < 2; ++i) { // the second time it is known
        const CliRun run = world.cli.run(world.reply(id, u"Four"_s, paths));
        QCOMPARE(run.status, 1);
        QCOMPARE(run.out, QByteArray());
        const QByteArray others =
            " --body TEXT --attach '" + paths.at(3).toUtf8() + "' '" + paths.at(4).toUtf8() + "'\n";
        QVERIFY2(run.err.endsWith("takes 3 a message. Nothing was sent.\n"
                                  "  Attach the first 3 to this command, and send the others when it is done:\n"
                                  "  casement-cli reply "
                                  + id.toUtf8() + " --endpoint-url " + world.demo.endpoint().toUtf8() + others),
                 run.err.constData());
        QCOMPARE(run.err.count("--attach names 5 files"), 1); // once for all
        QVERIFY(world.outbox().isEmpty());
        QVERIFY(world.uploads().isEmpty());
        if (i == 1)
            QCOMPARE(world.demo.requestCount("AddAttachmentsToSet"), sets);
        sets = world.demo.requestCount("AddAttachmentsToSet");
    }
    QCOMPARE(world.changes(), 0);
    const CliRun three = world.cli.run(world.reply(id, u"Three"_s, paths.first(3)));
    QVERIFY2(three.status == 0, three.err.constData());
    QVERIFY(world.far(id, u"Three"_s) == QList<FarFiles>{made.first(3)});
}

void TestAttach::anOldServiceTakesNoLargeFile()
{
    DemoServiceOptions options = fileOptions();
    options.oldApi = true;
    FilesWorld world(options);
    const QString id = world.openCase()->caseId;
    FarFiles made;
    const QStringList paths = someFiles(world, {10, 6'000'000}, 1, made);
    const CliRun run = world.cli.run(world.reply(id, u"Large"_s, paths));
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("6000000 bytes; the service takes files of 5242880 bytes at most"), run.err.constData());
    QVERIFY2(run.err.contains(made.last().name.toUtf8()), run.err.constData());
    QCOMPARE(world.changes(), 0);
    QVERIFY(world.outbox().isEmpty());
}

void TestAttach::whatTheServiceDoesNotTakeSendsNothing()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    FarFiles made;
    const QStringList paths = someFiles(world, {5'500'000, 10}, 1, made);
    world.demo.setFaults(u"failupload:CompleteAttachmentUpload=3"_s); // and twice anew
    const CliRun run = world.cli.run(world.reply(id, u"Not taken"_s, paths));
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(made.first().name.toUtf8() + " was not uploaded: "), run.err.constData());
    QVERIFY2(run.err.contains("the service looked at the file and did not take it"), run.err.constData());
    QVERIFY(!run.err.contains(made.last().name.toUtf8()));
    QCOMPARE(world.changes(), 0);
    QVERIFY(world.outbox().isEmpty());
    QVERIFY(world.uploads().isEmpty());
    const CliRun again = world.cli.run(world.reply(id, u"Not taken"_s, paths));
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY(world.far(id, u"Not taken"_s) == QList<FarFiles>{made});
}

void TestAttach::secretsInTextFilesAreTold()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QByteArray key = "AKIA" + QByteArray("Z7Q2M4X9R1T8W3K5");
    const QString log = world.put(u"app.log"_s, "first\nsecond\nid = " + key + "\n");
    const QString clean = world.put(u"clean.log"_s, "nothing here\n");
    const QString image = world.put(u"image.bin"_s, QByteArray(100, '\1') + key);
    const QStringList command = world.reply(id, u"Keys"_s, {log, clean, image});
    for (const bool yes : {false, true}) {
        const CliRun run = world.cli.run(yes ? command + QStringList{u"--yes"_s} : command);
        QVERIFY2(run.status == (yes ? 0 : 2), run.err.constData());
        QCOMPARE(run.err.count("casement-cli: warning: "), 1);
        QVERIFY2(run.err.contains("app.log, line 3 holds what looks like an AWS access key ID (AKIA****"),
                 run.err.constData());
        QCOMPARE(run.err.contains("nothing was sent; to send it all the same, give --yes as well."), !yes);
        QVERIFY(!run.err.contains(key) && !run.out.contains(key));
        QCOMPARE(world.far(id, u"Keys"_s).size(), yes ? 1 : 0);
        QCOMPARE(world.changes(), yes ? 1 : 0);
    }
    // A rehearsal sends no file.
    const CliRun rehearsal = world.cli.run(command + QStringList{u"--dry-run"_s});
    QVERIFY2(rehearsal.status == 0, rehearsal.err.constData());
    QCOMPARE(world.cli.run(world.reply(id, u"No keys"_s, {clean, image})).status, 0);
}

void TestAttach::secretsInTextsAreAskedAbout_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QByteArray>("said");
    const QString key = u"AKIA"_s + u"Z7Q2M4X9R1T8W3K5"_s;
    QTest::newRow("a subject") << u"Is it "_s + key << u"Text"_s << QByteArray("warning: the subject, line 1 holds");
    QTest::newRow("the text of a case") << u"Text"_s << u"So:\n"_s + key
                                        << QByteArray("warning: the text, line 2 holds");
    QTest::newRow("a reply") << QString() << u"It is "_s + key << QByteArray("warning: the text, line 1 holds");
}

void TestAttach::secretsInTextsAreAskedAbout()
{
    QFETCH(QString, subject);
    QFETCH(QString, body);
    QFETCH(QByteArray, said);
    FilesWorld world;
    QJsonObject input = newCase(subject);
    input.insert(u"communicationBody"_s, body);
    const QStringList command = subject.isEmpty() ? QStringList{u"reply"_s, world.openCase()->caseId, u"--body"_s, body}
                                                  : QStringList{u"create"_s, u"--input"_s, text(input)};
    // A rehearsal sends the text, too.
    for (const QStringList &more : {QStringList(), QStringList{u"--dry-run"_s}, QStringList{u"--yes"_s}}) {
        const bool yes = more == QStringList{u"--yes"_s};
        const CliRun run = world.cli.run(command + more);
        QVERIFY2(run.status == (yes ? 0 : 2), run.err.constData());
        QCOMPARE(run.err.count("casement-cli: warning: "), 1);
        QVERIFY2(run.err.contains(said) && run.err.contains("an AWS access key ID (AKIA****"), run.err.constData());
        QCOMPARE(run.err.contains("nothing was sent; to send it all the same, give --yes as well."), !yes);
        QVERIFY(!run.err.contains("Z7Q2M4X9R1T8W3K5"));
        QCOMPARE(world.changes(), yes ? 1 : 0);
    }
}

// Whatever holds secrets, text and files: one question.
void TestAttach::theTerminalIsAskedOnce()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QByteArray key = "AKIA" + QByteArray("Z7Q2M4X9R1T8W3K5");
    const QString log = world.put(u"app.log"_s, key);
    int master = -1;
    int slave = -1;
    QCOMPARE(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
    const auto process = world.cli.make(world.reply(id, QString::fromLatin1(key), {log}));
    process->setChildProcessModifier([slave] {
        ::setsid();
        ::ioctl(slave, TIOCSCTTY, 0);
        ::dup2(slave, STDERR_FILENO);
    });
    process->start();
    QByteArray seen;
    QSocketNotifier notifier(master, QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [master, &seen] {
        std::array<char, 4096> buffer;
        const ssize_t count = ::read(master, buffer.data(), buffer.size());
        if (count > 0)
            seen.append(buffer.data(), count);
    });
    QTRY_VERIFY2_WITH_TIMEOUT(seen.contains("Send this all the same?"), seen.constData(), 20'000);
    QVERIFY(seen.contains("the text, line 1 holds") && seen.contains("app.log, line 1 holds"));
    QCOMPARE(world.changes(), 0);
    QVERIFY(::write(master, "y\n", 2) == 2);
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(seen.count("all the same?"), 1);
    QCOMPARE(world.changes(), 1);
    ::close(slave);
    ::close(master);
}

void TestAttach::whatNobodySeesInANameIsShown()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QString path = world.put(u"a\u202egpj.exe"_s, "MZ");
    const CliRun run = world.cli.run(world.reply(id, u"Names"_s, {path}));
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("a\\u202Egpj.exe is sent as agpj.exe."), run.err.constData());
}

void TestAttach::aLimitOfTheAccountIsTold()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    for (int i = 0; i < 20; ++i) { // so many a minute
        AddAttachmentsToSet::Request request;
        request.attachments = {{u"a"_s, "x"}};
        QVERIFY(world.demo.call(request));
    }
    FarFiles made;
    const QStringList paths = someFiles(world, {10, 20, 30}, 1, made);
    const auto process = world.cli.make(world.reply(id, u"Many"_s, paths));
    QByteArray err;
    connect(process.get(), &QProcess::readyReadStandardError, process.get(),
            [&] { err += process->readAllStandardError(); });
    process->start();
    QTRY_VERIFY2_WITH_TIMEOUT(err.contains("takes no more files of this account for now; waiting"), err.constData(),
                              20'000);
    QCOMPARE(process->state(), QProcess::Running); // it tries again
    process->terminate();
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
    QVERIFY2(err.contains("Run the same command again: it goes on"), err.constData());
    QCOMPARE(world.changes(), 0);
}

void TestAttach::finishedFilesAreToldOnDemand()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QStringList paths{world.put(u"a.log"_s, noise(1'234'567, 1)), world.put(u"b.log"_s, noise(2000, 2))};
    const CliRun run = world.cli.run(world.reply(id, u"Loud"_s, paths) + QStringList{u"--verbose"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err.count("casement-cli: a.log was uploaded, 1.2 MB\n"), 1);
    QCOMPARE(run.err.count("casement-cli: b.log was uploaded, 2 kB\n"), 1);
}

// A terminal gets one line that is written over, and nothing of it is left.
void TestAttach::progressIsForTerminals()
{
    FilesWorld world;
    const QString id = world.openCase()->caseId;
    const QString path = world.put(u"much.log"_s, noise(12'000'000, 1));
    int master = -1;
    int slave = -1;
    const winsize size{24, 80, 0, 0};
    QCOMPARE(::openpty(&master, &slave, nullptr, nullptr, &size), 0);
    const auto process = world.cli.make(world.reply(id, u"Watched"_s, {path}));
    process->setChildProcessModifier([slave] { ::dup2(slave, STDERR_FILENO); });
    process->start();
    QByteArray seen;
    QSocketNotifier notifier(master, QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [master, &seen] {
        std::array<char, 4096> buffer;
        const ssize_t count = ::read(master, buffer.data(), buffer.size());
        if (count > 0)
            seen.append(buffer.data(), count);
    });
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process->exitCode(), 0);
    QTRY_VERIFY(seen.contains("\rUploading much.log 11 MB of 11 MB\x1b[K") && seen.endsWith("\r\x1b[K"));
    for (const QByteArray &line : seen.split('\r')) {
        if (line != "\x1b[K" && !line.isEmpty())
            QVERIFY2(line.startsWith("Uploading much.log "), line.constData());
    }
    QCOMPARE(process->readAllStandardOutput(), QByteArray("{\n  \"result\": true\n}\n"));
    ::close(slave);
    ::close(master);
}

QTEST_GUILESS_MAIN(TestAttach)
#include "tst_attach.moc"
