#include "app/application.h"
#include "archive/syncjob.h"
#include "aws/localcode.h"
#include "demoservice.h"
#include "support/advisor.h"
#include "support/cases.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {
constexpr int patience = 20'000;
}

/// Whose keys a profile has is known, and what a person mends in ~/.aws is tried without being asked.
class TestAccountOwner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anotherAccountsKeysAreNotUsed();
    void casesTellWhereNobodyElseDoes();
    void nothingIsSentWithThem();
    void whoSavesTheAccountVouchesForItsKeys();
    void addedAgainItIsTheSame();
    void aRepairedFileIsTriedAgain();
    void anEndpointThatMovesIsFollowed();
    void anEndpointThatVanishesIsNotLeft_data();
    void anEndpointThatVanishesIsNotLeft();
    void anEndpointThatVanishedMeanwhileIsNotLeft();
    void whatAnotherProgramFetchedIsShown();

private:
    void writeProfile(int account, const QByteArray &secret = {});
    void writeEndpoint(const QString &url);
    std::unique_ptr<Application> start(const QString &endpoint);
    std::unique_ptr<Application> start() { return start(m_demo.endpoint()); }

    test::DemoFixture m_demo;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAccountOwner::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("HOME", QFile::encodeName(m_folder->path()));
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    qputenv("AWS_ENDPOINT_URL_STS", m_demo.endpoint().toUtf8());
    for (const char *name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
                             "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SUPPORT", "HTTPS_PROXY"})
        qunsetenv(name);
}

