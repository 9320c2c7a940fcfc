#include "connectionfixture.h"

#include "aws/localcode.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/statickeys.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace std::chrono_literals;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray httpDate(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

FaultServer::Step refusal(const char *code, const QByteArray &headers = {})
{
    return http(400, "{\"__type\":\"" + QByteArray(code) + "\",\"message\":\"no\"}", headers);
}

// A server that checks signatures and their time like the service: 15 minutes each way. Its clock stands at that time;
// without one it goes right.
FaultServer::Step strict(const QDateTime &fixedTime, const QByteArray &extraHeaders = {}, bool withDate = true)
{
    return [=](QTcpSocket *socket, const Received &request) {
        const QDateTime serverTime = fixedTime.isValid() ? fixedTime : QDateTime::currentDateTimeUtc();
        const auto parsed = sigv4::parseAuthorization(request.header("Authorization"));
        sigv4::Request checked;
        for (const auto &[name, value] : request.headers)
            checked.headers.append(sigv4::Header{name, value});
        checked.payloadHash = sigv4::sha256Hex(request.body);
        sigv4::SigningKeyCache cache;
        const QByteArray date = request.header("X-Amz-Date");
        const QByteArray expected = sigv4::expectedSignature(checked, parsed.signedHeaders, exampleSecret.toLatin1(),
                                                             "us-east-1", "support", date, cache);
        QDateTime signedAt = QDateTime::fromString(QString::fromLatin1(date), QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
        signedAt.setTimeSpec(Qt::UTC);
        const QByteArray headers = (withDate ? "Date: " + httpDate(serverTime) + "\r\n" : QByteArray()) + extraHeaders;
        if (expected != parsed.signature)
            return refusal("InvalidSignatureException", headers)(socket, request);
        if (std::abs(signedAt.secsTo(serverTime)) > 15 * 60)
            return refusal("RequestTimeTooSkewed", headers)(socket, request);
        http(200, "{}", headers)(socket, request);
    };
}

} // namespace

class TestHttpServiceConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestOnTheWire();
    void noCookies();
    void clockOffByAnHour_data();
    void clockOffByAnHour();
    void clockNotLearned_data();
    void clockNotLearned();
    void clockPutRightWhileRunning();
    void wrongSecretIsNotTheClock();
    void expiredToken();
    void expiredForSeveral();
    void expiredForGood();
    void noKeys();
    void keysThatCannotBeSent();
    void waitsAreTold();
    void throttledSlowsTheRest();
    void proxyWantsPassword();
    void aRefusedProxyIsNamed();
    void proxyIsUsed();
    void choice();
    void unusableSettingsAreNamed_data();
    void unusableSettingsAreNamed();
    void deletedInCallback();
    void nothingSecretInTheLog();
};

void TestHttpServiceConnection::requestOnTheWire()
{
    FaultServer server({strict(QDateTime::currentDateTimeUtc(), "x-amzn-RequestId: id-7\r\n")});
    ConnectionSettings settings = settingsFor(server.url(), QStringLiteral("session/token=="));
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QVERIFY2(asked.isGood(), qPrintable(asked.error().toLine()));
    QCOMPARE(asked.requestId(), QStringLiteral("id-7"));
    const Received &request = server.requests().first();
    QCOMPARE(request.line, "POST / HTTP/1.1");
    QCOMPARE(request.header("Host"), server.hostAndPort());
    QCOMPARE(request.header("Content-Type"), "application/x-amz-json-1.1");
    QCOMPARE(request.header("X-Amz-Target"), "AWSSupport_20130415.DescribeCases");
    QCOMPARE(request.header("X-Amz-Security-Token"), "session/token==");
    QCOMPARE(request.header("amz-sdk-request"), "attempt=1; max=3");
    QCOMPARE(request.header("amz-sdk-invocation-id").size(), 36);
    QVERIFY(request.header("User-Agent").startsWith("Casement/"));
    QCOMPARE(request.body, Asked::describeCases().body);
}

void TestHttpServiceConnection::noCookies()
{
    FaultServer server({http(200, "{}", "Set-Cookie: a=b; Path=/\r\n")});
    HttpServiceConnection connection(settingsFor(server.url()));
    for (int i = 0; i < 2; ++i) {
        const Asked asked(connection, Asked::describeCases());
        QTRY_VERIFY(asked.isGood());
    }
    QVERIFY(server.requests().last().header("Cookie").isEmpty());
}

