#include "ui/filesecrets.h"

#include "base/background.h"
#include "ui/secretsettings.h"

#include <algorithm>

namespace casement {

FileSecrets::FileSecrets(const SecretSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    connect(&m_settings, &SecretSettings::changed, this, [this] {
        ++m_run;
        m_seen.clear();
        Q_EMIT changed();
        if (!isLooking())
            Q_EMIT looked();
    });
}

QList<SecretFinding> FileSecrets::of(const LocalFile &file)
{
    const auto known = m_seen.constFind(file.path);
    if (known != m_seen.constEnd() && known->file == file)
        return known->findings;
    m_seen.insert(file.path, {file, {}, false});
    inBackground(
        this,
        [file, find = m_settings.finder()]() -> QList<SecretFinding> {
            const QString text = readText(file);
            return text.isEmpty() ? QList<SecretFinding>() : find(text);
        },
        [this, file, run = m_run](const QList<SecretFinding> &findings) {
            const auto seen = m_seen.find(file.path);
            if (run != m_run || seen == m_seen.end() || seen->file != file || seen->isKnown)
                return;
            seen->findings = findings;
            seen->isKnown = true;
            if (!findings.isEmpty())
                Q_EMIT changed();
            if (!isLooking())
                Q_EMIT looked();
        });
    return {};
}

bool FileSecrets::isLooking() const
{
    return std::any_of(m_seen.cbegin(), m_seen.cend(), [](const Seen &seen) { return !seen.isKnown; });
}

} // namespace casement
