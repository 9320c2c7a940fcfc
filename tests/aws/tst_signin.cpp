#include "aws/credentialchain.h"
#include "aws/httptransport.h"
#include "aws/localcode.h"
#include "aws/sources/mfasessions.h"
#include "aws/sources/profilesource.h"
#include "base/redact.h"
#include "fakeprompt.h"
#include "faultserver.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const char signInConfig[] =
    "[profile one]\nsso_session=corp\nsso_account_id=111122223333\nsso_role_name=R\n"
    "[profile two]\nsso_session=corp\nsso_account_id=444455556666\nsso_role_name=R\n"
    "[sso-session corp]\nsso_region=eu-west-1\nsso_start_url=https://corp.example/start\n"
    "sso_registration_scopes=sso:account:access, other:scope\n"
    "[profile old]\nsso_start_url=https://corp.example/start\nsso_region=us-east-1\n"
    "sso_account_id=111122223333\nsso_role_name=R\n"
    "[profile base]\naws_access_key_id=AKIDSOURCE\naws_secret_access_key=sourceSecretOfTests\n"
    "[profile mfa]\nrole_arn=arn:aws:iam::1:role/m\nsource_profile=base\nmfa_serial=arn:aws:iam::9:mfa/hana\n"
    "[profile mfa2]\nrole_arn=arn:aws:iam::2:role/m\nsource_profile=base\nmfa_serial=arn:aws:iam::9:mfa/hana\n"
    "[profile onmfa]\nrole_arn=arn:aws:iam::3:role/m\nsource_profile=mfa\n";

const QByteArray registered = R"({"clientId":"client-1","clientSecret":"clientSecretOfSignIn",
 "clientIdIssuedAt":1700000000,"clientSecretExpiresAt":4070908800})";
const QByteArray authorized = R"({"deviceCode":"deviceCodeOfSignIn","userCode":"ABCD-EFGH",
 "verificationUri":"https://device.example/","verificationUriComplete":"https://device.example/?user_code=ABCD-EFGH",
 "expiresIn":600,"interval":1})";
const QByteArray tokened = R"({"accessToken":"accessTokenOfSignIn","tokenType":"Bearer","expiresIn":28800,
 "refreshToken":"refreshTokenOfSignIn"})";
const QByteArray pending = R"({"error":"authorization_pending","error_description":""})";

QByteArray portalKeys()
{
    return R"({"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"ssoSecretOfSignIn1",
 "sessionToken":"ssoTokenOfSignIn1","expiration":4070908800000}})";
}

QByteArray stsKeys(const QByteArray &id, const QByteArray &expires = "2099-01-02T03:04:05Z")
{
    return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
           "<AccessKeyId>"
        + id
        + "</AccessKeyId><SecretAccessKey>roleSecretOfSignIn1</SecretAccessKey><SessionToken>roleTokenOfSignIn1"
          "</SessionToken><Expiration>"
        + expires + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
}

QByteArray stsRefusal(const QByteArray &code, const QByteArray &words)
{
    return "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + words + "</Message></Error></ErrorResponse>";
}

const QByteArray wrongCode =
    stsRefusal("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");

QString everythingLogged; // by all tests of this file

void takeDown(QtMsgType, const QMessageLogContext &, const QString &message) { everythingLogged += message + u'\n'; }

FaultServer::Step xml(int status, const QByteArray &body) { return http(status, body, "Content-Type: text/xml\r\n"); }

} // namespace

/// What a person does to get keys: a code of an MFA device, a sign-in in the browser.
class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void signingIn_data();
    void signingIn();
    void severalProfilesShareOne();
    void waitingForThePerson();
    void signInsThatFail_data();
    void signInsThatFail();
    void givingUp();
    void theAccountGoesAway();
    void aTokenThatIsNotAccepted();
    void nobodyIsThere();
    void aCodeIsAsked();
    void refusedCodes();
    void codesThatAreNone();
    void noCode();
    void oneDeviceIsAskedInTurn();
    void theSameRoleIsAskedOnce();
    void codesLastUntilTheEnd();
    void aRoleBehindACode();
    void filesThatChangeAskNobody();
    void keysThatAreRefusedAskAgain();
    void nothingSecretIsLogged();

