#include "ui/advisorwork.h"

#include "archive/advisorloadjob.h"
#include "support/advisorresult.h"
#include "support/clientuse.h"
#include "ui/workspace.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds toldEvery{200}; // a load stores hundreds of results in a row

/// Not beyond all that can be, so that sums of it are numbers still.
qint64 flaggedOf(const AdvisorCheckRecord &check)
{
    return std::clamp<qint64>(check.counts.resourcesFlagged, 0, 1'000'000'000'000);
}

int severity(const AdvisorCheckRecord &check) { return advisorSeverity(check.status.toUtf8().toStdString()); }

} // namespace

AdvisorWork::AdvisorWork(Workspace &workspace, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_archive(workspace.archive())
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(toldEvery);
    connect(&m_tell, &QTimer::timeout, this, &AdvisorWork::tellChecks);
    connect(&workspace, &Workspace::changed, this, [this] {
        leaveGone();
        if (!m_workspace.isWithoutAccount())
            resume();
    });
    connect(&m_archive, &AdvisorArchive::checksChanged, this, [this](AccountId account) {
        m_changed.insert(account);
        if (!m_tell.isActive())
            m_tell.start();
    });
}

AdvisorWork::~AdvisorWork() { stop(); }

/// What still comes for accounts that went has no place to be kept, and their numbers may be others' next.
void AdvisorWork::leaveGone()
{
    QList<AccountId> gone;
    for (const AccountId account : m_states.keys() + m_refreshes.keys() + m_waiting) {
        if (!m_workspace.hasAccount(account))
            gone.append(account);
    }
    for (const AccountId account : std::as_const(gone)) {
        m_waiting.removeAll(account);
        if (const QPointer<AdvisorLoadJob> load = m_states.take(account).load) {
            load->disconnect(this);
            load->cancel();
        }
        const QList<Refresh> refreshes = m_refreshes.values(account);
        m_refreshes.remove(account);
        for (const Refresh &refresh : refreshes) {
            if (!refresh.job)
                continue;
            refresh.job->disconnect(this);
            refresh.job->cancel();
        }
    }
    if (gone.isEmpty())
        return;
    startWaiting();
    Q_EMIT changed();
}

void AdvisorWork::stop()
{
    m_waiting.clear();
    for (const State &state : std::as_const(m_states)) {
        if (state.load) {
            state.load->disconnect(this);
            state.load->cancel();
        }
    }
    for (const Refresh &refresh : std::as_const(m_refreshes)) {
        if (refresh.job) {
            refresh.job->disconnect(this);
            refresh.job->cancel();
        }
    }
}

void AdvisorWork::tellChecks()
{
    const QSet<AccountId> accounts = std::exchange(m_changed, {});
    for (const AccountId account : accounts)
        Q_EMIT checksChanged(account);
}

void AdvisorWork::load(const QList<AccountId> &accounts)
{
    for (const AccountId account : accounts) {
        // What comes in a language that is not the window's any more would be kept, and not be shown.
        if (const auto state = m_states.find(account); state != m_states.end() && state->load && !wasTried(account)) {
            const QPointer<AdvisorLoadJob> other = std::exchange(state->load, {});
            other->disconnect(this);
            other->cancel();
        }
        if (!m_states.value(account).load && !m_waiting.contains(account) && m_workspace.client(account))
            m_waiting.append(account);
    }
    resume();
    startWaiting();
    Q_EMIT changed();
}

void AdvisorWork::startWaiting()
{
    const auto running =
        std::count_if(m_states.cbegin(), m_states.cend(), [](const State &state) { return !state.load.isNull(); });
    for (auto left = parallelLoads - running; left > 0 && !m_waiting.isEmpty(); --left)
        start(m_waiting.takeFirst());
}

