#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "fakedesk.h"
#include "support/operations.h"
#include "ui/accountdialog.h"
#include "ui/accountreport.h"
#include "ui/keytext.h"
#include "ui/screenfit.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace casement;
using test::reportOf;
using namespace Qt::StringLiterals;

namespace {

const QString keyId = u"AKIAIOSFODNN7EXAMPLE"_s; // of AWS's documentation
const QString secret = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s;

} // namespace

/// Keys are typed, checked, tested and kept, and nothing of them stays behind.
class TestAccountDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedKeysAreKeptAndForgotten();
    void whatIsPastedIsCleaned();
    void whatIsWrongIsSaidBesideItsField_data();
    void whatIsWrongIsSaidBesideItsField();
    void nothingIsKeptWhileSomethingIsWrong();
    void itIsAsHighAsItsFields();
    void doubtsAreToldAndHinderNobody();
    void aKeychainThatFailsLeavesThisSession();
    void enterPressesWhatHasTheFocus();
    void keysAreAskedForThisSession();
    void theTestTellsGroupsAndPolicy();
    void thatItIsTestedIsSeen();
    void theFieldThatIsAskedForIsSeen();
    void aFailedTestHindersNobody();
    void whatWasTestedIsToldOfThoseKeysOnly();
    void whatIsWrongIsScrolledTo();
    void typedKeysAreTestedBeforeTheyAreKept();
    void keysOfAnotherAccountAreNotKept();
    void theSameAccountIsToldOf();
    void editingKeepsTheKeys();
    void aProfileIsEditedWithoutKeys();
    void theSecretIsShownOnRequestOnly();
    void everyControlIsReachedByTab();

private:
    template <class T> T *child(QDialog *dialog, const char *name)
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }
    AccountDialog *open(test::FakeDesk &desk)
    {
        auto *dialog = new AccountDialog(desk);
        dialog->show();
        return dialog;
    }

    Theme m_theme;
};

void TestAccountDialog::typedKeysAreKeptAndForgotten()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    auto *secretField = child<QLineEdit>(dialog, "secret");
    bool stayed = false;
    connect(dialog, &QDialog::finished, this, [&] {
        for (const char *name : {"keyId", "secret", "sessionToken"}) {
            auto *field = child<QLineEdit>(dialog, name);
            field->setEchoMode(QLineEdit::Normal); // only then could something be undone
            stayed = stayed || !field->text().isEmpty() || field->isUndoAvailable();
        }
    });
    QTest::keyClicks(child<QLineEdit>(dialog, "accountName"), u"Production"_s);
    QTest::keyClicks(child<QLineEdit>(dialog, "keyId"), keyId);
    QTest::keyClicks(secretField, secret);
    child<QComboBox>(dialog, "region")->setEditText(u"eu-west-1"_s);
    auto *color = child<QComboBox>(dialog, "color");
    color->setCurrentIndex(color->findData(2));
    QVERIFY(!child<QCheckBox>(dialog, "asks")->isChecked());
    child<QCheckBox>(dialog, "asks")->click();
    auto *plan = child<QComboBox>(dialog, "plan");
    QCOMPARE(plan->currentText(), u"As in Settings"_s);
    plan->setCurrentIndex(plan->findText(u"Business"_s));
    QSignalSpy kept(dialog, &AccountDialog::kept);
    QTest::keyClick(secretField, Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    QVERIFY(!stayed);
    QCOMPARE(desk.accounts().size(), 1);
    const ListedAccount &account = desk.accounts().first();
    QCOMPARE(account.name, u"Production"_s);
    QCOMPARE(account.region, u"eu-west-1"_s);
    QCOMPARE(account.color, 2);
    QVERIFY(account.asksBeforeSending);
    QCOMPARE(account.plan, u"business"_s);
    QCOMPARE(*desk.lastKeep, AccountDesk::Keep::Keychain);
    QVERIFY(desk.given->isSameAs(Credentials(keyId, secret)));
}

