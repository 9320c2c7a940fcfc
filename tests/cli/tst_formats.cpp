#include "cli/caseformats.h"
#include "cli/terminaltext.h"
#include "support/jsonindent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace casement;
using namespace casement::cli;
using namespace Qt::StringLiterals;

namespace {

CaseRecord makeCase(const QString &displayId, const QString &subject)
{
    auto texts = std::make_shared<Arena>();
    CaseRecord record;
    record.caseId = texts->add(QStringView(u"case-"_s + displayId));
    record.displayId = texts->add(QStringView(displayId));
    record.subject = texts->add(QStringView(subject));
    record.status = texts->add(std::string_view("opened"));
    record.severityCode = texts->add(std::string_view("low"));
    record.timeCreatedText = texts->add(std::string_view("2026-11-21T01:02:03.004Z"));
    record.created = record.updated = 1795222923004;
    record.turn = Turn::Aws;
    record.texts = texts;
    return record;
}

} // namespace

class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonIsLaidOut_data();
    void jsonIsLaidOut();
    void jsonKeepsItsLines();
    void brokenJsonIsRefused_data();
    void brokenJsonIsRefused();
    void deepJsonIsTaken();
    void terminalsAreSafe_data();
    void terminalsAreSafe();
    void cellsAreCounted_data();
    void cellsAreCounted();
    void textIsCut();
    void tableIsAligned();
    void noCellStretchesTheTable();
    void csvIsQuoted_data();
    void csvIsQuoted();
    void jsonOfCasesIsExact();
};

void TestFormats::jsonIsLaidOut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<bool>("forTerminal");

    const auto row = [](const char *name, const char *json, const char *expected, bool forTerminal = false) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(expected) << forTerminal;
    };
    row("nothing in it", " { } ", "{}");
    row("empty lists", R"({"a":[],"b":[ ],"c":{}})", "{\n  \"a\": [],\n  \"b\": [],\n  \"c\": {}\n}");
    row("order and twins", R"({"z":1,"a":2,"z":3})", "{\n  \"z\": 1,\n  \"a\": 2,\n  \"z\": 3\n}");
    row("numbers stay as they were", R"([9007199254740993,1.10,1e308,-0.0,1E+2,123456789012345678901234567890])",
        "[\n  9007199254740993,\n  1.10,\n  1e308,\n  -0.0,\n  1E+2,\n  123456789012345678901234567890\n]");
    row("words", "[true,false,null]", "[\n  true,\n  false,\n  null\n]");
    row("nested", R"({"a":{"b":[{"c":"d"},{}]}})",
        "{\n  \"a\": {\n    \"b\": [\n      {\n        \"c\": \"d\"\n      },\n      {}\n    ]\n  }\n}");
    row("strings stay as they were", R"(["a\"b\\\/\b\f\n\r\t","\u00e9\uD83D\ude00\uffff","{[,:]}","日本"])",
        "[\n  \"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\",\n  \"\\u00e9\\uD83D\\ude00\\uffff\",\n  \"{[,:]}\",\n  \"日本\"\n]");
    row("halves of a pair", R"(["\ud800","a\uDC00b","\ud800\ud83d\ude00","\ud83d\\ude00"])",
        "[\n  \"\uFFFD\",\n  \"a\uFFFDb\",\n  \"\uFFFD\\ud83d\\ude00\",\n  \"\uFFFD\\\\ude00\"\n]");
    row("half of a pair as a name", R"({"\ud800":1})", "{\n  \"\uFFFD\": 1\n}");
    row("broken escapes", R"(["\q","\日本","\u12","\u-123x","\ud83d\u12"])",
        "[\n  \"\uFFFD\",\n  \"\uFFFD本\",\n  \"\uFFFD12\",\n  \"\uFFFD-123x\",\n  \"\uFFFD\uFFFD12\"\n]");
    row("a raw control character", "[\"a\x1b[31m\nb\"]", "[\n  \"a\\u001b[31m\\u000ab\"\n]");
    row("a C1 control in a file", "[\"\xc2\x9b\"]", "[\n  \"\xc2\x9b\"\n]");
    row("a C1 control on a terminal", "[\"x\xc2\x9b\x7f\"]", "[\n  \"x\\u009b\\u007f\"\n]", true);
    row("an override on a terminal", "[\"\u202eabc\U000e0041日本😀\"]", "[\n  \"\\u202eabc\\udb40\\udc41日本😀\"\n]",
        true);
    row("not UTF-8", "[\"a\xff\"]", "[\n  \"a\uFFFD\"\n]");
}

void TestFormats::jsonIsLaidOut()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    QFETCH(bool, forTerminal);
    const Result<QByteArray> indented = indentJson(json, forTerminal);
    QVERIFY2(indented, indented ? "" : qPrintable(indented.error().message));
    QCOMPARE(*indented, expected);
}

