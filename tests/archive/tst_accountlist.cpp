#include "archive/accountlist.h"
#include "archive/accountname.h"
#include "aws/secretstore.h"
#include "base/redact.h"
#include "fulldisk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;
using Source = ListedAccount::Source;

namespace {

constexpr int addedByEach = 40;

ListedAccount profileAccount(const QString &name)
{
    ListedAccount account;
    account.name = name;
    account.source = Source::Profile;
    account.profile = name;
    account.archiveKey = "profile:"_L1 + name;
    return account;
}

ListedAccount roleAccount(const QString &name, const QString &base, const QString &number = u"111122223333"_s)
{
    ListedAccount account;
    account.name = name;
    account.source = Source::Role;
    account.base = base;
    account.roleArn = u"arn:aws:iam::%1:role/Support"_s.arg(number);
    account.accountNumber = number;
    return account;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
}

QStringList namesOf(const AccountList &list)
{
    QStringList names;
    for (const ListedAccount &account : list.accounts())
        names.append(account.name);
    return names;
}

ListedAccount addOne(AccountList &list, const ListedAccount &account)
{
    const Result<QList<ListedAccount>> added = list.add({account});
    if (!added)
        qFatal("%s", qPrintable(added.error().toLine()));
    return added->first();
}

unsigned modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777 : 0;
}

/// What another program does at the same time.
int addMany(const QString &file, const QString &prefix)
{
    AccountList list(file);
    if (!list.load())
        return 1;
    for (int i = 0; i < addedByEach; ++i) {
        if (!list.add({profileAccount(prefix + QString::number(i))}))
            return 1;
    }
    return 0;
}

} // namespace

class TestAccountList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beginsEmpty();
    void keepsWhatWasAdded();
    void addsAllOrNone();
    void updatesRemovesAndOrders();
    void isReadableByItsOwnerOnly();
    void holdsNoSecret();
    void keepsWhatNewerVersionsWrote();
    void remembersKeysThatStayed();
    void findsNamesThatLookAlike_data();
    void findsNamesThatLookAlike();
    void leavesDamagedFilesAlone_data();
    void leavesDamagedFilesAlone();
    void refusesWhatIsNoFile();
    void tellsWhatCantBeWritten();
    void aFullDiskLeavesTheList();
    void followsLinks();
    void noticesOtherPrograms();
    void losesNothingOfTwoPrograms();
    void sessionsAreOfThisRun();
    void saysWhyNot_data();
    void saysWhyNot();
    void makesChoices();
    void tellsOfBasesThatAreNone();
    void isOneAccountForTheArchive();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestAccountList::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"casement/accounts.json"_s);
}

void TestAccountList::beginsEmpty()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    QVERIFY(list.accounts().isEmpty());
    QVERIFY(!QFile::exists(m_folder->filePath(u"casement"_s))); // looking makes nothing
    QVERIFY(AccountList::defaultFile().endsWith("/casement/accounts.json"_L1));
    QCOMPARE(AccountList::defaultFile(u"/stick"_s), u"/stick/accounts.json"_s);
}

void TestAccountList::keepsWhatWasAdded()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    QSignalSpy changed(&list, &AccountList::changed);
    ListedAccount account = profileAccount(u"  prod\t東京 "_s);
    account.color = 3;
    account.region = u"eu-west-1"_s;
    account.endpointUrl = u"https://support.example.com/x"_s;
    account.paused = true;
    account.asksBeforeSending = true;
    account.plan = u"business"_s;
    const ListedAccount added = addOne(list, account);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(added.name, u"prod 東京"_s);
    QCOMPARE(QUuid::fromString(added.id).isNull(), false);
    const ListedAccount role = addOne(list, roleAccount(u"role"_s, added.id));

    AccountList again(m_file);
    QVERIFY(again.load());
    QCOMPARE(again.accounts(), (QList{added, role}));
    QCOMPARE(*again.find(added.id), added);
    QCOMPARE(*again.findByName(u"PROD 東京"_s), added);
    QVERIFY(!again.find({}) && !again.findByName(u"prod"_s));
}

