#include "ui/draftspage.h"

#include "archive/archivefixture.h"
#include "archive/outbox.h"
#include "models/outboxmodel.h"
#include "models/roles.h"
#include "support/cases.h"
#include "transfer/localfile.h"
#include "ui/plaintext.h"
#include "ui/statepage.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// The page on an outbox that nobody sends.
struct World
{
    World()
    {
        accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"Production"_s}});
        archive.account();
        auto arena = std::make_shared<Arena>();
        CaseRecord record;
        record.account = 1;
        record.caseId = arena->add(std::string_view("c1"));
        record.subject = arena->add(std::string_view("503 from the load balancer"));
        record.texts = arena;
        cases.merge({record});
        QSignalSpy loaded(&outbox, &Outbox::loaded);
        outbox.load();
        QVERIFY(loaded.wait());
        page.resize(420, 600);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }

    /// Newer than all before it.
    OutboxEntry entry(const char *operation, OutboxState state = OutboxState::Draft,
                      Error::Kind error = Error::Kind::None)
    {
        const bool isCase = operation == CreateCase::name;
        OutboxEntry made = Outbox::newEntry(1, operation, isCase ? QString() : u"c1"_s);
        made.created += ++count;
        if (isCase) {
            CreateCase::Request request;
            request.subject = u"New case %1"_s.arg(count);
            request.communicationBody = u"Text %1"_s.arg(count);
            made.input = encode(request);
        } else if (operation == AddCommunicationToCase::name) {
            AddCommunicationToCase::Request request;
            request.caseId = u"c1"_s;
            request.communicationBody = u"Text %1"_s.arg(count);
            made.input = encode(request);
        } else {
            ResolveCase::Request request;
            request.caseId = u"c1"_s;
            made.input = encode(request);
        }
        made.state = state;
        made.error.kind = error;
        made.error.operation = QLatin1StringView(operation);
        outbox.save(made);
        page.select(made.id);
        return made;
    }

    QString choices() const
    {
        QStringList texts;
        for (const QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->objectName() != u"draftUndo"_s)
                texts.append(withoutMnemonic(button->text()));
        }
        return texts.join(u", "_s);
    }
    /// As a person presses it: by its text.
    void press(const QString &text)
    {
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible() && withoutMnemonic(button->text()) == text)
                return QTest::mouseClick(button, Qt::LeftButton);
        }
        QFAIL(qPrintable(u"no button “%1”"_s.arg(text)));
    }
    QListView &list() { return *child<QListView>("draftEntries"); }
    QString sentence() const { return child<QLabel>("draftSentence")->text(); }
    bool undoIsOffered() const { return child<QWidget>("undoBar")->isVisible(); }
    OutboxState stateOf(const QString &id) const
    {
        const OutboxEntry *known = outbox.find(id);
        return known ? known->state : OutboxState::Told;
    }
    /// What stands in the archive, as the next start of the program finds it.
    int stored()
    {
        Outbox next(archive.archive());
        QSignalSpy loaded(&next, &Outbox::loaded);
        next.load();
        return loaded.wait() ? int(next.entries().size()) : -1;
    }
    template <class T> T *child(const char *name) const { return page.findChild<T *>(QString::fromLatin1(name)); }

    test::ArchiveFixture archive;
    Outbox outbox{archive.archive()};
    AccountModel accounts;
    CaseListModel cases{accounts};
    DraftsPage page{outbox, cases, accounts};
    int count = 0;
};

} // namespace

/// What a person sees of drafts and messages on their way, and does with them.
class TestDraftsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsSaidInOneSentence();
    void theNewestIsChosenFirst();
    void choicesByState_data();
    void choicesByState();
    void choicesDoWhatTheySay();
    void keysOpenAndDelete();
    void deletingCanBeUndone();
    void deletingSeveralIsUndoneAtOnce();
    void undoEndsByItself();
    void filesStayUntilUndoIsOver();
    void onlyDraftsAreDeleted();
    void sentencesSayWhy();
    void whetherItArrivedIsHeard();
    void theMenuHasTheSameChoices();
    void theFocusStaysInThePage();
    void buttonsWrapInANarrowPane();
    void everyControlHasAName();
    void bothThemesCanBeRead();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestDraftsPage::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication::setStyle(new FlatStyle);
    m_theme = std::make_unique<Theme>();
}

