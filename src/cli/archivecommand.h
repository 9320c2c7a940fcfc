#pragma once

#include "archive/accountkey.h"
#include "archive/archive.h"
#include "archive/ownedconnection.h"
#include "archive/syncjob.h"
#include "cli/command.h"

#include <QPointer>

namespace casement::cli {

/// What to say of an account that another program took off the list, with its data, while it was fetched.
QString goneMeanwhile(const QString &account);
/// After a sync: what was stored goes from the log into the archive's file, so that the log stays small. Where the disk
/// has no room for that it is said; nothing is lost then, and the archive can be read.
void emptyLog(Archive &archive, QObject *context, const std::function<void()> &done);

/// A command on the account's cases in the archive: opens the archive, finds the account, syncs it when it must, runs.
class ArchiveCommand : public Command
{
    Q_OBJECT

public:
    ArchiveCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);

    void start() override;

protected:
    void stop() override;

    /// The archive is open and the account is in it; syncs an account that never was, then calls show().
    virtual void begin();
    /// Prints what the archive has, and finishes.
    virtual void show() = 0;

    /// Syncs the account and calls synced().
    void sync(const SyncJob::Options &options);
    /// After a sync; without another wish goes on with show(), also after a failure when the archive has some cases.
    virtual void synced(const Result<void> &result);

    /// Says what went wrong; the command goes on and fails in the end.
    void tellFailure(const Error &error);

    /// Reads all cases of the account, newest first, then calls `done`.
    void loadCases(const std::function<void(const CaseRecords &cases)> &done);

    /// The case with this displayId or caseId; null after a complaint when there is none.
    const CaseRecord *findCase(const CaseRecords &cases, const QString &id) const;

    /// Complains of each of these cases whose conversation is known to lack messages, then calls `done`.
    void warnOfGaps(QStringList caseIds, const std::function<void()> &done);

    Archive &archive() { return m_archive; }
    Client &client() { return *m_client; }
    HttpServiceConnection &connection() { return *m_connection; }
    const AccountRecord &account() const { return m_account; }
    /// What show() should end with: a failed sync stays a failure.
    int statusSoFar() const { return m_status; }

private:
    bool reads() const;
    void findAccount();
    void readHeld(const AccountRecord &account, const Error &why);
    void addAccount();

    AccountIdentity m_identity;
    AccountRecord m_account;
    CaseRecords m_cases;
    int m_status = succeeded;
    Archive m_archive;
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<OwnedConnection> m_owned;
    std::unique_ptr<Client> m_client;
    QPointer<SyncJob> m_job;
};

} // namespace casement::cli
