#include "ui/menukey.h"

#include "ui/advisorpage.h"
#include "windowfixture.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

/// Shift+F10 opens the menu of whatever has the focus.
class TestMenuKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itOpensTheMenu();
    void aWidgetWithoutOneStaysAsItIs();

private:
    /// The texts of the menu that comes; none when there is none.
    static QStringList pressOn(QWidget &widget);
};

QStringList TestMenuKey::pressOn(QWidget &widget)
{
    widget.setFocus();
    QTest::keyClick(&widget, Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QStringList texts;
    if (menu) {
        for (const QAction *action : menu->actions())
            texts.append(action->text());
        menu->close();
    }
    return texts;
}

void TestMenuKey::itOpensTheMenu()
{
    QTemporaryDir folder;
    test::DemoFixture demo;
    test::WindowFixture fixture(folder.path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    QVERIFY(fixture.open(fixture.cases().keyAt(0)));
    QVERIFY(pressOn(fixture.table()).contains(fixture.child<QAction>("actionCopyId")->text()));
    QVERIFY(!pressOn(*fixture.table().horizontalHeader()).isEmpty());
    QVERIFY(!pressOn(fixture.conversation()).isEmpty());
    QVERIFY(!pressOn(fixture.window().searchField()).isEmpty());
    fixture.child<QAction>("actionAdvisorChecks")->trigger();
    auto *checks = fixture.child<QTreeView>("checks");
    QTRY_VERIFY(checks->isVisible() && checks->model()->rowCount() > 0);
    checks->setCurrentIndex(checks->model()->index(0, 0));
    QVERIFY(!pressOn(*checks).isEmpty());
}

void TestMenuKey::aWidgetWithoutOneStaysAsItIs()
{
    MenuKey key;
    qApp->installEventFilter(&key);
    QWidget plain;
    plain.setFocusPolicy(Qt::StrongFocus);
    plain.show();
    QVERIFY(QTest::qWaitForWindowActive(&plain));
    QVERIFY(pressOn(plain).isEmpty());
    QLineEdit field;
    field.show();
    QVERIFY(QTest::qWaitForWindowActive(&field));
    QTest::keyClick(&field, Qt::Key_F10); // alone it is nothing
    QVERIFY(!QApplication::activePopupWidget());
    QVERIFY(!pressOn(field).isEmpty());
}

QTEST_MAIN(TestMenuKey)
#include "tst_menukey.moc"
