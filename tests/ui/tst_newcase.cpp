#include "archive/outbox.h"
#include "archive/uploadfilesjob.h"
#include "newcaseworld.h"
#include "support/cases.h"
#include "ui/attachmentstrip.h"
#include "ui/draftspage.h"
#include "ui/filetray.h"
#include "ui/interfacelanguage.h"
#include "ui/messageedit.h"
#include "ui/newcasewindow.h"
#include "ui/toast.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTest>
#include <QUrl>

using namespace casement;
using namespace Qt::StringLiterals;

using World = test::NewCaseWorld;

/// A new case, from the form to the service.
class TestNewCase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aCaseIsOpened();
    void checkOpensNone_data();
    void checkOpensNone();
    void aRefusalIsSaidAndTheTextStays();
    void aDraftIsFoundAgain();
    void whatWasOpenIsOpenAgain();
    void whatEndedUnsaidIsToldOnce();
    void whatEndsTogetherIsToldTogether();
    void listsAreThereTheNextTime();
    void ctrlEnterSendsFromEveryField();
    void enterOpensNothing();
    void urgentCasesAreAskedAbout();
    void escKeepsTheDraft();
    void whatDoesNotFitScrolls();
    void theFirstServiceThatFitsIsTaken_data();
    void theFirstServiceThatFitsIsTaken();
    void enterTakesTheServiceThatFits();
    void noticesFollowTheLanguage();
    void noticesStayInSight_data();
    void noticesStayInSight();
    void aServiceThatAScreenReaderPutsIn();
    void anotherServiceThatAScreenReaderPutsIn();
    void aCaseHasItsFiles();
    void whatIsToldOfFilesStaysInSight_data();
    void whatIsToldOfFilesStaysInSight();
    void filesComeBeforeText();
    void aReminderNamesTheButton();
    void anotherAccountGetsTheFilesToo();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestNewCase::aCaseIsOpened()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(!world.create()->isEnabled());
    QVERIFY(!world.child<QLabel>("why")->text().isEmpty());
    QVERIFY(world.chooseService(u"lambda"_s));
    // The list of matches is no part of what a screen reader is shown.
    QVERIFY(world.child<QLineEdit>("service")->accessibleDescription().contains(u"Lambda"_s));
    auto *category = world.child<QComboBox>("category");
    category->setCurrentIndex(0);
    Q_EMIT category->activated(0);
    auto *language = world.child<QComboBox>("language");
    QTRY_VERIFY(language->count() > 0 && language->currentIndex() >= 0);
    world.write(u"Functions time out 東京"_s, u"Since 09:10 UTC.\n\nWhat can we do?"_s);
    QTRY_VERIFY2(world.create()->isEnabled(), qPrintable(world.child<QLabel>("why")->text()));
    QTest::mouseClick(world.create(), Qt::LeftButton);
    QTRY_VERIFY(!world.window); // it closes when the case is there
    const QList<CaseDetails> cases = world.cases(u"Functions time out 東京"_s);
    QCOMPARE(cases.size(), 1);
    QCOMPARE(cases.first().language, u"en"_s);
    QCOMPARE(cases.first().severityCode, u"low"_s);
    QVERIFY(!cases.first().categoryCode.isEmpty());
    QVERIFY(cases.first().serviceCode.contains(u"lambda"_s));
    auto *toast = world.fixture.child<Toast>("toast");
    QTRY_VERIFY(toast && toast->text().contains(u"Functions time out"_s));
    // The notice leads to it.
    QTest::mouseClick(world.fixture.child<QPushButton>("toastButton"), Qt::LeftButton);
    QTRY_COMPARE(world.fixture.child<QLabel>("subject")->text(), u"Functions time out 東京"_s);
}

void TestNewCase::checkOpensNone_data()
{
    QTest::addColumn<bool>("old");
    QTest::newRow("the service of today") << false;
    QTest::newRow("one without dryRun") << true;
}

