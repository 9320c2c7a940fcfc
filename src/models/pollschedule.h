#pragma once

#include "archive/records.h"

#include <QHash>
#include <QList>

#include <chrono>
#include <functional>
#include <optional>

namespace casement {

/// How often accounts are asked for news without anybody asking.
struct PollSettings
{
    bool on = true;
    /// Between two refreshes of an account in which somebody waits for AWS; the others follow from it.
    std::chrono::seconds shortest = std::chrono::minutes(2);
    bool fixed = false; ///< the others are asked as often

    friend bool operator==(const PollSettings &, const PollSettings &) = default;
};

/// What an account's cases are worth asking for.
enum class PollPace : quint8 {
    WaitsForAws, ///< an answer may come at any moment
    Open, ///< the next word is the customer's: news is what colleagues write
    Quiet, ///< nothing is open: news is what colleagues open
};

/// When each account is refreshed next by itself. Decides only; who asks holds the timer and starts the refreshes.
///
/// After a refresh that went well the interval of the account's pace passes, ± 10 %, so that accounts drift apart.
/// After failures in a row the interval doubles each time, up to an hour, and the moment is drawn at random from all of
/// it (full jitter), though no sooner than the shortest interval. Whoever was not heard of for long, because the
/// network was away or the computer slept, is asked soon, a few at a time.
///
/// Times are milliseconds of a clock that never goes back and goes on while the computer sleeps.
class PollSchedule
{
public:
    using Random = std::function<double()>; ///< 0…1

    enum class Ending : quint8 { Whole, Failed, Cancelled };

    static constexpr std::chrono::minutes longestPause{60};
    /// Who looks at the window again gets news, unless it was looked for this short a time ago.
    static constexpr std::chrono::minutes freshFor{2};

    explicit PollSchedule(Random random) : m_random(std::move(random)) { }

    void setSettings(const PollSettings &settings, qint64 now);
    const PollSettings &settings() const { return m_settings; }

    /// An account that is to be refreshed by itself once started() and ended() said that it was refreshed.
    /// `needsNetwork` false: it is on this computer, and there whatever the network does.
    void add(AccountId account, bool needsNetwork = true);
    void remove(AccountId account) { m_accounts.remove(account); }
    void clear() { m_accounts.clear(); }

    /// A refresh runs, whoever wanted it: no other is due until it ends.
    void started(AccountId account);
    void ended(AccountId account, Ending ending, PollPace pace, qint64 now);

    /// Without a network nothing is due that needs it; when it comes back, everything that waited for it is.
    void setOnline(bool online, qint64 now);
    bool isOnline() const { return m_online; }
    /// Somebody looks at the window again: what is not fresh is due, also when it failed a while ago.
    void wake(qint64 now);
    /// Not before `until`: the account's rate is used up.
    void putOff(AccountId account, qint64 until);

    /// The accounts to refresh now, the longest due first.
    QList<AccountId> due(qint64 now);
    /// When due() has something to say next; nothing when it never has.
    std::optional<qint64> nextAt() const;

    /// The plain interval of a pace.
    static std::chrono::milliseconds interval(const PollSettings &settings, PollPace pace);
    /// The pause after a refresh: `failures` in a row, 0 after one that went well; `random` in 0…1.
    static std::chrono::milliseconds pause(const PollSettings &settings, PollPace pace, int failures, double random);

private:
    struct Account
    {
        bool needsNetwork = true;
        bool running = false;
        int failures = 0;
        PollPace pace = PollPace::Open;
        std::optional<qint64> endedAt;
        std::optional<qint64> dueAt;
    };

    bool isHeld(const Account &account) const { return account.running || (account.needsNetwork && !m_online); }
    qint64 soon(qint64 now) const;

    Random m_random;
    PollSettings m_settings;
    QHash<AccountId, Account> m_accounts;
    bool m_online = true;
};

} // namespace casement
