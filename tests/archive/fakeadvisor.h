#pragma once

#include "archive/advisorarchive.h"
#include "archivefixture.h"
#include "aws/serviceconnection.h"
#include "base/job.h"
#include "support/client.h"

#include <QPointer>
#include <QSet>

#include <algorithm>

/// Trusted Advisor without HTTP: counted, of known content, and open to mischief.
namespace casement::test {

using namespace Qt::StringLiterals;

class FakeAdvisor final : public ServiceConnection
{
public:
    using ServiceConnection::ServiceConnection;
    using Answer = Result<ServiceAnswer>;

    QList<TrustedAdvisorCheckDescription> checks;
    QHash<QString, TrustedAdvisorCheckResult> results;
    QHash<QString, QByteArray> bodies; ///< answered instead of a result
    QSet<QString> unrefreshable;
    QSet<QString> vanished; ///< still in the catalogue, and not known any more
    QHash<QString, QStringList> states; ///< of refreshes, those that follow `enqueued`; the last one stays
    QHash<QString, int> refusals; ///< so many times ThrottlingException for a result or a refresh of a check
    qint64 pause = 0; ///< millisUntilNextRefreshable
    int emptyCatalogues = 0; ///< so many times no check is listed
    QString refusal; ///< the code with which everything is refused; empty: nothing is
    QString refusedRefresh; ///< the same of refreshes alone
    QString otherCheck; ///< which refreshes that are asked for are said to be of; empty: of their own
    bool speaks = true; ///< names the check in what it refuses
    QStringList calls; ///< `Checks`, `Summaries 3`, `Result id`, `Refresh id`, `Statuses 2`
    int inFlight = 0;
    int mostInFlight = 0;

    /// Adds a check with so many resources in status `warning`.
    void add(const QString &id, int resources, const QString &time = u"2026-11-20T10:00:00Z"_s)
    {
        checks.append({id, u"Check "_s + id, u"<b>About</b> "_s + id, u"security"_s, {u"Region"_s, u"Name"_s}});
        set(id, resources, time);
    }
    void set(const QString &id, int resources, const QString &time)
    {
        TrustedAdvisorCheckResult result;
        result.checkId = id;
        result.status = resources > 0 ? u"warning"_s : u"ok"_s;
        result.timestamp = time;
        result.resourcesSummary = TrustedAdvisorResourcesSummary{resources + 10, resources, 0, 0};
        result.categorySpecificSummary.emplace();
        for (int i = 0; i < resources; ++i) {
            TrustedAdvisorResourceDetail detail;
            detail.status = u"warning"_s;
            detail.region = u"us-east-1"_s;
            detail.resourceId = u"%1-%2"_s.arg(id).arg(i);
            detail.isSuppressed = false;
            detail.metadata = {u"us-east-1"_s, u"name-%1 of %2"_s.arg(i).arg(id)};
            result.flaggedResources.append(detail);
        }
        results.insert(id, result);
    }

    /// The service forgets a check, its catalogue does, too.
    void remove(const QString &id)
    {
        checks.removeIf([&id](const TrustedAdvisorCheckDescription &check) { return check.id == id; });
        vanished.insert(id);
    }

    int count(const QString &call) const
    {
        return int(std::count_if(calls.cbegin(), calls.cend(), [&](const QString &c) { return c.startsWith(call); }));
    }

    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override
    {
        const Answer answer = answerTo(request);
        mostInFlight = std::max(mostInFlight, ++inFlight);
        QMetaObject::invokeMethod(
            this,
            [this, guard = QPointer<QObject>(context), callback = std::move(callback), answer] {
                --inFlight;
                if (guard)
                    callback(answer);
            },
            Qt::QueuedConnection);
    }

private:
    static Answer refuse(const QString &code, const QString &text)
    {
        return Error{.kind = Error::Kind::Refused, .code = code, .message = text, .httpStatus = 400};
    }
    Answer noCheck(const QString &id) const
    {
        return refuse(u"InvalidParameterValueException"_s,
                      speaks ? u"Check %1 is not known."_s.arg(id) : u"There is no such check."_s);
    }
    Answer notRefreshable(const QString &id) const
    {
        return refuse(u"InvalidParameterValueException"_s,
                      u"[UNREFRESHABLE_CHECK_ID_ERROR] "_s
                          + (speaks ? u"Check %1 is not refreshable."_s.arg(id) : u"A check is not refreshable."_s));
    }
    bool isThrottled(const QString &id)
    {
        int &left = refusals[id];
        return left > 0 && left-- > 0;
    }
    static Answer throttled() { return Error{.kind = Error::Kind::Throttled, .code = u"ThrottlingException"_s}; }
    template <class Response> static Answer ok(const Response &response)
    {
        return ServiceAnswer{encode(response), u"request-1"_s};
    }
    template <class Operation> static auto read(const ServiceRequest &request)
    {
        return *decode<typename Operation::Request>(request.body, nullptr, Reading::Strict);
    }

