#include "aws/httptransport.h"
#include "aws/localcode.h"
#include "aws/serviceerror.h"
#include "aws/sources/profilekeys.h"
#include "base/redact.h"
#include "faultserver.h"
#include "fulldisk.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const char twoKeys[] = "aws_access_key_id=AKIDSOURCE\naws_secret_access_key=sourceSecretOfTests\n";

QByteArray roleAnswer(const QByteArray &id, const QByteArray &operation = "AssumeRole")
{
    return "<" + operation + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + operation
        + "Result><AssumedRoleUser><Arn>a</Arn></AssumedRoleUser><Credentials><AccessKeyId>" + id
        + "</AccessKeyId><SecretAccessKey>roleSecretOfTests1</SecretAccessKey><SessionToken>roleTokenOfTests1</"
          "SessionToken>"
          "<Expiration>2099-01-02T03:04:05Z</Expiration></Credentials></"
        + operation + "Result></" + operation + "Response>";
}

const char portalAnswer[] = R"({"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"ssoSecretOfTests1",
 "sessionToken":"ssoTokenOfTests1","expiration":4070908800000}})";

} // namespace

class TestProfileKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rolesAreAssumedInTurn();
    void aRoleOfTheEnvironment();
    void whatStsRefuses_data();
    void whatStsRefuses();
    void aWebIdentityIsNotSigned();
    void signedIn();
    void tokensAreRenewed_data();
    void tokensAreRenewed();
    void oneRenewalIsForAll();
    void aRenewalThatWasNotWritten();
    void anotherProgramRenewsIt_data();
    void anotherProgramRenewsIt();
    void aServiceThatIsDownNeedsNoSignIn();
    void anAnswerOfSomebodyElseNeedsNoSignIn_data();
    void anAnswerOfSomebodyElseNeedsNoSignIn();
    void anotherProgramIsAtIt();
    void notSignedIn_data();
    void notSignedIn();
    void badFiles_data();
    void badFiles();

private:
    std::unique_ptr<ProfileKeys> keysFrom(const QByteArray &config) const;
    Result<Credentials> keysOf(const QString &profile, const QByteArray &config);
    void writeToken(const QByteArray &json, const QString &session = u"corp"_s);
    void writeRenewable(int secondsLeft);
    qsizetype requestsTo(const QByteArray &path) const
    {
        return std::count_if(m_server->requests().cbegin(), m_server->requests().cend(),
                             [&](const Received &one) { return one.line.split(' ').at(1).split('?').at(0) == path; });
    }
    QString tokenPath(const QString &session = u"corp"_s) const
    {
        return SsoToken::path(m_home->filePath(u".aws/sso/cache"_s), session);
    }
    QUrlQuery form(int request) const { return QUrlQuery(QString::fromLatin1(m_server->requests().at(request).body)); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<FaultServer> m_server;
    QProcessEnvironment m_environment;
};

void TestProfileKeys::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    QDir(m_home->path()).mkpath(u".aws/sso/cache"_s);
    m_environment = {};
    m_environment.insert(u"HOME"_s, m_home->path());
    for (const char *service : {"STS", "SSO", "SSO_OIDC"})
        m_environment.insert(u"AWS_ENDPOINT_URL_"_s + QLatin1StringView(service), m_server->url().toString());
}

std::unique_ptr<ProfileKeys> TestProfileKeys::keysFrom(const QByteArray &config) const
{
    const auto sections = parseConfigFile(config, u"config"_s);
    if (!sections)
        qFatal("%s", qPrintable(sections.error().toLine()));
    ProfileKeysSettings settings{.environment = m_environment};
    settings.transport = [] { return std::make_unique<HttpTransport>(HttpTransport::Settings{.connections = 1}); };
    return std::make_unique<ProfileKeys>(mergeConfig(*sections, {}), settings);
}

Result<Credentials> TestProfileKeys::keysOf(const QString &profile, const QByteArray &config)
{
    const auto keys = keysFrom(config);
    std::optional<Result<Credentials>> answer;
    keys->get(profile, [&](const Result<Credentials> &got) { answer = got; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000))
        qFatal("It never called back");
    return *answer;
}

void TestProfileKeys::writeToken(const QByteArray &json, const QString &session)
{
    QFile file(tokenPath(session));
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        qFatal("The token can't be written");
}

