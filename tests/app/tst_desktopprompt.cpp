#include "app/desktopprompt.h"

#include "ui/dialogs.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace casement;
using namespace Qt::StringLiterals;

class TestDesktopPrompt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aCode();
    void spellings_data();
    void spellings();
    void givingUp();
    void oneQuestionAtATime();
    void theQuestionGoesWithItsAsker();
    void aDialogInTheWay();
    void aDialogThatComesLater();
    void theDialogBelowCloses();
    void signingIn();
    void thePageIsHttps();

private:
    QDialog *dialog(const char *name) const
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == QLatin1StringView(name) && widget->isVisible())
                return qobject_cast<QDialog *>(widget);
        }
        return nullptr;
    }
    template <class T> T *part(QDialog *of, const char *name) const
    {
        auto *found = of->findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    PersonPrompt::SignIn signIn() const
    {
        return {u"prod"_s, u"https://corp.example/start"_s, u"ABCD-EFGH"_s,
                QUrl(u"https://device.example/?user_code=ABCD-EFGH"_s), QDateTime::currentDateTimeUtc().addSecs(600)};
    }

    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<DesktopPrompt> m_prompt;
    QList<QUrl> m_opened;
};

void TestDesktopPrompt::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_prompt = std::make_unique<DesktopPrompt>(m_window.get());
    m_opened.clear();
    dialogs::linkOpener() = [this](const QUrl &url) {
        m_opened.append(url);
        return true;
    };
}

void TestDesktopPrompt::cleanup()
{
    m_prompt.reset();
    m_window.reset();
}

void TestDesktopPrompt::aCode()
{
    QObject asker;
    QStringList codes;
    m_prompt->askMfaCode({u"prod"_s, u"arn:aws:iam::9:mfa/hana"_s, u"it was wrong."_s}, &asker,
                         [&](const Result<QString> &code) { codes.append(code ? *code : u"none"_s); });
    QDialog *asked = dialog("mfaDialog");
    QVERIFY(asked);
    QVERIFY(!asked->isModal());
    QVERIFY(part<QLabel>(asked, "question")->text().contains(u"prod"_s));
    QVERIFY(part<QLabel>(asked, "device")->text().contains(u"mfa/hana"_s));
    QVERIFY(part<QLabel>(asked, "mfaProblem")->text().contains(u"it was wrong."_s));
    QVERIFY(!part<QPushButton>(asked, "sendCode")->isEnabled());
    QTest::keyClicks(part<QLineEdit>(asked, "mfaCode"), u"123456"_s);
    QTest::keyClick(part<QLineEdit>(asked, "mfaCode"), Qt::Key_Return);
    QCOMPARE(codes, QStringList{u"123456"_s});
    QTRY_VERIFY(!dialog("mfaDialog"));
    QCOMPARE(codes.size(), 1);
}

void TestDesktopPrompt::spellings_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("good");
    QTest::newRow("six") << u"123456"_s << true;
    QTest::newRow("in two parts") << u"123 456"_s << true;
    QTest::newRow("full width") << u"１２３４５６"_s << true;
    QTest::newRow("five") << u"12345"_s << false;
    QTest::newRow("five in two parts") << u"123 45"_s << false;
    QTest::newRow("letters") << u"12345a"_s << false;
}

void TestDesktopPrompt::spellings()
{
    QFETCH(QString, typed);
    QFETCH(bool, good);
    QObject asker;
    QString got;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker, [&](const Result<QString> &code) { got = *code; });
    QDialog *asked = dialog("mfaDialog");
    part<QLineEdit>(asked, "mfaCode")->setText(typed);
    QCOMPARE(part<QPushButton>(asked, "sendCode")->isEnabled(), good);
    const bool isLong = QString(typed).remove(u' ').size() > 5; // who has not typed all of it yet is told nothing
    QCOMPARE(part<QLabel>(asked, "mfaProblem")->isVisible(), !good && isLong);
    if (good) {
        part<QPushButton>(asked, "sendCode")->click();
        QCOMPARE(got, u"123456"_s);
    }
}

void TestDesktopPrompt::givingUp()
{
    QVERIFY(!m_prompt->isAttended()); // a start asks for nothing
    QTest::keyClick(m_window.get(), Qt::Key_Y, Qt::AltModifier); // the letter of Try Again
    QVERIFY(m_prompt->isAttended());
    QObject asker;
    QList<Error::Kind> ends;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker,
                         [&](const Result<QString> &code) { ends.append(code.error().kind); });
    part<QPushButton>(dialog("mfaDialog"), "giveUpCode")->click();
    QCOMPARE(ends, QList<Error::Kind>{Error::Kind::Cancelled});
    QVERIFY(!m_prompt->isAttended()); // the next poll does not ask again
    QTest::keyClick(m_window.get(), Qt::Key_A);
    QVERIFY(!m_prompt->isAttended()); // nor while somebody types
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QVERIFY(m_prompt->isAttended()); // but who wants it is asked
    m_window->hide();
    QTRY_VERIFY(!m_prompt->isAttended());
}

