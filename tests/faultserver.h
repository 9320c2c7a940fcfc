#pragma once

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

#include <sys/socket.h>

namespace casement::test {

/// A request as it came off the wire.
struct Received
{
    QByteArray line; ///< `POST / HTTP/1.1`
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;

    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
};

/// An HTTP server on loopback that answers as told, down to single bytes and resets. Each request takes the next step;
/// the last one repeats.
class FaultServer : public QTcpServer
{
public:
    using Step = std::function<void(QTcpSocket *socket, const Received &request)>;

    explicit FaultServer(QList<Step> steps = {}) : m_steps(std::move(steps)) { listen(QHostAddress::LocalHost); }

    void setSteps(const QList<Step> &steps)
    {
        m_steps = steps;
        m_next = 0;
    }
    /// Speaks TLS from now on.
    void setTls(const QSslConfiguration &configuration)
    {
        m_tls = configuration;
        m_isTls = true;
    }

    QByteArray hostAndPort() const { return "127.0.0.1:" + QByteArray::number(serverPort()); }
    QUrl url(const QString &scheme = QStringLiteral("http")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2/").arg(scheme).arg(serverPort()));
    }
    const QList<Received> &requests() const { return m_requests; }
    int connections() const { return m_connections; }
    int openConnections() const { return m_open; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++m_connections;
        ++m_open;
        QTcpSocket *socket = m_isTls ? new QSslSocket(this) : new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] {
            *buffer += socket->readAll();
            take(socket, *buffer);
        });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_open;
            socket->deleteLater();
        });
        if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
            tls->setSslConfiguration(m_tls);
            tls->startServerEncryption();
        }
    }

private:
    void take(QTcpSocket *socket, QByteArray &buffer)
    {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Received request;
        qsizetype length = 0;
        const QList<QByteArray> lines = buffer.first(end).split('\n');
        request.line = lines.first().trimmed();
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
            if (line.first(colon).compare("content-length", Qt::CaseInsensitive) == 0)
                length = line.sliced(colon + 1).trimmed().toLongLong();
        }
        if (buffer.size() < end + 4 + length)
            return;
        request.body = buffer.sliced(end + 4, length);
        buffer.remove(0, end + 4 + length);
        m_requests.append(request);
        if (m_steps.isEmpty())
            return;
        const Step step = m_steps[std::min(m_next, m_steps.size() - 1)];
        ++m_next;
        step(socket, request);
    }

    QList<Step> m_steps;
    qsizetype m_next = 0;
    QList<Received> m_requests;
    QSslConfiguration m_tls;
    bool m_isTls = false;
    int m_connections = 0;
    int m_open = 0;
};

/// Steps.
inline void resetConnection(QTcpSocket *socket)
{
    const linger now{1, 0};
    ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket->abort();
}

inline FaultServer::Step raw(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket, const Received &) { socket->write(bytes); };
}
inline FaultServer::Step rawThenClose(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket, const Received &) {
        socket->write(bytes);
        socket->disconnectFromHost();
    };
}
inline FaultServer::Step rawThenReset(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket, const Received &) {
        socket->write(bytes);
        socket->flush();
        // After the bytes were read: a reset discards what still waits in the other side's buffer.
        QTimer::singleShot(50, socket, [socket] { resetConnection(socket); });
    };
}
inline FaultServer::Step reset()
{
    return [](QTcpSocket *socket, const Received &) { resetConnection(socket); };
}
inline FaultServer::Step silence()
{
    return [](QTcpSocket *, const Received &) {};
}
/// One byte every few milliseconds, for ever.
inline FaultServer::Step drip(const QByteArray &head, int everyMs)
{
    return [head, everyMs](QTcpSocket *socket, const Received &) {
        socket->write(head);
        auto *timer = new QTimer(socket);
        QObject::connect(timer, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        timer->start(everyMs);
    };
}
inline FaultServer::Step later(int ms, const FaultServer::Step &step)
{
    return [ms, step](QTcpSocket *socket, const Received &request) {
        QTimer::singleShot(ms, socket, [socket, request, step] { step(socket, request); });
    };
}

inline QByteArray httpMessage(int status, const QByteArray &body, const QByteArray &headers = {})
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers
        + (headers.toLower().contains("content-type") ? "" : "Content-Type: application/x-amz-json-1.1\r\n")
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}
inline FaultServer::Step http(int status, const QByteArray &body, const QByteArray &headers = {})
{
    return raw(httpMessage(status, body, headers));
}

} // namespace casement::test
