#include "archive/accountkey.h"
#include "archive/archivepath.h"
#include "aws/localcode.h"
#include "base/redact.h"
#include "cli/commandline.h"
#include "cli/helptext.h"

#include "cli/errorreport.h"
#include "support/operations.h"
#include "transfer/localfile.h"

#include <QTest>

using namespace casement;
using namespace casement::cli;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isUnderstood();
    void theNameSaysTheFormat();
    void filesFollowAttach_data();
    void filesFollowAttach();
    void argumentsAreUtf8_data();
    void argumentsAreUtf8();
    void filesMayHaveAnyName();
    void isRefused_data();
    void isRefused();
    void helpIsWhole();
    void accountsAreToldApart_data();
    void accountsAreToldApart();
    void errorsSayWhatToDo_data();
    void errorsSayWhatToDo();
    void errorsAreSentences_data();
    void errorsAreSentences();
    void onlyUnknownAuthoritiesNeedABundle();
    void noPlanIsNamed();
};

namespace {

Result<CommandLine> parsed(const QStringList &arguments)
{
    return parseCommandLine(QStringList{u"casement-cli"_s} + arguments);
}

} // namespace

void TestCommandLine::isUnderstood()
{
    const auto call = parsed({u"call"_s, u"describe-cases"_s, u"--input"_s, u"-"_s, u"--profile"_s, u"prod"_s});
    QVERIFY(call);
    QCOMPARE(call->command, CommandLine::Command::Call);
    QCOMPARE(call->operand, u"describe-cases"_s);
    QCOMPARE(call->input, u"-"_s);
    QCOMPARE(call->profile, u"prod"_s);

    const auto cases = parsed({u"--endpoint-url=http://127.0.0.1:5"_s, u"cases"_s, u"--all"_s, u"--format=csv"_s,
                               u"--region"_s, u"cn-north-1"_s, u"--archive"_s, u"a b.sqlite"_s});
    QVERIFY(cases);
    QCOMPARE(cases->command, CommandLine::Command::Cases);
    QVERIFY(cases->all);
    QCOMPARE(cases->format, CommandLine::Format::Csv);
    QCOMPARE(cases->endpointUrl, u"http://127.0.0.1:5"_s);
    QCOMPARE(cases->region, u"cn-north-1"_s);
    QCOMPARE(cases->archive, u"a b.sqlite"_s);

    const auto reply = parsed({u"reply"_s, u"1234"_s, u"--body=- "_s, u"--dry-run"_s});
    QVERIFY(reply);
    QCOMPARE(reply->command, CommandLine::Command::Reply);
    QCOMPARE(reply->operand, u"1234"_s);
    QCOMPARE(reply->body, u"- "_s);
    QVERIFY(reply->dryRun);
    QVERIFY(!parsed({u"resolve"_s, u"1234"_s})->dryRun);
    QCOMPARE(parsed({u"create"_s, u"--input"_s, u"@case.yaml"_s})->input, u"@case.yaml"_s);

    const auto exported =
        parsed({u"export-case"_s, u"1"_s, u"case-2"_s, u"--format"_s, u"html"_s, u"-o"_s, u"a b.html"_s});
    QVERIFY(exported);
    QCOMPARE(exported->command, CommandLine::Command::ExportCase);
    QCOMPARE(exported->operands, (QStringList{u"1"_s, u"case-2"_s}));
    QCOMPARE(exported->format, CommandLine::Format::Html);
    QCOMPARE(exported->outputFile, u"a b.html"_s);
    QCOMPARE(parsed({u"export-case"_s, u"1"_s})->format, CommandLine::Format::Markdown);
    QCOMPARE(parsed({u"export-case"_s, u"1"_s, u"-o"_s, u"-"_s})->outputFile, QString());

    const auto download = parsed({u"download"_s, u"1"_s, u"a b.log"_s, u"-o"_s, u"out"_s, u"attachment-1"_s});
    QVERIFY(download);
    QCOMPARE(download->command, CommandLine::Command::Download);
    QCOMPARE(download->operand, u"1"_s);
    QCOMPARE(download->operands, (QStringList{u"a b.log"_s, u"attachment-1"_s}));
    QCOMPARE(download->outputFile, u"out"_s);
    QVERIFY(parsed({u"download"_s, u"1"_s})->operands.isEmpty());
    QCOMPARE(parsed({u"attachments"_s, u"1"_s, u"--format=csv"_s})->format, CommandLine::Format::Csv);
    QCOMPARE(parsed({u"attachments"_s, u"1"_s})->operand, u"1"_s);

    const auto search = parsed({u"search"_s, u"--"_s, u"-d"_s, u"接続"_s});
    QVERIFY(search);
    QCOMPARE(search->operand, u"-d 接続"_s);
    QCOMPARE(parsed({u"--help"_s, u"--nonsense"_s})->command, CommandLine::Command::Help);
    for (const QString &version : {u"--version"_s, u"-v"_s})
        QCOMPARE(parsed({version})->command, CommandLine::Command::Version);
    QVERIFY(!parsed({u"sync"_s})->all);
}

