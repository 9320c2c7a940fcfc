#pragma once

#include "keyringworld.h"

#include <QDBusVariant>
#include <QMap>

namespace casement::test {

/// A Secret Service that is locked, or new (without a collection), and asks for its password, as that of a desktop
/// does, until a test types it. Its secrets travel in plain.
class AskingSecrets final : public QDBusVirtualObject
{
public:
    explicit AskingSecrets(KeyringWorld &world, bool isNew = false) : m_bus(world.bus()), m_isNew(isNew)
    {
        qDBusRegisterMetaType<CarriedSecret>();
        qDBusRegisterMetaType<QMap<QDBusObjectPath, CarriedSecret>>();
        if (!m_bus.registerVirtualObject(top(), this, QDBusConnection::SubPath)
            || !m_bus.registerService(KeyringWorld::secrets()))
            qFatal("The name is taken");
    }
    ~AskingSecrets() override
    {
        m_bus.unregisterService(KeyringWorld::secrets());
        m_bus.unregisterObject(top(), QDBusConnection::UnregisterTree);
    }

    /// Programs that wait for the password to be typed.
    qsizetype asking() const { return m_prompts.size(); }
    void typePassword()
    {
        m_isLocked = false;
        const QMap<QString, QVariant> prompts = std::exchange(m_prompts, {});
        for (auto prompt = prompts.cbegin(); prompt != prompts.cend(); ++prompt) {
            QVariant done = prompt.value();
            m_isNew = false;
            if (done.canConvert<Item>())
                done = QVariant::fromValue(keep(done.value<Item>()));
            QDBusMessage completed = QDBusMessage::createSignal(
                prompt.key(), QStringLiteral("org.freedesktop.Secret.Prompt"), QStringLiteral("Completed"));
            completed << false << QVariant::fromValue(QDBusVariant(done));
            m_bus.send(completed);
        }
    }
    /// The person does not want to, however often it asks, until the next lock().
    void dismiss()
    {
        m_isUnwilling = true;
        const QStringList prompts = m_prompts.keys();
        for (const QString &path : prompts)
            end(path);
    }
    void lock()
    {
        m_isLocked = true;
        m_isUnwilling = false;
    }
    /// What is kept under the names of entries.
    QMap<QString, QByteArray> kept;
    qsizetype removed = 0;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        const QString member = message.member();
        const QVariantList arguments = message.arguments();
        QVariantList answer;
        if (member == QLatin1StringView("GetAll")) {
            answer.append(QVariantMap{
                {QStringLiteral("Collections"), QVariant::fromValue(QList<QDBusObjectPath>{collection()})}});
        } else if (member == QLatin1StringView("Get")) {
            answer.append(QVariant::fromValue(QDBusVariant(m_isLocked)));
        } else if (member == QLatin1StringView("ReadAlias")) {
            answer.append(QVariant::fromValue(m_isNew ? none() : collection()));
        } else if (member == QLatin1StringView("CreateCollection")) {
            answer << QVariant::fromValue(none()) << QVariant::fromValue(prompt(QVariant::fromValue(collection())));
        } else if (member == QLatin1StringView("CreateItem") && m_isNew) {
            return connection.send(message.createErrorReply(QStringLiteral("org.freedesktop.Secret.Error.NoSuchObject"),
                                                            QStringLiteral("There is no such collection")));
        } else if (member == QLatin1StringView("OpenSession")) {
            if (arguments.value(0).toString() != QLatin1StringView("plain"))
                return connection.send(message.createErrorReply(QDBusError::NotSupported, QStringLiteral("plain")));
            answer << QVariant::fromValue(QDBusVariant(QString())) << QVariant::fromValue(session());
        } else if (member == QLatin1StringView("CreateItem")) {
            const auto properties = qdbus_cast<QVariantMap>(arguments.value(0));
            const auto attributes = qdbus_cast<QMap<QString, QString>>(
                properties.value(QStringLiteral("org.freedesktop.Secret.Item.Attributes")));
            const auto secret = qdbus_cast<CarriedSecret>(arguments.value(1));
            if (secret.session != session())
                return connection.send(
                    message.createErrorReply(QStringLiteral("org.freedesktop.Secret.Error.NoSession"),
                                             QStringLiteral("The session does not exist")));
            const Item item{attributes.value(QStringLiteral("user")), secret.value};
            answer << QVariant::fromValue(m_isLocked ? none() : keep(item))
                   << QVariant::fromValue(m_isLocked ? prompt(QVariant::fromValue(item)) : none());
        } else if (member == QLatin1StringView("SearchItems")) {
            const auto attributes = qdbus_cast<QMap<QString, QString>>(arguments.value(0));
            const QString name = attributes.value(QStringLiteral("user"));
            QList<QDBusObjectPath> found;
            if (kept.contains(name))
                found.append(pathOf(name));
            const QList<QDBusObjectPath> nothing;
            answer << QVariant::fromValue(m_isLocked ? nothing : found)
                   << QVariant::fromValue(m_isLocked ? found : nothing);
        } else if (member == QLatin1StringView("Unlock")) {
            const auto wanted = qdbus_cast<QList<QDBusObjectPath>>(arguments.value(0));
            answer << QVariant::fromValue(m_isLocked ? QList<QDBusObjectPath>() : wanted)
                   << QVariant::fromValue(m_isLocked ? prompt(QVariant::fromValue(wanted)) : none());
        } else if (member == QLatin1StringView("GetSecrets")) {
            QMap<QDBusObjectPath, CarriedSecret> secrets;
            for (const QDBusObjectPath &path : qdbus_cast<QList<QDBusObjectPath>>(arguments.value(0))) {
                for (auto item = kept.cbegin(); item != kept.cend(); ++item) {
                    if (pathOf(item.key()) == path)
                        secrets.insert(path, {session(), {}, item.value(), QStringLiteral("text/plain")});
                }
            }
            answer.append(QVariant::fromValue(secrets));
        } else if (member == QLatin1StringView("Prompt") && m_isUnwilling) {
            const bool isHeard = connection.send(message.createReply(answer));
            end(message.path());
            return isHeard;
        } else if (member == QLatin1StringView("Delete")) {
            removed += kept.removeIf([&](const auto &item) { return pathOf(item.key()).path() == message.path(); });
            answer.append(QVariant::fromValue(none()));
        }
        return connection.send(message.createReply(answer));
    }