void TestHttpServiceConnection::clockOffByAnHour_data()
{
    QTest::addColumn<int>("offset");
    QTest::newRow("an hour behind") << 3600;
    QTest::newRow("an hour ahead") << -3600;
    QTest::newRow("three days behind") << 3 * 86400;
}

void TestHttpServiceConnection::clockOffByAnHour()
{
    QFETCH(int, offset);
    const QDateTime serverTime = QDateTime::currentDateTimeUtc().addSecs(offset);
    FaultServer server({strict(serverTime)});
    HttpServiceConnection connection(settingsFor(server.url()));
    QSignalSpy learned(&connection, &ServiceConnection::clockOffsetLearned);
    const Asked change(connection, Asked::createCase());
    QTRY_VERIFY(change.isAnswered());
    QVERIFY2(change.isGood(), qPrintable(change.error().toLine()));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(learned.size(), 1);
    QVERIFY(std::abs(connection.clockOffset().count() - offset) <= 2);
    QVERIFY(connection.serviceClock());
    QVERIFY(std::chrono::abs(*connection.serviceClock() - std::chrono::seconds(offset)) <= 2s);
    const Asked next(connection, Asked::describeCases());
    QTRY_VERIFY(next.isGood());
    QCOMPARE(server.requests().size(), 3); // right at once
}

void TestHttpServiceConnection::clockNotLearned_data()
{
    QTest::addColumn<FaultServer::Step>("step");
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(3600);
    QTest::newRow("no Date") << strict(later, {}, false);
    QTest::newRow("Date with Age") << strict(later, "Age: 3600\r\n");
    QTest::newRow("delayed answer") << test::later(250, strict(later));
    QTest::newRow("Date that is none") << refusal("RequestTimeTooSkewed", "Date: yesterday\r\n");
    QTest::newRow("Date of long ago") << refusal("RequestTimeTooSkewed", "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
    QTest::newRow("Date that is ours") << refusal("RequestTimeTooSkewed",
                                                  "Date: " + httpDate(QDateTime::currentDateTimeUtc()) + "\r\n");
}

void TestHttpServiceConnection::clockNotLearned()
{
    QFETCH(FaultServer::Step, step);
    FaultServer server({step});
    ConnectionSettings settings = settingsFor(server.url());
    settings.largestDelayForClock = 150ms;
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::ClockSkew);
    QCOMPARE(asked.error().effect, Error::Effect::None);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(connection.clockOffset(), 0s);
    QVERIFY(std::chrono::abs(connection.serviceClock().value_or(0ms)) < 60s); // not known, or ours
}

void TestHttpServiceConnection::clockPutRightWhileRunning()
{
    FaultServer server({strict(QDateTime())}); // its Date is cut off at the second, which must not be long over
    ConnectionSettings settings = settingsFor(server.url());
    qint64 wrong = -3600'000;
    settings.wallClock = [&wrong] { return QDateTime::currentMSecsSinceEpoch() + wrong; };
    HttpServiceConnection connection(settings);
    const Asked first(connection, Asked::describeCases());
    QTRY_VERIFY(first.isGood());
    QVERIFY(std::abs(connection.clockOffset().count() - 3600) <= 2);
    wrong = 0; // NTP came to its help
    const Asked second(connection, Asked::describeCases());
    QTRY_VERIFY(second.isGood());
    QCOMPARE(connection.clockOffset(), 0s);
    QCOMPARE(connection.serviceClock(), std::optional<std::chrono::milliseconds>(0ms));
}

