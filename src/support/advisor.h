#pragma once

#include "support/shape.h"

/// Trusted Advisor. In the aws partition these operations exist on us-east-1 only. Members that the model calls
/// required are missing in real answers, so every one may be absent here.
namespace casement {

struct TrustedAdvisorCheckDescription
{
    QString id;
    QString name;
    QString description; ///< an HTML fragment; never shown unsanitised
    QString category;
    QList<QString> metadata; ///< the column headings of the check's resources

    static constexpr auto shape()
    {
        using T = TrustedAdvisorCheckDescription;
        return std::tuple(field("id", &T::id), field("name", &T::name), field("description", &T::description),
                          field("category", &T::category), field("metadata", &T::metadata, always));
    }
};

/// The catalogue of checks, in `language`. Repeatable. May throttle.
struct DescribeTrustedAdvisorChecks
{
    static constexpr const char *name = "DescribeTrustedAdvisorChecks";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeTrustedAdvisorChecks;
        QString language;

        static constexpr auto shape() { return std::tuple(field("language", &Request::language, required)); }
    };
    struct Response
    {
        QList<TrustedAdvisorCheckDescription> checks;

        static constexpr auto shape() { return std::tuple(field("checks", &Response::checks, wholeList)); }
    };
};

struct TrustedAdvisorResourcesSummary
{
    qint64 resourcesProcessed = 0;
    qint64 resourcesFlagged = 0;
    qint64 resourcesIgnored = 0;
    qint64 resourcesSuppressed = 0;

    static constexpr auto shape()
    {
        using T = TrustedAdvisorResourcesSummary;
        return std::tuple(field("resourcesProcessed", &T::resourcesProcessed, always),
                          field("resourcesFlagged", &T::resourcesFlagged, always),
                          field("resourcesIgnored", &T::resourcesIgnored, always),
                          field("resourcesSuppressed", &T::resourcesSuppressed, always));
    }
    friend bool operator==(const TrustedAdvisorResourcesSummary &, const TrustedAdvisorResourcesSummary &) = default;
};

struct TrustedAdvisorCostOptimizingSummary
{
    double estimatedMonthlySavings = 0; ///< US dollars
    double estimatedPercentMonthlySavings = 0; ///< range not documented; shown as given

    static constexpr auto shape()
    {
        using T = TrustedAdvisorCostOptimizingSummary;
        return std::tuple(field("estimatedMonthlySavings", &T::estimatedMonthlySavings, always),
                          field("estimatedPercentMonthlySavings", &T::estimatedPercentMonthlySavings, always));
    }
    friend bool operator==(const TrustedAdvisorCostOptimizingSummary &,
                           const TrustedAdvisorCostOptimizingSummary &) = default;
};

struct TrustedAdvisorCategorySpecificSummary
{
    std::optional<TrustedAdvisorCostOptimizingSummary> costOptimizing;

    static constexpr auto shape()
    {
        return std::tuple(field("costOptimizing", &TrustedAdvisorCategorySpecificSummary::costOptimizing));
    }
};

struct TrustedAdvisorResourceDetail
{
    QString status;
    QString region;
    QString resourceId;
    std::optional<bool> isSuppressed;
    QList<QString> metadata; ///< values by the check's headings; null, shorter and longer happen

    static constexpr auto shape()
    {
        using T = TrustedAdvisorResourceDetail;
        return std::tuple(field("status", &T::status), field("region", &T::region), field("resourceId", &T::resourceId),
                          field("isSuppressed", &T::isSuppressed), field("metadata", &T::metadata, always));
    }
};

struct TrustedAdvisorCheckResult
{
    QString checkId;
    QString timestamp;
    QString status; ///< `ok`, `warning`, `error`, `not_available`
    std::optional<TrustedAdvisorResourcesSummary> resourcesSummary;
    std::optional<TrustedAdvisorCategorySpecificSummary> categorySpecificSummary;
    QList<TrustedAdvisorResourceDetail> flaggedResources;

