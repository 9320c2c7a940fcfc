#include "aws/directreply.h"

#include "aws/httptransport.h"
#include "faultserver.h"

#include <QRandomGenerator>
#include <QTest>

#include <optional>

using namespace casement;
using namespace casement::test;
using namespace std::chrono_literals;

namespace {

const QByteArray good = "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: 2\r\n\r\nok";

HttpRequest putRequest(const QUrl &url, const QByteArray &body)
{
    HttpRequest request;
    request.method = "PUT";
    request.url = url;
    request.body = body;
    request.rewindable = true;
    request.idleLimit = 2s;
    return request;
}

/// One exchange, and how it ended.
class Put
{
public:
    Put(HttpTransport &transport, const HttpRequest &request)
    {
        HttpRequest told = request;
        told.onSent = [this](qint64 sent) { most = std::max(most, sent); };
        id = transport.send(told, [this](HttpAnswer &&got) { answer = std::move(got); });
    }
    bool isDone() const { return answer.has_value(); }
    int status() const { return answer ? answer->status : -1; }
    int error() const { return answer ? int(answer->error.kind) : -1; }

    Transport::Id id = 0;
    qint64 most = 0;
    std::optional<HttpAnswer> answer;
};

QByteArray manyBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(1);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), size / 4);
    return bytes;
}

} // namespace

class TestDirectReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLargeBodyArrives();
    void answers_data();
    void answers();
    void brokenAnswers_data();
    void brokenAnswers();
    void aRefusalMayComeBeforeTheBodyIsSent();
    void aConnectionIsUsedAgain();
    void whatCannotBeUsedAgainIsNot_data();
    void whatCannotBeUsedAgainIsNot();
    void aDeadConnectionIsReplacedOnce();
    void nobodyIsThere();
    void silenceEnds();
    void anAbortedOneIsGone();
    void theTransportMayGoWithTheAnswer();
};

void TestDirectReply::aLargeBodyArrives()
{
    FaultServer server({raw(good)});
    HttpTransport transport({});
    HttpRequest request = putRequest(
        server.url().resolved(QUrl(QStringLiteral("a%20b/part?X-Amz-Signature=%2Bx&y=%3D"))), manyBytes(9'000'004));
    request.headers = {{"X-One", "1"}};
    Put put(transport, request);
    QTRY_VERIFY(put.isDone());
    QCOMPARE(put.error(), int(Error::Kind::None));
    QCOMPARE(put.status(), 200);
    QCOMPARE(put.answer->body, "ok");
    QCOMPARE(put.answer->header("etag"), "\"abc\"");
    QVERIFY(put.answer->bodyLeft);
    QCOMPARE(put.most, request.body.size());
    QCOMPARE(server.requests().size(), 1);
    const Received &received = server.requests().first();
    QCOMPARE(received.line, "PUT /a%20b/part?X-Amz-Signature=%2Bx&y=%3D HTTP/1.1");
    QVERIFY(received.body == request.body);
    QCOMPARE(received.header("Host"), server.hostAndPort());
    QCOMPARE(received.header("X-One"), "1");
    QCOMPARE(received.header("Content-Length"), QByteArray::number(request.body.size()));
    QVERIFY(received.header("User-Agent").startsWith("Casement/"));
}

