#include "app/singleinstance.h"

#include "archive/database.h"
#include "archive/schema.h"
#include "demoservice.h"
#include "program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTest>

#include <thread>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ends;
using test::Home;
using test::stop;

using Outcome = SingleInstance::Outcome;

namespace {

unsigned modeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777 : 0;
}

QStringList socketsOf(const Home &home)
{
    return QDir(home.path(u"runtime/casement"_s)).entryList({u"*.socket"_s}, QDir::System | QDir::Files);
}

bool isListening(const Home &home, qsizetype count = 1)
{
    return QTest::qWaitFor(
        [&] {
            const QStringList names = socketsOf(home);
            if (names.size() < count)
                return false;
            QLocalSocket probe;
            probe.connectToServer(home.path(u"runtime/casement/"_s + names.constFirst()));
            return probe.waitForConnected(100);
        },
        30'000);
}

/// A second start on a thread of its own, while the first one's event loop runs here.
struct Second
{
    Outcome outcome = Outcome::Unknown;
    QString told;

    Second(const QString &key, const QStringList &arguments, std::chrono::milliseconds wait)
    {
        std::atomic<bool> done = false;
        std::thread thread([&] {
            SingleInstance second(key);
            outcome = second.start(arguments, wait);
            told = second.told();
            done = true;
        });
        const bool ended = QTest::qWaitFor([&done] { return done.load(); }, 20'000);
        thread.join();
        if (!ended)
            qWarning("the second start did not end");
    }
};

} // namespace

/// One window for one settings folder, and two programs on one archive.
class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void argumentsAreHandedOver();
    void otherSettingsAreOthers();
    void filesAreForTheirOwner();
    void longArgumentsArrive();
    void whoListensToNobodyIsTold();
    void nonsenseIsLetGo();
    void aSecondStartEndsAtOnce();
    void profilesOfASecondStartAreTold();
    void unknownLinksAreHandedOver();
    void withoutADisplayItSaysSo_data();
    void withoutADisplayItSaysSo();
    void aKilledOneHindersNobody();
    void whoIsAskedToEndLeavesNothing();
    void aHungOneIsTold();
    void theDemoStandsBeside();
    void manyStartsAtOnceMakeOneWindow();
    void windowAndCommandLineShareAnArchive();
    void aWindowComesToTheFront();

private:
    QString key() const { return m_folder->filePath(u"casement.ini"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSingleInstance::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder->path()));
}

void TestSingleInstance::argumentsAreHandedOver()
{
    SingleInstance first(key());
    QCOMPARE(first.start({}), Outcome::First);
    QStringList taken;
    first.listen([&taken](const QStringList &arguments) {
        taken = arguments;
        return u"a sentence"_s;
    });
    const Second second(key(), {u"--profile"_s, u"prod 日本"_s, QString()}, SingleInstance::patience);
    QCOMPARE(second.outcome, Outcome::HandedOver);
    QCOMPARE(second.told, u"a sentence"_s);
    QCOMPARE(taken, (QStringList{u"--profile"_s, u"prod 日本"_s, QString()}));
}

void TestSingleInstance::otherSettingsAreOthers()
{
    SingleInstance first(key());
    QCOMPARE(first.start({}), Outcome::First);
    SingleInstance other(m_folder->filePath(u"other.ini"_s));
    QCOMPARE(other.start({}), Outcome::First);
    // The same file by another way is the same.
    QVERIFY(QFile::link(m_folder->path(), m_folder->filePath(u"link"_s)));
    SingleInstance same(m_folder->filePath(u"link/casement.ini"_s));
    QCOMPARE(same.lockPath(), first.lockPath());
}

void TestSingleInstance::filesAreForTheirOwner()
{
    const mode_t before = ::umask(0);
    QDir().mkpath(m_folder->filePath(u"casement"_s));
    ::chmod(QFile::encodeName(m_folder->filePath(u"casement"_s)).constData(), 0777);
    SingleInstance first(key());
    const Outcome outcome = first.start({});
    first.listen([](const QStringList &) { return QString(); });
    ::umask(before);
    QCOMPARE(outcome, Outcome::First);
    QCOMPARE(modeOf(m_folder->filePath(u"casement"_s)), 0700U);
    QCOMPARE(modeOf(first.socketPath()) & 077, 0U);
}

