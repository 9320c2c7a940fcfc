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

Q_SIGNALS:
    void changed();

private:
    struct Seen
    {
        LocalFile file;
        QList<SecretFinding> findings;
    };

    const SecretSettings &m_settings;
    QHash<QString, Seen> m_seen; // by path
    int m_run = 0; // of the settings; answers by older ones are dropped
};

} // namespace casement
