#include "cputime.h"
#include "support/awscli.h"
#include "support/casetemplate.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringEncoder>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QByteArray requestOf(const CaseTemplate &caseTemplate)
{
    return std::visit([](const auto &request) { return encode(request); }, caseTemplate.request);
}

QString repeated(const char *text, qsizetype times) { return QString::fromUtf8(text).repeated(times); }

CaseTemplate caseOf(const QString &subject, const QString &body, const QStringList &cc = {})
{
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = body;
    request.ccEmailAddresses = cc;
    return {.request = request};
}

const CreateCase::Request &asCase(const CaseTemplate &caseTemplate)
{
    return std::get<CreateCase::Request>(caseTemplate.request);
}

// What shells, YAML, JSON and the CLI could trip over, in one text each.
QStringList nastyTexts()
{
    return {
        u"One line"_s,
        u"Two\nlines"_s,
        u"One line and its end\n"_s,
        u"Empty lines\n\n\nin between\n"_s,
        u"Ends twice\n\n"_s,
        u"  blanks in front\n    and more\n"_s,
        u"a line of blanks\n   \nblanks behind  \n\ta tab"_s,
        u"\nbegins with a line feed"_s,
        u"\n"_s,
        u" "_s,
        u"\ttab"_s,
        u"it's \"quoted\" \\ and 'so' on"_s,
        u"it's\n\"quoted\" \\n \\\nand 'so' on"_s,
        u"# no comment\n--- no document\n...\n- no list\nkey: value\n? : &a *a !t | > %x @y `z`"_s,
        u"---"_s,
        u"true"_s,
        u"12"_s,
        u"null"_s,
        u"~"_s,
        u"file:///etc/hostname"_s,
        u"{{account}} {}"_s,
        u"carriage\r\nreturns\r"_s,
        u"controls \x01\x04\x1b[201~\x7f\u0085\u009b"_s,
        u"separators \u2028\u2029\ufeff\u200b\u00a0"_s,
        u"\ufeffno mark of an encoding"_s,
        u"\ufffe \uffff"_s,
        u"日本語の件名\n改行、絵文字 😀👨‍👩‍👧 と \u202eright to left\u202c"_s,
        repeated("A long line that nobody folds. ", 200),
    };
}

// What looks like something else and is text to the AWS CLI.
QList<QByteArray> textsOfYaml()
{
    return {"yes",
            "no",
            "on",
            "off",
            "y",
            "N",
            "Yes",
            "12:30",
            "190:20:30",
            "0o8",
            "0X10",
            "0b12",
            "_1",
            "1,000",
            "0.1.2",
            "2001-1-1",
            "2026-11-26 10:00",
            "2026-11-26+10:00",
            ".inF",
            "1.5e"};
}

// What it takes for something else, so that it refuses it in a text's place.
QList<QByteArray> wordsOfYaml()
{
    return {"null",
            "Null",
            "NULL",
            "1.0",
            "12",
            "0x10",
            "0o10",
            "010",
            "08",
            "0b11",
            "1_000",
            "-1.5e3",
            "+.5",
            "1.",
            ".inf",
            ".NaN",
            "1e3",
            "=",
            "true",
            "FALSE",
            "2026-11-26",
            "2026-11-26 10:00:00",
            "2026-11-26T10:00:00Z",
            "2001-12-14t21:59:43.10-05:00"};
}

} // namespace

class TestCaseTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsUtf16();
    void refuses_data();
    void refuses();
    void hostileFilesEndSoon_data();
    void hostileFilesEndSoon();
    void limits();
    void whatNoMessageHoldsIsTold();
    void rehearsalStaysOne();
    void unknownNamesAreTold();
    void attachmentsAreNotKept();
    void writes();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void skeletonsOfTheCliAreEmptyTemplates();
    void theCliTakesWhatIsSaved();
    void theCliReadsYamlAlike();
    void filesThatAreNoneAreKnown_data();
    void filesThatAreNoneAreKnown();
};

