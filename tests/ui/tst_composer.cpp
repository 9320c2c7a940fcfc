#include "archive/outbox.h"
#include "archive/sendjob.h"
#include "support/cases.h"
#include "ui/composer.h"
#include "ui/messageedit.h"
#include "ui/toast.h"
#include "windowfixture.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

#include <chrono>
#include <utility>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The window on the demo's first account, with an open case in it.
struct World
{
    explicit World(const QString &folder, const QString &archive = u":memory:"_s) : fixture(folder, &demo, archive)
    {
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        fixture.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    }

    bool open(const QString &status, int nth = 0)
    {
        CaseListModel &cases = fixture.cases();
        for (int row = 0; row < cases.rowCount(); ++row) {
            if (cases.recordAt(row).status.toString() != status || nth-- > 0)
                continue;
            key = cases.keyAt(row);
            return fixture.open(key);
        }
        return false;
    }

    MessageEdit &text() { return composer().text(); }
    Composer &composer() { return fixture.window().conversation().composer(); }
    template <class T> T *child(const char *name) { return fixture.child<T>(name); }
    Outbox &outbox() { return fixture.workspace().outbox(); }

    int messages(const QString &body)
    {
        DescribeCommunications::Request request;
        request.caseId = key.caseId;
        request.maxResults = 100;
        const auto page = demo.call(request);
        return page ? int(std::count_if(page->communications.begin(), page->communications.end(),
                                        [&](const Communication &one) { return one.body == body; }))
                    : -1;
    }

    QString status()
    {
        DescribeCases::Request request;
        request.caseIdList = {key.caseId};
        request.includeResolvedCases = true;
        const auto page = demo.call(request);
        return page && !page->cases.isEmpty() ? page->cases.first().status : QString();
    }

    bool idle()
    {
        return QTest::qWaitFor(
            [this] {
                for (const OutboxEntry &entry : outbox().entries()) {
                    if (outbox().isUnderWay(entry.id) || entry.state == OutboxState::Queued)
                        return false;
                }
                return true;
            },
            60'000);
    }

    test::DemoFixture demo;
    test::WindowFixture fixture;
    CaseKey key;
};

} // namespace

/// Replies and resolutions, from the keyboard to the service and back.
class TestComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aReplyArrives();
    void sendSaysWhyItIsOff();
    void anyCharacterArrives();
    void draftsBelongToTheirCases();
    void draftsSurviveARestart();
    void aRefusedReplyComesBack();
    void aLostAnswerIsLookedFor();
    void aMissingReplyIsAskedAbout();
    void whatIsNotMeantSoIsAskedAbout_data();
    void whatIsNotMeantSoIsAskedAbout();
    void aResolvedCaseIsReopened();
    void resolveAsksOnce();
    void aMarkedAccountAsksOnce();
    void aQuotationGoesBehindTheText();
    void whatIsBeingComposedIsLeftAlone();
    void aTemplateFillsTheReply();
    void aRehearsalIsNotSent();
    void aReplyIsSavedAsATemplate();
    void aReplyIsCopiedAsACommand_data();
    void aReplyIsCopiedAsACommand();
    void theKeysComeAsSoonAsTheyCan();
    void replyTakesTheKeysWhileJobsEnd();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestComposer::aTemplateFillsTheReply()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    QTest::keyClicks(&world.text(), u"Typed before"_s);
    const auto made = readTemplate(
        R"({"caseId": "case-of-somebody-else", "communicationBody": "Hello,\n{{account}} on {{date}}, {{what}}",
        "ccEmailAddresses": ["a@example.com"], "ticket": 1})");
    QVERIFY(made);
    world.composer().load(*made);
    const QString body = world.text().text();
    QVERIFY2(body.startsWith(u"Hello,\n"_s + world.demo.account().name) && body.endsWith(u", {{what}}"_s),
             qPrintable(body));
    QCOMPARE(world.child<QLineEdit>("cc")->text(), u"a@example.com"_s);
    const QString remark = world.child<QLabel>("templateNoticeText")->text();
    for (const QString &word : {u"another case"_s, u"ticket"_s, u"what"_s})
        QVERIFY2(remark.contains(word), qPrintable(remark));
    // It is a draft of this case like any other, and what was typed comes back.
    QTRY_COMPARE(world.outbox().entries().size(), 1);
    QCOMPARE(world.outbox().entries().first().caseId, world.key.caseId);
    const auto kept = decode<AddCommunicationToCase::Request>(world.outbox().entries().first().input);
    QVERIFY(kept && kept->caseId == world.key.caseId && kept->communicationBody == body);
    world.text().undo();
    QCOMPARE(world.text().text(), u"Typed before"_s);
    // One of a new case is none.
    const auto other = readTemplate(R"({"subject": "s", "communicationBody": "b", "serviceCode": "c"})");
    QVERIFY(other);
    world.composer().load(*other);
    QCOMPARE(world.text().text(), u"Typed before"_s);
    QVERIFY(world.child<QLabel>("templateNoticeText")->text().contains(u"of a new case"_s));
}