void TestFormats::jsonKeepsItsLines()
{
    QCOMPARE(escapedJson("{\n \"a\": \"x\xc2\x9b\u202e日本😀\U000e0041\"\n}"),
             QByteArray("{\n \"a\": \"x\\u009b\\u202e日本😀\\udb40\\udc41\"\n}"));
    QCOMPARE(escapedJson("[\"日本\"]"), QByteArray("[\"日本\"]"));
    QCOMPARE(escapedJson({}), QByteArray());
}

void TestFormats::brokenJsonIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"",     "{",         "}",     "[1,]",  "{\"a\"}", "{\"a\":}", "{\"a\":1,}",  "[1 2]",
                             "{}{}", "{\"a\":1]", "\"a",   "\"a\\", "NaN",     "[01]",     "[1.]",        "[.5]",
                             "[1e]", "[-]",       "[tru]", "{1:2}", ",",       ":",        "[\"a\"\"b\"]"})
        QTest::newRow(json) << QByteArray(json);
}

void TestFormats::brokenJsonIsRefused()
{
    QFETCH(QByteArray, json);
    const Result<QByteArray> indented = indentJson(json, false);
    QVERIFY(!indented);
    QCOMPARE(indented.error().kind, Error::Kind::BadAnswer);
}

void TestFormats::deepJsonIsTaken()
{
    constexpr int depth = 100'000;
    const Result<QByteArray> indented = indentJson(QByteArray(depth, '[') + QByteArray(depth, ']'), false);
    QVERIFY(indented);
    QCOMPARE(indented->count('['), depth);
    QVERIFY(indented->size() < 4 * depth);
}

void TestFormats::terminalsAreSafe_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");

    QTest::newRow("plain") << u"Instance i-0 日本 é 😀"_s << u"Instance i-0 日本 é 😀"_s;
    QTest::newRow("escape sequence") << u"\x1b[2Jgone\a"_s << u"␛[2Jgone␇"_s;
    QTest::newRow("NUL and DEL") << QString(QChar(0)) + QChar(0x7f) << u"␀␡"_s;
    QTest::newRow("C1") << QString(QChar(0x9b)) + u"31m"_s << u"\uFFFD31m"_s;
    QTest::newRow("lines") << u"a\r\nb\tc\rd"_s << u"a b c d"_s;
    QTest::newRow("override") << u"a\u202Egpj.exe\u2066"_s << u"agpj.exe"_s;
    QTest::newRow("zero width") << u"a\u200Bb\u2060c\uFEFF"_s << u"abc"_s;
    QTest::newRow("family") << u"👩\u200D👧"_s << u"👩\u200D👧"_s;
    QTest::newRow("a joiner without letters") << u"a\u200D-"_s << u"a-"_s;
    QTest::newRow("two hundred marks") << u"e"_s + QString(200, QChar(0x301)) << u"e"_s + QString(4, QChar(0x301));
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) + u"x"_s << u"\uFFFDx"_s;
    QTest::newRow("a letter nobody sees") << u"a\u3164b"_s << u"a\uFFFDb"_s;
}

void TestFormats::terminalsAreSafe()
{
    QFETCH(QString, text);
    QFETCH(QString, line);
    QCOMPARE(terminalLine(text), line);
    QCOMPARE(terminalText(u"x\r\ny\tz\rw"_s), u"x\ny\tz\nw"_s);
}

void TestFormats::cellsAreCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cells");
    QTest::newRow("Latin") << u"abc"_s << 3;
    QTest::newRow("Japanese") << u"接続エラー"_s << 10;
    QTest::newRow("half-width kana") << u"ｶﾅ"_s << 2;
    QTest::newRow("full-width Latin") << u"ＡＢ"_s << 4;
    QTest::newRow("Korean") << u"한국"_s << 4;
    QTest::newRow("a mark") << u"e\u0301"_s << 1;
    QTest::newRow("emoji") << u"😀"_s << 2;
    QTest::newRow("ellipsis") << u"…"_s << 1;
    QTest::newRow("beyond the BMP") << u"𠮷"_s << 2;
}

void TestFormats::cellsAreCounted()
{
    QFETCH(QString, text);
    QFETCH(int, cells);
    QCOMPARE(cellWidth(text), cells);
    QCOMPARE(cellWidth(padToCells(text, 20)), 20);
}

void TestFormats::textIsCut()
{
    QCOMPARE(cutToCells(u"接続エラー"_s, 10), u"接続エラー"_s);
    QCOMPARE(cutToCells(u"接続エラー"_s, 8), u"接続エ…"_s);
    QCOMPARE(cutToCells(u"a😀b"_s, 3), u"a…"_s);
}

