#include "app/accountsessions.h"

#include "archive/caseowner.h"
#include "aws/endpoint.h"
#include "aws/loopback.h"
#include "models/displaytext.h"
#include "support/clientuse.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds quietFor{2}; // a poll that takes longer is listed among what runs
constexpr std::chrono::seconds slowedPause{30}; // the service was asked too often

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
    bool anyListed = false;
    for (const Wanted &wanted : accounts) {
        auto session = std::make_unique<Session>();
        session->wanted = wanted;
        if (!wanted.id.isEmpty()) {
            session->needsNetwork = wanted.needsNetwork;
            m_opening.push_back(std::move(session));
            anyListed = true;
            continue;
        }
        const Result<ConnectionSettings> settings = connectionSettings(wanted.choice);
        if (!settings) {
            Q_EMIT m_workspace.failed(settings.error(), wanted.name);
            continue;
        }
        AccountIdentity identity = accountIdentity(wanted.choice, settings->endpoint);
        if (!wanted.key.isEmpty())
            identity.key = wanted.key;
        if (!wanted.name.isEmpty())
            identity.name = wanted.name;
        session->way = std::make_shared<Way>(*settings, m_archive);
        session->needsNetwork = !isLoopbackHost(settings->endpoint.url.host());
        m_opening.push_back(std::move(session));
        ensure(*m_opening.back(), identity);
    }
    if (anyListed) {
        // Most are known from earlier runs; each is connected when it is asked first.
        ++m_pending;
        m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &known) {
            openListed(known ? *known : QList<AccountRecord>());
            if (--m_pending == 0)
                takeOpened();
        });
    }
    if (m_pending == 0)
        takeOpened();
}

void AccountSessions::openListed(const QList<AccountRecord> &known)
{
    QHash<QString, const AccountRecord *> byKey;
    for (const AccountRecord &record : known)
        byKey.insert(record.key, &record);
    for (const auto &session : m_opening) {
        const Wanted &wanted = session->wanted;
        if (wanted.id.isEmpty() || session->left || session->ensured)
            continue;
        session->ensured = true;
        const AccountRecord *record = byKey.value(wanted.key);
        if (record && record->name == wanted.name && record->partition == wanted.partition)
            session->record = *record;
        else
            ensure(*session, {wanted.key, wanted.name, wanted.partition});
    }
}

void AccountSessions::ensure(Session &session, const AccountIdentity &identity)
{
    ++m_pending;
    m_archive.ensureAccount(identity.key, identity.name, identity.partition, this,
                            [this, &session](const Result<AccountRecord> &record) { // lives until none is pending
                                if (record)
                                    session.record = *record;
                                else
                                    Q_EMIT m_workspace.failed(record.error(), QString());
                                if (--m_pending == 0)
                                    takeOpened();
                            });
}

/// Makes the way to an account, unless there is one.
Result<void> AccountSessions::connectTo(Session &session)
{
    if (session.way)
        return {};
    Result<ProfileChoice> choice =
        session.wanted.choose ? session.wanted.choose() : Result<ProfileChoice>(session.wanted.choice);
    if (!choice)
        return choice.error();
    const Result<ConnectionSettings> settings = connectionSettings(*choice);
    if (!settings)
        return settings.error();
    // The files may have changed since its key was made: never to another service with what is of this one.
    if (!session.wanted.id.isEmpty() && keyAtEndpoint(session.record.key, settings->endpoint) != session.record.key)
        return lostEndpoint(session.record.name);
    session.way = std::make_shared<Way>(*settings, m_archive);
    session.way->connection.shareRate(session.record.key);
    const bool needsNetwork = !isLoopbackHost(settings->endpoint.url.host());
    if (std::exchange(session.needsNetwork, needsNetwork) != needsNetwork)
        m_poller.add(session.record.id, needsNetwork);
    if (settings->endpoint.partition != session.record.partition) {
        session.record.partition = settings->endpoint.partition;
        m_archive.ensureAccount(session.record.key, session.record.name, session.record.partition, this,
                                [](const Result<AccountRecord> &) {});
        showAccounts();
    }
    return {};
}

/// What is being sent goes on by the old way, which ends with it.
void AccountSessions::disconnectFrom(Session &session)
{
    m_waiting.removeOne(session.record.id);
    if (session.job) {
        session.job->disconnect(this);
        session.job->cancel();
        session.job.clear();
    }
    session.way.reset();
}