void AdvisorWork::start(AccountId account)
{
    const std::shared_ptr<Client> client = m_workspace.client(account);
    const AccountRecord *record = m_workspace.findAccount(account);
    if (!client || !record)
        return;
    AdvisorLoadJob::Options options;
    options.language = m_workspace.serviceLanguage();
    auto *job = new AdvisorLoadJob(*client, m_archive, *record, options, this);
    keepUntilGone(job, client);
    State &state = m_states[account];
    state.load = job;
    if (std::exchange(state.language, options.language) != options.language)
        state.loaded = 0;
    connect(job, &Job::progressed, this, &AdvisorWork::changed);
    connect(job, &Job::finished, this, [this, account](const Result<void> &result) {
        State &now = m_states[account];
        now.load.clear();
        now.error = result.error();
        if (result || result.error().kind == Error::Kind::Incomplete)
            now.loaded = QDateTime::currentMSecsSinceEpoch();
        m_changed.insert(account);
        tellChecks();
        startWaiting();
        Q_EMIT changed();
    });
    m_workspace.jobList().add(job);
    job->start();
}

void AdvisorWork::cancelLoads(const QList<AccountId> &accounts)
{
    for (const AccountId account : accounts)
        m_waiting.removeAll(account);
    for (const AccountId account : accounts) {
        if (const QPointer<AdvisorLoadJob> job = m_states.value(account).load)
            job->cancel();
    }
    Q_EMIT changed();
}

bool AdvisorWork::isLoading(const QList<AccountId> &accounts) const
{
    return std::any_of(accounts.begin(), accounts.end(), [this](AccountId account) {
        return m_waiting.contains(account) || !m_states.value(account).load.isNull();
    });
}

qint64 AdvisorWork::loaded(AccountId account) const { return wasTried(account) ? m_states.value(account).loaded : 0; }

bool AdvisorWork::wasTried(AccountId account) const
{
    return m_states.value(account).language == m_workspace.serviceLanguage();
}

std::pair<qint64, qint64> AdvisorWork::progress(const QList<AccountId> &accounts) const
{
    std::pair<qint64, qint64> sum{0, 0};
    for (const AccountId account : accounts) {
        if (const QPointer<AdvisorLoadJob> job = m_states.value(account).load) {
            sum.first += job->done();
            sum.second += job->total();
        }
    }
    return sum;
}

bool AdvisorWork::isRefreshing(AccountId account, const QString &checkId) const
{
    const QList<Refresh> refreshes = m_refreshes.values(account);
    return std::any_of(refreshes.begin(), refreshes.end(), [&](const Refresh &refresh) {
        return refresh.job && !refresh.job->outcomes().contains(checkId)
            && (checkId.isEmpty() || refresh.checkIds.isEmpty() || refresh.checkIds.contains(checkId));
    });
}

void AdvisorWork::refresh(AccountId account, const QStringList &checkIds)
{
    m_archive.loadChecks(account, m_workspace.serviceLanguage(), this,
                         [this, account, checkIds](const Result<QList<AdvisorCheckRecord>> &checks) {
                             const QList<AdvisorCheckRecord> known = checks ? *checks : QList<AdvisorCheckRecord>();
                             if (!isRefreshing(account))
                                 return startRefresh(account, checkIds, known);
                             // What is under way is not asked for again; the others are.
                             QStringList others;
                             for (const AdvisorCheckRecord &check : known) {
                                 const bool isWanted =
                                     checkIds.isEmpty() ? !check.isGone : checkIds.contains(check.checkId);
                                 if (isWanted && !isRefreshing(account, check.checkId))
                                     others.append(check.checkId);
                             }
                             if (!others.isEmpty())
                                 startRefresh(account, others, known);
                         });
}

