#include "support/messagecheck.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestMessageCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthIsCountedInCodePoints_data();
    void lengthIsCountedInCodePoints();
    void whatIsSent();
    void addressesAreParted_data();
    void addressesAreParted();
    void mailAddresses_data();
    void mailAddresses();
};

void TestMessageCheck::lengthIsCountedInCodePoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("nothing") << QString() << 0;
    QTest::newRow("letters") << u"Hello"_s << 5;
    QTest::newRow("Japanese") << u"東京です"_s << 4;
    QTest::newRow("an emoji is one") << u"🙂🙂"_s << 2;
    QTest::newRow("a family is four people and three joiners") << u"👨‍👩‍👧‍👦"_s << 7;
    QTest::newRow("a lone surrogate") << QString(QChar(0xd83d)) << 1;
    QTest::newRow("the longest of emoji") << u"🙂"_s.repeated(8000) << 8000;
}

void TestMessageCheck::lengthIsCountedInCodePoints()
{
    QFETCH(QString, text);
    QFETCH(int, count);
    QCOMPARE(codePoints(text), count);
}

void TestMessageCheck::whatIsSent()
{
    const QString typed =
        u"a\r\nb\rc"_s + QChar(QChar::ParagraphSeparator) + u"d"_s + QChar(QChar::Null) + u"\u00a0e "_s;
    QCOMPARE(messageText(typed), u"a\nb\nc\nd\u00a0e "_s);
}

void TestMessageCheck::addressesAreParted_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("none") << u"  "_s << QStringList();
    QTest::newRow("one") << u"a@example.com"_s << QStringList{u"a@example.com"_s};
    QTest::newRow("all ways to part them")
        << u"a@x.jp, b@x.jp;c@x.jp\nd@x.jp、e@x.jp　f@x.jp"_s
        << QStringList{u"a@x.jp"_s, u"b@x.jp"_s, u"c@x.jp"_s, u"d@x.jp"_s, u"e@x.jp"_s, u"f@x.jp"_s};
    QTest::newRow("with names") << u"Ann Bee <a@x.jp>, 山田 太郎 <b@x.jp>"_s << QStringList{u"a@x.jp"_s, u"b@x.jp"_s};
    QTest::newRow("twice is once") << u"a@x.jp A@X.JP"_s << QStringList{u"a@x.jp"_s};
}

void TestMessageCheck::addressesAreParted()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, addresses);
    QCOMPARE(ccAddresses(typed), addresses);
}

void TestMessageCheck::mailAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << u"ops@example.com"_s << true;
    QTest::newRow("tagged") << u"ops+aws.1@mail.example.co.jp"_s << true;
    QTest::newRow("a domain in Japanese") << u"ops@例え.jp"_s << true;
    QTest::newRow("no at") << u"ops.example.com"_s << false;
    QTest::newRow("two ats") << u"ops@@example.com"_s << false;
    QTest::newRow("no dot") << u"ops@localhost"_s << false;
    QTest::newRow("ends with a dot") << u"ops@example.com."_s << false;
    QTest::newRow("begins with a dot") << u".ops@example.com"_s << false;
    QTest::newRow("a space") << u"o ps@example.com"_s << false;
    QTest::newRow("a line end behind it") << u"ops@example.com\n"_s << false;
    QTest::newRow("too long") << QString(u"a"_s.repeated(250) + u"@x.jp"_s) << false;
    QTest::newRow("empty") << QString() << false;
}

void TestMessageCheck::mailAddresses()
{
    QFETCH(QString, address);
    QFETCH(bool, good);
    QCOMPARE(isMailAddress(address), good);
}

QTEST_APPLESS_MAIN(TestMessageCheck)
#include "tst_messagecheck.moc"