void TestComposer::aRehearsalIsNotSent()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    const auto made = readTemplate(R"({"communicationBody": "Only a rehearsal", "caseId": "", "dryRun": true})");
    QVERIFY(made && made->isReply());
    world.composer().load(*made);
    QVERIFY(world.child<QFrame>("rehearsal")->isVisible());
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    QVERIFY(world.child<QPushButton>("check")->isEnabled());
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!world.text().text().isEmpty());
    // It is one after a look at another case, too.
    const CaseKey key = world.key;
    QVERIFY(world.open(u"pending-customer-action"_s, 1));
    QVERIFY(!world.child<QFrame>("rehearsal")->isVisible());
    world.composer().open(key);
    QVERIFY(world.child<QFrame>("rehearsal")->isVisible());
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    QTest::mouseClick(world.composer().findChild<QPushButton *>(u"makeReal"_s), Qt::LeftButton);
    QVERIFY(!world.child<QFrame>("rehearsal")->isVisible());
    QTest::mouseClick(world.child<QPushButton>("send"), Qt::LeftButton);
    world.key = key;
    QTRY_COMPARE(world.messages(u"Only a rehearsal"_s), 1);
}

void TestComposer::aReplyIsSavedAsATemplate()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    QTest::keyClicks(&world.text(), u"Thank you. {{date}}"_s);
    world.fixture.settings().set(u"templates/folder"_s, m_folder->path());
    auto *menu = world.child<QMenu>("replyTemplateMenu");
    Q_EMIT menu->aboutToShow();
    menu->findChild<QAction *>(u"saveTemplate"_s)->trigger();
    auto *dialog = world.composer().findChild<QFileDialog *>(u"saveTemplateDialog"_s);
    QVERIFY(dialog);
    const QString file = m_folder->filePath(u"thanks & greetings.json"_s);
    Q_EMIT dialog->fileSelected(file);
    dialog->reject();
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const auto read = readTemplate(saved.readAll());
    QVERIFY(read);
    QVERIFY(!read->isReply()); // it names no case: it is for any
    QCOMPARE(std::get<CreateCase::Request>(read->request).communicationBody, u"Thank you. {{date}}"_s);
    // The folder is a menu.
    Q_EMIT menu->aboutToShow();
    QAction *entry = nullptr;
    const auto find = [menu, &entry] {
        for (QAction *action : menu->actions())
            entry = action->text() == u"thanks && greetings"_s ? action : entry;
        return entry != nullptr;
    };
    QTRY_VERIFY(find()); // it is read on the pool
    world.text().clear();
    entry->trigger();
    QTRY_VERIFY(world.text().text().startsWith(u"Thank you. 2"_s));
}

void TestComposer::aReplyIsCopiedAsACommand_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("for a POSIX shell") << u"copyPosix"_s;
    QTest::newRow("for PowerShell") << u"copyPowerShell"_s;
}

void TestComposer::aReplyIsCopiedAsACommand()
{
    QFETCH(QString, action);
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    QTest::keyClicks(&world.text(), u"It's $HOME"_s);
    auto *menu = world.child<QMenu>("replyTemplateMenu");
    Q_EMIT menu->aboutToShow();
    menu->findChild<QAction *>(action)->trigger();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.startsWith(u"aws support add-communication-to-case"_s), qPrintable(command));
    QVERIFY(command.contains(world.key.caseId) && command.contains(u"us-east-1"_s) && command.contains(u"$HOME"_s));
}

