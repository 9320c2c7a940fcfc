#include "ui/keyboardpage.h"

#include "replyworld.h"
#include "ui/keyedit.h"
#include "ui/newcasewindow.h"
#include "ui/settingsdialog.h"
#include "ui/shortcuts.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QKeySequence keyOf(const QString &text) { return QKeySequence::fromString(text, QKeySequence::PortableText); }

/// The real window without an account, and the page in its settings.
struct World
{
    explicit World(const QString &folder) : fixture(folder)
    {
        fixture.window().settingsDialog().present(u"keyboardPage"_s);
        page = fixture.window().settingsDialog().findChild<KeyboardPage *>();
        QVERIFY(page && page->isVisible());
        QVERIFY(QTest::qWaitForWindowActive(&fixture.window().settingsDialog()));
    }

    template <class T> T *child(const char *name) const { return page->findChild<T *>(QString::fromLatin1(name)); }
    KeyEdit &edit() const { return *child<KeyEdit>("keyEdit"); }
    QTreeWidget &tree() const { return *child<QTreeWidget>("commands"); }
    QString notice() const
    {
        return child<QLabel>("keyNotice")->isVisible() ? child<QLabel>("keyNotice")->text() : QString();
    }
    bool has(const char *button) const { return child<QPushButton>(button)->isVisible(); }
    void press(const char *button) const { QTest::mouseClick(child<QPushButton>(button), Qt::LeftButton); }
    void type(const QString &id, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        page->select(id);
        edit().setFocus();
        QTest::keyClick(&edit(), key, modifiers);
    }
    QAction *action(const char *name) { return fixture.child<QAction>(name); }
    Shortcuts &shortcuts() { return fixture.workspace().shortcuts(); }
    /// The row of a command: its texts.
    QStringList row(const QString &id) const
    {
        for (int i = 0; i < tree().topLevelItemCount(); ++i) {
            const QTreeWidgetItem *group = tree().topLevelItem(i);
            for (int k = 0; k < group->childCount(); ++k) {
                const QTreeWidgetItem *item = group->child(k);
                if (item->data(0, Qt::UserRole).toString() == id)
                    return {item->text(0), item->text(1), item->text(2), item->font(1).bold() ? u"bold"_s : QString()};
            }
        }
        return {};
    }
    QStringList seen() const
    {
        QStringList names;
        for (int i = 0; i < tree().topLevelItemCount(); ++i) {
            const QTreeWidgetItem *group = tree().topLevelItem(i);
            for (int k = 0; k < group->childCount(); ++k) {
                if (!group->isHidden() && !group->child(k)->isHidden())
                    names.append(group->child(k)->text(0));
            }
        }
        return names;
    }

    test::WindowFixture fixture;
    KeyboardPage *page = nullptr;
};

} // namespace

/// Settings > Keyboard, and how the program's windows follow it.
class TestKeyboardPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingScrollsSideways();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void idsStayWhatTheyAre();
    void allCommandsAreListed();
    void tabGoesThroughThePage();
    void aKeyIsSetByPressingIt();
    void theFieldTakesOneKeyAtATime();
    void theOtherCommandIsNamed();
    void refusedKeysAreTold();
    void escLeavesTheField();
    void keysAreTakenAwayAndReset();
    void allAreResetAndBroughtBack();
    void theFilterLooksAtNamesAndKeys();
    void itFollowsTheLanguage();
    void theListOfKeysFollows();
    void lettersOfTheListFollow();
    void sendingFollows();
    void theWindowOfANewCaseFollows();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// What is kept in people's settings: a name that changes here loses their keys.
void TestKeyboardPage::nothingScrollsSideways()
{
    World world(m_folder->path());
    world.shortcuts().set(u"resolve"_s, keyOf(u"Ctrl+Alt+Shift+PgDown, Ctrl+Alt+Shift+PgUp"_s));
    SettingsDialog &dialog = world.fixture.window().settingsDialog();
    for (const char *language : {"en", "ja"}) {
        world.fixture.language().set(QString::fromLatin1(language));
        for (const QSize size : {QSize(700, 450), QSize(1000, 600), QSize(640, 430)}) {
            dialog.resize(size);
            QHeaderView *header = world.tree().header();
            QTRY_COMPARE(header->length(), world.tree().viewport()->width());
            QVERIFY(header->sectionSize(0) >= world.tree().viewport()->width() / 2);
            QCOMPARE(world.tree().horizontalScrollBar()->maximum(), 0);
        }
    }
}

