#include "base/secretscan.h"

#include <QMetaType>
#include <QTest>

#include <map>

using namespace casement;
using namespace Qt::StringLiterals;
using Kind = SecretFinding::Kind;

Q_DECLARE_METATYPE(casement::SecretFinding::Kind)

namespace {

// The documentation's example keys, which scanners know.
const QString keyId = u"AKIAIOSFODNN7EXAMPLE"_s;
const QString secretKey = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s;
const QString hash = u"9fceb02d0ae598e95dc970b74767f19372d61af8"_s; // of a commit
const QString webToken = u"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"_s;
const QString sessionToken = u"IQoJb3JpZ2luX2VjE"_s + u"Xa9/kQ+3"_s.repeated(20) + u"=="_s;
const QString signature = u"0123456789abcdef"_s.repeated(4);
const QString letters = u"Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD4fGh7jKl0nOp"_s;

// Put together here, so that no scanner of sources takes the file for a leak.
QString joined(const char *prefix, const QString &rest) { return QString::fromLatin1(prefix) + rest; }

QString pem(const QString &label, const QString &newLine = u"\n"_s)
{
    const QString line = letters.repeated(2).first(64) + newLine;
    return u"-----BEGIN "_s + label + u"-----"_s + newLine + line + line + u"-----END "_s + label + u"-----"_s;
}

QString kindWord(Kind kind)
{
    static const std::map<Kind, QString> words{
        {Kind::AccessKeyId, u"key id"_s},       {Kind::SecretAccessKey, u"secret key"_s},
        {Kind::SessionToken, u"session"_s},     {Kind::PrivateKey, u"private key"_s},
        {Kind::PresignedUrl, u"presigned"_s},   {Kind::WebToken, u"jwt"_s},
        {Kind::ServiceToken, u"token"_s},       {Kind::Authorization, u"authorization"_s},
        {Kind::UrlPassword, u"url password"_s}, {Kind::Password, u"password"_s},
        {Kind::CardNumber, u"card"_s},          {Kind::OwnPattern, u"own"_s}};
    return words.at(kind);
}

/// "key id: AKIA…; card: 4111…"
QString written(const QString &text, const QList<SecretFinding> &findings)
{
    QStringList parts;
    for (const SecretFinding &finding : findings)
        parts.append(kindWord(finding.kind) + u": "_s + text.mid(finding.start, finding.length));
    return parts.join(u"; "_s);
}

QString found(const QString &text, const QList<OwnPattern> &own = {}) { return written(text, findSecrets(text, own)); }

} // namespace

class TestSecretScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void leavesAlone_data();
    void leavesAlone();
    void positionsCountUtf16Units();
    void everyLengthOfTextIsFine();
    void overlapsAreParted();
    void masks_data();
    void masks();
    void masksOnlyWhatLiesInTheText();
    void oneMaskAtATime();
    void ownPatterns();
    void ownPatternsInLongTexts();
    void ownPatternsThatCannotBeUsed_data();
    void ownPatternsThatCannotBeUsed();
    void ownPatternsThatTakeTooLong_data();
    void ownPatternsThatTakeTooLong();
    void hostileTexts_data();
    void hostileTexts();
    void aLogIsReadAtOnce();
};

