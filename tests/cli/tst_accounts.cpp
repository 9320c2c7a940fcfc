#include "archive/accountlist.h"
#include "archive/archivefixture.h"
#include "cli/accountsworld.h"

#include <QElapsedTimer>
#include <QLocalServer>

#include <pty.h>
#include <termios.h>
#include <unistd.h>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

class TestAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysGoIntoTheKeychainAlone();
    void keysAreReadInManyForms_data();
    void keysAreReadInManyForms();
    void wrongInputSavesNothing_data();
    void wrongInputSavesNothing();
    void aTerminalDoesNotShowTheSecret();
    void aLockedKeychainIsTold();
    void anAbsentKeychainIsTold();
    void aFrozenBusHoldsNothingUp();
    void closedInputIsNone();
    void wrongKeysAreToldInWords();
    void nothingIsHalfDone();
    void anInterruptionLeavesNothing();
    void profilesAreListed();
    void namesAreLookedUp();
    void namesAreLookedUp_data();
    void allAreSynced();
    void theOnlyOneIsUsed();
    void removalNeedsAChoice();
    void removalDeletesTheData();
    void removalNeedsTheKeychain();
    void keysThatStayedAreRemovedLater();
    void entriesOfNewerVersionsAreShown();
    void namesMayLookOdd();
    void doubtsAreTold();
    void permissionsAreTested();
    void advisorTakesListedAccounts();
    void portableHasItsOwnList();
    void twoSyncsAtOnceHarmNothing();

private:
    std::unique_ptr<DemoFixture> m_demo;
};

void TestAccounts::initTestCase() { m_demo = std::make_unique<DemoFixture>(); }

void TestAccounts::keysGoIntoTheKeychainAlone()
{
    Desktop desktop(*m_demo);
    const CliRun added = desktop.add(u"Production"_s, 0);
    QVERIFY2(added.status == 0, added.err.constData());
    QCOMPARE(desktop.world.entries(), 1);
    const QJsonArray list = desktop.list();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list[0]["name"_L1].toString(), u"Production"_s);
    QCOMPARE(list[0]["source"_L1].toString(), u"keychain"_s);
    QCOMPARE(list[0]["endpointUrl"_L1].toString(), m_demo->endpoint());
    QVERIFY(desktop.run({u"accounts"_s, u"list"_s}).out.contains("Production  keychain"));
    QVERIFY(desktop.run({u"accounts"_s, u"list"_s, u"--format"_s, u"csv"_s}).out.startsWith("name,id,source,"));

    desktop.world.startKeyring(); // after a restart of everything
    const CliRun synced = desktop.run({u"sync"_s, u"--account"_s, u"production"_s, u"--verbose"_s});
    QVERIFY2(synced.status == 0, synced.err.constData());
    QVERIFY(synced.out.startsWith("Production: "));
    const CliRun cases = desktop.run({u"cases"_s, u"--account"_s, u"Production"_s, u"--format"_s, u"json"_s});
    QCOMPARE(cases.status, 0);
    const QJsonArray all = QJsonDocument::fromJson(cases.out).array();
    QVERIFY(!all.isEmpty());
    const QString id = all[0]["displayId"_L1].toString();
    QCOMPARE(desktop.run({u"case"_s, id, u"--account"_s, u"Production"_s}).status, 0);
    QCOMPARE(desktop.run({u"search"_s, u"the"_s, u"--account"_s, u"Production"_s}).status, 0);
    QCOMPARE(desktop.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--account"_s, u"Production"_s}).status, 0);
    QCOMPARE(desktop.run({u"attachments"_s, id, u"--account"_s, u"Production"_s}).status, 0);
    QCOMPARE(desktop.run({u"export-case"_s, id, u"--account"_s, u"Production"_s}).status, 0);
    QCOMPARE(desktop.run({u"resolve"_s, id, u"--account"_s, u"Production"_s, u"--dry-run"_s}).status, 0);
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccounts::keysAreReadInManyForms_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("between");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("no last line break") << QByteArray() << QByteArray("\n") << QByteArray();
    QTest::newRow("CRLF") << QByteArray() << QByteArray("\r\n") << QByteArray("\r\n");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf") << QByteArray("\n") << QByteArray("\n");
    QTest::newRow("spaces and blank lines") << QByteArray(" \t") << QByteArray(" \n  ") << QByteArray(" \n\n \r\n");
}

