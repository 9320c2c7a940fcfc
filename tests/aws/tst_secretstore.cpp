#include "askingsecrets.h"
#include "aws/secretstore.h"
#include "keyringworld.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <cstdio>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray plantedSecret = "pLaNtEd+SeCrEt/0123456789abcdefghijklmno";
constexpr qint64 longestStall = 500; // ms; what a computer under load needs by itself

/// What a run of this program in the world of a test said.
struct Said
{
    QString what; ///< `ok`, or the code of the error
    QString keyId;
    qint64 took = 0; ///< ms
    qint64 stall = 0; ///< the longest time that the event loop did not run, ms
    QByteArray all;
};

/// One step of a run: `read NAME`, `write NAME`, `write-token NAME`, `remove NAME`, `probe`, `garble NAME`; `wake PID`
/// lets a stopped process go on when the step before it was told, and reads `prod`. `write-late NAME` writes and waits
/// until that is done after all, `await NAME` reads once the keychain was opened.
int childMain(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = application.arguments().sliced(2);
    SecretStore store;
    QObject context;
    qint64 stall = 0;
    QElapsedTimer sinceTick;
    QTimer ticker;
    QObject::connect(&ticker, &QTimer::timeout, &context, [&] { stall = std::max(stall, sinceTick.restart()); });
    int waiting = 0;
    QElapsedTimer time;
    std::function<void()> afterwards;
    const auto tell = [&](const Error &error, const QByteArray &keyId = {}) {
        stall = std::max(stall, sinceTick.restart());
        const QByteArray what = error.kind == Error::Kind::None ? "ok" : error.code.toUtf8();
        std::printf("%s,%s,%lld,%lld\n", what.constData(), keyId.constData(), static_cast<long long>(time.elapsed()),
                    static_cast<long long>(stall));
        std::fflush(stdout);
        if (const auto next = std::exchange(afterwards, {}))
            next();
        if (--waiting == 0)
            application.quit();
    };
    const auto read = [&](const QString &name) {
        store.read(name, &context, [&tell](const Result<Credentials> &found) {
            tell(found ? Error() : found.error(), found ? found->accessKeyId() + found->sessionToken() : "");
        });
    };
    const auto done = [&](const Result<void> &result) { tell(result ? Error() : result.error()); };
    const Credentials keys(u"AKIAKEYCHAINTEST0001"_s, QString::fromUtf8(plantedSecret));
    const Credentials temporary(u"ASIAKEYCHAINTEST0001"_s, QString::fromUtf8(plantedSecret), u"token"_s);
    sinceTick.start();
    time.start();
    ticker.start(5);
    for (qsizetype i = 0; i < words.size(); i += 2) {
        const QString name = words.value(i + 1);
        ++waiting;
        if (words.at(i) == u"read")
            read(name);
        else if (words.at(i) == u"wake")
            afterwards = [&read, pid = pid_t(name.toInt())] {
                ::kill(pid, SIGCONT);
                read(u"prod"_s);
            };
        else if (words.at(i) == u"write-late") {
            ++waiting;
            store.write(name, keys, &context, done, done);
        } else if (words.at(i) == u"await")
            QObject::connect(
                &store, &SecretStore::opened, &context, [&read, name] { read(name); }, Qt::SingleShotConnection);
        else if (words.at(i) == u"write")
            store.write(name, keys, &context, done);
        else if (words.at(i) == u"write-token")
            store.write(name, temporary, &context, done);
        else if (words.at(i) == u"remove")
            store.remove(name, &context, done);
        else if (words.at(i) == u"probe")
            store.probe(&context, done);
        else {
            auto *job = new QKeychain::WritePasswordJob(u"org.casement.Casement"_s);
            job->setKey(name);
            job->setTextData(u"no keys"_s);
            QObject::connect(job, &QKeychain::Job::finished, &context, [&] { tell({}); });
            job->start();
        }
    }
    return application.exec();
}

} // namespace

class TestSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAfterARestart();
    void keepsATokenAndReplaces();
    void removes();
    void probeLeavesNothing();
    void tellsWhatIsNoKey();
    void lockedIsNotMissing();
    void lockedForgetsNothing();
    void absentService();
    void absentBus();
    void denied();
    void silentService();
    void stoppedKeyring();
    void goesOnAfterAStop();
    void manyWaitBehindOne();
    void aPasswordTypedLateIsEnough_data();
    void aPasswordTypedLateIsEnough();
    void whoDismissesTheQuestionIsTold();
    void aFirstPasswordIsWaitedFor();
    void opensLate();
    void keepsNothingInPlainText();
    void isBusyUntilItIsDone();

private:
    /// `afterFirst` runs when the first step was told.
    QList<Said> run(KeyringWorld &world, const QStringList &words, const std::function<void()> &afterFirst = {});
    Said runOne(KeyringWorld &world, const QStringList &words);
};

QList<Said> TestSecretStore::run(KeyringWorld &world, const QStringList &words, const std::function<void()> &afterFirst)
{
    QProcess child;
    child.setProcessEnvironment(world.environment);
    QSignalSpy finished(&child, &QProcess::finished);
    if (afterFirst)
        connect(&child, &QProcess::readyReadStandardOutput, &child, afterFirst, Qt::SingleShotConnection);
    child.start(QCoreApplication::applicationFilePath(), QStringList{u"--keychain"_s} + words);
    if (finished.isEmpty() && !finished.wait(60'000))
        qFatal("The child does not end");
    QList<Said> all;
    for (const QByteArray &line : child.readAllStandardOutput().split('\n')) {
        const QList<QByteArray> parts = line.split(',');
        if (parts.size() == 4)
            all.append({QString::fromUtf8(parts[0]), QString::fromUtf8(parts[1]), parts[2].toLongLong(),
                        parts[3].toLongLong(), line});
    }
    const QByteArray errors = child.readAllStandardError();
    if (holdsSecret(errors, plantedSecret))
        qFatal("The secret is on standard error");
    if (all.isEmpty())
        all.append({u"nothing"_s, {}, 0, 0, errors});
    return all;
}

Said TestSecretStore::runOne(KeyringWorld &world, const QStringList &words)
{
    const Said said = run(world, words).last();
    if (said.stall > longestStall)
        qWarning("%s", said.all.constData());
    return said;
}

void TestSecretStore::findsAfterARestart()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).what, QString(keychaincode::missing));
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"AKIAKEYCHAINTEST0001"_s);
    QCOMPARE(runOne(world, {u"read"_s, u"other"_s}).what, QString(keychaincode::missing));
    world.startKeyring(); // and of the keyring
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"AKIAKEYCHAINTEST0001"_s);
}

void TestSecretStore::keepsATokenAndReplaces()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write-token"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"ASIAKEYCHAINTEST0001token"_s);
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"AKIAKEYCHAINTEST0001"_s);
    QCOMPARE(world.entries(), 1);
}

void TestSecretStore::removes()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(runOne(world, {u"remove"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(world.entries(), 0);
    QCOMPARE(runOne(world, {u"remove"_s, u"prod"_s}).what, u"ok"_s);
}

void TestSecretStore::probeLeavesNothing()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"probe"_s}).what, u"ok"_s);
    QCOMPARE(world.entries(), 0);
}

void TestSecretStore::tellsWhatIsNoKey()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"garble"_s, u"prod"_s}).what, u"ok"_s);
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).what, QString(keychaincode::garbled));
}

void TestSecretStore::lockedIsNotMissing()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    world.lock();
    for (const QStringList &words : {QStringList{u"read"_s, u"prod"_s}, QStringList{u"read"_s, u"other"_s},
                                     QStringList{u"write"_s, u"prod"_s}, QStringList{u"probe"_s}}) {
        const Said said = runOne(world, words);
        QVERIFY2(said.what == keychaincode::locked, said.all.constData());
        QVERIFY2(said.took < 2'500 && said.stall < longestStall, said.all.constData());
    }
}

void TestSecretStore::lockedForgetsNothing()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    world.lock();
    QCOMPARE(runOne(world, {u"remove"_s, u"prod"_s}).what, QString(keychaincode::locked));
    QCOMPARE(world.entries(), 1);
    world.startKeyring();
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"AKIAKEYCHAINTEST0001"_s);
}

