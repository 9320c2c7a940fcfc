#include "ui/messageparts.h"
#include "ui/plaintext.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QString drawn(const QList<MessagePart> &parts)
{
    QStringList list;
    for (const MessagePart &part : parts) {
        const QString kind = part.kind == MessagePart::Kind::Text ? u"T"_s
            : part.kind == MessagePart::Kind::Code                ? u"C"_s
            : part.kind == MessagePart::Kind::Quote               ? u"Q"_s
                                                                  : u"F"_s;
        list.append(kind + u'[' + part.text + u']');
    }
    return list.join(u' ');
}

} // namespace

class TestMessageParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void split_data();
    void split();
    void quotes_data();
    void quotes();
    void links_data();
    void links();
    void words_data();
    void words();
};

void TestMessageParts::split_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const QString &body, const QString &parts) {
        QTest::newRow(name) << body << parts;
    };
    row("prose stays one text", u"Hello,\n\nplease look."_s, u"T[Hello,\n\nplease look.]"_s);
    row("indented lines are code", u"See:\n\n    a = 1\n    b = 2\n\nThanks"_s, u"T[See:] C[a = 1\nb = 2] T[Thanks]"_s);
    row("an empty line inside code stays", u"    a\n\n    b"_s, u"C[a\n\nb]"_s);
    row("fences go, what they hold stays", u"Run\n```\nls\n- x\n```\nok"_s, u"T[Run] C[ls\n- x] T[ok]"_s);
    row("a fence that nobody closes is text", u"a\n```\nb"_s, u"T[a\n```\nb]"_s);
    row("log lines are code", u"We see\n2026-01-02T03:04:05Z ERROR x\n2026-01-02T03:04:06Z ERROR y\nhelp"_s,
        u"T[We see] C[2026-01-02T03:04:05Z ERROR x\n2026-01-02T03:04:06Z ERROR y] T[help]"_s);
    row("one date at the start of a sentence is prose", u"2026-01-02 03:04 it began.\nThen it ended."_s,
        u"T[2026-01-02 03:04 it began.\nThen it ended.]"_s);
    row("json is code", u"{\n  \"a\": 1\n}"_s, u"C[{\n  \"a\": 1\n}]"_s);
    row("uneven indents are one piece of code", u"Do\n   a = (b\n        .c())\n   d()\nnow"_s,
        u"T[Do] C[a = (b\n     .c())\nd()] T[now]"_s);
    row("a whole JSON object in a line is code", u"It says\n{\"a\": {}}\nhere"_s,
        u"T[It says] C[{\"a\": {}}] T[here]"_s);
    row("bullets are prose, however deep", u"    - one\n    - two"_s, u"T[    - one\n    - two]"_s);
    row("the footer of AWS folds",
        u"Done.\n\nWe value your feedback. Please rate.\n\nBest regards,\nAmazon Web Services"_s,
        u"T[Done.] F[We value your feedback. Please rate.\n\nBest regards,\nAmazon Web Services]"_s);
    row("its rules fold with what stands below them",
        u"Done.\n\n==========\n\nTo share your experience or contact us again, see https://console.aws.amazon.com/"_s,
        u"T[Done.] F[==========\n\nTo share your experience or contact us again, see https://console.aws.amazon.com/]"_s);
    row("headings and links of an answer do not",
        u"Hello\n\nSummary\n----------\nDo not restart.\n\n==========\nFollow https://docs.aws.amazon.com/x"_s,
        u"T[Hello\n\nSummary\n----------\nDo not restart.\n\n==========\nFollow https://docs.aws.amazon.com/x]"_s);
}

