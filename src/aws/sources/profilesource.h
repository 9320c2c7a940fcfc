#pragma once

#include "aws/configfile.h"
#include "aws/credentialsource.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QProcessEnvironment>

#include <memory>

namespace casement {

/// Whether this version gets keys in that way; ProfileSource says what to do about the others.
constexpr bool isSupported(ProfileUses uses) { return uses == ProfileUses::StaticKeys || uses == ProfileUses::Process; }

class CredentialProcess;

/// The keys of a profile in ~/.aws: those that stand there, or those that its `credential_process` prints. A profile
/// that gets its keys in a way that is not known here ends the search with an Error that says what it needs and how the
/// AWS CLI can hand its keys over.
class ProfileSource final : public CredentialSource
{
public:
    /// `isExplicit`: a person named the profile, so its absence is an Error instead of "none here".
    ProfileSource(const ConfigPaths &paths, const QString &profile, bool isExplicit,
                  const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
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
    Result<std::optional<Credentials>> look(const Profile *profile) const;
    void run(const Profile &profile, QObject *context, Callback callback);

    ConfigPaths m_paths;
    QString m_profile;
    bool m_explicit;
    QProcessEnvironment m_environment; // of a credential_process
    std::unique_ptr<CredentialProcess> m_process; // the last one
    Stamp m_stamp;
    QDateTime m_stampedAt;
    mutable QElapsedTimer m_lastLook;
    mutable bool m_outdated = false; // until the next fetch
};

} // namespace casement
