#pragma once

#include "aws/pacefile.h"

#include <QBasicTimer>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace casement {

/// A token bucket: lets so many calls a second through, in the order in which they came, and slows down for a while
/// when the service says that it was too many all the same.
///
/// AWS Support allows about five operations a second per account (api-facts.md §6.10).
class RateLimiter final : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        double callsPerSecond = 4; ///< 0: no limit
        /// How many may leave at once after a pause. One and a half at four a second: no more than five in any second,
        /// with an eighth of a second for what the way to the service shortens.
        double burst = 1.5;
        std::chrono::milliseconds slowFor{30'000}; ///< how long a throttled answer is remembered
        /// For operations whose limit is not known: calls leave as they come until one is refused. `callsPerSecond`
        /// holds from then on; a refusal makes it a little less, and more so when refusals go on, which also ends
        /// bursts; every second without one makes it a little more.
        bool untilRefused = false;
    };
    /// What connections keep to that were told nothing else. A test of what is above them, at a service of its own that
    /// has no limit, changes it before it makes the first.
    static Settings &usual();

    using Clock = std::function<qint64()>; ///< monotonic milliseconds
    using Ticket = quint64; ///< 0: the call went through at once

    explicit RateLimiter(QObject *parent = nullptr) : RateLimiter(Settings{}, parent) { }
    explicit RateLimiter(const Settings &settings, QObject *parent = nullptr, Clock clock = {});

    /// Keeps to one rate with other programs, or with other limiters of this one, that share the same file. `path`:
    /// PaceFile::pathFor(); empty: nothing is shared. With a clock that all of them have.
    void share(const QString &path);

    /// Runs `go` once a call may leave: at once when it may now and nobody waits, else later from the event loop.
    /// Never after `context` died.
    Ticket acquire(QObject *context, std::function<void()> go);
    /// Takes a waiting call out of the queue.
    void cancel(Ticket ticket);
    /// The service answered "too many": empties the bucket and fills it at half the speed for a while.
    void slowDown();
    /// True while a throttled answer is remembered.
    bool isSlow() const;
    qsizetype waiting() const { return qsizetype(m_queue.size()); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Waiter
    {
        Ticket ticket = 0;
        QPointer<QObject> context;
        std::function<void()> go;
    };

    bool isUnlimited() const;
    double rate() const;
    double burst() const;
    void refill();
    bool take();
    void letThrough();
    void schedule();

    Settings m_settings;
    Clock m_clock;
    double m_tokens;
    qint64 m_filledAt;
    qint64 m_slowUntil = 0;
    int m_slowness = 0; ///< halvings of the rate
    double m_learnt = 0; ///< calls a second, with untilRefused; 0: nothing was refused yet
    qint64 m_refusedAt = 0;
    int m_refusalsInARow = 0; ///< although it became slower each time
    Ticket m_lastTicket = 0;
    std::deque<Waiter> m_queue;
    QBasicTimer m_timer;
    std::unique_ptr<PaceFile> m_shared; ///< null: nothing is shared
};

} // namespace casement
