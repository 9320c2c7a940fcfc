#pragma once

#include "aws/httpserviceconnection.h"
#include "cli/accounts.h"
#include "cli/commandline.h"
#include "cli/output.h"

#include <QObject>

#include <functional>
#include <memory>

namespace casement::cli {

/// One run of casement-cli, from its arguments to its exit status.
class Command : public QObject
{
    Q_OBJECT

public:
    Command(const CommandLine &line, Output &output, QObject *parent = nullptr);
    ~Command() override;

    virtual void start() = 0;
    /// Stops on a signal, in order: what was stored stays, what is under way is aborted. `finished` follows.
    void interrupt(int signal);

Q_SIGNALS:
    void finished(int status);

protected:
    /// Lets go of what is under way.
    virtual void stop() { }
    /// Whether a person at a terminal hears of every request that waits; with --verbose all do.
    virtual bool tellsOfWaiting() const { return isWatched(); }

    /// Makes the connection that the arguments name, see Accounts::chosen(); null after a complaint and an end.
    std::unique_ptr<HttpServiceConnection> connectService();
    /// Of connectService(): what the account is for the archive.
    AccountIdentity identity(const HttpServiceConnection &connection) const
    {
        return m_chosen.identity(connection.endpoint());
    }
    /// The same: the account that the arguments name.
    const ChosenAccount &chosen() const { return m_chosen; }
    /// Makes another one.
    Result<std::unique_ptr<HttpServiceConnection>> connectService(const ProfileChoice &choice);
    /// Runs `go`, after a question at the terminal where the account that the arguments name is set to ask before
    /// anything is sent from it, and --yes was not given. A no, or no terminal, is the end.
    void askBeforeSending(HttpServiceConnection &connection, const QString &question, std::function<void()> go);
    /// Of connectService(), after the service answered: see Accounts::learnOwner().
    void learnOwner(const HttpServiceConnection &connection, const QString &number);
    void finish(int status);
    /// Says what went wrong, unless that was the last thing said.
    void tell(const Error &error);
    /// Says what went wrong and ends with `status`.
    void fail(const Error &error, int status = failed);
    /// What fail() says besides; nothing by itself.
    virtual QString afterFailure(const Error &) const { return {}; }

    static constexpr int succeeded = 0;
    static constexpr int failed = 1;
    static constexpr int wrongUsage = 2;
    static constexpr int unknownOutcome = 3; ///< sent, and nobody knows whether it arrived

    const CommandLine &line() const { return m_line; }
    Accounts &accounts() { return m_accounts; }
    Output &output() { return m_output; }
    bool isFinished() const { return m_finished; }

private:
    void askBeforeSending(const HttpServiceConnection &connection, const QString &number, const QString &question,
                          std::function<void()> go);

    CommandLine m_line;
    Accounts m_accounts;
    ChosenAccount m_chosen;
    Output &m_output;
    QString m_told;
    bool m_hasConnected = false;
    bool m_toldOfClock = false;
    bool m_finished = false;
};

/// The command that the arguments name; not for help and version.
std::unique_ptr<Command> makeCommand(const CommandLine &line, Output &output);

} // namespace casement::cli
