#pragma once

#include "base/secretscan.h"
#include "transfer/localfile.h"

#include <QHash>
#include <QObject>

namespace casement {

class SecretSettings;

/// Looks through text files that are about to be sent for secrets, on the pool: valid UTF-8 of up to 5 MB without a
/// zero byte.
class FileSecrets final : public QObject
{
    Q_OBJECT

public:
    /// The settings outlive this.
    explicit FileSecrets(const SecretSettings &settings, QObject *parent = nullptr);

    /// What was found in a file, which is looked at when it was not yet: `changed` follows.
    QList<SecretFinding> of(const LocalFile &file);
    /// Whether a file is being looked at, so that of() does not tell yet.
    bool isLooking() const;

Q_SIGNALS:
    void changed();
    /// Every file was looked at; `changed` came before.
    void looked();

private:
    struct Seen
    {
        LocalFile file;
        QList<SecretFinding> findings;
        bool isKnown = false;
    };

    const SecretSettings &m_settings;
    QHash<QString, Seen> m_seen; // by path
    int m_run = 0; // of the settings; answers by older ones are dropped
};

} // namespace casement
