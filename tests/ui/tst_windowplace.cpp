#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/sidebardelegate.h"
#include "ui/sidebarwidth.h"
#include "ui/uisettings.h"
#include "ui/windowplace.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

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
    void theSidebarFollowsItsNames();
    void aLongTagDoesNotWidenIt();
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

void TestWindowPlace::theSidebarFollowsItsNames()
{
    constexpr int others = 525;
    QCOMPARE(SidebarWidth::fitting(1280, others, 150), 196); // never smaller than usual
    QCOMPARE(SidebarWidth::fitting(1280, others, 230), 230);
    QCOMPARE(SidebarWidth::fitting(760, others, 230), 230);
    QCOMPARE(SidebarWidth::fitting(760, others, 900), 235); // the rest needs its own
    QCOMPARE(SidebarWidth::fitting(900, others, 900), 300); // a third
    QCOMPARE(SidebarWidth::fitting(640, others, 900), 115);
    QCOMPARE(SidebarWidth::fitting(300, others, 900), 112);
    QCOMPARE(SidebarWidth::fitting(3840, others, 2000), 400);

    QTemporaryDir folder;
    UiSettings settings(folder.filePath(QStringLiteral("s.ini")));
    QStandardItemModel model;
    QSplitter splitter;
    QTreeView sidebar;
    sidebar.setModel(&model);
    splitter.addWidget(&sidebar);
    splitter.addWidget(new QWidget);
    splitter.resize(900, 300);
    new SidebarWidth(splitter, sidebar, settings);
    splitter.show();
    QTRY_COMPARE(splitter.sizes().constFirst(), 196);
    model.appendRow(new QStandardItem(QStringLiteral("a name that is long ").repeated(2)));
    QTRY_VERIFY(splitter.sizes().constFirst() > 196);
    QVERIFY(splitter.sizes().constFirst() <= 300);
    // What a person chose holds, in another window, too.
    settings.set(QStringLiteral("window/sidebar"), 150);
    splitter.resize(1000, 300);
    QTRY_COMPARE(splitter.sizes().constFirst(), 150);
}

/// A tag and a saved filter may be called anything; accounts are told apart by all of their names.
void TestWindowPlace::aLongTagDoesNotWidenIt()
{
    QStandardItemModel model;
    auto *heading = new QStandardItem(QStringLiteral("Tags"));
    model.appendRow(heading);
    const QString name = QStringLiteral("everything that waits for the migration to the new region of ");
    const auto add = [heading](const QString &text, int view) {
        auto *entry = new QStandardItem(text);
        entry->setData(view, ViewRole);
        heading->appendRow(entry);
    };
    add(name.repeated(3), SidebarModel::tagView);
    add(name.repeated(3), SidebarModel::filterView);
    add(name, -1);
    add(QStringLiteral("short"), SidebarModel::tagView);
    SidebarDelegate delegate;
    QStyleOptionViewItem option;
    const auto width = [&](int row) {
        return delegate.sizeHint(option, model.index(row, 0, heading->index())).width();
    };
    QCOMPARE(width(0), width(1));
    QVERIFY(width(0) < QFontMetrics(option.font).averageCharWidth() * 24 + 120);
    QVERIFY(width(2) > width(0));
    QVERIFY(width(3) < width(0));
}

QTEST_MAIN(TestWindowPlace)
#include "tst_windowplace.moc"
