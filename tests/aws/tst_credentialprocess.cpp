#include "aws/credentialchain.h"
#include "aws/httptransport.h"
#include "aws/shellwords.h"
#include "aws/sources/credentialprocess.h"
#include "aws/sources/profilesource.h"
#include "base/redact.h"
#include "faultserver.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const char good[] =
    R"({"Version": 1, "AccessKeyId": "ASIAEXAMPLE0PROCESS1", "SecretAccessKey": "processSecretKeyOfTests1",
 "SessionToken": "processTokenOfTests1", "Expiration": "2099-11-21T03:04:05Z", "AccountId": "111122223333"})";

constexpr char runs[] = "CASEMENT_TEST_RUNS"; // what this program is there to run and to be killed with

/// It has ended; whoever has it now, as a container's first process, need not have heard of it yet.
bool isGone(const QByteArray &pid)
{
    QFile stat(u"/proc/"_s + QString::fromLatin1(pid) + u"/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = stat.readAll();
    return text.mid(text.lastIndexOf(')') + 2).startsWith('Z');
}

/// What one run answers.
Result<Credentials> run(const QString &command, std::chrono::milliseconds limit = 20s)
{
    CredentialProcess process(u"config:3: credential_process of profile \"p\""_s, u"p"_s,
                              QProcessEnvironment::systemEnvironment());
    std::optional<Result<Credentials>> answer;
    process.start(command, limit, [&](const Result<Credentials> &keys) { answer = keys; });
    if (answer)
        qFatal("It called back before start() returned");
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        qFatal("It never called back");
    return *answer;
}

} // namespace

class TestCredentialProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void splitsAsShlex_data();
    void splitsAsShlex();
    void handsOverKeys();
    void getsNoKeysOfOurs();
    void isNoShell();
    void failures_data();
    void failures();
    void complaintsHoldNoSecret();
    void longComplaintsHoldNoSecret();
    void keysOfAFailureAreNotRepeated();
    void aSlowOneIsEnded();
    void whatItStartedEndsWithIt_data();
    void whatItStartedEndsWithIt();
    void itEndsWithTheProgram_data();
    void itEndsWithTheProgram();
    void itAsksNoTerminal();
    void rolesOfOneBaseShareARun();
    void aRunEndsWithTheLastWhoWaits();
    void keptKeysThatAreRefused();
    void badAnswers_data();
    void badAnswers();
    void aProfileHasOne();

private:
    QString script(const QByteArray &text);

    QTemporaryDir m_folder;
    int m_scripts = 0;
};

void TestCredentialProcess::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QFile file(m_folder.filePath(u"good.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(good);
}

QString TestCredentialProcess::script(const QByteArray &text)
{
    const QString path = m_folder.filePath(u"script %1"_s.arg(++m_scripts)); // a space, as people have them
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("The script can't be written");
    file.write("#!/bin/sh\n" + text);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return u'"' + path + u'"';
}

void TestCredentialProcess::splitsAsShlex_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line :
         {"a b c", "  a\tb ", "'a b' c", "\"a b\"c", "a\\ b", "\"a\\\"b\" '\\'", "\"a\\b\"", "''", "a '' b", "'open",
          "open\\", "\"open", "\"\\", "$HOME `x` $(y) ; z | w > v & *", "a#b", "\"a\\\\b\"", "é 東京", ""}) {
        QTest::newRow(*line ? line : "nothing") << QString::fromUtf8(line);
    }
}

void TestCredentialProcess::splitsAsShlex()
{
    // The AWS CLI is the judge, and it uses Python's.
    QFETCH(QString, line);
    const QString python = QStandardPaths::findExecutable(u"python3"_s);
    QVERIFY2(!python.isEmpty(), "python3 is in packages.txt");
    QProcess shlex;
    shlex.start(python,
                {u"-c"_s,
                 u"import shlex, sys\n"
                 "try:\n  sys.stdout.buffer.write(b'\\0'.join(w.encode() for w in ['ok'] + shlex.split(sys.argv[1])))\n"
                 "except ValueError:\n  pass"_s,
                 line});
    QVERIFY(shlex.waitForFinished());
    const QByteArray said = shlex.readAllStandardOutput();
    const std::optional<QStringList> words = shellWords(line);
    QCOMPARE(words.has_value(), !said.isEmpty());
    if (words)
        QCOMPARE(QStringList(u"ok"_s) + *words, QString::fromUtf8(said).split(QChar(0)));
}