private:
    struct Asked
    {
        std::unique_ptr<QObject> context = std::make_unique<QObject>();
        std::unique_ptr<CredentialChain> chain;
        std::optional<Result<Credentials>> keys;
    };
    static QString why(const Asked &asked) { return *asked.keys ? QString() : asked.keys->error().toLine(); }
    std::unique_ptr<Asked> ask(const QString &profile, const CredentialChain::Clock &clock = {});
    void again(Asked &asked);
    QString tokenPath(const QString &session = u"corp"_s) const
    {
        return SsoToken::path(m_home->filePath(u".aws/sso/cache"_s), session);
    }
    QJsonObject body(int request) const
    {
        return QJsonDocument::fromJson(m_server->requests().at(request).body).object();
    }
    QString formValue(int request, const QString &name) const
    {
        return QUrlQuery(QString::fromLatin1(m_server->requests().at(request).body))
            .queryItemValue(name, QUrl::FullyDecoded);
    }
    QByteArray lineOf(int request) const { return m_server->requests().at(request).line.split(' ').at(1); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FakePrompt> m_prompt;
    QProcessEnvironment m_environment;
    int m_homes = 0;
};

void TestSignIn::initTestCase()
{
    QLoggingCategory::setFilterRules(u"casement.*=true"_s);
    qInstallMessageHandler(&takeDown);
}

void TestSignIn::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    m_prompt = std::make_unique<FakePrompt>();
    QVERIFY(QDir(m_home->path()).mkpath(u".aws"_s));
    QFile config(m_home->filePath(u".aws/config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    // Another device in each test, since codes are kept by it.
    config.write(QByteArray(signInConfig).replace("mfa/hana", "mfa/hana" + QByteArray::number(++m_homes)));
    m_environment = {};
    m_environment.insert(u"HOME"_s, m_home->path());
    for (const char *service : {"STS", "SSO", "SSO_OIDC"})
        m_environment.insert(u"AWS_ENDPOINT_URL_"_s + QLatin1StringView(service), m_server->url().toString());
}

std::unique_ptr<TestSignIn::Asked> TestSignIn::ask(const QString &profile, const CredentialChain::Clock &clock)
{
    auto asked = std::make_unique<Asked>();
    ProfileKeysSettings settings{.environment = m_environment};
    settings.transport = [] { return std::make_unique<HttpTransport>(HttpTransport::Settings{.connections = 1}); };
    settings.prompt = m_prompt.get();
    settings.second = std::chrono::milliseconds(10);
    if (clock)
        settings.wallClock = [clock] { return clock().toMSecsSinceEpoch(); };
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<ProfileSource>(ConfigPaths::of(m_environment), profile, true, settings));
    asked->chain = std::make_unique<CredentialChain>(
        std::move(sources), nullptr, clock ? clock : CredentialChain::Clock(&QDateTime::currentDateTimeUtc));
    again(*asked);
    return asked;
}

void TestSignIn::again(Asked &asked)
{
    asked.keys.reset();
    asked.chain->get(asked.context.get(), [&asked](const Result<Credentials> &keys) { asked.keys = keys; });
}

void TestSignIn::signingIn_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("cached");
    QTest::addColumn<QJsonArray>("scopes");
    QTest::newRow("a session") << u"one"_s << u"corp"_s << QJsonArray{u"sso:account:access"_s, u"other:scope"_s};
    QTest::newRow("a start URL") << u"old"_s << u"https://corp.example/start"_s << QJsonArray();
}