void TestSingleInstance::longArgumentsArrive()
{
    SingleInstance first(key());
    QCOMPARE(first.start({}), Outcome::First);
    QStringList taken;
    first.listen([&taken](const QStringList &arguments) {
        taken = arguments;
        return QString();
    });
    const QString longOne(50'000, u'x');
    QCOMPARE(Second(key(), {longOne}, SingleInstance::patience).outcome, Outcome::HandedOver);
    QCOMPARE(taken, QStringList{longOne});
}

void TestSingleInstance::whoListensToNobodyIsTold()
{
    SingleInstance first(key());
    QCOMPARE(first.start({}), Outcome::First); // and never listens
    QElapsedTimer time;
    time.start();
    const Second second(key(), {}, std::chrono::milliseconds(400));
    QCOMPARE(second.outcome, Outcome::Hung);
    QVERIFY(second.told.contains(QString::number(QCoreApplication::applicationPid())));
    QVERIFY(time.elapsed() < 3000);
}

void TestSingleInstance::nonsenseIsLetGo()
{
    SingleInstance first(key());
    QCOMPARE(first.start({}), Outcome::First);
    int taken = 0;
    first.listen([&taken](const QStringList &) {
        ++taken;
        return QString();
    });
    QLocalSocket garbage;
    garbage.connectToServer(first.socketPath());
    QVERIFY(garbage.waitForConnected());
    garbage.write(QByteArray(200'000, 'x')); // no end of a line
    QTRY_COMPARE(garbage.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(taken, 0);
    QCOMPARE(Second(key(), {}, SingleInstance::patience).outcome, Outcome::HandedOver);
}

void TestSingleInstance::aSecondStartEndsAtOnce()
{
    Home home;
    const auto first = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    const auto second = home.start({u"--portable"_s, home.portable()});
    QVERIFY(ends(*second, 10'000));
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(second->readAllStandardError(), QByteArray());
    QCOMPARE(first->state(), QProcess::Running);
    stop(*first);
}

void TestSingleInstance::profilesOfASecondStartAreTold()
{
    Home home;
    const auto first = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    const auto second = home.start({u"--portable"_s, home.portable(), u"--profile"_s, u"prod"_s});
    QVERIFY(ends(*second, 10'000));
    QCOMPARE(second->exitCode(), 0);
    const QByteArray told = second->readAllStandardError();
    QVERIFY2(told.startsWith("casement: ") && told.contains("--profile") && told.count('\n') == 1, told.constData());
    stop(*first);
}

/// Who clicked it in a browser sees the window, and a terminal gets nothing that it would obey.
void TestSingleInstance::unknownLinksAreHandedOver()
{
    Home home;
    const auto first = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    const auto second = home.start({u"--portable"_s, home.portable(), u"casement:\x1b[31moops"_s});
    QVERIFY(ends(*second, 10'000));
    QCOMPARE(second->exitCode(), 2); // as any other word that is none
    const QByteArray told = second->readAllStandardError();
    QVERIFY2(told.startsWith("casement: ") && told.contains("oops") && told.count('\n') == 1, told.constData());
    QVERIFY(!told.contains('\x1b'));
    const auto wrong = home.start({u"--oops\x1b[31m"_s});
    QVERIFY(ends(*wrong, 10'000));
    QCOMPARE(wrong->exitCode(), 2);
    QVERIFY(!wrong->readAllStandardError().contains('\x1b'));
    stop(*first);
}

void TestSingleInstance::withoutADisplayItSaysSo_data()
{
    QTest::addColumn<QByteArray>("platform");
    QTest::addColumn<QByteArray>("display");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray("casement-cli works without one");
    // Of a number that no X server gets by counting up, nor a person chooses
    QTest::newRow("one that is not there") << QByteArray() << QByteArray(":54321") << QByteArray(":54321");
    QTest::newRow("a wrong platform") << QByteArray("nonsense") << QByteArray() << QByteArray("=nonsense");
}

/// One sentence and an ordinary end in place of Qt's advice for developers and a crash.
void TestSingleInstance::withoutADisplayItSaysSo()
{
    QFETCH(QByteArray, platform);
    QFETCH(QByteArray, display);
    QFETCH(QByteArray, told);
    Home home;
    home.environment.insert(u"QT_QPA_PLATFORM"_s, QString::fromUtf8(platform));
    if (platform.isEmpty())
        home.environment.remove(u"QT_QPA_PLATFORM"_s);
    if (!display.isEmpty())
        home.environment.insert(u"DISPLAY"_s, QString::fromUtf8(display));
    const auto program = home.start({u"--portable"_s, home.portable()});
    QVERIFY(ends(*program, 20'000));
    QCOMPARE(program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(program->exitCode(), 1);
    const QByteArray said = program->readAllStandardError();
    QVERIFY2(said.startsWith("casement: ") && said.contains(told) && said.count('\n') == 1, said.constData());
}

void TestSingleInstance::aKilledOneHindersNobody()
{
    Home home;
    for (int i = 0; i < 3; ++i) {
        const auto one = home.start({u"--portable"_s, home.portable()});
        QVERIFY(isListening(home));
        QCOMPARE(one->state(), QProcess::Running);
        stop(*one); // SIGKILL: socket and lock stay
        QCOMPARE(socketsOf(home).size(), 1);
    }
    const auto last = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    QVERIFY(!ends(*last, 300));
    stop(*last);
}

void TestSingleInstance::whoIsAskedToEndLeavesNothing()
{
    Home home;
    const auto one = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    one->terminate(); // as the end of a session does it
    QVERIFY(ends(*one, 10'000));
    QCOMPARE(one->exitStatus(), QProcess::NormalExit);
    QCOMPARE(one->exitCode(), 0);
    QCOMPARE(socketsOf(home).size(), 0);
}

void TestSingleInstance::aHungOneIsTold()
{
    Home home;
    const auto first = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    ::kill(pid_t(first->processId()), SIGSTOP);
    QElapsedTimer time;
    time.start();
    const auto second = home.start({u"--portable"_s, home.portable()});
    QVERIFY(ends(*second, 10'000));
    QVERIFY2(time.elapsed() < 4'000, qPrintable(QString::number(time.elapsed()))); // starting took some of it
    QCOMPARE(second->exitCode(), 1);
    const QByteArray told = second->readAllStandardError();
    QVERIFY2(told.contains(QByteArray::number(first->processId())), told.constData());
    ::kill(pid_t(first->processId()), SIGCONT);
    const auto third = home.start({u"--portable"_s, home.portable()});
    QVERIFY(ends(*third, 10'000));
    QCOMPARE(third->exitCode(), 0);
    stop(*first);
}

void TestSingleInstance::theDemoStandsBeside()
{
    Home home;
    const auto demo = home.start({u"--portable"_s, home.portable(), u"--demo"_s});
    const auto real = home.start({u"--portable"_s, home.portable()});
    QVERIFY(isListening(home));
    QTRY_COMPARE_WITH_TIMEOUT(socketsOf(home).size(), 2, 20'000);
    QCOMPARE(demo->state(), QProcess::Running);
    QCOMPARE(real->state(), QProcess::Running);
    // One of each: links reach the one that they are of.
    for (const QStringList &more : {QStringList{}, QStringList{u"casement:case/1"_s}}) {
        const auto another = home.start(QStringList{u"--portable"_s, home.portable(), u"--demo"_s} + more);
        QVERIFY(ends(*another, 10'000));
        QCOMPARE(another->exitCode(), 0);
        QCOMPARE(another->readAllStandardError(), QByteArray());
    }
    for (QProcess *one : {demo.get(), real.get()})
        stop(*one);
}

void TestSingleInstance::manyStartsAtOnceMakeOneWindow()
{
    Home home;
    std::vector<std::unique_ptr<QProcess>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(home.start({u"--portable"_s, home.portable()}));
    const auto running = [&all] {
        return std::count_if(all.begin(), all.end(), [](const auto &one) { return one->state() == QProcess::Running; });
    };
    QVERIFY(QTest::qWaitFor([&] { return running() == 1; }, 30'000));
    QCOMPARE(running(), 1);
    for (const auto &one : all)
        stop(*one);
}

void TestSingleInstance::windowAndCommandLineShareAnArchive()
{
    test::DemoFixture demo;
    Home home;
    QDir().mkpath(home.path(u"home/.aws"_s));
    QFile credentials(home.path(u"home/.aws/credentials"_s));
    QVERIFY(credentials.open(QIODevice::WriteOnly));
    credentials.write("[one]\naws_access_key_id = " + demo.account().accessKeyId.toUtf8()
                      + "\naws_secret_access_key = " + demo.account().secretAccessKey.toUtf8()
                      + "\nregion = " + demo.account().region.toUtf8() + '\n');
    credentials.close();
    const QString archive = home.portable() + u"/archive.sqlite"_s;
    const QStringList account{u"--profile"_s, u"one"_s, u"--endpoint-url"_s, demo.endpoint()};
    const auto window = home.start(QStringList{u"--portable"_s, home.portable()} + account);
    std::vector<std::unique_ptr<QProcess>> syncs;
    for (int i = 0; i < 6; ++i) {
        for (int j = 0; j < 2; ++j)
            syncs.push_back(home.start(QStringList{u"sync"_s, u"--all"_s, u"--archive"_s, archive} + account,
                                       QStringLiteral(CASEMENT_CLI)));
        for (const auto &one : syncs)
            QVERIFY(ends(*one, 60'000));
    }
    for (const auto &one : syncs)
        QVERIFY2(one->exitCode() == 0, one->readAllStandardError().constData());
    QCOMPARE(window->state(), QProcess::Running);
    stop(*window); // in the middle of whatever it does
    const auto database = Database::open(archive, archiveMigrations());
    QVERIFY(database);
    QSqlQuery check = (*database)->query();
    QVERIFY(check.exec(u"PRAGMA integrity_check"_s) && check.next());
    QCOMPARE(check.value(0).toString(), u"ok"_s);
    QVERIFY(check.exec(u"SELECT count(*), count(DISTINCT account) FROM cases"_s) && check.next());
    QVERIFY(check.value(0).toInt() > 3);
    QCOMPARE(check.value(1).toInt(), 1); // one account, whoever brought it
}

/// Under a window manager: another program's window is in front, and the second start brings the first one's there.
void TestSingleInstance::aWindowComesToTheFront()
{
    for (const QString &program : {u"Xvfb"_s, u"openbox"_s, u"xdotool"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("Xvfb, openbox or xdotool is missing");
    }
    QProcess server;
    server.start(u"Xvfb"_s,
                 {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x900x24"_s, u"-nolisten"_s, u"tcp"_s});
    QByteArray display;
    QVERIFY(QTest::qWaitFor([&] { return (display += server.readAllStandardOutput()).endsWith('\n'); }, 20'000));
    Home home;
    home.environment.insert(u"DISPLAY"_s, u":"_s + QString::fromLatin1(display.trimmed()));
    home.environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    const QString mark = home.path(u"wm-ready"_s);
    const auto manager = home.start({u"--startup"_s, u"touch "_s + mark}, u"openbox"_s);
    QVERIFY(QTest::qWaitFor([&mark] { return QFile::exists(mark); }, 20'000));
    const auto activeProcess = [&home]() -> qint64 {
        const auto ask = home.start({u"getactivewindow"_s, u"getwindowpid"_s}, u"xdotool"_s);
        ask->waitForFinished();
        return ask->readAllStandardOutput().trimmed().toLongLong();
    };
    const auto first = home.start({u"--portable"_s, home.portable()});
    QVERIFY(QTest::qWaitFor([&] { return activeProcess() == first->processId(); }, 30'000));
    const auto other = home.start({u"--demo"_s});
    QVERIFY(QTest::qWaitFor([&] { return activeProcess() == other->processId(); }, 30'000));
    const auto second = home.start({u"--portable"_s, home.portable()});
    QVERIFY(ends(*second, 10'000));
    QCOMPARE(second->exitCode(), 0);
    QVERIFY(QTest::qWaitFor([&] { return activeProcess() == first->processId(); }, 10'000));
    for (QProcess *one : {first.get(), other.get(), manager.get(), &server})
        stop(*one);
}

QTEST_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
