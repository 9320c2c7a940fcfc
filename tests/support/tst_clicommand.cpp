#include "support/awscli.h"
#include "support/clicommand.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr auto start = "aws support create-case --subject "_L1;

CreateCase::Request caseOf(const QString &subject, const QString &body = {})
{
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = body;
    return request;
}

// Complete, so that the demo service opens it.
CreateCase::Request wholeCase(const QString &subject, const QString &body)
{
    CreateCase::Request request = caseOf(subject, body);
    request.serviceCode = u"general-info"_s;
    request.categoryCode = u"using-aws"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    request.issueType = u"technical"_s;
    return request;
}

QString powerShellFile(const QString &json, const QString &end = {})
{
    return u"$request = New-TemporaryFile; Set-Content -LiteralPath $request.FullName -Encoding Ascii -Value '%1'; "
           "aws support create-case --cli-input-json \"file://$($request.FullName)\"%2; "
           "Remove-Item -LiteralPath $request.FullName"_s.arg(json, end);
}

} // namespace

class TestCliCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void posix_data();
    void posix();
    void powerShell_data();
    void powerShell();
    void everyMember();
    void reply();
    void context_data();
    void context();
    void opensJustThatCase_data();
    void opensJustThatCase();
    void repliesJustThat();
};

void TestCliCommand::posix_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("command");

    const auto option = [](const char *name, const QString &subject, const QString &word) {
        QTest::newRow(name) << subject << start + word;
    };
    const auto json = [](const char *name, const QString &subject, const QString &text) {
        QTest::newRow(name) << subject
                            << u"aws support create-case --cli-input-json '{\"subject\":\"%1\"}'"_s.arg(text);
    };
    option("a word", u"Help"_s, u"Help"_s);
    option("two words", u"Please help"_s, u"'Please help'"_s);
    option("what a shell expands", u"$HOME `id` $(id) ~ * %1 !! \\n"_s, u"'$HOME `id` $(id) ~ * %1 !! \\n'"_s);
    option("quotes", u"it's \"so\""_s, uR"('it'\''s "so"')"_s);
    option("lines", u"a\n\n b\n"_s, u"'a\n\n b\n'"_s);
    option("Japanese", u"日本語"_s, u"'日本語'"_s);
    option("a path", u"/etc/hosts"_s, u"'/etc/hosts'"_s);
    option("NUL", u"a"_s + QChar(u'\0') + u"b"_s, u"ab"_s);
    option("a lone surrogate", u"a"_s + QChar(0xd800), u"'a\ufffd'"_s);
    QTest::newRow("a dash") << u"--region"_s << u"aws support create-case --subject='--region'"_s;
    QTest::newRow("nothing") << QString() << u"aws support create-case"_s;
    QTest::newRow("NUL alone") << QString(QChar(u'\0')) << u"aws support create-case"_s;
    json("a file's name", u"file:///etc/it's"_s, uR"(file:///etc/it'\''s)"_s);
    json("a binary file's name", u"fileb://x"_s, u"fileb://x"_s);
    json("a page's address", u"https://example.com is down"_s, u"https://example.com is down"_s);
    json("an address in capitals", u"HTTP://EXAMPLE.COM"_s, u"HTTP://EXAMPLE.COM"_s);
    json("the end of a paste", u"a\x1b[201~; rm -rf ~"_s, u"a\\u001b[201~; rm -rf ~"_s);
    json("a tab", u"a\tb"_s, u"a\\tb"_s);
    json("a carriage return", u"a\rb"_s, u"a\\rb"_s);
    json("controls of eight bits", u"a\u009b2J\x7f日"_s, u"a\\u009b2J\\u007f日"_s);
    json("history behind a line's end", u"Hi\nthere!!"_s, u"Hi\\nthere!!"_s);
}

void TestCliCommand::posix()
{
    QFETCH(QString, subject);
    QFETCH(QString, command);
    QCOMPARE(awsCliCommand(caseOf(subject), {}, Shell::Posix), command);
}

