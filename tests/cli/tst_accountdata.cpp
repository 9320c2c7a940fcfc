#include "accountsworld.h"

#include <QHash>
#include <QSettings>

using namespace casement;
using namespace casement::test;

/// What the archive holds of accounts that the list does not have, and keys that are replaced.
class TestAccountData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_demo = std::make_unique<DemoFixture>(); }
    void whatOnlyTheArchiveKnowsIsListedAndDeleted();
    void theWindowRemembersNothingOfIt();
    void anOlderServiceLeavesItOpen();
    void sameNamesAreToldApart();
    void keysAreReplaced();
    void keysThatAreNotReplaced();
    void keysOfAnotherAccountAreRefused();
    void aProfileThatLeadsElsewhereIsNotAsked();
    void anEndpointThatVanishesIsNotLeft();
    void aProfileWhoseEndpointVanishesIsNotFollowed();
    void whatItHadAtAnEarlierAddressGoesToo();
    void manyUsersOfKeysAreCounted();
    void anAccountOfTheListAsksHoweverItIsReached();

private:
    QJsonArray unlisted(Desktop &desktop) const
    {
        const CliRun run = desktop.run({u"accounts"_s, u"list"_s, u"--unlisted"_s, u"--format"_s, u"json"_s});
        return QJsonDocument::fromJson(run.out).array();
    }

    /// Keys of the demo in a profile that leads to AWS, which hears nothing of it.
    QByteArray profileWithoutEndpoint(Desktop &desktop) const
    {
        desktop.world.environment.insert(u"HTTPS_PROXY"_s, u"http://127.0.0.1:1"_s);
        const DemoAccountInfo &account = m_demo->account();
        return "[profile prod]\naws_access_key_id = " + account.accessKeyId.toUtf8() + "\naws_secret_access_key = "
            + account.secretAccessKey.toUtf8() + "\nregion = " + account.region.toUtf8() + '\n';
    }

    std::unique_ptr<DemoFixture> m_demo;
};

void TestAccountData::whatOnlyTheArchiveKnowsIsListedAndDeleted()
{
    Desktop desktop(*m_demo);
    QVERIFY(unlisted(desktop).isEmpty()); // there is no archive, and none comes of looking
    QVERIFY(!QFileInfo::exists(desktop.archiveFile()));
    QCOMPARE(desktop.add(u"gone"_s, 0).status, 0);
    QCOMPARE(desktop.add(u"stays"_s, 2).status, 0);
    QCOMPARE(desktop.run({u"sync"_s, u"--all-accounts"_s}).status, 0);
    QVERIFY(unlisted(desktop).isEmpty());
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s, u"--keep-data"_s}).status, 0);
    const QJsonArray left = unlisted(desktop);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0]["name"_L1].toString(), u"gone"_s);
    QVERIFY(left[0]["cases"_L1].toInt() > 3 && !left[0]["key"_L1].toString().isEmpty());
    const CliRun list = desktop.run({u"accounts"_s, u"list"_s});
    QVERIFY2(list.err.contains("data of 1 account that is not in the list"), list.err.constData());
    const CliRun table = desktop.run({u"accounts"_s, u"list"_s, u"--unlisted"_s});
    QVERIFY2(table.out.contains("gone") && !table.out.contains("stays"), table.out.constData());
    const CliRun csv = desktop.run({u"accounts"_s, u"list"_s, u"--unlisted"_s, u"--format"_s, u"csv"_s});
    QVERIFY2(csv.out.startsWith("name,key,cases,drafts,files,fileBytes,lastSync\r\ngone,"), csv.out.constData());
    QVERIFY2(csv.out.trimmed().endsWith(left[0]["lastSync"_L1].toString().toUtf8()), csv.out.constData());

    const CliRun unsaid = desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s});
    QCOMPARE(unsaid.status, 2);
    const CliRun kept = desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s, u"--keep-data"_s});
    QVERIFY2(kept.status == 0 && kept.err.contains("its data stays"), kept.err.constData());
    QCOMPARE(unlisted(desktop).size(), 1);
    const CliRun deleted = desktop.run({u"accounts"_s, u"remove"_s, u"GONE"_s, u"--delete-data"_s});
    QVERIFY2(deleted.status == 0 && deleted.out.contains("The data of gone was deleted"), deleted.err.constData());
    QVERIFY(unlisted(desktop).isEmpty());
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s, u"--delete-data"_s}).status, 2);
    QCOMPARE(desktop.names(), QStringList{u"stays"_s});
}