void TestAccounts::keysAreReadInManyForms()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, after);
    Desktop desktop(*m_demo);
    const DemoAccountInfo &account = m_demo->account();
    const CliRun added =
        desktop.run(desktop.addArguments(u"a"_s, 0),
                    before + account.accessKeyId.toUtf8() + between + account.secretAccessKey.toUtf8() + after);
    QVERIFY2(added.status == 0, added.err.constData());
    const CliRun called = desktop.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--account"_s, u"a"_s});
    QVERIFY2(called.status == 0, called.err.constData());
}

void TestAccounts::wrongInputSavesNothing_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("words");
    const QByteArray id = m_demo->account().accessKeyId.toUtf8();
    const QByteArray secret = m_demo->account().secretAccessKey.toUtf8();
    QTest::newRow("nothing") << QByteArray() << u"it has 0"_s;
    QTest::newRow("one line") << id + '\n' << u"it has 1"_s;
    QTest::newRow("four lines") << id + '\n' + secret + "\na\nb\n" << u"it has 4"_s;
    QTest::newRow("empty secret") << id + "\n\ntoken\n" << u"secret access key, is empty"_s;
    QTest::newRow("the other way round") << secret + '\n' + id + '\n' << u"swapped"_s;
    // Letters and digits alone, as of a key id.
    QTest::newRow("a secret in front") << "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYaa\n" + secret + '\n' << u"swapped"_s;
    QTest::newRow("space inside") << id + '\n' + secret.first(5) + ' ' + secret.mid(5) + '\n' << u"holds a space"_s;
    QTest::newRow("not UTF-8") << id + "\n\xff" + secret + '\n' << u"UTF-8"_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe") + id + '\n' + secret << u"UTF-8"_s;
    QTest::newRow("a zero") << id + '\n' + secret + QByteArray(1, '\0') + "x\n" << u"control character"_s;
    QTest::newRow("huge") << id + '\n' + QByteArray(2 << 20, 's') << u"too large"_s;
    QTest::newRow("JSON") << QByteArray("{\"AccessKeyId\":\"" + id + "\",\n\"SecretAccessKey\":\"" + secret + "\"}\n")
                          << u"Line 1"_s;
    QTest::newRow("two key ids") << id + '\n' + id + '\n' << u"Line 2 is an access key id too"_s;
    const QByteArray keys = id + '\n' + secret + '\n';
    QTest::newRow("the key id for a token") << keys + id + '\n' << u"Line 3 is an access key id"_s;
    QTest::newRow("the secret for a token") << keys + secret + '\n' << u"Line 3 is the secret access key once more"_s;
    QTest::newRow("token before the secret") << "ASIA" + id.mid(4) + '\n' + QByteArray("IQoJ").repeated(50) + '\n'
            + QByteArray(secret).leftJustified(40, 'x', true)
            + '\n' << u"Lines 2 and 3 look swapped"_s;
    QTest::newRow("temporary without token") << "ASIA" + id.mid(4) + '\n' + secret + '\n' << u"session token"_s;
}

