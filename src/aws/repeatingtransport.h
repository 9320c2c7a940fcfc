#pragma once

#include "aws/retry.h"
#include "aws/transport.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace casement {

/// Sends again what services of keys (AWS STS, IAM Identity Center) answered with "too many calls" or 5xx, and what
/// broke off: at most five times in all, with the waits of RetryPlan, within the request's totalLimit. A host that
/// can't be reached or does not answer is told at once. Of a request that is not `repeatable` only what certainly did
/// nothing is sent again.
class RepeatingTransport final : public Transport
{
    Q_OBJECT

public:
    /// What an answer that isn't 200 says.
    using Judge = Error (*)(const HttpAnswer &answer);

    RepeatingTransport(std::unique_ptr<Transport> transport, Judge judge, QObject *parent = nullptr);
    ~RepeatingTransport() override;

    Id send(const HttpRequest &request, Callback callback) override;
    void abort(Id id) override;

private:
    struct Exchange;

    void attempt(Id id);
    void take(Id id, HttpAnswer &&answer);

    Judge m_judge;
    RetryQuota m_quota;
    Id m_last = 0;
    std::unordered_map<Id, std::unique_ptr<Exchange>> m_exchanges;
    std::unique_ptr<Transport> m_transport; // last, so that it ends before what its callbacks touch
};

} // namespace casement
