#pragma once

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QTemporaryDir>

namespace casement::test {

/// An X server of the test's own with a window manager; `problem` says why there is none.
struct Screen
{
    Screen()
    {
        for (const QString &program : {QStringLiteral("Xvfb"), QStringLiteral("openbox"), QStringLiteral("xdotool")}) {
            if (QStandardPaths::findExecutable(program).isEmpty()) {
                problem = program + QStringLiteral(" is not installed");
                return;
            }
        }
        server.setProgram(QStringLiteral("Xvfb"));
        server.setArguments({QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                             QStringLiteral("0"), QStringLiteral("1280x900x24"), QStringLiteral("-dpi"),
                             QStringLiteral("96"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
        server.setStandardErrorFile(QProcess::nullDevice());
        server.start();
        if (!server.waitForReadyRead(20'000)) {
            problem = QStringLiteral("Xvfb did not start");
            return;
        }
        qputenv("DISPLAY", ':' + server.readAllStandardOutput().trimmed());
        qputenv("QT_QPA_PLATFORM", "xcb");
        // A window that is mapped while the manager starts is lost to it.
        const QString mark = folder.filePath(QStringLiteral("managed"));
        manager.setStandardErrorFile(QProcess::nullDevice());
        manager.start(QStringLiteral("openbox"), {QStringLiteral("--startup"), QStringLiteral("touch ") + mark});
        for (int i = 0; i < 200 && !QFile::exists(mark); ++i)
            manager.waitForFinished(50);
        if (!QFile::exists(mark))
            problem = QStringLiteral("openbox did not start");
    }
    ~Screen()
    {
        for (QProcess *process : {&manager, &server}) {
            process->terminate();
            process->waitForFinished(5'000);
        }
    }

    QTemporaryDir folder;
    QProcess server;
    QProcess manager;
    QString problem;
};

} // namespace casement::test
