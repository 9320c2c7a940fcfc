#include "aws/credentialchain.h"
#include "aws/sources/environmentsource.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/statickeys.h"
#include "base/redact.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace casement;

namespace {

// Answers when told, with what it is told.
class Scripted final : public CredentialSource
{
public:
    QString name() const override { return QStringLiteral("scripted"); }
    void fetch(QObject *, Callback callback) override
    {
        ++fetches;
        pending = std::move(callback);
    }
    bool isOutdated() const override { return outdated; }
    void answer(const Result<std::optional<Credentials>> &result)
    {
        outdated = false;
        std::exchange(pending, {})(result);
    }

    int fetches = 0;
    bool outdated = false;
    Callback pending;
};

Credentials keys(const char *id, const QDateTime &expiry = {})
{
    Credentials result(QString::fromLatin1(id), QStringLiteral("wJalrXUtnFEMI/K7MDENG"));
    result.expiry = expiry;
    return result;
}

std::vector<std::unique_ptr<CredentialSource>> list(std::unique_ptr<CredentialSource> a,
                                                    std::unique_ptr<CredentialSource> b = {})
{
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::move(a));
    if (b)
        sources.push_back(std::move(b));
    return sources;
}

// The id, or the error's kind and message.
QString outcome(const Result<Credentials> &result)
{
    return result ? QString::fromLatin1(result->accessKeyId()) : result.error().toLine();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsAreRedacted();
    void sendable();
    void environment_data();
    void environment();
    void profile_data();
    void profile();
    void changedFileIsSeen();
    void firstSourceThatHasKeys();
    void oneFetchForAll();
    void waiterThatDied();
    void refresh();
    void shortKeysAreUsedToTheirEnd();
    void invalidated();
};

void TestCredentials::secretsAreRedacted()
{
    const QString secret = QStringLiteral("je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY");
    const QString token = QStringLiteral("AQoDYXdzEJr1K3ExampleToken+value==");
    const Credentials made(QStringLiteral("AKIAI44QH8DHBEXAMPLE"), secret, token);
    QVERIFY(!redact(QStringLiteral("a %1 b %2 c").arg(secret, token)).contains(QLatin1StringView("EXAMPLEKEY")));
    QVERIFY(!redact(token).contains(QLatin1StringView("ExampleToken")));
}

void TestCredentials::sendable()
{
    QVERIFY(Credentials(QStringLiteral("AKID"), QStringLiteral("s"), QStringLiteral("t/+=")).isSendable());
    QVERIFY(!Credentials(QStringLiteral("AKID"), QStringLiteral("s"), QStringLiteral("t\r\nEvil: 1")).isSendable());
    QVERIFY(!Credentials(QStringLiteral("鍵"), QStringLiteral("s")).isSendable());
    QVERIFY(!Credentials(QStringLiteral("AKID"), QStringLiteral("s\nt")).isSendable());
}

void TestCredentials::environment_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QByteArray>("token");
    const QString id = QStringLiteral("AWS_ACCESS_KEY_ID=AKID");
    const QString secret = QStringLiteral("AWS_SECRET_ACCESS_KEY=secret");
    const auto row = [](const char *name, const QStringList &variables, const char *expected, const char *token = "") {
        QTest::newRow(name) << variables << QString::fromUtf8(expected) << QByteArray(token);
    };
    row("nothing", {}, "none");
    row("secret only", {secret}, "none");
    row("id only", {id}, "AWS_SECRET_ACCESS_KEY");
    row("both", {id, secret}, "AKID");
    row("empty id", {QStringLiteral("AWS_ACCESS_KEY_ID="), secret}, "none");
    row("token", {id, secret, QStringLiteral("AWS_SESSION_TOKEN=t1"), QStringLiteral("AWS_SECURITY_TOKEN=t2")}, "AKID",
        "t2");
    row("a space in the id", {QStringLiteral("AWS_ACCESS_KEY_ID=AKID GEHEIM"), secret},
        "the environment variable AWS_ACCESS_KEY_ID holds a space");
    row("a line feed behind the id", {QStringLiteral("AWS_ACCESS_KEY_ID=GEHEIM\n"), secret},
        "the environment variable AWS_ACCESS_KEY_ID goes over several lines");
    row("nothing but a space", {QStringLiteral("AWS_ACCESS_KEY_ID= "), secret}, "AWS_ACCESS_KEY_ID holds a space");
    row("a line feed in the secret", {id, QStringLiteral("AWS_SECRET_ACCESS_KEY=GEHEIM\nx")},
        "the environment variable AWS_SECRET_ACCESS_KEY goes over several lines");
    row("Japanese in the secret", {id, QStringLiteral("AWS_SECRET_ACCESS_KEY=GEHEIM鍵")},
        "the environment variable AWS_SECRET_ACCESS_KEY holds a character that is not ASCII");
    row("a control character in the token", {id, secret, QStringLiteral("AWS_SESSION_TOKEN=GEHEIM\x1b[2J")},
        "the environment variable AWS_SESSION_TOKEN holds a control character");
    row("a header in the older token", {id, secret, QStringLiteral("AWS_SECURITY_TOKEN=GEHEIM\r\nEvil: 1")},
        "the environment variable AWS_SECURITY_TOKEN goes over several lines");
    row("a newer token that is not used",
        {id, secret, QStringLiteral("AWS_SESSION_TOKEN=a b"), QStringLiteral("AWS_SECURITY_TOKEN=t")}, "AKID", "t");
    row("older token", {id, secret, QStringLiteral("AWS_SECURITY_TOKEN=t2")}, "AKID", "t2");
}