void TestHttpServiceConnection::wrongSecretIsNotTheClock()
{
    FaultServer server({strict(QDateTime::currentDateTimeUtc())});
    ConnectionSettings settings = settingsFor(server.url());
    settings.credentials = CredentialChain::ofKeys(Credentials(exampleKeyId, QStringLiteral("another-secret")));
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::Refused);
    QCOMPARE(asked.error().code, QStringLiteral("InvalidSignatureException"));
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpServiceConnection::expiredToken()
{
    const QTemporaryDir folder;
    const ConfigPaths paths{folder.filePath(QStringLiteral("config")), folder.filePath(QStringLiteral("credentials"))};
    write(paths.credentials, "[p]\naws_access_key_id=AKIDOLD\naws_secret_access_key=secret\naws_session_token=old\n");
    FaultServer server(
        {[&](QTcpSocket *socket, const Received &request) {
             write(paths.credentials,
                   "[p]\naws_access_key_id=AKIDNEW\naws_secret_access_key=secret\naws_session_token=new\n");
             refusal("ExpiredTokenException")(socket, request);
         },
         http(200, "{}")});
    ConnectionSettings settings = settingsFor(server.url());
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<ProfileSource>(paths, QStringLiteral("p"), true));
    settings.credentials = std::make_shared<CredentialChain>(std::move(sources));
    HttpServiceConnection connection(settings);
    const Asked change(connection, Asked::createCase());
    QTRY_VERIFY(change.isAnswered());
    QVERIFY2(change.isGood(), qPrintable(change.error().toLine()));
    QCOMPARE(server.requests().first().header("X-Amz-Security-Token"), "old");
    QCOMPARE(server.requests().last().header("X-Amz-Security-Token"), "new");
    QVERIFY(server.requests().last().header("Authorization").contains("AKIDNEW"));
}

/// Calls under way at once whose keys are over: keys are got once more for all, and each call is sent again once.
void TestHttpServiceConnection::expiredForSeveral()
{
    class Counting final : public CredentialSource
    {
    public:
        explicit Counting(int &fetches) : m_fetches(fetches) { }
        QString name() const override { return QStringLiteral("counting"); }
        void fetch(QObject *context, Callback callback) override
        {
            const QString id = QStringLiteral("AKID%1").arg(++m_fetches);
            QTimer::singleShot(20, context, [id, callback = std::move(callback)] {
                callback(std::optional(Credentials(id, QStringLiteral("secret"), QStringLiteral("token"))));
            });
        }

    private:
        int &m_fetches;
    };
    FaultServer server({[](QTcpSocket *socket, const Received &request) {
        const bool isOld = request.header("Authorization").contains("AKID1/");
        (isOld ? refusal("ExpiredTokenException") : http(200, "{}"))(socket, request);
    }});
    int fetches = 0;
    ConnectionSettings settings = settingsFor(server.url());
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<Counting>(fetches));
    settings.credentials = std::make_shared<CredentialChain>(std::move(sources));
    HttpServiceConnection connection(settings);
    std::vector<std::unique_ptr<Asked>> calls;
    for (int i = 0; i < 12; ++i) {
        calls.push_back(std::make_unique<Asked>(connection, i % 2 ? Asked::createCase() : Asked::describeCases()));
    }
    for (const auto &call : calls) {
        QTRY_VERIFY(call->isAnswered());
        QVERIFY2(call->isGood(), qPrintable(call->error().toLine()));
    }
    QCOMPARE(fetches, 2);
    QVERIFY(server.requests().size() <= 12 + settings.connections);
}

void TestHttpServiceConnection::expiredForGood()
{
    FaultServer server({refusal("ExpiredToken")});
    HttpServiceConnection connection(settingsFor(server.url()));
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().code, QStringLiteral("ExpiredToken"));
    QCOMPARE(server.requests().size(), 1); // the keys are still the same ones
}

void TestHttpServiceConnection::noKeys()
{
    FaultServer server({http(200, "{}")});
    ConnectionSettings settings = settingsFor(server.url());
    settings.connections = 2;
    settings.credentials = CredentialChain::ofKeys(Credentials());
    HttpServiceConnection connection(settings);
    std::vector<std::unique_ptr<Asked>> all;
    for (int i = 0; i < 500; ++i)
        all.push_back(std::make_unique<Asked>(connection, Asked::describeCases()));
    for (const auto &asked : all) {
        QTRY_VERIFY(asked->isAnswered());
        QCOMPARE(asked->error().kind, Error::Kind::NoCredentials);
        QCOMPARE(asked->error().operation, QStringLiteral("DescribeCases"));
    }
    QCOMPARE(server.connections(), 0);
}

void TestHttpServiceConnection::keysThatCannotBeSent()
{
    FaultServer server({http(200, "{}")});
    HttpServiceConnection connection(settingsFor(server.url(), QStringLiteral("token\r\nX-Evil: 1")));
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QCOMPARE(asked.error().kind, Error::Kind::NoCredentials);
    QVERIFY(!asked.error().message.contains(QLatin1StringView("Evil")));
    QCOMPARE(server.connections(), 0);
}

