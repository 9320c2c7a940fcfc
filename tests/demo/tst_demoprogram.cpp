#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <functional>

namespace {

/// casement-demo-service as a child, from its first line to SIGTERM.
class Service
{
public:
    explicit Service(const QStringList &arguments = {})
    {
        process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/casement-demo-service"), arguments);
        if (QTest::qWaitFor([this] { return process.canReadLine() || process.state() == QProcess::NotRunning; },
                            20'000))
            line = process.readLine();
        json = QJsonDocument::fromJson(line).object();
    }
    ~Service()
    {
        process.terminate();
        process.waitForFinished(5000);
    }

    QString endpoint() const { return json.value(QStringLiteral("endpoint")).toString(); }
    QJsonObject account(int index = 0) const
    {
        return json.value(QStringLiteral("accounts")).toArray().at(index).toObject();
    }

    QProcess process;
    QByteArray line;
    QJsonObject json;
};

QProcessEnvironment awsEnvironment(const Service &service)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QJsonObject account = service.account();
    const QList<std::pair<const char *, QString>> settings{
        {"AWS_ACCESS_KEY_ID", account.value(QStringLiteral("accessKeyId")).toString()},
        {"AWS_SECRET_ACCESS_KEY", account.value(QStringLiteral("secretAccessKey")).toString()},
        {"AWS_DEFAULT_REGION", QStringLiteral("us-east-1")},
        {"AWS_EC2_METADATA_DISABLED", QStringLiteral("true")},
        {"AWS_PAGER", QString()},
        {"AWS_CONFIG_FILE", QStringLiteral("/dev/null")},
        {"AWS_SHARED_CREDENTIALS_FILE", QStringLiteral("/dev/null")},
        {"PYTHONIOENCODING", QStringLiteral("utf-8")},
    };
    for (const char *name : {"AWS_PROFILE", "AWS_SESSION_TOKEN", "http_proxy", "HTTP_PROXY"})
        environment.remove(QString::fromLatin1(name));
    for (const auto &[name, value] : settings)
        environment.insert(QString::fromLatin1(name), value);
    return environment;
}

/// One command of the AWS CLI and what must be true of its answer.
struct Command
{
    std::function<QStringList()> arguments;
    std::function<bool(const QJsonObject &answer)> isRight;
};

} // namespace

class TestDemoProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneLineThenCleanEnd_data();
    void oneLineThenCleanEnd();
    void startsFast();
    void options();
    void wrongOptions_data();
    void wrongOptions();
    void portInUse();
    void helpAndVersion();
    void awsCommandLine();
    void botocore();
};

void TestDemoProgram::oneLineThenCleanEnd_data()
{
    QTest::addColumn<int>("signalNumber");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestDemoProgram::oneLineThenCleanEnd()
{
    QFETCH(int, signalNumber);
    Service service;
    QVERIFY(service.endpoint().startsWith(QStringLiteral("http://127.0.0.1:")));
    QCOMPARE(service.json.value(QStringLiteral("accounts")).toArray().size(), 4);
    for (const char *member : {"name", "accessKeyId", "secretAccessKey", "accountId", "region"})
        QVERIFY2(!service.account().value(QLatin1StringView(member)).toString().isEmpty(), member);
    ::kill(pid_t(service.process.processId()), signalNumber);
    QTRY_COMPARE(service.process.state(), QProcess::NotRunning);
    QCOMPARE(service.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(service.process.exitCode(), 0);
    QCOMPARE(service.process.readAllStandardOutput(), "");
    QCOMPARE(service.process.readAllStandardError(), "");
}

void TestDemoProgram::startsFast()
{
    QElapsedTimer timer;
    timer.start();
    Service service;
    QVERIFY(!service.line.isEmpty());
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed()))); // debug build, busy machine
}

void TestDemoProgram::options()
{
    Service service({QStringLiteral("--accounts=2"), QStringLiteral("--cases"), QStringLiteral("2000"),
                     QStringLiteral("--checks=12"), QStringLiteral("--resources=20"),
                     QStringLiteral("--reply-delay=0.5"), QStringLiteral("--seed=7"), QStringLiteral("--old-api"),
                     QStringLiteral("--faults=delay=1ms")});
    QCOMPARE(service.json.value(QStringLiteral("accounts")).toArray().size(), 2);
    const int port = service.endpoint().section(QLatin1Char(':'), -1).toInt();
    service.process.terminate();
    QTRY_COMPARE(service.process.state(), QProcess::NotRunning);
    Service again({QStringLiteral("--port=%1").arg(port)});
    QCOMPARE(again.endpoint(), QStringLiteral("http://127.0.0.1:%1").arg(port));
}

