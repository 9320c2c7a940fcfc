#include "app/outboxsender.h"

#include "app/accountsessions.h"
#include "support/cases.h"
#include "support/clientuse.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds firstPause = std::chrono::seconds(15);
constexpr std::chrono::milliseconds longestPause = std::chrono::minutes(5);

} // namespace

OutboxSender::OutboxSender(AccountSessions &sessions, JobList &jobs, Workspace &workspace, QObject *parent)
    : QObject(parent), m_sessions(sessions), m_jobs(jobs), m_workspace(workspace), m_outbox(workspace.outbox())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OutboxSender::resume);
    connect(&m_outbox, &Outbox::sendRequested, this, [this](const QString &id) {
        m_attempts.remove(id);
        start(id);
    });
    connect(&m_outbox, &Outbox::lookRequested, this, &OutboxSender::start);
    connect(&m_outbox, &Outbox::loaded, this, &OutboxSender::resume);
    connect(&m_outbox, &Outbox::loaded, this, &OutboxSender::noteWhatEnded);
    connect(&m_workspace, &Workspace::changed, this, &OutboxSender::tellWhatEnded);
    connect(&m_sessions, &AccountSessions::opened, this, &OutboxSender::resume);
    connect(&m_sessions, &AccountSessions::reached, this, [this](AccountId account) {
        // The way to the service works: no need to wait any longer.
        for (const OutboxEntry &entry : m_outbox.entries()) {
            if (entry.account == account && entry.error.kind != Error::Kind::Refused)
                m_due.remove(entry.id);
        }
        resume();
    });
}

std::chrono::milliseconds OutboxSender::pauseAfter(int attempts, const Error &error, double random)
{
    const auto pause = error.kind == Error::Kind::Refused
        ? longestPause // ten cases this hour: asking often opens none sooner
        : std::min(longestPause, firstPause * (1 << std::clamp(attempts - 1, 0, 10)));
    return std::chrono::duration_cast<std::chrono::milliseconds>(pause * (0.8 + 0.4 * random));
}

void OutboxSender::resume()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    qint64 next = 0;
    const QList<OutboxEntry> entries = m_outbox.entries();
    for (const OutboxEntry &entry : entries) {
        if ((entry.state != OutboxState::Queued && entry.state != OutboxState::Unknown) || m_outbox.isUnderWay(entry.id)
            || !entry.predecessor.isEmpty() || !m_sessions.client(entry.account))
            continue;
        const qint64 due = m_due.value(entry.id);
        // A clock that was set back must not keep a message for days.
        if (due <= now || due - now > 2 * longestPause.count())
            start(entry.id);
        else
            next = next == 0 ? due : std::min(next, due);
    }
    if (next != 0)
        m_timer.start(int(next - now) + 10);
}

void OutboxSender::start(const QString &id)
{
    const OutboxEntry *entry = m_outbox.find(id);
    if (!entry || m_outbox.isUnderWay(id) || !entry->predecessor.isEmpty())
        return;
    const std::shared_ptr<Client> client = m_sessions.client(entry->account);
    if (!client)
        return; // when its account is opened
    m_due.remove(id);
    SendJob::Options options;
    options.account = m_workspace.accountName(entry->account);
    if (entry->operation == QLatin1StringView(CreateCase::name)) {
        if (const auto request = decode<CreateCase::Request>(entry->input); request)
            options.subject = request->subject;
    } else if (const CaseRecord *record = m_workspace.cases().findCase({entry->account, entry->caseId})) {
        options.subject = record->subject.toString();
        options.displayId = record->displayId.toString();
    }
    auto *job = new SendJob(*client, m_outbox, id, options, this);
    keepUntilGone(job, client);
    connect(job, &Job::finished, this, [this, job](const Result<void> &result) { ended(job, result); });
    m_jobs.add(job);
    job->start();
}

void OutboxSender::noteWhatEnded()
{
    m_untold.clear();
    for (const OutboxEntry &entry : m_outbox.entries()) {
        if (entry.state == OutboxState::Done && !m_outbox.isUnderWay(entry.id))
            m_untold.append(entry.id);
    }
    tellWhatEnded();
}

void OutboxSender::tellWhatEnded()
{
    if (m_untold.isEmpty() || m_workspace.isLoading())
        return; // whose cases they are is not known yet
    const QStringList untold = std::exchange(m_untold, {});
    for (const QString &id : untold) {
        const OutboxEntry *known = m_outbox.find(id);
        if (!known || known->state != OutboxState::Done || m_outbox.isUnderWay(id))
            continue;
        const OutboxEntry entry = *known;
        Q_EMIT finished(entry, {}, {});
        m_outbox.markTold(id);
    }
}

void OutboxSender::ended(SendJob *job, const Result<void> &result)
{
    const OutboxEntry entry = job->entry();
    if (entry.state == OutboxState::Done) {
        m_attempts.remove(entry.id);
        m_sessions.refreshAfterChange(entry.account);
        Q_EMIT finished(entry, job->resolution().initialCaseStatus, job->resolution().finalCaseStatus);
        m_outbox.markTold(entry.id);
        return;
    }
    if (!result && result.error().kind == Error::Kind::Cancelled)
        return;
    if (entry.state == OutboxState::Queued || entry.state == OutboxState::Unknown) {
        const int attempts = ++m_attempts[entry.id];
        m_due[entry.id] = QDateTime::currentMSecsSinceEpoch()
            + pauseAfter(attempts, entry.error, QRandomGenerator::global()->generateDouble()).count();
        QMetaObject::invokeMethod(this, &OutboxSender::resume, Qt::QueuedConnection);
    }
    Q_EMIT finished(entry, {}, {});
}

} // namespace casement