void TestDraftsPage::nothingIsSaidInOneSentence()
{
    World w;
    auto *state = w.child<StatePage>("draftState");
    QVERIFY(state->isVisible());
    QVERIFY(!state->sentence().isEmpty());
    w.page.focusEntries(); // what Ctrl+2 does: the keys have a place
    auto *button = qobject_cast<QPushButton *>(w.page.focusWidget());
    QVERIFY(button && state->isAncestorOf(button));
    QSignalSpy asked(&w.page, &DraftsPage::newCaseRequested);
    button->click();
    QCOMPARE(asked.size(), 1);
    QVERIFY(!w.child<QWidget>("detail")->isVisible());
    QVERIFY(w.page.currentId().isEmpty());
    w.entry(CreateCase::name);
    QVERIFY(!state->isVisible());
    QVERIFY(w.list().isVisible());
    QVERIFY(w.child<QWidget>("detail")->isVisible());

    // Before the archive was read, nobody knows that there is nothing.
    test::ArchiveFixture archive;
    Outbox unread(archive.archive());
    const DraftsPage page(unread, w.cases, w.accounts);
    QVERIFY(page.findChild<StatePage *>(u"draftState"_s)->title().isEmpty());
}

void TestDraftsPage::theNewestIsChosenFirst()
{
    World w;
    const OutboxEntry first = w.entry(CreateCase::name);
    const OutboxEntry second = w.entry(CreateCase::name);
    const DraftsPage page(w.outbox, w.cases, w.accounts);
    QCOMPARE(page.currentId(), second.id);
    w.page.moveCurrent(1);
    QCOMPARE(w.page.currentId(), first.id);
    w.page.moveCurrent(1);
    QCOMPARE(w.page.currentId(), first.id);
    w.entry(CreateCase::name);
    w.page.select(first.id);
    w.outbox.discard(second.id); // another one goes
    QCOMPARE(w.page.currentId(), first.id);
}

void TestDraftsPage::choicesByState_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("underWay");
    QTest::addColumn<QString>("choices");

    const auto row = [](const char *name, const char *operation, OutboxState state, bool underWay,
                        const char *choices) {
        QTest::newRow(name) << QByteArray(operation) << int(state) << underWay << QString::fromUtf8(choices);
    };
    const char *create = CreateCase::name;
    const char *reply = AddCommunicationToCase::name;
    const char *resolve = ResolveCase::name;
    row("a draft of a case", create, OutboxState::Draft, false, "Open, Delete");
    row("a draft of a reply", reply, OutboxState::Draft, false, "Open, Delete");
    row("a refused resolution", resolve, OutboxState::Draft, false, "Open Case, Delete");
    row("a case that waits", create, OutboxState::Queued, false, "Send Now, Keep as Draft");
    row("a reply that waits", reply, OutboxState::Queued, false, "Send Now, Keep as Draft, Open Case");
    row("a case that may have arrived", create, OutboxState::Unknown, false, "Check Again");
    row("a reply that may have arrived", reply, OutboxState::Unknown, false, "Check Again, Open Case");
    row("a case that was not found", create, OutboxState::Asking, false,
        "Check Again, Send Again, Keep as Draft, Open");
    row("a resolution that did not arrive", resolve, OutboxState::Asking, false,
        "Check Again, Send Again, Keep as Draft, Open Case");
    row("a reply that arrived", reply, OutboxState::Done, false, "Open Case");
    row("a case about to leave", create, OutboxState::Queued, true, "");
    row("a case that is looked for", create, OutboxState::Asking, true, "");
    row("a reply on its way", reply, OutboxState::Unknown, true, "Open Case");
}

void TestDraftsPage::choicesByState()
{
    QFETCH(QByteArray, operation);
    QFETCH(int, state);
    QFETCH(bool, underWay);
    QFETCH(QString, choices);
    World w;
    for (const char *known : {CreateCase::name, AddCommunicationToCase::name, ResolveCase::name}) {
        if (operation == known)
            w.outbox.setUnderWay(w.entry(known, OutboxState(state)).id, underWay);
    }
    QCOMPARE(w.choices(), choices);
    w.page.retranslate();
    QCOMPARE(w.choices(), choices);
}

