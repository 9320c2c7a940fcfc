#include "aws/localcode.h"
#include "aws/sources/rolesource.h"
#include "aws/sources/statickeys.h"
#include "aws/sources/sts.h"
#include "aws/transport.h"

#include <QPointer>
#include <QTest>
#include <QUrlQuery>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QString roleArn = u"arn:aws:iam::111122223333:role/path/Support"_s;

QByteArray goodAnswer(const QByteArray &keyId)
{
    return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
           "<AccessKeyId>"
        + keyId
        + "</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken>"
          "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
}

QByteArray refusal(const QByteArray &code)
{
    return "<ErrorResponse><Error><Code>" + code + "</Code><Message>No.</Message></Error></ErrorResponse>";
}

/// What STS got, and what it says next.
struct Sts
{
    QList<HttpRequest> requests;
    QList<std::pair<int, QByteArray>> answers; ///< the last one again and again
    bool isSilent = false;
};

class FakeTransport final : public Transport
{
public:
    explicit FakeTransport(Sts &sts) : m_sts(sts) { }

    Id send(const HttpRequest &request, Callback callback) override
    {
        m_sts.requests.append(request);
        HttpAnswer answer;
        answer.status = m_sts.answers.first().first;
        answer.body = m_sts.answers.first().second;
        if (m_sts.answers.size() > 1)
            m_sts.answers.removeFirst();
        if (!m_sts.isSilent) {
            QMetaObject::invokeMethod(
                this, [callback, answer]() mutable { callback(std::move(answer)); }, Qt::QueuedConnection);
        }
        return Id(m_sts.requests.size());
    }
    void abort(Id) override { }

private:
    Sts &m_sts;
};

/// Keys that differ each time that they are asked for.
class CountedKeys final : public CredentialSource
{
public:
    explicit CountedKeys(int &fetches) : m_fetches(fetches) { }

    QString name() const override { return u"counted"_s; }
    void fetch(QObject *, Callback callback) override
    {
        ++m_fetches;
        if (m_fetches > 50)
            return callback(Error{.kind = Error::Kind::NoCredentials});
        callback(std::optional(Credentials(u"AKIABASE%1"_s.arg(m_fetches, 12, 10, QLatin1Char('0')), u"base"_s)));
    }

private:
    int &m_fetches;
};

struct World
{
    World()
    {
        sts.answers = {{200, goodAnswer("ASIAROLE")}};
        settings.environment.insert(u"HOME"_s, u"/nonexistent"_s);
        settings.transport = [this] { return std::make_unique<FakeTransport>(sts); };
        std::vector<std::unique_ptr<CredentialSource>> sources;
        sources.push_back(std::make_unique<CountedKeys>(fetches));
        base = std::make_shared<CredentialChain>(std::move(sources));
    }

    std::unique_ptr<RoleSource> source(RoleSource::Role role = {.arn = roleArn, .account = u"prod"_s})
    {
        return std::make_unique<RoleSource>(role, base, settings);
    }

    Result<Credentials> fetch(CredentialSource &from)
    {
        std::optional<Result<std::optional<Credentials>>> found;
        from.fetch(&context, [&](const Result<std::optional<Credentials>> &keys) { found = keys; });
        if (!QTest::qWaitFor([&] { return found.has_value(); }, 10'000))
            return Error{.kind = Error::Kind::TimedOut};
        return *found ? Result<Credentials>(***found) : Result<Credentials>(found->error());
    }

    QString member(qsizetype request, const QString &name) const
    {
        return QUrlQuery(QString::fromUtf8(sts.requests.at(request).body)).queryItemValue(name, QUrl::FullyDecoded);
    }

    QByteArray header(qsizetype request, const QByteArray &name) const
    {
        for (const auto &[key, value] : sts.requests.at(request).headers) {
            if (key == name)
                return value;
        }
        return {};
    }

    Sts sts;
    int fetches = 0;
    ProfileKeysSettings settings;
    std::shared_ptr<CredentialChain> base;
    QObject context;
};

} // namespace

class TestRoleSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assumesTheRole();
    void asksWhereThePartitionIs_data();
    void asksWhereThePartitionIs();
    void takesEmulatedKeysNowhereElse();
    void sharesItsBase();
    void getsRefusedKeysAnewOnce();
    void tellsWhatStsSays();
    void saysWhoseFaultItIs();
    void saysNothingToTheDead();
    void sharedKeysAreAskedForOnce();
    void readsArns();
};

