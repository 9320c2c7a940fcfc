#include "aws/secretstore.h"

#include "base/background.h"
#include "base/log.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLibrary>
#include <QPointer>
#include <QTimer>
#include <QUuid>

#include <qt6keychain/keychain.h>

#include <array>
#include <deque>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr auto keychainService = "org.casement.Casement"_L1;
// A person who did not give the password when asked is not asked by reads again before this.
constexpr std::chrono::seconds restAfterPrompt{60};

constexpr auto secretService = "org.freedesktop.secrets"_L1;
constexpr auto secretServicePath = "/org/freedesktop/secrets"_L1;
constexpr auto secretCollection = "org.freedesktop.Secret.Collection"_L1;
constexpr auto busProperties = "org.freedesktop.DBus.Properties"_L1;

Error keychainError(QLatin1StringView code, const QString &message)
{
    return {.kind = Error::Kind::Keychain, .code = code, .message = message};
}

Error absentError(const QString &words)
{
    return keychainError(keychaincode::absent, u"no keychain service answers: %1"_s.arg(words));
}

Error lockedError() { return keychainError(keychaincode::locked, u"the keychain is locked"_s); }

Error waitingError() { return keychainError(keychaincode::waiting, u"the keychain waits for its password"_s); }

Error deniedError(const QString &words)
{
    return keychainError(keychaincode::denied,
                         words.isEmpty() ? u"the keychain refused"_s : u"the keychain refused: %1"_s.arg(words));
}

Error silentError()
{
    return keychainError(keychaincode::silent,
                         u"the keychain did not answer within %1 seconds"_s.arg(SecretStore::patience.count() / 1000));
}

Error garbledError(const QString &why) { return keychainError(keychaincode::garbled, why); }

/// Plasma has a keychain of its own, which QtKeychain asks there; it opens it by itself, or says no.
bool isPlasma()
{
    return qEnvironmentVariableIsSet("KDE_SESSION_VERSION")
        || qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1);
}

QString keptText(const Credentials &keys)
{
    QJsonObject json{{u"Version"_s, 1},
                     {u"AccessKeyId"_s, QString::fromUtf8(keys.accessKeyId())},
                     {u"SecretAccessKey"_s, QString::fromUtf8(keys.secretAccessKey())}};
    if (!keys.sessionToken().isEmpty())
        json.insert(u"SessionToken"_s, QString::fromUtf8(keys.sessionToken()));
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

Result<Credentials> keptKeys(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    std::array<QString, 3> parts;
    for (size_t i = 0; const QLatin1StringView name : {"AccessKeyId"_L1, "SecretAccessKey"_L1, "SessionToken"_L1}) {
        parts[i] = json.value(name).toString();
        if (const QString why = whyNoKey(parts[i++]); !why.isEmpty())
            return garbledError(u"%1 in the keychain %2"_s.arg(name, why));
    }
    if (parts[0].isEmpty() || parts[1].isEmpty())
        return garbledError(u"the entry in the keychain holds no keys"_s);
    Credentials keys(parts[0], parts[1], parts[2]);
    keys.source = u"keychain"_s;
    return keys;
}

/// libsecret goes on with the session of a keychain that has been started anew since; QtKeychain has no word for that.
bool letGoOfSession()
{
    QLibrary library(u"secret-1"_s, 0); // which QtKeychain has loaded
    const auto disconnect = reinterpret_cast<void (*)()>(library.resolve("secret_service_disconnect"));
    if (disconnect)
        disconnect();
    return disconnect;
}

/// Its threads are not waited for when the program ends: a bus may be silent for long.
QThreadPool *busPool()
{
    static auto *pool = new QThreadPool;
    return pool;
}

/// What the Secret Service says about its default collection, without opening anything.
enum class Look {
    Open,
    Locked,
    None, ///< there is none yet: a write makes it, for which the person thinks up a password
    Unknown, ///< not asked, or nothing to be learnt
};

} // namespace

/// One thing after the other: QtKeychain runs one job at a time, and who waits behind one that hangs is told so when
/// its time is up and then never begins.
class SecretStore::Impl final : public QObject
{
public:
    enum class Kind { Probe, Write, Read, Remove };
    using Done = std::function<void(const Result<QString> &)>;

    struct Operation
    {
        Kind kind = Kind::Read;
        QString name;
        QString value;
        QPointer<QObject> context;
        Done done;
        std::function<void(const Result<void> &)> late; ///< of a write
        Look look = Look::Unknown;
        bool isTold = false;
        bool isRenewed = false; ///< the session was let go of for it
    };
    using Pointer = std::shared_ptr<Operation>;

