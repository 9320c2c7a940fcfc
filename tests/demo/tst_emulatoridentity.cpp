#include "aws/calleridentity.h"
#include "aws/organizations.h"
#include "demoservice.h"

#include <QTemporaryDir>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

DemoServiceOptions manyAccounts()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.data.accounts = 45;
    options.data.cases = 90;
    return options;
}

} // namespace

/// STS and Organizations beside the demo's AWS Support.
class TestEmulatorIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoseKeys();
    void wrongKeys();
    void rolesLeadToTheirAccounts();
    void refusedRoles();
    void theOrganization();
    void faults();

private:
    ProfileChoice choice(int index = 0)
    {
        ProfileChoice choice = m_demo.choice(index);
        for (const QString &service : {u"STS"_s, u"ORGANIZATIONS"_s})
            choice.environment.insert(u"AWS_ENDPOINT_URL_"_s + service, m_demo.endpoint());
        return choice;
    }
    Result<QStringList> ask(const ProfileChoice &choice)
    {
        const auto connection = makeServiceConnection(choice);
        CallerIdentity identity(choice, (*connection)->credentials());
        std::optional<Result<QStringList>> answer;
        identity.ask(this, [&](const Result<QStringList> &given) { answer = given; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000))
            qFatal("no answer");
        return *answer;
    }
    ProfileChoice ofRole(const QString &arn, const QByteArray &more = {})
    {
        QFile config(m_home.filePath(u"config"_s));
        if (!config.open(QIODevice::WriteOnly))
            qFatal("no config");
        config.write("[profile base]\naws_access_key_id=" + m_demo.account().accessKeyId.toUtf8()
                     + "\naws_secret_access_key=" + m_demo.account().secretAccessKey.toUtf8()
                     + "\n[profile role]\nsource_profile=base\nrole_session_name=hana\nrole_arn=" + arn.toUtf8() + '\n'
                     + more);
        config.close();
        ProfileChoice one = choice();
        one.keys.reset();
        one.profile = u"role"_s;
        one.environment.insert(u"AWS_CONFIG_FILE"_s, config.fileName());
        one.environment.insert(u"AWS_SHARED_CREDENTIALS_FILE"_s, m_home.filePath(u"none"_s));
        return one;
    }

    test::DemoFixture m_demo{manyAccounts()};
    QTemporaryDir m_home;
};

void TestEmulatorIdentity::whoseKeys()
{
    for (const int index : {0, 1, 44}) {
        const Result<QStringList> identity = ask(choice(index));
        QVERIFY2(identity, qPrintable(identity ? QString() : identity.error().toLine()));
        QCOMPARE(identity->at(0), m_demo.account(index).accountId);
        QCOMPARE(identity->at(1),
                 u"arn:%1:iam::%2:user/demo"_s.arg(m_demo.account(index).partition, m_demo.account(index).accountId));
    }
}

void TestEmulatorIdentity::wrongKeys()
{
    ProfileChoice wrong = choice();
    wrong.keys = Credentials(m_demo.account().accessKeyId, u"notTheSecretOfThisKey/0000000000000000000"_s);
    QCOMPARE(ask(wrong).error().code, u"InvalidSignature"_s);
    wrong.keys = Credentials(u"AKIAUNKNOWNUNKNOWN00"_s, u"x"_s);
    QCOMPARE(ask(wrong).error().code, u"UnrecognizedClient"_s);
    QCOMPARE(ask(wrong).error().kind, Error::Kind::Refused);
}

void TestEmulatorIdentity::rolesLeadToTheirAccounts()
{
    const DemoAccountInfo other = m_demo.account(7);
    ProfileChoice role = ofRole(u"arn:%1:iam::%2:role/team/Support"_s.arg(other.partition, other.accountId));
    role.region = other.region;
    const Result<QStringList> identity = ask(role);
    QVERIFY2(identity, qPrintable(identity ? QString() : identity.error().toLine()));
    QCOMPARE(identity->at(0), other.accountId);
    QVERIFY(identity->at(1).endsWith(u"assumed-role/Support/hana"_s));

    const auto connection = makeServiceConnection(role);
    Client client(**connection);
    std::optional<Result<DescribeCases::Response>> cases;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    client.call(request, this, [&](const Result<DescribeCases::Response> &answer) { cases = answer; });
    QTRY_VERIFY(cases);
    QVERIFY2(*cases, qPrintable(*cases ? QString() : cases->error().toLine()));
    QVERIFY(!(*cases)->cases.isEmpty());
    QVERIFY((*cases)->cases.first().caseId.contains(other.accountId));
}

void TestEmulatorIdentity::refusedRoles()
{
    const auto refused = [this](const QString &arn, const QByteArray &more) {
        const Result<QStringList> identity = ask(ofRole(arn, more));
        return identity ? u"not refused"_s : kindName(identity.error().kind) + u' ' + identity.error().message;
    };
    const QString unknown = refused(u"arn:aws:iam::999999999999:role/Support"_s, {});
    QVERIFY2(unknown.startsWith(u"NoCredentials profile \"role\": AWS STS refused AssumeRole: AccessDenied"_s),
             qPrintable(unknown));
    const QString arn = u"arn:aws:iam::%1:role/Support"_s.arg(m_demo.account(2).accountId);
    const QString outsider = refused(arn, "external_id=wrong\n");
    QVERIFY2(outsider.contains(u"AccessDenied"_s), qPrintable(outsider));
    QCOMPARE(refused(arn, "external_id=right\n"), u"not refused"_s);
}

void TestEmulatorIdentity::theOrganization()
{
    HttpServiceConnection connection(*organizationsSettings(choice()));
    OrganizationJob job(connection);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QVERIFY(finished.wait());
    QVERIFY2(job.result(), qPrintable(job.result().error().toLine()));
    QStringList ids;
    for (const OrganizationAccount &account : job.accounts())
        ids.append(account.id);
    QStringList expected; // an organization has accounts of one partition
    for (const DemoAccountInfo &account : m_demo.accounts()) {
        if (account.partition == m_demo.account().partition)
            expected.append(account.accountId);
    }
    QVERIFY(expected.size() > 20 && expected.size() < 45);
    QCOMPARE(ids, expected);
    QCOMPARE(m_demo.requestCount("ListAccounts"), (expected.size() + 19) / 20);
}

void TestEmulatorIdentity::faults()
{
    m_demo.setFaults(u"deny:GetCallerIdentity,deny:ListAccounts"_s);
    QCOMPARE(ask(choice()).error().code, u"AccessDenied"_s);
    HttpServiceConnection connection(*organizationsSettings(choice()));
    OrganizationJob job(connection);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QVERIFY(finished.wait());
    QCOMPARE(job.result().error().code, u"AccessDeniedException"_s);
    m_demo.setFaults({});
    QVERIFY(ask(choice()));
}

QTEST_GUILESS_MAIN(TestEmulatorIdentity)
#include "tst_emulatoridentity.moc"