void TestSecretStore::absentService()
{
    KeyringWorld world;
    for (const QString &word : {u"read"_s, u"write"_s, u"remove"_s, u"probe"_s}) {
        const Said said = runOne(world, {word, u"prod"_s});
        QVERIFY2(said.what == keychaincode::absent, said.all.constData());
        QVERIFY2(said.took < 2'500 && said.stall < longestStall, said.all.constData());
    }
}

void TestSecretStore::absentBus()
{
    KeyringWorld world;
    world.environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/bus"_s);
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, QString(keychaincode::absent));
    QCOMPARE(fileWithSecret(world.folder(), plantedSecret), QString());
}

void TestSecretStore::denied()
{
    KeyringWorld world;
    const FakeSecrets refusing(world, FakeSecrets::Mood::Refusing);
    for (const QString &word : {u"read"_s, u"write"_s, u"remove"_s, u"probe"_s})
        QCOMPARE(runOne(world, {word, u"prod"_s}).what, QString(keychaincode::denied));
}

void TestSecretStore::silentService()
{
    KeyringWorld world;
    const FakeSecrets silent(world, FakeSecrets::Mood::Silent);
    for (const QString &word : {u"read"_s, u"write"_s, u"remove"_s, u"probe"_s}) {
        const Said said = runOne(world, {word, u"prod"_s});
        QVERIFY2(said.what == keychaincode::silent, said.all.constData());
        QVERIFY2(said.took >= 1'500 && said.took < 4'000 && said.stall < longestStall, said.all.constData());
    }
}

void TestSecretStore::stoppedKeyring()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    world.signalKeyring(SIGSTOP);
    const Said said = runOne(world, {u"read"_s, u"prod"_s});
    QVERIFY2(said.what == keychaincode::silent, said.all.constData());
    QVERIFY2(said.took < 2'500 && said.stall < longestStall, said.all.constData());
    world.signalKeyring(SIGCONT);
    QCOMPARE(runOne(world, {u"read"_s, u"prod"_s}).keyId, u"AKIAKEYCHAINTEST0001"_s);
}

void TestSecretStore::goesOnAfterAStop()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write-token"_s, u"prod"_s}).what, u"ok"_s);
    world.signalKeyring(SIGSTOP);
    const QString pid = QString::number(world.keyringProcess());
    const QList<Said> said = run(world, {u"write"_s, u"prod"_s, u"wake"_s, pid});
    QCOMPARE(said.size(), 2);
    QCOMPARE(said.first().what, QString(keychaincode::silent));
    // What was written before or after it, but whole.
    QCOMPARE(said.last().what, u"ok"_s);
    QVERIFY2(said.last().keyId.startsWith(u"AKIA"_s) || said.last().keyId.endsWith(u"token"_s),
             said.last().all.constData());
}

void TestSecretStore::manyWaitBehindOne()
{
    KeyringWorld world;
    world.startKeyring();
    QStringList words{u"write"_s, u"prod"_s};
    // As many as are read within the two seconds after which a keychain is silent, on a busy machine, too.
    for (int i = 0; i < 100; ++i)
        words += {u"read"_s, u"prod"_s};
    const QList<Said> quick = run(world, words);
    QCOMPARE(quick.size(), 101);
    for (const Said &said : quick)
        QVERIFY2(said.what == u"ok" && said.stall < longestStall, said.all.constData());

    world.signalKeyring(SIGSTOP);
    const QList<Said> slow = run(world, words);
    QCOMPARE(slow.size(), 101);
    for (const Said &said : slow)
        QVERIFY2(said.what == keychaincode::silent && said.took < 3'000, said.all.constData());
}

void TestSecretStore::aPasswordTypedLateIsEnough_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("keyId"); // of what is told last
    QTest::newRow("written") << QStringList{u"write-late"_s, u"prod"_s} << QString();
    QTest::newRow("read") << QStringList{u"read"_s, u"prod"_s, u"await"_s, u"prod"_s} << u"AKIAKEYCHAINTEST0001"_s;
}