void TestAccountDialog::whatIsPastedIsCleaned()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    auto *id = child<QLineEdit>(dialog, "keyId");
    auto *secretField = child<QLineEdit>(dialog, "secret");
    auto *token = child<QLineEdit>(dialog, "sessionToken");
    const auto paste = [](QLineEdit *field, const QString &text) {
        QGuiApplication::clipboard()->setText(text);
        field->selectAll();
        field->paste();
    };
    paste(id, u"  "_s + keyId + u"\t"_s);
    QCOMPARE(id->text(), keyId);
    paste(secretField, u" "_s + secret + u" "_s);
    QCOMPARE(secretField->text(), secret);
    // Whole blocks, wherever they are pasted.
    for (
        const QString &block :
        {u"[default]\naws_access_key_id = %1\naws_secret_access_key=%2\naws_session_token = T0K3N==\n"_s,
         u"export AWS_ACCESS_KEY_ID=\"%1\"\nexport AWS_SECRET_ACCESS_KEY=\"%2\"\nexport AWS_SESSION_TOKEN=\"T0K3N==\""_s,
         u"{\"AccessKeyId\": \"%1\", \"SecretAccessKey\": \"%2\", \"SessionToken\": \"T0K3N==\"}"_s}) {
        for (QLineEdit *field : {id, secretField, token})
            field->clear();
        paste(id, block.arg(keyId, secret));
        QCOMPARE(id->text(), keyId);
        QCOMPARE(secretField->text(), secret);
        QCOMPARE(token->text(), u"T0K3N=="_s);
    }
    dialog->reject();
    QTRY_VERIFY(!dialog);
}

void TestAccountDialog::whatIsWrongIsSaidBesideItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("told");
    QTest::newRow("secret as id") << u"keyId"_s << secret << u"keyIdProblem"_s << u"looks like a secret access key"_s;
    QTest::newRow("id as secret") << u"secret"_s << keyId << u"secretProblem"_s << u"looks like an access key ID"_s;
    QTest::newRow("secret as name") << u"accountName"_s << secret << u"nameProblem"_s << u"looks like a secret"_s;
    QTest::newRow("space") << u"secret"_s << u"abc def"_s << u"secretProblem"_s << u"There is a space in it"_s;
    QTest::newRow("letter") << u"keyId"_s << u"AKIAあ"_s << u"keyIdProblem"_s << u"a character in it"_s;
    QTest::newRow("region") << u"region"_s << u"Tokyo!"_s << u"regionProblem"_s << u"no region of AWS"_s;
    QTest::newRow("name") << u"accountName"_s << u"taken"_s << u"nameProblem"_s << u"another name"_s;
    QTest::newRow("http") << u"endpoint"_s << u"http://example.com"_s << u"endpointProblem"_s << u"https://"_s;
    QTest::newRow("no url") << u"endpoint"_s << u"ftp//x"_s << u"endpointProblem"_s << u"no address of a service"_s;
}

void TestAccountDialog::whatIsWrongIsSaidBesideItsField()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, label);
    QFETCH(QString, told);
    test::FakeDesk desk;
    desk.fill(1, u"taken"_s);
    ListedAccount other = desk.accounts().first();
    other.name = u"taken"_s;
    QVERIFY(desk.list().update(other));
    QPointer<AccountDialog> dialog = open(desk);
    child<QCheckBox>(dialog, "advanced")->setChecked(true);
    QLineEdit *edit =
        field == u"region"_s ? child<QComboBox>(dialog, "region")->lineEdit() : dialog->findChild<QLineEdit *>(field);
    auto *problem = dialog->findChild<QLabel *>(label);
    QVERIFY(problem->isHidden());
    edit->setFocus();
    edit->setText(text);
    Q_EMIT edit->editingFinished();
    QVERIFY2(!problem->isHidden() && problem->text().contains(told), qPrintable(problem->text()));
    QVERIFY2(!problem->text().contains(secret), qPrintable(problem->text()));
    QCOMPARE(problem->textFormat(), Qt::PlainText);
    QCOMPARE(edit->accessibleDescription(), problem->text());
    delete dialog;
}

void TestAccountDialog::nothingIsKeptWhileSomethingIsWrong()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(!child<QLabel>(dialog, "nameProblem")->isHidden());
    QVERIFY(!child<QLabel>(dialog, "keyIdProblem")->isHidden());
    QVERIFY(!child<QLabel>(dialog, "secretProblem")->isHidden());
    QVERIFY(!desk.lastKeep);
    // Temporary keys without their token never work.
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(u"ASIAIOSFODNN7EXAMPLE"_s);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(!child<QLabel>(dialog, "tokenProblem")->isHidden());
    QVERIFY(!desk.lastKeep);
    delete dialog;
}

