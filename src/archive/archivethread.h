#pragma once

#include "archive/database.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace casement {

/// The one thread that works on the archive's database. Tasks run one at a time; those of a lane in the order they
/// came.
class ArchiveThread final : public QThread
{
public:
    /// Asked-for reads and small writes go before the pages that a sync brings.
    enum class Lane { Urgent, Bulk };
    /// Gets null when no database is open.
    using Task = std::function<void(std::unique_ptr<Database> &)>;

    ArchiveThread();
    /// Does what is queued in both lanes, held or not, and ends.
    ~ArchiveThread() override;

    void post(Lane lane, Task task, qsizetype bytes = 0);
    /// Bulk tasks wait while somebody holds them. Counts.
    void hold();
    void release();
    /// What queued bulk tasks hold in memory, as told to post().
    qsizetype waitingBytes() const;

protected:
    void run() override;

private:
    struct Waiting
    {
        Task task;
        qsizetype bytes;
    };
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Waiting> m_urgent;
    std::deque<Waiting> m_bulk;
    int m_holds = 0;
    qsizetype m_bytes = 0;
    bool m_ending = false;
};

} // namespace casement
