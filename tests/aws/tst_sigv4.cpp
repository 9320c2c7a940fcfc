#include "aws/sigv4.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace casement;
using sigv4::Header;

namespace {

const QString keyId = QStringLiteral("AKIDEXAMPLE");
const QString secret = QStringLiteral("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
// 20150830T123600Z, the time of the published vectors
constexpr qint64 vectorTime = 1440938160;
const QByteArray emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct Asked
{
    QByteArray method;
    QByteArray host;
    QByteArray path;
    QByteArray query;
    QList<Header> headers;
    QByteArray body;
    QByteArray region;
    QByteArray service;
    QString token;
    qint64 time = 0;

    QByteArray toJson() const
    {
        QJsonArray list;
        for (const Header &header : headers)
            list.append(QJsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
        const QJsonObject object{
            {QStringLiteral("method"), QString::fromLatin1(method)},
            {QStringLiteral("url"),
             QString::fromLatin1("https://" + host + path + (query.isEmpty() ? QByteArray() : '?' + query))},
            {QStringLiteral("headers"), list},
            {QStringLiteral("body"), QString::fromLatin1(body.toBase64())},
            {QStringLiteral("key"), keyId},
            {QStringLiteral("secret"), secret},
            {QStringLiteral("token"), token},
            {QStringLiteral("region"), QString::fromLatin1(region)},
            {QStringLiteral("service"), QString::fromLatin1(service)},
            {QStringLiteral("date"), QString::fromLatin1(sigv4::amzDate(time))},
        };
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }

    sigv4::Request request() const
    {
        sigv4::Request result{method, path, query, headers, sigv4::sha256Hex(body)};
        result.headers.append(Header{"Host", host});
        return result;
    }
};

QByteArray pick(QRandomGenerator &random, const QList<QByteArray> &choices)
{
    return choices[random.bounded(int(choices.size()))];
}

Asked randomRequest(QRandomGenerator &random)
{
    const QList<QByteArray> segments{"a",   "..",      ".",   "",    "%20",  "%E3%81%82",
                                     "x~y", "b-c_d.e", "%2F", "A+B", "q:z@", "$&'()*,;="};
    const QList<QByteArray> names{"a", "b", "A", "Z%20", "%E6%9D%B1", "key", "", "n-_.~"};
    const QList<QByteArray> values{"1", "", "x%2Fy", "2=3", "b", "%7E", "A"};
    const QList<QByteArray> headerValues{"plain", "  two   spaces ", "\"quoted  text\"", "", "tab\there",
                                         "a,b",   "UPPER lower"};
    Asked asked;
    asked.method = pick(random, {"POST", "GET", "PUT", "post"});
    asked.host = pick(random, {"support.us-east-1.amazonaws.com", "127.0.0.1:5000", "localhost:8443", "example.com"});
    asked.path = "/";
    for (int i = random.bounded(5); i > 0; --i)
        asked.path += pick(random, segments) + (random.bounded(3) ? "/" : "");
    if (asked.path.startsWith("//"))
        asked.path = '/' + asked.path.mid(2) + 'p';
    for (int i = random.bounded(5); i > 0; --i)
        asked.query += (asked.query.isEmpty() ? "" : "&") + pick(random, names) + (random.bounded(8) ? "=" : "")
            + pick(random, values);
    asked.headers.append(Header{"Content-Type", "application/x-amz-json-1.1"});
    asked.headers.append(Header{"X-Amz-Target", "AWSSupport_20130415.DescribeCases"});
    for (int i = random.bounded(6); i > 0; --i)
        asked.headers.append({pick(random, {"X-One", "x-two", "X-THREE", "x-amz-meta", "Range", "X-On", "x-one"}),
                              pick(random, headerValues)});
    asked.body.resize(random.bounded(2000));
    for (char &c : asked.body)
        c = char(random.bounded(256));
    asked.region = pick(random, {"us-east-1", "cn-north-1", "us-gov-west-1", "eu-isoe-west-1"});
    asked.service = pick(random, {"support", "sts", "trustedadvisor"});
    if (random.bounded(2))
        asked.token = QStringLiteral("IQoJb3JpZ2luX2VjE//token+%1==").arg(random.generate());
    asked.time = 1'500'000'000 + qint64(random.bounded(1'000'000'000));
    return asked;
}

QByteArray runBotocore(const QByteArray &input)
{
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(QStringLiteral("/usr/bin/python3"), {QFINDTESTDATA("botocore_sign.py")});
    python.write(input);
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        return {};
    return python.readAllStandardOutput();
}

QByteArray authorizationFor(const Asked &asked, sigv4::SigningKeyCache &cache)
{
    return sigv4::sign(asked.request(), Credentials(keyId, secret, asked.token), asked.region, asked.service,
                       asked.time, cache)
        .authorization;
}

} // namespace

class TestSigV4 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedVector_data();
    void publishedVector();
    void agreesWithBotocore();
    void expectedSignatureIsTheSame();
    void authorizationHeader_data();
    void authorizationHeader();
    void dates_data();
    void dates();
    void keyCacheFollowsItsInputs();
};

