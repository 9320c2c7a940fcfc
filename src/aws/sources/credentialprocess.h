#pragma once

#include "aws/credentials.h"
#include "base/result.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <functional>

namespace casement {

/// Runs a profile's `credential_process` once, without a shell, and reads the keys that it prints as JSON.
///
/// What it prints is never logged; what it says on stderr is the error's output when it fails. It is ended when it
/// takes longer than `limit` or prints more than a megabyte, and when this dies; with it goes all that it started.
class CredentialProcess final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(Result<Credentials> keys)>;

    /// The AWS CLI waits for ever; a program that asks for a touch of a security key needs a while.
    static constexpr std::chrono::milliseconds usualLimit{30'000};

    /// `setting` says where the command stands: `~/.aws/config:12: credential_process of profile "vault"`.
    CredentialProcess(const QString &setting, const QString &profile, const QProcessEnvironment &environment,
                      QObject *parent = nullptr);
    ~CredentialProcess() override;

    /// Calls back once, from the event loop.
    void start(const QString &command, std::chrono::milliseconds limit, Callback done);

    /// What the program gets of our environment: all but the keys in it. Such a program gets keys from a place of its
    /// own (a vault, a company's sign-in), and whoever can read /proc sees the environment of a process as long as it
    /// hangs. The AWS CLI hands its own over; a program that needs keys to get keys names a profile for them.
    static QProcessEnvironment childEnvironment(const QProcessEnvironment &environment);

    /// Reads the answer: `{"Version": 1, "AccessKeyId": …}`. Source: AWS CLI User Guide, "Sourcing credentials with an
    /// external process".
    static Result<Credentials> read(const QByteArray &json, const QString &setting);

private:
    void takeOutput();
    void ended(int code, QProcess::ExitStatus status);
    void fail(const QString &what);
    void finish(const Result<Credentials> &result);
    QString complaintToTell() const;

    QString m_setting;
    QString m_profile;
    QProcess *m_process; // outlives this by the moment that its end takes
    QTimer m_limit;
    QByteArray m_output;
    class Complaint // stderr, with what is in the middle left out when it is long
    {
    public:
        void add(const QByteArray &bytes);
        /// Whole lines, without what colours them.
        QString text() const;

    private:
        QByteArray m_head;
        QByteArray m_tail;
        bool m_isCut = false;
    };
    Complaint m_complaint;
    Callback m_done;
};

} // namespace casement