void TestAccountDialog::doubtsAreToldAndHinderNobody()
{
    test::FakeDesk desk;
    desk.fill(1, u"Production"_s);
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"Рroduction 1"_s); // with a Cyrillic letter
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QComboBox>(dialog, "region")->setCurrentText(u"eu-west-9"_s);
    for (QLineEdit *field : {child<QLineEdit>(dialog, "accountName"), child<QComboBox>(dialog, "region")->lineEdit()})
        Q_EMIT field->editingFinished();
    QVERIFY(child<QLabel>(dialog, "nameProblem")->text().contains(u"looks like “Production 1”"_s));
    QVERIFY(child<QLabel>(dialog, "regionProblem")->text().contains(u"does not know this region"_s));
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().last().region, u"eu-west-9"_s);
}

void TestAccountDialog::aKeychainThatFailsLeavesThisSession()
{
    test::FakeDesk desk;
    desk.keychain = {.kind = Error::Kind::Keychain, .code = keychaincode::absent, .message = u"raw words"_s};
    QPointer<AccountDialog> dialog = open(desk);
    auto *session = child<QPushButton>(dialog, "keepSession");
    QVERIFY(session->isHidden());
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!session->isHidden());
    const QString told = child<QLabel>(dialog, "saveProblem")->text();
    QVERIFY2(told.contains(u"no keychain"_s) && told.contains(u"this session"_s), qPrintable(told));
    QVERIFY(desk.accounts().isEmpty());
    QCOMPARE(child<QLineEdit>(dialog, "secret")->text(), secret); // nothing has to be typed again
    QTRY_COMPARE(child<QScrollArea>(dialog, "scroll")->verticalScrollBar()->maximum(), 0); // it grows with what it says
    session->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(*desk.lastKeep, AccountDesk::Keep::Session);
    QCOMPARE(desk.accounts().first().source, ListedAccount::Source::Session);
}

void TestAccountDialog::enterPressesWhatHasTheFocus()
{
    test::FakeDesk desk;
    desk.keychain = {.kind = Error::Kind::Keychain, .code = keychaincode::locked};
    QPointer<AccountDialog> dialog = open(desk);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    auto *secretField = child<QLineEdit>(dialog, "secret");
    secretField->setText(secret);
    secretField->setFocus();
    QTest::keyClick(secretField, Qt::Key_Return);
    auto *session = child<QPushButton>(dialog, "keepSession");
    QTRY_VERIFY(session->hasFocus());
    QCOMPARE(*desk.lastKeep, AccountDesk::Keep::Keychain);
    QTest::keyClick(session, Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    QCOMPARE(*desk.lastKeep, AccountDesk::Keep::Session);
}

/// From the banner that says that the keychain is locked.
void TestAccountDialog::keysAreAskedForThisSession()
{
    test::FakeDesk desk;
    desk.sessionKeys = false;
    ListedAccount account;
    account.name = u"Production"_s;
    account.source = ListedAccount::Source::Keychain;
    QVERIFY(desk.add({account}));
    QPointer<AccountDialog> dialog = new AccountDialog(desk, desk.accounts().first());
    dialog->askForSession({.kind = Error::Kind::Keychain, .code = keychaincode::locked});
    dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *session = child<QPushButton>(dialog, "keepSession");
    QVERIFY(session->isVisible());
    QVERIFY(child<QLineEdit>(dialog, "keyId")->hasFocus());
    QVERIFY(child<QLabel>(dialog, "saveProblem")->text().contains(u"locked"_s));
    session->click(); // without keys there is nothing to keep
    QVERIFY(dialog && dialog->isVisible() && !desk.lastKeep);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    session->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(*desk.lastKeep, AccountDesk::Keep::Session);
    QVERIFY(desk.given->isSameAs(Credentials(keyId, secret)));
    QCOMPARE(desk.accounts().first().source, ListedAccount::Source::Keychain); // which has them after the next start
}

void TestAccountDialog::theTestTellsGroupsAndPolicy()
{
    test::FakeDesk desk;
    desk.report = reportOf({u"CreateCase"_s, u"ResolveCase"_s, u"GetAttachmentDownloadLink"_s});
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "test")->click();
    auto *report = child<AccountReport>(dialog, "report");
    QTRY_VERIFY(!report->verdict().isEmpty());
    QVERIFY2(report->verdict().contains(u"Cases can be read"_s), qPrintable(report->verdict()));
    const auto group = [report](int index) { return report->findChild<QLabel *>(u"group%1"_s.arg(index))->text(); };
    QCOMPARE(group(AccountReport::ReadCases), u"Allowed"_s);
    QCOMPARE(group(AccountReport::WriteCases), u"Not allowed: CreateCase, ResolveCase"_s);
    QCOMPARE(group(AccountReport::Attachments), u"Not allowed: GetAttachmentDownloadLink"_s);
    QCOMPARE(group(AccountReport::Advisor), u"Allowed"_s);
    auto *policy = report->findChild<QPlainTextEdit *>(u"policy"_s);
    QVERIFY2(policy->toPlainText().contains(u"support:CreateCase"_s), qPrintable(policy->toPlainText()));
    report->findChild<QPushButton *>(u"copyPolicy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), policy->toPlainText());
    QVERIFY(desk.given->isSameAs(Credentials(keyId, secret)));
    QCOMPARE(child<QLineEdit>(dialog, "accountName")->text(), u"111122223333"_s); // for want of another name
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().first().accountNumber, u"111122223333"_s);
}

