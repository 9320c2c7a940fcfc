#include "support/permissioncheck.h"

#include "aws/calleridentity.h"
#include "aws/siblingendpoint.h"
#include "demoservice.h"
#include "support/rehearsal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

DemoServiceOptions permissionOptions(bool oldApi)
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = oldApi;
    return options;
}

struct Outcome
{
    Result<void> result;
    PermissionReport report;

    Permission of(const QString &operation) const
    {
        for (const OperationPermission &one : report.operations) {
            if (one.operation == operation)
                return one.permission;
        }
        qFatal("no such operation");
        return {};
    }
    int count(Permission permission) const
    {
        int found = 0;
        for (const OperationPermission &one : report.operations)
            found += one.permission == permission ? 1 : 0;
        return found;
    }
};

Outcome check(Client &client, const PermissionCheckJob::AskIdentity &identity = {})
{
    PermissionCheckJob job(client, u"Production"_s, identity);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    if (finished.isEmpty() && !finished.wait(60'000))
        return {Error{.kind = Error::Kind::TimedOut}, {}};
    return {job.result(), job.report()};
}

/// Cases, their messages and their states, as text.
QByteArray everythingAt(test::DemoFixture &demo)
{
    QByteArray all;
    demo.service().withEmulator([&](demo::Emulator &emulator) {
        for (const demo::DemoCase &one : emulator.accounts().first().cases)
            all +=
                one.caseId.toUtf8() + ' ' + one.status.toUtf8() + ' ' + QByteArray::number(one.messages.size()) + '\n';
    });
    return all;
}

QStringList actionsOf(const QByteArray &policy)
{
    QStringList actions;
    const QJsonObject statement = QJsonDocument::fromJson(policy).object().value("Statement"_L1)[0].toObject();
    for (const QJsonValue &action : statement.value("Action"_L1).toArray())
        actions.append(action.toString());
    return actions;
}

} // namespace

/// The doctor tells what keys may do, and does nothing itself.
class TestPermissionCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAllowed();
    void nothingHappens_data();
    void nothingHappens();
    void whatIsDeniedIsMissing();
    void everythingDenied();
    void oldServices();
    void noPlan();
    void refusedKeys_data();
    void refusedKeys();
    void keysThatCannotBeGot();
    void aRoleThatIsRefused();
    void nobodyAnswers();
    void tooManyCallsAreAskedAgain();
    void oneBrokenAnswerIsOneUnknown();
    void cancelling();
    void stsIsNotAskedBehindACustomEndpoint();
};

void TestPermissionCheck::everythingIsAllowed()
{
    test::DemoFixture demo;
    ProfileChoice choice = demo.choice();
    choice.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, demo.endpoint());
    CallerIdentity identity(choice, demo.connection().credentials());
    const Outcome outcome =
        check(demo.client(), [&](QObject *context, auto done) { identity.ask(context, std::move(done)); });
    QVERIFY2(outcome.result, qPrintable(outcome.result.error().toLine()));
    for (const OperationPermission &one : outcome.report.operations)
        QVERIFY2(one.permission == Permission::Allowed, qPrintable(one.operation + u' ' + one.why.toLine()));
    QCOMPARE(outcome.report.operations.size(), 20);
    QVERIFY(outcome.report.canRead());
    QCOMPARE(outcome.report.writing(), Permission::Allowed);
    QCOMPARE(outcome.report.accountNumber, demo.account().accountId);
    QCOMPARE(outcome.report.arn, u"arn:aws:iam::%1:user/demo"_s.arg(demo.account().accountId));
    QCOMPARE(outcome.report.identityError.kind, Error::Kind::None);
    QVERIFY(outcome.report.policy(true).isEmpty());
    QCOMPARE(actionsOf(outcome.report.policy(false)).size(), 20);
    QVERIFY(demo.requestCount() <= 21);
}

void TestPermissionCheck::nothingHappens_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::addColumn<QString>("faults");
    QTest::newRow("today") << false << QString();
    QTest::newRow("a service that skips dryRun") << true << QString();
    QTest::newRow("today, reads denied") << false
                                         << u"deny:DescribeSeverityLevels,deny:DescribeServices,deny:DescribeCases"_s;
    QTest::newRow("skips dryRun, reads denied")
        << true << u"deny:DescribeSeverityLevels,deny:DescribeServices,deny:DescribeCases"_s;
    QTest::newRow("in trouble") << false << u"500=30%"_s;
}

void TestPermissionCheck::nothingHappens()
{
    QFETCH(bool, oldApi);
    QFETCH(QString, faults);
    test::DemoFixture demo(permissionOptions(oldApi));
    const QByteArray before = everythingAt(demo);
    demo.setFaults(faults);
    (void)check(demo.client());
    QCOMPARE(everythingAt(demo), before);
    if (oldApi)
        QCOMPARE(demo.requestCount("CreateCase"), 0);
}

