#include "ui/activitywindow.h"

#include "models/activitymodel.h"
#include "windowfixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

/// View > Activity, over what the program really does.
class TestActivityWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDoneStandsThere();
    void whatRunsIsStopped();
};

void TestActivityWindow::whatIsDoneStandsThere()
{
    QTemporaryDir folder;
    test::DemoFixture demo;
    test::WindowFixture fixture(folder.path(), &demo);
    fixture.child<QAction>("actionActivity")->trigger();
    auto *shown = fixture.window().findChild<ActivityWindow *>();
    QVERIFY(shown && shown->isVisible());
    auto *list = shown->findChild<QTreeView *>(u"activities"_s);
    QVERIFY(!list->isVisible()); // nothing was done yet
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    QVERIFY(list->isVisible());
    QTRY_COMPARE(fixture.workspace().activity().runningCount(), 0);
    QCOMPARE(list->model()->index(0, ActivityModel::Outcome).data().toString(), u"Done"_s);
    demo.setFaults(u"deny"_s);
    fixture.child<QAction>("actionRefreshAll")->trigger();
    QTRY_VERIFY(list->model()->rowCount() > 1 && fixture.workspace().activity().runningCount() == 0);
    QVERIFY2(list->model()->index(0, ActivityModel::Outcome).data().toString() != u"Done"_s,
             qPrintable(list->model()->index(0, ActivityModel::Outcome).data().toString()));
    list->selectAll();
    shown->findChild<QPushButton *>(u"activityCopy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), list->model()->rowCount());
    QVERIFY(!shown->findChild<QPushButton *>(u"activityStop"_s)->isEnabled());
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(!shown->isVisible());
}

void TestActivityWindow::whatRunsIsStopped()
{
    QTemporaryDir folder;
    test::DemoFixture demo;
    demo.setFaults(u"delay:DescribeCases=60s"_s);
    test::WindowFixture fixture(folder.path(), &demo);
    fixture.child<QAction>("actionActivity")->trigger();
    auto *shown = fixture.window().findChild<ActivityWindow *>();
    fixture.openAccounts();
    ActivityModel &activity = fixture.workspace().activity();
    QTRY_COMPARE(activity.runningCount(), 1);
    shown->findChild<QTreeView *>(u"activities"_s)->setCurrentIndex(activity.index(0, 0));
    auto *stop = shown->findChild<QPushButton *>(u"activityStop"_s);
    QVERIFY(stop->isEnabled());
    stop->click();
    QTRY_COMPARE(activity.runningCount(), 0);
    QCOMPARE(activity.index(0, ActivityModel::Outcome).data().toString(), u"Stopped"_s);
    QVERIFY(!stop->isEnabled());
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestActivityWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_activitywindow.moc"
