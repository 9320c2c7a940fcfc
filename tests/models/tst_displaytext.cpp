#include "contrast.h"

#include "models/accountmodel.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"

#include <QTest>

using namespace casement;
using test::contrast;
using namespace Qt::StringLiterals;

class TestDisplayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsCopiedIsWhole();
    void oneLine_data();
    void oneLine();
    void bodies();
    void isolatesRightToLeft();
    void cutsWhatNobodyReads();
    void relativeTimes_data();
    void relativeTimes();
    void names();
    void accountColoursCanBeRead();
};

void TestDisplayText::whatIsCopiedIsWhole()
{
    const std::string text(40'000, 'x');
    QCOMPARE(wholeDisplayText(text), QString::fromStdString(text));
    QCOMPARE(wholeDisplayText(text + "\n\ty"), QString::fromStdString(text + "  y"));
    QCOMPARE(displayText(std::string_view(text)).size(), 1001);
}

void TestDisplayText::oneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &text, const QString &shown) {
        QTest::newRow(name) << text << shown;
    };
    row("plain", u"Intermittent 503"_s, u"Intermittent 503"_s);
    row("Japanese", u"接続できません。"_s, u"接続できません。"_s);
    row("line breaks are spaces", u"a\r\nb\nc\rd\te\u2028f"_s, u"a b c d e f"_s);
    row("NUL, BEL, ESC and DEL are symbols", QString::fromLatin1("a\0b\x07\x1b\x7f", 6),
        u"a\u2400b\u2407\u241b\u2421"_s);
    row("C1 controls", u"a\u0090b"_s, u"a\uFFFDb"_s);
    row("a lone high surrogate", QString(QChar(0xd83d)) + u"x"_s, u"\uFFFDx"_s);
    row("a lone low surrogate", u"x"_s + QChar(0xde00), u"x\uFFFD"_s);
    row("emoji stay whole", u"\U0001F600"_s, u"\U0001F600"_s);
    row("families stay joined", u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s,
        u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s);
    row("a joiner between letters hides nothing", u"ad\u200Dmin"_s, u"admin"_s);
    row("overrides and isolates go", u"invoice\u202Egpj.exe\u2066x\u2069"_s, u"invoicegpj.exex"_s);
    row("zero-width characters go", u"pay\u200Bpal\uFEFF\u2060"_s, u"paypal"_s);
    row("piles of marks are cut", u"Z"_s + QString(200, QChar(0x0301)) + u"a"_s, u"Z\u0301\u0301\u0301\u0301a"_s);
    row("markup is text", u"<b>x</b>"_s, u"<b>x</b>"_s);
    row("non-characters", QString(QChar(0xfffe)), u"\uFFFD"_s);
}

void TestDisplayText::oneLine()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(displayText(text), shown);
    if (text.isValidUtf16())
        QCOMPARE(displayText(std::string_view(text.toStdString())), shown);
}

void TestDisplayText::bodies()
{
    QCOMPARE(bodyText(u"a\r\nb\n\tc\rd\u202Ee\u0007"_s), u"a\nb\n\tc\nde\u2407"_s);
    QCOMPARE(bodyText(QString(8000, u'x')).size(), 8000);
    QCOMPARE(toolTipText(u"<b>x</b>"_s), u"<qt>&lt;b&gt;x&lt;/b&gt;</qt>"_s);
}

void TestDisplayText::isolatesRightToLeft()
{
    const QString shown = displayText(u"שלום"_s);
    QCOMPARE(shown.front(), QChar(0x2068));
    QCOMPARE(shown.back(), QChar(0x2069));
}

void TestDisplayText::cutsWhatNobodyReads()
{
    QVERIFY(displayText(QString(8000, u'x')).size() < 1010);
    QVERIFY(displayText(QString(8000, u'x')).endsWith(QChar(0x2026)));
}

void TestDisplayText::relativeTimes_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<QString>("english");
    constexpr qint64 minute = 60'000;
    QTest::newRow("this moment") << qint64(0) << u"just now"_s;
    QTest::newRow("a clock that is off a little") << qint64(-2 * minute) << u"just now"_s;
    QTest::newRow("almost a minute") << minute - 1 << u"just now"_s;
    QTest::newRow("a minute") << minute << u"1 min"_s;
    QTest::newRow("almost an hour") << 60 * minute - 1 << u"59 min"_s;
    QTest::newRow("hours") << 130 * minute << u"2 h"_s;
    QTest::newRow("days") << 75 * 60 * minute << u"3 d"_s;
    QTest::newRow("a date from a month on") << 40 * 24 * 60 * minute << u"2/20/2026"_s;
    QTest::newRow("a time to come is a date") << -48 * 60 * minute << u"4/3/2026"_s;
}

void TestDisplayText::relativeTimes()
{
    QFETCH(qint64, age);
    QFETCH(QString, english);
    const qint64 now = QDateTime(QDate(2026, 4, 1), QTime(12, 0)).toMSecsSinceEpoch();
    const QLocale locale(QLocale::English, QLocale::UnitedStates);
    QCOMPARE(TimeText::relative(now - age, now, locale), english);
    QCOMPARE(TimeText::relative(0, now, locale), QString());
    const QString exact = TimeText::exact(now - age, locale);
    QVERIFY(exact.contains(QDateTime::fromMSecsSinceEpoch(now).timeZoneAbbreviation()));
    const QLocale japanese(QLocale::Japanese, QLocale::Japan);
    QVERIFY(TimeText::exact(now, japanese).contains(u"2026/04/01"_s));
    // Date and clock are those of one country.
    QCOMPARE(TimeText::shortDateTime(now, locale), u"4/1/2026 12:00 PM"_s);
    QCOMPARE(TimeText::shortDateTime(now, japanese), u"2026/04/01 12:00"_s);
    QCOMPARE(TimeText::shortDateTime(now, QLocale(QLocale::English, QLocale::UnitedKingdom)), u"01/04/2026 12:00"_s);
}

void TestDisplayText::names()
{
    QCOMPARE(Names::service("amazon-elastic-load-balancing"), u"Elastic Load Balancing"_s);
    QCOMPARE(Names::service("amazon-api-gateway"), u"API Gateway"_s);
    QCOMPARE(Names::service("trusted-advisor"), u"Trusted Advisor"_s);
    QCOMPARE(Names::service("amazon-something-new"), u"amazon-something-new"_s);
    QCOMPARE(Names::severity("cosmic\n"), u"cosmic "_s);
    QCOMPARE(Names::advisorCategory("fault_tolerance"), u"Fault tolerance"_s);
    QCOMPARE(Names::turnSince(Turn::Aws, 1000, 1000 + 86'400'000), u"AWS for 1 d"_s);
    QCOMPARE(Names::turnSince(Turn::Nobody, 1000, 2000), QString());
}

void TestDisplayText::accountColoursCanBeRead()
{
    for (int i = 0; i < accountColorCount; ++i) {
        QVERIFY2(contrast(accountColor(i, false), Qt::white) >= 4.5, qPrintable(QString::number(i)));
        QVERIFY2(contrast(accountColor(i, true), QColor(0x2d, 0x2d, 0x2d)) >= 4.5, qPrintable(QString::number(i)));
        for (int other = 0; other < i; ++other)
            QVERIFY(accountColor(i, false) != accountColor(other, false));
    }
}

QTEST_MAIN(TestDisplayText)

#include "tst_displaytext.moc"