void TestCommandLine::theNameSaysTheFormat()
{
    using Table = AdvisorLine::Format;
    const auto advisor = [](const QStringList &more) { return parsed(QStringList{u"advisor"_s} + more); };
    const auto formatOf = [&](const QString &name) {
        const auto line = advisor({u"export"_s, u"-o"_s, name});
        return line ? line->advisor.format : Table::Table;
    };
    QCOMPARE(formatOf(u"a/advisor.xlsx"_s), Table::Xlsx);
    QCOMPARE(formatOf(u"ADVISOR.XLSX"_s), Table::Xlsx);
    QCOMPARE(formatOf(u"advisor.json"_s), Table::Json);
    QCOMPARE(formatOf(u"advisor.csv"_s), Table::Csv);
    QCOMPARE(formatOf(u"advisor.txt"_s), Table::Csv);
    QCOMPARE(formatOf(u"-"_s), Table::Csv);
    const auto shown = advisor({u"show"_s, u"x"_s, u"-o"_s, u"one.xlsx"_s});
    QVERIFY(shown);
    QCOMPARE(shown->advisor.format, Table::Xlsx);
    const auto longer = advisor({u"export"_s, u"-o"_s, u"a.csv"_s, u"--format=csv-long"_s});
    QVERIFY(longer);
    QCOMPARE(longer->advisor.format, Table::CsvLong);
    const auto wrong = advisor({u"export"_s, u"-o"_s, u"a.xlsx"_s, u"--format=csv"_s});
    QVERIFY(!wrong);
    QVERIFY2(wrong.error().message.contains("a.xlsx"_L1), qPrintable(wrong.error().message));

    using Document = CommandLine::Format;
    for (const auto &[name, format] : {std::pair("a.md", Document::Markdown), std::pair("a.html", Document::Html),
                                       std::pair("a.HTM", Document::Html), std::pair("a.json", Document::Json),
                                       std::pair("a.zip", Document::Zip), std::pair("a", Document::Markdown)}) {
        const auto line = parsed({u"export-case"_s, u"1"_s, u"-o"_s, QString::fromLatin1(name)});
        QVERIFY2(line && line->format == format, name);
    }
    const auto unknown = parsed({u"export-case"_s, u"1"_s, u"-o"_s, u"a.foo"_s});
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().message.contains(".md, .html, .json or .zip"_L1), qPrintable(unknown.error().message));
    QVERIFY(parsed({u"export-case"_s, u"1"_s, u"--format=html"_s, u"-o"_s, u"a.foo"_s}));
    QVERIFY(!parsed({u"export-case"_s, u"1"_s, u"--format=html"_s, u"-o"_s, u"a.zip"_s}));
    QCOMPARE(parsed({u"export-case"_s, u"1"_s, u"--format=html"_s, u"-o"_s, u"a.md"_s})->format, Document::Html);
}

