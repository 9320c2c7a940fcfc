#include "cli/terminalprompt.h"

#include "cli/output.h"
#include "cli/terminaltext.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 256;

} // namespace

TerminalPrompt::TerminalPrompt() = default;

TerminalPrompt::~TerminalPrompt()
{
    m_notifier.reset();
    if (m_terminal >= 0)
        ::close(m_terminal);
}

bool TerminalPrompt::isPossible()
{
    if (!std::exchange(m_isOpened, true) && isWatched())
        m_terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return m_terminal >= 0;
}

void TerminalPrompt::askMfaCode(const MfaRequest &request, QObject *context,
                                std::function<void(const Result<QString> &code)> done)
{
    QStringList lines{u"%1 asks for the code of MFA device %2."_s.arg(terminalLine(request.profile),
                                                                      terminalLine(request.serialNumber))};
    if (!request.problem.isEmpty())
        lines.prepend(request.problem);
    ask({lines, "Six digits, or nothing to give up: ", context, [done = std::move(done)](const QString &typed) {
             const QString code = QString(typed).remove(u' ');
             if (code.isEmpty())
                 done(Error{.kind = Error::Kind::Cancelled, .message = u"no code was given"_s});
             else
                 done(code);
         }});
}

void TerminalPrompt::askYes(const QString &question, QObject *context, std::function<void(bool yes)> done)
{
    QStringList lines = question.split(u'\n');
    const QByteArray last = lines.takeLast().toUtf8() + " [y/N] ";
    ask({lines, last, context, [done = std::move(done)](const QString &typed) {
             const QString word = typed.toLower();
             done(word == "y"_L1 || word == "yes"_L1);
         }});
}

void TerminalPrompt::ask(Question question)
{
    m_questions.push_back(std::move(question));
    askNext();
}

void TerminalPrompt::askNext()
{
    while (!m_questions.empty() && !m_questions.front().context && !m_isAsked)
        m_questions.pop_front();
    if (m_questions.empty() || std::exchange(m_isAsked, true))
        return;
    for (const QString &line : std::as_const(m_questions.front().lines))
        complain(line);
    const QByteArray &question = m_questions.front().question;
    [[maybe_unused]] const ssize_t written = ::write(m_terminal, question.constData(), size_t(question.size()));
    m_typed.clear();
    m_notifier = std::make_unique<QSocketNotifier>(m_terminal, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { takeTyped(); });
}

void TerminalPrompt::takeTyped()
{
    char buffer[longestLine];
    const ssize_t count = ::read(m_terminal, buffer, sizeof buffer);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count > 0)
        m_typed.append(buffer, count);
    const qsizetype end = m_typed.indexOf('\n');
    if (count > 0 && end < 0 && m_typed.size() < longestLine)
        return;
    answer(count <= 0 ? QString() : QString::fromUtf8(end < 0 ? m_typed : m_typed.first(end)).simplified());
}

void TerminalPrompt::answer(const QString &typed)
{
    m_notifier.release()->deleteLater(); // this runs in its name
    const Question question = m_questions.front();
    m_questions.pop_front();
    m_isAsked = false;
    if (question.context)
        question.done(typed);
    askNext();
}

void TerminalPrompt::beginSignIn(const SignIn &signIn, QObject *, std::function<void()>)
{
    // Given up by ending the program.
    complain(u"%1 needs a sign-in at %2. Open this page in a browser and compare the code:"_s.arg(
        terminalLine(signIn.profile), terminalLine(signIn.startUrl)));
    // The code is a part of the page's address, and whoever is asked needs both as they are.
    showWhole(
        u"  %1\n  %2"_s.arg(terminalLine(QString::fromUtf8(signIn.page.toEncoded())), terminalLine(signIn.userCode)));
}

void TerminalPrompt::endSignIn(QObject *) { }

} // namespace casement::cli
