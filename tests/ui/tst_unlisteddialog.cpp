#include "fakedesk.h"
#include "ui/accountdialog.h"
#include "ui/accountspage.h"
#include "ui/theme.h"
#include "ui/unlisteddialog.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace casement;
using namespace Qt::StringLiterals;

/// What the archive holds of accounts that are not in the list.
class TestUnlistedDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePageTellsOfThem();
    void whatIsHeldIsShownAndDeleted();
    void whatIsOpenStays();
    void aProfileIsAddedAgain();
    void keysAreAskedFor();

private:
    static AccountDesk::Unlisted unlisted(AccountId id, const QString &name, int cases)
    {
        AccountDesk::Unlisted one;
        one.holds = {.account = {id, u"keys:abc"_s, name, u"aws"_s, 0},
                     .cases = cases,
                     .drafts = 1,
                     .copies = 2,
                     .bytes = 3'000'000};
        return one;
    }
    template <class T> static T *child(QWidget &window, const char *name)
    {
        return window.findChild<T *>(QString::fromLatin1(name));
    }
    static QTreeWidget &list(QWidget &window) { return *child<QTreeWidget>(window, "unlistedList"); }

    Theme m_theme;
};

void TestUnlistedDialog::thePageTellsOfThem()
{
    test::FakeDesk desk;
    desk.fill(1);
    AccountsPage page(desk, [](QString &) { return QList<ListedProfile>(); });
    page.show();
    QCoreApplication::sendPostedEvents(&page); // what the desk answers
    QVERIFY(!child<QPushButton>(page, "showUnlisted")->isVisible());
    desk.unlisted = {unlisted(7, u"gone"_s, 3), unlisted(8, u"other"_s, 0)};
    Q_EMIT desk.changed();
    QTRY_VERIFY(child<QPushButton>(page, "showUnlisted")->isVisible());
    QVERIFY(child<QLabel>(page, "unlistedText")->text().contains(u"2 account"_s));
    child<QPushButton>(page, "showUnlisted")->click();
    auto *dialog = page.findChild<UnlistedDialog *>();
    QVERIFY(dialog);
    QTRY_COMPARE(list(*dialog).topLevelItemCount(), 2);
    desk.unlisted.clear();
    Q_EMIT desk.changed();
    QTRY_VERIFY(!child<QPushButton>(page, "showUnlisted")->isVisible());
}

void TestUnlistedDialog::whatIsHeldIsShownAndDeleted()
{
    test::FakeDesk desk;
    desk.unlisted = {unlisted(7, u"gone"_s, 3), unlisted(8, u"other"_s, 0)};
    UnlistedDialog dialog(desk);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_COMPARE(list(dialog).topLevelItemCount(), 2);
    const QTreeWidgetItem *first = list(dialog).topLevelItem(0);
    QCOMPARE(first->text(0), u"gone"_s);
    QCOMPARE(first->text(1), u"3"_s);
    QVERIFY2(first->text(3).contains(u"2.9 MB"_s), qPrintable(first->text(3)));
    QVERIFY(!child<QPushButton>(dialog, "addUnlisted")->isEnabled()); // nobody knows how
    child<QPushButton>(dialog, "deleteUnlisted")->click();
    auto *question = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
    QVERIFY(question && question->text().contains(u"gone"_s));
    QVERIFY2(question->informativeText().contains(u"3 case"_s), qPrintable(question->informativeText()));
    QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
    question->findChild<QPushButton *>(u"deleteDataButton"_s)->click();
    QTRY_COMPARE(list(dialog).topLevelItemCount(), 1);
    QCOMPARE(list(dialog).topLevelItem(0)->text(0), u"other"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, "deleteUnlisted")->isEnabled());
}

void TestUnlistedDialog::whatIsOpenStays()
{
    test::FakeDesk desk;
    desk.unlisted = {unlisted(7, u"open"_s, 3)};
    desk.unlisted.first().isOpen = true;
    UnlistedDialog dialog(desk);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_COMPARE(list(dialog).topLevelItemCount(), 1);
    QVERIFY(!child<QPushButton>(dialog, "deleteUnlisted")->isEnabled());
    QVERIFY(child<QLabel>(dialog, "unlistedDetails")->text().contains(u"open in this window"_s));
}

void TestUnlistedDialog::aProfileIsAddedAgain()
{
    test::FakeDesk desk;
    desk.unlisted = {unlisted(7, u"work"_s, 3)};
    ListedAccount &again = desk.unlisted.first().again;
    again.source = ListedAccount::Source::Profile;
    again.name = again.profile = u"work"_s;
    again.archiveKey = u"profile:work"_s;
    UnlistedDialog dialog(desk);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_VERIFY(child<QPushButton>(dialog, "addUnlisted")->isEnabled());
    child<QPushButton>(dialog, "addUnlisted")->click();
    QCOMPARE(desk.accounts().size(), 1);
    QCOMPARE(desk.accounts().first().archiveKey, u"profile:work"_s);
}

void TestUnlistedDialog::keysAreAskedFor()
{
    test::FakeDesk desk;
    desk.unlisted = {unlisted(7, u"work"_s, 3)};
    ListedAccount &again = desk.unlisted.first().again;
    again.name = u"work"_s;
    again.accountNumber = u"111122223333"_s;
    again.archiveKey = u"account:111122223333"_s;
    UnlistedDialog dialog(desk);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTRY_VERIFY(child<QPushButton>(dialog, "addUnlisted")->isEnabled());
    child<QPushButton>(dialog, "addUnlisted")->click();
    auto *keys = dialog.findChild<AccountDialog *>();
    QVERIFY(keys);
    QCOMPARE(child<QLineEdit>(*keys, "accountName")->text(), u"work"_s);
    child<QLineEdit>(*keys, "keyId")->setText(u"AKIAIOSFODNN7EXAMPLE"_s);
    child<QLineEdit>(*keys, "secret")->setText(u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s);
    child<QPushButton>(*keys, "save")->click();
    QTRY_COMPARE(desk.accounts().size(), 1);
    QCOMPARE(desk.accounts().first().archiveKey, u"account:111122223333"_s);
}

QTEST_MAIN(TestUnlistedDialog)
#include "tst_unlisteddialog.moc"
