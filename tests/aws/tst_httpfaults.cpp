#include "connectionfixture.h"

#include <QObject>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace std::chrono_literals;

namespace {

const QByteArray goodBody = R"({"cases":[{"caseId":"case-1"}]})";
const QByteArray throttled = R"({"__type":"ThrottlingException","message":"Rate exceeded"})";
const QByteArray portal = "<!DOCTYPE html><html><head><title>Welcome</title><script>steal()</script></head>"
                          "<body>Sign in to Hotel WLAN</body></html>";

FaultServer::Step good() { return http(200, goodBody, "x-amzn-RequestId: req-1\r\n"); }

// zlib's stream put into gzip's wrapping; Qt can only make the former.
QByteArray gzip(const QByteArray &data)
{
    quint32 crc = 0xffffffff;
    for (char c : data) {
        crc ^= uchar(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
    }
    crc = ~crc;
    const QByteArray zlib = qCompress(data);
    QByteArray out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
    out += zlib.sliced(6, zlib.size() - 10); // without qCompress's length, zlib's head and its Adler sum
    for (quint32 number : {crc, quint32(data.size())}) {
        for (int shift = 0; shift < 32; shift += 8)
            out += char(number >> shift);
    }
    return out;
}

// Letters that hardly pack.
QByteArray noise(qsizetype size)
{
    QByteArray out(size, Qt::Uninitialized);
    quint32 seed = 1;
    for (char &c : out) {
        seed = seed * 1664525 + 1013904223;
        c = char('0' + (seed >> 24) % 64);
    }
    return out.replace('\\', '_');
}

// Its end is a checksum of the content and the content's length, four bytes each.
QByteArray withEnd(const QByteArray &packed, const QByteArray &end) { return packed.chopped(8) + end; }

FaultServer::Step compressed(const QByteArray &bytes, const QByteArray &encoding = "gzip")
{
    return http(200, bytes, "Content-Encoding: " + encoding + "\r\n");
}

QByteArray manyHeaders(int count)
{
    QByteArray headers;
    for (int i = 0; i < count; ++i)
        headers += "X-Filler-" + QByteArray::number(i) + ": y\r\n";
    return headers;
}

struct Outcome
{
    Error::Kind kind = Error::Kind::None; // None: a good answer
    int readSends = 1; // 0: depends on how fast Qt reads
    int changeSends = 1;
    // What an error says about a change.
    Error::Effect effect = Error::Effect::Unknown;
    bool changeSucceeds = false; // although kind is None for the read
};

} // namespace

class TestHttpFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mishap_data();
    void mishap();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void refusedConnection();
    void unknownHost();
    void certainNonArrivalOfAChangeIsRetried();
    void deadKeptConnection();
    void changeUsesAFreshConnection();
    void bytesAfterTheBody();
    void answerBeyondTheCap();
    void unpackedAnswerBeyondTheCap();
    void cancelled();
    void sleepOfTheComputer();
    void noBurst();
    void bigUpload();
};