void TestNewCase::checkOpensNone()
{
    QFETCH(bool, old);
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = old;
    World world(m_folder->path(), u":memory:"_s, options);
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s));
    world.child<QComboBox>("category")->setCurrentIndex(0);
    world.write(u"Only a check"_s, u"Nothing happens."_s);
    auto *check = world.child<QPushButton>("check");
    QTRY_VERIFY(check->isEnabled());
    QTest::mouseClick(check, Qt::LeftButton);
    auto *why = world.child<QLabel>("why");
    QTRY_VERIFY2(check->isEnabled(), qPrintable(why->text()));
    QCOMPARE(why->text() == u"AWS would accept this case."_s, !old);
    QVERIFY(world.cases(u"Only a check"_s).isEmpty());
}

void TestNewCase::aRefusalIsSaidAndTheTextStays()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s));
    world.child<QComboBox>("category")->setCurrentIndex(0);
    world.write(u"No plan"_s, u"Text that stays."_s);
    QTRY_VERIFY(world.create()->isEnabled());
    world.demo.setFaults(u"plan:CreateCase=1"_s);
    QTest::mouseClick(world.create(), Qt::LeftButton);
    auto *told = world.child<QLabel>("pendingText");
    QTRY_VERIFY(told->isVisible() && told->text().contains(u"support plan"_s));
    QCOMPARE(world.body().text(), u"Text that stays."_s);
    QVERIFY(!world.body().isReadOnly());
    QTest::mouseClick(world.create(), Qt::LeftButton);
    QTRY_VERIFY(!world.window);
    QCOMPARE(world.cases(u"No plan"_s).size(), 1);
}

void TestNewCase::aDraftIsFoundAgain()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    {
        World world(m_folder->path(), archive);
        QVERIFY(world.open());
        QVERIFY(world.chooseService(u"lambda"_s));
        world.write(u"Half a thought"_s, u"to be continued"_s);
        world.fixture.window().close(); // the draft was typed a moment ago
    }
    World world(m_folder->path(), archive);
    QTRY_COMPARE(world.fixture.workspace().outbox().entries().size(), 1);
    world.fixture.child<QAction>("actionDrafts")->trigger();
    auto *page = world.fixture.child<DraftsPage>("draftsPage");
    QVERIFY(page && page->isVisible());
    Q_EMIT page->openRequested(world.fixture.workspace().outbox().entries().first().id);
    QVERIFY(world.found());
    QCOMPARE(world.child<QLineEdit>("subject")->text(), u"Half a thought"_s);
    QCOMPARE(world.body().text(), u"to be continued"_s);
    QTRY_VERIFY(world.child<QLineEdit>("service")->text().contains(u"Lambda"_s));
}

void TestNewCase::whatWasOpenIsOpenAgain()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    {
        World world(m_folder->path(), archive);
        QVERIFY(world.open());
        world.write(u"Half a thought"_s, u"to be continued"_s);
        // As a kill leaves it: the draft and the place of its window are on the disk, and nobody closed anything.
        QTRY_COMPARE(world.fixture.settings().text(u"newCase/open"_s).isEmpty(), false);
        world.fixture.window().close();
    }
    {
        World world(m_folder->path(), archive);
        QTRY_VERIFY(world.found());
        QCOMPARE(world.child<QLineEdit>("subject")->text(), u"Half a thought"_s);
        world.window->close(); // the person closes it, and the draft stays
        QTRY_VERIFY(!world.window);
        QTRY_COMPARE(world.fixture.settings().text(u"newCase/open"_s), QString());
        world.fixture.window().close();
    }
    World world(m_folder->path(), archive);
    QTRY_COMPARE(world.fixture.workspace().outbox().entries().size(), 1);
    QCoreApplication::processEvents();
    QVERIFY(!world.found());
}

