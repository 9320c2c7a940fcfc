#include "replyworld.h"

#include "transfer/filecode.h"
#include "ui/conversationview.h"
#include "ui/secretsettings.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QProgressDialog>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ReplyWorld;
using State = OutboxFileState;

/// Files of a reply, from the drop to the service.
class TestAttachmentStrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aDroppedFileArrivesOnce();
    void manyFilesGoByLinks();
    void keysPauseAndRemove();
    void whatWasRemovedComesBack();
    void aChipHasAMenuAndAWayBack();
    void aChangedFileIsTakenAsItIsNow();
    void whatIsTooLargeForSetsIsCompressed();
    void secretsAreNamed();
    void sendingWaitsForSecrets();
    void anExpiredSetIsMadeAgain();
    void anOldServiceTakesThree();
    void filesAloneAreADraft();
    void aRefusedReplyHasItsFilesAgain();
    void sendingWaitsForUploads();
    void aReminderIsQuiet();
    void aReminderIsMetBeforeSending();
    void manyChipsScroll();
    void chipsOfALineAreEquallyHigh();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAttachmentStrip::aDroppedFileArrivesOnce()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(!world.tray().isVisible());
    QVERIFY(world.drop(*world.fixture.conversation().viewport(), {world.file(u"alb.log"_s, "one line\n")}));
    QVERIFY(world.waitFor(u"alb.log"_s, State::Ready));
    AttachmentChip *chip = world.chip(u"alb.log"_s);
    QVERIFY(chip->isVisible());
    const QString spoken = QAccessible::queryAccessibleInterface(chip)->text(QAccessible::Name);
    QCOMPARE(spoken, u"alb.log, 9 bytes, ready"_s);
    for (const QAbstractButton *button : chip->findChildren<QAbstractButton *>()) {
        if (button->isVisible())
            QVERIFY2(button->accessibleName().endsWith(u"alb.log"_s), qPrintable(button->accessibleName()));
    }
    // There is no text yet, and Send says so.
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    QCOMPARE(world.child<QLabel>("why")->text(), u"Write a message first."_s);
    QVERIFY(world.child<QPushButton>("check")->isVisible());
    world.text().setFocus();
    QTest::keyClicks(&world.text(), u"See the log."_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.strip().count(), 0);
    QTRY_COMPARE(world.sent(u"See the log."_s), QList<QStringList>{{u"alb.log"_s}});
    QTRY_VERIFY(world.outbox().entries().isEmpty());
    QVERIFY(!world.tray().isVisible());
}

void TestAttachmentStrip::manyFilesGoByLinks()
{
    ReplyWorld world(m_folder->path());
    QStringList names;
    QStringList paths;
    for (int i = 0; i < 5; ++i) {
        names.append(u"part-%1.bin"_s.arg(i));
        paths.append(world.file(names.last(), QByteArray(1000 + i, char('a' + i))));
    }
    QVERIFY(world.drop(world.text(), paths)); // the field for text leaves files to what is around it
    for (const QString &name : std::as_const(names))
        QVERIFY(world.waitFor(name, State::Ready));
    QVERIFY(world.text().text().isEmpty());
    world.text().setPlainText(u"Five files"_s);
    QVERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Five files"_s), QList<QStringList>{names}); // in their order
    QVERIFY(world.demo.requestCount("PutPart") >= 5);
}

void TestAttachmentStrip::keysPauseAndRemove()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=20s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"a.bin"_s, "aaaa"), world.file(u"b.bin"_s, "bbbb")}));
    QVERIFY(world.waitFor(u"a.bin"_s, State::Uploading));
    AttachmentChip *first = world.chip(u"a.bin"_s);
    first->setFocus();
    QTest::keyClick(first, Qt::Key_P);
    QVERIFY(world.isIn(u"a.bin"_s, State::Paused));
    QVERIFY(first->accessibleName().endsWith(u"paused"_s));
    QVERIFY(world.waitFor(u"b.bin"_s, State::Uploading)); // it is the turn of the next one
    QTest::keyClick(first, Qt::Key_Space);
    QVERIFY(world.isIn(u"a.bin"_s, State::Waiting));
    QTest::keyClick(first, Qt::Key_Right);
    QVERIFY(world.chip(u"b.bin"_s)->hasFocus());
    QTest::keyClick(world.chip(u"b.bin"_s), Qt::Key_Delete);
    QCOMPARE(world.strip().count(), 1);
    QVERIFY(first->hasFocus()); // the focus stays among the files
    QTRY_COMPARE(world.outbox().entries().size(), 1);
    QTest::keyClick(first, Qt::Key_Delete);
    QCOMPARE(world.strip().count(), 0);
    QVERIFY(world.child<QPushButton>("removedUndo")->hasFocus()); // where else the files were
    QTRY_VERIFY(world.outbox().entries().isEmpty()); // neither text nor files: no draft
    QTRY_VERIFY(world.fixture.jobs().jobs().isEmpty());
}

