#include "fakedesk.h"
#include "support/operations.h"
#include "ui/newaccountsdialog.h"
#include "ui/profilesdialog.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

PermissionReport goodReport()
{
    PermissionReport report;
    report.accountNumber = u"111122223333"_s;
    for (const OperationInfo &one : operations())
        report.operations.append({QString::fromLatin1(one.name), Permission::Allowed, {}});
    return report;
}

QList<ListedAccount> wanted(int count)
{
    QList<ListedAccount> accounts;
    for (int i = 1; i <= count; ++i) {
        ListedAccount account;
        account.source = ListedAccount::Source::Profile;
        account.name = account.profile = u"p%1"_s.arg(i);
        accounts.append(account);
    }
    return accounts;
}

} // namespace

/// Accounts are tried before they are added.
class TestNewAccountsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWorksIsAddedAtOnce();
    void whatDoesNotIsAskedAbout_data();
    void whatDoesNotIsAskedAbout();
    void theWholeResultCanBeRead();
    void profilesOfOddNamesAreAdded();
    void theSameAccountIsAskedAbout();
    void whatNeedsNoWaitingIsAdded();
    void nobodyHasToWait();
    void cancellingAddsNothing();
    void someAtATime();

private:
    template <class T> static T *child(QWidget &window, const char *name)
    {
        return window.findChild<T *>(QString::fromLatin1(name));
    }

    Theme m_theme;
};

void TestNewAccountsDialog::whatWorksIsAddedAtOnce()
{
    test::FakeDesk desk;
    desk.report = goodReport();
    desk.isOneEach = true;
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(3));
    dialog->open();
    QTRY_COMPARE(desk.accounts().size(), 3);
    QCOMPARE(desk.accounts().first().name, u"p1"_s);
    QCOMPARE(desk.accounts().first().accountNumber, u"111122223333"_s);
    QTRY_VERIFY(!dialog);
}

void TestNewAccountsDialog::whatDoesNotIsAskedAbout_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<int>("kept");
    QTest::newRow("added") << QByteArray("addAnyway") << 3;
    QTest::newRow("left out") << QByteArray("leaveOut") << 2;
}

void TestNewAccountsDialog::whatDoesNotIsAskedAbout()
{
    QFETCH(QByteArray, button);
    QFETCH(int, kept);
    test::FakeDesk desk;
    desk.report = goodReport();
    desk.isOneEach = true;
    desk.reports.emplace(u"p2"_s, Error{.kind = Error::Kind::HostNotFound, .host = u"nowhere.invalid"_s});
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(3));
    dialog->open();
    QTRY_COMPARE(desk.accounts().size(), 2);
    QTRY_VERIFY(child<QPushButton>(*dialog, "leaveOut")->isVisible());
    auto *list = child<QTreeWidget>(*dialog, "newAccounts");
    QVERIFY(list->topLevelItem(0)->isHidden() && !list->topLevelItem(1)->isHidden());
    QVERIFY2(list->topLevelItem(1)->text(1).contains(u"nowhere.invalid"_s), qPrintable(list->topLevelItem(1)->text(1)));
    QVERIFY(child<QLabel>(*dialog, "newAccountsText")->text().contains(u"1 account"_s));
    child<QPushButton>(*dialog, button.constData())->click();
    QCOMPARE(desk.accounts().size(), kept);
    QTRY_VERIFY(!dialog);
}

void TestNewAccountsDialog::theWholeResultCanBeRead()
{
    test::FakeDesk desk;
    desk.report = goodReport();
    desk.isOneEach = true;
    PermissionReport wrong;
    wrong.keysError = {.kind = Error::Kind::Refused,
                       .code = u"UnrecognizedClientException"_s,
                       .message = u"The security token included in the request is invalid."_s,
                       .httpStatus = 400};
    desk.reports.emplace(u"p2"_s, wrong);
    desk.reports.emplace(u"p3"_s, Error{.kind = Error::Kind::HostNotFound, .host = u"nowhere.invalid"_s});
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(3));
    dialog->open();
    QTRY_VERIFY(child<QPushButton>(*dialog, "leaveOut")->isVisible());
    const auto *details = child<QLabel>(*dialog, "newAccountsDetails");
    QVERIFY(details->isVisible());
    const QString told = details->accessibleName();
    QVERIFY2(told.startsWith(u"p2: AWS does not know this access key."_s), qPrintable(told));
    QVERIFY2(told.contains(u"then test again"_s) && told.contains(wrong.keysError.message), qPrintable(told));
    QVERIFY2(!told.contains(u"Settings"_s), qPrintable(told)); // that is where one is
    auto *list = child<QTreeWidget>(*dialog, "newAccounts");
    const int rows = list->height();
    QVERIFY(rows >= 4 * list->fontMetrics().height());
    // Long details take nothing from the rows.
    dialog->resize(320, dialog->minimumSizeHint().height());
    wrong.keysError.message = u"Words of a proxy that explains itself at length. "_s.repeated(12);
    list->currentItem()->setData(1, Qt::UserRole, wrong.keysError.message);
    list->setCurrentItem(list->topLevelItem(2));
    list->setCurrentItem(list->topLevelItem(1));
    QTRY_VERIFY(details->height() >= details->fontMetrics().height() * 8);
    QTRY_VERIFY(list->height() >= 4 * list->fontMetrics().height());
    QVERIFY(list->geometry().bottom() < details->geometry().top());
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY2(details->accessibleName().startsWith(u"p3: "_s), qPrintable(details->accessibleName()));
    dialog->reject();
}

