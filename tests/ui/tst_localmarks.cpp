#include "models/filterjson.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/casenote.h"
#include "ui/composer.h"
#include "ui/messageedit.h"
#include "ui/searchpage.h"
#include "ui/tagsdialog.h"
#include "ui/toast.h"
#include "windowfixture.h"

#include <QAccessible>
#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A window with the cases of the demo's first account, on an archive that can be opened again.
struct Shown
{
    QTemporaryDir folder;
    test::DemoFixture demo;
    std::unique_ptr<test::WindowFixture> fixture;

    Shown() { open(); }
    void open()
    {
        fixture.reset();
        fixture = std::make_unique<test::WindowFixture>(folder.path(), &demo, folder.filePath(u"archive.sqlite"_s));
        fixture->window().resize(1600, 800); // with room for the stars
        fixture->openAccounts();
        QVERIFY(fixture->waitUntilFilled());
        fixture->table().setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&fixture->window()));
    }
    CaseMarks &marks() { return fixture->workspace().marks(); }
    CaseListModel &cases() { return fixture->cases(); }
    CaseTable &table() { return fixture->table(); }
    void choose(int row, int last = -1)
    {
        table().setCurrentIndex(cases().index(row, CaseListModel::Subject));
        for (int more = row + 1; more <= last; ++more)
            table().selectionModel()->select(cases().index(more, CaseListModel::Subject),
                                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        table().setFocus();
        QCoreApplication::processEvents();
    }
    CaseMark markAt(int row) { return marks().of(cases().keyAt(row)); }
    template <class T> T *dialog(const char *name)
    {
        return fixture->window().findChild<T *>(QString::fromLatin1(name));
    }
    QTreeView &sidebar() { return *fixture->child<QTreeView>("sidebar"); }
    SidebarModel &entries() { return static_cast<SidebarModel &>(*sidebar().model()); }
};

} // namespace

/// Star, tags, note, mute and saved filters, as a person uses them.
class TestLocalMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickOnTheStarChoosesNoRow();
    void lettersMarkAllSelectedCases();
    void tagsAreAskedForInOnePlace();
    void aHalfCheckedTagStaysAsItIs();
    void aLongTagIsToldNotCut();
    void escapeLosesNoTypedTag();
    void aNoteIsStoredWhileItIsTyped();
    void aNoteIsWrittenInALowWindow();
    void aNoteIsWrittenByAScreenReader();
    void aNoteSurvivesTheWindow();
    void anEmptyNoteTakesNoRoom();
    void aSearchSaysThatTheWordsStandInTheNote();
    void filtersAreSavedRenamedAndDeleted();
    void theLastUseOfATagLeavesTheListAlone();
    void whatWasChosenIsChosenAfterARestart();
    void marksOfAnotherProgramAppear();
    void aCaseThatIsGoneIsNotTheCurrentOne();
};

void TestLocalMarks::aClickOnTheStarChoosesNoRow()
{
    Shown shown;
    shown.choose(0);
    const QModelIndex star = shown.cases().index(2, CaseListModel::Star);
    const QPoint place = shown.table().visualRect(star).center();
    QTest::mouseClick(shown.table().viewport(), Qt::LeftButton, {}, place);
    QVERIFY(shown.markAt(2).starred);
    QCOMPARE(shown.table().currentIndex().row(), 0);
    QTest::mouseClick(shown.table().viewport(), Qt::LeftButton, {}, place);
    QVERIFY(!shown.markAt(2).starred);
    QTest::mouseDClick(shown.table().viewport(), Qt::LeftButton, {}, place);
    QVERIFY(shown.table().hasFocus()); // no conversation was opened
    QCOMPARE(shown.table().currentIndex().row(), 0);
}