void TestSecretScan::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    const auto whole = [&](const char *name, const char *kind, const QString &secret) {
        row(name, u"before "_s + secret + u" after"_s, QString::fromLatin1(kind) + u": "_s + secret);
    };

    whole("an access key id", "key id", keyId);
    whole("a temporary one", "key id", u"ASIAIOSFODNN7EXAMPLE"_s);
    row("a key id in Japanese text", u"アクセスキー「"_s + keyId + u"」を使っています。"_s, u"key id: "_s + keyId);
    row("a key id in a sentence", u"We use "_s + keyId + u". It fails."_s, u"key id: "_s + keyId);
    row("a key id in an escaped line", u"{\"log\":\"a\\n"_s + keyId + u"\\n\"}"_s, u"key id: "_s + keyId);
    row("a key id in an escaped address", u"X-Amz-Credential%3D"_s + keyId + u"%2F2026"_s, u"key id: "_s + keyId);
    row("a key id in a variable's name", u"k_"_s + keyId + u"_old"_s, u"key id: "_s + keyId);
    row("a signed request's key id",
        u"Authorization: AWS4-HMAC-SHA256 Credential="_s + keyId + u"/20260103/us-east-1"_s, u"key id: "_s + keyId);

    row("a credentials file",
        u"[default]\naws_access_key_id = "_s + keyId + u"\naws_secret_access_key = "_s + secretKey + u'\n',
        u"key id: "_s + keyId + u"; secret key: "_s + secretKey);
    row("JSON of the CLI", u"{\"AccessKeyId\": \""_s + keyId + u"\", \"SecretAccessKey\": \""_s + secretKey + u"\"}"_s,
        u"key id: "_s + keyId + u"; secret key: "_s + secretKey);
    row("JSON in JSON", u"{\\\"SecretAccessKey\\\": \\\""_s + secretKey + u"\\\"}"_s, u"secret key: "_s + secretKey);
    row("the console's CSV", keyId + u","_s + secretKey + u"\r\n"_s,
        u"key id: "_s + keyId + u"; secret key: "_s + secretKey);
    row("a secret key near the word", u"The secret is\n\n  "_s + secretKey + u"."_s, u"secret key: "_s + secretKey);
    row("a secret key near the Japanese word", u"シークレットは "_s + secretKey + u" です"_s,
        u"secret key: "_s + secretKey);
    row("a secret key that starts with a slash", u"secret: /"_s + secretKey.first(39),
        u"secret key: /"_s + secretKey.first(39));
    row("a secret key that nothing tells of", u"we use "_s + secretKey + u", and it fails"_s,
        u"secret key: "_s + secretKey);
    row("a secret key that is all", secretKey, u"secret key: "_s + secretKey);
    row("a secret key on a line, without a sign", u"this:\n  "_s + letters.first(40) + u"\nbye"_s,
        u"secret key: "_s + letters.first(40));
    row("a secret key by a short name", u"secret_key="_s + secretKey, u"secret key: "_s + secretKey);
    row("a Japanese label", u"シークレットアクセスキー："_s + secretKey, u"secret key: "_s + secretKey);

    whole("a session token without a name", "session", sessionToken);
    row("a session token in a variable", u"export AWS_SESSION_TOKEN="_s + sessionToken, u"session: "_s + sessionToken);
    row("a security token's header", u"x-amz-security-token: FwoEXAMPLEtoken1234\n"_s,
        u"session: FwoEXAMPLEtoken1234"_s);

    for (const char *label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
                              "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"}) {
        const QString block = pem(QString::fromLatin1(label));
        row(label, u"here:\n"_s + block + u"\nbye"_s, u"private key: "_s + block);
    }
    row("a short PEM block", u"x -----BEGIN PRIVATE KEY-----\nMIIBVQ==\n-----END PRIVATE KEY----- y"_s,
        u"private key: -----BEGIN PRIVATE KEY-----\nMIIBVQ==\n-----END PRIVATE KEY-----"_s);
    row("a PEM block of a service account", u"\"private_key\": \""_s + pem(u"PRIVATE KEY"_s, u"\\n"_s) + u"\\n\","_s,
        u"private key: "_s + pem(u"PRIVATE KEY"_s, u"\\n"_s));
    row("a PEM block with CRLF", pem(u"PRIVATE KEY"_s, u"\r\n"_s),
        u"private key: "_s + pem(u"PRIVATE KEY"_s, u"\r\n"_s));
    const QString cut = pem(u"RSA PRIVATE KEY"_s).first(120);
    row("a PEM block that is cut goes to the end", u"x "_s + cut + u"\n"_s, u"private key: "_s + cut);
    row("a cut PEM block before a certificate", cut + u'\n' + pem(u"CERTIFICATE"_s), u"private key: "_s + cut);
    row("a quoted PEM block", u"> "_s + pem(u"RSA PRIVATE KEY"_s, u"\n> "_s),
        u"private key: "_s + pem(u"RSA PRIVATE KEY"_s, u"\n> "_s));
    row("a key after a certificate", pem(u"CERTIFICATE"_s) + u'\n' + pem(u"PRIVATE KEY"_s),
        u"private key: "_s + pem(u"PRIVATE KEY"_s));
    const QString ssh2 = pem(u"SSH2 ENCRYPTED PRIVATE KEY"_s)
                             .replace(u"-----BEGIN "_s, u"---- BEGIN "_s)
                             .replace(u"-----END "_s, u"---- END "_s)
                             .replace(u"KEY-----"_s, u"KEY ----"_s);
    row("an SSH2 key", ssh2, u"private key: "_s + ssh2);

    whole("a web token", "jwt", webToken);
    row("a web token ends before its sentence", u"It was "_s + webToken + u"."_s, u"jwt: "_s + webToken);
    row("an unsigned web token", u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0. x"_s,
        u"jwt: eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."_s);
    row("an encrypted web token", u"eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..abc.def.ghi"_s,
        u"jwt: eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..abc.def.ghi"_s);
    row("a bearer that is a web token", u"Authorization: Bearer "_s + webToken, u"jwt: "_s + webToken);

    row("a bearer token", u"curl -H \"Authorization: Bearer abcdef.12345-678\" https://x"_s,
        u"authorization: abcdef.12345-678"_s);
    row("a header in JSON", u"{\"authorization\":\"Bearer abcdef0123456789\"}"_s, u"authorization: abcdef0123456789"_s);
    row("basic authentication", u"authorization: Basic aGFuYTpnZWhlaW0="_s, u"authorization: aGFuYTpnZWhlaW0="_s);
    row("a bearer token alone", u"sent Bearer 0123456789abcdef0123, refused"_s,
        u"authorization: 0123456789abcdef0123"_s);
    row("a token without scheme", u"Proxy-Authorization: 0123456789abcdef0123"_s,
        u"authorization: 0123456789abcdef0123"_s);

    whole("GitHub", "token", joined("ghp", u"_"_s + letters.first(36)));
    whole("GitHub, of an app", "token", joined("ghs", u"_"_s + letters.first(36)));
    whole("GitHub, fine-grained", "token",
          joined("github", u"_pat_"_s + letters.first(22) + u'_' + letters.repeated(2).first(59)));
    whole("GitLab", "token", joined("glpat", u"-"_s + letters.first(20)));
    whole("Slack", "token", joined("xoxb", u"-123456789012-123456789012-"_s + letters.first(24)));
    whole("Google", "token", joined("AIza", letters.first(35)));
    whole("Google OAuth", "token", joined("ya29", u".a0"_s + letters));
    whole("Stripe", "token", joined("sk", u"_live_"_s + letters.first(24)));
    whole("Stripe, restricted", "token", joined("rk", u"_test_"_s + letters.first(24)));
    whole("npm", "token", joined("npm", u"_"_s + letters.first(36)));
    row("a token in an address", u"https://x/?key="_s + joined("AIza", letters.first(35)) + u"&a=1"_s,
        u"token: "_s + joined("AIza", letters.first(35)));

    const auto password = [&](const char *text, const char *expected) {
        row(text, QString::fromUtf8(text), u"password: "_s + QString::fromUtf8(expected));
    };
    password("password=hunter22", "hunter22");
    password("passwd: geheim", "geheim");
    password("Passwd : hunter22 (temporary)", "hunter22");
    password("DB_PASSWORD='hun ter' password=\"hunter22\"", "hunter22");
    password("spring.datasource.password=hunter22!", "hunter22!");
    password("\"password\": \"hunter,22\", \"user\": \"hana\"", "hunter,22");
    password("{\\\"MasterUserPassword\\\":\\\"hunter22\\\"}", "hunter22");
    password("Server=db;Uid=hana;Pwd=hunter;22;Database=x", "hunter;22");
    password("user=hana&password=hunter22&next=1", "hunter22");
    password("secret_key=hunter22", "hunter22");
    password("password => 'hunter22'", "hunter22");
    password("config['password'] = 'hunter22'", "hunter22");
    password("<password>hunter22</password>", "hunter22");
    password("aws rds create-db-instance --master-user-password hunter22 --x", "hunter22");
    password("mysql --password=hunter22", "hunter22");
    password("Pre-Shared Key           : kVPN1.hunter22", "kVPN1.hunter22");
    password("x-api-key: 0123456789abcdef", "0123456789abcdef");
    password("パスワード：hunter22です", "hunter22");
    password("お客様のパスワード = hunter22。", "hunter22");
    password("パスワード：「hunter22」", "hunter22");
    password("(password: hunter22).", "hunter22");
    password("password=f(x)22", "f(x)22");
    row("a value at six characters", u"password=abc12 password=abc123"_s, u"password: abc123"_s);

    row("a password in an address", u"postgres://hana:geheim@db.example.com:5432/x"_s, u"url password: geheim"_s);
    row("a password with an at", u"https://hana:p@ss@example.com/"_s, u"url password: p@ss"_s);
    row("a password without user", u"redis://:geheim@cache:6379"_s, u"url password: geheim"_s);
    row("an address in quotes", u"\"https://hana:geheim@example.com\""_s, u"url password: geheim"_s);

    const QString presigned = u"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="_s
        + keyId + u"%2F20260103&X-Amz-Signature="_s + signature;
    whole("a presigned address", "presigned", presigned);
    row("a presigned address in a sentence", u"（"_s + presigned + u"）See ("_s + presigned + u")."_s,
        u"presigned: "_s + presigned + u"; presigned: "_s + presigned);
    whole("an address with a session token", "presigned", u"https://b/k?a=1&x-amz-security-token=IQoJb3Jp%2F"_s);
    whole("a signed address of CloudFront", "presigned",
          u"https://d.cloudfront.net/k?Expires=1&Signature=abc~def&Key-Pair-Id=K2"_s);
    row("a signature alone", u"X-Amz-Signature="_s + signature, u"presigned: "_s + signature);

    for (const char *card :
         {"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "5555555555554444", "2223003122003222",
          "378282246310005", "3782 822463 10005", "30569309025904", "3056 930902 5904", "6011111111111117",
          "3530111333300000", "4222222222222", "6200000000000005", "4000000000000000006"})
        whole(card, "card", QString::fromLatin1(card));
    for (const QChar space : {u'\u00a0', u'\u202f', u'\u2007'}) {
        const QString number = u"4111 1111 1111 1111"_s.replace(u' ', space);
        whole("a card with spaces that keep it together", "card", number);
    }
    row("a card with its date", u"card 4111 1111 1111 1111 12/29 123"_s, u"card: 4111 1111 1111 1111"_s);
    row("a card in a table", u"1 4111111111111111 12"_s, u"card: 4111111111111111"_s);
    row("a card in JSON", u"{\"card\":\"4111111111111111\"}"_s, u"card: 4111111111111111"_s);
    row("a card in a form", u"card=4111111111111111&cvv=123"_s, u"card: 4111111111111111"_s);
    row("a card in a sentence", u"カード番号4111-1111-1111-1111です。It is 4111111111111111."_s,
        u"card: 4111-1111-1111-1111; card: 4111111111111111"_s);
}

