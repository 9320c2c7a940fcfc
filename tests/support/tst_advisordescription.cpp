#include "support/advisordescription.h"

#include <QRegularExpression>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestAdvisorDescription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void html_data();
    void html();
    void text_data();
    void text();
    void nothingButTheAllowedComesOut_data();
    void nothingButTheAllowedComesOut();
    void hugeOnesTakeNoTime();
};

void TestAdvisorDescription::html_data()
{
    QTest::addColumn<QString>("fragment");
    QTest::addColumn<QString>("html");
    const auto row = [](const char *name, const QString &fragment, const QString &html) {
        QTest::newRow(name) << fragment << html;
    };
    row("nothing", {}, {});
    row("plain words", u"Checks ports"_s, u"Checks ports"_s);
    row("as the service writes",
        u"AWS console.\n<br>\n<br>\n<h4 class='headerBodyStyle'>Alert Criteria</h4><br>\nRed: no MFA.\n<br>"_s,
        u"AWS console. <h4>Alert Criteria</h4> Red: no MFA."_s);
    row("breaks between words stay", u"a<br>b<br/>c</br>d"_s, u"a<br>b<br>c<br>d"_s);
    row("an empty line at most", u"a<br><br><br><br>b"_s, u"a<br><br>b"_s);
    row("a link", u"<a href=\"https://aws.amazon.com/x?a=1&b=2\" target=\"_blank\">Guide</a>"_s,
        u"<a href=\"https://aws.amazon.com/x?a=1&amp;b=2\">Guide</a>"_s);
    row("a link without quotes", u"<a href=http://example.com/>x</a>"_s, u"<a href=\"http://example.com/\">x</a>"_s);
    row("a link that was never closed", u"<a href='https://a.example/'>One<h4>Two</h4>"_s,
        u"<a href=\"https://a.example/\">One</a><h4>Two</h4>"_s);
    row("two links, the first not closed", u"<a href='https://a.example/'>One <a href='https://b.example/'>Two</a>"_s,
        u"<a href=\"https://a.example/\">One </a><a href=\"https://b.example/\">Two</a>"_s);
    row("a link that lost its name", u"<href=\"https://a.example/\">One</a>"_s,
        u"<a href=\"https://a.example/\">One</a>"_s);
    row("a link that is not closed at all", u"see <a href=\"https://a.example/"_s, u"see"_s);
    row("a script's address", u"<a href=\"javascript:alert(1)\">x</a>"_s, u"x"_s);
    row("a script's address, hidden", u"<a href=\"java&#x0A;script:alert(1)\">x</a>"_s, u"x"_s);
    row("data", u"<a href='data:text/html,x'>x</a>"_s, u"x"_s);
    row("a file", u"<a href='file:///etc/passwd'>x</a>"_s, u"x"_s);
    row("an address that pretends", u"<a href='https://aws.amazon.com@evil.example/'>x</a>"_s, u"x"_s);
    row("a relative address", u"<a href='/x'>x</a>"_s, u"x"_s);
    row("a script goes with its text", u"a<script>alert('<b>')</script>b"_s, u"ab"_s);
    row("a script that never ends", u"a<script>alert(1)"_s, u"a"_s);
    row("a style", u"a<STYLE>p{}</StYlE >b"_s, u"ab"_s);
    row("a remote picture", u"a<img src='https://evil.example/x.png' onerror=alert(1)>b"_s, u"ab"_s);
    row("a frame", u"a<iframe src='https://evil.example'>in</iframe>b"_s, u"ab"_s);
    row("a frame that never ends hides no sentence", u"a<iframe src='https://evil.example'>b"_s, u"ab"_s);
    row("a drawing that never ends, and one in it that does", u"a<svg><math>x</math>b<svg>c"_s, u"abc"_s);
    row("what has no content", u"a<embed src='https://evil.example'>b"_s, u"ab"_s);
    row("attributes go", u"<b onclick='x()' style='background:url(http://x)'>w</b>"_s, u"<b>w</b>"_s);
    row("unknown elements leave their text", u"<table><tr><td>w</td></tr></table>"_s, u"w"_s);
    row("lists", u"<ul><li>a<li>b</ul>c"_s, u"<ul><li>a</li><li>b</li></ul>c"_s);
    row("an entry without a list", u"<li>a</li>"_s, u"<ul><li>a</li></ul>"_s);
    row("a list in a list", u"<ol><li>a<ul><li>b</ul></ol>"_s, u"<ol><li>a<ul><li>b</li></ul></li></ol>"_s);
    row("closed in the wrong order", u"<b><i>w</b></i>"_s, u"<b><i>w</i></b>"_s);
    row("closed and never opened", u"w</ul></b></a>"_s, u"w"_s);
    row("a comment", u"a<!-- <b> -->b<!-- c"_s, u"ab"_s);
    row("less than", u"3 < 5 and a<5 <"_s, u"3 &lt; 5 and a&lt;5 &lt;"_s);
    row("a bare ampersand", u"R&D & more &unknown; &amp; &lt;b&gt;"_s,
        u"R&amp;D &amp; more &amp;unknown; &amp; &lt;b&gt;"_s);
    row("a space that does not break", u"a&nbsp;b"_s, u"a\u00a0b"_s);
    row("numbers of characters", u"&#65;&#x3042;&#0;&#xD800;&#x1F642;"_s, u"Aあ\ufffd\ufffd🙂"_s);
    row("tags made of entities stay words", u"&#60;script&#62;x"_s, u"&lt;script&gt;x"_s);
    row("nothing turns the direction", u"a\u202eb\u2066c\u200bd\u0007"_s, u"abcd\ufffd"_s);
    row("half a character", QString(u'a') + QChar(0xd83d), u"a\ufffd"_s);
    row("lines of Windows", u"a\r\nb"_s, u"a  b"_s);
    row("Japanese", u"<h4>アラート条件</h4>赤: ポート"_s, u"<h4>アラート条件</h4>赤: ポート"_s);
    row("a quote that is never closed", u"<a href=\"https://a.example/>One</a> two"_s,
        u"<a href=\"https://a.example/\">One</a> two"_s);
    row("a tag in a tag", u"<b <i>w"_s, u"<b><i>w</i></b>"_s);
}