void TestCredentialProcess::handsOverKeys()
{
    const Result<Credentials> keys = run(script("cat \"" + m_folder.path().toUtf8() + "/good.json\""));
    QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
    QCOMPARE(keys->accessKeyId(), "ASIAEXAMPLE0PROCESS1");
    QCOMPARE(keys->secretAccessKey(), "processSecretKeyOfTests1");
    QCOMPARE(keys->sessionToken(), "processTokenOfTests1");
    QCOMPARE(keys->expiry, QDateTime::fromString(u"2099-11-21T03:04:05Z"_s, Qt::ISODate));
    QCOMPARE(keys->accountId, u"111122223333"_s);
    QCOMPARE(keys->source, u"profile p"_s);
    QVERIFY(!redact(u"it is processSecretKeyOfTests1"_s).contains(u"processSecretKeyOfTests1"_s));
}

/// A hanging program's environment can be read for as long as it hangs.
void TestCredentialProcess::getsNoKeysOfOurs()
{
    qputenv("AWS_ACCESS_KEY_ID", "AKIDOFOURS");
    qputenv("AWS_SECRET_ACCESS_KEY", "secretOfOurs");
    qputenv("AWS_SESSION_TOKEN", "tokenOfOurs");
    qputenv("AWS_SECRET_KEY", "olderSecretOfOurs"); // names of older programs, and in small letters
    qputenv("AWS_ACCESS_KEY", "olderAKIDOFOURS");
    qputenv("aws_secret_access_key", "smallSecretOfOurs");
    qputenv("AWS_VAULT", "prod");
    qputenv("AWS_WEB_IDENTITY_TOKEN_FILE", "/run/token");
    const QString seen = m_folder.filePath(u"seen"_s);
    const Result<Credentials> keys =
        run(script("env > \"" + seen.toUtf8() + "\"; cat \"" + m_folder.path().toUtf8() + "/good.json\""));
    for (const char *name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_VAULT", "AWS_SECRET_KEY",
          "AWS_ACCESS_KEY", "aws_secret_access_key", "AWS_WEB_IDENTITY_TOKEN_FILE"})
        qunsetenv(name);
    QVERIFY(keys);
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray environment = file.readAll();
    QVERIFY(environment.contains("PATH=") && environment.contains("AWS_VAULT=prod"));
    QVERIFY(environment.contains("AWS_WEB_IDENTITY_TOKEN_FILE=/run/token"));
    QVERIFY(!environment.contains("OfOurs") && !environment.contains("OFOURS"));
}

void TestCredentialProcess::isNoShell()
{
    const QString trace = m_folder.filePath(u"trace"_s);
    // To a shell this would be two commands and a file.
    const Result<Credentials> keys =
        run(script("printf '%s\\n' \"$@\" >&2; exit 3") + u" $HOME ; touch '%1' > x"_s.arg(trace));
    QVERIFY(!keys);
    QVERIFY2(keys.error().output.contains(u"$HOME\n;\ntouch\n"_s), qPrintable(keys.error().output));
    QVERIFY(!QFile::exists(trace));
}

void TestCredentialProcess::failures_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("said");
    QTest::newRow("not there") << u"/nonexistent/program"_s << QStringList{u"could not be started"_s};
    QTest::newRow("nothing") << u"   "_s << QStringList{u"names no program"_s};
    QTest::newRow("an open quote") << u"'x"_s << QStringList{u"without its end"_s};
    QTest::newRow("exit 1") << script("echo 'the vault is sealed' >&2; exit 1")
                            << QStringList{u"exit code 1"_s, u"the vault is sealed"_s};
    QTest::newRow("killed") << script("kill -9 $$") << QStringList{u"crashed"_s};
    QTest::newRow("a megabyte") << script("head -c 3000000 /dev/zero") << QStringList{u"more than 64 kB"_s};
    QTest::newRow("a little too much") << script("head -c 65537 /dev/zero") << QStringList{u"more than 64 kB"_s};
    QTest::newRow("as much as is read") << script("head -c 65536 /dev/zero") << QStringList{u"JSON"_s};
    QTest::newRow("a megabyte of complaint")
        << script("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 4") << QStringList{u"exit code 4"_s};
    QTest::newRow("asks") << script("read answer || { echo 'no terminal' >&2; exit 5; }")
                          << QStringList{u"exit code 5"_s, u"no terminal"_s};
}