void TestAccountData::theWindowRemembersNothingOfIt()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"gone"_s, 0).status, 0);
    QCOMPARE(desktop.run({u"sync"_s, u"--all-accounts"_s}).status, 0);
    const QString path = desktop.world.path("config") + u"/casement/casement.ini"_s;
    const auto open = [&] { return std::make_unique<QSettings>(path, QSettings::IniFormat); };
    {
        const auto settings = open();
        settings->setValue(u"cases/recent"_s, u"1 case-a\n2 case-b\n11 case-c"_s);
        settings->setValue(u"cases/lastCases"_s,
                           u"[[\"0//\",1,\"case-a\"],[\"0/1/\",2,\"case-b\"],[\"0//x\",2,\"case-b\"]]"_s);
        settings->setValue(u"cases/selectedAccount"_s, 1);
        settings->setValue(u"cases/selectedCase"_s, u"case-a"_s);
        settings->setValue(u"theme"_s, u"dark"_s);
    }
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"gone"_s, u"--delete-data"_s}).status, 0);
    const auto settings = open();
    QCOMPARE(settings->value(u"cases/recent"_s).toString(), u"2 case-b\n11 case-c"_s);
    QCOMPARE(settings->value(u"cases/lastCases"_s).toString(), u"[[\"0//x\",2,\"case-b\"]]"_s);
    QCOMPARE(settings->value(u"cases/selectedAccount"_s).toString(), QString());
    QCOMPARE(settings->value(u"cases/selectedCase"_s).toString(), QString());
    QCOMPARE(settings->value(u"theme"_s).toString(), u"dark"_s);
}

void TestAccountData::anOlderServiceLeavesItOpen()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.oldApi = true;
    DemoFixture old(options);
    Desktop desktop(old);
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    const CliRun run = desktop.run({u"accounts"_s, u"test"_s, u"a"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("could not be found out") && !run.err.contains("but not all"), run.err.constData());
}

void TestAccountData::sameNamesAreToldApart()
{
    Desktop desktop(*m_demo);
    for (const int account : {0, 2}) {
        QCOMPARE(desktop.add(u"twin"_s, account).status, 0);
        QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"twin"_s}).status, 0);
        QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, u"twin"_s, u"--keep-data"_s}).status, 0);
    }
    const QJsonArray both = unlisted(desktop);
    QCOMPARE(both.size(), 2);
    const QString key = both[1]["key"_L1].toString();
    const CliRun unclear = desktop.run({u"accounts"_s, u"remove"_s, u"twin"_s, u"--delete-data"_s});
    QVERIFY2(unclear.status == 2 && unclear.err.contains(key.toUtf8()), unclear.err.constData());
    QCOMPARE(desktop.run({u"accounts"_s, u"remove"_s, key, u"--delete-data"_s}).status, 0);
    QCOMPARE(unlisted(desktop).size(), 1);
    QVERIFY(unlisted(desktop)[0]["key"_L1].toString() != key);
}