void TestProfileKeys::writeRenewable(int secondsLeft)
{
    const QString end = QDateTime::currentDateTimeUtc().addSecs(secondsLeft).toString(Qt::ISODate);
    writeToken(R"({"startUrl":"https://corp.example/start","accessToken":"oldAccessTokenOfTests","expiresAt":")"
               + end.toUtf8()
               + R"(","clientId":"c","clientSecret":"clientSecretOfTests","refreshToken":"refreshTokenOfTests",
                 "registrationExpiresAt":"2099-01-01T00:00:00Z","region":"ap-northeast-1"})");
}

void TestProfileKeys::rolesAreAssumedInTurn()
{
    m_server->setSteps({http(200, roleAnswer("ASIAMIDDLE")), http(200, roleAnswer("ASIALAST"))});
    const Result<Credentials> keys =
        keysOf(u"last"_s,
               QByteArray("[profile base]\n") + twoKeys
                   + "[profile middle]\nrole_arn=arn:aws:iam::1:role/m\nsource_profile=base\n"
                     "[profile last]\nrole_arn=arn:aws:iam::2:role/l\nsource_profile=middle\nexternal_id=x +/=\n"
                     "role_session_name=hana\nduration_seconds=3600\nregion=eu-west-1\n");
    QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
    QCOMPARE(keys->accessKeyId(), "ASIALAST");
    QCOMPARE(keys->sessionToken(), "roleTokenOfTests1");
    QCOMPARE(keys->source, u"profile last"_s);
    QCOMPARE(keys->expiry, QDateTime::fromString(u"2099-01-02T03:04:05Z"_s, Qt::ISODate));
    QCOMPARE(m_server->requests().size(), 2);
    QCOMPARE(form(0).queryItemValue(u"RoleArn"_s, QUrl::FullyDecoded), u"arn:aws:iam::1:role/m"_s);
    QVERIFY(form(0).queryItemValue(u"RoleSessionName"_s).startsWith(u"casement-"_s));
    QVERIFY(!form(0).hasQueryItem(u"ExternalId"_s));
    QCOMPARE(form(1).queryItemValue(u"ExternalId"_s, QUrl::FullyDecoded), u"x +/="_s);
    QCOMPARE(form(1).queryItemValue(u"RoleSessionName"_s), u"hana"_s);
    QCOMPARE(form(1).queryItemValue(u"DurationSeconds"_s), u"3600"_s);

    // Each is signed with the keys before it, in its profile's region.
    sigv4::SigningKeyCache cache;
    const auto isSigned = [&](const Received &request, QByteArrayView secret) {
        const sigv4::Authorization header = sigv4::parseAuthorization(request.header("Authorization"));
        sigv4::Request shape{.payloadHash = sigv4::sha256Hex(request.body)};
        for (const auto &[name, value] : request.headers)
            shape.headers.append({name, value});
        return header.service == "sts"
            && header.signature
            == sigv4::expectedSignature(shape, header.signedHeaders, secret, header.region, "sts",
                                        request.header("X-Amz-Date"), cache);
    };
    const auto regionOf = [&](int i) {
        return sigv4::parseAuthorization(m_server->requests().at(i).header("Authorization")).region;
    };
    QVERIFY(isSigned(m_server->requests().at(0), "sourceSecretOfTests"));
    QVERIFY(isSigned(m_server->requests().at(1), "roleSecretOfTests1"));
    QCOMPARE(regionOf(0), "us-east-1");
    QCOMPARE(regionOf(1), "eu-west-1");
    QCOMPARE(m_server->requests().at(1).header("X-Amz-Security-Token"), "roleTokenOfTests1");
    QVERIFY(!redact(u"roleSecretOfTests1"_s).contains(u"roleSecretOfTests1"_s));
}

void TestProfileKeys::aRoleOfTheEnvironment()
{
    const QByteArray config = "[profile p]\nrole_arn=arn:aws:iam::1:role/m\ncredential_source=Environment\n";
    Result<Credentials> keys = keysOf(u"p"_s, config);
    QVERIFY(!keys);
    QVERIFY2(keys.error().message.contains(u"config:3: credential_source"_s), qPrintable(keys.error().message));
    m_environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s);
    m_environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"environmentSecretOfTests"_s);
    m_server->setSteps({http(200, roleAnswer("ASIAENV"))});
    keys = keysOf(u"p"_s, config);
    QVERIFY(keys);
    QCOMPARE(keys->accessKeyId(), "ASIAENV");
    QVERIFY(m_server->requests().first().header("Authorization").contains("AKIDENV"));
}