void TestAttachmentStrip::whatWasRemovedComesBack()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"a.bin"_s, "aaaa"), world.file(u"b.bin"_s, "bbbb")}));
    QVERIFY(world.waitFor(u"a.bin"_s, State::Ready) && world.waitFor(u"b.bin"_s, State::Ready));
    world.chip(u"a.bin"_s)->setFocus();
    QTest::keyClick(world.chip(u"a.bin"_s), Qt::Key_Delete);
    QCOMPARE(world.strip().count(), 1);
    auto *undo = world.child<QPushButton>("removedUndo");
    QVERIFY(undo->isVisible());
    QVERIFY(world.child<QLabel>("removedText")->text().contains(u"a.bin"_s));
    undo->click();
    QVERIFY(!undo->isVisible());
    QCOMPARE(world.strip().count(), 2);
    QVERIFY(world.chip(u"a.bin"_s)->hasFocus());
    QCOMPARE(world.strip().chips().first(), world.chip(u"a.bin"_s)); // at its place
    QVERIFY(world.waitFor(u"a.bin"_s, State::Ready));
    // All of them, by the key; the draft that went with the last comes back, too.
    QTest::keyClick(world.chip(u"a.bin"_s), Qt::Key_Delete);
    QTest::keyClick(world.chip(u"b.bin"_s), Qt::Key_Delete);
    QTRY_VERIFY(world.outbox().entries().isEmpty());
    QTest::keyClick(undo, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(world.strip().count(), 2);
    QVERIFY(world.waitFor(u"a.bin"_s, State::Ready) && world.waitFor(u"b.bin"_s, State::Ready));
    world.text().setPlainText(u"Both again"_s);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Both again"_s), (QList<QStringList>{{u"a.bin"_s, u"b.bin"_s}}));
}

void TestAttachmentStrip::aChipHasAMenuAndAWayBack()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"a.bin"_s, "aaaa")}));
    QVERIFY(world.waitFor(u"a.bin"_s, State::Ready));
    AttachmentChip *chip = world.chip(u"a.bin"_s);
    const auto menu = [chip] { return chip->findChild<QMenu *>(u"chipMenu"_s); };
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(menu() && menu()->isVisible());
    QTest::keyClick(menu(), Qt::Key_Escape);
    QTRY_VERIFY(!menu());
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, chip->rect().center(), QCursor::pos());
    QCoreApplication::sendEvent(chip, &byKey);
    QVERIFY(menu());
    QCOMPARE(menu()->actions().size(), 1);
    menu()->actions().first()->trigger();
    menu()->close();
    QCOMPARE(world.strip().count(), 0);
    QTest::keyClick(world.child<QPushButton>("removedUndo"), Qt::Key_Space);
    QCOMPARE(world.strip().count(), 1);
    // Esc goes back to the text, and to nowhere else.
    chip = world.chip(u"a.bin"_s);
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Escape);
    QCOMPARE(world.fixture.window().focusWidget(), &world.text());
}

void TestAttachmentStrip::aChangedFileIsTakenAsItIsNow()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=20s"_s);
    const QString path = world.file(u"app.log"_s, "before");
    QVERIFY(world.drop(world.text(), {path}));
    QVERIFY(world.waitFor(u"app.log"_s, State::Uploading));
    world.files().setPaused(world.chip(u"app.log"_s)->content().file.id, true);
    world.demo.setFaults({});
    world.file(u"app.log"_s, "what it is now");
    world.text().setPlainText(u"The log"_s);
    QVERIFY(world.child<QPushButton>("send")->isEnabled()); // paused is no obstacle: sending goes on with it
    world.files().setPaused(world.chip(u"app.log"_s)->content().file.id, false);
    QVERIFY(world.waitFor(u"app.log"_s, State::Failed));
    AttachmentChip *chip = world.chip(u"app.log"_s);
    QCOMPARE(chip->content().file.error.code, filecode::changed);
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    QVERIFY(world.child<QLabel>("why")->text().contains(u"“app.log”"_s));
    QVERIFY(chip->findChild<QLabel *>(u"chipProblem"_s)->text().contains(u"changed"_s));
    QVERIFY(!chip->findChild<QToolButton *>(u"chipRetry"_s)->isVisible()); // it would fail the same way
    auto *button = chip->findChild<QPushButton *>(u"chipAsItIs"_s);
    QVERIFY(button->isVisible());
    button->click();
    QVERIFY(world.waitFor(u"app.log"_s, State::Ready));
    QCOMPARE(world.chip(u"app.log"_s)->content().file.file.size, 14);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"The log"_s), QList<QStringList>{{u"app.log"_s}});
}