void TestCommandLine::filesFollowAttach_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("files"); // empty: it is refused
    QTest::newRow("one") << u"reply 1 --body x --attach a"_s << u"a"_s;
    QTest::newRow("each with its own") << u"reply 1 --attach a --body x --attach=b --attach c"_s << u"a b c"_s;
    QTest::newRow("many") << u"reply 1 --body x --attach a b c"_s << u"a b c"_s;
    QTest::newRow("many, then options") << u"reply 1 --attach a b --body x --attach c d"_s << u"a b c d"_s;
    QTest::newRow("many behind =") << u"reply 1 --body x --attach=a b"_s << u"a b"_s;
    QTest::newRow("many of a new case") << u"create --attach a b --input -"_s << u"a b"_s;
    QTest::newRow("before the id one") << u"reply --attach a 1 --body x"_s << u"a"_s;
    QTest::newRow("before the command one") << u"--attach a create --input -"_s << u"a"_s;
    QTest::newRow("like an option") << u"create --input - --attach -- --b"_s << u"--"_s; // and --b is none
    QTest::newRow("with a dash") << u"create --input - --attach a -- -b --c"_s << u"a -b --c"_s;
    QTest::newRow("with a dash, as a value") << u"reply 1 --body x --attach -b"_s << u"-b"_s;
    QTest::newRow("before the id many") << u"reply --attach a b 1 --body x"_s << QString();
    QTest::newRow("after another option") << u"reply 1 --attach a --body x b"_s << QString();
    QTest::newRow("none") << u"reply 1 --body x --attach"_s << QString();
    QTest::newRow("without a name") << u"reply 1 --body x --attach="_s << QString();
    QTest::newRow("of a resolution") << u"resolve 1 --attach a"_s << QString();
    QTest::newRow("of a search") << u"search a --attach b"_s << QString();
}

void TestCommandLine::filesFollowAttach()
{
    QFETCH(QString, arguments);
    QFETCH(QString, files);
    const Result<CommandLine> line = parsed(arguments.split(u' '));
    if (files == "--"_L1) {
        QVERIFY(!line && line.error().message.contains(u"'b'"_s));
        return;
    }
    QVERIFY2(bool(line) != files.isEmpty(), line ? "" : qPrintable(line.error().message));
    if (!line)
        return;
    QCOMPARE(line->attach, files.split(u' '));
    if (line->command == CommandLine::Command::Reply) {
        QCOMPARE(line->operand, u"1"_s);
        QCOMPARE(line->body, u"x"_s);
    } else {
        QCOMPARE(line->input, u"-"_s);
    }
}

void TestCommandLine::argumentsAreUtf8_data()
{
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("letters") << QByteArrayList{"search", "接続", "--profile=é"} << QString();
    QTest::newRow("a value") << QByteArrayList{"reply", "1", "--body", "caf\xe9"}
                             << u"The argument after \"--body\" is not in UTF-8."_s;
    QTest::newRow("a value behind =") << QByteArrayList{"reply", "1", "--body=caf\xe9=1"}
                                      << u"The value of --body is not in UTF-8."_s;
    QTest::newRow("the first") << QByteArrayList{"\xff"} << u"The first argument is not in UTF-8."_s;
    QTest::newRow("half a letter") << QByteArrayList{"search", "\xe6\x8e"}
                                   << u"The argument after \"search\" is not in UTF-8."_s;
    QTest::newRow("behind the files") << QByteArrayList{"reply", "1", "--attach", "a", "--body", "\xe9"}
                                      << u"The argument after \"--body\" is not in UTF-8."_s;
    QTest::newRow("half of a pair") << QByteArrayList{"case", "\xed\xa0\x80"}
                                    << u"The argument after \"case\" is not in UTF-8."_s;
}

void TestCommandLine::argumentsAreUtf8()
{
    QFETCH(QByteArrayList, arguments);
    QFETCH(QString, sentence);
    std::vector<const char *> argv{"casement-cli"};
    for (const QByteArray &argument : arguments)
        argv.push_back(argument.constData());
    const Result<QStringList> read = readArguments(int(argv.size()), argv.data());
    QCOMPARE(bool(read), sentence.isEmpty());
    if (!read) {
        QCOMPARE(read.error().kind, Error::Kind::Invalid);
        QCOMPARE(read.error().message, sentence);
    } else {
        QCOMPARE(read->size(), arguments.size() + 1);
        QCOMPARE(read->last().toUtf8(), arguments.last());
    }
}