void TestAccountList::addsAllOrNone()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    const ListedAccount first = addOne(list, profileAccount(u"a"_s));
    QVERIFY(!list.add({profileAccount(u"b"_s), profileAccount(u"A"_s)}));
    QCOMPARE(namesOf(list), QStringList{u"a"_s});
    QVERIFY(!list.add({profileAccount(u"c"_s), profileAccount(u"c"_s)}));
    ListedAccount twin = profileAccount(u"twin"_s);
    twin.id = first.id;
    QVERIFY(!list.add({twin}));
    // A role of one that is added with it.
    ListedAccount hub = profileAccount(u"hub"_s);
    hub.id = u"hub-id"_s;
    QVERIFY(list.add({hub, roleAccount(u"spoke"_s, u"hub-id"_s)}));
    QCOMPARE(namesOf(list), (QStringList{u"a"_s, u"hub"_s, u"spoke"_s}));
}

void TestAccountList::updatesRemovesAndOrders()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    const ListedAccount a = addOne(list, profileAccount(u"a"_s));
    const ListedAccount b = addOne(list, profileAccount(u"b"_s));
    const ListedAccount c = addOne(list, profileAccount(u"c"_s));
    ListedAccount renamed = b;
    renamed.name = u"B"_s; // its own name is not taken
    renamed.paused = true;
    renamed.asksBeforeSending = true;
    QVERIFY(list.update(renamed));
    renamed.name = u"a"_s;
    QVERIFY(!list.update(renamed));
    QVERIFY(list.reorder({c.id, u"nobody"_s, a.id}));
    QCOMPARE(namesOf(list), (QStringList{u"c"_s, u"a"_s, u"B"_s}));
    QVERIFY(list.remove(a.id));
    QVERIFY(list.remove(a.id)); // it is gone, which is what was wanted
    QVERIFY(!list.update(a));
    AccountList again(m_file);
    QVERIFY(again.load());
    QCOMPARE(namesOf(again), (QStringList{u"c"_s, u"B"_s}));
    QVERIFY(again.find(b.id)->paused);
    QVERIFY(again.find(b.id)->asksBeforeSending);
    QVERIFY(!again.find(c.id)->asksBeforeSending); // as in files of before
    renamed.name = u"B"_s;
    renamed.asksBeforeSending = false;
    QVERIFY(again.update(renamed));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("askBeforeSending"));
}

void TestAccountList::isReadableByItsOwnerOnly()
{
    AccountList list(m_file);
    addOne(list, profileAccount(u"a"_s));
    QCOMPARE(modeOf(m_file), 0600U);
    QCOMPARE(modeOf(m_folder->filePath(u"casement"_s)), 0700U);
    QFile::setPermissions(m_file, QFile::permissions(m_file) | QFileDevice::ReadOther | QFileDevice::ReadGroup);
    addOne(list, profileAccount(u"b"_s));
    QCOMPARE(modeOf(m_file), 0600U);
    QCOMPARE(QDir(m_folder->filePath(u"casement"_s)).entryList(QDir::Files | QDir::Hidden),
             QStringList{u"accounts.json"_s});
}

void TestAccountList::holdsNoSecret()
{
    // What an account is made of has no place for one.
    AccountList list(m_file);
    ListedAccount account = profileAccount(u"a"_s);
    account.source = Source::Keychain;
    addOne(list, account);
    const QJsonObject root = QJsonDocument::fromJson(contentOf(m_file)).object();
    QCOMPARE(root.keys(), (QStringList{u"accounts"_s, u"version"_s}));
    QCOMPARE(root["accounts"_L1][0].toObject().keys(),
             (QStringList{u"archiveKey"_s, u"id"_s, u"name"_s, u"profile"_s, u"source"_s}));
}

