#include "demo/emulatoradvisor.h"

#include <QStringList>

#include <algorithm>

namespace casement::demo {

namespace {

bool isAdvisorLanguage(const QString &code)
{
    static const QStringList known{QStringLiteral("zh"),    QStringLiteral("zh_TW"), QStringLiteral("en"),
                                   QStringLiteral("fr"),    QStringLiteral("de"),    QStringLiteral("id"),
                                   QStringLiteral("it"),    QStringLiteral("ja"),    QStringLiteral("ko"),
                                   QStringLiteral("pt_BR"), QStringLiteral("es")};
    return known.contains(code);
}

EmulatorAnswer wrongLanguage(const QString &language)
{
    return refused("InvalidParameterValueException", QStringLiteral("Language %1 is not supported.").arg(language));
}

EmulatorAnswer noSuchCheck(const QString &checkId)
{
    return refused("InvalidParameterValueException", QStringLiteral("Check %1 does not exist.").arg(checkId));
}

EmulatorAnswer notRefreshable(const QString &checkId)
{
    return refused("InvalidParameterValueException",
                   QStringLiteral("[UNREFRESHABLE_CHECK_ID_ERROR] Check %1 is not refreshable.").arg(checkId));
}

/// Shape and numbers that result and summary have in common.
template <class Shape> void fill(Shape &shape, const DemoCheckResult &result, const DemoCheck &check)
{
    shape.checkId = result.checkId;
    shape.status = result.status;
    if (result.timestamp.isValid())
        shape.timestamp = result.timestamp.toUTC().toString(Qt::ISODate);
    shape.resourcesSummary = TrustedAdvisorResourcesSummary{result.resourcesProcessed, result.resourcesFlagged,
                                                            result.resourcesIgnored, result.resourcesSuppressed};
    TrustedAdvisorCostOptimizingSummary savings{result.estimatedMonthlySavings, result.estimatedPercentMonthlySavings};
    shape.categorySpecificSummary.emplace();
    if (check.category == QLatin1StringView("cost_optimizing") || result.estimatedMonthlySavings != 0)
        shape.categorySpecificSummary->costOptimizing = savings;
}

bool isUnavailable(const DemoCheckResult &result) { return result.status == QLatin1StringView("not_available"); }

} // namespace

const DemoCheck *EmulatorAdvisor::find(const QString &checkId)
{
    if (m_index.size() != m_data.checks.size()) {
        for (qsizetype i = 0; i < m_data.checks.size(); ++i)
            m_index.insert(m_data.checks.at(i).id, i);
    }
    const auto it = m_index.constFind(checkId);
    return it == m_index.cend() ? nullptr : &m_data.checks.at(*it);
}

EmulatorAnswer EmulatorAdvisor::describeChecks(const DescribeTrustedAdvisorChecks::Request &request, Call &)
{
    if (!isAdvisorLanguage(request.language))
        return wrongLanguage(request.language);
    QByteArray &catalogue = m_catalogues[request.language];
    if (catalogue.isEmpty()) {
        DescribeTrustedAdvisorChecks::Response response;
        response.checks.reserve(m_data.checks.size());
        for (const DemoCheck &check : m_data.checks) {
            TrustedAdvisorCheckDescription shape{check.id,
                                                 check.name.in(request.language),
                                                 checkDescription(check, request.language),
                                                 check.category,
                                                 {}};
            for (const DemoText &heading : check.headings)
                shape.metadata.append(heading.in(request.language));
            response.checks.append(shape);
        }
        catalogue = encode(response);
    }
    return {200, catalogue, {}};
}

EmulatorAnswer EmulatorAdvisor::describeResult(const DescribeTrustedAdvisorCheckResult::Request &request, Call &call)
{
    const QString language = request.language.isEmpty() ? QStringLiteral("en") : request.language;
    if (!isAdvisorLanguage(language))
        return wrongLanguage(language);
    const DemoCheck *check = find(request.checkId);
    if (!check)
        return noSuchCheck(request.checkId);
    settle(request.checkId, call);
    const DemoCheckResult result = checkResult(m_data, call.state.account, *check, language);
    if (isUnavailable(result)) {
        // Nothing but these two members, whatever the model says is required (awslimitchecker#337).
        return {
            200, "{\"result\":{\"checkId\":\"" + request.checkId.toUtf8() + "\",\"status\":\"not_available\"}}", {}};
    }
    DescribeTrustedAdvisorCheckResult::Response response;
    TrustedAdvisorCheckResult &shape = response.result.emplace();
    fill(shape, result, *check);
    shape.flaggedResources.reserve(result.resources.size());
    for (const DemoResource &resource : result.resources) {
        shape.flaggedResources.append({resource.status, resource.region.value_or(QString()), resource.resourceId,
                                       resource.isSuppressed, resource.metadata});
    }
    return answered(response);
}

EmulatorAnswer EmulatorAdvisor::describeSummaries(const DescribeTrustedAdvisorCheckSummaries::Request &request,
                                                  Call &call)
{
    DescribeTrustedAdvisorCheckSummaries::Response response;
    response.summaries.reserve(request.checkIds.size());
    for (const QString &checkId : request.checkIds) {
        const DemoCheck *check = find(checkId);
        if (!check)
            return noSuchCheck(checkId);
        settle(checkId, call);
        const DemoCheckResult result = checkSummary(m_data, call.state.account, *check);
        TrustedAdvisorCheckSummary summary;
        if (isUnavailable(result)) {
            summary.checkId = checkId;
            summary.status = result.status;
        } else {
            fill(summary, result, *check);
            summary.hasFlaggedResources = result.resourcesFlagged > 0;
        }
        response.summaries.append(summary);
    }
    return answered(response);
}

/// Moves a refresh on to where it stands by now.
void EmulatorAdvisor::settle(const QString &checkId, Call &call)
{
    const auto it = call.state.account.checkStates.find(checkId);
    if (it == call.state.account.checkStates.end() || !it->requestedAt.isValid())
        return;
    const qint64 requested = it->requestedAt.toMSecsSinceEpoch();
    const qint64 age = call.now - requested;
    const bool isUnderWay =
        it->refreshStatus == QLatin1StringView("enqueued") || it->refreshStatus == QLatin1StringView("processing");
    if (isUnderWay && age >= processingFor) {
        // One refresh in thirty fails; which one is a matter of its time.
        const bool fails = requested / 7 % 30 == 17;
        it->refreshStatus = fails ? QStringLiteral("abandoned") : QStringLiteral("success");
        if (!fails)
            it->refreshedAt = utc(requested + processingFor);
    } else if (isUnderWay && age >= enqueuedFor) {
        it->refreshStatus = QStringLiteral("processing");
    }
    if (it->refreshStatus == QLatin1StringView("abandoned") && age >= abandonedFor)
        it->refreshStatus = QStringLiteral("none");
}

TrustedAdvisorCheckRefreshStatus EmulatorAdvisor::status(const DemoCheck &check, Call &call) const
{
    settle(check.id, call);
    const DemoCheckState state = call.state.account.checkStates.value(check.id);
    TrustedAdvisorCheckRefreshStatus shape;
    shape.checkId = check.id;
    shape.status = state.refreshStatus.isEmpty() ? QStringLiteral("none") : state.refreshStatus;
    shape.millisUntilNextRefreshable =
        state.nextRefreshable.isValid() ? std::max<qint64>(0, state.nextRefreshable.toMSecsSinceEpoch() - call.now) : 0;
    return shape;
}

EmulatorAnswer
EmulatorAdvisor::describeRefreshStatuses(const DescribeTrustedAdvisorCheckRefreshStatuses::Request &request, Call &call)
{
    DescribeTrustedAdvisorCheckRefreshStatuses::Response response;
    for (const QString &checkId : request.checkIds) {
        const DemoCheck *check = find(checkId);
        if (!check)
            return noSuchCheck(checkId);
        if (!check->refreshable)
            return notRefreshable(checkId);
        response.statuses.append(status(*check, call));
    }
    return answered(response);
}

EmulatorAnswer EmulatorAdvisor::refresh(const RefreshTrustedAdvisorCheck::Request &request, Call &call)
{
    const DemoCheck *check = find(request.checkId);
    if (!check)
        return noSuchCheck(request.checkId);
    if (!check->refreshable)
        return notRefreshable(request.checkId);
    RefreshTrustedAdvisorCheck::Response response;
    response.status = status(*check, call);
    if (response.status->millisUntilNextRefreshable == 0) {
        // Security checks may be asked again soon, the others after an hour.
        const qint64 pause = check->category == QLatin1StringView("security") ? 300'000 : 3'600'000;
        DemoCheckState &state = call.state.account.checkStates[request.checkId];
        state.refreshStatus = QStringLiteral("enqueued");
        state.requestedAt = utc(call.now);
        state.nextRefreshable = utc(call.now + pause);
        response.status = status(*check, call);
    }
    return answered(response);
}

} // namespace casement::demo
