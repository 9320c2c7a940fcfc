#include "replyworld.h"
#include "ui/advisoractions.h"
#include "ui/advisorpage.h"
#include "ui/caselistpage.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

/// The keys that lead from one part of the window to another, and to the ends of each.
class TestPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void f6GoesThroughThePanes();
    void f6LeavesOutWhatIsNotThere();
    void homeAndEndGoThroughTheConversation();
    void spaceTicksColumns();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPanes::f6GoesThroughThePanes()
{
    test::ReplyWorld world(m_folder->path());
    MainWindow &window = world.fixture.window();
    QWidget *sidebar = world.fixture.child<QTreeView>("sidebar");
    const QList<QWidget *> panes{sidebar, &world.fixture.table(), &window.conversation().view(), &world.text()};
    world.fixture.table().setFocus();
    for (const qsizetype next : {2, 3, 0, 1}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget(), panes.at(next));
    }
    for (const qsizetype next : {0, 3, 2, 1}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), panes.at(next));
    }
    // From what is in none of them, too.
    window.searchField().setFocus();
    QTest::keyClick(&window.searchField(), Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget(), sidebar);
}

void TestPanes::f6LeavesOutWhatIsNotThere()
{
    test::ReplyWorld world(m_folder->path());
    MainWindow &window = world.fixture.window();
    QWidget *sidebar = world.fixture.child<QTreeView>("sidebar");
    world.text().setPlainText(u"A draft"_s);
    QTRY_VERIFY(!world.outbox().entries().isEmpty());
    world.fixture.child<QAction>("actionDrafts")->trigger(); // beside which no conversation stands
    sidebar->setFocus();
    const auto press = [] { QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6); };
    press();
    QVERIFY(world.fixture.child<QWidget>("draftsPage")->isAncestorOf(QApplication::focusWidget()));
    press();
    QCOMPARE(QApplication::focusWidget(), sidebar);
    world.fixture.child<QAction>("actionAdvisor")->trigger();
    QTRY_VERIFY(window.advisor().page().checks().totalCount() > 0);
    sidebar->setFocus();
    press();
    QVERIFY(window.advisor().page().isAncestorOf(QApplication::focusWidget()));
    press();
    QCOMPARE(QApplication::focusWidget(), sidebar);
}

void TestPanes::homeAndEndGoThroughTheConversation()
{
    test::ReplyWorld world(m_folder->path());
    MainWindow &window = world.fixture.window();
    window.resize(1024, 430);
    ConversationView &view = window.conversation().view();
    const QScrollBar &bar = *view.verticalScrollBar();
    // One that is longer than the window.
    for (int row = 0; row < world.fixture.cases().rowCount() && bar.maximum() == 0; ++row) {
        QVERIFY(world.open(world.fixture.cases().keyAt(row)));
        QTRY_VERIFY(window.conversation().isReady());
    }
    QVERIFY(bar.maximum() > 0);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home);
    QTRY_COMPARE(bar.value(), bar.minimum());
    QTest::keyClick(&view, Qt::Key_End);
    QTRY_COMPARE(bar.value(), bar.maximum());
}

/// Several are chosen in one go.
void TestPanes::spaceTicksColumns()
{
    test::ReplyWorld world(m_folder->path());
    QMenu menu;
    world.fixture.window().caseList().fillColumnMenu(menu);
    menu.popup({});
    QVERIFY(QTest::qWaitForWindowExposed(&menu));
    QAction *entry = menu.actions().constLast();
    menu.setActiveAction(entry);
    const bool before = entry->isChecked();
    QTest::keyClick(&menu, Qt::Key_Space);
    QVERIFY(menu.isVisible());
    QCOMPARE(entry->isChecked(), !before);
    QTest::keyClick(&menu, Qt::Key_Space);
    QVERIFY(menu.isVisible());
    QCOMPARE(entry->isChecked(), before);
    menu.close();
}

QTEST_MAIN(TestPanes)
#include "tst_panes.moc"