    struct Item
    {
        QString name;
        QByteArray value;
    };

private:
    static QString top() { return QStringLiteral("/org/freedesktop/secrets"); }
    static QDBusObjectPath none() { return QDBusObjectPath(QStringLiteral("/")); }
    static QDBusObjectPath session() { return QDBusObjectPath(top() + QStringLiteral("/session/plain")); }
    static QDBusObjectPath collection() { return QDBusObjectPath(top() + QStringLiteral("/collection/login")); }
    static QDBusObjectPath pathOf(const QString &name)
    {
        return QDBusObjectPath(collection().path() + u'/' + QString::fromLatin1(name.toUtf8().toHex()));
    }

    QDBusObjectPath keep(const Item &item)
    {
        kept.insert(item.name, item.value);
        return pathOf(item.name);
    }

    /// Nothing was typed; of the type that would have come all the same, since libsecret looks at it.
    void end(const QString &prompt)
    {
        const bool isItem = m_prompts.take(prompt).canConvert<Item>();
        const QVariant nothing = isItem ? QVariant::fromValue(none()) : QVariant::fromValue(QList<QDBusObjectPath>());
        QDBusMessage completed = QDBusMessage::createSignal(prompt, QStringLiteral("org.freedesktop.Secret.Prompt"),
                                                            QStringLiteral("Completed"));
        completed << true << QVariant::fromValue(QDBusVariant(nothing));
        m_bus.send(completed);
    }

    QDBusObjectPath prompt(const QVariant &whenTyped)
    {
        const QString path = top() + QStringLiteral("/prompt/%1").arg(++m_lastPrompt);
        m_prompts.insert(path, whenTyped);
        return QDBusObjectPath(path);
    }

    QDBusConnection m_bus;
    QMap<QString, QVariant> m_prompts; ///< by their paths; what comes of them
    int m_lastPrompt = 0;
    bool m_isNew = false; ///< it has no collection; one comes with the password
    bool m_isLocked = true;
    bool m_isUnwilling = false; ///< the person is
};

} // namespace casement::test

Q_DECLARE_METATYPE(casement::test::AskingSecrets::Item)