// A kill between the end of a change and the notice of it.
void TestNewCase::whatEndedUnsaidIsToldOnce()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    {
        World world(m_folder->path(), archive);
        Outbox &outbox = world.fixture.workspace().outbox();
        CreateCase::Request request;
        request.subject = u"Killed in between"_s;
        OutboxEntry entry =
            Outbox::newEntry(world.fixture.workspace().accountRecords().first().id, CreateCase::name, {});
        entry.input = encode(request);
        outbox.save(entry);
        entry.state = OutboxState::Done;
        bool settled = false;
        outbox.settle(entry, &outbox, [&settled](const Result<void> &) { settled = true; });
        QTRY_VERIFY(settled);
    }
    {
        World world(m_folder->path(), archive);
        auto *toast = world.fixture.child<Toast>("toast");
        QVERIFY(toast);
        QTRY_VERIFY2(toast->text().contains(u"Killed in between"_s), qPrintable(toast->text()));
        QTRY_VERIFY(world.fixture.workspace().outbox().entries().isEmpty());
    }
    World world(m_folder->path(), archive);
    QVERIFY(world.fixture.workspace().outbox().entries().isEmpty());
    auto *toast = world.fixture.child<Toast>("toast");
    QVERIFY(!toast || !toast->text().contains(u"Killed in between"_s));
}

void TestNewCase::whatEndsTogetherIsToldTogether()
{
    World world(m_folder->path());
    const AccountId account = world.fixture.workspace().accountRecords().first().id;
    const auto end = [&](const QString &subject, OutboxState state) {
        CreateCase::Request request;
        request.subject = subject;
        OutboxEntry entry = Outbox::newEntry(account, CreateCase::name, {});
        entry.input = encode(request);
        entry.state = state;
        if (state != OutboxState::Done)
            entry.error = {.kind = Error::Kind::Refused, .code = u"CaseCreationLimitExceeded"_s};
        world.fixture.window().showOutcome(entry, {}, {});
    };
    end(u"First"_s, OutboxState::Done);
    auto *toast = world.fixture.child<Toast>("toast");
    QVERIFY(toast && toast->text().contains(u"First"_s));
    end(u"Second"_s, OutboxState::Draft);
    const QStringList lines = toast->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines.first().contains(u"Second"_s), qPrintable(toast->text())); // what was not done stands first
    QVERIFY(lines.last().contains(u"First"_s));
    for (int i = 0; i < 5; ++i)
        end(u"More"_s, OutboxState::Done);
    QCOMPARE(toast->text().count(u'\n'), 4);
    QVERIFY(toast->text().contains(u"and 3 more"_s));
    toast->hide();
    end(u"Later"_s, OutboxState::Done);
    QCOMPARE(toast->text().count(u'\n'), 0);
}

void TestNewCase::listsAreThereTheNextTime()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s));
    const int asked = world.demo.requestCount("DescribeServices");
    QCOMPARE(asked, 1);
    QTest::keySequence(world.window, QKeySequence::Close);
    QTRY_VERIFY(!world.window);
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s));
    QCOMPARE(world.demo.requestCount("DescribeServices"), asked);
    QCOMPARE(world.demo.requestCount("DescribeSeverityLevels"), 1);
}

void TestNewCase::ctrlEnterSendsFromEveryField()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Sent from the subject"_s));
    world.child<QLineEdit>("subject")->setFocus();
    QTest::keyClick(world.child<QLineEdit>("subject"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.cases(u"Sent from the subject"_s).size(), 1);
}

void TestNewCase::enterOpensNothing()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Not yet"_s));
    for (const char *name : {"subject", "cc", "service"})
        QTest::keyClick(world.child<QLineEdit>(name), Qt::Key_Return);
    QVERIFY(world.window && world.window->isVisible());
    QVERIFY(world.isDraft());
}

void TestNewCase::urgentCasesAreAskedAbout()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Production is down"_s));
    auto *severity = world.child<QComboBox>("severity");
    severity->setCurrentIndex(severity->findData(u"urgent"_s));
    QVERIFY(severity->currentIndex() >= 0);
    Q_EMIT severity->activated(severity->currentIndex());

    const auto question = [&] { return world.window->findChild<QMessageBox *>(u"sendQuestion"_s); };
    world.create()->click();
    QVERIFY(question());
    QVERIFY(question()->text().contains(world.child<QComboBox>("account")->currentText()));
    // Whoever goes on with Enter opens nothing.
    QCOMPARE(question()->defaultButton(), question()->button(QMessageBox::Cancel));
    QCOMPARE(question()->focusWidget(), question()->button(QMessageBox::Cancel));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QVERIFY(world.isDraft());
    QVERIFY(world.cases(u"Production is down"_s).isEmpty());

    // Of a marked account, with a secret typed a moment ago, it stays one question.
    world.child<MessageEdit>("body")->setPlainText(u"It uses AKIA2E0A8F3B244C9986"_s);
    const AccountId account = world.fixture.workspace().accountRecords().first().id;
    world.fixture.workspace().accounts().setLooks({{account, {.asksBeforeSending = true}}});
    world.create()->click();
    const QString words = question()->informativeText();
    QVERIFY2(words.contains(u"Production is down"_s) && words.contains(u"day and night"_s)
                 && words.contains(u"set to ask"_s) && words.contains(u"AWS access key ID"_s),
             qPrintable(words));
    QVERIFY2(words.startsWith(u"“Production is down”\n\n"_s), qPrintable(words)); // which case, then the rest
    question()->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.cases(u"Production is down"_s).size(), 1);
}