void TestAdvisorDescription::html()
{
    QFETCH(QString, fragment);
    QFETCH(QString, html);
    QCOMPARE(advisorDescriptionHtml(fragment), html);
}

void TestAdvisorDescription::text_data()
{
    QTest::addColumn<QString>("fragment");
    QTest::addColumn<QString>("text");
    QTest::newRow("sections") << u"Checks.\n<br>\n<br>\n<h4 class='x'>Alert Criteria</h4><br>\nRed: a\n<br>Green: b"_s
                              << u"Checks.\n\nAlert Criteria\nRed: a\nGreen: b"_s;
    QTest::newRow("entries") << u"Do <ul><li>one</li><li>two</li></ul>then"_s << u"Do\n- one\n- two\nthen"_s;
    QTest::newRow("a link shows where it leads")
        << u"See <a href='https://a.example/x'>the guide</a>."_s << u"See the guide (https://a.example/x)."_s;
    QTest::newRow("but not twice") << u"<a href='https://a.example/x'>https://a.example/x</a>"_s
                                   << u"https://a.example/x"_s;
    QTest::newRow("no script") << u"a<script>b</script> c"_s << u"a c"_s;
}

void TestAdvisorDescription::text()
{
    QFETCH(QString, fragment);
    QFETCH(QString, text);
    QCOMPARE(advisorDescriptionText(fragment), text);
}