void TestSecretStore::aPasswordTypedLateIsEnough()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, keyId);
    KeyringWorld world;
    AskingSecrets desktop(world);
    desktop.kept.insert(u"prod"_s, R"({"Version":1,"AccessKeyId":"AKIAKEYCHAINTEST0001","SecretAccessKey":"old"})");
    const QList<Said> said = run(world, words, [&desktop] {
        QCOMPARE(desktop.asking(), 1);
        desktop.typePassword();
    });
    QCOMPARE(said.size(), 2);
    QVERIFY2(said.first().what == keychaincode::waiting, said.first().all.constData());
    QVERIFY2(said.first().took >= 1'500 && said.first().took < 4'000, said.first().all.constData());
    QVERIFY2(said.last().what == u"ok" && said.last().keyId == keyId, said.last().all.constData());
    QCOMPARE(desktop.kept.value(u"prod"_s).contains(plantedSecret), keyId.isEmpty());
}

void TestSecretStore::whoDismissesTheQuestionIsTold()
{
    KeyringWorld world;
    AskingSecrets desktop(world);
    const QList<Said> said = run(world, {u"write-late"_s, u"prod"_s}, [&desktop] {
        QCOMPARE(desktop.asking(), 1);
        desktop.dismiss();
    });
    QCOMPARE(said.size(), 2);
    QVERIFY2(said.first().what == keychaincode::waiting, said.first().all.constData());
    QVERIFY2(said.last().what == keychaincode::denied || said.last().what == keychaincode::locked,
             said.last().all.constData());
    QVERIFY(desktop.kept.isEmpty());
}

/// Of a keychain that was never used: it makes its collection first, and has the person think up a password for it.
void TestSecretStore::aFirstPasswordIsWaitedFor()
{
    KeyringWorld world;
    AskingSecrets desktop(world, true);
    const QList<Said> said = run(world, {u"write-late"_s, u"prod"_s}, [&desktop] {
        QCOMPARE(desktop.asking(), 1);
        desktop.typePassword();
    });
    QCOMPARE(said.size(), 2);
    QVERIFY2(said.first().what == keychaincode::waiting, said.first().all.constData());
    QVERIFY2(said.last().what == u"ok", said.last().all.constData());
    QVERIFY(desktop.kept.value(u"prod"_s).contains(plantedSecret));
}

void TestSecretStore::opensLate()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    world.lock();
    const QList<Said> said = run(world, {u"read"_s, u"prod"_s, u"await"_s, u"prod"_s}, [&world] { world.unlock(); });
    QCOMPARE(said.size(), 2);
    QVERIFY2(said.first().what == keychaincode::locked, said.first().all.constData());
    QVERIFY2(said.last().what == u"ok", said.last().all.constData());
}

void TestSecretStore::keepsNothingInPlainText()
{
    KeyringWorld world;
    world.startKeyring();
    QCOMPARE(runOne(world, {u"write"_s, u"prod"_s}).what, u"ok"_s);
    world.startKeyring(); // its file is written
    QCOMPARE(world.entries(), 1);
    QCOMPARE(fileWithSecret(world.folder(), plantedSecret), QString());
    // The search itself finds what there is.
    QFile planted(world.path("home") + u"/planted"_s);
    QVERIFY(planted.open(QIODevice::WriteOnly));
    planted.write("{\"k\":\"" + plantedSecret.toBase64() + "\"}");
    planted.close();
    QCOMPARE(fileWithSecret(world.folder(), plantedSecret), planted.fileName());
}

void TestSecretStore::isBusyUntilItIsDone()
{
    SecretStore store; // whatever there is in this session: nothing is written that stays
    QVERIFY(!store.isBusy());
    QObject context;
    QSignalSpy idle(&store, &SecretStore::idle);
    bool isTold = false;
    store.remove(u"tst_secretstore-nothing"_s, &context, [&](const Result<void> &) { isTold = true; });
    QVERIFY(store.isBusy());
    QVERIFY(!isTold);
    QVERIFY(!idle.isEmpty() || idle.wait(5'000));
    QVERIFY(isTold);
    QVERIFY(!store.isBusy());
}

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], "--keychain") == 0)
        return childMain(argc, argv);
    // No keychain of this computer's is touched by the process itself.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication application(argc, argv);
    TestSecretStore test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "tst_secretstore.moc"