void TestAccountData::keysAreReplaced()
{
    Desktop desktop(*m_demo);
    const QByteArray wrong = m_demo->account().accessKeyId.toUtf8() + "\nwrongSecretOfATest\n";
    QCOMPARE(desktop.run(desktop.addArguments(u"a"_s, 0), wrong).status, 0);
    QCOMPARE(desktop.run({u"accounts"_s, u"test"_s, u"a"_s}).status, 1);
    const QString id = desktop.list()[0]["id"_L1].toString();
    const CliRun given =
        desktop.run({u"accounts"_s, u"key"_s, u"a"_s, u"--access-key-stdin"_s}, keyLines(m_demo->account()));
    QVERIFY2(given.status == 0 && given.out.contains("has other keys now"), given.err.constData());
    const CliRun tested = desktop.run({u"accounts"_s, u"test"_s, u"a"_s});
    QVERIFY2(tested.status == 0, tested.err.constData());
    QCOMPARE(desktop.list()[0]["id"_L1].toString(), id);
    QFile list(desktop.listFile()); // so that a window that is open hears of it
    QVERIFY(list.open(QIODevice::ReadOnly) && list.readAll().contains("\"keysGiven\": 1"));
    QCOMPARE(desktop.world.entries(), 1);
    QCOMPARE(desktop.placeOfASecret(), QString());
}

void TestAccountData::keysThatAreNotReplaced()
{
    Desktop desktop(*m_demo);
    put(desktop.world.path("home") + u"/.aws/config"_s,
        "[profile p]\naws_access_key_id=AKIDA\naws_secret_access_key=x\n");
    desktop.world.environment.insert(u"AWS_CONFIG_FILE"_s, desktop.world.path("home") + u"/.aws/config"_s);
    QCOMPARE(desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"p"_s, u"--profile"_s, u"p"_s}).status, 0);
    const CliRun elsewhere =
        desktop.run({u"accounts"_s, u"key"_s, u"p"_s, u"--access-key-stdin"_s}, keyLines(m_demo->account()));
    QVERIFY2(elsewhere.status == 2 && elsewhere.err.contains("profile p"), elsewhere.err.constData());
    // Keys of AWS tell their account: those of 581039954779 and of another one.
    const QByteArray own = "AKIASP2TPHJSQH3FJRUX\nsecretOfATestThatIsNone\n";
    const QByteArray other = "AKIAQYLPMN5HFIQR7XYA\nsecretOfATestThatIsNone\n";
    QCOMPARE(desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"k"_s, u"--access-key-stdin"_s}, own).status, 0);
    const CliRun usage = desktop.run({u"accounts"_s, u"key"_s, u"k"_s});
    QVERIFY2(usage.status == 2 && usage.err.contains("--access-key-stdin"), usage.err.constData());
    QCOMPARE(desktop.run({u"accounts"_s, u"key"_s, u"nobody"_s, u"--access-key-stdin"_s}, own).status, 2);
    const CliRun refused = desktop.run({u"accounts"_s, u"key"_s, u"k"_s, u"--access-key-stdin"_s}, other);
    QVERIFY2(refused.status == 2 && refused.err.contains("belong to account"), refused.err.constData());
}

void TestAccountData::keysOfAnotherAccountAreRefused()
{
    Desktop desktop(*m_demo);
    desktop.world.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, m_demo->endpoint());
    QCOMPARE(desktop.add(u"a"_s, 0).status, 0);
    QCOMPARE(desktop.list()[0]["accountNumber"_L1].toString(), QString());
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"a"_s}).status, 0); // and it is known whose keys they are
    QCOMPARE(desktop.list()[0]["accountNumber"_L1].toString(), m_demo->account(0).accountId);
    const CliRun refused =
        desktop.run({u"accounts"_s, u"key"_s, u"a"_s, u"--access-key-stdin"_s}, keyLines(m_demo->account(2)));
    QVERIFY2(refused.status == 2 && refused.err.contains("Nothing was changed"), refused.err.constData());
    QVERIFY2(refused.err.contains(m_demo->account(2).accountId.toUtf8()), refused.err.constData());
    const CliRun synced = desktop.run({u"sync"_s, u"--account"_s, u"a"_s}); // with the keys that it had
    QVERIFY2(synced.status == 0, synced.err.constData());
    QCOMPARE(
        desktop.run({u"accounts"_s, u"key"_s, u"a"_s, u"--access-key-stdin"_s}, keyLines(m_demo->account(0))).status,
        0);
    // The same account by other keys of it is told of, once that is known.
    put(desktop.world.path("home") + u"/config"_s,
        "[profile p]\naws_access_key_id=" + m_demo->account(0).accessKeyId.toUtf8()
            + "\naws_secret_access_key=" + m_demo->account(0).secretAccessKey.toUtf8() + '\n');
    desktop.world.environment.insert(u"AWS_CONFIG_FILE"_s, desktop.world.path("home") + u"/config"_s);
    QCOMPARE(desktop
                 .run({u"accounts"_s, u"add"_s, u"--name"_s, u"twin"_s, u"--profile"_s, u"p"_s, u"--endpoint-url"_s,
                       m_demo->endpoint(), u"--region"_s, m_demo->account(0).region})
                 .status,
             0);
    const CliRun twin = desktop.run({u"accounts"_s, u"test"_s, u"twin"_s});
    QVERIFY2(twin.status == 0 && twin.err.contains("in the list as \"a\""), twin.err.constData());
}

