#pragma once

#include "aws/credentialsource.h"
#include "aws/endpoint.h"
#include "aws/transport.h"

#include <QHash>
#include <QPointer>

#include <memory>

namespace casement {

/// The account that keys must belong to.
struct KeyOwner
{
    QString number; ///< twelve digits; empty: not known yet
    /// What to say of keys that belong to the account `told`, where those of `known` were before.
    std::function<Error(const QString &told, const QString &known)> otherwise;
};

/// The keys of another source, and whose they are: two accounts of AWS never share one archive because somebody
/// replaced keys. The number is what the key id tells, else what the source says, else asked of AWS STS once for each
/// key, and not told again: Credentials::accountId has it afterwards. Keys of which nobody can say it are let
/// through, since a service that can't be reached must not keep people from their cases.
class OwnedKeys final : public CredentialSource
{
public:
    struct Asking
    {
        bool idsTell = false; ///< a key id carries the number: AWS made it, and no emulator
        std::function<Result<Endpoint>()> sts; ///< an Error: it can't be asked there
        std::function<std::unique_ptr<Transport>()> transport;
    };

    OwnedKeys(std::unique_ptr<CredentialSource> keys, const KeyOwner &owner, Asking asking);
    ~OwnedKeys() override;

    QString name() const override { return m_keys->name(); }
    void fetch(QObject *context, Callback callback) override;
    bool isOutdated() const override { return m_keys->isOutdated(); }

private:
    void found(const Credentials &keys, QObject *context, const Callback &callback);
    void answer(Credentials keys, const QString &number, const Callback &callback);

    std::unique_ptr<CredentialSource> m_keys;
    KeyOwner m_owner;
    Asking m_asking;
    QByteArray m_askedFor; ///< key id
    QString m_told; ///< of that one; empty: nobody said
    std::unique_ptr<Transport> m_transport;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

/// The twelve digits of the account that an access key id of the form since 2019 carries (AKIA or ASIA and sixteen
/// characters of base32, whose first bit is set and whose bits 1 to 40 are the number); empty for others. AWS does not
/// document the form, though sts:GetAccessKeyInfo reads it, so it serves to tell accounts apart and for nothing else.
/// Source: "AWS Access Key ID formats", A. Steele 2020; "A short note on AWS key ID", T. Be'ery 2023.
QString accountOfKeyId(const QString &accessKeyId);
/// Whose keys are, as far as they tell: by the key id (`idsTell`), else by what their source said; empty: they don't.
QString accountOfKeys(const Credentials &keys, bool idsTell);
/// Twelve digits.
bool isAccountNumber(QStringView text);

} // namespace casement