void TestComposer::aReplyArrives()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    QTest::keyClick(&world.fixture.window(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(world.text().hasFocus());
    QTest::keyClicks(&world.text(), u"Here is the log you asked for."_s);
    QVERIFY(world.child<QPushButton>("send")->isEnabled());
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(world.text().text().isEmpty());
    QTRY_COMPARE(world.messages(u"Here is the log you asked for."_s), 1);
    // What was sent stands in the conversation, and nothing is left of it elsewhere.
    QTRY_VERIFY(world.fixture.conversation().document()->toPlainText().contains(u"Here is the log you asked for."_s));
    QTRY_VERIFY(world.outbox().entries().isEmpty());
    QVERIFY(!world.child<QFrame>("pending")->isVisible());
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier); // an empty one is not sent
    QVERIFY(world.outbox().entries().isEmpty());
}

void TestComposer::sendSaysWhyItIsOff()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    auto *send = world.child<QPushButton>("send");
    auto *why = world.child<QLabel>("why");
    auto *left = world.child<QLabel>("left");
    QVERIFY(!send->isEnabled());
    QVERIFY(!send->toolTip().isEmpty());
    world.text().setPlainText(u"🙂"_s.repeated(8000));
    QVERIFY(send->isEnabled());
    QCOMPARE(left->text(), u"0 left"_s);
    world.text().setPlainText(u"🙂"_s.repeated(8001));
    QVERIFY(!send->isEnabled());
    QCOMPARE(why->text(), u"1 character over AWS's limit of 8,000."_s);
    for (QLabel *label : {why, left}) // a screen reader says what stands there
        QCOMPARE(QAccessible::queryAccessibleInterface(label)->text(QAccessible::Name), label->text());
    world.text().setPlainText(u" \n "_s);
    QVERIFY(!send->isEnabled());
    world.text().setPlainText(u"Hello"_s);
    QVERIFY(send->isEnabled());
    QTest::mouseClick(world.child<QToolButton>("ccButton"), Qt::LeftButton);
    auto *cc = world.child<QLineEdit>("cc");
    QTRY_VERIFY(cc->isVisible());
    cc->setText(u"nobody"_s);
    QVERIFY(!send->isEnabled());
    QVERIFY(why->text().contains(u"“nobody”"_s));
    QStringList eleven;
    for (int i = 0; i < 11; ++i)
        eleven.append(u"a%1@example.com"_s.arg(i));
    cc->setText(eleven.join(u", "_s));
    QVERIFY(!send->isEnabled());
    eleven.removeLast();
    cc->setText(eleven.join(u"; "_s));
    QVERIFY(send->isEnabled());
    world.demo.setFaults(u"deny:AddCommunicationToCase"_s); // so that nothing goes on after the test
}

void TestComposer::anyCharacterArrives()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    const QString text =
        u"no-break\u00a0space\n\ttab 東京 🙂 \u202ereversed\u202c \"quotes\" \\ </script> &amp;\nend"_s;
    QGuiApplication::clipboard()->setText(text + QChar(QChar::Null));
    world.text().paste();
    QCOMPARE(world.text().text(), text);
    world.fixture.child<QToolButton>("ccButton")->setChecked(true);
    QTest::keyClick(world.fixture.child<QLineEdit>("cc"), Qt::Key_Enter, Qt::ControlModifier); // from every field
    QTRY_COMPARE(world.messages(text), 1);
}

void TestComposer::draftsBelongToTheirCases()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s, 0));
    const CaseKey first = world.key;
    QTest::keyClicks(&world.text(), u"for the first"_s);
    QVERIFY(world.open(u"pending-customer-action"_s, 1));
    QVERIFY(world.text().text().isEmpty());
    QTest::keyClicks(&world.text(), u"for the second"_s);
    QVERIFY(world.open(u"pending-customer-action"_s, 0));
    QCOMPARE(world.key, first);
    QCOMPARE(world.text().text(), u"for the first"_s);
    QTest::keyClick(&world.text(), Qt::Key_Z, Qt::ControlModifier); // its own undo
    QVERIFY(world.text().text() != u"for the first"_s);
    QVERIFY(!world.text().text().contains(u"second"_s));
}

