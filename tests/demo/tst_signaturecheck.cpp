#include "demo/signaturecheck.h"

#include <QTest>

#include <functional>

using namespace casement;
using namespace casement::demo;

namespace {

constexpr qint64 now = 1'795'000'000; // seconds; in November 2026
const QByteArray body = R"({"maxResults":100})";

/// How a request came about: signed by these, then changed by `tamper`.
struct Signing
{
    QString accessKeyId = QStringLiteral("AKIAIOSFODNN7EXAMPLE");
    QString secret = QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    QString token;
    QByteArray region = "us-east-1";
    QByteArray service = "support";
    qint64 at = now;
    QList<sigv4::Header> headers = {{"Content-Type", "application/x-amz-json-1.1"},
                                    {"Host", "127.0.0.1:4711"},
                                    {"X-Amz-Target", "AWSSupport_20130415.DescribeCases"}};
};

using Tamper = std::function<void(HttpRequestMessage &request)>;

HttpRequestMessage signedRequest(const Signing &signing)
{
    sigv4::Request wire;
    wire.headers = signing.headers;
    wire.payloadHash = sigv4::sha256Hex(body);
    sigv4::SigningKeyCache cache;
    const sigv4::Signature signature =
        sigv4::sign(wire, Credentials(signing.accessKeyId, signing.secret, signing.token), signing.region,
                    signing.service, signing.at, cache);
    HttpRequestMessage request;
    request.method = "POST";
    request.path = "/";
    request.body = body;
    request.headers = signing.headers;
    request.headers.append({"X-Amz-Date", signature.amzDate});
    if (!signing.token.isEmpty())
        request.headers.append({"X-Amz-Security-Token", signing.token.toLatin1()});
    request.headers.append(HttpHeader{"User-Agent", "test"});
    request.headers.append({"Authorization", signature.authorization});
    return request;
}

void setHeader(HttpRequestMessage &request, const QByteArray &name, const QByteArray &value)
{
    for (HttpHeader &header : request.headers) {
        if (header.name == name)
            header.value = value;
    }
}

std::optional<KnownKeys> findKeys(const QString &accessKeyId)
{
    if (accessKeyId == QLatin1StringView("AKIAIOSFODNN7EXAMPLE"))
        return KnownKeys{accessKeyId, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", {}, {}, "us-east-1"};
    if (accessKeyId == QLatin1StringView("ASIAIOSFODNN7EXAMPLE")) {
        return KnownKeys{accessKeyId, "temporary/secret",
                         "the+session/token==", QDateTime::fromSecsSinceEpoch(now + 60, Qt::UTC), "us-east-1"};
    }
    return std::nullopt;
}

} // namespace

Q_DECLARE_METATYPE(Signing)
Q_DECLARE_METATYPE(Tamper)

class TestSignatureCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data();
    void verdicts();
};

