#include "newcaseworld.h"
#include "replyworld.h"
#include "ui/questionkeys.h"
#include "ui/secretnotice.h"

#include <QKeyEvent>
#include <QMessageBox>
#include <QShortcut>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

using State = OutboxFileState;

/// No secret leaves without having been asked about: wherever it stands, and whichever way it would go.
class TestSendSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void oneInTheSubjectIsAskedAbout();
    void oneInTheSubjectIsShownAndMasked();
    void filesAreAskedAboutInTheSameQuestion();
    void manyFilesAreNamed();
    void aHeldKeySendsNothing();
    void whoTypesOnSendsNothing();
    void aCheckIsAskedAbout();
    void aCheckOfANewCaseIsAskedAbout();
    void altNeverTypes();
    void noButtonOfTheNoticeLooksLikeTheMainOne();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString key = u"AKIA2E0A8F3B244C9986"_s;

QMessageBox *questionOf(QWidget &parent, const QString &name = u"sendQuestion"_s)
{
    return parent.findChild<QMessageBox *>(name);
}

/// A key press as it arrives while the key is held.
void pressHeld(QWidget &on)
{
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, true);
    QApplication::sendEvent(&on, &event);
}

} // namespace

void TestSendSecrets::oneInTheSubjectIsAskedAbout()
{
    NewCaseWorld world(m_folder->path());
    const QString subject = u"It says "_s + key;
    QVERIFY(world.ready(subject));
    world.create()->click();
    QMessageBox *question = questionOf(*world.window);
    QVERIFY(question);
    QVERIFY2(question->informativeText().contains(u"The subject holds a secret: AWS access key ID."_s),
             qPrintable(question->informativeText()));
    QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
    QVERIFY(world.isDraft());
    question->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.cases(subject).size(), 1);
}

void TestSendSecrets::oneInTheSubjectIsShownAndMasked()
{
    NewCaseWorld world(m_folder->path());
    QVERIFY(world.open());
    auto *subject = world.child<QLineEdit>("subject");
    auto *notice = world.child<SecretNotice>("secrets");
    world.write(u"Is %1 one, or %1?"_s.arg(key), u"This is one, too: %1"_s.arg(key));
    QTRY_VERIFY(notice->isVisible());
    auto *show = world.child<QPushButton>("secretShow");
    show->click();
    QVERIFY(subject->selectedText() == key && subject->selectionStart() == 3);
    show->click();
    QVERIFY(subject->selectedText() == key && subject->selectionStart() > 3);
    show->click();
    QCOMPARE(world.body().textCursor().selectedText(), key);
    show->click(); // and round
    QVERIFY(subject->selectedText() == key && subject->selectionStart() == 3);

    world.child<QPushButton>("secretMask")->click();
    QCOMPARE(subject->text(), u"Is AKIA**************** one, or AKIA****************?"_s);
    QCOMPARE(world.body().text(), u"This is one, too: AKIA****************"_s);
    QVERIFY(!notice->isVisible());
    subject->undo();
    QVERIFY(subject->text().contains(key));
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(notice->sentence().startsWith(u"The subject holds 2 secrets"_s));
}

void TestSendSecrets::filesAreAskedAboutInTheSameQuestion()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(world.drop(world.text(), {world.file(u"env.txt"_s, "id = " + key.toLatin1())}));
    QVERIFY(world.waitFor(u"env.txt"_s, State::Ready));
    QTRY_VERIFY(!world.tray().secrets().isEmpty());
    const QString text = u"Key "_s + key;
    world.text().setPlainText(text);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QMessageBox *question = questionOf(world.composer());
    QVERIFY(question);
    const QString words = question->informativeText();
    QVERIFY2(words.contains(u"This text holds"_s) && words.contains(u"env.txt: This file holds"_s), qPrintable(words));
    QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
    question->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!questionOf(world.composer()));

    // Of the file alone as well, and every time.
    world.text().setPlainText(u"The settings"_s);
    for (int i = 0; i < 2; ++i) {
        world.child<QPushButton>("send")->click();
        question = questionOf(world.composer());
        QVERIFY(question);
        QVERIFY(world.sent(u"The settings"_s).isEmpty());
        if (i == 0)
            question->button(QMessageBox::Cancel)->click();
        else
            question->findChild<QPushButton *>(u"goOnButton"_s)->click();
        QTRY_VERIFY(!questionOf(world.composer()));
    }
    QTRY_COMPARE(world.sent(u"The settings"_s), QList<QStringList>{{u"env.txt"_s}});
}

void TestSendSecrets::manyFilesAreNamed()
{
    ReplyWorld world(m_folder->path());
    QStringList paths;
    for (const QChar name : u"abcde"_s)
        paths.append(world.file(name + u".txt"_s, "id = " + key.toLatin1()));
    QVERIFY(world.drop(world.text(), paths));
    QTRY_COMPARE(world.tray().secrets(),
                 u"5 files hold secrets: a.txt, b.txt, c.txt and 2 more. People at AWS would read them."_s);
}

