#pragma once

#include "aws/configfile.h"
#include "aws/credentialsource.h"

#include <QDateTime>
#include <QElapsedTimer>

namespace casement {

/// Whether this version gets keys in that way; ProfileSource says what to do about the others.
constexpr bool isSupported(ProfileUses uses) { return uses == ProfileUses::StaticKeys; }

/// The static keys of a profile in ~/.aws. A profile that gets its keys in a way that is not known here ends the search
/// with an Error that says what it needs and how the AWS CLI can hand its keys over.
class ProfileSource final : public CredentialSource
{
public:
    /// `isExplicit`: a person named the profile, so its absence is an Error instead of "none here".
    ProfileSource(const ConfigPaths &paths, const QString &profile, bool isExplicit);

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
    Result<std::optional<Credentials>> look() const;

    ConfigPaths m_paths;
    QString m_profile;
    bool m_explicit;
    Stamp m_stamp;
    QDateTime m_stampedAt;
    mutable QElapsedTimer m_lastLook;
    mutable bool m_outdated = false; // until the next fetch
};

} // namespace casement