void TestAccounts::wrongInputSavesNothing()
{
    QFETCH(QByteArray, input);
    QFETCH(QString, words);
    Desktop desktop(*m_demo);
    const CliRun added = desktop.run(desktop.addArguments(u"a"_s, 0), input);
    QCOMPARE(added.status, 2);
    QVERIFY2(added.err.contains(words.toUtf8()), added.err.constData());
    QCOMPARE(added.out, QByteArray());
    QCOMPARE(desktop.world.entries(), 0);
    QVERIFY(!QFile::exists(desktop.listFile()));
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccounts::aTerminalDoesNotShowTheSecret()
{
    Desktop desktop(*m_demo);
    int master = -1;
    int slave = -1;
    char name[256];
    QCOMPARE(::openpty(&master, &slave, name, nullptr, nullptr), 0);
    const std::unique_ptr<QProcess> process = desktop.make(desktop.addArguments(u"typed"_s, 0));
    process->setStandardInputFile(QString::fromUtf8(name));
    process->start();
    QVERIFY(process->waitForStarted());
    QByteArray asked;
    const auto waitFor = [&](const QByteArray &words) {
        return QTest::qWaitFor(
            [&] {
                asked += process->readAllStandardError();
                return asked.contains(words);
            },
            20'000);
    };
    const auto type = [&](const QByteArray &text) { return ::write(master, text.constData(), size_t(text.size())); };
    QVERIFY(waitFor("Access key ID: "));
    QVERIFY(type(m_demo->account().accessKeyId.toUtf8() + '\n') > 0);
    QVERIFY(waitFor("Secret access key"));
    const auto echoes = [&] {
        termios mode = {};
        return ::tcgetattr(slave, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
    };
    QVERIFY(QTest::qWaitFor([&] { return !echoes(); }, 5'000));
    QVERIFY(type(m_demo->account().secretAccessKey.toUtf8() + '\n') > 0);
    const CliRun run = desktop.end(*process);
    QCOMPARE(run.status, 0);
    QVERIFY(echoes());
    char shown[4096];
    const ssize_t count = ::read(master, shown, sizeof shown);
    const QByteArray screen(shown, std::max<ssize_t>(count, 0));
    QVERIFY(screen.contains(m_demo->account().accessKeyId.toUtf8()));
    desktop.said += screen + asked;
    ::close(master);
    ::close(slave);
    QCOMPARE(desktop.names(), QStringList{u"typed"_s});
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccounts::aLockedKeychainIsTold()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    desktop.world.lock();
    QElapsedTimer time;
    time.start();
    const CliRun added = desktop.add(u"b"_s, 1);
    QCOMPARE(added.status, 1);
    QVERIFY2(added.err.contains("locked"), added.err.constData());
    const CliRun synced = desktop.run({u"sync"_s, u"--account"_s, u"a"_s});
    QCOMPARE(synced.status, 1);
    QVERIFY2(synced.err.contains("locked"), synced.err.constData());
    QVERIFY2(time.elapsed() < 10'000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(desktop.names(), QStringList{u"a"_s});
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccounts::anAbsentKeychainIsTold()
{
    Desktop desktop(*m_demo);
    const QProcessEnvironment whole = desktop.world.environment;
    desktop.world.environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    desktop.world.environment.insert(u"XDG_RUNTIME_DIR"_s, u"/nonexistent"_s);
    const CliRun added = desktop.add(u"a"_s, 0);
    QCOMPARE(added.status, 1);
    QVERIFY2(added.err.contains("no keychain service"), added.err.constData());
    QVERIFY2(added.err.contains("--profile"), added.err.constData());
    QCOMPARE(desktop.names(), QStringList());
    desktop.world.environment = whole;
    QCOMPARE(desktop.placeOfASecret(), QString());
}

/// A session bus that takes connections and answers nothing.
void TestAccounts::aFrozenBusHoldsNothingUp()
{
    Desktop desktop(*m_demo);
    const QTemporaryDir folder;
    const QString address = folder.filePath(u"frozen"_s);
    QLocalServer bus;
    QVERIFY(bus.listen(address));
    desktop.world.environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path="_s + address);
    const CliRun added = desktop.add(u"a"_s, 0);
    QCOMPARE(added.status, 1);
    QVERIFY2(added.err.contains("keychain"), added.err.constData());
    QCOMPARE(desktop.names(), QStringList());
}

void TestAccounts::closedInputIsNone()
{
    const Cli cli;
    const std::unique_ptr<QProcess> process =
        cli.make({u"accounts"_s, u"add"_s, u"--name"_s, u"a"_s, u"--access-key-stdin"_s});
    process->setChildProcessModifier([] { ::close(STDIN_FILENO); });
    QSignalSpy finished(process.get(), &QProcess::finished);
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    QCOMPARE(process->exitCode(), 2);
    const QByteArray said = process->readAllStandardError();
    QVERIFY2(said.contains("it has 0"), said.constData());
}

/// What hides secrets takes no word of the program's own for one.
void TestAccounts::wrongKeysAreToldInWords()
{
    const Cli cli;
    for (const QByteArray &input : {QByteArray("AKIA\nsecret\n"), QByteArray("a\n"), QByteArray("\nsecret\n"),
                                    QByteArray("AKIAEXAMPLE7EXAMPLE7\n\nx")}) {
        const CliRun run = cli.run({u"accounts"_s, u"add"_s, u"--name"_s, u"a"_s, u"--access-key-stdin"_s}, input);
        QCOMPARE(run.status, 2);
        QVERIFY2(!run.err.contains("redacted") && run.err.contains("Nothing was saved."), run.err.constData());
    }
}

void TestAccounts::nothingIsHalfDone()
{
    Desktop desktop(*m_demo);
    QVERIFY(QDir().mkpath(desktop.listFile() + u".lock/x"_s)); // so that the list can't be changed
    const CliRun added = desktop.add(u"a"_s, 0);
    QCOMPARE(added.status, 1);
    QVERIFY2(added.err.contains("can't be written"), added.err.constData());
    QCOMPARE(desktop.world.entries(), 0);
    QDir(desktop.listFile() + u".lock"_s).removeRecursively();
    put(desktop.listFile(), "{ damaged");
    const CliRun damaged = desktop.add(u"a"_s, 0);
    QCOMPARE(damaged.status, 1);
    QVERIFY2(damaged.err.contains("damaged"), damaged.err.constData());
    QCOMPARE(desktop.world.entries(), 0);
}

void TestAccounts::anInterruptionLeavesNothing()
{
    Desktop desktop(*m_demo);
    desktop.world.signalKeyring(SIGSTOP);
    const auto onBus = [&] { return desktop.world.bus().interface()->registeredServiceNames().value().size(); };
    const qsizetype before = onBus();
    const std::unique_ptr<QProcess> process = desktop.make(desktop.addArguments(u"a"_s, 0));
    process->start();
    process->write(keyLines(m_demo->account()));
    process->closeWriteChannel();
    QVERIFY(QTest::qWaitFor([&] { return onBus() > before; }, 20'000)); // it asks the keyring
    process->terminate();
    desktop.world.signalKeyring(SIGCONT);
    const CliRun run = desktop.end(*process);
    QVERIFY2(run.status == 128 + SIGTERM || run.status == 1, run.err.constData());
    QCOMPARE(desktop.world.entries(), 0);
    QCOMPARE(desktop.names(), QStringList());
}

void TestAccounts::profilesAreListed()
{
    Desktop desktop(*m_demo);
    const DemoAccountInfo &account = m_demo->account();
    put(desktop.world.path("home") + u"/.aws/config"_s,
        "[profile prod]\naws_access_key_id = " + account.accessKeyId.toUtf8()
            + "\naws_secret_access_key = " + account.secretAccessKey.toUtf8() + "\nregion = " + account.region.toUtf8()
            + "\nendpoint_url = " + m_demo->endpoint().toUtf8() + '\n');
    const CliRun mistyped = desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"P"_s, u"--profile"_s, u"pord"_s});
    QCOMPARE(mistyped.status, 2);
    QVERIFY2(mistyped.err.contains("Did you mean \"prod\"?"), mistyped.err.constData());
    QCOMPARE(
        desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"P"_s, u"--profile"_s, u"prod"_s, u"--color"_s, u"teal"_s})
            .status,
        0);
    QCOMPARE(desktop.list()[0]["color"_L1].toString(), u"teal"_s);
    const QByteArray table = desktop.run({u"accounts"_s, u"list"_s}).out;
    QVERIFY2(table.contains("ENDPOINT") && table.contains(m_demo->endpoint().toUtf8()), table.constData());
    QCOMPARE(desktop.world.entries(), 0);
    // It is one account, whichever way it is named.
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"P"_s}).status, 0);
    const CliRun cases = desktop.run({u"cases"_s, u"--profile"_s, u"prod"_s});
    QCOMPARE(cases.status, 0);
    QVERIFY2(!cases.err.contains("never synced"), cases.err.constData());
    const CliRun twice = desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"Q"_s, u"--profile"_s, u"prod"_s});
    QCOMPARE(twice.status, 2);
    QVERIFY2(twice.err.contains("\"P\" in the list is this account already"), twice.err.constData());
}