void TestAccountOwner::writeProfile(int account, const QByteArray &secret)
{
    QFile file(m_folder->filePath(u"credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[work]\naws_access_key_id = " + m_demo.account(account).accessKeyId.toUtf8()
               + "\naws_secret_access_key = "
               + (secret.isEmpty() ? m_demo.account(account).secretAccessKey.toUtf8() : secret) + '\n');
}

void TestAccountOwner::writeEndpoint(const QString &url)
{
    QFile file(m_folder->filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[profile work]\nendpoint_url = " + url.toUtf8() + '\n');
}

/// The program with one account, of the profile; `endpoint` empty: where the profile says.
std::unique_ptr<Application> TestAccountOwner::start(const QString &endpoint)
{
    AccountList list(m_folder->filePath(u"accounts.json"_s));
    if (!list.load())
        qFatal("The list can't be read");
    if (list.accounts().isEmpty()) {
        ListedAccount account;
        account.name = account.profile = u"work"_s;
        account.source = ListedAccount::Source::Profile;
        account.region = m_demo.account().region;
        account.endpointUrl = endpoint;
        account.archiveKey =
            newArchiveKey(account, resolveEndpoint({.region = account.region, .customUrl = m_demo.endpoint()}).value());
        if (!list.add({account}))
            qFatal("The account can't be added");
    }
    CommandLine line;
    line.portable = m_folder->path();
    line.language = u"en"_s;
    auto application = std::make_unique<Application>(line);
    application->start();
    return application;
}

void TestAccountOwner::anotherAccountsKeysAreNotUsed()
{
    writeProfile(0);
    const std::unique_ptr<Application> program = start();
    Workspace &workspace = program->workspace();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    const ListedAccount account = program->keeper().accounts().first();
    QTRY_COMPARE(program->keeper().accounts().first().accountNumber, m_demo.account(0).accountId);
    const AccountId id = program->keeper().archived(account.id);
    const int cases = workspace.cases().totalCount();
    QVERIFY(cases > 0);

    writeProfile(2);
    const auto refreshed = [&] {
        program->sessions().refresh({id});
        return QTest::qWaitFor([&] { return !workspace.status(id).refreshing; }, patience);
    };
    // The files are looked at once a second.
    QTRY_VERIFY_WITH_TIMEOUT(refreshed() && workspace.status(id).error.kind == Error::Kind::NoCredentials, patience);
    const QString told = workspace.status(id).error.message;
    QVERIFY2(told.contains(m_demo.account(2).accountId) && told.contains(m_demo.account(0).accountId),
             qPrintable(told));
    QCOMPARE(workspace.cases().totalCount(), cases);
    QString verdict;
    program->keeper().test(program->keeper().accounts().first(), {}, this,
                           [&](const auto &report) { verdict = report ? u"works"_s : report.error().message; });
    QTRY_COMPARE_WITH_TIMEOUT(verdict, told, patience);
    // Its own keys are taken up as soon as they are back.
    writeProfile(0);
    QTRY_COMPARE_WITH_TIMEOUT(workspace.status(id).error.kind, Error::Kind::None, patience);
    QCOMPARE(workspace.cases().totalCount(), cases);
}

void TestAccountOwner::casesTellWhereNobodyElseDoes()
{
    qunsetenv("AWS_ENDPOINT_URL_STS"); // and keys of an endpoint of its own go nowhere else
    writeProfile(0);
    const std::unique_ptr<Application> program = start();
    Workspace &workspace = program->workspace();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    QTRY_COMPARE(program->keeper().accounts().first().accountNumber, m_demo.account(0).accountId);
    const AccountId id = program->keeper().archived(program->keeper().accounts().first().id);
    const int cases = workspace.cases().totalCount();
    writeProfile(2);
    const auto refreshed = [&] {
        program->sessions().refresh({id});
        return QTest::qWaitFor([&] { return !workspace.status(id).refreshing; }, patience);
    };
    QTRY_VERIFY_WITH_TIMEOUT(refreshed() && workspace.status(id).error.kind == Error::Kind::NoCredentials, patience);
    const QString told = workspace.status(id).error.message;
    QVERIFY2(told.contains(m_demo.account(2).accountId) && told.contains(m_demo.account(0).accountId),
             qPrintable(told));
    QCOMPARE(workspace.cases().totalCount(), cases);
    writeProfile(0);
    QTRY_COMPARE_WITH_TIMEOUT(workspace.status(id).error.kind, Error::Kind::None, patience);
    QCOMPARE(workspace.cases().totalCount(), cases);
}

void TestAccountOwner::nothingIsSentWithThem()
{
    qunsetenv("AWS_ENDPOINT_URL_STS");
    writeProfile(0);
    std::unique_ptr<Application> program = start();
    QTRY_VERIFY_WITH_TIMEOUT(program->workspace().lastSync() > 0 && !program->workspace().isLoading(), patience);
    QTRY_COMPARE(program->keeper().accounts().first().accountNumber, m_demo.account(0).accountId);
    const AccountId id = program->keeper().archived(program->keeper().accounts().first().id);
    writeProfile(2);
    const auto isForeign = [&](const Error &error) {
        return error.kind == Error::Kind::NoCredentials && error.message.contains(m_demo.account(2).accountId)
            && error.message.contains(m_demo.account(0).accountId);
    };
    const auto refreshed = [&] {
        program->sessions().refresh({id});
        return QTest::qWaitFor([&] { return !program->workspace().status(id).refreshing; }, patience);
    };
    QTRY_VERIFY_WITH_TIMEOUT(refreshed() && isForeign(program->workspace().status(id).error), patience);

    const int made = m_demo.requestCount("CreateCase");
    const int advised = m_demo.requestCount("DescribeTrustedAdvisorChecks");
    CreateCase::Request request;
    request.subject = u"Only for the own account"_s;
    request.communicationBody = u"text"_s;
    request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
    request.categoryCode = u"other"_s;
    request.severityCode = u"low"_s;
    OutboxEntry entry = Outbox::newEntry(id, CreateCase::name, {});
    entry.input = encode(request);
    const auto isKept = [&] {
        const OutboxEntry *known = program->workspace().outbox().find(entry.id);
        return known && known->state == OutboxState::Draft && isForeign(known->error);
    };
    program->workspace().outbox().send(entry);
    QTRY_VERIFY_WITH_TIMEOUT(isKept(), patience);
    Error told;
    // Held as jobs hold it: that the file changed is noticed within a second, and the account then reached anew.
    const std::shared_ptr<Client> client = program->workspace().client(id);
    client->call(DescribeTrustedAdvisorChecks::Request{.language = u"en"_s}, this,
                 [&told](const auto &answer) { told = answer.error(); });
    QTRY_VERIFY_WITH_TIMEOUT(isForeign(told), patience);
    QCOMPARE(m_demo.requestCount("CreateCase"), made);
    QCOMPARE(m_demo.requestCount("DescribeTrustedAdvisorChecks"), advised);
    // Its own keys are back.
    writeProfile(0);
    QTRY_COMPARE_WITH_TIMEOUT(program->workspace().status(id).error.kind, Error::Kind::None, patience);
    program->workspace().outbox().send(*program->workspace().outbox().find(entry.id));
    QTRY_COMPARE_WITH_TIMEOUT(m_demo.requestCount("CreateCase"), made + 1, patience);
}

/// Keys that may read no case prove nothing; the person knows.
void TestAccountOwner::whoSavesTheAccountVouchesForItsKeys()
{
    qunsetenv("AWS_ENDPOINT_URL_STS");
    writeProfile(0);
    std::unique_ptr<Application> program = start();
    AccountKeeper &keeper = program->keeper();
    Outbox &outbox = program->workspace().outbox();
    QTRY_VERIFY_WITH_TIMEOUT(program->workspace().lastSync() > 0 && !program->workspace().isLoading(), patience);
    QTRY_COMPARE(keeper.accounts().first().accountNumber, m_demo.account(0).accountId);
    const int made = m_demo.requestCount("CreateCase");
    m_demo.setFaults(u"deny:DescribeCases"_s);
    CreateCase::Request request;
    request.subject = u"By keys that read nothing"_s;
    request.communicationBody = u"text"_s;
    request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
    request.categoryCode = u"other"_s;
    request.severityCode = u"low"_s;
    OutboxEntry entry = Outbox::newEntry(keeper.archived(keeper.accounts().first().id), CreateCase::name, {});
    entry.input = encode(request);
    const auto isHeld = [&] {
        const OutboxEntry *known = outbox.find(entry.id);
        return known && known->state == OutboxState::Draft && known->error.kind == Error::Kind::NoCredentials
            && known->error.message.contains(u"Settings > Accounts"_s);
    };
    outbox.send(entry);
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), patience);
    QCOMPARE(m_demo.requestCount("CreateCase"), made);
    ListedAccount blue = keeper.accounts().first(); // which is no word about keys
    blue.color = (blue.color + 2) % 5;
    keeper.update(blue, {}, AccountDesk::Keep::Keychain, this, [](const auto &) {});
    QTRY_COMPARE(keeper.accounts().first().color, blue.color);
    outbox.send(*outbox.find(entry.id));
    QTRY_VERIFY_WITH_TIMEOUT(!isHeld(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), patience);
    QCOMPARE(m_demo.requestCount("CreateCase"), made);
    keeper.update(keeper.accounts().first(), {}, AccountDesk::Keep::Keychain, this, [](const auto &) {});
    outbox.send(*outbox.find(entry.id));
    QTRY_COMPARE_WITH_TIMEOUT(m_demo.requestCount("CreateCase"), made + 1, patience);
    // That was said of these keys: others of the profile prove themselves.
    writeProfile(2);
    const auto isRefused = [&] { // once the files were looked at
        OutboxEntry another = Outbox::newEntry(entry.account, CreateCase::name, {});
        another.input = entry.input;
        outbox.send(another);
        const auto state = [&] {
            const OutboxEntry *known = outbox.find(another.id);
            return known ? known->state : OutboxState::Done;
        };
        const auto isHeld = [&] {
            const OutboxEntry *known = outbox.find(another.id);
            return known && known->state == OutboxState::Draft && known->error.code == localcode::held;
        };
        return QTest::qWaitFor([&] { return isHeld() || state() == OutboxState::Done; }, patience) && isHeld();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), patience);
    m_demo.setFaults({});
}