void TestLocalMarks::lettersMarkAllSelectedCases()
{
    Shown shown;
    shown.choose(1, 3);
    QTest::keyClick(&shown.table(), Qt::Key_S);
    QVERIFY(!shown.markAt(0).starred);
    for (int row = 1; row <= 3; ++row)
        QVERIFY(shown.markAt(row).starred);
    const auto *star = shown.dialog<QAction>("actionStar");
    QTRY_VERIFY(star->text().startsWith(u"Remove"_s));
    shown.choose(0, 1);
    QTest::keyClick(&shown.table(), Qt::Key_S); // one of two has a star: both get one
    QVERIFY(shown.markAt(0).starred);
    QVERIFY(shown.markAt(1).starred);
    QTest::keyClick(&shown.table(), Qt::Key_S);
    QVERIFY(!shown.markAt(0).starred);
    QVERIFY(!shown.markAt(1).starred);
    QTest::keyClick(&shown.table(), Qt::Key_M);
    QVERIFY(shown.markAt(0).muted);
    QVERIFY(shown.markAt(1).muted);
    QVERIFY(!shown.markAt(2).muted);

    // In a menu a letter is the menu's.
    shown.choose(0);
    auto *menu = shown.dialog<QMenu>("menuSavedFilters");
    menu->popup({});
    QVERIFY(QTest::qWaitForWindowExposed(menu));
    QTest::keyClick(menu->windowHandle(), Qt::Key_S);
    QVERIFY(!shown.markAt(0).starred);
    auto *dialog = shown.dialog<QInputDialog>("filterNameDialog");
    QVERIFY(dialog);
    dialog->reject();

    // Beside the list it finds an entry by its name.
    QTRY_VERIFY(shown.dialog<QInputDialog>("filterNameDialog") == nullptr);
    shown.fixture->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shown.fixture->window()));
    shown.sidebar().setFocus();
    QTRY_VERIFY(shown.sidebar().hasFocus());
    const CaseKey first = shown.cases().keyAt(0);
    QTest::keyClick(shown.fixture->window().windowHandle(), Qt::Key_S);
    QVERIFY(!shown.marks().of(first).starred);
    QCOMPARE(shown.sidebar().currentIndex().data().toString(), u"Starred"_s);
    QCOMPARE(shown.cases().rowCount(), 2);
    shown.sidebar().setCurrentIndex(shown.entries().indexOfView(CaseFilter::View::All));

    // Letters that are typed elsewhere are text.
    shown.choose(0);
    Composer &composer = shown.fixture->window().conversation().composer();
    composer.focusText();
    QTest::keyClicks(QApplication::focusWidget(), u"sm"_s);
    QVERIFY(!shown.markAt(0).starred);
    QVERIFY(shown.markAt(0).muted);
}

void TestLocalMarks::tagsAreAskedForInOnePlace()
{
    Shown shown;
    shown.choose(0, 1);
    QTest::keyClick(&shown.table(), Qt::Key_T);
    auto *dialog = shown.dialog<TagsDialog>("tagsDialog");
    QVERIFY(dialog);
    auto *field = dialog->findChild<QLineEdit *>(u"newTags"_s);
    QTRY_VERIFY(field->hasFocus());
    field->setText(u"prod, 障害、 prod"_s);
    QTest::keyClick(field, Qt::Key_Return); // takes what is typed
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->findChild<QListWidget *>(u"knownTags"_s)->count(), 2);
    QTest::keyClick(field, Qt::Key_Return); // and closes
    QVERIFY(!dialog->isVisible());
    QCOMPARE(shown.markAt(0).tags.size(), 2);
    QVERIFY(shown.markAt(1).tags.contains(u"障害"_s));
    QVERIFY(shown.entries().indexOfTag(u"prod"_s).isValid());
    QTRY_COMPARE(shown.entries().indexOfTag(u"prod"_s).data(CountRole).toInt(), 2);

    shown.sidebar().setCurrentIndex(shown.entries().indexOfTag(u"prod"_s));
    QCOMPARE(shown.cases().rowCount(), 2);
    QCOMPARE(shown.fixture->child<QLabel>("title")->text(), u"prod"_s);
}

void TestLocalMarks::aHalfCheckedTagStaysAsItIs()
{
    TagsDialog dialog({u"alb"_s, u"prod"_s, u"unused"_s}, {{u"prod"_s, u"alb"_s}, {u"prod"_s}});
    const auto *list = dialog.findChild<QListWidget *>(u"knownTags"_s);
    QCOMPARE(list->item(0)->checkState(), Qt::PartiallyChecked);
    QCOMPARE(list->item(1)->checkState(), Qt::Checked);
    QCOMPARE(list->item(2)->checkState(), Qt::Unchecked);
    dialog.accept();
    QCOMPARE(dialog.added(), QStringList());
    QCOMPARE(dialog.removed(), QStringList());
    list->item(0)->setCheckState(Qt::Unchecked);
    list->item(1)->setCheckState(Qt::Unchecked);
    dialog.findChild<QLineEdit *>(u"newTags"_s)->setText(u"ＵＮＵＳＥＤ, new"_s); // one that is known, and one more
    dialog.accept();
    QCOMPARE(dialog.removed(), QStringList({u"alb"_s, u"prod"_s}));
    QCOMPARE(dialog.added(), QStringList({u"new"_s, u"unused"_s}));
}