void TestAdvisorDescription::nothingButTheAllowedComesOut_data()
{
    QTest::addColumn<QString>("fragment");
    const QStringList hostile{
        u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s,
        u"<<b>>x<</b>>"_s,
        u"<a href=\"https://a.example/\" onmouseover=\"x\"><img src=x></a>"_s,
        u"<a href='https://a.example/\"onclick=x'>x</a>"_s,
        u"<a href='https://a.example/&quot; onclick=&quot;x'>x</a>"_s,
        u"<svg/onload=alert(1)>"_s,
        u"<p/onclick=x>y"_s,
        u"<b\x0b onclick=x>y"_s,
        u"<!DOCTYPE html><html><head><meta http-equiv=refresh content='0;url=http://x'></head><body>y"_s,
        u"<link rel=stylesheet href=http://x>y<base href=http://x>"_s,
        u"<style>@import url(http://x)"_s,
        u"<ul><ul><ul><li><ol></p></ul>"_s,
        u"<?xml version='1.0'?>y"_s,
        u"<![CDATA[<script>x</script>]]>"_s,
        u"<a href=\"  jAvAsCrIpT:x\">y</a>"_s,
        u"<a href=\"&#106;avascript:x\">y</a>"_s,
        u"<a href=\"//evil.example\">y</a>"_s,
        u"<b>"_s.repeated(2000),
        u"<svg>"_s.repeated(40'000),
        u"<a href='https://a.example/'>"_s.repeated(200),
        u"</li></ul>"_s.repeated(200),
    };
    for (qsizetype i = 0; i < hostile.size(); ++i)
        QTest::newRow(qPrintable(hostile.at(i).left(40))) << hostile.at(i);
    // And whatever a die makes of the pieces of such texts.
    const QStringList pieces{u"<"_s,   u">"_s,        u"/"_s,      u"a"_s,          u" href="_s,
                             u"'"_s,   u"\""_s,       u"script"_s, u"b"_s,          u"li"_s,
                             u"ul"_s,  u"&"_s,        u"#60;"_s,   u"https://x/"_s, u"!--"_s,
                             u"-->"_s, u" onload="_s, u"img"_s,    u"\n"_s,         u"javascript:"_s};
    quint32 dice = 12345;
    for (int i = 0; i < 300; ++i) {
        QString text;
        for (int k = 0; k < 40; ++k) {
            dice = dice * 1664525 + 1013904223;
            text += pieces.at(int((dice >> 16) % uint(pieces.size())));
        }
        QTest::newRow(qPrintable(u"by lot %1"_s.arg(i))) << text;
    }
}

void TestAdvisorDescription::nothingButTheAllowedComesOut()
{
    QFETCH(QString, fragment);
    const QString html = advisorDescriptionHtml(fragment);
    static const QRegularExpression allowed(
        u"<(?:br|/?(?:b|i|h4|ul|ol|li|p|code)|/a|a href=\"https?://[^\"<>\\s]+\")>|&(?:amp|lt|gt|quot);|[^<>&]"_s);
    QString rest = html;
    rest.remove(allowed);
    QVERIFY2(rest.isEmpty(), qPrintable(rest + u" of "_s + html));
    QStringList open;
    static const QRegularExpression tags(u"<(/?)(\\w+)[^>]*>"_s);
    for (const QRegularExpressionMatch &match : tags.globalMatch(html)) {
        if (match.captured(2) == u"br")
            continue;
        if (match.captured(1).isEmpty())
            open.append(match.captured(2));
        else
            QCOMPARE(open.takeLast(), match.captured(2));
    }
    QVERIFY2(open.isEmpty(), qPrintable(html));
    const QString text = advisorDescriptionText(fragment);
    QVERIFY(!text.contains(QChar(0)));
}

void TestAdvisorDescription::hugeOnesTakeNoTime()
{
    for (const QString &piece :
         {u"<"_s, u"<b"_s, u"<a href='"_s, u"&"_s, u"<!--"_s, u"<script></scrip"_s, u"<ul><li>"_s}) {
        const QString html = advisorDescriptionHtml(piece.repeated(1'000'000 / piece.size()));
        QVERIFY(html.size() < 2'000'000);
    }
}

QTEST_GUILESS_MAIN(TestAdvisorDescription)
#include "tst_advisordescription.moc"