    Answer answerTo(const ServiceRequest &request)
    {
        if (!refusal.isEmpty())
            return refuse(refusal, u"No."_s);
        if (request.operation == DescribeTrustedAdvisorChecks::name) {
            calls.append(u"Checks"_s);
            if (emptyCatalogues > 0 && emptyCatalogues-- > 0)
                return ok(DescribeTrustedAdvisorChecks::Response{});
            return ok(DescribeTrustedAdvisorChecks::Response{checks});
        }
        if (request.operation == DescribeTrustedAdvisorCheckSummaries::name)
            return summaries(read<DescribeTrustedAdvisorCheckSummaries>(request).checkIds);
        if (request.operation == DescribeTrustedAdvisorCheckResult::name)
            return result(read<DescribeTrustedAdvisorCheckResult>(request).checkId);
        if (request.operation == RefreshTrustedAdvisorCheck::name)
            return refresh(read<RefreshTrustedAdvisorCheck>(request).checkId);
        return statuses(read<DescribeTrustedAdvisorCheckRefreshStatuses>(request).checkIds);
    }

    Answer summaries(const QStringList &ids)
    {
        calls.append(u"Summaries %1"_s.arg(ids.size()));
        DescribeTrustedAdvisorCheckSummaries::Response response;
        for (const QString &id : ids) {
            if (vanished.contains(id))
                return noCheck(id);
            const TrustedAdvisorCheckResult result = results.value(id);
            TrustedAdvisorCheckSummary summary;
            summary.checkId = id;
            summary.status = result.status;
            summary.timestamp = result.timestamp;
            summary.hasFlaggedResources = !result.flaggedResources.isEmpty();
            summary.resourcesSummary = result.resourcesSummary;
            summary.categorySpecificSummary = result.categorySpecificSummary;
            response.summaries.append(summary);
        }
        return ok(response);
    }

    Answer result(const QString &id)
    {
        calls.append(u"Result "_s + id);
        if (isThrottled(id))
            return throttled();
        if (vanished.contains(id))
            return noCheck(id);
        if (bodies.contains(id))
            return ServiceAnswer{bodies.value(id), u"request-2"_s};
        return ok(DescribeTrustedAdvisorCheckResult::Response{results.value(id)});
    }

    TrustedAdvisorCheckRefreshStatus stateOf(const QString &id, bool advance)
    {
        QStringList &left = states[id];
        if (advance && left.size() > 1)
            left.removeFirst();
        const QString state = left.isEmpty() ? u"none"_s : left.first();
        if (state == u"success"_s && advance)
            results[id].timestamp = u"2026-11-26T12:00:00Z"_s;
        return {id, state, pause};
    }

    Answer refresh(const QString &id)
    {
        calls.append(u"Refresh "_s + id);
        if (!refusedRefresh.isEmpty())
            return refuse(refusedRefresh, u"No."_s);
        if (isThrottled(id))
            return throttled();
        if (vanished.contains(id))
            return noCheck(id);
        if (unrefreshable.contains(id))
            return notRefreshable(id);
        states[id].prepend(u"enqueued"_s);
        TrustedAdvisorCheckRefreshStatus status = stateOf(id, false);
        if (!otherCheck.isEmpty())
            status.checkId = otherCheck;
        return ok(RefreshTrustedAdvisorCheck::Response{status});
    }

    Answer statuses(const QStringList &ids)
    {
        calls.append(u"Statuses %1"_s.arg(ids.size()));
        DescribeTrustedAdvisorCheckRefreshStatuses::Response response;
        for (const QString &id : ids) {
            if (vanished.contains(id))
                return noCheck(id);
            if (unrefreshable.contains(id))
                return notRefreshable(id);
        }
        for (const QString &id : ids)
            response.statuses.append(stateOf(id, true));
        return ok(response);
    }
};

/// A service, an archive, and jobs that are waited for.
struct AdvisorFixture
{
    AdvisorFixture() { account = archive.account(); }

    /// Runs to the end; the job stays.
    static Result<void> run(Job &job)
    {
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return job.result();
    }

    QList<AdvisorCheckRecord> checks(const QString &language = u"en"_s)
    {
        const auto list = answerOf<QList<AdvisorCheckRecord>>(
            [&](auto done) { advisor.loadChecks(account.id, language, &advisor, std::move(done)); });
        return list ? *list : QList<AdvisorCheckRecord>();
    }
    AdvisorCheckRecord check(const QString &id)
    {
        for (const AdvisorCheckRecord &one : checks()) {
            if (one.checkId == id)
                return one;
        }
        return {};
    }
    AdvisorSnapshot snapshot(qint64 id)
    {
        const auto loaded =
            answerOf<AdvisorSnapshot>([&](auto done) { advisor.loadSnapshot(id, &advisor, std::move(done)); });
        return loaded ? *loaded : AdvisorSnapshot();
    }
    QList<AdvisorSnapshotRecord> snapshots(const QString &checkId)
    {
        const auto list = answerOf<QList<AdvisorSnapshotRecord>>(
            [&](auto done) { advisor.loadSnapshots(account.id, checkId, &advisor, std::move(done)); });
        return list ? *list : QList<AdvisorSnapshotRecord>();
    }

    FakeAdvisor service;
    Client client{service};
    ArchiveFixture archive;
    AdvisorArchive advisor{archive.archive()};
    AccountRecord account;
};

} // namespace casement::test