void TestHttpFaults::mishap_data()
{
    QTest::addColumn<QList<FaultServer::Step>>("steps");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const QByteArray &name, const QList<FaultServer::Step> &steps, const Outcome &outcome) {
        QTest::newRow(name.constData()) << steps << outcome;
    };
    const QByteArray half = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"cases\":[{}";
    using Kind = Error::Kind;
    constexpr auto none = Error::Effect::None;

    row("a good answer", {good()}, {.changeSucceeds = true});
    row("no content type", {raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")}, {.changeSucceeds = true});
    row("wrong content type", {http(200, "{}", "Content-Type: text/plain\r\n")}, {.changeSucceeds = true});
    row("byte order mark", {http(200, "\xef\xbb\xbf{}")}, {.changeSucceeds = true});
    row("silence", {silence()}, {Kind::TimedOut, 2, 1});
    row("reset before the answer", {reset()}, {Kind::Dropped, 3, 1});
    row("closed before the answer", {rawThenClose("")}, {Kind::Dropped, 3, 1});
    row("reset once, then fine", {reset(), good()}, {Kind::None, 2, 1});
    row("reset in mid answer", {rawThenReset(half)}, {Kind::Dropped, 3, 1});
    row("closed in mid answer", {rawThenClose(half)}, {Kind::Dropped, 3, 1});
    row("reset in mid header", {rawThenReset("HTTP/1.1 200 OK\r\nContent-Le")}, {Kind::Dropped, 3, 1});
    row("something that isn't HTTP", {rawThenClose("SSH-2.0-OpenSSH_9.2\r\n")}, {Kind::Dropped, 3, 1});
    row("a slow drip", {drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", 20)}, {Kind::TimedOut, 1, 1});
    row("cut JSON with the right length", {http(200, goodBody.chopped(3))}, {Kind::BadAnswer});
    row("cut JSON with a short length", {raw("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("cut JSON with a long length", {rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + goodBody)},
        {Kind::Dropped, 3, 1});
    row("cut chunk", {rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + goodBody)},
        {Kind::Dropped, 3, 1});
    row("no last chunk",
        {rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray::number(goodBody.size(), 16)
                      + "\r\n" + goodBody + "\r\n")},
        {Kind::Dropped, 3, 1});
    row("bad chunk", {rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("gzip", {compressed(gzip(goodBody))}, {.changeSucceeds = true});
    row("garbage as gzip", {compressed("this is not gzip at all, but says so")}, {Kind::BadAnswer});
    row("cut gzip", {compressed(gzip(goodBody.repeated(200) + "}").chopped(40))}, {Kind::BadAnswer});
    const QByteArray packed = gzip(goodBody);
    row("gzip without its end", {compressed(withEnd(packed, ""))}, {Kind::BadAnswer});
    row("gzip without its length", {compressed(packed.chopped(4))}, {Kind::BadAnswer});
    row("gzip without its last byte", {compressed(packed.chopped(1))}, {Kind::BadAnswer});
    row("gzip with a wrong checksum", {compressed(withEnd(packed, "abcd" + packed.last(4)))}, {Kind::BadAnswer});
    row("gzip with a wrong length", {compressed(withEnd(packed, packed.last(8).first(4) + "abcd"))}, {Kind::BadAnswer});
    row("gzip and something behind it", {compressed(packed + "x")}, {Kind::BadAnswer});
    row("gzip that ends before its own length",
        {rawThenClose(httpMessage(200, packed, "Content-Encoding: gzip\r\n").chopped(8))}, {Kind::Dropped, 3, 1});
    row("gzip in chunks, without its end",
        {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
             + QByteArray::number(packed.size() - 8, 16) + "\r\n" + packed.chopped(8) + "\r\n0\r\n\r\n")},
        {Kind::BadAnswer});
    row("gzip in chunks",
        {raw("HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n\r\n"
             + QByteArray::number(packed.size(), 16) + "\r\n" + packed + "\r\n0\r\n\r\n")},
        {.changeSucceeds = true});
    row("a long answer as gzip", {compressed(gzip("{\"a\":\"" + noise(1 << 20) + "\"}"))}, {.changeSucceeds = true});
    row("a long answer as gzip without its end", {compressed(gzip("{\"a\":\"" + noise(1 << 20) + "\"}").chopped(8))},
        {Kind::BadAnswer});
    row("a refusal as gzip", {http(400, gzip(R"({"__type":"CaseIdNotFound"})"), "Content-Encoding: gzip\r\n")},
        {Kind::Refused, 1, 1, none});
    row("a refusal as broken gzip", {http(400, packed.chopped(1), "Content-Encoding: gzip\r\n")}, {Kind::Refused});
    row("503 as broken gzip", {http(503, packed.chopped(1), "Content-Encoding: gzip\r\n"), good()}, {Kind::None, 2, 1});
    row("deflate, which nobody asked for", {compressed(qCompress(goodBody).sliced(4), "deflate")}, {Kind::BadAnswer});
    row("plain text as gzip", {compressed(goodBody)}, {Kind::BadAnswer});
    row("gzip bomb", {compressed(gzip(QByteArray(64 << 20, ' ')))}, {Kind::BadAnswer});
    row("an encoding nobody knows", {compressed("\x8b\x02\x80zz", "zz")}, {Kind::BadAnswer});
    row("an encoding nobody asked for", {compressed(goodBody, "zz")}, {Kind::BadAnswer});
    row("no encoding, in words", {compressed(goodBody, "identity")}, {.changeSucceeds = true});
    row("gzip twice", {compressed(gzip(gzip(goodBody)), "gzip, gzip")}, {Kind::BadAnswer});
    row("an empty answer", {http(200, "")}, {Kind::BadAnswer});
    row("OK", {http(200, "OK")}, {Kind::BadAnswer});
    row("null", {http(200, "null")}, {Kind::BadAnswer});
    row("a list", {http(200, "[{}]")}, {Kind::BadAnswer});
    row("no content", {raw("HTTP/1.1 204 No Content\r\n\r\n")}, {Kind::BadAnswer});
    row("a portal's page with 200", {http(200, portal, "Content-Type: text/html\r\n")}, {Kind::NotTheService});
    row("a proxy's page with 502", {http(502, portal, "Content-Type: text/html\r\n")}, {Kind::NotTheService, 3, 1});
    row("a proxy's page with 403", {http(403, portal, "Content-Type: text/html\r\n")}, {Kind::NotTheService});
    row("500", {http(500, R"({"__type":"InternalServerError"})")}, {Kind::Unavailable, 3, 1});
    row("500 once, then fine", {http(500, "{}"), good()}, {Kind::None, 2, 1});
    row("502 without a body", {http(502, "")}, {Kind::Unavailable, 3, 1});
    row("503", {http(503, "")}, {Kind::Unavailable, 3, 1});
    row("504", {http(504, "")}, {Kind::Unavailable, 3, 1});
    row("throttled twice, then fine", {http(400, throttled), http(400, throttled), good()},
        {Kind::None, 3, 3, none, true});
    row("throttled for ever", {http(400, throttled)}, {Kind::Throttled, 3, 3, none});
    row("503 with a throttling code", {http(503, R"({"__type":"aws#SlowDown"})"), good()},
        {Kind::None, 2, 2, none, true});
    row("429", {http(429, ""), good()}, {Kind::None, 2, 1});
    row("429 with a code", {http(429, throttled), good()}, {Kind::None, 2, 2, none, true});
    for (const char *code : {"RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"})
        row(code, {http(400, R"({"__type":")" + QByteArray(code) + R"("})"), good()}, {Kind::None, 2, 1});
    row("500 with a throttling code", {http(500, throttled), good()}, {Kind::None, 2, 1});
    row("504 with a throttling code", {http(504, throttled)}, {Kind::Throttled, 3, 1});
    row("413", {http(413, "too large")}, {Kind::Refused});
    row("a refusal", {http(400, R"({"__type":"CaseIdNotFound"})")}, {Kind::Refused, 1, 1, none});
    row("too many cases", {http(400, R"({"__type":"CaseCreationLimitExceeded"})")}, {Kind::Refused, 1, 1, none});
    row("102 as the last word", {rawThenClose("HTTP/1.1 102 Processing\r\n\r\n")}, {Kind::BadAnswer});
    row("100 before the answer", {raw("HTTP/1.1 100 Continue\r\n\r\n" + httpMessage(200, goodBody))},
        {.changeSucceeds = true});
    for (const char *scheme : {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"n\"", "NTLM", "Negotiate"}) {
        row("401 that asks to sign in: " + QByteArray(scheme),
            {http(401, "no", "WWW-Authenticate: " + QByteArray(scheme) + "\r\n")}, {Kind::Refused});
        row("407 of no proxy: " + QByteArray(scheme),
            {http(407, "no", "Proxy-Authenticate: " + QByteArray(scheme) + "\r\n")}, {Kind::Proxy, 1, 1, none});
    }
    row("101 as the last word", {rawThenClose("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")},
        {Kind::BadAnswer});
    row("a header that never ends", {drip("HTTP/1.1 200 OK\r\nX-Slow: ", 20)}, {Kind::TimedOut, 2, 1});
    row("a status of four digits", {http(2000, goodBody)}, {Kind::Unavailable});
    row("a status of 999", {http(999, goodBody)}, {Kind::Unavailable});
    row("a status of 0", {http(0, goodBody)}, {Kind::BadAnswer});
    row("a negative length", {rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("a length beyond all numbers",
        {rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("a length of 2^63-1",
        {rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n" + goodBody)},
        {Kind::Dropped, 3, 1});
    row("a chunk beyond all numbers",
        {rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("a pit of lists in a refusal", {http(400, R"({"__type":"A","x":)" + QByteArray(100'000, '[') + "}")},
        {Kind::Refused});
    row("two lengths", {raw("HTTP/1.1 200 OK\r\nContent-Length: 31\r\nContent-Length: 12\r\n\r\n" + goodBody)},
        {Kind::BadAnswer});
    row("150 headers", {http(200, goodBody, manyHeaders(150))}, {Kind::TimedOut, 2, 1});
    row("a megabyte of header", {http(200, goodBody, "X-Long: " + QByteArray(1 << 20, 'x') + "\r\n")},
        {Kind::TimedOut, 0, 1});
}

void TestHttpFaults::mishap()
{
    QFETCH(QList<FaultServer::Step>, steps);
    QFETCH(Outcome, outcome);

    for (const bool isChange : {false, true}) {
        FaultServer server(steps);
        HttpServiceConnection connection(settingsFor(server.url()));
        ServiceRequest request = isChange ? Asked::createCase() : Asked::describeCases();
        if (outcome.readSends == 1 && outcome.kind != Error::Kind::TimedOut)
            request.idleLimit = request.totalLimit = 20s; // the first is answered, on a busy machine not at once
        const Asked asked(connection, request);
        QVERIFY(!asked.isAnswered());
        QTRY_VERIFY_WITH_TIMEOUT(asked.isAnswered(), 30'000);

        const bool shouldSucceed = outcome.kind == Error::Kind::None && (!isChange || outcome.changeSucceeds);
        QVERIFY2(asked.isGood() == shouldSucceed, qPrintable(asked.error().toLine()));
        if (isChange || outcome.readSends)
            QCOMPARE(int(server.requests().size()), isChange ? outcome.changeSends : outcome.readSends);
        QCOMPARE(asked.calls(), 1);
        QSet<QByteArray> signatures;
        for (const Received &request : server.requests())
            signatures.insert(request.header("Authorization"));
        QCOMPARE(signatures.size(), server.requests().size()); // row 34: nothing is sent twice under one signature
        server.setSteps({good()});
        // Whatever happened is over; a busy machine may still need more than the short limit of these tests.
        request = Asked::describeCases();
        request.idleLimit = request.totalLimit = 20s;
        const Asked next(connection, request);
        QTRY_VERIFY_WITH_TIMEOUT(next.isAnswered(), 30'000);
        QVERIFY2(next.isGood(), qPrintable(next.error().toLine()));
        if (shouldSucceed)
            continue;
        const Error error = asked.error();
        if (outcome.kind != Error::Kind::None)
            QVERIFY2(error.kind == outcome.kind, qPrintable(error.toLine()));
        QCOMPARE(error.effect, isChange ? outcome.effect : Error::Effect::None);
        QCOMPARE(error.operation, isChange ? QStringLiteral("CreateCase") : QStringLiteral("DescribeCases"));
        QCOMPARE(error.host.toLatin1(), server.hostAndPort());
        QVERIFY(!error.message.contains(u'<'));
        QVERIFY(!error.message.contains(QLatin1StringView("steal")));
    }
}

void TestHttpFaults::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestHttpFaults::redirectIsNotFollowed()
{
    QFETCH(int, status);
    FaultServer target({good()});
    FaultServer server({http(status, "", "Location: " + target.url().toEncoded() + "\r\n")});
    HttpServiceConnection connection(settingsFor(server.url()));
    for (const ServiceRequest &request : {Asked::describeCases(), Asked::createCase()}) {
        const Asked asked(connection, request);
        QTRY_VERIFY(asked.isAnswered());
        QCOMPARE(asked.error().kind, Error::Kind::Redirected);
        QCOMPARE(asked.error().httpStatus, status);
    }
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(target.connections(), 0);
}

void TestHttpFaults::refusedConnection()
{
    QUrl url;
    {
        const FaultServer server;
        url = server.url();
    }
    HttpServiceConnection connection(settingsFor(url));
    for (const ServiceRequest &request : {Asked::describeCases(), Asked::createCase()}) {
        const Asked asked(connection, request);
        QTRY_VERIFY_WITH_TIMEOUT(asked.isAnswered(), 3000);
        QCOMPARE(asked.error().kind, Error::Kind::CannotConnect);
        QCOMPARE(asked.error().effect, Error::Effect::None);
    }
    QCOMPARE(connection.requestsSent(), 6);
}

void TestHttpFaults::unknownHost()
{
    ConnectionSettings settings = settingsFor(QUrl(QStringLiteral("https://nowhere.invalid")));
    HttpServiceConnection connection(settings);
    ServiceRequest request = Asked::createCase();
    request.idleLimit = request.totalLimit = 20s;
    const Asked asked(connection, request);
    QTRY_VERIFY_WITH_TIMEOUT(asked.isAnswered(), 20'000);
    QCOMPARE(asked.error().kind, Error::Kind::HostNotFound);
    QCOMPARE(asked.error().effect, Error::Effect::None);
    QCOMPARE(asked.error().host, QStringLiteral("nowhere.invalid"));
}

void TestHttpFaults::certainNonArrivalOfAChangeIsRetried()
{
    // Nobody listens at first; a listener comes up while the change waits for its next attempt.
    auto server = std::make_unique<FaultServer>(QList{good()});
    const quint16 port = server->serverPort();
    const QUrl url = server->url();
    server->close();
    ConnectionSettings settings = settingsFor(url);
    settings.random = [] { return 0.2; };
    HttpServiceConnection connection(settings);
    connect(&connection, &ServiceConnection::waiting, this, [&](std::chrono::milliseconds, const Error &because) {
        QCOMPARE(because.kind, Error::Kind::CannotConnect);
        QVERIFY(server->listen(QHostAddress::LocalHost, port));
    });
    ServiceRequest request = Asked::createCase();
    request.totalLimit = 5s;
    const Asked asked(connection, request);
    QTRY_VERIFY(asked.isAnswered());
    QVERIFY2(asked.isGood(), qPrintable(asked.error().toLine()));
    QCOMPARE(server->requests().size(), 1);
}

void TestHttpFaults::deadKeptConnection()
{
    QTcpSocket *kept = nullptr;
    FaultServer server({[&kept](QTcpSocket *socket, const Received &) {
                            kept = socket;
                            socket->write(httpMessage(200, goodBody));
                        },
                        good()});
    ConnectionSettings settings = settingsFor(server.url());
    settings.attempts = 1;
    HttpServiceConnection connection(settings);
    int waited = 0;
    connect(&connection, &ServiceConnection::waiting, this, [&waited] { ++waited; });
    const Asked first(connection, Asked::describeCases());
    QTRY_VERIFY(first.isGood());
    kept->disconnectFromHost();
    const Asked second(connection, Asked::describeCases());
    QTRY_VERIFY(second.isAnswered());
    QVERIFY2(second.isGood(), qPrintable(second.error().toLine()));
    QCOMPARE(waited, 0);

    // The same, but the other side lets go only when it has read the request.
    server.setSteps({good(), rawThenClose(""), good()});
    const Asked third(connection, Asked::describeCases());
    QTRY_VERIFY(third.isGood());
    const Asked fourth(connection, Asked::describeCases());
    QTRY_VERIFY(fourth.isAnswered());
    QVERIFY2(fourth.isGood(), qPrintable(fourth.error().toLine()));
}

void TestHttpFaults::changeUsesAFreshConnection()
{
    FaultServer server({good()});
    HttpServiceConnection connection(settingsFor(server.url()));
    const Asked read(connection, Asked::describeCases());
    QTRY_VERIFY(read.isGood());
    QCOMPARE(server.connections(), 1);
    // Two changes while a read is under way: none disturbs another.
    server.setSteps({later(100, good())});
    const Asked slowRead(connection, Asked::describeCases());
    QTRY_COMPARE(server.requests().size(), 2);
    QCOMPARE(server.connections(), 1);
    const Asked change(connection, Asked::createCase());
    const Asked other(connection, Asked::createCase());
    QTRY_VERIFY(slowRead.isGood() && change.isGood() && other.isGood());
    QCOMPARE(server.connections(), 3);
    QCOMPARE(server.requests().size(), 4);
    QTRY_COMPARE(server.openConnections(), 1);
}

void TestHttpFaults::bytesAfterTheBody()
{
    FaultServer server(
        {raw(httpMessage(200, R"({"a":1})") + httpMessage(200, R"({"evil":1})")), http(200, R"({"b":2})")});
    HttpServiceConnection connection(settingsFor(server.url()));
    const Asked first(connection, Asked::describeCases());
    QTRY_VERIFY(first.isAnswered());
    QCOMPARE(first.body(), R"({"a":1})");
    const Asked second(connection, Asked::describeCases());
    QTRY_VERIFY(second.isAnswered());
    QCOMPARE(second.body(), R"({"b":2})");
}

void TestHttpFaults::answerBeyondTheCap()
{
    FaultServer server({http(200, "{\"a\":\"" + QByteArray(3 << 20, 'x') + "\"}")});
    HttpServiceConnection connection(settingsFor(server.url()));
    ServiceRequest request = Asked::describeCases();
    request.largestAnswer = 1 << 20;
    request.totalLimit = 10s;
    const Asked asked(connection, request);
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::TooLarge);
    request.largestAnswer = 4 << 20;
    const Asked again(connection, request);
    QTRY_VERIFY(again.isGood());
    QCOMPARE(again.body().size(), (3 << 20) + 8);
}

void TestHttpFaults::unpackedAnswerBeyondTheCap()
{
    const QByteArray body = "{\"a\":\"" + noise(3 << 20) + "\"}";
    FaultServer server({compressed(gzip(body))});
    HttpServiceConnection connection(settingsFor(server.url()));
    ServiceRequest request = Asked::describeCases();
    request.totalLimit = request.idleLimit = 10s;
    request.largestAnswer = body.size() - 1;
    const Asked asked(connection, request);
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::TooLarge);
    request.largestAnswer = body.size();
    const Asked again(connection, request);
    QTRY_VERIFY(again.isGood());
    QVERIFY(again.body() == body);
    QCOMPARE(server.requests().last().header("Accept-Encoding"), QByteArray("gzip"));
}

void TestHttpFaults::cancelled()
{
    FaultServer server({silence()});
    HttpServiceConnection connection(settingsFor(server.url()));
    bool called = false;
    {
        QObject context;
        connection.send(Asked::createCase(), &context, [&called](const Result<ServiceAnswer> &) { called = true; });
        connection.send(Asked::describeCases(), &context, [&called](const Result<ServiceAnswer> &) { called = true; });
        QTRY_COMPARE(server.requests().size(), 2);
        QCOMPARE(server.openConnections(), 2);
    }
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 200);
    server.setSteps({good()});
    const Asked next(connection, Asked::describeCases());
    QTRY_VERIFY(next.isGood());
    QVERIFY(!called);
}

void TestHttpFaults::sleepOfTheComputer()
{
    FaultServer server({silence()});
    ConnectionSettings settings = settingsFor(server.url());
    qint64 asleep = 0;
    settings.wallClock = [&asleep] { return QDateTime::currentMSecsSinceEpoch() + asleep; };
    HttpServiceConnection connection(settings);
    ServiceRequest request = Asked::createCase();
    request.idleLimit = request.totalLimit = 4s;
    QElapsedTimer elapsed;
    elapsed.start();
    const Asked asked(connection, request);
    QTRY_COMPARE(server.requests().size(), 1);
    asleep = 8 * 3600 * 1000;
    QTRY_VERIFY(asked.isAnswered());
    QVERIFY(elapsed.elapsed() < 3000);
    QCOMPARE(asked.error().kind, Error::Kind::TimedOut);
    QCOMPARE(asked.error().effect, Error::Effect::Unknown);
}

void TestHttpFaults::noBurst()
{
    int inFlight = 0;
    int most = 0;
    int allowed = 0;
    QList<QTcpSocket *> held; // until all that may be open are: a busy machine opens them slowly
    FaultServer server({[&](QTcpSocket *socket, const Received &) {
        most = std::max(most, ++inFlight);
        held.append(socket);
        if (most < allowed)
            return;
        for (QTcpSocket *waiting : std::exchange(held, {})) {
            QTimer::singleShot(5, waiting, [&, waiting] {
                --inFlight;
                waiting->write(httpMessage(200, "{}"));
            });
        }
    }});
    for (const int connections : {2, 4, 10}) {
        most = 0;
        allowed = connections;
        ConnectionSettings settings = settingsFor(server.url());
        settings.connections = connections;
        HttpServiceConnection connection(settings);
        QObject context;
        int answered = 0;
        for (int i = 0; i < 40; ++i)
            connection.send(Asked::describeCases(), &context, [&answered](const Result<ServiceAnswer> &answer) {
                QVERIFY(answer);
                ++answered;
            });
        QTRY_COMPARE(answered, 40);
        QCOMPARE(most, connections);
    }
}

void TestHttpFaults::bigUpload()
{
    FaultServer server({good()});
    HttpServiceConnection connection(settingsFor(server.url()));
    ServiceRequest request = Asked::createCase();
    request.totalLimit = 20s;
    request.idleLimit = 5s;
    request.body = "{\"data\":\"" + QByteArray(20 << 20, 'A') + "\"}";
    const Asked asked(connection, request);
    QTRY_VERIFY_WITH_TIMEOUT(asked.isAnswered(), 20'000);
    QVERIFY2(asked.isGood(), qPrintable(asked.error().toLine()));
    QCOMPARE(server.requests().first().body, request.body);
}

QTEST_GUILESS_MAIN(TestHttpFaults)
#include "tst_httpfaults.moc"
