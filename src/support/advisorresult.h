#pragma once

#include "support/advisor.h"

#include <QMetaType>

#include <memory>

namespace casement {

/// A resource that a check of Trusted Advisor tells of. Texts live as long as the AdvisorResult.
struct AdvisorResource
{
    Text status; ///< `ok`, `warning`, `error`; the colour of the row, wherever a heading "Status" stands
    Text region; ///< may be empty or `-`
    Text resourceId; ///< opaque; what tells resources of a check apart
    std::optional<bool> isSuppressed;
    std::vector<Text> metadata; ///< values by the check's headings; shorter and longer happen, null is empty

    static constexpr auto shape()
    {
        using T = AdvisorResource;
        return std::tuple(field("status", &T::status), field("region", &T::region), field("resourceId", &T::resourceId),
                          field("isSuppressed", &T::isSuppressed), field("metadata", &T::metadata));
    }

    bool suppressed() const { return isSuppressed.value_or(false); }
    /// The value under a heading; empty when the resource has none there.
    Text value(size_t heading) const { return heading < metadata.size() ? metadata[heading] : Text(); }
};

/// The result of one check with all its resources, as the service answered it: 100,000 of them are one block of memory.
/// What DescribeTrustedAdvisorCheckResult calls required may be missing: `{"checkId","status"}` is a whole result.
class AdvisorResult
{
public:
    /// Reads the body of an answer. For a pool thread: it may be tens of megabytes.
    static Result<std::shared_ptr<const AdvisorResult>> read(const QByteArray &body);

    QString checkId;
    QString timestamp; ///< as the service wrote it; may be empty
    QString status; ///< `ok`, `warning`, `error`, `not_available`
    TrustedAdvisorResourcesSummary counts;
    bool hasCounts = false; ///< the answer had them
    TrustedAdvisorCostOptimizingSummary savings;
    std::vector<AdvisorResource> resources;
    /// As many values as the longest row has; more than the check has headings happens.
    size_t widest = 0;

    /// The answer, which texts are views of.
    const QByteArray &body() const { return m_body; }

private:
    AdvisorResult() = default;

    QByteArray m_body;
    Arena m_escaped{1024};
};

using AdvisorResultPtr = std::shared_ptr<const AdvisorResult>;

/// How bad a status is, for sorting and for what became better or worse: `ok` 0, unknown ones and `not_available` 1,
/// `warning` 2, `error` 3.
int advisorSeverity(std::string_view status);

/// What became of a resource from one result to a later one.
enum class AdvisorChange : quint8 {
    Same,
    New,
    Gone,
    Worse,
    Better,
    Changed, ///< other values, the same status
};

/// What differs between two results of a check.
struct AdvisorDifference
{
    std::vector<AdvisorChange> changes; ///< of each resource of the later result: all but Gone
    std::vector<size_t> gone; ///< resources of the earlier one that the later one lacks
    qsizetype count(AdvisorChange change) const;
};

/// Compares by resourceId; where one stands more than once, in the order of the results, after whole equals. For a pool
/// thread.
AdvisorDifference compareResults(const AdvisorResult &earlier, const AdvisorResult &later);

} // namespace casement

Q_DECLARE_METATYPE(casement::AdvisorResultPtr)