void TestMessageParts::quotes_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const QString &body, const QString &parts) {
        QTest::newRow(name) << body << parts;
    };
    row("three lines fold", u"Yes.\n> a\n> b\n> c"_s, u"T[Yes.] Q[> a\n> b\n> c]"_s);
    row("two are read where they stand", u"> a\n> b\nYes."_s, u"T[> a\n> b\nYes.]"_s);
    row("empty lines between belong to it", u"> a\n\n> b\n> c\n\nYes."_s, u"Q[> a\n\n> b\n> c] T[Yes.]"_s);
    row("answers between stay", u"> a\n> b\n> c\nYes.\n> d\n> e\n> f\nNo."_s,
        u"Q[> a\n> b\n> c] T[Yes.] Q[> d\n> e\n> f] T[No.]"_s);
    row("a wide mark", u"はい。\n＞一\n＞二\n＞三"_s, u"T[はい。] Q[＞一\n＞二\n＞三]"_s);
    row("who wrote it goes with it",
        u"Yes.\n\nOn Sun, Nov 22, 2026 at 10:02 AM Hana <h@a.example> wrote:\n> a\n> b\n> c"_s,
        u"T[Yes.] Q[On Sun, Nov 22, 2026 at 10:02 AM Hana <h@a.example> wrote:\n> a\n> b\n> c]"_s);
    row("in two lines", u"Yes.\nOn Sun, Nov 22, 2026 at 10:02 AM Hana\n<h@a.example> wrote:\n\n> a\n> b\n> c"_s,
        u"T[Yes.] Q[On Sun, Nov 22, 2026 at 10:02 AM Hana\n<h@a.example> wrote:\n\n> a\n> b\n> c]"_s);
    row("without marks it goes on to the end", u"Yes.\nOn 2026/11/22 10:02, Hana wrote:\na\n\nb\nc"_s,
        u"T[Yes.] Q[On 2026/11/22 10:02, Hana wrote:\na\n\nb\nc]"_s);
    row("as Japanese mail programs say it", u"はい。\n2026年11月22日(日) 10:02 山田 <y@a.example>:\n一\n二\n三"_s,
        u"T[はい。] Q[2026年11月22日(日) 10:02 山田 <y@a.example>:\n一\n二\n三]"_s);
    row("and others", u"はい。\n2026/11/22 10:02、山田のメール：\n> 一\n> 二\n> 三"_s,
        u"T[はい。] Q[2026/11/22 10:02、山田のメール：\n> 一\n> 二\n> 三]"_s);
    row("below a rule", u"Yes.\n-----Original Message-----\nFrom: Hana\n\na"_s,
        u"T[Yes.] Q[-----Original Message-----\nFrom: Hana\n\na]"_s);
    row("below a Japanese one", u"はい。\n-----元のメッセージ-----\n差出人: 山田\n一"_s,
        u"T[はい。] Q[-----元のメッセージ-----\n差出人: 山田\n一]"_s);
    row("nothing but a quote is text", u"> a\n> b\n> c"_s, u"T[> a\n> b\n> c]"_s);
    row("a Python session is none", u"Try\n>>> import os\n>>> os.getcwd()\n>>> exit()"_s,
        u"T[Try] C[>>> import os\n>>> os.getcwd()\n>>> exit()]"_s);
    row("a quote of quotes is one", u"Yes.\n> a\n>> b\n>>> c"_s, u"T[Yes.] Q[> a\n>> b\n>>> c]"_s);
    row("what stands in fences is code", u"Run\n```\n> a\n> b\n> c\n```"_s, u"T[Run] C[> a\n> b\n> c]"_s);
    row("prose that begins with On", u"On Monday it worked.\nOn 3 November it did not, as Hana wrote: no.\nSo?\nYes"_s,
        u"T[On Monday it worked.\nOn 3 November it did not, as Hana wrote: no.\nSo?\nYes]"_s);
    row("the footer of AWS is apart", u"Yes.\n> a\n> b\n> c\nWe value your feedback. x"_s,
        u"T[Yes.] Q[> a\n> b\n> c] F[We value your feedback. x]"_s);
    row("a signature", u"Yes.\n-- \nHana\nExample K.K.\nTokyo"_s, u"T[Yes.] F[-- \nHana\nExample K.K.\nTokyo]"_s);
    row("a short one is read", u"Yes.\n-- \nHana"_s, u"T[Yes.\n-- \nHana]"_s);
}

void TestMessageParts::quotes()
{
    QFETCH(QString, body);
    QFETCH(QString, parts);
    QCOMPARE(drawn(splitMessage(body, true)), parts);
}

void TestMessageParts::split()
{
    QFETCH(QString, body);
    QFETCH(QString, parts);
    QCOMPARE(drawn(splitMessage(body, true)), parts);
    if (parts.contains(u"F["_s))
        QVERIFY(!drawn(splitMessage(body, false)).contains(u"F["_s)); // what a customer quotes is theirs
}

void TestMessageParts::links_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("a sentence ends behind a link")
        << u"See https://a.example/x."_s << QStringList{u"https://a.example/x"_s};
    QTest::newRow("brackets around") << u"(http://a.example/x_(1))"_s << QStringList{u"http://a.example/x_(1)"_s};
    QTest::newRow("Japanese around") << u"詳細はhttps://a.example/ja。"_s << QStringList{u"https://a.example/ja"_s};
    QTest::newRow("other schemes are text")
        << u"file:///etc/passwd javascript:alert(1) smb://h/x \\\\host\\share ftp://a"_s << QStringList();
    QTest::newRow("a host with a user lies") << u"https://aws.amazon.com@evil.example/"_s << QStringList();
    QTest::newRow("two in a line") << u"https://a.example, https://b.example"_s
                                   << QStringList{u"https://a.example"_s, u"https://b.example"_s};
}

void TestMessageParts::links()
{
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    QStringList got;
    for (const FoundLink &link : findLinks(text)) {
        got.append(text.mid(link.start, link.length));
        QCOMPARE(link.url, QUrl(got.constLast()));
    }
    QCOMPARE(got, found);
}

void TestMessageParts::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("case does not count") << u"Timeout and TIMEOUT"_s << u"timeout"_s
                                         << QStringList{u"Timeout"_s, u"TIMEOUT"_s};
    QTest::newRow("width does not count") << u"ＡＬＢの接続"_s << u"alb　接続"_s << QStringList{u"ＡＬＢ"_s, u"接続"_s};
    QTest::newRow("overlapping words mark once")
        << u"connection"_s << u"connect connection"_s << QStringList{u"connection"_s};
    QTest::newRow("patterns are literal") << u"a.b axb"_s << u"a.b"_s << QStringList{u"a.b"_s};
}

void TestMessageParts::words()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    QStringList got;
    for (const Occurrence &one : findWords(text, searchWords(typed)))
        got.append(text.mid(one.start, one.length));
    QCOMPARE(got, found);
}

QTEST_GUILESS_MAIN(TestMessageParts)
#include "tst_messageparts.moc"
