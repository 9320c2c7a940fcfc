#include "app/commandline.h"
#include "app/startwish.h"
#include "ui/caseactions.h"
#include "ui/newcasewindow.h"
#include "ui/toast.h"
#include "ui/windowfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestStartWish : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aLinkOpensItsCaseOnceCasesAreThere();
    void aLinkToAnUnknownCaseSaysSo();
    void aSearchIsTold();
    void aNewCaseAndARefresh();
    void withoutAnAccountNothingIsGranted();

private:
    void make(const QStringList &arguments)
    {
        const CommandLine line = CommandLine::parse(arguments);
        QCOMPARE(line.error, QString());
        StartWish::make(line, m_fixture->window(), m_fixture->workspace());
    }
    bool isWaiting() { return m_fixture->window().findChild<StartWish *>(); }
    static QList<NewCaseWindow *> newCases()
    {
        QList<NewCaseWindow *> found;
        const auto all = QApplication::topLevelWidgets();
        for (QWidget *widget : all) {
            if (auto *window = qobject_cast<NewCaseWindow *>(widget); window && window->isVisible())
                found.append(window);
        }
        return found;
    }

    QTemporaryDir m_folder;
    test::DemoFixture m_demo;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestStartWish::init() { m_fixture = std::make_unique<test::WindowFixture>(m_folder.path(), &m_demo); }

void TestStartWish::cleanup() { m_fixture.reset(); }

void TestStartWish::aLinkOpensItsCaseOnceCasesAreThere()
{
    m_fixture->openAccounts(2);
    QVERIFY(m_fixture->waitUntilFilled());
    CaseRecord wanted; // the last one is not what the window chose by itself
    m_fixture->cases().forEach([&wanted](const CaseRecord &record) { wanted = record; });
    const QString id = wanted.displayId.toString();
    const CaseKey key{.account = wanted.account, .caseId = wanted.caseId.toString()};
    m_fixture.reset();

    init();
    make({u"casement://case/"_s + id});
    m_fixture->openAccounts(2);
    QVERIFY(isWaiting());
    QTRY_VERIFY_WITH_TIMEOUT(!isWaiting(), 20'000);
    QVERIFY(m_fixture->window().shownConversation());
    QCOMPARE(m_fixture->window().conversation().key().caseId, key.caseId);
    // The service's own id does as well, in a window that runs.
    make({u"casement:case/"_s + key.caseId});
    QTRY_VERIFY(!isWaiting());
    QCOMPARE(m_fixture->window().conversation().key().caseId, key.caseId);
}

void TestStartWish::aLinkToAnUnknownCaseSaysSo()
{
    m_fixture->openAccounts();
    QVERIFY(m_fixture->waitUntilFilled());
    make({u"casement:case/999000111"_s});
    const Toast &toast = m_fixture->window().caseActions().toast();
    QTRY_VERIFY(toast.text().contains(u"999000111"_s));
    // It goes when the next link is good.
    make({u"casement:case/"_s + m_fixture->cases().recordAt(0).displayId.toString()});
    QTRY_COMPARE(toast.text(), QString());
    // What is no link is told as well, but what stood there for another reason stays.
    make({u"casement:send/1?body=x"_s});
    QTRY_VERIFY(toast.text().contains(u"casement:send/1"_s));
    m_fixture->window().caseActions().toast().show(u"Sent."_s);
    make({u"casement:case/"_s + m_fixture->cases().recordAt(0).displayId.toString()});
    QTRY_VERIFY(!isWaiting());
    QCOMPARE(toast.text(), u"Sent."_s);
}

/// A word at once, and another one when it is known.
void TestStartWish::aSearchIsTold()
{
    m_fixture->openAccounts();
    QVERIFY(m_fixture->waitUntilFilled());
    const CaseRecord &known = m_fixture->cases().recordAt(1);
    const AccountId account = known.account;
    AccountStatus reading;
    reading.refreshing = true;
    const Toast &toast = m_fixture->window().caseActions().toast();
    m_fixture->workspace().setStatus(account, reading);
    QVERIFY(m_fixture->workspace().isLoading());
    make({u"casement:case/999000111"_s});
    QTRY_VERIFY2(toast.text().contains(u"looked for"_s), qPrintable(toast.text()));
    QVERIFY(toast.text().contains(u"999000111"_s) && isWaiting());
    m_fixture->workspace().setStatus(account, {});
    QTRY_VERIFY2(toast.text().contains(u"is not here"_s), qPrintable(toast.text()));
    QVERIFY(!isWaiting());
}

void TestStartWish::aNewCaseAndARefresh()
{
    m_fixture->openAccounts();
    QVERIFY(m_fixture->waitUntilFilled());
    QSignalSpy refreshes(&m_fixture->window(), &MainWindow::refreshAllRequested);
    make({u"--new-case"_s, u"--refresh"_s});
    QTRY_COMPARE(refreshes.size(), 1);
    QTRY_COMPARE(newCases().size(), 1);
    for (NewCaseWindow *window : newCases())
        window->close();
    QVERIFY(m_fixture->waitUntilFilled());

    // Neither a new case nor one that is there waits for cases that are still being read.
    const QString id = m_fixture->cases().recordAt(1).displayId.toString();
    const CaseKey key{.account = m_fixture->cases().recordAt(1).account,
                      .caseId = m_fixture->cases().recordAt(1).caseId.toString()};
    AccountStatus status;
    status.refreshing = true; // for the first time
    m_fixture->workspace().setStatus(key.account, status);
    QVERIFY(m_fixture->workspace().isLoading());
    make({u"--new-case"_s, u"casement:case/"_s + id});
    QTRY_COMPARE(newCases().size(), 1);
    QTRY_VERIFY(!isWaiting());
    QVERIFY(m_fixture->workspace().isLoading());
    QVERIFY(m_fixture->window().shownConversation());
    QCOMPARE(m_fixture->window().conversation().key().caseId, key.caseId);
    for (NewCaseWindow *window : newCases())
        window->close();
}

void TestStartWish::withoutAnAccountNothingIsGranted()
{
    make({u"--new-case"_s});
    QVERIFY(isWaiting());
    m_fixture->workspace().setDecided(true);
    QTRY_VERIFY(!isWaiting());
    QCOMPARE(newCases().size(), 0);
    make({u"casement:oops"_s});
    QTRY_VERIFY(m_fixture->window().caseActions().toast().text().contains(u"casement:oops"_s));
}

QTEST_MAIN(TestStartWish)
#include "tst_startwish.moc"