void TestDirectReply::answers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &answer, int status, const QByteArray &body) {
        QTest::newRow(name) << answer << status << body;
    };
    row("length", good, 200, "ok");
    row("nothing", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "");
    row("no content", "HTTP/1.1 204 No\r\n\r\n", 204, "");
    row("until the end", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it", 200, "all of it");
    row("old", "HTTP/1.0 200 OK\r\n\r\nold", 200, "old");
    row("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
        200, "abc0123456789");
    row("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: z\r\n\r\n", 200,
        "a");
    row("no chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, "");
    row("go on", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + good, 200, "ok");
    row("refused", "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno", 403, "no");
    row("redirect", "HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 307, "");
}

void TestDirectReply::answers()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    // At once, and in single bytes.
    FaultServer server({rawThenClose(answer), [&](QTcpSocket *socket, const Received &) {
                            auto *timer = new QTimer(socket);
                            auto at = std::make_shared<qsizetype>(0);
                            QObject::connect(timer, &QTimer::timeout, socket, [=] {
                                if (*at == answer.size())
                                    return socket->disconnectFromHost();
                                socket->write(answer.mid((*at)++, 1));
                                socket->flush();
                            });
                            timer->start(0);
                        }});
    HttpTransport transport({});
    for (int i = 0; i < 2; ++i) {
        Put put(transport, putRequest(server.url(), "abc"));
        QTRY_VERIFY(put.isDone());
        QCOMPARE(put.error(), int(Error::Kind::None));
        QCOMPARE(put.status(), status);
        QCOMPARE(put.answer->body, body);
    }
    QCOMPARE(server.requests().size(), 2);
}

void TestDirectReply::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &answer, Error::Kind kind) {
        QTest::newRow(name) << answer << int(kind);
    };
    row("nothing", "", Error::Kind::Dropped);
    row("half a head", "HTTP/1.1 200 OK\r\nETag: ", Error::Kind::Dropped);
    row("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", Error::Kind::Dropped);
    row("half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", Error::Kind::Dropped);
    row("no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", Error::Kind::Dropped);
    row("a bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nab\r\n0\r\n\r\n",
        Error::Kind::BadAnswer);
    row("a long chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        Error::Kind::BadAnswer);
    row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", Error::Kind::BadAnswer);
    row("no length", "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nab", Error::Kind::BadAnswer);
    row("less than nothing", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab", Error::Kind::BadAnswer);
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", Error::Kind::BadAnswer);
    row("no status", "HTTP/1.1 OK\r\n\r\n", Error::Kind::BadAnswer);
    row("no header", "HTTP/1.1 200 OK\r\nno header\r\n\r\n", Error::Kind::BadAnswer);
    row("a head without an end", "HTTP/1.1 200 OK\r\nX: " + QByteArray(100'000, 'x'), Error::Kind::BadAnswer);
    row("a larger body than anybody reads", "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + QByteArray(9000, 'x'),
        Error::Kind::TooLarge);
}

void TestDirectReply::brokenAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, kind);
    FaultServer server({rawThenClose(answer)});
    HttpTransport transport({});
    HttpRequest request = putRequest(server.url(), "abc");
    request.largestAnswer = 5000;
    Put put(transport, request);
    QTRY_VERIFY(put.isDone());
    QCOMPARE(put.error(), kind);
    QCOMPARE(server.requests().size(), 1);
}

void TestDirectReply::aRefusalMayComeBeforeTheBodyIsSent()
{
    QTcpServer server; // reads nothing
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->setReadBufferSize(1000);
        socket->write("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
    });
    HttpTransport transport({});
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    Put put(transport, putRequest(url, QByteArray(50'000'000, 'x')));
    QTRY_VERIFY(put.isDone());
    QCOMPARE(put.status(), 403);
    QCOMPARE(put.error(), int(Error::Kind::None));
    QVERIFY(put.most < 50'000'000);
}

void TestDirectReply::aConnectionIsUsedAgain()
{
    FaultServer server({raw(good)});
    HttpTransport transport({});
    for (int i = 0; i < 3; ++i) {
        Put put(transport, putRequest(server.url(), QByteArray(1000, char('a' + i))));
        QTRY_VERIFY(put.isDone());
        QCOMPARE(put.status(), 200);
        QCOMPARE(server.requests().last().body, QByteArray(1000, char('a' + i)));
    }
    QCOMPARE(server.connections(), 1);
    FaultServer other({raw(good)});
    Put put(transport, putRequest(other.url(), "abc"));
    QTRY_VERIFY(put.isDone());
    QCOMPARE(other.connections(), 1);
    QCOMPARE(server.connections(), 1);
}