void TestAccountOwner::addedAgainItIsTheSame()
{
    writeProfile(0);
    const std::unique_ptr<Application> program = start();
    Workspace &workspace = program->workspace();
    AccountKeeper &keeper = program->keeper();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    ListedAccount again = keeper.accounts().first();
    const int cases = workspace.cases().totalCount();
    bool removed = false;
    keeper.remove(again.id, false, this, [&removed](const Result<void> &done) { removed = bool(done); });
    QTRY_VERIFY(removed && keeper.accounts().isEmpty());

    writeProfile(2);
    again.id.clear();
    again.accountNumber.clear(); // a new entry knows none
    QVERIFY(keeper.add({again}));
    const auto kind = [&] { return workspace.status(keeper.archived(keeper.accounts().first().id)).error; };
    QTRY_COMPARE_WITH_TIMEOUT(kind().kind, Error::Kind::NoCredentials, patience);
    QVERIFY2(kind().message.contains(u"Nothing was asked"_s) && kind().message.contains(m_demo.account(0).accountId),
             qPrintable(kind().message));
    QTRY_COMPARE(workspace.cases().totalCount(), cases);
}

void TestAccountOwner::anEndpointThatMovesIsFollowed()
{
    writeProfile(0);
    writeEndpoint(m_demo.endpoint());
    const std::unique_ptr<Application> program = start({});
    Workspace &workspace = program->workspace();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    const QString before = workspace.accountRecords().first().key;
    // It works, and nobody has to restart anything; it is said.
    test::DemoFixture other;
    QSignalSpy told(&workspace, &Workspace::told);
    writeEndpoint(other.endpoint());
    QTRY_VERIFY_WITH_TIMEOUT(workspace.accountRecords().size() == 1 && workspace.accountRecords().first().key != before
                                 && workspace.lastSync() > 0,
                             patience);
    const QString port = QString::number(QUrl(other.endpoint()).port());
    QVERIFY2(workspace.accountRecords().first().key.contains(port), qPrintable(workspace.accountRecords().first().key));
    QCOMPARE(told.size(), 1);
    const QString sentence = told.first().first().toString();
    QVERIFY2(sentence.contains(port) && sentence.contains(QString::number(QUrl(m_demo.endpoint()).port())),
             qPrintable(sentence));
}

