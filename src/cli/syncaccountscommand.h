#pragma once

#include "archive/syncjob.h"
#include "cli/command.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>
#include <QSet>

#include <vector>

namespace casement::cli {

/// Whether `sync` was given so that it is for more than one account.
bool syncsMany(const CommandLine &line);

/// `sync` of accounts of the list, several at once, each within its own limits. A line each says what came of it; what
/// one of them lacks does not stop the others, but makes the command fail in the end.
class SyncAccountsCommand final : public Command
{
    Q_OBJECT

public:
    SyncAccountsCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);
    ~SyncAccountsCommand() override;

    void start() override;

protected:
    void stop() override;

private:
    class Sync;
    Result<QList<ListedAccount>> wanted();
    void startNext();
    void ended();
    void tellOf(const QString &name, const Error &error);

    Archive m_archive;
    QList<ListedAccount> m_left;
    std::vector<std::unique_ptr<Sync>> m_syncs;
    qsizetype m_all = 0;
    qsizetype m_ended = 0;
    int m_status = succeeded;
};

} // namespace casement::cli
