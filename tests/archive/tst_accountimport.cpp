#include "archive/accountimport.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

ListedAccount management()
{
    ListedAccount account;
    account.id = u"base-id"_s;
    account.name = u"Management"_s;
    account.source = ListedAccount::Source::Keychain;
    account.accountNumber = u"111122223333"_s;
    account.region = u"us-east-1"_s;
    return account;
}

Result<QList<ImportCandidate>> csv(const QByteArray &content, bool withBase = true)
{
    return AccountImport::ofCsv(content, u"list.csv"_s, withBase ? management() : ListedAccount());
}

} // namespace

class TestAccountImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTable();
    void spellings_data();
    void spellings();
    void wrongTables_data();
    void wrongTables();
    void profiles();
    void anOrganization();
    void whatIsThereAlready();
    void namesThatAreTaken();
    void roleNames_data();
    void roleNames();
};

void TestAccountImport::aTable()
{
    const auto read = csv("name,profile,role_arn,external_id,region,endpoint_url,color,owner\r\n"
                          "Production,prod,,,eu-west-1,,green,hana\r\n"
                          "\r\n"
                          "\"Ops, \"\"EU\"\"\",,arn:aws:iam::444455556666:role/team/Support,x/1,,,,\r\n"
                          "Local,local,,,,http://127.0.0.1:5000,,\r\n");
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->size(), 3);
    const ListedAccount first = read->at(0).account;
    QCOMPARE(first.name, u"Production"_s);
    QCOMPARE(first.profile, u"prod"_s);
    QCOMPARE(first.source, ListedAccount::Source::Profile);
    QCOMPARE(first.region, u"eu-west-1"_s);
    QCOMPARE(first.color, 2);
    QVERIFY(first.id.isEmpty());
    const ListedAccount role = read->at(1).account;
    QCOMPARE(role.name, u"Ops, \"EU\""_s);
    QCOMPARE(role.source, ListedAccount::Source::Role);
    QCOMPARE(role.base, u"base-id"_s);
    QCOMPARE(role.accountNumber, u"444455556666"_s);
    QCOMPARE(role.externalId, u"x/1"_s);
    QCOMPARE(read->at(2).account.endpointUrl, u"http://127.0.0.1:5000"_s);
}

void TestAccountImport::spellings_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("semicolons") << QByteArray("name;profile\nA;a\n");
    QTest::newRow("tabs") << QByteArray("name\tprofile\nA\ta\n");
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbfname,profile\nA,a\n");
    QTest::newRow("no end of line") << QByteArray("name,profile\nA,a");
    QTest::newRow("CR") << QByteArray("name,profile\rA,a\r");
    QTest::newRow("other order and case") << QByteArray("Profile, NAME \na,A\n");
    QTest::newRow("quotes") << QByteArray("\"name\",\"profile\"\n\"A\",\"a\"\n");
    QTest::newRow("spaces") << QByteArray("name , profile\n  A ,  a  \n");
    QTest::newRow("fewer cells") << QByteArray("name,profile,region\nA,a\n");
    QTest::newRow("words in the column's name") << QByteArray("name,profile,External ID,role-arn\nA,a,,\n");
}

void TestAccountImport::spellings()
{
    QFETCH(QByteArray, content);
    const auto read = csv(content);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->size(), 1);
    QCOMPARE(read->first().account.name, u"A"_s);
    QCOMPARE(read->first().account.profile, u"a"_s);
}