void TestDraftsPage::choicesDoWhatTheySay()
{
    World w;
    QSignalSpy opened(&w.page, &DraftsPage::openRequested);
    QSignalSpy cases(&w.page, &DraftsPage::caseRequested);
    QSignalSpy sends(&w.outbox, &Outbox::sendRequested);
    QSignalSpy looks(&w.outbox, &Outbox::lookRequested);

    const OutboxEntry draft = w.entry(CreateCase::name);
    w.press(u"Open"_s);
    QCOMPARE(opened.takeFirst().constFirst().toString(), draft.id);

    const OutboxEntry waiting = w.entry(CreateCase::name, OutboxState::Queued, Error::Kind::CannotConnect);
    w.press(u"Send Now"_s);
    QTRY_COMPARE(sends.size(), 1);
    QCOMPARE(sends.takeFirst().constFirst().toString(), waiting.id);
    w.press(u"Keep as Draft"_s);
    QCOMPARE(w.stateOf(waiting.id), OutboxState::Draft);

    const OutboxEntry asking = w.entry(AddCommunicationToCase::name, OutboxState::Asking, Error::Kind::Dropped);
    w.press(u"Check Again"_s);
    QCOMPARE(looks.takeFirst().constFirst().toString(), asking.id);
    w.press(u"Send Again"_s);
    QCOMPARE(w.stateOf(asking.id), OutboxState::Queued);
    QTRY_COMPARE(sends.size(), 1);

    const OutboxEntry done = w.entry(AddCommunicationToCase::name, OutboxState::Done);
    w.press(u"Open Case"_s);
    QCOMPARE(cases.takeFirst().constFirst().value<CaseKey>(), (CaseKey{1, u"c1"_s}));
    QVERIFY(!w.outbox.find(done.id)); // now the person knows
    QVERIFY(opened.isEmpty());
}

