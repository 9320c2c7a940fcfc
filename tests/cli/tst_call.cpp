#include "cli/cliprocess.h"
#include "demoservice.h"
#include "faultserver.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <csignal>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray documentedSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

class TestCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachOperation_data();
    void eachOperation();
    void inputComesFromAnywhere();
    void wrongUseIsTold_data();
    void wrongUseIsTold();
    void otherEncodingsAreRefused();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void faultsAreTold_data();
    void faultsAreTold();
    void hiccupsAreRetried();
    void aCaseIsNeverOpenedTwice();
    void aRehearsalSucceeds();
    void anOldServiceIsSurvived();
    void theAnswerIsExact();
    void whatIsNoTextIsReplaced();
    void theRequestIsExact();
    void notDoneIsAFailure();
    void hostileAnswersAreTold_data();
    void hostileAnswersAreTold();
    void keysAreLookedFor();
    void whatAProcessWroteIsShownAndNotLogged();
    void unusableKeysAreNamed();
    void openFilesAreWarnedOf();
    void signalsEndIt_data();
    void signalsEndIt();
    void brokenPipesAreQuiet();

private:
    QString filledIn(QString input);
    Cli cli(int account = 0);

    std::unique_ptr<DemoFixture> m_demo;
    QString m_caseId;
    QString m_openCaseId;
    QString m_attachmentId;
    QString m_checkId;
};

Cli makeCli(const DemoFixture &demo, int account)
{
    Cli cli(demo.endpoint());
    cli.setKeys(demo.account(account).accessKeyId, demo.account(account).secretAccessKey);
    cli.environment.insert(u"AWS_REGION"_s, demo.account(account).region);
    return cli;
}

Cli TestCall::cli(int account) { return makeCli(*m_demo, account); }

void TestCall::initTestCase()
{
    m_demo = std::make_unique<DemoFixture>();
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.maxResults = 100;
    const auto cases = m_demo->call(request);
    QVERIFY(cases && !cases->cases.isEmpty());
    m_caseId = cases->cases.first().caseId;
    for (const CaseDetails &details : cases->cases) {
        if (details.status != u"resolved")
            m_openCaseId = details.caseId;
        for (const Communication &message :
             details.recentCommunications.value_or(RecentCaseCommunications{}).communications) {
            if (!message.attachmentSet.isEmpty())
                m_attachmentId = message.attachmentSet.first().attachmentId;
        }
    }
    DescribeTrustedAdvisorChecks::Request checks;
    checks.language = u"en"_s;
    const auto known = m_demo->call(checks);
    QVERIFY(known && !known->checks.isEmpty());
    m_checkId = known->checks.first().id;
    QVERIFY(!m_openCaseId.isEmpty() && !m_attachmentId.isEmpty());
}

QString TestCall::filledIn(QString input)
{
    input.replace(u"CASE"_s, m_caseId).replace(u"OPEN"_s, m_openCaseId).replace(u"FILE"_s, m_attachmentId);
    return input.replace(u"CHECK"_s, m_checkId);
}

