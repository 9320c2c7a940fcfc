#include "base/text.h"

#include <QTest>

using namespace casement;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsStayWhereTheyAre();
    void sharedTextsAreOne();
};

void TestText::textsStayWhereTheyAre()
{
    Arena arena(32);
    std::vector<Text> texts;
    for (int i = 0; i < 1000; ++i)
        texts.push_back(arena.add(QStringView(QStringLiteral("text 日本 %1").arg(i))));
    texts.push_back(arena.add(std::string_view(std::string(5000, 'x'))));
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(texts[size_t(i)].toString(), QStringLiteral("text 日本 %1").arg(i));
    QCOMPARE(texts.back().size(), 5000u);
    QCOMPARE(arena.add(QStringView(QString(u'a' + QString(QChar(0xd800))))).toString(), QStringLiteral("a\uFFFD"));
    QVERIFY(arena.add(std::string_view()).isEmpty());
    QCOMPARE(Text().toString(), QString());
    QCOMPARE(arena
                 .add(std::string_view("\xef\xbb\xbf"
                                       "a"))
                 .toString(),
             QStringLiteral("\uFEFFa"));
}

void TestText::sharedTextsAreOne()
{
    Arena arena;
    const Text a = arena.addShared("resolved");
    const Text b = arena.addShared("resolved");
    const Text c = arena.addShared("opened");
    QVERIFY(a.data() == b.data());
    QVERIFY(a != c);
    QVERIFY(c < a);
    QVERIFY(c == std::string_view("opened"));
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
