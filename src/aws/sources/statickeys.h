#pragma once

#include "aws/credentialsource.h"

namespace casement {

/// Keys that somebody already holds: the demo's, a test's.
class StaticKeys final : public CredentialSource
{
public:
    explicit StaticKeys(const Credentials &credentials) : m_credentials(credentials) { }

    QString name() const override;
    void fetch(QObject *context, Callback callback) override;

private:
    Credentials m_credentials;
};

} // namespace casement
