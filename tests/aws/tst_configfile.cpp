#include "aws/configfile.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;

namespace {

// One line per value, sorted: `section.key=value`, `section.key.inner=value`.
QStringList flat(const QList<ConfigSection> &sections)
{
    QStringList lines;
    for (const ConfigSection &section : sections) {
        lines.append(QStringLiteral("[%1]").arg(section.name));
        for (auto i = section.values.begin(); i != section.values.end(); ++i)
            lines.append(QStringLiteral("%1.%2=%3").arg(section.name, i.key(), i.value()));
        for (auto i = section.nested.begin(); i != section.nested.end(); ++i) {
            for (auto j = i->begin(); j != i->end(); ++j)
                lines.append(QStringLiteral("%1.%2.%3=%4").arg(section.name, i.key(), j.key(), j.value()));
        }
    }
    lines.sort();
    return lines;
}

// What botocore makes of the same bytes, in the same form; "error" for each that it refuses.
constexpr char botocoreReader[] = R"(
import base64, json, os, sys, tempfile
from botocore.configloader import raw_config_parse
for line in sys.stdin:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(base64.b64decode(line))
    try:
        flat = []
        for name, section in raw_config_parse(file.name).items():
            flat.append("[%s]" % name)
            for key, value in section.items():
                if isinstance(value, dict):
                    flat += ["%s.%s.%s=%s" % (name, key, inner, text) for inner, text in value.items()]
                else:
                    flat.append("%s.%s=%s" % (name, key, value))
        print(json.dumps({"flat": sorted(flat)}))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
    os.unlink(file.name)
)";

} // namespace

class TestConfigFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_data();
    void parse();
    void anOpenBracketIsNamed();
    void refuse_data();
    void refuse();
    void agreesWithBotocore();
    void profiles_data();
    void profiles();
    void credentialsFileWins();
    void paths();
    void profileByEnvironment();
};

void TestConfigFile::parse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("values");
    const auto row = [](const char *name, const char *content, const QStringList &values) {
        QTest::newRow(name) << QByteArray(content) << values;
    };
    row("empty", "", {});
    row("equals and colon", "[a]\nx = 1\ny: 2\nz=a=b:c\n", {u"[a]"_qs, u"a.x=1"_qs, u"a.y=2"_qs, u"a.z=a=b:c"_qs});
    row("keys in lower case", "[A]\nKey=V\n", {u"A.key=V"_qs, u"[A]"_qs});
    row("comments on their own lines only", "# c\n[a]\n; c\n  # c\nx = 1 # not one\n",
        {u"[a]"_qs, u"a.x=1 # not one"_qs});
    row("a value goes on", "[a]\nx = 1\n  2\n\n  3\ny=4\n", {u"[a]"_qs, u"a.x=1\n2\n\n3"_qs, u"a.y=4"_qs});
    row("nested", "[a]\ns =\n  region = r\n  max = 2\nx=1\n",
        {u"[a]"_qs, u"a.s.max=2"_qs, u"a.s.region=r"_qs, u"a.x=1"_qs});
    row("CR LF", "[a]\r\nx = 1\r\n", {u"[a]"_qs, u"a.x=1"_qs});
    row("byte order mark", "\xef\xbb\xbf[a]\nx=1\n", {u"[a]"_qs, u"a.x=1"_qs});
    row("text after the bracket", "[a] tail\nx=1\n", {u"[a]"_qs, u"a.x=1"_qs});
    row("defaults for all", "[DEFAULT]\nx=1\ny=1\n[a]\ny=2\n[b]\n",
        {u"[a]"_qs, u"[b]"_qs, u"a.x=1"_qs, u"a.y=2"_qs, u"b.x=1"_qs, u"b.y=1"_qs});
    row("no end of line", "[a]\nx=1", {u"[a]"_qs, u"a.x=1"_qs});
    row("empty value", "[a]\nx=\ny=1\n", {u"[a]"_qs, u"a.x="_qs, u"a.y=1"_qs});
    row("indented section", "[a]\nx=1\n [b]\n", {u"[a]"_qs, u"a.x=1\n[b]"_qs});
    row("Japanese", "[profile \xe6\x9d\xb1\xe4\xba\xac]\nx=\xe3\x81\x82\n",
        {u"[profile 東京]"_qs, u"profile 東京.x=あ"_qs});
}

void TestConfigFile::parse()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, values);
    const auto sections = parseConfigFile(content, QStringLiteral("f"));
    QVERIFY2(sections, qPrintable(sections ? QString() : sections.error().toLine()));
    values.sort();
    QCOMPARE(flat(*sections), values);
}

void TestConfigFile::anOpenBracketIsNamed()
{
    for (const char *content : {"[default\naws_access_key_id=A\n", "[a]\n[default\n"}) {
        const auto sections = parseConfigFile(content, QStringLiteral("f"));
        QVERIFY(!sections);
        QVERIFY2(sections.error().message.endsWith(QStringLiteral("a [section] without its closing bracket")),
                 qPrintable(sections.error().message));
    }
}

