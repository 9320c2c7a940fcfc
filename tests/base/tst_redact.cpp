#include "base/error.h"
#include "base/log.h"
#include "base/redact.h"
#include "cputime.h"

#include <QTest>

using namespace casement;

namespace {

// The documentation's example keys, which scanners know.
const QString secretKey = QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

QStringList logged;
void collect(QtMsgType, const QMessageLogContext &, const QString &message) { logged.append(message); }

} // namespace

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void valuesOfAnyLength();
    void staysLinear();
    void registeredSecretsNeverShow();
    void errorLinesAreRedacted();
    void theLogIsRedacted();
};

void TestRedact::masks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");

    const auto row = [](const char *name, const QString &text, const char *written) {
        QTest::newRow(name) << text << QString::fromUtf8(written);
    };
    row("plain words stay", QStringLiteral("DescribeCases took 12 ms, request id 0a1b"),
        "DescribeCases took 12 ms, request id 0a1b");
    row("a secret key in a file", QStringLiteral("aws_secret_access_key = ") + secretKey,
        "aws_secret_access_key = [redacted]");
    row("a secret key in JSON", QStringLiteral("{\"SecretAccessKey\": \"") + secretKey + QStringLiteral("\"}"),
        "{\"SecretAccessKey\": \"[redacted]\"}");
    row("a session token", QStringLiteral("X-Amz-Security-Token: IQoJb3JpZ2luX2VjEXAMPLE"),
        "X-Amz-Security-Token: [redacted]");
    row("a signature", QStringLiteral("SignedHeaders=host, Signature=0123456789abcdef"),
        "SignedHeaders=host, Signature=[redacted]");
    row("a name without a value before another one",
        QStringLiteral("Authorization:\n\"SecretAccessKey\": \"abc\", x=1"),
        "Authorization:\n\"[redacted]\": \"[redacted]\", x=1");
    row("a name in a value", QStringLiteral("password=signature=abc d"), "password=[redacted] d");
    row("prose about signatures stays", QStringLiteral("The request signature we calculated does not match"),
        "The request signature we calculated does not match");
    row("a bearer token", QStringLiteral("authorized by Bearer abcdefgh.12345678"), "authorized by Bearer [redacted]");
    row("a header with a scheme", QStringLiteral("> Authorization: Bearer abcdefgh.12345678\n> Accept: */*"),
        "> Authorization: [redacted]\n> Accept: */*");
    row("a signature's header",
        QStringLiteral("authorization=AWS4-HMAC-SHA256 Credential=AKID/x, SignedHeaders=host, Signature=ab\nnext"),
        "authorization=[redacted]\nnext");
    row("a header in JSON", QStringLiteral("{\"Authorization\": \"Basic YTpi\", \"x\": 1}"),
        "{\"Authorization\": \"[redacted]\", \"x\": 1}");
    row("what curl is given", QStringLiteral("curl -u alice:geheim https://x; curl --user 'al:geheim'"),
        "curl -u [redacted] https://x; curl --user '[redacted]'");
    row("a presigned link", QStringLiteral("https://h/x?X-Amz-Signature=abc&partNumber=1"),
        "https://h/x?X-Amz-Signature=[redacted]&partNumber=1");
    row("a password in a proxy's address", QStringLiteral("http://hana:geheim@proxy:8080"),
        "http://[redacted]@proxy:8080");
    row("an access key id is cut", QStringLiteral("key AKIAIOSFODNN7EXAMPLE used"), "key AKIA…MPLE used");
    row("an option with a secret", QStringLiteral("vault: --secret-key hunter22 --role dev failed"),
        "vault: --secret-key [redacted] --role dev failed");
    row("an option with a password", QStringLiteral("tool --db-password 'two words' -x"),
        "tool --db-password '[redacted]' -x");
    row("an option with a token", QStringLiteral("login --token abc.def"), "login --token [redacted]");
    row("options of ours stay", QStringLiteral("give --access-key-stdin or --profile; --key <file>"),
        "give --access-key-stdin or --profile; --key <file>");
    row("a key after a colon", QStringLiteral("bad key:") + secretKey, "bad key:[redacted]");
    row("a key in words stays", QStringLiteral("The archive's key: profile:production-frankfurt"),
        "The archive's key: profile:production-frankfurt");
    row("a token in words stays", QStringLiteral("unexpected token: end of the document"),
        "unexpected token: end of the document");
    row("a secret with its name", QStringLiteral("client_secret=abc; secretKey: \"d e\", passphrase = f"),
        "client_secret=[redacted]; secretKey: \"[redacted]\", passphrase = [redacted]");
    row("an API key", QStringLiteral("{'api_key': 'abc123', \"refresh-token\":\"xyz\"}"),
        "{'api_key': '[redacted]', \"refresh-token\":\"[redacted]\"}");
    row("an access key id with its name", QStringLiteral("access_key=AKIAIOSFODNN7EXAMPLE"), "access_key=AKIA…MPLE");
    row("a word in brackets of a log", QStringLiteral("casement.secret: [ok]"), "casement.secret: [ok]");
    row("a quoted value with spaces", QStringLiteral("{\"password\": \"two words, more\", \"x\": 1}"),
        "{\"password\": \"[redacted]\", \"x\": 1}");
    row("JSON within a text", QStringLiteral(R"(\"SecretAccessKey\": \"two words\", \"x\": 1)"),
        R"(\"SecretAccessKey\": \"[redacted]\", \"x\": 1)");
    row("a scheme before what is secret", QStringLiteral("Proxy-Authorization: Basic aGFuYTpnZWhlaW0= sent"),
        "Proxy-Authorization: [redacted]");
    row("a link within a link", QStringLiteral("u=https%3A%2F%2Fh%3FX-Amz-Signature%3D0123abcd%26part%3D1"),
        "u=https%3A%2F%2Fh%3FX-Amz-Signature%3D[redacted]%26part%3D1");
    row("a token before a host", QStringLiteral("https://ghp_abcdefghijklmnopqrst@github.com/x"),
        "https://[redacted]@github.com/x");
    row("a password of any characters", QStringLiteral("http://hana:p@ss/w:rd@proxy:8080 failed"),
        "http://[redacted]@proxy:8080 failed");
    row("a port is no password", QStringLiteral("https://host:8080/path?mail=a@b.example ssh://git@host/x"),
        "https://host:8080/path?mail=a@b.example ssh://git@host/x");
    row("an MFA code of a request", QStringLiteral("TokenCode=123456&DurationSeconds=3600"),
        "TokenCode=[redacted]&DurationSeconds=3600");
    row("an MFA code in words", QStringLiteral("MFA code 123456 was refused, one-time code: 654321"),
        "MFA code [redacted] was refused, one-time code: [redacted]");
    row("an option with an MFA code", QStringLiteral("aws sts --token-code 123456 --output json"),
        "aws sts --token-code [redacted] --output json");
    row("numbers that are none stay", QStringLiteral("status 200 bytes 123456; the token code is wrong"),
        "status 200 bytes 123456; the token code is wrong");
    row("codes of a sign-in", QStringLiteral("{\"deviceCode\":\"abc-def\"} https://d/?user_code=ABCD-EFGH&x=1"),
        "{\"deviceCode\":\"[redacted]\"} https://d/?user_code=[redacted]&x=1");
    row("a code of OAuth", QStringLiteral("http://127.0.0.1:1/?code=abcdef123456&state=x"),
        "http://127.0.0.1:1/?code=[redacted]&state=x");
    row("a cookie", QStringLiteral("Set-Cookie: AWSALB=abc; Path=/\nnext"), "Set-Cookie: [redacted]\nnext");
    row("a name and a password of an option", QStringLiteral("curl -u hana:geheim https://x"),
        "curl -u [redacted] https://x");
    row("an option's name and password in every form",
        QStringLiteral("--user=alice:pl4nt -sSu alice:pl4nt -U bob:pl4nt -u 'alice:pl4nt rest' -ualice:pl4nt"),
        "--user=[redacted] -sSu [redacted] -U [redacted] -u '[redacted]' -u[redacted]");
    row("an option with a cookie", QStringLiteral("curl -b session=pl4nt -b jar.txt --cookie 'a=pl4nt; b=2'"),
        "curl -b [redacted] -b jar.txt --cookie '[redacted]'");
    row("passwords of other programs",
        QStringLiteral("mysql -u root -ppl4nt db\nsshpass -p pl4nt ssh h\nvault login pl4nt"),
        "mysql -u root -p[redacted] db\nsshpass -p [redacted] ssh h\nvault login [redacted]");
    row("a sign-in that is talked about stays", QStringLiteral("vault login failed: permission denied"),
        "vault login failed: permission denied");
    row("a token of a query", QStringLiteral("https://vault/v1?token=pl4nt&x=1&sig=pl4nt&auth=pl4nt&key=pl4nt#code=p"),
        "https://vault/v1?token=[redacted]&x=1&sig=[redacted]&auth=[redacted]&key=[redacted]#code=[redacted]");
    row("a short token before a host", QStringLiteral("https://pl4nt@github.com/x"), "https://[redacted]@github.com/x");
    row("names of sign-ins in JSON",
        QStringLiteral(R"({"passcode":"p","otp":"p","pin":1234,"stateToken":"p","code":"x"})"),
        R"({"passcode":"[redacted]","otp":"[redacted]","pin":[redacted],"stateToken":"[redacted]","code":"x"})");
    row("lists and objects of JSON",
        QStringLiteral(R"({"password":["p","]"],"secret":{"value":"p"},"Cookie":["p"],"cookie":"sid=p; y=p","x":1})"),
        R"({"password":[redacted],"secret":[redacted],"Cookie":[redacted],"cookie":"[redacted]","x":1})");
    row("a list of JSON within JSON", QStringLiteral(R"({\"password\":[\"p\\\"]p\"],\"x\":1})"),
        R"({\"password\":[redacted],\"x\":1})");
    row("a list that is cut", QStringLiteral(R"({"password":["p)"), R"({"password":[redacted])");
    row("a name and a value apart", QStringLiteral(R"([{"name":"password","value":"p"}])"),
        R"([{"name":"password","value":"[redacted]"}])");
    row("a session's cookie", QStringLiteral(R"({"JSESSIONID":"p"} AWSALB=p; PHPSESSID=p)"),
        R"({"JSESSIONID":"[redacted]"} AWSALB=[redacted]; PHPSESSID=[redacted])");
    row("a file of cookies", QStringLiteral("#HttpOnly_h.example\tFALSE\t/\tTRUE\t0\tname\tpl4nt\nnext"),
        "#HttpOnly_h.example\tFALSE\t/\tTRUE\t0\tname\t[redacted]\nnext");
    row("XML",
        QStringLiteral("<SecretAccessKey>p</SecretAccessKey><Code>x</Code><t:Token a=\"b\"><![CDATA[p]]></t:Token>"),
        "<SecretAccessKey>[redacted]</SecretAccessKey><Code>x</Code><t:Token a=\"b\"><![CDATA[[redacted]</t:Token>");
    row("columns",
        QStringLiteral("SecretAccessKey\tpl4nt\nsecretKey pl4nt\nAWS_SECRET_ACCESS_KEY pl4nt\n| secretKey | p |"),
        "SecretAccessKey\t[redacted]\nsecretKey [redacted]\nAWS_SECRET_ACCESS_KEY [redacted]\n| secretKey | [redacted] "
        "|");
    row("a sentence that tells it", QStringLiteral("the password is pl4nt and the token was 'two words'"),
        "the password is [redacted] and the token was '[redacted]'");
    row("sentences that tell none stay",
        QStringLiteral(
            "The password is wrong. The token is expired. A secretKey must be given; the secretKey is missing"),
        "The password is wrong. The token is expired. A secretKey must be given; the secretKey is missing");
    row("a secret key in a link", QStringLiteral("k=wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY&x"), "k=[redacted]&x");
    row("a secret key in JSON's way", QStringLiteral("got wJalrXUtnFEMI\\/K7MDENG\\/bPxRfiCYEXAMPLEKEY!"),
        "got [redacted]!");
    row("a secret key behind a slash", QStringLiteral("get /v1/") + secretKey, "get /v1/[redacted]");
    row("a path stays", QStringLiteral("/home/Hana/Projects2/Tools/Settings/Profiles"),
        "/home/Hana/Projects2/Tools/Settings/Profiles");
    row("a private key", QStringLiteral("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- x"),
        "-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY----- x");
    row("a private key that is cut", QStringLiteral("-----BEGIN PRIVATE KEY-----\nMIIE\nabc"),
        "-----BEGIN PRIVATE KEY-----[redacted]");
    row("a secret key by its shape", QStringLiteral("got ") + secretKey + QStringLiteral(" back"),
        "got [redacted] back");
    row("a secret key behind its name", QStringLiteral("SecretAccessKey ") + secretKey, "SecretAccessKey [redacted]");
    row("sums and ids stay",
        QStringLiteral("da39a3ee5e6b4b0d3255bfef95601890afd80709 6d0a4b5e-2f1c-4b6e-9a7d-0c1e2f3a4b5c"),
        "da39a3ee5e6b4b0d3255bfef95601890afd80709 6d0a4b5e-2f1c-4b6e-9a7d-0c1e2f3a4b5c");
    row("a session token by its shape", QStringLiteral("got IQoJb3JpZ2luX2VjEXAMPLE+a/b== and FwoGZXIvYXdzEXAMPLE12"),
        "got [redacted] and [redacted]");
    row("a web token by its shape", QStringLiteral("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_g"),
        "got [redacted]");
    row("a token of IAM Identity Center by its shape", QStringLiteral("got aoaAAAAAGl-abc:MGUCMQ and"),
        "got [redacted] and");
    row("control characters become visible", QStringLiteral("a\x1b[31mb\a\r\x7f"), "a␛[31mb␇␍␡");
    row("a C1 control", QStringLiteral("a\u009bb"), "a\uFFFDb");
    row("line ends and tabs stay", QStringLiteral("a\n\tb"), "a\n\tb");
}

void TestRedact::masks()
{
    QFETCH(QString, text);
    QFETCH(QString, written);
    QCOMPARE(redact(text), written);
}

/// A pattern that gives up on long texts would let them through.
void TestRedact::valuesOfAnyLength()
{
    for (const qsizetype length : {1'000, 100'000, 2'000'000}) {
        const QString piece = QStringLiteral("pl4nt\\ed/");
        const QString value = piece.repeated(length / piece.size());
        for (const QString &text : {
                 QStringLiteral("{\"password\": \"%1\"}"),
                 QStringLiteral("{\"apiKey\": \"%1\"}"),
                 QStringLiteral("Authorization: Basic %1"),
                 QStringLiteral("--db-password \"%1\""),
                 QStringLiteral("-----BEGIN PRIVATE KEY-----\n%1\n-----END PRIVATE KEY-----"),
                 QStringLiteral("http://hana:%1@proxy:8080"),
                 QStringLiteral("Cookie: %1"),
                 QStringLiteral("x%3FX-Amz-Signature%3D%1%26y"),
                 QStringLiteral("{\"password\": [\"%1\"]}"),
                 QStringLiteral("{\"otp\": {\"value\": \"%1\"}}"),
                 QStringLiteral("curl -sSu 'alice:%1'"),
                 QStringLiteral("https://h/?token=%1&x"),
                 QStringLiteral("<SessionToken>%1</SessionToken>"),
                 QStringLiteral("the password is %1"),
                 QStringLiteral("secretKey\t%1"),
             }) {
            const QString cut = redact(QString(text).replace(QStringLiteral("%1"), value));
            QVERIFY2(!cut.contains(QStringLiteral("pl4nt")) && cut.size() < 200, qPrintable(text));
        }
    }
}

/// Whatever is repeated: nothing is walked through again and again.
void TestRedact::staysLinear()
{
    for (const char *piece : {"-u",
                              "mysql ",
                              "vault login ",
                              "login -",
                              "?token",
                              "&",
                              "<Token",
                              "name=\"token\" ",
                              "\"pin\":",
                              "\"",
                              "\\",
                              "\\\"",
                              "{\"pin\":[",
                              "TRUE / TRUE 1 ",
                              "secretKey ",
                              "the password is ",
                              "sessionid",
                              "a/",
                              "%2F",
                              "https://",
                              " "}) {
        const QString text = QString::fromLatin1(piece).repeated(200'000 / qsizetype(qstrlen(piece)));
        const qint64 before = test::computed();
        (void)redact(text);
        const qint64 took = test::computed() - before;
        QVERIFY2(took < 8'000, qPrintable(QStringLiteral("%1: %2 ms").arg(QLatin1StringView(piece)).arg(took)));
    }
}

void TestRedact::registeredSecretsNeverShow()
{
    const QString secret = QStringLiteral("c0ffee/MyOwnSecretWithoutAnyName+42");
    QCOMPARE(redact(u'x' + QStringLiteral(" ") + secret), u'x' + QStringLiteral(" ") + secret);
    registerSecret(secret);
    QVERIFY(!redact(QStringLiteral("the value was ") + secret + QStringLiteral(", odd")).contains(secret));
    QVERIFY(!redact(QStringLiteral("token=x") + secret + QStringLiteral("x")).contains(secret));
    // Emulators have secrets of any characters; one stands within the other, and both twice.
    const QString odd = QStringLiteral("p!ss: 'wörd', 😀 (1)");
    registerSecret(odd);
    registerSecret(odd + secret);
    QCOMPARE(redact(QStringLiteral("a%1%1 SecretAccessKey: %1%2b").arg(odd, secret)),
             QStringLiteral("a[redacted][redacted] SecretAccessKey: [redacted]"));
    QCOMPARE(redact(odd), QStringLiteral("[redacted]"));
    QCOMPARE(redact(odd.chopped(1) + u'x'), odd.chopped(1) + u'x');
    registerSecret(QStringLiteral("a")); // too short to be one; must not mask every "a"
    QCOMPARE(redact(QStringLiteral("a banana")), QStringLiteral("a banana"));
}

void TestRedact::errorLinesAreRedacted()
{
    const Error error{.kind = Error::Kind::Refused,
                      .code = QStringLiteral("InvalidSignatureException"),
                      .message = QStringLiteral("Credential AKIAIOSFODNN7EXAMPLE Signature=abcdef\x1b[0m"),
                      .operation = QStringLiteral("DescribeCases"),
                      .requestId = QStringLiteral("0a1b"),
                      .httpStatus = 403};
    QCOMPARE(error.toLine(),
             QString::fromUtf8("Refused DescribeCases InvalidSignatureException HTTP 403: Credential AKIA…MPLE "
                               "Signature=[redacted] (request id 0a1b)"));
}

void TestRedact::theLogIsRedacted()
{
    const QtMessageHandler before = qInstallMessageHandler(collect);
    installRedactingLog();
    qCWarning(logHttp) << "secret_access_key=" + secretKey.toLatin1();
    qInstallMessageHandler(before);
    QCOMPARE(logged.size(), 1);
    QVERIFY2(!logged.first().contains(secretKey), qPrintable(logged.first()));
}

QTEST_APPLESS_MAIN(TestRedact)
#include "tst_redact.moc"