void TestAccountData::aProfileThatLeadsElsewhereIsNotAsked()
{
    Desktop desktop(*m_demo);
    const QString config = desktop.world.path("home") + u"/config"_s;
    desktop.world.environment.insert(u"AWS_CONFIG_FILE"_s, config);
    desktop.world.environment.insert(u"AWS_ENDPOINT_URL_STS"_s, m_demo->endpoint());
    const auto lead = [&](int account) {
        put(config,
            "[profile p]\naws_access_key_id=" + m_demo->account(account).accessKeyId.toUtf8()
                + "\naws_secret_access_key=" + m_demo->account(account).secretAccessKey.toUtf8() + '\n');
    };
    lead(0);
    QCOMPARE(desktop
                 .run({u"accounts"_s, u"add"_s, u"--name"_s, u"p"_s, u"--profile"_s, u"p"_s, u"--endpoint-url"_s,
                       m_demo->endpoint(), u"--region"_s, m_demo->account(0).region})
                 .status,
             0);
    const QStringList sync{u"sync"_s, u"--all-accounts"_s};
    const QStringList cases{u"cases"_s, u"--account"_s, u"p"_s, u"--format"_s, u"csv"_s};
    QCOMPARE(desktop.run(sync).status, 0);
    const QByteArray before = desktop.run(cases).out;
    QVERIFY(before.count('\n') > 3);
    lead(2);
    for (const QStringList &arguments :
         {sync, QStringList{u"sync"_s, u"--account"_s, u"p"_s}, QStringList{u"accounts"_s, u"test"_s, u"p"_s}}) {
        const CliRun refused = desktop.run(arguments);
        QVERIFY2(refused.status == 1
                     && refused.err.contains("leads to account " + m_demo->account(2).accountId.toUtf8()),
                 refused.err.constData());
    }
    QCOMPARE(desktop.run(cases).out, before);
    lead(0);
    QCOMPARE(desktop.run(sync).status, 0);
}