void TestKeyboardPage::idsStayWhatTheyAre()
{
    World world(m_folder->path());
    const QStringList wanted{u"newCase"_s,
                             u"chooseAccount"_s,
                             u"refresh"_s,
                             u"refreshAll"_s,
                             u"pauseRefresh"_s,
                             u"cancelJobs"_s,
                             u"close"_s,
                             u"quit"_s,
                             u"copy"_s,
                             u"copyId"_s,
                             u"copyLink"_s,
                             u"copyMarkdown"_s,
                             u"copyJson"_s,
                             u"selectAll"_s,
                             u"search"_s,
                             u"find"_s,
                             u"findNext"_s,
                             u"findPrevious"_s,
                             u"settings"_s,
                             u"cases"_s,
                             u"drafts"_s,
                             u"advisor"_s,
                             u"activity"_s,
                             u"saveFilter"_s,
                             u"renameFilter"_s,
                             u"deleteFilter"_s,
                             u"anyTime"_s,
                             u"sinceToday"_s,
                             u"sinceWeek"_s,
                             u"sinceMonth"_s,
                             u"beforeMonth"_s,
                             u"createdSinceWeek"_s,
                             u"createdSinceMonth"_s,
                             u"otherDates"_s,
                             u"resetColumns"_s,
                             u"groupByAccount"_s,
                             u"zoomIn"_s,
                             u"zoomOut"_s,
                             u"zoomReset"_s,
                             u"wrapCode"_s,
                             u"newestFirst"_s,
                             u"languageEnglish"_s,
                             u"languageJapanese"_s,
                             u"themeSystem"_s,
                             u"themeLight"_s,
                             u"themeDark"_s,
                             u"reply"_s,
                             u"quote"_s,
                             u"attach"_s,
                             u"resolve"_s,
                             u"export"_s,
                             u"print"_s,
                             u"attachments"_s,
                             u"saveAttachment"_s,
                             u"goTo"_s,
                             u"star"_s,
                             u"tags"_s,
                             u"note"_s,
                             u"mute"_s,
                             u"nextCase"_s,
                             u"previousCase"_s,
                             u"showConversation"_s,
                             u"back"_s,
                             u"nextPane"_s,
                             u"previousPane"_s,
                             u"markAllRead"_s,
                             u"openInBrowser"_s,
                             u"advisorOverview"_s,
                             u"advisorChecks"_s,
                             u"refreshChecks"_s,
                             u"refreshAllChecks"_s,
                             u"hideSuppressed"_s,
                             u"advisorCase"_s,
                             u"userGuide"_s,
                             u"shortcuts"_s,
                             u"log"_s,
                             u"reportProblem"_s,
                             u"about"_s,
                             u"send"_s,
                             u"draftDelete"_s,
                             u"draftUndo"_s};
    QStringList ids = world.shortcuts().ids();
    for (const QString &id : wanted)
        QVERIFY2(ids.contains(id), qPrintable(id));
    QCOMPARE(ids.size(), wanted.size());
    // A usual key that two commands have would work for neither.
    for (const QString &id : std::as_const(ids))
        QCOMPARE(world.shortcuts().holderOf(id, world.shortcuts().usualKey(id)), QString());
}

void TestKeyboardPage::allCommandsAreListed()
{
    World world(m_folder->path());
    QCOMPARE(world.tree().topLevelItemCount(), 8); // six menus, writing, drafts
    QCOMPARE(world.tree().topLevelItem(0)->text(0), u"File"_s);
    QCOMPARE(world.row(u"newCase"_s), (QStringList{u"New Case…"_s, u"Ctrl+N"_s, u"Ctrl+N"_s, QString()}));
    QCOMPARE(world.row(u"log"_s), (QStringList{u"Log"_s, u"-"_s, u"-"_s, QString()}));
    QCOMPARE(world.row(u"send"_s).at(1), u"Ctrl+Return"_s);
    QCOMPARE(world.seen().size(), world.shortcuts().ids().size());
    for (const QString &name : world.seen())
        QVERIFY(!name.isEmpty() && !name.contains(u'&'));
    QCOMPARE(world.edit().accessibleName(), u"Key of “New Case…”"_s);
}

void TestKeyboardPage::tabGoesThroughThePage()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier); // so that the buttons of a question are there
    auto *list = world.fixture.window().settingsDialog().findChild<QWidget *>(u"pageList"_s);
    list->setFocus();
    QStringList order;
    for (int i = 0; i < 20 && (order.isEmpty() || order.constLast() != "settingsClose"_L1); ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        order.append(QApplication::focusWidget()->objectName());
    }
    QCOMPARE(order,
             (QStringList{u"keyFilter"_s, u"commands"_s, u"keyEdit"_s, u"keyUse"_s, u"keyKeep"_s, u"keyClear"_s,
                          u"settingsClose"_s}));
}

