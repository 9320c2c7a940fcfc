#pragma once

#include "app/poller.h"
#include "archive/accountkey.h"
#include "archive/archive.h"
#include "archive/ownedconnection.h"
#include "archive/syncjob.h"
#include "aws/httpserviceconnection.h"
#include "support/client.h"

#include <QObject>
#include <QPointer>

#include <functional>
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
    /// Each account has a limit of its own, so that they do not stand in each other's way; what is shared is the
    /// network and this computer, and after hours without a network no burst of 200 follows.
    static constexpr int parallelRefreshes = 16;

    /// All are borrowed and outlive the sessions.
    AccountSessions(Archive &archive, JobList &jobs, Workspace &workspace, QObject *parent = nullptr);
    ~AccountSessions() override;

    /// How an account is reached. `key` and `name` empty: as accountIdentity() says.
    struct Wanted
    {
        ProfileChoice choice;
        QString key;
        QString name;
        QString id; ///< of an account of the list; empty: it is none, and isn't opened when it can't be reached
        QString partition; ///< of one of the list
        QString number; ///< twelve digits of one of the list; empty: not known
        QString place; ///< of one of the list: its endpoint and region, as text
        bool needsNetwork = true; ///< of one of the list: it is not on this computer
        bool paused = false; ///< shown from the archive, and not asked
        /// In place of `choice`, each time that the account is connected: what it says may have changed, or be wrong.
        std::function<Result<ProfileChoice>()> choose;
    };
    /// Opens these accounts in the archive, shows them and refreshes them, beside those that are open. What can't be
    /// opened is told by Workspace::failed.
    void open(const QList<Wanted> &accounts);
    /// Those that could not be opened, again: the archive takes them now.
    void openAgain();
    /// Leaves accounts of the list: nothing more is asked for them. What is being sent goes on.
    void leave(const QStringList &ids);
    /// Another name, or paused, or gone on with; with `reconnect`, another way there. Of an account of the list.
    void update(const Wanted &account, bool reconnect);
    /// 0 while an account of the list is not open.
    AccountId accountOf(const QString &id) const;
    /// The account's twelve digits, as far as its keys tell them once it was reached, or its cases; may be empty.
    QString numberOf(AccountId account) const;
    /// It is open, or about to be.
    bool knows(const QString &id) const;
    void refresh(const QList<AccountId> &accounts);
    void refreshAll();
    /// Files in which regions and endpoints stand changed: accounts that are none of the list are reached where they
    /// are now. Those of the list are their keeper's.
    void rereadPlaces();
    /// Where keys come from changed: those accounts that failed for their keys are asked again, quietly.
    void retryFailedKeys();
    /// Leaves all accounts: nothing more is asked for them. What is being sent goes on.
    void leaveAll();
    /// A change arrived at the service: brings it into the archive, also when a refresh is under way that may have
    /// asked before.
    void refreshAfterChange(AccountId account);
    /// The way to an account, or null while it is not open. Once the account is left, or reached in another way, it
    /// lives as long as somebody keeps it.
    std::shared_ptr<Client> client(AccountId account);

    /// When accounts are refreshed by themselves: its settings, and what it should hear of network and window.
    Poller &poller() { return m_poller; }

Q_SIGNALS:
    /// Accounts were opened: client() knows them.
    void opened();
    /// An account was refreshed whole.
    void reached(casement::AccountId account);

private:
    struct Way
    {
        Way(const ConnectionSettings &settings, Archive &archive)
            : connection(settings), owned(connection, archive), client(owned)
        {
        }
        HttpServiceConnection connection;
        OwnedConnection owned;
        Client client;
    };
    struct Session
    {
        Wanted wanted;
        AccountRecord record;
        std::shared_ptr<Way> way; // null: not asked for yet, or it can't be made
        QPointer<SyncJob> job;
        bool needsNetwork = true; // it is not on this computer
        bool asked = false; // the refresh that waits or runs was asked for
        bool again = false; // something changed while it was refreshed
        bool ensured = false; // its record is known, or asked for
        bool left = false; // before it was open
    };

    void openListed(const QList<AccountRecord> &known);
    void ensure(Session &session, const AccountIdentity &identity);
    Result<void> connectTo(Session &session);
    void disconnectFrom(Session &session);
    void forget(Session &session);
    void takeOpened();
    void showAccounts();
    void poll(const QList<AccountId> &accounts);
    void enqueue(Session &session, bool asked);
    void startWaiting();
    void start(Session &session);
    void list(AccountId account, SyncJob *job);
    PollPace paceOf(AccountId account) const;
    void finished(AccountId account, const Result<void> &result);
    Session *find(AccountId account) const;
    Session *findListed(const QString &id) const;

    Archive &m_archive;
    JobList &m_jobs;
    Workspace &m_workspace;
    std::vector<std::unique_ptr<Session>> m_sessions;
    std::vector<std::unique_ptr<Session>> m_opening;
    QList<Wanted> m_unopened; // the archive did not take them
    Poller m_poller;
    QList<AccountId> m_waiting;
    int m_pending = 0;
};

} // namespace casement
