#include "demoservice.h"
#include "support/timestamp.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace casement;
using namespace casement::test;

namespace {

/// What came from a socket until `enough` of it was there, or the other side closed.
class RawClient
{
public:
    explicit RawClient(const DemoFixture &demo)
    {
        const QUrl url(demo.endpoint());
        host = url.authority().toLatin1();
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
        socket.connectToHost(url.host(), quint16(url.port()));
    }
    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }
    int count(const QByteArray &text) const { return int(received.count(text)); }

    QTcpSocket socket;
    QByteArray host;
    QByteArray received;
};

/// A signed request as bytes.
QByteArray signedBytes(const DemoFixture &demo, const QByteArray &operation, const QByteArray &body,
                       const QByteArray &extraHeaders = {})
{
    const QByteArray host = QUrl(demo.endpoint()).authority().toLatin1();
    sigv4::Request wire;
    wire.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                    {"Host", host},
                    {"X-Amz-Target", "AWSSupport_20130415." + operation}};
    wire.payloadHash = sigv4::sha256Hex(body);
    sigv4::SigningKeyCache cache;
    const sigv4::Signature signature =
        sigv4::sign(wire, Credentials(demo.account().accessKeyId, demo.account().secretAccessKey), "us-east-1",
                    "support", QDateTime::currentSecsSinceEpoch(), cache);
    return "POST / HTTP/1.1\r\nHost: " + host
        + "\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSSupport_20130415." + operation
        + "\r\nX-Amz-Date: " + signature.amzDate + "\r\nAuthorization: " + signature.authorization + "\r\n"
        + extraHeaders + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// Asks over HTTP without signing; for links.
struct Fetched
{
    int status = 0;
    QByteArray body;
    QByteArray eTag;
    QByteArray range;
};
Fetched fetch(const QByteArray &verb, const QString &url, const QByteArray &body = {}, const QByteArray &range = {})
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url)};
    if (!range.isEmpty())
        request.setRawHeader("Range", range);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(20'000);
    QNetworkReply *reply = verb == "HEAD" ? network.head(request) : network.sendCustomRequest(request, verb, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->rawHeader("ETag"), reply->rawHeader("Content-Range")};
}

CreateCase::Request newCase()
{
    CreateCase::Request request;
    request.subject = QStringLiteral("TEST CASE-Please ignore");
    request.communicationBody = QStringLiteral("Nothing to see.");
    request.language = QStringLiteral("en");
    request.issueType = QStringLiteral("technical");
    return request;
}

} // namespace

class TestEmulatorServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersLikeAws();
    void keepAliveAndPipelining();
    void continues();
    void connectionClose();
    void nonsenseIsRefused();
    void twentyMegabytes();
    void uploadAndDownload();
    void everyAccount();
    void engineerAnswers();
    void aRefusalNamesTheAction();
    void theirFaults_data();
    void theirFaults();
    void delayedAndDripping();
    void rawFaults_data();
    void rawFaults();
    void skewedClock();
    void lostAnswer();
    void redirectLeadsElsewhere();
    void someAccountsFail();
    void wrongFaults_data();
    void wrongFaults();
    void manyClients();
    void destroyedWhileBusy();
};