void TestCredentials::environment()
{
    QFETCH(QStringList, variables);
    QFETCH(QString, expected);
    QFETCH(QByteArray, token);
    QProcessEnvironment environment;
    for (const QString &variable : variables)
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    EnvironmentSource source(environment);
    source.fetch(this, [&](const Result<std::optional<Credentials>> &found) {
        if (!found)
            QVERIFY2(found.error().message.contains(expected)
                         && !found.error().message.contains(QLatin1StringView("GEHEIM")),
                     qPrintable(found.error().message));
        else
            QCOMPARE(*found ? QString::fromLatin1((*found)->accessKeyId()) : QStringLiteral("none"), expected);
        if (found && *found)
            QCOMPARE((*found)->sessionToken(), token);
    });
}

void TestCredentials::profile_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<bool>("isExplicit");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *config, const char *credentials, bool isExplicit,
                        const QStringList &words) {
        QTest::newRow(name) << QByteArray(config) << QByteArray(credentials) << isExplicit << words;
    };
    const QString hint = QStringLiteral("aws configure export-credentials --profile p");
    constexpr auto keysOfP = "[p]\naws_access_key_id=AKID\naws_secret_access_key=secret\naws_session_token=t\n";
    row("static keys", "", keysOfP, true, {QStringLiteral("AKID")});
    row("of config", "[profile p]\naws_access_key_id=AKID\naws_secret_access_key=secret\n", "", true,
        {QStringLiteral("AKID")});
    row("no such profile", "", "", true, {QStringLiteral("no profile \"p\""), QStringLiteral("/config")});
    row("no such default", "", "", false, {QStringLiteral("none")});
    row("no keys", "\n[profile p]\nregion=r\n", "", true, {QStringLiteral("/config:2: profile \"p\" has no keys")});
    row("no secret", "[profile p]\nregion=r\n", "[p]\naws_access_key_id=AKID\n", true,
        {QStringLiteral("/credentials:2: profile \"p\" has no aws_secret_access_key")});
    row("no id", "[profile p]\nregion=r\naws_secret_access_key=GEHEIM\n", "", true,
        {QStringLiteral("/config:3: profile \"p\" has no aws_access_key_id")});
    row("an empty secret", "", "[p]\naws_access_key_id=AKID\n\naws_secret_access_key =\n", true,
        {QStringLiteral("CredentialsFile"),
         QStringLiteral("/credentials:4: aws_secret_access_key of profile \"p\" is empty")});
    row("a secret on the next line", "", "[p]\naws_access_key_id=AKID\naws_secret_access_key =\n  GEHEIM=\n", true,
        {QStringLiteral("/credentials:3: aws_secret_access_key of profile \"p\" is empty")});
    row("a secret on two lines", "", "[p]\naws_access_key_id=AKID\naws_secret_access_key = GEHEIM\n  rest\n", true,
        {QStringLiteral("CredentialsFile"),
         QStringLiteral("/credentials:3: aws_secret_access_key of profile \"p\" goes over several lines")});
    row("a space in the id", "", "# mine\n[p]\naws_access_key_id=AKID GEHEIM\naws_secret_access_key=s\n", true,
        {QStringLiteral("/credentials:3: aws_access_key_id of profile \"p\" holds a space")});
    row("a remark behind the id", "[profile p]\naws_access_key_id=GEHEIM # mine\naws_secret_access_key=s\n", "", true,
        {QStringLiteral("/config:2: aws_access_key_id of profile \"p\" holds a space")});
    row("the credentials file wins", "[profile p]\naws_access_key_id=A B\naws_secret_access_key=s\n",
        "[p]\naws_access_key_id=GEHEIM\t2\naws_secret_access_key=s\n", true,
        {QStringLiteral("/credentials:2: aws_access_key_id of profile \"p\" holds a space")});
    row("Japanese in the secret", "", "[p]\naws_access_key_id=AKID\naws_secret_access_key=GEHEIM鍵\n", true,
        {QStringLiteral("/credentials:3: aws_secret_access_key of profile \"p\" holds a character that is not ASCII")});
    row("a space that does not break", "", "[p]\naws_access_key_id=GEHEIM\u00a0x\naws_secret_access_key=s\n", true,
        {QStringLiteral("/credentials:2: aws_access_key_id of profile \"p\" holds a character that is not ASCII")});
    row("an escape sequence in the token", "",
        "[p]\naws_access_key_id=AKID\naws_secret_access_key=s\naws_session_token=GEHEIM\x1b[2J\n", true,
        {QStringLiteral("/credentials:4: aws_session_token of profile \"p\" holds a control character")});
    row("a space in the older token", "",
        "[DEFAULT]\naws_security_token=GEHEIM x\n[p]\naws_access_key_id=AKID\naws_secret_access_key=s\n", true,
        {QStringLiteral("/credentials:2: aws_security_token of profile \"p\" holds a space")});
    row("login", "[profile p]\nlogin_session=a\n", "", true, {QStringLiteral("login_session"), hint});
    row("unparsable", "[profile p]\nx\n", "", true, {QStringLiteral("/config:2: ")});
}

