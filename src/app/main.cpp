#include "app/application.h"
#include "app/commandline.h"
#include "base/log.h"

#include <QApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    using namespace casement;
    using namespace Qt::StringLiterals;

    installRedactingLog();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const CommandLine commandLine = CommandLine::parse(arguments);
    if (!commandLine.error.isEmpty()) {
        std::fputs(qPrintable(u"casement: "_s + commandLine.error + u'\n'), stderr);
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

    QCoreApplication::setApplicationName(u"casement"_s);
    QCoreApplication::setApplicationVersion(u"" CASEMENT_VERSION ""_s);
    QGuiApplication::setApplicationDisplayName(u"Casement"_s);
    QGuiApplication::setDesktopFileName(u"org.casement.Casement"_s);
    QApplication::setStyle(new FlatStyle);
    // Qt's own options (-platform, -style …) stay out of reach: only what --help lists is known.
    int noArguments = 1;
    QApplication application(noArguments, argv);
    Application casement(commandLine);
    casement.start();
    return QApplication::exec();
}
