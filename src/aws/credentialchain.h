#pragma once

#include "aws/credentialsource.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace casement {

/// Asks its sources in order and keeps what the first one gives until it nears its expiry. However many wait, one
/// look-up runs at a time.
///
/// Fifteen minutes before the expiry it looks again but goes on with the old keys when that fails; ten minutes before
/// it, new keys are a must (api-facts.md §15.8). Keys whose successors take a person are used to their end, and so are
/// keys that came with less than fifteen minutes: their source has no others, and would run for each call. Sources are
/// asked once in ten seconds at most while what they gave still holds.
class CredentialChain final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(Result<Credentials> credentials)>;
    using Clock = std::function<QDateTime()>;

    explicit CredentialChain(std::vector<std::unique_ptr<CredentialSource>> sources, QObject *parent = nullptr,
                             Clock clock = QDateTime::currentDateTimeUtc);
    ~CredentialChain() override;

    /// A chain of one source that always gives these keys.
    static std::unique_ptr<CredentialChain> ofKeys(const Credentials &credentials);

    /// What is cached and still good, or nullptr: then call get().
    const Credentials *current() const;

    /// Calls back once with keys or the reason why there are none; at once when they are cached. Never after `context`
    /// died.
    void get(QObject *context, Callback callback);

    /// Forgets the cached keys, after the service called them expired; the next get() asks the sources again.
    void invalidate();

private:
    struct Waiter
    {
        QPointer<QObject> context;
        Callback callback;
    };

    enum class Age { Fresh, Advisory, Mandatory };
    Age age() const;
    void startFetch();
    void askSource(size_t index);
    void finishFetch(const Result<Credentials> &result);

    std::vector<std::unique_ptr<CredentialSource>> m_sources;
    Clock m_clock;
    Credentials m_cached;
    CredentialSource *m_cachedFrom = nullptr;
    std::vector<Waiter> m_waiting;
    QDateTime m_fetched;
    qint64 m_leftWhenFetched = 0; // seconds
    QDateTime m_nextAdvisoryTry;
    quint64 m_generation = 0;
    bool m_fetching = false;
};

} // namespace casement
