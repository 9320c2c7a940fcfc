#include "ui/windowplace.h"

#include <QGuiApplication>
#include <QScreen>
#include <QTest>

using namespace casement;

/// Where the window opens, whatever became of the monitors.
class TestWindowPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allOfItIsOnScreen_data();
    void allOfItIsOnScreen();
    void aGoodPlaceIsKept();
    void whatCannotBeReachedIsNotKnown();
};

void TestWindowPlace::allOfItIsOnScreen_data()
{
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    QTest::addColumn<QRect>("wanted");
    QTest::newRow("over the right edge") << QRect(screen.right() - 140, 60, 600, 400);
    QTest::newRow("over the left edge") << QRect(screen.left() - 300, 60, 600, 400);
    QTest::newRow("over the bottom") << QRect(20, screen.bottom() - 60, 600, 400);
    QTest::newRow("over the top") << QRect(20, screen.top() - 10, 600, 400);
    QTest::newRow("larger than the screen") << QRect(10, 10, 4000, 3000);
    QTest::newRow("never placed") << QRect();
}

void TestWindowPlace::allOfItIsOnScreen()
{
    QFETCH(QRect, wanted);
    const QRect place = windowPlace(wanted).rect;
    QVERIFY2(QGuiApplication::primaryScreen()->availableGeometry().contains(place), QTest::toString(place));
}

void TestWindowPlace::aGoodPlaceIsKept()
{
    const QRect wanted(100, 100, 400, 300);
    QCOMPARE(windowPlace(wanted).rect, wanted);
    QVERIFY(windowPlace(wanted).isKnown);
    // In a corner, too: whoever put it there finds it there.
    QRect corner(0, 0, 400, 300);
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    corner.moveTopLeft(screen.topLeft());
    QCOMPARE(windowPlace(corner).rect, corner);
    corner.moveBottomRight(screen.bottomRight());
    QCOMPARE(windowPlace(corner).rect, corner);
}

void TestWindowPlace::whatCannotBeReachedIsNotKnown()
{
    QVERIFY(!windowPlace(QRect(50'000, 100, 400, 300)).isKnown);
    QVERIFY(!windowPlace(QRect(0, 0, 10, 10)).isKnown);
}

QTEST_MAIN(TestWindowPlace)
#include "tst_windowplace.moc"