void TestCredentialProcess::failures()
{
    QFETCH(QString, command);
    QFETCH(QStringList, said);
    const Result<Credentials> keys = run(command);
    QVERIFY(!keys);
    const QString message = keys.error().message;
    QVERIFY2(message.startsWith(u"config:3: credential_process of profile \"p\" "_s), qPrintable(message));
    const QString whole = message + u": "_s + keys.error().output;
    for (const QString &part : said)
        QVERIFY2(whole.contains(part), qPrintable(whole));
    QVERIFY(whole.size() < 700);
    // What it wrote is for the person alone: a log has what Casement itself knows.
    QVERIFY2(keys.error().output.isEmpty() || !keys.error().toLine().contains(keys.error().output),
             qPrintable(keys.error().toLine()));
}

/// Whatever a program says why it failed: what looks like a secret stays out.
void TestCredentialProcess::complaintsHoldNoSecret()
{
    const QByteArray bare = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYPLANTEDKEY";
    for (const QByteArray &secret : {QByteArray("Authorization: Bearer PLANTEDabc.PLANTED-def"),
                                     QByteArray("curl -u alice:PLANTEDpw https://x"), "using " + bare + " now"}) {
        const Result<Credentials> answer = run(script("echo 'it failed'; echo '" + secret + "' >&2; exit 1"));
        QVERIFY(!answer);
        const QString said = answer.error().output;
        QVERIFY2(!said.contains(u"PLANTED"_s), qPrintable(said));
        QVERIFY2(said.contains(u"curl"_s) || said.contains(u"using"_s) || said.contains(u"Authorization"_s),
                 qPrintable(said));
    }
}

/// The name may stand far before the value's end, or be coloured; what is said stays within bounds.
void TestCredentialProcess::longComplaintsHoldNoSecret()
{
    const QByteArray lines =
        "i=0; while [ $i -lt 3000 ]; do echo \"line $i of a long complaint\"; i=$((i+1)); done >&2; ";
    const QByteArray far = "head -c 5000 /dev/zero | tr '\\0' ";
    for (const QByteArray &text : {
             // the value's end is all that the last bytes have
             QByteArray("printf 'password=\"' >&2; " + far + "P >&2; echo 'PLANTED\"' >&2"),
             QByteArray(
                 "echo '-----BEGIN PRIVATE KEY-----' >&2; i=0; while [ $i -lt 200 ]; do echo PLANTEDabc; i=$((i+1)); "
                 "done >&2; echo '-----END PRIVATE KEY-----' >&2"),
             // longer than what is kept
             QByteArray("printf 'password=\"' >&2; head -c 100000 /dev/zero | tr '\\0' P >&2; echo 'PLANTED\"' >&2"),
             QByteArray(lines + "printf 'password=\"' >&2; " + far + "P >&2; echo 'PLANTED\"' >&2"),
             // colours
             QByteArray("printf '\\033[1mpassword\\033[0m=\\033[31mPLANTED\\033[0m\\n' >&2"),
             QByteArray("printf 'pass\\033]8;;x\\007word: PLAN\\033[0mTED\\n' >&2"),
         }) {
        const Result<Credentials> answer = run(script(text + "; echo 'it failed' >&2; exit 1"));
        QVERIFY(!answer);
        const QString said = answer.error().output;
        QVERIFY2(!said.contains(u"PLANTED"_s) && !said.contains(u"PPP"_s), qPrintable(said));
        QVERIFY2(said.endsWith(u"it failed"_s) && said.size() < 700, qPrintable(said));
    }
    // It begins with a line's beginning.
    const QString said = run(script(lines + "exit 1")).error().output;
    QVERIFY2(said.startsWith(u"line 29"_s) && said.endsWith(u"line 2999 of a long complaint"_s), qPrintable(said));
}

