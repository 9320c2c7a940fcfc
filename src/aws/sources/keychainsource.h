#pragma once

#include "aws/credentialsource.h"

namespace casement {

class SecretStore;

/// Keys that a person entered, out of the keychain.
class KeychainSource final : public CredentialSource
{
public:
    /// `entry` is their name in the store, `account` what people call the account. The store is borrowed.
    KeychainSource(SecretStore &store, const QString &entry, const QString &account);

    QString name() const override;
    void fetch(QObject *context, Callback callback) override;

private:
    SecretStore &m_store;
    QString m_entry;
    QString m_account;
};

} // namespace casement