void TestCommandLine::filesMayHaveAnyName()
{
    for (const QByteArrayList &arguments :
         {QByteArrayList{"reply", "1", "--body=x", "--attach", "a", "caf\xe9"},
          QByteArrayList{"reply", "1", "--body=x", "--attach=a", "--attach=caf\xe9"}}) {
        std::vector<const char *> argv{"casement-cli"};
        for (const QByteArray &argument : arguments)
            argv.push_back(argument.constData());
        const Result<QStringList> read = readArguments(int(argv.size()), argv.data());
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        const Result<CommandLine> line = parseCommandLine(*read);
        QVERIFY(line);
        QCOMPARE(line->attach, (QStringList{u"a"_s, pathFromBytes("caf\xe9")}));
    }
}

void TestCommandLine::isRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("nothing") << QStringList{} << u"Say what to do"_s;
    QTest::newRow("no such command") << QStringList{u"list"_s} << u"no command \"list\""_s;
    QTest::newRow("no such option") << QStringList{u"cases"_s, u"--everything"_s} << u"everything"_s;
    QTest::newRow("a call of nothing") << QStringList{u"call"_s} << u"the name of an operation"_s;
    QTest::newRow("no such operation") << QStringList{u"call"_s, u"DeleteCase"_s} << u"no operation \"DeleteCase\""_s;
    QTest::newRow("two operations") << QStringList{u"call"_s, u"DescribeCases"_s, u"x"_s} << u"\"x\" is too much"_s;
    QTest::newRow("a case without id") << QStringList{u"case"_s} << u"the id of a case"_s;
    QTest::newRow("an empty id") << QStringList{u"case"_s, u" "_s} << u"the id of a case"_s;
    QTest::newRow("a search for nothing") << QStringList{u"search"_s} << u"words"_s;
    QTest::newRow("sync of something") << QStringList{u"sync"_s, u"prod"_s} << u"\"prod\""_s;
    QTest::newRow("a format nobody knows") << QStringList{u"cases"_s, u"--format"_s, u"xml"_s} << u"\"xml\""_s;
    QTest::newRow("a format of a case") << QStringList{u"case"_s, u"1"_s, u"--format"_s, u"csv"_s}
                                        << u"case has no option --format"_s;
    QTest::newRow("an export of nothing") << QStringList{u"export-case"_s} << u"the ids of cases"_s;
    QTest::newRow("a table to hand over")
        << QStringList{u"export-case"_s, u"1"_s, u"--format=table"_s} << u"--format is markdown, html, json or zip"_s;
    QTest::newRow("a file that looks like options")
        << QStringList{u"reply"_s, u"1"_s, u"--body=b"_s, u"--attach"_s, u"ok.txt"_s, u"-dash.txt"_s}
        << u"Unknown option 'dash.txt'"_s;
    QTest::newRow("a ZIP on a terminal") << QStringList{u"export-case"_s, u"1"_s, u"--format=zip"_s, u"-o"_s, u"-"_s}
                                         << u"A ZIP needs a file"_s;
    QTest::newRow("a list as a page") << QStringList{u"cases"_s, u"--format=html"_s}
                                      << u"--format is table, json or csv"_s;
    QTest::newRow("two files") << QStringList{u"export-case"_s, u"1"_s, u"-o"_s, u"a"_s, u"--output=b"_s}
                               << u"--output can be given once"_s;
    QTest::newRow("a file without name") << QStringList{u"export-case"_s, u"1"_s, u"--output="_s}
                                         << u"--output needs a value"_s;
    QTest::newRow("a file for a list") << QStringList{u"cases"_s, u"-o"_s, u"a"_s} << u"cases has no option --output"_s;
    QTest::newRow("a file of nothing") << QStringList{u"download"_s} << u"the id of a case"_s;
    QTest::newRow("files on standard output")
        << QStringList{u"download"_s, u"1"_s, u"-o"_s, u"-"_s} << u"-o is a folder"_s;
    QTest::newRow("a file without a name to look for")
        << QStringList{u"download"_s, u"1"_s, QString()} << u"a file without a name"_s;
    QTest::newRow("files of two cases") << QStringList{u"attachments"_s, u"1"_s, u"2"_s} << u"\"2\" is too much"_s;
    QTest::newRow("files as a page") << QStringList{u"attachments"_s, u"1"_s, u"--format=html"_s}
                                     << u"--format is table, json or csv"_s;
    QTest::newRow("input of a sync") << QStringList{u"sync"_s, u"--input"_s, u"{}"_s} << u"no option --input"_s;
    QTest::newRow("all of a case") << QStringList{u"case"_s, u"1"_s, u"--all"_s} << u"no option --all"_s;
    QTest::newRow("a profile without name") << QStringList{u"sync"_s, u"--profile"_s} << u"profile"_s;
    QTest::newRow("two inputs") << QStringList{u"call"_s, u"DescribeCases"_s, u"--input=-"_s, u"--input={}"_s}
                                << u"--input can be given once"_s;
    QTest::newRow("a new case of nothing") << QStringList{u"create"_s} << u"create needs --input"_s;
    QTest::newRow("a new case with an id") << QStringList{u"create"_s, u"1"_s, u"--input=-"_s} << u"\"1\""_s;
    QTest::newRow("a reply to nothing") << QStringList{u"reply"_s, u"--body"_s, u"x"_s} << u"the id of a case"_s;
    QTest::newRow("a reply of nothing") << QStringList{u"reply"_s, u"1"_s} << u"reply needs --body"_s;
    QTest::newRow("an empty reply") << QStringList{u"reply"_s, u"1"_s, u"--body="_s} << u"--body needs a value"_s;
    QTest::newRow("a reply of two texts")
        << QStringList{u"reply"_s, u"1"_s, u"--body=x"_s, u"--input={}"_s} << u"not both"_s;
    QTest::newRow("a reply of two bodies")
        << QStringList{u"reply"_s, u"1"_s, u"--body=x"_s, u"--body=y"_s} << u"--body can be given once"_s;
    QTest::newRow("a text of a resolution")
        << QStringList{u"resolve"_s, u"1"_s, u"--body"_s, u"x"_s} << u"no option --body"_s;
    QTest::newRow("a rehearsed sync") << QStringList{u"sync"_s, u"--dry-run"_s} << u"no option --dry-run"_s;
    QTest::newRow("an empty endpoint") << QStringList{u"sync"_s, u"--endpoint-url="_s} << u"--endpoint-url needs"_s;
}