void TestCredentials::profile()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, credentials);
    QFETCH(bool, isExplicit);
    QFETCH(QStringList, words);
    const QTemporaryDir folder;
    const ConfigPaths paths{folder.filePath(QStringLiteral("config")), folder.filePath(QStringLiteral("credentials"))};
    write(paths.config, config);
    write(paths.credentials, credentials);
    ProfileSource source(paths, QStringLiteral("p"), isExplicit);
    QString text;
    source.fetch(this, [&text](const Result<std::optional<Credentials>> &found) {
        text = found ? (*found ? QString::fromLatin1((*found)->accessKeyId()) : QStringLiteral("none"))
                     : found.error().toLine();
    });
    QVERIFY2(!text.contains(QLatin1StringView("GEHEIM")), qPrintable(text));
    for (const QString &word : words)
        QVERIFY2(text.contains(word), qPrintable(text));
}

void TestCredentials::changedFileIsSeen()
{
    const QTemporaryDir folder;
    const ConfigPaths paths{folder.filePath(QStringLiteral("config")), folder.filePath(QStringLiteral("credentials"))};
    write(paths.credentials, "[p]\naws_access_key_id=OLD\naws_secret_access_key=secret\n");
    CredentialChain chain(list(std::make_unique<ProfileSource>(paths, QStringLiteral("p"), true)));
    QString got;
    const auto note = [&got](const Result<Credentials> &result) { got = outcome(result); };
    chain.get(this, note);
    QCOMPARE(got, QStringLiteral("OLD"));
    QVERIFY(chain.current());
    write(paths.credentials, "[p]\naws_access_key_id=NEW\naws_secret_access_key=secret\n");
    QTRY_VERIFY(!chain.current());
    chain.get(this, note);
    QCOMPARE(got, QStringLiteral("NEW"));
}

void TestCredentials::firstSourceThatHasKeys()
{
    QProcessEnvironment environment;
    QString got;
    const auto note = [&got](const Result<Credentials> &result) { got = outcome(result); };
    CredentialChain second(
        list(std::make_unique<EnvironmentSource>(environment), std::make_unique<StaticKeys>(keys("STATIC"))));
    second.get(this, note);
    QCOMPARE(got, QStringLiteral("STATIC"));

    environment.insert(QStringLiteral("AWS_ACCESS_KEY_ID"), QStringLiteral("ENV"));
    CredentialChain partial(
        list(std::make_unique<EnvironmentSource>(environment), std::make_unique<StaticKeys>(keys("STATIC"))));
    partial.get(this, note);
    QVERIFY2(got.startsWith(QLatin1StringView("NoCredentials")), qPrintable(got)); // another account than the one meant

    environment.insert(QStringLiteral("AWS_SECRET_ACCESS_KEY"), QStringLiteral("s"));
    CredentialChain first(
        list(std::make_unique<EnvironmentSource>(environment), std::make_unique<StaticKeys>(keys("STATIC"))));
    first.get(this, note);
    QCOMPARE(got, QStringLiteral("ENV"));

    CredentialChain none(list(std::make_unique<EnvironmentSource>(QProcessEnvironment())));
    none.get(this, note);
    QCOMPARE(got, QStringLiteral("NoCredentials: no keys were found in: environment"));

    QProcessEnvironment half;
    half.insert(QStringLiteral("AWS_SECRET_ACCESS_KEY"), QStringLiteral("s"));
    CredentialChain secretOnly(list(std::make_unique<EnvironmentSource>(half)));
    secretOnly.get(this, note);
    QVERIFY2(got.contains(QLatin1StringView("AWS_ACCESS_KEY_ID is not")), qPrintable(got));
}