void TestDirectReply::whatCannotBeUsedAgainIsNot_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("said") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("old") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("more than the answer") << QByteArray(good + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

void TestDirectReply::whatCannotBeUsedAgainIsNot()
{
    QFETCH(QByteArray, answer);
    FaultServer server({raw(answer)});
    HttpTransport transport({});
    for (int i = 0; i < 2; ++i) {
        Put put(transport, putRequest(server.url(), "abc"));
        QTRY_VERIFY(put.isDone());
        QCOMPARE(put.status(), 200);
        QCOMPARE(put.answer->body, "ok");
    }
    QCOMPARE(server.connections(), 2);
}

/// A kept connection shows only when it is used that nobody listens at its other end any more.
void TestDirectReply::aDeadConnectionIsReplacedOnce()
{
    FaultServer server({raw(good), reset(), raw(good), reset(), reset(), raw(good)});
    HttpTransport transport({});
    Put first(transport, putRequest(server.url(), "abc"));
    QTRY_VERIFY(first.isDone());
    Put second(transport, putRequest(server.url(), QByteArray(500'000, 'x')));
    QTRY_VERIFY(second.isDone());
    QCOMPARE(second.status(), 200);
    QCOMPARE(server.connections(), 2);
    QCOMPARE(server.requests().size(), 3);
    QVERIFY(server.requests().last().body == QByteArray(500'000, 'x'));
    Put third(transport, putRequest(server.url(), "abc"));
    QTRY_VERIFY(third.isDone());
    QCOMPARE(third.error(), int(Error::Kind::Dropped));
    QCOMPARE(server.requests().size(), 5);
}

void TestDirectReply::nobodyIsThere()
{
    QUrl url;
    {
        const FaultServer server;
        url = server.url();
    }
    HttpTransport transport({});
    Put put(transport, putRequest(url, "abc"));
    QTRY_VERIFY(put.isDone());
    QCOMPARE(put.error(), int(Error::Kind::CannotConnect));
    Put nowhere(transport, putRequest(QUrl(QStringLiteral("http://nobody.invalid/")), "abc"));
    QTRY_VERIFY_WITH_TIMEOUT(nowhere.isDone(), 20'000);
    QCOMPARE(nowhere.error(), int(Error::Kind::HostNotFound));
}

void TestDirectReply::silenceEnds()
{
    FaultServer server({silence()});
    HttpTransport transport({});
    HttpRequest request = putRequest(server.url(), "abc");
    request.idleLimit = 100ms;
    Put put(transport, request);
    QTRY_VERIFY(put.isDone());
    QCOMPARE(put.error(), int(Error::Kind::TimedOut));
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestDirectReply::anAbortedOneIsGone()
{
    FaultServer server({silence()});
    HttpTransport transport({});
    Put put(transport, putRequest(server.url(), QByteArray(1'000'000, 'x')));
    QTRY_COMPARE(server.requests().size(), 1);
    transport.abort(put.id);
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!put.isDone());
    Put early(transport, putRequest(server.url(), "abc"));
    transport.abort(early.id); // before it began
    server.setSteps({raw(good)});
    Put last(transport, putRequest(server.url(), "abc"));
    QTRY_VERIFY(last.isDone());
    QCOMPARE(server.requests().size(), 2);
}

void TestDirectReply::theTransportMayGoWithTheAnswer()
{
    FaultServer server({raw(good)});
    auto transport = std::make_unique<HttpTransport>(HttpTransport::Settings{});
    bool isOver = false;
    for (int i = 0; i < 2; ++i) {
        transport->send(putRequest(server.url(), "abc"), [&](HttpAnswer &&) {
            isOver = true;
            transport.reset();
        });
    }
    QTRY_VERIFY(isOver);
    QTRY_COMPARE(server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestDirectReply)
#include "tst_directreply.moc"