/// A file that is being rewritten lacks it for a moment: the keys must not go to AWS because of that.
void TestAccounts::namesAreLookedUp_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("near") << QStringList{u"cases"_s, u"--account"_s, u"Prodution"_s}
                          << u"Did you mean \"Production\"?"_s;
    QTest::newRow("far") << QStringList{u"sync"_s, u"--account"_s, u"xyzzy"_s} << u"There is \"Production\"."_s;
    QTest::newRow("call") << QStringList{u"call"_s, u"DescribeCases"_s, u"--account"_s, u"nope"_s}
                          << u"There is no account \"nope\""_s;
    QTest::newRow("advisor") << QStringList{u"advisor"_s, u"list"_s, u"--account"_s, u"nope"_s}
                             << u"There is no account \"nope\""_s;
    QTest::newRow("of many") << QStringList{u"sync"_s, u"--account"_s, u"Production"_s, u"nope"_s}
                             << u"There is no account \"nope\""_s;
    QTest::newRow("test") << QStringList{u"accounts"_s, u"test"_s, u"nope"_s} << u"There is no account \"nope\""_s;
    QTest::newRow("remove") << QStringList{u"accounts"_s, u"remove"_s, u"nope"_s, u"--keep-data"_s}
                            << u"There is no account \"nope\""_s;
    QTest::newRow("both") << QStringList{u"cases"_s, u"--account"_s, u"Production"_s, u"--profile"_s, u"x"_s}
                          << u"leave out --account"_s;
    QTest::newRow("two") << QStringList{u"cases"_s, u"--account"_s, u"a"_s, u"--account"_s, u"b"_s}
                         << u"--account can be given once"_s;
    QTest::newRow("all and one") << QStringList{u"sync"_s, u"--account"_s, u"a"_s, u"--all-accounts"_s}
                                 << u"leave out --account"_s;
    QTest::newRow("not of cases") << QStringList{u"cases"_s, u"--all-accounts"_s} << u"no option --all-accounts"_s;
    QTest::newRow("add without keys") << QStringList{u"accounts"_s, u"add"_s, u"--name"_s, u"x"_s}
                                      << u"--access-key-stdin"_s;
    QTest::newRow("add without name") << QStringList{u"accounts"_s, u"add"_s, u"--access-key-stdin"_s}
                                      << u"needs --name"_s;
    QTest::newRow("add with both") << QStringList{u"accounts"_s,           u"add"_s,       u"--name"_s, u"x"_s,
                                                  u"--access-key-stdin"_s, u"--profile"_s, u"p"_s}
                                   << u"not both"_s;
    QTest::newRow("taken") << QStringList{u"accounts"_s, u"add"_s, u"--name"_s, u"PRODUCTION"_s,
                                          u"--access-key-stdin"_s}
                           << u"already"_s;
    QTest::newRow("no color") << QStringList{u"accounts"_s,           u"add"_s,     u"--name"_s, u"x"_s,
                                             u"--access-key-stdin"_s, u"--color"_s, u"mauve"_s}
                              << u"not \"mauve\""_s;
    QTest::newRow("no endpoint") << QStringList{
        u"accounts"_s,          u"add"_s, u"--name"_s, u"x"_s, u"--access-key-stdin"_s, u"--endpoint-url"_s,
        u"http://example.com"_s} << u"https://"_s;
    QTest::newRow("no action") << QStringList{u"accounts"_s, u"dance"_s} << u"not \"dance\""_s;
    QTest::newRow("no data") << QStringList{u"accounts"_s, u"test"_s, u"x"_s, u"--delete-data"_s}
                             << u"no option --delete-data"_s;
    QTest::newRow("a secret as argument")
        << QStringList{u"accounts"_s, u"add"_s, u"--name"_s, u"x"_s, u"AKIAX"_s, u"--access-key-stdin"_s}
        << u"accounts add"_s;
}

