#include "aws/ratelimit.h"

#include <QElapsedTimer>
#include <QTimerEvent>

#include <algorithm>
#include <cmath>

namespace casement {

namespace {

constexpr int mostHalvings = 3;
// Of a learnt rate. The calls that were on their way with a refused one are refused for the same reason: they count
// once. Less and it waits longer than it must, more and the service refuses more than a call or two at a time.
constexpr double lessAfterRefusal = 0.97;
constexpr double moreEachSecond = 0.005;
// A service that has no room for bursts refuses again at once.
constexpr double lessWhenItGoesOn = 0.95;
constexpr qint64 goesOnWithin = 3000; // ms
constexpr int goesOnAfter = 2; // refusals that came so soon after another
constexpr qint64 refusedTogether = 1000; // ms
constexpr qint64 oneSecond = 1000;

qint64 monotonicMs()
{
    QElapsedTimer timer;
    timer.start();
    return timer.msecsSinceReference();
}

} // namespace

RateLimiter::Settings &RateLimiter::usual()
{
    static Settings settings;
    return settings;
}

RateLimiter::RateLimiter(const Settings &settings, QObject *parent, Clock clock)
    : QObject(parent), m_settings(settings), m_clock(clock ? std::move(clock) : Clock(monotonicMs)),
      m_tokens(std::max(1.0, settings.burst)), m_filledAt(m_clock())
{
}

bool RateLimiter::isUnlimited() const
{
    return m_settings.callsPerSecond <= 0 || (m_settings.untilRefused && m_learnt == 0);
}

double RateLimiter::rate() const
{
    return m_settings.untilRefused ? m_learnt : m_settings.callsPerSecond / double(1 << m_slowness);
}

double RateLimiter::burst() const { return m_refusalsInARow < goesOnAfter ? std::max(1.0, m_settings.burst) : 1.0; }

bool RateLimiter::isSlow() const { return (m_slowness > 0 || m_learnt > 0) && m_clock() < m_slowUntil; }

void RateLimiter::refill()
{
    const qint64 now = m_clock();
    if (m_slowness > 0 && now >= m_slowUntil) {
        // What came in while it was slow is counted at the slow rate.
        m_tokens += double(std::max<qint64>(0, m_slowUntil - m_filledAt)) * rate() / 1000;
        m_filledAt = std::max(m_filledAt, m_slowUntil);
        m_slowness = 0;
    }
    const double seconds = double(std::max<qint64>(0, now - m_filledAt)) / 1000;
    m_tokens += seconds * rate();
    m_learnt *= std::exp(moreEachSecond * seconds);
    m_tokens = std::min(m_tokens, burst());
    m_filledAt = now;
}

void RateLimiter::share(const QString &path)
{
    if (!m_settings.untilRefused) // what is learnt is each program's own
        m_shared = path.isEmpty() ? nullptr : std::make_unique<PaceFile>(path);
}

/// Whether a call may leave now, which it then does.
bool RateLimiter::take()
{
    PaceFile::State state{m_filledAt, m_tokens};
    const bool isLocked = m_shared && m_shared->lock(state);
    // Of before the computer started, or of a file that is damaged: not believed.
    const bool isSound =
        state.filledAt <= m_clock() + oneSecond && state.filledAt >= 0 && state.tokens <= burst() && state.tokens >= -1;
    if (isLocked && isSound) {
        m_filledAt = state.filledAt;
        m_tokens = state.tokens;
    }
    refill();
    const bool mayLeave = m_tokens >= 1;
    if (mayLeave)
        m_tokens -= 1;
    if (isLocked)
        m_shared->unlock({m_filledAt, m_tokens});
    return mayLeave;
}

RateLimiter::Ticket RateLimiter::acquire(QObject *context, std::function<void()> go)
{
    if (isUnlimited()) {
        go();
        return 0;
    }
    if (m_queue.empty() && take()) {
        go();
        return 0;
    }
    m_queue.push_back({++m_lastTicket, context, std::move(go)});
    schedule();
    return m_lastTicket;
}

void RateLimiter::cancel(Ticket ticket)
{
    if (ticket)
        std::erase_if(m_queue, [ticket](const Waiter &waiter) { return waiter.ticket == ticket; });
}

void RateLimiter::slowDown()
{
    if (m_settings.callsPerSecond <= 0)
        return;
    const qint64 now = m_clock();
    m_slowUntil = now + m_settings.slowFor.count();
    if (m_settings.untilRefused) {
        if (m_learnt == 0) {
            m_learnt = m_settings.callsPerSecond;
            m_filledAt = now;
            m_tokens = 0;
            m_refusedAt = now;
        } else {
            refill();
            if (now - m_refusedAt > refusedTogether) {
                m_refusalsInARow = now - m_refusedAt < goesOnWithin ? m_refusalsInARow + 1 : 0;
                m_learnt *= m_refusalsInARow < goesOnAfter ? lessAfterRefusal : lessWhenItGoesOn;
                m_refusedAt = now; // of the first that came together: a stream of them counts each second
            }
        }
    } else {
        refill();
        m_slowness = std::min(m_slowness + 1, mostHalvings);
    }
    m_tokens = std::min(m_tokens, 0.0);
    if (PaceFile::State others; m_shared && m_shared->lock(others))
        m_shared->unlock({m_filledAt, m_tokens});
    if (!m_queue.empty())
        schedule();
}

void RateLimiter::schedule()
{
    const double missing = std::max(0.0, 1 - m_tokens);
    const int wait = int(std::clamp(std::ceil(missing * 1000 / rate()), 1.0, 60'000.0));
    m_timer.start(wait, Qt::PreciseTimer, this);
}

void RateLimiter::letThrough()
{
    while (!m_queue.empty()) {
        if (!m_queue.front().context) {
            m_queue.pop_front();
            continue;
        }
        if (!take()) {
            schedule();
            return;
        }
        const Waiter waiter = std::move(m_queue.front());
        m_queue.pop_front();
        waiter.go();
    }
    m_timer.stop();
}

void RateLimiter::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        letThrough();
    else
        QObject::timerEvent(event);
}

} // namespace casement