/// On a screen that has no room for all of it.
void TestAccountDialog::thatItIsTestedIsSeen()
{
    ScreenFit::pretendRoom({600, 330});
    test::FakeDesk desk;
    desk.isSilent = true;
    QPointer<AccountDialog> dialog = open(desk);
    dialog->resize(600, 330);
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QScrollArea>(dialog, "scroll")->verticalScrollBar()->setValue(0);
    child<QPushButton>(dialog, "test")->click();
    const auto *busy = child<QWidget>(dialog, "busy");
    QTRY_VERIFY(busy->isVisible() && busy->visibleRegion().boundingRect().height() == busy->height());
    dialog->reject();
    ScreenFit::pretendRoom({});
}

void TestAccountDialog::theFieldThatIsAskedForIsSeen()
{
    ScreenFit::pretendRoom({600, 330});
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    dialog->resize(600, 330);
    auto *asked = child<QCheckBox>(dialog, "advanced");
    auto *scroll = child<QScrollArea>(dialog, "scroll");
    scroll->ensureWidgetVisible(asked, 0, 0);
    asked->click();
    const auto *endpoint = child<QLineEdit>(dialog, "endpoint");
    QTRY_VERIFY(endpoint->isVisible() && endpoint->visibleRegion().boundingRect().height() == endpoint->height());
    dialog->reject();
    ScreenFit::pretendRoom({});
}

void TestAccountDialog::aFailedTestHindersNobody()
{
    test::FakeDesk desk;
    PermissionReport report = reportOf({});
    report.planError = {.kind = Error::Kind::Refused,
                        .code = u"SubscriptionRequiredException"_s,
                        .message = u"Amazon Web Services Premium Support Subscription is required"_s};
    desk.report = report;
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "test")->click();
    auto *shown = child<AccountReport>(dialog, "report");
    QTRY_VERIFY(!shown->verdict().isEmpty());
    QVERIFY2(shown->verdict().contains(u"The support plan of this account has no access"_s),
             qPrintable(shown->verdict()));
    for (const QString &plan : {u"Premium"_s, u"Business"_s, u"Enterprise"_s, u"Basic"_s})
        QVERIFY2(!shown->verdict().contains(plan), qPrintable(shown->verdict()));
    QVERIFY(child<QLabel>(dialog, "saveProblem")->text().contains(u"all the same"_s));
    desk.report = Result<PermissionReport>(Error{.kind = Error::Kind::HostNotFound, .host = u"nowhere.example"_s});
    child<QPushButton>(dialog, "test")->click();
    QTRY_VERIFY(shown->verdict().contains(u"nowhere.example"_s));
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().size(), 1);
}

void TestAccountDialog::whatWasTestedIsToldOfThoseKeysOnly()
{
    test::FakeDesk desk;
    desk.report = reportOf({});
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    auto *typed = child<QLineEdit>(dialog, "secret");
    typed->setText(secret);
    child<QCheckBox>(dialog, "advanced")->setChecked(true);
    auto *endpoint = child<QLineEdit>(dialog, "endpoint");
    endpoint->setText(u"https://support.example"_s);
    auto *report = child<AccountReport>(dialog, "report");
    auto *test = child<QPushButton>(dialog, "test");
    test->click();
    QTRY_VERIFY(!report->verdict().isEmpty());
    typed->setFocus();
    QTest::keyClick(typed, Qt::Key_Backspace);
    QVERIFY(report->verdict().isEmpty() && !report->isVisible());
    typed->setText(secret);
    test->click();
    QTRY_VERIFY(!report->verdict().isEmpty());
    endpoint->clear();
    test->click();
    QVERIFY(report->verdict().isEmpty() && !report->isVisible()); // and not "All is well" beside what is wrong
    QVERIFY(child<QLabel>(dialog, "endpointProblem")->isVisible());
    // The answer to a test that runs is of other keys, too.
    endpoint->setText(u"https://support.example"_s);
    test->click();
    QVERIFY(report->isVisible());
    const QString running = test->text();
    endpoint->setText(u"https://support2.example"_s);
    QVERIFY(!report->isVisible() && test->text() != running);
}

