#include "ui/toast.h"
#include "windowfixture.h"

#include "support/cases.h"
#include "ui/advisoractions.h"
#include "ui/caseactions.h"
#include "ui/composer.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// Notices stand in a bar of their own: they cover nothing.
class TestToast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void itCoversNothing_data();
    void itCoversNothing();
    void theChosenRowStaysInSight();
    void itIsAsHighAsItsWords();
    void noOutcomeNamesNothing();

private:
    Toast &toast() { return m_fixture->window().caseActions().toast(); }
    QRect inWindow(const QWidget &widget) const
    {
        return {widget.mapTo(&m_fixture->window(), QPoint()), widget.size()};
    }
    QRect row() const
    {
        const CaseTable &table = m_fixture->table();
        QRect row = table.visualRect(table.currentIndex());
        row.setLeft(0);
        row.setRight(table.viewport()->width());
        return row.translated(table.viewport()->mapTo(&m_fixture->window(), QPoint()));
    }

    QTemporaryDir m_folder;
    test::DemoFixture m_demo;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestToast::initTestCase()
{
    m_fixture = std::make_unique<test::WindowFixture>(m_folder.path(), &m_demo);
    m_fixture->openAccounts(2);
    QVERIFY(m_fixture->waitUntilFilled());
}

void TestToast::itCoversNothing_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("buttons");
    const QString text = u"“A subject of some length, as people write them”: the reply was sent."_s;
    for (const QSize size : {QSize(640, 430), QSize(1024, 700), QSize(1920, 1000)}) {
        for (const int buttons : {0, 1, 2}) {
            QTest::addRow("%d pixels, %d buttons", size.width(), buttons)
                << size << text << QStringList{u"&Open"_s, u"Show in &Folder"_s}.mid(0, buttons);
        }
        QTest::addRow("%d pixels, a long text", size.width())
            << size << (text + u' ').repeated(4) << QStringList{u"&Undo"_s};
    }
}

void TestToast::itCoversNothing()
{
    QFETCH(const QSize, size);
    QFETCH(const QString, text);
    QFETCH(const QStringList, buttons);
    MainWindow &window = m_fixture->window();
    window.resize(size);
    QTRY_COMPARE(window.size(), size);
    QVERIFY(window.conversation().isVisible() && window.conversation().composer().isVisible());
    toast().show(text, {buttons.value(0), {}}, {buttons.value(1), {}});
    const auto *panes = m_fixture->child<QStackedWidget>("pages");
    const QWidget &bar = *m_fixture->child<QStatusBar>("statusBar");
    QTRY_COMPARE(inWindow(toast()).top(), inWindow(*panes).bottom() + 1);
    QTRY_COMPARE(inWindow(toast()).bottom() + 1, inWindow(bar).top());
    QCOMPARE(toast().width(), window.width());
    QCOMPARE(window.size(), size);
    QVERIFY(panes->height() >= panes->minimumSizeHint().height());
    for (const QWidget *part : {static_cast<QWidget *>(&m_fixture->table()), m_fixture->child<QWidget>("sidebar"),
                                static_cast<QWidget *>(&window.conversation().composer())})
        QVERIFY2(!inWindow(toast()).intersects(inWindow(*part)), qPrintable(part->objectName()));
    // And it is whole.
    const auto *words = toast().findChild<QLabel *>(u"toastText"_s);
    QVERIFY2(words->height() >= words->heightForWidth(words->width()) || words->height() >= words->sizeHint().height(),
             qPrintable(QString::number(words->height())));
    for (const char *name : {"toastButton", "toastSecondButton"}) {
        const auto *button = toast().findChild<QPushButton *>(QString::fromLatin1(name));
        if (button->isVisible()) {
            QVERIFY(button->width() >= button->sizeHint().width());
            QVERIFY(toast().rect().contains(QRect(button->mapTo(&toast(), QPoint()), button->size())));
        }
    }
    toast().hide();
}

/// The lowest row in sight is chosen when the notice comes, in the list and in the sidebar.
void TestToast::theChosenRowStaysInSight()
{
    m_fixture->window().resize(1024, 700);
    CaseTable &table = m_fixture->table();
    table.setCurrentIndex(m_fixture->cases().index(0, 0));
    table.scrollToTop();
    QTRY_VERIFY(table.height() > 400);
    const int high = table.viewport()->height();
    const int lowest = table.rowAt(table.viewport()->height() - 1) - 1;
    QVERIFY(lowest > 4 && lowest < m_fixture->cases().rowCount() - 1);
    table.setCurrentIndex(m_fixture->cases().index(lowest, 0));
    QCOMPARE(table.verticalScrollBar()->value(), 0);
    const QRect before = row();
    toast().show(u"First line\nSecond line\nThird line\nFourth line"_s);
    QVERIFY(before.bottom() > inWindow(toast()).top());
    const QRect after = row();
    QVERIFY(after.height() == before.height() && after.bottom() < inWindow(toast()).top());
    QVERIFY(inWindow(*table.viewport()).contains(after.adjusted(0, 0, -1, 0)));
    toast().hide();
    // What somebody scrolled away from stays where it is.
    QTRY_COMPARE(table.viewport()->height(), high);
    table.setCurrentIndex(m_fixture->cases().index(0, 0));
    table.scrollToBottom();
    const int where = table.verticalScrollBar()->value();
    QVERIFY(where > 0);
    toast().show(u"A notice"_s);
    QCOMPARE(table.verticalScrollBar()->value(), where);
    toast().hide();
}

void TestToast::itIsAsHighAsItsWords()
{
    m_fixture->window().resize(1200, 700);
    QTRY_COMPARE(m_fixture->window().width(), 1200);
    toast().show(u"A sentence."_s, u"&Undo"_s);
    const int line = toast().height();
    QVERIFY(line < 2 * toast().findChild<QPushButton *>(u"toastButton"_s)->sizeHint().height());
    toast().show(u"A sentence that is as long as people write them. "_s.repeated(5), u"&Undo"_s);
    QTRY_VERIFY(toast().height() > line);
    const int high = toast().height();
    m_fixture->window().resize(760, 600);
    QTRY_VERIFY(toast().height() > high);
    m_fixture->window().resize(1200, 700);
    QTRY_COMPARE(toast().height(), high);
    toast().show(u"A sentence."_s, u"&Undo"_s);
    QTRY_COMPARE(toast().height(), line);
    toast().hide();
}

/// Of a case whose subject is not known yet, or is none.
void TestToast::noOutcomeNamesNothing()
{
    const AccountId account = m_fixture->workspace().accountRecords().first().id;
    for (const char *operation : {AddCommunicationToCase::name, ResolveCase::name, CreateCase::name}) {
        for (const OutboxState state : {OutboxState::Done, OutboxState::Unknown}) {
            OutboxEntry entry = Outbox::newEntry(account, operation, u"case-that-nobody-knows"_s);
            entry.state = state;
            m_fixture->window().showOutcome(entry, {}, {});
            const QString text = toast().text();
            QVERIFY2(!text.isEmpty() && !text.contains(u"“”"_s) && !text.startsWith(u':'), qPrintable(text));
            QCOMPARE(toast().isKept(), state != OutboxState::Done); // what did not work is read when there is time
            toast().hide();
        }
    }
}

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