void TestSecretScan::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const QList<SecretFinding> findings = findSecrets(text);
    QCOMPARE(written(text, findings), expected);
    const QString clean = masked(text, findings);
    QCOMPARE(found(clean), QString()); // a mask is no secret
    QCOMPARE(clean.count(u'\n'), text.count(u'\n'));
}

void TestSecretScan::leavesAlone_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("nothing", QString());
    row("prose", u"Hello, our ALB answers 503 since 09:10 UTC. ご確認をお願いします。"_s);
    row("a case id", u"case-111122223333-muen-2022-7118885805350839"_s);
    row("a case id that passes as a card", u"case-111122223333-muen-2022-4111111111111111"_s);
    row("a display id", u"Case 176962049400621, 1730284921"_s);
    row("account numbers", u"111122223333 444455556666, account:123456789012"_s);
    row("an ARN", u"arn:aws:iam::123456789012:role/Admin arn:aws:x:y:4111111111111111:z"_s);
    row("UUIDs", u"f81d4fae-7dec-11d0-a765-00a0c91e6bf6 41111111-1111-1111-1111-411111111111"_s);
    row("a git hash near a secret", u"The secret store broke at "_s + hash + u" ("_s + hash.toUpper() + u")"_s);
    row("a git hash beside nothing", u"commit "_s + hash);
    row("a hash of 256 bits", u"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s);
    row("forty units that are a digest", u"digest "_s + secretKey);
    row("forty units that are an id", u"the request: "_s + secretKey);
    row("forty units that are a place in a list",
        u"NextToken: %1\n\"nextToken\": \"%1\"\n--starting-token %1"_s.arg(secretKey));
    row("forty units of something longer", u"got %1... and %1… of it"_s.arg(secretKey));
    const QString line = secretKey + secretKey.first(24);
    row("a public certificate",
        u"-----BEGIN CERTIFICATE-----\n%1\r\n%1\r\n%2\r\n-----END CERTIFICATE-----"_s.arg(line, secretKey));
    row("a picture in quotes", u"> %1\n> %1\n> %2\n"_s.arg(line, secretKey));
    row("a list of words with digits", u"Ec2InstanceTypeM5LargeV2Subnet/TestAbc1Xy"_s);
    row("a hash on its line", u"\n"_s + hash + u'\n' + hash.toUpper() + u'\n');
    row("a longer run of base64", u"secret "_s + secretKey + u"AAAA and "_s + secretKey.first(38) + u"=="_s);
    row("a part of base64 for addresses", u"secret abc-"_s + secretKey.first(20) + secretKey.first(20) + u"_def"_s);
    row("a name of forty letters", u"secrets: ElasticLoadBalancingV2TargetGroupMetrics"_s);
    row("a path of forty letters", u"secret in src/base/models/Support/Archive/Tests/Ab"_s);
    row("base64 lines of a log",
        (u"QmFzZTY0IGVuY29kZWQgbG9nIGxpbmUgbnVtYmVyIG9uZSBvZiBtYW55IGxpbmVzIGhlcmU=\n"_s).repeated(3));
    row("a request id",
        u"x-amz-request-id: 4442587FB7D0A2F9, x-amz-id-2: vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo="_s);
    row("times", u"1769620494006 1769620494006123456 2026-01-03T05:02:11.123Z 20260103050211 [4111111111111]"_s);
    row("a key id too short, too long, or lower case", keyId.chopped(1) + u' ' + keyId + u"X "_s + keyId.toLower());
    row("a key id within a word", u"x"_s + keyId);
    row("a role's id", u"AROAIOSFODNN7EXAMPLE AIDAIOSFODNN7EXAMPLE"_s);
    row("numbers that fail Luhn", u"4111111111111112 4111 1111 1111 1112"_s);
    row("numbers of no issuer", u"7992739871300000 1234567812345670 0000000000000000"_s);
    row("numbers in odd groups", u"41 111111 11111111 4111  1111  1111  1111 411 1111 1111 11111"_s);
    row("rows of numbers", u"5096 5098 4111 1111 1111 1111\n4111 1111 1111 1111 5096\n1 2 3 4 5 4111 1111 1111 1111"_s);
    row("numbers in mixed groups", u"4111-1111 1111-1111"_s);
    row("more digits than a card has", u"41111111111111111111111"_s);
    row("numbers in ids",
        u"id_4111111111111111 4111111111111111_1 i-4111111111111111 4111111111111111.5 v1.4111111111111111 /4111111111111111"_s);
    row("a phone number", u"+81 90 1234 5678, +4111111111111111"_s);
    for (const char *text : {"password=***",
                             "password: ********",
                             "password=<password>",
                             "password=${DB_PASSWORD}",
                             "password=$DB_PASSWORD",
                             "password=$(cat file)",
                             "password={{ vault }}",
                             "{\"password\": \"{{resolve:secretsmanager:x}}\"}",
                             "password=%PASSWORD%",
                             "password=[redacted]",
                             "password: (hidden)",
                             "password=",
                             "password=\n\nhunter22",
                             "password: abc",
                             "Password: !GetAtt",
                             "password=getenv(\"X\")",
                             "password=os.environ.get('X')",
                             "password=args.db_password",
                             "password=self.pass.word",
                             "password=pkcs12_password",
                             "passwd=credentials[1]",
                             "password=None):",
                             "password=creds['x']",
                             "$passwd = $ftp->pwd()",
                             "passphrase: {string}",
                             "session_token=credentials.token",
                             "secret_access_key = response['Credentials']",
                             "access_token=AccessToken(token, x)",
                             "ok = password=!url.userInfo().isEmpty()",
                             "password=password",
                             "password: please reset it",
                             "password: expired",
                             "パスワード：変更済みです",
                             "password=/run/secrets/db",
                             "MinimumPasswordLength: 1400000",
                             "PWD=/home/hana",
                             "secret: arn:aws:secretsmanager:us-east-1:123456789012:secret:x",
                             "SecretId=prod/db",
                             "nextToken=eyJ2IjoxfQ0123456789",
                             "clientToken: 0123456789abcdef",
                             "password policy: 14characters",
                             "<password></password>",
                             "<Password>",
                             "--password --user",
                             "--password-file secret1.txt",
                             "\"password\": null",
                             "label = \"Your password: must not be empty\"",
                             "Forgot your password? Go to https://example.com"})
        row(qPrintable(QString::fromUtf8(text).simplified()), QString::fromUtf8(text));
    row("a mention of PEM", u"Never send -----BEGIN RSA PRIVATE KEY----- to anybody, please."_s);
    row("an empty block", u"-----BEGIN PRIVATE KEY-----\n(left out)\n-----END PRIVATE KEY-----"_s);
    row("a certificate", pem(u"CERTIFICATE"_s));
    row("a public key", pem(u"PUBLIC KEY"_s));
    row("dashes", u"-----\n--\n---- BEGIN\n-----BEGIN -----"_s);
    row("a page token", u"eyJ2IjoxfQ== eyJhbGciOiJub25lIn0 eyJ2IjoxfQ.eyJ2IjoxfQ.abc"_s);
    row("prose about bearers",
        u"Bearer authentication is used. The Bearer of this. Authorization: token authentication"_s);
    row("a signed request",
        u"Authorization: AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=0123456789abcdef"_s);
    row("authorization in words",
        u"authorization: required, Authorization=Bearer ${TOKEN} Authorization: Bearer <token>"_s);
    row("addresses", u"https://example.com:8080/path@v2?x=a:b@c ssh://git@example.com/x http://[::1]:80/ a://b:@c"_s);
    row("an address with a masked password", u"https://hana:***@example.com https://user:<password>@host"_s);
    row("an address with a signature in its name",
        u"https://x/?signature-version=4&Signature=abcdef https://x/?X-Amz-Signature=…"_s);
    row("prefixes alone", u"ghp_ xoxb- sk_live_ npm_install github_pattern AIza sk-ant-x ya29 hf_hub"_s);
}

