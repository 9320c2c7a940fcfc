#include "export/caseexport.h"
#include "export/exporttext.h"
#include "export/hostilebodies.h"
#include "export/htmlexport.h"
#include "export/markdownexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStringEncoder>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QTextTable>
#include <QTranslator>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

// What a reader that knows nothing of Casement sees of the page.
const QString htmlReader = uR"(
import html.parser, json, sys
class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.bodies, self.texts, self.attributes = [], [], [], {}, []
    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [[tag, name, value] for name, value in attributes]
        if tag != 'meta':
            self.open.append(tag if ('class', 'body') not in attributes else 'message')
            self.texts.setdefault(self.open[-1], []).append('')
    def handle_endtag(self, tag):
        opened = self.open.pop()
        assert tag == ('div' if opened == 'message' else opened), (tag, opened)
    def handle_data(self, data):
        for tag in set(self.open):
            self.texts[tag][-1] += data
    def handle_comment(self, data): raise SystemExit('a comment: ' + data)
    def handle_pi(self, data): raise SystemExit('an instruction: ' + data)
    def unknown_decl(self, data): raise SystemExit('a declaration: ' + data)
reader = Reader()
reader.feed(sys.stdin.buffer.read().decode('utf-8'))
reader.close()
assert not reader.open, reader.open
print(json.dumps({'tags': reader.tags, 'texts': reader.texts, 'attributes': reader.attributes}))
)"_s;

const QString jsonReader = uR"(
import json, sys
print(json.dumps(json.loads(sys.stdin.buffer.read().decode('utf-8'))))
)"_s;

QJsonObject byPython(const QString &script, const QByteArray &input)
{
    QProcess python;
    QSignalSpy finished(&python, &QProcess::finished);
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, script});
    python.write(input);
    python.closeWriteChannel();
    if (finished.isEmpty() && !finished.wait(30'000))
        return {};
    if (python.exitCode() != 0)
        qWarning("%s", python.readAllStandardError().constData());
    return QJsonDocument::fromJson(python.readAllStandardOutput()).object();
}

ExportedCase exampleCase(const QList<CommunicationRecord> &messages = {})
{
    ExportedCase exported;
    exported.details = {.caseId = u"case-1"_s,
                        .displayId = u"176962049400621"_s,
                        .subject = u"The disk is full"_s,
                        .status = u"pending-customer-action"_s,
                        .serviceCode = u"amazon-ec2"_s,
                        .categoryCode = u"instance-issue"_s,
                        .severityCode = u"high"_s,
                        .submittedBy = u"hana@example.com"_s,
                        .timeCreated = u"2026-11-22T10:02:33.000Z"_s,
                        .ccEmailAddresses = {u"a@example.com"_s, u"b@example.com"_s},
                        .language = u"ja"_s};
    exported.messages = messages;
    exported.accountName = u"Production"_s;
    exported.partition = u"aws"_s;
    return exported;
}

CommunicationRecord message(const QString &body, const QString &submittedBy = u"Amazon Web Services"_s)
{
    return {.body = body,
            .submittedBy = submittedBy,
            .timeCreatedText = u"2026-11-22T11:00:00.000Z"_s,
            .created = 1'795'345'200'000};
}

ExportOptions inTokyo()
{
    ExportOptions options;
    options.zone = QTimeZone("Asia/Tokyo");
    return options;
}

void addBodies()
{
    QTest::addColumn<QString>("body");
    for (const auto &[name, body] : test::hostileBodies())
        QTest::newRow(name) << body;
}

// The lines that have something on them; Markdown's readers take space at a line's ends away.
QStringList filledLines(const QString &text)
{
    static const QRegularExpression lineBreak(u"[\\n\\x{2028}\\x{2029}]"_s);
    QStringList lines;
    for (const QString &line : text.split(lineBreak)) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

// What a document has besides plain text, code and links to where they say they lead.
QStringList markupOf(const QTextDocument &document)
{
    QStringList markup;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        if (format.headingLevel() > 0)
            markup.append(u"heading: "_s + block.text());
        if (block.textList())
            markup.append(u"list: "_s + block.text());
        if (format.hasProperty(QTextFormat::BlockQuoteLevel))
            markup.append(u"quotation: "_s + block.text());
        if (format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth))
            markup.append(u"rule: "_s + block.text());
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const QTextFragment fragment = at.fragment();
            const QTextCharFormat style = fragment.charFormat();
            const QString to = style.anchorHref();
            const bool isMail = to == u"mailto:"_s + fragment.text();
            if (!to.isEmpty() && !isMail && !(to == fragment.text() && to.startsWith(u"https://"_s)))
                markup.append(u"link: "_s + to);
            if (style.isImageFormat())
                markup.append(u"picture"_s);
            if (style.fontItalic() || style.fontStrikeOut() || style.fontUnderline()
                || style.fontWeight() > QFont::Normal)
                markup.append(u"emphasis: "_s + fragment.text());
            if (style.fontFixedPitch() && !format.hasProperty(QTextFormat::BlockCodeFence))
                markup.append(u"code: "_s + fragment.text());
        }
    }
    for (const QTextFrame *frame : document.rootFrame()->childFrames()) {
        if (qobject_cast<const QTextTable *>(frame))
            markup.append(u"table"_s);
    }
    return markup;
}

} // namespace

class TestCaseExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatActsUnseenIsShown_data();
    void whatActsUnseenIsShown();
    void partsAreTheBody_data() { addBodies(); }
    void partsAreTheBody();
    void hugeBodiesTakeNoLonger();
    void codeIsKnown_data();
    void codeIsKnown();
    void onlyHonestAddressesAreLinks_data();
    void onlyHonestAddressesAreLinks();
    void timesAreExact_data();
    void timesAreExact();
    void markdownBodiesStayText_data() { addBodies(); }
    void markdownBodiesStayText();
    void markdownIsSparingWithEscapes_data();
    void markdownIsSparingWithEscapes();
    void markdownSubjectsStayText_data() { addBodies(); }
    void markdownSubjectsStayText();
    void markdownReadsWell();
    void fencesHold();
    void htmlBodiesStayText_data() { addBodies(); }
    void htmlBodiesStayText();
    void htmlNeedsNothingElse();
    void htmlNamesItsLanguages();
    void jsonIsWhatTheServiceSays_data() { addBodies(); }
    void jsonIsWhatTheServiceSays();
    void manyCasesAreOneDocument();
    void whatIsMissingIsLeftOut();
    void codesHaveTheirNames();
    void footersAreLeftOut_data();
    void footersAreLeftOut();
};

void TestCaseExport::whatActsUnseenIsShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("line");

    const auto row = [](const char *name, const QString &text, const QString &shown, const QString &line = {}) {
        QTest::newRow(name) << text << shown << (line.isNull() ? shown : line);
    };
    row("plain", u"a é 日本 🎉 👩‍👧 \u200F"_s, u"a é 日本 🎉 👩‍👧 \u200F"_s);
    row("NUL", u"a"_s + QChar(0) + u"b"_s, u"a␀b"_s);
    row("ESC, DEL and a form feed", u"\x1b[2J\x7f\f"_s, u"␛[2J␡␌"_s);
    row("C1", u"\u009b31m"_s, u"[U+009B]31m"_s);
    row("an override", u"a\u202Egpj.exe"_s, u"a[U+202E]gpj.exe"_s);
    row("isolates", u"\u2066\u2069"_s, u"[U+2066][U+2069]"_s);
    row("half a character", u"a"_s + QChar(0xd800) + u"b"_s + QChar(0xdc00), u"a\uFFFDb\uFFFD"_s);
    row("no character", u"\uFFFE\uFDD0"_s, u"\uFFFD\uFFFD"_s);
    row("line breaks", u"a\r\nb\rc\nd\u2028e\u0085f"_s, u"a\nb\nc\nd\ne\nf"_s, u"a b c d e f"_s);
    row("a tab", u"a\tb"_s, u"a\tb"_s, u"a b"_s);
}

void TestCaseExport::whatActsUnseenIsShown()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QFETCH(QString, line);
    QCOMPARE(shownText(text), shown);
    QCOMPARE(shownLine(text), line);
}

void TestCaseExport::partsAreTheBody()
{
    QFETCH(QString, body);
    QStringList parts;
    bool wasCode = false;
    for (const BodyPart &part : bodyParts(shownText(body))) {
        QVERIFY(parts.isEmpty() || part.isCode != wasCode);
        wasCode = part.isCode;
        parts.append(part.text);
    }
    QCOMPARE(parts.join(u'\n'), shownText(body));
}