void TestCall::eachOperation_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("member"); // of the answer

    const auto row = [](const char *operation, const QString &input, const QString &member) {
        QTest::newRow(operation) << QString::fromLatin1(operation) << input << member;
    };
    row("DescribeCases", u"{}"_s, u"cases"_s);
    row("describe-communications", uR"({"caseId":"CASE"})"_s, u"communications"_s);
    row("DescribeServices", uR"({"language":"ja"})"_s, u"services"_s);
    row("describe-severity-levels", u"{}"_s, u"severityLevels"_s);
    row("DescribeSupportedLanguages",
        uR"({"issueType":"technical","serviceCode":"amazon-elastic-compute-cloud-linux","categoryCode":"other"})"_s,
        u"supportedLanguages"_s);
    row("DescribeCreateCaseOptions",
        uR"({"issueType":"technical","serviceCode":"amazon-elastic-compute-cloud-linux","categoryCode":"other","language":"en"})"_s,
        u"languageAvailability"_s);
    row("DescribeTrustedAdvisorChecks", uR"({"language":"en"})"_s, u"checks"_s);
    row("DescribeTrustedAdvisorCheckSummaries", uR"({"checkIds":["CHECK"]})"_s, u"summaries"_s);
    row("DescribeTrustedAdvisorCheckRefreshStatuses", uR"({"checkIds":["CHECK"]})"_s, u"statuses"_s);
    row("DescribeTrustedAdvisorCheckResult", uR"({"checkId":"CHECK","language":"ja"})"_s, u"result"_s);
    row("RefreshTrustedAdvisorCheck", uR"({"checkId":"CHECK"})"_s, u"status"_s);
    row("CreateCase",
        uR"({"subject":"Test","communicationBody":"Hello 日本","serviceCode":"amazon-elastic-compute-cloud-linux",)"
        uR"("categoryCode":"other","severityCode":"low","language":"en","issueType":"technical"})"_s,
        u"caseId"_s);
    row("AddCommunicationToCase", uR"({"caseId":"OPEN","communicationBody":"More"})"_s, u"result"_s);
    row("add-attachments-to-set", uR"({"attachments":[{"fileName":"a.txt","data":"aGVsbG8="}]})"_s,
        u"attachmentSetId"_s);
    row("DescribeAttachment", uR"({"attachmentId":"FILE"})"_s, u"attachment"_s);
    row("GetAttachmentDownloadLink", uR"({"attachmentId":"FILE"})"_s, u"downloadUrl"_s);
    row("ResolveCase", uR"({"caseId":"OPEN"})"_s, u"finalCaseStatus"_s);
    // Links, upload, completion and state go together.
    row("GetAttachmentUploadLinks", uR"({"fileName":"a.log","fileSizeBytes":5})"_s, u"uploadUrls"_s);
}

void TestCall::eachOperation()
{
    QFETCH(QString, operation);
    QFETCH(QString, input);
    QFETCH(QString, member);
    const Cli program = cli();
    const CliRun run = program.run({u"call"_s, operation, u"--input"_s, filledIn(input)});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
    const QJsonObject answer = QJsonDocument::fromJson(run.out).object();
    QVERIFY2(answer.contains(member), run.out.constData());
    QVERIFY(run.out.startsWith("{\n  \"") && run.out.endsWith("\n}\n"));
    if (operation != u"GetAttachmentUploadLinks")
        return;

    const QString uploadId = answer[u"uploadId"].toString();
    QNetworkAccessManager network;
    QNetworkReply *put =
        network.put(QNetworkRequest(QUrl(answer[u"uploadUrls"][0][u"url"].toString())), QByteArray("hello"));
    QTRY_VERIFY(put->isFinished());
    const QString tag = QString::fromLatin1(put->rawHeader("ETag"));
    QVERIFY(!tag.isEmpty());
    const QJsonObject part{{u"partIndex"_s, 1}, {u"eTag"_s, tag}};
    const CliRun complete =
        program.run({u"call"_s, u"CompleteAttachmentUpload"_s, u"--input"_s,
                     compact({{u"uploadId"_s, uploadId}, {u"completedUploads"_s, QJsonArray{part}}})});
    QVERIFY2(complete.status == 0, complete.err.constData());
    QVERIFY(complete.out.contains("uploadStatus"));
    const CliRun state = program.run(
        {u"call"_s, u"describe-attachment-upload-status"_s, u"--input"_s, compact({{u"uploadId"_s, uploadId}})});
    QVERIFY2(state.status == 0, state.err.constData());
    QVERIFY(state.out.contains("completedPartsCount"));
}

