#include "app/attachmentuploader.h"

#include "app/accountsessions.h"
#include "app/outboxsender.h"
#include "support/clientuse.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>

namespace casement {

AttachmentUploader::AttachmentUploader(AccountSessions &sessions, JobList &jobs, Workspace &workspace,
                                       UploadJob::Options links, QObject *parent)
    : QObject(parent), m_sessions(sessions), m_jobs(jobs), m_workspace(workspace), m_outbox(workspace.outbox()),
      m_links(std::move(links))
{
    m_timer.setSingleShot(true);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &AttachmentUploader::resume);
    connect(&m_soon, &QTimer::timeout, this, &AttachmentUploader::resume);
    const auto soon = qOverload<>(&QTimer::start);
    connect(&m_outbox.files(), &OutboxFiles::changed, &m_soon, soon);
    connect(&m_outbox, &Outbox::loaded, &m_soon, soon);
    connect(&m_outbox, &Outbox::changed, this, &AttachmentUploader::entryChanged);
    connect(&m_sessions, &AccountSessions::opened, this, [this] {
        m_pauses.clear();
        m_soon.start();
    });
    connect(&m_sessions, &AccountSessions::reached, this, [this](AccountId account) {
        // The way to the service works: no need to wait any longer.
        for (const OutboxEntry &entry : m_outbox.entries()) {
            if (entry.account == account)
                m_pauses.remove(entry.id);
        }
        m_soon.start();
    });
}

AttachmentUploader::~AttachmentUploader()
{
    const QStringList entries = m_running.keys();
    for (const QString &entry : entries)
        leave(entry);
}

/// Files that wait and were not tried in vain.
QSet<QString> AttachmentUploader::fresh(const QString &entry) const
{
    QSet<QString> ids;
    const QList<OutboxFile> files = m_outbox.files().of(entry);
    for (const OutboxFile &file : files) {
        if (file.state == OutboxFileState::Waiting && file.error.kind == Error::Kind::None)
            ids.insert(file.id);
    }
    return ids;
}

void AttachmentUploader::entryChanged(const QString &id)
{
    const OutboxEntry *entry = m_outbox.find(id);
    const auto running = m_running.constFind(id);
    if (running != m_running.constEnd() && (!entry || entry->account != running->account))
        leave(id); // deleted, or of another account now
    m_soon.start();
}

/// Ends a job that this started; its files wait.
void AttachmentUploader::leave(const QString &id)
{
    const Running running = m_running.take(id);
    if (!running.job)
        return;
    running.job->disconnect(this);
    running.job->cancel();
}

void AttachmentUploader::resume()
{
    if (!m_outbox.files().isLoaded())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    qint64 next = 0;
    const QList<OutboxEntry> entries = m_outbox.entries();
    for (const OutboxEntry &entry : entries) {
        const bool isOurs = entry.state == OutboxState::Draft || entry.state == OutboxState::Queued;
        if (!isOurs || m_outbox.isUnderWay(entry.id) || m_outbox.uploads().running(entry.id)
            || !m_sessions.client(entry.account))
            continue;
        const QList<OutboxFile> files = m_outbox.files().of(entry.id);
        if (std::none_of(files.begin(), files.end(),
                         [](const OutboxFile &file) { return file.state == OutboxFileState::Waiting; })) {
            m_pauses.remove(entry.id);
            continue;
        }
        const auto pause = m_pauses.constFind(entry.id);
        const bool waits = pause != m_pauses.constEnd() && pause->due > now
            && pause->due - now < 2 * std::chrono::milliseconds(std::chrono::minutes(5)).count()
            && pause->known.contains(fresh(entry.id));
        if (!waits)
            start(entry);
        else
            next = next == 0 ? pause->due : std::min(next, pause->due);
    }
    if (next != 0)
        m_timer.start(int(next - now) + 10);
}

void AttachmentUploader::start(const OutboxEntry &entry)
{
    const std::shared_ptr<Client> client = m_sessions.client(entry.account);
    UploadFilesJob *job =
        m_outbox.uploads().job(entry.id, entry.account, *client, {m_links, m_workspace.accountName(entry.account), {}});
    keepUntilGone(job, client);
    m_running.insert(entry.id, {job, entry.account});
    connect(job, &Job::finished, this, [this, id = entry.id](const Result<void> &result) { ended(id, result); });
    m_jobs.add(job);
    job->start();
}

void AttachmentUploader::ended(const QString &id, const Result<void> &result)
{
    m_running.remove(id);
    const Error::Kind kind = result.error().kind;
    if (kind == Error::Kind::Cancelled) {
        // Somebody cancelled what the status bar shows: it goes on when they say so.
        const QList<OutboxFile> files = m_outbox.files().of(id);
        for (const OutboxFile &file : files)
            m_outbox.files().setPaused(file.id, true);
        return;
    }
    Pause &pause = m_pauses[id];
    if (kind == Error::Kind::None || kind == Error::Kind::File) {
        m_pauses.remove(id); // what did not get there was marked; the others may have come meanwhile
    } else {
        ++pause.attempts;
        pause.known = fresh(id);
        pause.due = QDateTime::currentMSecsSinceEpoch()
            + OutboxSender::pauseAfter(pause.attempts, result.error(), QRandomGenerator::global()->generateDouble())
                  .count();
    }
    m_soon.start();
}

} // namespace casement