void TestRoleSource::assumesTheRole()
{
    World world;
    const auto source = world.source({.arn = roleArn, .externalId = u"a/b=c"_s, .account = u"prod"_s});
    const Result<Credentials> keys = world.fetch(*source);
    QVERIFY(keys);
    QCOMPARE(keys->accessKeyId(), "ASIAROLE");
    QCOMPARE(keys->sessionToken(), "role-token");
    QCOMPARE(keys->accountId, u"111122223333"_s);
    QVERIFY(keys->expiry.isValid());
    QCOMPARE(world.sts.requests.size(), 1);
    QCOMPARE(world.sts.requests.first().url.host(), u"sts.us-east-1.amazonaws.com"_s);
    QCOMPARE(world.member(0, u"Action"_s), u"AssumeRole"_s);
    QCOMPARE(world.member(0, u"RoleArn"_s), roleArn);
    QCOMPARE(world.member(0, u"ExternalId"_s), u"a/b=c"_s);
    QVERIFY(world.member(0, u"RoleSessionName"_s).startsWith("casement-"_L1));
    QVERIFY(world.header(0, "Authorization").contains("Credential=AKIABASE000000000001/"));
}

void TestRoleSource::asksWhereThePartitionIs_data()
{
    QTest::addColumn<QString>("partition");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("host");
    QTest::newRow("said") << u"aws"_s << u"eu-west-1"_s << u"us-west-2"_s << u"sts.eu-west-1.amazonaws.com"_s;
    QTest::newRow("configured") << u"aws"_s << QString() << u"us-west-2"_s << u"sts.us-west-2.amazonaws.com"_s;
    QTest::newRow("of another partition")
        << u"aws-cn"_s << QString() << u"us-west-2"_s << u"sts.cn-northwest-1.amazonaws.com.cn"_s;
    QTest::newRow("government") << u"aws-us-gov"_s << QString() << QString() << u"sts.us-gov-west-1.amazonaws.com"_s;
}

void TestRoleSource::asksWhereThePartitionIs()
{
    QFETCH(QString, partition);
    QFETCH(QString, region);
    QFETCH(QString, environment);
    QFETCH(QString, host);
    World world;
    if (!environment.isEmpty())
        world.settings.environment.insert(u"AWS_REGION"_s, environment);
    const auto source = world.source(
        {.arn = u"arn:%1:iam::111122223333:role/Support"_s.arg(partition), .region = region, .account = u"prod"_s});
    QVERIFY(world.fetch(*source));
    QCOMPARE(world.sts.requests.first().url.host(), host);
}

void TestRoleSource::takesEmulatedKeysNowhereElse()
{
    World world;
    const RoleSource::Role role{.arn = roleArn, .endpointUrl = u"http://127.0.0.1:5000"_s, .account = u"emulated"_s};
    QVERIFY(!world.fetch(*world.source(role)));
    QVERIFY(world.sts.requests.isEmpty());
    world.settings.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, u"http://127.0.0.1:5001"_s);
    QVERIFY(world.fetch(*world.source(role)));
    QCOMPARE(world.sts.requests.first().url.port(), 5001);
}

void TestRoleSource::sharesItsBase()
{
    World world;
    std::vector<std::unique_ptr<RoleSource>> sources;
    for (int i = 0; i < 20; ++i) {
        sources.push_back(world.source());
        QVERIFY(world.fetch(*sources.back()));
    }
    QCOMPARE(world.fetches, 1);
    QCOMPARE(world.sts.requests.size(), 20);
}

void TestRoleSource::getsRefusedKeysAnewOnce()
{
    World world;
    world.sts.answers = {{403, refusal("ExpiredToken")}, {200, goodAnswer("ASIAROLE")}};
    const auto source = world.source();
    QVERIFY(world.fetch(*source));
    QCOMPARE(world.fetches, 2);
    QVERIFY(world.header(1, "Authorization").contains("Credential=AKIABASE000000000002/"));
    world.sts.answers = {{403, refusal("InvalidClientTokenId")}};
    const Result<Credentials> keys = world.fetch(*source);
    QVERIFY(!keys);
    QCOMPARE(keys.error().code, u"InvalidClientTokenId"_s);
    QCOMPARE(world.fetches, 3);
    QCOMPARE(world.sts.requests.size(), 4);
}