void TestSecretScan::leavesAlone()
{
    QFETCH(QString, text);
    QCOMPARE(found(text), QString());
}

void TestSecretScan::positionsCountUtf16Units()
{
    const QString before = u"\U0001F600 日本語 "_s;
    QCOMPARE(findSecrets(before + keyId), QList<SecretFinding>({{7, 20, Kind::AccessKeyId}}));
    const QString lone = QString(QChar(0xd83d)) + u' ' + QChar(u'\0') + QChar(0xde00);
    QCOMPARE(findSecrets(lone + keyId, {OwnPattern(u"AK.A"_s)}), QList<SecretFinding>({{4, 20, Kind::AccessKeyId}}));
    QCOMPARE(findSecrets(lone + u"ab"_s, {OwnPattern(u"b"_s)}), QList<SecretFinding>({{5, 1, Kind::OwnPattern}}));
}

// Whatever a secret is cut to, nothing is read beyond the end.
void TestSecretScan::everyLengthOfTextIsFine()
{
    const QString text = u"password: \\\"a\\\" --password x <password>a</password> Bearer "_s + webToken
        + u" https://a:b@c?X-Amz-Signature=1 "_s + pem(u"RSA PRIVATE KEY"_s) + u" %3D"_s + keyId + u"\\u003d"_s
        + secretKey + u" 4111-1111-1111-1111 Authorization: Basic "_s;
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QString cut = QString(text.constData(), length);
        const QString tail = text.last(length);
        for (const QString &piece : {cut, tail}) {
            qsizetype end = 0;
            for (const SecretFinding &finding : findSecrets(piece)) {
                QVERIFY(finding.start >= end && finding.length > 0 && finding.end() <= piece.size());
                end = finding.end();
            }
        }
    }
}