void TestNewCase::escKeepsTheDraft()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    world.write(u"Half a thought"_s, u"To be"_s);
    QVERIFY(world.isDraft());
    const QString id = world.window->entryId();
    QTest::keyClick(world.child<QLineEdit>("subject"), Qt::Key_Escape);
    QTRY_VERIFY(!world.window);
    const OutboxEntry *entry = world.fixture.workspace().outbox().find(id);
    QVERIFY(entry && entry->input.contains("To be"));
}

// Whatever the height: what does not fit scrolls, and the buttons stay in sight.
void TestNewCase::whatDoesNotFitScrolls()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    world.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(world.window));
    world.window->resize(784, 220);
    QTRY_COMPARE(world.window->size(), QSize(784, 220));
    QCoreApplication::processEvents();
    QVERIFY(world.window->rect().contains(world.create()->geometry()));
    auto *why = world.child<QLabel>("why"); // what is missing has a line of its own
    QVERIFY(why->geometry().bottom() < world.create()->y());
    QVERIFY(why->width() > world.window->width() / 2);
    auto *scroll = world.child<QScrollArea>("scroll");
    QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
    world.body().setFocus();
    QTRY_VERIFY(scroll->verticalScrollBar()->value() > 0);
    const QPoint cursor = world.body().viewport()->mapTo(scroll->viewport(), world.body().cursorRect().bottomLeft());
    QVERIFY(scroll->viewport()->rect().contains(cursor));
}

/// The first of the services that fit what was typed is marked; Return and Tab take it.
void TestNewCase::theFirstServiceThatFitsIsTaken_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("downs");
    QTest::newRow("Return") << int(Qt::Key_Return) << 0;
    QTest::newRow("Enter") << int(Qt::Key_Enter) << 0;
    QTest::newRow("Tab") << int(Qt::Key_Tab) << 0;
    QTest::newRow("the second by Return") << int(Qt::Key_Return) << 1;
    QTest::newRow("the second by Tab") << int(Qt::Key_Tab) << 1;
}

void TestNewCase::theFirstServiceThatFitsIsTaken()
{
    QFETCH(const int, key);
    QFETCH(const int, downs);
    World world(m_folder->path());
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("service");
    QTRY_VERIFY(field->completer()->model()->rowCount() > 10);
    field->setFocus();
    QTest::keyClicks(field, u"ec2"_s);
    QAbstractItemView *list = field->completer()->popup();
    QVERIFY(list->isVisible());
    QVERIFY(list->model()->rowCount() > 1);
    QTRY_VERIFY(list->selectionModel()->isRowSelected(0));
    QCOMPARE(field->text(), u"ec2"_s); // one goes on typing
    const QString wanted = list->model()->index(downs, 0).data().toString();
    for (int i = 0; i < downs; ++i)
        QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key(key));
    QTRY_COMPARE(field->text(), wanted);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
    QVERIFY(!list->isVisible());
    QCOMPARE(QApplication::focusWidget() == field, key != Qt::Key_Tab);
    QVERIFY(world.child<QLabel>("serviceProblem")->isHidden());
}

