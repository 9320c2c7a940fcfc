#pragma once

#include "models/pollschedule.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace casement {

/// Says when accounts are to be refreshed by themselves: a timer around PollSchedule.
class Poller final : public QObject
{
    Q_OBJECT

public:
    /// Milliseconds that never go back and go on while the computer sleeps.
    using Clock = std::function<qint64()>;

    explicit Poller(QObject *parent = nullptr) : Poller({}, {}, parent) { }
    /// With a clock and chances of the caller's; empty ones are this computer's.
    Poller(Clock clock, PollSchedule::Random random, QObject *parent = nullptr);

    static qint64 clockOfThisComputer();

    void setSettings(const PollSettings &settings);
    const PollSettings &settings() const { return m_schedule.settings(); }
    void add(AccountId account, bool needsNetwork);
    void remove(AccountId account);
    void clear();
    void started(AccountId account);
    void ended(AccountId account, PollSchedule::Ending ending, PollPace pace);
    void putOff(AccountId account, std::chrono::milliseconds pause);

    /// The network came or went.
    void setOnline(bool online);
    /// Somebody looks at the window again.
    void wake();
    /// Looks what is due: what the timer does.
    void check();

Q_SIGNALS:
    void due(const QList<casement::AccountId> &accounts);

private:
    void schedule();

    Clock m_clock;
    PollSchedule m_schedule;
    QTimer m_timer;
};

} // namespace casement