void TestAccountImport::wrongTables_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const QByteArray &content, int line, const char *said) {
        QTest::newRow(name) << content << line << QString::fromUtf8(said);
    };
    row("nothing", "", 1, "is empty");
    row("blank lines", "\n\n", 1, "is empty");
    row("no columns", "Production,prod\n", 1, "It reads: Production, prod");
    row("no name", "profile\nprod\n", 1, "name the columns");
    row("a column twice", "name,profile,Name\n", 1, "name stands here twice");
    row("keys", "name,profile,AWS Secret Access Key\n", 1, "aws_secret_access_key is for keys");
    row("a key id", "name,access_key_id,profile\n", 1, "take it out");
    row("a token", "name,profile,session-token\n", 1, "session_token is for keys");
    row("columns alone", "name,profile\n", 1, "No account follows");
    row("an open quote", "name,profile\nA,a\n\"B,b\nC,c\n", 3, "has no end");
    row("UTF-16", QByteArray("\xff\xfen\0a\0m\0e\0", 10), 1, "UTF-8");
    row("Latin-1", "name,profile\nM\xfcnchen,a\n", 1, "UTF-8");
    row("no keys", "name,profile,role_arn\nA,,\n", 2, "neither");
    row("two ways", "name,profile,role_arn\nA,a,arn:aws:iam::444455556666:role/R\n", 2, "has both");
    row("an empty name", "name,profile\n\nB,b\n,c\n", 4, "no name");
    row("a name twice", "name,profile\nA,a\nB,b\n\"A\",c\n", 4, "line 2");
    row("a name twice in other letters", "name,profile\nProd,a\nPROD,c\n", 3, "line 2");
    row("a long name", "name,profile\n" + QByteArray(101, 'x') + ",a\n", 2, "100");
    row("no role", "name,role_arn\nA,arn:aws:iam::4444:role/R\n", 2, "arn:aws:iam::111122223333:role/Support");
    row("an external id that is none", "name,role_arn,external_id\nA,arn:aws:iam::111122223333:role/x,a b\n", 2,
        "external_id");
    row("an external id of a profile", "name,profile,external_id\nA,a,x\n", 2, "only a role_arn");
    row("no region", "name,profile,region\nA,a,not a region\n", 2, "us-east-1");
    row("no endpoint", "name,profile,endpoint_url\nA,a,http://example.com\n", 2, "https://");
    row("no color", "name,profile,color\nA,a,mauve\n", 2, "blue, orange");
    row("too many cells", "name,profile\nA,a,b\n", 2, "quotation marks");
    row("after a line break in a cell", "name,profile\n\"A\nB\",a\nC,\n", 4, "neither");
}

void TestAccountImport::wrongTables()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QFETCH(QString, said);
    const auto read = csv(content);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Invalid);
    const QString message = read.error().message;
    QVERIFY2(message.startsWith(u"list.csv:%1: "_s.arg(line)), qPrintable(message));
    QVERIFY2(message.contains(said), qPrintable(message));

    const auto withoutBase = csv("name,role_arn\nA,arn:aws:iam::444455556666:role/R\n", false);
    QVERIFY(!withoutBase && withoutBase.error().message.contains(u"whose keys"_s));
}

void TestAccountImport::profiles()
{
    const auto sections = parseConfigFile(
        "[default]\nregion=eu-west-1\n[profile a]\naws_access_key_id=A\naws_secret_access_key=s\n[profile "
        "b]\nlogin_session=x\n",
        u"config"_s);
    QVERIFY(sections);
    const QList<ImportCandidate> candidates = AccountImport::ofProfiles(mergeConfig(*sections, {}));
    QCOMPARE(candidates.size(), 3);
    QVERIFY(!candidates.at(0).isPossible());
    QVERIFY(candidates.at(1).isUsual());
    QCOMPARE(candidates.at(1).account.profile, u"a"_s);
    QVERIFY(!candidates.at(2).isPossible());
}

