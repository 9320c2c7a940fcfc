#include "aws/organizations.h"
#include "aws/siblingendpoint.h"
#include "connectionfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray pageOf(int from, int to, const QString &token = {})
{
    QJsonArray accounts;
    for (int i = from; i < to; ++i) {
        accounts.append(QJsonObject{{u"Id"_s, u"%1"_s.arg(i, 12, 10, QChar(u'0'))},
                                    {u"Name"_s, u"Account %1"_s.arg(i)},
                                    {u"Arn"_s, u"arn:aws:organizations::1:account/o-x/%1"_s.arg(i)},
                                    {u"Email"_s, u"a%1@example.com"_s.arg(i)},
                                    {u"Status"_s, i % 3 == 0 ? u"SUSPENDED"_s : u"ACTIVE"_s}});
    }
    QJsonObject page{{u"Accounts"_s, accounts}};
    if (!token.isEmpty())
        page.insert(u"NextToken"_s, token);
    return QJsonDocument(page).toJson(QJsonDocument::Compact);
}

} // namespace

class TestOrganizations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allPages();
    void states_data();
    void states();
    void failures_data();
    void failures();
    void cancelling();
    void endpoints_data();
    void endpoints();

private:
    ProfileChoice choiceFor(const QString &url) const;

    QTemporaryDir m_home;
};

void TestOrganizations::initTestCase() { QVERIFY(m_home.isValid()); }

ProfileChoice TestOrganizations::choiceFor(const QString &url) const
{
    ProfileChoice choice;
    choice.environment = {};
    choice.environment.insert(u"HOME"_s, m_home.path());
    if (!url.isEmpty())
        choice.environment.insert(u"AWS_ENDPOINT_URL_ORGANIZATIONS"_s, url);
    choice.keys = Credentials(exampleKeyId, exampleSecret);
    choice.rate.callsPerSecond = 0;
    return choice;
}

void TestOrganizations::allPages()
{
    FaultServer server(
        {http(200, pageOf(1, 21, u"next"_s)), http(200, pageOf(20, 41, u"more"_s)), http(200, pageOf(41, 45))});
    const auto settings = organizationsSettings(choiceFor(server.url().toString()));
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().toLine()));
    HttpServiceConnection connection(*settings);
    OrganizationJob job(connection);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    QSignalSpy progressed(&job, &Job::progressed);
    job.start();
    QVERIFY(finished.wait());
    QVERIFY(job.result());
    QCOMPARE(job.accounts().size(), 44); // one came twice
    QCOMPARE(progressed.size(), 3);
    QCOMPARE(job.accounts().at(1).name, u"Account 2"_s);
    QVERIFY(!job.accounts().at(1).isSuspended);
    QVERIFY(job.accounts().at(2).isSuspended);

    const Received &first = server.requests().first();
    QCOMPARE(first.header("X-Amz-Target"), "AWSOrganizationsV20161128.ListAccounts");
    QCOMPARE(first.header("Content-Type"), "application/x-amz-json-1.1");
    QCOMPARE(first.body, R"({"MaxResults":20})");
    QCOMPARE(QJsonDocument::fromJson(server.requests().at(1).body).object().value(u"NextToken"_s).toString(),
             u"next"_s);
    const sigv4::Authorization header = sigv4::parseAuthorization(first.header("Authorization"));
    QCOMPARE(header.service, "organizations");
    QCOMPARE(header.region, "us-east-1");
    sigv4::SigningKeyCache cache;
    sigv4::Request shape{.payloadHash = sigv4::sha256Hex(first.body)};
    for (const auto &[name, value] : first.headers)
        shape.headers.append({name, value});
    QCOMPARE(header.signature,
             sigv4::expectedSignature(shape, header.signedHeaders, exampleSecret.toLatin1(), header.region,
                                      "organizations", first.header("X-Amz-Date"), cache));
}

void TestOrganizations::states_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("suspended");
    QTest::newRow("active") << u"ACTIVE"_s << u"ACTIVE"_s << false;
    QTest::newRow("the older member") << QString() << u"ACTIVE"_s << false;
    QTest::newRow("the newer one holds") << u"CLOSED"_s << u"ACTIVE"_s << true;
    QTest::newRow("to be closed") << QString() << u"PENDING_CLOSURE"_s << true;
    QTest::newRow("not yet") << u"PENDING_ACTIVATION"_s << QString() << true;
    QTest::newRow("neither") << QString() << QString() << false;
}

