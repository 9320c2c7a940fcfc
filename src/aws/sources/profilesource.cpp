#include "aws/sources/profilesource.h"

#include "aws/localcode.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace casement {

namespace {

constexpr qint64 lookEveryMs = 1000;
// Two writes within one tick of the file system's clock look like one.
constexpr qint64 clockTickMs = 20;

} // namespace

ProfileSource::ProfileSource(const ConfigPaths &paths, const QString &profile, bool isExplicit,
                             const ProfileKeysSettings &settings)
    : m_paths(paths), m_profile(profile), m_explicit(isExplicit), m_settings(settings)
{
}

ProfileSource::~ProfileSource() { retire(); }

/// Whoever hears of keys may ask again at once, or let all of this go: the one that tells goes afterwards.
void ProfileSource::retire()
{
    if (*m_isTelling)
        m_keys.release()->deleteLater();
    m_keys.reset();
}

QString ProfileSource::name() const { return QStringLiteral("profile %1").arg(m_profile); }

ProfileSource::Stamp ProfileSource::stamp() const
{
    return {QFileInfo(m_paths.config).lastModified(), QFileInfo(m_paths.credentials).lastModified()};
}

bool ProfileSource::isOutdated() const
{
    if (m_outdated || (m_lastLook.isValid() && m_lastLook.elapsed() < lookEveryMs))
        return m_outdated;
    m_lastLook.start();
    const QDateTime newest = std::max(m_stamp.config, m_stamp.credentials);
    m_outdated = stamp() != m_stamp || (newest.isValid() && newest.msecsTo(m_stampedAt) < clockTickMs);
    return m_outdated;
}

void ProfileSource::fetch(QObject *context, Callback callback)
{
    // Asked again without a file that was written: the keys are over, or the service did not take them.
    const bool asksAnew = m_hasGiven && !m_outdated;
    m_stamp = stamp();
    m_outdated = false;
    m_stampedAt = QDateTime::currentDateTimeUtc();
    m_lastLook.start();
    const Result<AwsConfig> config = readConfig(m_paths);
    if (!config)
        return callback(config.error());
    const Profile *profile = config->profile(m_profile);
    const bool isWebIdentity = ProfileKeys::usesWebIdentity(profile, m_settings);
    if (!m_explicit && !isWebIdentity && (!profile || profile->uses == ProfileUses::Nothing))
        return callback(std::optional<Credentials>());
    if (!profile && !isWebIdentity) {
        return callback(
            Error{.kind = Error::Kind::NoCredentials,
                  .code = localcode::profileNotFound,
                  .message = QStringLiteral("there is no profile \"%1\" in %2 or %3")
                                 .arg(m_profile, namedPlace(m_paths.config), namedPlace(m_paths.credentials))});
    }
    retire();
    m_isTelling = std::make_shared<bool>(false);
    m_keys = std::make_unique<ProfileKeys>(*config, m_settings);
    const auto tell = [this, guard = QPointer<QObject>(context), isTelling = m_isTelling,
                       callback = std::move(callback)](const Result<Credentials> &keys) {
        m_hasGiven = keys.hasValue();
        if (!guard)
            return;
        *isTelling = true;
        if (keys)
            callback(std::optional(*keys));
        else
            callback(keys.error());
        *isTelling = false;
    };
    m_keys->get(m_profile, tell, asksAnew);
}

} // namespace casement
