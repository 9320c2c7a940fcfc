#include "models/quiethours.h"

#include <QTest>

using namespace casement;

class TestQuietHours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void covers_data();
    void covers();
    void offIsNever();
};

void TestQuietHours::covers_data()
{
    QTest::addColumn<QTime>("from");
    QTest::addColumn<QTime>("to");
    QTest::addColumn<QList<int>>("days");
    QTest::addColumn<QDateTime>("time");
    QTest::addColumn<bool>("isQuiet");

    const QList<int> always{1, 2, 3, 4, 5, 6, 7};
    const QList<int> work{1, 2, 3, 4, 5};
    const auto row = [](const char *name, QTime from, QTime to, const QList<int> &days, int day, QTime at, bool quiet) {
        // 7 September 2026 is a Monday.
        QTest::newRow(name) << from << to << days << QDateTime(QDate(2026, 9, 6 + day), at) << quiet;
    };
    const QTime seven(19, 0);
    const QTime eight(8, 0);
    row("before", seven, eight, always, 1, QTime(18, 59, 59, 999), false);
    row("from the first moment", seven, eight, always, 1, seven, true);
    row("before midnight", seven, eight, always, 1, QTime(23, 59, 59, 999), true);
    row("after midnight", seven, eight, always, 2, QTime(0, 0), true);
    row("to the last moment", seven, eight, always, 2, QTime(7, 59, 59, 999), true);
    row("after", seven, eight, always, 2, eight, false);
    row("at noon, not over midnight", QTime(12, 0), QTime(13, 0), always, 3, QTime(12, 30), true);
    row("at night, not over midnight", QTime(12, 0), QTime(13, 0), always, 3, QTime(0, 30), false);
    row("Friday night goes on", seven, eight, work, 6, QTime(2, 0), true);
    row("Saturday night is none", seven, eight, work, 6, QTime(20, 0), false);
    row("Monday morning belongs to Sunday", seven, eight, work, 1, QTime(2, 0), false);
    row("Sunday night reaches Monday", seven, eight, {7}, 1, QTime(2, 0), true);
    row("all day", QTime(0, 0), QTime(0, 0), {6, 7}, 7, QTime(15, 0), true);
    row("all day ends at midnight", QTime(0, 0), QTime(0, 0), {6, 7}, 1, QTime(0, 0), false);
    row("a whole day from nine", QTime(9, 0), QTime(9, 0), {6}, 7, QTime(8, 59), true);
    row("no day", seven, eight, {}, 3, QTime(22, 0), false);
    row("a time that is none", QTime(), eight, always, 3, QTime(2, 0), false);
}

void TestQuietHours::covers()
{
    QFETCH(QTime, from);
    QFETCH(QTime, to);
    QFETCH(QList<int>, days);
    QFETCH(QDateTime, time);
    QFETCH(bool, isQuiet);
    QCOMPARE((QuietHours{true, from, to, days}.covers(time)), isQuiet);
}

void TestQuietHours::offIsNever() { QVERIFY(!QuietHours().covers(QDateTime(QDate(2026, 9, 7), QTime(23, 0)))); }

QTEST_APPLESS_MAIN(TestQuietHours)
#include "tst_quiethours.moc"
