#include "base/wordslocale.h"
#include "models/names.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/plaintext.h"
#include "ui/statepage.h"
#include "windowfixture.h"

#include <QAction>
#include <QFontInfo>
#include <QHeaderView>
#include <QLabel>
#include <QMap>
#include <QMenu>
#include <QProxyStyle>
#include <QScrollBar>
#include <QSet>
#include <QStyleOptionHeader>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// The columns stand side by side, without holes, up to the edge of the view.
bool isClosed(const CaseTable &table)
{
    const QHeaderView &header = *table.horizontalHeader();
    int x = 0;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int section = header.logicalIndex(visual);
        if (header.isSectionHidden(section))
            continue;
        if (header.sectionViewportPosition(section) != x || header.sectionSize(section) < 16)
            return false;
        x += header.sectionSize(section);
    }
    return x <= table.viewport()->width() && table.viewport()->width() - x < 4;
}

/// How wide the titles of a header were drawn.
class LabelWatch final : public QProxyStyle
{
public:
    LabelWatch() : QProxyStyle(new FlatStyle) { }

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
            header && element == CE_HeaderLabel && !header->text.isEmpty())
            room.insert(header->text, header->rect.width());
        QProxyStyle::drawControl(element, option, painter, widget);
    }

    mutable QMap<QString, int> room;
};

QAction *entry(const QMenu &menu, const QString &text)
{
    const auto actions = menu.actions();
    for (QAction *action : actions) {
        if (withoutMnemonic(action->text()) == text)
            return action;
    }
    return nullptr;
}

} // namespace

/// Columns of the case list: which, how wide, in which order.
class TestCaseList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aHiddenColumnLeavesNoHole_data();
    void aHiddenColumnLeavesNoHole();
    void aDraggedColumnKeepsItsWidth();
    void theAccountIsAlwaysInWords();
    void theMenuTellsWhatStands();
    void menusHaveKeysAsTheLanguageWritesThem();
    void theRowsMenuHasWhatTheMenuBarHas();
    void foldedColumnsComeBackAfterARestart();
    void oppositeStatusesDiffer_data();
    void oppositeStatusesDiffer();
    void theSubjectHasTheMostRoom_data();
    void theSubjectHasTheMostRoom();
    void noHeadingIsCut();
    void sortingNeedsNoMouse();
    void theOneChosenRowIsShown();
    void homeAndEndGoToRows();
    void eachViewComesBackToItsCase();
    void datesFollowTheLanguageFromTheStart_data();
    void datesFollowTheLanguageFromTheStart();
    void onlyWithoutAConnectionItIsOffline_data();
    void onlyWithoutAConnectionItIsOffline();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCaseList::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestCaseList::aHiddenColumnLeavesNoHole_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("section");
    for (const int width : {1024, 1280, 1800}) {
        QTest::addRow("status at %d", width) << width << int(CaseListModel::Status);
        QTest::addRow("severity at %d", width) << width << int(CaseListModel::Severity);
        QTest::addRow("updated at %d", width) << width << int(CaseListModel::Updated);
        QTest::addRow("account at %d", width) << width << int(CaseListModel::Account);
    }
}

void TestCaseList::aHiddenColumnLeavesNoHole()
{
    QFETCH(int, width);
    QFETCH(int, section);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(width, 700);
    CaseTable &table = fixture.table();
    const QHeaderView &header = *table.horizontalHeader();
    QTRY_VERIFY(isClosed(table));
    const QString title = header.model()->headerData(section, Qt::Horizontal).toString();
    const bool stood = !header.isSectionHidden(section);
    QMenu menu;
    const auto toggle = [&] {
        fixture.window().caseList().fillColumnMenu(menu);
        entry(menu, title)->trigger();
        QCoreApplication::processEvents();
    };
    if (!stood)
        toggle();
    QVERIFY(!header.isSectionHidden(section));
    const int before = header.sectionSize(CaseListModel::Subject);
    const int status = header.sectionSize(CaseListModel::Status);
    const int hidden = header.hiddenSectionCount();
    toggle();
    QVERIFY(header.isSectionHidden(section));
    QVERIFY(isClosed(table));
    // The room went to the subject, to the longer words of the status, or to a column folded for want of it.
    QVERIFY(header.sectionSize(CaseListModel::Subject) > before || header.sectionSize(CaseListModel::Status) > status
            || header.hiddenSectionCount() <= hidden);
    toggle();
    QVERIFY(!header.isSectionHidden(section));
    QVERIFY(isClosed(table));
    QVERIFY(header.sectionSize(section) >= 40);
}