void TestKeyboardPage::aKeyIsSetByPressingIt()
{
    World world(m_folder->path());
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+R"_s));
    world.type(u"reply"_s, Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(world.notice(), QString());
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+J"_s));
    QCOMPARE(world.row(u"reply"_s), (QStringList{u"Reply"_s, u"Ctrl+J"_s, u"Ctrl+R"_s, u"bold"_s}));
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+J"_s));
    QCOMPARE(world.action("actionReply")->toolTip(), u"Reply (Ctrl+J)"_s); // of the toolbar
    world.type(u"search"_s, Qt::Key_F4);
    QCOMPARE(world.fixture.window().searchField().placeholderText(), u"Search cases…  F4"_s);
    QVERIFY(world.fixture.settings().save());
    QCOMPARE(world.fixture.settings().text(Shortcuts::settingsKey), u"reply=Ctrl+J\nsearch=F4"_s);
}

void TestKeyboardPage::theFieldTakesOneKeyAtATime()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_J, Qt::ControlModifier);
    QTest::keyClick(&world.edit(), Qt::Key_L, Qt::ControlModifier); // at once, not the second half of a chord
    QCOMPARE(world.shortcuts().key(u"reply"_s), keyOf(u"Ctrl+L"_s));
    KeyEdit alone;
    QSignalSpy pressed(&alone, &KeyEdit::keyPressed);
    QTest::keyClick(&alone, Qt::Key_J, Qt::ControlModifier);
    QTest::keyClick(&alone, Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(pressed.size(), 2);
    QCOMPARE(pressed.at(1).at(0).value<QKeySequence>(), keyOf(u"Ctrl+L"_s));
    QTest::keyPress(&world.edit(), Qt::Key_Control, Qt::ControlModifier);
    QTest::keyRelease(&world.edit(), Qt::Key_Control);
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+L"_s)); // a modifier alone is none
    QCOMPARE(world.shortcuts().key(u"reply"_s), keyOf(u"Ctrl+L"_s));
    // What the window would do by its key is not done in the field.
    world.type(u"reply"_s, Qt::Key_Question, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!world.fixture.window().findChild<QDialog *>(u"shortcutsDialog"_s));
}

void TestKeyboardPage::theOtherCommandIsNamed()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(world.notice(), u"Ctrl+N is the key of “New Case…” now."_s);
    QVERIFY(world.has("keyUse") && world.has("keyKeep"));
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+N"_s));
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+R"_s)); // nothing is done yet
    world.press("keyKeep");
    QCOMPARE(world.notice(), QString());
    QVERIFY(!world.has("keyUse") && !world.has("keyKeep"));
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+R"_s));
    QCOMPARE(world.action("actionNewCase")->shortcut(), keyOf(u"Ctrl+N"_s));

    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier);
    world.page->select(u"print"_s); // going elsewhere decides nothing
    QCOMPARE(world.notice(), QString());
    QVERIFY(!world.has("keyUse"));
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+P"_s));

    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier);
    world.press("keyUse");
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+N"_s));
    QVERIFY(world.action("actionNewCase")->shortcut().isEmpty());
    QCOMPARE(world.row(u"newCase"_s), (QStringList{u"New Case…"_s, u"-"_s, u"Ctrl+N"_s, u"bold"_s}));
    // Giving it its usual key back asks the same.
    world.page->select(u"newCase"_s);
    world.press("keyReset");
    QCOMPARE(world.notice(), u"Ctrl+N is the key of “Reply” now."_s);
    world.press("keyUse");
    QCOMPARE(world.action("actionNewCase")->shortcut(), keyOf(u"Ctrl+N"_s));
    QVERIFY(world.action("actionReply")->shortcut().isEmpty());
}

void TestKeyboardPage::refusedKeysAreTold()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_D);
    QCOMPARE(world.notice(), u"D alone types a character. Choose another key, or hold Ctrl with it."_s);
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+R"_s));
    QVERIFY(!world.has("keyUse"));
    world.type(u"reply"_s, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(world.notice(), u"Ctrl+V is needed in text fields. Choose another key."_s);
    world.type(u"reply"_s, Qt::Key_Escape, Qt::MetaModifier);
    QCOMPARE(world.notice(), QString()); // a key as any other
    world.shortcuts().set(u"reply"_s, keyOf(u"Ctrl+R"_s));
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+R"_s));
    world.type(u"star"_s, Qt::Key_D); // a letter, but of the list
    QCOMPARE(world.notice(), QString());
    QCOMPARE(world.action("actionStar")->shortcut(), keyOf(u"D"_s));
}

