#include "aws/linkconnection.h"

#include "aws/httptransport.h"
#include "aws/localcode.h"
#include "connectionfixture.h"

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

class TestLinkConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereLinksMayLead_data();
    void whereLinksMayLead();
    void whyALinkIsNoGood();
    void answers_data();
    void answers();
    void nothingOfTheAccountGoesAlong();
};

void TestLinkConnection::whereLinksMayLead_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("custom");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *link, bool custom, bool good) {
        QTest::addRow("%s%s", custom ? "custom: " : "", link) << QString::fromUtf8(link) << custom << good;
    };
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com/a/b?X-Amz-Signature=1", false, true);
    row("https://v1.downloads.attachments.support.us-east-1.amazonaws.com/", false, true);
    row("https://uploadv1.attachments.support.us-east-1.amazonaws.com/x", false, true);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com:443/x", false, true);
    row("https://V1.UPLOADS.attachments.support.us-east-1.amazonaws.com/x", false, true);
    row("http://v1.uploads.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com:8443/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com./x", false, false);
    row("https://attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("https://evilattachments.support.us-east-1.amazonaws.com/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com.evil.example/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com@evil.example/x", false, false);
    row("https://user:pass@v1.uploads.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("https://evil.example/?.attachments.support.us-east-1.amazonaws.com", false, false);
    row("https://evil.example#.attachments.support.us-east-1.amazonaws.com", false, false);
    row("https://evil.example\\.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("https://v1.uploads.attachments.support.eu-west-1.amazonaws.com/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com.cn/x", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com/x\r\nHost: evil", false, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com/ x", false, false);
    row("ftp://v1.uploads.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("file:///etc/passwd", false, false);
    row("//v1.uploads.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("v1.uploads.attachments.support.us-east-1.amazonaws.com/x", false, false);
    row("http://127.0.0.1:9/x", false, false);
    row("", false, false);
    row("http://127.0.0.1:9/x", true, true);
    row("http://localhost:9/x", true, true);
    row("https://127.0.0.1/x", true, true);
    row("http://127.0.0.2.example/x", true, false);
    row("http://evil.example/x", true, false);
    row("http://169.254.169.254/latest/meta-data", true, false);
    row("https://v1.uploads.attachments.support.us-east-1.amazonaws.com/x", true, true);
    QTest::newRow("endless") << QString(u"https://v1.uploads.attachments.support.us-east-1.amazonaws.com/"_s
                                        + QString(100'000, u'a'))
                             << false << false;
}

void TestLinkConnection::whereLinksMayLead()
{
    QFETCH(QString, link);
    QFETCH(bool, custom);
    QFETCH(bool, good);
    const Result<Endpoint> endpoint =
        resolveEndpoint({.region = u"eu-central-1"_s, .customUrl = custom ? u"http://127.0.0.1:1234"_s : QString()});
    QVERIFY(endpoint);
    const Result<QUrl> url = attachmentUrl(link, *endpoint);
    QCOMPARE(url.hasValue(), good);
    if (!good) {
        QCOMPARE(url.error().code, QString(localcode::foreignLink));
        QVERIFY(!url.error().message.contains(u'?'));
    }
}

void TestLinkConnection::whyALinkIsNoGood()
{
    const Result<Endpoint> aws = resolveEndpoint({.region = u"eu-central-1"_s});
    const Result<QUrl> port =
        attachmentUrl(u"https://v1.uploads.attachments.support.us-east-1.amazonaws.com:8443/x"_s, *aws);
    QVERIFY2(port.error().message.contains("port 8443"_L1), qPrintable(port.error().message));
    QVERIFY(!port.error().message.contains("encrypted"_L1));
    // A service of this computer that is asked by https has no files by http.
    const Result<Endpoint> encrypted =
        resolveEndpoint({.region = u"eu-central-1"_s, .customUrl = u"https://127.0.0.1:1234"_s});
    QVERIFY(encrypted);
    for (const QString &link : {u"http://127.0.0.1:1234/x"_s, u"http://127.0.0.1:9/x"_s, u"http://localhost:9/x"_s})
        QVERIFY2(!attachmentUrl(link, *encrypted), qPrintable(link));
    QVERIFY(attachmentUrl(u"https://127.0.0.1:9/x"_s, *encrypted));
}

void TestLinkConnection::answers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &answer, Error::Kind kind, const QString &code = {}) {
        QTest::newRow(name) << answer << int(kind) << code;
    };
    const QByteArray xml = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    const QByteArray end = "Content-Length: " + QByteArray::number(xml.size()) + "\r\n\r\n" + xml;
    row("good", "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: 0\r\n\r\n", Error::Kind::None);
    row("over", "HTTP/1.1 403 Forbidden\r\n" + end, Error::Kind::Refused, localcode::linkRefused);
    row("gone", "HTTP/1.1 404 Not Found\r\n" + end, Error::Kind::Refused, localcode::linkRefused);
    row("busy", "HTTP/1.1 503 Slow Down\r\n" + end, Error::Kind::Unavailable);
    row("often", "HTTP/1.1 429 Too Many\r\n" + end, Error::Kind::Unavailable);
    row("elsewhere", "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        Error::Kind::Redirected);
    row("cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", Error::Kind::Dropped);
}

void TestLinkConnection::answers()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, kind);
    QFETCH(QString, code);
    FaultServer server({rawThenClose(answer)});
    const ConnectionSettings settings = settingsFor(server.url());
    LinkConnection links(settings.endpoint, std::make_unique<HttpTransport>(HttpTransport::Settings{}));
    QObject context;
    std::optional<Result<LinkAnswer>> given;
    LinkRequest request;
    request.link = server.url().toString() + u"part?X-Amz-Signature=secret"_s;
    request.body = "bytes";
    links.follow(request, &context, [&](const Result<LinkAnswer> &one) { given.emplace(one); });
    QVERIFY(!given);
    QTRY_VERIFY(given);
    QCOMPARE(int(given->hasValue() ? Error::Kind::None : given->error().kind), kind);
    if (given->hasValue()) {
        QCOMPARE((*given)->eTag, "\"abc\"");
        return;
    }
    QCOMPARE(given->error().code, code);
    QVERIFY(!given->error().toLine().contains("secret"_L1));
}

void TestLinkConnection::nothingOfTheAccountGoesAlong()
{
    FaultServer server({raw("HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: 0\r\n\r\n")});
    auto made = HttpServiceConnection(settingsFor(server.url(), u"session-token"_s));
    QObject context;
    bool done = false;
    LinkRequest request;
    request.link = server.url().toString() + u"part?X-Amz-Signature=1"_s;
    request.body = "bytes of the file";
    made.follow(request, &context, [&](const Result<LinkAnswer> &) { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(server.requests().size(), 1);
    const Received &received = server.requests().first();
    QCOMPARE(received.line, "PUT /part?X-Amz-Signature=1 HTTP/1.1");
    QCOMPARE(received.body, "bytes of the file");
    for (const auto &[name, value] : received.headers) {
        for (const char *word : {"authorization", "x-amz-", "akia", "session-token"})
            QVERIFY2(!name.toLower().contains(word) && !value.toLower().contains(word), name.constData());
    }
}

QTEST_GUILESS_MAIN(TestLinkConnection)
#include "tst_linkconnection.moc"