void TestLocalMarks::aLongTagIsToldNotCut()
{
    TagsDialog dialog({u"alb"_s}, {{}});
    dialog.show();
    auto *field = dialog.findChild<QLineEdit *>(u"newTags"_s);
    const auto *problem = dialog.findChild<QLabel *>(u"tagProblem"_s);
    field->setText(u"prod,  "_s + QString(60, u'x') + u' ');
    QVERIFY(problem->isHidden());
    field->setText(u"prod, "_s + QString(63, u'x'));
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(u"3 character"_s), qPrintable(problem->text()));
    QTest::keyClick(field, Qt::Key_Return); // is not taken, nor lost
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QCOMPARE(field->text(), u"prod, "_s + QString(63, u'x'));
    QCOMPARE(dialog.added(), QStringList());
    field->setText(u"prod, "_s + QString(60, u'x'));
    QVERIFY(problem->isHidden());
    dialog.accept();
    QCOMPARE(dialog.added(), QStringList({u"prod"_s, QString(60, u'x')}));
}

void TestLocalMarks::escapeLosesNoTypedTag()
{
    Shown shown;
    shown.choose(0);
    const auto open = [&shown]() -> TagsDialog * {
        shown.fixture->child<QAction>("actionTags")->trigger();
        auto *dialog = shown.dialog<TagsDialog>("tagsDialog");
        return QTest::qWaitFor([dialog] { return dialog && dialog->isVisible(); }) ? dialog : nullptr;
    };
    QPointer<TagsDialog> dialog = open();
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape); // nothing was typed: nothing is asked
    QTRY_VERIFY(!dialog);

    const auto answer = [&](QMessageBox::StandardButton button) {
        dialog->findChild<QLineEdit *>(u"newTags"_s)->setText(u"emma"_s);
        QTest::keyClick(dialog, Qt::Key_Escape);
        auto *box = dialog->findChild<QMessageBox *>(u"tagsQuestion"_s);
        if (!box || !dialog->isVisible())
            return false;
        box->button(button)->click();
        return true;
    };
    dialog = open();
    QVERIFY(dialog);
    QVERIFY(answer(QMessageBox::Cancel));
    QVERIFY(dialog->isVisible()); // as it was
    QCOMPARE(dialog->findChild<QLineEdit *>(u"newTags"_s)->text(), u"emma"_s);
    QTRY_VERIFY(!dialog->findChild<QMessageBox *>(u"tagsQuestion"_s));
    QVERIFY(answer(QMessageBox::Discard));
    QTRY_VERIFY(!dialog);
    QCOMPARE(shown.markAt(0).tags, QStringList());
    dialog = open();
    QVERIFY(dialog);
    QVERIFY(answer(QMessageBox::Save));
    QTRY_VERIFY(!dialog);
    QCOMPARE(shown.markAt(0).tags, QStringList{u"emma"_s});
}

void TestLocalMarks::aNoteIsStoredWhileItIsTyped()
{
    Shown shown;
    shown.choose(0);
    const CaseKey first = shown.cases().keyAt(0);
    QTest::keyClick(&shown.table(), Qt::Key_N);
    auto *note = shown.fixture->child<MessageEdit>("noteText");
    QTRY_VERIFY(note->hasFocus());
    QTest::keyClicks(note, u"ask Emma"_s);
    QTRY_COMPARE(shown.marks().of(first).note, u"ask Emma"_s); // without leaving the field
    QTest::keyClicks(note, u" first"_s);
    QTest::keyClick(note, Qt::Key_Escape);
    QVERIFY(!note->hasFocus());
    QCOMPARE(shown.marks().of(first).note, u"ask Emma first"_s); // at once when it is left
    QVERIFY(!shown.cases().index(shown.cases().rowOfCase(first), 0).data(NoteRole).toString().isEmpty());

    // Of another case there is nothing, and nothing of the first one goes there.
    note->setFocus();
    QTest::keyClicks(note, u"!"_s);
    shown.choose(shown.cases().rowOfCase(first) == 1 ? 0 : 1);
    QTRY_VERIFY(note->text().isEmpty());
    QVERIFY(!note->isVisible());
    QCOMPARE(shown.marks().of(first).note, u"ask Emma first!"_s);
    QCOMPARE(shown.marks().of(shown.fixture->window().conversation().key()).note, QString());
}