/// A program that fails after it printed keys, or that prints them where complaints go.
void TestCredentialProcess::keysOfAFailureAreNotRepeated()
{
    const QByteArray keys = QByteArray(good).replace("OfTests1", "OfTests2"); // nobody has registered these
    QFile file(m_folder.filePath(u"failing.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(keys);
    file.close();
    const QByteArray print = "cat \"" + file.fileName().toUtf8() + "\"";
    for (const QByteArray &text :
         {print + "; exit 1", print + " >&2; exit 1", print + "; echo; " + print, print + " | sed s/1,/2,/",
          print + " | head -c 120", print + " >&2; head -c 330 /dev/zero | tr '\\0' x >&2; exit 1"}) {
        const Result<Credentials> answer = run(script(text));
        QVERIFY2(!answer, text.constData());
        const QString said = answer.error().message + answer.error().output + answer.error().toLine();
        for (const char *secret : {"processSecretKeyOfTests2", "processTokenOfTests2"})
            QVERIFY2(!said.contains(QLatin1StringView(secret)), qPrintable(said));
    }
}

void TestCredentialProcess::aSlowOneIsEnded()
{
    const QString pid = m_folder.filePath(u"pid"_s);
    const Result<Credentials> keys = run(script("echo $$ > '" + pid.toUtf8() + "'; exec sleep 600"), 1s);
    QVERIFY(!keys);
    QVERIFY2(keys.error().message.contains(u"did not answer within 1 s"_s), qPrintable(keys.error().message));
    QFile file(pid);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray process = file.readAll().trimmed();
    QTRY_VERIFY(isGone(process));
}

void TestCredentialProcess::whatItStartedEndsWithIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isLetGo");
    const QByteArray chain = "sh -c 'sleep 600 & echo $!; wait' >> FILE & echo $! >> FILE; sleep 600";
    const QByteArray orphan = "(sleep 600 & echo $! >> FILE); (sleep 600 & echo $! >> FILE); sleep 600";
    const QByteArray group = "timeout 600 sh -c 'echo $$ >> FILE; echo $PPID >> FILE; exec sleep 600'";
    for (const bool isLetGo : {false, true}) {
        const QByteArray when = isLetGo ? ", nobody waits any more" : ", too slow";
        QTest::newRow(("a child and its own" + when).constData()) << chain << isLetGo;
        QTest::newRow(("whose parents have ended" + when).constData()) << orphan << isLetGo;
        QTest::newRow(("a group of its own" + when).constData()) << group << isLetGo;
    }
}

void TestCredentialProcess::whatItStartedEndsWithIt()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isLetGo);
    const QString pids = m_folder.filePath(u"pids%1"_s.arg(++m_scripts));
    const auto started = [&pids] {
        QFile written(pids);
        return written.open(QIODevice::ReadOnly) ? written.readAll().trimmed().split('\n') : QList<QByteArray>();
    };
    const QString command = script(text.replace("FILE", "'" + pids.toUtf8() + "'"));
    if (isLetGo) {
        CredentialProcess process(u"config:3"_s, u"p"_s, QProcessEnvironment::systemEnvironment());
        process.start(command, 60s, [](const Result<Credentials> &) {});
        QTRY_COMPARE(started().size(), 2);
    } else {
        QVERIFY(!run(command, 1s));
    }
    QCOMPARE(started().size(), 2);
    for (const QByteArray &pid : started())
        QTRY_VERIFY2(isGone(pid), pid.constData());
}

void TestCredentialProcess::itEndsWithTheProgram_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("itself") << QByteArray("echo $$ > FILE; exec sleep 600");
    QTest::newRow("a child") << QByteArray("sleep 600 & echo $! > FILE; wait");
}

/// Killed, the program ends nothing: what hangs ends all the same.
void TestCredentialProcess::itEndsWithTheProgram()
{
    QFETCH(QByteArray, text);
    const QString pid = m_folder.filePath(u"pid%1"_s.arg(++m_scripts));
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(runs), script(text.replace("FILE", "'" + pid.toUtf8() + "'")));
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(program.waitForStarted());
    QFile file(pid);
    QByteArray process;
    QTRY_VERIFY(file.isOpen() || file.open(QIODevice::ReadOnly));
    QTRY_VERIFY((process += file.readAll()).endsWith('\n'));
    QVERIFY(!isGone(process.trimmed()));
    program.kill();
    QVERIFY(program.waitForFinished());
    QTRY_VERIFY(isGone(process.trimmed()));
}