void TestAttachmentStrip::whatIsTooLargeForSetsIsCompressed()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    ReplyWorld world(m_folder->path(), options);
    // Nobody knows yet that this service has no links.
    QVERIFY(world.drop(world.text(), {world.file(u"dump.txt"_s, QByteArray(6 << 20, 'x'))}));
    QTRY_VERIFY2(world.notice().contains(u"dump.txt: 6 MB, at most 5 MB"_s), qPrintable(world.notice()));
    QCOMPARE(world.strip().count(), 0);
    world.child<QPushButton>("intakeZip")->click();
    QVERIFY(world.waitFor(u"dump.txt.zip"_s, State::Ready));
    QCOMPARE(world.strip().count(), 1);
    QVERIFY(world.chip(u"dump.txt.zip"_s)->content().file.owned);
    // From now on it is known, and a file is refused before it is taken.
    QVERIFY(world.drop(world.text(), {world.file(u"core"_s, QByteArray((5 << 20) + 1, 'x'))}));
    QTRY_VERIFY(world.notice().contains(u"core: 5,242,881 bytes, at most 5 MB"_s));
    world.text().setPlainText(u"The dump"_s);
    // It could go as a ZIP: nothing is sent without it before the person said so.
    QTRY_VERIFY(world.child<QLabel>("why")->text().contains(u"the files that are not attached"_s));
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    world.child<QToolButton>("intakeClose")->click();
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"The dump"_s), QList<QStringList>{{u"dump.txt.zip"_s}});
    QVERIFY(world.notice().isEmpty());
}

/// A file that is still being looked through is not sent without its question.
void TestAttachmentStrip::sendingWaitsForSecrets()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"env.txt"_s, "export AWS_ACCESS_KEY_ID=AKIA2E0A8F3B244C9986\n")}));
    QVERIFY(world.waitFor(u"env.txt"_s, State::Ready));
    world.text().setPlainText(u"The settings"_s);
    QTRY_VERIFY(world.child<QLabel>("why")->text().startsWith(u"env.txt: "_s));

    const auto dialog = [&world] { return world.fixture.window().findChild<QProgressDialog *>(u"lookingDialog"_s); };
    const auto question = [&world] { return world.composer().findChild<QMessageBox *>(u"sendQuestion"_s); };
    // With other settings all is looked at anew, and nothing is heard of it before events are.
    const auto sendAtOnce = [&world](const QString &pattern) {
        world.fixture.workspace().secrets().setPatternText(pattern);
        world.child<QPushButton>("send")->click();
    };
    sendAtOnce(u"nothing such"_s);
    QVERIFY(dialog());
    QVERIFY(!question());
    dialog()->findChild<QPushButton *>()->click();
    QTRY_VERIFY(!dialog());
    QTRY_VERIFY(world.child<QLabel>("why")->text().startsWith(u"env.txt: "_s));
    QVERIFY(!question());
    sendAtOnce(u"nor such"_s);
    QVERIFY(dialog());
    QTRY_VERIFY(question());
    QVERIFY2(question()->informativeText().contains(u"env.txt"_s), qPrintable(question()->informativeText()));
    QTRY_VERIFY(!dialog());
    QVERIFY(world.sent(u"The settings"_s).isEmpty());
    question()->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.sent(u"The settings"_s), QList<QStringList>{{u"env.txt"_s}});
}

void TestAttachmentStrip::secretsAreNamed()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(),
                       {world.file(u"env.txt"_s, "export AWS_ACCESS_KEY_ID=AKIA2E0A8F3B244C9986\n"),
                        world.file(u"bytes.bin"_s, "AKIA2E0A8F3B244C9986" + QByteArray(100, '\1'))}));
    QVERIFY(world.waitFor(u"env.txt"_s, State::Ready));
    QLabel *said = world.chip(u"env.txt"_s)->findChild<QLabel *>(u"chipSecrets"_s);
    QTRY_VERIFY(said->isVisible());
    QVERIFY2(said->text().contains(u"AWS access key ID"_s), qPrintable(said->text()));
    QVERIFY(world.waitFor(u"bytes.bin"_s, State::Ready));
    QVERIFY(!world.chip(u"bytes.bin"_s)->findChild<QLabel *>(u"chipSecrets"_s)->isVisible()); // no text
    world.text().setPlainText(u"The settings"_s);
    QVERIFY(world.child<QPushButton>("send")->isEnabled()); // it is the person's to decide
    QVERIFY(world.child<QLabel>("why")->text().startsWith(u"env.txt: "_s)); // beside Send, whatever is scrolled
}

