#include "aws/credentialchain.h"
#include "aws/endpoint.h"
#include "aws/localcode.h"
#include "aws/sources/environmentsource.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/ssotoken.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

#include <map>

#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A pair of files and what they mean. `ours` empty: what botocore says. Where that is another thing, `why` says why.
struct Row
{
    const char *name;
    QByteArray config;
    QByteArray credentials;
    QString profile; ///< empty: nobody named one
    QMap<QString, QString> environment;
    QString ours;
    const char *why = "";
};

const QByteArray absent = "\x01"; // no such file
const QByteArray keysA = "aws_access_key_id = AKIDA\naws_secret_access_key = secretA\n";
const QByteArray keysB = "aws_access_key_id = AKIDB\naws_secret_access_key = secretB\n";

QString noKeys() { return u"none"_s; }

QList<Row> rows()
{
    const QString p = u"p"_s;
    QList<Row> all;
    const auto row = [&all](const char *name, const QByteArray &config, const QByteArray &credentials,
                            const QString &profile = u"p"_s, const QMap<QString, QString> &environment = {},
                            const QString &ours = {}, const char *why = "") {
        all.append({name, config, credentials, profile, environment, ours, why});
    };
    // Which section is a profile.
    row("keys in credentials", absent, "[p]\n" + keysA);
    row("keys in config", "[profile p]\n" + keysA, absent);
    row("without the word profile", "[p]\n" + keysA, absent, p, {}, u"error"_s);
    row("with the word in credentials", absent, "[profile p]\n" + keysA, p, {}, u"error"_s);
    row("both files, other keys", "[profile p]\n" + keysA, "[p]\n" + keysB);
    row("region in config, keys in credentials", "[profile p]\nregion = eu-west-1\n", "[p]\n" + keysB);
    row("region in both", "[profile p]\nregion = eu-west-1\n", "[p]\n" + keysB + "region = ap-south-1\n");
    row("half of the keys in each", "[profile p]\naws_access_key_id = AKIDA\n",
        "[p]\naws_secret_access_key = secretB\n", p, {}, noKeys(),
        "half of the keys is said with its line, which botocore calls an error as well");
    row("an id in credentials, all keys in config", "[profile p]\n" + keysA, "[p]\naws_access_key_id = AKIDB\n", p, {},
        noKeys(), "half of the keys is said with its line, which botocore calls an error as well");
    row("a secret in credentials, all keys in config", "[profile p]\n" + keysA, "[p]\naws_secret_access_key = other\n");
    row("a token in the other file", "[profile p]\n" + keysA + "aws_session_token = tokenA\n", "[p]\n" + keysB);
    row("default", "[default]\n" + keysA, absent, {});
    row("default with the word", "[profile default]\n" + keysA, absent, {});
    row("default twice, by both spellings", "[default]\n" + keysA + "[profile default]\n" + keysB, absent, {}, {},
        u"static AKIDB secretB - region=-"_s);
    row("a quoted name", "[profile \"my team\"]\n" + keysA, absent, u"my team"_s);
    row("single quotes", "[profile 'my team']\n" + keysA, absent, u"my team"_s);
    row("a name of two words without quotes", "[profile my team]\n" + keysA, absent, u"my team"_s, {}, u"error"_s);
    row("spaces around the name", "[  profile   p  ]\n" + keysA, absent, p, {}, u"error"_s);
    row("a tab before the name", "[profile\tp]\n" + keysA, absent);
    row("non-ASCII", "[profile 東京]\n" + keysA + "region = eu-west-1\n", absent, u"東京"_s);
    row("another case", "[profile P]\n" + keysA, absent, p, {}, u"error"_s);
    row("an open quote", "[profile \"p]\n" + keysA + "[profile q]\n" + keysB, absent, u"q"_s);
    row("a bracket in the name", "[profile a]b]\n" + keysA, absent, u"a]b"_s);
    row("text after the bracket", "[profile p] ; mine\n" + keysA, absent);
    // Keys and values.
    row("upper case keys", absent, "[p]\nAWS_ACCESS_KEY_ID = AKIDA\nAws_Secret_Access_Key = secretA\n");
    row("no spaces", absent, "[p]\naws_access_key_id=AKIDA\naws_secret_access_key=secretA\n");
    row("tabs", absent, "[p]\naws_access_key_id\t=\tAKIDA\t\naws_secret_access_key\t=\tsecretA\n");
    row("colons", absent, "[p]\naws_access_key_id: AKIDA\naws_secret_access_key: secretA\n");
    row("a colon in the value", absent, "[p]\naws_access_key_id = AKIDA\naws_secret_access_key = sec:ret=A\n");
    row("percent signs", absent, "[p]\naws_access_key_id = AKIDA\naws_secret_access_key = %(x)s%secret%%A\n");
    row("quotes belong to the value", absent,
        "[p]\naws_access_key_id = \"AKIDA\"\naws_secret_access_key = 'secretA'\n");
    row("a comment is none behind a value", "[profile p]\nregion = eu-west-1 # mine\n", "[p]\n" + keysA);
    row("comments of both kinds", "# a\n; b\n[profile p]\n# c\n" + keysA + "; d\nregion = eu-west-1\n", absent);
    row("an indented comment", "[profile p]\n" + keysA + "  # c\nregion = eu-west-1\n", absent);
    row("blank lines", "\n\n[profile p]\n\n" + keysA + "\n\nregion = eu-west-1\n\n", absent);
    row("CR LF", "[profile p]\r\naws_access_key_id = AKIDA\r\naws_secret_access_key = secretA\r\n", absent);
    row("CR", "[profile p]\raws_access_key_id = AKIDA\raws_secret_access_key = secretA\r", absent);
    row("no end of line", "[profile p]\n" + keysA + "region = eu-west-1", absent);
    row("a byte order mark", "\xef\xbb\xbf[profile p]\n" + keysA, absent, p, {}, u"static AKIDA secretA - region=-"_s,
        "Notepad writes one; botocore stops at it");
    row("a session token", absent, "[p]\n" + keysA + "aws_session_token = tokenA\n");
    row("the older token", absent, "[p]\n" + keysA + "aws_security_token = tokenA\n");
    row("both tokens", absent, "[p]\n" + keysA + "aws_security_token = old\naws_session_token = new\n");
    row("an empty older token", absent, "[p]\n" + keysA + "aws_security_token =\naws_session_token = new\n");
    row("an empty token", absent, "[p]\n" + keysA + "aws_session_token =\n");
    row("a key id alone", absent, "[p]\naws_access_key_id = AKIDA\n", p, {}, u"none"_s,
        "half of the keys is said with its line, which botocore calls an error as well");
    row("a secret alone", absent, "[p]\naws_secret_access_key = secretA\n", p, {}, noKeys());
    row("an empty secret", absent, "[p]\naws_access_key_id = AKIDA\naws_secret_access_key =\n", p, {}, u"error"_s,
        "botocore signs with an empty secret, which the service refuses");
    row("a value over two lines", absent, "[p]\naws_access_key_id = AKIDA\naws_secret_access_key = sec\n  retA\n", p,
        {}, u"error"_s, "botocore makes a secret with a line break in it, which can't be sent");
    row("an indented key", "[profile p]\n" + keysA + "  region = eu-west-1\n", absent, p, {}, u"error"_s,
        "the line belongs to the secret, which can't be sent then; botocore keeps it");
    row("nothing but a header", "[profile p]\n", absent, p, {}, noKeys());
    // What is no file of that kind.
    row("a key twice", absent, "[p]\n" + keysA + "aws_access_key_id = AKIDB\n");
    row("a key twice in two cases", absent, "[p]\n" + keysA + "AWS_ACCESS_KEY_ID = AKIDB\n");
    row("a section twice", absent, "[p]\n" + keysA + "[p]\n" + keysB);
    row("the same in both files is no doubling", "[profile p]\n" + keysA, "[p]\n" + keysA);
    row("a line before the first section", "region = eu-west-1\n[profile p]\n" + keysA, absent);
    row("a line without a separator", "[profile p]\n" + keysA + "nonsense\n", absent);
    row("a value without a key", "[profile p]\n" + keysA + "= x\n", absent);
    row("a bracket without its end", "[profile p\n" + keysA, absent);
    row("bytes that are not UTF-8", "[profile p]\n" + keysA + "x = \xff\n", absent);
    row("a NUL byte", QByteArray("[profile p]\nx = a") + '\0' + "b\n" + keysA, absent, p, {}, u"error"_s,
        "a file with such bytes is damaged, or in UTF-16; botocore makes values of it");
    row("UTF-16", QByteArray("\xff\xfe[\0p\0", 6), absent);
    row("empty files", "", "", p, {}, u"error"_s);
    row("no files", absent, absent, p, {}, u"error"_s);
    row("no files, nobody named a profile", absent, absent, {});
    row("DEFAULT is for all", "[DEFAULT]\nregion = eu-west-1\n[profile p]\n" + keysA, absent);
    row("DEFAULT is overridden", "[DEFAULT]\nregion = eu-west-1\n[profile p]\nregion = us-east-2\n" + keysA, absent);
    row("DEFAULT is no profile", "[DEFAULT]\n" + keysA, absent, u"DEFAULT"_s, {}, u"error"_s);
    // Nesting.
    row("nested services",
        "[profile p]\nservices = s\n" + keysA + "[services s]\nsupport =\n  endpoint_url = https://x\n", absent);
    row("nested s3",
        "[profile p]\n" + keysA
            + "s3 =\n  max_concurrent_requests = 20\n  signature_version = s3v4\nregion = "
              "eu-west-1\n",
        absent);
    row("a nested line without an equals sign", "[profile p]\n" + keysA + "s3 =\n  nonsense\n", absent);
    row("a nested region is none", "[profile p]\n" + keysA + "s3 =\n  region = eu-west-1\n", absent);
    // Ways to keys, and which goes first.
    const QByteArray role = "role_arn = arn:aws:iam::1:role/r\n";
    row("a role", "[profile p]\n" + role + "source_profile = q\n[profile q]\n" + keysA, absent);
    row("a role with all it can have",
        "[profile p]\n" + role
            + "source_profile = q\nexternal_id = e/1\nduration_seconds = 1800\nrole_session_name = n\n[profile q]\n"
            + keysA,
        absent);
    row("a role, its source in credentials", "[profile p]\n" + role + "source_profile = q\n", "[q]\n" + keysA);
    row("a role in credentials", absent, "[p]\n" + role + "source_profile = q\n[q]\n" + keysA);
    row("a role of a role",
        "[profile p]\n" + role
            + "source_profile = q\n[profile q]\nrole_arn = arn:aws:iam::2:role/q\nsource_profile = s\n"
            + "[profile s]\n" + keysA,
        absent);
    row("a role of its own keys", "[profile p]\n" + role + "source_profile = p\n" + keysA, absent);
    row("a role of itself without keys", "[profile p]\n" + role + "source_profile = p\n", absent);
    row("a role beside keys wins", "[profile p]\n" + role + "source_profile = q\n" + keysB + "[profile q]\n" + keysA,
        absent);
    row("a source with keys and a role gives its keys",
        "[profile p]\n" + role
            + "source_profile = q\n[profile q]\nrole_arn = arn:aws:iam::2:role/q\nsource_profile = s\n" + keysA
            + "[profile s]\n" + keysB,
        absent);
    row("a circle", "[profile p]\n" + role + "source_profile = q\n[profile q]\n" + role + "source_profile = p\n",
        absent);
    row("a circle of three",
        "[profile p]\n" + role + "source_profile = q\n[profile q]\n" + role + "source_profile = r\n[profile r]\n" + role
            + "source_profile = q\n",
        absent);
    row("a source that is not there", "[profile p]\n" + role + "source_profile = q\n", absent);
    row("a source without keys", "[profile p]\n" + role + "source_profile = q\n[profile q]\nregion = eu-west-1\n",
        absent, p, {}, noKeys(), "botocore calls it an error; so does this, as a profile without keys");
    row("a source that is a process",
        "[profile p]\n" + role
            + "source_profile = q\n[profile q]\ncredential_process = printf "
              "'{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\"}'\n",
        absent);
    row("a source that is signed in",
        "[profile p]\n" + role
            + "source_profile = q\n[profile q]\nsso_start_url = https://c.example/start\nsso_region = "
              "us-east-1\nsso_account_id = 1\nsso_role_name = R\n",
        absent);
    row("both sources",
        "[profile p]\n" + role + "source_profile = q\ncredential_source = Environment\n[profile q]\n" + keysA, absent);
    row("no source", "[profile p]\n" + role, absent);
    row("no source, but keys", "[profile p]\n" + role + keysA, absent);
    row("of the environment", "[profile p]\n" + role + "credential_source = Environment\n", absent, p,
        {{u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s}, {u"AWS_SECRET_ACCESS_KEY"_s, u"s"_s}});
    row("of the environment, which has none", "[profile p]\n" + role + "credential_source = Environment\n", absent);
    row("of an unknown place", "[profile p]\n" + role + "credential_source = Moon\n", absent);
    row("an MFA device", "[profile p]\n" + role + "source_profile = q\nmfa_serial = m\n[profile q]\n" + keysA, absent,
        p, {}, u"error"_s, "there is nobody here who could be asked; botocore asks on the terminal, later");
    row("a process",
        "[profile p]\ncredential_process = printf "
        "'{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\"}'\n",
        absent);
    row("a process in the home folder", "[profile p]\ncredential_process = ~/keys\n", absent, p, {},
        u"process AKIDP s - region=-"_s,
        "people write it as in a shell; botocore looks for a folder of that name, and finds none");
    row("a process that fails", "[profile p]\ncredential_process = false\n", absent);
    row("a process beside keys in credentials", "[profile p]\ncredential_process = false\n", "[p]\n" + keysA);
    row("a process beside keys in config",
        "[profile p]\n" + keysA
            + "credential_process = printf "
              "'{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\"}'\n",
        absent);
    row("a web identity", "[profile p]\n" + role + "web_identity_token_file = HOME/token\n", absent);
    row("a web identity beside a source",
        "[profile p]\n" + role + "source_profile = q\nweb_identity_token_file = HOME/token\n" + "[profile q]\n" + keysA,
        absent);
    row("a web identity without its file", "[profile p]\n" + role + "web_identity_token_file = HOME/none\n", absent, p,
        {}, u"error"_s, "botocore looks when it asks");
    row("a web identity of the environment", absent, absent, {},
        {{u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"HOME/token"_s}, {u"AWS_ROLE_ARN"_s, u"arn:aws:iam::7:role/w"_s}});
    row("a web identity of the environment beside keys", "[default]\n" + keysA, absent, {},
        {{u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"HOME/token"_s}, {u"AWS_ROLE_ARN"_s, u"arn:aws:iam::7:role/w"_s}});
    row("a web identity of the environment beside a role",
        "[default]\n" + role + "source_profile = q\n[profile q]\n" + keysA, absent, {},
        {{u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"HOME/token"_s}, {u"AWS_ROLE_ARN"_s, u"arn:aws:iam::7:role/w"_s}});
    row("a web identity of the environment and a named profile", "[profile p]\n" + keysA, absent, p,
        {{u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"HOME/token"_s}, {u"AWS_ROLE_ARN"_s, u"arn:aws:iam::7:role/w"_s}});
    row("a web identity of the environment without a role", "[default]\n" + keysA, absent, {},
        {{u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"HOME/token"_s}});
    const QByteArray sso = "sso_account_id = 1\nsso_role_name = A B\n";
    row("signed in, by a start URL",
        "[profile p]\nsso_start_url = https://c.example/start\nsso_region = us-east-1\n" + sso, absent);
    row("signed in, by a session",
        "[profile p]\nsso_session = corp\n" + sso
            + "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://c.example/start\n",
        absent);
    row("signed in beside keys", "[profile p]\nsso_start_url = https://c.example/start\nsso_region = us-east-1\n" + sso,
        "[p]\n" + keysA);
    row("a session and a profile that say the same",
        "[profile p]\nsso_session = corp\nsso_region = us-east-1\n" + sso
            + "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://c.example/start\n",
        absent);
    row("a session in another region than the profile",
        "[profile p]\nsso_session = corp\nsso_region = eu-west-1\n" + sso
            + "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://c.example/start\n",
        absent);
    row("a session with another start URL than the profile",
        "[profile p]\nsso_session = corp\nsso_start_url = https://d.example/start\n" + sso
            + "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://c.example/start\n",
        absent);
    row("a session that is not there", "[profile p]\nsso_session = none\n" + sso, absent);
    row("a start URL without a role", "[profile p]\nsso_start_url = https://c.example/start\nsso_region = us-east-1\n",
        absent, p, {}, noKeys());
    row("aws login", "[profile p]\nlogin_session = arn:aws:iam::1:user/u\n", absent, p, {}, u"error"_s,
        "newer than botocore 1.29 (api-facts.md 15.7): said, with the way on");
    row("aws login beside a process", "[profile p]\nlogin_session = x\ncredential_process = false\n", absent, p, {},
        u"error"_s);
    // The environment.
    const QMap<QString, QString> variables{{u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s},
                                           {u"AWS_SECRET_ACCESS_KEY"_s, u"s"_s}};
    row("variables go first", "[default]\n" + keysA, absent, {}, variables);
    row("a named profile goes before variables", "[profile p]\n" + keysA, absent, p, variables);
    auto chosen = variables;
    chosen.insert(u"AWS_PROFILE"_s, p);
    row("variables go before AWS_PROFILE", "[profile p]\n" + keysA, absent, {}, chosen);
    row("AWS_PROFILE", "[profile p]\n" + keysA, absent, {}, {{u"AWS_PROFILE"_s, p}});
    row("AWS_DEFAULT_PROFILE", "[profile p]\n" + keysA, absent, {}, {{u"AWS_DEFAULT_PROFILE"_s, p}});
    row("both, of which the AWS CLI takes AWS_PROFILE", "[profile p]\n" + keysA + "[profile q]\n" + keysB, absent, {},
        {{u"AWS_DEFAULT_PROFILE"_s, u"q"_s}, {u"AWS_PROFILE"_s, p}}, u"static AKIDA secretA - region=-"_s,
        "botocore 1.29 takes the other one (api-facts.md 15.2)");
    row("AWS_PROFILE names none", "[profile p]\n" + keysA, absent, {}, {{u"AWS_PROFILE"_s, u"q"_s}}, u"error"_s);
    row("half of the variables", "[default]\n" + keysA, absent, {}, {{u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s}});
    auto ending = variables;
    ending.insert(u"AWS_CREDENTIAL_EXPIRATION"_s, u"2099-01-01T00:00:00Z"_s);
    row("an end of the variables' keys", absent, absent, {}, ending);
    ending.insert(u"AWS_CREDENTIAL_EXPIRATION"_s, u"tomorrow, or so"_s);
    row("an end that is no time", absent, absent, {}, ending);
    row("a token in a variable", absent, absent, {},
        {{u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s},
         {u"AWS_SECRET_ACCESS_KEY"_s, u"s"_s},
         {u"AWS_SESSION_TOKEN"_s, u"t"_s}});
    row("the region of a variable", "[profile p]\n" + keysA + "region = eu-west-1\n", absent, p,
        {{u"AWS_DEFAULT_REGION"_s, u"sa-east-1"_s}});
    row("AWS_REGION", "[profile p]\n" + keysA + "region = eu-west-1\n", absent, p, {{u"AWS_REGION"_s, u"sa-east-1"_s}},
        u"static AKIDA secretA - region=sa-east-1"_s, "the AWS CLI takes it, botocore does not (api-facts.md 15.2)");
    row("files elsewhere", absent, absent, p,
        {{u"AWS_CONFIG_FILE"_s, u"~/.aws/other"_s}, {u"AWS_SHARED_CREDENTIALS_FILE"_s, u"$HOME/.aws/none"_s}});
    return all;
}

