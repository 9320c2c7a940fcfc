#include "cli/program.h"

#include "base/endsignals.h"
#include "base/log.h"
#include "base/privacy.h"
#include "cli/command.h"
#include "cli/helptext.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QMutex>
#include <QSet>

#include <fcntl.h>
#include <langinfo.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

// What is closed at the start would be given to the first file that is opened, and taken for input or output.
void takeDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1)
            ::open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    }
}

// Without this Qt complains of every locale that is not UTF-8, LC_ALL=C among them.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        ::setenv("LC_ALL", "C.UTF-8", 1);
}

QtMessageHandler toStandardError = nullptr;

// A service with a thousand bad items gets one line.
void logOnce(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    static QMutex mutex;
    static QSet<QString> told;
    constexpr qsizetype most = 20;
    {
        const QMutexLocker locker(&mutex);
        if (told.size() >= most || told.contains(message))
            return;
        told.insert(message);
    }
    toStandardError(type, context, message);
}

// The status to end with, now that everything was printed, or could not be.
int statusOf(const Output &output, int status)
{
    if (output.failure() == EPIPE)
        return 128 + SIGPIPE; // the reader has seen enough
    if (output.failure() != 0) {
        complain(
            u"standard output can't be written: %1"_s.arg(QString::fromLocal8Bit(std::strerror(output.failure()))));
        return 1;
    }
    return status;
}

int run(const CommandLine &line, Output &output)
{
    const std::unique_ptr<Command> command = makeCommand(line, output);
    int status = 0;
    QObject::connect(command.get(), &Command::finished, command.get(), [&status](int ended) { status = ended; });
    QObject::connect(command.get(), &Command::finished, QCoreApplication::instance(), &QCoreApplication::quit,
                     Qt::QueuedConnection);
    command->start(); // may read standard input; until here a signal ends the program as ever
    onEndSignal(command.get(), [&command](int number) { command->interrupt(number); });
    QCoreApplication::exec();
    return status;
}

} // namespace

int runProgram(int argc, char **argv)
{
    takeDescriptors();
    useUtf8();
    std::signal(SIGPIPE, SIG_IGN);
    makeFilesPrivate();
#ifdef NDEBUG
    forbidCoreDumps();
#endif
    installRedactingLog();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"casement-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CASEMENT_VERSION));

    const Result<QStringList> arguments = readArguments(argc, argv);
    if (!arguments) {
        complain(arguments.error().message);
        return 2;
    }
    const Result<CommandLine> line = parseCommandLine(*arguments);
    if (!line) {
        complain(line.error().message);
        return 2;
    }
    Output output(STDOUT_FILENO);
    if (line->command == CommandLine::Command::Help) {
        output.write(helpText());
        return statusOf(output, 0);
    }
    if (line->command == CommandLine::Command::Version) {
        output.write(u"casement-cli %1\n"_s.arg(QCoreApplication::applicationVersion()));
        return statusOf(output, 0);
    }
    if (!line->verbose)
        toStandardError = qInstallMessageHandler(logOnce);
    // What goes wrong is told once, by complain(); QT_LOGGING_RULES still goes before this.
    QLoggingCategory::setFilterRules(line->verbose ? u"casement.*=true"_s
                                                   : u"casement.*=false\ncasement.sync.warning=true"_s);

    const int ended = statusOf(output, run(*line, output));
    std::fflush(nullptr);
    // Not by way of the statics: Qt's would wait for ever for the thread of a session bus that does not answer.
    std::_Exit(ended);
}

} // namespace casement::cli