void TestEmulatorServer::answersLikeAws()
{
    DemoFixture demo;
    RawClient client(demo);
    client.socket.write(signedBytes(demo, "DescribeSeverityLevels", "{}"));
    QTRY_VERIFY(client.received.endsWith("}]}"));
    QVERIFY(client.received.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(client.received.contains("\r\nContent-Type: application/x-amz-json-1.1\r\n"));
    QVERIFY(client.received.contains("\r\nx-amzn-RequestId: "));
    QVERIFY(client.received.contains(" GMT\r\n"));

    client.received.clear();
    client.socket.write("POST / HTTP/1.1\r\nHost: " + client.host
                        + "\r\nX-Amz-Target: AWSSupport_20130415.DescribeCases\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_VERIFY(client.received.endsWith("}"));
    QVERIFY(client.received.startsWith("HTTP/1.1 400 Bad Request\r\n"));
    QVERIFY(client.received.contains(R"("__type":"com.amazonaws.support#MissingAuthenticationTokenException")"));
    QCOMPARE(demo.requestCount("DescribeCases"), 1);
    QCOMPARE(demo.requestCount(), 2);
}

void TestEmulatorServer::keepAliveAndPipelining()
{
    DemoFixture demo;
    RawClient client(demo);
    QByteArray all;
    for (int i = 0; i < 50; ++i)
        all += signedBytes(demo, "DescribeSeverityLevels", "{}");
    client.socket.write(all);
    QTRY_COMPARE(client.count("HTTP/1.1 200 OK"), 50);
    QVERIFY(!client.isClosed());
    // cut anywhere
    const QByteArray one = signedBytes(demo, "DescribeSeverityLevels", "{}");
    for (const char byte : one) {
        client.socket.write(&byte, 1);
        client.socket.flush();
    }
    QTRY_COMPARE(client.count("HTTP/1.1 200 OK"), 51);
}

void TestEmulatorServer::continues()
{
    DemoFixture demo;
    RawClient client(demo);
    const QByteArray body = R"({"language":"ja"})";
    const QByteArray request = signedBytes(demo, "DescribeSeverityLevels", body, "Expect: 100-continue\r\n");
    client.socket.write(request.chopped(body.size()));
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n");
    client.socket.write(body);
    QTRY_COMPARE(client.count("HTTP/1.1 200 OK"), 1);
}

void TestEmulatorServer::connectionClose()
{
    DemoFixture demo;
    RawClient client(demo);
    client.socket.write(signedBytes(demo, "DescribeSeverityLevels", "{}", "Connection: close\r\n"));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.count("\r\nConnection: close\r\n"), 1);
    QVERIFY(client.received.endsWith("}]}"));
}

void TestEmulatorServer::nonsenseIsRefused()
{
    DemoFixture demo;
    RawClient nonsense(demo);
    nonsense.socket.write("hello\r\n\r\n" + QByteArray(100'000, 'x'));
    QTRY_VERIFY(nonsense.received.startsWith("HTTP/1.1 400 "));
    RawClient large(demo);
    large.socket.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999999\r\n\r\n");
    QTRY_VERIFY(large.received.startsWith("HTTP/1.1 413 "));
    RawClient lost(demo);
    lost.socket.write("GET /favicon.ico HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_VERIFY(lost.received.startsWith("HTTP/1.1 404 "));
    RawClient browser(demo);
    browser.socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_VERIFY(browser.received.contains("UnknownOperationException"));
}

void TestEmulatorServer::twentyMegabytes()
{
    DemoFixture demo;
    AddAttachmentsToSet::Request request;
    for (int i = 0; i < 3; ++i)
        request.attachments.append({QStringLiteral("%1.bin").arg(i), QByteArray(5 << 20, char('a' + i))});
    const auto set = demo.call(request);
    QVERIFY2(set, set ? "" : qPrintable(set.error().toLine()));
}

void TestEmulatorServer::uploadAndDownload()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.uploadPartSize = 1 << 20;
    DemoFixture demo(options);
    QByteArray content;
    for (int i = 0; content.size() < (5 << 20) + 4321; ++i)
        content += QByteArray::number(i) + ' ';
    GetAttachmentUploadLinks::Request start;
    start.fileName = QStringLiteral("トレース.bin");
    start.fileSizeBytes = content.size();
    const auto links = demo.call(start);
    QVERIFY(links);
    QCOMPARE(links->totalParts.value_or(0), 6);
    QVERIFY(links->uploadUrls.constFirst().url.startsWith(demo.endpoint() + QStringLiteral("/uploads/")));
    CompleteAttachmentUpload::Request complete;
    complete.uploadId = links->uploadId;
    for (const UploadUrl &url : links->uploadUrls) {
        const Fetched put = fetch("PUT", url.url, content.mid((*url.partIndex - 1) * (1 << 20), 1 << 20));
        QCOMPARE(put.status, 200);
        complete.completedUploads.append({url.partIndex, QString::fromLatin1(put.eTag)});
    }
    QVERIFY(demo.call(complete));
    DescribeAttachmentUploadStatus::Request status;
    status.uploadId = links->uploadId;
    QTRY_COMPARE(demo.call(status)->uploadStatus, QLatin1StringView("attachment-ready"));
    CreateCase::Request create = newCase();
    create.uploadIds = {links->uploadId};
    const auto made = demo.call(create);
    QVERIFY(made);
    DescribeCommunications::Request messages;
    messages.caseId = made->caseId;
    const auto list = demo.call(messages);
    QVERIFY(list);
    const Communication &message = list->communications.constFirst();
    QVERIFY(message.attachmentSet.isEmpty()); // over 5 MB
    QCOMPARE(message.attachments.constFirst().fileName, start.fileName);

    GetAttachmentDownloadLink::Request ask;
    ask.attachmentId = message.attachments.constFirst().attachmentId;
    const auto link = demo.call(ask);
    QVERIFY(link);
    const QString url = link->downloadUrl->url;
    const Fetched whole = fetch("GET", url);
    QCOMPARE(whole.status, 200);
    QVERIFY(whole.body == content);
    const Fetched part = fetch("GET", url, {}, "bytes=5000000-");
    QCOMPARE(part.status, 206);
    QVERIFY(part.body == content.mid(5'000'000));
    QCOMPARE(part.range,
             "bytes 5000000-" + QByteArray::number(content.size() - 1) + '/' + QByteArray::number(content.size()));
    QCOMPARE(fetch("HEAD", url).body, "");
    QCOMPARE(fetch("GET", url + QLatin1Char('x')).status, 403);
    QCOMPARE(fetch("DELETE", url).status, 405);
    demo.setFaults(QStringLiteral("expire=links"));
    QCOMPARE(fetch("GET", url).status, 403);
    QVERIFY(demo.requestCount("GetFile") >= 6);
    QCOMPARE(demo.requestCount("PutPart"), 6);
}

void TestEmulatorServer::everyAccount()
{
    DemoFixture demo;
    QCOMPARE(demo.accounts().size(), 4);
    QSet<QString> ids;
    for (int i = 0; i < demo.accounts().size(); ++i) {
        DescribeCases::Request request;
        request.includeResolvedCases = true;
        request.maxResults = 100;
        const auto cases = demo.call(request, i);
        QVERIFY2(cases, cases ? "" : qPrintable(cases.error().toLine()));
        QVERIFY(!cases->cases.isEmpty());
        for (const CaseDetails &details : cases->cases) {
            QVERIFY(details.caseId.contains(demo.account(i).accountId));
            ids.insert(details.caseId);
        }
    }
    QVERIFY(ids.size() >= 60);
    QCOMPARE(demo.account(3).region, QLatin1StringView("cn-north-1"));
}

void TestEmulatorServer::engineerAnswers()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.replyDelay = std::chrono::milliseconds(200);
    DemoFixture demo(options);
    const auto made = demo.call(newCase());
    QVERIFY(made);
    // by the service's own timer, without anybody asking
    int messages = 0;
    QTRY_VERIFY2((demo.service().withEmulator([&](demo::Emulator &emulator) {
                     messages = int(emulator.account(0).cases.constFirst().messages.size());
                 }),
                  messages == 2),
                 "no answer came");
    DescribeCases::Request ask;
    ask.caseIdList = {made->caseId};
    QCOMPARE(demo.call(ask)->cases.constFirst().status, QLatin1StringView("pending-customer-action"));
}

void TestEmulatorServer::aRefusalNamesTheAction()
{
    test::DemoFixture demo;
    demo.setFaults(QStringLiteral("deny"));
    ResolveCase::Request request;
    request.caseId = QStringLiteral("case-1");
    const auto answer = demo.call(request);
    QVERIFY(!answer);
    QVERIFY2(answer.error().message.contains(
                 QLatin1StringView("is not authorized to perform: support:ResolveCase on resource: ")),
             qPrintable(answer.error().message));
}

void TestEmulatorServer::theirFaults_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("code");

    const auto row = [](const char *faults, Error::Kind kind, const char *code) {
        QTest::newRow(faults) << QString::fromLatin1(faults) << kind << QString::fromLatin1(code);
    };
    row("throttle:DescribeSeverityLevels", Error::Kind::Throttled, "ThrottlingException");
    row("deny", Error::Kind::Refused, "AccessDeniedException");
    row("plan", Error::Kind::Refused, "SubscriptionRequiredException");
    row("expire=credentials", Error::Kind::Refused, "ExpiredTokenException");
    row("500", Error::Kind::Unavailable, "");
    row("502", Error::Kind::Unavailable, "");
    row("503", Error::Kind::Unavailable, "");
    row("504", Error::Kind::Unavailable, "");
    row("drop", Error::Kind::Dropped, "");
    row("reset", Error::Kind::Dropped, "");
    row("reset=inside", Error::Kind::Dropped, "");
    row("truncate", Error::Kind::Dropped, "");
    row("html", Error::Kind::NotTheService, "");
    row("redirect", Error::Kind::Redirected, "");
    row("cut", Error::Kind::BadAnswer, "");
    row("notjson", Error::Kind::BadAnswer, "");
    row("garbage", Error::Kind::BadAnswer, "");
    row("throttle:CreateCase", Error::Kind::None, "");
    row("throttle=1", Error::Kind::None, "");
    row("500=2", Error::Kind::None, "");
    row("drop=1", Error::Kind::None, "");
    row("throttle=0%", Error::Kind::None, "");
}

void TestEmulatorServer::theirFaults()
{
    QFETCH(QString, faults);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, code);
    DemoFixture demo;
    demo.setFaults(faults);
    const auto answer = demo.call(DescribeSeverityLevels::Request());
    QCOMPARE(answer ? Error::Kind::None : answer.error().kind, kind);
    if (!code.isEmpty())
        QCOMPARE(answer.error().code, code);
    demo.setFaults(QString());
    QVERIFY(demo.call(DescribeSeverityLevels::Request()));
}

void TestEmulatorServer::delayedAndDripping()
{
    DemoFixture demo;
    demo.setFaults(QStringLiteral("delay=300ms"));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(demo.call(DescribeSeverityLevels::Request()));
    QVERIFY(timer.elapsed() >= 290);
    demo.setFaults(QStringLiteral("slow=5ms"));
    timer.start();
    QVERIFY(demo.call(DescribeSeverityLevels::Request()));
    QVERIFY(timer.elapsed() >= 80); // some 400 bytes, 16 at a time
    demo.setFaults(QStringLiteral("rate=3"));
    RawClient client(demo);
    for (int i = 0; i < 5; ++i)
        client.socket.write(signedBytes(demo, "DescribeSeverityLevels", "{}"));
    QTRY_COMPARE(client.count("HTTP/1.1 "), 5);
    QVERIFY(client.count("ThrottlingException") >= 1 && client.count("ThrottlingException") <= 2);
}

void TestEmulatorServer::rawFaults_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArray>("has");
    QTest::newRow("dropped") << QStringLiteral("drop") << true << QByteArray();
    QTest::newRow("reset") << QStringLiteral("reset") << true << QByteArray();
    QTest::newRow("reset inside") << QStringLiteral("reset=inside") << true << QByteArray("HTTP/1.1 200 OK");
    QTest::newRow("truncated") << QStringLiteral("truncate") << true << QByteArray("HTTP/1.1 200 OK");
    QTest::newRow("hanging") << QStringLiteral("hang") << false << QByteArray();
    QTest::newRow("gzip that is none") << QStringLiteral("badgzip") << false << QByteArray("Content-Encoding: gzip");
    QTest::newRow("a status without body")
        << QStringLiteral("504") << false << QByteArray("HTTP/1.1 504 Gateway Timeout");
    QTest::newRow("another status") << QStringLiteral("429") << false << QByteArray("HTTP/1.1 429 ");
}

