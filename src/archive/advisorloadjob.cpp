#include "archive/advisorloadjob.h"

#include "archive/advisorerror.h"
#include "archive/catalogarchive.h"
#include "base/background.h"
#include "support/client.h"
#include "support/timestamp.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype summariesInACall = 200; // the service names no limit; 200 summaries are 80 KB
constexpr int mostBeingKept = 4; // results that wait for the disk: more would only take memory
constexpr int mostFailuresInARow = 20; // then it is the network or the service, not a check
constexpr int mostRefusedResults = 50; // as too much, one after another
constexpr int mostRefusals = 6; // as too much, of one result: then it is the service that can't

} // namespace

AdvisorLoadJob::AdvisorLoadJob(Client &client, AdvisorArchive &archive, const AccountRecord &account,
                               const Options &options, QObject *parent)
    : Job(parent), m_client(client), m_archive(archive), m_account(account), m_options(options)
{
    m_options.atOnce = std::max(1, m_options.atOnce);
}

AdvisorLoadJob::~AdvisorLoadJob() = default;

QString AdvisorLoadJob::title() const { return tr("Loading Trusted Advisor of %1").arg(m_account.name); }

void AdvisorLoadJob::run()
{
    m_call = std::make_unique<QObject>();
    readChecks(&AdvisorLoadJob::takeKnown);
}

void AdvisorLoadJob::readChecks(void (AdvisorLoadJob::*then)(const QList<AdvisorCheckRecord> &))
{
    m_archive.loadChecks(m_account.id, m_options.language, m_call.get(),
                         [this, then](const Result<QList<AdvisorCheckRecord>> &checks) {
                             if (!checks)
                                 return finish(checks.error());
                             (this->*then)(*checks);
                         });
}

void AdvisorLoadJob::takeKnown(const QList<AdvisorCheckRecord> &checks)
{
    for (const AdvisorCheckRecord &check : checks) {
        if (!check.isGone)
            m_listed.insert(check.checkId);
    }
    beginCatalogue();
}

void AdvisorLoadJob::beginCatalogue()
{
    m_archive.catalogueFetched(m_account.id, m_options.language, m_call.get(), [this](const Result<qint64> &fetched) {
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - (fetched ? *fetched : 0);
        if (fetched && age >= 0 && age < CatalogArchive::lifetime)
            return readChecks(&AdvisorLoadJob::takeChecks);
        fetchCatalogue();
    });
}

void AdvisorLoadJob::stop() { m_call.reset(); }

void AdvisorLoadJob::setHeld(bool on)
{
    const bool goesOn = m_isHeld && !on && state() == State::Running && m_planned > 0;
    m_isHeld = on;
    if (goesOn)
        pump();
}

void AdvisorLoadJob::fetchCatalogue()
{
    DescribeTrustedAdvisorChecks::Request request;
    request.language = m_options.language;
    m_client.call(request, m_call.get(), [this](const Result<DescribeTrustedAdvisorChecks::Response> &answer) {
        if (!answer)
            return finish(answer.error());
        const bool isEmpty =
            std::all_of(answer->checks.cbegin(), answer->checks.cend(),
                        [](const TrustedAdvisorCheckDescription &check) { return check.id.isEmpty(); });
        if (isEmpty && !std::exchange(m_isSecondLook, true))
            return fetchCatalogue();
        m_isCatalogueNew = true;
        if (isEmpty) // what is known stays, and the next load asks again
            return readChecks(&AdvisorLoadJob::takeChecks);
        m_archive.storeChecks(m_account.id, m_options.language, answer->checks, m_call.get(),
                              [this](const Result<void> &stored) {
                                  if (!stored)
                                      return finish(stored);
                                  readChecks(&AdvisorLoadJob::takeChecks);
                              });
    });
}

bool AdvisorLoadJob::lacksAName(const QList<AdvisorCheckRecord> &checks) const
{
    return std::any_of(m_options.names.cbegin(), m_options.names.cend(), [&](const QString &name) {
        return std::none_of(checks.cbegin(), checks.cend(), [&](const AdvisorCheckRecord &check) {
            return !check.isGone && isAdvisorCheck(check, name);
        });
    });
}

