#include "ui/newcasewindow.h"
#include "ui/responsetargetspage.h"
#include "ui/settingsdialog.h"
#include "ui/windowfixture.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using View = CaseFilter::View;

namespace {

struct World
{
    explicit World(const QString &folder) : fixture(folder, &demo)
    {
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        fixture.child<QAction>("actionSettings")->trigger();
        dialog = &fixture.window().settingsDialog();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
    }
    void type(const QString &name, const QString &text)
    {
        auto *field = dialog->findChild<QSpinBox *>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    int count(View view) { return fixture.cases().counts().of(view); }
    QString facts() { return fixture.child<QWidget>("facts")->accessibleName(); }

    test::DemoFixture demo;
    test::WindowFixture fixture;
    SettingsDialog *dialog = nullptr;
};

} // namespace

/// Targets that are set while the program runs, everywhere they are told.
class TestTargetsWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void listSidebarAndConversationFollow();
    void aNewCaseFollows();
};

void TestTargetsWindow::listSidebarAndConversationFollow()
{
    const QTemporaryDir folder;
    World world(folder.path());
    CaseKey waiting;
    for (int row = 0; row < world.fixture.cases().rowCount(); ++row) {
        if (world.fixture.cases().recordAt(row).turn == Turn::You)
            waiting = world.fixture.cases().keyAt(row);
    }
    QVERIFY(waiting.isValid());
    world.fixture.window().openCase(waiting);
    world.type(u"daysUntilClosed"_s, u"365"_s);
    QCOMPARE(world.count(View::ClosingSoon), 0);
    QTRY_VERIFY2(world.facts().contains(u"closes in about"_s), qPrintable(world.facts()));
    world.type(u"daysUntilClosed"_s, u"1"_s);
    QCOMPARE(world.count(View::ClosingSoon), world.count(View::NeedsReply));
    const int row = world.fixture.cases().rowOfCase(waiting);
    const QString cell = world.fixture.cases().index(row, CaseListModel::DueColumn).data().toString();
    QTRY_VERIFY2(world.facts().endsWith(cell), qPrintable(world.facts() + u" / "_s + cell));
    world.type(u"daysUntilClosed"_s, u"0"_s);
    QCOMPARE(world.count(View::ClosingSoon), 0);
    QTRY_VERIFY(!world.facts().contains(u"close"_s));
}

void TestTargetsWindow::aNewCaseFollows()
{
    const QTemporaryDir folder;
    World world(folder.path());
    world.fixture.child<QAction>("actionNewCase")->trigger();
    NewCaseWindow *window = nullptr;
    for (QWidget *one : QApplication::topLevelWidgets()) {
        if (auto *made = qobject_cast<NewCaseWindow *>(one))
            window = made;
    }
    QVERIFY(window);
    auto *severity = window->findChild<QComboBox *>(u"severity"_s);
    QTRY_VERIFY(severity->findText(u"Low (AWS aims to answer within 1 day)"_s) >= 0);
    severity->setCurrentIndex(severity->findData(u"normal"_s));
    world.type(u"target.low"_s, u"30"_s);
    QTRY_VERIFY(severity->findText(u"Low (AWS aims to answer within 1 day)"_s) >= 0); // 30 hours
    world.type(u"target.low"_s, u"8"_s);
    QTRY_VERIFY(severity->findText(u"Low (AWS aims to answer within 8 hours)"_s) >= 0);
    QCOMPARE(severity->currentData().toString(), u"normal"_s); // what was chosen stays
}

QTEST_MAIN(TestTargetsWindow)
#include "tst_targetswindow.moc"