void TestEmulatorServer::rawFaults()
{
    QFETCH(QString, faults);
    QFETCH(bool, closes);
    QFETCH(QByteArray, has);
    DemoFixture demo;
    demo.setFaults(faults);
    RawClient client(demo);
    client.socket.write(signedBytes(demo, "DescribeSeverityLevels", "{}"));
    if (closes)
        QTRY_VERIFY(client.isClosed());
    else
        QTRY_VERIFY(demo.requestCount() == 1 && client.received.contains(has));
    QVERIFY(client.received.contains(has));
    if (closes && has.isEmpty())
        QCOMPARE(client.received, "");
    QCOMPARE(client.socket.error() == QAbstractSocket::RemoteHostClosedError, closes);
    QVERIFY(!client.received.endsWith("}]}"));
}

void TestEmulatorServer::skewedClock()
{
    DemoFixture demo;
    demo.setFaults(QStringLiteral("skew=1h"));
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    const auto answer = demo.call(DescribeSeverityLevels::Request());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toLine())); // the client learnt the time
    QCOMPARE(demo.requestCount(), 2);
    const qint64 offset = demo.connection().clockOffset().count();
    QVERIFY2(qAbs(offset - 3600) <= 2 + QDateTime::currentSecsSinceEpoch() - before,
             qPrintable(QString::number(offset)));
    // What is made there has that time, too.
    CreateCase::Request request;
    request.subject = QStringLiteral("Of that clock");
    request.communicationBody = request.subject;
    const auto made = demo.call(request);
    QVERIFY2(made, made ? "" : qPrintable(made.error().toLine()));
    DescribeCases::Request ask;
    ask.caseIdList = {made->caseId};
    const auto found = demo.call(ask);
    QVERIFY(found && found->cases.size() == 1);
    QVERIFY(std::abs(parseTimestamp(found->cases.first().timeCreated) - QDateTime::currentMSecsSinceEpoch() - 3'600'000)
            < 60'000);
}

