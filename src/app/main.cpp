#include "app/application.h"
#include "app/commandline.h"
#include "app/desktoppresence.h"
#include "app/secondstart.h"
#include "app/singleinstance.h"
#include "app/startwish.h"
#include "app/windowsystem.h"
#include "base/endsignals.h"
#include "base/log.h"
#include "base/privacy.h"

#include <QApplication>

#include <cstdio>
#include <optional>

int main(int argc, char **argv)
{
    using namespace casement;
    using namespace Qt::StringLiterals;

    makeFilesPrivate();
#ifdef NDEBUG
    forbidCoreDumps();
#endif
    installRedactingLog();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const CommandLine commandLine = CommandLine::parse(arguments);
    if (!commandLine.error.isEmpty()) {
        CommandLine::complain(commandLine.error);
        return 2;
    }
    if (commandLine.help) {
        std::fputs(qPrintable(CommandLine::helpText()), stdout);
        return 0;
    }
    if (commandLine.version) {
        std::puts("casement " CASEMENT_VERSION);
        return 0;
    }
    if (!commandLine.logLevel.isEmpty())
        setLogLevel(commandLine.logLevel);
    if (!commandLine.logFile.isEmpty()) {
        if (const Result<void> opened = setLogFile(commandLine.logFile); !opened) {
            CommandLine::complain(
                CommandLine::tr("the log can't be written to %1: %2").arg(commandLine.logFile, opened.error().message));
            return 2;
        }
    }

    if (!commandLine.unknownLink.isEmpty())
        CommandLine::complain(commandLine.unknownLink);
    SingleInstance instance(commandLine.instanceKey());
    if (commandLine.wantsSingleInstance()) {
        const SingleInstance::Outcome outcome = instance.start(arguments);
        if (!instance.told().isEmpty())
            CommandLine::complain(instance.told());
        if (outcome == SingleInstance::Outcome::HandedOver)
            return commandLine.unknownLink.isEmpty() ? 0 : 2;
        if (outcome == SingleInstance::Outcome::Hung)
            return 1;
    }

    QCoreApplication::setApplicationName(u"casement"_s);
    QCoreApplication::setApplicationVersion(u"" CASEMENT_VERSION ""_s);
    QGuiApplication::setApplicationDisplayName(u"Casement"_s);
    QGuiApplication::setDesktopFileName(u"org.casement.Casement"_s);
    QApplication::setStyle(new FlatStyle);
    // Qt's own options (-platform, -style …) stay out of reach: only what --help lists is known.
    int noArguments = 1;
    std::optional<WindowSystem> starting(std::in_place);
    QApplication application(noArguments, argv);
    starting.reset();
    Application casement(commandLine);
    casement.start();
    StartWish::make(commandLine, casement.window(), casement.workspace());
    // A logout ends it as the menu does: what was typed a moment ago is stored.
    onEndSignal(&application, [&casement](int) { casement.presence().end(); });
    instance.listen([&casement](const QStringList &given) {
        return SecondStart::take(given, casement.window(), casement.workspace());
    });
    const int status = QApplication::exec();
    instance.close();
    return status;
}