void TestCommandLine::isRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    const auto line = parsed(arguments);
    QVERIFY(!line);
    QCOMPARE(line.error().kind, Error::Kind::Invalid);
    QVERIFY2(line.error().message.contains(sentence), qPrintable(line.error().message));
}

void TestCommandLine::helpIsWhole()
{
    const QString help = helpText();
    for (const OperationInfo &operation : operations())
        QVERIFY(help.contains(QLatin1StringView(operation.name)));
    for (const char *option : {"--input", "--body", "--attach", "--dry-run", "--all", "--format", "--output",
                               "--profile", "--endpoint-url", "--region", "--archive", "--verbose", "--help"})
        QVERIFY2(help.contains(QLatin1StringView(option)), option);
    QVERIFY(help.contains(defaultArchivePath()));
    QVERIFY(!help.contains(u'%'));
    for (const QStringView line : QStringView(help).split(u'\n')) {
        if (!line.contains(u'/'))
            QVERIFY2(line.size() <= 80, qPrintable(line.toString()));
    }
}

void TestCommandLine::accountsAreToldApart_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("name");

    const auto row = [](const char *name, const QString &profile, const QString &keyId, const QString &url,
                        const QString &key,
                        const QString &shown) { QTest::newRow(name) << profile << keyId << url << key << shown; };
    // The pair of key id and account that A. Steele published.
    const QString knownKey = u"ASIAQNZGKIQY56JQ7WML"_s;
    row("a profile", u"prod"_s, {}, {}, u"profile:prod"_s, u"prod"_s);
    row("a profile goes before the environment", u"prod"_s, knownKey, {}, u"profile:prod"_s, u"prod"_s);
    row("nothing said", {}, {}, {}, u"profile:default"_s, u"default"_s);
    row("a key that tells its account", {}, knownKey, {}, u"environment:029608264753"_s, u"environment 029608264753"_s);
    row("an old key", {}, u"AKIAIOSFODNN7EXAMPLE"_s, {}, u"environment:1a5d44a2dca1"_s, u"environment"_s);
    row("an emulator", u"prod"_s, {}, u"http://127.0.0.1:4566"_s, u"endpoint:127.0.0.1:4566/profile:prod"_s,
        u"prod (127.0.0.1:4566)"_s);
    row("an emulator without port", u"prod"_s, {}, u"https://support.example.com"_s,
        u"endpoint:support.example.com:443/profile:prod"_s, u"prod (support.example.com:443)"_s);
    row("the service's own host", u"prod"_s, {}, u"https://support.us-east-1.amazonaws.com"_s, u"profile:prod"_s,
        u"prod"_s);
}