void TestCliCommand::powerShell_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("command");

    const auto option = [](const char *name, const QString &subject, const QString &word) {
        QTest::newRow(name) << subject << start + word;
    };
    const auto file = [](const char *name, const QString &subject, const QString &text) {
        QTest::newRow(name) << subject << powerShellFile(u"{\"subject\":\"%1\"}"_s.arg(text));
    };
    option("a word", u"Help"_s, u"Help"_s);
    option("what a shell expands", u"$HOME $(Get-Date) `n %PATH% !! {0} @x ; | &"_s,
           u"'$HOME $(Get-Date) `n %PATH% !! {0} @x ; | &'"_s);
    option("an apostrophe", u"it's"_s, u"'it''s'"_s);
    option("curly ones, which end a quotation too", u"a‘b’c‚d‛e"_s, u"'a‘‘b’’c‚‚d‛‛e'"_s);
    option("curly double quotes, which do not", u"“a” „b"_s, u"'“a” „b'"_s);
    option("backslashes", u"C:\\new dir\\x"_s, u"'C:\\new dir\\x'"_s);
    option("a number", u"12"_s, u"'12'"_s);
    QTest::newRow("a dash") << u"-it's"_s << u"aws support create-case '--subject=-it''s'"_s;
    file("a double quote", u"say \"hi\""_s, u"say \\\"hi\\\""_s);
    file("a backslash at the end", u"C:\\new dir\\"_s, u"C:\\\\new dir\\\\"_s);
    file("lines", u"a\nb"_s, u"a\\nb"_s);
    file("what only ASCII carries", u"it’s\n日本 😀"_s, u"it\\u2019s\\n\\u65e5\\u672c \\ud83d\\ude00"_s);
    file("apostrophes", u"it's\n$x"_s, u"it''s\\n$x"_s);
    file("a tab", u"a\tb"_s, u"a\\tb"_s);
    file("a file's name", u"file://x"_s, u"file://x"_s);
    file("the end of a here-string", u"\n'@\n\"@\n"_s, u"\\n''@\\n\\\"@\\n"_s);
}

void TestCliCommand::powerShell()
{
    QFETCH(QString, subject);
    QFETCH(QString, command);
    QCOMPARE(awsCliCommand(caseOf(subject), {}, Shell::PowerShell), command);
}

void TestCliCommand::everyMember()
{
    CreateCase::Request request = wholeCase(u"Help"_s, u"Please"_s);
    request.ccEmailAddresses = {u"a@example.com"_s, QString(), u"b+1@example.com"_s};
    request.attachmentSetId = u"as-1"_s;
    request.uploadIds = {u"u-1"_s};
    request.dryRun = true;
    QCOMPARE(awsCliCommand(request, {.profile = u"prod"_s, .region = u"us-east-1"_s}, Shell::Posix),
             u"aws support create-case --subject Help --service-code general-info --severity-code low --category-code "
             "using-aws --communication-body Please --cc-email-addresses 'a@example.com' 'b+1@example.com' "
             "--language en --issue-type technical --attachment-set-id as-1 --upload-ids u-1 --dry-run --profile prod "
             "--region us-east-1"_s);
    request = caseOf(u"Help"_s);
    request.dryRun = false;
    request.ccEmailAddresses = {u"Hana <a@example.com>"_s};
    QCOMPARE(awsCliCommand(request, {}, Shell::Posix),
             u"aws support create-case --cli-input-json "
             "'{\"subject\":\"Help\",\"ccEmailAddresses\":[\"Hana <a@example.com>\"]}'"_s);
    request.dryRun = true;
    QCOMPARE(awsCliCommand(request, {.region = u"us-east-1"_s}, Shell::PowerShell),
             powerShellFile(u"{\"subject\":\"Help\",\"ccEmailAddresses\":[\"Hana <a@example.com>\"],\"dryRun\":true}"_s,
                            u" --region us-east-1"_s));
}

void TestCliCommand::reply()
{
    AddCommunicationToCase::Request request;
    request.caseId = u"case-12345678910-2013-c4c1d2bf33c5cf47"_s;
    request.communicationBody = u"Thank you."_s;
    QCOMPARE(awsCliCommand(request, {}, Shell::Posix),
             u"aws support add-communication-to-case --case-id case-12345678910-2013-c4c1d2bf33c5cf47 "
             "--communication-body 'Thank you.'"_s);
}

void TestCliCommand::context_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("posix");
    QTest::addColumn<QString>("powerShell");

    QTest::newRow("nothing") << QString() << QString() << QString() << QString();
    QTest::newRow("a profile with an apostrophe")
        << u"it's mine"_s << QString() << uR"( --profile 'it'\''s mine')"_s << u" --profile 'it''s mine'"_s;
    QTest::newRow("a profile like an option") << u"-x"_s << QString() << u" --profile='-x'"_s << u" '--profile=-x'"_s;
    const QString local = u" --endpoint-url 'http://localhost:4566'"_s;
    QTest::newRow("an endpoint") << QString() << u"http://localhost:4566"_s << local << local;
    QTest::newRow("a password") << QString() << u"http://me:pass@localhost:4566"_s << local << local;
}