void TestFormats::tableIsAligned()
{
    const QString table = caseTable(
        {makeCase(u"1"_s, u"One\nline \x1b[0m"_s), makeCase(u"1234567890"_s, u"接続"_s), makeCase(u"２"_s, {})}, 0);
    const QStringList lines = table.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    QList<int> columns;
    for (const QString &line : lines)
        columns.append(cellWidth(line.first(line.indexOf(line.startsWith(u"CASE") ? u"STATUS"_s : u"opened"_s))));
    QCOMPARE(columns, QList<int>(4, 12));
    QVERIFY(lines.at(1).endsWith(u"One line ␛[0m"_s));
    QVERIFY(lines.at(3).endsWith(u" -"_s));
    for (const QString &line : caseTable({makeCase(u"1"_s, QString(500, u'接'))}, 60).split(u'\n'))
        QVERIFY(cellWidth(line) <= 60);
}

void TestFormats::noCellStretchesTheTable()
{
    CaseRecord endless = makeCase(u"1"_s, u"An endless case"_s);
    auto texts = std::make_shared<Arena>();
    endless.displayId = {};
    for (Text *text : {&endless.caseId, &endless.status, &endless.severityCode})
        *text = texts->add(QStringView(QString(3000, u'x')));
    endless.subject = texts->add(QStringView(u"An endless case"));
    endless.texts = texts;
    const QString table = caseTable({endless, makeCase(u"2"_s, u"Short"_s)}, 0);
    for (const QString &line : table.split(u'\n'))
        QVERIFY2(cellWidth(line) < 160, qPrintable(QString::number(cellWidth(line))));
    QCOMPARE(table.count(u'…'), 3);
    const QString wordy = caseTable({makeCase(u"3"_s, QString(10'000, u'y'))}, 0);
    QVERIFY2(cellWidth(wordy.section(u'\n', 1, 1)) < 320, qPrintable(QString::number(wordy.size())));
    QVERIFY(caseCsv({makeCase(u"3"_s, QString(10'000, u'y'))}, false).contains(QByteArray(10'000, 'y')));
    QVERIFY(table.contains(u"An endless case"_s));
    const QString id = u"case-12345678910-exen-2025-c4c1d2bf33c5cf47"_s; // what the service's look like
    QVERIFY(!caseTable({makeCase(id, {})}, 0).contains(u'…'));
    QVERIFY(caseTable({makeCase(id, {})}, 0).contains(id));
}

void TestFormats::csvIsQuoted_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QByteArray>("cell");
    const auto row = [](const char *name, const QString &subject, const char *cell) {
        QTest::newRow(name) << subject << QByteArray(cell);
    };
    row("plain", u"Instance down"_s, "Instance down");
    row("comma and quote", u"a, \"b\""_s, "\"a, \"\"b\"\"\"");
    row("lines", u"a\r\nb"_s, "\"a\r\nb\"");
    row("formula", u"=HYPERLINK(\"x\")"_s, "\"'=HYPERLINK(\"\"x\"\")\"");
    row("plus", u"+cmd|x"_s, "'+cmd|x");
    row("at", u"@SUM(A1)"_s, "'@SUM(A1)");
    row("full-width", u"＝1+1"_s, "'＝1+1");
    row("tab", u"\t=1"_s, "'\t=1");
    row("a number", u"-5.5"_s, "-5.5");
    row("controls", u"a\x1b[1m"_s, "a␛[1m");
    row("Japanese", u"接続エラー"_s, "接続エラー");
}

void TestFormats::csvIsQuoted()
{
    QFETCH(QString, subject);
    QFETCH(QByteArray, cell);
    const QByteArray csv = caseCsv({makeCase(u"77"_s, subject)}, false);
    QVERIFY(csv.startsWith("displayId,caseId,status,severityCode,subject,"));
    QVERIFY(csv.endsWith("\r\n"));
    QVERIFY2(csv.contains("\r\n77,case-77,opened,low," + cell + ",,"), csv.constData());
    QVERIFY(!caseCsv({makeCase(u"77"_s, subject)}, true).contains("\r\nb"));
}

void TestFormats::jsonOfCasesIsExact()
{
    const QByteArray json = caseJson({makeCase(u"77"_s, u"a\u0085\"\n\x1b 接\u202E"_s), makeCase(u"78"_s, {})});
    const QJsonArray cases = QJsonDocument::fromJson(json).array();
    QCOMPARE(cases.size(), 2);
    QCOMPARE(cases[0][u"subject"].toString(), u"a\u0085\"\n\x1b 接\u202E"_s);
    QVERIFY(cases[1][u"subject"].isNull());
    QCOMPARE(cases[0][u"updated"].toString(), u"2026-11-21T01:02:03.004Z"_s);
    QCOMPARE(cases[0][u"turn"].toString(), u"aws"_s);
    QVERIFY(!json.contains('\x1b') && !json.contains("\xc2\x85") && !json.contains("\u202E"));
    QCOMPARE(caseJson({}), QByteArray("[]\n"));
}

QTEST_APPLESS_MAIN(TestFormats)
#include "tst_formats.moc"