    static constexpr auto shape()
    {
        using T = TrustedAdvisorCheckResult;
        return std::tuple(field("checkId", &T::checkId), field("timestamp", &T::timestamp), field("status", &T::status),
                          field("resourcesSummary", &T::resourcesSummary),
                          field("categorySpecificSummary", &T::categorySpecificSummary),
                          field("flaggedResources", &T::flaggedResources, always));
    }
};

/// One check with every flagged resource in one answer, which may be tens of megabytes. Repeatable. May throttle.
struct DescribeTrustedAdvisorCheckResult
{
    static constexpr const char *name = "DescribeTrustedAdvisorCheckResult";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeTrustedAdvisorCheckResult;
        QString checkId;
        QString language; ///< the one the catalogue was asked in, or headings and values differ

        static constexpr auto shape()
        {
            return std::tuple(field("checkId", &Request::checkId, required), field("language", &Request::language));
        }
    };
    struct Response
    {
        std::optional<TrustedAdvisorCheckResult> result;

        static constexpr auto shape() { return std::tuple(field("result", &Response::result)); }
    };
};

struct TrustedAdvisorCheckSummary
{
    QString checkId;
    QString timestamp;
    QString status;
    std::optional<bool> hasFlaggedResources;
    std::optional<TrustedAdvisorResourcesSummary> resourcesSummary;
    std::optional<TrustedAdvisorCategorySpecificSummary> categorySpecificSummary;

    static constexpr auto shape()
    {
        using T = TrustedAdvisorCheckSummary;
        return std::tuple(field("checkId", &T::checkId), field("timestamp", &T::timestamp), field("status", &T::status),
                          field("hasFlaggedResources", &T::hasFlaggedResources),
                          field("resourcesSummary", &T::resourcesSummary),
                          field("categorySpecificSummary", &T::categorySpecificSummary));
    }
};

/// Status and counters of many checks, without resources. Repeatable. May throttle.
struct DescribeTrustedAdvisorCheckSummaries
{
    static constexpr const char *name = "DescribeTrustedAdvisorCheckSummaries";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeTrustedAdvisorCheckSummaries;
        QList<QString> checkIds;

        static constexpr auto shape() { return std::tuple(field("checkIds", &Request::checkIds, required)); }
    };
    struct Response
    {
        QList<TrustedAdvisorCheckSummary> summaries;

        static constexpr auto shape() { return std::tuple(field("summaries", &Response::summaries, wholeList)); }
    };
};

struct TrustedAdvisorCheckRefreshStatus
{
    QString checkId;
    QString status; ///< `none`, `enqueued`, `processing`, `success`, `abandoned`
    std::optional<qint64> millisUntilNextRefreshable;

    static constexpr auto shape()
    {
        using T = TrustedAdvisorCheckRefreshStatus;
        return std::tuple(field("checkId", &T::checkId), field("status", &T::status),
                          field("millisUntilNextRefreshable", &T::millisUntilNextRefreshable));
    }
};

/// How far refreshes are. One check that refreshes by itself fails the whole call with `InvalidParameterValueException`
/// (`[UNREFRESHABLE_CHECK_ID_ERROR]`). Repeatable. May throttle.
struct DescribeTrustedAdvisorCheckRefreshStatuses
{
    static constexpr const char *name = "DescribeTrustedAdvisorCheckRefreshStatuses";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeTrustedAdvisorCheckRefreshStatuses;
        QList<QString> checkIds;

        static constexpr auto shape() { return std::tuple(field("checkIds", &Request::checkIds, required)); }
    };
    struct Response
    {
        QList<TrustedAdvisorCheckRefreshStatus> statuses;

        static constexpr auto shape() { return std::tuple(field("statuses", &Response::statuses, wholeList)); }
    };
};

/// Asks for a new run of a check. Repeatable: asked twice it answers the state of the first.
struct RefreshTrustedAdvisorCheck
{
    static constexpr const char *name = "RefreshTrustedAdvisorCheck";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = RefreshTrustedAdvisorCheck;
        QString checkId;

        static constexpr auto shape() { return std::tuple(field("checkId", &Request::checkId, required)); }
    };
    struct Response
    {
        std::optional<TrustedAdvisorCheckRefreshStatus> status;

        static constexpr auto shape() { return std::tuple(field("status", &Response::status)); }
    };
};

} // namespace casement
