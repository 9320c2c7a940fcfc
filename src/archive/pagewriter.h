#pragma once

#include "archive/syncpages.h"

#include <QObject>

#include <functional>
#include <memory>

namespace casement {

class Archive;

/// Brings a sync's pages into the archive, in their order. What a page brought is announced when it is written, whether
/// the writer still lives or not. Nothing is written behind a page that could not be.
class PageWriter final : public QObject
{
public:
    using Done = std::function<void(const Result<StoredPage> &)>;

    PageWriter(Archive &archive, AccountId account, QObject *parent);

    /// `work` runs on the archive's thread; `done` hears of it unless the writer was deleted or stopped. `bytes` is
    /// what `work` holds in memory while it waits.
    void store(WriteGate::Work work, Done done, qsizetype bytes = 0);
    /// The same for a small write that announces nothing; `done` may be empty.
    void store(std::function<Result<void>(Database &)> work, std::function<void(const Result<void> &)> done = {});

    /// Marks cases that the service does not know any more.
    void markGone(QStringList caseIds, Gone how, qint64 now, const std::function<void(const Result<void> &)> &done);

    /// Nobody hears any more of what is under way; it is written all the same.
    void stop() { m_stopped = true; }

private:
    Archive &m_archive;
    AccountId m_account;
    std::shared_ptr<WriteGate> m_gate = std::make_shared<WriteGate>();
    bool m_stopped = false;
};

} // namespace casement
