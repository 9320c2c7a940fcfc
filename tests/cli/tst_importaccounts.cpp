#include "cliprocess.h"
#include "demoservice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

DemoServiceOptions anOrganization()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.data.accounts = 45;
    options.data.cases = 90;
    return options;
}

} // namespace

/// `casement-cli accounts import`, over real HTTP and into a real file.
class TestImportAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void profiles();
    void aTable();
    void wrongTables();
    void anOrganizationsAccounts();
    void whatIsRefused_data();
    void whatIsRefused();

private:
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_cli->home.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s can't be written", qPrintable(name));
    }
    QJsonArray listed() const
    {
        const test::CliRun run = m_cli->run({u"accounts"_s, u"list"_s, u"--format"_s, u"json"_s});
        const QJsonDocument document = QJsonDocument::fromJson(run.out);
        return document.isArray() ? document.array() : document.object().value("accounts"_L1).toArray();
    }

    std::unique_ptr<test::Cli> m_cli;
};

void TestImportAccounts::init()
{
    m_cli = std::make_unique<test::Cli>();
    m_cli->environment.remove(u"AWS_ACCESS_KEY_ID"_s);
    m_cli->environment.remove(u"AWS_SECRET_ACCESS_KEY"_s);
    QDir(m_cli->home.path()).mkpath(u".aws"_s);
    write(u".aws/config"_s,
          "[profile a]\naws_access_key_id=AKIDA\naws_secret_access_key=secretOfTests\n[profile b]\n"
          "credential_process=false\n[profile settings]\nregion=eu-west-1\n");
}