void TestProfileKeys::whatStsRefuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("said");
    QTest::newRow("denied") << 403
                            << QByteArray(
                                   "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is "
                                   "not authorized</Message></Error><RequestId>r-1</RequestId></ErrorResponse>")
                            << u"NoCredentials"_s << u"AccessDenied: User is not authorized"_s;
    QTest::newRow("a portal") << 200 << QByteArray("<html><body>Sign in</body></html>") << u"BadAnswer"_s
                              << u"without whole keys"_s;
    QTest::newRow("half") << 200 << roleAnswer("ASIA").left(300) << u"BadAnswer"_s << u"without whole keys"_s;
    QTest::newRow("no expiry") << 200 << roleAnswer("ASIA").replace("2099-01-02T03:04:05Z", "") << u"BadAnswer"_s
                               << u"without whole keys"_s;
    QTest::newRow("a line break") << 200 << roleAnswer("AS\nIA") << u"BadAnswer"_s << u"a key that"_s;
    QTest::newRow("unavailable") << 503 << QByteArray() << u"Unavailable"_s << QString();
    QTest::newRow("a redirect") << 302 << QByteArray() << u"Redirected"_s << QString();
    QTest::newRow("too many") << 400
                              << QByteArray("<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded"
                                            "</Message></Error></ErrorResponse>")
                              << u"Throttled"_s << u"Rate exceeded"_s;
    QTest::newRow("not found") << 404 << QByteArray("nothing here") << u"NotTheService"_s << QString();
    QTest::newRow("huge") << 200 << QByteArray(2 << 20, ' ') << u"TooLarge"_s << QString();
}

void TestProfileKeys::whatStsRefuses()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);
    QFETCH(QString, said);
    m_server->setSteps({http(status, body, "Content-Type: text/xml\r\n")});
    const Result<Credentials> keys =
        keysOf(u"p"_s, QByteArray("[profile p]\nrole_arn=arn:aws:iam::1:role/m\nsource_profile=p\n") + twoKeys);
    QVERIFY(!keys);
    QCOMPARE(kindName(keys.error().kind), kind);
    QVERIFY2(keys.error().message.contains(said), qPrintable(keys.error().toLine()));
    QCOMPARE(keys.error().effect, Error::Effect::None); // STS changes nothing, whatever becomes of its answer
    if (keys.error().kind != Error::Kind::NoCredentials)
        QCOMPARE(QString(siblingOf(keys.error())), u"AWS STS"_s);
}

void TestProfileKeys::aWebIdentityIsNotSigned()
{
    QFile token(m_home->filePath(u"token"_s));
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write("web.identity.token\n");
    token.close();
    m_server->setSteps({http(200, roleAnswer("ASIAWEB", "AssumeRoleWithWebIdentity"))});
    const Result<Credentials> keys = keysOf(
        u"p"_s,
        "[profile p]\nrole_arn=arn:aws:iam::1:role/m\nweb_identity_token_file=" + token.fileName().toUtf8() + "\n");
    QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
    QCOMPARE(keys->accessKeyId(), "ASIAWEB");
    QCOMPARE(form(0).queryItemValue(u"WebIdentityToken"_s), u"web.identity.token"_s);
    QVERIFY(m_server->requests().first().header("Authorization").isEmpty());
}

const char ssoConfig[] = "[profile p]\nsso_session=corp\nsso_account_id=111122223333\nsso_role_name=Support User\n"
                         "[sso-session corp]\nsso_region=ap-northeast-1\nsso_start_url=https://corp.example/start\n"
                         "[profile old]\nsso_start_url=https://corp.example/start\nsso_region=us-east-1\n"
                         "sso_account_id=111122223333\nsso_role_name=R\n";

