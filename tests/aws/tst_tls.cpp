#include "connectionfixture.h"

#include "aws/localcode.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace std::chrono_literals;

/// Certificates, authorities and handshakes: who is trusted, and what is said of the others.
class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tlsUnknownAuthority();
    void refusedCertificatesAreToldApart_data();
    void refusedCertificatesAreToldApart();
    void aWeakKeyIsNamed();
    void failedHandshakesAreToldApart_data();
    void failedHandshakesAreToldApart();
    void tlsOwnAuthority();
    void caBundle_data();
    void caBundle();
};

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

// An authority and a certificate of it for 127.0.0.1, made by the openssl command.
struct Authority
{
    QTemporaryDir folder;
    bool good = false;

    QString path(const QByteArray &name) const { return folder.filePath(QString::fromLatin1(name)); }

    Authority()
    {
        const auto run = [this](const QStringList &arguments) {
            QProcess openssl;
            openssl.setWorkingDirectory(folder.path());
            openssl.start(QStringLiteral("openssl"), arguments);
            return openssl.waitForFinished() && openssl.exitCode() == 0;
        };
        const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
        QFile extensions(path("ext"));
        good = extensions.open(QIODevice::WriteOnly) && extensions.write("subjectAltName=IP:127.0.0.1") > 0;
        extensions.close();
        good = good
            && run(words("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=TestCA"))
            && run(words("req -x509 -newkey rsa:1024 -nodes -keyout weak.key -out weak.pem -days 2 -subj /CN=x "
                         "-addext subjectAltName=IP:127.0.0.1"))
            && run(words("req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 2 -subj /CN=x "
                         "-addext subjectAltName=IP:127.0.0.2"))
            && run(words("req -newkey rsa:2048 -nodes -keyout old.key -out old.csr -subj /CN=127.0.0.1"))
            && run(words("x509 -req -in old.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out old.pem -days -1 "
                         "-extfile ext"))
            && run(words("req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=127.0.0.1"))
            && run(words(
                "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out leaf.pem -days 2 -extfile ext"));
    }

    QSslConfiguration server(const QByteArray &name = "leaf") const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate::fromPath(path(name + ".pem")).value(0));
        QFile key(path(name + ".key"));
        if (key.open(QIODevice::ReadOnly))
            tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        return tls;
    }
};

Authority &authority()
{
    static Authority instance;
    return instance;
}

} // namespace

void TestTls::tlsUnknownAuthority()
{
    QVERIFY(authority().good);
    FaultServer server({http(200, "{}")});
    server.setTls(authority().server());
    HttpServiceConnection connection(settingsFor(server.url(QStringLiteral("https"))));
    for (ServiceRequest request : {Asked::describeCases(), Asked::createCase(), Asked::large()}) {
        request.idleLimit = request.totalLimit = 5s;
        const Asked asked(connection, request);
        QTRY_VERIFY(asked.isAnswered());
        QCOMPARE(asked.error().kind, Error::Kind::Tls);
        QCOMPARE(asked.error().effect, Error::Effect::None);
        QVERIFY2(asked.error().message.contains(QLatin1StringView("certificate")), qPrintable(asked.error().message));
        QCOMPARE(asked.error().code, localcode::unknownAuthority);
    }
    QCOMPARE(server.requests().size(), 0);
    QCOMPARE(server.connections(), 3); // trying again would find the same certificate
}

void TestTls::refusedCertificatesAreToldApart_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("trusted");
    QTest::addColumn<QString>("code");
    QTest::newRow("another host") << QByteArray("other") << QByteArray("other.pem") << QString(localcode::otherHost);
    QTest::newRow("expired") << QByteArray("old") << QByteArray("ca.pem") << QString(localcode::certificateExpired);
    QTest::newRow("expired and of nobody")
        << QByteArray("old") << QByteArray("other.pem") << QString(localcode::certificateExpired);
    QTest::newRow("another authority") << QByteArray("leaf") << QByteArray("other.pem")
                                       << QString(localcode::unknownAuthority);
}

void TestTls::refusedCertificatesAreToldApart()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, trusted);
    QFETCH(QString, code);
    QVERIFY(authority().good);
    FaultServer server({http(200, "{}")});
    server.setTls(authority().server(certificate));
    ConnectionSettings settings = settingsFor(server.url(QStringLiteral("https")));
    settings.caBundle = authority().path(trusted);
    HttpServiceConnection connection(settings);
    for (const ServiceRequest &request : {Asked::describeCases(), Asked::large()}) {
        const Asked asked(connection, request);
        QTRY_VERIFY(asked.isAnswered());
        QCOMPARE(asked.error().kind, Error::Kind::Tls);
        QVERIFY2(asked.error().code == code, qPrintable(asked.error().toLine()));
        QVERIFY(!asked.error().message.contains(QLatin1StringView("Unknown error")));
    }
    QCOMPARE(server.requests().size(), 0);
}