void TestAccountList::keepsWhatNewerVersionsWrote()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"casement"_s)));
    writeFile(m_file, R"({"version":1,"comment":"mine","accounts":[
        {"id":"1","name":"a","source":"profile","profile":"a","shade":{"h":1}},
        {"id":"2","name":"b","source":"telepathy","medium":"Zoe"},
        {"id":"3","name":"c","source":"keychain","icon":"🐟"}]})");
    AccountList list(m_file);
    QVERIFY(list.load());
    QCOMPARE(namesOf(list), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    const ListedAccount foreign = *list.find(u"2"_s);
    QVERIFY(foreign.source == Source::Newer && !foreign.isAsked());
    QVERIFY(!list.whyNot(profileAccount(u"B"_s)).isEmpty()); // its name is taken
    ListedAccount changed = foreign;
    changed.name = u"x"_s;
    for (const Result<void> &refused : {list.update(changed), list.remove(u"2"_s)})
        QVERIFY2(!refused && refused.error().message.contains(u"newer version"_s), "it is changed");
    SecretStore secrets;
    const Result<ProfileChoice> choice = choiceOf(foreign, list, secrets);
    QVERIFY(!choice && choice.error().message.contains(u"newer version"_s));
    ListedAccount renamed = *list.find(u"1"_s);
    renamed.name = u"A2"_s;
    QVERIFY(list.update(renamed));
    QVERIFY(list.remove(u"3"_s));
    addOne(list, profileAccount(u"d"_s));
    const QJsonObject root = QJsonDocument::fromJson(contentOf(m_file)).object();
    QCOMPARE(root["comment"_L1].toString(), u"mine"_s);
    const QJsonArray entries = root["accounts"_L1].toArray();
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries[0]["name"_L1].toString(), u"A2"_s);
    QCOMPARE(entries[0]["shade"_L1]["h"_L1].toInt(), 1);
    const QJsonObject untouched{
        {u"id"_s, u"2"_s}, {u"name"_s, u"b"_s}, {u"source"_s, u"telepathy"_s}, {u"medium"_s, u"Zoe"_s}};
    QCOMPARE(entries[1].toObject(), untouched);
}

void TestAccountList::remembersKeysThatStayed()
{
    AccountList list(m_file);
    const KeysLeft first{u"1"_s, u"a"_s};
    QVERIFY(list.noteKeysLeft(first) && list.noteKeysLeft({u"2"_s, u"b"_s}) && list.noteKeysLeft(first));
    AccountList again(m_file);
    QVERIFY(again.load());
    QCOMPARE(again.keysLeft(), (QList<KeysLeft>{first, {u"2"_s, u"b"_s}}));
    addOne(again, profileAccount(u"c"_s));
    QVERIFY(again.forgetKeysLeft(u"2"_s));
    QVERIFY(list.load());
    QCOMPARE(list.keysLeft(), QList<KeysLeft>{first});
    QVERIFY(list.forgetKeysLeft(u"1"_s));
    QVERIFY(!contentOf(m_file).contains("keysLeft"));
}

void TestAccountList::findsNamesThatLookAlike_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("like");
    QTest::newRow("Cyrillic") << u"Рrоduсtiоn"_s << u"Production"_s;
    QTest::newRow("Cyrillic capitals") << u"РRОDUСТIОN"_s << u"Production"_s;
    QTest::newRow("Greek") << u"Prοductiοn"_s << u"Production"_s;
    QTest::newRow("a digit") << u"Pr0duction"_s << u"Production"_s;
    QTest::newRow("an invisible character") << u"Pro\u200bduction"_s << u"Production"_s;
    QTest::newRow("another one") << u"Product"_s << QString();
    QTest::newRow("one and the same") << u"production"_s << QString(); // it is refused
    QTest::newRow("Russian") << u"Продукция"_s << QString();
    QTest::newRow("Japanese") << u"本番"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestAccountList::findsNamesThatLookAlike()
{
    QFETCH(const QString, name);
    QFETCH(const QString, like);
    QCOMPARE(lookAlikeOf(profileAccount(name), {profileAccount(u"開発"_s), profileAccount(u"Production"_s)}), like);
}

