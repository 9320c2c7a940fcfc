#pragma once

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusContext>
#include <QProcess>
#include <QStandardPaths>
#include <QStringList>
#include <QTest>
#include <QVariantMap>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

/// A session bus of the test's own, and a small desktop on it that takes notifications.
namespace casement::test {

/// A dbus-daemon of its own: nothing reaches the desktop on which the tests run. Make it first of all in main().
class PrivateBus
{
public:
    PrivateBus()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (program.isEmpty())
            qFatal("dbus-daemon is not installed");
        m_daemon.setProgram(program);
        m_daemon.setArguments({QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                               QStringLiteral("--print-address")});
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
#ifdef Q_OS_LINUX
        m_daemon.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); }); // also when the test is killed
#endif
        m_daemon.start(QIODevice::ReadOnly);
        while (m_daemon.state() != QProcess::NotRunning && !m_daemon.canReadLine())
            m_daemon.waitForReadyRead(1000);
        const QByteArray address = m_daemon.readLine().trimmed();
        if (address.isEmpty())
            qFatal("dbus-daemon did not start: %s", qPrintable(m_daemon.errorString()));
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        m_address = QString::fromUtf8(address);
    }
    ~PrivateBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    QString address() const { return m_address; }

private:
    QProcess m_daemon;
    QString m_address;
};

/// org.freedesktop.Notifications, as the specification has it: keeps what it was asked to show. Gone with the object.
class NotificationServer final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        uint id = 0;
        uint replaces = 0;
        QString program;
        QString title;
        QString body;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;
    };

    explicit NotificationServer(const QString &address,
                                const QStringList &capabilities = {QStringLiteral("actions"), QStringLiteral("body"),
                                                                   QStringLiteral("body-markup")})
        : m_capabilities(capabilities), m_name(QStringLiteral("server %1").arg(++s_servers)),
          m_bus(QDBusConnection::connectToBus(address, m_name))
    {
        if (!m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
            || !m_bus.registerService(QStringLiteral("org.freedesktop.Notifications")))
            qFatal("The notification server could not be registered: %s", qPrintable(m_bus.lastError().message()));
    }
    ~NotificationServer() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        QDBusConnection::disconnectFromBus(m_name);
    }

    const QList<Shown> &shown() const { return m_shown; }
    /// What is on screen: neither replaced nor closed.
    QStringList titles() const
    {
        QStringList titles;
        for (const Shown &notification : m_open)
            titles.append(notification.title);
        return titles;
    }
    const QList<uint> &closedByProgram() const { return m_closed; }
    uint idOf(const QString &title) const
    {
        for (const Shown &notification : m_open) {
            if (notification.title == title)
                return notification.id;
        }
        return 0;
    }
    void click(uint id, const QString &action = QStringLiteral("default"))
    {
        Q_EMIT ActivationToken(id, QStringLiteral("token-%1").arg(id));
        Q_EMIT ActionInvoked(id, action);
    }
    /// Its time is over, or the person put it away.
    void putAway(uint id, uint reason = 2)
    {
        m_open.remove(id);
        Q_EMIT NotificationClosed(id, reason);
    }
    void putAllAway()
    {
        const QList<uint> ids = m_open.keys();
        for (const uint id : ids)
            putAway(id);
    }

public Q_SLOTS:
    QStringList GetCapabilities() const { return m_capabilities; }
    uint Notify(const QString &program, uint replaces, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int timeout)
    {
        const uint id = replaces && m_open.contains(replaces) ? replaces : ++m_last;
        const Shown notification{id, replaces, program, title, body, actions, hints, timeout};
        m_shown.append(notification);
        m_open.insert(id, notification);
        return id;
    }
    void CloseNotification(uint id)
    {
        m_closed.append(id);
        putAway(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
    void ActivationToken(uint id, const QString &token);

private:
    inline static int s_servers = 0;
    QStringList m_capabilities;
    QString m_name;
    QDBusConnection m_bus;
    QList<Shown> m_shown;
    QMap<uint, Shown> m_open;
    QList<uint> m_closed;
    uint m_last = 40;
};

} // namespace casement::test
