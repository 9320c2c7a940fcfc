#include "app/poller.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <ctime>

namespace casement {

namespace {

// Timers stand still while the computer sleeps: with a look each minute no news is a night late.
constexpr qint64 longestWait = 60'000;
constexpr qint64 shortestWait = 100; // and nobody spins when what is due can't be asked

} // namespace

Poller::Poller(Clock clock, PollSchedule::Random random, QObject *parent)
    : QObject(parent), m_clock(clock ? std::move(clock) : Clock(&Poller::clockOfThisComputer)),
      m_schedule(random ? std::move(random)
                        : PollSchedule::Random([] { return QRandomGenerator::global()->generateDouble(); }))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Poller::check);
}

qint64 Poller::clockOfThisComputer()
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
#endif
    return QDeadlineTimer::current().deadline();
}

void Poller::setSettings(const PollSettings &settings)
{
    m_schedule.setSettings(settings, m_clock());
    schedule();
}

void Poller::add(AccountId account, bool needsNetwork) { m_schedule.add(account, needsNetwork); }

void Poller::remove(AccountId account)
{
    m_schedule.remove(account);
    schedule();
}

void Poller::clear()
{
    m_schedule.clear();
    schedule();
}

void Poller::started(AccountId account)
{
    m_schedule.started(account);
    schedule();
}

void Poller::ended(AccountId account, PollSchedule::Ending ending, PollPace pace)
{
    m_schedule.ended(account, ending, pace, m_clock());
    schedule();
}

void Poller::putOff(AccountId account, std::chrono::milliseconds pause)
{
    m_schedule.putOff(account, m_clock() + pause.count());
    schedule();
}

void Poller::setOnline(bool online)
{
    m_schedule.setOnline(online, m_clock());
    schedule();
}

void Poller::wake()
{
    m_schedule.wake(m_clock());
    schedule();
}

void Poller::check()
{
    const QList<AccountId> accounts = m_schedule.due(m_clock());
    if (!accounts.isEmpty())
        Q_EMIT due(accounts);
    schedule();
}

void Poller::schedule()
{
    const std::optional<qint64> next = m_schedule.nextAt();
    if (!next)
        return m_timer.stop();
    const qint64 wait = std::clamp<qint64>(*next - m_clock(), shortestWait, longestWait);
    m_timer.setTimerType(wait > 2000 ? Qt::VeryCoarseTimer : Qt::CoarseTimer);
    m_timer.start(int(wait));
}

} // namespace casement
