#include "ui/gotodialog.h"
#include "windowfixture.h"

#include "models/roles.h"
#include "ui/advisoractions.h"
#include "ui/advisordetail.h"
#include "ui/advisorpage.h"
#include "ui/advisorwork.h"
#include "ui/searchpage.h"

#include <QAction>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace casement;
using namespace Qt::StringLiterals;

class TestGoToDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void anIdComesFirst();
    void enterShowsTheCaseThatTheListHides();
    void arrowsMoveWhileOneTypes();
    void whatFitsNowhereIsSearchedInAllMessages();
    void checksAreFoundByTheirNames();
    void itStaysWithinItsWindow();
    void eachRowHasBothLines();

private:
    GoToDialog *open();
    QListWidget *list() { return m_fixture->child<QListWidget>("goToCases"); }
    QLineEdit *field() { return m_fixture->child<QLineEdit>("goToField"); }

    QTemporaryDir m_folder;
    test::DemoFixture m_demo;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestGoToDialog::initTestCase()
{
    m_fixture = std::make_unique<test::WindowFixture>(m_folder.path(), &m_demo);
    m_fixture->openAccounts(2);
    QVERIFY(m_fixture->waitUntilFilled());
}

GoToDialog *TestGoToDialog::open()
{
    m_fixture->child<QAction>("actionGoTo")->trigger();
    return m_fixture->child<GoToDialog>("goToDialog");
}

void TestGoToDialog::anIdComesFirst()
{
    CaseRecords all;
    m_fixture->cases().forEach([&all](const CaseRecord &record) { all.push_back(record); });
    for (const CaseRecord &record : all) {
        const CaseRecords byDisplayId = GoToDialog::find(m_fixture->cases(), record.displayId.toString());
        QVERIFY(!byDisplayId.empty() && byDisplayId.front().displayId == record.displayId);
        const CaseRecords byCaseId = GoToDialog::find(m_fixture->cases(), u" "_s + record.caseId.toString());
        QVERIFY(!byCaseId.empty() && byCaseId.front().caseId == record.caseId);
    }
    const CaseRecords newest = GoToDialog::find(m_fixture->cases(), {});
    QCOMPARE(newest.size(), std::min(all.size(), size_t(GoToDialog::most)));
    QVERIFY(std::is_sorted(newest.begin(), newest.end(),
                           [](const CaseRecord &a, const CaseRecord &b) { return a.updated > b.updated; }));
}

void TestGoToDialog::enterShowsTheCaseThatTheListHides()
{
    CaseFilter filter;
    filter.view = CaseFilter::View::NeedsReply;
    m_fixture->cases().setFilter(filter);
    CaseRecord wanted;
    m_fixture->cases().forEach([&wanted](const CaseRecord &record) {
        if (record.status == "resolved")
            wanted = record;
    });
    QVERIFY(!wanted.caseId.view().empty());
    QPointer<GoToDialog> dialog = open();
    QVERIFY(dialog);
    QTest::keyClicks(field(), wanted.displayId.toString());
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(m_fixture->window().conversation().key(), (CaseKey{wanted.account, wanted.caseId.toString()}));
    QTRY_VERIFY(!dialog);
}

void TestGoToDialog::arrowsMoveWhileOneTypes()
{
    QPointer<GoToDialog> dialog = open();
    QSignalSpy chosen(dialog, &GoToDialog::caseChosen);
    QVERIFY(list()->count() > 3);
    QCOMPARE(list()->currentRow(), 0);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Up);
    QCOMPARE(list()->currentRow(), 1);
    const CaseKey second = list()->item(1)->data(KeyRole).value<CaseKey>();
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).value<CaseKey>(), second);
    QTRY_VERIFY(!dialog);
}

void TestGoToDialog::whatFitsNowhereIsSearchedInAllMessages()
{
    QPointer<GoToDialog> dialog = open();
    QTest::keyClicks(field(), u"zzqx"_s);
    QVERIFY(list()->isHidden());
    QVERIFY(!m_fixture->child<QLabel>("goToNothing")->isHidden());
    QTest::keyClick(field(), Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_fixture->window().searchField().text(), u"zzqx"_s);
    QTRY_VERIFY(m_fixture->window().searchPage().isReady());
    QVERIFY(m_fixture->window().searchPage().isVisible());
}