void AccountSessions::takeOpened()
{
    QList<AccountId> fresh;
    for (auto &session : m_opening) {
        const AccountId id = session->record.id;
        if (id == 0 && !session->left)
            m_unopened.append(session->wanted);
        if (id == 0 || find(id) || session->left)
            continue; // could not be opened, or two names for the same account
        if (!session->wanted.paused) {
            m_poller.add(id, session->needsNetwork);
            fresh.append(id);
        }
        m_sessions.push_back(std::move(session));
    }
    m_opening.clear();
    showAccounts();
    for (const auto &session : m_sessions) {
        if (!session->wanted.paused)
            continue;
        AccountStatus status = m_workspace.status(session->record.id);
        status.paused = true;
        m_workspace.setStatus(session->record.id, status);
    }
    refresh(fresh);
    Q_EMIT opened();
}

void AccountSessions::showAccounts()
{
    QList<AccountRecord> records;
    for (const auto &session : m_sessions)
        records.append(session->record);
    m_workspace.setAccounts(records);
}

AccountSessions::Session *AccountSessions::find(AccountId account) const
{
    for (const auto &session : m_sessions) {
        if (session->record.id == account)
            return session.get();
    }
    return nullptr;
}

AccountSessions::Session *AccountSessions::findListed(const QString &id) const
{
    for (const auto &session : m_sessions) {
        if (!id.isEmpty() && session->wanted.id == id)
            return session.get();
    }
    return nullptr;
}

bool AccountSessions::knows(const QString &id) const
{
    return findListed(id) || std::any_of(m_opening.begin(), m_opening.end(), [&id](const auto &session) {
               return !session->left && session->wanted.id == id;
           });
}

QString AccountSessions::numberOf(AccountId account) const
{
    const Session *session = find(account);
    if (!session)
        return {};
    if (!session->way)
        return session->record.number;
    const HttpServiceConnection &connection = session->way->connection;
    const Credentials *keys = connection.credentials().current();
    const bool isListed = !session->wanted.id.isEmpty(); // AWS STS is asked, see ownerOf()
    if (!keys || (connection.endpoint().custom && !isListed))
        return session->record.number;
    const QString told = accountOfKeys(*keys, !connection.endpoint().custom);
    return told.isEmpty() ? session->record.number : told;
}

AccountId AccountSessions::accountOf(const QString &id) const
{
    const Session *session = findListed(id);
    return session ? session->record.id : 0;
}

std::shared_ptr<Client> AccountSessions::client(AccountId account)
{
    Session *session = find(account);
    if (!session || session->wanted.paused || !connectTo(*session))
        return nullptr;
    session->way->owned.setAccount(account, session->wanted.number);
    return {session->way, &session->way->client};
}

void AccountSessions::forget(Session &session)
{
    m_poller.remove(session.record.id);
    Q_EMIT m_workspace.recovered(session.record.id); // what was said about it is over, too
    disconnectFrom(session);
    std::erase_if(m_sessions, [&session](const auto &one) { return one.get() == &session; });
}

void AccountSessions::openAgain()
{
    if (!m_unopened.isEmpty())
        open(std::exchange(m_unopened, {}));
}

void AccountSessions::leave(const QStringList &ids)
{
    bool changed = false;
    m_unopened.removeIf([&ids](const Wanted &wanted) { return ids.contains(wanted.id); });
    for (const QString &id : ids) {
        for (auto &session : m_opening)
            session->left = session->left || session->wanted.id == id;
        Session *session = findListed(id);
        if (!session)
            continue;
        changed = true;
        forget(*session);
    }
    if (!changed)
        return;
    showAccounts();
    startWaiting();
}

