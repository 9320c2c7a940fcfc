#include "app/singleinstance.h"

#include "base/log.h"
#include "base/privacy.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestMessage = 64 * 1024;
constexpr int pauseBeforeAgain = 50; // ms, while the first one is starting

/// A connection of plain system calls: a second start makes no QApplication.
class Line
{
public:
    Line() : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) { }
    ~Line()
    {
        if (m_socket >= 0)
            ::close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(Line)

    bool connectTo(const QByteArray &path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (m_socket < 0 || size_t(path.size()) >= sizeof(address.sun_path))
            return false;
        std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
        return ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    }

    bool send(const QByteArray &bytes, const QDeadlineTimer &until)
    {
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const ssize_t now = ::send(m_socket, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (now > 0)
                sent += now;
            else if (now < 0 && errno != EAGAIN && errno != EINTR)
                return false;
            else if (!wait(POLLOUT, until))
                return false;
        }
        return true;
    }

    /// Up to the end of the line; empty when it did not come.
    QByteArray receiveLine(const QDeadlineTimer &until)
    {
        QByteArray line;
        char piece[512];
        while (line.size() < longestMessage && wait(POLLIN, until)) {
            const ssize_t now = ::recv(m_socket, piece, sizeof(piece), 0);
            if (now == 0 || (now < 0 && errno != EAGAIN && errno != EINTR))
                return {};
            if (now > 0)
                line.append(piece, qsizetype(now));
            if (const qsizetype end = line.indexOf('\n'); end >= 0)
                return line.first(end);
        }
        return {};
    }

private:
    bool wait(short what, const QDeadlineTimer &until) const
    {
        pollfd one{.fd = m_socket, .events = what, .revents = 0};
        const int left = int(until.remainingTime());
        return left > 0 && ::poll(&one, 1, left) > 0;
    }

    int m_socket;
};

QString runtimeFolder()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return folder.isEmpty() || !QFileInfo(folder).isWritable() ? QString() : folder + u"/casement"_s;
}

} // namespace

SingleInstance::SingleInstance(const QString &key, QObject *parent) : QObject(parent)
{
    const QString folder = runtimeFolder();
    if (folder.isEmpty() || !QDir().mkpath(folder) || !keepFromOthers(folder))
        return;
    // The same folder by another name is the same; what is not there yet has its name only.
    const QFileInfo info(key);
    const QString real = QFileInfo(info.absolutePath()).canonicalFilePath();
    const QString whole = (real.isEmpty() ? info.absolutePath() : real) + u'/' + info.fileName();
    const QByteArray digest = QCryptographicHash::hash(whole.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    m_base = folder + u'/' + QString::fromLatin1(digest);
}

SingleInstance::~SingleInstance() = default;

SingleInstance::Outcome SingleInstance::start(const QStringList &arguments, std::chrono::milliseconds wait)
{
    if (m_base.isEmpty())
        return Outcome::Unknown;
    m_lock = std::make_unique<QLockFile>(lockPath());
    m_lock->setStaleLockTime(0); // however long it runs; only a process that is gone has lost it
    if (m_lock->tryLock(0)) {
        QLocalServer::removeServer(socketPath()); // of one that was killed
        return Outcome::First;
    }
    if (m_lock->error() != QLockFile::LockFailedError) {
        m_lock.reset();
        return Outcome::Unknown;
    }
    return handOver(arguments, wait);
}

SingleInstance::Outcome SingleInstance::handOver(const QStringList &arguments, std::chrono::milliseconds wait)
{
    const QDeadlineTimer until(wait);
    QJsonObject message{{u"arguments"_s, QJsonArray::fromStringList(arguments)}};
    // With it the desktop lets the window come to the front: somebody asked for it just now.
    message.insert(u"activation"_s, qEnvironmentVariable("XDG_ACTIVATION_TOKEN"));
    const QByteArray line = QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
    while (!until.hasExpired()) {
        Line connection;
        if (!connection.connectTo(QFile::encodeName(socketPath()))) {
            // It is starting, or going just now.
            ::poll(nullptr, 0, int(std::min<qint64>(pauseBeforeAgain, until.remainingTime())));
            if (m_lock->tryLock(0)) {
                QLocalServer::removeServer(socketPath());
                return Outcome::First;
            }
            continue;
        }
        const QByteArray answer = connection.send(line, until) ? connection.receiveLine(until) : QByteArray();
        if (answer.isEmpty()) { // it went just now
            ::poll(nullptr, 0, int(std::min<qint64>(pauseBeforeAgain, until.remainingTime())));
            continue;
        }
        m_told = QJsonDocument::fromJson(answer).object().value(u"told"_s).toString();
        return Outcome::HandedOver;
    }
    qint64 process = 0;
    QString host;
    QString program;
    m_lock->getLockInfo(&process, &host, &program);
    m_told = tr("Casement runs already and does not answer (process %1). Wait a moment, or end that process and start "
                "Casement again.")
                 .arg(process);
    return Outcome::Hung;
}

void SingleInstance::listen(std::function<QString(const QStringList &)> taken)
{
    if (m_base.isEmpty() || !m_lock || !m_lock->isLocked())
        return;
    m_taken = std::move(taken);
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &SingleInstance::accept);
    if (!m_server->listen(socketPath()))
        qCWarning(logUi) << "second starts can't be answered:" << m_server->errorString();
}

void SingleInstance::accept()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(patience, socket, &QLocalSocket::abort); // whoever says nothing is let go
        const auto read = [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > longestMessage)
                    socket->abort();
                return;
            }
            const QJsonObject message = QJsonDocument::fromJson(socket->readLine(longestMessage)).object();
            QStringList arguments;
            const QJsonArray given = message.value(u"arguments"_s).toArray();
            for (const QJsonValue &one : given)
                arguments.append(one.toString());
            if (const QString token = message.value(u"activation"_s).toString(); !token.isEmpty())
                qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
            const QString told = m_taken ? m_taken(arguments) : QString();
            socket->write(QJsonDocument(QJsonObject{{u"told"_s, told}}).toJson(QJsonDocument::Compact) + '\n');
            socket->disconnectFromServer();
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        if (socket->bytesAvailable() > 0)
            read();
    }
}

} // namespace casement