/// Takes down what would be asked, and answers only what leads on.
class Recorder final : public Transport
{
public:
    explicit Recorder(QString &said) : m_said(said) { }

    Id send(const HttpRequest &request, Callback) override
    {
        if (!m_said.isEmpty())
            return 0;
        if (request.method == "GET") {
            const QUrlQuery query(request.url.query(QUrl::FullyEncoded));
            m_said = u"sso %1 %2"_s.arg(query.queryItemValue(u"role_name"_s, QUrl::FullyEncoded),
                                        query.queryItemValue(u"account_id"_s));
            return 0;
        }
        const QUrlQuery form(QString::fromLatin1(request.body));
        const auto value = [&](const char *name) {
            const QString text = form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
            return text.isEmpty() ? u"-"_s : text;
        };
        if (value("Action") == "AssumeRoleWithWebIdentity"_L1) {
            m_said = u"web "_s + value("RoleArn");
            return 0;
        }
        QByteArray authorization;
        for (const sigv4::Header &header : request.headers)
            authorization = header.name == "Authorization" ? header.value : authorization;
        const QString signer = QString::fromLatin1(sigv4::parseAuthorization(authorization).accessKeyId);
        m_said =
            QStringList{u"role"_s, signer, value("RoleArn"), value("ExternalId"), value("DurationSeconds")}.join(u' ');
        return 0;
    }
    void abort(Id) override { }

private:
    QString &m_said;
};

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s can't be written", qPrintable(path));
}

} // namespace

