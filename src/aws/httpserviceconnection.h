#pragma once

#include "aws/credentialchain.h"
#include "aws/endpoint.h"
#include "aws/ratelimit.h"
#include "aws/retry.h"
#include "aws/serviceconnection.h"
#include "aws/sigv4.h"
#include "aws/transport.h"

#include <QProcessEnvironment>

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

namespace casement {

class LinkConnection;
class PersonPrompt;
struct KeyOwner;
struct ProfileKeysSettings;

/// All that a connection to one service of one account needs.
struct ConnectionSettings
{
    Endpoint endpoint;
    std::shared_ptr<CredentialChain> credentials;
    QByteArray service = "support"; ///< of the signature's scope
    QByteArray targetPrefix = "AWSSupport_20130415";
    RateLimiter::Settings rate; ///< callsPerSecond 0 for benchmarks and loopback emulators
    /// Of Trusted Advisor's operations, which have a limit of their own: 100 calls a second by the User Guide, 10 as
    /// met. The burst makes up for timers that are late.
    RateLimiter::Settings advisorRate{.callsPerSecond = 10, .burst = 4, .untilRefused = true};
    int connections = 4; ///< requests at once
    int attempts = 3; ///< per call, the first included; AWS_MAX_ATTEMPTS
    QString caBundle; ///< PEM file that replaces the trust store; empty: the system's
    QProcessEnvironment environment; ///< for the proxy variables
    std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
    RetryPlan::Random random; ///< empty: QRandomGenerator
    std::chrono::milliseconds largestDelayForClock{10'000}; ///< an answer that took longer says nothing about the time
};

/// ServiceConnection over HTTP: signs every attempt, keeps to the rate, retries what may be retried, corrects the
/// clock.
///
/// Belongs to one thread with an event loop. Nothing is opened, read or started before the first send().
class HttpServiceConnection final : public ServiceConnection
{
    Q_OBJECT

public:
    explicit HttpServiceConnection(const ConnectionSettings &settings, QObject *parent = nullptr);
    /// With another transport than HttpTransport, for tests of what stands above it.
    HttpServiceConnection(const ConnectionSettings &settings, std::unique_ptr<Transport> transport,
                          QObject *parent = nullptr);
    ~HttpServiceConnection() override;

    /// Keeps to the service's rate together with this person's other programs. `account`: what tells accounts apart.
    void shareRate(const QString &account);

    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override;
    void follow(const LinkRequest &request, QObject *context, LinkCallback callback) override;

    const Endpoint &endpoint() const { return m_settings.endpoint; }
    CredentialChain &credentials() const { return *m_settings.credentials; }
    std::chrono::seconds clockOffset() const override { return m_clockOffset; }
    std::optional<std::chrono::milliseconds> serviceClock() const override { return m_serviceClock; }
    /// HTTP requests sent so far, retries included.
    quint64 requestsSent() const { return m_requestsSent; }
    /// The service said a moment ago that it was asked too often: what can wait should.
    bool isSlowedDown() const { return m_limiter.isSlow(); }

private:
    struct Call;
    using CallId = quint64;

    RateLimiter &limiterOf(const Call &call);
    Call *find(CallId id);
    void enter(CallId id, bool first);
    void startWaiting();
    void attempt(CallId id);
    void transmit(CallId id, const Credentials &credentials);
    void receive(CallId id, HttpAnswer &&answer);
    void fail(CallId id, Error error, const HttpAnswer &answer);
    void refuse(CallId id, const Error &error);
    void renewKeys(CallId id, const Error &because);
    void retryLater(CallId id, std::chrono::milliseconds delay, const Error &because);
    void giveUpSlot(Call &call);
    void finish(CallId id, Result<ServiceAnswer> result);
    void abandon(CallId id);
    std::optional<std::chrono::milliseconds> skewOf(const HttpAnswer &answer) const;
    void readClock(const HttpAnswer &answer);
    bool learnClock(std::chrono::seconds skew);
    qint64 wallClock() const;

    ConnectionSettings m_settings;
    RateLimiter m_limiter;
    RateLimiter m_advisorLimiter;
    RetryQuota m_quota;
    sigv4::SigningKeyCache m_signingKeys;
    std::chrono::seconds m_clockOffset{0};
    std::optional<std::chrono::milliseconds> m_serviceClock;
    quint64 m_requestsSent = 0;
    CallId m_lastCall = 0;
    int m_running = 0;
    bool m_answered = false; // so a connection may have been kept
    std::unordered_map<CallId, std::unique_ptr<Call>> m_calls;
    std::deque<CallId> m_queue;
    std::unique_ptr<LinkConnection> m_links; // from the first one on
    std::unique_ptr<Transport> m_transport; // last, so that exchanges end before what their callbacks touch
};

/// What a person, a command line or a test says about the account to use; the rest is read from the environment and
/// ~/.aws.
struct ProfileChoice
{
    QString profile; ///< empty: AWS_PROFILE, else `default`. When given, keys in the environment don't count
    QString endpointUrl; ///< goes before every configured one
    QString region; ///< goes before every configured one; us-east-1 when nobody says one
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// Keys that are already known, as the demo's; then neither environment nor files are asked for keys.
    std::optional<Credentials> keys;
    /// Makes the place that is asked for keys, as a listed account says; then neither environment nor files are.
    /// Region, CA and endpoint are still theirs. `settings`: how STS and its like are reached.
    std::function<std::unique_ptr<CredentialSource>(const ProfileKeysSettings &settings)> source;
    /// Whose the keys must be at an endpoint; nothing: whosever they are, they are right. See OwnedKeys.
    std::function<std::optional<KeyOwner>(const Endpoint &endpoint)> owner;
    PersonPrompt *prompt = nullptr; ///< borrowed; null: nobody can be asked
    RateLimiter::Settings rate = RateLimiter::usual();
    int connections = 4;
};

/// Reads ~/.aws and the environment and makes the settings; Errors for unreadable files and impossible endpoints. Keys
/// are looked for at the first call.
Result<ConnectionSettings> connectionSettings(const ProfileChoice &choice);

/// connectionSettings() and a connection of them.
Result<std::unique_ptr<HttpServiceConnection>> makeServiceConnection(const ProfileChoice &choice,
                                                                     QObject *parent = nullptr);

} // namespace casement
