#pragma once

#include "aws/credentialchain.h"
#include "aws/credentialsource.h"
#include "aws/sources/profilekeys.h"

#include <QPointer>

#include <memory>

namespace casement {

/// The keys that a chain has, which several sources share: it asks once for all of them, and is asked anew only for
/// keys that this source gave away before.
class SharedKeys final : public CredentialSource
{
public:
    SharedKeys(std::shared_ptr<CredentialChain> chain, const QString &name);

    QString name() const override { return m_name; }
    void fetch(QObject *context, Callback callback) override;
    bool isOutdated() const override;

private:
    std::shared_ptr<CredentialChain> m_chain;
    QString m_name;
    std::shared_ptr<Credentials> m_given = std::make_shared<Credentials>();
};

/// A role, assumed by AWS STS with the keys of another account. Keys that STS calls expired are got anew once.
class RoleSource final : public CredentialSource
{
public:
    struct Role
    {
        QString arn;
        QString externalId; ///< may be empty
        QString region; ///< of STS; empty: as configured, else the home region of the ARN's partition
        QString endpointUrl; ///< of AWS Support, when it is somebody's own: such keys are taken to no STS of AWS
        QString account; ///< what people call it
    };
    RoleSource(const Role &role, std::shared_ptr<CredentialChain> base, const ProfileKeysSettings &settings);
    ~RoleSource() override;

    QString name() const override;
    void fetch(QObject *context, Callback callback) override;

private:
    class Asking;
    Role m_role;
    std::shared_ptr<CredentialChain> m_base;
    ProfileKeysSettings m_settings;
    QPointer<Asking> m_asking; ///< the fetch that is under way
};

/// `arn:aws:iam::111122223333:role/path/name` in its parts; all empty for what is none.
struct RoleArn
{
    QString partition;
    QString account;
    QString name; ///< with its path

    bool isValid() const { return !name.isEmpty(); }
    static RoleArn of(const QString &arn);
};

/// The region of a partition when nobody says one: `us-east-1` of `aws`. Source: botocore, partitions.json.
QString homeRegion(const QString &partition);

} // namespace casement
