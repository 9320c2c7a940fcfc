#pragma once

#include "aws/endpoint.h"
#include "aws/sources/ssotoken.h"
#include "aws/sources/waiters.h"
#include "aws/transport.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <functional>
#include <memory>

namespace casement {

/// Renews the token of an IAM Identity Center session. A refresh token may be good once, and all accounts of a company
/// have the same one: whoever wants the token of one file shares one request, and the file's lock keeps other programs
/// of this kind waiting. Those that know no lock, as the AWS CLI, leave their token in the file, which is looked at
/// before anything is asked and after a refusal.
class SsoRenewal final : public QObject
{
    Q_OBJECT

public:
    using Callback = Waiters<Result<SsoToken>>::Callback;

    struct Wanted
    {
        QString tokenPath;
        Endpoint oidc;
        std::function<std::unique_ptr<Transport>()> transport;
        std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
    };

    /// Calls back once, at once or later, with a token that holds; never after `context` died. Error code
    /// localcode::profileSso: only a sign-in helps.
    static void join(const Wanted &wanted, QObject *context, Callback done);
    /// The token of a file, or the one that came instead of it and could not be written.
    static Result<SsoToken> newest(const QString &tokenPath);

    ~SsoRenewal() override;

private:
    class FileLock;
    explicit SsoRenewal(const Wanted &wanted);
    void begin();
    void ask();
    void take(const HttpAnswer &answer);
    void finish(const Result<SsoToken> &result);
    QDateTime now() const;

    Wanted m_wanted;
    std::unique_ptr<FileLock> m_lock;
    std::unique_ptr<Transport> m_transport;
    Waiters<Result<SsoToken>> m_waiting;
    SsoToken m_token;
    QTimer m_timer;
    QDeadlineTimer m_patience;
};

} // namespace casement
