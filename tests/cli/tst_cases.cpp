#include "archive/archivefixture.h"
#include "archive/casemarks.h"
#include "cli/cliprocess.h"
#include "demoservice.h"
#include "fulldisk.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <pty.h>
#include <unistd.h>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

// Reads CSV as everybody's Python does and answers it as JSON.
const QString csvReader = u"import csv, io, json, sys\n"
                          "text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')\n"
                          "print(json.dumps(list(csv.reader(text, strict=True))))\n"_s;

Cli makeCli(const DemoFixture &demo, int account = 0)
{
    Cli cli(demo.endpoint());
    cli.setKeys(demo.account(account).accessKeyId, demo.account(account).secretAccessKey);
    cli.environment.insert(u"AWS_REGION"_s, demo.account(account).region);
    return cli;
}

QJsonArray casesOf(const CliRun &run) { return QJsonDocument::fromJson(run.out).array(); }

} // namespace

class TestCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void syncSaysWhatItFound();
    void jsonHasWhatTheServiceHas();
    void csvIsReadByPython();
    void tableIsForPeople();
    void aCaseIsPrinted_data();
    void aCaseIsPrinted();
    void anUnknownCaseIsTold();
    void searchFinds_data();
    void searchFinds();
    void searchFindsNotesAndTags();
    void searchFindsFiles();
    void casesAreExported_data();
    void casesAreExported();
    void aZipHasTheFiles();
    void readsWithoutTheService();
    void syncsFirstOnce();
    void accountsStayApart();
    void aWrongProfileLeavesNothing();
    void failuresAreTold_data();
    void failuresAreTold();
    void anUnusableArchiveIsTold();
    void aFullDiskIsRead();
    void hostileTextsAreTamed();
    void syncIsInterrupted();
    void progressIsForTerminals();

private:
    std::unique_ptr<DemoFixture> m_demo;
    std::unique_ptr<Cli> m_cli; ///< account 0, synced
    QList<CaseDetails> m_cases; ///< what the service has
};

void TestCases::initTestCase()
{
    m_demo = std::make_unique<DemoFixture>();
    m_cli = std::make_unique<Cli>(makeCli(*m_demo));
    QString token;
    do {
        DescribeCases::Request request;
        request.includeResolvedCases = true;
        request.maxResults = 100;
        request.nextToken = token;
        const auto page = m_demo->call(request);
        QVERIFY(page);
        m_cases += page->cases;
        token = page->nextToken;
    } while (!token.isEmpty());
    QVERIFY(m_cases.size() > 10);
}