void TestAccountList::leavesDamagedFilesAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("cut") << QByteArray("{\"version\":1,\n\"accounts\":[{\"id\":") << u"line 2"_s;
    QTest::newRow("array") << QByteArray("[]") << u"no list of accounts"_s;
    QTest::newRow("object") << QByteArray("{}") << u"no list of accounts"_s;
    QTest::newRow("version as text") << QByteArray(R"({"version":"1","accounts":[]})") << u"no list of accounts"_s;
    QTest::newRow("accounts as object") << QByteArray(R"({"version":1,"accounts":{}})") << u"no list of accounts"_s;
    QTest::newRow("no id") << QByteArray(R"({"version":1,"accounts":[{"name":"a","source":"profile"}]})")
                           << u"entry 1"_s;
    QTest::newRow("no name") << QByteArray(R"({"version":1,"accounts":[{"id":"1","name":" ","source":"profile"}]})")
                             << u"entry 1"_s;
    QTest::newRow("two of one id") << QByteArray(
        R"({"version":1,"accounts":[{"id":"1","name":"a"},{"id":"1","name":"b"}]})")
                                   << u"entry 2"_s;
    QTest::newRow("number") << QByteArray(R"({"version":1,"accounts":[7]})") << u"entry 1"_s;
    QTest::newRow("newer") << QByteArray(R"({"version":2,"accounts":[]})") << u"newer version"_s;
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe\x01", 4) << u"damaged"_s;
    QTest::newRow("huge") << QByteArray(11 << 20, ' ') << u"10 MB"_s;
}

void TestAccountList::leavesDamagedFilesAlone()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QVERIFY(QDir().mkpath(m_folder->filePath(u"casement"_s)));
    writeFile(m_file, bytes);
    AccountList list(m_file);
    const Result<void> loaded = list.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, Error::Kind::File);
    QVERIFY2(loaded.error().message.contains(words), qPrintable(loaded.error().message));
    QVERIFY(loaded.error().message.contains(m_file));
    QVERIFY(!list.add({profileAccount(u"a"_s)}));
    QVERIFY(!list.remove(u"1"_s));
    QCOMPARE(contentOf(m_file), bytes);
    QVERIFY(list.accounts().isEmpty());
    // Moved away, it is no matter any more.
    QVERIFY(QFile::rename(m_file, m_file + ".old"_L1));
    QVERIFY(list.add({profileAccount(u"a"_s)}));
}

void TestAccountList::refusesWhatIsNoFile()
{
    QVERIFY(QDir().mkpath(m_file));
    AccountList folder(m_file);
    QVERIFY(!folder.load());
    QVERIFY(!folder.add({profileAccount(u"a"_s)}));
    const QString fifo = m_folder->filePath(u"fifo"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    AccountList pipe(fifo);
    QVERIFY(!pipe.load());
    QVERIFY(!pipe.add({profileAccount(u"a"_s)}));
    // A full disk leaves a file of no bytes: what was in it is not to be forgotten by the next account.
    const QString empty = m_folder->filePath(u"empty.json"_s);
    writeFile(empty, {});
    AccountList none(empty);
    QVERIFY(!none.load());
    QVERIFY(!none.add({profileAccount(u"a"_s)}));
    QCOMPARE(QFileInfo(empty).size(), 0);
}

void TestAccountList::tellsWhatCantBeWritten()
{
    AccountList list(u"/proc/casement/accounts.json"_s);
    QVERIFY(list.load());
    const auto added = list.add({profileAccount(u"a"_s)});
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::File);
    QVERIFY(list.accounts().isEmpty());
}

void TestAccountList::aFullDiskLeavesTheList()
{
    AccountList list(m_file);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        addOne(list, profileAccount(name));
    const QByteArray before = contentOf(m_file);
    constexpr int room = 400; // for what a lock says, but for no list
    QVERIFY(before.size() > room);
    {
        const test::FullDisk disk(room);
        const Result<QList<ListedAccount>> added = list.add({profileAccount(u"e"_s)});
        QVERIFY(!added);
        QVERIFY2(!added.error().message.contains(u"Another program"_s), qPrintable(added.error().message));
    }
    QCOMPARE(contentOf(m_file), before);
    addOne(list, profileAccount(u"e"_s));
    QCOMPARE(namesOf(list).size(), 5);
}

void TestAccountList::followsLinks()
{
    const QString real = m_folder->filePath(u"dotfiles/list.json"_s);
    QVERIFY(QDir().mkpath(m_folder->filePath(u"dotfiles"_s)));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"casement"_s)));
    QVERIFY(QFile::link(real, m_file)); // leads to nothing yet
    AccountList list(m_file);
    QVERIFY(list.load());
    addOne(list, profileAccount(u"a"_s));
    QVERIFY(QFileInfo(m_file).isSymbolicLink());
    QVERIFY(QFileInfo(real).isFile());
    AccountList again(real);
    QVERIFY(again.load());
    QCOMPARE(namesOf(again), QStringList{u"a"_s});
    QVERIFY(QFile::remove(m_file));
    QVERIFY(QFile::link(m_file, m_file + "2"_L1));
    QVERIFY(QFile::link(m_file + "2"_L1, m_file)); // in a circle
    AccountList circle(m_file);
    QVERIFY(!circle.load());
    QVERIFY(!circle.add({profileAccount(u"a"_s)}));
}