void TestCaseList::aDraggedColumnKeepsItsWidth()
{
    test::DemoFixture demo;
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        fixture.openAccounts(2);
        QVERIFY(fixture.waitUntilFilled());
        fixture.window().resize(1600, 700);
        QTRY_VERIFY(isClosed(fixture.table()));
        fixture.table().horizontalHeader()->resizeSection(CaseListModel::Severity, 133);
        QTRY_VERIFY(isClosed(fixture.table())); // the subject gave it
        QCOMPARE(fixture.table().horizontalHeader()->sectionSize(CaseListModel::Severity), 133);
        fixture.window().resize(1400, 700);
        QTRY_VERIFY(isClosed(fixture.table()));
        QCOMPARE(fixture.table().horizontalHeader()->sectionSize(CaseListModel::Severity), 133);
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    QTRY_VERIFY(isClosed(fixture.table()));
    QCOMPARE(fixture.table().horizontalHeader()->sectionSize(CaseListModel::Severity), 133);
    fixture.window().caseList().resetColumns();
    QTRY_VERIFY(isClosed(fixture.table()));
    QVERIFY(fixture.table().horizontalHeader()->sectionSize(CaseListModel::Severity) < 133);
}

void TestCaseList::theAccountIsAlwaysInWords()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    CaseTable &table = fixture.table();
    const QHeaderView &header = *table.horizontalHeader();
    for (const int width : {2000, 1024, 2000}) {
        fixture.window().resize(width, 700);
        QTRY_VERIFY(isClosed(table));
        QCOMPARE(header.isSectionHidden(CaseListModel::Account), width == 1024);
        QCOMPARE(table.belowSubject().contains(CaseListModel::Account), width == 1024);
        QCOMPARE(table.rowHeight(0) > 2 * table.fontMetrics().height() + 8, width == 1024);
        table.selectRow(0);
        const QString account = fixture.cases().index(0, CaseListModel::Account).data().toString();
        QVERIFY(table.selectedText().contains(account));
    }
    // Hidden by somebody: then, too, it stands in the row.
    QMenu menu;
    fixture.window().caseList().fillColumnMenu(menu);
    entry(menu, u"Account"_s)->trigger();
    QVERIFY(header.isSectionHidden(CaseListModel::Account));
    QCOMPARE(table.belowSubject(), QList<int>{CaseListModel::Account});
}

void TestCaseList::theMenuTellsWhatStands()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    CaseTable &table = fixture.table();
    for (const int width : {1800, 1024, 820}) {
        fixture.window().resize(width, 700);
        QTRY_VERIFY(isClosed(table));
        QMenu menu;
        fixture.window().caseList().fillColumnMenu(menu);
        const auto actions = menu.actions();
        for (int section = 0; section < actions.size(); ++section)
            QCOMPARE(actions.at(section)->isChecked(), !table.isColumnHidden(section));
    }
    // Asked for, it stays a column, however narrow the list.
    QMenu menu;
    fixture.window().caseList().fillColumnMenu(menu);
    entry(menu, u"Account"_s)->trigger();
    QCoreApplication::processEvents();
    QVERIFY(!table.isColumnHidden(CaseListModel::Account));
    fixture.window().caseList().fillColumnMenu(menu);
    QVERIFY(entry(menu, u"Account"_s)->isChecked());
}

void TestCaseList::menusHaveKeysAsTheLanguageWritesThem()
{
    test::WindowFixture fixture(m_folder->path());
    QMenu menu;
    fixture.window().caseList().fillColumnMenu(menu);
    QSet<QChar> letters;
    int without = 0;
    for (const QAction *action : menu.actions()) {
        QVERIFY2(!action->text().contains(u'('), qPrintable(action->text()));
        const qsizetype at = action->text().indexOf(u'&');
        if (at < 0) {
            ++without;
            continue;
        }
        const QChar letter = action->text().at(at + 1).toLower();
        QVERIFY2(!letters.contains(letter), qPrintable(action->text()));
        letters.insert(letter);
    }
    QVERIFY(menu.actions().size() > 10);
    QVERIFY2(without <= 2, qPrintable(QString::number(without))); // there are hardly more letters than columns
    fixture.language().set(u"ja"_s);
    fixture.window().caseList().fillColumnMenu(menu);
    QVERIFY(menu.actions().constFirst()->text().contains(u"(&"_s));
}

