#include "ui/toast.h"
#include "windowfixture.h"

#include "ui/advisoractions.h"
#include "ui/caseactions.h"
#include "ui/composer.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// Notices stand where they cover nothing that one reads, writes or has chosen.
class TestToast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void theConversationAndTheReplyStayClear_data();
    void theConversationAndTheReplyStayClear();
    void theChosenRowStaysClear();
    void itTakesTheRoomThatThereIs();

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

void TestToast::theConversationAndTheReplyStayClear_data()
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

void TestToast::theConversationAndTheReplyStayClear()
{
    QFETCH(const QSize, size);
    QFETCH(const QString, text);
    QFETCH(const QStringList, buttons);
    MainWindow &window = m_fixture->window();
    window.resize(size);
    QTRY_COMPARE(window.size(), size);
    const QWidget &page = window.conversation();
    QVERIFY(page.isVisible() && window.conversation().composer().isVisible());
    toast().show(text, {buttons.value(0), {}}, {buttons.value(1), {}});
    QTRY_VERIFY(!toast().geometry().intersects(inWindow(page)));
    QTRY_VERIFY(!toast().geometry().intersects(row()));
    QVERIFY(inWindow(*window.centralWidget()).contains(toast().geometry()));
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

/// Also while one walks through the list below it.
void TestToast::theChosenRowStaysClear()
{
    m_fixture->window().resize(1024, 700);
    CaseTable &table = m_fixture->table();
    table.setCurrentIndex(m_fixture->cases().index(0, 0));
    toast().show(u"A notice that is so long that it stands below the list, too, and not the sidebar alone."_s);
    const QRect usual = toast().geometry();
    QVERIFY(usual.top() > m_fixture->window().height() / 2);
    bool moved = false;
    for (int number = 0; number < m_fixture->cases().rowCount() && number < 60; ++number) {
        table.moveCurrent(1);
        QTRY_VERIFY(!toast().geometry().intersects(row()));
        moved = moved || toast().geometry() != usual;
    }
    QVERIFY(moved);
    table.setCurrentIndex(m_fixture->cases().index(0, 0));
    QTRY_COMPARE(toast().geometry(), usual);
    toast().hide();
}

/// Where no conversation stands all of the width is there.
void TestToast::itTakesTheRoomThatThereIs()
{
    m_fixture->window().resize(1200, 700);
    const QString text =
        u"A sentence that is longer than the list is wide, but not than the window. "_s + u"And more."_s;
    toast().show(text);
    const QRect beside = toast().geometry();
    m_fixture->child<QAction>("actionDrafts")->trigger();
    QTRY_VERIFY(m_fixture->child<QStackedWidget>("readingStack")->isHidden());
    QTRY_VERIFY(toast().height() <= beside.height() && toast().width() >= beside.width());
    m_fixture->child<QAction>("actionCases")->trigger();
    QTRY_COMPARE(toast().geometry(), beside);
    toast().hide();
}

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