void TestHttpServiceConnection::waitsAreTold()
{
    FaultServer server({refusal("ThrottlingException", "x-amz-retry-after: 70\r\n"), http(200, "{}")});
    HttpServiceConnection connection(settingsFor(server.url()));
    QList<std::chrono::milliseconds> waits;
    Error cause;
    connect(&connection, &ServiceConnection::waiting, this, [&](std::chrono::milliseconds delay, const Error &because) {
        waits.append(delay);
        cause = because;
    });
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isGood());
    QCOMPARE(waits, {70ms});
    QCOMPARE(cause.kind, Error::Kind::Throttled);
    QCOMPARE(server.requests().first().header("amz-sdk-invocation-id"),
             server.requests().last().header("amz-sdk-invocation-id"));
    QCOMPARE(server.requests().last().header("amz-sdk-request"), "attempt=2; max=3");
}

void TestHttpServiceConnection::throttledSlowsTheRest()
{
    FaultServer server({refusal("ThrottlingException"), http(200, "{}")});
    ConnectionSettings settings = settingsFor(server.url());
    settings.rate = {.callsPerSecond = 20, .burst = 3};
    HttpServiceConnection connection(settings);
    QElapsedTimer timer;
    const Asked first(connection, Asked::describeCases());
    timer.start();
    QTRY_VERIFY(first.isGood());
    QVERIFY(timer.elapsed() >= 90); // one token at half of 20 a second
}

void TestHttpServiceConnection::proxyWantsPassword()
{
    FaultServer server({http(200, "{}")});
    FaultServer proxy({http(407, "<html>", "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Type: text/html\r\n")});
    for (const char *scheme : {"http", "https"}) {
        ConnectionSettings settings = settingsFor(server.url(QString::fromLatin1(scheme)));
        settings.environment.insert(QString::fromLatin1(scheme) + QStringLiteral("_proxy"),
                                    QStringLiteral("http://me:geheim99@") + QString::fromLatin1(proxy.hostAndPort()));
        HttpServiceConnection connection(settings);
        for (const ServiceRequest &request : {Asked::describeCases(), Asked::createCase()}) {
            const Asked asked(connection, request);
            QTRY_VERIFY(asked.isAnswered());
            QVERIFY2(asked.error().kind == Error::Kind::Proxy, qPrintable(asked.error().toLine()));
            QCOMPARE(asked.error().effect, Error::Effect::None);
            QVERIFY(!asked.error().message.contains(QLatin1StringView("geheim99")));
            if (qstrcmp(scheme, "https") == 0) {
                QVERIFY2(asked.error().message.contains(QString::fromLatin1(proxy.hostAndPort())),
                         qPrintable(asked.error().message));
            }
        }
    }
    QCOMPARE(server.connections(), 0);
}

void TestHttpServiceConnection::aRefusedProxyIsNamed()
{
    ConnectionSettings settings = settingsFor(QUrl(QStringLiteral("https://support.example/")));
    settings.environment.insert(QStringLiteral("https_proxy"), QStringLiteral("http://me:geheim99@127.0.0.1:1"));
    HttpServiceConnection connection(settings);
    const Asked asked(connection, Asked::describeCases());
    QTRY_VERIFY(asked.isAnswered());
    QVERIFY2(asked.error().code == localcode::proxyUnreachable, qPrintable(asked.error().toLine()));
    QVERIFY2(asked.error().message.endsWith(QLatin1StringView("(proxy 127.0.0.1:1)")),
             qPrintable(asked.error().message));
}

void TestHttpServiceConnection::proxyIsUsed()
{
    FaultServer proxy({http(200, "{}")});
    ConnectionSettings settings = settingsFor(QUrl(QStringLiteral("http://127.0.0.1:9/")));
    settings.environment.insert(QStringLiteral("HTTP_PROXY"), QString::fromLatin1(proxy.hostAndPort()));
    HttpServiceConnection connection(settings);
    const Asked read(connection, Asked::describeCases());
    const Asked change(connection, Asked::createCase());
    QTRY_VERIFY(read.isGood() && change.isGood());
    QCOMPARE(proxy.requests().first().line, "POST http://127.0.0.1:9/ HTTP/1.1");
    QCOMPARE(proxy.requests().first().header("Host"), "127.0.0.1:9");
}

