#pragma once

#include "aws/credentials.h"
#include "aws/sources/waiters.h"
#include "base/result.h"

#include <QObject>
#include <QProcessEnvironment>

#include <chrono>
#include <memory>
#include <optional>

namespace casement {

class CredentialProcess;

/// Runs the `credential_process` of a profile once for all of this thread who want its keys: each run may ask a person
/// for a touch of a security key. What it gave is kept, in memory only, for the roles of other profiles that build on
/// it (`source_profile`), until shortly before it expires.
class SharedProcess final : public QObject
{
    Q_OBJECT

public:
    using Callback = Waiters<Result<Credentials>>::Callback;

    struct Wanted
    {
        QString setting; ///< where the command stands, as CredentialProcess has it
        QString profile;
        QString command;
        QProcessEnvironment environment;
        std::chrono::milliseconds limit;
    };

    /// Starts a run or joins the one that is under way. Calls back once, from the event loop; never after `context`
    /// died. The run ends with the last who waits for it.
    static void join(const Wanted &wanted, QObject *context, Callback done);
    /// What an earlier run gave, if it still does for a while. `now`: milliseconds since 1970.
    static std::optional<Credentials> kept(const Wanted &wanted, qint64 now);
    /// The service did not take these.
    static void forget(const Wanted &wanted, const Credentials &keys);

    ~SharedProcess() override;

private:
    SharedProcess(const Wanted &wanted, const QByteArray &about);
    void start(const Wanted &wanted);
    void finish(const Result<Credentials> &keys);

    QByteArray m_about;
    std::unique_ptr<CredentialProcess> m_process;
    Waiters<Result<Credentials>> m_waiting;
};

} // namespace casement
