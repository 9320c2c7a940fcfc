#include "cli/advisoraccount.h"

#include "archive/advisorloadjob.h"
#include "aws/serviceerror.h"

#include <algorithm>

namespace casement::cli {

namespace {

constexpr int resultsAtOnce = 8;

} // namespace

AdvisorAccount::AdvisorAccount(std::unique_ptr<HttpServiceConnection> connection, const ChosenAccount &account,
                               const AdvisorLine &line, Archive &archive, AdvisorArchive &advisor, QObject *parent)
    : QObject(parent), m_archive(archive), m_advisor(advisor), m_line(line), m_connection(std::move(connection)),
      m_owned(*m_connection, archive), m_client(m_owned), m_account(account),
      m_identity(account.identity(m_connection->endpoint()))
{
}

AdvisorAccount::~AdvisorAccount() { stop(); }

void AdvisorAccount::stop()
{
    if (!m_job)
        return;
    m_job->disconnect(this);
    m_job->cancel();
}

void AdvisorAccount::start() { findAccount(); }

void AdvisorAccount::findAccount()
{
    m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &accounts) {
        if (!accounts)
            return giveUp(accounts.error());
        if (const Standing now = checkStanding(m_account, m_identity, *accounts, m_archive); now.isHeld())
            return giveUp(now.held);
        for (const AccountRecord &known : *accounts) {
            if (known.key == m_identity.key)
                return addAccount();
        }
        // A mistyped profile must not become an account: only one with keys does.
        m_connection->credentials().get(this, [this](const Result<Credentials> &keys) {
            if (!keys)
                return giveUp(keys.error());
            addAccount();
        });
    });
}

void AdvisorAccount::addAccount()
{
    m_archive.ensureAccount(m_identity.key, m_identity.name, m_identity.partition, this,
                            [this](const Result<AccountRecord> &account) {
                                if (!account)
                                    return giveUp(account.error());
                                m_record = *account;
                                m_owned.setAccount(m_record.id, m_identity.number);
                                load();
                            });
}

void AdvisorAccount::load()
{
    using Action = AdvisorLine::Action;
    AdvisorLoadJob::Options options;
    options.language = m_line.language;
    options.atOnce = resultsAtOnce;
    options.names = m_line.checks;
    options.everything = m_line.reload;
    options.results = m_line.action == Action::Show || m_line.action == Action::Export;
    const bool isAll =
        m_line.checks.isEmpty() && m_line.category.isEmpty() && m_line.status.isEmpty() && m_line.changedSince == 0;
    if (!isAll)
        options.wanted = [this](const AdvisorCheckRecord &check) { return isWanted(check); };
    auto *job = new AdvisorLoadJob(m_client, m_advisor, m_record, options, this);
    connect(job, &AdvisorLoadJob::summariesStored, this, [this] { m_isAnswered = true; });
    connect(job, &Job::finished, this, [this, job] {
        m_failures = job->failures();
        m_vanished = job->vanished();
    });
    run(job, [this] {
        readChecks([this] {
            choose();
            if (m_line.action == AdvisorLine::Action::Refresh)
                return refresh();
            Q_EMIT finished();
        });
    });
}

bool AdvisorAccount::has(const AdvisorCheckRecord &check) const
{
    if (m_error.kind == Error::Kind::None)
        return true;
    if (!m_isAnswered)
        return isOffline() && advisorResultTime(check) != 0;
    return !m_failures.contains(check.checkId) && !isAdvisorResultDue(check);
}

bool AdvisorAccount::isOffline() const { return !m_isAnswered && isOutOfReach(m_error); }

void AdvisorAccount::refresh()
{
    AdvisorRefreshJob::Options options;
    options.language = m_line.language;
    options.patient = false;
    options.wait = m_line.wait;
    for (const AdvisorCheckRecord &check : std::as_const(m_chosen))
        options.checkIds.append(check.checkId);
    if (!m_isAnswered || options.checkIds.isEmpty() || !m_unknown.isEmpty())
        return Q_EMIT finished();
    auto *job = new AdvisorRefreshJob(m_client, m_advisor, m_record, options, this);
    connect(job, &Job::finished, this, [this, job] {
        m_outcomes = job->outcomes();
        m_refreshErrors = job->errors();
        for (auto it = m_outcomes.cbegin(); it != m_outcomes.cend(); ++it) {
            if (*it == AdvisorRefreshJob::Outcome::Unknown)
                m_unknownStatuses.insert(it.key(), job->unknownStatus(it.key()));
        }
    });
    run(job, [this] {
        readChecks([this] {
            choose();
            Q_EMIT finished();
        });
    });
}

void AdvisorAccount::run(Job *job, const std::function<void()> &then)
{
    m_job = job;
    connect(job, &Job::progressed, this, [this](qint64 done, qint64 total) {
        m_done = done;
        m_total = total;
        Q_EMIT progressed();
    });
    connect(job, &Job::finished, this, [this, then](const Result<void> &result) {
        if (!result) {
            m_error = result.error();
            Q_EMIT failed(m_error);
        }
        then();
    });
    job->start();
}

void AdvisorAccount::readChecks(std::function<void()> then)
{
    m_advisor.loadChecks(m_record.id, m_line.language, this,
                         [this, then = std::move(then)](const Result<QList<AdvisorCheckRecord>> &checks) {
                             if (!checks)
                                 return giveUp(checks.error());
                             m_all = *checks;
                             then();
                         });
}

void AdvisorAccount::choose()
{
    m_chosen.clear();
    m_unknown.clear();
    std::copy_if(m_all.cbegin(), m_all.cend(), std::back_inserter(m_chosen),
                 [this](const AdvisorCheckRecord &check) { return isWanted(check); });
    if (m_all.isEmpty())
        return; // what went wrong was said
    for (const QString &name : m_line.checks) {
        if (std::none_of(m_all.cbegin(), m_all.cend(),
                         [&](const AdvisorCheckRecord &c) { return isAdvisorCheck(c, name); }))
            m_unknown.append(name);
    }
}

bool AdvisorAccount::isWanted(const AdvisorCheckRecord &check) const
{
    if (!m_line.checks.isEmpty()) {
        if (std::none_of(m_line.checks.cbegin(), m_line.checks.cend(),
                         [&](const QString &name) { return isAdvisorCheck(check, name); }))
            return false;
    } else if (check.isGone) {
        return false;
    }
    return (m_line.category.isEmpty() || check.category == m_line.category)
        && (m_line.status.isEmpty() || check.status == m_line.status)
        && (m_line.changedSince == 0 || check.time >= m_line.changedSince);
}

void AdvisorAccount::giveUp(const Error &error)
{
    m_error = error;
    Q_EMIT failed(error);
    Q_EMIT finished();
}

} // namespace casement::cli
