#include "models/pollschedule.h"

#include <algorithm>

namespace casement {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr double drift = 0.1; // of the interval, to both sides
constexpr milliseconds spreadPerAccount = 250ms; // when many are due at once
constexpr milliseconds longestSpread = 30s;
constexpr milliseconds lateness = 60s; // no timer is that late: the computer slept

} // namespace

milliseconds PollSchedule::interval(const PollSettings &settings, PollPace pace)
{
    const milliseconds shortest = settings.shortest;
    if (settings.fixed)
        return shortest;
    switch (pace) {
    case PollPace::WaitsForAws:
        return shortest;
    case PollPace::Open:
        return shortest * 5 / 2;
    case PollPace::Quiet:
        return shortest * 15 / 2;
    }
    return shortest;
}

milliseconds PollSchedule::pause(const PollSettings &settings, PollPace pace, int failures, double random)
{
    const milliseconds plain = interval(settings, pace);
    if (failures <= 0)
        return std::chrono::duration_cast<milliseconds>(plain * (1 - drift + 2 * drift * random));
    const milliseconds least = settings.shortest;
    const milliseconds most =
        std::max<milliseconds>(least, std::min<milliseconds>(longestPause, plain * (1 << std::min(failures, 12))));
    return least + std::chrono::duration_cast<milliseconds>((most - least) * random);
}

void PollSchedule::setSettings(const PollSettings &settings, qint64 now)
{
    if (settings == m_settings)
        return;
    const bool again = settings.on && !m_settings.on;
    m_settings = settings;
    for (Account &account : m_accounts) {
        if (account.running || !account.endedAt)
            continue;
        if (account.failures == 0) {
            // A longer interval holds from the next refresh on, a shorter one from now on.
            const qint64 due = *account.endedAt + pause(settings, account.pace, 0, m_random()).count();
            account.dueAt = std::min(account.dueAt.value_or(due), due);
        }
        if (again && *account.dueAt < now)
            account.dueAt = soon(now);
    }
}

void PollSchedule::add(AccountId account, bool needsNetwork)
{
    Account added;
    added.needsNetwork = needsNetwork;
    m_accounts.insert(account, added);
}

void PollSchedule::started(AccountId id)
{
    if (const auto account = m_accounts.find(id); account != m_accounts.end())
        account->running = true;
}

void PollSchedule::ended(AccountId id, Ending ending, PollPace pace, qint64 now)
{
    const auto account = m_accounts.find(id);
    if (account == m_accounts.end())
        return;
    account->running = false;
    account->pace = pace;
    account->endedAt = now;
    if (ending == Ending::Failed)
        ++account->failures;
    else if (ending == Ending::Whole)
        account->failures = 0;
    account->dueAt = now + pause(m_settings, pace, account->failures, m_random()).count();
}

/// A moment from now on that is another one for each account.
qint64 PollSchedule::soon(qint64 now) const
{
    const milliseconds spread = std::min<milliseconds>(longestSpread, spreadPerAccount * m_accounts.size());
    return now + qint64(double(spread.count()) * m_random());
}

void PollSchedule::setOnline(bool online, qint64 now)
{
    if (online == m_online)
        return;
    m_online = online;
    if (!online)
        return;
    for (Account &account : m_accounts) {
        if (account.dueAt && account.needsNetwork && (account.failures > 0 || *account.dueAt <= now))
            account.dueAt = soon(now);
    }
}

void PollSchedule::wake(qint64 now)
{
    for (Account &account : m_accounts) {
        if (account.dueAt && account.endedAt && now - *account.endedAt > milliseconds(freshFor).count())
            account.dueAt = std::min(*account.dueAt, soon(now));
    }
}

void PollSchedule::putOff(AccountId id, qint64 until)
{
    if (const auto account = m_accounts.find(id); account != m_accounts.end() && account->dueAt)
        account->dueAt = std::max(*account->dueAt, until);
}

QList<AccountId> PollSchedule::due(qint64 now)
{
    QList<AccountId> accounts;
    if (!m_settings.on)
        return accounts;
    for (auto account = m_accounts.begin(); account != m_accounts.end(); ++account) {
        if (isHeld(*account) || !account->dueAt)
            continue;
        if (now - *account->dueAt > lateness.count())
            account->dueAt = soon(now);
        if (*account->dueAt <= now)
            accounts.append(account.key());
    }
    std::sort(accounts.begin(), accounts.end(),
              [this](AccountId a, AccountId b) { return *m_accounts[a].dueAt < *m_accounts[b].dueAt; });
    return accounts;
}

std::optional<qint64> PollSchedule::nextAt() const
{
    std::optional<qint64> next;
    if (!m_settings.on)
        return next;
    for (const Account &account : m_accounts) {
        if (!isHeld(account) && account.dueAt)
            next = std::min(next.value_or(*account.dueAt), *account.dueAt);
    }
    return next;
}

} // namespace casement