/// What the two files of ~/.aws mean, compared with what botocore makes of the same ones.
class TestProfilesTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void asBotocore_data();
    void asBotocore();
    void unreadableFiles_data();
    void unreadableFiles();
    void changesAreNoticed();

private:
    QString oursOf(const Row &row, const QString &home) const;

    QTemporaryDir m_folder;
    QList<Row> m_rows = rows();
    QStringList m_homes;
    QStringList m_botocore;
};

void TestProfilesTable::initTestCase()
{
    QVERIFY(m_rows.size() >= 60);
    QByteArray asked;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        const QString home = m_folder.filePath(QString::number(i));
        const QString aws = home + u"/.aws"_s;
        QVERIFY(QDir().mkpath(aws + u"/sso/cache"_s));
        m_homes.append(home);
        for (auto [name, content] :
             {std::pair(u"/config"_s, &row.config), std::pair(u"/credentials"_s, &row.credentials)}) {
            content->replace("HOME", home.toUtf8());
            if (*content != absent)
                write(aws + name, *content);
        }
        for (QString &value : row.environment)
            value.replace(u"HOME/"_s, home + u'/').replace(u'$' + home, u"$HOME"_s);
        write(aws + u"/other"_s, "[profile p]\n" + keysA);
        write(home + u"/token"_s, "web.identity.token");
        write(home + u"/keys"_s,
              "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\"}'\n");
        QFile::setPermissions(home + u"/keys"_s, QFile::ReadOwner | QFile::ExeOwner);
        for (const QString &session : {u"corp"_s, u"https://c.example/start"_s}) {
            write(SsoToken::path(aws + u"/sso/cache"_s, session),
                  R"({"accessToken":"token","expiresAt":"2099-01-01T00:00:00Z","startUrl":"https://c.example/start"})");
        }
        QJsonObject environment;
        for (auto at = row.environment.cbegin(); at != row.environment.cend(); ++at)
            environment.insert(at.key(), at.value());
        asked += QJsonDocument({{u"home"_s, aws},
                                {u"profile"_s, row.profile.isEmpty() ? QJsonValue() : QJsonValue(row.profile)},
                                {u"environment"_s, environment}})
                     .toJson(QJsonDocument::Compact)
            + '\n';
    }
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {QFINDTESTDATA("botocore_profiles.py")});
    QVERIFY2(python.waitForStarted(), "python3-botocore is in packages.txt");
    python.write(asked);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(120'000));
    m_botocore = QString::fromUtf8(python.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(m_botocore.size() == m_rows.size(), python.readAllStandardError().constData());
}

QString TestProfilesTable::oursOf(const Row &row, const QString &home) const
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, home);
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    for (auto at = row.environment.cbegin(); at != row.environment.cend(); ++at)
        environment.insert(at.key(), at.value());
    const ConfigPaths paths = ConfigPaths::of(environment);
    const QString name = profileName(row.profile, environment);

    QString said;
    ProfileKeysSettings settings{.environment = environment};
    settings.transport = [&said] { return std::make_unique<Recorder>(said); };
    settings.webIdentityOfEnvironment = row.profile.isEmpty();
    std::vector<std::unique_ptr<CredentialSource>> sources;
    if (row.profile.isEmpty())
        sources.push_back(std::make_unique<EnvironmentSource>(environment));
    sources.push_back(
        std::make_unique<ProfileSource>(paths, name, !row.profile.isEmpty() || name != u"default", settings));
    CredentialChain chain(std::move(sources));
    QObject context;
    chain.get(&context, [&](const Result<Credentials> &keys) {
        if (!said.isEmpty())
            return;
        if (!keys) {
            const bool isEmpty = keys.error().code == localcode::profileWithoutKeys || keys.error().code.isEmpty();
            said = keys.error().kind == Error::Kind::NoCredentials && isEmpty ? u"none"_s
                                                                              : u"error "_s + keys.error().message;
            return;
        }
        const QString token = keys->sessionToken().isEmpty() ? u"-"_s : QString::fromLatin1(keys->sessionToken());
        const Result<AwsConfig> config = readConfig(paths);
        const Profile *profile = config ? config->profile(name) : nullptr;
        const QString way = keys->source == "environment"_L1   ? u"environment"_s
            : profile && profile->uses == ProfileUses::Process ? u"process"_s
                                                               : u"static"_s;
        said = QStringList{way, QString::fromLatin1(keys->accessKeyId()), QString::fromLatin1(keys->secretAccessKey()),
                           token}
                   .join(u' ');
    });
    if (!QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000))
        return u"nothing"_s;
    if (said.startsWith("error"_L1))
        return said;
    const Result<AwsConfig> config = readConfig(paths);
    if (!config)
        return u"error"_s;
    const QString region = configuredRegion(*config, name, environment).value;
    return said + u" region="_s + (region.isEmpty() ? u"-"_s : region);
}

