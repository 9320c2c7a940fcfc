#include "ui/questionkeys.h"

#include "ui/messageedit.h"
#include "ui/shortcuts.h"
#include "ui/uisettings.h"

#include <QApplication>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include <memory>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Question
{
    explicit Question(const QString &button = u"&Send"_s)
    {
        box.addButton(QMessageBox::Cancel);
        box.setDefaultButton(QMessageBox::Cancel);
        yes = box.addButton(button, QMessageBox::AcceptRole);
        QObject::connect(yes, &QPushButton::clicked, &box, [this] { agreed = true; });
        box.open();
    }
    bool isOpen() const { return box.isVisible() && !agreed; }

    QMessageBox box;
    QPushButton *yes = nullptr;
    bool agreed = false;
};

/// A key as the window gets it, by way of the letters of its buttons.
void press(QMessageBox &box, Qt::Key key, Qt::KeyboardModifiers modifiers = {}, bool held = false)
{
    qt_handleKeyEvent(box.windowHandle(), QEvent::KeyPress, key, modifiers, QString(), held);
    if (!held)
        qt_handleKeyEvent(box.windowHandle(), QEvent::KeyRelease, key, modifiers);
    QCoreApplication::processEvents();
}

} // namespace

class TestQuestionKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersAreNoAnswer_data();
    void lettersAreNoAnswer();
    void heldKeysAreNoAnswer();
    void nothingAnswersInTheFirstMoment();
    void whoHoldsAKeyNeverAnswers();
    void earlyPressesMakeThePauseNoLonger();
    void whoTypesOnStartsThePauseAnew();
    void altAnswers_data();
    void altAnswers();
    void tabAndSpaceAnswer();
    void enterAndEscapeAnswer();
    void otherWindowsKeepTheirKeys();
    void whoHoldsAKeySendsOnce_data();
    void whoHoldsAKeySendsOnce();
};

void TestQuestionKeys::lettersAreNoAnswer_data()
{
    QTest::addColumn<QString>("button");
    QTest::newRow("en") << u"&Send"_s;
    QTest::newRow("ja") << u"送信(&S)"_s;
}

void TestQuestionKeys::lettersAreNoAnswer()
{
    QFETCH(QString, button);
    const QuestionKeys keys(nullptr, 0ms);
    Question question(button);
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    for (const Qt::KeyboardModifiers modifiers : {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier)}) {
        press(question.box, Qt::Key_S, modifiers);
        press(question.box, Qt::Key_C, modifiers);
        QVERIFY(question.isOpen() && !question.yes->isDown());
    }
}

void TestQuestionKeys::heldKeysAreNoAnswer()
{
    const QuestionKeys keys(nullptr, 0ms);
    Question question;
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    question.yes->setFocus();
    press(question.box, Qt::Key_S, Qt::AltModifier, true);
    QVERIFY(question.isOpen() && !question.yes->isDown());
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Escape}) {
        for (const auto modifiers : {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ControlModifier)}) {
            press(question.box, key, modifiers, true);
            QVERIFY2(question.isOpen() && !question.yes->isDown(), qPrintable(QKeySequence(key).toString()));
        }
    }
    press(question.box, Qt::Key_S, Qt::AltModifier); // released and pressed again
    QTRY_VERIFY(question.agreed);
}

void TestQuestionKeys::nothingAnswersInTheFirstMoment()
{
    const QuestionKeys keys(nullptr, 1h);
    Question question;
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    for (QPushButton *button : {question.yes, static_cast<QPushButton *>(question.box.button(QMessageBox::Cancel))}) {
        button->setFocus();
        press(question.box, Qt::Key_S, Qt::AltModifier);
        press(question.box, Qt::Key_Return);
        press(question.box, Qt::Key_Return, Qt::ControlModifier);
        press(question.box, Qt::Key_Space);
        QVERIFY(question.isOpen() && !button->isDown());
    }
    question.yes->click(); // the mouse, or a screen reader
    QVERIFY(question.agreed);
}

