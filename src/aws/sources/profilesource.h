#pragma once

#include "aws/configfile.h"
#include "aws/credentialsource.h"
#include "aws/sources/profilekeys.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <memory>

namespace casement {

/// Whether this version gets keys in that way; ProfileKeys says what to do about the others.
constexpr bool isSupported(ProfileUses uses) { return uses != ProfileUses::Login && uses != ProfileUses::Nothing; }

/// The keys of a profile in ~/.aws, got by ProfileKeys. Static ones are looked for again when one of the files was
/// written.
class ProfileSource final : public CredentialSource
{
public:
    /// `isExplicit`: a person named the profile, so its absence is an Error instead of "none here".
    ProfileSource(const ConfigPaths &paths, const QString &profile, bool isExplicit,
                  const ProfileKeysSettings &settings = {});
    ~ProfileSource() override;

    QString name() const override;
    void fetch(QObject *context, Callback callback) override;
    /// True when one of the files was written since; looks once a second at most.
    bool isOutdated() const override;

private:
    struct Stamp
    {
        QDateTime config;
        QDateTime credentials;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    Stamp stamp() const;
    void retire();

    ConfigPaths m_paths;
    QString m_profile;
    bool m_explicit;
    ProfileKeysSettings m_settings;
    std::unique_ptr<ProfileKeys> m_keys; // of the last fetch
    std::shared_ptr<bool> m_isTelling = std::make_shared<bool>(false); // m_keys is calling back
    Stamp m_stamp;
    QDateTime m_stampedAt;
    bool m_hasGiven = false; // keys, last time
    mutable QElapsedTimer m_lastLook;
    mutable bool m_outdated = false; // until the next fetch
};

} // namespace casement
