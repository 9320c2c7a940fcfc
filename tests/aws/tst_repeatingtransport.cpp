#include "aws/repeatingtransport.h"

#include "aws/httptransport.h"
#include "aws/sources/sts.h"
#include "faultserver.h"

#include <QTest>

#include <memory>
#include <optional>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray stsSays(const QByteArray &code)
{
    return "<ErrorResponse><Error><Code>" + code + "</Code><Message>No.</Message></Error></ErrorResponse>";
}

FaultServer::Step xmlRefusal(int status, const QByteArray &code)
{
    return http(status, stsSays(code), "Content-Type: text/xml\r\n");
}

} // namespace

class TestRepeatingTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPassesIsAskedAgain_data();
    void whatPassesIsAskedAgain();
    void whatStaysIsAskedOnce_data();
    void whatStaysIsAskedOnce();
    void fiveTimesAtMost();
    void whatIsGoodOnceIsNotSentTwice();
    void abortedIsOver();
    void goesWithWhoAsked();

private:
    static std::unique_ptr<Transport> transport()
    {
        return keysTransport(std::make_unique<HttpTransport>(HttpTransport::Settings{.connections = 1}));
    }
    static HttpRequest request(const FaultServer &server)
    {
        HttpRequest wanted;
        wanted.url = server.url();
        wanted.body = "Action=AssumeRole";
        return wanted;
    }
    static HttpAnswer exchange(const HttpRequest &request)
    {
        const std::unique_ptr<Transport> sender = transport();
        std::optional<HttpAnswer> answer;
        sender->send(request, [&](HttpAnswer &&got) { answer = std::move(got); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 60'000))
            qFatal("No answer");
        return *answer;
    }
};

void TestRepeatingTransport::whatPassesIsAskedAgain_data()
{
    QTest::addColumn<QList<FaultServer::Step>>("before");
    QTest::newRow("throttled by STS") << QList{xmlRefusal(400, "Throttling")};
    QTest::newRow("throttled by IAM Identity Center")
        << QList{http(429, R"({"__type":"TooManyRequestsException","message":"slow"})")};
    QTest::newRow("500") << QList{xmlRefusal(500, "InternalFailure")};
    QTest::newRow("503, twice") << QList{xmlRefusal(503, "ServiceUnavailable"), xmlRefusal(503, "ServiceUnavailable")};
    QTest::newRow("a gateway's page") << QList{http(502, "<html>Bad gateway</html>", "Content-Type: text/html\r\n")};
    QTest::newRow("broken off") << QList{reset()};
}

void TestRepeatingTransport::whatPassesIsAskedAgain()
{
    QFETCH(QList<FaultServer::Step>, before);
    FaultServer server(QList<FaultServer::Step>(before) << http(200, "<keys/>"));
    const HttpAnswer answer = exchange(request(server));
    QCOMPARE(answer.error.kind, Error::Kind::None);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "<keys/>");
    QCOMPARE(server.requests().size(), before.size() + 1);
    for (const Received &received : server.requests())
        QCOMPARE(received.body, "Action=AssumeRole");
}

void TestRepeatingTransport::whatStaysIsAskedOnce_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("denied") << 403 << QByteArray("AccessDenied");
    QTest::newRow("wrong secret") << 403 << QByteArray("SignatureDoesNotMatch");
    QTest::newRow("expired") << 400 << QByteArray("ExpiredToken");
    QTest::newRow("its own limit") << 400 << QByteArray("PackedPolicyTooLarge");
}

void TestRepeatingTransport::whatStaysIsAskedOnce()
{
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    FaultServer server({xmlRefusal(status, code), http(200, "<keys/>")});
    QCOMPARE(exchange(request(server)).status, status);
    QCOMPARE(server.requests().size(), 1);
}

void TestRepeatingTransport::fiveTimesAtMost()
{
    FaultServer server({xmlRefusal(400, "Throttling")});
    const HttpAnswer answer = exchange(request(server));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, stsSays("Throttling")); // what it said last
    QCOMPARE(server.requests().size(), 5);
}

void TestRepeatingTransport::whatIsGoodOnceIsNotSentTwice()
{
    const auto sendsOf = [](const FaultServer::Step &first) {
        FaultServer server({first, http(200, "<keys/>")});
        HttpRequest once = request(server);
        once.repeatable = false;
        exchange(once);
        return server.requests().size();
    };
    QCOMPARE(sendsOf(rawThenReset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<keys")), 1); // it may be used up
    QCOMPARE(sendsOf(xmlRefusal(500, "InternalFailure")), 1);
    QCOMPARE(sendsOf(xmlRefusal(400, "Throttling")), 2); // nothing was done with it
}

void TestRepeatingTransport::abortedIsOver()
{
    FaultServer server({xmlRefusal(503, "ServiceUnavailable")});
    const std::unique_ptr<Transport> sender = transport();
    bool isTold = false;
    const auto told = [&](HttpAnswer &&) { isTold = true; };
    const Transport::Id waiting = sender->send(request(server), told);
    QTRY_VERIFY(!server.requests().isEmpty());
    sender->abort(waiting);
    sender->abort(waiting); // and it is no mishap
    sender->abort(sender->send(request(server), told)); // on its way
    QCOMPARE(exchange(request(server)).status, 503); // five sends later
    QVERIFY(!isTold);
}

void TestRepeatingTransport::goesWithWhoAsked()
{
    FaultServer server({xmlRefusal(503, "ServiceUnavailable")});
    std::unique_ptr<Transport> sender = transport();
    bool isTold = false;
    sender->send(request(server), [&](HttpAnswer &&) { isTold = true; });
    QTRY_VERIFY(!server.requests().isEmpty());
    sender.reset();
    QCOMPARE(exchange(request(server)).status, 503);
    QVERIFY(!isTold);
    // Whoever hears of an answer may let the transport go.
    server.setSteps({http(200, "<keys/>")});
    sender = transport();
    sender->send(request(server), [&](HttpAnswer &&) {
        isTold = true;
        sender.reset();
    });
    QTRY_VERIFY(isTold);
}

QTEST_GUILESS_MAIN(TestRepeatingTransport)
#include "tst_repeatingtransport.moc"