void TestCaseTemplate::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("isReply");

    const auto row = [](const char *name, const QByteArray &text, const QByteArray &request, bool isReply = false) {
        QTest::newRow(name) << text << request << isReply;
    };
    row("JSON", R"({"subject": "Help", "communicationBody": "a\nb", "ccEmailAddresses": ["a@example.com"]})",
        R"({"subject":"Help","communicationBody":"a\nb","ccEmailAddresses":["a@example.com"]})");
    row("YAML", "subject: Help # me\ncommunicationBody: |\n  a\n  b\nccEmailAddresses:\n- a@example.com\n",
        R"({"subject":"Help","communicationBody":"a\nb\n","ccEmailAddresses":["a@example.com"]})");
    row("a byte order mark", "\xef\xbb\xbf{\"subject\":\"Help\"}", R"({"subject":"Help"})");
    row("line ends of Windows", "subject: 'Help'\r\ncommunicationBody: |-\r\n  a\r\n  b\r\n",
        R"({"subject":"Help","communicationBody":"a\nb"})");
    row("the reply's form", R"({"caseId":"","communicationBody":"Thanks"})", R"({"communicationBody":"Thanks"})", true);
    row("a reply to one case", "caseId: case-1\ncommunicationBody: Thanks\n",
        R"({"caseId":"case-1","communicationBody":"Thanks"})", true);
    row("a text alone makes a case", R"({"communicationBody":"Hello"})", R"({"communicationBody":"Hello"})");
    row("a subject makes a case", R"({"caseId":"case-1","subject":"Help"})", R"({"subject":"Help"})");
    row("nulls", R"({"subject":null,"ccEmailAddresses":null,"dryRun":null})", "{}");
    row("nulls of YAML", "subject: ~\nserviceCode:\nccEmailAddresses: [null, '']\n", "{}");
    row("no member", "{}", "{}");
    row("a name with escapes", R"({"sub\u006aect":"Help"})", R"({"subject":"Help"})");
    row("lone surrogates", R"({"subject":"a\ud800b"})",
        "{\"subject\":\"a\xef\xbf\xbd"
        "b\"}");
    row("YAML within braces", "{subject: 'Help', serviceCode: x,}", R"({"subject":"Help","serviceCode":"x"})");
    row("folded lines", "communicationBody: >-\n  one\n  line\n\n  two\n", R"({"communicationBody":"one line\ntwo"})");
    for (const QByteArray &word : textsOfYaml())
        row(word.constData(), "communicationBody:\nsubject: " + word + "\n", "{\"subject\":\"" + word + "\"}");
    row("a word in block form", "subject: |-\n  2026-11-26\nserviceCode: !!str null\n",
        R"({"subject":"2026-11-26","serviceCode":"null"})");
    row("a name like null after nothing", "subject:\nnullable: x\n", "{}");
    row("numbers in quotes", "subject: '12'\nserviceCode: !!str 12\n", R"({"subject":"12","serviceCode":"12"})");
    row("a directive and a document mark", "%YAML 1.2\n---\nsubject: Help\n...\n", R"({"subject":"Help"})");
    row("an anchor that nothing refers to", "subject: &s Help\n", R"({"subject":"Help"})");
}

void TestCaseTemplate::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, request);
    QFETCH(bool, isReply);
    const Result<CaseTemplate> read = readTemplate(text);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(requestOf(*read), request);
    QCOMPARE(read->isReply(), isReply);
    QVERIFY(!read->isRehearsal());
}

// "> t.json" in Windows PowerShell
void TestCaseTemplate::readsUtf16()
{
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
        const QByteArray text = encoder(u"{\r\n  \"subject\": \"日本語\"\r\n}\r\n"_s);
        const Result<CaseTemplate> read = readTemplate(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(asCase(*read).subject, u"日本語"_s);
    }
}

