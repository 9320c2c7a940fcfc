#include "support/advisorresult.h"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_map>

namespace casement {

namespace {

struct ReadResult
{
    QString checkId;
    QString timestamp;
    QString status;
    std::optional<TrustedAdvisorResourcesSummary> resourcesSummary;
    std::optional<TrustedAdvisorCategorySpecificSummary> categorySpecificSummary;
    std::vector<AdvisorResource> flaggedResources;

    static constexpr auto shape()
    {
        using T = ReadResult;
        return std::tuple(field("checkId", &T::checkId), field("timestamp", &T::timestamp), field("status", &T::status),
                          field("resourcesSummary", &T::resourcesSummary),
                          field("categorySpecificSummary", &T::categorySpecificSummary),
                          field("flaggedResources", &T::flaggedResources, exact));
    }
};

struct ReadAnswer
{
    std::optional<ReadResult> result;

    static constexpr auto shape() { return std::tuple(field("result", &ReadAnswer::result, essential)); }
};

bool sameValues(const AdvisorResource &a, const AdvisorResource &b)
{
    return a.status == b.status && a.region == b.region && a.suppressed() == b.suppressed() && a.metadata == b.metadata;
}

AdvisorChange changeOf(const AdvisorResource &earlier, const AdvisorResource &later)
{
    const int before = advisorSeverity(earlier.status.view());
    const int after = advisorSeverity(later.status.view());
    if (before != after)
        return after > before ? AdvisorChange::Worse : AdvisorChange::Better;
    return sameValues(earlier, later) ? AdvisorChange::Same : AdvisorChange::Changed;
}

/// Resources of the earlier result under one id, in their order.
struct Bucket
{
    std::vector<size_t> places;
    std::vector<bool> taken;
    size_t next = 0; ///< none before it is left

    /// The first that is left, or places.size().
    size_t first()
    {
        while (next < places.size() && taken[next])
            ++next;
        return next;
    }
};

/// What a resource is found by: its id, or, where it has none, all that is said of it.
class Keys
{
public:
    std::string_view of(const AdvisorResource &resource)
    {
        if (!resource.resourceId.isEmpty())
            return resource.resourceId.view();
        std::string &key = m_made.emplace_back(resource.region.view());
        for (const Text &value : resource.metadata)
            key.append(1, '\0').append(value.view());
        return key;
    }

private:
    std::deque<std::string> m_made;
};

constexpr size_t mostTwinsCompared = 64; // of one id: what many share is no id

} // namespace

Result<AdvisorResultPtr> AdvisorResult::read(const QByteArray &body)
{
    std::shared_ptr<AdvisorResult> made(new AdvisorResult);
    made->m_body = body;
    Result<ReadAnswer> answer = decodeInPlace<ReadAnswer>(made->m_body, made->m_escaped);
    if (!answer)
        return answer.error();
    ReadResult &read = *answer->result;
    made->checkId = std::move(read.checkId);
    made->timestamp = std::move(read.timestamp);
    made->status = std::move(read.status);
    made->hasCounts = read.resourcesSummary.has_value();
    made->counts = read.resourcesSummary.value_or(TrustedAdvisorResourcesSummary());
    if (read.categorySpecificSummary && read.categorySpecificSummary->costOptimizing)
        made->savings = *read.categorySpecificSummary->costOptimizing;
    made->resources = std::move(read.flaggedResources);
    for (const AdvisorResource &resource : made->resources)
        made->widest = std::max(made->widest, resource.metadata.size());
    return AdvisorResultPtr(std::move(made));
}

int advisorSeverity(std::string_view status)
{
    if (status == "ok")
        return 0;
    if (status == "warning")
        return 2;
    return status == "error" ? 3 : 1;
}

qsizetype AdvisorDifference::count(AdvisorChange change) const
{
    if (change == AdvisorChange::Gone)
        return qsizetype(gone.size());
    return qsizetype(std::count(changes.cbegin(), changes.cend(), change));
}

AdvisorDifference compareResults(const AdvisorResult &earlier, const AdvisorResult &later)
{
    Keys keys;
    std::unordered_map<std::string_view, Bucket> known;
    known.reserve(earlier.resources.size());
    for (size_t i = 0; i < earlier.resources.size(); ++i) {
        Bucket &bucket = known[keys.of(earlier.resources[i])];
        bucket.places.push_back(i);
        bucket.taken.push_back(false);
    }
    AdvisorDifference difference;
    difference.changes.assign(later.resources.size(), AdvisorChange::New);
    // What is wholly the same is paired first, so that a row that came before its twins makes none of them "changed".
    std::vector<std::pair<size_t, Bucket *>> open;
    for (size_t i = 0; i < later.resources.size(); ++i) {
        const auto at = known.find(keys.of(later.resources[i]));
        if (at == known.end())
            continue;
        Bucket &bucket = at->second;
        const size_t end = std::min(bucket.places.size(), bucket.first() + mostTwinsCompared);
        size_t k = bucket.first();
        while (k < end && (bucket.taken[k] || !sameValues(earlier.resources[bucket.places[k]], later.resources[i])))
            ++k;
        if (k < end) {
            bucket.taken[k] = true;
            difference.changes[i] = AdvisorChange::Same;
        } else {
            open.emplace_back(i, &bucket);
        }
    }
    for (const auto &[i, bucket] : open) {
        const size_t k = bucket->first();
        if (k == bucket->places.size())
            continue;
        difference.changes[i] = changeOf(earlier.resources[bucket->places[k]], later.resources[i]);
        bucket->taken[k] = true;
    }
    for (auto &[key, bucket] : known) {
        for (size_t k = bucket.first(); k < bucket.places.size(); ++k) {
            if (!bucket.taken[k])
                difference.gone.push_back(bucket.places[k]);
        }
    }
    std::sort(difference.gone.begin(), difference.gone.end());
    return difference;
}

} // namespace casement
