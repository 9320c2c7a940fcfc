#include "archive/datewords.h"

#include <QTest>
#include <QTimeZone>

using namespace casement;
using namespace Qt::StringLiterals;

/// Dates among the words of a filter.
class TestDateWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void whatIsNoDateAsksForNothing_data();
    void whatIsNoDateAsksForNothing();
    void daysAreThoseOfTheZone();
    void relativeOnesLastUntilMidnight();
    void rangesHold();
};

namespace {

QDateTime noon() { return QDateTime(QDate(2026, 11, 26), QTime(12, 0), QTimeZone::utc()); }

qint64 dayStart(const char *day)
{
    return QDate::fromString(QLatin1StringView(day), Qt::ISODate).startOfDay(QTimeZone::utc()).toMSecsSinceEpoch();
}

} // namespace

void TestDateWords::reads_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    QTest::addColumn<TimeRange>("updated");
    QTest::addColumn<TimeRange>("created");
    const auto from = [](const char *day) { return TimeRange{.from = dayStart(day)}; };
    const auto until = [](const char *day) { return TimeRange{.until = dayStart(day)}; };
    QTest::newRow("no date") << u"503  alb "_s << u"503  alb "_s << TimeRange() << TimeRange();
    QTest::newRow("a day") << u"503 after:2026-01-31 alb"_s << u"503 alb"_s << from("2026-01-31") << TimeRange();
    QTest::newRow("a month") << u"before:2026-02"_s << QString() << until("2026-02-01") << TimeRange();
    QTest::newRow("a year") << u"created-after:2025"_s << QString() << TimeRange() << from("2025-01-01");
    QTest::newRow("the end of a span") << u"created-before:2026/3/9"_s << QString() << TimeRange()
                                       << until("2026-03-09");
    QTest::newRow("both ends") << u"after:2026-01 before:2026-02 x"_s << u"x"_s
                               << TimeRange{dayStart("2026-01-01"), dayStart("2026-02-01")} << TimeRange();
    QTest::newRow("the narrower one") << u"after:2025 after:2026"_s << QString() << from("2026-01-01") << TimeRange();
    QTest::newRow("days ago") << u"after:7d"_s << QString() << from("2026-11-19") << TimeRange();
    QTest::newRow("weeks ago") << u"before:2w"_s << QString() << until("2026-11-12") << TimeRange();
    QTest::newRow("months ago") << u"created-after:3m"_s << QString() << TimeRange() << from("2026-08-26");
    QTest::newRow("years ago") << u"after:1y"_s << QString() << from("2025-11-26") << TimeRange();
    QTest::newRow("today") << u"after:Today"_s << QString() << from("2026-11-26") << TimeRange();
    QTest::newRow("yesterday") << u"before:yesterday"_s << QString() << until("2026-11-25") << TimeRange();
    QTest::newRow("of full width") << u"障害\u3000ＡＦＴＥＲ：２０２６／０１／３１"_s << u"障害"_s << from("2026-01-31")
                                   << TimeRange();
    QTest::newRow("a word that ends like one")
        << u"day-after:2026"_s << u"day-after:2026"_s << TimeRange() << TimeRange();
}

void TestDateWords::reads()
{
    QFETCH(QString, typed);
    QFETCH(QString, words);
    QFETCH(TimeRange, updated);
    QFETCH(TimeRange, created);
    const DateWords read = readDateWords(typed, noon());
    QCOMPARE(read.words, words);
    QVERIFY(read.wrong.isEmpty());
    QCOMPARE(read.updated.from, updated.from);
    QCOMPARE(read.updated.until, updated.until);
    QCOMPARE(read.created.from, created.from);
    QCOMPARE(read.created.until, created.until);
    QCOMPARE(read.hasDates(), typed != words);
}

void TestDateWords::whatIsNoDateAsksForNothing_data()
{
    QTest::addColumn<QString>("typed");
    for (const char *typed : {"after:", "after:2026-13", "before:2026-02-30", "after:soon", "after:7", "after:7h",
                              "after:0000", "after:99999y", "created-after:202", "before:20260131"})
        QTest::newRow(typed) << QString::fromLatin1(typed);
}

void TestDateWords::whatIsNoDateAsksForNothing()
{
    QFETCH(QString, typed);
    const DateWords read = readDateWords(u"a "_s + typed + u" b after:nothing"_s, noon());
    QCOMPARE(read.wrong, typed);
    QCOMPARE(read.words, u"a b"_s);
    QVERIFY(!read.hasDates());
}

void TestDateWords::daysAreThoseOfTheZone()
{
    const QTimeZone tokyo("Asia/Tokyo");
    if (!tokyo.isValid())
        QSKIP("no time zones");
    const DateWords read = readDateWords(u"after:today"_s, noon().toTimeZone(tokyo)); // 21:00 there
    QCOMPARE(read.updated.from, dayStart("2026-11-26") - 9 * 3'600'000LL);
}

void TestDateWords::relativeOnesLastUntilMidnight()
{
    QCOMPARE(readDateWords(u"before:30d"_s, noon()).validUntil, dayStart("2026-11-27"));
    QCOMPARE(readDateWords(u"before:2026-11-26"_s, noon()).validUntil, std::numeric_limits<qint64>::max());
}

void TestDateWords::rangesHold()
{
    QVERIFY(TimeRange().contains(0));
    const TimeRange range{10, 20};
    QVERIFY(range.contains(10) && range.contains(19) && !range.contains(20) && !range.contains(9));
    QVERIFY(!(TimeRange{.until = 20}.contains(0))); // nobody knows when
    QVERIFY(range.isWithin(TimeRange()) && range.isWithin(range) && !TimeRange().isWithin(range));
    QVERIFY(!(TimeRange{5, 20}.isWithin(range)));
}

QTEST_GUILESS_MAIN(TestDateWords)
#include "tst_datewords.moc"
