#include "demo/httpmessage.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casement;
using namespace casement::demo;

namespace {

using State = HttpRequestParser::State;

/// What a stream of bytes was read as: one line per request, and how it ended.
QString readAll(const QByteArray &stream, qsizetype pieces, const HttpRequestParser::Limits &limits)
{
    HttpRequestParser parser(limits);
    QStringList lines;
    qsizetype at = 0;
    while (at < stream.size()) {
        const QByteArray piece = stream.mid(at, pieces);
        qsizetype taken = -1;
        const State state = parser.feed(piece, taken);
        if (taken < 0 || taken > piece.size() || (state == State::Incomplete && taken != piece.size()))
            return QStringLiteral("took %1 of %2").arg(taken).arg(piece.size());
        at += taken;
        if (state == State::Bad) {
            lines.append(QStringLiteral("bad %1").arg(parser.badStatus()));
            return lines.join(QLatin1Char('|'));
        }
        if (state == State::Complete) {
            const HttpRequestMessage request = parser.take();
            QString line = QString::fromLatin1(request.method + ' ' + request.path);
            if (!request.query.isEmpty())
                line += QLatin1Char('?') + QString::fromLatin1(request.query);
            if (!request.body.isEmpty())
                line += QStringLiteral(" body=") + QString::fromLatin1(request.body);
            if (!request.keepAlive)
                line += QStringLiteral(" close");
            lines.append(line);
        }
    }
    if (!parser.isIdle())
        lines.append(QStringLiteral("incomplete"));
    return lines.join(QLatin1Char('|'));
}

} // namespace

class TestHttpMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_data();
    void requests();
    void headersAreFoundInAnyCase();
    void expectation();
    void whatFollowsIsLeft();
    void randomBytesNeverHurt();
    void largeBodyInSmallPieces();
    void responses();
};