/// A program in the background that reads the terminal would be stopped, and hang.
void TestCredentialProcess::itAsksNoTerminal()
{
    const Result<Credentials> keys =
        run(script("sed 's/.*) //' /proc/$$/stat | cut -d' ' -f4 >&2; echo $$ >&2; exit 7"));
    QVERIFY(!keys);
    const QStringList lines = keys.error().output.split(u'\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.first().trimmed(), lines.last());
}

namespace {

const char roleXml[] =
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>"
    "roleSecretOfTests1</SecretAccessKey><SessionToken>roleTokenOfTests1</SessionToken><Expiration>"
    "2099-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// Roles of profiles whose `source_profile` has a `credential_process`.
struct Roles
{
    Roles(const QTemporaryDir &folder, int count, const QString &command)
        : config(folder.filePath(u"config%1"_s.arg(qHash(command))))
    {
        QByteArray text = "[profile base]\ncredential_process = " + command.toUtf8() + "\n";
        for (int i = 0; i < count; ++i) {
            text += "[profile role" + QByteArray::number(i) + "]\nrole_arn = arn:aws:iam::" + QByteArray::number(i)
                + ":role/r\nsource_profile = base\n";
        }
        QFile file(config);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("The config can't be written");
        settings.environment = QProcessEnvironment::systemEnvironment();
        settings.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, server.url().toString());
        settings.transport = [] { return std::make_unique<HttpTransport>(HttpTransport::Settings{.connections = 1}); };
        server.setSteps({http(200, roleXml, "Content-Type: text/xml\r\n")});
    }
    CredentialChain &ask(int role)
    {
        std::vector<std::unique_ptr<CredentialSource>> sources;
        sources.push_back(std::make_unique<ProfileSource>(ConfigPaths{config, config + u"-none"_s},
                                                          u"role%1"_s.arg(role), true, settings));
        chains.push_back(std::make_unique<CredentialChain>(std::move(sources)));
        chains.back()->get(&context, [this](const Result<Credentials> &keys) {
            answers.append(keys ? QString::fromLatin1(keys->accessKeyId()) : keys.error().toLine());
        });
        return *chains.back();
    }

    QString config;
    FaultServer server;
    ProfileKeysSettings settings;
    std::vector<std::unique_ptr<CredentialChain>> chains;
    QObject context;
    QStringList answers;
};

} // namespace

/// Each run may ask for a touch of a security key.
void TestCredentialProcess::rolesOfOneBaseShareARun()
{
    const QString counted = m_folder.filePath(u"shared"_s);
    const auto runs = [&counted] {
        QFile file(counted);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    };
    constexpr int count = 20;
    Roles roles(m_folder, count + 1,
                script("echo run >> '" + counted.toUtf8() + "'; cat '" + m_folder.path().toUtf8() + "/good.json'"));
    for (int i = 0; i < count; ++i)
        roles.ask(i);
    QTRY_COMPARE(roles.answers, QStringList(count, u"ASIAROLE"_s));
    QCOMPARE(runs(), 1);
    roles.ask(count); // later, when nobody has the base's keys any more
    QTRY_COMPARE(roles.answers.size(), count + 1);
    QCOMPARE(roles.answers.last(), u"ASIAROLE"_s);
    QCOMPARE(runs(), 1);
}

void TestCredentialProcess::aRunEndsWithTheLastWhoWaits()
{
    const QString written = m_folder.filePath(u"waits"_s);
    Roles roles(m_folder, 2, script("echo $$ >> '" + written.toUtf8() + "'; sleep 600"));
    roles.ask(0);
    roles.ask(1);
    QByteArray pid;
    const auto isWritten = [&] {
        QFile file(written);
        pid = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return pid.endsWith('\n');
    };
    QTRY_VERIFY(isWritten());
    QCOMPARE(pid.count('\n'), 1);
    roles.chains.erase(roles.chains.begin());
    QVERIFY(!isGone(pid.trimmed()));
    roles.chains.clear();
    QTRY_VERIFY(isGone(pid.trimmed()));
}

/// The vault has others since.
void TestCredentialProcess::keptKeysThatAreRefused()
{
    const QString counted = m_folder.filePath(u"rotated"_s);
    const QByteArray count = "'" + counted.toUtf8() + "'";
    Roles roles(m_folder, 3,
                script("echo run >> " + count + "; n=$(wc -l < " + count
                       + "); printf '{\"Version\": 1, \"AccessKeyId\": \"AKIARUN%s\", \"SecretAccessKey\": "
                         "\"rotatedSecretOfTests%s\"}' $n $n"));
    const QByteArray refused = "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>";
    roles.ask(0);
    QTRY_COMPARE(roles.answers, QStringList(u"ASIAROLE"_s));
    roles.server.setSteps(
        {http(403, refused, "Content-Type: text/xml\r\n"), http(200, roleXml, "Content-Type: text/xml\r\n")});
    roles.ask(1);
    QTRY_COMPARE(roles.answers, QStringList(2, u"ASIAROLE"_s));
    const auto keyOf = [&](int request) {
        return roles.server.requests().at(request).header("Authorization").split('=').value(1).split('/').value(0);
    };
    QCOMPARE(keyOf(1), "AKIARUN1");
    QCOMPARE(keyOf(2), "AKIARUN2");
    // What is refused when it is new is that.
    roles.server.setSteps({http(403, refused, "Content-Type: text/xml\r\n")});
    roles.ask(2);
    QTRY_COMPARE(roles.answers.size(), 3);
    QVERIFY2(roles.answers.last().contains(u"InvalidClientTokenId"_s), qPrintable(roles.answers.last()));
    QCOMPARE(roles.server.requests().size(), 5);
    QCOMPARE(keyOf(3), "AKIARUN2");
    QCOMPARE(keyOf(4), "AKIARUN3");
}

