#include "app/accountsessions.h"

#include "ui/workspace.h"

#include <QDateTime>
#include <QHostAddress>
#include <QTimer>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds quietFor{2}; // a poll that takes longer is listed among what runs
constexpr std::chrono::seconds slowedPause{30}; // the service was asked too often

bool isOnThisComputer(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace

AccountSessions::AccountSessions(Archive &archive, JobList &jobs, Workspace &workspace, QObject *parent)
    : QObject(parent), m_archive(archive), m_jobs(jobs), m_workspace(workspace)
{
    connect(&m_poller, &Poller::due, this, &AccountSessions::poll);
}

AccountSessions::~AccountSessions()
{
    m_jobs.cancelAll(); // jobs hold clients; they end before those
    for (const auto &session : m_sessions) {
        if (session->job)
            session->job->cancel();
    }
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
        session->needsNetwork = !isOnThisComputer(settings->endpoint.url);
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
        m_poller.add(id, session->needsNetwork);
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
    m_poller.clear();
    for (auto &session : m_sessions) {
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
        if (Session *session = find(id))
            enqueue(*session, true);
    }
    startWaiting();
}

void AccountSessions::poll(const QList<AccountId> &accounts)
{
    for (const AccountId id : accounts) {
        Session *session = find(id);
        if (!session)
            continue;
        if (session->connection->isSlowedDown())
            m_poller.putOff(id, slowedPause);
        else
            enqueue(*session, false);
    }
    startWaiting();
}

void AccountSessions::enqueue(Session &session, bool asked)
{
    const AccountId id = session.record.id;
    const bool underWay = session.job || m_waiting.contains(id);
    session.asked = asked || (underWay && session.asked);
    AccountStatus status = m_workspace.status(id);
    status.refreshing = true;
    status.asked = session.asked;
    m_workspace.setStatus(id, status);
    if (session.job && asked)
        list(id, session.job);
    if (session.job || (underWay && !asked))
        return;
    m_waiting.removeOne(id);
    m_poller.started(id);
    // Who asked waits for nobody who did not.
    const auto place =
        !asked ? m_waiting.end() : std::find_if(m_waiting.begin(), m_waiting.end(), [this](AccountId other) {
            const Session *waiting = find(other);
            return waiting && !waiting->asked;
        });
    m_waiting.insert(place, id);
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
    SyncJob::Options options;
    options.inBackground = !session.asked;
    auto *job = new SyncJob(*session.client, m_archive, session.record, options, this);
    session.job = job;
    const AccountId id = session.record.id;
    connect(job, &Job::finished, this, [this, id](const Result<void> &result) { finished(id, result); });
    if (session.asked)
        list(id, job);
    else
        QTimer::singleShot(quietFor, job, [this, id, job] { list(id, job); });
    job->start();
}

/// Puts a refresh among what runs, for everybody to see.
void AccountSessions::list(AccountId account, SyncJob *job)
{
    const Session *session = find(account);
    if (session && session->job == job && job->state() != Job::State::Finished && !m_jobs.jobs().contains(job))
        m_jobs.add(job);
}

PollPace AccountSessions::paceOf(AccountId account) const
{
    const CaseCounts &counts = m_workspace.cases().counts();
    if (counts.withAws.value(account) > 0)
        return PollPace::WaitsForAws;
    return counts.needsReply.value(account) > 0 ? PollPace::Open : PollPace::Quiet;
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
    }
    using Ending = PollSchedule::Ending;
    m_poller.ended(account, whole ? Ending::Whole : cancelled ? Ending::Cancelled : Ending::Failed, paceOf(account));
    m_workspace.setStatus(account, status);
    if (std::exchange(session->again, false) && !cancelled)
        refresh({account});
    startWaiting();
    if (whole)
        Q_EMIT reached(account);
}

} // namespace casement
