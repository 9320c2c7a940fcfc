#include "archive/advisorrefreshjob.h"

#include "archive/advisorerror.h"
#include "archive/advisorloadjob.h"
#include "support/client.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int askedAtOnce = 4;
constexpr qsizetype statesInACall = 100;
constexpr int mostFailedPolls = 6; // a minute without an answer
constexpr int mostRefusedAsTooMuch = 6; // of one check
constexpr int mostRefusedInARow = 50; // as too much
constexpr int mostFailuresOfAsking = 10; // in a row: then it is the account or the network, not a check
constexpr qint64 longestTimer = 60'000; // ms: clocks are set while one waits

qint64 currentTime() { return QDateTime::currentMSecsSinceEpoch(); }

bool isUnderWay(const QString &status) { return status == "enqueued"_L1 || status == "processing"_L1; }

} // namespace

AdvisorRefreshJob::AdvisorRefreshJob(Client &client, AdvisorArchive &archive, const AccountRecord &account,
                                     const Options &options, QObject *parent)
    : Job(parent), m_client(client), m_archive(archive), m_account(account), m_options(options)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AdvisorRefreshJob::poll);
}

AdvisorRefreshJob::~AdvisorRefreshJob() = default;

QString AdvisorRefreshJob::title() const { return tr("Refreshing Trusted Advisor of %1").arg(m_account.name); }

int AdvisorRefreshJob::count(Outcome outcome) const
{
    return int(std::count(m_outcomes.cbegin(), m_outcomes.cend(), outcome));
}

void AdvisorRefreshJob::run()
{
    m_call = std::make_unique<QObject>();
    m_archive.loadChecks(m_account.id, m_options.language, m_call.get(),
                         [this](const Result<QList<AdvisorCheckRecord>> &checks) {
                             if (!checks)
                                 return finish(checks.error());
                             begin(*checks);
                         });
}

void AdvisorRefreshJob::stop()
{
    m_timer.stop();
    m_call.reset();
    if (m_load) {
        m_load->disconnect(this);
        m_load->cancel();
        m_load.release()->deleteLater();
    }
}

void AdvisorRefreshJob::begin(const QList<AdvisorCheckRecord> &checks)
{
    QStringList ids = m_options.checkIds;
    QHash<QString, AdvisorRefresh> known;
    for (const AdvisorCheckRecord &check : checks) {
        known.insert(check.checkId, check.refresh);
        if (m_options.checkIds.isEmpty() && !check.isGone)
            ids.append(check.checkId);
    }
    ids.removeDuplicates();
    m_total = int(ids.size());
    for (const QString &id : std::as_const(ids)) {
        const AdvisorRefresh refresh = known.value(id);
        if (refresh.isAutomatic)
            end(id, Outcome::Automatic);
        else if (isUnderWay(refresh.status) && m_options.wait
                 && (m_options.resume || refresh.nextRefreshable > currentTime()))
            m_running.insert(id); // asked for before
        else if (m_options.resume && refresh.status != refreshWanted)
            end(id, Outcome::Asked); // and ended since
        else if (refresh.nextRefreshable > currentTime())
            m_later.insert(id, refresh.nextRefreshable);
        else
            m_toAsk.append(id);
    }
    if (!m_options.patient || !m_options.wait) {
        for (auto it = m_later.cbegin(); it != m_later.cend(); ++it) {
            m_nextRefreshable = m_nextRefreshable ? std::min(m_nextRefreshable, it.value()) : it.value();
            end(it.key(), Outcome::TooEarly);
        }
        m_later.clear();
    }
    if (m_options.remember)
        rememberWanted(known);
    if (!m_running.isEmpty())
        return poll();
    askNext();
}

void AdvisorRefreshJob::rememberWanted(const QHash<QString, AdvisorRefresh> &known)
{
    const qint64 now = currentTime();
    QHash<QString, AdvisorRefresh> wanted;
    for (const QString &id : m_toAsk + m_later.keys()) {
        AdvisorRefresh before = known.value(id);
        const AdvisorRefresh marked{QString(refreshWanted), std::max(now, before.nextRefreshable), false};
        if (before.status == refreshWanted)
            before.status.clear(); // by an earlier run, which did not say what it was before
        m_wanted.insert(id, before);
        wanted.insert(id, marked);
    }
    if (!wanted.isEmpty())
        m_archive.storeRefreshes(m_account.id, wanted);
}

