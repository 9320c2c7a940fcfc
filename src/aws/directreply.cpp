#include "aws/directreply.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace casement {

using namespace std::chrono_literals;

namespace {

constexpr auto keptFor = 15s; // servers let go of them after 20 s and more
constexpr auto patienceForAddresses = 3s; // a host may have addresses that lead nowhere
constexpr qint64 pieceSize = 256 << 10;
constexpr qint64 sentAhead = 512 << 10; // of a socket that takes less than it is given
constexpr qsizetype longestHead = 64 << 10;
constexpr qsizetype mostInChunks = 1 << 20;

bool isTlsUrl(const QUrl &url) { return url.scheme() == QLatin1StringView("https"); }

quint16 portOf(const QUrl &url) { return quint16(url.port(isTlsUrl(url) ? 443 : 80)); }

QString placeIn(const QUrl &url)
{
    return url.scheme() + QLatin1Char(' ') + url.host() + QLatin1Char(' ') + QString::number(portOf(url));
}

QNetworkReply::NetworkError replyError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SocketTimeoutError:
        return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

/// An answer that comes in pieces. Those to what is sent are short: they are joined when all are there.
struct Chunks
{
    QByteArray joined;
    qsizetype end = -1; // where the last one ends; -1: more have to come
    bool isBad = false;
};

Chunks joinChunks(const QByteArray &in)
{
    Chunks chunks;
    chunks.isBad = in.size() > mostInChunks;
    for (qsizetype at = 0; !chunks.isBad;) {
        const qsizetype lineEnd = in.indexOf("\r\n", at);
        if (lineEnd < 0)
            break;
        const QByteArray line = in.mid(at, lineEnd - at);
        at = lineEnd + 2;
        bool isNumber = false;
        const qint64 size = line.split(';').first().trimmed().toLongLong(&isNumber, 16);
        if (!isNumber || size < 0 || size > mostInChunks) {
            chunks.isBad = true;
        } else if (size == 0) {
            // Further headers, which nobody asks for, may come before the empty line.
            const qsizetype blank = in.indexOf("\r\n\r\n", lineEnd);
            if (blank >= 0)
                chunks.end = blank + 4;
            break;
        } else {
            if (in.size() < at + size + 2)
                break;
            chunks.isBad = in.mid(at + size, 2) != "\r\n";
            chunks.joined += in.mid(at, size);
            at += size + 2;
        }
    }
    return chunks;
}

} // namespace

KeptSockets::~KeptSockets()
{
    // Sockets say that they are disconnected while they are deleted.
    for (const Kept &kept : std::as_const(m_kept))
        delete kept.watch;
}

QTcpSocket *KeptSockets::take(const QUrl &url)
{
    const QString place = placeIn(url);
    for (qsizetype i = m_kept.size() - 1; i >= 0; --i) { // the one that was used last
        if (m_kept.at(i).place != place)
            continue;
        const Kept kept = m_kept.takeAt(i);
        delete kept.watch;
        kept.socket->setParent(nullptr);
        return kept.socket;
    }
    return nullptr;
}

void KeptSockets::keep(const QUrl &url, QTcpSocket *socket)
{
    socket->setParent(this);
    auto *watch = new QObject(this);
    m_kept.append({placeIn(url), socket, watch});
    const auto end = [this, socket] { drop(socket); };
    connect(socket, &QTcpSocket::disconnected, watch, end);
    connect(socket, &QTcpSocket::readyRead, watch, end); // nobody asked for anything
    QTimer::singleShot(keptFor, watch, end);
}

void KeptSockets::drop(QTcpSocket *socket)
{
    const auto found =
        std::find_if(m_kept.begin(), m_kept.end(), [socket](const Kept &kept) { return kept.socket == socket; });
    if (found == m_kept.end())
        return;
    found->watch->deleteLater(); // this runs in its name
    m_kept.erase(found);
    socket->disconnect();
    socket->abort();
    socket->deleteLater();
}

void KeptSockets::clear()
{
    while (!m_kept.isEmpty())
        drop(m_kept.constLast().socket);
}

DirectReply::DirectReply(const QNetworkRequest &request, const QByteArray &verb, const QByteArray &body,
                         KeptSockets *kept)
    : m_verb(verb), m_toSend(body), m_kept(kept)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::CustomOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    QMetaObject::invokeMethod(this, &DirectReply::begin, Qt::QueuedConnection);
}

DirectReply::~DirectReply() = default;

