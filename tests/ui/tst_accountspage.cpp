#include "fakedesk.h"
#include "models/deadlines.h"
#include "models/roles.h"
#include "ui/accountspage.h"
#include "ui/accounttestdialog.h"
#include "ui/editaccountsdialog.h"
#include "ui/listedaccountmodel.h"
#include "ui/newaccountsdialog.h"
#include "ui/profilesdialog.h"
#include "ui/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

/// The accounts of the settings: one or two hundred, by mouse and by keys.
class TestAccountsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowEachAccountStands();
    void saysWhenTheWindowShowsOthers();
    void aNewerVersionsAccountIsShownAndLeftAlone();
    void theStatusHasRoomAtEveryWidth();
    void keysOfThisSessionAreCalledThat();
    void twoHundredAreFoundByTyping();
    void movesAndKeepsTheChoice();
    void pausesMany();
    void editsManyAtOnce();
    void removingAsksWhatBecomesOfTheData();
    void profilesAreAddedAndNamedApart();
    void whatIsThereAlreadyCannotBeAdded();
    void aListThatCannotBeReadIsSaid();
    void worksByKeysAlone();

private:
    template <class T> static T *child(QWidget &page, const char *name)
    {
        return page.findChild<T *>(QString::fromLatin1(name));
    }
    static QTreeView &list(QWidget &page) { return *child<QTreeView>(page, "accountsList"); }
    static QString shown(QWidget &page, int row, int column = 0)
    {
        return list(page).model()->index(row, column).data().toString();
    }
    static void select(QWidget &page, int row) { list(page).setCurrentIndex(list(page).model()->index(row, 0)); }
    static AccountsPage::Profiles none()
    {
        return [](QString &) { return QList<ListedProfile>(); };
    }
    static QMessageBox *question() { return qobject_cast<QMessageBox *>(QApplication::activeModalWidget()); }

    Theme m_theme;
};

void TestAccountsPage::saysHowEachAccountStands()
{
    test::FakeDesk desk;
    desk.fill(3);
    ListedAccount paused = desk.accounts().at(2);
    paused.paused = true;
    QVERIFY(desk.list().update(paused));
    desk.statuses[desk.accounts().at(0).id].lastSync = QDateTime::currentMSecsSinceEpoch();
    desk.statuses[desk.accounts().at(1).id].error = {.kind = Error::Kind::Refused,
                                                     .code = u"UnrecognizedClientException"_s};
    AccountsPage page(desk, none());
    page.show();
    QCOMPARE(shown(page, 0), u"account 1"_s);
    QCOMPARE(shown(page, 0, 1), u"Profile p1"_s);
    QCOMPARE(shown(page, 0, 2), u"111100000001"_s);
    QVERIFY2(shown(page, 0, 3).startsWith(u"Refreshed"_s), qPrintable(shown(page, 0, 3)));
    QVERIFY2(!shown(page, 1, 3).isEmpty() && !shown(page, 1, 3).contains(u"Unrecognized"_s),
             qPrintable(shown(page, 1, 3)));
    QCOMPARE(shown(page, 2, 3), u"Paused"_s);
    select(page, 1);
    const QString details = child<QLabel>(page, "accountDetails")->text();
    QVERIFY2(details.contains(u"account 2"_s) && details.size() > shown(page, 1, 3).size(), qPrintable(details));
}

/// In the demo the list is not what the window shows.
void TestAccountsPage::saysWhenTheWindowShowsOthers()
{
    test::FakeDesk desk;
    desk.shows = false;
    AccountsPage page(desk, none());
    page.show();
    const QString details = child<QLabel>(page, "accountDetails")->text();
    QVERIFY2(details.contains(u"the accounts of the demo"_s), qPrintable(details));
    QCOMPARE(list(page).textElideMode(), Qt::ElideMiddle); // names of many accounts differ at their ends
}