    explicit Impl(SecretStore *store) : m_store(store) { }
    ~Impl() override
    {
        if (m_bus)
            QDBusConnection::disconnectFromBus(m_bus->name());
    }

    void allowPrompt() { m_rest = QDeadlineTimer(0); }
    void ask(Kind kind, const QString &name, const QString &value, QObject *context, Done done,
             std::function<void(const Result<void> &)> late = {});
    int changesUnderWay() const { return m_changes; }

private:
    void next();
    void connectBus(const Pointer &operation);
    void lookFor(const Pointer &operation, const std::function<void(Look)> &then);
    void askWhetherLocked(const Pointer &operation, const QString &collection, const std::function<void(Look)> &then);
    void answerCall(const Pointer &operation, const QDBusError &error, const std::function<void(Look)> &then);
    void begin(const Pointer &operation);
    void write(const Pointer &operation);
    void read(const Pointer &operation, const std::function<void(const Result<QString> &)> &then);
    void remove(const Pointer &operation);
    void start(QKeychain::Job *job, const Pointer &operation, const std::function<void(QKeychain::Job *)> &then);
    Error errorOf(const QKeychain::Job &job, const Pointer &operation) const;

    static bool isChange(const Operation &operation) { return operation.kind != Kind::Read; }
    /// The person stands before a question of the keychain, however long they take.
    static bool asks(const Operation &operation)
    {
        const bool isWrite = operation.kind == Kind::Write || operation.kind == Kind::Probe;
        return operation.look == Look::Locked || (operation.look == Look::None && isWrite);
    }
    void tell(const Pointer &operation, const Result<QString> &result);
    void end(const Pointer &operation, const Result<QString> &result);

    SecretStore *m_store;
    std::optional<QDBusConnection> m_bus;
    QString m_watched; ///< the collection whose lock is listened to
    std::deque<Pointer> m_queue;
    Pointer m_running;
    QDeadlineTimer m_rest{0}; ///< no prompt by reads before
    int m_changes = 0;
};

void SecretStore::Impl::ask(Kind kind, const QString &name, const QString &value, QObject *context, Done done,
                            std::function<void(const Result<void> &)> late)
{
    auto operation = std::make_shared<Operation>();
    operation->kind = kind;
    operation->name = name;
    operation->value = value;
    operation->context = context;
    operation->done = std::move(done);
    operation->late = std::move(late);
    m_changes += isChange(*operation) ? 1 : 0;
    m_queue.push_back(operation);
    QTimer::singleShot(patience, this, [this, operation] {
        if (operation->isTold)
            return;
        tell(operation, asks(*operation) || (m_running && asks(*m_running)) ? waitingError() : silentError());
    });
    QTimer::singleShot(0, this, [this] { next(); });
}

void SecretStore::Impl::next()
{
    while (!m_running && !m_queue.empty()) {
        const Pointer operation = m_queue.front();
        m_queue.pop_front();
        if (operation->isTold)
            continue;
        if (!operation->context && !isChange(*operation)) {
            operation->isTold = true; // nobody waits for it
            continue;
        }
        m_running = operation;
        connectBus(operation);
    }
}

/// Saying hello to the bus waits for its answer, so a pool thread does it.
void SecretStore::Impl::connectBus(const Pointer &operation)
{
    if (isPlasma() || (m_bus && m_bus->isConnected()))
        return begin(operation);
    const QString name = "casement-keychain-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces);
    inBackground(
        this, [name] { return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name); },
        [this, operation, name](const QDBusConnection &bus) {
            if (!bus.isConnected()) {
                const QString words = bus.lastError().message();
                QDBusConnection::disconnectFromBus(name);
                return end(operation, absentError(words.isEmpty() ? u"there is no session bus"_s : words));
            }
            m_bus = bus;
            m_watched.clear();
            begin(operation);
        },
        busPool());
}

void SecretStore::Impl::lookFor(const Pointer &operation, const std::function<void(Look)> &then)
{
    if (!m_bus)
        return then(Look::Unknown);
    QDBusMessage alias = QDBusMessage::createMethodCall(secretService, secretServicePath,
                                                        u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
    alias << u"default"_s;
    auto *watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(alias, int(patience.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, operation, then] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusObjectPath> reply = *watcher;
        if (reply.isError())
            return answerCall(operation, reply.error(), then);
        const QString collection = reply.value().path();
        if (collection == "/"_L1)
            return then(Look::None);
        askWhetherLocked(operation, collection, then);
    });
}