/// As X11 has it now and then: repeats that look like a release and a press of the same moment; far apart at first.
void TestQuestionKeys::whoHoldsAKeyNeverAnswers()
{
    const QuestionKeys keys(nullptr, 500ms);
    Question question;
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    const auto send = [&](QEvent::Type type) {
        qt_handleKeyEvent(question.box.windowHandle(), type, Qt::Key_S, Qt::AltModifier);
    };
    send(QEvent::KeyPress);
    int repeats = 0;
    QTimer held;
    connect(&held, &QTimer::timeout, this, [&] {
        send(QEvent::KeyRelease);
        send(QEvent::KeyPress);
        QCoreApplication::processEvents();
        ++repeats;
    });
    held.start(100);
    QTRY_VERIFY_WITH_TIMEOUT(repeats >= 12, 20'000); // more than a pause
    held.stop();
    QVERIFY(question.isOpen() && !question.yes->isDown());
    // Let go of and pressed again it answers.
    send(QEvent::KeyRelease);
    QElapsedTimer lifted;
    lifted.start();
    QTRY_VERIFY(lifted.elapsed() > 50);
    send(QEvent::KeyPress);
    send(QEvent::KeyRelease);
    QTRY_VERIFY(question.agreed);
}

/// Who is too early tries again, and does not have to wait for a whole pause after that.
void TestQuestionKeys::earlyPressesMakeThePauseNoLonger()
{
    constexpr auto pause = 800ms;
    const QuestionKeys keys(nullptr, pause);
    Question question;
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    QElapsedTimer time;
    time.start();
    const auto *bar = question.box.findChild<QWidget *>(u"questionPause"_s);
    QVERIFY(bar && bar->isVisible()); // that it has to be waited is seen
    QTimer impatient;
    int events = 0; // by turns a press and a release
    connect(&impatient, &QTimer::timeout, this, [&] {
        if (question.isOpen())
            qt_handleKeyEvent(question.box.windowHandle(), ++events % 2 ? QEvent::KeyPress : QEvent::KeyRelease,
                              Qt::Key_S, Qt::AltModifier);
    });
    impatient.start(100);
    QTRY_VERIFY_WITH_TIMEOUT(question.agreed, 10'000);
    QVERIFY(events > 3 && time.elapsed() > pause.count() / 2);
    impatient.stop();
}

/// But what is typed does: it was meant for the text.
void TestQuestionKeys::whoTypesOnStartsThePauseAnew()
{
    const QuestionKeys keys(nullptr, 1h);
    Question question;
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    const auto *bar = question.box.findChild<QWidget *>(u"questionPause"_s);
    QVERIFY(bar && bar->isVisible());
    for (const Qt::Key key : {Qt::Key_T, Qt::Key_Space, Qt::Key_S, Qt::Key_Return})
        press(question.box, key);
    QVERIFY(question.isOpen() && bar->isVisible());
}

void TestQuestionKeys::altAnswers_data() { lettersAreNoAnswer_data(); }

void TestQuestionKeys::altAnswers()
{
    QFETCH(QString, button);
    const QuestionKeys keys(nullptr, 0ms);
    Question question(button);
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    press(question.box, Qt::Key_S, Qt::AltModifier);
    QTRY_VERIFY(question.agreed);
}

void TestQuestionKeys::tabAndSpaceAnswer()
{
    const QuestionKeys keys(nullptr, 0ms);
    Question question;
    question.box.setCheckBox(new QCheckBox(u"&Always"_s));
    QVERIFY(QTest::qWaitForWindowActive(&question.box));
    question.box.checkBox()->setFocus();
    press(question.box, Qt::Key_Space);
    QVERIFY(question.box.checkBox()->isChecked());
    for (int i = 0; i < 3 && QApplication::focusWidget() != question.yes; ++i)
        press(question.box, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), question.yes);
    press(question.box, Qt::Key_Space);
    QVERIFY(question.agreed);
}

void TestQuestionKeys::enterAndEscapeAnswer()
{
    const QuestionKeys keys(nullptr, 0ms);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape}) {
        Question question;
        QVERIFY(QTest::qWaitForWindowActive(&question.box));
        press(question.box, key);
        QVERIFY(!question.box.isVisible() && !question.agreed);
    }
}

void TestQuestionKeys::otherWindowsKeepTheirKeys()
{
    const QuestionKeys keys(nullptr, 1h);
    QLineEdit field;
    field.show();
    QVERIFY(QTest::qWaitForWindowActive(&field));
    int entered = 0;
    connect(&field, &QLineEdit::returnPressed, this, [&entered] { ++entered; });
    QTest::keyClicks(&field, u"so it is"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(field.text() == "so it is"_L1 && entered == 1);
}

void TestQuestionKeys::whoHoldsAKeySendsOnce_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("in the text") << u"text"_s;
    QTest::newRow("in another field") << u"field"_s;
    QTest::newRow("on the button") << u"button"_s;
}

/// Repeats that look like a release and a press of the same moment, as above.
void TestQuestionKeys::whoHoldsAKeySendsOnce()
{
    QFETCH(const QString, where);
    const QuestionKeys keys;
    const QTemporaryDir folder;
    UiSettings settings(folder.filePath(u"settings.ini"_s));
    Shortcuts shortcuts(settings);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *text = new MessageEdit;
    auto *field = new QLineEdit;
    auto *button = new QPushButton(u"Send"_s);
    for (QWidget *one : {static_cast<QWidget *>(text), static_cast<QWidget *>(field), static_cast<QWidget *>(button)})
        layout->addWidget(one);
    int sent = 0;
    const auto send = [&sent] { ++sent; };
    text->followSendKey(shortcuts);
    connect(text, &MessageEdit::sendPressed, this, send);
    connect(button, &QPushButton::clicked, this, send);
    shortcuts.on(window, u"send"_s, send);
    const bool isButton = where == "button"_L1;
    (isButton                  ? static_cast<QWidget *>(button)
         : where == "field"_L1 ? static_cast<QWidget *>(field)
                               : text)
        ->setFocus();
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto tell = [&](QEvent::Type type) {
        qt_handleKeyEvent(window.windowHandle(), type, isButton ? Qt::Key_Space : Qt::Key_Return,
                          isButton ? Qt::NoModifier : Qt::ControlModifier);
        QCoreApplication::processEvents();
    };
    tell(QEvent::KeyPress);
    for (int repeat = 0; repeat < 20; ++repeat) {
        tell(QEvent::KeyRelease);
        tell(QEvent::KeyPress);
    }
    tell(QEvent::KeyRelease);
    QCOMPARE(sent, 1);
    QElapsedTimer lifted;
    lifted.start();
    QTRY_VERIFY(lifted.elapsed() > 50);
    tell(QEvent::KeyPress);
    tell(QEvent::KeyRelease);
    QCOMPARE(sent, 2);
}

QTEST_MAIN(TestQuestionKeys)
#include "tst_questionkeys.moc"