void TestSignIn::signingIn()
{
    QFETCH(QString, profile);
    QFETCH(QString, cached);
    QFETCH(QJsonArray, scopes);
    m_server->setSteps({http(200, registered), http(200, authorized), http(400, pending), http(200, tokened),
                        http(200, portalKeys())});
    const auto asked = ask(profile);
    QTRY_VERIFY(asked->keys);
    QVERIFY2(*asked->keys, qPrintable(why(*asked)));
    QCOMPARE((*asked->keys)->accessKeyId(), "ASIASSO");
    QCOMPARE(m_prompt->shown.size(), 1);
    QCOMPARE(m_prompt->shown.first().signIn.userCode, u"ABCD-EFGH"_s);
    QCOMPARE(m_prompt->shown.first().signIn.page, QUrl(u"https://device.example/?user_code=ABCD-EFGH"_s));
    QCOMPARE(m_prompt->shown.first().signIn.profile, profile);
    QCOMPARE(m_prompt->ended, 1);

    QCOMPARE(lineOf(0), "/client/register");
    QCOMPARE(body(0).value(u"clientType"_s).toString(), u"public"_s);
    QCOMPARE(body(0).value(u"scopes"_s).toArray(), scopes);
    QCOMPARE(lineOf(1), "/device_authorization");
    QCOMPARE(body(1),
             (QJsonObject{{u"clientId"_s, u"client-1"_s},
                          {u"clientSecret"_s, u"clientSecretOfSignIn"_s},
                          {u"startUrl"_s, u"https://corp.example/start"_s}}));
    QCOMPARE(lineOf(2), "/token");
    QCOMPARE(body(2),
             (QJsonObject{{u"clientId"_s, u"client-1"_s},
                          {u"clientSecret"_s, u"clientSecretOfSignIn"_s},
                          {u"deviceCode"_s, u"deviceCodeOfSignIn"_s},
                          {u"grantType"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s}}));
    QCOMPARE(m_server->requests().last().header("x-amz-sso_bearer_token"), "accessTokenOfSignIn");

    // The file is the AWS CLI's, its owner's alone.
    QFile file(tokenPath(cached));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & QFile::Permissions(0x0077), QFile::Permissions());
    QJsonObject token = QJsonDocument::fromJson(file.readAll()).object();
    const QDateTime end = QDateTime::fromString(token.take(u"expiresAt"_s).toString(), Qt::ISODate);
    QVERIFY(qAbs(QDateTime::currentDateTimeUtc().secsTo(end) - 28800) < 60);
    QCOMPARE(token,
             (QJsonObject{{u"startUrl"_s, u"https://corp.example/start"_s},
                          {u"region"_s, profile == u"old" ? u"us-east-1"_s : u"eu-west-1"_s},
                          {u"accessToken"_s, u"accessTokenOfSignIn"_s},
                          {u"clientId"_s, u"client-1"_s},
                          {u"clientSecret"_s, u"clientSecretOfSignIn"_s},
                          {u"registrationExpiresAt"_s, u"2099-01-01T00:00:00Z"_s},
                          {u"refreshToken"_s, u"refreshTokenOfSignIn"_s}}));
    for (const char *secret :
         {"clientSecretOfSignIn", "deviceCodeOfSignIn", "accessTokenOfSignIn", "refreshTokenOfSignIn"})
        QVERIFY2(!redact(QString::fromLatin1(secret)).contains(QLatin1StringView(secret)), secret);
}

void TestSignIn::severalProfilesShareOne()
{
    m_server->setSteps({http(200, registered), http(200, authorized), http(200, tokened), http(200, portalKeys())});
    const auto one = ask(u"one"_s);
    const auto two = ask(u"two"_s);
    QTRY_VERIFY(one->keys && two->keys);
    QVERIFY(*one->keys);
    QVERIFY(*two->keys);
    QCOMPARE(m_prompt->shown.size(), 1);
    QCOMPARE((*two->keys)->accountId, u"444455556666"_s);
    const auto later = ask(u"two"_s);
    QTRY_VERIFY(later->keys);
    QVERIFY(*later->keys);
    QCOMPARE(m_prompt->shown.size(), 1);
}