void TestAccountDialog::whatIsWrongIsScrolledTo()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QCheckBox>(dialog, "advanced")->setChecked(true);
    dialog->resize(600, 300);
    auto *endpoint = child<QLineEdit>(dialog, "endpoint");
    auto *problem = child<QLabel>(dialog, "endpointProblem");
    const auto isSeen = [](const QWidget *part) {
        return part->isVisible() && part->visibleRegion().boundingRect().height() == part->height();
    };
    QTRY_VERIFY(!isSeen(endpoint));
    for (const char *button : {"test", "save", "test"}) {
        child<QLineEdit>(dialog, "accountName")->setFocus();
        child<QScrollArea>(dialog, "scroll")->verticalScrollBar()->setValue(0);
        child<QPushButton>(dialog, button)->click();
        QTRY_VERIFY2(isSeen(endpoint) && isSeen(problem), button);
        QCOMPARE(dialog->focusWidget(), endpoint);
    }
    // Where the keys are there already, too.
    child<QScrollArea>(dialog, "scroll")->verticalScrollBar()->setValue(0);
    QVERIFY(!isSeen(endpoint));
    child<QPushButton>(dialog, "test")->click();
    QTRY_VERIFY(isSeen(endpoint) && isSeen(problem));
}

void TestAccountDialog::typedKeysAreTestedBeforeTheyAreKept()
{
    test::FakeDesk desk;
    desk.report = Result<PermissionReport>(Error{.kind = Error::Kind::HostNotFound, .host = u"nowhere.example"_s});
    QPointer<AccountDialog> dialog = open(desk);
    auto *save = child<QPushButton>(dialog, "save");
    child<QLineEdit>(dialog, "accountName")->setText(u"a"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    save->click();
    QTRY_VERIFY(child<AccountReport>(dialog, "report")->verdict().contains(u"nowhere.example"_s));
    QVERIFY(!desk.lastKeep);
    QVERIFY2(save->text().contains(u"Anyway"_s), qPrintable(save->text()));
    QVERIFY(child<QLabel>(dialog, "saveProblem")->text().contains(u"all the same"_s));
    QTest::keyClick(child<QLineEdit>(dialog, "secret"), Qt::Key_Return); // pressed before anybody could read that
    QVERIFY(!desk.lastKeep && dialog->isVisible());
    child<QLineEdit>(dialog, "secret")->setText(secret + u'x'); // other keys are tested, too
    QVERIFY(!save->text().contains(u"Anyway"_s));
    save->click();
    QTRY_VERIFY(save->text().contains(u"Anyway"_s));
    QVERIFY(!desk.lastKeep);
    QCOMPARE(desk.tests.size(), 2);
    save->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().size(), 1);
    QCOMPARE(desk.tests.size(), 2);

    desk.report = reportOf({});
    dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"b"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().last().accountNumber, u"111122223333"_s);

    desk.isSilent = true; // whoever ends the test gives up saving
    dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"c"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE(desk.testsRunning(), 1);
    child<QPushButton>(dialog, "test")->click();
    QCOMPARE(desk.testsRunning(), 0);
    QCOMPARE(desk.accounts().size(), 2);
    delete dialog;
}

void TestAccountDialog::keysOfAnotherAccountAreNotKept()
{
    test::FakeDesk desk;
    ListedAccount account;
    account.name = u"a"_s;
    account.accountNumber = u"444455556666"_s;
    QVERIFY(desk.add({account}));
    desk.report = Result<PermissionReport>(otherOwner(desk.accounts().first(), u"111122223333"_s));
    QPointer<AccountDialog> dialog = new AccountDialog(desk, desk.accounts().first());
    dialog->show();
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    for (int again = 0; again < 2; ++again) {
        child<QPushButton>(dialog, "save")->click();
        QTRY_COMPARE(desk.testsRunning(), 0);
        QTRY_VERIFY(child<AccountReport>(dialog, "report")->verdict().contains(u"444455556666"_s));
        QVERIFY(!child<QPushButton>(dialog, "save")->text().contains(u"Anyway"_s));
        QVERIFY(!desk.lastKeep);
    }
    delete dialog;
}