/// What an earlier run asked for and did not see the end of, as soon as the account can be called.
void AdvisorWork::resume()
{
    if (!std::exchange(m_isUnfinishedAsked, true)) {
        m_archive.loadUnfinished(this, [this](const Result<QHash<AccountId, QStringList>> &checks) {
            m_unfinished = checks ? *checks : QHash<AccountId, QStringList>();
            resume();
        });
    }
    const QList<AccountId> accounts = m_unfinished.keys();
    for (const AccountId account : accounts) {
        if (!m_workspace.client(account))
            continue;
        const QStringList ids = m_unfinished.take(account);
        m_archive.loadChecks(account, m_workspace.serviceLanguage(), this,
                             [this, account, ids](const Result<QList<AdvisorCheckRecord>> &checks) {
                                 if (checks && !isRefreshing(account))
                                     startRefresh(account, ids, *checks, true);
                             });
    }
}

void AdvisorWork::startRefresh(AccountId account, const QStringList &checkIds, const QList<AdvisorCheckRecord> &checks,
                               bool isResumed)
{
    const std::shared_ptr<Client> client = m_workspace.client(account);
    const AccountRecord *record = m_workspace.findAccount(account);
    if (!client || !record)
        return;
    AdvisorRefreshJob::Options options;
    options.checkIds = checkIds;
    options.pollEvery = m_pollEvery;
    options.resume = isResumed;
    options.remember = true;
    options.language = m_workspace.serviceLanguage();
    auto *job = new AdvisorRefreshJob(*client, m_archive, *record, options, this);
    keepUntilGone(job, client);
    Refresh refresh{job, checkIds, {}};
    for (const AdvisorCheckRecord &check : checks)
        refresh.before.insert(check.checkId, check);
    m_refreshes.insert(account, refresh);
    connect(job, &Job::progressed, this, &AdvisorWork::changed);
    connect(job, &Job::finished, this, [this, account, job, refresh](const Result<void> &result) {
        for (auto it = m_refreshes.find(account); it != m_refreshes.end() && it.key() == account; ++it) {
            if (it->job == job) {
                m_refreshes.erase(it);
                break;
            }
        }
        if (result.error().kind == Error::Kind::Cancelled)
            job->forgetWanted(); // by a person: the end of the program is not told here
        endRefresh(account, *job, result, refresh);
        Q_EMIT changed();
    });
    m_workspace.jobList().add(job);
    job->start();
    Q_EMIT changed();
}

void AdvisorWork::endRefresh(AccountId account, AdvisorRefreshJob &job, const Result<void> &result,
                             const Refresh &refresh)
{
    using Outcome = AdvisorRefreshJob::Outcome;
    AdvisorRefreshNews news;
    news.account = account;
    if (refresh.checkIds.size() == 1)
        news.check = refresh.before.value(refresh.checkIds.constFirst()).name;
    news.refreshed = job.count(Outcome::Refreshed);
    news.automatic = job.count(Outcome::Automatic);
    news.tooEarly = job.count(Outcome::TooEarly);
    news.abandoned = job.count(Outcome::Abandoned);
    news.failed = job.count(Outcome::Failed) + job.count(Outcome::Gone) + job.count(Outcome::Unknown);
    news.error = result.error();
    if (news.error.kind == Error::Kind::None && !job.errors().isEmpty())
        news.error = *job.errors().cbegin();
    if (news.refreshed == 0) {
        Q_EMIT refreshed(news);
        return;
    }
    const QHash<QString, Outcome> outcomes = job.outcomes();
    m_archive.loadChecks(account, m_workspace.serviceLanguage(), this,
                         [this, news, outcomes, refresh](const Result<QList<AdvisorCheckRecord>> &checks) mutable {
                             for (const AdvisorCheckRecord &after : checks ? *checks : QList<AdvisorCheckRecord>()) {
                                 const auto before = refresh.before.constFind(after.checkId);
                                 if (outcomes.value(after.checkId, Outcome::Failed) != Outcome::Refreshed
                                     || before == refresh.before.cend() || !before->hasSummary)
                                     continue;
                                 news.flaggedBefore += flaggedOf(*before);
                                 news.flaggedAfter += flaggedOf(after);
                                 news.better += severity(after) < severity(*before);
                                 news.worse += severity(after) > severity(*before);
                             }
                             Q_EMIT refreshed(news);
                         });
}

} // namespace casement