void TestSignIn::waitingForThePerson()
{
    const QByteArray slower = R"({"error":"slow_down"})";
    m_server->setSteps({http(200, registered), http(200, authorized), http(400, pending),
                        http(400, R"({"__type":"AuthorizationPendingException"})"), http(400, slower), http(500, {}),
                        reset(), http(400, "{}", "x-amzn-ErrorType: AuthorizationPendingException:http://x/\r\n"),
                        http(200, tokened), http(200, portalKeys())});
    const auto asked = ask(u"one"_s);
    QTRY_VERIFY_WITH_TIMEOUT(asked->keys, 20'000);
    QVERIFY2(*asked->keys, qPrintable(why(*asked)));
    QCOMPARE(m_prompt->ended, 1);
}

void TestSignIn::signInsThatFail_data()
{
    QTest::addColumn<QByteArray>("registration");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const QByteArray &registration, const QByteArray &authorization,
                        const QByteArray &token, int status, const char *said) {
        QTest::newRow(name) << registration << authorization << token << status << QString::fromUtf8(said);
    };
    row("no client", "{}", {}, {}, 200, "without what a sign-in needs");
    row("a portal", "<html>Welcome</html>", {}, {}, 200, "without what a sign-in needs");
    row("no code", registered, "{}", {}, 200, "without what a sign-in needs");
    row("a page that is no https", registered, QByteArray(authorized).replace("https://device", "http://device"), {},
        200, "not https");
    row("a page of another kind", registered,
        QByteArray(authorized).replace("https://device.example/?user_code=ABCD-EFGH", "file:///bin/sh"), {}, 200,
        "not https");
    row("a page with a user", registered, QByteArray(authorized).replace("https://device.example/?", "https://a:b@c/?"),
        {}, 200, "not https");
    row("a huge code", registered, QByteArray(authorized).replace("ABCD-EFGH\",", QByteArray(5000, 'A') + "\","), {},
        200, "without what a sign-in needs");
    row("refused", registered, authorized, R"({"error":"access_denied"})", 400, "refused in the browser");
    row("too late", registered, authorized, R"({"__type":"ExpiredTokenException"})", 400, "in time");
    row("a client that is over", registered, authorized,
        R"({"error":"invalid_client","error_description":"Client is expired clientSecretOfSignIn"})", 401,
        "Client is expired");
    row("a token that is none", registered, authorized, R"({"accessToken":""})", 200, "without what a sign-in needs");
}

void TestSignIn::signInsThatFail()
{
    QFETCH(QByteArray, registration);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    QFETCH(QString, said);
    m_server->setSteps({http(200, registration), http(200, authorization), http(status, token)});
    const auto asked = ask(u"one"_s);
    QTRY_VERIFY(asked->keys);
    QVERIFY(!*asked->keys);
    const QString line = asked->keys->error().toLine() + asked->keys->error().message;
    QVERIFY2(line.contains(said), qPrintable(line));
    QVERIFY(!line.contains(u"clientSecretOfSignIn"_s));
    QVERIFY(!QFile::exists(tokenPath()));
    QCOMPARE(m_prompt->ended, m_prompt->shown.size());
}

void TestSignIn::givingUp()
{
    m_server->setSteps({http(200, registered), http(200, authorized), http(400, pending)});
    const auto one = ask(u"one"_s);
    const auto two = ask(u"two"_s);
    QTRY_COMPARE(m_prompt->shown.size(), 1);
    m_prompt->shown.first().cancelled();
    QTRY_VERIFY(one->keys && two->keys);
    for (const Asked *asked : {one.get(), two.get()}) {
        QCOMPARE(asked->keys->error().code, QString(localcode::profileSso));
        QVERIFY(asked->keys->error().message.contains(u"was cancelled"_s));
    }
    QCOMPARE(m_prompt->ended, 1);
}

void TestSignIn::theAccountGoesAway()
{
    m_server->setSteps({http(200, registered), http(200, authorized), http(400, pending)});
    auto one = ask(u"one"_s);
    auto two = ask(u"two"_s);
    QTRY_COMPARE(m_prompt->shown.size(), 1);
    one.reset();
    QCOMPARE(m_prompt->ended, 0); // the other one still waits
    two.reset();
    QCOMPARE(m_prompt->ended, 1);
    QTRY_COMPARE(m_server->openConnections(), 0); // what was on its way takes none of the next steps
    const auto asked = m_server->requests().size();
    m_server->setSteps({http(200, registered), http(200, authorized), http(200, tokened), http(200, portalKeys())});
    const auto three = ask(u"two"_s); // begins anew
    QTRY_VERIFY(three->keys);
    QVERIFY(*three->keys);
    QVERIFY(m_server->requests().size() >= asked + 4);
}