void TestRoleSource::tellsWhatStsSays()
{
    World world;
    world.sts.answers = {{403, refusal("AccessDenied")}};
    const Result<Credentials> keys = world.fetch(*world.source());
    QVERIFY(!keys);
    QCOMPARE(keys.error().kind, Error::Kind::Refused);
    QCOMPARE(keys.error().code, u"AccessDenied"_s);
    QCOMPARE(keys.error().operation, u"AssumeRole"_s);
    QCOMPARE(world.sts.requests.size(), 1);
    world.sts.answers = {{200, "<html/>"}};
    QCOMPARE(world.fetch(*world.source()).error().kind, Error::Kind::BadAnswer);
    world.fetches = 50;
    world.base->invalidate();
    QCOMPARE(world.fetch(*world.source()).error().kind, Error::Kind::NoCredentials);
}

void TestRoleSource::saysWhoseFaultItIs()
{
    const auto codeOf = [](const QString &code) {
        return roleRefusal({.kind = Error::Kind::Refused, .code = code, .operation = u"AssumeRole"_s}).code;
    };
    QCOMPARE(codeOf(u"AccessDenied"_s), QString(localcode::roleRefused));
    for (const QString &code : {u"SignatureDoesNotMatch"_s, u"InvalidClientTokenId"_s, u"ExpiredToken"_s})
        QCOMPARE(codeOf(code), QString(localcode::roleKeysRefused));
    QCOMPARE(codeOf(u"RegionDisabledException"_s), QString(localcode::stsRegionOff));
}

void TestRoleSource::saysNothingToTheDead()
{
    World world;
    bool isTold = false;
    auto source = world.source();
    {
        QObject shortLived;
        source->fetch(&shortLived, [&](const Result<std::optional<Credentials>> &) { isTold = true; });
    }
    const auto other = world.source();
    QVERIFY(world.fetch(*other)); // what was asked for before it would have been told before
    QVERIFY(!isTold);
    source->fetch(&world.context, [&](const Result<std::optional<Credentials>> &) { isTold = true; });
    source.reset();
    QVERIFY(world.fetch(*other));
    QVERIFY(!isTold);
    // Whoever hears of keys may let the source go.
    auto suicidal = world.source();
    suicidal->fetch(&world.context, [&](const Result<std::optional<Credentials>> &) {
        isTold = true;
        suicidal.reset();
    });
    QTRY_VERIFY(isTold);
}

void TestRoleSource::sharedKeysAreAskedForOnce()
{
    World world;
    SharedKeys first(world.base, u"profile hub"_s);
    SharedKeys second(world.base, u"profile hub"_s);
    QVERIFY(world.fetch(first));
    QVERIFY(world.fetch(second));
    QCOMPARE(world.fetches, 1);
    QVERIFY(!first.isOutdated());
    // Asked again, they were of no use: others are got, and the other one hears of it.
    QVERIFY(world.fetch(first));
    QCOMPARE(world.fetches, 2);
    QVERIFY(second.isOutdated());
    QVERIFY(world.fetch(second));
    QCOMPARE(world.fetches, 2);
    QVERIFY(!second.isOutdated());
}

void TestRoleSource::readsArns()
{
    const RoleArn arn = RoleArn::of(roleArn);
    QVERIFY(arn.isValid());
    QCOMPARE(arn.partition, u"aws"_s);
    QCOMPARE(arn.account, u"111122223333"_s);
    QCOMPARE(arn.name, u"path/Support"_s);
    for (const QString &none : {u""_s, u"Support"_s, u"arn:aws:iam::1:role/a"_s, u"arn:aws:sts::111122223333:role/a"_s,
                                u"arn:aws:iam::111122223333:role/"_s, u"arn:aws:iam::111122223333:role/a/"_s,
                                u"arn:aws:iam::111122223333:role/a b"_s, u"arn:aws:iam::111122223333:role/a\n"_s})
        QVERIFY2(!RoleArn::of(none).isValid(), qPrintable(none));
}

QTEST_GUILESS_MAIN(TestRoleSource)
#include "tst_rolesource.moc"