void TestImportAccounts::profiles()
{
    const test::CliRun rehearsal = m_cli->run({u"accounts"_s, u"import"_s, u"--profiles"_s, u"--dry-run"_s});
    QVERIFY2(rehearsal.status == 0, rehearsal.err.constData());
    QVERIFY(rehearsal.err.contains("2 accounts would be added"));
    QVERIFY(listed().isEmpty());
    const test::CliRun run = m_cli->run({u"accounts"_s, u"import"_s, u"--profiles"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(run.out.contains("settings"));
    QVERIFY(run.err.contains("2 accounts added"));
    QCOMPARE(listed().size(), 2);
    const test::CliRun again = m_cli->run({u"accounts"_s, u"import"_s, u"--profiles"_s});
    QCOMPARE(again.status, 0);
    QVERIFY(again.err.contains("0 accounts added"));
    QCOMPARE(listed().size(), 2);
}

void TestImportAccounts::aTable()
{
    write(u"list.csv"_s,
          "name,profile,role_arn,external_id,color\nProduction,a,,,green\n"
          "\"Ops, EU\",,arn:aws:iam::444455556666:role/Support,x-1,\n");
    const QString path = m_cli->home.filePath(u"list.csv"_s);
    QCOMPARE(m_cli->run({u"accounts"_s, u"add"_s, u"--name"_s, u"Base"_s, u"--profile"_s, u"b"_s}).status, 0);
    const test::CliRun run = m_cli->run({u"accounts"_s, u"import"_s, u"--csv"_s, path, u"--base"_s, u"Base"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(listed().size(), 3);
    QVERIFY(QJsonDocument(listed()).toJson().contains("arn:aws:iam::444455556666:role/Support"));
}

void TestImportAccounts::wrongTables()
{
    write(u"list.csv"_s, "name,profile\nProduction,a\nStaging,\n");
    const QString path = m_cli->home.filePath(u"list.csv"_s);
    test::CliRun run = m_cli->run({u"accounts"_s, u"import"_s, u"--csv"_s, path});
    QCOMPARE(run.status, 2);
    QVERIFY2(run.err.contains("list.csv:3: \"Staging\" has neither"), run.err.constData());
    QVERIFY2(run.err.contains("Nothing was added."), run.err.constData());
    QVERIFY(listed().isEmpty()); // all or none
    // What the list would refuse is refused by a rehearsal, too, and named.
    for (const QByteArray &wrong : {QByteArray("name,profile\nProduction,a\nStag\xE2\x80\x8Eing,c\n"),
                                    QByteArray("name,role_arn,external_id\nProduction,"
                                               "arn:aws:iam::111122223333:role/a,fine\nStaging,"
                                               "arn:aws:iam::444455556666:role/a,not fine\n")}) {
        write(u"list.csv"_s, wrong);
        if (listed().isEmpty())
            QCOMPARE(m_cli->run({u"accounts"_s, u"add"_s, u"--name"_s, u"Base"_s, u"--profile"_s, u"b"_s}).status, 0);
        QStringList arguments{u"accounts"_s, u"import"_s, u"--csv"_s, path, u"--base"_s, u"Base"_s, u"--dry-run"_s};
        const test::CliRun rehearsal = m_cli->run(arguments);
        arguments.removeLast();
        run = m_cli->run(arguments);
        QVERIFY2(rehearsal.status != 0 && rehearsal.status == run.status, rehearsal.err.constData());
        QCOMPARE(rehearsal.err, run.err);
        QVERIFY2(run.err.contains("ing"), run.err.constData()); // Staging
        QCOMPARE(listed().size(), 1);
    }
    for (const QString &none : {m_cli->home.filePath(u"none.csv"_s), m_cli->home.path()}) {
        run = m_cli->run({u"accounts"_s, u"import"_s, u"--csv"_s, none});
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains(none.toUtf8()), run.err.constData());
    }
}

void TestImportAccounts::anOrganizationsAccounts()
{
    test::DemoFixture demo(anOrganization());
    write(u".aws/config"_s,
          "[profile base]\naws_access_key_id=" + demo.account().accessKeyId.toUtf8()
              + "\naws_secret_access_key=" + demo.account().secretAccessKey.toUtf8() + '\n');
    for (const QString &service : {u"ORGANIZATIONS"_s, u"STS"_s, u"SUPPORT"_s})
        m_cli->environment.insert(u"AWS_ENDPOINT_URL_"_s + service, demo.endpoint());
    QCOMPARE(m_cli->run({u"accounts"_s, u"add"_s, u"--name"_s, u"Base"_s, u"--profile"_s, u"base"_s}).status, 0);
    const QStringList arguments{u"accounts"_s, u"import"_s, u"--organization"_s, u"--base"_s,
                                u"Base"_s,     u"--role"_s, u"team/Support"_s};
    const test::CliRun run = m_cli->run(arguments);
    QVERIFY2(run.status == 0, run.err.constData());
    const auto here = std::count_if(demo.accounts().cbegin(), demo.accounts().cend(),
                                    [](const DemoAccountInfo &account) { return account.partition == u"aws"; });
    QCOMPARE(listed().size(), here + 1);

    // And its roles lead to cases.
    const test::CliRun tested = m_cli->run({u"accounts"_s, u"test"_s, demo.account(2).name});
    QVERIFY2(tested.status == 0, tested.err.constData());
    QVERIFY2(tested.out.contains(demo.account(2).accountId.toUtf8()), tested.out.constData());

    demo.setFaults(u"deny:ListAccounts"_s);
    const test::CliRun denied = m_cli->run(arguments);
    QCOMPARE(denied.status, 1);
    QVERIFY2(denied.err.contains("AccessDenied"), denied.err.constData());
}

void TestImportAccounts::whatIsRefused_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("nothing") << QStringList() << QByteArray("one of --profiles");
    QTest::newRow("two ways") << QStringList{u"--profiles"_s, u"--organization"_s} << QByteArray("one of --profiles");
    QTest::newRow("no base") << QStringList{u"--organization"_s, u"--role"_s, u"R"_s} << QByteArray("--base NAME");
    QTest::newRow("no role") << QStringList{u"--organization"_s, u"--base"_s, u"B"_s} << QByteArray("--role ROLE");
    QTest::newRow("a base that is not there")
        << QStringList{u"--organization"_s, u"--base"_s, u"B"_s, u"--role"_s, u"R"_s} << QByteArray("\"B\"");
    QTest::newRow("a base of profiles") << QStringList{u"--profiles"_s, u"--base"_s, u"B"_s}
                                        << QByteArray("profiles have keys");
    QTest::newRow("a role of profiles") << QStringList{u"--profiles"_s, u"--role"_s, u"R"_s}
                                        << QByteArray("for --organization");
    QTest::newRow("an option of others") << QStringList{u"--profiles"_s, u"--name"_s, u"R"_s} << QByteArray("--name");
}

void TestImportAccounts::whatIsRefused()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, said);
    const test::CliRun run = m_cli->run(QStringList{u"accounts"_s, u"import"_s} + options);
    QCOMPARE(run.status, 2);
    QVERIFY2(run.err.contains(said), run.err.constData());
    QVERIFY(run.out.isEmpty());
}

QTEST_GUILESS_MAIN(TestImportAccounts)
#include "tst_importaccounts.moc"
