#include "app/application.h"
#include "askingsecrets.h"
#include "demoservice.h"
#include "keyringworld.h"
#include "support/clientuse.h"
#include "ui/accountactions.h"
#include "ui/accountdialog.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/errorbanner.h"
#include "ui/welcomepage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

/// The program as it starts, with a home of its own.
struct Program
{
    explicit Program(const QString &folder, const QString &language = u"en"_s) : Program(lineOf(folder, language)) { }
    explicit Program(const CommandLine &line) : application(std::make_unique<Application>(line))
    {
        application->start();
    }

    static CommandLine lineOf(const QString &folder, const QString &language)
    {
        CommandLine line;
        line.portable = folder;
        line.language = language;
        return line;
    }

    template <class T> T *child(const char *name)
    {
        return application->window().findChild<T *>(QString::fromLatin1(name));
    }
    AccountDialog *dialog() { return application->window().findChild<AccountDialog *>(); }
    bool isWelcoming()
    {
        const auto *welcome = application->window().findChild<WelcomePage *>();
        return welcome && welcome->isVisible();
    }
    Workspace &workspace() { return application->workspace(); }
    CaseListModel &cases() { return workspace().cases(); }
    AccountKeeper &keeper() { return application->keeper(); }
    bool isFilled() { return cases().rowCount() > 0 && !workspace().isLoading(); }
    bool isQuiet() { return isFilled() && application->sessions().client(1) != nullptr; }
    QStringList names()
    {
        QStringList all;
        for (int row = 0; row < workspace().accounts().rowCount(); ++row)
            all.append(workspace().accounts().index(row, 0).data().toString());
        return all;
    }
    int casesOf(AccountId account)
    {
        int count = 0;
        cases().forEach([&](const CaseRecord &record) { count += record.account == account; });
        return count;
    }

    std::unique_ptr<Application> application;
};

} // namespace

/// Accounts from the keystroke to the case: list, keychain, archive and window together.
class TestAccountKeeper : public QObject
{
    Q_OBJECT

public:
    explicit TestAccountKeeper(test::KeyringWorld &world) : m_world(world) { }

private Q_SLOTS:
    void init();
    void withoutAKeychainForThisSession();
    void aRegionIsOfThoseThatNameNone();
    void keysGoToTheKeychainAndNowhereElse();
    void aRenamedAccountIsRenamedEverywhere();
    void removingWithItsDataLeavesNothing();
    void whatNoListHasIsFoundAndDeleted();
    void anotherProgramsChangesAreFollowed();
    void aPausedAccountIsNotAsked();
    void anOldWayGoesWithItsLastUser();
    void profilesAreAddedTogether();
    void aRememberedProfileBecomesAnEntry();
    void manyFailuresAreOneBanner();
    void accountsAreFoundByTyping();
    void groupsKeepTheChoice();
    void aProfileOfTheListIsThatAccount();
    void theDemoTouchesNoList();
    void worksInJapanese();
    void aPasswordTypedLateIsEnough();

private:
    ListedAccount profile(const QString &name, bool paused = false) const;
    void writeProfiles(const QByteArray &credentials);
    QByteArray keys(int account) const;
    void enterKeys(Program &program, const QString &name, int account);
    void add(const QList<ListedAccount> &accounts);

    test::KeyringWorld &m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    test::DemoFixture m_demo;
};

void TestAccountKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    for (const char *name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
                             "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SUPPORT"})
        qunsetenv(name);
}