void TestAttachmentStrip::anExpiredSetIsMadeAgain()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"a.txt"_s, "a"), world.file(u"b.txt"_s, "b")}));
    QVERIFY(world.waitFor(u"a.txt"_s, State::Ready) && world.waitFor(u"b.txt"_s, State::Ready));
    world.demo.setFaults(u"expire:AddCommunicationToCase=sets/1"_s);
    world.text().setPlainText(u"Written for two hours"_s);
    world.child<QPushButton>("send")->click();
    const QStringList both{u"a.txt"_s, u"b.txt"_s};
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Written for two hours"_s), QList<QStringList>{both}, 20'000);
    QTRY_VERIFY(world.outbox().entries().isEmpty());
    QVERIFY(world.demo.requestCount("AddAttachmentsToSet") >= 2);
}

void TestAttachmentStrip::anOldServiceTakesThree()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    ReplyWorld world(m_folder->path(), options);
    QStringList paths;
    for (int i = 1; i <= 4; ++i)
        paths.append(world.file(u"%1.txt"_s.arg(i), QByteArray::number(i)));
    QVERIFY(world.drop(world.text(), paths));
    // More than a set holds, and there are no links.
    QTRY_VERIFY2(world.notice().contains(u"4.txt: more than 3 file"_s), qPrintable(world.notice()));
    QTRY_VERIFY(world.isIn(u"3.txt"_s, State::Ready));
    world.text().setPlainText(u"Three of four"_s);
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("intakeLeaveOut")->click();
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    const QStringList three{u"1.txt"_s, u"2.txt"_s, u"3.txt"_s};
    QTRY_COMPARE(world.sent(u"Three of four"_s).size(), 1);
    QCOMPARE(world.fixture.workspace().outbox().files().knownWay(world.key.account), UploadWay::Set);
}

void TestAttachmentStrip::filesAloneAreADraft()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    CaseKey key;
    {
        ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
        key = world.key;
        QVERIFY(world.drop(world.text(), {world.file(u"kept.txt"_s, "kept")}));
        QVERIFY(world.waitFor(u"kept.txt"_s, State::Ready));
        // It belongs to its case.
        QVERIFY(world.open(1));
        QCOMPARE(world.strip().count(), 0);
        QVERIFY(world.open(key));
        QCOMPARE(world.strip().count(), 1);
    }
    ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
    QVERIFY(world.open(key));
    QTRY_COMPARE(world.strip().count(), 1);
    QCOMPARE(world.strip().chips().first()->content().file.name, u"kept.txt"_s);
    QCOMPARE(world.outbox().entries().size(), 1);
}

void TestAttachmentStrip::aRefusedReplyHasItsFilesAgain()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"again.txt"_s, "again")}));
    QVERIFY(world.waitFor(u"again.txt"_s, State::Ready));
    world.demo.setFaults(u"deny:AddCommunicationToCase=1"_s);
    world.text().setPlainText(u"Refused at first"_s);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.text().text(), u"Refused at first"_s);
    QTRY_COMPARE(world.strip().count(), 1);
    QVERIFY(world.child<QFrame>("pending")->isVisible());
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Refused at first"_s), QList<QStringList>{{u"again.txt"_s}});
}

void TestAttachmentStrip::sendingWaitsForUploads()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=3s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"one.txt"_s, "1"), world.file(u"two.txt"_s, "2")}));
    QVERIFY(world.waitFor(u"one.txt"_s, State::Uploading));
    world.text().setPlainText(u"Sent at once"_s);
    QVERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.strip().count(), 0); // once the files were looked through
    QTRY_COMPARE(world.child<QLabel>("pendingText")->text(), u"Uploading 2 files…, then it is sent."_s);
    const QStringList both{u"one.txt"_s, u"two.txt"_s};
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Sent at once"_s), QList<QStringList>{both}, 20'000);
}