void TestCases::syncSaysWhatItFound()
{
    const CliRun first = m_cli->run({u"sync"_s});
    QVERIFY2(first.status == 0, first.err.constData());
    const auto open = std::count_if(m_cases.begin(), m_cases.end(),
                                    [](const CaseDetails &details) { return details.status != u"resolved"; });
    const QByteArray found =
        u": %1 cases, %2 open; %3 new or changed; "_s.arg(m_cases.size()).arg(open).arg(m_cases.size()).toUtf8();
    QVERIFY2(first.out.contains(found), first.out.constData());
    QVERIFY(first.out.startsWith("environment (127.0.0.1:"));
    QCOMPARE(first.out.count('\n'), 1);
    QCOMPARE(first.err, QByteArray());

    const int before = m_demo->requestCount();
    const CliRun second = m_cli->run({u"sync"_s});
    QVERIFY2(second.status == 0, second.err.constData());
    QVERIFY2(second.out.contains("; 0 new or changed; "), second.out.constData());
    QCOMPARE(m_demo->requestCount(), before + 1);
    QVERIFY(m_cli->run({u"sync"_s, u"--all"_s}).status == 0);

    const QFileInfo archive(m_cli->home.filePath(u".local/share/casement/archive.sqlite"_s));
    QVERIFY(archive.exists());
    QCOMPARE(archive.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
}

void TestCases::jsonHasWhatTheServiceHas()
{
    const CliRun run = m_cli->run({u"cases"_s, u"--all"_s, u"--format"_s, u"json"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
    const QJsonArray cases = casesOf(run);
    QCOMPARE(cases.size(), m_cases.size());
    QHash<QString, QJsonObject> byId;
    for (const QJsonValue &value : cases)
        byId.insert(value[u"caseId"].toString(), value.toObject());
    for (const CaseDetails &details : m_cases) {
        const QJsonObject object = byId.value(details.caseId);
        QCOMPARE(object[u"displayId"].toString(), details.displayId);
        QCOMPARE(object[u"subject"].toString(), details.subject);
        QCOMPARE(object[u"status"].toString(), details.status);
        QCOMPARE(object[u"severityCode"].toString(), details.severityCode);
        QCOMPARE(object[u"timeCreated"].toString(), details.timeCreated);
        QCOMPARE(object[u"submittedBy"].toString(), details.submittedBy);
    }
    const QJsonArray open = casesOf(m_cli->run({u"cases"_s, u"--format=json"_s}));
    QVERIFY(!open.isEmpty() && open.size() < cases.size());
    for (const QJsonValue &value : open)
        QVERIFY(value[u"status"].toString() != u"resolved");
}

void TestCases::csvIsReadByPython()
{
    const CliRun run = m_cli->run({u"cases"_s, u"--all"_s, u"--format"_s, u"csv"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QProcess python;
    QSignalSpy finished(&python, &QProcess::finished);
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, csvReader});
    python.write(run.out);
    python.closeWriteChannel();
    QVERIFY(!finished.isEmpty() || finished.wait(30'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QJsonArray rows = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    QCOMPARE(rows.size(), m_cases.size() + 1);
    QCOMPARE(rows[0][4].toString(), u"subject"_s);
    QSet<QString> subjects;
    for (const QJsonValue &row : rows) {
        QCOMPARE(row.toArray().size(), rows[0].toArray().size());
        subjects.insert(row[4].toString());
    }
    for (const CaseDetails &details : m_cases)
        QVERIFY2(subjects.contains(details.subject), qPrintable(details.subject));
}

void TestCases::tableIsForPeople()
{
    const CliRun run = m_cli->run({u"cases"_s, u"--all"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    const QStringList lines = QString::fromUtf8(run.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), m_cases.size() + 1);
    QVERIFY(lines.first().startsWith(u"CASE"_s));
    QVERIFY(isHarmless(run.out));
    for (const CaseDetails &details : m_cases)
        QVERIFY2(run.out.contains(details.displayId.toUtf8()), qPrintable(details.displayId));
}

void TestCases::aCaseIsPrinted_data()
{
    QTest::addColumn<bool>("byDisplayId");
    QTest::newRow("by the number that people use") << true;
    QTest::newRow("by the service's id") << false;
}

void TestCases::aCaseIsPrinted()
{
    QFETCH(bool, byDisplayId);
    // The longest conversation: more than the five messages that a listing brings.
    const CaseDetails *longest = nullptr;
    QList<Communication> messages;
    for (const CaseDetails &details : m_cases) {
        if (!details.recentCommunications || details.recentCommunications->nextToken.isEmpty())
            continue;
        DescribeCommunications::Request request;
        request.caseId = details.caseId;
        request.maxResults = 100;
        const auto page = m_demo->call(request);
        QVERIFY(page);
        if (page->communications.size() > messages.size()) {
            messages = page->communications;
            longest = &details;
        }
    }
    QVERIFY(longest);
    const CliRun run = m_cli->run({u"case"_s, byDisplayId ? longest->displayId : longest->caseId});
    QVERIFY2(run.status == 0, run.err.constData());
    const QString text = QString::fromUtf8(run.out);
    QVERIFY(text.startsWith(longest->subject + u'\n'));
    QCOMPARE(text.count(u"\n── "_s), messages.size());
    qsizetype at = 0;
    for (auto message = messages.crbegin(); message != messages.crend(); ++message) { // oldest first
        const QString firstLine = message->body.section(u'\n', 0, 0);
        const qsizetype found = text.indexOf(firstLine, at);
        QVERIFY2(found >= at, qPrintable(firstLine));
        at = found;
        for (const AttachmentDetails &file : message->attachmentSet)
            QVERIFY(text.contains(file.attachmentId));
    }
    QVERIFY(isHarmless(run.out));
}

void TestCases::anUnknownCaseIsTold()
{
    const CliRun run = m_cli->run({u"case"_s, u"999"_s});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains("has no case 999"), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestCases::searchFinds_data()
{
    QTest::addColumn<bool>("japanese");
    QTest::newRow("English") << false;
    QTest::newRow("Japanese") << true;
}

// Each word of a subject finds its case, and so does each of two characters in Japanese.
void TestCases::searchFinds()
{
    QFETCH(bool, japanese);
    int tried = 0;
    for (const CaseDetails &details : m_cases) {
        static const QRegularExpression english(u"\\b[A-Za-z]{5,}\\b"_s);
        static const QRegularExpression kanji(u"\\p{Han}{2}"_s, QRegularExpression::UseUnicodePropertiesOption);
        const QRegularExpressionMatch word = (japanese ? kanji : english).match(details.subject);
        if (!word.hasMatch() || ++tried > 5)
            continue;
        const CliRun run = m_cli->run({u"search"_s, word.captured()});
        QVERIFY2(run.status == 0, run.err.constData());
        QVERIFY2(run.out.contains(details.displayId.toUtf8()), qPrintable(word.captured()));
        QVERIFY(isHarmless(run.out));
    }
    if (!japanese || tried > 0)
        QVERIFY(tried > 0);
    const CliRun mistyped = m_cli->run({u"search"_s, u"after:xyz"_s, u"qqzzqq"_s});
    QVERIFY2(mistyped.err.contains("\"after:xyz\" names no date"), mistyped.err.constData());
    QVERIFY2(mistyped.err.contains("these words: qqzzqq\n"), mistyped.err.constData());
    const CliRun onlyMistyped = m_cli->run({u"search"_s, u"after:xyz"_s});
    QCOMPARE(onlyMistyped.status, 2);
    QVERIFY2(onlyMistyped.err.contains("nothing else is looked for"), onlyMistyped.err.constData());
    QVERIFY(!onlyMistyped.err.contains("Nothing has"));
    const CliRun nothing = m_cli->run({u"search"_s, u"qqzzqq"_s});
    QCOMPARE(nothing.status, 0);
    QCOMPARE(nothing.out, QByteArray());
    QVERIFY(nothing.err.contains("qqzzqq"));
}

// What a person noted in the window; they may be searched for in the terminal.
void TestCases::searchFindsNotesAndTags()
{
    const CaseDetails &noted = m_cases.at(0);
    const CaseDetails &tagged = m_cases.at(1);
    {
        Archive archive;
        QVERIFY(test::answerOf<void>([&](auto done) {
            archive.open(m_cli->home.filePath(u".local/share/casement/archive.sqlite"_s), &archive, std::move(done));
        }));
        const auto accounts =
            test::answerOf<QList<AccountRecord>>([&](auto done) { archive.loadAccounts(&archive, std::move(done)); });
        QVERIFY(accounts && !accounts->isEmpty());
        const AccountId account = accounts->first().id;
        CaseMarks marks(archive);
        marks.setNote({account, noted.caseId}, u"朝礼で確認\x1b[31m zebra"_s);
        marks.changeTags({{account, tagged.caseId}}, {u"zebra"_s}, {});
        marks.setNote({account, u"case-that-is-gone"_s}, u"zebra too"_s);
    }
    const CliRun run = m_cli->run({u"search"_s, u"zebra"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(isHarmless(run.out));
    QVERIFY2(run.out.contains(noted.displayId.toUtf8()) && run.out.contains("    Note: "), run.out.constData());
    QVERIFY2(run.out.contains(tagged.displayId.toUtf8()) && run.out.contains("    Tags: zebra\n"), run.out.constData());
    QVERIFY2(run.out.contains("case-that-is-gone") && run.out.contains("    Note: zebra too\n"), run.out.constData());
    QVERIFY(m_cli->run({u"search"_s, u"朝礼"_s}).out.contains(noted.displayId.toUtf8()));
}

void TestCases::searchFindsFiles()
{
    const CliRun run = m_cli->run({u"search"_s, u"heap.hprof"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.out.contains("    Attachment: heap.hprof\n"), run.out.constData());
}

void TestCases::casesAreExported_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("Markdown") << u"markdown"_s;
    QTest::newRow("HTML") << u"html"_s;
    QTest::newRow("JSON") << u"json"_s;
}

void TestCases::casesAreExported()
{
    QFETCH(QString, format);
    const QStringList ask{u"export-case"_s, m_cases.at(0).displayId, m_cases.at(1).caseId, u"--format"_s, format};
    const CliRun shown = m_cli->run(ask);
    QVERIFY2(shown.status == 0, shown.err.constData());
    for (int i : {0, 1})
        QVERIFY(shown.out.contains(m_cases.at(i).displayId.toUtf8()));
    // As the window writes them: by their names.
    for (int i : {0, 1})
        QCOMPARE(shown.out.contains(m_cases.at(i).serviceCode.toUtf8()), format == u"json"_s);
    if (format == u"json"_s)
        QCOMPARE(QJsonDocument::fromJson(shown.out).object().value(u"cases"_s).toArray().size(), 2);
    const QString file = m_cli->home.filePath(u"cases."_s + format);
    const CliRun written = m_cli->run(ask + QStringList{u"-o"_s, file});
    QVERIFY2(written.status == 0, written.err.constData());
    QFile back(file);
    QVERIFY(back.open(QIODevice::ReadOnly));
    QCOMPARE(back.readAll(), shown.out);
    const CliRun none = m_cli->run({u"export-case"_s, u"no-such-case"_s, u"-o"_s, file});
    QCOMPARE(none.status, 1);
    QVERIFY(none.err.contains("no-such-case"));
    QVERIFY(back.seek(0));
    QCOMPARE(back.readAll(), shown.out);
}

void TestCases::aZipHasTheFiles()
{
    const CliRun found = m_cli->run({u"search"_s, u"heap.hprof"_s});
    QVERIFY(found.out.contains("heap.hprof"));
    const auto withFiles = std::find_if(m_cases.begin(), m_cases.end(),
                                        [&](const auto &one) { return found.out.contains(one.displayId.toUtf8()); });
    QVERIFY(withFiles != m_cases.end());
    const QString file = m_cli->home.filePath(u"case.zip"_s);
    const CliRun run = m_cli->run({u"export-case"_s, withFiles->displayId, u"--format"_s, u"zip"_s, u"-o"_s, file});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out, QByteArray());
    QFile zip(file);
    QVERIFY(zip.open(QIODevice::ReadOnly));
    const QByteArray bytes = zip.readAll();
    QVERIFY(bytes.startsWith("PK"));
    for (const QByteArray &name : {QByteArray("cases.html"), QByteArray("cases.json"),
                                   "attachments/" + withFiles->displayId.toUtf8() + "/heap.hprof"})
        QVERIFY2(bytes.contains(name), name.constData());
}

void TestCases::readsWithoutTheService()
{
    const int before = m_demo->requestCount();
    for (const QStringList &arguments :
         {QStringList{u"cases"_s}, {u"case"_s, m_cases.first().displayId}, {u"search"_s, u"a"_s}}) {
        const CliRun run = m_cli->run(arguments);
        QVERIFY2(run.status == 0, run.err.constData());
    }
    QCOMPARE(m_demo->requestCount(), before);
}

void TestCases::syncsFirstOnce()
{
    const Cli fresh = makeCli(*m_demo, 1);
    const CliRun first = fresh.run({u"cases"_s, u"--all"_s, u"--format"_s, u"json"_s});
    QVERIFY2(first.status == 0, first.err.constData());
    QVERIFY2(first.err.contains("was never synced; syncing it first"), first.err.constData());
    QVERIFY(!casesOf(first).isEmpty());
    const CliRun second = fresh.run({u"cases"_s, u"--all"_s, u"--format"_s, u"json"_s});
    QCOMPARE(second.err, QByteArray());
    QCOMPARE(second.out, first.out);
}

void TestCases::accountsStayApart()
{
    Cli cli = makeCli(*m_demo, 0);
    const QString archive = cli.home.filePath(u"one/for all.sqlite"_s);
    QDir(cli.home.path()).mkdir(u"one"_s);
    QSet<QString> seen;
    for (int i = 0; i < m_demo->accounts().size(); ++i) {
        cli.setKeys(m_demo->account(i).accessKeyId, m_demo->account(i).secretAccessKey);
        cli.environment.insert(u"AWS_REGION"_s, m_demo->account(i).region);
        const CliRun run = cli.run({u"cases"_s, u"--all"_s, u"--format"_s, u"json"_s, u"--archive"_s, archive});
        QVERIFY2(run.status == 0, run.err.constData());
        const QJsonArray cases = casesOf(run);
        QVERIFY(!cases.isEmpty());
        for (const QJsonValue &value : cases) {
            const QString id = value[u"caseId"].toString();
            QVERIFY2(!seen.contains(id), qPrintable(id));
            seen.insert(id);
        }
    }
    QVERIFY(QFileInfo::exists(archive));
    QVERIFY(!QFileInfo::exists(cli.home.filePath(u".local/share/casement"_s)));
}

void TestCases::aWrongProfileLeavesNothing()
{
    const CliRun run = m_cli->run({u"cases"_s, u"--profile"_s, u"prdo"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("\"prdo\""), run.err.constData());
    QFile archive(m_cli->home.filePath(u".local/share/casement/archive.sqlite"_s));
    QVERIFY(archive.open(QIODevice::ReadOnly));
    QVERIFY(!archive.readAll().contains("prdo"));
}

void TestCases::failuresAreTold_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("no permission") << u"deny"_s << QByteArray("AccessDenied");
    QTest::newRow("a hotel's page") << u"html"_s << QByteArray("not AWS");
    QTest::newRow("a token for ever") << u"repeattoken"_s << QByteArray("token");
}

void TestCases::failuresAreTold()
{
    QFETCH(QString, faults);
    QFETCH(QByteArray, told);
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.data.accounts = 1;
    options.data.cases = 120; // two pages
    DemoFixture demo(options);
    const Cli cli = makeCli(demo);
    demo.setFaults(faults);
    const CliRun run = cli.run({u"sync"_s});
    QCOMPARE(run.status, 1);
    // What came of a list that is not whole is kept, and summed up.
    QCOMPARE(run.out.isEmpty(), told != "token");
    QVERIFY2(run.err.contains(told), run.err.constData());
    QVERIFY2(run.err.contains("DescribeCases: "), run.err.constData());
    if (run.err.contains("tell AWS Support with the request id")) // then there is one
        QVERIFY2(run.err.contains("\n  request id: "), run.err.constData());
    QVERIFY(told != "token" || run.err.contains("request id"));
    demo.setFaults({});
    const CliRun again = cli.run({u"sync"_s});
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY2(again.out.contains(": 120 cases, "), again.out.constData());
}

void TestCases::anUnusableArchiveIsTold()
{
    const QString path = m_cli->home.filePath(u"letter.txt"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray letter(500, 'x');
    file.write(letter);
    file.close();
    const CliRun run = m_cli->run({u"cases"_s, u"--archive"_s, path});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("letter.txt"), run.err.constData());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), letter);
}

void TestCases::aFullDiskIsRead()
{
    const CliRun synced = m_cli->run({u"sync"_s});
    QVERIFY2(synced.status == 0, synced.err.constData());
    const CliRun before = m_cli->run({u"cases"_s, u"--format=csv"_s});
    QVERIFY(before.status == 0 && before.out.count('\n') > 1);
    const test::FullDisk full(0); // holds for what is started, too
    const CliRun run = m_cli->run({u"cases"_s, u"--format=csv"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.out, before.out);
    const CliRun again = m_cli->run({u"sync"_s});
    QCOMPARE(again.status, 1);
    QVERIFY2(again.err.contains("The disk is full, and the archive "), again.err.constData());
    QCOMPARE(again.err.toLower().count("make room"), 1);
}

void TestCases::hostileTextsAreTamed()
{
    DemoFixture demo;
    const QString subject = u"=cmd|'/c'!A1 \x1b]0;owned\a \u202Egpj.exe \"quoted\", 日本"_s;
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = u"first\r\n\x1b[2J\u009b31m\x07\u200Bsecond"_s;
    request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
    request.categoryCode = u"other"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    const auto created = demo.call(request);
    QVERIFY2(created, created ? "" : qPrintable(created.error().toLine()));
    const Cli cli = makeCli(demo);
    QVERIFY(cli.run({u"sync"_s}).status == 0);

    const CliRun table = cli.run({u"cases"_s});
    QVERIFY2(table.status == 0, table.err.constData());
    QVERIFY(isHarmless(table.out));
    QVERIFY2(table.out.contains("␛]0;owned␇ gpj.exe"), table.out.constData());
    const CliRun conversation = cli.run({u"case"_s, created->caseId});
    QVERIFY2(conversation.status == 0, conversation.err.constData());
    QVERIFY(isHarmless(conversation.out));
    QVERIFY2(conversation.out.contains("first\n␛[2J\uFFFD31m␇second\n"), conversation.out.constData());
    QVERIFY(isHarmless(cli.run({u"search"_s, u"owned"_s}).out));
    const CliRun csv = cli.run({u"cases"_s, u"--format=csv"_s});
    QVERIFY2(csv.out.contains(",\"'=cmd|"), csv.out.constData());
    QVERIFY(!csv.out.contains('\x1b'));
    bool found = false;
    for (const QJsonValue &value : casesOf(cli.run({u"cases"_s, u"--format=json"_s})))
        found |= value[u"subject"].toString() == subject;
    QVERIFY(found);
}

void TestCases::syncIsInterrupted()
{
    DemoFixture demo;
    demo.setFaults(u"hang:DescribeCases"_s);
    const Cli cli = makeCli(demo);
    const auto process = cli.make({u"sync"_s});
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(demo.requestCount("DescribeCases"), 1, 20'000);
    ::kill(pid_t(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
    demo.setFaults({});
    QVERIFY(cli.run({u"sync"_s}).status == 0);
}

// A terminal gets progress, a table that fits, and no control character of the service even in JSON.
void TestCases::progressIsForTerminals()
{
    int master = -1;
    int slave = -1;
    const winsize size{24, 60, 0, 0};
    QCOMPARE(::openpty(&master, &slave, nullptr, nullptr, &size), 0);
    const Cli fresh = makeCli(*m_demo, 0);
    const auto process = fresh.make({u"cases"_s, u"--all"_s});
    process->setChildProcessModifier([slave] {
        ::dup2(slave, STDOUT_FILENO);
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
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process->exitCode(), 0);
    QTRY_VERIFY(seen.contains(m_cases.first().displayId.toUtf8()));
    QVERIFY2(seen.contains("\x1b[K"), seen.constData());
    const QString table = QString::fromUtf8(seen.sliced(seen.indexOf("CASE ")));
    for (const QString &line : table.split(u"\r\n"_s))
        QVERIFY2(line.size() <= 60, qPrintable(line));
    QVERIFY(table.contains(u'…'));
    ::close(slave);
    ::close(master);
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