void AdvisorLoadJob::takeChecks(const QList<AdvisorCheckRecord> &checks)
{
    if (!m_isCatalogueNew && lacksAName(checks))
        return fetchCatalogue();
    m_checks.clear();
    m_refused.clear();
    QStringList ids;
    for (const AdvisorCheckRecord &check : checks) {
        if (check.isGone) {
            if (m_listed.remove(check.checkId))
                m_vanished.append(check.checkId);
            continue;
        }
        m_listed.insert(check.checkId);
        if (!m_options.checkIds.isEmpty() && !m_options.checkIds.contains(check.checkId))
            continue;
        m_checks.insert(check.checkId, check);
        if (!m_answered.contains(check.checkId))
            ids.append(check.checkId);
    }
    if (ids.isEmpty())
        return storeSummaries();
    for (qsizetype at = 0; at < ids.size(); at += summariesInACall)
        askSummaries(ids.mid(at, summariesInACall));
}

void AdvisorLoadJob::askSummaries(const QStringList &ids)
{
    DescribeTrustedAdvisorCheckSummaries::Request request;
    request.checkIds = ids;
    ++m_summaryCalls;
    m_client.call(request, m_call.get(),
                  [this, ids](const Result<DescribeTrustedAdvisorCheckSummaries::Response> &answer) {
                      takeSummaries(ids, answer);
                  });
}

void AdvisorLoadJob::takeSummaries(const QStringList &ids,
                                   const Result<DescribeTrustedAdvisorCheckSummaries::Response> &answer)
{
    if (state() != State::Running)
        return;
    --m_summaryCalls;
    if (answer) {
        m_summaries.append(answer->summaries);
        m_answered.unite(QSet<QString>(ids.cbegin(), ids.cend()));
    } else if (!isAboutACheck(answer.error())) {
        return finish(answer.error());
    } else if (m_isCatalogueNew) {
        narrow(ids, answer.error());
    } else {
        m_refused.append(ids);
    }
    if (m_summaryCalls > 0)
        return;
    if (!m_refused.isEmpty())
        return fetchCatalogue(); // one of them has vanished since the last
    endSummaries();
}

/// One check spoils the call for all: it is named, or found by halves.
void AdvisorLoadJob::narrow(const QStringList &ids, const Error &refusal)
{
    const QString named = ids.size() == 1 ? ids.first() : namedCheck(refusal, ids);
    if (named.isEmpty()) {
        askSummaries(ids.first(ids.size() / 2));
        askSummaries(ids.sliced(ids.size() / 2));
        return;
    }
    m_refusal = refusal;
    m_unknown.append(named);
    QStringList others = ids;
    others.removeAll(named);
    if (!others.isEmpty())
        askSummaries(others);
}

/// Who is unknown although the catalogue is new is so until the next one.
void AdvisorLoadJob::endSummaries()
{
    if (m_unknown.isEmpty())
        return storeSummaries();
    if (m_unknown.size() > 1 && m_answered.isEmpty())
        return finish(m_refusal); // then it is no matter of a check
    m_archive.storeGone(m_account.id, m_unknown, m_call.get(), [this](const Result<void> &stored) {
        if (!stored)
            return finish(stored);
        for (const QString &id : std::as_const(m_unknown))
            m_checks.remove(id);
        m_vanished.append(m_unknown);
        storeSummaries();
    });
}

void AdvisorLoadJob::storeSummaries()
{
    m_archive.storeSummaries(m_account.id, m_summaries, m_call.get(), [this](const Result<void> &stored) {
        if (!stored)
            return finish(stored);
        const QObject *alive = m_call.get();
        Q_EMIT summariesStored();
        if (m_call.get() == alive && alive)
            plan();
    });
}

void AdvisorLoadJob::plan()
{
    if (!m_options.results)
        return finish();
    struct Wanted
    {
        const AdvisorCheckRecord *check;
        int severity;
    };
    std::vector<Wanted> wanted;
    for (const TrustedAdvisorCheckSummary &summary : std::as_const(m_summaries)) {
        const auto at = m_checks.find(summary.checkId);
        if (at == m_checks.end())
            continue;
        at->hasSummary = true;
        at->status = summary.status;
        at->timestamp = summary.timestamp;
        at->time = parseTimestamp(summary.timestamp);
        at->hasCounts = summary.resourcesSummary.has_value();
        at->counts = summary.resourcesSummary.value_or(TrustedAdvisorResourcesSummary());
        if (m_options.wanted && !m_options.wanted(*at))
            continue;
        if (m_options.everything || isAdvisorResultDue(*at))
            wanted.push_back({&*at, advisorSeverity(summary.status.toStdString())});
    }
    // What somebody has to look at comes first.
    std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted &a, const Wanted &b) {
        return std::pair(a.severity, a.check->counts.resourcesFlagged)
            > std::pair(b.severity, b.check->counts.resourcesFlagged);
    });
    for (const Wanted &one : wanted)
        m_waiting.push_back(*one.check);
    m_planned = int(wanted.size());
    setProgress(0, m_planned);
    pump();
}