void TestAccountDialog::theSameAccountIsToldOf()
{
    test::FakeDesk desk;
    ListedAccount account;
    account.name = u"before"_s;
    account.accountNumber = u"111122223333"_s;
    QVERIFY(desk.add({account}));
    QPointer<AccountDialog> dialog = open(desk);
    child<QLineEdit>(dialog, "accountName")->setText(u"again"_s);
    child<QLineEdit>(dialog, "keyId")->setText(keyId);
    child<QLineEdit>(dialog, "secret")->setText(secret);
    auto *save = child<QPushButton>(dialog, "save");
    save->click();
    QTRY_VERIFY(child<QLabel>(dialog, "saveProblem")->text().contains(u"“before”"_s));
    QVERIFY(!desk.lastKeep && save->text().contains(u"Anyway"_s));
    save->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().size(), 2);
}

void TestAccountDialog::editingKeepsTheKeys()
{
    test::FakeDesk desk;
    ListedAccount account;
    account.name = u"before"_s;
    QVERIFY(desk.add({account}));
    QPointer<AccountDialog> dialog = new AccountDialog(desk, desk.accounts().first());
    dialog->show();
    child<QLineEdit>(dialog, "accountName")->setText(u"after"_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QVERIFY(!desk.given);
    QCOMPARE(desk.accounts().first().name, u"after"_s);
    dialog = new AccountDialog(desk, desk.accounts().first());
    dialog->show();
    child<QLineEdit>(dialog, "keyId")->setText(keyId); // half of a pair
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(!child<QLabel>(dialog, "secretProblem")->isHidden());
    child<QLineEdit>(dialog, "secret")->setText(secret);
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QVERIFY(desk.given->isSameAs(Credentials(keyId, secret)));
}

void TestAccountDialog::itIsAsHighAsItsFields()
{
    test::FakeDesk desk;
    desk.fill(1);
    AccountDialog fresh(desk);
    AccountDialog known(desk, desk.accounts().first());
    for (AccountDialog *dialog : {&fresh, &known}) {
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        const QWidget *last = child<QWidget>(dialog, "advanced");
        const QWidget *save = child<QWidget>(dialog, "save");
        const int end = last->mapTo(dialog, QPoint(0, last->height())).y();
        const int next = save->mapTo(dialog, QPoint()).y();
        QVERIFY2(next >= end && next - end <= 32, qPrintable(u"%1, %2"_s.arg(end).arg(next)));
    }
}

void TestAccountDialog::aProfileIsEditedWithoutKeys()
{
    test::FakeDesk desk;
    desk.fill(1);
    QPointer<AccountDialog> dialog = new AccountDialog(desk, desk.accounts().first());
    dialog->show();
    QVERIFY(child<QLineEdit>(dialog, "keyId")->isHidden());
    QVERIFY(child<QLineEdit>(dialog, "secret")->isHidden());
    QVERIFY(child<QLabel>(dialog, "introduction")->text().contains(u"p1"_s));
    child<QLineEdit>(dialog, "accountName")->setText(u"other"_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.accounts().first().name, u"other"_s);
}

void TestAccountDialog::theSecretIsShownOnRequestOnly()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    auto *field = child<QLineEdit>(dialog, "secret");
    auto *show = child<QCheckBox>(dialog, "showSecret");
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    field->setText(secret);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(field);
    QVERIFY(!interface->text(QAccessible::Value).contains(secret));
    show->setChecked(true);
    QCOMPARE(field->echoMode(), QLineEdit::Normal);
    QTest::keyClicks(field, u"x"_s);
    show->setChecked(false);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    show->setChecked(true);
    QVERIFY(!field->isUndoAvailable());
    delete dialog;
}

void TestAccountDialog::everyControlIsReachedByTab()
{
    test::FakeDesk desk;
    QPointer<AccountDialog> dialog = open(desk);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QSet<QString> reached;
    for (int i = 0; i < 40; ++i) {
        QWidget *focus = QApplication::focusWidget();
        QVERIFY(focus);
        reached.insert(focus->objectName());
        QVERIFY2(!focus->accessibleName().isEmpty() || qobject_cast<QAbstractButton *>(focus),
                 qPrintable(focus->objectName()));
        QTest::keyClick(focus, Qt::Key_Tab);
    }
    for (const char *name : {"accountName", "keyId", "secret", "showSecret", "sessionToken", "region", "color", "asks",
                             "advanced", "test", "save", "cancel"})
        QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
    delete dialog;
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestAccountDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountdialog.moc"
