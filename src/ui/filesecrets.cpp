#include "ui/filesecrets.h"

#include "base/background.h"
#include "ui/secretsettings.h"

namespace casement {

FileSecrets::FileSecrets(const SecretSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    connect(&m_settings, &SecretSettings::changed, this, [this] {
        ++m_run;
        m_seen.clear();
        Q_EMIT changed();
    });
}

QList<SecretFinding> FileSecrets::of(const LocalFile &file)
{
    const auto known = m_seen.constFind(file.path);
    if (known != m_seen.constEnd() && known->file == file)
        return known->findings;
    m_seen.insert(file.path, {file, {}});
    inBackground(
        this,
        [file, find = m_settings.finder()]() -> QList<SecretFinding> {
            const QString text = readText(file);
            return text.isEmpty() ? QList<SecretFinding>() : find(text);
        },
        [this, file, run = m_run](const QList<SecretFinding> &findings) {
            const auto seen = m_seen.find(file.path);
            if (run != m_run || seen == m_seen.end() || seen->file != file || findings.isEmpty())
                return;
            seen->findings = findings;
            Q_EMIT changed();
        });
    return {};
}

} // namespace casement