void TestEmulatorServer::lostAnswer()
{
    DemoFixture demo;
    const auto casesNow = [&demo] {
        qsizetype count = 0;
        demo.service().withEmulator([&](demo::Emulator &emulator) { count = emulator.account(0).cases.size(); });
        return count;
    };
    const qsizetype before = casesNow();
    demo.setFaults(QStringLiteral("drop:CreateCase=1"));
    const auto lost = demo.call(newCase());
    QVERIFY(!lost);
    QCOMPARE(lost.error().effect, Error::Effect::Unknown);
    QCOMPARE(demo.requestCount("CreateCase"), 1); // not sent again
    QCOMPARE(casesNow(), before + 1); // the service did its work
    demo.setFaults(QStringLiteral("drop:CreateCase=1/undone"));
    QVERIFY(!demo.call(newCase()));
    QCOMPARE(casesNow(), before + 1);
    demo.setFaults(QStringLiteral("500:CreateCase=1"));
    QVERIFY(!demo.call(newCase()));
    QCOMPARE(casesNow(), before + 1);
    demo.setFaults(QStringLiteral("500:CreateCase=1/done"));
    QVERIFY(!demo.call(newCase()));
    QCOMPARE(casesNow(), before + 2);
}

void TestEmulatorServer::redirectLeadsElsewhere()
{
    DemoFixture demo;
    demo.setFaults(QStringLiteral("redirect"));
    RawClient client(demo);
    client.socket.write(signedBytes(demo, "DescribeSeverityLevels", "{}"));
    QTRY_VERIFY(client.received.contains("Location: http://localhost:"));
    QCOMPARE(demo.requestCount("Elsewhere"), 0);
    QCOMPARE(fetch("GET", QStringLiteral("http://localhost:%1/elsewhere").arg(QUrl(demo.endpoint()).port())).status,
             307);
    QCOMPARE(demo.requestCount("Elsewhere"), 1);
}