void TestCaseTemplate::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence"); // a part of it

    const auto row = [](const char *name, const QByteArray &text, const char *sentence) {
        QTest::newRow(name) << text << QString::fromUtf8(sentence);
    };
    row("nothing", "", "is empty");
    row("white space", " \n\t\r\n", "is empty");
    row("a comment alone", "# nothing\n", "no template");
    row("prose", "Dear AWS,\nplease help.\n", "no template");
    row("a list", "[1]", "no template");
    row("a list of YAML", "- subject\n", "no template");
    row("a number", "12", "no template");
    row("a picture", "\x89PNG\r\n\x1a\n", "UTF-8");
    row("another encoding", "subject: \x93\xfa\x96{\n", "UTF-8");
    row("JSON that is cut", "{\n\"subject\": \"Help\",\n\"serviceCode\": \"x", "line 3");
    row("JSON with a comma too few", "{\n\"subject\": \"a\"\n\"language\": \"en\"\n}", "line 3");
    row("YAML out of line", "subject: Help\n  serviceCode: x\n", "line 2");
    row("YAML that is cut", "subject: 'Help\n", "neither JSON nor YAML");
    row("YAML that is cut in double quotes", "subject: a\nlanguage: \"e", "neither JSON nor YAML");
    row("YAML that is cut in a list", "subject: a\nccEmailAddresses: [a", "neither JSON nor YAML");
    row("a number for a text", R"({"language":"en",
        "subject":12})",
        "“subject” in line 2 must be a text");
    row("a number of YAML", "language: en\nsubject: 12\n", "“subject” in line 2 must be a text");
    for (const QByteArray &word : wordsOfYaml())
        row(word.constData(), "language: en\nsubject: " + word + "\n",
            "“subject” in line 2 must be a text: write it in quotes");
    row("null in a flow", "{subject: null}", "“subject” in line 1 must be a text");
    row("YAML 1.1", "# old\n%YAML 1.1\n---\nsubject: yes\n", "Line 2 of the template asks for YAML 1.1");
    row("true for a text", "subject: True\n", "must be a text");
    row("an object for a text", R"({"subject":{"a":1}})", "“subject” in line 1 must be a text");
    row("a list for a text", "subject: [a]\n", "must be a text");
    row("a text for a list", R"({"ccEmailAddresses":"a@example.com"})", "“ccEmailAddresses” in line 1 must be a list");
    row("a number in a list", R"({"ccEmailAddresses":["a", 1]})", "must be a list of texts");
    row("a list in a list", "ccEmailAddresses: [[a]]\n", "must be a list of texts");
    row("an object for a list", "ccEmailAddresses: {a: b}\n", "must be a list of texts");
    row("a text for a switch", R"({"dryRun":"true"})", "“dryRun” in line 1 must be true or false");
    row("yes for a switch", "dryRun: yes\n", "must be true or false");
    row("a number for a switch", R"({"dryRun":1})", "must be true or false");
    row("a name twice", "{\"dryRun\": true,\n\"dryRun\": false}", "“dryRun” is given a second time in line 2");
    row("a name twice in YAML", "subject: a\nsubject: b\n", "“subject” is given a second time in line 2");
    row("a list for a name", "? [a]\n: b\n", "no template");
    row("an alias", "subject: &s Help\ncommunicationBody: *s\n", "Line 2 of the template refers");
    row("a tag", "subject: !!binary aGVsbG8=\n", "Line 1 of the template gives a value a YAML tag");
    row("an object of Python", "subject: !!python/name:os.system x\n", "YAML tag");
    row("two documents", "subject: a\n---\nsubject: b\n", "several YAML documents");
    row("control characters in YAML", "subject: a\nlanguage: e\x04n\n", "Line 2 of the template holds a control");
    row("a NUL", QByteArray("subject: a\0b\n", 13), "Line 1 of the template holds a control");
    row("a name with a mark of arguments", "'%1 %2 %3': a\n'%1 %2 %3': b\n", "“%1 %2 %3” is given");
}

void TestCaseTemplate::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const Result<CaseTemplate> read = readTemplate(text);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::File);
    QVERIFY2(read.error().message.contains(sentence), qPrintable(read.error().message));
}

