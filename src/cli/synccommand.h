#pragma once

#include "cli/archivecommand.h"

#include <QElapsedTimer>
#include <QSet>

namespace casement::cli {

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
