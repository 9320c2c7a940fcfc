#pragma once

#include "demo/demoaccount.h"
#include "demo/httpmessage.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace casement::demo {

/// An answer and the way it goes out.
struct HttpDelivery
{
    enum class Manner {
        Whole,
        Truncated, ///< half of it, then the connection is closed
        BrokenOff, ///< half of it, then the connection is reset
        Dropped, ///< nothing; the connection is closed
        Reset, ///< nothing; the connection is reset
        Hanging, ///< nothing, for ever
    };

    HttpResponseMessage response;
    std::optional<DemoAttachment> file; ///< in the place of the body: `fileLength` bytes from `fileOffset` on
    qint64 fileOffset = 0;
    qint64 fileLength = 0;
    Manner manner = Manner::Whole;
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds drip{0}; ///< between pieces of 16 bytes; 0: at once
    bool withoutBody = false; ///< an answer to HEAD
};

/// One client of the server: reads requests, one after the other, and writes the answers in their order. Owns its
/// socket; deletes itself when the client is gone.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<HttpDelivery(const HttpRequestMessage &request)>;

    HttpConnection(QTcpSocket *socket, Handler handler, QObject *parent);

private:
    void read();
    void refuse();
    void deliver();
    void writeMore();
    void drip();
    QByteArray nextBytes(qint64 most);
    void finishAnswer();
    void reset();

    QTcpSocket *m_socket;
    Handler m_handler;
    HttpRequestParser m_parser;
    QByteArray m_unread; ///< read from the socket, not yet parsed
    qsizetype m_unreadAt = 0;
    bool m_isAnswering = false;
    bool m_isReading = false;
    bool m_isClosing = false;
    bool m_keepAlive = true;
    HttpDelivery m_delivery;
    QByteArray m_head; ///< of the answer, until it is written
    qint64 m_bodyAt = 0;
    qint64 m_bodyEnd = 0;
    QTimer m_dripTimer;
};

} // namespace casement::demo