void TestAttachmentStrip::aReminderIsMetBeforeSending()
{
    ReplyWorld world(m_folder->path());
    auto *why = world.child<QLabel>("why");
    world.text().setPlainText(u"See attached."_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY2(why->text().startsWith(u"Not sent yet. "_s), qPrintable(why->text()));
    QCOMPARE(world.text().text(), u"See attached."_s);
    QVERIFY(!world.outbox().pendingFor(world.key.account, world.key.caseId));
    world.text().insertPlainText(u" "_s); // it is the same message
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(world.text().text().isEmpty());
    QTRY_COMPARE(world.sent(u"See attached. "_s).size() + world.sent(u" See attached."_s).size(), 1);
    // The next one has a reminder of its own, also where the button is pressed; one that was deleted has none.
    world.text().setPlainText(u"Attached again."_s);
    world.child<QPushButton>("send")->click();
    QVERIFY(why->text().startsWith(u"Not sent yet. "_s));
    world.text().clear();
    world.text().setPlainText(u"Nothing more."_s);
    QVERIFY2(why->text().isEmpty(), qPrintable(why->text()));
    world.text().clear();
    world.text().setPlainText(u"Attached, third time."_s);
    world.child<QPushButton>("send")->click();
    QCOMPARE(world.text().text(), u"Attached, third time."_s);
    // A file makes up for it.
    QVERIFY(world.drop(world.text(), {world.file(u"there.txt"_s, "it is")}));
    QVERIFY(world.waitFor(u"there.txt"_s, State::Ready));
    QVERIFY(why->text().isEmpty());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Attached, third time."_s), QList<QStringList>{{u"there.txt"_s}});
}

void TestAttachmentStrip::aReminderIsQuiet()
{
    ReplyWorld world(m_folder->path());
    auto *why = world.child<QLabel>("why");
    for (const QString &text : {u"See the attached log."_s, u"ログを添付します。"_s}) {
        world.text().setPlainText(text);
        QVERIFY2(why->text().contains(u"no file is attached"_s), qPrintable(text));
        QVERIFY(world.child<QPushButton>("send")->isEnabled());
    }
    for (const QString &text : {u"> see the attachment\nThank you."_s, u"A detachment"_s}) {
        world.text().setPlainText(text);
        QVERIFY2(why->text().isEmpty(), qPrintable(text));
    }
    world.text().setPlainText(u"The attachment"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"there.txt"_s, "it is")}));
    QVERIFY(world.waitFor(u"there.txt"_s, State::Ready));
    QVERIFY(why->text().isEmpty());
}

void TestAttachmentStrip::manyChipsScroll()
{
    ReplyWorld world(m_folder->path());
    world.fixture.window().resize(800, 600);
    QStringList paths;
    for (int i = 0; i < 10; ++i)
        paths.append(world.file(u"a rather long name of a file, so that it is cut %1.txt"_s.arg(i), "x"));
    QVERIFY(world.drop(world.text(), paths));
    QTRY_COMPARE(world.strip().count(), 10);
    QTRY_VERIFY(world.strip().verticalScrollBar()->maximum() > 0);
    QVERIFY(world.strip().height() < 240);
    QTRY_VERIFY(world.fixture.conversation().height() > 60); // once the header has given way
    for (const AttachmentChip *chip : world.strip().chips()) {
        QVERIFY(chip->geometry().right() <= world.strip().viewport()->width());
        QVERIFY(chip->findChild<QLabel *>(u"chipName"_s)->text().contains(u"…"_s));
    }
    // By Tab from the text into the files, and whole in sight.
    world.text().setFocus();
    for (int i = 0; i < 20 && !world.strip().chips().first()->hasFocus(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(world.strip().chips().first()->hasFocus());
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    const AttachmentChip *last = world.strip().chips().last();
    QVERIFY(last->hasFocus());
    QVERIFY(last->visibleRegion().boundingRect().height() > last->height() / 2);
}

void TestAttachmentStrip::chipsOfALineAreEquallyHigh()
{
    ReplyWorld world(m_folder->path());
    world.fixture.window().resize(1600, 900);
    QVERIFY(world.drop(world.text(), {world.file(u"a.txt"_s, "x"), world.file(u"picture.png"_s, "x")}));
    QTRY_COMPARE(world.strip().count(), 2);
    QVERIFY(world.waitFor(u"a.txt"_s, State::Ready) && world.waitFor(u"picture.png"_s, State::Ready));
    const AttachmentChip *text = world.chip(u"a.txt"_s);
    const AttachmentChip *picture = world.chip(u"picture.png"_s); // which has a larger one in its place
    QTRY_COMPARE(text->y(), picture->y());
    QVERIFY(picture->findChild<QLabel *>(u"chipIcon"_s)->height() > text->findChild<QLabel *>(u"chipIcon"_s)->height());
    QCOMPARE(text->height(), picture->height());
}

QTEST_MAIN(TestAttachmentStrip)
#include "tst_attachmentstrip.moc"