void TestAccountImport::anOrganization()
{
    const QList<OrganizationAccount> accounts{
        {u"111122223333"_s, u"Management"_s, {}, u"arn:aws:organizations::111122223333:account/o-x/111122223333"_s},
        {u"444455556666"_s, u"Prod"_s, {}, u"arn:aws-cn:organizations::1:account/o-x/2"_s},
        {u"777788889999"_s, {}, {}, {}, true}};
    QList<ImportCandidate> candidates =
        AccountImport::ofOrganization(accounts, management(), u"team/Support"_s, u"e-1"_s);
    QCOMPARE(candidates.size(), 3);
    QCOMPARE(candidates.at(1).account.roleArn, u"arn:aws-cn:iam::444455556666:role/team/Support"_s);
    QCOMPARE(candidates.at(1).account.externalId, u"e-1"_s);
    QCOMPARE(candidates.at(1).account.base, u"base-id"_s);
    QCOMPARE(candidates.at(2).account.name, u"777788889999"_s);
    QVERIFY(candidates.at(2).isPossible() && !candidates.at(2).isUsual());
    candidates = AccountImport::compared(candidates, {management()});
    QCOMPARE(candidates.at(0).note, ImportCandidate::Note::Listed); // its keys are there already
    QCOMPARE(candidates.at(0).detail, u"Management"_s);
    QVERIFY(candidates.at(1).isUsual());
    QCOMPARE(candidates.at(2).note, ImportCandidate::Note::Suspended);
}

void TestAccountImport::whatIsThereAlready()
{
    ListedAccount profile;
    profile.name = u"Live"_s;
    profile.source = ListedAccount::Source::Profile;
    profile.profile = u"prod"_s;
    ListedAccount role = management();
    role.name = u"Ops"_s;
    role.source = ListedAccount::Source::Role;
    role.roleArn = u"arn:aws:iam::444455556666:role/R"_s;
    role.accountNumber.clear();
    const auto read = csv("name,profile,role_arn,endpoint_url\nA,prod,,\nB,prod,,http://127.0.0.1:5000\n"
                          "C,,arn:aws:iam::444455556666:role/R,\nD,dev,,\n");
    QVERIFY(read);
    const QList<ImportCandidate> candidates = AccountImport::compared(*read, {profile, role});
    QCOMPARE(candidates.at(0).detail, u"Live"_s);
    QVERIFY(!candidates.at(0).isPossible());
    QVERIFY(candidates.at(1).isUsual()); // the same profile elsewhere is another account
    QCOMPARE(candidates.at(2).detail, u"Ops"_s);
    QVERIFY(candidates.at(3).isUsual());
}

void TestAccountImport::namesThatAreTaken()
{
    ListedAccount other = management();
    other.name = u"prod"_s;
    const QList<OrganizationAccount> accounts{{u"444455556666"_s, u"Prod"_s, {}, {}},
                                              {u"777788889999"_s, u"Prod"_s, {}, {}},
                                              {u"777788889990"_s, QString(100, u'x'), {}, {}},
                                              {u"777788889991"_s, QString(100, u'X'), {}, {}}};
    const QList<ImportCandidate> candidates =
        AccountImport::compared(AccountImport::ofOrganization(accounts, management(), u"R"_s, {}), {other});
    QCOMPARE(candidates.at(0).account.name, u"Prod (444455556666)"_s);
    QCOMPARE(candidates.at(0).note, ImportCandidate::Note::Renamed);
    QCOMPARE(candidates.at(1).account.name, u"Prod (777788889999)"_s);
    QCOMPARE(candidates.at(3).account.name.size(), 100);
    QVERIFY(candidates.at(3).account.name.endsWith(u" (777788889991)"_s));
}

void TestAccountImport::roleNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("good");
    QTest::newRow("usual") << u"OrganizationAccountAccessRole"_s << true;
    QTest::newRow("with a path") << u"team/eu/Support"_s << true;
    QTest::newRow("signs") << u"a+=,.@_-"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("a space") << u"a b"_s << false;
    QTest::newRow("an ARN") << u"arn:aws:iam::1:role/x"_s << false;
    QTest::newRow("65 characters") << QString(65, u'x') << false;
    QTest::newRow("a slash at the end") << u"team/"_s << false;
}

void TestAccountImport::roleNames()
{
    QFETCH(QString, name);
    QFETCH(bool, good);
    QCOMPARE(AccountImport::whyNoRoleName(name).isEmpty(), good);
}

QTEST_GUILESS_MAIN(TestAccountImport)
#include "tst_accountimport.moc"