void DirectReply::begin()
{
    if (m_state == State::Done)
        return;
    m_socket = m_kept ? m_kept->take(url()) : nullptr;
    m_isReused = m_socket;
    if (!m_isReused)
        return connectTo(QAbstractSocket::AnyIPProtocol);
    m_socket->setParent(this);
    watch();
    send();
}

void DirectReply::connectTo(QAbstractSocket::NetworkLayerProtocol protocol)
{
    m_isReused = false;
    auto *const tls = isTlsUrl(url()) ? new QSslSocket(this) : nullptr;
    m_socket = tls ? tls : new QTcpSocket(this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    watch();
    if (tls) {
        tls->setSslConfiguration(request().sslConfiguration());
        connect(tls, &QSslSocket::sslErrors, this, &QNetworkReply::sslErrors);
        connect(tls, &QSslSocket::encrypted, this, &DirectReply::send);
        tls->connectToHostEncrypted(url().host(), portOf(url()), QIODevice::ReadWrite, protocol);
    } else {
        connect(m_socket, &QTcpSocket::connected, this, &DirectReply::send);
        m_socket->connectToHost(url().host(), portOf(url()), QIODevice::ReadWrite, protocol);
    }
    if (protocol == QAbstractSocket::AnyIPProtocol && QHostAddress(url().host()).isNull()) {
        QTimer::singleShot(patienceForAddresses, m_socket, [this] {
            if (m_state != State::Waiting || m_socket->state() == QAbstractSocket::ConnectedState)
                return;
            dropSocket();
            connectTo(QAbstractSocket::IPv4Protocol);
        });
    }
}

void DirectReply::watch()
{
    connect(m_socket, &QTcpSocket::readyRead, this, &DirectReply::read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &DirectReply::ended);
    connect(m_socket, &QTcpSocket::disconnected, this, &DirectReply::ended);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &DirectReply::feed);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &DirectReply::feed);
}

void DirectReply::dropSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void DirectReply::send()
{
    m_state = State::Head;
    m_sent = 0;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(head());
    feed();
}

QByteArray DirectReply::head() const
{
    const QUrl to = url();
    QByteArray target = to.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (to.hasQuery())
        target += '?' + to.query(QUrl::FullyEncoded).toLatin1();
    QByteArray host = to.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (to.port() != -1)
        host += ':' + QByteArray::number(to.port());
    QByteArray text = m_verb + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: Keep-Alive\r\n";
    for (const QByteArray &name : request().rawHeaderList())
        text += name + ": " + request().rawHeader(name) + "\r\n";
    return text + "\r\n";
}

/// Bytes that wait for the connection to take them.
qint64 DirectReply::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void DirectReply::feed()
{
    if (m_state != State::Head && m_state != State::Body)
        return;
    if (std::exchange(m_isSending, true))
        return; // writing may say at once that something was written
    while (m_socket && m_sent < m_toSend.size() && unsent() < sentAhead) {
        const qint64 count =
            m_socket->write(m_toSend.constData() + m_sent, std::min(pieceSize, m_toSend.size() - m_sent));
        if (count <= 0)
            break; // the socket says why
        m_sent += count;
    }
    m_isSending = false;
    if (m_socket)
        Q_EMIT uploadProgress(std::max<qint64>(0, m_sent - unsent()), m_toSend.size());
}

void DirectReply::read()
{
    if (m_state != State::Head && m_state != State::Body)
        return;
    m_in += m_socket->readAll();
    while (m_state == State::Head) {
        if (!readHead())
            return;
    }
    if (m_state == State::Body)
        readBody();
}

/// False when more has to come, or when nothing more is looked at.
bool DirectReply::readHead()
{
    const qsizetype end = m_in.indexOf("\r\n\r\n");
    if (end < 0 || end > longestHead) {
        if (m_in.size() > longestHead)
            fail(ProtocolFailure, QStringLiteral("the head of the answer has no end"));
        return false;
    }
    QList<QByteArray> lines = m_in.first(end).split('\n');
    m_in.remove(0, end + 4);
    if (!takeHead(lines)) {
        fail(ProtocolFailure, QStringLiteral("what answers there does not speak HTTP"));
        return false;
    }
    return true;
}

