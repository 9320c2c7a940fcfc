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
    m_questions.push_back({request, context, std::move(done)});
    askNext();
}

void TerminalPrompt::askNext()
{
    while (!m_questions.empty() && !m_questions.front().context && !m_isAsked)
        m_questions.pop_front();
    if (m_questions.empty() || std::exchange(m_isAsked, true))
        return;
    const MfaRequest &request = m_questions.front().request;
    if (!request.problem.isEmpty())
        complain(request.problem);
    complain(u"%1 asks for the code of MFA device %2."_s.arg(terminalLine(request.profile),
                                                             terminalLine(request.serialNumber)));
    constexpr std::string_view question = "Six digits, or nothing to give up: ";
    [[maybe_unused]] const ssize_t written = ::write(m_terminal, question.data(), question.size());
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
    const QString code = QString::fromUtf8(end < 0 ? m_typed : m_typed.first(end)).simplified().remove(u' ');
    if (count <= 0 || code.isEmpty())
        return answer(Error{.kind = Error::Kind::Cancelled, .message = u"no code was given"_s});
    answer(code);
}

void TerminalPrompt::answer(const Result<QString> &code)
{
    m_notifier.release()->deleteLater(); // this runs in its name
    const Question question = m_questions.front();
    m_questions.pop_front();
    m_isAsked = false;
    if (question.context)
        question.done(code);
    askNext();
}

void TerminalPrompt::beginSignIn(const SignIn &signIn, QObject *, std::function<void()>)
{
    // Given up by ending the program.
    complain(u"%1 needs a sign-in at %2. Open this page in a browser and compare the code:\n  %3\n  %4"_s.arg(
        terminalLine(signIn.profile), terminalLine(signIn.startUrl),
        terminalLine(QString::fromUtf8(signIn.page.toEncoded())), terminalLine(signIn.userCode)));
}

void TerminalPrompt::endSignIn(QObject *) { }

} // namespace casement::cli
