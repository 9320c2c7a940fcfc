#pragma once

#include "cli/archivecommand.h"

#include <QElapsedTimer>
#include <QSet>

namespace casement::cli {

/// What a sync has to say in the end: `prod: 50 cases, 3 open; 2 new or changed; 1.2 s`.
QString syncSummary(const QString &account, const CaseRecords &cases, qsizetype changed, qint64 milliseconds);

/// `sync`: brings the account's cases into the archive and says in one line what came of it.
class SyncCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    using ArchiveCommand::ArchiveCommand;

protected:
    void begin() override;
    void synced(const Result<void> &result) override;
    void show() override;

private:
    QSet<QString> m_changed;
    QElapsedTimer m_time;
};

} // namespace casement::cli