void TestCommandLine::accountsAreToldApart()
{
    QFETCH(QString, profile);
    QFETCH(QString, keyId);
    QFETCH(QString, url);
    QFETCH(QString, key);
    QFETCH(QString, name);
    ProfileChoice choice;
    choice.profile = profile;
    choice.environment = QProcessEnvironment();
    if (!keyId.isEmpty())
        choice.environment.insert(u"AWS_ACCESS_KEY_ID"_s, keyId);
    const Result<Endpoint> endpoint = resolveEndpoint({.region = u"us-east-1"_s, .customUrl = url});
    QVERIFY(endpoint);
    const AccountIdentity identity = accountIdentity(choice, *endpoint);
    QCOMPARE(identity.key, key);
    QCOMPARE(identity.name, name);
    QCOMPARE(identity.partition, u"aws"_s);
}

void TestCommandLine::errorsSayWhatToDo_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("advice");

    QTest::newRow("a wrong key") << u"UnrecognizedClientException"_s << u"does not know this access key"_s;
    QTest::newRow("a wrong secret") << u"InvalidSignatureException"_s << u"secret access key does not belong"_s;
    QTest::newRow("no permission") << u"AccessDeniedException"_s << u"to allow support:CreateCase."_s;
    QTest::newRow("no plan") << u"SubscriptionRequiredException"_s << u"support plan"_s;
}

void TestCommandLine::errorsSayWhatToDo()
{
    QFETCH(QString, code);
    QFETCH(QString, advice);
    const Error error{.kind = Error::Kind::Refused,
                      .effect = Error::Effect::Unknown,
                      .code = code,
                      .message = u"words of the service"_s,
                      .operation = u"CreateCase"_s,
                      .requestId = u"the-id"_s,
                      .httpStatus = 400};
    const QString report = errorReport(error);
    for (const QString &part : {u"CreateCase: "_s, code, u"words of the service"_s, u"request id: the-id"_s,
                                u"HTTP 400"_s, u"look before sending it again"_s, advice})
        QVERIFY2(report.contains(part), qPrintable(report));
}