void TestSignIn::aTokenThatIsNotAccepted()
{
    QVERIFY(QDir().mkpath(QFileInfo(tokenPath()).path()));
    QFile file(tokenPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"accessToken":"accessTokenOfLastWeek","expiresAt":"2099-01-01T00:00:00Z"})");
    file.close();
    m_server->setSteps(
        {http(401, "{}"), http(200, registered), http(200, authorized), http(200, tokened), http(200, portalKeys())});
    const auto asked = ask(u"one"_s);
    QTRY_VERIFY(asked->keys);
    QVERIFY(*asked->keys);
    m_server->setSteps(
        {http(401, "{}"), http(200, registered), http(200, authorized), http(200, tokened), http(401, "{}")});
    const auto never = ask(u"one"_s); // a new one is not accepted either: no circle
    QTRY_VERIFY(never->keys);
    QCOMPARE(never->keys->error().code, QString(localcode::profileSso));
}

void TestSignIn::nobodyIsThere()
{
    m_prompt->attended = false;
    auto asked = ask(u"one"_s);
    QTRY_VERIFY(asked->keys);
    QCOMPARE(asked->keys->error().code, QString(localcode::profileSso));
    asked = ask(u"mfa"_s);
    QTRY_VERIFY(asked->keys);
    QCOMPARE(asked->keys->error().code, QString(localcode::personNeeded));
    QVERIFY(m_prompt->questions.isEmpty());
    QVERIFY(m_server->requests().isEmpty());
    m_prompt->attended = true;
    m_prompt->codes = QStringList{u"123456"_s};
    m_server->setSteps({xml(200, stsKeys("ASIAMFA"))});
    again(*asked);
    QTRY_VERIFY(asked->keys);
    QVERIFY(*asked->keys);
}

void TestSignIn::aCodeIsAsked()
{
    m_server->setSteps({xml(200, stsKeys("ASIAMFA"))});
    const auto asked = ask(u"mfa"_s);
    QTRY_COMPARE(m_prompt->questions.size(), 1);
    QVERIFY(m_server->requests().isEmpty());
    QCOMPARE(m_prompt->questions.first().request.profile, u"mfa"_s);
    QVERIFY(m_prompt->questions.first().request.serialNumber.startsWith(u"arn:aws:iam::9:mfa/hana"_s));
    QVERIFY(m_prompt->questions.first().request.problem.isEmpty());
    m_prompt->questions.first().done(u" 123456 "_s);
    QTRY_VERIFY(asked->keys);
    QVERIFY2(*asked->keys, qPrintable(why(*asked)));
    QVERIFY((*asked->keys)->needsPerson);
    QCOMPARE(formValue(0, u"TokenCode"_s), u"123456"_s);
    QCOMPARE(formValue(0, u"SerialNumber"_s), m_prompt->questions.first().request.serialNumber);
    // Signed with the keys of the source.
    const Received request = m_server->requests().first();
    const sigv4::Authorization header = sigv4::parseAuthorization(request.header("Authorization"));
    sigv4::SigningKeyCache cache;
    sigv4::Request shape{.payloadHash = sigv4::sha256Hex(request.body)};
    for (const auto &[name, value] : request.headers)
        shape.headers.append({name, value});
    QCOMPARE(header.signature,
             sigv4::expectedSignature(shape, header.signedHeaders, "sourceSecretOfTests", header.region, "sts",
                                      request.header("X-Amz-Date"), cache));
}