void TestAccountsPage::aNewerVersionsAccountIsShownAndLeftAlone()
{
    test::FakeDesk desk;
    desk.fill(1);
    QFile file(desk.list().fileName());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    bytes.replace("\"accounts\": [", "\"accounts\": [{\"id\":\"x\",\"name\":\"Zoe\",\"source\":\"telepathy\"},");
    file.resize(0);
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QVERIFY(desk.list().load());
    AccountsPage page(desk, none());
    page.show();
    QCOMPARE(shown(page, 0), u"Zoe"_s);
    QCOMPARE(shown(page, 0, 3), u"Needs a newer Casement"_s);
    select(page, 0);
    QVERIFY(child<QLabel>(page, "accountDetails")->text().contains(u"newer version of Casement"_s));
    for (const char *button : {"editAccount", "testAccount", "pauseAccount", "removeAccount"})
        QVERIFY2(!child<QPushButton>(page, button)->isEnabled(), button);
    QVERIFY(child<QPushButton>(page, "moveDown")->isEnabled());
    child<QPushButton>(page, "moveDown")->click();
    QCOMPARE(shown(page, 1), u"Zoe"_s);
    select(page, 0);
    QVERIFY(child<QPushButton>(page, "removeAccount")->isEnabled());
}

/// As in a window of 800 pixels at twice the size, in a language of wide letters.
void TestAccountsPage::theStatusHasRoomAtEveryWidth()
{
    test::FakeDesk desk;
    desk.fill(3, u"プロダクション環境のアカウント"_s);
    for (const ListedAccount &account : desk.accounts())
        desk.statuses[account.id].lastSync = QDateTime::currentMSecsSinceEpoch();
    AccountsPage page(desk, none());
    for (const int width : {420, 520, 700, 1000}) {
        page.resize(width, 400);
        page.show();
        QTreeView &view = list(page);
        const QAbstractItemView &sized = view;
        QTRY_VERIFY2(view.columnWidth(3) >= qMin(sized.sizeHintForColumn(3), view.viewport()->width() * 2 / 5),
                     qPrintable(QString::number(width)));
        int all = 0;
        for (int column = 0; column < 4; ++column)
            all += view.columnWidth(column);
        QVERIFY2(all <= view.viewport()->width(), qPrintable(QString::number(width)));
    }
    QVERIFY(!list(page).isColumnHidden(1) && !list(page).isColumnHidden(2)); // where there is room for all
    // What has no column is in the tool tip.
    QVERIFY(list(page).model()->index(0, 0).data(Qt::ToolTipRole).toString().contains(u"111100000001"_s));
}

/// Those of the keychain, too, while others that were entered for this run go before them.
void TestAccountsPage::keysOfThisSessionAreCalledThat()
{
    test::FakeDesk desk;
    desk.sessionKeys = false;
    ListedAccount account;
    account.name = u"Production"_s;
    account.source = ListedAccount::Source::Keychain;
    QVERIFY(desk.add({account}));
    AccountsPage page(desk, none());
    page.show();
    const auto keys = [&] { return list(page).model()->index(0, ListedAccountModel::Keys).data().toString(); };
    QCOMPARE(keys(), u"Keychain"_s);
    desk.sessionKeys = true;
    Q_EMIT desk.changed();
    QTRY_COMPARE(keys(), u"This session only"_s);
}

void TestAccountsPage::twoHundredAreFoundByTyping()
{
    test::FakeDesk desk;
    desk.fill(200);
    AccountsPage page(desk, none());
    page.show();
    auto *filter = child<QLineEdit>(page, "accountsFilter");
    QElapsedTimer timer;
    timer.start();
    QTest::keyClicks(filter, u"p17"_s);
    QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(list(page).model()->rowCount(), 11); // p17 and p170 to p179
    filter->setText(u"account 00000042"_s);
    QCOMPARE(list(page).model()->rowCount(), 1);
    QCOMPARE(shown(page, 0), u"account 42"_s);
    QVERIFY(!child<QPushButton>(page, "moveUp")->isEnabled()); // among rows that are not seen
    filter->clear();
    QCOMPARE(list(page).model()->rowCount(), 200);
}