void TestHttpMessage::requests_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("readAs");

    const auto row = [](const char *name, const QByteArray &stream, const char *readAs) {
        QTest::newRow(name) << stream << QString::fromLatin1(readAs);
    };
    const QByteArray post = "POST / HTTP/1.1\r\nHost: h\r\n";
    row("no body", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /");
    row("a query", "GET /a/b?c=d%20e&f HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a/b?c=d%20e&f");
    row("Content-Length", post + "Content-Length: 5\r\n\r\nhello", "POST / body=hello");
    row("header in lower case", "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 2\r\n\r\nok", "POST / body=ok");
    row("blanks around a value", "POST / HTTP/1.1\r\nHost:h\r\nContent-Length:  2 \t\r\n\r\nok", "POST / body=ok");
    row("chunked", post + "Transfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;ext=\"1\"\r\npedia\r\n0\r\n\r\n",
        "POST / body=Wikipedia");
    row("chunked with trailers", post + "Transfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nETag: x\r\n\r\n",
        "POST / body=0123456789");
    row("two in a row", "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "GET /1|GET /2");
    row("after a body", post + "Content-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / body=ab|GET /2");
    row("after chunks",
        post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / body=a|GET /2");
    row("empty lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /");
    row("empty lines between", "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /1|GET /2");
    row("HTTP/1.0 closes", "GET / HTTP/1.0\r\n\r\n", "GET / close");
    row("HTTP/1.0 may stay", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /");
    row("Connection: close", "GET / HTTP/1.1\r\nHost: h\r\nConnection: foo, Close\r\n\r\n", "GET / close");
    row("absolute form", "GET http://h:1/x?y HTTP/1.1\r\nHost: h\r\n\r\n", "GET /x?y");
    row("absolute form without path", "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", "GET /");
    row("cut head", "GET / HTTP/1.1\r\nHost: h\r\n", "incomplete");
    row("cut body", post + "Content-Length: 5\r\n\r\nhell", "incomplete");
    row("cut chunk", post + "Transfer-Encoding: chunked\r\n\r\n4\r\nWi", "incomplete");
    row("no request line", "hello\r\n\r\n", "bad 400");
    row("TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), "bad 400");
    row("a NUL", QByteArray("GET / HTTP/1.1\r\nHost: h\0\r\n\r\n", 28), "bad 400");
    row("no Host", "GET / HTTP/1.1\r\n\r\n", "bad 400");
    row("Host twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "bad 400");
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\n", "bad 505");
    row("negative length", post + "Content-Length: -1\r\n\r\n", "bad 400");
    row("length with a sign", post + "Content-Length: +1\r\n\r\na", "bad 400");
    row("length of twenty digits", post + "Content-Length: 99999999999999999999\r\n\r\n", "bad 400");
    row("two lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "bad 400");
    row("the same length twice", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", "POST / body=a");
    row("length and chunks", post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "bad 400");
    row("unknown encoding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "bad 501");
    row("chunk size is a word", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "bad 400");
    row("chunk size is endless", post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "bad 400");
    row("chunk too long", post + "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n", "bad 400");
    row("chunks beyond the limit", post + "Transfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n11\r\n",
        "bad 413");
    row("body beyond the limit", post + "Content-Length: 33\r\n\r\n", "bad 413");
    row("body at the limit", post + "Content-Length: 32\r\n\r\n" + QByteArray(32, 'x'),
        "POST / body=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    row("headers without end", "GET / HTTP/1.1\r\nHost: " + QByteArray(1000, 'h'), "bad 431");
    row("one header too long", "GET / HTTP/1.1\r\nHost: " + QByteArray(1000, 'h') + "\r\n\r\n", "bad 431");
    row("trailers without end", post + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + QByteArray("a: b\r\n").repeated(100),
        "bad 431");
    row("a name with a blank", post + "Content Length: 1\r\n\r\n", "bad 400");
    row("a folded line", post + "A: b\r\n c\r\n\r\n", "bad 400");
    row("a bare line feed", post + "A: b\nC: d\r\n\r\n", "bad 400");
    row("unknown expectation", post + "Expect: 200-ok\r\n\r\n", "bad 417");
}

void TestHttpMessage::requests()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, readAs);
    const HttpRequestParser::Limits limits{.header = 512, .body = 32};
    for (const qsizetype pieces : {stream.size(), qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7)})
        QCOMPARE(readAll(stream, pieces, limits), readAs);
}

void TestHttpMessage::headersAreFoundInAnyCase()
{
    HttpRequestParser parser;
    qsizetype taken = 0;
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\nHOST: h\r\nx-AMZ-target: a\r\nX-Amz-Target: b\r\n\r\n", taken),
             State::Complete);
    const HttpRequestMessage request = parser.take();
    QCOMPARE(request.header("X-Amz-Target"), "a");
    QVERIFY(request.hasHeader("host"));
    QVERIFY(!request.hasHeader("x-amz"));
    QCOMPARE(request.headers.size(), 3);
    QCOMPARE(request.headers.at(1).name, "x-AMZ-target");
}

void TestHttpMessage::expectation()
{
    const QByteArray head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
    HttpRequestParser parser;
    qsizetype taken = 0;
    parser.feed(head.chopped(1), taken);
    QVERIFY(!parser.wantsContinue());
    parser.feed("\n", taken);
    QVERIFY(parser.wantsContinue());
    parser.continued();
    QVERIFY(!parser.wantsContinue());
    QCOMPARE(parser.feed("ok", taken), State::Complete);
    parser.take();

    // a client that does not wait gets no 100
    QCOMPARE(parser.feed(head + "o", taken), State::Incomplete);
    QVERIFY(!parser.wantsContinue());
}

void TestHttpMessage::whatFollowsIsLeft()
{
    HttpRequestParser parser;
    qsizetype taken = 0;
    const QByteArray one = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok";
    QCOMPARE(parser.feed(one + "GET", taken), State::Complete);
    QCOMPARE(taken, one.size());
    // nothing is taken before the request is
    QCOMPARE(parser.feed("GET", taken), State::Complete);
    QCOMPARE(taken, 0);
    QCOMPARE(parser.take().body, "ok");
    QVERIFY(parser.isIdle());
}

void TestHttpMessage::randomBytesNeverHurt()
{
    QRandomGenerator random(20261122);
    const QList<QByteArray> words{"GET ",    "POST ",
                                  "/",       " HTTP/1.1",
                                  "\r\n",    "\r\n\r\n",
                                  "Host: h", "Content-Length: ",
                                  "10",      "-",
                                  "chunked", "Transfer-Encoding: ",
                                  "\n",      "\r",
                                  ":",       "0\r\n\r\n",
                                  "5\r\n",   "Expect: 100-continue",
                                  "\0",      "\xff\xfe",
                                  "a",       " ",
                                  "?",       "Connection: close"};
    const HttpRequestParser::Limits limits{.header = 200, .body = 40};
    for (int round = 0; round < 20'000; ++round) {
        QByteArray stream = random.bounded(3) ? QByteArray("POST / HTTP/1.1\r\nHost: h\r\n") : QByteArray();
        const int count = random.bounded(20);
        for (int i = 0; i < count; ++i)
            stream += words.at(random.bounded(int(words.size())));
        const QString whole = readAll(stream, std::max<qsizetype>(1, stream.size()), limits);
        QVERIFY2(!whole.startsWith(QLatin1StringView("took")), qPrintable(whole));
        QCOMPARE(readAll(stream, 1, limits), whole); // however it is cut
    }
}

void TestHttpMessage::largeBodyInSmallPieces()
{
    HttpRequestParser parser;
    const QByteArray body(20 << 20, 'x');
    qsizetype taken = 0;
    parser.feed("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n", taken);
    for (qsizetype at = 0; at < body.size(); at += 4096)
        parser.feed(QByteArrayView(body).sliced(at, 4096), taken);
    QCOMPARE(parser.state(), State::Complete);
    QVERIFY(parser.take().body == body);
}

void TestHttpMessage::responses()
{
    HttpResponseMessage response;
    response.status = 404;
    response.headers = {{"A", "b"}};
    QCOMPARE(responseHead(response, 3, true), "HTTP/1.1 404 Not Found\r\nA: b\r\nContent-Length: 3\r\n\r\n");
    QCOMPARE(responseHead(response, 3, false),
             "HTTP/1.1 404 Not Found\r\nA: b\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
    QVERIFY(responseHead(response, 3, true, 0).contains("Connection: keep-alive\r\n"));
    QCOMPARE(httpDate(784'111'777'000), "Sun, 06 Nov 1994 08:49:37 GMT");
}

QTEST_GUILESS_MAIN(TestHttpMessage)
#include "tst_httpmessage.moc"