/// Enter takes what was typed for the service that is called so, or the first that fits.
void TestNewCase::enterTakesTheServiceThatFits()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("service");
    QTRY_VERIFY(field->completer()->model()->rowCount() > 10);
    const auto enter = [&](const QString &typed) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, typed);
        QWidget *list = field->completer()->popup();
        QTest::keyClick(list->isVisible() ? list : field, Qt::Key_Return);
    };
    enter(u"lambd"_s);
    QTRY_COMPARE(field->text(), u"Lambda"_s);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
    QVERIFY(!field->completer()->popup()->isVisible());
    field->selectAll();
    QTest::keyClicks(field, u"a"_s); // many have it in their name
    QTest::keyClick(field->completer()->popup(), Qt::Key_Escape);
    QTest::keyClick(field, Qt::Key_Return); // none is marked any more
    QCOMPARE(field->text(), u"a"_s);
    QVERIFY(field->accessibleDescription().contains(u"fit"_s)); // that of Lambda is not meant any more
    enter(u"LAMBDA"_s);
    QTRY_COMPARE(field->text(), u"Lambda"_s);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
    QVERIFY(world.window->isVisible()); // Enter sent nothing and closed nothing
    QVERIFY(world.fixture.workspace().outbox().find(world.window->entryId()) == nullptr || world.isDraft());
}

void TestNewCase::noticesFollowTheLanguage()
{
    InterfaceLanguage language;
    language.set(u"en"_s);
    World world(m_folder->path());
    QVERIFY(world.open());
    auto *notice = world.window->findChild<QWidget *>(u"secrets"_s);
    world.window->findChild<QLineEdit *>(u"subject"_s)->insert(u"AKIAIOSFODNN7EXAMPLE"_s);
    QTRY_VERIFY(notice->isVisible());
    const auto words = [notice] {
        QStringList all;
        for (const QLabel *label : notice->findChildren<QLabel *>())
            all.append(label->text());
        for (const QAbstractButton *button : notice->findChildren<QAbstractButton *>())
            all.append(button->text());
        all.removeAll(QString());
        return all;
    };
    const QStringList english = words();
    QVERIFY(english.size() > 1);
    language.set(u"ja"_s);
    QTRY_VERIFY(words() != english);
    const QStringList japanese = words();
    QCOMPARE(japanese.size(), english.size());
    for (const QString &word : english)
        QVERIFY2(!japanese.contains(word), qPrintable(word));
    language.set(u"en"_s);
}

/// What is told of a field stands in sight together with it, in a low window, too.
void TestNewCase::noticesStayInSight_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("notice");
    const QString key = u"AKIAIOSFODNN7EXAMPLE"_s;
    QTest::newRow("a secret in the subject") << u"subject"_s << key << u"secrets"_s;
    QTest::newRow("a secret in the text") << u"body"_s << key << u"secrets"_s;
    QTest::newRow("a secret far above") << u"body"_s << key + u"\nmore"_s.repeated(60) << u"secrets"_s;
    QTest::newRow("a long subject") << u"subject"_s << u"word "_s.repeated(60) << u"subjectProblem"_s;
    QTest::newRow("a wrong address") << u"cc"_s << u"nobody"_s << u"ccProblem"_s;
}

void TestNewCase::noticesStayInSight()
{
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    QFETCH(const QString, notice);
    World world(m_folder->path());
    QVERIFY(world.open());
    for (const QSize size : {QSize(760, 600), QSize(640, 430)}) {
        world.window->resize(size);
        QTRY_VERIFY(world.window->height() <= 600);
        auto *edit = world.window->findChild<QWidget *>(field);
        auto *told = world.window->findChild<QWidget *>(notice);
        auto *scroll = world.child<QScrollArea>("scroll");
        edit->setFocus();
        if (auto *line = qobject_cast<QLineEdit *>(edit)) {
            line->clear();
            line->insert(text);
        } else {
            world.body().setPlainText({});
            world.body().insertPlainText(text);
        }
        QTRY_VERIFY(told->isVisible());
        const auto isInSight = [&](const QWidget *widget, const QRect &part) {
            QRect seen(widget->mapTo(world.window, part.topLeft()), part.size());
            QRect room = world.window->rect();
            if (scroll->isAncestorOf(widget))
                room = QRect(scroll->viewport()->mapTo(world.window, QPoint()), scroll->viewport()->size());
            return room.contains(seen);
        };
        QTRY_VERIFY(isInSight(told, told->rect()));
        if (field == u"body"_s)
            QTRY_VERIFY(isInSight(world.body().viewport(), world.body().cursorRect()));
        else
            QTRY_VERIFY(isInSight(edit, edit->rect()));
        if (auto *line = qobject_cast<QLineEdit *>(edit))
            line->clear();
        else
            world.body().clear();
        QTRY_VERIFY(told->isHidden());
    }
}