void TestCall::inputComesFromAnywhere()
{
    const Cli program = cli();
    const QByteArray json = "\xef\xbb\xbf{\"maxResults\": 10}\n";
    const QString path = program.home.filePath(u"in put.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(json) > 0);
    file.close();
    for (const QStringList &from : {QStringList{u"--input"_s, u"@"_s + path}, QStringList{u"--input=-"_s}}) {
        const CliRun run = program.run(QStringList{u"call"_s, u"DescribeCases"_s} + from, json);
        QVERIFY2(run.status == 0, run.err.constData());
        QCOMPARE(QJsonDocument::fromJson(run.out)[u"cases"].toArray().size(), 10);
    }
}

void TestCall::wrongUseIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no command") << QStringList{} << QByteArray("Say what to do");
    QTest::newRow("no such operation") << QStringList{u"call"_s, u"DropCases"_s}
                                       << QByteArray("no operation \"DropCases\"");
    QTest::newRow("a limit") << QStringList{u"call"_s, u"DescribeCases"_s, u"--input"_s, u"{\"maxResults\":5}"_s}
                             << QByteArray("maxResults must be at least 10");
    QTest::newRow("a missing member") << QStringList{u"call"_s, u"DescribeCommunications"_s}
                                      << QByteArray("caseId is missing");
    QTest::newRow("not JSON") << QStringList{u"call"_s, u"DescribeCases"_s, u"--input"_s, u"{"_s} << QByteArray("JSON");
    QTest::newRow("a file that isn't there")
        << QStringList{u"call"_s, u"DescribeCases"_s, u"--input"_s, u"@/nowhere.json"_s}
        << QByteArray("/nowhere.json can't be read: No such file");
    const auto input = [](const char *name, const char *operation, const QString &json, const char *sentence) {
        QTest::newRow(name) << QStringList{u"call"_s, QString::fromLatin1(operation), u"--input"_s, json}
                            << QByteArray(sentence);
    };
    input("a file without name", "DescribeCases", u"@"_s, "no name of a file");
    input("a directory", "DescribeCases", u"@/"_s, "it is a folder");
    input("a device without end", "DescribeCases", u"@/dev/zero"_s, "not a regular file");
    input("a member twice", "CreateCase",
          uR"({"subject":"s","communicationBody":"b","dryRun":true,"dryR\u0075n":false})"_s,
          "\"dryRun\" is given twice");
    input("a message of white space", "CreateCase", uR"({"subject":"s","communicationBody":" \n "})"_s,
          "nothing but white space");
    QTest::newRow("an option of another command")
        << QStringList{u"call"_s, u"DescribeCases"_s, u"--all"_s} << QByteArray("no option --all");
    QTest::newRow("readable over the network")
        << QStringList{u"call"_s, u"DescribeCases"_s, u"--endpoint-url"_s, u"http://192.0.2.1/"_s}
        << QByteArray("http");
    QTest::newRow("no URL") << QStringList{u"cases"_s, u"--endpoint-url"_s, u"ftp://x"_s} << QByteArray("ftp");
}

void TestCall::wrongUseIsTold()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const int before = m_demo->requestCount();
    // The last --endpoint-url counts, so it must be the row's.
    Cli program;
    if (!arguments.contains(u"--endpoint-url"_s))
        arguments << u"--endpoint-url"_s << m_demo->endpoint();
    const CliRun run = program.run(arguments);
    QCOMPARE(run.status, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.startsWith("casement-cli: ") && run.err.contains(sentence), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
    QCOMPARE(m_demo->requestCount(), before);
}

void TestCall::otherEncodingsAreRefused()
{
    const int before = m_demo->requestCount();
    const QByteArray input =
        R"({"subject":"s","communicationBody":")" + QByteArray("\x90\xda\x91\xb1") + "\"}"; // Shift-JIS
    Cli program = cli();
    QFile file(program.home.filePath(u"case.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(input), input.size());
    file.close();
    for (const QString &where : {u"-"_s, u'@' + file.fileName()}) {
        const CliRun run = program.run({u"call"_s, u"CreateCase"_s, u"--input"_s, where}, input);
        QCOMPARE(run.status, 2);
        QCOMPARE(run.err, QByteArray("casement-cli: The text of --input is not in UTF-8.\n"));
    }
    // QProcess would make UTF-8 of it.
    QProcess shell;
    shell.setProcessEnvironment(program.environment);
    shell.start(u"/bin/sh"_s,
                {u"-c"_s, u"exec \"$0\" reply 1 --body \"$(printf 'caf\\351')\" --endpoint-url \"$1\""_s,
                 QString::fromUtf8(CASEMENT_CLI), m_demo->endpoint()});
    QSignalSpy finished(&shell, &QProcess::finished);
    QVERIFY(!finished.isEmpty() || finished.wait(60'000));
    QCOMPARE(shell.exitCode(), 2);
    QCOMPARE(shell.readAllStandardError(),
             QByteArray("casement-cli: The argument after \"--body\" is not in UTF-8.\n"));
    QCOMPARE(m_demo->requestCount(), before);
}

void TestCall::refusalsAreTold_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("advice");

    const auto row = [](const char *name, const QString &operation, const QString &input, const QString &faults,
                        const char *code, const char *advice) {
        QTest::newRow(name) << operation << input << faults << QByteArray(code) << QByteArray(advice);
    };
    row("no such case", u"DescribeCommunications"_s, uR"({"caseId":"case-none"})"_s, {}, "CaseIdNotFound", "");
    row("no such file", u"DescribeAttachment"_s, uR"({"attachmentId":"none"})"_s, {}, "AttachmentIdNotFound", "");
    row("no such upload", u"DescribeAttachmentUploadStatus"_s, uR"({"uploadId":"none"})"_s, {}, "UploadIdNotFound", "");
    row("no such set", u"CreateCase"_s, uR"({"subject":"s","communicationBody":"b","attachmentSetId":"none"})"_s, {},
        "AttachmentSetIdNotFound", "");
    row("no permission", u"DescribeCases"_s, u"{}"_s, u"deny"_s, "AccessDenied", "may not do this");
    row("no plan", u"DescribeCases"_s, u"{}"_s, u"plan"_s, "SubscriptionRequired", "support plan");
    row("an expired token", u"DescribeCases"_s, u"{}"_s, u"expire=credentials"_s, "ExpiredToken", "Sign in again");
}

void TestCall::refusalsAreTold()
{
    QFETCH(QString, operation);
    QFETCH(QString, input);
    QFETCH(QString, faults);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, advice);
    m_demo->setFaults(faults);
    const CliRun run = cli().run({u"call"_s, operation, u"--input"_s, input});
    m_demo->setFaults({});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(code), run.err.constData());
    QVERIFY2(run.err.contains("request id: "), run.err.constData());
    QVERIFY2(run.err.contains(operation.toLatin1() + ": "), run.err.constData());
    QVERIFY2(run.err.contains(advice), run.err.constData());
}