void TestSecretScan::overlapsAreParted()
{
    QCOMPARE(found(u"password="_s + keyId), u"key id: "_s + keyId); // the same place: what it is tells more
    QCOMPARE(found(u"password="_s + keyId + u"!x"_s), u"password: "_s + keyId + u"!x"_s);
    QCOMPARE(found(u"abcdefgh"_s, {OwnPattern(u"abcd"_s), OwnPattern(u"cdefgh"_s), OwnPattern(u"bc"_s)}),
             u"own: ab; own: cdefgh"_s);
    // A gap that is left beyond what another pattern keeps.
    QCOMPARE(found(u"aaaaaabbbbcc"_s, {OwnPattern(u"a+b"_s), OwnPattern(u"abbbb"_s), OwnPattern(u"bbbbc"_s)}),
             u"own: aaaaaab; own: bbb; own: c"_s);
}

void TestSecretScan::masks_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("mask");
    const auto row = [](const char *name, const QString &secret, Kind kind, const QString &mask) {
        QTest::newRow(name) << secret << kind << mask;
    };
    const QString stars(8, u'*');
    row("a key id keeps its beginning", keyId, Kind::AccessKeyId, u"AKIA****************"_s);
    row("a secret key keeps nothing", secretKey, Kind::SecretAccessKey, stars);
    row("a session token keeps nothing", sessionToken, Kind::SessionToken, stars);
    row("a password does not tell its length", u"hunter22 and more"_s, Kind::Password, stars);
    row("a web token", webToken, Kind::WebToken, u"eyJh********"_s);
    row("a token keeps its prefix", u"glpat-0123456789"_s, Kind::ServiceToken, u"glpa********"_s);
    row("a card keeps four digits", u"4111 1111 1111 1234"_s, Kind::CardNumber, u"**** **** **** 1234"_s);
    row("an address keeps its place", u"https://b/k?X-Amz-Signature=a"_s, Kind::PresignedUrl,
        u"https://b/k?********"_s);
    row("an address with more secrets", u"https://u:pass@b/k?X-Amz-Signature=a"_s, Kind::PresignedUrl,
        u"https://u:********@b/k?********"_s);
    row("a signature", signature, Kind::PresignedUrl, stars);
    row("a private key keeps its lines", u"-----BEGIN PRIVATE KEY-----\r\nabc\r\n\r\nd\r\n-----END PRIVATE KEY-----"_s,
        Kind::PrivateKey, u"-----BEGIN PRIVATE KEY-----\r\n********\r\n\r\n********\r\n-----END PRIVATE KEY-----"_s);
    row("a private key on one line", u"-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----"_s,
        Kind::PrivateKey, u"-----BEGIN PRIVATE KEY-----********-----END PRIVATE KEY-----"_s);
    row("a private key without an end", u"-----BEGIN PRIVATE KEY-----\nabc\ndef"_s, Kind::PrivateKey,
        u"-----BEGIN PRIVATE KEY-----\n********\n********"_s);
    row("a private key that is none", u"abc"_s, Kind::PrivateKey, stars);
    row("own lines", u"a\nb"_s, Kind::OwnPattern, stars + u'\n' + stars);
    for (int kind = 0; kind <= int(Kind::OwnPattern); ++kind)
        row(qPrintable(u"nothing as %1"_s.arg(kindWord(Kind(kind)))), QString(), Kind(kind),
            Kind(kind) == Kind::PresignedUrl || Kind(kind) == Kind::WebToken || Kind(kind) == Kind::ServiceToken
                ? stars
                : QString());
}