void TestLocalMarks::aNoteIsWrittenInALowWindow()
{
    Shown shown;
    MainWindow &window = shown.fixture->window();
    window.resize(640, 300);
    shown.choose(0);
    const QSize size = window.size();
    QTRY_VERIFY(!shown.fixture->child<QWidget>("header")->isVisible()); // no room for it
    shown.fixture->child<QAction>("actionNote")->trigger();
    auto *note = shown.fixture->child<MessageEdit>("noteText");
    QTRY_VERIFY(note->isVisible() && note->hasFocus());
    QTest::keyClicks(note, u"low"_s);
    shown.table().setFocus();
    QTRY_VERIFY(!shown.fixture->child<QWidget>("header")->isVisible());
    QCOMPARE(shown.markAt(0).note, u"low"_s);
    QCOMPARE(window.size(), size);
}

// It opens the menu and presses the entry; an open menu would go on to take the keys.
void TestLocalMarks::aNoteIsWrittenByAScreenReader()
{
    Shown shown;
    shown.choose(0);
    auto *menu = shown.fixture->child<QMenu>("menuCase");
    menu->popup(QPoint(10, 10));
    QVERIFY(QTest::qWaitForWindowExposed(menu));
    QAccessibleInterface *told = QAccessible::queryAccessibleInterface(menu);
    const auto *action = shown.fixture->child<QAction>("actionNote");
    QAccessibleInterface *entry = told->child(int(menu->actions().indexOf(action)));
    QVERIFY(entry && entry->object() == action);
    entry->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(!QApplication::activePopupWidget());
    auto *note = shown.fixture->child<MessageEdit>("noteText");
    QTRY_VERIFY(note->hasFocus());
    QAccessibleInterface *field = QAccessible::queryAccessibleInterface(note);
    QVERIFY(!field->state().invisible && field->state().editable);
    field->editableTextInterface()->insertText(0, u"heard"_s);
    QTRY_COMPARE(shown.markAt(0).note, u"heard"_s);
}