void TestAccounts::namesAreLookedUp()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"Production"_s, 0).status, 0);
    const CliRun run = desktop.run(arguments);
    QCOMPARE(run.status, 2);
    QVERIFY2(run.err.contains(words.toUtf8()), run.err.constData());
}

void TestAccounts::allAreSynced()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"one"_s, 0).status, 0);
    DemoAccountInfo wrong = m_demo->account(1);
    QCOMPARE(desktop
                 .run(desktop.addArguments(u"two"_s, 1),
                      wrong.accessKeyId.toUtf8() + "\nwrongSecretAccessKeyThatIsNone0000000000\n")
                 .status,
             0);
    QCOMPARE(desktop.add(u"three"_s, 2).status, 0);
    for (const QStringList &arguments : {QStringList{u"sync"_s, u"--all-accounts"_s}, QStringList{u"sync"_s}}) {
        const CliRun all = desktop.run(arguments);
        QCOMPARE(all.status, 1);
        QVERIFY2(all.out.contains("one: ") && all.out.contains("three: "), all.out.constData());
        QVERIFY2(all.err.contains("two: "), all.err.constData());
        QVERIFY(!all.out.contains("two: "));
    }
    const CliRun some = desktop.run({u"sync"_s, u"--account"_s, u"three"_s, u"one"_s});
    QVERIFY2(some.status == 0, some.err.constData());
    QCOMPARE(some.out.count('\n'), 2);
    // Which one is meant has to be said.
    const CliRun cases = desktop.run({u"cases"_s});
    QCOMPARE(cases.status, 2);
    QVERIFY2(cases.err.contains("--account"), cases.err.constData());
    // Keys of the environment stay what is meant when nothing is said.
    desktop.world.environment.insert(u"AWS_ACCESS_KEY_ID"_s, m_demo->account(0).accessKeyId);
    desktop.world.environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, m_demo->account(0).secretAccessKey);
    desktop.world.environment.insert(u"AWS_ENDPOINT_URL"_s, m_demo->endpoint());
    const CliRun usual = desktop.run({u"sync"_s});
    QVERIFY2(usual.status == 0 && usual.out.startsWith("environment"), usual.err.constData());
}