void AdvisorRefreshJob::forgetWanted()
{
    if (!m_wanted.isEmpty())
        m_archive.storeRefreshes(m_account.id, std::exchange(m_wanted, {}));
}

/// Who is told that it failed gives it anew.
void AdvisorRefreshJob::giveUp(const Error &error)
{
    forgetWanted();
    finish(error);
}

void AdvisorRefreshJob::askNext()
{
    if (state() != State::Running)
        return; // progress was answered with cancel()
    while (m_asking < askedAtOnce && !m_toAsk.isEmpty()) {
        ++m_asking;
        ask(m_toAsk.takeFirst());
    }
    if (m_asking == 0)
        schedule();
}

void AdvisorRefreshJob::ask(const QString &checkId)
{
    RefreshTrustedAdvisorCheck::Request request;
    request.checkId = checkId;
    m_client.call(request, m_call.get(), [this, checkId](const Result<RefreshTrustedAdvisorCheck::Response> &came) {
        if (state() != State::Running)
            return;
        --m_asking;
        const bool isOther = came && came->status && isOfAnotherCheck(came->status->checkId, checkId);
        const Result<RefreshTrustedAdvisorCheck::Response> answer =
            isOther ? answerOfAnotherCheck(RefreshTrustedAdvisorCheck::name) : came;
        if (answer || isAboutACheck(answer.error()))
            m_failuresInARow = m_refusedInARow = 0;
        else if (answer.error().kind == Error::Kind::Throttled && ++m_refusedInARow > mostRefusedInARow)
            return giveUp(answer.error());
        if (answer) {
            TrustedAdvisorCheckRefreshStatus status = answer->status.value_or(TrustedAdvisorCheckRefreshStatus());
            status.checkId = checkId;
            m_running.insert(checkId);
            take(status);
            if (!m_options.wait && m_running.contains(checkId))
                end(checkId, Outcome::Asked);
        } else if (isUnrefreshable(answer.error())) {
            learnAutomatic(checkId);
        } else if (isAboutACheck(answer.error())) {
            m_errors.insert(checkId, answer.error()); // something else may be wrong: its words say so
            end(checkId, Outcome::Gone);
        } else if (answer.error().kind == Error::Kind::Throttled && ++m_refusals[checkId] <= mostRefusedAsTooMuch) {
            ++m_backingOff;
            QTimer::singleShot(advisorBackOff(m_options.backOff, m_refusals.value(checkId)), m_call.get(),
                               [this, checkId] {
                                   --m_backingOff;
                                   m_toAsk.append(checkId);
                                   askNext();
                               });
        } else {
            m_errors.insert(checkId, answer.error());
            end(checkId, Outcome::Failed);
            if (++m_failuresInARow >= mostFailuresOfAsking)
                return giveUp(answer.error());
        }
        askNext();
    });
}

void AdvisorRefreshJob::take(const TrustedAdvisorCheckRefreshStatus &status)
{
    if (!m_running.contains(status.checkId))
        return;
    m_wanted.remove(status.checkId);
    const qint64 pause = std::max<qint64>(0, status.millisUntilNextRefreshable.value_or(0));
    m_archive.storeRefresh(m_account.id, status.checkId, {status.status, pause ? currentTime() + pause : 0, false});
    if (isUnderWay(status.status) || status.status.isEmpty())
        return;
    if (status.status == "success"_L1)
        return end(status.checkId, Outcome::Refreshed);
    // `none` is what an unsuccessful refresh becomes after a while
    if (status.status == "abandoned"_L1 || status.status == "none"_L1)
        return end(status.checkId, Outcome::Abandoned);
    m_unknownStatuses.insert(status.checkId, status.status);
    end(status.checkId, Outcome::Unknown);
}

void AdvisorRefreshJob::schedule()
{
    if (state() != State::Running || m_asking > 0 || m_polls > 0)
        return;
    if (m_backingOff > 0 && m_running.isEmpty())
        return; // it goes on then
    if (m_running.isEmpty() && m_later.isEmpty())
        return fetchResults();
    qint64 wait = m_options.pollEvery.count();
    if (m_running.isEmpty()) {
        const qint64 first = *std::min_element(m_later.cbegin(), m_later.cend());
        wait = std::clamp<qint64>(first - currentTime(), 1, longestTimer);
    }
    m_timer.start(int(wait));
}