void TestComposer::draftsSurviveARestart()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    CaseKey key;
    {
        World world(m_folder->path(), archive);
        QVERIFY(world.open(u"pending-customer-action"_s));
        key = world.key;
        world.text().setPlainText(u"half a thought"_s);
        QTRY_COMPARE(world.outbox().entries().size(), 1);
    }
    World world(m_folder->path(), archive);
    QVERIFY(world.fixture.open(key));
    QCOMPARE(world.text().text(), u"half a thought"_s);
    world.text().clear();
    QTRY_VERIFY(world.outbox().entries().isEmpty()); // an empty draft is none
    world.text().setPlainText(u"half"_s);
    QTRY_COMPARE(world.outbox().entries().size(), 1);
    world.text().setPlainText(u" \n\n\t"_s);
    QTRY_VERIFY(world.outbox().entries().isEmpty()); // nor is one of spaces and line breaks alone
}

void TestComposer::aRefusedReplyComesBack()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.demo.setFaults(u"deny:AddCommunicationToCase=1"_s);
    world.text().setPlainText(u"refused"_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.text().text(), u"refused"_s);
    QTRY_VERIFY(world.child<QFrame>("pending")->isVisible());
    // What the service said itself is folded, and can be copied.
    const QString told = world.child<QLabel>("pendingText")->text();
    QVERIFY2(told.contains(u"not allowed"_s) && told.contains(u"Your text is kept."_s), qPrintable(told));
    QVERIFY2(!told.contains(u"arn:"_s) && !told.contains(u"AccessDenied"_s), qPrintable(told));
    auto *details = world.child<QLabel>("pendingDetails");
    QVERIFY(!details->isVisible());
    world.child<QPushButton>("pendingUnfold")->click();
    QVERIFY(details->isVisible());
    for (const QString &part : {u"arn:aws:iam"_s, u"AccessDeniedException"_s, u"Request id"_s})
        QVERIFY2(details->text().contains(part), qPrintable(details->text()));
    world.child<QPushButton>("pendingCopy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), details->text());
    QCOMPARE(world.messages(u"refused"_s), 0);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.messages(u"refused"_s), 1);
    QVERIFY(world.idle());
    QTRY_VERIFY(!world.child<QFrame>("pending")->isVisible());
}

void TestComposer::aLostAnswerIsLookedFor()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.demo.setFaults(u"reset:AddCommunicationToCase=inside/1"_s);
    world.text().setPlainText(u"answer lost"_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(world.outbox().entries().isEmpty(), 20'000);
    QCOMPARE(world.messages(u"answer lost"_s), 1);
    QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
}

void TestComposer::aMissingReplyIsAskedAbout()
{
    // The demo knows at once what it did.
    const SendJob::Pauses usual = std::exchange(SendJob::usualLooks(), {0ms, 10ms, 20ms});
    const auto takeBack = qScopeGuard([&usual] { SendJob::usualLooks() = usual; });
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.demo.setFaults(u"500:AddCommunicationToCase=1"_s);
    world.text().setPlainText(u"not done"_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    auto *again = world.child<QPushButton>("sendAgain");
    QTRY_VERIFY_WITH_TIMEOUT(again->isVisible(), 20'000);
    QCOMPARE(world.outbox().entries().first().state, OutboxState::Asking);
    QCOMPARE(world.messages(u"not done"_s), 0);
    // From an account that asks, sending again is sending.
    world.fixture.workspace().accounts().setLooks({{world.key.account, {.asksBeforeSending = true}}});
    const auto question = [&] { return world.composer().findChild<QMessageBox *>(u"sendQuestion"_s); };
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(question() && question()->text().contains(world.demo.account().name));
    QCOMPARE(question()->defaultButton(), question()->button(QMessageBox::Cancel));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QCOMPARE(world.outbox().entries().first().state, OutboxState::Asking);
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(question());
    question()->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.messages(u"not done"_s), 1);
    QTRY_VERIFY(world.outbox().entries().isEmpty());
}

void TestComposer::whatIsNotMeantSoIsAskedAbout_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("a placeholder") << u"Hello {{name}}"_s << u"{{name}}"_s;
    // Sent within the moment after which it would be marked.
    QTest::newRow("a secret") << u"We use AKIA2E0A8F3B244C9986"_s << u"AWS access key ID"_s;
}

void TestComposer::whatIsNotMeantSoIsAskedAbout()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.text().setPlainText(text);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    auto *question = world.composer().findChild<QMessageBox *>(u"sendQuestion"_s);
    QVERIFY(question);
    QVERIFY2(question->informativeText().contains(said), qPrintable(question->informativeText()));
    QCOMPARE(world.messages(text), 0);
    question->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.messages(text), 1); // it was meant so
}

