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

class MfaTurn;
class PersonPrompt;

/// What getting a profile's keys may need beside its files.
struct ProfileKeysSettings
{
    QProcessEnvironment environment; ///< of a credential_process; also HOME, AWS_ENDPOINT_URL_STS and so on
    /// Makes what talks to STS and IAM Identity Center; called when one of them is needed.
    std::function<std::unique_ptr<Transport>()> transport;
    std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
    PersonPrompt *prompt = nullptr; ///< borrowed; null: nobody can be asked
    /// A web identity of the environment (AWS_WEB_IDENTITY_TOKEN_FILE) counts, as where nobody named a profile.
    bool webIdentityOfEnvironment = false;
    std::chrono::milliseconds second{1'000}; ///< SsoSignIn::Wanted::second
};

/// Gets the keys of one profile, in whichever way it says, following `source_profile` from role to role.
///
/// Static keys, `credential_process`, roles (`role_arn` with `source_profile` or `credential_source = Environment`),
/// web identities and IAM Identity Center by the token that `aws sso login` or Casement left, which is renewed where
/// that is possible. What needs a person (a code of an MFA device, a sign-in) is asked by the prompt; without one, and
/// for a place that is not here (the metadata of an EC2 instance), it is an Error that says how the AWS CLI can help.
/// Errors name file and line. Source: botocore/credentials.py; api-facts.md §15.
class ProfileKeys final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(Result<Credentials> keys)>;

    ProfileKeys(const AwsConfig &config, const ProfileKeysSettings &settings, QObject *parent = nullptr);
    ~ProfileKeys() override;

    /// Calls back once, at once or later, unless this dies first. Once in its life. `asksAnew`: keys that a person
    /// entered a code for before are of no use any more.
    void get(const QString &profile, Callback done, bool asksAnew = false);
    /// Whether a web identity of the environment goes before what the profile, which may be null, says.
    static bool usesWebIdentity(const Profile *profile, const ProfileKeysSettings &settings);

private:
    struct Coded;
    void resolve(const QString &name, const QStringList &behind, const Callback &done);
    Result<Credentials> staticKeys(const Profile &profile) const;
    void runProcess(const Profile &profile, bool isBase, const Callback &done);
    void beginAnew();
    void assume(const Profile &profile, const QStringList &behind, const Callback &done);
    void assumeWith(const Profile &profile, const Credentials &from, const Callback &done);
    void assumeByCode(const Profile &profile, const RoleRequest &role, const Credentials &from, const Callback &done);
    void askCode(const std::shared_ptr<Coded> &coded, const QString &problem);
    void takeCode(const std::shared_ptr<Coded> &coded, const Result<QString> &code);
    void webIdentity(const Profile &profile, const Callback &done);
    void askSts(const Profile &profile, const RoleRequest &role, const Credentials &from, const Callback &done);
    void signIn(const Profile &profile, const Callback &done);
    void needSignIn(const Profile &profile, const QString &path, const QString &region, const QString &why,
                    const Callback &done);
    void renew(const Profile &profile, const QString &path, const QString &region, const Callback &done);
    void askPortal(const Profile &profile, const QString &path, const SsoToken &token, const QString &region,
                   const Callback &done);
    Result<Endpoint> endpoint(const Profile &profile, const QString &host, const QString &service,
                              const Setting &region) const;
    Transport &transport();
    qint64 now() const; // ms

    AwsConfig m_config;
    ProfileKeysSettings m_settings;
    QString m_profile;
    Callback m_done;
    Credentials m_kept; // of an earlier run of a credential_process, which these keys build on
    std::function<void()> m_forgetKept;
    bool m_beganAnew = false; // without them
    bool m_asksAnew = false;
    bool m_signedIn = false; // just now
    bool m_looksAgain = false; // at a token's file
    std::unique_ptr<MfaTurn> m_turn;
    std::unique_ptr<Transport> m_transport;
};

} // namespace casement