void TestSecretScan::masks()
{
    QFETCH(QString, secret);
    QFETCH(Kind, kind);
    QFETCH(QString, mask);
    QCOMPARE(secretMask(secret, kind), mask);
    const QString text = u"\U0001F600"_s + secret + u"end"_s;
    QCOMPARE(masked(text, SecretFinding{2, secret.size(), kind}),
             secret.isEmpty() ? text : QString(u"\U0001F600"_s + mask + u"end"_s));
}

void TestSecretScan::masksOnlyWhatLiesInTheText()
{
    const QString text = u"abcdef"_s;
    for (const SecretFinding &finding : {SecretFinding{-1, 3, Kind::Password}, SecretFinding{4, 3, Kind::Password},
                                         SecretFinding{9, 1, Kind::Password}, SecretFinding{2, -1, Kind::Password},
                                         SecretFinding{1, std::numeric_limits<qsizetype>::max(), Kind::Password},
                                         SecretFinding{std::numeric_limits<qsizetype>::max(), 2, Kind::Password}})
        QCOMPARE(masked(text, finding), text);
}

void TestSecretScan::oneMaskAtATime()
{
    const QString text = keyId + u" 4111111111111111"_s;
    const QList<SecretFinding> findings = findSecrets(text);
    QCOMPARE(findings.size(), 2);
    QCOMPARE(masked(text, findings[1]), keyId + u" ************1111"_s);
    QCOMPARE(masked(text, findings), u"AKIA**************** ************1111"_s);
    QCOMPARE(masked(masked(text, findings[0]), findings[1]), masked(text, findings)); // a key id keeps its length
}