void TestDesktopPrompt::oneQuestionAtATime()
{
    QObject asker;
    QObject other;
    QString code;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker, [&](const Result<QString> &given) { code = *given; });
    m_prompt->beginSignIn(signIn(), &other, [] {});
    QVERIFY(dialog("mfaDialog"));
    QVERIFY(!dialog("signInDialog"));
    QVERIFY(m_opened.isEmpty());
    part<QLineEdit>(dialog("mfaDialog"), "mfaCode")->setText(u"123456"_s);
    part<QPushButton>(dialog("mfaDialog"), "sendCode")->click();
    QCOMPARE(code, u"123456"_s);
    QTRY_VERIFY(dialog("signInDialog"));
    QTRY_COMPARE(m_opened.size(), 1);
    m_prompt->endSignIn(&other);
    QTRY_VERIFY(!dialog("signInDialog"));
}

void TestDesktopPrompt::theQuestionGoesWithItsAsker()
{
    auto asker = std::make_unique<QObject>();
    int ends = 0;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, asker.get(), [&](const Result<QString> &) { ++ends; });
    QVERIFY(dialog("mfaDialog"));
    asker.reset();
    QTRY_VERIFY(!dialog("mfaDialog"));
    QCOMPARE(ends, 0);
}

void TestDesktopPrompt::aDialogInTheWay()
{
    QDialog settings(m_window.get());
    settings.setModal(true);
    settings.show();
    QObject asker;
    int ends = 0;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker, [&](const Result<QString> &) { ++ends; });
    auto *asked = dialog("mfaDialog");
    QCOMPARE(asked->parentWidget(), &settings); // or nobody could type into it
    delete asked; // as when the one behind it goes
    QCOMPARE(ends, 1);
}

/// As the test of an account, which asks before it is shown.
void TestDesktopPrompt::aDialogThatComesLater()
{
    QObject asker;
    QString got;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker, [&](const Result<QString> &code) { got = *code; });
    QVERIFY(dialog("mfaDialog"));
    QDialog testing(m_window.get());
    testing.open();
    QTRY_COMPARE(dialog("mfaDialog") ? dialog("mfaDialog")->parentWidget() : nullptr, &testing);
    QDialog *asked = dialog("mfaDialog");
    QTRY_VERIFY(asked->isActiveWindow());
    QCOMPARE(QApplication::focusWidget(), part<QLineEdit>(asked, "mfaCode"));
    QTest::keyClicks(QApplication::focusWidget(), u"123456"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(got, u"123456"_s);
    QVERIFY(testing.isVisible()); // and goes on
    QTRY_VERIFY(!dialog("mfaDialog"));
}

/// Which may not be what waits for the answer.
void TestDesktopPrompt::theDialogBelowCloses()
{
    QObject asker;
    int ends = 0;
    m_prompt->askMfaCode({u"prod"_s, u"m"_s, {}}, &asker, [&](const Result<QString> &) { ++ends; });
    auto *question = new QDialog(m_window.get());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->open();
    QTRY_COMPARE(dialog("mfaDialog") ? dialog("mfaDialog")->parentWidget() : nullptr, question);
    const QPointer<QDialog> closed(question);
    question->accept();
    QTRY_VERIFY(!closed);
    QTRY_VERIFY(dialog("mfaDialog"));
    QCOMPARE(dialog("mfaDialog")->parentWidget(), m_window.get());
    QCOMPARE(ends, 0);
}

void TestDesktopPrompt::signingIn()
{
    QObject asker;
    int cancelled = 0;
    m_prompt->beginSignIn(signIn(), &asker, [&] { ++cancelled; });
    QDialog *shown = dialog("signInDialog");
    QVERIFY(shown);
    QVERIFY(m_opened.isEmpty()); // the code is seen first
    QTRY_COMPARE(m_opened, QList<QUrl>{signIn().page});
    QCOMPARE(part<QLineEdit>(shown, "userCode")->text(), u"ABCD-EFGH"_s);
    part<QPushButton>(shown, "openSignInPage")->click();
    QCOMPARE(m_opened.size(), 2);
    m_prompt->endSignIn(&asker);
    QTRY_VERIFY(!dialog("signInDialog"));
    QCOMPARE(cancelled, 0);

    m_prompt->beginSignIn(signIn(), &asker, [&] { ++cancelled; });
    part<QPushButton>(dialog("signInDialog"), "giveUpSignIn")->click();
    QCOMPARE(cancelled, 1);
    QVERIFY(!m_prompt->isAttended());
}

void TestDesktopPrompt::thePageIsHttps()
{
    QObject asker;
    PersonPrompt::SignIn wrong = signIn();
    wrong.page = QUrl(u"http://device.example/"_s);
    m_prompt->beginSignIn(wrong, &asker, [] {});
    QVERIFY(dialog("signInDialog"));
    part<QPushButton>(dialog("signInDialog"), "openSignInPage")->click();
    QCoreApplication::processEvents();
    QVERIFY(m_opened.isEmpty());
}

QTEST_MAIN(TestDesktopPrompt)
#include "tst_desktopprompt.moc"