void TestCaseTemplate::hostileFilesEndSoon_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");

    const auto row = [](const char *name, const QByteArray &text, const char *sentence) {
        QTest::newRow(name) << text << QString::fromUtf8(sentence);
    };
    const qsizetype most = 1 << 20;
    row("10 MB", QByteArray("subject: ") + QByteArray(10 << 20, 'x'), "larger than 1 MB");
    row("a byte more than 1 MB", QByteArray(most + 1, ' '), "larger than 1 MB");
    row("1 MB of subject", "subject: " + QByteArray(most - 9, 'x'), "choose another file");
    row("1 MB of text", "communicationBody: " + QByteArray(most - 19, 'x'), "");
    row("brackets", QByteArray(most, '['), "");
    row("braces", QByteArray(most, '{'), "");
    row("brackets in a value", "subject: " + QByteArray(most - 9, '['), "nested too deeply");
    row("objects in JSON", QByteArray(R"({"a":)").repeated(200'000), "");
    row("dashes", "subject:\n  " + QByteArray("- ").repeated(500'000), "nested too deeply");
    row("lists in one another", "subject: " + QByteArray("[").repeated(400) + QByteArray("]").repeated(400),
        "nested too deeply");
    row("a name again and again", QByteArray("a: b\n").repeated(200'000), "second time");
    QByteArray names;
    for (int i = 0; names.size() < most - 30; ++i)
        names += "name" + QByteArray::number(i) + ": x\n";
    row("many names", names, "more than 100 names");
    row("many names of JSON", "{\"" + names.left(500'000).replace(": x\n", "\":0,\n\"") + "\":0" + "}",
        "more than 100 names");
    QByteArray laughs = "a0: &a0 [lol, lol]\n";
    for (int i = 1; i < 50; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        laughs += "a" + n + ": &a" + n + " [" + before + ", " + before + ", " + before + "]\n";
    }
    row("a billion laughs", laughs, "refers to another place");
    row("a value within itself", "subject: &a [*a]\n", "refers to another place");
    row("a merge", "x: &x {subject: a}\n<<: *x\n", "refers to another place");
    row("quotes", QByteArray(most, '"'), "");
    row("anchors", QByteArray("&a ").repeated(300'000), "");
    row("document marks", QByteArray("---\n").repeated(200'000), "no template");
    row("questions", QByteArray("? a\n").repeated(200'000), "second time");
    row(
        "staircase",
        [] {
            QByteArray text;
            for (int i = 0; i < 1000; ++i)
                text += QByteArray(i, ' ') + "a:\n";
            return text;
        }(),
        "nested too deeply");
}

void TestCaseTemplate::hostileFilesEndSoon()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const qint64 before = test::computed();
    const Result<CaseTemplate> read = readTemplate(text);
    const qint64 took = test::computed() - before;
    QVERIFY2(took < 10'000, qPrintable(QString::number(took))); // sanitizers
    if (read) {
        QCOMPARE(asCase(*read).communicationBody.size(), text.size() - 19);
    } else {
        QVERIFY2(read.error().message.contains(sentence), qPrintable(read.error().message));
        QVERIFY(read.error().message.size() < 400);
    }
}

// Who fills a form shortens there: what is beyond the service's limits loads all the same.
void TestCaseTemplate::limits()
{
    const Result<CaseTemplate> longBody =
        readTemplate(writeTemplate(caseOf(u"s"_s, repeated("😀", 8001)), TemplateFormat::Json));
    QVERIFY(longBody);
    QCOMPARE(asCase(*longBody).communicationBody.size(), 16'002);
    const Result<CaseTemplate> manyCopies =
        readTemplate(writeTemplate(caseOf(u"s"_s, u"b"_s, QStringList(11, u"a@example.com"_s)), TemplateFormat::Yaml));
    QVERIFY(manyCopies);
    QCOMPARE(asCase(*manyCopies).ccEmailAddresses.size(), 11);
    const Result<CaseTemplate> longSubject = readTemplate("subject: " + QByteArray(10'000, 'x'));
    QVERIFY(longSubject);
    QCOMPARE(asCase(*longSubject).subject.size(), 10'000);
    for (const QByteArray &text : {"subject: " + QByteArray(10'001, 'x'),
                                   "ccEmailAddresses: [" + QByteArray("a@example.com, ").repeated(1000) + "]"}) {
        const Result<CaseTemplate> refused = readTemplate(text);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"choose another file"_s), qPrintable(refused.error().message));
    }
}

void TestCaseTemplate::whatNoMessageHoldsIsTold()
{
    const Result<CaseTemplate> repaired =
        readTemplate(R"({"subject":"a\u0000b","communicationBody":"c\ud83d d","ccEmailAddresses":["e\u0000"]})");
    QVERIFY(repaired);
    QVERIFY(repaired->wasRepaired);
    QCOMPARE(asCase(*repaired).subject, u"ab"_s);
    QCOMPARE(asCase(*repaired).communicationBody, u"c\uFFFD d"_s);
    const Result<CaseTemplate> clean = readTemplate(R"({"subject":"\ud83d\ude00"})");
    QVERIFY(clean);
    QVERIFY(!clean->wasRepaired);
}

void TestCaseTemplate::rehearsalStaysOne()
{
    for (const char *text :
         {R"({"subject":"a","dryRun":true})", "subject: a\ndryRun: true\n", R"({"caseId":"case-1","dryRun":true})",
          R"({"subject":"a","DryRun":true})", "subject: a\ndry-run: yes\n"}) {
        Result<CaseTemplate> read = readTemplate(text);
        QVERIFY2(read, text);
        QVERIFY2(read->isRehearsal(), text);
        QVERIFY2(requestOf(*read).contains(R"("dryRun":true)"), text);
        for (const auto format : {TemplateFormat::Json, TemplateFormat::Yaml}) {
            const Result<CaseTemplate> again = readTemplate(writeTemplate(*read, format));
            QVERIFY(again);
            QVERIFY2(again->isRehearsal(), text);
            QVERIFY(again->unknownMembers.isEmpty());
        }
        read->setRehearsal(false);
        QVERIFY(!read->isRehearsal());
        QVERIFY(!requestOf(*read).contains("dryRun"));
        QVERIFY(!writeTemplate(*read, TemplateFormat::Json).contains("dryRun"));
        read->setRehearsal(true);
        QVERIFY(read->isRehearsal());
    }
    for (const char *text : {R"({"subject":"a","dryRun":false})", R"({"subject":"a","DryRun":false})"}) {
        const Result<CaseTemplate> read = readTemplate(text);
        QVERIFY(read);
        QVERIFY(!read->isRehearsal());
    }
}

void TestCaseTemplate::unknownNamesAreTold()
{
    const QByteArray longName(1000, 'x');
    for (const QByteArray &text :
         {QByteArray(R"({"Subject":"no","subject":"yes","zeta":{"a":[1,{}]},"":1,")" + longName
                     + R"(":[],"alpha":null})"),
          QByteArray("Subject: no\nsubject: \"yes\"\nzeta:\n  a: [1, {}]\n'': 1\n" + longName + ": []\nalpha:\n")}) {
        const Result<CaseTemplate> read = readTemplate(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(asCase(*read).subject, u"yes"_s);
        QCOMPARE(read->unknownMembers,
                 (QStringList{u"Subject"_s, u"zeta"_s, {}, repeated("x", 63) + u'…', u"alpha"_s}));
    }
    QCOMPARE(readTemplate(R"({"caseId":"case-1","reply":"x"})")->unknownMembers, QStringList{u"reply"_s});
    QCOMPARE(readTemplate(R"({"caseId":"case-1","subject":"x"})")->unknownMembers, QStringList{u"caseId"_s});
}

void TestCaseTemplate::attachmentsAreNotKept()
{
    for (const char *text : {R"({"subject":"a","attachmentSetId":"as-1"})", "subject: a\nuploadIds: [u-1]\n",
                             R"({"caseId":"case-1","uploadIds":["u-1"]})"}) {
        const Result<CaseTemplate> read = readTemplate(text);
        QVERIFY2(read, text);
        QVERIFY(read->hadAttachments);
        QVERIFY(!requestOf(*read).contains("u-1") && !requestOf(*read).contains("as-1"));
    }
    QVERIFY(!readTemplate(R"({"attachmentSetId":"","uploadIds":[""]})")->hadAttachments);
    CreateCase::Request request;
    request.subject = u"a"_s;
    request.attachmentSetId = u"as-1"_s;
    request.uploadIds = {u"u-1"_s};
    QCOMPARE(writeTemplate({.request = request}, TemplateFormat::Yaml), "subject: 'a'\n");
}

void TestCaseTemplate::writes()
{
    CreateCase::Request request;
    request.communicationBody = u"It's down.\n\nPlease help.\n"_s;
    request.subject = u"It's \"down\""_s;
    request.ccEmailAddresses = {u"a@example.com"_s, u"b@example.com"_s};
    request.language = u"ja"_s;
    request.dryRun = true;
    QCOMPARE(writeTemplate({.request = request}, TemplateFormat::Json), R"({
    "subject": "It's \"down\"",
    "communicationBody": "It's down.\n\nPlease help.\n",
    "ccEmailAddresses": [
        "a@example.com",
        "b@example.com"
    ],
    "language": "ja",
    "dryRun": true
}
)");
    QCOMPARE(writeTemplate({.request = request}, TemplateFormat::Yaml), R"(subject: 'It''s "down"'
communicationBody: |
  It's down.

  Please help.
ccEmailAddresses:
- 'a@example.com'
- 'b@example.com'
language: 'ja'
dryRun: true
)");
    for (const auto format : {TemplateFormat::Json, TemplateFormat::Yaml})
        QCOMPARE(writeTemplate({}, format), "{}\n");
}

void TestCaseTemplate::readsWhatItWrites_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : nastyTexts())
        QTest::newRow(requestOf(caseOf(text, {})).left(60).constData()) << text;
}

void TestCaseTemplate::readsWhatItWrites()
{
    QFETCH(QString, text);
    CaseTemplate reply{.request = AddCommunicationToCase::Request{
                           .caseId = u"case-1"_s, .communicationBody = text, .ccEmailAddresses = {text, u"b"_s}}};
    for (const auto format : {TemplateFormat::Json, TemplateFormat::Yaml}) {
        for (const CaseTemplate &one : {caseOf(text, text, {u"a"_s, text}), reply}) {
            const QByteArray written = writeTemplate(one, format);
            const Result<CaseTemplate> read = readTemplate(written);
            QVERIFY2(read, read ? "" : qPrintable(read.error().message + u'\n' + QString::fromUtf8(written)));
            QCOMPARE(requestOf(*read), requestOf(one));
            QCOMPARE(read->isReply(), one.isReply());
            QCOMPARE(writeTemplate(*read, format), written);
        }
    }
}

void TestCaseTemplate::skeletonsOfTheCliAreEmptyTemplates()
{
    if (!test::AwsCli::isInstalled())
        QSKIP("Debian's awscli is not installed");
    const test::DemoFixture demo;
    const test::AwsCli aws(demo);
    QList<QStringList> commands;
    for (const char *operation : {"create-case", "add-communication-to-case"}) {
        for (const char *form : {"input", "yaml-input"})
            commands.append(
                aws.command({QString::fromLatin1(operation), u"--generate-cli-skeleton"_s, QString::fromLatin1(form)}));
    }
    const QList<test::AwsRun> runs = aws.run(commands);
    for (qsizetype i = 0; i < runs.size(); ++i) {
        QVERIFY2(runs[i].out.contains("attachmentSetId"), runs[i].err.constData());
        const Result<CaseTemplate> read = readTemplate(runs[i].out);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(requestOf(*read), "{}");
        QCOMPARE(read->isReply(), i >= 2);
        QVERIFY(read->unknownMembers.isEmpty());
        QVERIFY(!read->hadAttachments);
    }
}

void TestCaseTemplate::theCliTakesWhatIsSaved()
{
    if (!test::AwsCli::isInstalled())
        QSKIP("Debian's awscli is not installed");
    test::DemoFixture demo;
    const test::AwsCli aws(demo);

    const QString body = u" In front\n\n"_s + nastyTexts().join(u"\n"_s).left(7900);
    CreateCase::Request request;
    request.subject = u"It's 'quoted' \"so\" # {{x}}: 日本語 😀"_s;
    request.serviceCode = u"general-info"_s;
    request.categoryCode = u"using-aws"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    request.issueType = u"technical"_s;
    request.ccEmailAddresses = {u"o'brien+1@example.com"_s, u"b@example.com"_s};
    request.communicationBody = body;
    CreateCase::Request block = request;
    block.communicationBody = u"# It's down.\n\n  - since 10:00\n\tor so: 日本語\n\n---\nPlease \"help\" \\n.\n"_s;
    AddCommunicationToCase::Request reply{.caseId = demo.call(request)->caseId, .communicationBody = body};
    CaseTemplate rehearsal{.request = request};
    rehearsal.setRehearsal(true);

    struct Saved
    {
        CaseTemplate caseTemplate;
        TemplateFormat format;
    };
    const QList<Saved> all{{{.request = request}, TemplateFormat::Json},
                           {{.request = request}, TemplateFormat::Yaml},
                           {{.request = block}, TemplateFormat::Yaml},
                           {{.request = reply}, TemplateFormat::Json},
                           {rehearsal, TemplateFormat::Yaml}};
    QVERIFY(writeTemplate(all[1].caseTemplate, all[1].format).contains("communicationBody: \""));
    QVERIFY(writeTemplate(all[2].caseTemplate, all[2].format).contains("communicationBody: |\n"));
    QList<QStringList> commands;
    for (const Saved &saved : all) {
        const bool isJson = saved.format == TemplateFormat::Json;
        commands.append(aws.command(
            {saved.caseTemplate.isReply() ? u"add-communication-to-case"_s : u"create-case"_s,
             isJson ? u"--cli-input-json"_s : u"--cli-input-yaml"_s,
             aws.keep(u"template%1"_s.arg(commands.size()), writeTemplate(saved.caseTemplate, saved.format))}));
    }
    const int before = demo.requestCount("CreateCase");
    const QList<test::AwsRun> runs = aws.run(commands);
    for (qsizetype i = 0; i < 4; ++i) {
        QVERIFY2(runs[i].status == 0, runs[i].err.constData());
        DescribeCases::Request question;
        const QString created = QJsonDocument::fromJson(runs[i].out).object().value("caseId"_L1).toString(reply.caseId);
        question.caseIdList = {created};
        question.includeResolvedCases = true;
        const auto answer = demo.call(question);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toLine()));
        const CaseDetails &details = answer->cases.first();
        QCOMPARE(details.subject, request.subject);
        QCOMPARE(details.ccEmailAddresses, request.ccEmailAddresses);
        QCOMPARE(details.serviceCode, request.serviceCode);
        QCOMPARE(details.recentCommunications->communications.first().body, i == 2 ? block.communicationBody : body);
    }
    // This CLI is older than "dryRun": it must refuse, not open a case.
    QVERIFY2(runs[4].status != 0 && runs[4].err.contains("dryRun"), runs[4].err.constData());
    QCOMPARE(demo.requestCount("CreateCase") - before, 3);
}

// What is text here is text to the CLI, and what is refused here is something else to it, which it refuses too.
void TestCaseTemplate::theCliReadsYamlAlike()
{
    if (!test::AwsCli::isInstalled())
        QSKIP("Debian's awscli is not installed");
    QProcess python; // as awscli/customizations/cliinput.py does
    python.start(u"/usr/bin/python3"_s,
                 {u"-c"_s,
                  u"import sys\nfrom ruamel.yaml import YAML\nfor line in sys.stdin:\n"
                  u" try: print(type(YAML(typ='safe', pure=True).load('subject: ' + line)['subject']).__name__)\n"
                  u" except Exception: print('refused')\n"_s});
    const QList<QByteArray> words = textsOfYaml() + wordsOfYaml();
    python.write(words.join('\n') + '\n');
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    const QList<QByteArray> types = python.readAllStandardOutput().trimmed().split('\n');
    QVERIFY2(types.size() == words.size(), python.readAllStandardError().constData());
    for (qsizetype i = 0; i < words.size(); ++i)
        QVERIFY2((types[i] == "str") == (i < textsOfYaml().size()), (words[i] + " is " + types[i]).constData());

    test::DemoFixture demo;
    const test::AwsCli aws(demo);
    const QByteArray rest = "communicationBody: b\nserviceCode: amazon-s3\ncategoryCode: other\n";
    QList<QStringList> commands;
    for (const char *word : {"2026-11-26", "1.0", "null", "true"}) {
        const QByteArray text = "subject: " + QByteArray(word) + '\n' + rest;
        QVERIFY(!readTemplate(text));
        commands.append(aws.command(
            {u"create-case"_s, u"--cli-input-yaml"_s, aws.keep(u"word%1.yaml"_s.arg(commands.size()), text)}));
    }
    for (const test::AwsRun &run : aws.run(commands))
        QVERIFY2(run.status != 0 && run.err.contains("subject"), run.err.constData());
    QCOMPARE(demo.requestCount("CreateCase"), 0);
}

void TestCaseTemplate::filesThatAreNoneAreKnown_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isTemplate");
    const auto row = [](const char *name, const QByteArray &text, bool isTemplate) {
        QTest::newRow(name) << text << isTemplate;
    };
    row("a case", R"({"subject": "s"})", true);
    row("a case in YAML", "subject: s\ncommunicationBody: b\n", true);
    row("a reply", R"({"caseId": "", "communicationBody": "b"})", true);
    row("with names of one's own", R"({"subject": "s", "communicationBody": "b", "ticket": 1, "owner": "me"})", true);
    row("a wrong type", "subject: 2026-11-26\n", true);
    row("in UTF-16", QByteArray("\xff\xfe", 2) + QByteArray("{\0\"\0s\0u\0b\0j\0e\0c\0t\0\"\0:\0\"\0\"\0}\0", 28),
        true);
    row("cut", "{\"severityCode\": \"low\",\n \"communicationBody\": \"b", true);
    row("cut YAML", "severityCode: low\ncommunicationBody: 'b\n", true);
    row("an alias", "communicationBody: &b text\nsubject: *b\n", true);
    row("a package", R"({"name": "x", "version": "1.0", "scripts": {"subject": "a"}})", false);
    row("a letter", R"({"from": "a", "to": "b", "date": "c", "subject": "d"})", false);
    row("a question", R"({"serviceCodeList": [], "language": "en"})", false);
    row("a resolution", R"({"caseId": "case-1"})", false);
    row("roles of a cluster", "kind: RoleBinding\nsubjects:\n- kind: User\n---\nkind: Role\n", false);
    row("a damaged other one", "{\"name\": \"x\", \"subject\": ", false);
    row("a word in a sentence", "The serviceCode is missing: look for it\n- so\n", false);
    row("empty", "", false);
    row("no member", "{}", false);
    row("a picture", "\x89PNG\r\n\x1a\n", false);
}

void TestCaseTemplate::filesThatAreNoneAreKnown()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isTemplate);
    QCOMPARE(looksLikeTemplate(text, true), isTemplate);
    // The beginning of a file that is longer than anybody reads for this.
    const QByteArray large = R"({"communicationBody": ")" + QByteArray(70'000, 'b');
    QVERIFY(looksLikeTemplate(large.left(65'536), false));
    QVERIFY(!looksLikeTemplate(QByteArray(65'536, ' '), false));
}

QTEST_GUILESS_MAIN(TestCaseTemplate)
#include "tst_casetemplate.moc"