void TestHttpServiceConnection::choice()
{
    const QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkdir(QStringLiteral(".aws")));
    write(home.filePath(QStringLiteral(".aws/config")),
          "[profile china]\nregion=cn-northwest-1\nmax_attempts=5\nca_bundle=/ca.pem\n"
          "[profile local]\nendpoint_url=http://127.0.0.1:1\naws_access_key_id=LOCAL\naws_secret_access_key=s\n");
    ProfileChoice choice;
    choice.environment = {};
    choice.environment.insert(QStringLiteral("HOME"), home.path());
    const auto settings = [&choice] { return *connectionSettings(choice); };
    const auto keyId = [this, &settings] {
        QString id;
        settings().credentials->get(this, [&id](const Result<Credentials> &keys) {
            id = keys ? QString::fromLatin1(keys->accessKeyId()) : kindName(keys.error().kind);
        });
        return id;
    };
    QCOMPARE(settings().endpoint.url.toString(), QStringLiteral("https://support.us-east-1.amazonaws.com/"));
    QCOMPARE(settings().attempts, 3);
    QCOMPARE(keyId(), QStringLiteral("NoCredentials"));

    choice.environment.insert(QStringLiteral("AWS_PROFILE"), QStringLiteral("china"));
    QCOMPARE(settings().endpoint.signingRegion, "cn-north-1");
    QCOMPARE(settings().attempts, 5);
    QCOMPARE(settings().caBundle, QStringLiteral("/ca.pem"));
    choice.environment.insert(QStringLiteral("AWS_MAX_ATTEMPTS"), QStringLiteral("2"));
    choice.environment.insert(QStringLiteral("AWS_CA_BUNDLE"), QStringLiteral("/other.pem"));
    choice.environment.insert(QStringLiteral("AWS_ACCESS_KEY_ID"), QStringLiteral("ENV"));
    choice.environment.insert(QStringLiteral("AWS_SECRET_ACCESS_KEY"), QStringLiteral("s"));
    QCOMPARE(settings().attempts, 2);
    QCOMPARE(settings().caBundle, QStringLiteral("/other.pem"));
    QCOMPARE(keyId(), QStringLiteral("ENV")); // AWS_PROFILE does not drop them

    choice.profile = QStringLiteral("local");
    QCOMPARE(settings().endpoint.url.toString(), QStringLiteral("http://127.0.0.1:1/"));
    QCOMPARE(keyId(), QStringLiteral("LOCAL")); // a profile that a person named does
    choice.endpointUrl = QStringLiteral("https://example.com/x");
    choice.region = QStringLiteral("us-gov-east-1");
    QCOMPARE(settings().endpoint.path, "/x");
    QCOMPARE(settings().endpoint.signingRegion, "us-gov-west-1");
    choice.keys = Credentials(exampleKeyId, exampleSecret);
    QCOMPARE(keyId(), exampleKeyId);

    choice.environment.insert(QStringLiteral("AWS_MAX_ATTEMPTS"), QStringLiteral("999999"));
    QCOMPARE(settings().attempts, 5); // robustness.md, row 14
    choice.environment.insert(QStringLiteral("AWS_MAX_ATTEMPTS"), QStringLiteral("many"));
    QVERIFY(!connectionSettings(choice));
    choice.environment.remove(QStringLiteral("AWS_MAX_ATTEMPTS"));
    choice.endpointUrl = QStringLiteral("http://example.com");
    const auto refused = makeServiceConnection(choice);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Invalid);
    write(home.filePath(QStringLiteral(".aws/config")), "[a]\n[a]\n");
    const auto broken = makeServiceConnection(choice);
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, Error::Kind::CredentialsFile);
}

