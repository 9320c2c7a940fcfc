#pragma once

#include "aws/credentialsource.h"

#include <QProcessEnvironment>

namespace casement {

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (or AWS_SECURITY_TOKEN), AWS_CREDENTIAL_EXPIRATION and
/// AWS_ACCOUNT_ID. A key id without its secret is an Error, as is what can't be a key: going on would use another
/// account than the one meant.
class EnvironmentSource final : public CredentialSource
{
public:
    explicit EnvironmentSource(const QProcessEnvironment &environment) : m_environment(environment) { }

    QString name() const override;
    void fetch(QObject *context, Callback callback) override;

private:
    QProcessEnvironment m_environment;
};

} // namespace casement
