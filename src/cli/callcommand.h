#pragma once

#include "archive/ownedconnection.h"
#include "cli/command.h"
#include "support/client.h"

namespace casement::cli {

/// `call OPERATION`: sends what somebody typed, once it is known to be right, and prints the answer as it came, laid
/// out. What changes something goes only to the account whose cases the archive has, where it has some; what is sent is
/// not looked through for secrets.
class CallCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;

    void start() override;

protected:
    void stop() override;
    QString afterFailure(const Error &error) const override;

private:
    Error invalid(const QString &sentence) const;
    void findOwner(const std::function<void()> &go);
    void rehearse(const QByteArray &body);
    void send(const QByteArray &body);
    void receive(const Result<ServiceAnswer> &answer);
    void failSent(const Error &error);

    const OperationInfo *m_operation = nullptr;
    bool m_isRehearsal = false;
    std::unique_ptr<Archive> m_archive; ///< of a change
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<OwnedConnection> m_owned; ///< of a change to an account that the archive has
    std::unique_ptr<Client> m_client;
    std::unique_ptr<QObject> m_asking; ///< set while the service is asked whether it knows rehearsals
    std::unique_ptr<QObject> m_sending; ///< set while the answer is awaited
};

} // namespace casement::cli
