#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <csignal>

/// The real casement in a process of its own, with a home of its own. Link with `app`; wants CASEMENT.
namespace casement::test {

/// Folders that no other program sees.
struct Home
{
    Home()
    {
        for (const char *name : {"home", "runtime", "tmp", "portable"})
            QDir(folder.path()).mkpath(QString::fromLatin1(name));
        QFile::setPermissions(folder.filePath(QStringLiteral("runtime")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        environment.insert(QStringLiteral("HOME"), folder.filePath(QStringLiteral("home")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder.filePath(QStringLiteral("runtime")));
        environment.insert(QStringLiteral("TMPDIR"), folder.filePath(QStringLiteral("tmp")));
        environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("AWS_EC2_METADATA_DISABLED"), QStringLiteral("true"));
    }
    QString portable() const { return folder.filePath(QStringLiteral("portable")); }
    QString path(const QString &name) const { return folder.filePath(name); }

    std::unique_ptr<QProcess> start(const QStringList &arguments,
                                    const QString &program = QStringLiteral(CASEMENT)) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->start(program, arguments);
        return process;
    }

    QTemporaryDir folder;
    QProcessEnvironment environment;
};

/// Waits in the event loop, so that servers of this thread go on answering.
inline bool ends(QProcess &process, int milliseconds)
{
    return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, milliseconds);
}

inline void stop(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

} // namespace casement::test