void TestProfileKeys::signedIn()
{
    for (const QString &profile : {u"p"_s, u"old"_s}) {
        writeToken(R"({"accessToken":"accessTokenOfTests","expiresAt":"2099-01-01T00:00:00UTC"})",
                   profile == u"p" ? u"corp"_s : u"https://corp.example/start"_s);
        m_server->setSteps({http(200, portalAnswer)});
        const Result<Credentials> keys = keysOf(profile, ssoConfig);
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
        QCOMPARE(keys->accessKeyId(), "ASIASSO");
        QCOMPARE(keys->accountId, u"111122223333"_s);
        QCOMPARE(keys->expiry.toMSecsSinceEpoch(), 4070908800000);
        QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"), "accessTokenOfTests");
    }
    QCOMPARE(m_server->requests().first().line,
             "GET /federation/credentials?role_name=Support%20User&account_id=111122223333 HTTP/1.1");
}

void TestProfileKeys::tokensAreRenewed_data()
{
    QTest::addColumn<int>("left"); // seconds
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("works");
    QTest::newRow("in time") << 600 << 200 << true;
    QTest::newRow("expired") << -600 << 200 << true;
    QTest::newRow("refused, but it still holds") << 600 << 400 << true;
    QTest::newRow("refused and expired") << -600 << 400 << false;
}

void TestProfileKeys::tokensAreRenewed()
{
    QFETCH(int, left);
    QFETCH(int, status);
    QFETCH(bool, works);
    writeRenewable(left);
    m_server->setSteps(
        {http(status,
              status == 200 ? QByteArray(
                  R"({"accessToken":"newAccessTokenOfTests","expiresIn":28800,"refreshToken":"nextRefreshToken"})")
                            : QByteArray(R"({"error":"invalid_grant"})")),
         http(200, portalAnswer)});
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    QCOMPARE(keys.hasValue(), works);
    const QJsonObject asked = QJsonDocument::fromJson(m_server->requests().first().body).object();
    QCOMPARE(m_server->requests().first().line, "POST /token HTTP/1.1");
    QCOMPARE(asked.value(u"grantType"_s).toString(), u"refresh_token"_s);
    QCOMPARE(asked.value(u"refreshToken"_s).toString(), u"refreshTokenOfTests"_s);
    if (!works) {
        QVERIFY2(keys.error().message.contains(u"aws sso login --profile p"_s), qPrintable(keys.error().message));
        return;
    }
    QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"),
             status == 200 ? "newAccessTokenOfTests" : "oldAccessTokenOfTests");
    const Result<SsoToken> there = SsoToken::read(tokenPath());
    QVERIFY(there);
    QCOMPARE(there->refreshToken, status == 200 ? u"nextRefreshToken"_s : u"refreshTokenOfTests"_s);
    QCOMPARE(there->file.value(u"startUrl"_s).toString(), u"https://corp.example/start"_s); // the CLI's own stays
    if (status == 200)
        QCOMPARE(QFile::permissions(tokenPath()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

namespace {

const QByteArray renewedAnswer =
    R"({"accessToken":"newAccessTokenOfTests","expiresIn":28800,"refreshToken":"nextRefreshToken"})";
const QByteArray writtenByAnother = R"({"accessToken":"anotherAccessToken","expiresAt":"2099-01-01T00:00:00Z"})";

/// A service that takes the refresh token `refreshTokenOfTests` once, and no other one.
FaultServer::Step takesItOnce(const std::function<void()> &whenAsked = {}, bool isUsed = false)
{
    return [whenAsked, isUsed = std::make_shared<bool>(isUsed)](QTcpSocket *socket, const Received &request) {
        if (request.line.startsWith("GET "))
            return http(200, portalAnswer)(socket, request);
        if (whenAsked)
            whenAsked();
        const bool isGood = request.body.contains("\"refreshTokenOfTests\"") && !std::exchange(*isUsed, true);
        (isGood ? http(200, renewedAnswer) : http(400, R"({"error":"invalid_grant"})"))(socket, request);
    };
}

} // namespace

/// Twenty accounts of one session ask at once, as in `sync --all-accounts`.
void TestProfileKeys::oneRenewalIsForAll()
{
    writeRenewable(-600);
    m_server->setSteps({takesItOnce()});
    constexpr int accounts = 20;
    std::vector<std::unique_ptr<ProfileKeys>> asking;
    QStringList answers;
    for (int i = 0; i < accounts; ++i) {
        asking.push_back(keysFrom(ssoConfig));
        asking.back()->get(u"p"_s, [&](const Result<Credentials> &got) {
            answers.append(got ? QString::fromLatin1(got->accessKeyId()) : got.error().toLine());
        });
    }
    asking.front().reset(); // who began it may go
    QTRY_COMPARE(answers, QStringList(accounts - 1, u"ASIASSO"_s));
    QCOMPARE(requestsTo("/token"), 1);
    QVERIFY(keysOf(u"p"_s, ssoConfig));
    QCOMPARE(requestsTo("/token"), 1);
}

/// Where the file can't be written the old refresh token, which is used up, stays in it.
void TestProfileKeys::aRenewalThatWasNotWritten()
{
    writeRenewable(-600);
    std::optional<FullDisk> disk;
    m_server->setSteps({takesItOnce([&] { disk.emplace(1); })});
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    disk.reset();
    QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
    const Result<SsoToken> there = SsoToken::read(tokenPath());
    QVERIFY2(there, qPrintable(there ? QString() : there.error().toLine())); // whole, as it was
    QCOMPARE(there->accessToken, u"oldAccessTokenOfTests"_s);
    const Result<Credentials> later = keysOf(u"p"_s, ssoConfig);
    QVERIFY2(later, qPrintable(later ? QString() : later.error().toLine()));
    QCOMPARE(requestsTo("/token"), 1);
    writeToken(writtenByAnother);
    QVERIFY(keysOf(u"p"_s, ssoConfig));
    QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"), "anotherAccessToken");
}

void TestProfileKeys::anotherProgramRenewsIt_data()
{
    QTest::addColumn<bool>("isExpired");
    QTest::newRow("while it is asked for") << true;
    QTest::newRow("and the old one is no good any more") << false;
}

/// The AWS CLI has taken the refresh token, and leaves another one in the file.
void TestProfileKeys::anotherProgramRenewsIt()
{
    QFETCH(bool, isExpired);
    const auto another = [this] { writeToken(writtenByAnother); };
    if (isExpired) {
        writeRenewable(-600);
        m_server->setSteps({takesItOnce(another, true)});
    } else {
        writeToken(R"({"accessToken":"oldAccessTokenOfTests","expiresAt":"2098-01-01T00:00:00Z"})");
        m_server->setSteps({[&](QTcpSocket *socket, const Received &request) {
                                another();
                                http(401, "{}")(socket, request);
                            },
                            http(200, portalAnswer)});
    }
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().toLine()));
    QCOMPARE(requestsTo("/token"), isExpired ? 1 : 0);
    QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"), "anotherAccessToken");
}

