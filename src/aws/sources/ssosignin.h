#pragma once

#include "aws/endpoint.h"
#include "aws/sources/ssotoken.h"
#include "aws/sources/waiters.h"
#include "aws/transport.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace casement {

class PersonPrompt;

/// Signs a person in to IAM Identity Center by a code that is compared in the browser, and writes the token where the
/// AWS CLI keeps it. Everybody who wants the token of one file shares one sign-in, which ends with the last of them.
/// Source: IAM Identity Center OIDC API Reference; RFC 8628; botocore, SSOTokenFetcher.
class SsoSignIn final : public QObject
{
    Q_OBJECT

public:
    using Callback = Waiters<Result<SsoToken>>::Callback;

    struct Wanted
    {
        QString profile; ///< for whom, as people know it
        QString startUrl;
        QString region;
        QStringList scopes; ///< empty in the legacy form, which has no refresh
        QString tokenPath;
        Endpoint oidc;
        PersonPrompt *prompt = nullptr; ///< borrowed, not null
        std::function<std::unique_ptr<Transport>()> transport;
        std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
        std::chrono::milliseconds second{1'000}; ///< of the times between questions; less in tests
    };

    /// Starts one or joins the one that runs. Calls back once, from the event loop; never after `context` died. Error
    /// code localcode::profileSso when the person gave up, said no or was too late.
    static void join(const Wanted &wanted, QObject *context, Callback done);

    ~SsoSignIn() override;

private:
    explicit SsoSignIn(const Wanted &wanted);
    void begin();
    void letGo();
    void askForCode(const HttpAnswer &registration);
    void showCode(const HttpAnswer &authorization);
    void poll();
    void take(const HttpAnswer &answer);
    void post(const QString &path, const QJsonObject &members, std::function<void(HttpAnswer &&answer)> then);
    void failAs(const QString &operation, const HttpAnswer &answer);
    void fail(const QString &why);
    void finish(const Result<SsoToken> &result);
    QDateTime now() const;

    Wanted m_wanted;
    std::unique_ptr<Transport> m_transport;
    Waiters<Result<SsoToken>> m_waiting;
    SsoToken m_token;
    QString m_deviceCode;
    QDateTime m_until;
    int m_interval = 5; // seconds
    QTimer m_timer;
    bool m_isShown = false;
};

} // namespace casement