void TestDemoProgram::wrongOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *argument, const char *says) {
        QTest::newRow(argument) << QString::fromLatin1(argument).split(QLatin1Char(' ')) << QString::fromLatin1(says);
    };
    row("--acounts 2", "acounts");
    row("--accounts 0", "--accounts takes a number from 1 to");
    row("--accounts two", "--accounts takes a number");
    row("--cases -1", "--cases takes a number");
    row("--port 70000", "--port takes a number from 0 to 65535");
    row("--reply-delay soon", "--reply-delay takes a number of seconds");
    row("--faults throtle", "no fault named \"throtle\"");
    row("--port", "value");
    row("something", "nothing to do with \"something\"");
}

void TestDemoProgram::wrongOptions()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    Service service(arguments);
    QTRY_COMPARE(service.process.state(), QProcess::NotRunning);
    QCOMPARE(service.process.exitCode(), 2);
    QCOMPARE(service.line, "");
    const QString words = QString::fromUtf8(service.process.readAllStandardError());
    QVERIFY2(words.contains(says), qPrintable(words));
    QCOMPARE(words.count(QLatin1Char('\n')), 1);
}

void TestDemoProgram::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Service service({QStringLiteral("--port=%1").arg(other.serverPort())});
    QTRY_COMPARE(service.process.state(), QProcess::NotRunning);
    QCOMPARE(service.process.exitCode(), 1);
    QVERIFY(service.process.readAllStandardError().contains("in use"));
}

void TestDemoProgram::helpAndVersion()
{
    Service help({QStringLiteral("--help")});
    QTRY_COMPARE(help.process.state(), QProcess::NotRunning);
    QCOMPARE(help.process.exitCode(), 0);
    const QByteArray text = help.process.readAllStandardOutput();
    for (const char *word : {"--faults", "--old-api", "rehearsal", "throttle", "skew", "--reply-delay"})
        QVERIFY2(text.contains(word), word);
    Service version({QStringLiteral("--version")});
    QTRY_COMPARE(version.process.state(), QProcess::NotRunning);
    QVERIFY(version.line.startsWith("casement-demo-service "));
}