// Looking for the end of each of these fences would take minutes.
void TestCaseExport::hugeBodiesTakeNoLonger()
{
    const QString body = u"````` a\n```` b\n``` c\n"_s.repeated(30'000);
    QCOMPARE(bodyParts(body), (QList<BodyPart>{{false, body}}));
    QVERIFY(markdownBody(body).size() > body.size());
    QVERIFY(markdownLine(QString(1'000'000, u'_')).size() > 1'000'000);
    QCOMPARE(webAddresses(u"https://a.example/"_s + QString(1'000'000, u')')).first().length, 18);
}

void TestCaseExport::codeIsKnown_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isCode");

    const auto row = [](const char *name, const QString &line, bool isCode) { QTest::newRow(name) << line << isCode; };
    row("a letter", u"The disk is full since 10:00."_s, false);
    row("a log", u"2026-11-22T10:02:33Z ERROR x"_s, true);
    row("an access log", u"203.0.113.41 - - [22/Nov/2026]"_s, true);
    row("a level", u"WARN  low memory"_s, true);
    row("a prompt", u"$ df -h"_s, true);
    row("a command", u"aws s3 ls"_s, true);
    row("a member", u"\"key\": 1,"_s, true);
    row("an indent", u"  x = 1"_s, true);
    row("an item", u"  - restart it"_s, false);
    row("a numbered item", u" 12. restart it"_s, false);
    row("a deep item", u"    - yaml"_s, true);
    row("columns", u"name    size"_s, true);
    row("a tab", u"name\tsize"_s, true);
    row("two spaces", u"One.  Two."_s, false);
    row("money", u"$100 are too much"_s, false);
    row("an indent in Japanese", u"　本文です。"_s, false);
}

void TestCaseExport::codeIsKnown()
{
    QFETCH(QString, line);
    QFETCH(bool, isCode);
    QCOMPARE(bodyParts(line), (QList<BodyPart>{{isCode, line}}));
}

void TestCaseExport::onlyHonestAddressesAreLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("addresses");

    const auto row = [](const char *name, const QString &text, const QStringList &addresses) {
        QTest::newRow(name) << text << addresses;
    };
    row("none", u"nothing here"_s, {});
    row("at the end of a sentence", u"See https://a.example/b."_s, {u"https://a.example/b"_s});
    row("in brackets", u"(https://a.example/b_(c))"_s, {u"https://a.example/b_(c)"_s});
    row("in Japanese", u"（https://a.example/）。"_s, {u"https://a.example/"_s});
    row("two", u"https://a.example, https://b.example/?c=1&d=2#e"_s,
        {u"https://a.example"_s, u"https://b.example/?c=1&d=2#e"_s});
    row("no host", u"https:// https://."_s, {});
    row("not encrypted", u"http://a.example"_s, {});
    row("a file", u"file:///dev/zero"_s, {});
    row("a script", u"javascript:alert(1)"_s, {});
    row("another host in front", u"https://aws.amazon.com@evil.example"_s, {u"https://aws.amazon.com"_s});
    row("inside a word", u"xhttps://a.example"_s, {});
    row("a quotation mark", u"https://a.example/\"onload=\"x"_s, {u"https://a.example/"_s});
}

void TestCaseExport::onlyHonestAddressesAreLinks()
{
    QFETCH(QString, text);
    QFETCH(QStringList, addresses);
    QStringList found;
    for (const AddressPlace &place : webAddresses(text))
        found.append(text.sliced(place.start, place.length));
    QCOMPARE(found, addresses);
}

void TestCaseExport::timesAreExact_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDateTime>("time");
    QTest::addColumn<QString>("text");

    const auto row = [](const char *name, const QByteArray &zone, const QString &time, const QString &text) {
        QTest::newRow(name) << zone << QDateTime::fromString(time, Qt::ISODate) << text;
    };
    row("Tokyo", "Asia/Tokyo", u"2026-11-22T15:02:33Z"_s, u"2026-11-23 00:02:33 UTC+09:00 (2026-11-22 15:02:33 UTC)"_s);
    row("west", "America/St_Johns", u"2026-11-22T01:02:33Z"_s,
        u"2026-11-21 21:32:33 UTC-03:30 (2026-11-22 01:02:33 UTC)"_s);
    row("London in winter", "Europe/London", u"2026-11-22T15:02:33Z"_s, u"2026-11-22 15:02:33 UTC"_s);
    row("London in summer", "Europe/London", u"2026-07-22T15:02:33Z"_s,
        u"2026-07-22 16:02:33 UTC+01:00 (2026-07-22 15:02:33 UTC)"_s);
    row("UTC", "UTC", u"2026-11-22T15:02:33Z"_s, u"2026-11-22 15:02:33 UTC"_s);
    row("a time that nobody can read", "Asia/Tokyo", {}, u"some[U+202E]when"_s);
}

