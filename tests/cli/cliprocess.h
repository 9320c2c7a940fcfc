#pragma once

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// The real casement-cli with a home of its own, for tests.
namespace casement::test {

struct CliRun
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

class Cli
{
public:
    /// Keys are those of AWS's documentation unless set otherwise.
    explicit Cli(const QString &endpoint = {}) : m_endpoint(endpoint)
    {
        environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        environment.insert(QStringLiteral("HOME"), home.path());
        environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        // Leaks are not looked for: what OpenSSL keeps for each thread is one to the sanitizer.
        for (const char *options : {"ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
            if (qEnvironmentVariableIsSet(options))
                environment.insert(QString::fromLatin1(options), qEnvironmentVariable(options));
        }
        setKeys(QStringLiteral("AKIAIOSFODNN7EXAMPLE"), QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    void setKeys(const QString &id, const QString &secret)
    {
        environment.insert(QStringLiteral("AWS_ACCESS_KEY_ID"), id);
        environment.insert(QStringLiteral("AWS_SECRET_ACCESS_KEY"), secret);
    }

    std::unique_ptr<QProcess> make(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        QStringList all = arguments;
        if (!m_endpoint.isEmpty())
            all << QStringLiteral("--endpoint-url") << m_endpoint;
        process->setProgram(QStringLiteral(CASEMENT_CLI));
        process->setArguments(all);
        return process;
    }

    /// Runs to the end; servers of this thread go on answering.
    CliRun run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        const std::unique_ptr<QProcess> process = make(arguments);
        QSignalSpy finished(process.get(), &QProcess::finished);
        process->start();
        process->write(input);
        process->closeWriteChannel();
        if (finished.isEmpty() && !finished.wait(60'000)) {
            process->kill();
            return {};
        }
        return {process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1,
                process->readAllStandardOutput(), process->readAllStandardError()};
    }

    QTemporaryDir home;
    QProcessEnvironment environment;

private:
    QString m_endpoint;
};

/// True when a terminal could be given the bytes as they are: valid UTF-8 without control characters but line feeds
/// and, in CSV, carriage returns.
inline bool isHarmless(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    for (const QChar c : text) {
        if ((c < u' ' && c != u'\n' && c != u'\r' && c != u'\t') || (c.unicode() >= 0x7f && c.unicode() < 0xa0)
            || (c.unicode() >= 0x202a && c.unicode() <= 0x202e))
            return false;
    }
    return text.toUtf8() == bytes;
}

} // namespace casement::test