void TestAccountList::noticesOtherPrograms()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    QSignalSpy changed(&list, &AccountList::changed);
    const auto waitForNames = [&](const QStringList &names) {
        return QTest::qWaitFor([&] { return namesOf(list) == names; }, 10'000);
    };
    AccountList other(m_file);
    const ListedAccount a = addOne(other, profileAccount(u"a"_s)); // the folder did not exist
    QVERIFY(waitForNames({u"a"_s}));
    addOne(other, profileAccount(u"b"_s)); // the file is another one each time
    QVERIFY(waitForNames({u"a"_s, u"b"_s}));
    QVERIFY(other.remove(a.id));
    QVERIFY(waitForNames({u"b"_s}));
    QVERIFY(changed.size() >= 3);
    // A file that is damaged is no list of nothing.
    writeFile(m_file, "{");
    QVERIFY(!list.add({profileAccount(u"c"_s)}));
    QCOMPARE(namesOf(list), QStringList{u"b"_s});
    // By an editor that writes in place.
    writeFile(m_file, R"({"version":1,"accounts":[{"id":"9","name":"edited","source":"profile","profile":"x"}]})");
    QVERIFY(waitForNames({u"edited"_s}));
    // What this one writes itself is told once.
    changed.clear();
    addOne(list, profileAccount(u"own"_s));
    addOne(other, profileAccount(u"last"_s));
    QVERIFY(waitForNames({u"edited"_s, u"own"_s, u"last"_s}));
    QCOMPARE(changed.size(), 2);
}

void TestAccountList::losesNothingOfTwoPrograms()
{
    QProcess first;
    QProcess second;
    first.start(QCoreApplication::applicationFilePath(), {u"--add"_s, m_file, u"first"_s});
    second.start(QCoreApplication::applicationFilePath(), {u"--add"_s, m_file, u"second"_s});
    QCOMPARE(addMany(m_file, u"own"_s), 0);
    QVERIFY(first.waitForFinished(60'000) && second.waitForFinished(60'000));
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(second.exitCode(), 0);
    AccountList list(m_file);
    QVERIFY(list.load());
    QCOMPARE(list.accounts().size(), 3 * addedByEach);
}

void TestAccountList::sessionsAreOfThisRun()
{
    AccountList list(m_file);
    QVERIFY(list.load());
    addOne(list, profileAccount(u"a"_s));
    ListedAccount session;
    session.name = u"today"_s;
    session.source = Source::Session;
    ListedAccount added = addOne(list, session);
    addOne(list, profileAccount(u"b"_s));
    QCOMPARE(namesOf(list), (QStringList{u"a"_s, u"b"_s, u"today"_s}));
    QVERIFY(!contentOf(m_file).contains("today"));
    added.name = u"tomorrow"_s;
    QVERIFY(list.update(added));
    QVERIFY(list.load());
    QCOMPARE(namesOf(list), (QStringList{u"a"_s, u"b"_s, u"tomorrow"_s}));
    QVERIFY(!contentOf(m_file).contains("tomorrow"));
    added.source = Source::Keychain; // its keys went into the keychain after all
    QVERIFY(list.update(added));
    QVERIFY(contentOf(m_file).contains("tomorrow"));
    QCOMPARE(list.accounts().size(), 3);
    QVERIFY(list.remove(added.id));
    QCOMPARE(list.accounts().size(), 2);
}