void TestCaseExport::timesAreExact()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, time);
    QFETCH(QString, text);
    const qint64 ms = time.isValid() ? time.toMSecsSinceEpoch() : 0;
    QCOMPARE(exportedTime(ms, QTimeZone(zone), u"some\u202Ewhen"_s), text);
}

void TestCaseExport::markdownBodiesStayText()
{
    QFETCH(QString, body);
    QTextDocument document;
    document.setMarkdown(markdownBody(body), QTextDocument::MarkdownDialectGitHub);
    const QStringList markup = markupOf(document);
    QVERIFY2(markup.isEmpty(), qPrintable(markup.mid(0, 5).join(u'\n')));
    QCOMPARE(filledLines(document.toRawText()), filledLines(shownText(body)));
}

void TestCaseExport::markdownIsSparingWithEscapes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("markdown");

    const auto row = [](const char *name, const QString &line, const QString &markdown) {
        QTest::newRow(name) << line << markdown;
    };
    row("prose", u"It's 50 % (of 100) - isn't it? {x} \"y\" a > b ]"_s,
        u"It's 50 % (of 100) - isn't it? {x} \"y\" a > b ]"_s);
    row("a name with underscores", u"load_balancing.x_y _z_"_s, u"load_balancing.x_y \\_z\\_"_s);
    row("a cell of a table", u"a|b"_s, u"a\\|b"_s);
    row("a heading that closes", u"a # b#"_s, u"a \\# b#"_s);
    row("a year at the start", u"2026. was good 2026."_s, u"2026\\. was good 2026."_s);
    row("a formula", u"$x$"_s, u"\\$x\\$"_s);
    row("an entity", u"&lt; & &1"_s, u"\\&lt; & &1"_s);
    row("an address", u"see https://a.example/b_c_?d=1&e."_s, u"see <https://a.example/b_c_?d=1&e>."_s);
    row("an address with an entity", u"https://a.example/?b&lt;=1"_s, u"https\\://a.example/?b\\&lt;=1"_s);
    row("an address that must not link", u"http://a.example/_b_"_s, u"http\\://a.example/\\_b\\_"_s);
    row("an address without scheme", u"www.a.example xwww.b"_s, u"www\\.a.example xwww.b"_s);
}

void TestCaseExport::markdownIsSparingWithEscapes()
{
    QFETCH(QString, line);
    QFETCH(QString, markdown);
    QCOMPARE(markdownLine(line), markdown);
}

void TestCaseExport::markdownSubjectsStayText()
{
    QFETCH(QString, body);
    const QString subject = shownLine(body).simplified();
    if (subject.isEmpty())
        return;
    QTextDocument document;
    document.setMarkdown(u"# "_s + markdownLine(subject), QTextDocument::MarkdownDialectGitHub);
    QCOMPARE(document.blockCount(), 1);
    QCOMPARE(document.toRawText(), subject);
}

void TestCaseExport::markdownReadsWell()
{
    CommunicationRecord second = message(u"Thank you.\n$ df -h"_s, u"Admin (Role) <hana@example.com>"_s);
    second.attachments = {{u"attachment-1"_s, u"a_b*.log"_s}, {u"attachment-2"_s, QString()}};
    const QByteArray text =
        CaseExport(ExportFormat::Markdown, inTokyo()).document({exampleCase({message(u"1. Look\n2. Say"_s), second})});
    QCOMPARE(QString::fromUtf8(text),
             uR"(# The disk is full

| Case | 176962049400621 |
|:--|:--|
| Account | Production |
| Status | pending-customer-action |
| Severity | high |
| Service | amazon-ec2 › instance-issue |
| Created | 2026-11-22 19:02:33 UTC+09:00 (2026-11-22 10:02:33 UTC) |
| Updated | 2026-11-22 20:00:00 UTC+09:00 (2026-11-22 11:00:00 UTC) |
| Submitted by | hana@example.com |
| CC | a@example.com, b@example.com |
| Support Center | <https://support.console.aws.amazon.com/support/home#/case/?displayId=176962049400621> |

## 1. Amazon Web Services

2026-11-22 20:00:00 UTC+09:00 (2026-11-22 11:00:00 UTC)

1\. Look  )"_s + u"\n"_s
                 + uR"(2\. Say

## 2. Admin (Role) \<hana@example.com>

2026-11-22 20:00:00 UTC+09:00 (2026-11-22 11:00:00 UTC)

Thank you.

```
$ df -h
```

**Attachments**

- a_b\*.log
- attachment-2
)"_s);
}

