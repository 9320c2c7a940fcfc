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

int columnsOf(int descriptor)
{
    winsize size = {};
    return ::isatty(descriptor) && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

QString progressShown;

} // namespace

Output::Output(int descriptor) : m_descriptor(descriptor), m_isTerminal(::isatty(descriptor)) { }

int Output::columns() const { return columnsOf(m_descriptor); }

void Output::write(const QByteArray &bytes)
{
    if (!m_failure)
        m_failure = writeAll(m_descriptor, bytes);
}

void complain(const QString &text)
{
    showProgress({});
    writeAll(STDERR_FILENO, QStringLiteral("casement-cli: %1\n").arg(terminalText(redact(text))).toUtf8());
}

void showWhole(const QString &text)
{
    showProgress({});
    writeAll(STDERR_FILENO, QStringLiteral("%1\n").arg(terminalText(text)).toUtf8());
}

bool isWatched() { return ::isatty(STDERR_FILENO); }

void showProgress(const QString &line)
{
    if (line == progressShown || !isWatched())
        return;
    progressShown = line;
    const int columns = columnsOf(STDERR_FILENO);
    const QString text = terminalLine(redact(line));
    // A line that wraps could not be written over.
    writeAll(STDERR_FILENO, "\r" + (columns > 1 ? cutToCells(text, columns - 1) : text).toUtf8() + "\x1b[K");
}

} // namespace casement::cli