void TestEmulatorServer::someAccountsFail()
{
    demo::FaultPlan plan;
    QVERIFY(plan.set(QStringLiteral("deny:DescribeCases@3")).isEmpty());
    QList<bool> failed;
    for (qsizetype account = 0; account < 7; ++account)
        failed.append(plan.next("DescribeCases", 0, account).answer.has_value());
    QCOMPARE(failed, (QList<bool>{true, false, false, true, false, false, true}));
    QVERIFY(!plan.next("DescribeServices", 0, 0).answer);
    DemoFixture demo;
    demo.setFaults(QStringLiteral("deny@2"));
    QCOMPARE(demo.call(DescribeSeverityLevels::Request()).error().kind, Error::Kind::Refused);
    const auto second = makeServiceConnection(demo.choice(1));
    Client client(**second);
    std::optional<Result<DescribeSeverityLevels::Response>> answer;
    client.call(DescribeSeverityLevels::Request(), &client,
                [&answer](const Result<DescribeSeverityLevels::Response> &given) { answer.emplace(given); });
    QTRY_VERIFY(answer.has_value());
    QVERIFY(*answer);
}

void TestEmulatorServer::wrongFaults_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<bool>("isRight");
    const auto row = [](const char *faults, bool isRight) {
        QTest::newRow(faults) << QString::fromLatin1(faults) << isRight;
    };
    row("", true);
    row("throttle=3,drop:CreateCase=1,delay=200ms", true);
    row("deny@10,throttle:DescribeCases@2=3", true);
    row("deny@", false);
    row("deny@0", false);
    row("deny@x", false);
    row(" throttle , 500:describe-cases=10%/2 ", true);
    row("expire=tokens,skew=-1h,slow,reset=inside,504:PutPart=done", true);
    row("throtle", false);
    row("throttle:NoSuch", false);
    row("throttle=", false);
    row("throttle=0", false);
    row("throttle=-1", false);
    row("throttle=120%", false);
    row("throttle=2s", false);
    row("delay", false);
    row("delay=3", false);
    row("expire", false);
    row("expire=milk", false);
    row("skew", false);
    row("rate", false);
    row("404", false);
}