void TestNewCase::aServiceThatAScreenReaderPutsIn()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("service");
    QTRY_VERIFY(field->completer()->model()->rowCount() > 10);
    QAccessible::queryAccessibleInterface(field)->setText(QAccessible::Value, u"lambda"_s);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
}

void TestNewCase::anotherServiceThatAScreenReaderPutsIn()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Another service"_s));
    QTRY_VERIFY(world.create()->isEnabled());
    auto *field = world.child<QLineEdit>("service");
    QAccessible::queryAccessibleInterface(field)->setText(QAccessible::Value, u"no service is called so"_s);
    QTRY_VERIFY(!world.create()->isEnabled()); // the one before is not meant any more
    QAccessible::queryAccessibleInterface(field)->setText(QAccessible::Value, u"lambda"_s);
    QTRY_COMPARE(field->text(), u"Lambda"_s);
    QTRY_COMPARE(world.child<QComboBox>("category")->currentIndex(), -1); // of Lambda, and to be chosen
}

void TestNewCase::aReminderNamesTheButton()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Reminded"_s));
    world.body().setPlainText(u"See attached."_s);
    QTRY_VERIFY(world.create()->isEnabled());
    QTest::mouseClick(world.create(), Qt::LeftButton);
    QCOMPARE(world.child<QLabel>("why")->text(),
             u"Not sent yet. The text speaks of an attachment, and no file is attached. "
             "Choose Create Case again to send it all the same."_s);
    QVERIFY(world.isDraft());
    QTest::mouseClick(world.create(), Qt::LeftButton);
    QTRY_VERIFY(!world.window);
    QCOMPARE(world.cases(u"Reminded"_s).size(), 1);
}

void TestNewCase::aCaseHasItsFiles()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"With files"_s));
    QVERIFY(world.drop(*world.window, m_folder->filePath(u"window.log"_s), "dropped on the window"));
    QVERIFY(world.drop(*world.body().viewport(), m_folder->filePath(u"text.log"_s), "dropped on the text"));
    QVERIFY(world.drop(*world.child<QLineEdit>("subject"), m_folder->filePath(u"subject.log"_s), "on the subject"));
    QCOMPARE(world.child<QLineEdit>("subject")->text(), u"With files"_s);
    QVERIFY(world.areReady(3));
    QVERIFY(world.child<AttachmentStrip>("attachmentStrip")->isVisible());
    QVERIFY(world.create()->isEnabled());
    // A check tells nothing of files, and works with them.
    QTest::mouseClick(world.child<QPushButton>("check"), Qt::LeftButton);
    QTRY_COMPARE(world.child<QLabel>("why")->text(), u"AWS would accept this case."_s);
    QTest::mouseClick(world.create(), Qt::LeftButton);
    QTRY_VERIFY(!world.window);
    const QList<CaseDetails> cases = world.cases(u"With files"_s);
    QCOMPARE(cases.size(), 1);
    DescribeCommunications::Request request;
    request.caseId = cases.first().caseId;
    const auto page = world.demo.call(request);
    QVERIFY(page && page->communications.size() == 1);
    QStringList names;
    for (const AttachmentDetails &one : page->communications.first().allAttachments())
        names.append(one.fileName);
    QCOMPARE(names, (QStringList{u"window.log"_s, u"text.log"_s, u"subject.log"_s}));
}

void TestNewCase::whatIsToldOfFilesStaysInSight_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1024x700") << QSize(720, 640);
    QTest::newRow("760x600") << QSize(720, 540);
    QTest::newRow("a low screen") << QSize(640, 430);
}

