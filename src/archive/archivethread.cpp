#include "archive/archivethread.h"

#include <sys/resource.h>
#include <unistd.h>

namespace casement {

ArchiveThread::ArchiveThread()
{
    setObjectName(QStringLiteral("archive"));
    start();
}

ArchiveThread::~ArchiveThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_one();
    wait();
}

void ArchiveThread::post(Lane lane, Task task, qsizetype bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        (lane == Lane::Urgent ? m_urgent : m_bulk).push_back({std::move(task), bytes});
        m_bytes += bytes;
    }
    m_changed.notify_one();
}

void ArchiveThread::hold()
{
    const std::lock_guard lock(m_mutex);
    ++m_holds;
}

void ArchiveThread::release()
{
    {
        const std::lock_guard lock(m_mutex);
        --m_holds;
    }
    m_changed.notify_one();
}

qsizetype ArchiveThread::waitingBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

void ArchiveThread::run()
{
    // Storing may take its time; drawing may not. Linux knows niceness by thread, Qt's priorities have no effect on it.
    ::setpriority(PRIO_PROCESS, id_t(::gettid()), 5);
    std::unique_ptr<Database> database;
    std::unique_lock lock(m_mutex);
    while (true) {
        const auto bulkMayRun = [this] { return !m_bulk.empty() && (m_holds == 0 || m_ending); };
        m_changed.wait(lock, [&] { return !m_urgent.empty() || bulkMayRun() || m_ending; });
        std::deque<Waiting> *queue = !m_urgent.empty() ? &m_urgent : bulkMayRun() ? &m_bulk : nullptr;
        if (!queue)
            break;
        Waiting next = std::move(queue->front());
        queue->pop_front();
        lock.unlock();
        if (database)
            (void)database->takeError(); // what a task before this one left
        next.task(database);
        next.task = {}; // what it holds is freed here
        lock.lock();
        m_bytes -= next.bytes;
    }
}

} // namespace casement