void TestProfilesTable::asBotocore_data()
{
    QTest::addColumn<int>("index");
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        QTest::newRow(m_rows.at(i).name) << int(i);
}

void TestProfilesTable::asBotocore()
{
    QFETCH(int, index);
    const Row &row = m_rows.at(index);
    const QString ours = oursOf(row, m_homes.at(index));
    const QString botocore = m_botocore.at(index);
    const auto kindOf = [](const QString &said) {
        return said.startsWith("error"_L1) || said.startsWith("none"_L1) ? said.section(u' ', 0, 0) : said;
    };
    const QString expected = row.ours.isEmpty() ? botocore : row.ours;
    QVERIFY2(kindOf(ours) == kindOf(expected),
             qPrintable(u"here: %1\nbotocore: %2\nexpected: %3"_s.arg(ours, botocore, expected)));
    // A difference has its reason in the table, and what has one is a difference.
    if (kindOf(ours) != kindOf(botocore))
        QVERIFY2(*row.why, qPrintable(u"botocore says: "_s + botocore));
}

void TestProfilesTable::unreadableFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::newRow("config") << u"config"_s << QByteArray("[profile p]\nregion = x\nnonsense\n") << 3;
    QTest::newRow("credentials") << u"credentials"_s << QByteArray("[p]\nx = 1\n\nx = 2\n") << 4;
    QTest::newRow("not allowed") << u"credentials"_s << QByteArray("[p]\n" + keysA) << 0;
    QTest::newRow("in the middle of a byte") << u"config"_s << QByteArray("[profile p]\nx = \xe6\x9d\n") << 2;
}