void TestCall::faultsAreTold_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("a hotel's page") << u"html"_s << QByteArray("a proxy or a sign-in page answered, not AWS");
    QTest::newRow("garbage") << u"garbage"_s << QByteArray("damaged");
    QTest::newRow("null") << u"notjson"_s << QByteArray("damaged");
    QTest::newRow("half a gzip stream") << u"badgzip"_s << QByteArray("answer");
    QTest::newRow("half of the JSON") << u"cut"_s << QByteArray("damaged");
    QTest::newRow("half of the answer") << u"truncate"_s << QByteArray("ended before the answer was whole");
    QTest::newRow("a redirect") << u"redirect"_s << QByteArray("never followed");
    QTest::newRow("out of service") << u"503"_s << QByteArray("503");
    QTest::newRow("too many calls") << u"throttle"_s << QByteArray("ThrottlingException");
}

void TestCall::faultsAreTold()
{
    QFETCH(QString, faults);
    QFETCH(QByteArray, sentence);
    m_demo->setFaults(faults);
    const int elsewhere = m_demo->requestCount("Elsewhere");
    const CliRun run = cli().run({u"call"_s, u"DescribeSeverityLevels"_s});
    m_demo->setFaults({});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(sentence), run.err.constData());
    QVERIFY2(!run.err.contains('<'), run.err.constData());
    QCOMPARE(m_demo->requestCount("Elsewhere"), elsewhere);
}

void TestCall::hiccupsAreRetried()
{
    m_demo->setFaults(u"throttle=1,skew=1h"_s);
    const CliRun run = cli().run({u"call"_s, u"DescribeSeverityLevels"_s});
    m_demo->setFaults({});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("clock is 36") || run.err.contains("clock is 35"), run.err.constData());
    QVERIFY(run.out.contains("severityLevels"));
}

void TestCall::aCaseIsNeverOpenedTwice()
{
    m_demo->setFaults(u"504:CreateCase=1/done"_s);
    const int before = m_demo->requestCount("CreateCase");
    const CliRun run =
        cli().run({u"call"_s, u"CreateCase"_s, u"--input"_s, uR"({"subject":"s","communicationBody":"b"})"_s});
    m_demo->setFaults({});
    QCOMPARE(run.status, 3);
    QCOMPARE(m_demo->requestCount("CreateCase"), before + 1);
    QVERIFY2(run.err.contains("may have taken effect"), run.err.constData());
    QVERIFY2(run.err.contains("casement-cli sync"), run.err.constData()); // where to look
}

