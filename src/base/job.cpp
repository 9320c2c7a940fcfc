#include "base/job.h"

namespace casement {

void Job::start()
{
    Q_ASSERT(m_state == State::Waiting);
    m_state = State::Running;
    run();
}

void Job::cancel()
{
    if (m_state == State::Finished)
        return;
    stop();
    finish(Error{.kind = Error::Kind::Cancelled});
}

void Job::setProgress(qint64 done, qint64 total)
{
    if (m_state == State::Finished || (done == m_done && total == m_total))
        return;
    m_done = done;
    m_total = total;
    Q_EMIT progressed(done, total);
}

void Job::finish(const Result<void> &result)
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    m_result = result;
    Q_EMIT finished(result);
    if (m_autoDelete)
        deleteLater();
}

void JobList::add(Job *job)
{
    m_jobs.append(job);
    connect(job, &Job::progressed, this, [this, job] { Q_EMIT changed(job); });
    const auto remove = [this, job] {
        if (m_jobs.removeOne(job))
            Q_EMIT removed(job);
    };
    connect(job, &Job::finished, this, remove);
    connect(job, &QObject::destroyed, this, remove);
    Q_EMIT added(job);
}

void JobList::cancelAll()
{
    const QList<Job *> running = m_jobs;
    for (Job *job : running)
        job->cancel();
}

} // namespace casement
