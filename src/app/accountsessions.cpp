#include "app/accountsessions.h"

#include "ui/workspace.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>

namespace casement {

AccountSessions::AccountSessions(Archive &archive, JobList &jobs, Workspace &workspace, QObject *parent)
    : QObject(parent), m_archive(archive), m_jobs(jobs), m_workspace(workspace)
{
}

AccountSessions::~AccountSessions()
{
    m_jobs.cancelAll(); // jobs hold clients; they end before those
}

void AccountSessions::open(const QList<Wanted> &accounts)
{
    for (const Wanted &wanted : accounts) {
        Result<ConnectionSettings> settings = connectionSettings(wanted.choice);
        if (!settings) {
            Q_EMIT m_workspace.failed(settings.error(), wanted.name);
            continue;
        }
        AccountIdentity identity = accountIdentity(wanted.choice, settings->endpoint);
        if (!wanted.key.isEmpty())
            identity.key = wanted.key;
        if (!wanted.name.isEmpty())
            identity.name = wanted.name;
        auto session = std::make_unique<Session>();
        session->connection = std::make_unique<HttpServiceConnection>(*settings);
        session->client = std::make_unique<Client>(*session->connection);
        session->timer.setSingleShot(true);
        session->timer.setTimerType(Qt::VeryCoarseTimer);
        Session *raw = session.get();
        m_opening.push_back(std::move(session));
        ++m_pending;
        m_archive.ensureAccount(identity.key, identity.name, identity.partition, this,
                                [this, raw](const Result<AccountRecord> &record) {
                                    if (record)
                                        raw->record = *record;
                                    else
                                        Q_EMIT m_workspace.failed(record.error(), QString());
                                    if (--m_pending == 0)
                                        takeOpened();
                                });
    }
    if (m_pending == 0)
        takeOpened();
}

void AccountSessions::takeOpened()
{
    QList<AccountId> fresh;
    for (auto &session : m_opening) {
        const AccountId id = session->record.id;
        if (id == 0 || find(id))
            continue; // could not be opened, or two names for the same account
        connect(&session->timer, &QTimer::timeout, this, [this, id] { refresh({id}); });
        fresh.append(id);
        m_sessions.push_back(std::move(session));
    }
    m_opening.clear();
    QList<AccountRecord> records;
    for (const auto &session : m_sessions)
        records.append(session->record);
    m_workspace.setAccounts(records);
    refresh(fresh);
    Q_EMIT opened();
}

AccountSessions::Session *AccountSessions::find(AccountId account)
{
    for (const auto &session : m_sessions) {
        if (session->record.id == account)
            return session.get();
    }
    return nullptr;
}

Client *AccountSessions::client(AccountId account)
{
    Session *session = find(account);
    return session ? session->client.get() : nullptr;
}

void AccountSessions::refreshAfterChange(AccountId account)
{
    Session *session = find(account);
    if (session && session->job)
        session->again = true;
    else
        refresh({account});
}

void AccountSessions::leaveAll()
{
    m_waiting.clear();
    for (auto &session : m_sessions) {
        session->timer.stop();
        Q_EMIT m_workspace.recovered(session->record.id); // what was said about it is over, too
        if (session->job) {
            session->job->disconnect(this);
            session->job->cancel();
        }
        m_left.push_back(std::move(session));
    }
    m_sessions.clear();
    m_workspace.setAccounts({});
}

void AccountSessions::refreshAll()
{
    QList<AccountId> all;
    for (const auto &session : m_sessions)
        all.append(session->record.id);
    refresh(all);
}

void AccountSessions::refresh(const QList<AccountId> &accounts)
{
    for (const AccountId id : accounts) {
        Session *session = find(id);
        if (!session || session->job || m_waiting.contains(id))
            continue;
        session->timer.stop();
        AccountStatus status = m_workspace.status(id);
        status.refreshing = true;
        m_workspace.setStatus(id, status);
        m_waiting.append(id);
    }
    startWaiting();
}

void AccountSessions::startWaiting()
{
    const auto running =
        std::count_if(m_sessions.begin(), m_sessions.end(), [](const auto &session) { return !session->job.isNull(); });
    for (auto left = parallelRefreshes - running; left > 0 && !m_waiting.isEmpty(); --left) {
        if (Session *session = find(m_waiting.takeFirst()))
            start(*session);
    }
}

void AccountSessions::start(Session &session)
{
    auto *job = new SyncJob(*session.client, m_archive, session.record, this);
    session.job = job;
    const AccountId id = session.record.id;
    connect(job, &Job::finished, this, [this, id](const Result<void> &result) { finished(id, result); });
    m_jobs.add(job);
    job->start();
}

void AccountSessions::finished(AccountId account, const Result<void> &result)
{
    Session *session = find(account);
    if (!session)
        return;
    session->job.clear();
    AccountStatus status = m_workspace.status(account);
    status.refreshing = false;
    status.error = result.error();
    const bool cancelled = status.error.kind == Error::Kind::Cancelled;
    const bool whole = status.error.kind == Error::Kind::None || status.error.kind == Error::Kind::Incomplete;
    if (whole) {
        status.lastSync = QDateTime::currentMSecsSinceEpoch();
        session->record.lastSync = status.lastSync;
        session->failures = 0;
    } else if (!cancelled) {
        ++session->failures;
    }
    session->timer.start(nextRefreshSeconds(session->failures, QRandomGenerator::global()->generateDouble()) * 1000);
    m_workspace.setStatus(account, status);
    if (std::exchange(session->again, false) && !cancelled)
        refresh({account});
    startWaiting();
    if (whole)
        Q_EMIT reached(account);
}

int AccountSessions::nextRefreshSeconds(int failures, double random)
{
    const int minutes = std::min(longestMinutes, refreshMinutes << std::min(failures, 8));
    return int(minutes * 60 * (0.8 + 0.4 * random));
}

} // namespace casement
