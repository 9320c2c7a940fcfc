#pragma once

#include "cli/cliprocess.h"
#include "demoservice.h"
#include "keyringworld.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <memory>

/// What tests of `accounts` share.
namespace casement::test {

using namespace Qt::StringLiterals;

inline QByteArray keyLines(const DemoAccountInfo &account)
{
    return account.accessKeyId.toUtf8() + '\n' + account.secretAccessKey.toUtf8() + '\n';
}

/// A person's desktop with a keyring, and casement-cli on it.
struct Desktop
{
    explicit Desktop(DemoFixture &service) : demo(service) { world.startKeyring(); }

    std::unique_ptr<QProcess> make(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(world.environment);
        process->setProgram(QStringLiteral(CASEMENT_CLI));
        process->setArguments(arguments);
        return process;
    }

    CliRun end(QProcess &process)
    {
        QSignalSpy finished(&process, &QProcess::finished);
        if (process.state() != QProcess::NotRunning && finished.isEmpty() && !finished.wait(90'000)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        const CliRun run{process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                         process.readAllStandardOutput(), process.readAllStandardError()};
        said += run.out + run.err;
        return run;
    }

    CliRun run(const QStringList &arguments, const QByteArray &input = {})
    {
        const std::unique_ptr<QProcess> process = make(arguments);
        process->start();
        if (!process->waitForStarted())
            return {};
        lookAt(process->processId());
        process->write(input);
        process->closeWriteChannel();
        return end(*process);
    }

    QStringList addArguments(const QString &name, int account) const
    {
        return {u"accounts"_s,
                u"add"_s,
                u"--name"_s,
                name,
                u"--region"_s,
                demo.account(account).region,
                u"--endpoint-url"_s,
                demo.endpoint(),
                u"--access-key-stdin"_s};
    }

    CliRun add(const QString &name, int account)
    {
        return run(addArguments(name, account), keyLines(demo.account(account)));
    }

    /// What anybody on the computer can see of a process.
    void lookAt(qint64 process)
    {
        for (const char *what : {"cmdline", "environ"}) {
            QFile file(u"/proc/%1/%2"_s.arg(process).arg(QLatin1StringView(what)));
            if (file.open(QIODevice::ReadOnly))
                said += file.readAll();
        }
    }

    QString listFile() const { return world.path("config") + u"/casement/accounts.json"_s; }
    QString archiveFile() const { return world.path("data") + u"/casement/archive.sqlite"_s; }

    QJsonArray list()
    {
        return QJsonDocument::fromJson(run({u"accounts"_s, u"list"_s, u"--format"_s, u"json"_s}).out).array();
    }
    QStringList names()
    {
        QStringList names;
        for (const QJsonValue &account : list())
            names.append(account["name"_L1].toString());
        return names;
    }

    /// The secrets of all accounts are nowhere: files, what was printed, arguments and environments.
    QString placeOfASecret()
    {
        world.startKeyring(); // what it keeps is on the disk
        for (const DemoAccountInfo &account : demo.accounts()) {
            const QByteArray secret = account.secretAccessKey.toUtf8();
            if (holdsSecret(said, secret))
                return u"what was said"_s;
            if (const QString file = fileWithSecret(world.folder(), secret); !file.isEmpty())
                return file;
        }
        return {};
    }

    DemoFixture &demo;
    KeyringWorld world;
    QByteArray said;
};

inline void put(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
}

} // namespace casement::test