void TestCredentialProcess::badAnswers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QByteArray() << u"JSON object"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"JSON object"_s;
    QTest::newRow("no version") << QByteArray(R"({"AccessKeyId":"A","SecretAccessKey":"S"})") << u"\"Version\": 1"_s;
    QTest::newRow("version as text") << QByteArray(R"({"Version":"1","AccessKeyId":"A","SecretAccessKey":"S"})")
                                     << u"\"Version\": 1"_s;
    QTest::newRow("version 2") << QByteArray(R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"S"})")
                               << u"\"Version\": 1"_s;
    QTest::newRow("no id") << QByteArray(R"({"Version":1,"SecretAccessKey":"S"})") << u"no AccessKeyId"_s;
    QTest::newRow("no secret") << QByteArray(R"({"Version":1,"AccessKeyId":"A"})") << u"no SecretAccessKey"_s;
    QTest::newRow("a line break in the secret")
        << QByteArray(R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"hiddenPart\nX"})")
        << u"SecretAccessKey that"_s;
    QTest::newRow("no time") << QByteArray(
        R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"soon"})")
                             << u"no time"_s;
    QTest::newRow("expired") << QByteArray(
        R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"2001-01-01T00:00:00Z"})")
                             << u"have expired"_s;
}

void TestCredentialProcess::badAnswers()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, said);
    const Result<Credentials> keys = CredentialProcess::read(json, u"config:3"_s);
    QVERIFY(!keys);
    QVERIFY2(keys.error().message.contains(said), qPrintable(keys.error().message));
    QVERIFY(!keys.error().message.contains(u"hiddenPart"_s));
}

void TestCredentialProcess::aProfileHasOne()
{
    QFile config(m_folder.filePath(u"config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    const QString counted = m_folder.filePath(u"runs"_s);
    config.write(
        "[profile p]\ncredential_process = "
        + script("echo run >> '" + counted.toUtf8() + "'; cat '" + m_folder.path().toUtf8() + "/good.json'").toUtf8()
        + "\n");
    config.close();
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(
        std::make_unique<ProfileSource>(ConfigPaths{config.fileName(), m_folder.filePath(u"none"_s)}, u"p"_s, true,
                                        ProfileKeysSettings{.environment = QProcessEnvironment::systemEnvironment()}));
    CredentialChain chain(std::move(sources));
    QList<QByteArray> ids;
    const auto take = [&](const Result<Credentials> &keys) {
        ids.append(keys ? keys->accessKeyId() : keys.error().toLine().toUtf8());
    };
    // However many wait, it runs once, and what it said holds.
    chain.get(this, take);
    chain.get(this, take);
    QTRY_COMPARE(ids.size(), 2);
    chain.get(this, take);
    QTRY_COMPARE(ids.size(), 3);
    for (const QByteArray &id : ids)
        QCOMPARE(id, "ASIAEXAMPLE0PROCESS1");
    QFile runs(counted);
    QVERIFY(runs.open(QIODevice::ReadOnly));
    QCOMPARE(runs.readAll(), "run\n");
    chain.invalidate();
    chain.get(this, take);
    QTRY_COMPARE(ids.size(), 4);
    runs.seek(0);
    QCOMPARE(runs.readAll(), "run\nrun\n");
}

/// Itself it is the program that is killed, too.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString command = qEnvironmentVariable(runs); !command.isEmpty()) {
        CredentialProcess process(u"config:3"_s, u"p"_s, QProcessEnvironment::systemEnvironment());
        process.start(command, 600s, [](const Result<Credentials> &) { QCoreApplication::quit(); });
        return QCoreApplication::exec();
    }
    TestCredentialProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_credentialprocess.moc"