/// Also when the hours at which AWS can be reached come above it afterwards.
void TestNewCase::whatIsToldOfFilesStaysInSight()
{
    QFETCH(QSize, size);
    World world(m_folder->path());
    QVERIFY(world.open());
    world.window->resize(size);
    QVERIFY(QDir(m_folder->path()).mkpath(u"logs"_s));
    QVERIFY(world.drop(world.body(), m_folder->filePath(u"logs"_s))); // of which is asked what to do
    QTRY_VERIFY(world.child<QPushButton>("intakeLeaveOut"));
    const auto isInSight = [&] {
        auto *button = world.child<QPushButton>("intakeLeaveOut");
        return button && button->isVisible() && button->visibleRegion().boundingRect().size() == button->size();
    };
    QTRY_VERIFY(isInSight());
    auto *hours = world.child<QLabel>("hours");
    hours->setText(u"One line.\nAnother one.\nA third one."_s);
    hours->show();
    QTRY_VERIFY(hours->height() >= 3 * hours->fontMetrics().height());
    QTRY_VERIFY(isInSight());
    for (const char *name : {"check", "create", "attachButton"}) {
        auto *button = world.child<QWidget>(name);
        QCOMPARE(button->visibleRegion().boundingRect().size(), button->size());
    }
}

void TestNewCase::filesComeBeforeText()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.window->entryId().isEmpty());
    QTest::keyClick(&world.body(), Qt::Key_O, Qt::ControlModifier);
    auto *dialog = world.child<QFileDialog>("attachFilesDialog");
    QVERIFY(dialog);
    dialog->reject();
    QVERIFY(world.drop(world.body(), m_folder->filePath(u"first.log"_s), "first"));
    QVERIFY(world.areReady(1));
    QVERIFY(world.isDraft());
    const QString id = world.window->entryId();
    world.window->close();
    QTRY_VERIFY(!world.window);
    QCOMPARE(world.fixture.workspace().outbox().files().of(id).size(), 1);
    // The page of drafts says how many, and goes on with it.
    world.fixture.child<QAction>("actionDrafts")->trigger();
    auto *list = world.fixture.child<QAbstractItemView>("draftEntries");
    QVERIFY(list && list->model()->rowCount() == 1);
    const QModelIndex index = list->model()->index(0, list->currentIndex().column());
    QVERIFY2(index.data(Qt::AccessibleTextRole).toString().endsWith(u"1 file"_s),
             qPrintable(index.data(Qt::AccessibleTextRole).toString()));
    Q_EMIT list->activated(index);
    QVERIFY(world.found());
    QCOMPARE(world.child<AttachmentStrip>("attachmentStrip")->count(), 1);
}

void TestNewCase::anotherAccountGetsTheFilesToo()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.child<QAction>("actionNewCase")->trigger();
    NewCaseWindow *window = nullptr;
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *one : windows)
        window = window ? window : qobject_cast<NewCaseWindow *>(one);
    QVERIFY(window);
    QFile file(m_folder->filePath(u"both.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("both") == 4);
    file.close();
    auto *tray = window->findChild<FileTray *>(u"files"_s);
    auto *account = window->findChild<QComboBox *>(u"account"_s);
    tray->intake().add({u"new"_s,
                        {},
                        {},
                        account->currentData().toLongLong(),
                        [window] { // as the window does it
                            QTest::keyClick(window->findChild<QLineEdit *>(u"subject"_s), Qt::Key_A);
                            window->flush();
                            return window->entryId();
                        }},
                       {file.fileName()});
    OutboxFiles &files = fixture.workspace().outbox().files();
    QTRY_VERIFY(!window->entryId().isEmpty() && files.of(window->entryId()).size() == 1
                && files.isReady(window->entryId()));
    const QString before = files.of(window->entryId()).first().setId;
    QVERIFY(!before.isEmpty());
    account->setCurrentIndex(1);
    Q_EMIT account->activated(1);
    QVERIFY(!files.isReady(window->entryId()));
    QTRY_VERIFY(files.isReady(window->entryId()));
    QVERIFY(files.of(window->entryId()).first().setId != before);
    window->close();
}

QTEST_MAIN(TestNewCase)
#include "tst_newcase.moc"
