#pragma once

#include "aws/httpserviceconnection.h"

#include <QStringList>

namespace casement {

/// Who the keys of a connection belong to, asked of AWS STS (GetCallerIdentity), which needs no permission.
///
/// Nothing is read or sent before ask(). Belongs to one thread with an event loop.
class CallerIdentity final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(const Result<QStringList> &numberAndArn)>;

    /// `keys` are those of a connection made of `choice`; borrowed.
    CallerIdentity(const ProfileChoice &choice, CredentialChain &keys, QObject *parent = nullptr);
    ~CallerIdentity() override;

    /// Calls back once with the account's number and the identity's ARN, at once or later; never after `context` or
    /// this died. Where the account has a custom endpoint and STS has none, STS is not asked (siblingEndpoint()).
    void ask(QObject *context, Callback done);

private:
    ProfileChoice m_choice;
    CredentialChain &m_keys;
    std::unique_ptr<Transport> m_transport;
};

} // namespace casement
