#pragma once

#include <QDBusPendingCall>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <deque>
#include <optional>

class QDBusMessage;
class QDBusServiceWatcher;

namespace casement {

/// Notifications on the desktop, by org.freedesktop.Notifications over D-Bus. A notification has an id of the caller's;
/// showing another one under that id replaces it.
///
/// Texts are plain text: what a server would read as markup is escaped for it. Nothing is asked of the bus before the
/// first notification, and nothing waits for its answers. Where nobody shows notifications, notShown() hands them back.
class DesktopNotifications final : public QObject
{
    Q_OBJECT

public:
    struct Notification
    {
        QString title;
        QString body;
        QString action; ///< what a click does, in words: "Open case"
        friend bool operator==(const Notification &, const Notification &) = default;
    };

    explicit DesktopNotifications(QObject *parent = nullptr);
    /// Closes them, also what is only on its way: nobody is left to hear a click.
    ~DesktopNotifications() override;

    void show(const QString &id, const Notification &notification);
    /// Takes it from the screen, and out of the desktop's list of those that were missed.
    void close(const QString &id);
    void closeAll();
    /// It was shown, and neither the person nor the desktop has put it away.
    bool isOpen(const QString &id) const { return m_shown.contains(id); }

Q_SIGNALS:
    /// Somebody clicked on it.
    void activated(const QString &id);
    /// It is gone from the screen without a click.
    void closed(const QString &id);
    /// There is no bus, or nobody on it who shows notifications.
    void notShown(const QString &id, const casement::DesktopNotifications::Notification &notification);

private Q_SLOTS:
    void actionInvoked(uint server, const QString &action);
    void notificationClosed(uint server, uint reason);
    void activationToken(uint server, const QString &token);

private:
    struct Shown
    {
        uint server = 0; // the server's number; 0 until it has answered
        bool closing = false; // as soon as it has a number
        std::optional<QDBusPendingCall> asked; // while the server is being told
        std::optional<Notification> next; // replaces it as soon as it has a number
        Notification current;
    };

    bool connectToBus();
    void askCapabilities();
    void send(const QString &id);
    void sent(const QString &id, const QDBusMessage &reply);
    QString idOf(uint server) const;
    void serviceChanged();

    QHash<QString, Shown> m_shown;
    std::deque<std::pair<uint, QString>> m_known; // numbers and ids, also of what expired: desktops keep lists of those
    QStringList m_waiting; // ids, until the capabilities are known
    std::optional<QStringList> m_capabilities;
    QDBusServiceWatcher *m_watcher = nullptr;
    bool m_asking = false;
};

} // namespace casement