void TestAccountsPage::movesAndKeepsTheChoice()
{
    test::FakeDesk desk;
    desk.fill(3);
    AccountsPage page(desk, none());
    page.show();
    select(page, 0);
    QVERIFY(!child<QPushButton>(page, "moveUp")->isEnabled());
    child<QPushButton>(page, "moveDown")->click();
    child<QPushButton>(page, "moveDown")->click();
    QCOMPARE(desk.accounts().at(2).name, u"account 1"_s);
    QCOMPARE(shown(page, 2), u"account 1"_s);
    QCOMPARE(list(page).currentIndex().row(), 2);
    QVERIFY(!child<QPushButton>(page, "moveDown")->isEnabled());
    child<QPushButton>(page, "moveUp")->click();
    QCOMPARE(desk.accounts().at(1).name, u"account 1"_s);
}

void TestAccountsPage::pausesMany()
{
    test::FakeDesk desk;
    desk.fill(3);
    AccountsPage page(desk, none());
    page.show();
    list(page).selectAll();
    auto *pause = child<QPushButton>(page, "pauseAccount");
    QCOMPARE(pause->text(), u"&Pause"_s);
    pause->click();
    QTRY_COMPARE(pause->text(), u"Resu&me"_s);
    for (const ListedAccount &account : desk.accounts())
        QVERIFY(account.paused);
    pause->click();
    QTRY_COMPARE(pause->text(), u"&Pause"_s);
    for (const ListedAccount &account : desk.accounts())
        QVERIFY(!account.paused);
}

void TestAccountsPage::editsManyAtOnce()
{
    test::FakeDesk desk;
    desk.fill(3);
    ListedAccount red = desk.accounts().at(2);
    red.color = 3;
    QVERIFY(desk.list().update(red));
    AccountsPage page(desk, none());
    page.show();
    list(page).selectAll();
    child<QPushButton>(page, "editAccount")->click();
    QPointer<EditAccountsDialog> dialog = page.findChild<EditAccountsDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->windowTitle().contains(u'3'));
    auto *plan = dialog->findChild<QComboBox *>(u"manyPlan"_s);
    plan->setCurrentIndex(plan->findData(ResponseTargets::plans().last()));
    dialog->findChild<QPushButton *>(u"saveMany"_s)->click();
    QTRY_VERIFY(!dialog);
    for (const ListedAccount &account : desk.accounts())
        QCOMPARE(account.plan, ResponseTargets::plans().last());
    QCOMPARE(desk.accounts().at(0).color, -1); // each keeps its own
    QCOMPARE(desk.accounts().at(2).color, 3);
}

void TestAccountsPage::removingAsksWhatBecomesOfTheData()
{
    test::FakeDesk desk;
    desk.fill(3);
    desk.held = {.cases = 1234, .drafts = 1};
    AccountsPage page(desk, none());
    page.show();
    const auto ask = [&](const char *button) {
        select(page, 0);
        child<QPushButton>(page, "removeAccount")->click();
        QTRY_VERIFY(question());
        const QString told = question()->text() + question()->informativeText();
        QVERIFY2(told.contains(u"account "_s) && told.contains(u"1"_s) && told.contains(u"234"_s), qPrintable(told));
        QCOMPARE(question()->textFormat(), Qt::PlainText);
        if (button)
            question()->findChild<QPushButton *>(QString::fromLatin1(button))->click();
        else
            question()->reject();
        QTRY_VERIFY(!question());
    };
    ask(nullptr);
    QCOMPARE(desk.accounts().size(), 3);
    ask("removeKeep");
    QTRY_COMPARE(list(page).model()->rowCount(), 2);
    QCOMPARE(*desk.deleted, false);
    ask("removeDelete");
    QTRY_COMPARE(desk.accounts().size(), 1);
    QCOMPARE(*desk.deleted, true);
    QTRY_COMPARE(list(page).model()->rowCount(), 1);
}

