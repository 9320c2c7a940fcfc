#include "aws/retry.h"

#include <algorithm>
#include <array>

namespace casement {

namespace {

// botocore/retries/standard.py, without the ones that Support's own limits are named like: CaseCreationLimitExceeded,
// AttachmentLimitExceeded and DescribeAttachmentLimitExceeded last minutes to an hour.
constexpr std::array throttlingCodes{
    QLatin1StringView("Throttling"),
    QLatin1StringView("ThrottlingException"),
    QLatin1StringView("ThrottledException"),
    QLatin1StringView("RequestThrottledException"),
    QLatin1StringView("TooManyRequestsException"),
    QLatin1StringView("ProvisionedThroughputExceededException"),
    QLatin1StringView("TransactionInProgressException"),
    QLatin1StringView("RequestLimitExceeded"),
    QLatin1StringView("BandwidthLimitExceeded"),
    QLatin1StringView("LimitExceededException"),
    QLatin1StringView("RequestThrottled"),
    QLatin1StringView("SlowDown"),
    QLatin1StringView("PriorRequestNotComplete"),
    QLatin1StringView("EC2ThrottledException"),
};
constexpr std::array transientCodes{
    QLatin1StringView("RequestTimeout"),
    QLatin1StringView("RequestTimeoutException"),
    QLatin1StringView("PriorRequestNotComplete"),
};

constexpr int retryCost = 5;
constexpr int timeoutRetryCost = 10;
constexpr int noRetryRefund = 1;
constexpr int longestDelaySeconds = 20;
constexpr std::chrono::milliseconds largestExtension{5'000};

template <class Codes> bool contains(const Codes &codes, const QString &code)
{
    return !code.isEmpty()
        && std::any_of(codes.begin(), codes.end(), [&](QLatin1StringView known) { return isCode(code, known); });
}

} // namespace

bool RetryQuota::acquire(int cost)
{
    if (cost > m_available)
        return false;
    m_available -= cost;
    return true;
}

void RetryQuota::release(int amount) { m_available = std::min(capacity, m_available + amount); }

bool isThrottlingCode(const QString &code) { return contains(throttlingCodes, code); }

bool isTransientCode(const QString &code) { return contains(transientCodes, code); }

Failure classify(const Error &error)
{
    if (error.kind == Error::Kind::Throttled || isThrottlingCode(error.code))
        return Failure::Throttling;
    if (isTransientCode(error.code))
        return Failure::Transient;
    switch (error.httpStatus) {
    case 500:
    case 502:
    case 503:
    case 504:
        return Failure::Transient;
    default:
        break;
    }
    switch (error.kind) {
    case Error::Kind::TimedOut:
        return Failure::Timeout;
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::Dropped:
        return Failure::Transient;
    default:
        return Failure::Final;
    }
}

RetryPlan::RetryPlan(int attempts, RetryQuota &quota, Random random)
    : m_attempts(std::max(1, attempts)), m_quota(quota), m_random(std::move(random))
{
}

std::optional<std::chrono::milliseconds> RetryPlan::afterFailure(const Error &error, bool repeatable,
                                                                 const QByteArray &retryAfter)
{
    const Failure failure = classify(error);
    if (failure == Failure::Final || m_attempt >= m_attempts)
        return {};
    if (!repeatable && error.effect != Error::Effect::None)
        return {};
    const int cost = failure == Failure::Timeout ? timeoutRetryCost : retryCost;
    if (!m_quota.acquire(cost))
        return {};
    m_lastCost = cost;

    const double ceiling = m_attempt > 5 ? longestDelaySeconds : std::min(1 << (m_attempt - 1), longestDelaySeconds);
    auto delay = std::chrono::milliseconds(qint64(m_random() * ceiling * 1000));
    bool isNumber = false;
    const qlonglong asked = retryAfter.trimmed().toLongLong(&isNumber);
    if (isNumber && asked > 0)
        delay = std::max(delay, std::min(std::chrono::milliseconds(asked), delay + largestExtension));
    ++m_attempt;
    return delay;
}

void RetryPlan::afterSuccess()
{
    m_quota.release(m_lastCost ? m_lastCost : noRetryRefund);
    m_lastCost = 0;
}

} // namespace casement
