#pragma once

#include "aws/sigv4.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

/// HTTP/1.1 messages as the demo service reads and writes them; pure functions and values, no socket.
/// Source: RFC 9110, RFC 9112.
namespace casement::demo {

using HttpHeader = sigv4::Header;

/// A whole request.
struct HttpRequestMessage
{
    QByteArray method;
    QByteArray path; ///< as on the wire, percent-encoded
    QByteArray query; ///< the same, without its `?`
    int minorVersion = 1; ///< of HTTP/1
    QList<HttpHeader> headers; ///< as received, in order
    QByteArray body; ///< without chunking
    bool keepAlive = true; ///< whether the client wants to go on with this connection

    /// The first header of that name, compared without case; empty when there is none.
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;
};

/// Reads requests from a stream of bytes, however it is cut.
///
/// Give it what arrived; it takes what belongs to the current request and says whether that is whole. What follows a
/// whole request (pipelining) is left to the next call, after take().
class HttpRequestParser
{
public:
    struct Limits
    {
        qsizetype header = 64 * 1024; ///< bytes of the request line and all headers, and of trailers
        qint64 body = 200LL << 20;
    };
    enum class State {
        Incomplete, ///< needs more bytes
        Complete, ///< take() it
        Bad, ///< not a request; answer badStatus() and close
    };

    HttpRequestParser() = default;
    explicit HttpRequestParser(const Limits &limits) : m_limits(limits) { }

    /// Reads from `data` and sets `taken` to how many bytes of it were used: all of them unless a request became
    /// complete or bad.
    State feed(QByteArrayView data, qsizetype &taken);
    State state() const { return m_state; }

    /// The complete request; the parser is ready for the next one.
    HttpRequestMessage take();

    /// True from the end of the head until the first byte of the body when the client waits for `100 Continue`.
    bool wantsContinue() const { return m_wantsContinue && m_state == State::Incomplete; }
    /// Says that `100 Continue` was sent.
    void continued() { m_wantsContinue = false; }
    /// True when nothing of a next request has arrived.
    bool isIdle() const { return m_state == State::Incomplete && m_step == Step::Head && m_line.isEmpty(); }

    /// 400, 411, 413, 431, 501 or 505 once the state is Bad.
    int badStatus() const { return m_badStatus; }
    const QByteArray &badReason() const { return m_badReason; }

private:
    enum class Step { Head, Body, ChunkSize, ChunkData, ChunkEnd, Trailers };

    void readHead(QByteArrayView data, qsizetype &at);
    bool parseHead();
    bool parseRequestLine(QByteArrayView line);
    bool parseFraming();
    void readBody(QByteArrayView data, qsizetype &at);
    bool readLine(QByteArrayView data, qsizetype &at, qsizetype limit);
    void readChunkSize(QByteArrayView data, qsizetype &at);
    void readChunkEnd(QByteArrayView data, qsizetype &at);
    void readTrailers(QByteArrayView data, qsizetype &at);
    void bad(int status, const char *reason);

    Limits m_limits;
    State m_state = State::Incomplete;
    Step m_step = Step::Head;
    QByteArray m_line; ///< the head, or a line of the chunked framing, as far as it has arrived
    qsizetype m_trailerBytes = 0;
    qint64 m_left = 0; ///< bytes of the body or chunk
    bool m_wantsContinue = false;
    int m_badStatus = 0;
    QByteArray m_badReason;
    HttpRequestMessage m_request;
};

/// An answer.
struct HttpResponseMessage
{
    int status = 200;
    QList<HttpHeader> headers; ///< without Content-Length and Connection
    QByteArray body;
};

/// Head of an answer: status line, its headers, `Content-Length: length`, `Connection` where it differs from what
/// HTTP/1.1 takes for granted or HTTP/1.0 does not.
QByteArray responseHead(const HttpResponseMessage &response, qint64 length, bool keepAlive, int minorVersion = 1);
/// The reason phrase of a status: "Not Found".
QByteArray reasonPhrase(int status);
/// The value of a Date header: `Sun, 22 Nov 2026 01:02:03 GMT`. `msecsUtc` counts from 1970.
QByteArray httpDate(qint64 msecsUtc);

} // namespace casement::demo
