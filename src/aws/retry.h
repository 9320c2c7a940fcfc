#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace casement {

/// What one connection may spend on retries; so that an outage isn't met with three times the calls.
class RetryQuota
{
public:
    static constexpr int capacity = 500;

    bool acquire(int cost);
    void release(int amount);
    int available() const { return m_available; }

private:
    int m_available = capacity;
};

/// How an attempt failed, as far as trying again is concerned.
enum class Failure {
    Final, ///< trying again changes nothing
    Transient, ///< 5xx, a dropped connection
    Timeout, ///< no answer in time; dearer than the others
    Throttling, ///< too many calls; the service did nothing
};

/// True for the codes that mean "too many calls" (api-facts.md §13), in whichever spelling.
bool isThrottlingCode(const QString &code);
/// True for codes that mean "try again".
bool isTransientCode(const QString &code);
/// Sorts an error by kind, code and status.
Failure classify(const Error &error);

/// botocore's standard mode for one call: how often, how long to wait, who pays. Randomness is passed in.
class RetryPlan
{
public:
    using Random = std::function<double()>; ///< in [0, 1)

    /// `attempts` counts the first one. The quota outlives the plan.
    RetryPlan(int attempts, RetryQuota &quota, Random random);

    /// After a failure: how long to wait before the next attempt, or nothing when this was the last one. A request that
    /// is not repeatable is tried again only when the error says that it has had no effect and isn't the service's own
    /// refusal. `retryAfter` is the answer's x-amz-retry-after in milliseconds; it lengthens the wait by five seconds
    /// at most.
    std::optional<std::chrono::milliseconds> afterFailure(const Error &error, bool repeatable,
                                                          const QByteArray &retryAfter = {});
    /// After success: gives back to the quota.
    void afterSuccess();

    int attempt() const { return m_attempt; } ///< from 1
    int attempts() const { return m_attempts; }

private:
    int m_attempts;
    int m_attempt = 1;
    int m_lastCost = 0;
    RetryQuota &m_quota;
    Random m_random;
};

} // namespace casement
