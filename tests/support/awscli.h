#pragma once

#include "demoservice.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// Debian's AWS CLI against the demo service, by itself or inside a shell's command line.
namespace casement::test {

struct AwsRun
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

class AwsCli
{
public:
    static bool isInstalled() { return QFileInfo(program()).isExecutable(); }
    static QString program() { return QStringLiteral("/usr/bin/aws"); }

    explicit AwsCli(const DemoFixture &demo) : m_endpoint(demo.endpoint())
    {
        const DemoAccountInfo &account = demo.account();
        const QList<std::pair<const char *, QString>> settings{
            {"PATH", QStringLiteral("/usr/bin:/bin")},
            {"HOME", m_home.path()},
            {"LANG", QStringLiteral("C.UTF-8")},
            {"AWS_ACCESS_KEY_ID", account.accessKeyId},
            {"AWS_SECRET_ACCESS_KEY", account.secretAccessKey},
            {"AWS_DEFAULT_REGION", account.region},
            {"AWS_EC2_METADATA_DISABLED", QStringLiteral("true")},
            {"AWS_MAX_ATTEMPTS", QStringLiteral("1")},
            {"AWS_PAGER", QString()},
            {"HISTFILE", QString()},
        };
        for (const auto &[name, value] : settings)
            m_environment.insert(QString::fromLatin1(name), value);
    }

    /// A file that the CLI can be pointed at, as it calls it.
    QString keep(const QString &name, const QByteArray &content) const
    {
        QFile file(m_home.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s could not be written", qPrintable(file.fileName()));
        return QStringLiteral("file://") + file.fileName();
    }

    /// Runs the commands side by side, each with the same input, to the end; the demo service of this thread goes on
    /// answering.
    QList<AwsRun> run(const QList<QStringList> &commands, const QByteArray &input = {}) const
    {
        std::vector<std::unique_ptr<QProcess>> processes;
        for (const QStringList &command : commands) {
            auto &process = processes.emplace_back(std::make_unique<QProcess>());
            process->setProcessEnvironment(m_environment);
            process->setWorkingDirectory(m_home.path());
            process->start(command.first(), command.sliced(1));
            process->write(input);
            process->closeWriteChannel();
        }
        QList<AwsRun> runs;
        for (const auto &process : processes) {
            if (!QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 60'000))
                process->kill();
            runs.append({process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1,
                         process->readAllStandardOutput(), process->readAllStandardError()});
        }
        return runs;
    }

    /// `aws support OPERATION --NAME VALUE`, to the demo service.
    QStringList command(const QStringList &arguments) const
    {
        return QStringList{program(), QStringLiteral("support")} + arguments
            + QStringList{QStringLiteral("--endpoint-url"), m_endpoint, QStringLiteral("--output"),
                          QStringLiteral("json")};
    }

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_endpoint;
};

} // namespace casement::test
