#include "archive/caseowner.h"
#include "cli/sendworld.h"

#include <QDir>
#include <QFile>

using namespace casement;
using namespace casement::test;

namespace {

/// A world whose keys come from a profile, and nobody but the cases tells whose they are.
struct ProfileWorld : World
{
    ProfileWorld()
    {
        cli.environment.remove(u"AWS_ACCESS_KEY_ID"_s);
        cli.environment.remove(u"AWS_SECRET_ACCESS_KEY"_s);
        haveKeysOf(0);
        const CliRun synced = run({u"sync"_s});
        QVERIFY2(synced.status == 0, synced.err.constData());
        commands = {{u"create"_s, u"--input"_s, text(newCase(u"Of the own account"_s))},
                    {u"reply"_s, openCase()->caseId, u"--body"_s, u"text"_s},
                    {u"resolve"_s, openCase()->caseId},
                    {u"advisor"_s, u"list"_s},
                    {u"advisor"_s, u"refresh"_s, u"--all-checks"_s},
                    {u"call"_s, u"CreateCase"_s, u"--input"_s, text(newCase(u"By hand"_s))},
                    {u"call"_s, u"AddAttachmentsToSet"_s, u"--input"_s,
                     uR"({"attachments":[{"fileName":"a.txt","data":"aGVsbG8="}]})"_s}};
    }

    void haveKeysOf(int which) const
    {
        QDir(cli.home.path()).mkpath(u".aws"_s);
        QFile file(cli.home.filePath(u".aws/credentials"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[work]\naws_access_key_id = " + demo.account(which).accessKeyId.toUtf8()
                   + "\naws_secret_access_key = " + demo.account(which).secretAccessKey.toUtf8() + '\n');
    }

    CliRun run(const QStringList &arguments) { return cli.run(QStringList{u"--profile"_s, u"work"_s} + arguments); }

    /// All of them end with an error that says this, and none does anything.
    void nothingIsSent(const QByteArray &words)
    {
        for (const QStringList &command : std::as_const(commands)) {
            const CliRun done = run(command);
            QVERIFY2(done.status == 1 && done.err.contains(words),
                     (command.first().toUtf8() + ": " + done.err).constData());
        }
        QCOMPARE(changes(), 0);
        QCOMPARE(demo.requestCount("DescribeTrustedAdvisorChecks"), 0);
        QCOMPARE(demo.requestCount("AddAttachmentsToSet"), 0);
        QVERIFY(outbox().isEmpty());
    }

    void allIsSent()
    {
        for (const QStringList &command : commands.first(4)) {
            const CliRun done = run(command);
            QVERIFY2(done.status == 0, (command.first().toUtf8() + ": " + done.err).constData());
        }
        QCOMPARE(changes(), 3);
    }

    QList<QStringList> commands;
};

} // namespace

/// Keys that a profile got are another account's, or nobody can tell.
class TestSendOwner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherAccountsKeysSendNothing();
    void keysThatProveNothingSendNothing_data();
    void keysThatProveNothingSendNothing();
    void aKnownCaseTells_data();
    void aKnownCaseTells();
    void whoVouchesIsBelieved();
    void aLostChangeIsNotLookedForElsewhere();
    void aDraftSaysWhatItsKeysLack();
};

void TestSendOwner::anotherAccountsKeysSendNothing()
{
    ProfileWorld world;
    world.haveKeysOf(2);
    world.nothingIsSent("leads to account " + world.demo.account(2).accountId.toUtf8());
    world.haveKeysOf(0);
    world.allIsSent();
}

void TestSendOwner::keysThatProveNothingSendNothing_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<QString>("faults");
    QTest::newRow("of an account without a case") << 2 << QString();
    QTest::newRow("of one whose cases may not be read") << 2 << u"deny:DescribeCases"_s;
    QTest::newRow("of the account, and they may not read its cases") << 0 << u"deny:DescribeCases"_s;
}

void TestSendOwner::keysThatProveNothingSendNothing()
{
    QFETCH(int, keys);
    QFETCH(QString, faults);
    ProfileWorld world;
    if (keys != 0 && faults.isEmpty())
        world.demo.service().withEmulator([&](demo::Emulator &emulator) { emulator.account(keys).cases.clear(); });
    world.haveKeysOf(keys);
    world.demo.setFaults(faults);
    world.nothingIsSent("Nothing tells that the keys of ");
    world.haveKeysOf(0);
    world.demo.setFaults({});
    world.allIsSent();
}

void TestSendOwner::aKnownCaseTells_data()
{
    QTest::addColumn<int>("command");
    QTest::newRow("the newest, for a new case") << 0;
    QTest::newRow("the one that is answered") << 1;
    QTest::newRow("the one that is resolved") << 2;
}

