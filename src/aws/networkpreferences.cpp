#include "aws/networkpreferences.h"

#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>

#include <atomic>
#include <mutex>

namespace casement {

namespace {

std::mutex preferencesMutex;
std::atomic<quint64> preferencesRevision = 0;

NetworkPreferences &currentPreferences()
{
    static NetworkPreferences preferences;
    return preferences;
}

} // namespace

void setNetworkPreferences(const NetworkPreferences &preferences)
{
    const std::lock_guard lock(preferencesMutex);
    if (currentPreferences() == preferences)
        return;
    currentPreferences() = preferences;
    ++preferencesRevision;
}

NetworkPreferences networkPreferences()
{
    const std::lock_guard lock(preferencesMutex);
    return currentPreferences();
}

CaFileState caFileState(const QString &path)
{
    constexpr qint64 largest = 16 << 20; // a pipe or a film is no list of certificates
    const QFileInfo info(path);
    if (!info.exists())
        return CaFileState::Missing;
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return CaFileState::NotReadable;
    return info.size() > largest || QSslCertificate::fromDevice(&file, QSsl::Pem).isEmpty() ? CaFileState::NoCertificate
                                                                                            : CaFileState::Good;
}

quint64 networkPreferencesRevision() { return preferencesRevision; }

} // namespace casement