void TestSignIn::refusedCodes()
{
    m_prompt->codes = QStringList{u"000001"_s, u"000002"_s, u"000003"_s, u"000004"_s};
    m_server->setSteps({xml(403, wrongCode)});
    auto asked = ask(u"mfa"_s);
    QTRY_VERIFY(asked->keys);
    QCOMPARE(m_prompt->questions.size(), 3);
    QVERIFY(m_prompt->questions.at(1).request.problem.contains(u"invalid MFA one time pass code"_s));
    QCOMPARE(asked->keys->error().kind, Error::Kind::NoCredentials);
    QCOMPARE(asked->keys->error().code, QString(localcode::roleRefused));
    QVERIFY(!asked->keys->error().message.contains(u"000003"_s));

    m_prompt->codes = QStringList{u"000001"_s, u"000002"_s};
    m_server->setSteps({xml(403, wrongCode), xml(200, stsKeys("ASIAMFA"))});
    again(*asked);
    QTRY_VERIFY(asked->keys);
    QVERIFY(*asked->keys);

    // What is not about the code is not asked about.
    m_prompt->questions.clear();
    m_prompt->codes = QStringList{u"000001"_s};
    m_server->setSteps({xml(403, stsRefusal("AccessDenied", "User is not authorized to perform: sts:AssumeRole"))});
    asked = ask(u"mfa2"_s);
    QTRY_VERIFY(asked->keys);
    QCOMPARE(m_prompt->questions.size(), 1);
    QVERIFY(asked->keys->error().message.contains(u"sts:AssumeRole"_s));
}

void TestSignIn::codesThatAreNone()
{
    m_prompt->codes = QStringList{u"12345"_s, u"1234567"_s, u"१२३४५६"_s};
    const auto asked = ask(u"mfa"_s);
    QTRY_VERIFY(asked->keys);
    QCOMPARE(m_prompt->questions.size(), 3);
    QVERIFY(m_prompt->questions.at(1).request.problem.contains(u"six digits"_s));
    QVERIFY(m_server->requests().isEmpty());
}

void TestSignIn::noCode()
{
    const auto one = ask(u"mfa"_s);
    const auto two = ask(u"mfa2"_s);
    QTRY_COMPARE(m_prompt->questions.size(), 1);
    m_prompt->questions.first().done(Error{.kind = Error::Kind::Cancelled});
    QTRY_VERIFY(one->keys && two->keys); // and the other one does not ask after that
    QCOMPARE(m_prompt->questions.size(), 1);
    QCOMPARE(one->keys->error().code, QString(localcode::personNeeded));
    QCOMPARE(two->keys->error().code, QString(localcode::personNeeded));
    const auto three = ask(u"mfa2"_s); // somebody wants it again
    QTRY_COMPARE(m_prompt->questions.size(), 2);
}

void TestSignIn::oneDeviceIsAskedInTurn()
{
    m_server->setSteps({xml(200, stsKeys("ASIAONE")), xml(200, stsKeys("ASIATWO"))});
    auto one = ask(u"mfa"_s);
    auto two = ask(u"mfa2"_s);
    auto three = ask(u"mfa2"_s);
    QTRY_COMPARE(m_prompt->questions.size(), 1);
    m_prompt->questions.at(0).done(u"111111"_s);
    QTRY_COMPARE(m_prompt->questions.size(), 2);
    QVERIFY(one->keys && *one->keys);
    QVERIFY(!two->keys);
    m_prompt->questions.at(1).done(u"222222"_s);
    QTRY_VERIFY(two->keys && three->keys);
    QVERIFY(*two->keys);
    QVERIFY(*three->keys);
    QCOMPARE(m_prompt->questions.size(), 2); // the third wanted what the second got

    // One that goes away while it asks lets the next one ask.
    m_prompt->questions.clear();
    one->chain->invalidate();
    again(*one);
    two->chain->invalidate();
    again(*two);
    QTRY_COMPARE(m_prompt->questions.size(), 1);
    one.reset();
    QVERIFY(!m_prompt->questions.first().context);
    QTRY_COMPARE(m_prompt->questions.size(), 2);
}

void TestSignIn::theSameRoleIsAskedOnce()
{
    m_server->setSteps({xml(200, stsKeys("ASIAONE"))});
    m_prompt->codes = QStringList{u"111111"_s};
    const auto test = ask(u"mfa"_s);
    QTRY_VERIFY(test->keys);
    const auto account = ask(u"mfa"_s);
    QTRY_VERIFY(account->keys);
    QCOMPARE((*account->keys)->accessKeyId(), "ASIAONE");
    QCOMPARE(m_prompt->questions.size(), 1);
}