void TestCaseList::theRowsMenuHasWhatTheMenuBarHas()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    Q_EMIT fixture.table().customContextMenuRequested(QPoint(20, 20));
    QMenu *menu = nullptr;
    for (QMenu *one : fixture.window().caseList().findChildren<QMenu *>()) {
        if (one->isVisible())
            menu = one;
    }
    QVERIFY(menu);
    for (const char *name : {"actionCopy", "actionCopyId", "actionCopyLink", "actionCopyMarkdown", "actionCopyJson"})
        QVERIFY2(menu->actions().contains(fixture.child<QAction>(name)), name);
    menu->close();
}

void TestCaseList::foldedColumnsComeBackAfterARestart()
{
    test::DemoFixture demo;
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        fixture.openAccounts(2);
        QVERIFY(fixture.waitUntilFilled());
        fixture.window().resize(820, 700);
        QTRY_VERIFY(fixture.table().isColumnHidden(CaseListModel::Account)
                    && fixture.table().isColumnHidden(CaseListModel::Updated));
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(2000, 700);
    QTRY_VERIFY(!fixture.table().isColumnHidden(CaseListModel::Account)
                && !fixture.table().isColumnHidden(CaseListModel::Updated));
    QVERIFY(fixture.table().isColumnHidden(CaseListModel::Created)); // never shown, never folded
    QTRY_VERIFY(isClosed(fixture.table()));
}

void TestCaseList::oppositeStatusesDiffer_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("ja") << u"ja"_s;
}

void TestCaseList::oppositeStatusesDiffer()
{
    QFETCH(QString, language);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.language().set(language);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(1024, 700);
    CaseTable &table = fixture.table();
    QTRY_VERIFY(isClosed(table));
    QVERIFY(!table.isColumnHidden(CaseListModel::Status));
    QFont bold = table.font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    QSet<QString> seen;
    for (const char *code : {"unassigned", "opened", "work-in-progress", "pending-customer-action",
                             "customer-action-completed", "reopened", "resolved"}) {
        const QString word = Names::status(code);
        QVERIFY2(metrics.horizontalAdvance(word) <= table.columnWidth(CaseListModel::Status) - 16, qPrintable(word));
        seen.insert(word);
    }
    QCOMPARE(seen.size(), 7);
}

void TestCaseList::theSubjectHasTheMostRoom_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("width");
    for (const char *language : {"en", "ja"}) {
        for (const int width : {1024, 1280, 1800})
            QTest::addRow("%s %d", language, width) << QString::fromLatin1(language) << width;
    }
}

void TestCaseList::theSubjectHasTheMostRoom()
{
    QFETCH(QString, language);
    QFETCH(int, width);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.language().set(language);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(width, 700);
    CaseTable &table = fixture.table();
    QTRY_VERIFY(isClosed(table));
    const int subject = table.columnWidth(CaseListModel::Subject);
    for (const int section : {int(CaseListModel::Severity), int(CaseListModel::Status), int(CaseListModel::Account),
                              int(CaseListModel::Updated)})
        QVERIFY2(table.columnWidth(section) < subject, qPrintable(QString::number(section)));
    QVERIFY(subject > QFontInfo(table.font()).pixelSize() * 11);
    // As wide as its pill or its title, not more.
    const int pill = table.fontMetrics().horizontalAdvance(Names::severity("critical")) + 18;
    const int title = table.fontMetrics().horizontalAdvance(
        fixture.cases().headerData(CaseListModel::Severity, Qt::Horizontal).toString());
    QVERIFY(table.columnWidth(CaseListModel::Severity) <= qMax(pill, title) + 24);
}

