#include "demo/httpconnection.h"

#include "demo/demodata.h"

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace casement::demo {

namespace {

constexpr qint64 readAtOnce = 256 * 1024;
constexpr qint64 writeAhead = 1024 * 1024; // what waits in the socket's buffer at most
constexpr qint64 dripSize = 16;
constexpr std::chrono::milliseconds patience{2000}; // with a client that goes on sending what was refused

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, Handler handler, QObject *parent)
    : QObject(parent), m_socket(socket), m_handler(std::move(handler))
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(4 * readAtOnce); // a client that sends ahead waits
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::writeMore);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_dripTimer, &QTimer::timeout, this, &HttpConnection::drip);
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
}

void HttpConnection::read()
{
    if (m_isClosing) {
        m_socket->readAll(); // so that closing doesn't become a reset, which would eat the answer
        return;
    }
    if (m_isReading)
        return; // called from within an answer below
    m_isReading = true;
    while (!m_isAnswering && !m_isClosing) {
        if (m_unreadAt == m_unread.size()) {
            m_unread = m_socket->read(readAtOnce);
            m_unreadAt = 0;
            if (m_unread.isEmpty())
                break;
        }
        qsizetype taken = 0;
        const auto state = m_parser.feed(QByteArrayView(m_unread).sliced(m_unreadAt), taken);
        m_unreadAt += taken;
        if (state == HttpRequestParser::State::Bad) {
            refuse();
        } else if (state == HttpRequestParser::State::Complete) {
            const HttpRequestMessage request = m_parser.take();
            m_isAnswering = true;
            m_keepAlive = request.keepAlive;
            m_delivery = m_handler(request);
            m_delivery.withoutBody = request.method == "HEAD";
            if (m_delivery.delay.count() > 0)
                QTimer::singleShot(m_delivery.delay, this, &HttpConnection::deliver);
            else
                deliver();
        } else if (m_parser.wantsContinue()) {
            m_parser.continued();
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        }
    }
    m_isReading = false;
}

/// Says what is wrong with the request and closes; what still comes is thrown away for a while.
void HttpConnection::refuse()
{
    HttpResponseMessage response;
    response.status = m_parser.badStatus();
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = m_parser.badReason() + '\n';
    m_socket->write(responseHead(response, response.body.size(), false) + response.body);
    m_isClosing = true;
    m_socket->readAll();
    QTimer::singleShot(patience, this, [this] { m_socket->disconnectFromHost(); });
}

void HttpConnection::deliver()
{
    switch (m_delivery.manner) {
    case HttpDelivery::Manner::Hanging:
        return;
    case HttpDelivery::Manner::Dropped:
        m_isClosing = true;
        m_socket->disconnectFromHost();
        return;
    case HttpDelivery::Manner::Reset:
        reset();
        return;
    case HttpDelivery::Manner::Whole:
    case HttpDelivery::Manner::Truncated:
    case HttpDelivery::Manner::BrokenOff:
        break;
    }
    const qint64 size = m_delivery.file ? m_delivery.fileLength : m_delivery.response.body.size();
    m_head = responseHead(m_delivery.response, size, m_keepAlive);
    m_bodyAt = 0;
    m_bodyEnd = m_delivery.withoutBody ? 0 : m_delivery.manner == HttpDelivery::Manner::Whole ? size : size / 2;
    if (m_delivery.drip.count() > 0)
        m_dripTimer.start(m_delivery.drip);
    else
        writeMore();
}

/// The next bytes of head and body; empty at the end.
QByteArray HttpConnection::nextBytes(qint64 most)
{
    if (!m_head.isEmpty()) {
        const QByteArray bytes = m_head.first(std::min<qint64>(most, m_head.size()));
        m_head.remove(0, bytes.size());
        return bytes;
    }
    const qint64 size = std::min(most, m_bodyEnd - m_bodyAt);
    if (size <= 0)
        return {};
    const QByteArray bytes = m_delivery.file ? attachmentBytes(*m_delivery.file, m_delivery.fileOffset + m_bodyAt, size)
                                             : m_delivery.response.body.mid(m_bodyAt, size);
    m_bodyAt += bytes.size();
    if (bytes.isEmpty())
        m_bodyAt = m_bodyEnd;
    return bytes;
}

void HttpConnection::writeMore()
{
    if (!m_isAnswering || m_isClosing || m_dripTimer.isActive() || (m_head.isEmpty() && m_bodyEnd == 0))
        return;
    while (m_socket->bytesToWrite() < writeAhead) {
        const QByteArray bytes = nextBytes(writeAhead);
        if (bytes.isEmpty())
            return finishAnswer();
        m_socket->write(bytes);
        if (m_head.isEmpty() && m_bodyAt >= m_bodyEnd)
            return finishAnswer();
    }
}

void HttpConnection::drip()
{
    const QByteArray bytes = nextBytes(dripSize);
    if (bytes.isEmpty()) {
        m_dripTimer.stop();
        finishAnswer();
        return;
    }
    m_socket->write(bytes);
}

void HttpConnection::finishAnswer()
{
    const HttpDelivery::Manner manner = m_delivery.manner;
    m_delivery = {};
    m_bodyEnd = 0;
    m_isAnswering = false;
    if (manner == HttpDelivery::Manner::BrokenOff) {
        m_isClosing = true;
        m_socket->flush();
        QTimer::singleShot(std::chrono::milliseconds(50), this, &HttpConnection::reset); // the half arrives first
        return;
    }
    if (manner == HttpDelivery::Manner::Truncated || !m_keepAlive) {
        m_isClosing = true;
        m_socket->disconnectFromHost();
        return;
    }
    if (!m_isReading)
        read();
}

void HttpConnection::reset()
{
    m_isClosing = true;
#ifdef Q_OS_UNIX
    const linger now{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
#endif
    m_socket->abort();
}

} // namespace casement::demo
