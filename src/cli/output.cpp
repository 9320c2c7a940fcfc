#include "cli/output.h"

#include "base/redact.h"
#include "cli/terminaltext.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace casement::cli {

namespace {

int writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.constData() + done, size_t(bytes.size() - done));
        if (count < 0 && errno != EINTR)
            return errno;
        done += qMax<ssize_t>(count, 0);
    }
    return 0;
}

} // namespace

Output::Output(int descriptor) : m_descriptor(descriptor), m_isTerminal(::isatty(descriptor)) { }

int Output::columns() const
{
    winsize size = {};
    return m_isTerminal && ::ioctl(m_descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void Output::write(const QByteArray &bytes)
{
    if (!m_failure)
        m_failure = writeAll(m_descriptor, bytes);
}

void complain(const QString &text)
{
    writeAll(STDERR_FILENO, QStringLiteral("casement-cli: %1\n").arg(terminalText(redact(text))).toUtf8());
}

} // namespace casement::cli
