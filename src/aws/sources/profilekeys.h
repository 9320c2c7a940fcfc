#pragma once

#include "aws/configfile.h"
#include "aws/credentials.h"
#include "aws/sources/ssotoken.h"
#include "aws/sources/sts.h"
#include "aws/transport.h"
#include "base/result.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace casement {

class CredentialProcess;

/// What getting a profile's keys may need beside its files.
struct ProfileKeysSettings
{
    QProcessEnvironment environment; ///< of a credential_process; also HOME, AWS_ENDPOINT_URL_STS and so on
    /// Makes what talks to STS and IAM Identity Center; called when one of them is needed.
    std::function<std::unique_ptr<Transport>()> transport;
    std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
};

/// Gets the keys of one profile, in whichever way it says, following `source_profile` from role to role.
///
/// Static keys, `credential_process`, roles (`role_arn` with `source_profile` or `credential_source = Environment`),
/// web identities and IAM Identity Center by the token that `aws sso login` left, which is renewed where that is
/// possible. What needs a person (a code of an MFA device, a sign-in) or a place that is not here (the metadata of an
/// EC2 instance) is an Error that says how the AWS CLI can help. Errors name file and line.
/// Source: botocore/credentials.py; api-facts.md §15.
class ProfileKeys final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(Result<Credentials> keys)>;

    ProfileKeys(const AwsConfig &config, const ProfileKeysSettings &settings, QObject *parent = nullptr);
    ~ProfileKeys() override;

    /// Calls back once, at once or later, unless this dies first. Once in its life.
    void get(const QString &profile, Callback done);

private:
    void resolve(const QString &name, const QStringList &behind, const Callback &done);
    Result<Credentials> staticKeys(const Profile &profile) const;
    void runProcess(const Profile &profile, const Callback &done);
    void assume(const Profile &profile, const QStringList &behind, const Callback &done);
    void assumeWith(const Profile &profile, const Credentials &from, const Callback &done);
    void webIdentity(const Profile &profile, const Callback &done);
    void askSts(const Profile &profile, const RoleRequest &role, const Credentials &from, const Callback &done);
    void signIn(const Profile &profile, const Callback &done);
    void renew(const Profile &profile, const QString &path, const SsoToken &token, const QString &region,
               const Callback &done);
    void askPortal(const Profile &profile, const SsoToken &token, const QString &region, const Callback &done);
    Result<Endpoint> endpoint(const Profile &profile, const QString &host, const QString &service,
                              const Setting &region) const;
    Transport &transport();
    qint64 now() const; // ms

    AwsConfig m_config;
    ProfileKeysSettings m_settings;
    std::unique_ptr<CredentialProcess> m_process;
    std::unique_ptr<Transport> m_transport;
};

} // namespace casement
