#include "base/privacy.h"
#include "demoservice.h"
#include "keyringworld.h"
#include "program.h"
#include "ui/openoutside.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QSet>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <array>

#include <sys/stat.h>
#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ends;
using test::Home;
using test::stop;

namespace {

const QByteArray environmentSecret = "envPLANTEDk3yQ9wZr7TtLm2Xb8Vn4Cc6Hs1Jd0Gf";
const QByteArray profileSecret = "proPLANTEDa7bN5xKq2WyEe9Uu3Rr1Tt8Pp6Oo4Ii";
const QByteArray processSecret = "cmdPLANTEDz4vM8cLp1SsDd6Gg7Hh2Jj5Kk3Ll9Qq";
const QByteArray tokenSecret = "tokPLANTEDw9eB3nRm5TyUu1Ii8Oo2Pp7Aa4Ss6DdFf0Gg";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isClean(const QByteArray &content)
{
    const std::array secrets{environmentSecret, profileSecret, processSecret, tokenSecret};
    return std::none_of(secrets.begin(), secrets.end(),
                        [&content](const QByteArray &secret) { return test::holdsSecret(content, secret); });
}

QList<qint64> childrenOf(qint64 process)
{
    QList<qint64> children;
    for (const QByteArray &id : contentOf(u"/proc/%1/task/%1/children"_s.arg(process)).simplified().split(' ')) {
        if (!id.isEmpty())
            children.append(id.toLongLong());
    }
    return children;
}

/// With those that they started, and so on.
QList<qint64> descendantsOf(qint64 process)
{
    QList<qint64> all = childrenOf(process);
    for (qsizetype i = 0; i < all.size(); ++i)
        all.append(childrenOf(all.at(i)));
    return all;
}

} // namespace

/// Keys are planted where people keep them; nothing that this program writes or starts may hold one.
class TestPlantedSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theHuntFindsWhatIsThere_data();
    void theHuntFindsWhatIsThere();
    void theCommandLineLeavesNoTrace();
    void theWindowLeavesNoTrace_data();
    void theWindowLeavesNoTrace();
    void filesAreForTheirOwner();
    void anAddedKeyIsInTheKeyringAlone();
    void aBrowserGetsNoKey();

private:
    /// Everything below the home but where the keys were put.
    void hunt();
    void lookAt(QProcess &process);

    std::unique_ptr<Home> m_home;
    test::DemoFixture m_demo;
};

void TestPlantedSecret::init()
{
    m_home = std::make_unique<Home>();
    QDir().mkpath(m_home->path(u"home/.aws"_s));
    QFile credentials(m_home->path(u"home/.aws/credentials"_s));
    QVERIFY(credentials.open(QIODevice::WriteOnly));
    credentials.write("[planted]\naws_access_key_id = AKIAPLANTEDPROFILE00\naws_secret_access_key = " + profileSecret
                      + "\naws_session_token = " + tokenSecret + "\n");
    credentials.close();
    QFile script(m_home->path(u"home/.aws/keys.sh"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\ncat /proc/$$/cmdline > \"$HOME/cmdline\"\n"
                 "echo '{\"Version\": 1, \"AccessKeyId\": \"AKIAPLANTEDPROCESS00\", \"SecretAccessKey\": \""
                 + processSecret + "\"}'\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile config(m_home->path(u"home/.aws/config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[profile process]\nregion = us-east-1\ncredential_process = " + script.fileName().toUtf8() + "\n");
}

void TestPlantedSecret::hunt()
{
    QDirIterator files(m_home->folder.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.contains(u"/home/.aws/"_s) || !files.fileInfo().isFile())
            continue;
        ++looked;
        QVERIFY2(isClean(contentOf(path)), qPrintable(path));
    }
    QVERIFY(looked > 0);
}

void TestPlantedSecret::lookAt(QProcess &process)
{
    const qint64 id = process.processId();
    if (id <= 0)
        return;
    QVERIFY(isClean(contentOf(u"/proc/%1/cmdline"_s.arg(id))));
    for (const qint64 child : childrenOf(id)) {
        QVERIFY(isClean(contentOf(u"/proc/%1/cmdline"_s.arg(child))));
        // A credential_process may need what the shell had; nothing else is started.
    }
}

void TestPlantedSecret::theHuntFindsWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("plain") << "a " + profileSecret + " b";
    for (int before = 0; before < 3; ++before)
        QTest::newRow(qPrintable(u"base64 %1"_s.arg(before)))
            << (QByteArray(before, 'y') + profileSecret + "end").toBase64();
    QTest::newRow("hex") << ("x" + profileSecret).toHex();
    QByteArray backwards = profileSecret;
    std::reverse(backwards.begin(), backwards.end());
    QTest::newRow("reversed") << backwards;
    QTest::newRow("UTF-16") << QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(profileSecret).utf16()),
                                          profileSecret.size() * 2);
}

