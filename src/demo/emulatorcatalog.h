#pragma once

#include "demo/emulatorcall.h"
#include "support/catalog.h"

#include <QHash>

namespace casement::demo {

/// The part of the emulator that knows services, severities and languages.
class EmulatorCatalog
{
public:
    EmulatorAnswer describeServices(const DescribeServices::Request &request, Call &call);
    EmulatorAnswer describeSeverityLevels(const DescribeSeverityLevels::Request &request, Call &call);
    EmulatorAnswer describeSupportedLanguages(const DescribeSupportedLanguages::Request &request, Call &call);
    EmulatorAnswer describeCreateCaseOptions(const DescribeCreateCaseOptions::Request &request, Call &call);

    /// Refuses an issue type, service, category or language that there isn't, and a service of the other type; empty
    /// ones pass.
    static std::optional<EmulatorAnswer> check(const QString &issueType, const QString &serviceCode,
                                               const QString &categoryCode, const QString &language);
    static bool isCaseLanguage(const QString &code);

private:
    QHash<QString, QByteArray> m_services; ///< whole answers by language
};

} // namespace casement::demo