void SecretStore::Impl::askWhetherLocked(const Pointer &operation, const QString &collection,
                                         const std::function<void(Look)> &then)
{
    QDBusMessage get = QDBusMessage::createMethodCall(secretService, collection, busProperties, u"Get"_s);
    get << QString(secretCollection) << u"Locked"_s;
    auto *watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(get, int(patience.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, operation, collection, then] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return answerCall(operation, reply.error(), then);
        const bool isLocked = reply.value().variant().toBool();
        if (isLocked && std::exchange(m_watched, collection) != collection) {
            // Whoever opens it. Of any sender: the owner of a name would be looked for, and waited for.
            m_bus->connect({}, collection, busProperties, u"PropertiesChanged"_s, m_store,
                           SLOT(hearOfLock(QString, QVariantMap)));
        }
        then(isLocked ? Look::Locked : Look::Open);
    });
}

/// Who can't be asked can't be read either; only a service of fewer words may go on.
void SecretStore::Impl::answerCall(const Pointer &operation, const QDBusError &error,
                                   const std::function<void(Look)> &then)
{
    switch (error.type()) {
    case QDBusError::AccessDenied:
        return end(operation, deniedError(error.message()));
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return end(operation, silentError());
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownObject:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownProperty:
    case QDBusError::InvalidArgs:
    case QDBusError::NotSupported:
        return then(Look::Unknown);
    default: // no such name, or its program does not start
        return end(operation, absentError(error.message()));
    }
}

void SecretStore::Impl::begin(const Pointer &operation)
{
    lookFor(operation, [this, operation](Look look) {
        operation->look = look;
        if (operation->isTold)
            return end(operation, silentError());
        if (look == Look::Open)
            m_rest = QDeadlineTimer(0);
        switch (operation->kind) {
        case Kind::Probe:
        case Kind::Write:
            return write(operation);
        case Kind::Read:
            if (look == Look::Locked && !m_rest.hasExpired())
                return end(operation, lockedError());
            return read(operation, [this, operation](const Result<QString> &found) { end(operation, found); });
        case Kind::Remove:
            return remove(operation);
        }
    });
}

void SecretStore::Impl::start(QKeychain::Job *job, const Pointer &operation,
                              const std::function<void(QKeychain::Job *)> &then)
{
    job->setKey(operation->name);
    connect(job, &QKeychain::Job::finished, this, [this, operation, then](QKeychain::Job *ended) {
        if (operation->look == Look::Locked && ended->error() != QKeychain::NoError)
            m_rest = QDeadlineTimer(restAfterPrompt);
        const bool isStale = ended->error() == QKeychain::OtherError
            && (operation->look == Look::Open || ended->errorString().contains("session"_L1));
        if (isStale && !std::exchange(operation->isRenewed, true) && letGoOfSession())
            return begin(operation);
        // Who was told that it took too long hears no more, but of a write that is checked; what was done stays, but
        // for a probe.
        if (operation->isTold && operation->kind != Kind::Probe && !operation->late)
            end(operation, ended->error() == QKeychain::NoError ? Result<QString>(QString()) : silentError());
        else
            then(ended);
    });
    job->start();
}

void SecretStore::Impl::write(const Pointer &operation)
{
    auto *job = new QKeychain::WritePasswordJob(keychainService);
    job->setTextData(operation->value);
    start(job, operation, [this, operation](QKeychain::Job *ended) {
        if (ended->error() != QKeychain::NoError)
            return end(operation, errorOf(*ended, operation));
        operation->look = Look::Open;
        if (operation->isTold && operation->kind == Kind::Probe)
            return remove(operation);
        read(operation, [this, operation](const Result<QString> &found) {
            if (!found)
                return end(operation, found);
            if (*found != operation->value)
                return end(operation, garbledError(u"the keychain gives back something else than it was given"_s));
            if (operation->kind == Kind::Probe)
                return remove(operation);
            end(operation, found);
        });
    });
}

void SecretStore::Impl::read(const Pointer &operation, const std::function<void(const Result<QString> &)> &then)
{
    start(new QKeychain::ReadPasswordJob(keychainService), operation, [this, operation, then](QKeychain::Job *ended) {
        if (ended->error() == QKeychain::NoError)
            return then(static_cast<QKeychain::ReadPasswordJob *>(ended)->textData());
        if (ended->error() != QKeychain::EntryNotFound)
            return then(errorOf(*ended, operation));
        // It may have been locked meanwhile, and then says the same.
        lookFor(operation, [operation, then](Look look) {
            operation->look = look;
            then(look == Look::Locked ? lockedError()
                                      : keychainError(keychaincode::missing, u"the keychain has no such entry"_s));
        });
    });
}

