#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/messageedit.h"
#include "windowfixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// What is done to a text by keys and buttons is found in the menus, too.
class TestEditMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void itEditsTheFieldInUse_data();
    void itEditsTheFieldInUse();
    void withoutAFieldThereIsNothingToEdit();
    void aSecretIsNotCut();
    void theReplyIsSentFromTheMenu();

private:
    QAction *action(const char *name) { return m_fixture->window().findChild<QAction *>(QLatin1StringView(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::DemoFixture> m_demo;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestEditMenu::init()
{
    m_fixture.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_demo = std::make_unique<test::DemoFixture>();
    m_fixture = std::make_unique<test::WindowFixture>(m_folder->path(), m_demo.get());
    m_fixture->openAccounts();
    QVERIFY(m_fixture->waitUntilFilled());
    m_fixture->window().caseList().table().setCurrentIndex(m_fixture->cases().index(0, 0));
    QTRY_VERIFY(m_fixture->window().conversation().isReady() && m_fixture->window().conversation().composer().isEnabled());
}

void TestEditMenu::itEditsTheFieldInUse_data()
{
    QTest::addColumn<bool>("isReply");
    QTest::newRow("the reply") << true;
    QTest::newRow("the field of the search") << false;
}

void TestEditMenu::itEditsTheFieldInUse()
{
    QFETCH(const bool, isReply);
    MessageEdit &reply = m_fixture->window().conversation().composer().text();
    QLineEdit &search = m_fixture->window().searchField();
    QWidget *field = &search;
    if (isReply)
        field = &reply;
    const auto text = [&] { return isReply ? reply.text() : search.text(); };
    field->setFocus();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, u"wrong"_s);
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier); // still the field's own
    QCOMPARE(text(), QString());
    QTest::keyClicks(field, u"written"_s);
    m_fixture->window().menuBar()->setFocus(Qt::MenuBarFocusReason); // as Alt does
    auto *menu = m_fixture->child<QMenu>("menuEdit");
    Q_EMIT menu->aboutToShow();
    QCOMPARE(action("editUndo")->text(), u"&Undo"_s); // what a screen reader says; the key stands beside it
    QCOMPARE(action("editUndo")->shortcut(), QKeySequence(QKeySequence::Undo));
    QVERIFY(action("editUndo")->isEnabled() && !action("editRedo")->isEnabled() && !action("editCut")->isEnabled());
    action("editUndo")->trigger();
    QCOMPARE(text(), QString());
    Q_EMIT menu->aboutToShow();
    action("editRedo")->trigger();
    QCOMPARE(text(), u"written"_s);
    action("actionSelectAll")->trigger();
    Q_EMIT menu->aboutToShow();
    action("editCut")->trigger();
    QCOMPARE(text(), QString());
    QCOMPARE(QGuiApplication::clipboard()->text(), u"written"_s);
    Q_EMIT menu->aboutToShow();
    QVERIFY(action("editPaste")->isEnabled());
    action("editPaste")->trigger();
    action("editPaste")->trigger();
    QCOMPARE(text(), u"writtenwritten"_s);
    action("actionSelectAll")->trigger();
    action("actionCopy")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"writtenwritten"_s);
}

void TestEditMenu::withoutAFieldThereIsNothingToEdit()
{
    m_fixture->window().caseList().table().setFocus();
    Q_EMIT m_fixture->child<QMenu>("menuEdit")->aboutToShow();
    for (const char *name : {"editUndo", "editRedo", "editCut", "editPaste"})
        QVERIFY2(!action(name)->isEnabled(), name);
}

void TestEditMenu::aSecretIsNotCut()
{
    QLineEdit &field = m_fixture->window().searchField();
    field.setText(u"secret"_s);
    field.setEchoMode(QLineEdit::Password);
    field.setFocus();
    field.selectAll();
    Q_EMIT m_fixture->child<QMenu>("menuEdit")->aboutToShow();
    QVERIFY(!action("editCut")->isEnabled());
    field.setEchoMode(QLineEdit::Normal);
    Q_EMIT m_fixture->child<QMenu>("menuEdit")->aboutToShow();
    QVERIFY(action("editCut")->isEnabled());
}

void TestEditMenu::theReplyIsSentFromTheMenu()
{
    auto *menu = m_fixture->child<QMenu>("menuCase");
    Q_EMIT menu->aboutToShow();
    QVERIFY(!action("writingSend")->isEnabled()); // nothing is written
    MessageEdit &reply = m_fixture->window().conversation().composer().text();
    reply.setFocus();
    QTest::keyClicks(&reply, u"Thank you"_s);
    Q_EMIT menu->aboutToShow();
    QVERIFY(action("writingSend")->isEnabled() && action("writingCc")->isEnabled());
    action("writingCc")->trigger();
    QVERIFY(m_fixture->window().conversation().composer().findChild<QLineEdit *>(u"cc"_s)->isVisible());
    const int before = m_demo->requestCount("AddCommunicationToCase");
    action("writingSend")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_demo->requestCount("AddCommunicationToCase"), before + 1, 20'000);
    QTRY_COMPARE(reply.text(), QString());
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestEditMenu test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_editmenu.moc"