/// A service that is down says nothing about the sign-in.
void TestProfileKeys::aServiceThatIsDownNeedsNoSignIn()
{
    writeRenewable(-600);
    m_server->setSteps({http(503, "{}")});
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    QVERIFY(!keys);
    QCOMPARE(keys.error().kind, Error::Kind::Unavailable);
    QVERIFY2(keys.error().message.contains(u"sign-in service answered 503"_s)
                 && keys.error().message.contains(u"try again later"_s),
             qPrintable(keys.error().message));
    QVERIFY2(!keys.error().message.contains(u"aws sso login"_s), qPrintable(keys.error().message));
}

/// Nor does a page of a proxy that answers in its place.
void TestProfileKeys::anAnswerOfSomebodyElseNeedsNoSignIn_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("a page") << QByteArray("<html>hi</html>") << Error::Kind::NotTheService;
    QTest::newRow("JSON without a token") << QByteArray("{}") << Error::Kind::BadAnswer;
}

void TestProfileKeys::anAnswerOfSomebodyElseNeedsNoSignIn()
{
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    writeRenewable(-600);
    m_server->setSteps({http(200, body)});
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    QVERIFY(!keys);
    QCOMPARE(keys.error().kind, kind);
    QCOMPARE(keys.error().operation, u"CreateToken"_s);
    QVERIFY2(keys.error().message.contains(u"no answer of a sign-in service"_s), qPrintable(keys.error().message));
}