void TestAccountData::anEndpointThatVanishesIsNotLeft()
{
    Desktop desktop(*m_demo);
    const QByteArray profile = profileWithoutEndpoint(desktop);
    const QString config = desktop.world.path("home") + u"/.aws/config"_s;
    const QByteArray endpoint = "endpoint_url = " + m_demo->endpoint().toUtf8() + '\n';
    put(config, profile + endpoint);
    QCOMPARE(desktop.run({u"accounts"_s, u"add"_s, u"--name"_s, u"P"_s, u"--profile"_s, u"prod"_s}).status, 0);
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"P"_s}).status, 0);
    put(config, profile);
    const QString resolve = u"{\"caseId\":\"case-1\"}"_s;
    for (const QStringList &command :
         {QStringList{u"sync"_s, u"--account"_s, u"P"_s}, QStringList{u"sync"_s, u"--all-accounts"_s},
          QStringList{u"reply"_s, u"case-1"_s, u"--body"_s, u"text"_s, u"--account"_s, u"P"_s},
          QStringList{u"advisor"_s, u"refresh"_s, u"--all-checks"_s, u"--account"_s, u"P"_s},
          QStringList{u"call"_s, u"ResolveCase"_s, u"--input"_s, resolve, u"--account"_s, u"P"_s}}) {
        const CliRun run = desktop.run(command);
        QVERIFY2(run.status == 1 && run.err.contains("named an endpoint for \"P\" and name it no more"),
                 (command.join(u' ').toUtf8() + ": " + run.err).constData());
    }
    // What is here already can be read all the same.
    const auto read = [&](const QStringList &command) {
        const CliRun run = desktop.run(command);
        QVERIFY2(run.status == 0 && run.err.contains("P is held since 20") && run.err.contains("as of 20")
                     && run.err.contains("accounts trust"),
                 (command.join(u' ').toUtf8() + ": " + run.err).constData());
        QVERIFY(run.out.size() > 50);
    };
    read({u"cases"_s, u"--account"_s, u"P"_s, u"--all"_s});
    read({u"search"_s, u"the"_s, u"--account"_s, u"P"_s});
    // The person says that AWS itself is meant.
    const CliRun trusted = desktop.run({u"accounts"_s, u"trust"_s, u"P"_s});
    QVERIFY2(trusted.status == 0 && trusted.out.contains("at AWS"), (trusted.out + trusted.err).constData());
    const CliRun followed = desktop.run({u"cases"_s, u"--account"_s, u"P"_s});
    QVERIFY2(!followed.err.contains("is held"), followed.err.constData());
    put(config, profile + endpoint);
    const CliRun back = desktop.run({u"sync"_s, u"--account"_s, u"P"_s});
    QVERIFY2(back.status == 0 && back.err.contains("and led to AWS before"), back.err.constData());
    const CliRun again = desktop.run({u"cases"_s, u"--account"_s, u"P"_s});
    QVERIFY2(again.status == 0 && !again.err.contains("held since") && !again.err.contains("led to"),
             again.err.constData());
}

/// The same of a profile that is in no list: what is known of it is where it led when it was used here.
void TestAccountData::aProfileWhoseEndpointVanishesIsNotFollowed()
{
    Desktop desktop(*m_demo);
    const QByteArray profile = profileWithoutEndpoint(desktop);
    const QString config = desktop.world.path("home") + u"/.aws/config"_s;
    const auto run = [&](const QStringList &command) {
        return desktop.run(command + QStringList{u"--profile"_s, u"prod"_s});
    };
    // An endpoint that one command names says nothing of the profile.
    put(config, profile);
    QCOMPARE(run({u"sync"_s, u"--endpoint-url"_s, m_demo->endpoint()}).status, 0);
    CliRun asked = run({u"sync"_s});
    QVERIFY2(!asked.err.contains("named an endpoint"), asked.err.constData());
    put(config, profile + "endpoint_url = " + m_demo->endpoint().toUtf8() + '\n');
    QCOMPARE(run({u"sync"_s}).status, 0);
    put(config, profile);
    for (const QStringList &command :
         {QStringList{u"sync"_s}, QStringList{u"reply"_s, u"case-1"_s, u"--body"_s, u"text"_s},
          QStringList{u"advisor"_s, u"list"_s},
          QStringList{u"call"_s, u"ResolveCase"_s, u"--input"_s, uR"({"caseId":"case-1"})"_s}}) {
        asked = run(command);
        QVERIFY2(asked.status == 1 && asked.err.contains("named an endpoint for \"prod")
                     && asked.err.contains("accounts trust --profile"),
                 (command.first().toUtf8() + ": " + asked.err).constData());
    }
    asked = run({u"cases"_s});
    QVERIFY2(asked.status == 0 && asked.err.contains("is held since 20"), asked.err.constData());
    // Another endpoint is followed, and said.
    DemoFixture other;
    put(config, profile + "endpoint_url = " + other.endpoint().toUtf8() + '\n');
    asked = run({u"sync"_s});
    QVERIFY2(asked.status == 0 && asked.err.contains("prod: ~/.aws leads to 127.0.0.1:")
                 && asked.err.contains("the cases of each stay apart"),
             asked.err.constData());
    asked = run({u"sync"_s});
    QVERIFY2(asked.status == 0 && !asked.err.contains("leads to"), asked.err.constData());
    put(config, profile);
    QCOMPARE(run({u"sync"_s}).status, 1);
    QCOMPARE(run({u"accounts"_s, u"trust"_s}).status, 0);
    asked = run({u"sync"_s});
    QVERIFY2(!asked.err.contains("named an endpoint"), asked.err.constData());
}