/// The Error names the file, and the line where there is one.
void TestProfilesTable::unreadableFiles()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkpath(u".aws"_s));
    const QString path = home.filePath(u".aws/"_s + file);
    write(path, content);
    if (line == 0) {
        if (::geteuid() == 0)
            QSKIP("root may read all files");
        QVERIFY(QFile::setPermissions(path, {}));
    }
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, home.path());
    const Result<AwsConfig> config = readConfig(ConfigPaths::of(environment));
    QVERIFY(!config);
    QCOMPARE(config.error().kind, Error::Kind::CredentialsFile);
    const QString where = line > 0 ? u"%1:%2"_s.arg(path).arg(line) : path;
    QVERIFY2(config.error().message.contains(where), qPrintable(config.error().message));
    QVERIFY(!config.error().message.contains(u"secretA"_s));
}

/// A file that is written while the program runs counts from then on.
void TestProfilesTable::changesAreNoticed()
{
    QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkpath(u".aws"_s));
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, home.path());
    const QString credentials = home.filePath(u".aws/credentials"_s);
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<ProfileSource>(ConfigPaths::of(environment), u"p"_s, true,
                                                      ProfileKeysSettings{.environment = environment}));
    CredentialChain chain(std::move(sources));
    const auto now = [&] {
        QByteArray said;
        chain.get(this, [&](const Result<Credentials> &keys) {
            said = keys ? keys->accessKeyId() : keys.error().code.toLatin1() + keys.error().message.toUtf8();
        });
        return said;
    };
    QVERIFY(now().startsWith("ProfileNotFound"));
    write(credentials, "[p]\n" + keysA);
    QCOMPARE(now(), "AKIDA"); // nothing was kept
    write(credentials, "[p]\n" + keysB);
    QTRY_COMPARE(now(), "AKIDB");
    write(credentials, "[p]\nnonsense\n");
    QTRY_VERIFY(now().contains(":2"));
    write(home.filePath(u".aws/new"_s), "[p]\n" + keysA);
    QVERIFY(QFile::remove(credentials));
    QVERIFY(QFile::rename(home.filePath(u".aws/new"_s), credentials)); // as editors do
    QTRY_COMPARE(now(), "AKIDA");
    QVERIFY(QFile::remove(credentials));
    QTRY_VERIFY(now().startsWith("ProfileNotFound"));
}

QTEST_GUILESS_MAIN(TestProfilesTable)
#include "tst_profilestable.moc"