void TestPermissionCheck::whatIsDeniedIsMissing()
{
    test::DemoFixture demo;
    demo.setFaults(u"deny:CreateCase,deny:ResolveCase,deny:RefreshTrustedAdvisorCheck"_s);
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QCOMPARE(outcome.count(Permission::Denied), 3);
    QCOMPARE(outcome.count(Permission::Allowed), 17);
    QVERIFY(outcome.report.canRead());
    QCOMPARE(outcome.report.writing(), Permission::Denied);
    QCOMPARE(actionsOf(outcome.report.policy(true)),
             (QStringList{u"support:CreateCase"_s, u"support:RefreshTrustedAdvisorCheck"_s, u"support:ResolveCase"_s}));
    QVERIFY(outcome.report.policy(true).startsWith("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": ["));
    for (const OperationPermission &one : outcome.report.operations) {
        if (one.operation == "CreateCase"_L1)
            QCOMPARE(one.why.code, u"AccessDeniedException"_s);
    }
}

void TestPermissionCheck::everythingDenied()
{
    test::DemoFixture demo;
    demo.setFaults(u"deny"_s);
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QVERIFY(!outcome.report.canRead());
    QCOMPARE(outcome.count(Permission::Denied), 19);
    QCOMPARE(outcome.of(u"CreateCase"_s), Permission::Unknown); // whether dryRun is known could not be learned
    QCOMPARE(demo.requestCount("CreateCase"), 0);
    QCOMPARE(actionsOf(outcome.report.policy(true)).size(), 20);
}

void TestPermissionCheck::oldServices()
{
    test::DemoFixture demo(permissionOptions(true));
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QCOMPARE(outcome.count(Permission::NotOffered), 4);
    QCOMPARE(outcome.of(u"GetAttachmentUploadLinks"_s), Permission::NotOffered);
    QCOMPARE(outcome.of(u"AddCommunicationToCase"_s), Permission::Allowed);
    QCOMPARE(outcome.of(u"ResolveCase"_s), Permission::Allowed);
    QCOMPARE(outcome.of(u"CreateCase"_s), Permission::Unknown);
    for (const OperationPermission &one : outcome.report.operations) {
        if (one.operation == "CreateCase"_L1)
            QCOMPARE(one.why.code, QString(noRehearsals));
    }
    Error why;
    QCOMPARE(outcome.report.writing(&why), Permission::Unknown); // nobody said that they may not
    QCOMPARE(why.code, QString(noRehearsals));
    QVERIFY(outcome.report.policy(true).isEmpty());
}

void TestPermissionCheck::noPlan()
{
    test::DemoFixture demo;
    demo.setFaults(u"plan"_s);
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QCOMPARE(outcome.report.planError.code, u"SubscriptionRequiredException"_s);
    QCOMPARE(outcome.count(Permission::Unknown), 20);
    QVERIFY(!outcome.report.canRead());
    QCOMPARE(demo.requestCount(), 1);
}

void TestPermissionCheck::refusedKeys_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("code");
    QTest::newRow("unknown id") << u"AKIAUNKNOWNUNKNOWN00"_s << QString() << u"UnrecognizedClientException"_s;
    QTest::newRow("wrong secret") << QString() << u"notTheSecretOfThisKey/0000000000000000000"_s
                                  << u"InvalidSignatureException"_s;
}

void TestPermissionCheck::refusedKeys()
{
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(QString, code);
    test::DemoFixture demo;
    ProfileChoice choice = demo.choice();
    choice.keys = Credentials(id.isEmpty() ? demo.account().accessKeyId : id,
                              secret.isEmpty() ? demo.account().secretAccessKey : secret);
    const auto connection = makeServiceConnection(choice);
    QVERIFY(connection);
    Client client(**connection);
    const Outcome outcome = check(client);
    QVERIFY(outcome.result);
    QCOMPARE(outcome.report.keysError.code, code);
    QCOMPARE(outcome.count(Permission::Unknown), 20);
    QCOMPARE(demo.requestCount(), 1);
}

void TestPermissionCheck::keysThatCannotBeGot()
{
    test::DemoFixture demo;
    QTemporaryDir home;
    ProfileChoice choice = demo.choice();
    choice.keys.reset();
    choice.environment.insert(u"HOME"_s, home.path());
    const auto connection = makeServiceConnection(choice);
    QVERIFY(connection);
    Client client(**connection);
    const Outcome outcome = check(client);
    QVERIFY(!outcome.result);
    QCOMPARE(outcome.result.error().kind, Error::Kind::NoCredentials);
    QCOMPARE(outcome.report.keysError.kind, Error::Kind::NoCredentials);
    QCOMPARE(demo.requestCount(), 0);
}

/// STS says no: it is about the keys, not about an operation, and it is asked once.
void TestPermissionCheck::aRoleThatIsRefused()
{
    test::DemoFixture demo;
    QTemporaryDir home;
    QFile config(home.filePath(u"config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[profile base]\naws_access_key_id=" + demo.account().accessKeyId.toUtf8()
                 + "\naws_secret_access_key=" + demo.account().secretAccessKey.toUtf8()
                 + "\n[profile role]\nsource_profile=base\nrole_arn=arn:aws:iam::999999999999:role/Support\n");
    config.close();
    ProfileChoice choice = demo.choice();
    choice.keys.reset();
    choice.profile = u"role"_s;
    choice.environment.insert(u"AWS_CONFIG_FILE"_s, config.fileName());
    choice.environment.insert(u"AWS_SHARED_CREDENTIALS_FILE"_s, home.filePath(u"none"_s));
    choice.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, demo.endpoint());
    const auto connection = makeServiceConnection(choice);
    QVERIFY(connection);
    Client client(**connection);
    const Outcome outcome = check(client);
    QVERIFY(!outcome.result);
    QCOMPARE(outcome.report.keysError.kind, Error::Kind::NoCredentials);
    QVERIFY2(outcome.report.keysError.message.contains(u"AWS STS refused AssumeRole: AccessDenied"_s),
             qPrintable(outcome.report.keysError.message));
    QCOMPARE(outcome.count(Permission::Unknown), 20);
    QCOMPARE(demo.requestCount(), 1);
}

void TestPermissionCheck::nobodyAnswers()
{
    test::DemoFixture demo;
    demo.setFaults(u"html"_s);
    const Outcome hotel = check(demo.client());
    QVERIFY(!hotel.result);
    QCOMPARE(hotel.result.error().kind, Error::Kind::NotTheService);

    ProfileChoice choice = demo.choice();
    choice.endpointUrl = u"http://127.0.0.1:1"_s;
    const auto connection = makeServiceConnection(choice);
    QVERIFY(connection);
    Client client(**connection);
    const Outcome outcome = check(client);
    QVERIFY(!outcome.result);
    QCOMPARE(outcome.result.error().kind, Error::Kind::CannotConnect);
    QCOMPARE(outcome.report.keysError.kind, Error::Kind::None);
}

void TestPermissionCheck::tooManyCallsAreAskedAgain()
{
    test::DemoFixture demo;
    demo.setFaults(u"throttle:DescribeCases=4,throttle:RefreshTrustedAdvisorCheck=4"_s); // three attempts a call
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QCOMPARE(outcome.count(Permission::Allowed), 20);
}

void TestPermissionCheck::oneBrokenAnswerIsOneUnknown()
{
    test::DemoFixture demo;
    demo.setFaults(u"garbage:DescribeServices"_s);
    const Outcome outcome = check(demo.client());
    QVERIFY(outcome.result);
    QCOMPARE(outcome.of(u"DescribeServices"_s), Permission::Unknown);
    QCOMPARE(outcome.count(Permission::Allowed), 19);
}

void TestPermissionCheck::cancelling()
{
    test::DemoFixture demo;
    for (int after = 0; after < 3; ++after) {
        PermissionCheckJob job(demo.client(), u"Production"_s);
        job.setAutoDelete(false);
        connect(&job, &Job::progressed, &job, [&](qint64 done) {
            if (done == after)
                job.cancel();
        });
        job.start();
        QTRY_COMPARE(job.state(), Job::State::Finished);
        QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    }
    QVERIFY(check(demo.client()).result); // nothing of the cancelled ones calls back
}

void TestPermissionCheck::stsIsNotAskedBehindACustomEndpoint()
{
    test::DemoFixture demo;
    const ProfileChoice choice = demo.choice(); // an endpoint of support, none of STS
    CallerIdentity identity(choice, demo.connection().credentials());
    const Outcome outcome =
        check(demo.client(), [&](QObject *context, auto done) { identity.ask(context, std::move(done)); });
    QVERIFY(outcome.result);
    QCOMPARE(outcome.report.identityError.code, QString(onlyCustomEndpoint));
    QVERIFY(outcome.report.accountNumber.isEmpty());
    QCOMPARE(outcome.count(Permission::Allowed), 20);
    QCOMPARE(demo.requestCount("GetCallerIdentity"), 0);
}

QTEST_GUILESS_MAIN(TestPermissionCheck)
#include "tst_permissioncheck.moc"