void SecretStore::Impl::remove(const Pointer &operation)
{
    start(new QKeychain::DeletePasswordJob(keychainService), operation, [this, operation](QKeychain::Job *ended) {
        if (ended->error() != QKeychain::NoError && ended->error() != QKeychain::EntryNotFound)
            return end(operation, errorOf(*ended, operation));
        read(operation, [this, operation](const Result<QString> &found) {
            if (found)
                return end(operation, deniedError(u"the entry is still there"_s));
            if (found.error().code == keychaincode::missing)
                return end(operation, QString());
            end(operation, found);
        });
    });
}

Error SecretStore::Impl::errorOf(const QKeychain::Job &job, const Pointer &operation) const
{
    const QString words = job.errorString();
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return absentError(words);
    case QKeychain::OtherError:
        // libsecret's words for what D-Bus said
        if (words.contains("AccessDenied"_L1) || words.contains("not allowed"_L1))
            return deniedError(words);
        if (operation->look == Look::None)
            return deniedError(words); // nobody wanted to think up a password
        return operation->look == Look::Locked ? lockedError() : absentError(words);
    default:
        return operation->look == Look::Locked || words.contains("locked"_L1) ? lockedError() : deniedError(words);
    }
}

void SecretStore::Impl::tell(const Pointer &operation, const Result<QString> &result)
{
    operation->isTold = true;
    if (!result)
        qCDebug(logCredentials) << result.error().toLine();
    const Done done = std::exchange(operation->done, {});
    if (!operation->late)
        operation->value.clear();
    const bool isLastChange = isChange(*operation) && --m_changes == 0;
    const QPointer<Impl> alive(this);
    if (operation->context)
        done(result);
    if (alive && isLastChange && m_changes == 0)
        Q_EMIT m_store->idle();
}

void SecretStore::Impl::end(const Pointer &operation, const Result<QString> &result)
{
    if (m_running == operation)
        m_running.reset();
    const QPointer<Impl> alive(this);
    if (!operation->isTold) {
        operation->late = {};
        tell(operation, result);
    } else {
        operation->value.clear();
        const auto late = std::exchange(operation->late, {});
        if (late && operation->context)
            late(result ? Result<void>() : Result<void>(result.error()));
        if (alive && result)
            Q_EMIT m_store->opened();
        else if (alive && operation->look == Look::Locked)
            Q_EMIT m_store->dismissed();
    }
    if (alive)
        next();
}

SecretStore::SecretStore(QObject *parent) : QObject(parent) { }

SecretStore::~SecretStore() = default;

SecretStore::Impl &SecretStore::impl()
{
    if (!m_impl)
        m_impl = std::make_unique<Impl>(this);
    return *m_impl;
}

void SecretStore::probe(QObject *context, std::function<void(const Result<void> &)> done)
{
    const QString name = "probe-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces);
    impl().ask(Impl::Kind::Probe, name, u"no secret"_s, context, [done = std::move(done)](const Result<QString> &kept) {
        done(kept ? Result<void>() : Result<void>(kept.error()));
    });
}

void SecretStore::write(const QString &name, const Credentials &keys, QObject *context,
                        std::function<void(const Result<void> &)> done, std::function<void(const Result<void> &)> late)
{
    impl().ask(
        Impl::Kind::Write, name, keptText(keys), context,
        [done = std::move(done)](const Result<QString> &kept) {
            done(kept ? Result<void>() : Result<void>(kept.error()));
        },
        std::move(late));
}

void SecretStore::allowPrompt()
{
    if (m_impl)
        m_impl->allowPrompt();
}

void SecretStore::hearOfLock(const QString &interface, const QVariantMap &changed)
{
    if (interface == secretCollection && changed.contains(u"Locked"_s) && !changed.value(u"Locked"_s).toBool())
        Q_EMIT opened();
}

void SecretStore::read(const QString &name, QObject *context, std::function<void(const Result<Credentials> &)> done)
{
    impl().ask(Impl::Kind::Read, name, {}, context, [done = std::move(done)](const Result<QString> &found) {
        done(found ? keptKeys(*found) : Result<Credentials>(found.error()));
    });
}

void SecretStore::remove(const QString &name, QObject *context, std::function<void(const Result<void> &)> done)
{
    impl().ask(Impl::Kind::Remove, name, {}, context, [done = std::move(done)](const Result<QString> &gone) {
        done(gone ? Result<void>() : Result<void>(gone.error()));
    });
}

bool SecretStore::isBusy() const { return m_impl && m_impl->changesUnderWay() > 0; }

} // namespace casement