void TestComposer::aResolvedCaseIsReopened()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"resolved"_s));
    QVERIFY(world.child<QLabel>("note")->isVisible());
    QVERIFY(world.child<QLabel>("note")->text().contains(u"reopen"_s));
    QVERIFY(!world.child<QAction>("actionResolve")->isEnabled());
    world.text().setPlainText(u"It is back."_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.messages(u"It is back."_s), 1);
    QCOMPARE(world.status(), u"reopened"_s);
    QTRY_VERIFY(!world.child<QLabel>("note")->isVisible());
}

void TestComposer::whatIsBeingComposedIsLeftAlone()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.text().setFocus();
    QTest::keyClicks(&world.text(), u"See "_s);
    QInputMethodEvent composing(u"にほ"_s, {});
    QApplication::sendEvent(&world.text(), &composing);
    const auto preedit = [&] { return world.text().textCursor().block().layout()->preeditAreaText(); };
    QCOMPARE(preedit(), u"にほ"_s);
    // Neither a refresh nor the draft that is stored meanwhile ends it.
    world.fixture.child<QAction>("actionRefresh")->trigger();
    QTRY_VERIFY(world.fixture.workspace().jobs().rowCount() == 0);
    QTRY_COMPARE(world.outbox().entries().size(), 1);
    QCOMPARE(preedit(), u"にほ"_s);
    QInputMethodEvent done;
    done.setCommitString(u"日本"_s);
    QApplication::sendEvent(&world.text(), &done);
    QCOMPARE(world.text().text(), u"See 日本"_s);
    // Enter breaks the line, here as everywhere in it.
    QTest::keyClick(&world.text(), Qt::Key_Return);
    QCOMPARE(world.text().text(), u"See 日本\n"_s);
    QCOMPARE(world.messages(u"See 日本"_s), 0);
}

void TestComposer::aQuotationGoesBehindTheText()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    auto *action = world.child<QAction>("actionQuote");
    QVERIFY(action->isEnabled());
    action->trigger();
    const QString quoted = world.text().text();
    QVERIFY2(quoted.startsWith(u"On "_s) && quoted.contains(u"\n> "_s) && quoted.endsWith(u"\n\n"_s),
             qPrintable(quoted));
    QTRY_VERIFY(world.text().hasFocus());
    QTest::keyClicks(&world.text(), u"No."_s);
    QVERIFY(world.text().text().endsWith(u"\n\nNo."_s));
    world.composer().quote(u"> second"_s);
    QVERIFY(world.text().text().endsWith(u"\n\nNo.\n\n> second\n\n"_s));
    world.text().undo();
    QVERIFY(world.text().text().endsWith(u"\n\nNo."_s));
    world.composer().quote({});
    QVERIFY(world.text().text().endsWith(u"\n\nNo."_s));
    QTRY_VERIFY(world.outbox().replyDraft(world.key.account, world.key.caseId)); // it is a draft like what is typed
}

// Account and case are named, Cancel keeps the text, and what was agreed to is sent without another question.
void TestComposer::aMarkedAccountAsksOnce()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    world.fixture.workspace().accounts().setLooks({{world.key.account, {.asksBeforeSending = true}}});
    QCOMPARE(world.fixture.workspace().accounts().colorIndex(world.key.account), redAccountColor);
    const QString id = world.fixture.cases().findCase(world.key)->displayId.toString();
    world.text().setPlainText(u"From a marked account"_s);
    const auto question = [&] { return world.composer().findChild<QMessageBox *>(u"sendQuestion"_s); };
    for (const bool agrees : {false, true}) {
        QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(question());
        const QString words = question()->text() + question()->informativeText();
        QVERIFY2(words.contains(id) && words.contains(world.demo.account().name), qPrintable(words));
        QCOMPARE(question()->defaultButton(), question()->button(QMessageBox::Cancel));
        QCOMPARE(world.demo.requestCount("AddCommunicationToCase"), 0);
        agrees ? question()->findChild<QPushButton *>(u"goOnButton"_s)->click()
               : question()->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!question());
        QCOMPARE(world.text().text().isEmpty(), agrees);
    }
    QTRY_COMPARE(world.demo.requestCount("AddCommunicationToCase"), 1);
    QVERIFY(!question());
}