void AdvisorRefreshJob::poll()
{
    const qint64 time = currentTime();
    for (auto it = m_later.begin(); it != m_later.end();) {
        if (it.value() <= time) {
            m_toAsk.append(it.key());
            it = m_later.erase(it);
        } else {
            ++it;
        }
    }
    const QStringList ids = m_running.values();
    for (qsizetype at = 0; at < ids.size(); at += statesInACall)
        pollStatuses(ids.mid(at, statesInACall));
    askNext();
}

void AdvisorRefreshJob::pollStatuses(const QStringList &ids)
{
    if (state() != State::Running)
        return;
    DescribeTrustedAdvisorCheckRefreshStatuses::Request request;
    request.checkIds = ids;
    ++m_polls;
    m_client.call(request, m_call.get(),
                  [this, ids](const Result<DescribeTrustedAdvisorCheckRefreshStatuses::Response> &answer) {
                      takeStatuses(ids, answer);
                  });
}

void AdvisorRefreshJob::takeStatuses(const QStringList &ids,
                                     const Result<DescribeTrustedAdvisorCheckRefreshStatuses::Response> &answer)
{
    if (state() != State::Running)
        return;
    --m_polls;
    if (answer) {
        m_failedPolls = 0;
        for (const TrustedAdvisorCheckRefreshStatus &status : answer->statuses)
            take(status);
        QSet<QString> told;
        for (const TrustedAdvisorCheckRefreshStatus &status : answer->statuses)
            told.insert(status.checkId);
        for (const QString &id : ids) {
            if (!told.contains(id) && m_running.contains(id))
                end(id, Outcome::Gone);
        }
    } else if (isAboutACheck(answer.error())) {
        // One check spoils the call for all.
        const QString named = ids.size() == 1 ? ids.first() : namedCheck(answer.error(), ids);
        if (!named.isEmpty()) {
            if (isUnrefreshable(answer.error()))
                learnAutomatic(named);
            else
                end(named, Outcome::Gone);
            QStringList others = ids;
            others.removeAll(named);
            if (!others.isEmpty())
                pollStatuses(others);
        } else {
            pollStatuses(ids.first(ids.size() / 2));
            pollStatuses(ids.sliced(ids.size() / 2));
        }
    } else if (++m_failedPolls > mostFailedPolls) {
        return giveUp(answer.error());
    }
    schedule();
}

void AdvisorRefreshJob::end(const QString &checkId, Outcome outcome)
{
    m_running.remove(checkId);
    if (m_wanted.contains(checkId)) // and AWS said nothing of it that is kept
        m_archive.storeRefresh(m_account.id, checkId, m_wanted.take(checkId));
    m_outcomes.insert(checkId, outcome);
    setProgress(m_outcomes.size(), m_total);
}

void AdvisorRefreshJob::learnAutomatic(const QString &checkId)
{
    m_wanted.remove(checkId);
    m_archive.storeRefresh(m_account.id, checkId, {.isAutomatic = true});
    end(checkId, Outcome::Automatic);
}

Error AdvisorRefreshJob::firstFailure() const
{
    for (auto it = m_errors.cbegin(); it != m_errors.cend(); ++it) {
        if (m_outcomes.value(it.key()) == Outcome::Failed)
            return it.value();
    }
    return {};
}

void AdvisorRefreshJob::fetchResults()
{
    AdvisorLoadJob::Options options;
    options.language = m_options.language;
    for (auto it = m_outcomes.cbegin(); it != m_outcomes.cend(); ++it) {
        if (it.value() == Outcome::Refreshed)
            options.checkIds.append(it.key());
    }
    if (options.checkIds.isEmpty())
        return finish(count(Outcome::Failed) == 0 || count(Outcome::Failed) < m_total ? Result<void>()
                                                                                      : firstFailure());
    m_load = std::make_unique<AdvisorLoadJob>(m_client, m_archive, m_account, options);
    m_load->setAutoDelete(false);
    connect(m_load.get(), &Job::finished, this, [this](const Result<void> &result) { finish(result); });
    m_load->start();
}

} // namespace casement
