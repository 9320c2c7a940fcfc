#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>

namespace casement {

/// Says when a person changed the files of ~/.aws that keys come from: config, credentials, and the sign-ins of IAM
/// Identity Center that `aws sso login` leaves. Editors write in more than one step; it is told once.
class ConfigWatch final : public QObject
{
    Q_OBJECT

public:
    explicit ConfigWatch(QObject *parent = nullptr);

    /// Watches from now on. Not before the first picture: giving a watcher back can cost the kernel 15 ms.
    void start();

Q_SIGNALS:
    void changed();

private:
    void look();
    QStringList files() const;
    QByteArray stamp() const;

    std::unique_ptr<QFileSystemWatcher> m_watcher; // once started
    QTimer m_settle;
    QByteArray m_stamp; // of the files when they were looked at last
};

} // namespace casement