void TestConfigFile::refuse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::newRow("section twice") << QByteArray("[a]\nx=1\n[b]\n[a]\n") << 4;
    QTest::newRow("key twice") << QByteArray("[a]\nx=1\n\nX=2\n") << 4;
    QTest::newRow("before the first section") << QByteArray("# c\nx=1\n") << 2;
    QTest::newRow("no separator") << QByteArray("[a]\nhello\n") << 2;
    QTest::newRow("no key") << QByteArray("[a]\n= 2\n") << 2;
    QTest::newRow("NUL") << QByteArray("[a]\nx=1\ny=\0z\n", 13) << 3;
    QTest::newRow("not UTF-8") << QByteArray("[a]\nx=\xff\xfe\n") << 2;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0a\0]\0", 8) << 1;
    QTest::newRow("nested without equals") << QByteArray("[a]\ns =\n  region\n") << 2;
    QTest::newRow("empty brackets") << QByteArray("[a]\n[]\n") << 2;
}

void TestConfigFile::refuse()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    const auto sections = parseConfigFile(content, QStringLiteral("/h/.aws/config"));
    QVERIFY(!sections);
    QCOMPARE(sections.error().kind, Error::Kind::CredentialsFile);
    QVERIFY2(sections.error().message.startsWith(QStringLiteral("/h/.aws/config:%1: ").arg(line)),
             qPrintable(sections.error().message));
}

void TestConfigFile::agreesWithBotocore()
{
    const QList<QByteArray> pieces{"[a]\n",
                                   "[profile b]\n",
                                   "[ c ]\n",
                                   "[DEFAULT]\n",
                                   "x = 1\n",
                                   "Y: two words\n",
                                   "  indented = 3\n",
                                   "\n",
                                   "# comment\n",
                                   "  ; comment\n",
                                   "s =\n",
                                   "\tw = 5\n",
                                   "z=\r\n",
                                   "    deeper\n",
                                   "q=1 # x\n",
                                   "[d]]\n",
                                   "u = \xe3\x81\x82\n",
                                   "nothing\n",
                                   "   \n",
                                   "k==v\n",
                                   "[e",
                                   "\n[f] x = 2\n"};
    QRandomGenerator random(3);
    QList<QByteArray> files;
    QByteArray input;
    for (int i = 0; i < 1500; ++i) {
        QByteArray file = random.bounded(10) ? "[first]\n" : "";
        for (int j = random.bounded(9); j > 0; --j)
            file += pieces[random.bounded(int(pieces.size()))];
        files.append(file);
        input += file.toBase64() + '\n';
    }
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QLatin1StringView(botocoreReader)});
    python.write(input);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(60'000));
    const QList<QByteArray> answers = python.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(answers.size(), files.size());
    int good = 0;
    for (int i = 0; i < files.size(); ++i) {
        const QJsonObject theirs = QJsonDocument::fromJson(answers[i]).object();
        const auto ours = parseConfigFile(files[i], QStringLiteral("f"));
        QVERIFY2(ours.hasValue() == theirs.contains(QStringLiteral("flat")),
                 (files[i] + "\n" + answers[i]).constData());
        if (!ours)
            continue;
        ++good;
        QStringList expected = theirs.value(QStringLiteral("flat")).toVariant().toStringList();
        expected.sort();
        QVERIFY2(flat(*ours) == expected,
                 (files[i] + "\n" + answers[i] + "\n" + flat(*ours).join(u'|').toUtf8()).constData());
    }
    QVERIFY(good > 200);
}

void TestConfigFile::profiles_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<ProfileUses>("uses");
    QTest::addColumn<bool>("exists");
    const auto row = [](const char *name, const QByteArray &config, const QByteArray &credentials, const char *profile,
                        ProfileUses uses, bool exists = true) {
        QTest::newRow(name) << config << credentials << QString::fromUtf8(profile) << uses << exists;
    };
    constexpr auto keys = "aws_access_key_id=A\naws_secret_access_key=S\n";
    const QByteArray a = QByteArray("[default]\n") + keys;
    row("default in config", a, "", "default", ProfileUses::StaticKeys);
    row("default in credentials", "", a, "default", ProfileUses::StaticKeys);
    row("bare name in config", "[dev]\nregion=r\n", "", "dev", ProfileUses::Nothing, false);
    row("profile NAME", "[profile dev]\nregion=r\n", "", "dev", ProfileUses::Nothing);
    row("quoted name", "[profile \"my team\"]\nregion=r\n", "", "my team", ProfileUses::Nothing);
    row("single quotes", "[profile 'my team']\nregion=r\n", "", "my team", ProfileUses::Nothing);
    row("open quote", "[profile \"my team]\nregion=r\n", "", "my team", ProfileUses::Nothing, false);
    row("two words", "[profile my team]\nregion=r\n", "", "my team", ProfileUses::Nothing, false);
    row("profile default", "[profile default]\nsso_start_url=u\n", "", "default", ProfileUses::Sso);
    row("role", "[profile r]\nrole_arn=a\nsource_profile=default\n", a, "r", ProfileUses::AssumeRole);
    row("web identity", "[profile r]\nrole_arn=a\nweb_identity_token_file=f\n", "", "r", ProfileUses::WebIdentity);
    row("sso", "[profile s]\nsso_session=x\n", "[s]\naws_access_key_id=A\naws_secret_access_key=S\n", "s",
        ProfileUses::Sso);
    row("login", "[profile l]\nlogin_session=x\n", "", "l", ProfileUses::Login);
    row("process", "[profile p]\ncredential_process=x\n", "", "p", ProfileUses::Process);
    row("keys of credentials before a process", "[profile p]\ncredential_process=x\n",
        "[p]\naws_access_key_id=A\naws_secret_access_key=S\n", "p", ProfileUses::StaticKeys);
    row("a process before keys of config",
        "[profile p]\ncredential_process=x\naws_access_key_id=A\naws_secret_access_key=S\n", "", "p",
        ProfileUses::Process);
}