void TestDraftsPage::keysOpenAndDelete()
{
    World w;
    QSignalSpy opened(&w.page, &DraftsPage::openRequested);
    QSignalSpy cases(&w.page, &DraftsPage::caseRequested);
    w.entry(AddCommunicationToCase::name, OutboxState::Unknown);
    const OutboxEntry draft = w.entry(AddCommunicationToCase::name);
    w.page.setFocus();
    QVERIFY(w.list().hasFocus());
    QTest::keyClick(&w.list(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QVERIFY(!w.outbox.find(draft.id));
    QTest::keyClick(&w.list(), Qt::Key_Return); // the other one, whose case can be opened
    QCOMPARE(cases.size(), 1);
    QTest::keyClick(&w.list(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(w.outbox.find(draft.id));
    QCOMPARE(w.page.currentId(), draft.id);
    QCOMPARE(opened.size(), 1);
}

void TestDraftsPage::deletingCanBeUndone()
{
    World w;
    const OutboxEntry draft = w.entry(AddCommunicationToCase::name);
    QVERIFY(!w.undoIsOffered());
    w.page.setFocus();
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QVERIFY(w.undoIsOffered());
    QCOMPARE(w.stored(), 0); // it is gone if the program ends now
    QVERIFY(w.child<StatePage>("draftState")->isVisible());
    auto *button = w.child<QPushButton>("draftUndo");
    QVERIFY(button->hasFocus()); // what is next for the keyboard
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY(!w.undoIsOffered());
    QVERIFY(w.list().hasFocus());
    QCOMPARE(w.page.currentId(), draft.id);
    QCOMPARE(w.outbox.find(draft.id)->input, draft.input);
    QCOMPARE(w.stored(), 1);
}

void TestDraftsPage::deletingSeveralIsUndoneAtOnce()
{
    World w;
    w.entry(CreateCase::name);
    w.entry(CreateCase::name);
    w.entry(CreateCase::name);
    w.page.setFocus();
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QCOMPARE(w.page.model().rowCount(), 1);
    QVERIFY(w.child<QLabel>("undoText")->text().startsWith(u'2'));
    w.press(u"Undo"_s);
    QCOMPARE(w.page.model().rowCount(), 3);
    QTest::keyClick(&w.list(), Qt::Key_Z, Qt::ControlModifier); // nothing more to bring back
    QCOMPARE(w.page.model().rowCount(), 3);
}

void TestDraftsPage::undoEndsByItself()
{
    World w;
    w.entry(CreateCase::name);
    w.entry(CreateCase::name);
    auto *time = w.child<QTimer>("draftUndoTime");
    QCOMPARE(time->interval(), 10'000);
    time->setInterval(20);
    w.page.setFocus();
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QTRY_VERIFY(!w.undoIsOffered());
    QTest::keyClick(&w.list(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(w.page.model().rowCount(), 1);
    // It does not go from under a person who is about to press it.
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QVERIFY(w.child<QPushButton>("draftUndo")->hasFocus());
    QSignalSpy ticks(time, &QTimer::timeout);
    QTRY_VERIFY(ticks.size() > 2);
    QVERIFY(w.undoIsOffered());
    w.press(u"Undo"_s);
    QCOMPARE(w.page.model().rowCount(), 1);
}

void TestDraftsPage::filesStayUntilUndoIsOver()
{
    World w;
    const OutboxEntry draft = w.entry(AddCommunicationToCase::name);
    QTemporaryFile own;
    QVERIFY(own.open() && own.write("made for it") > 0 && own.flush());
    own.setAutoRemove(false);
    const Result<LocalFile> file = inspectFile(own.fileName());
    QVERIFY(file);
    const QModelIndex index = w.page.model().index(0, OutboxModel::Subject);
    QCOMPARE(index.data(FileCountRole).toInt(), 0);
    QVERIFY(w.outbox.files().add(draft.id, 1, *file, true));
    QCOMPARE(index.data(FileCountRole).toInt(), 1);
    QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(u"file"_s));
    w.page.setFocus();
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QCOMPARE(w.outbox.files().of(draft.id).size(), 1);
    w.press(u"Undo"_s);
    QCOMPARE(w.page.model().index(0, 0).data(FileCountRole).toInt(), 1);
    w.entry(CreateCase::name);
    w.page.select(draft.id);
    w.child<QTimer>("draftUndoTime")->setInterval(20);
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QTRY_VERIFY(!w.undoIsOffered());
    QVERIFY(w.outbox.files().of(draft.id).isEmpty());
    QTRY_VERIFY(!QFile::exists(own.fileName())); // it was the program's
}

void TestDraftsPage::onlyDraftsAreDeleted()
{
    for (const OutboxState state :
         {OutboxState::Queued, OutboxState::Unknown, OutboxState::Asking, OutboxState::Done}) {
        World w;
        const OutboxEntry entry = w.entry(CreateCase::name, state);
        w.page.setFocus();
        QTest::keyClick(&w.list(), Qt::Key_Delete);
        w.child<QAction>("actionDraftDelete")->trigger();
        QVERIFY(w.outbox.find(entry.id));
        QVERIFY(!w.undoIsOffered());
    }
}

void TestDraftsPage::whetherItArrivedIsHeard()
{
    World w;
    OutboxEntry entry = w.entry(AddCommunicationToCase::name, OutboxState::Queued);
    auto *label = w.child<QLabel>("draftSentence");
    const auto heard = [label] { return QAccessible::queryAccessibleInterface(label)->text(QAccessible::Name); };
    QCOMPARE(heard(), w.sentence());
    entry.state = OutboxState::Done;
    w.outbox.save(entry);
    QCOMPARE(heard(), u"The reply was sent."_s);
}

void TestDraftsPage::sentencesSayWhy()
{
    World w;
    w.entry(CreateCase::name);
    QVERIFY(!w.child<QLabel>("draftSentence")->isVisible()); // nothing happened to it
    OutboxEntry refused = w.entry(CreateCase::name);
    refused.error.kind = Error::Kind::Refused;
    refused.error.code = u"NobodyKnows"_s;
    refused.error.message = u"<b>no</b> such \u202eservice"_s;
    refused.error.requestId = u"req-1"_s;
    w.outbox.save(refused);
    QVERIFY(w.child<QLabel>("draftSentence")->isVisible());
    QVERIFY2(w.sentence().startsWith(u"AWS refused it: <b>no</b> such service (NobodyKnows)."_s),
             qPrintable(w.sentence()));
    QCOMPARE(w.child<QLabel>("draftSentence")->textFormat(), Qt::PlainText);
    QVERIFY(w.child<QLabel>("draftSentence")->accessibleDescription().contains(u"req-1"_s));
    QVERIFY(!w.child<QLabel>("draftSentence")->toolTip().contains(u"<b>"_s));
    w.entry(CreateCase::name, OutboxState::Queued);
    QCOMPARE(w.sentence(), u"Casement sends it as soon as this account is connected."_s);
    w.entry(AddCommunicationToCase::name, OutboxState::Queued, Error::Kind::CannotConnect);
    QVERIFY2(w.sentence().startsWith(u"No connection to AWS."_s), qPrintable(w.sentence()));
    const OutboxEntry asking = w.entry(AddCommunicationToCase::name, OutboxState::Asking, Error::Kind::Dropped);
    const QString before = w.sentence();
    w.outbox.setUnderWay(asking.id, true);
    QVERIFY(w.sentence() != before);
}

void TestDraftsPage::theMenuHasTheSameChoices()
{
    World w;
    w.entry(CreateCase::name);
    w.entry(CreateCase::name, OutboxState::Asking, Error::Kind::Dropped);
    const auto menuOf = [&w](int row) {
        const QPoint where = w.list().visualRect(w.page.model().index(row, OutboxModel::Subject)).center();
        QTest::mouseClick(w.list().viewport(), Qt::RightButton, {}, where);
        QContextMenuEvent event(QContextMenuEvent::Mouse, where, w.list().viewport()->mapToGlobal(where));
        QCoreApplication::sendEvent(w.list().viewport(), &event);
        auto *menu = w.child<QMenu>("draftMenu");
        QStringList texts;
        for (const QAction *action : menu ? menu->actions() : QList<QAction *>())
            texts.append(withoutMnemonic(action->text()));
        delete menu;
        return texts.join(u", "_s);
    };
    QCOMPARE(menuOf(1), u"Open, Delete"_s);
    QCOMPARE(w.choices(), u"Open, Delete"_s);
    const QString asking = menuOf(0);
    QCOMPARE(asking, QString(w.choices() + u", Copy Details"_s));
    w.child<QAction>("actionDraftCopyDetails")->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"CreateCase"_s));
}

void TestDraftsPage::theFocusStaysInThePage()
{
    World w;
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    row->addWidget(&w.page);
    row->addWidget(new QLineEdit(&window)); // another page
    const auto apart = qScopeGuard([&w] { w.page.setParent(nullptr); });
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const OutboxEntry asking = w.entry(CreateCase::name, OutboxState::Asking);
    connect(&w.outbox, &Outbox::lookRequested, this, [&](const QString &id) { w.outbox.setUnderWay(id, true); });
    auto *check = w.child<QPushButton>("draftCheckAgain");
    check->setFocus();
    QTest::keyClick(check, Qt::Key_Space);
    QVERIFY(w.outbox.isUnderWay(asking.id));
    QVERIFY(!check->isVisible());
    QVERIFY(w.list().hasFocus());
    w.outbox.setUnderWay(asking.id, false);
    // From the list through everything that can be reached, in the order it stands.
    QStringList order;
    for (int i = 0; i < 6; ++i) {
        order.append(QApplication::focusWidget()->objectName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(order.join(u' '), u"draftEntries draftSentence draftCheckAgain draftSendAgain draftKeep draftOpen"_s);
}

void TestDraftsPage::buttonsWrapInANarrowPane()
{
    World w;
    w.entry(CreateCase::name, OutboxState::Asking, Error::Kind::Dropped);
    for (const int width : {700, 260, 420, 240}) {
        w.page.resize(width, 600);
        QCOMPARE(w.page.width(), width); // nothing keeps the pane from being that narrow
        for (const QPushButton *button : w.page.findChildren<QPushButton *>()) {
            if (!button->isVisible())
                continue;
            QTRY_VERIFY(button->width() >= button->minimumSizeHint().width());
            QTRY_VERIFY(button->height() >= button->minimumSizeHint().height());
            QTRY_VERIFY(button->mapTo(&w.page, QPoint(button->width(), 0)).x() <= width - 12);
        }
    }
}

void TestDraftsPage::everyControlHasAName()
{
    World w;
    w.entry(CreateCase::name, OutboxState::Asking);
    w.entry(CreateCase::name);
    w.page.setFocus();
    QTest::keyClick(&w.list(), Qt::Key_Delete);
    QVERIFY(w.undoIsOffered());
    for (QWidget *widget : w.page.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(interface);
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
    const QAccessibleInterface *current = QAccessible::queryAccessibleInterface(&w.list())->focusChild();
    QVERIFY(current);
    QVERIFY2(current->text(QAccessible::Name).startsWith(u"New case: New case 1, Production, Not found"_s),
             qPrintable(current->text(QAccessible::Name)));
}

void TestDraftsPage::bothThemesCanBeRead()
{
    World w;
    w.entry(CreateCase::name, OutboxState::Asking, Error::Kind::Dropped);
    const auto *detail = w.child<QWidget>("detail");
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        m_theme->setChoice(choice);
        const QPoint inside = detail->mapTo(&w.page, QPoint(4, 4));
        QTRY_COMPARE(w.page.grab().toImage().pixelColor(inside).rgb(), Theme::colors().warningGround.rgb());
    }
}

QTEST_MAIN(TestDraftsPage)
#include "tst_draftspage.moc"