void TestHttpServiceConnection::unusableSettingsAreNamed_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("variable"); // NAME=value
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const char *config, const QString &variable, const char *told) {
        QTest::newRow(name) << QByteArray(config) << variable << QString::fromLatin1(told);
    };
    row("region of a file", "[default]\nregion = geheim us-east-1\n", {},
        "/.aws/config:2: region of profile \"default\" is not a region");
    row("region over two lines", "[default]\n\nregion = us-east-1\n  geheim\n", {},
        "/.aws/config:3: region of profile \"default\" is not a region");
    row("region of a variable", "[default]\nregion=us-east-1\n", QStringLiteral("AWS_REGION=us-east-1\n"),
        "the environment variable AWS_REGION is not a region");
    row("older variable", "", QStringLiteral("AWS_DEFAULT_REGION=geheim/x"),
        "the environment variable AWS_DEFAULT_REGION is not a region");
    row("endpoint of a file", "[default]\nendpoint_url = ftp://geheim/\n", {},
        "/.aws/config:2: endpoint_url of profile \"default\" is neither https nor http");
    row("endpoint of a services section",
        "[default]\nservices=s\n[services s]\nsupport =\n  endpoint_url = http://geheim.example.com\n", {},
        "/.aws/config:4: endpoint_url of [services s] is plain http");
    row("endpoint of a variable", "", QStringLiteral("AWS_ENDPOINT_URL=https://user:geheim@example.com"),
        "the environment variable AWS_ENDPOINT_URL has a user name");
    row("endpoint of the service's variable", "", QStringLiteral("AWS_ENDPOINT_URL_SUPPORT=geheim"),
        "the environment variable AWS_ENDPOINT_URL_SUPPORT is not a URL");
    row("attempts of a file", "[default]\nregion=r\nmax_attempts=geheim\n", {},
        "/.aws/config:3: max_attempts of profile \"default\" is not a number from 1 on");
    row("attempts of a variable", "", QStringLiteral("AWS_MAX_ATTEMPTS=0"),
        "the environment variable AWS_MAX_ATTEMPTS is not a number from 1 on");
}

void TestHttpServiceConnection::unusableSettingsAreNamed()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, variable);
    QFETCH(QString, told);
    const QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkdir(QStringLiteral(".aws")));
    write(home.filePath(QStringLiteral(".aws/config")), config);
    ProfileChoice choice;
    choice.environment = {};
    choice.environment.insert(QStringLiteral("HOME"), home.path());
    if (!variable.isEmpty())
        choice.environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    const Result<ConnectionSettings> settings = connectionSettings(choice);
    QVERIFY(!settings);
    QCOMPARE(settings.error().kind, Error::Kind::CredentialsFile);
    QVERIFY2(settings.error().message.contains(told), qPrintable(settings.error().message));
    QVERIFY2(!settings.error().message.contains(QLatin1StringView("geheim")), qPrintable(settings.error().message));
}

void TestHttpServiceConnection::deletedInCallback()
{
    FaultServer server({http(200, "{}")});
    for (const ServiceRequest &request : {Asked::describeCases(), Asked::createCase()}) {
        ConnectionSettings settings = settingsFor(server.url());
        settings.connections = 1; // the second call is on its way when the first one is answered
        auto connection = std::make_unique<HttpServiceConnection>(settings);
        QObject context;
        bool second = false;
        connection->send(request, &context, [&connection](const Result<ServiceAnswer> &) { connection.reset(); });
        connection->send(request, &context, [&second](const Result<ServiceAnswer> &) { second = true; });
        QTRY_VERIFY(!connection);
        QTRY_COMPARE(server.openConnections(), 0);
        QVERIFY(!second);
    }
}

void TestHttpServiceConnection::nothingSecretInTheLog()
{
    static QString log;
    log.clear();
    QLoggingCategory::setFilterRules(QStringLiteral("casement.*=true"));
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &message) { log += message + u'\n'; });
    FaultServer server({refusal("AccessDeniedException")});
    {
        HttpServiceConnection connection(settingsFor(server.url(), QStringLiteral("session-token-value")));
        const Asked asked(connection, Asked::describeCases());
        QTRY_VERIFY(asked.isAnswered());
    }
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QVERIFY2(log.contains(QLatin1StringView("DescribeCases attempt 1 status 400")), qPrintable(log));
    for (const char *secret : {"session-token", "wJalr", "Signature", "AKIAIOSFODNN7EXAMPLE", "AWS4"})
        QVERIFY(!log.contains(QLatin1StringView(secret)));
}

QTEST_GUILESS_MAIN(TestHttpServiceConnection)
#include "tst_httpserviceconnection.moc"