void TestAccountData::whatItHadAtAnEarlierAddressGoesToo()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"moved"_s, 0).status, 0);
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"moved"_s}).status, 0);
    // Since then it was given another address, where another archive of it began.
    QFile list(desktop.listFile());
    QVERIFY(list.open(QIODevice::ReadOnly));
    QByteArray text = list.readAll();
    list.close();
    const QByteArray here = m_demo->endpoint().toUtf8();
    QVERIFY(text.contains(here));
    put(desktop.listFile(), text.replace(here, QByteArray(here).replace("127.0.0.1", "localhost")));
    QCOMPARE(desktop.run({u"sync"_s, u"--account"_s, u"moved"_s}).status, 0);
    QVERIFY(unlisted(desktop).isEmpty());
    const CliRun removed = desktop.run({u"accounts"_s, u"remove"_s, u"moved"_s, u"--delete-data"_s});
    QVERIFY2(removed.status == 0, removed.err.constData());
    QCOMPARE(unlisted(desktop).size(), 0);
    QVERIFY(desktop.names().isEmpty());
}

void TestAccountData::manyUsersOfKeysAreCounted()
{
    Desktop desktop(*m_demo);
    QCOMPARE(desktop.add(u"hub"_s, 0).status, 0);
    QByteArray csv = "name,role_arn\n";
    for (int i = 0; i < 50; ++i)
        csv += "role " + QByteArray::number(i) + ",arn:aws:iam::" + QByteArray::number(111122220000 + i) + ":role/r\n";
    const QString file = desktop.world.path("home") + u"/roles.csv"_s;
    put(file, csv);
    const CliRun added = desktop.run({u"accounts"_s, u"import"_s, u"--csv"_s, file, u"--base"_s, u"hub"_s});
    QVERIFY2(added.status == 0, added.err.constData());
    const CliRun refused = desktop.run({u"accounts"_s, u"remove"_s, u"hub"_s, u"--keep-data"_s});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains("used by 50 accounts: role 0, role 1, role 2 and 47 more. Remove them first"),
             refused.err.constData());
}

void TestAccountData::anAccountOfTheListAsksHoweverItIsReached()
{
    Desktop desktop(*m_demo);
    put(desktop.listFile(),
        R"({"version": 1, "accounts": [{"id": "x", "name": "careful", "source": "profile", "profile": "p",
            "archiveKey": "profile:p", "askBeforeSending": true}]})");
    desktop.world.environment.insert(u"AWS_CONFIG_FILE"_s, desktop.world.path("home") + u"/config"_s);
    put(desktop.world.path("home") + u"/config"_s,
        "[profile p]\naws_access_key_id=" + m_demo->account().accessKeyId.toUtf8()
            + "\naws_secret_access_key=" + m_demo->account().secretAccessKey.toUtf8() + '\n');
    // At an endpoint of this run the archive's key is another one than that of the list.
    const CliRun refused = desktop.run({u"call"_s, u"ResolveCase"_s, u"--input"_s, u"{\"caseId\": \"case-1\"}"_s,
                                        u"--profile"_s, u"p"_s, u"--endpoint-url"_s, m_demo->endpoint()});
    QVERIFY2(refused.status == 2 && refused.err.contains("set to ask before anything is sent"),
             refused.err.constData());
}

QTEST_GUILESS_MAIN(TestAccountData)
#include "tst_accountdata.moc"