void TestAccountKeeper::writeProfiles(const QByteArray &credentials)
{
    QFile file(m_folder->filePath(u"credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(credentials), credentials.size());
}

QByteArray TestAccountKeeper::keys(int account) const
{
    return "aws_access_key_id = " + m_demo.account(account).accessKeyId.toUtf8()
        + "\naws_secret_access_key = " + m_demo.account(account).secretAccessKey.toUtf8() + '\n';
}

ListedAccount TestAccountKeeper::profile(const QString &name, bool paused) const
{
    ListedAccount account;
    account.name = name;
    account.source = ListedAccount::Source::Profile;
    account.profile = name;
    account.endpointUrl = m_demo.endpoint();
    account.archiveKey = u"profile:"_s + name;
    account.paused = paused;
    return account;
}

/// As another program does it.
void TestAccountKeeper::add(const QList<ListedAccount> &accounts)
{
    AccountList list(m_folder->filePath(u"accounts.json"_s));
    QVERIFY(list.load());
    QVERIFY(list.add(accounts));
}

/// By keys alone, from the welcome page on.
void TestAccountKeeper::enterKeys(Program &program, const QString &name, int account)
{
    QTRY_VERIFY(program.isWelcoming());
    auto *button = program.child<QAbstractButton>("enterKeys");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(program.dialog() && program.dialog()->isVisible());
    AccountDialog &dialog = *program.dialog();
    const auto type = [&dialog](const char *field, const QString &text) {
        QTest::keyClicks(dialog.findChild<QLineEdit *>(QString::fromLatin1(field)), text);
    };
    type("accountName", name);
    type("keyId", m_demo.account(account).accessKeyId);
    type("secret", m_demo.account(account).secretAccessKey);
    QTest::keyClick(dialog.findChild<QCheckBox *>(u"advanced"_s), Qt::Key_Space);
    type("endpoint", m_demo.endpoint());
    QTest::keyClick(&dialog, Qt::Key_Return);
}

void TestAccountKeeper::withoutAKeychainForThisSession()
{
    {
        Program program(m_folder->path());
        QElapsedTimer timer;
        enterKeys(program, u"Production"_s, 0);
        auto *test = program.dialog()->findChild<QAbstractButton *>(u"test"_s);
        QTRY_COMPARE_WITH_TIMEOUT(test->text(), u"Tes&t"_s, patience); // the service said that they work
        timer.start();
        auto *session = program.dialog()->findChild<QAbstractButton *>(u"keepSession"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session->isVisible(), 3'000);
        QVERIFY2(timer.elapsed() < 2'500, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(program.dialog()->findChild<QLabel *>(u"saveProblem"_s)->text().contains(u"keychain"_s));
        QVERIFY(program.workspace().isWithoutAccount());
        session->click();
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
        QCOMPARE(program.keeper().accounts().size(), 1);
    }
    QVERIFY(!QFile::exists(m_folder->filePath(u"accounts.json"_s))); // not even who it was
    QCOMPARE(test::fileWithSecret(m_folder->path(), m_demo.account(0).secretAccessKey.toUtf8()), QString());
    Program program(m_folder->path());
    QTRY_VERIFY(program.isWelcoming());
}

void TestAccountKeeper::aRegionIsOfThoseThatNameNone()
{
    writeProfiles("[one]\n" + keys(0) + "[two]\n" + keys(1));
    ListedAccount own = profile(u"two"_s);
    own.region = u"eu-west-1"_s;
    add({profile(u"one"_s), own});
    Program program(m_folder->path());
    AccountKeeper &keeper = program.keeper();
    keeper.setRegion(u"us-gov-west-1"_s);
    QTRY_COMPARE(keeper.accounts().size(), 2);
    QCOMPARE(keeper.choiceFor(keeper.accounts().at(0).id)->region, u"us-gov-west-1"_s);
    QCOMPARE(keeper.choiceFor(keeper.accounts().at(1).id)->region, u"eu-west-1"_s);
}

void TestAccountKeeper::keysGoToTheKeychainAndNowhereElse()
{
    m_world.startKeyring();
    QCOMPARE(m_world.entries(), 0);
    {
        Program program(m_folder->path());
        enterKeys(program, u"Production"_s, 0);
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
        QVERIFY(!program.isWelcoming());
        QTRY_VERIFY(!program.dialog());
        QCOMPARE(program.names(), QStringList{u"Production"_s});
    }
    QCOMPARE(m_world.entries(), 1);
    m_world.startKeyring();
    QCOMPARE(test::fileWithSecret(m_folder->path(), m_demo.account(0).secretAccessKey.toUtf8()), QString());
    const int asked = m_demo.requestCount();
    {
        Program program(m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_demo.requestCount() > asked, patience);
        QVERIFY(program.application->window().banners().isEmpty());
        // What the keychain holds is gone with the account.
        bool removed = false;
        QObject context;
        program.keeper().remove(program.keeper().accounts().first().id, false, &context,
                                [&](const Result<void> &result) { removed = bool(result); });
        QTRY_VERIFY(removed);
        QTRY_VERIFY(program.isWelcoming());
    }
    QCOMPARE(m_world.entries(), 0);
}

void TestAccountKeeper::aRenamedAccountIsRenamedEverywhere()
{
    writeProfiles("[work]\n" + keys(0));
    add({profile(u"work"_s)});
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    ListedAccount account = program.keeper().accounts().first();
    account.name = u"Work of Osaka"_s;
    account.color = 5;
    account.asksBeforeSending = true;
    QObject context;
    bool done = false;
    program.keeper().update(account, {}, AccountDesk::Keep::Keychain, &context,
                            [&](const Result<void> &result) { done = bool(result); });
    QTRY_VERIFY(done);
    QTRY_COMPARE(program.names(), QStringList{u"Work of Osaka"_s});
    const QModelIndex cell = program.cases().index(0, CaseListModel::Account);
    QCOMPARE(cell.data().toString(), u"Work of Osaka"_s);
    QCOMPARE(cell.data(AccountColorRole).toInt(), 5);
    QVERIFY(program.workspace().accounts().asksBeforeSending(program.keeper().archived(account.id)));
}

void TestAccountKeeper::removingWithItsDataLeavesNothing()
{
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    ListedAccount moved = profile(u"work"_s);
    moved.archiveKey = u"endpoint:earlier.example/profile:work"_s; // it was at another address before
    add({moved, profile(u"other"_s)});
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().accountRecords().size() == 2 && program.isFilled(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().lastSync() > 0, patience);
    const QString id = program.keeper().accounts().first().id;
    const AccountId archived = program.keeper().archived(id);
    QCOMPARE(program.keeper().holdings(id).cases, program.casesOf(archived));
    QVERIFY(program.casesOf(archived) > 0);
    QObject context;
    bool made = false;
    program.workspace().archive().ensureAccount(moved.archiveKey, u"work"_s, u"aws"_s, &context,
                                                [&](const Result<AccountRecord> &record) {
                                                    QVERIFY(record && record->id != archived);
                                                    made = true;
                                                });
    QTRY_VERIFY(made);
    bool done = false;
    program.keeper().remove(id, true, &context, [&](const Result<void> &result) {
        done = true;
        QVERIFY2(result, qPrintable(result.error().toLine()));
    });
    QTRY_VERIFY_WITH_TIMEOUT(done, patience);
    QCOMPARE(program.casesOf(archived), 0);
    QCOMPARE(program.names(), QStringList{u"other"_s});
    QVERIFY(program.cases().rowCount() > 0); // the other one's
    QList<AccountRecord> left;
    bool read = false;
    program.workspace().archive().loadAccounts(&context, [&](const Result<QList<AccountRecord>> &accounts) {
        left = *accounts;
        read = true;
    });
    QTRY_VERIFY(read);
    QCOMPARE(left.size(), 1);
}

void TestAccountKeeper::whatNoListHasIsFoundAndDeleted()
{
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    add({profile(u"work"_s), profile(u"other"_s)});
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().accountRecords().size() == 2 && program.isFilled(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().lastSync() > 0, patience);
    QObject context;
    const auto unlisted = [&] {
        std::optional<QList<AccountDesk::Unlisted>> found;
        program.keeper().loadUnlisted(&context, [&](const Result<QList<AccountDesk::Unlisted>> &all) { found = *all; });
        return QTest::qWaitFor([&] { return found.has_value(); }) ? *found : QList<AccountDesk::Unlisted>();
    };
    QVERIFY(unlisted().isEmpty());
    bool done = false;
    program.keeper().remove(program.keeper().accounts().first().id, false, &context,
                            [&](const Result<void> &) { done = true; });
    QTRY_VERIFY(done);
    const QList<AccountDesk::Unlisted> left = unlisted();
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().holds.cases > 0 && !left.first().isOpen);
    // Its endpoint was in the list, so its profile alone does not lead there.
    QVERIFY(left.first().again.name.isEmpty());
    done = false;
    program.keeper().deleteUnlisted(left.first().holds.account.id, &context, [&](const Result<void> &result) {
        done = true;
        QVERIFY2(result, qPrintable(result.error().toLine()));
    });
    QTRY_VERIFY_WITH_TIMEOUT(done, patience);
    QVERIFY(unlisted().isEmpty());
    QVERIFY(program.cases().rowCount() > 0); // the other one's
}

void TestAccountKeeper::anotherProgramsChangesAreFollowed()
{
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    add({profile(u"work"_s)});
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    const AccountId first = program.workspace().accountRecords().first().id;
    const QPointer<Client> client = program.application->sessions().client(first).get();

    add({profile(u"other"_s)});
    QTRY_COMPARE_WITH_TIMEOUT(program.names(), QStringList({u"work"_s, u"other"_s}), patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.casesOf(program.workspace().accountRecords().last().id) > 0, patience);
    QCOMPARE(program.application->sessions().client(first).get(), client.data()); // undisturbed

    AccountList list(m_folder->filePath(u"accounts.json"_s));
    QVERIFY(list.load());
    ListedAccount other = list.accounts().last();
    other.name = u"Another"_s;
    QVERIFY(list.update(other));
    QTRY_COMPARE_WITH_TIMEOUT(program.names(), QStringList({u"work"_s, u"Another"_s}), patience);
    QVERIFY(list.reorder({other.id}));
    QTRY_COMPARE_WITH_TIMEOUT(program.names(), QStringList({u"Another"_s, u"work"_s}), patience);
    QVERIFY(list.remove(other.id));
    QTRY_COMPARE_WITH_TIMEOUT(program.names(), QStringList{u"work"_s}, patience);
    QCOMPARE(program.application->sessions().client(first).get(), client.data());
    ListedAccount work = list.accounts().first(); // casement-cli accounts key gave it other keys
    ++work.keysGiven;
    QVERIFY(list.update(work));
    QTRY_VERIFY(!client);
    QVERIFY(list.remove(list.accounts().first().id));
    QTRY_VERIFY_WITH_TIMEOUT(program.isWelcoming(), patience);
}

void TestAccountKeeper::aPausedAccountIsNotAsked()
{
    writeProfiles("[work]\n" + keys(0));
    add({profile(u"work"_s)});
    {
        Program program(m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    }
    AccountList list(m_folder->filePath(u"accounts.json"_s));
    QVERIFY(list.load());
    ListedAccount account = list.accounts().first();
    account.paused = true;
    QVERIFY(list.update(account));
    const int asked = m_demo.requestCount();
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.cases().rowCount() > 0, patience); // from the archive
    program.application->sessions().refreshAll();
    const AccountId id = program.workspace().accountRecords().first().id;
    QVERIFY(!program.application->sessions().client(id));
    QCOMPARE(m_demo.requestCount(), asked);
    account.paused = false;
    QVERIFY(list.update(account));
    QTRY_VERIFY_WITH_TIMEOUT(m_demo.requestCount() > asked, patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.application->sessions().client(id), patience);
}

void TestAccountKeeper::anOldWayGoesWithItsLastUser()
{
    writeProfiles("[work]\n" + keys(0));
    add({profile(u"work"_s)});
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    const AccountId id = program.workspace().accountRecords().first().id;
    auto user = std::make_unique<QObject>();
    keepUntilGone(user.get(), program.workspace().client(id));
    const QPointer<Client> old = program.workspace().client(id).get();
    AccountList list(m_folder->filePath(u"accounts.json"_s));
    QVERIFY(list.load());
    ListedAccount account = list.accounts().first();
    account.region = u"eu-west-1"_s;
    QVERIFY(list.update(account));
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().client(id).get() != old, patience);
    QVERIFY(old); // what is being sent goes on by it
    user.reset();
    QTRY_VERIFY(!old);
}

void TestAccountKeeper::profilesAreAddedTogether()
{
    qputenv("AWS_ENDPOINT_URL", m_demo.endpoint().toUtf8());
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    {
        Program program(m_folder->path());
        QTRY_VERIFY(program.isWelcoming());
        program.child<QCheckBox>("selectAll")->click();
        program.child<QAbstractButton>("useProfile")->click();
        QTRY_VERIFY_WITH_TIMEOUT(program.workspace().accountRecords().size() == 2 && program.isFilled(), patience);
        QVERIFY(program.workspace().accountRecords().first().key.startsWith("endpoint:"_L1));
    }
    Program program(m_folder->path());
    QTRY_COMPARE_WITH_TIMEOUT(program.names(), QStringList({u"work"_s, u"other"_s}), patience);
}

void TestAccountKeeper::aRememberedProfileBecomesAnEntry()
{
    qputenv("AWS_ENDPOINT_URL", m_demo.endpoint().toUtf8());
    writeProfiles("[work]\n" + keys(0));
    {
        UiSettings settings(m_folder->filePath(u"casement.ini"_s));
        settings.set(u"accounts/profiles"_s, u"work"_s);
    }
    for (int start = 0; start < 2; ++start) {
        Program program(m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
        QCOMPARE(program.keeper().accounts().size(), 1);
        QCOMPARE(program.keeper().accounts().first().profile, u"work"_s);
    }
}

void TestAccountKeeper::manyFailuresAreOneBanner()
{
    QByteArray profiles = "[good]\n" + keys(0);
    QList<ListedAccount> accounts{profile(u"good"_s)};
    for (int i = 1; i <= 20; ++i) {
        const QString name = u"bad%1"_s.arg(i);
        profiles += '[' + name.toUtf8() + "]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\n";
        accounts.append(profile(name));
    }
    writeProfiles(profiles);
    add(accounts);
    Program program(m_folder->path());
    const auto told = [&program] {
        const QList<ErrorBanner *> banners = program.application->window().banners();
        return banners.size() == 1 ? banners.first()->accounts().size() : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(told(), 20, 3 * patience);
    ErrorBanner &banner = *program.application->window().banners().first();
    QVERIFY2(banner.text().contains(u"20 account"_s) && banner.text().contains(u": bad"_s), qPrintable(banner.text()));
    QVERIFY(banner.findChild<QLabel *>(u"details"_s)->text().contains(u"bad20"_s));
    QVERIFY(program.cases().rowCount() > 0); // the rest goes on
    QVERIFY(!program.workspace().isOffline());
    // Try Again asks those that failed, and the others are left alone.
    QTRY_VERIFY_WITH_TIMEOUT(program.workspace().jobList().jobs().isEmpty(), patience);
    const AccountId good = program.workspace().accountRecords().first().id;
    const qint64 refreshed = program.workspace().status(good).lastSync;
    banner.findChild<QAbstractButton *>(u"retryButton"_s)->click();
    QVERIFY(program.application->window().banners().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(told(), 20, 3 * patience);
    QCOMPARE(program.workspace().status(good).lastSync, refreshed);
}

void TestAccountKeeper::accountsAreFoundByTyping()
{
    QList<ListedAccount> accounts;
    for (int i = 1; i <= 40; ++i)
        accounts.append(profile(u"team-%1"_s.arg(i), true));
    accounts[0].accountNumber = u"111122223333"_s;
    add(accounts);
    Program program(m_folder->path());
    QTRY_COMPARE_WITH_TIMEOUT(program.names().size(), 40, patience);
    auto *choice = program.child<QComboBox>("accountFilter");
    QTRY_VERIFY(choice->isVisible() && choice->isEditable());
    QVERIFY2(choice->itemText(1).contains(u"111122223333"_s), qPrintable(choice->itemText(1)));
    choice->lineEdit()->setFocus();
    choice->lineEdit()->selectAll();
    QTest::keyClicks(choice->lineEdit(), u"AM-37"_s);
    QTest::keyClick(choice->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE(program.cases().filter().accounts.size(), 1);
    QCOMPARE(program.workspace().accountName(program.cases().filter().accounts.first()), u"team-37"_s);
    choice->lineEdit()->clear();
    QTest::keyClick(choice->lineEdit(), Qt::Key_Return);
    QVERIFY(program.cases().filter().accounts.isEmpty());
    QTest::keyClicks(choice->lineEdit(), u"nothing like it"_s);
    QTest::keyClick(choice->lineEdit(), Qt::Key_Return);
    QVERIFY(program.cases().filter().accounts.isEmpty());
    QCOMPARE(choice->currentIndex(), 0);
}

void TestAccountKeeper::groupsKeepTheChoice()
{
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    add({profile(u"work"_s), profile(u"other"_s)});
    {
        Program program(m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(program.workspace().lastSync() > 0 && program.isFilled(), patience);
        CaseTable &table = program.application->window().caseList().table();
        program.cases().sort(CaseListModel::Updated, Qt::DescendingOrder);
        table.setCurrentIndex(program.cases().index(program.cases().rowCount() / 2, 0));
        const CaseKey chosen = program.cases().keyAt(table.currentIndex().row());
        program.child<QAction>("actionGroupByAccount")->trigger();
        QCOMPARE(program.cases().keyAt(table.currentIndex().row()), chosen);
        int groups = 1;
        for (int row = 1; row < program.cases().rowCount(); ++row) {
            const CaseRecord &before = program.cases().recordAt(row - 1);
            const CaseRecord &here = program.cases().recordAt(row);
            QCOMPARE(program.cases().beginsGroup(row), before.account != here.account);
            groups += before.account != here.account;
            if (before.account == here.account)
                QVERIFY(before.updated >= here.updated);
        }
        QCOMPARE(groups, 2);
    }
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    QVERIFY(program.child<QAction>("actionGroupByAccount")->isChecked());
    QVERIFY(program.cases().isGrouped());
}

/// An account that asks before it sends does so however it was opened.
void TestAccountKeeper::aProfileOfTheListIsThatAccount()
{
    writeProfiles("[work]\n" + keys(0));
    ListedAccount account = profile(u"work"_s);
    account.color = 5;
    account.asksBeforeSending = true;
    add({account});
    CommandLine line;
    line.portable = m_folder->path();
    line.language = u"en"_s;
    line.profile = u"work"_s;
    line.endpointUrl = m_demo.endpoint();
    Program program(line);
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    QVERIFY(!program.keeper().isShown());
    const AccountId id = program.workspace().accountRecords().first().id;
    QTRY_VERIFY(program.workspace().accounts().asksBeforeSending(id));
    QCOMPARE(program.workspace().accounts().colorIndex(id), 5);
    // And from now on, when another program says so.
    AccountList list(m_folder->filePath(u"accounts.json"_s));
    QVERIFY(list.load());
    ListedAccount changed = list.accounts().first();
    changed.asksBeforeSending = false;
    QVERIFY(list.update(changed));
    QTRY_VERIFY(!program.workspace().accounts().asksBeforeSending(id));
}

void TestAccountKeeper::theDemoTouchesNoList()
{
    Program program(m_folder->path());
    QTRY_VERIFY(program.isWelcoming());
    program.child<QAbstractButton>("demo")->click();
    QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
    QVERIFY(!QFile::exists(m_folder->filePath(u"accounts.json"_s)));
    QVERIFY(!program.keeper().isShown());
    // It ends when somebody says so, and not before.
    for (const bool leaves : {false, true}) {
        program.child<QAction>("actionChooseAccount")->trigger();
        auto *question = program.child<QMessageBox>("leaveQuestion");
        QVERIFY(question && question->isVisible());
        QVERIFY2(question->text().contains(u"demo"_s), qPrintable(question->text()));
        QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
        QVERIFY(program.isFilled());
        leaves ? question->findChild<QPushButton *>(u"leaveButton"_s)->click()
               : QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!program.child<QMessageBox>("leaveQuestion"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(program.isWelcoming(), patience);
}

void TestAccountKeeper::worksInJapanese()
{
    Program program(m_folder->path(), u"ja"_s);
    QTRY_VERIFY(program.isWelcoming());
    auto *keysButton = program.child<QAbstractButton>("enterKeys");
    QVERIFY2(keysButton->text().contains(u"アクセスキー"_s), qPrintable(keysButton->text()));
    keysButton->click();
    QTRY_VERIFY(program.dialog() && program.dialog()->isVisible());
    program.dialog()->findChild<QAbstractButton *>(u"save"_s)->click();
    const QString told = program.dialog()->findChild<QLabel *>(u"keyIdProblem"_s)->text();
    QVERIFY2(told.contains(u"入力してください"_s), qPrintable(told));
    program.dialog()->reject();
}

void TestAccountKeeper::aPasswordTypedLateIsEnough()
{
    m_world.stopKeyring(); // another one takes its place: the last test
    test::AskingSecrets keychain(m_world);
    {
        Program program(m_folder->path());
        enterKeys(program, u"Production"_s, 0);
        auto *problem = program.dialog()->findChild<QLabel *>(u"saveProblem"_s);
        QTRY_VERIFY_WITH_TIMEOUT(problem->text().contains(u"waits for its password"_s), patience);
        // What was changed meanwhile is not what was asked for.
        auto *name = program.dialog()->findChild<QLineEdit *>(u"accountName"_s);
        name->setFocus(); // Return there is Save again, on the way out of this session's keys it would be that
        QTest::keyClicks(name, u" 2"_s);
        keychain.typePassword();
        QTRY_COMPARE_WITH_TIMEOUT(keychain.removed, 1, patience);
        QVERIFY(keychain.kept.isEmpty());
        QVERIFY(program.dialog() && program.keeper().accounts().isEmpty());

        keychain.lock();
        QTest::keyClick(program.dialog(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(problem->text().contains(u"waits for its password"_s), patience);
        QVERIFY(program.keeper().accounts().isEmpty());
        keychain.typePassword();
        QTRY_VERIFY_WITH_TIMEOUT(program.isFilled(), patience);
        QTRY_VERIFY(!program.dialog());
        QCOMPARE(program.names(), QStringList{u"Production 2"_s});
        QCOMPARE(keychain.kept.size(), 1);
    }
    keychain.lock();
    const int asked = m_demo.requestCount();
    Program program(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.application->window().banners().isEmpty(), patience);
    QCOMPARE(m_demo.requestCount(), asked);
    keychain.typePassword();
    QTRY_VERIFY_WITH_TIMEOUT(m_demo.requestCount() > asked, patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.application->window().banners().isEmpty(), patience);

    // Who does not want to type it is told that it is locked, and asked again once something is asked for.
    keychain.lock();
    Program another(m_folder->path());
    const auto told = [&another](const QString &words) {
        const QList<ErrorBanner *> banners = another.application->window().banners();
        return !banners.isEmpty() && banners.constFirst()->text().contains(words);
    };
    QTRY_VERIFY_WITH_TIMEOUT(told(u"waits for its password"_s), patience);
    keychain.dismiss();
    QTRY_VERIFY_WITH_TIMEOUT(told(u"is locked"_s), patience);
    QCOMPARE(keychain.asking(), 0);
    keychain.lock();
    Q_EMIT another.application->window().refreshAllRequested();
    QTRY_COMPARE_WITH_TIMEOUT(keychain.asking(), 1, patience);
    keychain.typePassword();
    QTRY_VERIFY_WITH_TIMEOUT(another.application->window().banners().isEmpty(), patience);

    // Keys that could not be removed go with the next opening, too.
    keychain.lock();
    bool removed = false;
    QObject context;
    program.keeper().remove(program.keeper().accounts().first().id, false, &context,
                            [&](const Result<void> &) { removed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(removed, patience);
    QCOMPARE(keychain.kept.size(), 1);
    keychain.typePassword();
    QTRY_VERIFY_WITH_TIMEOUT(keychain.kept.isEmpty(), patience);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    test::KeyringWorld world;
    const QProcessEnvironment &environment = world.environment; // of the keychain, before anything asks for a bus
    for (const char *name : {"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        qputenv(name, environment.value(QString::fromLatin1(name)).toUtf8());
    TestAccountKeeper test(world);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountkeeper.moc"