void TestAccounts::theOnlyOneIsUsed()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"only"_s, 0).status, 0);
    const CliRun synced = desktop.run({u"sync"_s});
    QVERIFY2(synced.status == 0 && synced.out.startsWith("only: "), synced.err.constData());
    QCOMPARE(desktop.run({u"cases"_s}).status, 0);
}

void TestAccounts::removalNeedsAChoice()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    const CliRun unsaid = desktop.run({u"accounts"_s, u"remove"_s, u"a"_s});
    QCOMPARE(unsaid.status, 2);
    QVERIFY2(unsaid.err.contains("--keep-data or --delete-data"), unsaid.err.constData());
    QCOMPARE(desktop.names(), QStringList{u"a"_s});
    QCOMPARE(desktop.world.entries(), 1);
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"a"_s}).status, 0);
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"a"_s, u"--keep-data"_s}).status, 0);
    QCOMPARE(desktop.names(), QStringList());
    QCOMPARE(desktop.world.entries(), 0);
    // Added again, it finds its cases.
    QCOMPARE(desktop.add(u"again"_s, 0).status, 0);
    const CliRun cases = desktop.run({u"cases"_s, u"--account"_s, u"again"_s});
    QVERIFY2(cases.status == 0 && !cases.err.contains("never synced"), cases.err.constData());
}

void TestAccounts::removalDeletesTheData()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"gone"_s, 0).status, 0);
    QCOMPARE(desktop.add(u"stays"_s, 2).status, 0);
    QCOMPARE(desktop.run({u"sync"_s, u"--all-accounts"_s}).status, 0);
    const auto subjectsOf = [&](const QString &name) {
        QList<QByteArray> subjects;
        const CliRun run = desktop.run({u"cases"_s, u"--all"_s, u"--account"_s, name, u"--format"_s, u"json"_s});
        for (const QJsonValue &one : QJsonDocument::fromJson(run.out).array())
            subjects.append(one["subject"_L1].toString().toUtf8());
        return subjects;
    };
    const QList<QByteArray> gone = subjectsOf(u"gone"_s);
    const QList<QByteArray> stay = subjectsOf(u"stays"_s);
    QVERIFY(gone.size() > 3 && stay.size() > 3);
    const CliRun removed = desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s, u"--delete-data"_s});
    QVERIFY2(removed.status == 0, removed.err.constData());
    QCOMPARE(desktop.world.entries(), 1);
    QByteArray bytes;
    for (const char *companion : {"", "-wal", "-shm"}) {
        QFile file(desktop.archiveFile() + QLatin1StringView(companion));
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    for (const QByteArray &subject : gone)
        QVERIFY2(stay.contains(subject) || !bytes.contains(subject), subject.constData());
    QCOMPARE(subjectsOf(u"stays"_s), stay);
}

void TestAccounts::removalNeedsTheKeychain()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    desktop.world.lock();
    const CliRun locked = desktop.run({u"accounts"_s, u"remove"_s, u"a"_s, u"--keep-data"_s});
    QCOMPARE(locked.status, 1);
    QVERIFY2(locked.err.contains("locked") && locked.err.contains("stays in the list"), locked.err.constData());
    QCOMPARE(desktop.names(), QStringList{u"a"_s});
    desktop.world.startKeyring();
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"a"_s, u"--keep-data"_s}).status, 0);
    QCOMPARE(desktop.world.entries(), 0);
}

void TestAccounts::keysThatStayedAreRemovedLater()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    const QProcessEnvironment whole = desktop.world.environment;
    desktop.world.environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    desktop.world.environment.insert(u"XDG_RUNTIME_DIR"_s, u"/nonexistent"_s);
    const CliRun removed = desktop.run({u"accounts"_s, u"remove"_s, u"a"_s, u"--keep-data"_s});
    QCOMPARE(removed.status, 0);
    QVERIFY2(removed.err.contains("casement-cli accounts remove --name=\"a\" takes them out"), removed.err.constData());
    QVERIFY(desktop.run({u"accounts"_s, u"list"_s}).err.contains("still in the keychain"));
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"a"_s}).status, 1); // there is none yet
    desktop.world.environment = whole;
    QCOMPARE(desktop.world.entries(), 1);
    const CliRun later = desktop.run({u"accounts"_s, u"remove"_s, u"a"_s});
    QVERIFY2(later.status == 0 && later.out.contains("out of the keychain"), later.err.constData());
    QCOMPARE(desktop.world.entries(), 0);
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"a"_s}).status, 2);
}