void TestCliCommand::context()
{
    QFETCH(QString, profile);
    QFETCH(QString, endpoint);
    const CliContext context{.profile = profile, .endpointUrl = endpoint};
    QTEST(QString(awsCliCommand(caseOf({}), context, Shell::Posix)).remove(u"aws support create-case"_s), "posix");
    QTEST(QString(awsCliCommand(caseOf({}), context, Shell::PowerShell)).remove(u"aws support create-case"_s),
          "powerShell");
}

void TestCliCommand::opensJustThatCase_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QStringList>("cc");
    QTest::addColumn<bool>("isJson");

    QTest::newRow("options")
        << u"-x it's \"$HOME\" `id` \\ %s %PATH% ‘curly’ “so” !!"_s
        << u"--subject 日本語 😀 '' '\\'' \"\\\"\" $(id) ${x} `id` \\n \\\\ !! !x * ? [a] {a,b} ~ # & | ; < > ( ) = :"_s
        << QStringList{u"o'brien+x=y%1@example.com"_s, u"b@example.com"_s} << false;
    QTest::newRow("lines") << u"{\"a\": [1]}"_s << u"It's \"down\".\n\n  $HOME `id` $(id) \\\n\\\n'\nEOF\n# so\n"_s
                           << QStringList{u"a@example.com"_s} << false;
    QTest::newRow("JSON") << u"file:///etc/hostname"_s
                          << u"\x1b[201~\tit's \"$HOME\" `id` \\ !!\r\n!x \\n \\\\\" '\\'' %s \u009b \u2028 日本語 😀"_s
                          << QStringList{u"[x]@example.com"_s, u"file://b@example.com"_s} << true;
    QTest::newRow("history") << u"!x"_s << u"it's\n!! and !$ and !x\n"_s << QStringList{} << true;
}

void TestCliCommand::opensJustThatCase()
{
    QFETCH(QString, subject);
    QFETCH(QString, body);
    QFETCH(QStringList, cc);
    QFETCH(bool, isJson);
    if (!test::AwsCli::isInstalled())
        QSKIP("Debian's awscli is not installed");
    test::DemoFixture demo;
    const test::AwsCli aws(demo);
    CreateCase::Request request = wholeCase(subject, body);
    request.ccEmailAddresses = cc;
    const QString command =
        awsCliCommand(request, {.region = demo.account().region, .endpointUrl = demo.endpoint()}, Shell::Posix);
    QCOMPARE(command.contains("--cli-input-json"_L1), isJson);

    // As a script's line, and typed at a prompt, where history and job control are at work.
    const QList<test::AwsRun> runs = aws.run({{u"/bin/dash"_s, u"-c"_s, command},
                                              {u"/bin/bash"_s, u"-c"_s, command},
                                              {u"/bin/bash"_s, u"--norc"_s, u"--noprofile"_s, u"-i"_s}},
                                             command.toUtf8() + '\n');
    for (const test::AwsRun &run : runs) {
        QVERIFY2(run.status == 0, run.err.constData());
        DescribeCases::Request question;
        question.caseIdList = {QJsonDocument::fromJson(run.out).object().value("caseId"_L1).toString()};
        const auto answer = demo.call(question);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toLine()));
        const CaseDetails &details = answer->cases.first();
        QCOMPARE(details.subject, subject);
        QCOMPARE(details.ccEmailAddresses, cc);
        QCOMPARE(details.severityCode, u"low"_s);
        QCOMPARE(details.recentCommunications->communications.size(), 1);
        QCOMPARE(details.recentCommunications->communications.first().body, body);
    }
    QCOMPARE(demo.requestCount("CreateCase"), int(runs.size()));
}

void TestCliCommand::repliesJustThat()
{
    if (!test::AwsCli::isInstalled())
        QSKIP("Debian's awscli is not installed");
    test::DemoFixture demo;
    const test::AwsCli aws(demo);
    const auto created = demo.call(wholeCase(u"Help"_s, u"Please"_s));
    QVERIFY(created);
    AddCommunicationToCase::Request request;
    request.caseId = created->caseId;
    request.communicationBody = u"- it's\n\"so\""_s;
    const QList<test::AwsRun> runs = aws.run(
        {{u"/bin/dash"_s, u"-c"_s,
          awsCliCommand(request, {.region = demo.account().region, .endpointUrl = demo.endpoint()}, Shell::Posix)}});
    QVERIFY2(runs.first().status == 0, runs.first().err.constData());
    DescribeCommunications::Request question;
    question.caseId = created->caseId;
    const auto answer = demo.call(question);
    QVERIFY(answer);
    QCOMPARE(answer->communications.first().body, request.communicationBody);
}

QTEST_GUILESS_MAIN(TestCliCommand)
#include "tst_clicommand.moc"
