#include "ui/desktopnotifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QGuiApplication>
#include <QVariantMap>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString notifier = u"org.freedesktop.Notifications"_s;
const QString notifierPath = u"/org/freedesktop/Notifications"_s;
constexpr size_t rememberedNumbers = 256;
constexpr int answerPatience = 10'000; // ms; a server may have to be started first

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(notifier, notifierPath, notifier, method);
}

void closeOnServer(uint server)
{
    QDBusMessage close = call(u"CloseNotification"_s);
    close << server;
    QDBusConnection::sessionBus().send(close);
}

} // namespace

DesktopNotifications::DesktopNotifications(QObject *parent) : QObject(parent) { }

DesktopNotifications::~DesktopNotifications()
{
    closeAll();
    for (const Shown &shown : std::as_const(m_shown)) {
        if (!shown.asked)
            continue;
        auto *watcher = new QDBusPendingCallWatcher(*shown.asked, QCoreApplication::instance());
        connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher] {
            watcher->deleteLater();
            if (const QDBusMessage reply = watcher->reply(); reply.type() == QDBusMessage::ReplyMessage)
                closeOnServer(reply.arguments().value(0).toUInt());
        });
    }
}

bool DesktopNotifications::connectToBus()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return false;
    if (m_watcher)
        return true;
    m_watcher = new QDBusServiceWatcher(notifier, bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &DesktopNotifications::serviceChanged);
    bus.connect(notifier, notifierPath, notifier, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
    bus.connect(notifier, notifierPath, notifier, u"NotificationClosed"_s, this, SLOT(notificationClosed(uint, uint)));
    bus.connect(notifier, notifierPath, notifier, u"ActivationToken"_s, this, SLOT(activationToken(uint, QString)));
    return true;
}

/// Another server, or none: the numbers of the last one mean nothing to it.
void DesktopNotifications::serviceChanged()
{
    m_capabilities.reset();
    m_known.clear();
    for (Shown &shown : m_shown)
        shown.server = 0;
    const QStringList gone = m_shown.keys();
    for (const QString &id : gone) {
        if (m_waiting.contains(id))
            continue; // the server that is being started will show it
        m_shown.remove(id);
        Q_EMIT closed(id);
    }
}

void DesktopNotifications::show(const QString &id, const Notification &notification)
{
    if (!connectToBus())
        return Q_EMIT notShown(id, notification);
    const auto known = m_shown.find(id);
    if (known != m_shown.end() && known->server == 0) {
        known->closing = false;
        known->next = notification; // one at a time: the number decides what is replaced
        return;
    }
    m_shown[id].current = notification;
    m_shown[id].closing = false;
    if (m_capabilities)
        return send(id);
    m_shown[id].server = 0;
    m_waiting.append(id);
    askCapabilities();
}

void DesktopNotifications::askCapabilities()
{
    if (m_asking)
        return;
    m_asking = true;
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(call(u"GetCapabilities"_s), answerPatience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_asking = false;
        const QDBusMessage reply = watcher->reply();
        const QStringList waiting = std::exchange(m_waiting, {});
        if (reply.type() == QDBusMessage::ReplyMessage) {
            m_capabilities = reply.arguments().value(0).toStringList();
            for (const QString &id : waiting)
                send(id);
            return;
        }
        for (const QString &id : waiting) {
            const Shown shown = m_shown.take(id);
            if (!shown.closing)
                Q_EMIT notShown(id, shown.next.value_or(shown.current));
        }
    });
}

void DesktopNotifications::send(const QString &id)
{
    Shown &shown = m_shown[id];
    if (shown.next)
        shown.current = *std::exchange(shown.next, std::nullopt);
    if (shown.closing) {
        m_shown.remove(id);
        return;
    }
    const Notification &notification = shown.current;
    const bool markup = m_capabilities->contains(u"body-markup"_s);
    QStringList actions;
    if (m_capabilities->contains(u"actions"_s) && !notification.action.isEmpty())
        actions = {u"default"_s, notification.action, u"open"_s, notification.action};
    QVariantMap hints{{u"category"_s, u"im.received"_s}, {u"urgency"_s, QVariant::fromValue(uchar(1))}};
    if (const QString desktop = QGuiApplication::desktopFileName(); !desktop.isEmpty())
        hints.insert(u"desktop-entry"_s, desktop);
    QDBusMessage notify = call(u"Notify"_s);
    notify << QGuiApplication::applicationDisplayName() << shown.server << u"org.casement.Casement"_s
           << notification.title << (markup ? notification.body.toHtmlEscaped() : notification.body) << actions << hints
           << -1;
    shown.server = 0;
    shown.asked = QDBusConnection::sessionBus().asyncCall(notify, answerPatience);
    auto *watcher = new QDBusPendingCallWatcher(*shown.asked, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, id] {
        watcher->deleteLater();
        sent(id, watcher->reply());
    });
}

void DesktopNotifications::sent(const QString &id, const QDBusMessage &reply)
{
    const auto shown = m_shown.find(id);
    if (shown == m_shown.end())
        return; // the server went meanwhile
    if (reply.type() != QDBusMessage::ReplyMessage) {
        const Shown failed = m_shown.take(id);
        if (!failed.closing)
            Q_EMIT notShown(id, failed.next.value_or(failed.current));
        return;
    }
    shown->server = reply.arguments().value(0).toUInt();
    shown->asked.reset();
    m_known.emplace_back(shown->server, id);
    if (m_known.size() > rememberedNumbers)
        m_known.pop_front();
    if (shown->closing) {
        closeOnServer(shown->server);
        m_shown.remove(id);
    } else if (shown->next) {
        send(id);
    }
}

void DesktopNotifications::close(const QString &id)
{
    const auto shown = m_shown.find(id);
    if (shown == m_shown.end())
        return;
    if (shown->server == 0) {
        shown->closing = true;
        shown->next.reset();
        return;
    }
    closeOnServer(shown->server);
    m_shown.erase(shown);
}

void DesktopNotifications::closeAll()
{
    const QStringList ids = m_shown.keys();
    for (const QString &id : ids)
        close(id);
}

QString DesktopNotifications::idOf(uint server) const
{
    // The newest: a server that was started anew counts from one again.
    for (auto known = m_known.crbegin(); known != m_known.crend(); ++known) {
        if (known->first == server)
            return known->second;
    }
    return {};
}

void DesktopNotifications::actionInvoked(uint server, const QString &)
{
    const QString id = idOf(server);
    if (id.isEmpty())
        return; // another program's
    close(id);
    Q_EMIT activated(id);
}

void DesktopNotifications::notificationClosed(uint server, uint)
{
    const QString id = idOf(server);
    const auto shown = m_shown.find(id);
    if (shown == m_shown.end() || shown->server != server)
        return;
    m_shown.erase(shown);
    Q_EMIT closed(id);
}

/// Said just before a click is: with it a window may come to the front where programs may not do so by themselves.
void DesktopNotifications::activationToken(uint server, const QString &token)
{
    if (!idOf(server).isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace casement