void TestGoToDialog::checksAreFoundByTheirNames()
{
    QList<AccountId> accounts;
    for (const AccountRecord &record : m_fixture->workspace().accountRecords())
        accounts.append(record.id);
    AdvisorActions &advisor = m_fixture->window().advisor();
    advisor.work().load(accounts);
    QTRY_VERIFY_WITH_TIMEOUT(!advisor.work().isLoading(accounts), 30'000);
    std::optional<AdvisorCheckRecord> wanted;
    advisor.work().archive().loadChecks(accounts.last(), u"en"_s, this, [&](const auto &checks) {
        if (checks && !checks->isEmpty())
            wanted = checks->last();
    });
    QTRY_VERIFY(wanted);
    QPointer<GoToDialog> dialog = open();
    QSignalSpy chosen(dialog, &GoToDialog::checkChosen);
    const auto rowOf = [&](AccountId account) {
        const QString name = m_fixture->workspace().accountName(account);
        for (int row = 0; row < list()->count(); ++row) {
            const QString text = list()->item(row)->text();
            if (text.startsWith(wanted->name + u'\n') && text.contains(name))
                return row;
        }
        return -1;
    };
    QTest::keyClicks(field(), wanted->name.toUpper());
    QTRY_VERIFY(rowOf(wanted->account) >= 0); // of both accounts, and before the cases
    QVERIFY(rowOf(wanted->account) < 2 && rowOf(accounts.first()) < 2);
    list()->setCurrentRow(rowOf(wanted->account));
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QVERIFY(advisor.isShown());
    QTRY_COMPARE(advisor.page().detail().checkId(), wanted->checkId);
    QCOMPARE(advisor.page().detail().account(), wanted->account);
    QTRY_VERIFY(!dialog);
    m_fixture->child<QAction>("actionCases")->trigger();
}

void TestGoToDialog::itStaysWithinItsWindow()
{
    const QSize before = m_fixture->window().size();
    m_fixture->window().resize(640, 480);
    QTRY_VERIFY(m_fixture->window().width() <= 760);
    GoToDialog *dialog = open();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    QVERIFY(dialog->width() < m_fixture->window().width());
    QVERIFY(dialog->height() < m_fixture->window().height());
    dialog->close();
    m_fixture->window().resize(before);
}

/// Also those in scripts whose letters are higher or wider than Latin ones.
void TestGoToDialog::eachRowHasBothLines()
{
    GoToDialog *dialog = open();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    const QString wide = QString(200, u'漢');
    list()->insertItem(0, u"東京リージョンにおける Graviton4 インスタンスの対応予定\n1234 · 本番環境 · 未割り当て"_s);
    list()->insertItem(1, u"Latin alone\n1234 · Production · Opened"_s);
    list()->insertItem(2, wide + u'\n' + wide);
    list()->setCurrentRow(-1);
    list()->scrollToTop();
    const QImage picture = list()->viewport()->grab().toImage();
    QList<int> heights;
    for (int row = 0; row < 3; ++row) {
        const QRect place = list()->visualItemRect(list()->item(row));
        heights.append(place.height());
        for (const int half : {0, 1}) {
            const QRect line(place.left(), place.top() + half * place.height() / 2 + 1, place.width() / 2,
                             place.height() / 2 - 2);
            QSet<QRgb> colors;
            for (int y = line.top(); y <= line.bottom(); ++y) {
                for (int x = line.left(); x <= line.right(); ++x)
                    colors.insert(picture.pixel(x, y));
            }
            QVERIFY2(colors.size() > 2, qPrintable(u"row %1, line %2"_s.arg(row).arg(half)));
        }
    }
    QCOMPARE(QSet<int>(heights.begin(), heights.end()).size(), 1);
    dialog->close();
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestGoToDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_gotodialog.moc"