void TestPlantedSecret::theHuntFindsWhatIsThere()
{
    QFETCH(const QByteArray, content);
    QVERIFY(!isClean(content));
    QVERIFY(isClean("nothing of it"));
}

void TestPlantedSecret::theCommandLineLeavesNoTrace()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString nobody = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
    closed.close();
    const QString archive = m_home->path(u"archive.sqlite"_s);
    const QProcessEnvironment plain = m_home->environment;
    QProcessEnvironment keys = plain;
    keys.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKIAPLANTEDENVIRON00"_s);
    keys.insert(u"AWS_SECRET_ACCESS_KEY"_s, QString::fromLatin1(environmentSecret));
    keys.insert(u"AWS_SESSION_TOKEN"_s, QString::fromLatin1(tokenSecret));
    QProcessEnvironment half = keys;
    half.remove(u"AWS_ACCESS_KEY_ID"_s);
    struct Way
    {
        QProcessEnvironment environment;
        QStringList arguments;
    };
    const QList<Way> ways{
        {keys, {u"sync"_s, u"--endpoint-url"_s, m_demo.endpoint()}},
        {keys, {u"sync"_s, u"--endpoint-url"_s, nobody}},
        {half, {u"sync"_s, u"--endpoint-url"_s, nobody}},
        {plain, {u"sync"_s, u"--profile"_s, u"planted"_s, u"--endpoint-url"_s, m_demo.endpoint()}},
        {plain, {u"sync"_s, u"--profile"_s, u"process"_s, u"--endpoint-url"_s, m_demo.endpoint()}},
        {plain, {u"call"_s, u"DescribeServices"_s, u"--profile"_s, u"planted"_s, u"--endpoint-url"_s, nobody}},
        {plain, {u"cases"_s, u"--profile"_s, u"nobody"_s}},
    };
    for (const Way &way : ways) {
        m_home->environment = way.environment;
        const auto process = m_home->start(QStringList{u"--verbose"_s, u"--archive"_s, archive} + way.arguments,
                                           QStringLiteral(CASEMENT_CLI));
        QVERIFY(process->waitForStarted());
        lookAt(*process);
        QVERIFY(ends(*process, 60'000));
        QVERIFY(process->exitCode() != 0);
        QVERIFY(isClean(process->readAllStandardOutput()));
        const QByteArray said = process->readAllStandardError();
        QVERIFY(!said.isEmpty());
        QVERIFY2(isClean(said), said.constData());
    }
    QVERIFY(QFile::exists(m_home->path(u"home/cmdline"_s))); // the credential_process ran
    hunt();
}

void TestPlantedSecret::theWindowLeavesNoTrace_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("faults");
    QTest::newRow("environment") << QString() << QString();
    QTest::newRow("profile") << u"planted"_s << QString();
    QTest::newRow("credential_process") << u"process"_s << QString();
    QTest::newRow("a page of a hotel") << u"planted"_s << u"html"_s;
    QTest::newRow("refused") << u"process"_s << u"deny"_s;
    QTest::newRow("dropped") << u"planted"_s << u"drop"_s;
}