void TestLocalMarks::aNoteSurvivesTheWindow()
{
    Shown shown;
    shown.choose(0);
    const CaseKey key = shown.cases().keyAt(0);
    QTest::keyClick(&shown.table(), Qt::Key_N);
    auto *note = shown.fixture->child<MessageEdit>("noteText");
    QTRY_VERIFY(note->hasFocus());
    note->setPlainText(u"x"_s.repeated(20'001)); // what is left out is told
    auto *facts = shown.fixture->child<QLabel>("caseTags");
    QCOMPARE(note->text().size(), 20'000);
    QVERIFY2(facts->isVisible() && facts->text().contains(u"20,000"_s), qPrintable(facts->text()));
    note->setPlainText({});
    QVERIFY(!facts->text().contains(u"20,000"_s));
    QTest::keyClicks(note, u"typed last"_s);
    shown.open(); // closes before the time to store has come
    QTRY_COMPARE(shown.marks().of(key).note, u"typed last"_s);
}

void TestLocalMarks::anEmptyNoteTakesNoRoom()
{
    Shown shown;
    shown.choose(0);
    auto *note = shown.fixture->child<MessageEdit>("noteText");
    auto *panel = shown.fixture->child<CaseNote>("caseNote");
    QVERIFY(panel->isHidden());
    QTest::keyClick(&shown.table(), Qt::Key_N);
    QTRY_VERIFY(note->hasFocus());
    QVERIFY(panel->isVisible());
    QTest::keyClick(note, Qt::Key_Escape);
    QVERIFY(panel->isHidden());
    shown.marks().setMuted({shown.fixture->window().conversation().key()}, true);
    QVERIFY(panel->isVisible());
    QVERIFY(note->isHidden());
}

void TestLocalMarks::aSearchSaysThatTheWordsStandInTheNote()
{
    Shown shown;
    shown.marks().setNote(shown.cases().keyAt(0), u"夜間に大規模障害、zebra を待つ"_s);
    shown.marks().changeTags({shown.cases().keyAt(1)}, {u"zebra"_s}, {});
    SearchPage &page = shown.fixture->window().searchPage();
    page.search(u"zebra"_s);
    QTRY_VERIFY(page.isReady());
    const QAbstractItemModel *hits = page.findChild<QListView *>(u"results"_s)->model();
    QCOMPARE(hits->rowCount(), 2);
    const QStringList said{hits->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                           hits->index(1, 0).data(Qt::AccessibleTextRole).toString()};
    QCOMPARE(said.filter(u"Your note: "_s).size(), 1);
    QCOMPARE(said.filter(u"Tags: zebra"_s).size(), 1);
    page.search(u"夜間"_s);
    QTRY_VERIFY(page.isReady());
    QVERIFY(hits->rowCount() > 0);
    QVERIFY(hits->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"Your note: 夜間"_s));
}

void TestLocalMarks::filtersAreSavedRenamedAndDeleted()
{
    Shown shown;
    SavedFilters &filters = shown.fixture->workspace().filters();
    auto *search = shown.fixture->child<QLineEdit>("searchField");
    auto *toast = shown.dialog<Toast>("toast");
    const auto answer = [&](const QString &action, const QString &name) {
        shown.dialog<QAction>(action.toLatin1().constData())->trigger();
        auto *dialog = shown.dialog<QInputDialog>("filterNameDialog");
        QVERIFY(dialog);
        dialog->setTextValue(name);
        dialog->accept();
        QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
    };
    search->setText(u"503"_s);
    const int found = shown.cases().rowCount();
    QVERIFY(found > 0 && found < shown.cases().totalCount());
    answer(u"actionSaveFilter"_s, u"Outages"_s);
    QCOMPARE(filters.filters().size(), 1);
    const QString id = filters.filters().first().id;
    QVERIFY(shown.sidebar().currentIndex() == shown.entries().indexOfFilter(id));
    QCOMPARE(shown.fixture->child<QLabel>("title")->text(), u"Outages"_s);

    search->clear(); // without its words it is not that filter any more
    QVERIFY(shown.sidebar().currentIndex() == shown.entries().indexOfView(CaseFilter::View::All));
    shown.sidebar().setCurrentIndex(shown.entries().indexOfView(CaseFilter::View::Resolved));
    shown.sidebar().setCurrentIndex(shown.entries().indexOfFilter(id));
    QCOMPARE(search->text(), u"503"_s);
    QCOMPARE(shown.cases().rowCount(), found);
    QCOMPARE(shown.fixture->child<QLabel>("title")->text(), u"Outages"_s);

    answer(u"actionRenameFilter"_s, u"Störungen"_s);
    QCOMPARE(filters.find(id)->name, u"Störungen"_s);
    QCOMPARE(shown.fixture->child<QLabel>("title")->text(), u"Störungen"_s);
    QVERIFY(shown.sidebar().currentIndex() == shown.entries().indexOfFilter(id));

    // Del in the sidebar, and back.
    shown.sidebar().setFocus();
    QTest::keyClick(&shown.sidebar(), Qt::Key_Delete);
    QVERIFY(filters.filters().isEmpty());
    QCOMPARE(shown.cases().rowCount(), found); // the list shows what it showed
    toast = shown.dialog<Toast>("toast");
    QVERIFY(toast && toast->text().contains(u"Störungen"_s));
    toast->findChild<QPushButton *>(u"toastButton"_s)->click();
    QCOMPARE(filters.filters().size(), 1);
    QCOMPARE(filters.find(id)->name, u"Störungen"_s);

    // A filter of the same name is replaced, and that can be undone.
    const QByteArray before = filters.find(id)->filter;
    search->clear();
    answer(u"actionSaveFilter"_s, u"Störungen"_s);
    QCOMPARE(filters.filters().size(), 1);
    QVERIFY(filters.find(id)->filter != before);
    toast->findChild<QPushButton *>(u"toastButton"_s)->click();
    QCOMPARE(filters.find(id)->filter, before);

    shown.open();
    QTRY_COMPARE(shown.fixture->workspace().filters().filters().size(), 1);
}

void TestLocalMarks::theLastUseOfATagLeavesTheListAlone()
{
    Shown shown;
    const CaseKey key = shown.cases().keyAt(0);
    shown.marks().changeTags({key}, {u"one"_s}, {});
    shown.marks().changeTags({shown.cases().keyAt(1)}, {u"two"_s}, {});
    QCoreApplication::processEvents();
    shown.sidebar().setCurrentIndex(shown.entries().indexOfTag(u"one"_s));
    QCOMPARE(shown.cases().rowCount(), 1);
    shown.marks().changeTags({key}, {}, {u"one"_s});
    QTRY_COMPARE(shown.cases().rowCount(), 0);
    QCOMPARE(shown.cases().filter().tag, u"one"_s); // nobody chose its neighbour
    shown.sidebar().setCurrentIndex(shown.entries().indexOfTag(u"two"_s));
    QCOMPARE(shown.cases().rowCount(), 1);
    shown.sidebar().setCurrentIndex(shown.entries().indexOfView(CaseFilter::View::All));
    QCOMPARE(shown.cases().rowCount(), shown.cases().totalCount());
}

void TestLocalMarks::whatWasChosenIsChosenAfterARestart()
{
    Shown shown;
    shown.marks().changeTags({shown.cases().keyAt(0), shown.cases().keyAt(2)}, {u"audit"_s}, {});
    QTRY_VERIFY(shown.entries().indexOfTag(u"audit"_s).isValid());
    shown.sidebar().setCurrentIndex(shown.entries().indexOfTag(u"audit"_s));
    QCOMPARE(shown.cases().rowCount(), 2);
    shown.open();
    QTRY_COMPARE(shown.cases().filter().tag, u"audit"_s);
    QCOMPARE(shown.cases().rowCount(), 2);
    QVERIFY(shown.sidebar().currentIndex() == shown.entries().indexOfTag(u"audit"_s));

    CaseFilter filter;
    filter.words = u"503"_s;
    SavedFilters &filters = shown.fixture->workspace().filters();
    const QString id = filters.add(u"Outages"_s, filterToJson(filter, shown.fixture->workspace().accountRecords()));
    shown.sidebar().setCurrentIndex(shown.entries().indexOfFilter(id));
    QCOMPARE(shown.cases().filter().words, u"503"_s);
    shown.open();
    QTRY_COMPARE(shown.cases().filter().words, u"503"_s);
    QCOMPARE(shown.fixture->child<QLabel>("title")->text(), u"Outages"_s);
    shown.sidebar().setCurrentIndex(shown.entries().indexOfView(CaseFilter::View::All));
    shown.fixture->child<QLineEdit>("searchField")->clear();
    shown.open();
    QCOMPARE(shown.cases().rowCount(), shown.cases().totalCount());
}

void TestLocalMarks::marksOfAnotherProgramAppear()
{
    Shown shown;
    const CaseKey key = shown.cases().keyAt(0);
    Archive other;
    bool opened = false;
    other.open(shown.folder.filePath(u"archive.sqlite"_s), &other,
               [&opened](const Result<void> &done) { opened = bool(done); });
    QTRY_VERIFY(opened);
    CaseMarks marks(other);
    marks.load();
    QTRY_VERIFY(marks.isLoaded());
    marks.setStarred({key}, true);
    marks.changeTags({key}, {u"from elsewhere"_s}, {});
    QSignalSpy stored(&marks, &CaseMarks::loaded);
    marks.load(); // behind what was written
    QVERIFY(stored.wait());
    QVERIFY(!shown.markAt(0).starred);
    shown.fixture->workspace().lookForForeignChanges();
    QTRY_VERIFY(shown.marks().of(key).starred);
    QVERIFY(shown.entries().indexOfTag(u"from elsewhere"_s).isValid());
    QSignalSpy again(&shown.marks(), &CaseMarks::loaded);
    shown.fixture->workspace().lookForForeignChanges(); // nothing came since: nothing is read
    bool asked = false;
    shown.fixture->archive().loadAccounts(&other, [&asked](const auto &) { asked = true; });
    QTRY_VERIFY(asked);
    QCoreApplication::processEvents();
    QCOMPARE(again.size(), 0);
}

void TestLocalMarks::aCaseThatIsGoneIsNotTheCurrentOne()
{
    Shown shown;
    shown.choose(0);
    QTRY_VERIFY(shown.fixture->child<QAction>("actionStar")->isEnabled());
    QSignalSpy failed(&shown.fixture->workspace(), &Workspace::failed);
    QSignalSpy changed(&shown.marks(), &CaseMarks::changed);
    QVERIFY(shown.fixture->window().conversation().key().isValid());
    shown.fixture->sessions().leaveAll();
    QTRY_VERIFY(!shown.fixture->child<QAction>("actionReply")->isEnabled());
    for (const char *name : {"actionStar", "actionMute", "actionTags", "actionNote", "actionExport", "actionCopyJson"})
        QTRY_VERIFY2(!shown.fixture->child<QAction>(name)->isEnabled(), name);
    shown.fixture->child<QAction>("actionStar")->setEnabled(true); // a key may be quicker than what greys it
    shown.fixture->child<QAction>("actionStar")->trigger();
    QVERIFY(changed.isEmpty());
    QVERIFY(failed.isEmpty());
}

QTEST_MAIN(TestLocalMarks)
#include "tst_localmarks.moc"