void TestCaseExport::fencesHold()
{
    const QString body = u"{\n``````` # x\n}"_s;
    QCOMPARE(markdownBody(u"{\n}"_s), u"```\n{\n}\n```"_s);
    QCOMPARE(markdownBody(u"```\n"_s + body + u"\n```"_s), u"````````\n```\n"_s + body + u"\n```\n````````"_s);
    QCOMPARE(markdownBody(u"a\n\n{\n}\nb"_s), u"a\n\n```\n{\n}\n```\n\nb"_s);
}

void TestCaseExport::htmlBodiesStayText()
{
    QFETCH(QString, body);
    ExportedCase exported = exampleCase({message(body, body), message(u"last"_s)});
    exported.details.subject = body;
    exported.details.ccEmailAddresses = {body};
    exported.details.language = body;
    exported.accountName = body;
    exported.messages[0].attachments = {{u"attachment-1"_s, body}};
    const QByteArray html = CaseExport(ExportFormat::Html).document({exported});
    const QJsonObject page = byPython(htmlReader, html);
    QVERIFY(!page.isEmpty());
    const QJsonArray bodies = page[u"texts"][u"message"].toArray();
    QCOMPARE(bodies.size(), 2);
    QCOMPARE(bodies[0].toString(), shownText(body));
    QCOMPARE(bodies[1].toString(), u"last"_s);
    const QString subject = shownLine(body).trimmed();
    QCOMPARE(page[u"texts"][u"h1"][0].toString(), subject.isEmpty() ? u"176962049400621"_s : subject);

    static const QSet<QString> allowed{u"html"_s,    u"head"_s,    u"meta"_s, u"title"_s, u"style"_s, u"body"_s,
                                       u"section"_s, u"h1"_s,      u"h2"_s,   u"table"_s, u"tr"_s,    u"th"_s,
                                       u"td"_s,      u"article"_s, u"p"_s,    u"time"_s,  u"div"_s,   u"code"_s,
                                       u"a"_s,       u"ul"_s,      u"li"_s,   u"bdi"_s};
    for (const QJsonValue &tag : page[u"tags"].toArray())
        QVERIFY2(allowed.contains(tag.toString()), qPrintable(tag.toString()));
    for (const QJsonValue &attribute : page[u"attributes"].toArray()) {
        const QString name = attribute[1].toString();
        QVERIFY2(!name.startsWith(u"on"_s) && name != u"src"_s && name != u"style"_s, qPrintable(name));
        if (name == u"href"_s)
            QVERIFY2(attribute[2].toString().startsWith(u"https://"_s), qPrintable(attribute[2].toString()));
    }
    for (const QChar c : QString::fromUtf8(html)) {
        QVERIFY((c >= u' ' && (c.unicode() < 0x7f || c.unicode() > 0x9f)) || c == u'\n' || c == u'\t');
        QVERIFY(c.unicode() < 0x202a || c.unicode() > 0x202e);
        QVERIFY(c.unicode() < 0x2066 || c.unicode() > 0x2069);
    }
    // What prints it.
    QTextDocument document;
    document.setHtml(QString::fromUtf8(html));
    for (const QString &line : filledLines(shownText(body)))
        QVERIFY2(document.toRawText().contains(line), qPrintable(line));
}

void TestCaseExport::htmlNeedsNothingElse()
{
    const QString html =
        QString::fromUtf8(CaseExport(ExportFormat::Html, inTokyo()).document({exampleCase({message(u"Hello"_s)})}));
    QVERIFY(html.startsWith(u"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"_s));
    QVERIFY(html.contains(u"default-src 'none'"_s));
    QVERIFY(html.contains(u"(prefers-color-scheme: dark)"_s));
    QVERIFY(html.contains(u"@media print"_s));
    QVERIFY(html.contains(u"<title>The disk is full</title>"_s));
    QVERIFY(html.contains(u"<th scope=\"row\">Service</th><td><bdi>amazon-ec2 › instance-issue</bdi></td>"_s));
    QVERIFY(html.contains(u"<time datetime=\"2026-11-22T11:00:00Z\">2026-11-22 20:00:00 UTC+09:00"_s));
    for (const char *remote : {"url(", "@import", "src=", "http://"})
        QVERIFY2(!html.contains(QLatin1StringView(remote)), remote);
}

