#include "cli/terminalprompt.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTest>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

using namespace casement;
using namespace casement::cli;
using namespace Qt::StringLiterals;

namespace {

/// The program on the terminal: asks as often as it is told to, at once, and prints what it hears.
int childMain(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    TerminalPrompt prompt;
    if (!prompt.isPossible()) {
        std::puts("impossible");
        return 0;
    }
    if (application.arguments().at(2) == "yes"_L1) {
        prompt.askYes(u"prod is set to ask.\nGo on?"_s, &application, [](bool yes) {
            std::puts(yes ? "<yes>" : "<no>");
            std::fflush(stdout);
            QCoreApplication::quit();
        });
        return application.exec();
    }
    if (application.arguments().at(2) == "page"_L1) {
        prompt.beginSignIn({.profile = u"prod"_s,
                            .startUrl = u"https://corp.example/start"_s,
                            .userCode = u"ABCD-EFGH"_s,
                            .page = QUrl(u"https://device.example/?user_code=ABCD-EFGH"_s),
                            .until = {}},
                           &application, {});
        return 0;
    }
    const int questions = application.arguments().at(2).toInt();
    int waiting = questions;
    QObject context;
    for (int i = 0; i < questions; ++i) {
        const PersonPrompt::MfaRequest request{u"role%1"_s.arg(i), u"arn:aws:iam::1:mfa/hana"_s,
                                               i == 1 ? u"The last code was refused."_s : QString()};
        prompt.askMfaCode(request, &context, [&](const Result<QString> &code) {
            std::printf("<%s>\n", code ? qPrintable(*code) : qPrintable(kindName(code.error().kind)));
            std::fflush(stdout);
            if (--waiting == 0)
                QCoreApplication::quit();
        });
    }
    return application.exec();
}

class Terminal
{
public:
    explicit Terminal(const QByteArray &questions)
    {
        m_child = ::forkpty(&m_master, nullptr, nullptr, nullptr);
        if (m_child < 0)
            qFatal("no terminal");
        if (m_child == 0) {
            const QByteArray program = QCoreApplication::applicationFilePath().toLocal8Bit();
            ::execl(program.constData(), program.constData(), "--ask", questions.constData(), nullptr);
            ::_exit(127);
        }
        QObject::connect(&m_notifier.emplace(m_master, QSocketNotifier::Read), &QSocketNotifier::activated, [this] {
            char buffer[4096];
            const ssize_t count = ::read(m_master, buffer, sizeof buffer);
            if (count > 0)
                m_screen.append(buffer, count);
            else
                m_notifier->setEnabled(false);
        });
    }
    ~Terminal()
    {
        m_notifier.reset();
        ::close(m_master);
        ::waitpid(m_child, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    bool shows(const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return m_screen.contains(text); }, 20'000);
    }
    void type(const QByteArray &text)
    {
        m_screen.clear();
        if (::write(m_master, text.constData(), size_t(text.size())) != text.size())
            qFatal("Nothing can be typed");
    }
    const QByteArray &screen() const { return m_screen; }

private:
    int m_master = -1;
    pid_t m_child = -1;
    QByteArray m_screen;
    std::optional<QSocketNotifier> m_notifier;
};

} // namespace

/// A code is asked for at the terminal while the program goes on.
class TestTerminalPrompt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForACode();
    void asksOneAfterTheOther();
    void takesNothingForNo();
    void showsThePageAsItIs();
    void onlyYesIsAYes_data();
    void onlyYesIsAYes();
};

void TestTerminalPrompt::showsThePageAsItIs()
{
    Terminal terminal("page");
    QVERIFY2(terminal.shows("  https://device.example/?user_code=ABCD-EFGH\r\n  ABCD-EFGH\r\n"),
             terminal.screen().constData());
    QVERIFY(terminal.screen().contains("prod needs a sign-in at https://corp.example/start."));
}

void TestTerminalPrompt::onlyYesIsAYes_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<bool>("isYes");
    QTest::newRow("y") << QByteArray("y\n") << true;
    QTest::newRow("yes") << QByteArray(" YES \n") << true;
    QTest::newRow("n") << QByteArray("n\n") << false;
    QTest::newRow("nothing") << QByteArray("\n") << false;
    QTest::newRow("something else") << QByteArray("yesterday\n") << false;
    QTest::newRow("the end") << QByteArray("\x04") << false;
}

void TestTerminalPrompt::onlyYesIsAYes()
{
    QFETCH(QByteArray, typed);
    QFETCH(bool, isYes);
    Terminal terminal("yes");
    QVERIFY(terminal.shows("Go on? [y/N] "));
    QVERIFY(terminal.screen().contains("prod is set to ask."));
    terminal.type(typed);
    QVERIFY2(terminal.shows(isYes ? "<yes>" : "<no>"), terminal.screen().constData());
}

void TestTerminalPrompt::asksForACode()
{
    Terminal terminal("1");
    QVERIFY(terminal.shows("give up: "));
    QVERIFY(terminal.screen().contains("role0 asks for the code of MFA device arn:aws:iam::1:mfa/hana"));
    terminal.type(" 123 456 \n");
    QVERIFY2(terminal.shows("<123456>"), terminal.screen().constData());
}

void TestTerminalPrompt::asksOneAfterTheOther()
{
    Terminal terminal("2");
    QVERIFY(terminal.shows("give up: "));
    QVERIFY(!terminal.screen().contains("role1"));
    terminal.type("111111\n");
    QVERIFY(terminal.shows("<111111>"));
    QVERIFY(terminal.shows("give up: "));
    QVERIFY2(terminal.screen().contains("The last code was refused.") && terminal.screen().contains("role1"),
             terminal.screen().constData());
    terminal.type("222222\n");
    QVERIFY(terminal.shows("<222222>"));
}

void TestTerminalPrompt::takesNothingForNo()
{
    Terminal terminal("2");
    QVERIFY(terminal.shows("give up: "));
    terminal.type("\n");
    QVERIFY(terminal.shows("<Cancelled>"));
    QVERIFY(terminal.shows("give up: "));
    terminal.type("\x04"); // end of input
    QVERIFY(terminal.shows("<Cancelled>"));
}

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--ask") == 0)
        return childMain(argc, argv);
    QCoreApplication application(argc, argv);
    TestTerminalPrompt test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "tst_terminalprompt.moc"