void TestAccounts::entriesOfNewerVersionsAreShown()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    QFile file(desktop.listFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray list = file.readAll();
    list.replace("\"accounts\": [", "\"accounts\": [{\"id\":\"x\",\"name\":\"Zoe\",\"source\":\"telepathy\"},");
    put(desktop.listFile(), list);
    const CliRun table = desktop.run({u"accounts"_s, u"list"_s});
    QVERIFY2(table.out.contains("Zoe   needs a newer Casement"), table.out.constData());
    QCOMPARE(desktop.list()[0]["source"_L1].toString(), u"unknown"_s);
    const CliRun synced = desktop.run({u"sync"_s, u"--all-accounts"_s});
    QVERIFY2(synced.status == 0 && synced.err.contains("Zoe is left out"), synced.err.constData());
    QVERIFY(synced.out.contains("a: "));
    for (const QStringList &arguments :
         {QStringList{u"sync"_s, u"--account"_s, u"Zoe"_s}, QStringList{u"accounts"_s, u"test"_s, u"zoe"_s},
          QStringList{u"accounts"_s, u"remove"_s, u"Zoe"_s, u"--keep-data"_s}}) {
        const CliRun run = desktop.run(arguments);
        QVERIFY2(run.status != 0 && run.err.contains("newer version"), run.err.constData());
    }
    QCOMPARE(desktop.names(), (QStringList{u"Zoe"_s, u"a"_s}));
}

void TestAccounts::namesMayLookOdd()
{
    Desktop desktop(*m_demo);
    const auto change = [&](const char *action, const QString &name) {
        return desktop.run({u"accounts"_s, QString::fromLatin1(action), name, u"--keep-data"_s});
    };
    QStringList dashed = desktop.addArguments({}, 0);
    dashed.replaceInStrings(u"--name"_s, u"--name=-x"_s);
    dashed.removeAll(QString());
    QCOMPARE(desktop.run(dashed, keyLines(m_demo->account())).status, 0);
    QCOMPARE(desktop.names(), QStringList{u"-x"_s});
    const CliRun taken = change("remove", u"-x"_s);
    QVERIFY2(taken.status == 2 && taken.err.contains("--name=-NAME"), taken.err.constData());
    const CliRun removed = change("remove", u"--name=-x"_s);
    QVERIFY2(removed.status == 0, removed.err.constData());
    for (const QString &name : {u"two\nlines"_s, u"a\tb"_s}) {
        const CliRun refused = desktop.run(desktop.addArguments(name, 0), keyLines(m_demo->account()));
        QVERIFY2(refused.status == 2 && refused.err.contains("without line breaks"), refused.err.constData());
    }
    const QString longName = u"東京"_s.repeated(40);
    QCOMPARE(desktop.add(longName, 0).status, 0);
    QVERIFY(desktop.run({u"accounts"_s, u"list"_s}).out.contains(longName.toUtf8() + "  keychain"));
    desktop.world.environment.insert(u"COLUMNS"_s, u"60"_s);
    QVERIFY(desktop.run({u"accounts"_s, u"list"_s}).out.contains(longName.toUtf8()));
}

void TestAccounts::doubtsAreTold()
{
    Desktop desktop(*m_demo);
    const auto add = [&](const QString &name, const QString &region, int account) {
        QStringList arguments = desktop.addArguments(name, account);
        arguments.replace(arguments.indexOf(u"--region"_s) + 1, region);
        return desktop.run(arguments, keyLines(m_demo->account(account)));
    };
    const CliRun known = add(u"Production"_s, u"eu-west-1"_s, 0);
    QVERIFY2(known.status == 0 && known.err.isEmpty(), known.err.constData());
    const CliRun region = add(u"West"_s, u"eu-west-9"_s, 1);
    QVERIFY2(region.status == 0 && region.err.contains("knows no region \"eu-west-9\"")
                 && region.err.contains("Did you mean \"eu-west-1\""),
             region.err.constData());
    const CliRun alike = add(u"Рroduction"_s, u"eu-west-1"_s, 2); // with a Cyrillic letter
    QVERIFY2(alike.status == 0 && alike.err.contains("looks like \"Production\""), alike.err.constData());
    QCOMPARE(desktop.list().size(), 3);
}