// The page's own texts are in the interface's language, the people's in the case's.
void TestCaseExport::htmlNamesItsLanguages()
{
    class Japanese : public QTranslator
    {
    public:
        bool isEmpty() const override { return false; }
        QString translate(const char *context, const char *source, const char *, int) const override
        {
            if (QLatin1StringView(context) != "casement::CaseExport"_L1)
                return {};
            return QLatin1StringView(source) == "en"_L1 ? u"ja"_s : u"訳<"_s + QLatin1StringView(source);
        }
    } japanese;
    QCoreApplication::installTranslator(&japanese);
    ExportedCase exported = exampleCase({message(u"Hello"_s)});
    exported.details.language = u"zh_TW"_s;
    const QString html = QString::fromUtf8(CaseExport(ExportFormat::Html).document({exported}));
    const QString markdown = QString::fromUtf8(CaseExport(ExportFormat::Markdown).document({exported}));
    QCoreApplication::removeTranslator(&japanese);
    QVERIFY(html.contains(u"<html lang=\"ja\">"_s));
    QVERIFY(html.contains(u"<section lang=\"zh-TW\">"_s));
    QVERIFY(html.contains(u"<th scope=\"row\">訳&lt;Severity</th>"_s));
    QVERIFY(markdown.contains(u"| 訳\\<Severity |"_s));
}

void TestCaseExport::jsonIsWhatTheServiceSays()
{
    QFETCH(QString, body);
    CommunicationRecord newest = message(body);
    newest.attachments = {{u"attachment-1"_s, body}};
    ExportedCase exported = exampleCase({message(u"oldest"_s, u"Admin (Role) <hana@example.com>"_s), newest});
    exported.details.subject = body;
    exported.details.recentCommunications.emplace().nextToken = u"a token of old"_s;
    const QByteArray json = CaseExport(ExportFormat::Json).document({exported});
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    const QString whole = QString::fromUtf8(QByteArray(encoder(body))); // halves of surrogates can't be written

    const Result<DescribeCases::Response> read = decode<DescribeCases::Response>(json, nullptr, Reading::Typed);
    QVERIFY2(read, read ? "" : qPrintable(read.error().toLine()));
    QCOMPARE(read->cases.size(), 1);
    const CaseDetails &details = read->cases.first();
    QCOMPARE(details.caseId, exported.details.caseId);
    QCOMPARE(details.ccEmailAddresses, exported.details.ccEmailAddresses);
    QCOMPARE(details.timeCreated, exported.details.timeCreated);
    QCOMPARE(details.subject, whole);
    QVERIFY(details.recentCommunications);
    QCOMPARE(details.recentCommunications->nextToken, QString());
    const QList<Communication> messages = details.recentCommunications->communications;
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.first().body, whole);
    QCOMPARE(messages.first().caseId, exported.details.caseId);
    QCOMPARE(messages.first().timeCreated, u"2026-11-22T11:00:00.000Z"_s);
    QCOMPARE(messages.first().allAttachments(), (QList<AttachmentDetails>{{u"attachment-1"_s, whole}}));
    QCOMPARE(messages.last().body, u"oldest"_s);

    const QJsonObject byOthers = byPython(jsonReader, json);
    QCOMPARE(byOthers, QJsonDocument::fromJson(json).object());
    const QJsonValue first = byOthers[u"cases"][0];
    QCOMPARE(first[u"account"], (QJsonObject{{u"name"_s, u"Production"_s}, {u"partition"_s, u"aws"_s}}));
    if (!whole.isEmpty())
        QCOMPARE(first[u"recentCommunications"][u"communications"][0][u"body"].toString(), whole);
}

