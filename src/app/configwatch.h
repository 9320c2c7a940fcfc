#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace casement {

/// Says when a person changed the files of ~/.aws that keys come from: config, credentials, and the sign-ins of IAM
/// Identity Center that `aws sso login` leaves. Editors write in more than one step; it is told once.
class ConfigWatch final : public QObject
{
    Q_OBJECT

public:
    explicit ConfigWatch(QObject *parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void look();
    QStringList files() const;
    QByteArray stamp() const;

    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QByteArray m_stamp; // of the files when they were looked at last
};

} // namespace casement