// Nor the title of the sorted column beside its arrow.
void TestCaseList::noHeadingIsCut()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(1280, 700);
    CaseTable &table = fixture.table();
    QTRY_VERIFY(isClosed(table) && !table.isColumnHidden(CaseListModel::Updated));
    QHeaderView *header = table.horizontalHeader();
    LabelWatch watch;
    header->setStyle(&watch);
    header->grab();
    header->setStyle(nullptr);
    QVERIFY(watch.room.contains(u"Severity"_s) && watch.room.contains(u"Updated"_s));
    for (auto label = watch.room.cbegin(); label != watch.room.cend(); ++label)
        QVERIFY2(header->fontMetrics().horizontalAdvance(label.key()) <= label.value(), qPrintable(label.key()));
}

void TestCaseList::theOneChosenRowIsShown()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    QTableView &table = fixture.table();
    const auto key = [&](int row) { return fixture.cases().keyAt(row); };
    const auto select = [&](int row, QItemSelectionModel::SelectionFlags how) {
        table.selectionModel()->select(table.model()->index(row, 0), how | QItemSelectionModel::Rows);
    };
    table.setCurrentIndex(table.model()->index(0, 0));
    select(2, QItemSelectionModel::ClearAndSelect); // as a screen reader does
    QTRY_COMPARE(table.currentIndex().row(), 2);
    QTRY_COMPARE(fixture.window().conversation().key(), key(2));
    select(0, QItemSelectionModel::Select);
    table.selectionModel()->setCurrentIndex(table.model()->index(2, 0), QItemSelectionModel::NoUpdate);
    select(2, QItemSelectionModel::Deselect); // as Ctrl and a click do
    QTRY_COMPARE(table.currentIndex().row(), 0);
    QTRY_COMPARE(fixture.window().conversation().key(), key(0));
}

void TestCaseList::sortingNeedsNoMouse()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    QMenu menu;
    fixture.window().caseList().fillSortMenu(menu);
    QVERIFY(entry(menu, u"Updated"_s)->isChecked());
    QVERIFY(entry(menu, u"Descending"_s)->isChecked());
    entry(menu, u"Subject"_s)->trigger();
    QCOMPARE(fixture.cases().sortColumn(), int(CaseListModel::Subject));
    QCOMPARE(fixture.cases().sortOrder(), Qt::AscendingOrder);
    QCOMPARE(fixture.table().horizontalHeader()->sortIndicatorSection(), int(CaseListModel::Subject));
    fixture.window().caseList().fillSortMenu(menu);
    QVERIFY(entry(menu, u"Subject"_s)->isChecked());
    QVERIFY(entry(menu, u"Ascending"_s)->isChecked());
    entry(menu, u"Descending"_s)->trigger();
    QCOMPARE(fixture.cases().sortOrder(), Qt::DescendingOrder);
    entry(menu, u"Created"_s)->trigger(); // the newest first, as a click would; also a column that is not shown
    QCOMPARE(fixture.cases().sortColumn(), int(CaseListModel::Created));
    QCOMPARE(fixture.cases().sortOrder(), Qt::DescendingOrder);
}

