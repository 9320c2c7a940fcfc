#pragma once

#include "app/poller.h"
#include "archive/accountkey.h"
#include "archive/archive.h"
#include "archive/syncjob.h"
#include "aws/httpserviceconnection.h"
#include "support/client.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace casement {

class Workspace;

/// The accounts of this run, each with its way to the service, and their refreshes: at the start, when asked, and by
/// themselves when the poller says so. Those are quiet: a failure that passes by itself is only shown as the account's
/// status, and a job is listed only when it takes long.
class AccountSessions final : public QObject
{
    Q_OBJECT

public:
    static constexpr int parallelRefreshes = 4; ///< after hours without a network no burst follows

    /// All are borrowed and outlive the sessions.
    AccountSessions(Archive &archive, JobList &jobs, Workspace &workspace, QObject *parent = nullptr);
    ~AccountSessions() override;

    /// How an account is reached. `key` and `name` empty: as accountIdentity() says.
    struct Wanted
    {
        ProfileChoice choice;
        QString key;
        QString name;
    };
    /// Opens these accounts in the archive, shows them and refreshes them. What can't be opened is told by
    /// Workspace::failed.
    void open(const QList<Wanted> &accounts);
    void refresh(const QList<AccountId> &accounts);
    void refreshAll();
    /// Leaves all accounts: nothing more is asked for them. What is being sent goes on.
    void leaveAll();
    /// A change arrived at the service: brings it into the archive, also when a refresh is under way that may have
    /// asked before.
    void refreshAfterChange(AccountId account);
    /// The way to an account, or null while it is not open.
    Client *client(AccountId account);

    /// When accounts are refreshed by themselves: its settings, and what it should hear of network and window.
    Poller &poller() { return m_poller; }

Q_SIGNALS:
    /// Accounts were opened: client() knows them.
    void opened();
    /// An account was refreshed whole.
    void reached(casement::AccountId account);

private:
    struct Session
    {
        AccountRecord record;
        std::unique_ptr<HttpServiceConnection> connection;
        std::unique_ptr<Client> client;
        QPointer<SyncJob> job;
        bool needsNetwork = true; // it is not on this computer
        bool asked = false; // the refresh that waits or runs was asked for
        bool again = false; // something changed while it was refreshed
    };

    void takeOpened();
    void poll(const QList<AccountId> &accounts);
    void enqueue(Session &session, bool asked);
    void startWaiting();
    void start(Session &session);
    void list(AccountId account, SyncJob *job);
    PollPace paceOf(AccountId account) const;
    void finished(AccountId account, const Result<void> &result);
    Session *find(AccountId account);

    Archive &m_archive;
    JobList &m_jobs;
    Workspace &m_workspace;
    std::vector<std::unique_ptr<Session>> m_sessions;
    std::vector<std::unique_ptr<Session>> m_opening;
    std::vector<std::unique_ptr<Session>> m_left; // a change may still be on its way by their clients
    Poller m_poller;
    QList<AccountId> m_waiting;
    int m_pending = 0;
};

} // namespace casement