void TestAccountsPage::profilesAreAddedAndNamedApart()
{
    test::FakeDesk desk;
    ListedAccount known;
    known.name = u"Work"_s;
    QVERIFY(desk.add({known}));
    AccountsPage page(desk, [](QString &) {
        return QList<ListedProfile>{{u"work"_s, ProfileUses::StaticKeys, false},
                                    {u"other"_s, ProfileUses::Sso, false},
                                    {u"signin"_s, ProfileUses::Login, false}};
    });
    desk.report = PermissionReport();
    page.show();
    page.findChild<QAction *>(u"addProfiles"_s)->trigger();
    auto *dialog = page.findChild<ProfilesDialog *>();
    QVERIFY(dialog);
    auto *profiles = dialog->findChild<QListWidget *>(u"profiles"_s);
    QCOMPARE(profiles->count(), 3);
    QVERIFY(!profiles->item(2)->flags().testFlag(Qt::ItemIsUserCheckable));
    for (int row : {0, 1})
        profiles->item(row)->setCheckState(Qt::Checked);
    dialog->findChild<QPushButton *>(u"addProfilesButton"_s)->click();
    // They are tested first, and neither works here.
    auto *tested = page.findChild<NewAccountsDialog *>();
    QVERIFY(tested);
    QTRY_VERIFY(tested->findChild<QPushButton *>(u"leaveOut"_s)->isVisible());
    QCOMPARE(desk.accounts().size(), 1);
    tested->findChild<QPushButton *>(u"addAnyway"_s)->click();
    QTRY_COMPARE(desk.accounts().size(), 3);
    QCOMPARE(desk.accounts().at(1).name, u"work 2"_s);
    QCOMPARE(desk.accounts().at(1).profile, u"work"_s);
    QCOMPARE(desk.accounts().at(2).name, u"other"_s);
}

void TestAccountsPage::whatIsThereAlreadyCannotBeAdded()
{
    ProfileList profiles;
    profiles.setProfiles({{u"a"_s, ProfileUses::StaticKeys, true}, {u"b"_s, ProfileUses::StaticKeys, false}}, {});
    auto *rows = profiles.findChild<QListWidget *>(u"profiles"_s);
    QVERIFY2(rows->item(0)->text().contains(u"in the list already"_s), qPrintable(rows->item(0)->text()));
    QVERIFY(!rows->item(0)->flags().testFlag(Qt::ItemIsUserCheckable));
    QCOMPARE(profiles.chosen(), QStringList{u"b"_s}); // the only one that can be
}

void TestAccountsPage::aListThatCannotBeReadIsSaid()
{
    test::FakeDesk desk;
    desk.listProblem = {.kind = Error::Kind::File, .message = u"accounts.json is damaged: mend it."_s};
    AccountsPage page(desk, none());
    page.show();
    QVERIFY(child<QLabel>(page, "accountsProblem")->text().contains(u"damaged"_s));
    QVERIFY(!child<QPushButton>(page, "addAccount")->isEnabled());
}

void TestAccountsPage::worksByKeysAlone()
{
    test::FakeDesk desk;
    desk.fill(3);
    AccountsPage page(desk, none());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    list(page).setFocus();
    select(page, 1);
    QTest::keyClick(&list(page), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(desk.accounts().at(0).name, u"account 2"_s);
    QTest::keyClick(&list(page), Qt::Key_Return);
    auto *dialog = page.findChild<QDialog *>(u"accountDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!page.findChild<QDialog *>(u"accountDialog"_s));
    QTest::keyClick(&list(page), Qt::Key_Delete);
    QTRY_VERIFY(question());
    QTest::keyClick(question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    QCOMPARE(desk.accounts().size(), 3);
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    list(page).setFocus();
    QSet<QString> reached;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached.insert(QApplication::focusWidget()->objectName());
    }
    for (const char *name : {"accountsFilter", "accountsList", "addAccount", "editAccount", "testAccount",
                             "pauseAccount", "moveDown", "removeAccount"})
        QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestAccountsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountspage.moc"