void TestAccounts::permissionsAreTested()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    const CliRun good = desktop.run({u"accounts"_s, u"test"_s, u"a"_s});
    QVERIFY2(good.status == 0, good.err.constData());
    QVERIFY2(good.out.contains("CreateCase") && good.out.contains("allowed"), good.out.constData());
    m_demo->setFaults(u"deny:CreateCase"_s);
    const CliRun half = desktop.run({u"accounts"_s, u"test"_s, u"a"_s});
    m_demo->setFaults({});
    QVERIFY2(half.status == 0, half.err.constData());
    QVERIFY2(half.out.contains("denied") && half.out.contains("support:CreateCase"), half.out.constData());
    m_demo->setFaults(u"plan"_s);
    const CliRun plan = desktop.run({u"accounts"_s, u"test"_s, u"a"_s});
    m_demo->setFaults({});
    QCOMPARE(plan.status, 1);
    QVERIFY2(plan.err.contains("support plans"), plan.err.constData());
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccounts::advisorTakesListedAccounts()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"one"_s, 0).status, 0);
    QCOMPARE(desktop.add(u"three"_s, 2).status, 0);
    const CliRun named = desktop.run({u"advisor"_s, u"list"_s, u"--account"_s, u"one"_s, u"three"_s});
    QVERIFY2(named.status == 0, named.err.constData());
    QVERIFY(named.out.startsWith("ACCOUNT "));
    const CliRun all = desktop.run({u"advisor"_s, u"list"_s, u"--all"_s});
    QVERIFY2(all.status == 0, all.err.constData());
    QVERIFY(all.out.contains("\none ") && all.out.contains("\nthree "));
}

void TestAccounts::portableHasItsOwnList()
{
    Desktop desktop(*m_demo);
    const QString folder = desktop.world.folder() + u"/stick"_s;
    QVERIFY(QDir().mkpath(folder));
    const QStringList portable{u"--portable"_s, folder};
    QCOMPARE(desktop.run(desktop.addArguments(u"a"_s, 0) + portable, keyLines(m_demo->account())).status, 0);
    QCOMPARE(desktop.run(QStringList{u"sync"_s, u"--account"_s, u"a"_s} + portable).status, 0);
    QVERIFY(QFile::exists(folder + u"/accounts.json"_s));
    QVERIFY(QFile::exists(folder + u"/archive.sqlite"_s));
    QVERIFY(!QFile::exists(desktop.listFile()));
    QVERIFY(!QFile::exists(desktop.archiveFile()));
}

void TestAccounts::twoSyncsAtOnceHarmNothing()
{
    Desktop desktop(*m_demo);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(desktop.add(u"account %1"_s.arg(i), i).status, 0);
    std::vector<std::unique_ptr<QProcess>> syncs;
    for (int i = 0; i < 2; ++i) {
        syncs.push_back(desktop.make({u"sync"_s, u"--all-accounts"_s, u"--all"_s}));
        syncs.back()->start();
    }
    for (const auto &sync : syncs) {
        const CliRun run = desktop.end(*sync);
        QVERIFY2(run.status == 0, run.err.constData());
        QCOMPARE(run.out.count('\n'), 3);
    }
    const auto casesOf = [](Archive &archive) {
        QStringList cases;
        const Result<void> read = answerOf<void>([&](auto done) {
            archive.loadCases(
                {}, &archive,
                [&](const CaseRecords &batch) {
                    for (const CaseRecord &one : batch)
                        cases.append(QString::number(one.account) + u'/' + one.caseId.toString());
                },
                std::move(done));
        });
        return read ? cases : QStringList();
    };
    Archive archive;
    QVERIFY(answerOf<void>([&](auto done) { archive.open(desktop.archiveFile(), &archive, std::move(done)); }));
    QStringList cases = casesOf(archive);
    const qsizetype count = cases.size();
    QVERIFY(count > 10);
    QCOMPARE(cases.removeDuplicates(), 0);
    // What one alone brings, no more and no less.
    const QString other = desktop.world.folder() + u"/other.sqlite"_s;
    QCOMPARE(desktop.run({u"sync"_s, u"--all-accounts"_s, u"--all"_s, u"--archive"_s, other}).status, 0);
    Archive alone;
    QVERIFY(answerOf<void>([&](auto done) { alone.open(other, &alone, std::move(done)); }));
    QCOMPARE(casesOf(alone).size(), count);
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
