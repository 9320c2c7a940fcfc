#include "demo/emulatorcatalog.h"

#include <algorithm>

namespace casement::demo {

namespace {

const DemoService *findService(const QString &code)
{
    static const QHash<QString, qsizetype> index = [] {
        QHash<QString, qsizetype> made;
        const QList<DemoService> &all = services();
        for (qsizetype i = 0; i < all.size(); ++i)
            made.insert(all.at(i).code, i);
        return made;
    }();
    const auto it = index.constFind(code);
    return it == index.cend() ? nullptr : &services().at(*it);
}

EmulatorAnswer notOneOf(const char *member, const QString &value)
{
    return invalid(
        QStringLiteral("1 validation error detected: Value '%1' at '%2' failed to satisfy constraint: Member is "
                       "not a valid %2")
            .arg(value, QLatin1StringView(member)));
}

/// Languages in which people of AWS answer at once; the others are served as well as can be.
bool isServedBest(const QString &language)
{
    return language == QLatin1StringView("en") || language == QLatin1StringView("ja")
        || language == QLatin1StringView("zh") || language == QLatin1StringView("ko");
}

} // namespace

bool EmulatorCatalog::isCaseLanguage(const QString &code)
{
    const QList<DemoLanguage> &all = caseLanguages();
    return std::any_of(all.begin(), all.end(), [&code](const DemoLanguage &language) { return language.code == code; });
}

std::optional<EmulatorAnswer> EmulatorCatalog::check(const QString &issueType, const QString &serviceCode,
                                                     const QString &categoryCode, const QString &language)
{
    if (issueType == QLatin1StringView("service-limit-increase")
        || serviceCode.startsWith(QLatin1StringView("service-limit-increase"))) {
        return invalid(
            QStringLiteral("Service limit increases can't be requested with the AWS Support API. Use Service "
                           "Quotas or the AWS Support Center Console."));
    }
    if (!issueType.isEmpty() && issueType != QLatin1StringView("technical")
        && issueType != QLatin1StringView("customer-service"))
        return notOneOf("issueType", issueType);
    if (!serviceCode.isEmpty() || !categoryCode.isEmpty()) {
        const DemoService *service = findService(serviceCode);
        if (!service)
            return notOneOf("serviceCode", serviceCode);
        const bool isKnown = categoryCode.isEmpty()
            || std::any_of(service->categories.begin(), service->categories.end(),
                           [&categoryCode](const DemoCategory &category) { return category.code == categoryCode; });
        if (!isKnown)
            return notOneOf("categoryCode", categoryCode);
        const bool isOfAnyType = serviceCode == QLatin1StringView("general-info");
        if (!issueType.isEmpty() && issueType != service->issueType && !isOfAnyType)
            return notOneOf("issueType", issueType);
    }
    if (!language.isEmpty() && !isCaseLanguage(language))
        return notOneOf("language", language);
    return std::nullopt;
}

EmulatorAnswer EmulatorCatalog::describeServices(const DescribeServices::Request &request, Call &)
{
    if (auto refusal = check({}, {}, {}, request.language))
        return *refusal;
    const QString language = request.language.isEmpty() ? QStringLiteral("en") : request.language;
    const bool all = request.serviceCodeList.isEmpty();
    if (all && m_services.contains(language))
        return {200, m_services.value(language), {}};

    DescribeServices::Response response;
    const auto add = [&response, &language](const DemoService &service) {
        Service shape{service.code, service.name.in(language), {}};
        for (const DemoCategory &category : service.categories)
            shape.categories.append({category.code, category.name.in(language)});
        response.services.append(shape);
    };
    if (all) {
        std::for_each(services().begin(), services().end(), add);
        m_services.insert(language, encode(response));
        return {200, m_services.value(language), {}};
    }
    for (const QString &code : request.serviceCodeList) {
        if (const DemoService *service = findService(code))
            add(*service);
    }
    return answered(response);
}

EmulatorAnswer EmulatorCatalog::describeSeverityLevels(const DescribeSeverityLevels::Request &request, Call &call)
{
    if (auto refusal = check({}, {}, {}, request.language))
        return *refusal;
    DescribeSeverityLevels::Response response;
    for (const DemoSeverity &severity : severityLevels()) {
        if (call.state.account.severityCodes.contains(severity.code))
            response.severityLevels.append({severity.code, severity.name.in(request.language)});
    }
    return answered(response);
}

EmulatorAnswer EmulatorCatalog::describeSupportedLanguages(const DescribeSupportedLanguages::Request &request, Call &)
{
    if (auto refusal = check(request.issueType, request.serviceCode, request.categoryCode, {}))
        return *refusal;
    DescribeSupportedLanguages::Response response;
    for (const DemoLanguage &language : caseLanguages())
        response.supportedLanguages.append({language.code, language.display.toUpper(), language.display});
    return answered(response);
}

EmulatorAnswer EmulatorCatalog::describeCreateCaseOptions(const DescribeCreateCaseOptions::Request &request, Call &call)
{
    if (auto refusal = check(request.issueType, request.serviceCode, request.categoryCode, {}))
        return *refusal;
    DescribeCreateCaseOptions::Response response;
    const QString &language = request.language;
    response.languageAvailability = !isCaseLanguage(language) ? QStringLiteral("unavailable")
        : isServedBest(language)                              ? QStringLiteral("available")
                                                              : QStringLiteral("best_effort");
    const QString always = QStringLiteral("00:00:00.000");
    const QString lastMoment = QStringLiteral("23:59:59.999");
    response.communicationTypes.append({QStringLiteral("web"), {{always, lastMoment}}, {}});
    if (!isCaseLanguage(language))
        return answered(response);

    // Offices in the customers' part of the world: an end before its start crosses midnight.
    CommunicationTypeOptions chat{QStringLiteral("chat"), {{always, lastMoment}}, {}};
    if (language == QLatin1StringView("ja"))
        chat.supportedHours = {{QStringLiteral("00:00:00.000"), QStringLiteral("09:00:00.000")}};
    else if (!isServedBest(language))
        chat.supportedHours = {{QStringLiteral("22:00:00.000"), QStringLiteral("06:00:00.000")}};
    const int year = utc(call.now).date().year();
    if (language != QLatin1StringView("en")) {
        chat.datesWithoutSupport.append({QStringLiteral("%1-12-31T00:00:00.000+00:00").arg(year),
                                         QStringLiteral("%1-01-03T23:59:59.999+00:00").arg(year + 1)});
    }
    CommunicationTypeOptions phone = chat;
    phone.type = QStringLiteral("call");
    response.communicationTypes.append(chat);
    response.communicationTypes.append(phone);
    return answered(response);
}

} // namespace casement::demo