void TestSecretScan::ownPatterns()
{
    const auto with = [](const QString &pattern, const QString &text) {
        const OwnPattern own(pattern);
        if (const QString problem = own.problem(); !problem.isEmpty())
            return problem;
        return found(text, {own});
    };
    QCOMPARE(with(u"EMP-\\d{6}"_s, u"社員番号EMP-123456です。EMP-1"_s), u"own: EMP-123456"_s);
    QCOMPARE(with(u"(?i)project falcon"_s, u"PROJECT Falcon"_s), u"own: PROJECT Falcon"_s);
    QCOMPARE(with(u"^x+$"_s, u"a\nxx\nxa"_s), u"own: xx"_s); // a line's ends
    QCOMPARE(with(u"秘密"_s, u"これは秘密です"_s), u"own: 秘密"_s);
    QCOMPARE(with(u"x*"_s, u"a\U0001F600xxb"_s), u"own: xx"_s); // nothing is no finding
    QCOMPARE(with(u"\\w"_s, u"abc de"_s), u"own: abc; own: de"_s);
    QCOMPARE(with(u"(*UCP)\\w+"_s, u"語"_s), u"own: 語"_s);
    QCOMPARE(with(u"\\\\C"_s, u"a\\C"_s), u"own: \\C"_s);
}

void TestSecretScan::ownPatternsInLongTexts()
{
    const OwnPattern own(u"<\\d+>|\U0001F600+"_s);
    for (const QString &filler : {u"line\n"_s, u"x"_s, u"日本"_s, u"\U0001F601"_s}) {
        QString text;
        QList<SecretFinding> expected;
        for (int i = 0; i < 40; ++i) {
            text += filler.repeated(97 + i * 13);
            const QString secret = i % 2 ? u"<%1>"_s.arg(i) : QString(u"\U0001F600\U0001F600"_s);
            expected.append({text.size(), secret.size(), Kind::OwnPattern});
            text += secret;
        }
        QStringList problems;
        QCOMPARE(findSecrets(text, {own}, &problems), expected);
        QCOMPARE(problems, QStringList());
    }
}

void TestSecretScan::ownPatternsThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QString &pattern, const QString &problem) {
        QTest::newRow(name) << pattern << problem;
    };
    row("nothing", QString(), u"An empty pattern is not used."_s);
    row("not closed", u"(abc"_s,
        u"The pattern “(abc” is not used: it can't be read at character 5 (missing closing parenthesis)."_s);
    row("half characters", u"a\\C"_s, u"The pattern “a\\C” is not used: \\C is not supported."_s);
    row("far too long", QString(1001, u'a'),
        u"The pattern “"_s + QString(60, u'a') + u"…” is not used: it is longer than 1000 character(s)."_s);
    row("too large", u"((a{1,999}){1,999}){1,999}"_s, u"The pattern “((a{1,999}){1,999}){1,999}” is not used: "_s);
    row("a lone surrogate", QString(QChar(0xd83d)), u"The pattern “"_s);
}

void TestSecretScan::ownPatternsThatCannotBeUsed()
{
    QFETCH(QString, pattern);
    QFETCH(QString, problem);
    const OwnPattern own(pattern);
    QVERIFY2(own.problem().startsWith(problem), qPrintable(own.problem()));
    QStringList problems;
    const QString text = u"abc "_s + keyId; // the rest goes on
    QCOMPARE(written(text, findSecrets(text, {own, OwnPattern(u"b"_s)}, &problems)), u"own: b; key id: "_s + keyId);
    QCOMPARE(problems, QStringList(own.problem()));
    QCOMPARE(findSecrets(text, {own}).size(), 1); // who does not want to know needs not
}