void TestCredentials::oneFetchForAll()
{
    auto owned = std::make_unique<Scripted>();
    Scripted &source = *owned;
    CredentialChain chain(list(std::move(owned)));
    QStringList got;
    for (int i = 0; i < 3; ++i)
        chain.get(this, [&got](const Result<Credentials> &result) { got.append(outcome(result)); });
    QCOMPARE(source.fetches, 1);
    QVERIFY(got.isEmpty());
    source.answer(std::optional(keys("A")));
    QCOMPARE(got, QStringList(3, QStringLiteral("A")));
    chain.get(this, [&got](const Result<Credentials> &result) { got.append(outcome(result)); });
    QCOMPARE(got.size(), 4);
    QCOMPARE(source.fetches, 1);
}

void TestCredentials::waiterThatDied()
{
    auto owned = std::make_unique<Scripted>();
    Scripted &source = *owned;
    CredentialChain chain(list(std::move(owned)));
    bool called = false;
    {
        QObject context;
        chain.get(&context, [&called](const Result<Credentials> &) { called = true; });
    }
    source.answer(std::optional(keys("A")));
    QVERIFY(!called);
}

void TestCredentials::refresh()
{
    QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    auto owned = std::make_unique<Scripted>();
    Scripted &source = *owned;
    CredentialChain chain(list(std::move(owned)), nullptr, [&now] { return now; });
    QString got;
    const auto note = [&got](const Result<Credentials> &result) { got = outcome(result); };
    const auto failed = Error{.kind = Error::Kind::NoCredentials, .message = QStringLiteral("gone")};

    chain.get(this, note);
    source.answer(std::optional(keys("A", now.addSecs(3600))));
    QCOMPARE(got, QStringLiteral("A"));
    now = now.addSecs(3600 - 14 * 60);
    chain.get(this, note);
    QCOMPARE(source.fetches, 2);
    source.answer(failed);
    QCOMPARE(got, QStringLiteral("A")); // advisory: the old ones still do
    chain.get(this, note);
    QCOMPARE(source.fetches, 2); // and it doesn't ask at every call
    now = now.addSecs(5 * 60);
    chain.get(this, note);
    QCOMPARE(source.fetches, 3);
    source.answer(failed);
    QVERIFY(got.contains(QLatin1StringView("gone"))); // mandatory
    chain.get(this, note);
    source.answer(std::optional(keys("B", now.addSecs(3600))));
    QCOMPARE(got, QStringLiteral("B"));
    chain.invalidate();
    chain.get(this, note);
    source.answer(std::optional(keys("C", now.addSecs(-1))));
    QVERIFY2(got.contains(QLatin1StringView("expired")), qPrintable(got));
}

/// A program that hands over what it has kept, which is about to end, is not run for each call.
void TestCredentials::shortKeysAreUsedToTheirEnd()
{
    QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    auto owned = std::make_unique<Scripted>();
    Scripted &source = *owned;
    CredentialChain chain(list(std::move(owned)), nullptr, [&now] { return now; });
    QString got;
    const auto note = [&got](const Result<Credentials> &result) { got = outcome(result); };
    const QDateTime end = now.addSecs(8 * 60);
    chain.get(this, note);
    source.answer(std::optional(keys("A", end)));
    for (; now < end.addSecs(-25); now = now.addSecs(20)) {
        chain.get(this, note);
        QCOMPARE(source.fetches, 1);
        QCOMPARE(got, QStringLiteral("A"));
    }
    now = end.addSecs(-15);
    chain.get(this, note);
    QCOMPARE(source.fetches, 2);
    source.answer(std::optional(keys("A", end))); // still the old ones
    now = now.addSecs(5);
    chain.get(this, note);
    QCOMPARE(source.fetches, 2); // it was just asked
    now = end;
    chain.get(this, note);
    QCOMPARE(source.fetches, 3); // and keys that are over are never used
    source.answer(std::optional(keys("B", now.addSecs(3600))));
    QCOMPARE(got, QStringLiteral("B"));
    // Those of an hour are renewed in time, as before.
    now = now.addSecs(3600 - 14 * 60);
    chain.get(this, note);
    QCOMPARE(source.fetches, 4);
}

void TestCredentials::invalidated()
{
    auto owned = std::make_unique<Scripted>();
    Scripted &source = *owned;
    CredentialChain chain(list(std::move(owned)));
    QString got;
    const auto note = [&got](const Result<Credentials> &result) { got = outcome(result); };
    chain.get(this, note);
    source.answer(std::optional(keys("A")));
    QVERIFY(chain.current());
    chain.invalidate();
    QVERIFY(!chain.current());
    chain.get(this, note);
    source.answer(std::optional(keys("B")));
    QCOMPARE(got, QStringLiteral("B"));
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