void TestAccountOwner::anEndpointThatVanishesIsNotLeft_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("an empty file") << QByteArray();
    QTest::newRow("no endpoint_url") << QByteArray("[profile work]\noutput = json\n");
    QTest::newRow("no such profile") << QByteArray("[profile other]\noutput = json\n");
}

void TestAccountOwner::anEndpointThatVanishesIsNotLeft()
{
    QFETCH(QByteArray, content);
    qputenv("HTTPS_PROXY", "http://127.0.0.1:1"); // whatever goes wrong, AWS hears nothing of it
    writeProfile(0);
    writeEndpoint(m_demo.endpoint());
    const std::unique_ptr<Application> program = start({});
    Workspace &workspace = program->workspace();
    AccountKeeper &keeper = program->keeper();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    const QString key = workspace.accountRecords().first().key;
    const AccountId id = keeper.archived(keeper.accounts().first().id);
    const int cases = workspace.cases().totalCount();
    QVERIFY(cases > 0);
    const auto error = [&] { return workspace.status(id).error; };
    const auto write = [&] {
        QFile file(m_folder->filePath(u"config"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    };
    QStringList keys; // that were ever shown
    connect(&workspace, &Workspace::changed, this, [&] {
        for (const AccountRecord &record : workspace.accountRecords())
            keys.append(record.key);
    });
    write();
    QTRY_VERIFY_WITH_TIMEOUT(error().message.contains(u"endpoint_url"_s), patience);
    QCOMPARE(error().kind, Error::Kind::NoCredentials);
    QCOMPARE(keeper.archived(keeper.accounts().first().id), id);
    QCOMPARE(workspace.cases().totalCount(), cases);
    QVERIFY(!workspace.client(id));
    // To pause it and to go on is no word about where it is.
    ListedAccount account = keeper.accounts().first();
    for (const bool paused : {true, false}) {
        account.paused = paused;
        bool done = false;
        keeper.update(account, {}, AccountDesk::Keep::Keychain, this, [&done](const auto &) { done = true; });
        QTRY_VERIFY(done);
    }
    QTRY_VERIFY_WITH_TIMEOUT(error().message.contains(u"endpoint_url"_s), patience);
    writeEndpoint(m_demo.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(error().kind, Error::Kind::None, patience);
    QVERIFY(workspace.client(id));
    keys.removeDuplicates();
    QCOMPARE(keys, QStringList{key});
    // It stays so, and the person says that it is meant.
    write();
    QTRY_VERIFY_WITH_TIMEOUT(error().message.contains(u"endpoint_url"_s), patience);
    keeper.update(keeper.accounts().first(), {}, AccountDesk::Keep::Keychain, this, [](const auto &) {});
    const auto now = [&] {
        return workspace.accountRecords().isEmpty() ? QString() : workspace.accountRecords().first().key;
    };
    QTRY_COMPARE_WITH_TIMEOUT(now(), u"profile:work"_s, patience);
}

/// The files changed while the program did not run.
void TestAccountOwner::anEndpointThatVanishedMeanwhileIsNotLeft()
{
    qputenv("HTTPS_PROXY", "http://127.0.0.1:1"); // whatever goes wrong, AWS hears nothing of it
    writeProfile(0);
    writeEndpoint(m_demo.endpoint());
    std::unique_ptr<Application> program = start({});
    QTRY_VERIFY_WITH_TIMEOUT(program->workspace().lastSync() > 0 && !program->workspace().isLoading(), patience);
    const QString key = program->workspace().accountRecords().first().key;
    program.reset();
    QVERIFY(QFile::remove(m_folder->filePath(u"config"_s)));
    program = start({});
    AccountKeeper &keeper = program->keeper();
    const auto error = [&] {
        const QList<ListedAccount> &all = keeper.accounts();
        return all.isEmpty() ? Error() : program->workspace().status(keeper.archived(all.first().id)).error;
    };
    QTRY_VERIFY_WITH_TIMEOUT(error().message.contains(u"endpoint_url"_s), patience);
    QCOMPARE(program->workspace().accountRecords().first().key, key);
    QTRY_VERIFY_WITH_TIMEOUT(program->workspace().cases().totalCount() > 0, patience);
    keeper.update(keeper.accounts().first(), {}, AccountDesk::Keep::Keychain, this, [](const auto &) {});
    const auto now = [&] {
        const QList<AccountRecord> &records = program->workspace().accountRecords();
        return records.isEmpty() ? QString() : records.first().key;
    };
    QTRY_COMPARE_WITH_TIMEOUT(now(), u"profile:work"_s, patience);
}

/// casement-cli sync from cron, beside a window whose own way there does not work.
void TestAccountOwner::whatAnotherProgramFetchedIsShown()
{
    writeProfile(0, "wrongSecretOfATest");
    const std::unique_ptr<Application> program = start();
    Workspace &workspace = program->workspace();
    const auto isRefused = [&] {
        return workspace.accountRecords().size() == 1
            && workspace.status(workspace.accountRecords().first().id).error.kind == Error::Kind::Refused;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), patience);
    const AccountId id = workspace.accountRecords().first().id;
    QCOMPARE(workspace.status(id).lastSync, 0);
    Archive other;
    std::optional<bool> done;
    other.open(m_folder->filePath(u"archive.sqlite"_s), &other, [&](const Result<void> &opened) {
        if (!opened)
            return void(done = false);
        other.loadAccounts(&other, [&](const Result<QList<AccountRecord>> &records) {
            ProfileChoice choice;
            choice.endpointUrl = m_demo.endpoint();
            choice.keys = Credentials(m_demo.account(0).accessKeyId, m_demo.account(0).secretAccessKey);
            auto *connection = makeServiceConnection(choice, &other)->release();
            auto *job = new SyncJob(*new Client(*connection, connection), other, records->first(), &other);
            connect(job, &Job::finished, &other, [&done](const Result<void> &result) { done = bool(result); });
            job->start();
        });
    });
    QTRY_VERIFY_WITH_TIMEOUT(done && *done, patience);
    workspace.lookForForeignChanges();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.status(id).lastSync > 0 && workspace.cases().totalCount() > 0, patience);
    QVERIFY(workspace.lastSync() > 0);
}

void TestAccountOwner::aRepairedFileIsTriedAgain()
{
    writeProfile(0, "wrongSecretOfATest");
    const std::unique_ptr<Application> program = start();
    Workspace &workspace = program->workspace();
    const auto kind = [&] {
        const QList<ListedAccount> &all = program->keeper().accounts();
        const AccountId id = all.isEmpty() ? 0 : program->keeper().archived(all.first().id);
        return id == 0 || workspace.status(id).refreshing ? Error::Kind::Cancelled : workspace.status(id).error.kind;
    };
    QTRY_COMPARE_WITH_TIMEOUT(kind(), Error::Kind::Refused, patience);
    writeProfile(0);
    QTRY_COMPARE_WITH_TIMEOUT(kind(), Error::Kind::None, patience);
    // A file that is replaced, as editors do it, and one that is none for a while.
    QFile::remove(m_folder->filePath(u"credentials"_s));
    const auto refreshed = [&] {
        program->sessions().refreshAll();
        return QTest::qWaitFor([&] { return kind() != Error::Kind::Cancelled; }, patience);
    };
    QTRY_VERIFY_WITH_TIMEOUT(refreshed() && kind() == Error::Kind::NoCredentials, patience);
    writeProfile(0);
    QTRY_COMPARE_WITH_TIMEOUT(kind(), Error::Kind::None, patience);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestAccountOwner test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountowner.moc"