void TestAccountList::saysWhyNot_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("name") << u"name"_s << u"Größe 東京 🐟"_s << true;
    QTest::newRow("no name") << u"name"_s << u"  "_s << false;
    QTest::newRow("100") << u"name"_s << QString(100, u'x') << true;
    QTest::newRow("101") << u"name"_s << QString(101, u'x') << false;
    QTest::newRow("escape") << u"name"_s << u"a\x1b[31m"_s << false;
    QTest::newRow("taken") << u"name"_s << u" OTHER "_s << false;
    QTest::newRow("taken, of full width") << u"name"_s << u"Ｏther"_s << false;
    QTest::newRow("a family") << u"name"_s << u"👨\u200D👩\u200D👧"_s << true;
    QTest::newRow("region") << u"region"_s << u"ap-northeast-1"_s << true;
    QTest::newRow("no region") << u"region"_s << u"Tokyo; rm -rf"_s << false;
    QTest::newRow("endpoint") << u"endpoint"_s << u"https://example.com/support"_s << true;
    QTest::newRow("local endpoint") << u"endpoint"_s << u"http://127.0.0.1:5000"_s << true;
    QTest::newRow("plain endpoint") << u"endpoint"_s << u"http://example.com"_s << false;
    QTest::newRow("file endpoint") << u"endpoint"_s << u"file:///etc/passwd"_s << false;
    QTest::newRow("password endpoint") << u"endpoint"_s << u"https://a:b@example.com"_s << false;
    QTest::newRow("archive") << u"archive"_s << u"profile:other"_s << false;
    QTest::newRow("no profile") << u"profile"_s << QString() << false;
    QTest::newRow("role") << u"role"_s << u"arn:aws-cn:iam::111122223333:role/path/Support"_s << true;
    QTest::newRow("user") << u"role"_s << u"arn:aws:iam::111122223333:user/hana"_s << false;
    QTest::newRow("short account") << u"role"_s << u"arn:aws:iam::1111:role/Support"_s << false;
    QTest::newRow("external id") << u"external"_s << u"a/b:c"_s << true;
    QTest::newRow("external id with space") << u"external"_s << u"a b"_s << false;
    QTest::newRow("base") << u"base"_s << u"nobody"_s << false;
    QTest::newRow("own base") << u"base"_s << u"own"_s << false;
}

void TestAccountList::saysWhyNot()
{
    QFETCH(QString, member);
    QFETCH(QString, value);
    QFETCH(bool, isGood);
    AccountList list(m_file);
    const ListedAccount other = addOne(list, profileAccount(u"other"_s));
    const bool isRole = member == u"role" || member == u"external" || member == u"base";
    ListedAccount account = isRole ? roleAccount(u"new"_s, other.id) : profileAccount(u"new"_s);
    account.id = u"own"_s;
    QString &changed = member == u"name" ? account.name
        : member == u"region"            ? account.region
        : member == u"endpoint"          ? account.endpointUrl
        : member == u"archive"           ? account.archiveKey
        : member == u"profile"           ? account.profile
        : member == u"role"              ? account.roleArn
        : member == u"external"          ? account.externalId
                                         : account.base;
    changed = value;
    const QString why = list.whyNot(account);
    QVERIFY2(why.isEmpty() == isGood, qPrintable(why));
    QCOMPARE(bool(list.add({account})), isGood);
}

void TestAccountList::makesChoices()
{
    AccountList list(m_file);
    SecretStore secrets;
    ListedAccount account = profileAccount(u"prod"_s);
    account.region = u"eu-west-1"_s;
    account.endpointUrl = u"https://example.com"_s;
    account = addOne(list, account);
    const Result<ProfileChoice> profile = choiceOf(account, list, secrets);
    QVERIFY(profile);
    QCOMPARE(profile->profile, u"prod"_s);
    QCOMPARE(profile->region, u"eu-west-1"_s);
    QCOMPARE(profile->endpointUrl, u"https://example.com"_s);
    QVERIFY(!profile->source && !profile->keys);

    ListedAccount session;
    session.name = u"session"_s;
    session.source = Source::Session;
    session = addOne(list, session);
    QVERIFY(!choiceOf(session, list, secrets));
    const Credentials keys(u"AKIAIOSFODNN7EXAMPLE"_s, u"secret-of-a-session"_s);
    const Result<ProfileChoice> given = choiceOf(session, list, secrets, keys);
    QVERIFY(given && given->keys && given->keys->isSameAs(keys));

    for (const Source source : {Source::Keychain, Source::Environment}) {
        ListedAccount other = profileAccount(u"x%1"_s.arg(int(source)));
        other.source = source;
        other.profile.clear();
        const Result<ProfileChoice> choice = choiceOf(other, list, secrets);
        QVERIFY(choice && choice->source && choice->profile.isEmpty());
    }
    ListedAccount china = roleAccount(u"china"_s, account.id);
    china.roleArn = u"arn:aws-cn:iam::111122223333:role/Support"_s;
    const Result<ProfileChoice> role = choiceOf(china, list, secrets);
    QVERIFY(role && role->source);
    QCOMPARE(role->region, u"cn-northwest-1"_s); // else the keys would be signed for another partition
    // With roles it is one that shares its keys.
    addOne(list, roleAccount(u"role"_s, account.id));
    const Result<ProfileChoice> hub = choiceOf(account, list, secrets);
    QVERIFY(hub && hub->source);
    QCOMPARE(hub->profile, u"prod"_s);
}