void TestSendSecrets::aHeldKeySendsNothing()
{
    ReplyWorld world(m_folder->path());
    world.text().setPlainText(u"See the attached log"_s); // there is none: one press says so, the next one sends
    world.text().setFocus();
    pressHeld(world.text());
    QVERIFY(!world.tray().isReminding(world.text().text()));
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(world.tray().isReminding(world.text().text()));
    pressHeld(world.text());
    QVERIFY(!world.text().text().isEmpty());
    const auto keys = world.composer().findChildren<QShortcut *>(Qt::FindDirectChildrenOnly);
    QVERIFY(!keys.isEmpty());
    for (const QShortcut *one : keys) // from the other fields
        QVERIFY(!one->autoRepeat());
}

/// Who writes on after Ctrl+Enter, or still holds it, has not read the question.
void TestSendSecrets::whoTypesOnSendsNothing()
{
    const QuestionKeys keys;
    ReplyWorld world(m_folder->path());
    world.text().setPlainText(key);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QMessageBox *question = questionOf(world.composer());
    QVERIFY(question);
    QPushButton *cancel = qobject_cast<QPushButton *>(question->button(QMessageBox::Cancel));
    for (QPushButton *button : {cancel, question->findChild<QPushButton *>(u"goOnButton"_s)}) {
        pressHeld(*button);
        QTest::keyClick(button, Qt::Key_S);
        QTest::keyClick(button, Qt::Key_S, Qt::AltModifier);
        QTest::keyClick(button, Qt::Key_Space);
        QTest::keyClick(button, Qt::Key_Return);
        QVERIFY(question->isVisible() && !button->isDown());
    }
    question->reject();
    QTRY_VERIFY(!questionOf(world.composer()));
    QVERIFY(world.sent(key).isEmpty());
}

void TestSendSecrets::aCheckIsAskedAbout()
{
    ReplyWorld world(m_folder->path());
    world.text().setPlainText(u"Key "_s + key);
    auto *check = world.child<QPushButton>("check");
    const int before = world.demo.requestCount("AddCommunicationToCase");
    check->click();
    QMessageBox *question = questionOf(world.composer(), u"checkQuestion"_s);
    QVERIFY(question);
    QVERIFY(question->informativeText().contains(u"AWS access key ID"_s));
    QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
    question->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!questionOf(world.composer(), u"checkQuestion"_s));
    QVERIFY(check->isEnabled());
    check->click();
    questionOf(world.composer(), u"checkQuestion"_s)->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.child<QLabel>("why")->text(), u"AWS would accept this reply."_s);
    QVERIFY(world.demo.requestCount("AddCommunicationToCase") == before + 1);
}

void TestSendSecrets::aCheckOfANewCaseIsAskedAbout()
{
    NewCaseWorld world(m_folder->path());
    QVERIFY(world.ready(u"It says "_s + key));
    world.child<QPushButton>("check")->click();
    QMessageBox *question = questionOf(*world.window, u"checkQuestion"_s);
    QVERIFY(question);
    QCOMPARE(world.demo.requestCount("CreateCase"), 0);
    question->findChild<QPushButton *>(u"goOnButton"_s)->click();
    QTRY_COMPARE(world.child<QLabel>("why")->text(), u"AWS would accept this case."_s);
}

void TestSendSecrets::altNeverTypes()
{
    NewCaseWorld world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(!world.child<QPushButton>("check")->isEnabled()); // so its key goes to the field
    const auto press = [](QWidget &on, Qt::KeyboardModifiers modifiers) {
        QKeyEvent event(QEvent::KeyPress, Qt::Key_K, modifiers, u"k"_s);
        QApplication::sendEvent(&on, &event);
    };
    auto *subject = world.child<QLineEdit>("subject");
    for (const auto modifiers : {Qt::KeyboardModifiers(Qt::AltModifier), Qt::AltModifier | Qt::ShiftModifier}) {
        press(*subject, modifiers);
        press(world.body(), modifiers);
        QVERIFY(subject->text().isEmpty() && world.body().text().isEmpty());
    }
    press(*subject, Qt::NoModifier);
    press(world.body(), Qt::ControlModifier | Qt::AltModifier); // AltGr, where it comes so
    QCOMPARE(subject->text(), u"k"_s);
    QCOMPARE(world.body().text(), u"k"_s);
}

void TestSendSecrets::noButtonOfTheNoticeLooksLikeTheMainOne()
{
    NewCaseWorld world(m_folder->path());
    QVERIFY(world.open());
    for (const char *name : {"secretShow", "secretMask"})
        QVERIFY(!world.child<QPushButton>(name)->autoDefault());
}

QTEST_MAIN(TestSendSecrets)
#include "tst_sendsecrets.moc"