/// Another Casement holds the file's lock while it asks.
void TestProfileKeys::anotherProgramIsAtIt()
{
    writeRenewable(-600);
    m_server->setSteps({takesItOnce()});
    const int held = ::open(QFile::encodeName(tokenPath()).constData(), O_RDWR | O_CLOEXEC);
    QCOMPARE(::flock(held, LOCK_EX | LOCK_NB), 0);
    const auto keys = keysFrom(ssoConfig);
    std::optional<Result<Credentials>> answer;
    keys->get(u"p"_s, [&](const Result<Credentials> &got) { answer = got; });
    Result<SsoToken> renewed = SsoToken::read(tokenPath());
    QVERIFY(renewed && renewed->renew(renewedAnswer, QDateTime::currentDateTimeUtc()));
    QVERIFY(renewed->write(tokenPath()));
    ::close(held);
    QTRY_VERIFY(answer);
    QVERIFY2(*answer, qPrintable(*answer ? QString() : answer->error().toLine()));
    QCOMPARE(requestsTo("/token"), 0);
    QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"), "newAccessTokenOfTests");
}

void TestProfileKeys::notSignedIn_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::newRow("never") << QByteArray() << 200;
    QTest::newRow("garbage") << QByteArray("{") << 200;
    QTest::newRow("expired, not renewable")
        << QByteArray(R"({"accessToken":"x","expiresAt":"2001-01-01T00:00:00Z","refreshToken":"r"})") << 200;
    QTest::newRow("not accepted") << QByteArray(R"({"accessToken":"x","expiresAt":"2099-01-01T00:00:00Z"})") << 401;
}

void TestProfileKeys::notSignedIn()
{
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    if (!token.isEmpty())
        writeToken(token);
    m_server->setSteps({http(status, portalAnswer)});
    const Result<Credentials> keys = keysOf(u"p"_s, ssoConfig);
    QVERIFY(!keys);
    QCOMPARE(keys.error().code, QString(localcode::profileSso));
    QVERIFY2(keys.error().message.contains(u"aws sso login --profile p"_s), qPrintable(keys.error().message));
}

void TestProfileKeys::badFiles_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *config, const char *said) {
        QTest::newRow(name) << QByteArray(config) << QString::fromUtf8(said);
    };
    row("no source", "[profile p]\nrole_arn=a\n", "config:2: role_arn of profile \"p\" needs");
    row("two sources", "[profile p]\nrole_arn=a\nsource_profile=q\ncredential_source=Environment\n", "has both");
    row("not there", "[profile p]\nrole_arn=a\nsource_profile=q\n", "config:3: source_profile of profile \"p\" names");
    row("itself without keys", "[profile p]\nrole_arn=a\nsource_profile=p\n", "is the profile itself");
    row("a circle",
        "[profile p]\nrole_arn=a\nsource_profile=q\n[profile q]\nrole_arn=b\nsource_profile=r\n[profile "
        "r]\nrole_arn=c\n"
        "source_profile=p\n",
        "p > q > r > p");
    row("an MFA code", "[profile p]\nrole_arn=a\nsource_profile=q\nmfa_serial=m\n", "export-credentials --profile p");
    row("an instance", "[profile p]\nrole_arn=a\ncredential_source=Ec2InstanceMetadata\n", "Ec2InstanceMetadata");
    row("seconds",
        "[profile p]\nrole_arn=a\nsource_profile=p\naws_access_key_id=A\naws_secret_access_key=s\n"
        "duration_seconds=an hour\n",
        "config:6: duration_seconds");
    row("no session", "[profile p]\nsso_session=x\nsso_account_id=1\nsso_role_name=R\n", "config:2: sso_session");
    row("no account", "[profile p]\nsso_session=x\nsso_role_name=R\n[sso-session x]\nsso_region=r\n", "sso_account_id");
    row("no region", "[profile p]\nsso_session=x\nsso_role_name=R\nsso_account_id=1\n[sso-session x]\nk=v\n",
        "sso_region");
    row("no token", "[profile p]\nrole_arn=a\nweb_identity_token_file=/nonexistent\n",
        "config:3: web_identity_token_file");
    row("a login", "[profile p]\nlogin_session=a\n", "aws login");
}

void TestProfileKeys::badFiles()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, said);
    const Result<Credentials> keys = keysOf(u"p"_s, config);
    QVERIFY(!keys);
    QVERIFY2(keys.error().message.contains(said), qPrintable(keys.error().message));
    QVERIFY(m_server->requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestProfileKeys)
#include "tst_profilekeys.moc"
