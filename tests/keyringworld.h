#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusReply>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

/// A desktop session of its own for tests: a home, a D-Bus, and the real gnome-keyring, or none.
namespace casement::test {

/// A secret as the Secret Service hands it over.
struct CarriedSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type;
};

inline QDBusArgument &operator<<(QDBusArgument &argument, const CarriedSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.type;
    argument.endStructure();
    return argument;
}

inline const QDBusArgument &operator>>(const QDBusArgument &argument, CarriedSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.type;
    argument.endStructure();
    return argument;
}

} // namespace casement::test

Q_DECLARE_METATYPE(casement::test::CarriedSecret)

namespace casement::test {

class KeyringWorld
{
public:
    KeyringWorld()
    {
        for (const char *folder : {"run", "data", "config", "cache", "home"}) {
            QDir(m_folder.path()).mkdir(QLatin1StringView(folder));
            QFile::setPermissions(path(folder),
                                  QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        }
        environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        environment.insert(QStringLiteral("HOME"), path("home"));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), path("run"));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), path("data"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("config"));
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), path("cache"));
        startBus();
    }
    ~KeyringWorld()
    {
        stop(m_keyring);
        QDBusConnection::disconnectFromBus(busName());
        stop(m_bus);
    }
    Q_DISABLE_COPY_MOVE(KeyringWorld)

    QString path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }
    QString folder() const { return m_folder.path(); }

    /// The keyring that the password opens; made when there is none yet.
    void startKeyring(const QByteArray &password = "test")
    {
        stop(m_keyring);
        m_keyring.setProcessEnvironment(environment);
        m_keyring.start(
            QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
        m_keyring.write(password);
        m_keyring.closeWriteChannel();
        if (!QTest::qWaitFor([this] { return !defaultCollection().isEmpty(); }, 10'000))
            qFatal("gnome-keyring does not answer: %s", m_keyring.readAllStandardError().constData());
    }

    void stopKeyring() { stop(m_keyring); }
    void signalKeyring(int number) { ::kill(pid_t(m_keyring.processId()), number); }
    qint64 keyringProcess() const { return m_keyring.processId(); }

    void lock()
    {
        QDBusMessage call =
            QDBusMessage::createMethodCall(secrets(), QStringLiteral("/org/freedesktop/secrets"),
                                           QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
        call << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(defaultCollection())});
        const QDBusMessage answer = bus().call(call);
        if (answer.type() == QDBusMessage::ErrorMessage)
            qFatal("The keyring can't be locked: %s", qPrintable(answer.errorMessage()));
    }

    /// As a person does elsewhere, without a word to the programs that wait.
    void unlock(const QByteArray &password = "test")
    {
        qDBusRegisterMetaType<CarriedSecret>();
        const QString top = QStringLiteral("/org/freedesktop/secrets");
        QDBusMessage open = QDBusMessage::createMethodCall(
            secrets(), top, QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("OpenSession"));
        open << QStringLiteral("plain") << QVariant::fromValue(QDBusVariant(QString()));
        const QDBusMessage session = bus().call(open);
        QDBusMessage unlock = QDBusMessage::createMethodCall(
            secrets(), top, QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
            QStringLiteral("UnlockWithMasterPassword"));
        unlock << QVariant::fromValue(QDBusObjectPath(defaultCollection()))
               << QVariant::fromValue(CarriedSecret{session.arguments().value(1).value<QDBusObjectPath>(),
                                                    {},
                                                    password,
                                                    QStringLiteral("text/plain")});
        if (const QDBusMessage answer = bus().call(unlock); answer.type() == QDBusMessage::ErrorMessage)
            qFatal("The keyring can't be unlocked: %s", qPrintable(answer.errorMessage()));
    }

    /// How many entries of Casement there are, locked ones too.
    qsizetype entries()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(secrets(), QStringLiteral("/org/freedesktop/secrets"),
                                                           QStringLiteral("org.freedesktop.Secret.Service"),
                                                           QStringLiteral("SearchItems"));
        call << QVariant::fromValue(
            QMap<QString, QString>{{QStringLiteral("server"), QStringLiteral("org.casement.Casement")}});
        const QDBusMessage answer = bus().call(call);
        if (answer.type() == QDBusMessage::ErrorMessage)
            qFatal("The keyring can't be searched: %s", qPrintable(answer.errorMessage()));
        return qdbus_cast<QList<QDBusObjectPath>>(answer.arguments().value(0)).size()
            + qdbus_cast<QList<QDBusObjectPath>>(answer.arguments().value(1)).size();
    }

    QDBusConnection bus() { return QDBusConnection(busName()); }
    static QString secrets() { return QStringLiteral("org.freedesktop.secrets"); }

    /// Of the programs that run in it.
    QProcessEnvironment environment;

private:
    QString busName() const { return m_folder.path(); }

    QString defaultCollection()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(secrets(), QStringLiteral("/org/freedesktop/secrets"),
                                                           QStringLiteral("org.freedesktop.Secret.Service"),
                                                           QStringLiteral("ReadAlias"));
        call << QStringLiteral("default");
        const QDBusReply<QDBusObjectPath> reply = bus().call(call, QDBus::Block, 2'000);
        return reply.isValid() && reply.value().path().size() > 1 ? reply.value().path() : QString();
    }

    // Without the services of this computer, which would start by themselves.
    void startBus()
    {
        QFile configuration(m_folder.filePath(QStringLiteral("bus.conf")));
        if (!configuration.open(QIODevice::WriteOnly))
            qFatal("no configuration of a bus");
        configuration.write("<busconfig><type>session</type><listen>unix:path=" + path("run").toUtf8()
                            + "/bus</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                              "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                              "<allow own=\"*\"/></policy></busconfig>");
        configuration.close();
        m_bus.setProcessEnvironment(environment);
        m_bus.start(QStringLiteral("dbus-daemon"),
                    {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                     QStringLiteral("--config-file=") + configuration.fileName()});
        if (!QTest::qWaitFor([this] { return m_bus.canReadLine(); }, 10'000))
            qFatal("dbus-daemon does not start: %s", m_bus.readAllStandardError().constData());
        const QString address = QString::fromUtf8(m_bus.readLine()).trimmed();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address);
        qDBusRegisterMetaType<QMap<QString, QString>>();
        if (!QDBusConnection::connectToBus(address, busName()).isConnected())
            qFatal("no connection to %s", qPrintable(address));
    }

    static void stop(QProcess &process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        ::kill(pid_t(process.processId()), SIGCONT);
        process.terminate();
        if (!process.waitForFinished(5'000)) {
            process.kill();
            process.waitForFinished();
        }
    }

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_keyring;
};

/// A Secret Service that refuses everything, or never says a word.
class FakeSecrets final : public QDBusVirtualObject
{
public:
    enum class Mood { Refusing, Silent };

    FakeSecrets(KeyringWorld &world, Mood mood) : m_bus(world.bus()), m_mood(mood)
    {
        if (!m_bus.registerVirtualObject(QStringLiteral("/org/freedesktop/secrets"), this, QDBusConnection::SubPath)
            || !m_bus.registerService(KeyringWorld::secrets()))
            qFatal("The name is taken");
    }
    ~FakeSecrets() override
    {
        m_bus.unregisterService(KeyringWorld::secrets());
        m_bus.unregisterObject(QStringLiteral("/org/freedesktop/secrets"), QDBusConnection::UnregisterTree);
    }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (m_mood == Mood::Refusing)
            connection.send(message.createErrorReply(QDBusError::AccessDenied, QStringLiteral("Not for you")));
        else
            message.setDelayedReply(true);
        return true;
    }

private:
    QDBusConnection m_bus;
    Mood m_mood;
};

/// Whether the bytes hold the secret: plain, in base64 at any place, hex, UTF-16, or backwards.
inline bool holdsSecret(const QByteArray &bytes, const QByteArray &secret)
{
    QByteArray backwards = secret;
    std::reverse(backwards.begin(), backwards.end());
    QList<QByteArray> forms{secret, backwards, secret.toHex(), secret.toHex().toUpper(), backwards.toHex()};
    QByteArray wide;
    QByteArray wideBig;
    for (const char c : secret) {
        wide += c;
        wide += '\0';
        wideBig += '\0';
        wideBig += c;
    }
    forms += {wide, wideBig};
    for (int before = 0; before < 3; ++before) { // three bytes are four characters: those at the ends are shared
        const QByteArray text = (QByteArray(before, 'x') + secret).toBase64(QByteArray::OmitTrailingEquals);
        forms.append(text.mid(before == 0 ? 0 : before + 1, secret.size() * 4 / 3 - 4));
    }
    return std::any_of(forms.cbegin(), forms.cend(), [&](const QByteArray &form) { return bytes.contains(form); });
}

/// The first file below a folder that holds the secret; empty when none does.
inline QString fileWithSecret(const QString &folder, const QByteArray &secret)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().toUtf8().contains(secret))
            return file.fileName();
        if (file.open(QIODevice::ReadOnly) && holdsSecret(file.readAll(), secret))
            return file.fileName();
    }
    return {};
}

} // namespace casement::test
