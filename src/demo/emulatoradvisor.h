#pragma once

#include "demo/emulatorcall.h"
#include "support/advisor.h"

#include <QHash>

namespace casement::demo {

/// The part of the emulator that is Trusted Advisor: a catalogue, results, and refreshes that advance with the clock.
class EmulatorAdvisor
{
public:
    static constexpr qint64 enqueuedFor = 3'000; ///< milliseconds
    static constexpr qint64 processingFor = 9'000;
    static constexpr qint64 abandonedFor = 3'600'000; ///< then the status is `none` again

    explicit EmulatorAdvisor(const DemoData &data) : m_data(data) { }

    EmulatorAnswer describeChecks(const DescribeTrustedAdvisorChecks::Request &request, Call &call);
    EmulatorAnswer describeResult(const DescribeTrustedAdvisorCheckResult::Request &request, Call &call);
    EmulatorAnswer describeSummaries(const DescribeTrustedAdvisorCheckSummaries::Request &request, Call &call);
    EmulatorAnswer describeRefreshStatuses(const DescribeTrustedAdvisorCheckRefreshStatuses::Request &request,
                                           Call &call);
    EmulatorAnswer refresh(const RefreshTrustedAdvisorCheck::Request &request, Call &call);

private:
    const DemoCheck *find(const QString &checkId);
    TrustedAdvisorCheckRefreshStatus status(const DemoCheck &check, Call &call) const;
    static void settle(const QString &checkId, Call &call);

    const DemoData &m_data;
    QHash<QString, qsizetype> m_index;
    QHash<QString, QByteArray> m_catalogues; ///< whole answers by language
};

} // namespace casement::demo