void TestSignIn::codesLastUntilTheEnd()
{
    QDateTime time = QDateTime::fromString(u"2030-01-01T00:00:00Z"_s, Qt::ISODate);
    m_server->setSteps(
        {xml(200, stsKeys("ASIAONE", "2030-01-01T01:00:00Z")), xml(200, stsKeys("ASIATWO", "2030-01-01T02:00:00Z"))});
    m_prompt->codes = QStringList{u"111111"_s, u"222222"_s};
    const auto asked = ask(u"mfa"_s, [&time] { return time; });
    QTRY_VERIFY(asked->keys);
    QVERIFY(*asked->keys);
    for (const int minutes : {46, 51, 59}) { // others would have been renewed
        time = QDateTime::fromString(u"2030-01-01T00:00:00Z"_s, Qt::ISODate).addSecs(minutes * 60);
        again(*asked);
        QTRY_VERIFY(asked->keys);
        QCOMPARE((*asked->keys)->accessKeyId(), "ASIAONE");
    }
    time = time.addSecs(3600 - 59 * 60 - 10);
    again(*asked);
    QTRY_VERIFY(asked->keys);
    QCOMPARE((*asked->keys)->accessKeyId(), "ASIATWO");
    QCOMPARE(m_prompt->questions.size(), 2);
}

void TestSignIn::aRoleBehindACode()
{
    m_server->setSteps({xml(200, stsKeys("ASIAMFA")), xml(200, stsKeys("ASIALAST"))});
    m_prompt->codes = QStringList{u"111111"_s};
    const auto asked = ask(u"onmfa"_s);
    QTRY_VERIFY(asked->keys);
    QVERIFY(*asked->keys);
    QCOMPARE((*asked->keys)->accessKeyId(), "ASIALAST");
    QVERIFY((*asked->keys)->needsPerson);
    QVERIFY(formValue(1, u"TokenCode"_s).isEmpty());
    asked->chain->invalidate(); // the keys behind it are there still
    again(*asked);
}

void TestSignIn::filesThatChangeAskNobody()
{
    m_server->setSteps({xml(200, stsKeys("ASIAONE"))});
    m_prompt->codes = QStringList{u"111111"_s};
    const auto asked = ask(u"mfa"_s);
    QTRY_VERIFY(asked->keys);
    QFile config(m_home->filePath(u".aws/config"_s));
    QVERIFY(config.open(QIODevice::Append));
    config.write("[profile another]\nregion=eu-west-1\n");
    config.close();
    QTRY_VERIFY_WITH_TIMEOUT(!asked->chain->current(), 5'000); // noticed
    again(*asked);
    QTRY_VERIFY(asked->keys);
    QCOMPARE((*asked->keys)->accessKeyId(), "ASIAONE");
    QCOMPARE(m_prompt->questions.size(), 1);
}

void TestSignIn::keysThatAreRefusedAskAgain()
{
    m_server->setSteps({xml(200, stsKeys("ASIAONE")), xml(200, stsKeys("ASIATWO"))});
    m_prompt->codes = QStringList{u"111111"_s, u"222222"_s};
    const auto asked = ask(u"mfa"_s);
    QTRY_VERIFY(asked->keys);
    asked->chain->invalidate(); // as after ExpiredTokenException
    again(*asked);
    QTRY_VERIFY(asked->keys);
    QCOMPARE((*asked->keys)->accessKeyId(), "ASIATWO");
    QCOMPARE(m_prompt->questions.size(), 2);
}

/// Of all that went before.
void TestSignIn::nothingSecretIsLogged()
{
    qInstallMessageHandler(nullptr);
    QVERIFY(everythingLogged.contains(u"keys found in"_s));
    for (const char *secret : {"clientSecretOfSignIn", "deviceCodeOfSignIn", "accessTokenOf", "refreshTokenOfSignIn",
                               "ssoSecretOfSignIn1", "ssoTokenOfSignIn1", "sourceSecretOfTests", "roleSecretOfSignIn1",
                               "roleTokenOfSignIn1", "ABCD-EFGH", "111111", "123456"})
        QVERIFY2(!everythingLogged.contains(QLatin1StringView(secret)), secret);
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