void TestSignatureCheck::verdicts_data()
{
    QTest::addColumn<Signing>("signing");
    QTest::addColumn<Tamper>("tamper");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("words");

    const auto row = [](
                         const char *name, const char *code, const char *words, const Signing &signing,
                         const Tamper &tamper = [](HttpRequestMessage &) {}) {
        QTest::newRow(name) << signing << tamper << QByteArray(code) << QString::fromLatin1(words);
    };
    const char *mismatch = "InvalidSignatureException";
    const char *words = "does not match the signature you provided";
    row("right", "", "", {});
    row("right after fourteen minutes", "", "", {.at = now - 14 * 60});
    row("right before fourteen minutes", "", "", {.at = now + 14 * 60});
    Signing temporary{.accessKeyId = QStringLiteral("ASIAIOSFODNN7EXAMPLE"),
                      .secret = QStringLiteral("temporary/secret"),
                      .token = QStringLiteral("the+session/token==")};
    row("right with a session token", "", "", temporary);
    row("other headers may be added", "", "", {}, [](auto &request) {
        request.headers.append(HttpHeader{"Accept", "*/*"});
    });

    row("no Authorization", "MissingAuthenticationTokenException", "", {},
        [](auto &request) { request.headers.removeLast(); });
    row("another scheme", "IncompleteSignatureException", "", {},
        [](auto &request) { setHeader(request, "Authorization", "Bearer abc"); });
    row("without Signature", "IncompleteSignatureException", "", {}, [](auto &request) {
        const QByteArray value = request.header("Authorization");
        setHeader(request, "Authorization", value.left(value.indexOf(", Signature")));
    });
    row("without X-Amz-Date", "IncompleteSignatureException", "X-Amz-Date", {}, [](auto &request) {
        request.headers.removeIf([](const HttpHeader &header) { return header.name == "X-Amz-Date"; });
    });
    row("an unknown key", "UnrecognizedClientException", "", {.accessKeyId = QStringLiteral("AKIANOBODY")});
    row("a token that belongs to no key", "UnrecognizedClientException", "", {.token = QStringLiteral("foreign")});
    Signing tokenless = temporary;
    tokenless.token.clear();
    row("temporary keys without their token", "UnrecognizedClientException", "", tokenless);
    Signing late = temporary;
    late.at = now + 120;
    row("expired temporary keys", "ExpiredTokenException", "", late);

    row("a wrong secret", mismatch, words, {.secret = QStringLiteral("wrong")});
    row("an altered body", mismatch, words, {}, [](auto &request) { request.body += ' '; });
    row("an altered target", mismatch, words, {},
        [](auto &request) { setHeader(request, "X-Amz-Target", "AWSSupport_20130415.CreateCase"); });
    row("another host", mismatch, words, {}, [](auto &request) { setHeader(request, "Host", "127.0.0.1:4712"); });
    row("another method", mismatch, words, {}, [](auto &request) { request.method = "PUT"; });
    row("a query", mismatch, words, {}, [](auto &request) { request.query = "a=b"; });
    row("another path", mismatch, words, {}, [](auto &request) { request.path = "/x"; });
    row("a digit of the signature", mismatch, words, {}, [](auto &request) {
        QByteArray value = request.header("Authorization");
        value.back() = value.back() == '0' ? '1' : '0';
        setHeader(request, "Authorization", value);
    });
    row("a later date", mismatch, words, {},
        [](auto &request) { setHeader(request, "X-Amz-Date", sigv4::amzDate(now + 60)); });
    row("another day in the scope", mismatch, "Date in Credential scope", {},
        [](auto &request) { setHeader(request, "X-Amz-Date", sigv4::amzDate(now + 3 * 86'400)); });
    row("another region", mismatch, "valid region, not 'eu-west-1'", {.region = "eu-west-1"});
    row("another service", mismatch, "correct service: 'support'", {.service = "s3"});
    row("host not signed", mismatch, "Host", {.headers = {{"X-Amz-Target", "AWSSupport_20130415.DescribeCases"}}});
    row("target not signed", mismatch, "not signed", {}, [](auto &request) {
        request.headers.append(HttpHeader{"X-Amz-User-Agent", "x"});
    });
    row("sixteen minutes late", mismatch, "Signature expired", {.at = now - 16 * 60});
    row("sixteen minutes early", mismatch, "Signature not yet current", {.at = now + 16 * 60});
}

void TestSignatureCheck::verdicts()
{
    QFETCH(Signing, signing);
    QFETCH(Tamper, tamper);
    QFETCH(QByteArray, code);
    QFETCH(QString, words);
    HttpRequestMessage request = signedRequest(signing);
    tamper(request);
    SignatureCheck check(findKeys, "support");
    QString accessKeyId;
    const qint64 serviceTime = signing.token.isEmpty() || signing.at <= now ? now : signing.at;
    const std::optional<SignatureRefusal> refusal = check.check(request, serviceTime * 1000, accessKeyId);
    QCOMPARE(refusal ? refusal->code : QByteArray(), code);
    QCOMPARE(accessKeyId, code.isEmpty() ? signing.accessKeyId : QString());
    if (refusal)
        QVERIFY2(refusal->message.contains(words), qPrintable(refusal->message));
}

QTEST_GUILESS_MAIN(TestSignatureCheck)
#include "tst_signaturecheck.moc"