/// The service does not list, and yet knows the case.
void TestSendOwner::aKnownCaseTells()
{
    QFETCH(int, command);
    ProfileWorld world;
    const int asked = world.demo.requestCount("DescribeCases");
    if (command == 0)
        world.demo.setFaults(u"deny:DescribeCases=1"_s);
    const CliRun done = world.run(world.commands.at(command));
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(world.demo.requestCount("DescribeCases") - asked, command == 0 ? 2 : 1);
}

void TestSendOwner::whoVouchesIsBelieved()
{
    ProfileWorld world;
    world.demo.setFaults(u"deny:DescribeCases"_s);
    world.nothingIsSent("accounts trust --profile PROFILE");
    world.nothingIsSent("support:DescribeCases");
    CliRun read = world.run({u"cases"_s, u"--all"_s});
    QVERIFY2(read.status == 0 && read.out.size() > 50 && read.err.contains(" is held since 20"), read.err.constData());
    const QStringList trust{u"accounts"_s, u"trust"_s, u"--profile"_s, u"work"_s};
    CliRun done = world.cli.run(trust);
    QVERIFY2(done.status == 0 && done.out.contains("The keys of work "), (done.out + done.err).constData());
    done = world.run(world.commands.first());
    QVERIFY2(done.status == 0, done.err.constData());
    read = world.run({u"cases"_s, u"--all"_s});
    QVERIFY2(read.status == 0 && !read.err.contains("is held"), read.err.constData());
    // That is said of these keys, and of no others of the profile.
    world.haveKeysOf(2);
    const CliRun other = world.run(world.commands.at(1));
    QVERIFY2(other.status == 1 && other.err.contains("Nothing tells that the keys of "), other.err.constData());
    QCOMPARE(world.changes(), 1);
}

/// In the cases of another account it is not, which says nothing.
void TestSendOwner::aLostChangeIsNotLookedForElsewhere()
{
    ProfileWorld world;
    const QStringList create = world.commands.first();
    const QStringList again = create + QStringList{u"--again"_s};
    const auto isUnknown = [&](const CliRun &run) {
        return run.status == unknownOutcome && run.err.contains("it is not known whether it arrived")
            && !run.err.contains("Nothing of it was done") && !run.err.contains("kept as a draft");
    };
    world.demo.setFaults(u"500:CreateCase=1/undone"_s);
    CliRun run = world.run(create);
    QVERIFY2(isUnknown(run), run.err.constData());
    world.aMinutePasses();
    world.haveKeysOf(2);
    for (const QStringList &command : {create, again, create}) {
        run = world.run(command);
        QVERIFY2(isUnknown(run) && run.err.contains("leads to account "), run.err.constData());
        QVERIFY2(!run.err.contains("not found"), run.err.constData());
        QCOMPARE(world.onlyState(), OutboxState::Unknown);
    }
    world.haveKeysOf(0);
    run = world.run(create);
    QVERIFY2(isUnknown(run) && run.err.contains("it was not found so far"), run.err.constData());
    // Sent again, and refused: that says nothing of the first time.
    world.demo.setFaults(u"deny:CreateCase=1"_s);
    run = world.run(again);
    QVERIFY2(isUnknown(run), run.err.constData());
    QCOMPARE(world.onlyState(), OutboxState::Asking);
    QCOMPARE(world.demo.requestCount("CreateCase"), 2);
    run = world.run(create);
    QVERIFY2(isUnknown(run), run.err.constData());
    QCOMPARE(world.demo.requestCount("CreateCase"), 2);
    world.aMinutePasses();
    QCOMPARE(world.run(again).status, 0);
    QCOMPARE(world.cases(u"Of the own account"_s), 1);
}

void TestSendOwner::aDraftSaysWhatItsKeysLack()
{
    ProfileWorld world;
    QFile file(world.cli.home.filePath(u"log.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("what happened");
    file.close();
    const QStringList command = world.commands.first() + QStringList{u"--attach"_s, file.fileName()};
    world.haveKeysOf(2);
    const CliRun refused = world.run(command);
    QVERIFY2(refused.status == 1, refused.err.constData());
    const QList<OutboxEntry> left = world.outbox();
    QVERIFY2(left.size() == 1, refused.err.constData());
    QCOMPARE(left.first().state, OutboxState::Draft);
    QCOMPARE(left.first().error.kind, Error::Kind::NoCredentials);
    QVERIFY2(left.first().error.message.contains(world.demo.account(2).accountId),
             qPrintable(left.first().error.message));
    world.haveKeysOf(0);
    QCOMPARE(world.run(command).status, 0);
    QVERIFY(world.outbox().isEmpty());
}

QTEST_GUILESS_MAIN(TestSendOwner)
#include "tst_sendowner.moc"
