#include "aws/networkpreferences.h"

#include "aws/httptransport.h"
#include "aws/proxysettings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace casement;
using namespace Qt::StringLiterals;

using Proxy = NetworkPreferences::Proxy;

namespace {

const QUrl service(u"http://support.example/"_s); // a name that only a proxy can know

/// Answers everything with 200, and remembers the first lines that were asked.
class FakeProxy final : public QTcpServer
{
public:
    FakeProxy()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                m_received += socket->readAll();
                if (!m_received.endsWith("end"))
                    return;
                asked.append(m_received);
                m_received.clear();
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        });
    }
    QList<QByteArray> asked;

private:
    QByteArray m_received;
};

HttpAnswer ask(HttpTransport &transport, const QUrl &url = service)
{
    std::optional<HttpAnswer> answer;
    HttpRequest request;
    request.url = url;
    request.body = "end";
    transport.send(request, [&answer](HttpAnswer &&given) { answer = std::move(given); });
    return QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000) ? *answer : HttpAnswer();
}

QNetworkProxy proxyOf(const QUrl &url, const QProcessEnvironment &environment = {})
{
    const Result<QNetworkProxy> proxy = proxyFor(url, environment);
    return proxy ? *proxy : QNetworkProxy(QNetworkProxy::DefaultProxy);
}

} // namespace

/// What is set about the network reaches every connection at once.
class TestNetworkPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setNetworkPreferences({}); }
    void theEnvironmentHoldsByItself();
    void anOwnProxyGoesBefore();
    void passwordsComeFromTheEnvironment();
    void noProxyIsNone();
    void openConnectionsFollow();
    void anotherProxyIsUsedFromTheNextRequestOn();
    void caFilesAreLookedAt();
    void aCaFileReachesConnectionsThatAreThere();
};

void TestNetworkPreferences::theEnvironmentHoldsByItself()
{
    QProcessEnvironment environment;
    environment.insert(u"HTTP_PROXY"_s, u"http://env.example:1234"_s);
    QCOMPARE(proxyOf(service, environment).hostName(), u"env.example"_s);
    QCOMPARE(proxyOf(service).type(), QNetworkProxy::NoProxy);
}

void TestNetworkPreferences::anOwnProxyGoesBefore()
{
    QProcessEnvironment environment;
    environment.insert(u"HTTP_PROXY"_s, u"http://env.example:1234"_s);
    environment.insert(u"NO_PROXY"_s, u"inside.example"_s);
    setNetworkPreferences({.proxy = Proxy::Socks, .host = u"own.example"_s, .port = 1080});
    QCOMPARE(proxyOf(service, environment).hostName(), u"own.example"_s);
    QCOMPARE(proxyOf(service, environment).type(), QNetworkProxy::Socks5Proxy);
    QCOMPARE(proxyOf(QUrl(u"https://a.inside.example/"_s), environment).type(), QNetworkProxy::NoProxy);
    for (const QString &here : {u"http://127.0.0.1:80/"_s, u"http://localhost/"_s, u"http://[::1]/"_s})
        QCOMPARE(proxyOf(QUrl(here), environment).type(), QNetworkProxy::NoProxy);
}

void TestNetworkPreferences::passwordsComeFromTheEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"HTTP_PROXY"_s, u"http://ann:p%40ss@Own.example:3128"_s);
    setNetworkPreferences({.proxy = Proxy::Http, .host = u"own.example"_s, .port = 3128});
    QCOMPARE(proxyOf(service, environment).user(), u"ann"_s);
    QCOMPARE(proxyOf(service, environment).password(), u"p@ss"_s);
    setNetworkPreferences({.proxy = Proxy::Http, .host = u"own.example"_s, .port = 3129}); // another one's password
    QVERIFY(proxyOf(service, environment).password().isEmpty());
}

void TestNetworkPreferences::noProxyIsNone()
{
    QProcessEnvironment environment;
    environment.insert(u"HTTP_PROXY"_s, u"http://env.example:1234"_s);
    setNetworkPreferences({.proxy = Proxy::None});
    QCOMPARE(proxyOf(service, environment).type(), QNetworkProxy::NoProxy);
}

void TestNetworkPreferences::openConnectionsFollow()
{
    FakeProxy proxy;
    HttpTransport transport({});
    QVERIFY(ask(transport).error.kind != Error::Kind::None); // nobody knows the name
    setNetworkPreferences({.proxy = Proxy::Http, .host = u"127.0.0.1"_s, .port = proxy.serverPort()});
    QCOMPARE(ask(transport).status, 200);
    QCOMPARE(proxy.asked.size(), 1);
    QVERIFY(proxy.asked.constFirst().startsWith("POST http://support.example/ "));
    setNetworkPreferences({});
    QVERIFY(ask(transport).error.kind != Error::Kind::None);
    QCOMPARE(proxy.asked.size(), 1);
}

void TestNetworkPreferences::anotherProxyIsUsedFromTheNextRequestOn()
{
    FakeProxy first;
    FakeProxy second;
    std::vector<std::unique_ptr<HttpTransport>> transports; // of many accounts
    for (int i = 0; i < 5; ++i)
        transports.push_back(std::make_unique<HttpTransport>(HttpTransport::Settings{}));
    setNetworkPreferences({.proxy = Proxy::Http, .host = u"127.0.0.1"_s, .port = first.serverPort()});
    for (const auto &transport : transports)
        QCOMPARE(ask(*transport).status, 200);
    setNetworkPreferences({.proxy = Proxy::Http, .host = u"127.0.0.1"_s, .port = second.serverPort()});
    for (const auto &transport : transports)
        QCOMPARE(ask(*transport).status, 200);
    QCOMPARE(first.asked.size(), 5);
    QCOMPARE(second.asked.size(), 5);
}

void TestNetworkPreferences::caFilesAreLookedAt()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"ca.pem"_s);
    QCOMPARE(caFileState(file), CaFileState::Missing);
    QFile content(file);
    QVERIFY(content.open(QIODevice::WriteOnly) && content.write("nothing") == 7);
    content.close();
    QCOMPARE(caFileState(file), CaFileState::NoCertificate);
    QCOMPARE(caFileState(folder.path()), CaFileState::NotReadable);
    QCOMPARE(caFileState(u"/etc/ssl/certs/ca-certificates.crt"_s),
             QFile::exists(u"/etc/ssl/certs/ca-certificates.crt"_s) ? CaFileState::Good : CaFileState::Missing);
}

void TestNetworkPreferences::aCaFileReachesConnectionsThatAreThere()
{
    QTcpServer nobody;
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const QUrl url(u"https://127.0.0.1:%1/"_s.arg(nobody.serverPort()));
    nobody.close();
    HttpTransport transport({});
    QCOMPARE(ask(transport, url).error.kind, Error::Kind::CannotConnect);
    setNetworkPreferences({.caBundle = u"/no/such/file.pem"_s});
    const Error error = ask(transport, url).error;
    QCOMPARE(error.kind, Error::Kind::CredentialsFile);
    QVERIFY2(error.message.contains(u"/no/such/file.pem (chosen in the settings)"_s), qPrintable(error.message));
    setNetworkPreferences({});
    QCOMPARE(ask(transport, url).error.kind, Error::Kind::CannotConnect);
}

QTEST_GUILESS_MAIN(TestNetworkPreferences)
#include "tst_networkpreferences.moc"