void TestAccountList::tellsOfBasesThatAreNone()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"casement"_s)));
    writeFile(m_file, R"({"version":1,"accounts":[
        {"id":"1","name":"one","source":"role","roleArn":"arn:aws:iam::111122223333:role/R","base":"2"},
        {"id":"2","name":"two","source":"role","roleArn":"arn:aws:iam::111122223333:role/R","base":"1"},
        {"id":"3","name":"three","source":"role","roleArn":"arn:aws:iam::111122223333:role/R","base":"4"}]})");
    AccountList list(m_file);
    QVERIFY(list.load());
    SecretStore secrets;
    const Result<ProfileChoice> circle = choiceOf(*list.find(u"1"_s), list, secrets);
    QVERIFY(!circle);
    QVERIFY2(circle.error().message.contains("one > two > one"_L1), qPrintable(circle.error().message));
    const Result<ProfileChoice> lost = choiceOf(*list.find(u"3"_s), list, secrets);
    QVERIFY(!lost);
    QVERIFY2(lost.error().message.contains("\"three\""_L1), qPrintable(lost.error().message));
}

void TestAccountList::isOneAccountForTheArchive()
{
    const Endpoint aws = *resolveEndpoint({.region = u"us-east-1"_s});
    const Endpoint local = *resolveEndpoint({.region = u"us-east-1"_s, .customUrl = u"http://127.0.0.1:5000"_s});
    ListedAccount profile = profileAccount(u"prod"_s);
    QCOMPARE(newArchiveKey(profile, aws), u"profile:prod"_s);
    QCOMPARE(newArchiveKey(profile, local), u"endpoint:127.0.0.1:5000/profile:prod"_s);
    ProfileChoice choice;
    choice.profile = u"prod"_s;
    QCOMPARE(newArchiveKey(profile, local), accountIdentity(choice, local).key); // --profile finds the same
    profile.archiveKey = newArchiveKey(profile, aws);
    QCOMPARE(identityOf(profile, aws).key, u"profile:prod"_s);
    QCOMPARE(identityOf(profile, local).key, u"endpoint:127.0.0.1:5000/profile:prod"_s);
    profile.archiveKey = newArchiveKey(profile, local);
    QCOMPARE(identityOf(profile, aws).key, u"profile:prod"_s);
    QCOMPARE(identityOf(profile, aws).name, u"prod"_s);

    ListedAccount keys;
    keys.source = Source::Keychain;
    const QString byId = newArchiveKey(keys, aws, u"AKIAIOSFODNN7EXAMPLE"_s);
    QVERIFY2(byId.startsWith("account:"_L1) || byId.startsWith("keys:"_L1), qPrintable(byId));
    QVERIFY(newArchiveKey(keys, local, u"AKIAIOSFODNN7EXAMPLE"_s).startsWith("endpoint:127.0.0.1:5000/keys:"_L1));
    QVERIFY(!newArchiveKey(keys, local, u"AKIAIOSFODNN7EXAMPLE"_s).contains("AKIA"_L1));
    keys.accountNumber = u"444455556666"_s;
    QCOMPARE(newArchiveKey(keys, aws, u"AKIAIOSFODNN7EXAMPLE"_s), u"account:444455556666"_s);
    QCOMPARE(newArchiveKey(roleAccount(u"r"_s, {}), aws), u"account:111122223333"_s);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], "--add") == 0)
        return addMany(QString::fromUtf8(argv[2]), QString::fromUtf8(argv[3]));
    TestAccountList test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "tst_accountlist.moc"