bool DirectReply::takeHead(const QList<QByteArray> &lines)
{
    // HTTP/1.1 200 OK
    const QByteArray &first = lines.first();
    bool isNumber = false;
    const int status = first.mid(9, 3).toInt(&isNumber);
    if (!first.startsWith("HTTP/1.") || first.size() < 12 || first.at(8) != ' ' || !isNumber || status < 100)
        return false;
    if (status < 200)
        return status != 101; // what comes before the answer
    QList<RawHeaderPair> headers;
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || line.first(colon).trimmed().size() != colon)
            return false;
        const QByteArray name = line.first(colon);
        const QByteArray value = line.sliced(colon + 1).trimmed();
        const auto same = std::find_if(headers.begin(), headers.end(), [&name](const RawHeaderPair &header) {
            return header.first.compare(name, Qt::CaseInsensitive) == 0;
        });
        if (same == headers.end())
            headers.append({name, value});
        else
            same->second += ", " + value;
    }
    for (const auto &[name, value] : std::as_const(headers))
        setRawHeader(name, value);
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, status);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(first.mid(13).trimmed()));

    const QByteArray connection = rawHeader("Connection").toLower();
    m_mayKeep = first.startsWith("HTTP/1.1") ? !connection.contains("close") : connection.contains("keep-alive");
    const QByteArray length = rawHeader("Content-Length");
    m_left = length.toLongLong(&isNumber);
    if (rawHeader("Transfer-Encoding").toLower().contains("chunked"))
        m_framing = Framing::Chunks;
    else if (status == 204 || status == 304)
        m_framing = Framing::None;
    else if (!length.isEmpty() && (!isNumber || m_left < 0))
        return false;
    else
        m_framing = isNumber ? Framing::Length : Framing::UntilClose;
    if (m_framing != Framing::Length)
        m_left = 0;
    m_state = State::Body;
    Q_EMIT metaDataChanged();
    return true;
}

void DirectReply::readBody()
{
    const qint64 before = bytesAvailable();
    bool isWhole = false;
    switch (m_framing) {
    case Framing::None:
        isWhole = true;
        break;
    case Framing::Length:
        add(std::min<qint64>(m_left, m_in.size()));
        isWhole = m_left == 0;
        break;
    case Framing::Chunks: {
        const Chunks chunks = joinChunks(m_in);
        if (chunks.isBad)
            return fail(ProtocolFailure, QStringLiteral("the pieces of the answer don't fit together"));
        isWhole = chunks.end >= 0;
        if (isWhole) {
            m_answer += chunks.joined;
            m_in.remove(0, chunks.end);
        }
        break;
    }
    case Framing::UntilClose:
        m_left = m_in.size();
        add(m_in.size());
        break;
    }
    if (isWhole)
        return complete();
    if (bytesAvailable() > before)
        Q_EMIT readyRead();
}

void DirectReply::add(qsizetype size)
{
    if (m_answerAt == m_answer.size()) {
        m_answer.clear();
        m_answerAt = 0;
    }
    m_answer += m_in.first(size);
    m_in.remove(0, size);
    m_left -= size;
}

/// The connection is over, or never was.
void DirectReply::ended()
{
    if (m_state == State::Done)
        return;
    if (m_state != State::Waiting && m_socket->bytesAvailable() > 0)
        read();
    if (m_state == State::Done)
        return;
    if (m_state == State::Body && m_framing == Framing::UntilClose)
        return complete();
    if (m_state == State::Head && m_isReused && m_in.isEmpty()) {
        dropSocket();
        m_state = State::Waiting;
        return connectTo(QAbstractSocket::AnyIPProtocol);
    }
    fail(replyError(m_socket->error()), m_socket->errorString());
}

void DirectReply::complete()
{
    m_state = State::Done;
    m_socket->disconnect(this);
    if (m_mayKeep && m_kept && m_framing != Framing::UntilClose && m_sent == m_toSend.size() && unsent() == 0
        && m_in.isEmpty() && m_socket->state() == QAbstractSocket::ConnectedState)
        m_kept->keep(url(), std::exchange(m_socket, nullptr));
    dropSocket();
    m_toSend.clear();
    setFinished(true);
    // Not in the name of a socket that whoever hears of it may delete.
    QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
}

void DirectReply::fail(NetworkError error, const QString &why)
{
    m_state = State::Done;
    setError(error, why);
    dropSocket();
    m_toSend.clear();
    setFinished(true);
    QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
}

void DirectReply::abort()
{
    if (m_state != State::Done)
        fail(OperationCanceledError, QStringLiteral("it was cancelled"));
}

qint64 DirectReply::bytesAvailable() const { return m_answer.size() - m_answerAt + QNetworkReply::bytesAvailable(); }

qint64 DirectReply::readData(char *to, qint64 most)
{
    const qint64 count = std::min<qint64>(most, m_answer.size() - m_answerAt);
    if (count == 0)
        return m_state == State::Done ? -1 : 0;
    std::copy_n(m_answer.constData() + m_answerAt, count, to);
    m_answerAt += count;
    return count;
}

} // namespace casement