void TestCommandLine::errorsAreSentences_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("report");

    const QString later = u"\n  Try again in some minutes."_s;
    QTest::newRow("a bare 503") << Error{.kind = Kind::Unavailable, .code = u"503"_s, .httpStatus = 503}
                                << u"the service does not work at the moment (HTTP 503)"_s + later;
    QTest::newRow("a bare 429") << Error{.kind = Kind::Throttled, .code = u"429"_s, .httpStatus = 429}
                                << u"too many requests for the service (HTTP 429)"_s + later;
    QTest::newRow("a bare 413")
        << Error{.kind = Kind::Refused, .code = u"413"_s, .httpStatus = 413}
        << u"the service refused (HTTP 413)\n  The request is too large for the service or for a "
           "proxy on the way. AWS takes 8,000 characters a message and three files of 5 MB each "
           "a set: send less text, or fewer or smaller files."_s;
    QTest::newRow("half a list") << Error{.kind = Kind::Incomplete, .message = u"The same page token twice"_s}
                                 << u"the list is incomplete; what came is kept. Why it ends: The same page token "
                                    "twice\n  Try again. If it stays, look at the endpoint, or tell AWS Support."_s;
    QTest::newRow("half a list of which there is an id")
        << Error{.kind = Kind::Incomplete, .message = u"The same page token twice"_s, .requestId = u"0a1b"_s}
        << u"the list is incomplete; what came is kept. Why it ends: The same page token twice\n  request id: 0a1b\n  "
           "Try again. If it stays, look at the endpoint, or tell AWS Support with the request id."_s;
    QTest::newRow("the action that AWS names")
        << Error{.kind = Kind::Refused,
                 .code = u"AccessDeniedException"_s,
                 .message = u"User: a is not authorized to perform: support:DescribeSeverityLevels on resource: *"_s,
                 .operation = u"DescribeCases"_s,
                 .httpStatus = 400}
        << u"DescribeCases: AccessDeniedException (HTTP 400): User: a is not authorized to perform: "
           "support:DescribeSeverityLevels on resource: *\n  The keys are right but may not do this. Ask who looks "
           "after the account to allow support:DescribeSeverityLevels."_s;
    QTest::newRow("a proxy with a password")
        << Error{.kind = Kind::Proxy, .message = u"proxy:3128: Proxy requires authentication"_s, .httpStatus = 407}
        << u"the proxy did not let the request through (HTTP 407): proxy:3128: Proxy requires authentication\n  Check "
           "HTTPS_PROXY and NO_PROXY. A proxy's name and password belong in HTTPS_PROXY before its host, with a colon "
           "between them and an @ behind."_s;
    QTest::newRow("an unknown authority")
        << Error{.kind = Kind::Tls, .code = localcode::unknownAuthority, .message = u"It is unknown"_s, .host = u"h"_s}
        << u"the certificate of h was not accepted: It is unknown\n  A company's own authority is trusted by "
           "AWS_CA_BUNDLE or the profile's ca_bundle."_s;
    QTest::newRow("an old TLS")
        << Error{.kind = Kind::Tls, .code = localcode::oldTls, .message = u"it is old"_s, .host = u"h"_s}
        << u"no secure connection to h: it is old\n  Only who runs that server can change this."_s;
    QTest::newRow("a CA bundle that isn't there")
        << Error{.kind = Kind::CredentialsFile, .message = u"the CA bundle x can't be read"_s}
        << u"the CA bundle x can't be read\n  Correct what is named, then run the same command again."_s;
}

void TestCommandLine::errorsAreSentences()
{
    QFETCH(Error, error);
    QFETCH(QString, report);
    QCOMPARE(errorReport(error), report);
    QCOMPARE(redact(report), report); // nothing in it is taken for a secret
}

void TestCommandLine::onlyUnknownAuthoritiesNeedABundle()
{
    for (const QLatin1StringView code : {localcode::certificateExpired, localcode::certificateNotYetValid,
                                         localcode::otherHost, localcode::weakKey, localcode::oldTls}) {
        const QString report = errorReport({.kind = Error::Kind::Tls, .code = code, .message = u"x"_s});
        QVERIFY2(report.contains(u'\n') && !report.contains("AWS_CA_BUNDLE"_L1), qPrintable(report));
    }
}

void TestCommandLine::noPlanIsNamed()
{
    const QString report = errorReport({.kind = Error::Kind::Refused, .code = u"SubscriptionRequiredException"_s});
    for (const char *name : {"Business", "Enterprise", "Developer", "Unified", "above"})
        QVERIFY2(!report.contains(QLatin1StringView(name)), qPrintable(report));
}

QTEST_APPLESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