void TestDemoProgram::awsCommandLine()
{
    const QString aws = QStringLiteral("/usr/bin/aws");
    if (!QFileInfo(aws).isExecutable())
        QSKIP("Debian's awscli is not installed");
    Service service({QStringLiteral("--reply-delay=0")});
    QVERIFY(!service.line.isEmpty());

    QString setId;
    QString caseId;
    QString attachmentId;
    QString checkId;
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    const auto list = [](const QJsonObject &answer, const char *name) {
        return answer.value(QLatin1StringView(name)).toArray();
    };
    const auto text = [](const QJsonObject &answer, const char *name) {
        return answer.value(QLatin1StringView(name)).toString();
    };
    // The two columns run side by side, row by row.
    const QList<std::pair<Command, Command>> rows{
        {{[&] {
              return words("add-attachments-to-set")
                  << QStringLiteral("--attachments") << QStringLiteral(R"([{"fileName":"a.log","data":"aGVsbG8="}])");
          },
          [&](const QJsonObject &answer) {
              setId = text(answer, "attachmentSetId");
              return setId.startsWith(QStringLiteral("as-"));
          }},
         {[&] { return words("describe-services --language ja"); },
          [&](const QJsonObject &answer) { return list(answer, "services").size() > 100; }}},
        {{[&] {
              return words(
                         "create-case --service-code general-info --category-code using-aws --language en --issue-type "
                         "technical --severity-code low --subject Ignore --communication-body Nothing "
                         "--attachment-set-id")
                  << setId;
          },
          [&](const QJsonObject &answer) {
              caseId = text(answer, "caseId");
              return caseId.startsWith(QStringLiteral("case-"));
          }},
         {[&] { return words("describe-severity-levels --language en"); },
          [&](const QJsonObject &answer) { return list(answer, "severityLevels").size() == 5; }}},
        {{[&] { return words("describe-communications --case-id") << caseId; },
          [&](const QJsonObject &answer) {
              const QJsonObject message = list(answer, "communications").at(0).toObject();
              attachmentId = text(list(message, "attachmentSet").at(0).toObject(), "attachmentId");
              return text(message, "body") == QStringLiteral("Nothing") && !attachmentId.isEmpty();
          }},
         {[&] { return words("describe-trusted-advisor-checks --language en"); },
          [&](const QJsonObject &answer) {
              checkId = QStringLiteral("Pfx0RwqBli"); // S3 Bucket Permissions
              return list(answer, "checks").size() == 450;
          }}},
        {{[&] { return words("describe-attachment --attachment-id") << attachmentId; },
          [&](const QJsonObject &answer) {
              return text(answer.value(QStringLiteral("attachment")).toObject(), "data") == QStringLiteral("aGVsbG8=");
          }},
         {[&] { return words("describe-trusted-advisor-check-summaries --check-ids") << checkId; },
          [&](const QJsonObject &answer) { return list(answer, "summaries").size() == 1; }}},
        {{[&] { return words("add-communication-to-case --communication-body More --case-id") << caseId; },
          [&](const QJsonObject &answer) { return answer.value(QStringLiteral("result")).toBool(); }},
         {[&] { return words("describe-trusted-advisor-check-result --check-id") << checkId; },
          [&](const QJsonObject &answer) {
              return text(answer.value(QStringLiteral("result")).toObject(), "checkId") == checkId;
          }}},
        {{[&] { return words("describe-cases --max-items 25 --page-size 10 --include-resolved-cases"); },
          [&](const QJsonObject &answer) { return list(answer, "cases").size() > 10; }},
         {[&] { return words("refresh-trusted-advisor-check --check-id") << checkId; },
          [&](const QJsonObject &answer) {
              return text(answer.value(QStringLiteral("status")).toObject(), "status") == QStringLiteral("enqueued");
          }}},
        {{[&] { return words("resolve-case --case-id") << caseId; },
          [&](const QJsonObject &answer) { return text(answer, "finalCaseStatus") == QStringLiteral("resolved"); }},
         {[&] { return words("describe-trusted-advisor-check-refresh-statuses --check-ids") << checkId; },
          [&](const QJsonObject &answer) { return list(answer, "statuses").size() == 1; }}},
    };

    const auto start = [&](QProcess &process, const Command &command) {
        process.setProcessEnvironment(awsEnvironment(service));
        process.start(aws,
                      QStringList{QStringLiteral("support")} + command.arguments()
                          + QStringList{QStringLiteral("--endpoint-url"), service.endpoint(),
                                        QStringLiteral("--output"), QStringLiteral("json")});
    };
    for (const auto &[left, right] : rows) {
        QProcess one;
        QProcess two;
        start(one, left);
        start(two, right);
        for (auto [process, command] : {std::pair(&one, &left), std::pair(&two, &right)}) {
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
            const QString name = process->arguments().at(1);
            const QByteArray output = process->readAllStandardOutput();
            QVERIFY2(process->exitCode() == 0, qPrintable(name + QString::fromUtf8(process->readAllStandardError())));
            QVERIFY2(command->isRight(QJsonDocument::fromJson(output).object()),
                     qPrintable(name + QString::fromUtf8(output.left(500))));
        }
    }
}

void TestDemoProgram::botocore()
{
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QStringLiteral("import botocore")});
    python.waitForFinished();
    if (python.exitCode() != 0)
        QSKIP("Debian's python3-botocore is not installed");
    Service service({QStringLiteral("--checks=60"), QStringLiteral("--reply-delay=0")});
    python.setProcessEnvironment(awsEnvironment(service));
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QFINDTESTDATA("drive_with_botocore.py"), QString::fromUtf8(service.line.trimmed())});
    QTRY_COMPARE_WITH_TIMEOUT(python.state(), QProcess::NotRunning, 100'000);
    const QByteArray words = python.readAllStandardError();
    QVERIFY2(python.exitCode() == 0, words.constData());
    QCOMPARE(python.readAllStandardOutput().trimmed(), "14");
}

QTEST_GUILESS_MAIN(TestDemoProgram)
#include "tst_demoprogram.moc"