void TestNewAccountsDialog::profilesOfOddNamesAreAdded()
{
    test::FakeDesk desk;
    const QString longest = QString(99, u'x') + u"\U0001F600 and more"_s; // the hundredth is half of a smile
    const QStringList profiles{longest, longest + u'!', u"Ｐｒｏｄ"_s, u"prod"_s, u"a\u200bb"_s};
    const QList<ListedAccount> accounts = ProfilesDialog::accountsOf(profiles, {});
    const Result<void> added = desk.add(accounts);
    QVERIFY2(added, qPrintable(added.error().message));
    QCOMPARE(desk.accounts().at(0).name, QString(99, u'x'));
    QCOMPARE(desk.accounts().at(1).name, QString(98, u'x') + u" 2"_s);
    QCOMPARE(desk.accounts().at(3).name, u"prod 2"_s);
    QCOMPARE(desk.accounts().at(4).name, u"ab"_s);
    for (qsizetype i = 0; i < profiles.size(); ++i)
        QCOMPARE(desk.accounts().at(i).profile, profiles.at(i));
}

void TestNewAccountsDialog::theSameAccountIsAskedAbout()
{
    test::FakeDesk desk;
    desk.report = goodReport();
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(2)); // two profiles of one account
    dialog->open();
    QTRY_COMPARE(desk.accounts().size(), 1);
    QCOMPARE(desk.accounts().first().name, u"p1"_s);
    QTRY_VERIFY(child<QPushButton>(*dialog, "leaveOut")->isVisible());
    const QString told = child<QTreeWidget>(*dialog, "newAccounts")->topLevelItem(1)->text(1);
    QVERIFY2(told.contains(u"111122223333"_s) && told.contains(u"“p1”"_s), qPrintable(told));
    child<QPushButton>(*dialog, "addAnyway")->click();
    QCOMPARE(desk.accounts().size(), 2);
    QTRY_VERIFY(!dialog);
}

void TestNewAccountsDialog::whatNeedsNoWaitingIsAdded()
{
    test::FakeDesk desk;
    desk.report = goodReport();
    desk.isOneEach = true;
    desk.silent = {u"p2"_s}; // whose keys never come
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(3));
    dialog->open();
    auto *skip = child<QPushButton>(*dialog, "stopWaiting");
    QVERIFY(!skip->isVisible()); // nothing is known yet
    QTRY_VERIFY(skip->isVisible());
    QTRY_VERIFY(!child<QTreeWidget>(*dialog, "newAccounts")->topLevelItem(2)->icon(1).isNull());
    skip->click();
    QCOMPARE(desk.accounts().size(), 2);
    QCOMPARE(desk.testsRunning(), 0);
    QVERIFY(child<QPushButton>(*dialog, "leaveOut")->isVisible() && !skip->isVisible());
    child<QPushButton>(*dialog, "leaveOut")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().size(), 2);
}

void TestNewAccountsDialog::nobodyHasToWait()
{
    test::FakeDesk desk;
    desk.isSilent = true;
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(2));
    dialog->open();
    QCOMPARE(desk.accounts().size(), 0);
    child<QPushButton>(*dialog, "addAnyway")->click();
    QCOMPARE(desk.accounts().size(), 2);
    QTRY_VERIFY(!dialog);
}

void TestNewAccountsDialog::cancellingAddsNothing()
{
    test::FakeDesk desk;
    desk.isSilent = true;
    QPointer<NewAccountsDialog> dialog = new NewAccountsDialog(desk, wanted(2));
    dialog->open();
    QCOMPARE(desk.testsRunning(), 2);
    dialog->reject();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().size(), 0);
    QCOMPARE(desk.testsRunning(), 0);
}

void TestNewAccountsDialog::someAtATime()
{
    test::FakeDesk desk;
    desk.isSilent = true;
    auto *dialog = new NewAccountsDialog(desk, wanted(50));
    dialog->open();
    QCOMPARE(desk.testsRunning(), NewAccountsDialog::testsAtOnce);
    delete dialog;
    test::FakeDesk other;
    other.report = goodReport();
    other.isOneEach = true;
    QPointer<NewAccountsDialog> many = new NewAccountsDialog(other, wanted(50));
    many->open();
    QTRY_COMPARE(other.accounts().size(), 50);
    QTRY_VERIFY(!many);
}

QTEST_MAIN(TestNewAccountsDialog)
#include "tst_newaccountsdialog.moc"
