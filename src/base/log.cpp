#include "base/log.h"

#include "base/logbuffer.h"
#include "base/privacy.h"
#include "base/redact.h"

#include <QFile>

#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logHttp, "casement.http", QtInfoMsg)
Q_LOGGING_CATEGORY(logSync, "casement.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(logArchive, "casement.archive", QtInfoMsg)
Q_LOGGING_CATEGORY(logCredentials, "casement.credentials", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "casement.ui", QtInfoMsg)

namespace {

/// What Qt says of every window where there is no screen. Making the patterns of redact() for that would take a good
/// part of a start.
constexpr QLatin1StringView harmless = "This plugin does not support propagateSizeHints()"_L1;

QtMessageHandler previous = nullptr;
std::atomic<int> logFile = -1;

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const bool isHarmless = message == harmless;
    const QString safe = isHarmless ? message : redact(message);
    previous(type, context, safe);
    const LogLine line{.number = 0,
                       .time = QDateTime::currentMSecsSinceEpoch(),
                       .level = type,
                       .category = QString::fromUtf8(context.category),
                       .text = isHarmless ? safe : withoutUserName(safe)};
    logBuffer().add(line.level, line.category, line.text);
    if (const int file = logFile; file >= 0) {
        const QByteArray bytes = line.toText().toUtf8() + '\n';
        // Whole lines: O_APPEND keeps those of other threads and processes apart. A full disk is nobody's fault here.
        [[maybe_unused]] const ssize_t written = ::write(file, bytes.constData(), size_t(bytes.size()));
    }
}

} // namespace

void installRedactingLog()
{
    if (!previous)
        previous = qInstallMessageHandler(handle);
}

LogBuffer &logBuffer()
{
    static LogBuffer &buffer = *new LogBuffer; // messages come until the very end of the process
    return buffer;
}

bool setLogLevel(const QString &level)
{
    constexpr std::array levels{"debug"_L1, "info"_L1, "warning"_L1, "critical"_L1};
    const QString wanted = level == "error"_L1 ? u"critical"_s : level;
    const auto at = std::find(levels.begin(), levels.end(), wanted);
    if (at == levels.end() && level != "off"_L1)
        return false;
    QString rules;
    for (auto one = levels.begin(); one != levels.end(); ++one)
        rules += "casement.*."_L1 + *one + (one < at || at == levels.end() ? "=false\n"_L1 : "=true\n"_L1);
    QLoggingCategory::setFilterRules(rules);
    return true;
}

Result<void> setLogFile(const QString &path)
{
    const int file =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
    if (file < 0)
        return Error{.kind = Error::Kind::File, .message = qt_error_string(errno)};
    struct stat status = {};
    if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        ::fchmod(file, 0600); // one that was there, too
    if (const int before = logFile.exchange(file); before >= 0)
        ::close(before);
    return {};
}

} // namespace casement
