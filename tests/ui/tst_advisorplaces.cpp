#include "advisorworld.h"

#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/advisortrend.h"
#include "ui/checktree.h"

#include <QAction>
#include <QHeaderView>
#include <QTimeZone>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

using World = test::AdvisorWorld;

/// Where one is in Trusted Advisor, and that nothing of it is cut.
class TestAdvisorPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSidebarMarksWhatIsShown();
    void oneDayIsNoLine();
    void noHeadingIsCut();
};

void TestAdvisorPlaces::theSidebarMarksWhatIsShown()
{
    World world;
    QVERIFY(world.show());
    auto *sidebar = world.window.child<QTreeView>("sidebar");
    const auto marked = [sidebar] {
        const QModelIndexList rows = sidebar->selectionModel()->selectedRows();
        return rows.size() == 1 ? rows.constFirst().data().toString() : u"%1 rows"_s.arg(rows.size());
    };
    QCOMPARE(marked(), u"Overview"_s);
    world.window.child<QAction>("actionAdvisorChecks")->trigger();
    QCOMPARE(marked(), u"All checks"_s);
    world.page().showChecks(u"security"_s, {});
    QCOMPARE(marked(), u"Security"_s);
    world.page().showOverview();
    QCOMPARE(marked(), u"Overview"_s);
    // And it leads there.
    auto *entries = qobject_cast<SidebarModel *>(sidebar->model());
    sidebar->setCurrentIndex(entries->indexOfAdvisor(SidebarModel::allChecks));
    QVERIFY(!world.page().isOverview());
    QCOMPARE(world.page().category(), QString());
    QCOMPARE(world.checks().shownCount(), world.checks().totalCount());
}

void TestAdvisorPlaces::oneDayIsNoLine()
{
    AdvisorTrend trend;
    AdvisorDay day;
    day.day = QDateTime(QDate(2026, 5, 4), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    day.flagged = 37;
    trend.show({day});
    QVERIFY2(trend.wordsInstead().startsWith(u"37 resource"_s), qPrintable(trend.wordsInstead()));
    QVERIFY(trend.wordsInstead().contains(u"4"_s));
    AdvisorDay next = day;
    next.day += 86'400'000;
    trend.show({day, next});
    QCOMPARE(trend.wordsInstead(), QString());
}

/// Beside the names stand whole columns only, whatever the width.
void TestAdvisorPlaces::noHeadingIsCut()
{
    World world(2);
    QVERIFY(world.show());
    world.window.child<QAction>("actionAdvisorChecks")->trigger();
    auto *tree = world.child<CheckTree>(u"checks"_s);
    for (const int width : {760, 900, 1024, 1100, 1280}) {
        world.window.window().resize(width, 700);
        QTRY_COMPARE(world.window.window().width(), width);
        const QHeaderView &header = *tree->header();
        QTRY_COMPARE(header.width(), tree->viewport()->width());
        bool isBoundary = false;
        for (int column = 0; column < header.count(); ++column) {
            const int edge = header.sectionViewportPosition(column) + header.sectionSize(column);
            isBoundary = isBoundary || edge == tree->viewport()->width();
        }
        QVERIFY2(isBoundary, qPrintable(QString::number(width)));
    }
}

QTEST_MAIN(TestAdvisorPlaces)
#include "tst_advisorplaces.moc"