void TestKeyboardPage::escLeavesTheField()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_Escape);
    QVERIFY(world.tree().hasFocus());
    QCOMPARE(world.notice(), QString());
    QVERIFY(world.fixture.window().settingsDialog().isVisible());
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+R"_s));
    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier); // a question stands
    QTest::keyClick(&world.edit(), Qt::Key_Escape);
    QCOMPARE(world.notice(), QString());
    QVERIFY(!world.has("keyUse"));
    QCOMPARE(world.edit().keySequence(), keyOf(u"Ctrl+R"_s));
    QTest::keyClick(&world.tree(), Qt::Key_Escape); // and the next one closes, as everywhere
    QTRY_VERIFY(!world.fixture.window().settingsDialog().isVisible());
}

void TestKeyboardPage::keysAreTakenAwayAndReset()
{
    World world(m_folder->path());
    world.page->select(u"print"_s);
    QVERIFY(!world.child<QPushButton>("keyReset")->isEnabled());
    world.press("keyClear");
    QVERIFY(world.action("actionPrint")->shortcut().isEmpty());
    QVERIFY(!world.child<QPushButton>("keyClear")->isEnabled());
    QCOMPARE(world.row(u"print"_s).at(1), u"-"_s); // a screen reader passes over what is empty
    const QTreeWidgetItem *item = world.tree().currentItem();
    QCOMPARE(item->data(1, Qt::AccessibleTextRole).toString(), u"None"_s);
    QCOMPARE(item->data(2, Qt::AccessibleTextRole).toString(), QString());
    world.press("keyReset");
    QCOMPARE(world.action("actionPrint")->shortcut(), keyOf(u"Ctrl+P"_s));
    QVERIFY(!world.shortcuts().isAnyChanged());
}

void TestKeyboardPage::allAreResetAndBroughtBack()
{
    World world(m_folder->path());
    QVERIFY(!world.child<QPushButton>("keyResetAll")->isEnabled());
    world.type(u"reply"_s, Qt::Key_J, Qt::ControlModifier);
    world.type(u"print"_s, Qt::Key_F9);
    world.press("keyResetAll");
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+R"_s));
    QCOMPARE(world.action("actionPrint")->shortcut(), keyOf(u"Ctrl+P"_s));
    QCOMPARE(world.notice(), u"All commands have their usual keys again."_s);
    QVERIFY(!world.has("keyKeep"));
    world.press("keyUse"); // Undo
    QCOMPARE(world.action("actionReply")->shortcut(), keyOf(u"Ctrl+J"_s));
    QCOMPARE(world.action("actionPrint")->shortcut(), keyOf(u"F9"_s));
}

void TestKeyboardPage::theFilterLooksAtNamesAndKeys()
{
    World world(m_folder->path());
    auto *filter = world.child<QLineEdit>("keyFilter");
    filter->setText(u"reply"_s);
    QCOMPARE(world.seen(), (QStringList{u"Reply"_s, u"Quote in Reply"_s}));
    filter->setText(u"ctrl+shift+"_s);
    QCOMPARE(world.seen(), (QStringList{u"Refresh All Accounts"_s, u"Copy Case ID"_s, u"Find in Conversation"_s}));
    QCOMPARE(world.page->current(), u"refreshAll"_s); // the first that is found
    filter->setText(u"drafts"_s); // a group
    QVERIFY(world.seen().contains(u"Delete the Draft"_s));
    filter->setText(u"nothing of that name"_s);
    QVERIFY(world.seen().isEmpty());
    QVERIFY(!world.edit().isEnabled()); // nothing that is not seen is changed
    world.page->select(u"reply"_s);
    QVERIFY(filter->text().isEmpty());
    QCOMPARE(world.page->current(), u"reply"_s);
}

void TestKeyboardPage::itFollowsTheLanguage()
{
    World world(m_folder->path());
    world.fixture.language().set(u"ja"_s);
    QTRY_COMPARE(world.row(u"reply"_s).at(0), u"返信"_s);
    QCOMPARE(world.tree().topLevelItem(0)->text(0), u"ファイル"_s);
    QVERIFY(world.page->title() != u"Keyboard"_s);
    world.type(u"reply"_s, Qt::Key_N, Qt::ControlModifier);
    QVERIFY(world.notice().contains(u"新規ケース"_s));
    world.press("keyUse");
    QCOMPARE(world.shortcuts().text(), u"newCase=\nreply=Ctrl+N"_s); // ids of no language
    world.fixture.language().set(u"en"_s);
    QTRY_COMPARE(world.row(u"reply"_s).at(0), u"Reply"_s);
    QCOMPARE(world.row(u"reply"_s).at(1), u"Ctrl+N"_s);
}

