#include "cli/keyinput.h"

#include "cli/output.h"

#include <QFile>
#include <QStringList>

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestKeyInput = 64 << 10; // a session token has about 1,000 characters
constexpr qsizetype longestKeyId = 128; // IAM API Reference, AccessKey
constexpr qsizetype shortestKeyId = 16;
constexpr qsizetype longestSecretKey = 64; // those of AWS have 40; an emulator's may have more

Error wrongInput(const QString &sentence)
{
    return {.kind = Error::Kind::Invalid, .message = sentence + u" Nothing was saved."_s};
}

const termios *savedMode = nullptr; // what a signal puts back

void restoreMode(int number)
{
    if (savedMode)
        ::tcsetattr(STDIN_FILENO, TCSANOW, savedMode);
    std::signal(number, SIG_DFL);
    ::raise(number);
}

/// Nothing that is typed is shown, and a signal leaves the terminal as it was.
class Unseen
{
public:
    explicit Unseen(bool on) : m_isOn(on && ::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isOn)
            return;
        savedMode = &m_before;
        for (size_t i = 0; i < endings.size(); ++i)
            m_handlers[i] = std::signal(endings[i], restoreMode);
        termios mode = m_before;
        mode.c_lflag &= ~tcflag_t(ECHO);
        mode.c_lflag |= ECHONL;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode);
    }
    ~Unseen()
    {
        if (!m_isOn)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        for (size_t i = 0; i < endings.size(); ++i)
            std::signal(endings[i], m_handlers[i]);
        savedMode = nullptr;
    }
    Unseen(const Unseen &) = delete;
    Unseen &operator=(const Unseen &) = delete;

private:
    static constexpr std::array endings{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    termios m_before = {};
    std::array<void (*)(int), endings.size()> m_handlers = {};
    bool m_isOn;
};

Result<QByteArray> typedLine(const char *question, bool unseen)
{
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, question, std::strlen(question));
    const Unseen quiet(unseen);
    QByteArray line;
    char c = 0;
    ssize_t count = 0;
    while ((count = ::read(STDIN_FILENO, &c, 1)) == 1 && c != '\n' && line.size() < largestKeyInput)
        line.append(c);
    if (count == 0 && line.isEmpty())
        return wrongInput(u"No keys were given."_s);
    return line;
}

Result<Credentials> askForKeys()
{
    QByteArray lines;
    Result<QByteArray> line = typedLine("Access key ID: ", false);
    const bool isTemporary = line && line->trimmed().startsWith("ASIA");
    if (line) {
        lines += *line + '\n';
        line = typedLine("Secret access key (not shown): ", true);
    }
    if (line && isTemporary) {
        lines += *line + '\n';
        line = typedLine("Session token (not shown): ", true);
    }
    if (!line)
        return line.error();
    return readKeyLines(lines + *line);
}

} // namespace

Result<Credentials> readKeyLines(const QByteArray &input)
{
    const QByteArray bytes = input.startsWith("\xef\xbb\xbf") ? input.sliced(3) : input;
    if (!QByteArrayView(bytes).isValidUtf8())
        return wrongInput(u"The keys on standard input are not in UTF-8."_s);
    QStringList lines = QString::fromUtf8(bytes).split(u'\n');
    for (QString &line : lines)
        line = line.trimmed();
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    if (lines.size() < 2 || lines.size() > 3) {
        return wrongInput(u"Standard input must have two lines, the access key id and the secret access key, and for "
                          "temporary keys a third one with the session token; it has %1."_s.arg(lines.size()));
    }
    const QStringList names{u"access key id"_s, u"secret access key"_s, u"session token"_s};
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).isEmpty())
            return wrongInput(u"Line %1 of standard input, the %2, is empty."_s.arg(i + 1).arg(names.at(i)));
        if (const QString why = whyNoKey(lines.at(i)); !why.isEmpty())
            return wrongInput(u"Line %1 of standard input, the %2, %3."_s.arg(i + 1).arg(names.at(i), why));
    }
    const auto isKeyId = [](const QString &text) {
        return text.size() >= shortestKeyId && text.size() <= longestKeyId
            && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLetterOrNumber() || c == u'_'; });
    };
    if (hasKeyIdForm(lines.at(0)) && hasKeyIdForm(lines.at(1))) {
        return wrongInput(u"Line 2 is an access key id too; it must be the secret access key that belongs to the id in "
                          "line 1."_s);
    }
    if (lines.size() == 3 && hasKeyIdForm(lines.at(2))) {
        return wrongInput(u"Line 3 is an access key id; it must be the session token, which temporary keys alone have. "
                          "Nothing was saved."_s);
    }
    if (lines.size() == 3 && lines.at(2) == lines.at(1)) {
        return wrongInput(u"Line 3 is the secret access key once more; it must be the session token, which temporary "
                          "keys alone have. Nothing was saved."_s);
    }
    if (lines.size() == 3 && lines.at(1).size() > longestSecretKey && hasSecretKeyForm(lines.at(2))) {
        return wrongInput(u"Lines 2 and 3 look swapped: line 2 is the secret access key, and line 3 the session token, "
                          "which is much longer."_s);
    }
    if (hasSecretKeyForm(lines.at(0)) || hasKeyIdForm(lines.at(1))) {
        return wrongInput(u"The two lines look swapped: line 1 is the access key id, which begins with AKIA or ASIA, "
                          "and line 2 the secret access key."_s);
    }
    if (!isKeyId(lines.at(0))) {
        return wrongInput(
            u"Line 1 of standard input is no access key id: those have 16 to 128 letters and digits. Line 2 "
            "is for the secret one."_s);
    }
    const bool isTemporary = lines.at(0).startsWith("ASIA"_L1);
    if (isTemporary && lines.size() == 2)
        return wrongInput(u"Keys that begin with ASIA are temporary: a third line must have their session token."_s);
    return Credentials(lines.at(0), lines.at(1), lines.value(2));
}

Result<Credentials> readKeyInput()
{
    if (::isatty(STDIN_FILENO))
        return askForKeys();
    QFile file;
    if (!file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return wrongInput(u"Standard input can't be read: %1."_s.arg(file.errorString()));
    QByteArray bytes;
    while (bytes.size() <= largestKeyInput) {
        const QByteArray piece = file.read(largestKeyInput + 1 - bytes.size());
        if (piece.isEmpty())
            break;
        bytes += piece;
    }
    if (file.error() != QFileDevice::NoError)
        return wrongInput(u"Standard input can't be read: %1."_s.arg(file.errorString()));
    if (bytes.size() > largestKeyInput)
        return wrongInput(u"Standard input is too large to be two lines of keys."_s);
    return readKeyLines(bytes);
}

} // namespace casement::cli