void TestSecretScan::ownPatternsThatTakeTooLong_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("nested repeats") << u"(a+)+$"_s;
    QTest::newRow("alternatives that overlap") << u"(a|aa)+$"_s;
    QTest::newRow("words that end nowhere") << u"(?:\\w+\\s?)+[?#]"_s;
    QTest::newRow("its own limit") << u"(*LIMIT_MATCH=4000000000)(a+)+$"_s;
    QTest::newRow("without the compiler") << u"(*NO_JIT)(a+)+$"_s;
    QTest::newRow("many starts") << u"(?=a{0,1900}[^a])a*a*[!]|(a*a*)[^!]*a{1000}#?[!?#]"_s;
    QTest::newRow("recursion") << u"(?R)?a"_s;
}

void TestSecretScan::ownPatternsThatTakeTooLong()
{
    QFETCH(QString, pattern);
    const OwnPattern own(pattern);
    QCOMPARE(own.problem(), QString());
    const QString text = (QString(3000, u'a') + u"b!\n"_s).repeated(300);
    QStringList problems;
    findSecrets(text, {own}, &problems);
    QCOMPARE(problems, QStringList(own.tooSlow()));
    QVERIFY(problems.first().contains(pattern.first(6)));
}

void TestSecretScan::hostileTexts_data()
{
    QTest::addColumn<QString>("unit");
    const QStringList units{u"a"_s,
                            u"1"_s,
                            u"1 "_s,
                            u"4111-"_s,
                            u"4111 1111 1111 1111 "_s,
                            u"-"_s,
                            u"--"_s,
                            u"-----BEGIN"_s,
                            u"-----BEGIN "_s,
                            u"-----BEGIN RSA PRIVATE KEY-----\n"_s,
                            u"-----BEGIN PRIVATE KEY-----"_s + letters,
                            u"-- BEGIN "_s,
                            u"--a"_s,
                            u"--password "_s,
                            u":"_s,
                            u"a:"_s,
                            u"="_s,
                            u"a="_s,
                            u"password="_s,
                            u"password=\""_s,
                            u"password=\"a '"_s,
                            u"password: 'x "_s,
                            u"password=("_s,
                            u"password=)"_s,
                            u"&"_s,
                            u"&a"_s,
                            u"password=&"_s,
                            u"password:,a"_s,
                            u"://"_s,
                            u"a://"_s,
                            u"a://b:c@"_s,
                            u"a://b?"_s,
                            u"a://b?X-Amz-Signature=&"_s,
                            u"https://b?X-Amz-Signature=abcdef&"_s,
                            u"?&"_s,
                            u"eyJ"_s,
                            u"-eyJ"_s,
                            u".eyJ"_s,
                            u"eyJhbGciOiJub25lIn0."_s,
                            u"IQoJb3JpZ2lu"_s,
                            sessionToken,
                            sessionToken + u'.',
                            u"ghp_"_s,
                            u"xoxb-"_s,
                            u"xoxb-0123456789012345678901-"_s,
                            u"Bearer "_s,
                            u"Bearer a"_s,
                            u"authorization="_s,
                            u"authorization: basic "_s,
                            keyId + u' ',
                            secretKey + u' ',
                            u"secret "_s + secretKey + u'\n',
                            u"/"_s,
                            u"/+a"_s,
                            u"\\n"_s,
                            u"%3D"_s,
                            u"<password>"_s,
                            u"<password"_s,
                            u">"_s,
                            u"'"_s,
                            u" "_s,
                            u" :"_s,
                            u"\u3000："_s,
                            u"パスワード："_s,
                            u"シークレット"_s,
                            u"\U0001F600"_s,
                            QString(QChar(0xd83d)),
                            QString(QChar(u'\0')),
                            u"\n"_s,
                            u"ya29."_s,
                            u"SG."_s,
                            u"AKIA"_s,
                            u"\"password\":\""_s};
    for (const QString &unit : units)
        QTest::newRow(qPrintable(unit.simplified().left(40) + u" %1"_s.arg(unit.size()))) << unit;
}

void TestSecretScan::hostileTexts()
{
    QFETCH(QString, unit);
    const auto repeated = [&unit](qsizetype length) { return unit.repeated(length / unit.size()); };
    constexpr qsizetype some = 300'000;
    const QString much = repeated(unit.size() == 1 || unit.size() > 9 ? 1'000'000 : some);
    for (const QString &text :
         {much, QString(u"password="_s + repeated(some)), QString(u"https://x?"_s + repeated(some))}) {
        // Where the time grew with the square of the length, this would outlast the limit of the whole test.
        masked(text, findSecrets(text));
    }
}

void TestSecretScan::aLogIsReadAtOnce()
{
    const QString line =
        u"2026-01-03T05:02:11.123Z INFO [main] c.e.Api - GET https://api.example.com/v1/items?page=2 status=503 "
        "requestId: f81d4fae-7dec-11d0-a765-00a0c91e6bf6 arn:aws:lambda:us-east-1:111122223333:function:x\n"_s;
    const QString text = line.repeated(1'000'000 / line.size());
    QBENCHMARK { QVERIFY(findSecrets(text).isEmpty()); }
}

QTEST_APPLESS_MAIN(TestSecretScan)
#include "tst_secretscan.moc"