void TestPlantedSecret::theWindowLeavesNoTrace()
{
    QFETCH(const QString, profile);
    QFETCH(const QString, faults);
    m_demo.setFaults(faults);
    const QString log = m_home->path(u"casement.log"_s);
    QStringList arguments{u"--portable"_s,  m_home->portable(), u"--endpoint-url"_s, m_demo.endpoint(),
                          u"--log-level"_s, u"debug"_s,         u"--log-file"_s,     log};
    if (profile.isEmpty()) {
        m_home->environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKIAPLANTEDENVIRON00"_s);
        m_home->environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, QString::fromLatin1(environmentSecret));
        m_home->environment.insert(u"AWS_SESSION_TOKEN"_s, QString::fromLatin1(tokenSecret));
    } else {
        arguments << u"--profile"_s << profile;
    }
    const int before = m_demo.requestCount();
    const auto window = m_home->start(arguments);
    QVERIFY(QTest::qWaitFor(
        [&] {
            lookAt(*window);
            return m_demo.requestCount() > before
                && contentOf(log).contains("casement.sync"); // it gave up, and said so
        },
        60'000));
    stop(*window);
    m_demo.setFaults({});
    const QByteArray said = window->readAllStandardError() + window->readAllStandardOutput();
    QVERIFY2(isClean(said), said.constData());
    hunt();
}

/// Whatever the umask is, and in folders that are there already and open to everybody.
void TestPlantedSecret::filesAreForTheirOwner()
{
    const mode_t before = ::umask(0);
    QDir().mkpath(m_home->path(u"runtime/casement"_s));
    for (const QString &folder : {m_home->portable(), m_home->path(u"runtime/casement"_s)})
        ::chmod(QFile::encodeName(folder).constData(), 0777);
    const QString settings = m_home->portable() + u"/casement.ini"_s;
    QFile old(settings);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("theme=dark\n") > 0);
    old.close();
    ::chmod(QFile::encodeName(settings).constData(), 0666);
    const QString log = m_home->path(u"casement.log"_s);
    const auto window = m_home->start({u"--portable"_s, m_home->portable(), u"--endpoint-url"_s, m_demo.endpoint(),
                                       u"--profile"_s, u"planted"_s, u"--log-file"_s, log});
    ::umask(before);
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(m_home->portable() + u"/archive.sqlite-wal"_s); }, 30'000));
    QVERIFY(QTest::qWaitFor([&] { return contentOf(settings).contains("toldFolders"); }, 30'000)); // and it is told
    QStringList seen;
    for (const QString &folder : {m_home->portable(), m_home->path(u"runtime"_s)}) {
        QDirIterator files(folder, QDir::Files | QDir::System | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            struct stat status = {};
            QCOMPARE(::lstat(QFile::encodeName(path).constData(), &status), 0);
            QVERIFY2((status.st_mode & 077) == 0, qPrintable(path));
            seen.append(files.fileName());
        }
    }
    for (const QString &name :
         {u"archive.sqlite"_s, u"archive.sqlite-wal"_s, u"archive.sqlite-shm"_s, u"casement.ini"_s})
        QVERIFY2(seen.contains(name), qPrintable(name + u" of "_s + seen.join(u' ')));
    QVERIFY(seen.filter(u".socket"_s).size() == 1 && seen.filter(u".lock"_s).size() >= 1);
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(log).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
    stop(*window);
}

/// From its two lines on standard input to the cases in the window: all that runs meanwhile, the keyring too, is looked
/// at, and afterwards each file that is there.
void TestPlantedSecret::anAddedKeyIsInTheKeyringAlone()
{
    const DemoAccountInfo &account = m_demo.account();
    const QByteArray secret = account.secretAccessKey.toUtf8();
    test::KeyringWorld world;
    world.startKeyring();
    for (const QString &name : world.environment.keys())
        m_home->environment.insert(name, world.environment.value(name));
    QSet<QByteArray> programs;
    const auto lookAtAll = [&] {
        for (const qint64 process : descendantsOf(::getpid())) {
            programs.insert(contentOf(u"/proc/%1/comm"_s.arg(process)).trimmed());
            for (const QString &what : {u"cmdline"_s, u"environ"_s})
                QVERIFY2(!test::holdsSecret(contentOf(u"/proc/%1/%2"_s.arg(process).arg(what)), secret),
                         qPrintable(what));
        }
    };
    QByteArray said;
    const auto runs = [&](const QStringList &arguments, const QByteArray &input = {}) {
        const auto process = m_home->start(arguments, QStringLiteral(CASEMENT_CLI));
        process->write(input);
        process->closeWriteChannel();
        const bool ended = QTest::qWaitFor(
            [&] {
                lookAtAll();
                return process->state() == QProcess::NotRunning;
            },
            60'000);
        said += process->readAllStandardOutput() + process->readAllStandardError();
        return ended && process->exitCode() == 0;
    };
    QVERIFY2(runs({u"accounts"_s, u"add"_s, u"--name"_s, u"Planted"_s, u"--access-key-stdin"_s, u"--region"_s,
                   account.region, u"--endpoint-url"_s, m_demo.endpoint(), u"--verbose"_s},
                  account.accessKeyId.toUtf8() + '\n' + secret + '\n'),
             said.constData());
    QCOMPARE(world.entries(), 1);
    QVERIFY2(runs({u"sync"_s, u"--account"_s, u"Planted"_s, u"--verbose"_s}), said.constData()); // so it is in there
    QVERIFY2(runs({u"accounts"_s, u"test"_s, u"Planted"_s, u"--verbose"_s}), said.constData());

    const QString log = m_home->path(u"casement.log"_s);
    const int before = m_demo.requestCount();
    const auto window = m_home->start({u"--log-level"_s, u"debug"_s, u"--log-file"_s, log});
    QVERIFY(QTest::qWaitFor(
        [&] {
            lookAtAll();
            return m_demo.requestCount() > before; // it had the keys
        },
        60'000));
    stop(*window);
    said += window->readAllStandardError() + window->readAllStandardOutput();
    for (const char *program : {"casement", "casement-cli", "gnome-keyring-d", "dbus-daemon"})
        QVERIFY2(programs.contains(program), program);

    world.startKeyring(); // what it keeps is on the disk
    QCOMPARE(world.entries(), 1);
    QVERIFY2(!test::holdsSecret(said, secret), said.constData());
    QVERIFY(!QDir(world.path("data") + u"/keyrings"_s).isEmpty());
    QVERIFY(QFile::exists(world.path("config") + u"/casement/accounts.json"_s));
    QVERIFY(!contentOf(log).isEmpty());
    for (const QString &folder : {world.folder(), m_home->folder.path()})
        QCOMPARE(test::fileWithSecret(folder, secret), QString());
}

void TestPlantedSecret::aBrowserGetsNoKey()
{
    const QString out = m_home->path(u"environment"_s);
    QDir().mkpath(m_home->path(u"bin"_s));
    QFile opener(m_home->path(u"bin/xdg-open"_s));
    QVERIFY(opener.open(QIODevice::WriteOnly));
    opener.write("#!/bin/sh\n{ echo \"$@\"; umask; cat /proc/self/environ; } > '" + QFile::encodeName(out)
                 + ".new'\nmv '" + QFile::encodeName(out) + ".new' '" + QFile::encodeName(out) + "'\n");
    opener.close();
    opener.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(m_home->path(u"bin"_s)) + ":/usr/bin:/bin");
    qputenv("AWS_SECRET_ACCESS_KEY", environmentSecret);
    qputenv("AWS_SESSION_TOKEN", tokenSecret);
    qputenv("KEPT", "yes");
    const mode_t mask = ::umask(022);
    makeFilesPrivate();
    const bool opened = openOutside(QUrl(u"https://console.aws.amazon.com/support?a=b c"_s));
    const bool came = QTest::qWaitFor([&out] { return QFile::exists(out); }, 20'000);
    ::umask(mask);
    qputenv("PATH", path);
    qunsetenv("AWS_SECRET_ACCESS_KEY");
    qunsetenv("AWS_SESSION_TOKEN");
    QVERIFY(opened && came);
    const QByteArray said = contentOf(out);
    QVERIFY(said.startsWith("https://console.aws.amazon.com/support?a=b%20c\n0022\n")); // and the person's own umask
    QVERIFY(said.contains("KEPT=yes"));
    QVERIFY2(isClean(said) && !said.contains("AWS_SECRET"), said.constData());
}

QTEST_MAIN(TestPlantedSecret)
#include "tst_plantedsecret.moc"
