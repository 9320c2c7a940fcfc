#pragma once

#include <QList>
#include <QNetworkReply>
#include <QPointer>
#include <QTcpSocket>

namespace casement {

/// Connections that are of use after an answer, kept for a while for the next request to the same place. Belongs to one
/// thread.
class KeptSockets final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~KeptSockets() override;

    /// One that leads to where `url` does; null when there is none. It is the caller's.
    QTcpSocket *take(const QUrl &url);
    void keep(const QUrl &url, QTcpSocket *socket);
    void clear();

private:
    struct Kept
    {
        QString place;
        QTcpSocket *socket;
        QObject *watch; // what ends the keeping
    };

    void drop(QTcpSocket *socket);

    QList<Kept> m_kept;
};

/// A request with a large body that may arrive twice, and its answer, over a socket of its own.
///
/// QNetworkAccessManager hands a body over in pieces of 16 KB, each of which is asked for across two threads, and so
/// takes several times as long as the connection would. Here it leaves from where it lies. For HTTP/1.1 without a
/// proxy; redirects are not followed, nothing is unpacked, and no cookie is kept. A kept connection that was closed
/// before an answer began is replaced once.
class DirectReply final : public QNetworkReply
{
    Q_OBJECT

public:
    /// Begins from the event loop. What `request` says of headers and TLS is what is sent. Not to be deleted before
    /// finished() other than by deleteLater().
    DirectReply(const QNetworkRequest &request, const QByteArray &verb, const QByteArray &body, KeptSockets *kept);
    ~DirectReply() override;

    void abort() override;
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *to, qint64 most) override;

private:
    enum class State { Waiting, Head, Body, Done };
    enum class Framing { None, Length, Chunks, UntilClose };

    void begin();
    void connectTo(QAbstractSocket::NetworkLayerProtocol protocol);
    void watch();
    void dropSocket();
    void send();
    QByteArray head() const;
    void feed();
    qint64 unsent() const;
    void read();
    bool readHead();
    bool takeHead(const QList<QByteArray> &lines);
    void readBody();
    void add(qsizetype size);
    void ended();
    void complete();
    void fail(NetworkError error, const QString &why);

    QByteArray m_verb;
    QByteArray m_toSend;
    QPointer<KeptSockets> m_kept;
    QTcpSocket *m_socket = nullptr; // a child of this
    bool m_isReused = false;
    bool m_isSending = false;
    qint64 m_sent = 0; // bytes of the body, handed to the socket
    State m_state = State::Waiting;
    Framing m_framing = Framing::None;
    bool m_mayKeep = false;
    qint64 m_left = 0; // bytes of the body
    QByteArray m_in; // not looked at yet
    QByteArray m_answer; // of the body, not read yet
    qsizetype m_answerAt = 0;
};

} // namespace casement