void TestCall::aRehearsalSucceeds()
{
    const CliRun good = cli().run(
        {u"call"_s, u"CreateCase"_s, u"--input"_s, uR"({"subject":"s","communicationBody":"b","dryRun":true})"_s});
    QCOMPARE(good.status, 0);
    QCOMPARE(good.out, QByteArray());
    QVERIFY2(good.err.contains("would accept") && good.err.contains("dry run"), good.err.constData());

    const CliRun bad =
        cli().run({u"call"_s, u"ResolveCase"_s, u"--input"_s, uR"({"caseId":"case-none","dryRun":true})"_s});
    QCOMPARE(bad.status, 1);
    QVERIFY2(bad.err.contains("CaseIdNotFound"), bad.err.constData());
}

void TestCall::anOldServiceIsSurvived()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.oldApi = true;
    const DemoFixture old(options);
    const Cli program = makeCli(old, 0);
    const CliRun link =
        program.run({u"call"_s, u"GetAttachmentDownloadLink"_s, u"--input"_s, uR"({"attachmentId":"a"})"_s});
    QCOMPARE(link.status, 1);
    QVERIFY2(link.err.contains("UnknownOperation") && link.err.contains("does not have this operation"),
             link.err.constData());
}

void TestCall::theAnswerIsExact()
{
    const QByteArray answer = "{\"unknown\":12345678901234567890.10, \"cases\":[ {\"zzz\":1e2,\"caseId\":\"c\","
                              "\"subject\":\"\\u001b[31m 日本 \\ud83d\\ude00 \x7f\"} ],\"nextToken\":null}";
    FaultServer server({http(200, answer)});
    const Cli program(server.url().toString());
    const CliRun run = program.run({u"call"_s, u"DescribeCases"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out,
             QByteArray("{\n  \"unknown\": 12345678901234567890.10,\n  \"cases\": [\n    {\n      \"zzz\": 1e2,\n"
                        "      \"caseId\": \"c\",\n      \"subject\": \"\\u001b[31m 日本 \\ud83d\\ude00 \x7f\"\n    }\n"
                        "  ],\n  \"nextToken\": null\n}\n"));
    QCOMPARE(server.requests().size(), 1);
    const Received request = server.requests().first();
    QCOMPARE(request.header("x-amz-target"), QByteArray("AWSSupport_20130415.DescribeCases"));
    QCOMPARE(request.body, QByteArray("{}"));
}

void TestCall::whatIsNoTextIsReplaced()
{
    FaultServer server({http(200, R"({"cases":[{"subject":"a \ud800 b \udc00 \ud83d\ude00","\udfff":"\q"}]})")});
    const Cli program(server.url().toString());
    const CliRun run = program.run({u"call"_s, u"DescribeCases"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out,
             QByteArray("{\n  \"cases\": [\n    {\n      \"subject\": \"a \uFFFD b \uFFFD \\ud83d\\ude00\",\n"
                        "      \"\uFFFD\": \"\uFFFD\"\n    }\n  ]\n}\n"));
    QVERIFY(!QJsonDocument::fromJson(run.out).isNull());
}

void TestCall::theRequestIsExact()
{
    FaultServer server({http(200, R"({"caseId":"c"})")});
    const Cli program(server.url().toString());
    const CliRun run = program.run({u"call"_s, u"CreateCase"_s, u"--input"_s,
                                    uR"( {"communicationBody":"a \u002f b","subject":"s","language":null,)"
                                    uR"("serviceCode":"","ccEmailAddresses":[]} )"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    const QJsonObject sent = QJsonDocument::fromJson(server.requests().first().body).object();
    QCOMPARE(sent, (QJsonObject{{u"subject"_s, u"s"_s}, {u"communicationBody"_s, u"a / b"_s}}));

    // Half of a pair is no character: nothing else is sent in its place without a word.
    const CliRun half = program.run(
        {u"call"_s, u"CreateCase"_s, u"--input"_s, uR"({"communicationBody":"a \ud800 b","subject":"s"})"_s});
    QCOMPARE(half.status, 2);
    QVERIFY2(half.err.contains("no character"), half.err.constData());
    QCOMPARE(server.requests().size(), 1);
}

void TestCall::notDoneIsAFailure()
{
    FaultServer server({http(200, R"({"result":false})")});
    const Cli program(server.url().toString());
    const CliRun run = program.run(
        {u"call"_s, u"AddCommunicationToCase"_s, u"--input"_s, uR"({"caseId":"c","communicationBody":"b"})"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("did not do this"), run.err.constData());
}

void TestCall::hostileAnswersAreTold_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("told");

    const auto row = [](const char *name, int status, const QByteArray &body, const char *headers, const char *told) {
        QTest::newRow(name) << status << body << QByteArray(headers) << QByteArray(told);
    };
    row("an escape sequence", 400, "{\"__type\":\"Bad\",\"message\":\"\\u001b[2J\\u009b31m\\u202eabc\"}", "", "␛[2J");
    row("a raw escape sequence", 400, "\x1b]0;owned\x07", "Content-Type: text/plain\r\n", "");
    row("a secret in the words", 403, "{\"__type\":\"Bad\",\"message\":\"key " + documentedSecret + " is wrong\"}", "",
        "is wrong");
    row("HTML in the words", 502, "<html><script>x</script><b>Bad gateway</b></html>", "Content-Type: text/html\r\n",
        "not AWS");
    row("an empty answer", 200, "", "", "damaged");
    row("a list", 200, "[]", "", "damaged");
    row("a code in the header", 400, "{}", "x-amzn-ErrorType: CaseIdNotFound:http://x/\r\nx-amzn-RequestId: rid-1\r\n",
        "request id: rid-1");
    row("a redirect", 302, "", "Location: http://127.0.0.1:1/\r\n", "never followed");
    row("too large", 413, "no", "", "too large");
    row("a clock that is off", 400,
        R"({"__type":"InvalidSignatureException","message":"Signature expired: 1 is now earlier than 2"})", "",
        "Set the clock");
    row("no number", 200, "{\"cases\":[],\"x\":NaN}", "", "damaged");
    row("a number that no computer has", 200, "{\"cases\":[],\"x\":1e999}", "", "damaged");
    row("a pit of lists", 200, "{\"cases\":[],\"x\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}", "",
        "nested too deeply");
    row("a pit of records", 200,
        "{\"cases\":[],\"x\":" + QByteArray(R"({"a":)").repeated(2000) + "1" + QByteArray(2000, '}') + "}", "",
        "nested too deeply");
}

void TestCall::hostileAnswersAreTold()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, told);
    FaultServer server({http(status, body, headers)});
    Cli program(server.url().toString());
    program.environment.insert(u"AWS_MAX_ATTEMPTS"_s, u"1"_s);
    const CliRun run = program.run({u"call"_s, u"DescribeCases"_s});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(told), run.err.constData());
    QVERIFY2(isHarmless(run.err), run.err.toPercentEncoding().constData());
    QVERIFY(!run.err.contains(documentedSecret));
    QVERIFY(!run.err.contains("<b>"));
}

void TestCall::whatAProcessWroteIsShownAndNotLogged()
{
    Cli program(m_demo->endpoint());
    program.environment.remove(u"AWS_ACCESS_KEY_ID"_s);
    program.environment.remove(u"AWS_SECRET_ACCESS_KEY"_s);
    QDir(program.home.path()).mkdir(u".aws"_s);
    QFile script(program.home.filePath(u"vault"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("echo the vault is sealed, password for bob: s3cret >&2; exit 4\n");
    script.close();
    QFile config(program.home.filePath(u".aws/config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[profile vault]\nregion=us-east-1\ncredential_process=/bin/sh " + script.fileName().toUtf8() + '\n');
    config.close();
    const CliRun run =
        program.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--profile"_s, u"vault"_s, u"--verbose"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("exit code 4: the vault is sealed, password for bob: [redacted]"), run.err.constData());
    QCOMPARE(run.err.count("the vault is sealed"), 1); // in the error, not in the log's line
    QVERIFY2(run.err.contains("what it wrote is shown, not logged"), run.err.constData());
    QVERIFY(!run.err.contains("s3cret"));
}

void TestCall::keysAreLookedFor()
{
    Cli program(m_demo->endpoint());
    program.environment.remove(u"AWS_ACCESS_KEY_ID"_s);
    program.environment.remove(u"AWS_SECRET_ACCESS_KEY"_s);
    const CliRun none = program.run({u"call"_s, u"DescribeSeverityLevels"_s});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.err.contains("no access keys") && none.err.contains("--profile"), none.err.constData());

    QDir(program.home.path()).mkdir(u".aws"_s);
    QFile file(program.home.filePath(u".aws/credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const DemoAccountInfo &account = m_demo->account(1);
    file.write(u"[second]\naws_access_key_id = %1\naws_secret_access_key = %2\n"_s
                   .arg(account.accessKeyId, account.secretAccessKey)
                   .toUtf8());
    file.close();
    const CliRun found = program.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--profile"_s, u"second"_s,
                                      u"--region"_s, account.region, u"--verbose"_s});
    QVERIFY2(found.status == 0, found.err.constData());
    QVERIFY2(found.err.contains("DescribeSeverityLevels attempt 1 status 200"), found.err.constData());
    QVERIFY(!found.err.contains(account.secretAccessKey.toUtf8()));
    const CliRun wrong = program.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--profile"_s, u"third"_s});
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.err.contains("\"third\""), wrong.err.constData());
}

void TestCall::unusableKeysAreNamed()
{
    const int before = m_demo->requestCount();
    Cli program(m_demo->endpoint());
    program.setKeys(u"AKIAIOSFODNN7EXAMPLE"_s, u"geheim\nwort"_s);
    const CliRun variable = program.run({u"call"_s, u"DescribeSeverityLevels"_s});
    QCOMPARE(variable.status, 1);
    QVERIFY2(variable.err.contains("the environment variable AWS_SECRET_ACCESS_KEY goes over several lines"),
             variable.err.constData());

    QDir(program.home.path()).mkdir(u".aws"_s);
    QFile file(program.home.filePath(u".aws/credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# mine\n[dev]\naws_access_key_id = geheim wort\naws_secret_access_key = s\n");
    file.close();
    const CliRun line = program.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--profile"_s, u"dev"_s});
    QCOMPARE(line.status, 1);
    QVERIFY2(line.err.contains(file.fileName().toUtf8() + ":3: aws_access_key_id of profile \"dev\" holds a space"),
             line.err.constData());
    for (const CliRun &run : {variable, line})
        QVERIFY2(!run.err.contains("geheim") && !run.err.contains("wort"), run.err.constData());
    QCOMPARE(m_demo->requestCount(), before);
}

void TestCall::openFilesAreWarnedOf()
{
    const Cli program = cli();
    QDir(program.home.path()).mkdir(u".aws"_s);
    QFile file(program.home.filePath(u".aws/credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::ReadOther));
    const CliRun open = program.run({u"call"_s, u"DescribeSeverityLevels"_s});
    QCOMPARE(open.status, 0);
    QVERIFY2(open.err.contains("warning: everybody on this computer can read"), open.err.constData());
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
    QCOMPARE(program.run({u"call"_s, u"DescribeSeverityLevels"_s}).err, QByteArray());
}

void TestCall::signalsEndIt_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("operation");
    QTest::newRow("Ctrl+C in a question") << SIGINT << u"DescribeCases"_s;
    QTest::newRow("SIGTERM in a change") << SIGTERM << u"CreateCase"_s;
}

void TestCall::signalsEndIt()
{
    QFETCH(int, number);
    QFETCH(QString, operation);
    FaultServer server({silence()});
    const Cli program(server.url().toString());
    const QString input = operation == u"CreateCase" ? uR"({"subject":"s","communicationBody":"b"})"_s : u"{}"_s;
    const auto process = program.make({u"call"_s, operation, u"--input"_s, input});
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 20'000);
    ::kill(pid_t(process->processId()), number);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 128 + number);
    const QByteArray err = process->readAllStandardError();
    QCOMPARE(err.contains("may have taken effect"), operation == u"CreateCase");
}

void TestCall::brokenPipesAreQuiet()
{
    const Cli program = cli();
    QProcess shell;
    QProcessEnvironment environment = program.environment;
    environment.insert(u"CLI"_s, QStringLiteral(CASEMENT_CLI));
    environment.insert(u"URL"_s, m_demo->endpoint());
    shell.setProcessEnvironment(environment);
    const auto run = [&shell](const QString &script) {
        QSignalSpy finished(&shell, &QProcess::finished);
        shell.start(u"/bin/bash"_s, {u"-c"_s, script});
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
    };
    run(uR"(set -o pipefail; "$CLI" call DescribeServices --endpoint-url "$URL" | head -c 10)"_s);
    QCOMPARE(shell.readAllStandardOutput(), QByteArray("{\n  \"servi"));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    QCOMPARE(shell.exitCode(), 128 + SIGPIPE);
    if (QFileInfo::exists(u"/dev/full"_s)) {
        run(uR"("$CLI" call DescribeServices --endpoint-url "$URL" > /dev/full)"_s);
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().contains("standard output can't be written"));
    }
}

QTEST_GUILESS_MAIN(TestCall)
#include "tst_call.moc"