void TestCaseExport::manyCasesAreOneDocument()
{
    ExportedCase other = exampleCase();
    other.details.subject = u"Another"_s;
    other.details.displayId = u"2"_s;
    const QList<ExportedCase> cases{exampleCase({message(u"Hello"_s)}), other};

    const QByteArray json = CaseExport(ExportFormat::Json).document(cases);
    QCOMPARE(QJsonDocument::fromJson(json)[u"cases"].toArray().size(), 2);
    QCOMPARE(json.count('\n'), 4);
    QCOMPARE(QJsonDocument::fromJson(CaseExport(ExportFormat::Json).document({}))[u"cases"], QJsonArray());

    const QJsonObject page = byPython(htmlReader, CaseExport(ExportFormat::Html).document(cases));
    QCOMPARE(page[u"texts"][u"section"].toArray().size(), 2);
    QCOMPARE(page[u"texts"][u"title"], QJsonArray{u"Support cases"_s});
    QCOMPARE(page[u"texts"][u"h1"], (QJsonArray{u"The disk is full"_s, u"Another"_s}));

    const QString markdown = QString::fromUtf8(CaseExport(ExportFormat::Markdown).document(cases));
    QVERIFY(markdown.startsWith(u"# The disk is full\n"_s));
    QVERIFY(markdown.contains(u"\nHello\n\n---\n\n# Another\n\n"_s));
    QVERIFY(markdown.endsWith(u"\n\nThe archive has no messages of this case.\n"_s));
}

void TestCaseExport::whatIsMissingIsLeftOut()
{
    ExportedCase bare;
    bare.details.caseId = u"case-1"_s;
    bare.details.timeCreated = u"yesterday"_s;
    bare.partition = u"aws-iso"_s;
    bare.messages = {{.body = u"x"_s}};
    const QString markdown = QString::fromUtf8(CaseExport(ExportFormat::Markdown).document({bare}));
    QCOMPARE(markdown,
             u"# case-1\n\n| Case | case-1 |\n|:--|:--|\n| Account | (aws-iso) |\n| Created | yesterday |\n\n"
             "## 1. Unknown sender\n\nx\n"_s);
    QVERIFY(!byPython(htmlReader, CaseExport(ExportFormat::Html).document({bare})).isEmpty());
}

void TestCaseExport::codesHaveTheirNames()
{
    ExportOptions options;
    options.status = [](std::string_view code) {
        return u"Waits for <you> ("_s + QString::fromUtf8(code.data(), qsizetype(code.size())) + u')';
    };
    options.category = [](std::string_view, std::string_view) { return u"Instance\u202E"_s; };
    const QString html = QString::fromUtf8(CaseExport(ExportFormat::Html, options).document({exampleCase()}));
    QVERIFY(html.contains(u"<bdi>Waits for &lt;you&gt; (pending-customer-action)</bdi>"_s));
    QVERIFY(html.contains(u"<bdi>amazon-ec2 › Instance[U+202E]</bdi>"_s));
}

void TestCaseExport::footersAreLeftOut_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<bool>("keepsAll");
    QTest::newRow("Markdown") << ExportFormat::Markdown << false;
    QTest::newRow("HTML") << ExportFormat::Html << false;
    QTest::newRow("JSON") << ExportFormat::Json << true;
}

void TestCaseExport::footersAreLeftOut()
{
    QFETCH(ExportFormat, format);
    QFETCH(bool, keepsAll);
    const QString footer = u"We value your feedback. Please share your experience."_s;
    const ExportedCase exported =
        exampleCase({message(u"First.\n\n"_s + footer), message(u"Second."_s), message(u"Third.\n"_s + footer),
                     message(u"Mine.\n"_s + footer, u"hana@example.com"_s), message(footer)});
    const QString text = QString::fromUtf8(CaseExport(format, inTokyo()).document({exported}));
    for (const QString &word : {u"First."_s, u"Second."_s, u"Third."_s, u"Mine."_s})
        QVERIFY2(text.contains(word), qPrintable(text));
    // A customer's message, and one that is nothing else, are whole.
    QCOMPARE(text.count(footer), keepsAll ? 4 : 2);
    const QString told = u"AWS's standard footer was left out of 2 message"_s;
    QCOMPARE(text.count(told), keepsAll ? 0 : 1);
    const QString plain =
        QString::fromUtf8(CaseExport(format, inTokyo()).document({exampleCase({message(u"First."_s)})}));
    QVERIFY(!plain.contains(u"left out"_s));
}

QTEST_MAIN(TestCaseExport)
#include "tst_caseexport.moc"