void TestKeyboardPage::theListOfKeysFollows()
{
    World world(m_folder->path());
    world.type(u"reply"_s, Qt::Key_J, Qt::ControlModifier);
    world.type(u"log"_s, Qt::Key_F8);
    world.action("actionShortcuts")->trigger();
    auto *dialog = world.fixture.window().findChild<QDialog *>(u"shortcutsDialog"_s);
    QVERIFY(dialog);
    const QString text = dialog->findChild<QTextBrowser *>()->toPlainText();
    QVERIFY(text.contains(u"Ctrl+J"_s) && !text.contains(u"Ctrl+R"_s + u'\n'));
    QVERIFY(text.contains(u"F8"_s));
    QVERIFY(text.contains(u"Send What Is Written"_s));
    // Narrow or wide, nothing is scrolled to sideways.
    auto *table = dialog->findChild<QTextBrowser *>();
    for (const int width : {400, 760, 1400}) {
        dialog->resize(width, 500);
        QTRY_COMPARE(dialog->width(), width);
        QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
        QVERIFY(table->toPlainText().contains(u"Send What Is Written"_s));
    }
    world.fixture.window().settingsDialog().close();
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"changeShortcuts"_s), Qt::LeftButton);
    QVERIFY(world.page->isVisible());
}

void TestKeyboardPage::lettersOfTheListFollow()
{
    test::ReplyWorld world(m_folder->path());
    QAction *star = world.fixture.child<QAction>("actionStar");
    QSignalSpy triggered(star, &QAction::triggered);
    world.fixture.workspace().shortcuts().set(u"star"_s, keyOf(u"X"_s));
    world.fixture.table().setFocus();
    QTest::keyClick(&world.fixture.table(), Qt::Key_S);
    QCOMPARE(triggered.size(), 0);
    QTest::keyClick(&world.fixture.table(), Qt::Key_X);
    QCOMPARE(triggered.size(), 1);
    auto *sidebar = world.fixture.child<QWidget>("sidebar");
    sidebar->setFocus();
    QTest::keyClick(sidebar, Qt::Key_X); // finds an entry there
    QCOMPARE(triggered.size(), 1);
    world.fixture.workspace().shortcuts().set(u"star"_s, keyOf(u"F4"_s));
    QTest::keyClick(sidebar, Qt::Key_F4); // which is no letter
    QCOMPARE(triggered.size(), 2);
}

void TestKeyboardPage::sendingFollows()
{
    test::ReplyWorld world(m_folder->path());
    world.fixture.workspace().shortcuts().set(u"send"_s, keyOf(u"F9"_s));
    world.text().setFocus();
    world.text().setPlainText(u"A reply by another key."_s);
    QCOMPARE(world.child<QPushButton>("send")->toolTip(), u"Send the reply (F9)"_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(world.sent(u"A reply by another key."_s).isEmpty());
    QVERIFY(world.text().toPlainText().startsWith(u"A reply"_s));
    world.text().setPlainText(u"A reply by another key."_s);
    QTest::keyClick(&world.text(), Qt::Key_F9);
    QTRY_COMPARE(world.sent(u"A reply by another key."_s).size(), 1);
}

void TestKeyboardPage::theWindowOfANewCaseFollows()
{
    test::ReplyWorld world(m_folder->path());
    world.fixture.workspace().shortcuts().set(u"close"_s, keyOf(u"F4"_s));
    QPointer<NewCaseWindow> window = new NewCaseWindow(world.fixture.workspace(), {}, world.key.account);
    window->show();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window));
    QTest::keyClick(window, Qt::Key_W, Qt::ControlModifier);
    QVERIFY(window && window->isVisible());
    world.fixture.workspace().shortcuts().set(u"close"_s, keyOf(u"F6"_s)); // while it is open; F6 was another's
    QTest::keyClick(window, Qt::Key_F4);
    QVERIFY(window && window->isVisible());
    QTest::keyClick(window, Qt::Key_F6);
    QTRY_VERIFY(!window);
    QVERIFY(world.fixture.child<QAction>("actionNextPane")->shortcut().isEmpty());
}

QTEST_MAIN(TestKeyboardPage)
#include "tst_keyboardpage.moc"