void TestTls::aWeakKeyIsNamed()
{
    QVERIFY(authority().good);
    QProcess server; // Qt's own refuses to show such a certificate
    server.setWorkingDirectory(authority().folder.path());
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-cert"), QStringLiteral("weak.pem"),
                  QStringLiteral("-key"), QStringLiteral("weak.key"), QStringLiteral("-cipher"),
                  QStringLiteral("DEFAULT@SECLEVEL=0"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0")});
    QByteArray said; // `ACCEPT 127.0.0.1:40123 PID=…`
    const auto heard = [&] { return (said += server.readAllStandardOutput()).contains("\n"); };
    QTRY_VERIFY_WITH_TIMEOUT(heard() && said.contains("127.0.0.1:"), 20'000);
    const QByteArray port = said.sliced(said.indexOf("127.0.0.1:") + 10).split(' ').first().split('\n').first();
    ConnectionSettings settings =
        settingsFor(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(QString::fromLatin1(port))));
    settings.caBundle = authority().path("weak.pem");
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    server.kill();
    server.waitForFinished();
    QCOMPARE(asked.error().kind, Error::Kind::Tls);
    QVERIFY2(asked.error().code == localcode::weakKey, qPrintable(asked.error().toLine()));
    QVERIFY2(asked.error().message.contains(QLatin1StringView("1024 bits")), qPrintable(asked.error().message));
}

void TestTls::failedHandshakesAreToldApart_data()
{
    QTest::addColumn<QByteArray>("answer"); // to the client's greeting
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("an alert: protocol version")
        << QByteArray::fromHex("15030100020246") << QString(localcode::oldTls) << QStringLiteral("older than 1.2");
    QTest::newRow("a greeting in TLS 1.0")
        << QByteArray::fromHex("160301002a020000260301") + QByteArray(32, 'r') + QByteArray::fromHex("00002f00")
        << QString(localcode::oldTls) << QStringLiteral("older than 1.2");
    QTest::newRow("HTTP without TLS") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")
                                      << QString(localcode::noHandshake) << QStringLiteral("does not speak TLS");
    QTest::newRow("an alert: handshake failure")
        << QByteArray::fromHex("15030300020228") << QString(localcode::noHandshake) << QStringLiteral("handshake");
}

void TestTls::failedHandshakesAreToldApart()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, code);
    QFETCH(QString, words);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server, &answer] {
        while (QTcpSocket *socket = server.nextPendingConnection())
            connect(socket, &QTcpSocket::readyRead, socket, [socket, &answer] { socket->write(answer); });
    });
    HttpServiceConnection connection(
        settingsFor(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server.serverPort()))));
    for (const ServiceRequest &request : {Asked::describeCases(), Asked::createCase(), Asked::large()}) {
        const Asked asked(connection, request);
        QTRY_VERIFY(asked.isAnswered());
        QCOMPARE(asked.error().kind, Error::Kind::Tls);
        QCOMPARE(asked.error().effect, Error::Effect::None);
        QVERIFY2(asked.error().code == code, qPrintable(asked.error().toLine()));
        QVERIFY2(asked.error().message.contains(words), qPrintable(asked.error().message));
    }
}

void TestTls::tlsOwnAuthority()
{
    QVERIFY(authority().good);
    FaultServer server({http(200, "{}")});
    server.setTls(authority().server());
    ConnectionSettings settings = settingsFor(server.url(QStringLiteral("https")));
    settings.caBundle = authority().path("ca.pem");
    HttpServiceConnection connection(settings);
    for (ServiceRequest request : {Asked::describeCases(), Asked::createCase(), Asked::large()}) {
        request.idleLimit = request.totalLimit = 5s;
        const Asked asked(connection, request);
        QTRY_VERIFY(asked.isAnswered());
        QVERIFY2(asked.isGood(), qPrintable(asked.error().toLine()));
        QVERIFY(server.requests().last().body == request.body);
    }
}

void TestTls::caBundle_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("exists");
    QTest::newRow("missing") << QByteArray() << false;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("no certificate in it") << QByteArray("hello\n") << true;
}

void TestTls::caBundle()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, exists);
    const QTemporaryDir folder;
    FaultServer server({http(200, "{}")});
    ConnectionSettings settings = settingsFor(server.url(QStringLiteral("https")));
    settings.caBundle = folder.filePath(QStringLiteral("bundle.pem"));
    if (exists)
        write(settings.caBundle, content);
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QVERIFY(!asked.isAnswered());
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::CredentialsFile); // no certificate was looked at
    QVERIFY(asked.error().message.contains(settings.caBundle));
    QVERIFY2(asked.error().message.contains(QLatin1StringView(exists ? "holds no certificate" : "can't be read")),
             qPrintable(asked.error().message));
    QVERIFY(asked.error().message.contains(QLatin1StringView("AWS_CA_BUNDLE")));
    QCOMPARE(server.connections(), 0);
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