void TestSigV4::publishedVector_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QList<Header>>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("signature");
    const auto row = [](const char *name, const QByteArray &method, const QByteArray &query,
                        const QList<Header> &headers, const QByteArray &body, const QByteArray &signature) {
        QTest::newRow(name) << method << query << headers << body << signature;
    };
    // aws-sig-v4-test-suite, host example.amazonaws.com, us-east-1, service "service"
    row("get-vanilla", "GET", "", {}, "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("get-vanilla-query-order-key-case", "GET", "Param2=value2&Param1=value1", {}, "",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    row("post-vanilla", "POST", "", {}, "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    row("post-x-www-form-urlencoded", "POST", "", {{"Content-Type", "application/x-www-form-urlencoded"}},
        "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    row("get-header-value-trim", "GET", "", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}, "",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
}

void TestSigV4::publishedVector()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, query);
    QFETCH(QList<Header>, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, signature);
    headers.append(Header{"Host", "example.amazonaws.com"});
    sigv4::SigningKeyCache cache;
    const auto result = sigv4::sign({method, "/", query, headers, sigv4::sha256Hex(body)}, Credentials(keyId, secret),
                                    "us-east-1", "service", vectorTime, cache);
    QCOMPARE(result.amzDate, "20150830T123600Z");
    QCOMPARE(result.signature, signature);
    QVERIFY(result.authorization.startsWith(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="));
}

void TestSigV4::agreesWithBotocore()
{
    constexpr int count = 1000;
    QRandomGenerator random(20261121);
    QList<Asked> requests;
    QByteArray input;
    for (int i = 0; i < count; ++i) {
        requests.append(randomRequest(random));
        input += requests.last().toJson();
    }
    const QList<QByteArray> expected = runBotocore(input).trimmed().split('\n');
    QCOMPARE(expected.size(), count);
    sigv4::SigningKeyCache cache;
    for (int i = 0; i < count; ++i)
        QVERIFY2(authorizationFor(requests[i], cache) == expected[i], requests[i].toJson().constData());
}

void TestSigV4::expectedSignatureIsTheSame()
{
    QRandomGenerator random(7);
    sigv4::SigningKeyCache signer;
    sigv4::SigningKeyCache checker;
    for (int i = 0; i < 200; ++i) {
        const Asked asked = randomRequest(random);
        const auto signature = sigv4::sign(asked.request(), Credentials(keyId, secret, asked.token), asked.region,
                                           asked.service, asked.time, signer);
        const auto parsed = sigv4::parseAuthorization(signature.authorization);
        QVERIFY(parsed.isValid());
        QCOMPARE(parsed.accessKeyId, keyId.toLatin1());
        QCOMPARE(parsed.region, asked.region);
        QCOMPARE(parsed.service, asked.service);
        QCOMPARE(parsed.signedHeaders, signature.signedHeaders);

        // As received: more headers than were signed.
        sigv4::Request received = asked.request();
        received.headers.append(Header{"X-Amz-Date", signature.amzDate});
        received.headers.append(Header{"X-Amz-Security-Token", asked.token.toLatin1()});
        received.headers.append(Header{"Authorization", signature.authorization});
        received.headers.append(Header{"Connection", "keep-alive"});
        const auto check = [&](const sigv4::Request &request, const QString &key) {
            return sigv4::expectedSignature(request, parsed.signedHeaders, key.toLatin1(), parsed.region,
                                            parsed.service, signature.amzDate, checker);
        };
        QCOMPARE(check(received, secret), parsed.signature);
        QVERIFY(check(received, secret + u'x') != parsed.signature);
        received.payloadHash = emptyHash;
        QVERIFY(asked.body.isEmpty() || check(received, secret) != parsed.signature);
    }
}

void TestSigV4::authorizationHeader_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("valid");
    const QByteArray signature(64, 'a');
    const QByteArray good =
        "AWS4-HMAC-SHA256 Credential=AKID/20261121/us-east-1/support/aws4_request, SignedHeaders=host, Signature=";
    QTest::newRow("as botocore writes it") << good + signature << true;
    QByteArray tight = good + signature;
    tight.replace(", ", ",");
    QTest::newRow("without spaces") << tight << true;
    QTest::newRow("short signature") << good + "abc" << false;
    QTest::newRow("another algorithm") << QByteArray("Basic dXNlcjpwYXNz") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("scope cut") << QByteArray(
                                      "AWS4-HMAC-SHA256 Credential=AKID/aws4_request, SignedHeaders=host, Signature=")
            + signature << false;
    QTest::newRow("no headers") << QByteArray("AWS4-HMAC-SHA256 Credential=AKID/1/r/s/aws4_request, Signature=")
            + signature << false;
}

void TestSigV4::authorizationHeader()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, valid);
    QCOMPARE(sigv4::parseAuthorization(header).isValid(), valid);
}

void TestSigV4::dates_data()
{
    QTest::addColumn<qint64>("seconds");
    for (qint64 seconds : {0LL, 951782399LL, 951782400LL, 1709164800LL, 1763773200LL, 4102444799LL})
        QTest::addRow("%lld", seconds) << seconds;
}

void TestSigV4::dates()
{
    QFETCH(qint64, seconds);
    const QDateTime time = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc());
    QCOMPARE(sigv4::amzDate(seconds), time.toString(QStringLiteral("yyyyMMdd'T'hhmmss'Z'")).toLatin1());
}

void TestSigV4::keyCacheFollowsItsInputs()
{
    sigv4::SigningKeyCache shared;
    const auto fresh = [](const char *key, const char *day, const char *region, const char *service) {
        sigv4::SigningKeyCache cache;
        return cache.key(key, day, region, service);
    };
    const char *const inputs[][4]{
        {"s1", "20261121", "us-east-1", "support"}, {"s2", "20261121", "us-east-1", "support"},
        {"s2", "20261122", "us-east-1", "support"}, {"s2", "20261122", "cn-north-1", "support"},
        {"s2", "20261122", "cn-north-1", "sts"},    {"s1", "20261121", "us-east-1", "support"}};
    for (const auto &[key, day, region, service] : inputs) {
        QCOMPARE(shared.key(key, day, region, service), fresh(key, day, region, service));
        QCOMPARE(shared.key(key, day, region, service), fresh(key, day, region, service));
    }
}

QTEST_GUILESS_MAIN(TestSigV4)
#include "tst_sigv4.moc"