void TestConfigFile::profiles()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, credentials);
    QFETCH(QString, profile);
    QFETCH(ProfileUses, uses);
    QFETCH(bool, exists);
    const AwsConfig merged =
        mergeConfig(*parseConfigFile(config, QStringLiteral("c")), *parseConfigFile(credentials, QStringLiteral("s")));
    const Profile *found = merged.profile(profile);
    QCOMPARE(found != nullptr, exists);
    if (found)
        QCOMPARE(found->uses, uses);
}

void TestConfigFile::credentialsFileWins()
{
    const AwsConfig merged = mergeConfig(*parseConfigFile("[profile a]\nregion=r\nx=1\n", QStringLiteral("c")),
                                         *parseConfigFile("[a]\nx=2\n[b]\ny=1\n", QStringLiteral("s")));
    QCOMPARE(merged.profiles.size(), 2);
    QCOMPARE(merged.profile(QStringLiteral("a"))->section.value(QStringLiteral("x")), QStringLiteral("2"));
    QCOMPARE(merged.profile(QStringLiteral("a"))->section.value(QStringLiteral("region")), QStringLiteral("r"));
    QVERIFY(merged.profile(QStringLiteral("b")));
}

void TestConfigFile::paths()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/home/hana"));
    ConfigPaths paths = ConfigPaths::of(environment);
    QCOMPARE(paths.config, QStringLiteral("/home/hana/.aws/config"));
    QCOMPARE(paths.credentials, QStringLiteral("/home/hana/.aws/credentials"));
    environment.insert(QStringLiteral("AWS_CONFIG_FILE"), QStringLiteral("~/x/${TEAM}/$TEAM-$NONE"));
    environment.insert(QStringLiteral("AWS_SHARED_CREDENTIALS_FILE"), QStringLiteral("/etc/keys"));
    environment.insert(QStringLiteral("TEAM"), QStringLiteral("t1"));
    paths = ConfigPaths::of(environment);
    QCOMPARE(paths.config, QStringLiteral("/home/hana/x/t1/t1-$NONE"));
    QCOMPARE(paths.credentials, QStringLiteral("/etc/keys"));

    const QTemporaryDir folder;
    const QString missing = folder.filePath(QStringLiteral("none"));
    QVERIFY(readConfig({missing, missing}));

    // As botocore, which looks whether there is a file: the other one is read all the same.
    const QString keys = folder.filePath(QStringLiteral("credentials"));
    QFile file(keys);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[x]\naws_access_key_id = A\n") > 0);
    file.close();
    const QString dangling = folder.filePath(QStringLiteral("dangling"));
    QVERIFY(QFile::link(missing, dangling));
    for (const QString &odd : {folder.path(), dangling}) {
        const auto read = readConfig({odd, keys});
        QVERIFY(read && read->profile(QStringLiteral("x")));
        QVERIFY2(namedPlace(odd).startsWith(odd + QStringLiteral(" (a ")), qPrintable(namedPlace(odd)));
    }
    QCOMPARE(namedPlace(keys), keys);
    QCOMPARE(namedPlace(missing), missing);
}

void TestConfigFile::profileByEnvironment()
{
    QProcessEnvironment environment;
    QCOMPARE(profileName({}, environment), QStringLiteral("default"));
    environment.insert(QStringLiteral("AWS_DEFAULT_PROFILE"), QStringLiteral("b"));
    QCOMPARE(profileName({}, environment), QStringLiteral("b"));
    environment.insert(QStringLiteral("AWS_PROFILE"), QStringLiteral("a"));
    QCOMPARE(profileName({}, environment), QStringLiteral("a"));
    QCOMPARE(profileName(QStringLiteral("c"), environment), QStringLiteral("c"));
}

QTEST_GUILESS_MAIN(TestConfigFile)
#include "tst_configfile.moc"
