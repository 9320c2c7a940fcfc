#include "aws/repeatingtransport.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace casement {

namespace {

constexpr int mostSends = 5;

/// What is of no use for keys now may be so in a moment: not who can't be reached, since others ask again later.
bool isWorthAnotherSend(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::TimedOut:
        return false;
    default:
        return classify(error) != Failure::Final;
    }
}

} // namespace

struct RepeatingTransport::Exchange
{
    Exchange(const HttpRequest &wanted, Callback told, RetryQuota &quota)
        : request(wanted), callback(std::move(told)),
          plan(mostSends, quota, [] { return QRandomGenerator::global()->generateDouble(); })
    {
        pause.setSingleShot(true);
        begun.start();
    }

    HttpRequest request;
    Callback callback;
    RetryPlan plan;
    QElapsedTimer begun;
    QTimer pause;
    Id sent = 0; ///< 0: none is under way
};

RepeatingTransport::RepeatingTransport(std::unique_ptr<Transport> transport, Judge judge, QObject *parent)
    : Transport(parent), m_judge(judge), m_transport(std::move(transport))
{
}

RepeatingTransport::~RepeatingTransport() = default;

Transport::Id RepeatingTransport::send(const HttpRequest &request, Callback callback)
{
    const Id id = ++m_last;
    auto exchange = std::make_unique<Exchange>(request, std::move(callback), m_quota);
    connect(&exchange->pause, &QTimer::timeout, this, [this, id] { attempt(id); });
    m_exchanges.emplace(id, std::move(exchange));
    attempt(id);
    return id;
}

void RepeatingTransport::abort(Id id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    const Id sent = found->second->sent;
    m_exchanges.erase(found);
    if (sent)
        m_transport->abort(sent);
}

void RepeatingTransport::attempt(Id id)
{
    Exchange &exchange = *m_exchanges.at(id);
    HttpRequest request = exchange.request;
    const std::chrono::milliseconds left = request.totalLimit - std::chrono::milliseconds(exchange.begun.elapsed());
    request.totalLimit = std::max(left, std::chrono::milliseconds(1));
    exchange.sent = m_transport->send(request, [this, id](HttpAnswer &&answer) { take(id, std::move(answer)); });
}

void RepeatingTransport::take(Id id, HttpAnswer &&answer)
{
    Exchange &exchange = *m_exchanges.at(id);
    exchange.sent = 0;
    const bool hasCome = answer.error.kind == Error::Kind::None;
    if (!hasCome || answer.status != 200) {
        Error error = hasCome ? m_judge(answer) : answer.error;
        if (!hasCome)
            error.effect = answer.bodyLeft ? Error::Effect::Unknown : Error::Effect::None;
        if (isWorthAnotherSend(error)) {
            const auto wait =
                exchange.plan.afterFailure(error, exchange.request.repeatable, answer.header("x-amz-retry-after"));
            if (wait && std::chrono::milliseconds(exchange.begun.elapsed()) + *wait < exchange.request.totalLimit)
                return exchange.pause.start(*wait);
        }
    } else {
        exchange.plan.afterSuccess();
    }
    const Callback callback = std::move(exchange.callback);
    m_exchanges.erase(id);
    callback(std::move(answer)); // which may be the end of this object
}

} // namespace casement