void TestComposer::resolveAsksOnce()
{
    World world(m_folder->path());
    QVERIFY(world.open(u"pending-customer-action"_s));
    const auto press = [&](const char *button) {
        world.fixture.window().activateWindow();
        if (!QTest::qWaitForWindowActive(&world.fixture.window()))
            return QString();
        QTest::keyClick(&world.fixture.window(), Qt::Key_D, Qt::ControlModifier);
        QMessageBox *box = nullptr;
        if (!QTest::qWaitFor([&] { return (box = world.child<QMessageBox>("resolveDialog")) != nullptr; }))
            return QString();
        const QString words = box->text() + box->informativeText();
        QAbstractButton *choice =
            button ? box->findChild<QPushButton *>(QLatin1StringView(button)) : box->button(QMessageBox::Cancel);
        QTest::mouseClick(choice, Qt::LeftButton);
        if (!QTest::qWaitFor([&] { return !world.child<QMessageBox>("resolveDialog"); }))
            return QString();
        return words;
    };
    const CaseRecord *record = world.fixture.cases().findCase(world.key);
    const QString id = record->displayId.toString();
    const QString words = press(nullptr);
    QVERIFY2(words.contains(id) && words.contains(world.demo.account().name), qPrintable(words));
    QCOMPARE(world.status(), u"pending-customer-action"_s);
    QVERIFY(!words.contains(u"set to ask"_s));
    world.fixture.workspace().accounts().setLooks({{world.key.account, {.asksBeforeSending = true}}});
    QVERIFY(press("resolveButton").contains(u"set to ask"_s)); // in the one question
    QTRY_COMPARE(world.status(), u"resolved"_s);
    QCOMPARE(world.demo.requestCount("ResolveCase"), 1);
    Toast *toast = nullptr;
    QTRY_VERIFY((toast = world.child<Toast>("toast")));
    QTRY_VERIFY2(toast->text().contains(u"Needs reply → Resolved"_s), qPrintable(toast->text()));
    QTRY_VERIFY(!world.child<QAction>("actionResolve")->isEnabled());
}

/// As while drafts are still read: what is typed behind Ctrl+R is no command for the list.
void TestComposer::theKeysComeAsSoonAsTheyCan()
{
    World world(m_folder->path());
    MainWindow &window = world.fixture.window();
    world.fixture.table().setFocus();
    world.composer().setEnabled(false);
    world.fixture.child<QAction>("actionReply")->trigger();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&window.conversation().view()));
    world.composer().setEnabled(true);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&world.text()));
    // Nor while it is hidden.
    world.fixture.table().setFocus();
    world.composer().hide();
    world.fixture.child<QAction>("actionReply")->trigger();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&window.conversation().view()));
    world.composer().show();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&world.text()));
    // Who went elsewhere meanwhile stays there.
    world.composer().setEnabled(false);
    world.fixture.child<QAction>("actionReply")->trigger();
    world.fixture.table().setFocus();
    world.composer().setEnabled(true);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&world.fixture.table()));
}

/// Ctrl+1, J, J, Ctrl+R and words, over and over, while refreshes begin and end.
void TestComposer::replyTakesTheKeysWhileJobsEnd()
{
    World world(m_folder->path());
    MainWindow &window = world.fixture.window();
    for (int turn = 0; turn < 12; ++turn) {
        Q_EMIT window.refreshAllRequested();
        for (int events = 0; events < turn; ++events)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        world.fixture.child<QAction>("actionCases")->trigger();
        const int row = world.fixture.table().currentIndex().row();
        QTest::keyClick(QApplication::focusWidget(), turn % 8 < 4 ? Qt::Key_J : Qt::Key_K);
        QTest::keyClick(QApplication::focusWidget(), turn % 8 < 4 ? Qt::Key_J : Qt::Key_K);
        const CaseKey key = window.conversation().key();
        world.fixture.child<QAction>("actionReply")->trigger();
        const QString before = world.text().text();
        for (const QChar letter : u"sjkt"_s) { // in the list each would do something
            QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
        QCOMPARE(world.text().text(), before + u"sjkt"_s);
        QCOMPARE(window.conversation().key(), key);
        QVERIFY(row >= 0);
    }
    QTRY_VERIFY(world.fixture.jobs().jobs().isEmpty());
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