// From wherever the columns are scrolled to, and with Shift for all in between.
void TestCaseList::homeAndEndGoToRows()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(1024, 420);
    CaseTable &table = fixture.table();
    table.setFocus();
    const int last = fixture.cases().rowCount() - 1;
    QVERIFY(last > 20);
    const auto page = [&table] { return table.viewport()->height() / table.rowHeight(0); };
    table.setCurrentIndex(fixture.cases().index(5, CaseListModel::Subject));
    QTest::keyClick(&table, Qt::Key_End);
    QCOMPARE(table.currentIndex().row(), last);
    QCOMPARE(table.currentIndex().column(), int(CaseListModel::Subject));
    QVERIFY(table.viewport()->rect().intersects(table.visualRect(table.currentIndex())));
    QTRY_COMPARE(fixture.window().conversation().key(), fixture.cases().keyAt(last));
    QTest::keyClick(&table, Qt::Key_PageUp);
    QVERIFY(page() >= 2);
    QVERIFY2(table.currentIndex().row() < last && table.currentIndex().row() >= last - page() - 1,
             qPrintable(QString::number(table.currentIndex().row())));
    QTest::keyClick(&table, Qt::Key_Home);
    QCOMPARE(table.currentIndex().row(), 0);
    QCOMPARE(fixture.window().caseList().selectedCases().size(), 1);
    QTest::keyClick(&table, Qt::Key_PageDown);
    const int below = table.currentIndex().row();
    QVERIFY(below >= 1 && below <= page() + 1);
    QTest::keyClick(&table, Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(fixture.window().caseList().selectedCases().size(), last - below + 1);
    QTest::keyClick(&table, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(table.currentIndex().row(), 0);
}

// Over a restart, too; and a view where nothing was read leaves what is open.
void TestCaseList::eachViewComesBackToItsCase()
{
    using View = CaseFilter::View;
    test::DemoFixture demo;
    const QString archive = m_folder->filePath(u"archive.sqlite"_s);
    CaseKey inAll;
    CaseKey inResolved;
    const auto show = [](test::WindowFixture &fixture, View view) {
        auto *sidebar = fixture.child<QTreeView>("sidebar");
        const auto *entries = qobject_cast<SidebarModel *>(sidebar->model());
        sidebar->setCurrentIndex(entries->indexOfView(view));
    };
    const auto isOpen = [](test::WindowFixture &fixture, const CaseKey &key) {
        return QTest::qWaitFor([&] {
            return fixture.window().conversation().key() == key && fixture.window().caseList().currentCase() == key;
        });
    };
    {
        test::WindowFixture fixture(m_folder->path(), &demo, archive);
        fixture.openAccounts(2);
        QVERIFY(fixture.waitUntilFilled());
        show(fixture, View::All);
        inAll = fixture.cases().keyAt(3);
        fixture.table().setCurrentIndex(fixture.cases().index(3, CaseListModel::Subject));
        QVERIFY(isOpen(fixture, inAll));
        show(fixture, View::Resolved);
        QVERIFY(
            isOpen(fixture, fixture.cases().keyAt(0))); // nothing was read there yet, and the other one is not in it
        inResolved = fixture.cases().keyAt(2);
        QVERIFY(inResolved != inAll);
        fixture.table().setCurrentIndex(fixture.cases().index(2, CaseListModel::Subject));
        QVERIFY(isOpen(fixture, inResolved));
        show(fixture, View::All);
        QVERIFY(isOpen(fixture, inAll));
        QCOMPARE(fixture.table().currentIndex().row(), fixture.cases().rowOfCase(inAll));
        show(fixture, View::Resolved);
        QVERIFY(isOpen(fixture, inResolved));
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo, archive);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    QVERIFY(isOpen(fixture, inResolved));
    show(fixture, View::All);
    QVERIFY(isOpen(fixture, inAll));
}

void TestCaseList::datesFollowTheLanguageFromTheStart_data()
{
    QTest::addColumn<QString>("desktop");
    QTest::addColumn<QString>("language");
    QTest::newRow("Japanese on an English desktop") << u"en_US"_s << u"ja"_s;
    QTest::newRow("English on a Japanese desktop") << u"ja_JP"_s << u"en"_s;
}

void TestCaseList::datesFollowTheLanguageFromTheStart()
{
    QFETCH(QString, desktop);
    QFETCH(QString, language);
    QLocale::setDefault(QLocale(desktop));
    const AccountModel accounts;
    const CaseListModel cases(accounts); // made before the language is known, as the program does
    InterfaceLanguage interface;
    interface.set(language);
    QCOMPARE(cases.context().locale, QLocale());
    QCOMPARE(QLocale(), InterfaceLanguage::regionFor(QLocale::system(), language));
    QCOMPARE(wordsLocale().language(), QLocale(language).language());
}

void TestCaseList::onlyWithoutAConnectionItIsOffline_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("title");
    QTest::newRow("the service fails") << u"500"_s << u"The cases could not be loaded"_s;
    QTest::newRow("the page of a proxy") << u"html"_s << u"The cases could not be loaded"_s;
    QTest::newRow("no connection stays") << u"drop"_s << u"Offline"_s;
}

void TestCaseList::onlyWithoutAConnectionItIsOffline()
{
    QFETCH(const QString, fault);
    QFETCH(const QString, title);
    test::DemoFixture demo;
    demo.setFaults(fault);
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    const auto *page = fixture.window().caseList().findChild<StatePage *>(u"state"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page->isVisible() && page->title() == title, 60'000);
    const auto *status = fixture.child<QLabel>("statusAccounts");
    QTRY_COMPARE(status->text().contains(u"offline"_s), title == "Offline"_L1);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestCaseList test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_caselist.moc"