void TestOrganizations::states()
{
    QFETCH(QString, state);
    QFETCH(QString, status);
    QFETCH(bool, suspended);
    QJsonObject one{{u"Id"_s, u"111122223333"_s}};
    if (!state.isEmpty())
        one.insert(u"State"_s, state);
    if (!status.isEmpty())
        one.insert(u"Status"_s, status);
    QString token;
    const auto page = readOrganizationPage(
        QJsonDocument(QJsonObject{{u"Accounts"_s, QJsonArray{one}}}).toJson(QJsonDocument::Compact), token);
    QVERIFY(page);
    QCOMPARE(page->first().isSuspended, suspended);
}

void TestOrganizations::failures_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("kept");
    QTest::newRow("not allowed") << 400 << QByteArray(R"({"__type":"AccessDeniedException","Message":"no"})")
                                 << u"Refused"_s << 20;
    QTest::newRow("no organization") << 400 << QByteArray(R"({"__type":"AWSOrganizationsNotInUseException"})")
                                     << u"Refused"_s << 20;
    QTest::newRow("no list") << 200 << QByteArray("{}") << u"BadAnswer"_s << 20;
    QTest::newRow("an id that is none") << 200 << QByteArray(R"({"Accounts":[{"Id":"../../x"}]})") << u"BadAnswer"_s
                                        << 20;
    QTest::newRow("a portal") << 200 << QByteArray("<html>") << u"NotTheService"_s << 20;
    QTest::newRow("the same token again") << 200 << pageOf(30, 40, u"next"_s) << u"Incomplete"_s << 30;
}

void TestOrganizations::failures()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);
    QFETCH(int, kept);
    const QByteArray type = body.startsWith('<') ? "Content-Type: text/html\r\n" : "";
    FaultServer server({http(200, pageOf(1, 21, u"next"_s)), http(status, body, type)});
    HttpServiceConnection connection(*organizationsSettings(choiceFor(server.url().toString())));
    OrganizationJob job(connection);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QVERIFY(finished.wait());
    QVERIFY(!job.result());
    QCOMPARE(kindName(job.result().error().kind), kind);
    QCOMPARE(job.accounts().size(), kept);
}

void TestOrganizations::cancelling()
{
    FaultServer server({http(200, pageOf(1, 21, u"next"_s)), silence()});
    HttpServiceConnection connection(*organizationsSettings(choiceFor(server.url().toString())));
    OrganizationJob job(connection);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QTRY_COMPARE(server.requests().size(), 2);
    job.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);

    OrganizationJob atOnce(connection);
    atOnce.setAutoDelete(false);
    connect(&atOnce, &Job::progressed, &atOnce, [&] { atOnce.cancel(); });
    server.setSteps({http(200, pageOf(1, 21, u"next"_s))});
    atOnce.start();
    QTRY_COMPARE(atOnce.state(), Job::State::Finished);
    QCOMPARE(atOnce.result().error().kind, Error::Kind::Cancelled);
}

void TestOrganizations::endpoints_data()
{
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("signing");
    QTest::newRow("aws") << u"eu-central-1"_s << u"organizations.us-east-1.amazonaws.com"_s << u"us-east-1"_s;
    QTest::newRow("China") << u"cn-north-1"_s << u"organizations.cn-northwest-1.amazonaws.com.cn"_s
                           << u"cn-northwest-1"_s;
    QTest::newRow("GovCloud") << u"us-gov-east-1"_s << u"organizations.us-gov-west-1.amazonaws.com"_s
                              << u"us-gov-west-1"_s;
}

void TestOrganizations::endpoints()
{
    QFETCH(QString, region);
    QFETCH(QString, host);
    QFETCH(QString, signing);
    ProfileChoice choice = choiceFor({});
    choice.region = region;
    const auto settings = organizationsSettings(choice);
    QVERIFY(settings);
    QCOMPARE(settings->endpoint.url.host(), host);
    QCOMPARE(QString::fromLatin1(settings->endpoint.signingRegion), signing);

    // Keys of an emulator go nowhere else.
    choice.endpointUrl = u"http://127.0.0.1:5000"_s;
    QCOMPARE(organizationsSettings(choice).error().code, QString(onlyCustomEndpoint));
    QCOMPARE(siblingEndpoint(choice, u"sts"_s, u"sts"_s).error().code, QString(onlyCustomEndpoint));
    choice.endpointUrl.clear();
    choice.environment.insert(u"AWS_ENDPOINT_URL_SUPPORT"_s, u"http://127.0.0.1:5000"_s);
    QCOMPARE(organizationsSettings(choice).error().code, QString(onlyCustomEndpoint));
    choice.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, u"http://127.0.0.1:5001"_s);
    QCOMPARE(siblingEndpoint(choice, u"sts"_s, u"sts"_s)->url.port(), 5001);
}

QTEST_GUILESS_MAIN(TestOrganizations)
#include "tst_organizations.moc"