void TestEmulatorServer::wrongFaults()
{
    QFETCH(QString, faults);
    QFETCH(bool, isRight);
    demo::FaultPlan plan;
    QCOMPARE(plan.set(faults).isEmpty(), isRight);
    if (!isRight) {
        DemoServiceOptions options = DemoFixture::smallOptions();
        options.faults = faults;
        DemoService service(options);
        QSignalSpy failed(&service, &DemoService::failed);
        service.start();
        QTRY_COMPARE(failed.size(), 1);
    }
}

void TestEmulatorServer::manyClients()
{
    DemoFixture demo;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<RawClient>(demo));
        clients.back()->socket.write(signedBytes(demo, "DescribeCases", "{}"));
    }
    for (const auto &client : clients)
        QTRY_VERIFY(client->received.startsWith("HTTP/1.1 200 OK"));
}

void TestEmulatorServer::destroyedWhileBusy()
{
    // under way in every state: being made, asked, dripping
    for (int i = 0; i < 3; ++i) {
        DemoService service(DemoFixture::smallOptions());
        service.start();
    }
    DemoFixture demo;
    demo.setFaults(QStringLiteral("slow=50ms"));
    RawClient client(demo);
    client.socket.write(signedBytes(demo, "DescribeServices", "{}"));
    QTRY_VERIFY(!client.received.isEmpty());
}

QTEST_GUILESS_MAIN(TestEmulatorServer)
#include "tst_emulatorserver.moc"