void AdvisorLoadJob::pump()
{
    if (state() != State::Running)
        return; // progress was answered with cancel()
    while (!m_isHeld && !m_waiting.empty() && m_onTheirWay < m_options.atOnce && m_beingKept < mostBeingKept) {
        const AdvisorCheckRecord check = m_waiting.front();
        m_waiting.pop_front();
        ++m_onTheirWay;
        fetch(check);
    }
    if (!m_waiting.empty() || m_onTheirWay > 0 || m_beingKept > 0 || m_backingOff > 0)
        return;
    if (m_failures.isEmpty())
        return finishLoaded();
    if (m_failures.size() == m_planned)
        return finish(*m_failures.cbegin());
    Error error = *m_failures.cbegin();
    error.kind = Error::Kind::Incomplete;
    error.message = tr("%n result(s) could not be fetched: %1", nullptr, int(m_failures.size())).arg(error.message);
    finish(error);
}

void AdvisorLoadJob::fetch(const AdvisorCheckRecord &check)
{
    DescribeTrustedAdvisorCheckResult::Request request;
    request.checkId = check.checkId;
    request.language = m_options.language;
    m_client.send(request, m_call.get(), [this, check](const Result<ServiceAnswer> &answer) {
        if (!answer)
            return takeResult(check, answer.error());
        inBackground(
            m_call.get(),
            [body = answer->body, id = check.checkId]() -> Result<AdvisorResultPtr> {
                const Result<AdvisorResultPtr> result = AdvisorResult::read(body);
                if (result && isOfAnotherCheck((*result)->checkId, id))
                    return answerOfAnotherCheck(DescribeTrustedAdvisorCheckResult::name);
                return result;
            },
            [this, check](const Result<AdvisorResultPtr> &result) { takeResult(check, result); });
    });
}

void AdvisorLoadJob::takeResult(const AdvisorCheckRecord &check, const Result<AdvisorResultPtr> &result)
{
    if (state() != State::Running)
        return;
    --m_onTheirWay;
    if (!result) {
        const Error &error = result.error();
        if (error.kind == Error::Kind::Throttled && ++m_refusedInARow > mostRefusedResults)
            return finish(error);
        if (error.kind == Error::Kind::Throttled && ++m_refusals[check.checkId] <= mostRefusals) {
            ++m_backingOff;
            QTimer::singleShot(advisorBackOff(m_options.backOff, m_refusals.value(check.checkId)), m_call.get(),
                               [this, check] {
                                   --m_backingOff;
                                   m_waiting.push_back(check);
                                   pump();
                               });
            return pump();
        }
        if (error.kind == Error::Kind::NoCredentials || error.kind == Error::Kind::CredentialsFile
            || ++m_failuresInARow > mostFailuresInARow)
            return finish(error);
        m_failures.insert(check.checkId, error);
        return settle();
    }
    m_failuresInARow = m_refusedInARow = 0;
    ++m_fetched;
    const QObject *alive = m_call.get();
    Q_EMIT resultCame(check, *result);
    if (m_call.get() != alive || !alive)
        return; // whoever heard of it stopped the job
    if (!m_options.keep)
        return settle();
    ++m_beingKept;
    m_archive.storeResult(check, m_options.language, *result, m_call.get(),
                          [this, check](const Result<qint64> &stored) {
                              --m_beingKept;
                              if (!stored)
                                  m_failures.insert(check.checkId, stored.error());
                              settle();
                          });
    pump();
}

void AdvisorLoadJob::finishLoaded()
{
    if (!m_options.keep || m_options.wanted || !m_options.checkIds.isEmpty())
        return finish();
    m_archive.storeLoad(m_account.id, m_call.get(), [this](const Result<void> &stored) { finish(stored); });
}

void AdvisorLoadJob::settle()
{
    setProgress(++m_settled, m_planned);
    pump();
}

} // namespace casement