void AccountSessions::update(const Wanted &account, bool reconnect)
{
    Session *session = findListed(account.id);
    if (!session)
        return;
    const AccountId id = session->record.id;
    const bool wasPaused = session->wanted.paused;
    session->wanted = account;
    if (session->record.name != account.name) {
        Q_EMIT m_workspace.renamed(m_workspace.accountName(id), displayText(account.name));
        session->record.name = account.name;
        m_archive.ensureAccount(session->record.key, account.name, session->record.partition, this,
                                [](const Result<AccountRecord> &) {});
        showAccounts();
    }
    if (!reconnect && account.paused == wasPaused)
        return;
    const bool wasRefreshing = session->job || m_waiting.contains(id);
    disconnectFrom(*session);
    Q_EMIT m_workspace.recovered(id); // it may work now; else it is said again
    AccountStatus status = m_workspace.status(id);
    status.refreshing = false;
    status.paused = account.paused;
    if (reconnect || account.paused)
        status.error = {};
    m_workspace.setStatus(id, status);
    if (account.paused) {
        m_poller.remove(id);
    } else {
        if (wasPaused || wasRefreshing)
            m_poller.add(id, session->needsNetwork);
        refresh({id});
        Q_EMIT opened();
    }
    startWaiting();
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
    m_unopened.clear();
    m_poller.clear();
    for (auto &session : m_opening)
        session->left = true;
    for (auto &session : m_sessions) {
        Q_EMIT m_workspace.recovered(session->record.id); // what was said about it is over, too
        if (session->job) {
            session->job->disconnect(this);
            session->job->cancel();
        }
    }
    // Who waits for an answer hears that none comes while a way ends, and asks client(): no session may be found then.
    const auto left = std::exchange(m_sessions, {});
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
        if (Session *session = find(id); session && !session->wanted.paused)
            enqueue(*session, true);
    }
    startWaiting();
}

void AccountSessions::poll(const QList<AccountId> &accounts)
{
    for (const AccountId id : accounts) {
        Session *session = find(id);
        if (!session || session->wanted.paused)
            continue;
        if (session->way && session->way->connection.isSlowedDown())
            m_poller.putOff(id, slowedPause);
        else
            enqueue(*session, false);
    }
    startWaiting();
}

void AccountSessions::rereadPlaces()
{
    QList<Wanted> moved; // where they are other accounts to the archive
    QList<AccountId> left;
    QList<AccountId> changed;
    for (const auto &session : m_sessions) {
        if (!session->wanted.id.isEmpty() || !session->way)
            continue;
        const Result<ConnectionSettings> settings = connectionSettings(session->wanted.choice);
        if (!settings || settings->endpoint.isSamePlace(session->way->connection.endpoint()))
            continue;
        const AccountId id = session->record.id;
        const bool isSame = !session->wanted.key.isEmpty()
            || accountIdentity(session->wanted.choice, settings->endpoint).key == session->record.key;
        (isSame ? changed : left).append(id);
        if (!isSame)
            moved.append(session->wanted);
        disconnectFrom(*session);
        session->way = std::make_shared<Way>(*settings, m_archive);
    }
    for (const AccountId id : std::as_const(left))
        forget(*find(id));
    if (!moved.isEmpty())
        open(moved);
    if (!left.isEmpty())
        showAccounts();
    refresh(changed);
}

void AccountSessions::retryFailedKeys()
{
    using Kind = Error::Kind;
    for (const auto &session : m_sessions) {
        const Kind kind = m_workspace.status(session->record.id).error.kind;
        const bool isOfKeys = kind == Kind::NoCredentials || kind == Kind::CredentialsFile || kind == Kind::Refused;
        if (!isOfKeys || session->wanted.paused || session->job)
            continue;
        session->way.reset(); // region and endpoint may stand there, too
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
    // Who asked waits for nobody who did not. Looked for from the end: of 200 that ask at once each comes last.
    const auto place =
        !asked ? m_waiting.end() : std::find_if(m_waiting.rbegin(), m_waiting.rend(), [this](AccountId other) {
                                       const Session *waiting = find(other);
                                       return waiting && waiting->asked;
                                   }).base();
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
    const AccountId id = session.record.id;
    if (const Result<void> connected = connectTo(session); !connected) {
        const Result<void> result(connected.error());
        QMetaObject::invokeMethod(
            this, [this, id, result] { finished(id, result); }, Qt::QueuedConnection);
        return;
    }
    SyncJob::Options options;
    options.inBackground = !session.asked;
    options.listed = session.wanted.number;
    auto *job = new SyncJob(session.way->client, m_archive, session.record, options, this);
    keepUntilGone(job, client(id));
    session.job = job;
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
    if (session->job)
        session->record.number = session->job->account().number;
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
