#include "cli/advisorserver.h"
#include "cli/cliprocess.h"

#include <QDir>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

/// A service with three checks, a home, and a file that was there before.
struct World
{
    World()
    {
        for (const char *id : {"a", "b", "c"})
            server.service.add(QString::fromLatin1(id), 2);
        putOld();
    }

    void putOld() const
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write("OLD") != 3)
            qFatal("no file");
    }
    CliRun run(const QStringList &arguments)
    {
        server.service.calls.clear();
        return cli.run(QStringList(u"advisor"_s) + arguments);
    }
    CliRun exported(const QStringList &arguments = {})
    {
        return run(QStringList{u"export"_s, u"-o"_s, path()} + arguments);
    }
    QString path() const { return cli.home.filePath(u"h.csv"_s); }
    QByteArray contents() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    AdvisorServer server;
    Cli cli{server.endpoint()};
};

const QByteArray brokenAnswer = R"({"result":[1)";

} // namespace

/// `casement-cli advisor` against a service that fails, forgets and makes up checks.
class TestAdvisorMishaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aResultThatFailsLeavesTheFile_data();
    void aResultThatFailsLeavesTheFile();
    void anOlderResultIsNotMixedIn();
    void goingOnLeavesOutWhatIsMissing();
    void refusedAltogetherLeavesTheFile();
    void outOfReachTheArchiveIsWritten();
    void anEmptyCatalogueWritesNothing();
    void newAndVanishedChecks();
    void fewCalls();
    void reloadFetchesInAnyCase();
    void whatIsNotThereIsNoZero();
    void refreshesTellWords();
    void anErrorOfManyIsToldOnce();
};

void TestAdvisorMishaps::aResultThatFailsLeavesTheFile_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("csv") << QStringList();
    QTest::newRow("csv-long") << QStringList(u"--format=csv-long"_s);
    QTest::newRow("json") << QStringList(u"--format=json"_s);
    QTest::newRow("xlsx") << QStringList(u"--format=xlsx"_s);
    QTest::newRow("one check") << QStringList(u"b"_s);
}

void TestAdvisorMishaps::aResultThatFailsLeavesTheFile()
{
    QFETCH(QStringList, arguments);
    World world;
    world.server.service.bodies.insert(u"b"_s, brokenAnswer);
    const CliRun run = world.exported(arguments);
    QCOMPARE(run.status, 1);
    QCOMPARE(world.contents(), QByteArray("OLD"));
    QVERIFY2(run.err.contains("\"Check b\" (b) could not be fetched, so " + world.path().toUtf8() + " is as it was. "),
             run.err.constData());
    QCOMPARE(run.err.count("could not be fetched"), 1);
    const QString folder = world.cli.home.filePath(u"none/"_s);
    const CliRun fresh = world.run({u"export"_s, u"-o"_s, folder});
    QCOMPARE(fresh.status, 1);
    QVERIFY2(fresh.err.contains("so nothing was written. "), fresh.err.constData());
    QVERIFY(!QFile::exists(folder));
}

void TestAdvisorMishaps::anOlderResultIsNotMixedIn()
{
    World world;
    QCOMPARE(world.exported().status, 0);
    QVERIFY(world.contents().startsWith("Account,"));
    world.putOld();
    world.server.service.set(u"b"_s, 5, u"2026-11-21T10:00:00Z"_s);
    world.server.service.bodies.insert(u"b"_s, brokenAnswer);
    const CliRun run = world.exported();
    QCOMPARE(run.status, 1);
    QCOMPARE(world.contents(), QByteArray("OLD"));
    QVERIFY2(run.err.contains("\"Check b\" (b) could not be fetched"), run.err.constData());
    // Others are had all the same, and standard output is no file.
    QCOMPARE(world.exported({u"a"_s, u"c"_s}).status, 0);
    QVERIFY(world.contents().startsWith("Account,"));
    const CliRun piped = world.run({u"export"_s});
    QCOMPARE(piped.status, 1);
    QVERIFY(piped.out.startsWith("Account,"));
    QVERIFY2(piped.err.contains("so what is written is not whole."), piped.err.constData());
}

void TestAdvisorMishaps::goingOnLeavesOutWhatIsMissing()
{
    World world;
    QCOMPARE(world.exported().status, 0);
    QCOMPARE(world.contents().count(",b,Check b,"), 2);
    world.server.service.set(u"b"_s, 5, u"2026-11-21T10:00:00Z"_s);
    world.server.service.bodies.insert(u"b"_s, brokenAnswer);
    world.putOld();
    const CliRun run = world.exported({u"--keep-going"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("\"Check b\" (b) could not be fetched, so what is missing is left out. "),
             run.err.constData());
    QCOMPARE(world.contents().count(",a,Check a,"), 2);
    QCOMPARE(world.contents().count(",c,Check c,"), 2);
    QVERIFY2(!world.contents().contains(",b,Check b,"), world.contents().constData()); // its older result is none
    // A file is not replaced by nothing.
    world.putOld();
    world.server.service.refusal = u"SubscriptionRequiredException"_s;
    const CliRun none = world.exported({u"--keep-going"_s});
    QCOMPARE(none.status, 1);
    QCOMPARE(world.contents(), QByteArray("OLD"));
    QVERIFY2(none.err.contains(world.path().toUtf8() + " is as it was."), none.err.constData());
    // Nobody answers: all that the archive has.
    world.server.close();
    QCOMPARE(world.exported({u"--keep-going"_s}).status, 0);
    QCOMPARE(world.contents().count(",b,Check b,"), 2);
    QCOMPARE(world.run({u"list"_s, u"--keep-going"_s}).status, 2);
}

void TestAdvisorMishaps::refusedAltogetherLeavesTheFile()
{
    World world;
    QCOMPARE(world.exported().status, 0);
    world.putOld();
    world.server.service.refusal = u"SubscriptionRequiredException"_s;
    for (const char *format : {"--format=csv", "--format=xlsx", "--format=json"}) {
        const CliRun run = world.exported({QString::fromLatin1(format)});
        QCOMPARE(run.status, 1);
        QCOMPARE(world.contents(), QByteArray("OLD"));
        QVERIFY2(run.err.contains("SubscriptionRequired"), run.err.constData());
        QVERIFY2(run.err.contains(world.path().toUtf8() + " is as it was."), run.err.constData());
    }
}

void TestAdvisorMishaps::outOfReachTheArchiveIsWritten()
{
    World world;
    QCOMPARE(world.exported({u"a"_s, u"b"_s}).status, 0);
    world.putOld();
    world.server.close();
    const CliRun run = world.exported({u"a"_s, u"b"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(world.contents().startsWith("Account,"));
    QVERIFY2(run.err.contains("What is written is from the archive, as of 20"), run.err.constData());
    world.putOld();
    const CliRun lacking = world.exported(); // of c there is no result
    QCOMPARE(lacking.status, 1);
    QCOMPARE(world.contents(), QByteArray("OLD"));
    QVERIFY2(lacking.err.contains("The archive has no result of \"Check c\" (c)."), lacking.err.constData());
    QVERIFY2(lacking.err.contains(" is as it was."), lacking.err.constData());
    // The same for who only looks.
    const CliRun listed = world.run({u"list"_s});
    QVERIFY2(listed.status == 0 && listed.out.count('\n') == 4, listed.err.constData());
    QVERIFY2(listed.err.contains("What is listed is from the archive, as of 20"), listed.err.constData());
    const CliRun shown = world.run({u"show"_s, u"a"_s});
    QVERIFY2(shown.status == 0 && shown.out.contains("a-0"), shown.err.constData());
    QVERIFY2(shown.err.contains("from the archive, as of 20"), shown.err.constData());
    QCOMPARE(world.run({u"show"_s, u"c"_s}).status, 1);
    QCOMPARE(world.run({u"refresh"_s, u"a"_s}).status, 1);
    // Without an archive there is nothing to look at.
    QDir(world.cli.home.filePath(u".local"_s)).removeRecursively();
    QCOMPARE(world.run({u"list"_s}).status, 1);
}

void TestAdvisorMishaps::anEmptyCatalogueWritesNothing()
{
    World world;
    world.server.service.emptyCatalogues = 1'000;
    const CliRun run = world.exported();
    QCOMPARE(run.status, 1);
    QCOMPARE(world.contents(), QByteArray("OLD"));
    QVERIFY2(run.err.contains("Trusted Advisor lists no checks"), run.err.constData());
    const CliRun list = world.run({u"list"_s});
    QVERIFY2(list.err.contains("Trusted Advisor lists no checks."), list.err.constData());
    QCOMPARE(world.server.service.count(u"Checks"_s), 2); // asked again, and a second time
    world.server.service.emptyCatalogues = 0;
    QCOMPARE(world.run({u"list"_s}).out.count('\n'), 4);
}

void TestAdvisorMishaps::newAndVanishedChecks()
{
    World world;
    QCOMPARE(world.exported().status, 0);
    world.server.service.add(u"new"_s, 1);
    const CliRun shown = world.run({u"show"_s, u"new"_s});
    QVERIFY2(shown.status == 0, shown.err.constData());
    QVERIFY(shown.out.startsWith("Check new\n"));
    const CliRun unknown = world.run({u"show"_s, u"newer"_s});
    QCOMPARE(unknown.status, 1);
    QVERIFY(unknown.err.contains("has no check \"newer\""));
    QCOMPARE(world.server.service.count(u"Checks"_s), 1);
    world.server.service.remove(u"b"_s);
    const CliRun run = world.exported();
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY2(run.err.contains("Trusted Advisor does not list \"Check b\" (b) any more; it is left out."),
             run.err.constData());
    QVERIFY(!world.contents().contains("b-0"));
    QVERIFY(world.contents().contains("c-0"));
    QCOMPARE(world.exported().err, QByteArray()); // it was told
    const CliRun named = world.exported({u"b"_s});
    QCOMPARE(named.status, 0);
    QVERIFY(world.contents().contains("b-0"));
    QVERIFY2(named.err.contains("(b) any more; its last result is of 20"), named.err.constData());
}

void TestAdvisorMishaps::fewCalls()
{
    World world;
    for (int i = 0; i < 497; ++i)
        world.server.service.add(u"check%1"_s.arg(i, 3, 10, QLatin1Char('0')), 1);
    QCOMPARE(world.exported().status, 0);
    QCOMPARE(world.exported().status, 0);
    QVERIFY2(world.server.service.calls.size() <= 5, qPrintable(world.server.service.calls.join(u' ')));
    world.server.service.set(u"a"_s, 3, u"2026-11-22T10:00:00Z"_s);
    QCOMPARE(world.exported().status, 0);
    QVERIFY2(world.server.service.calls.size() <= 6, qPrintable(world.server.service.calls.join(u' ')));
    QVERIFY(world.contents().contains("a-2"));
}

void TestAdvisorMishaps::reloadFetchesInAnyCase()
{
    World world;
    QCOMPARE(world.exported().status, 0);
    QCOMPARE(world.exported().status, 0);
    QCOMPARE(world.server.service.count(u"Result"_s), 0);
    QCOMPARE(world.exported({u"--reload"_s}).status, 0);
    QCOMPARE(world.server.service.count(u"Result"_s), 3);
    QCOMPARE(world.run({u"show"_s, u"b"_s, u"--reload"_s}).status, 0);
    QCOMPARE(world.server.service.count(u"Result"_s), 1);
}

void TestAdvisorMishaps::whatIsNotThereIsNoZero()
{
    World world;
    TrustedAdvisorCheckResult none;
    none.checkId = u"a"_s;
    none.status = u"not_available"_s;
    world.server.service.results.insert(u"a"_s, none);
    const CliRun json = world.run({u"list"_s, u"--format=json"_s});
    const QJsonObject check = QJsonDocument::fromJson(json.out).array().at(0).toObject();
    QCOMPARE(check.value(u"checkId"_s).toString(), u"a"_s);
    QVERIFY2(!check.contains(u"resourcesFlagged"_s), json.out.constData());
    const CliRun csv = world.run({u"list"_s, u"--format=csv"_s});
    QVERIFY2(csv.out.contains(",a,Check a,security,not_available,,,,,,"), csv.out.constData());
    // `resourcesSummary` may be null in a summary that has a status.
    world.server.service.results[u"b"_s].resourcesSummary.reset();
    world.server.service.results[u"b"_s].status = u"warning"_s;
    const CliRun table = world.run({u"list"_s});
    QVERIFY2(!table.out.contains("0/0") && table.out.contains("2/12"), table.out.constData());
    const CliRun half = world.run({u"list"_s, u"--format=csv"_s});
    QVERIFY2(half.out.contains(",b,Check b,security,warning,,,,,,"), half.out.constData());
}

void TestAdvisorMishaps::refreshesTellWords()
{
    World world;
    world.server.service.unrefreshable = {u"a"_s};
    world.server.service.states = {{u"b"_s, {u"success"_s}}, {u"c"_s, {u"abandoned"_s}}};
    const CliRun some = world.run({u"refresh"_s, u"a"_s, u"b"_s});
    QVERIFY2(some.status == 0, some.err.constData()); // b was asked for
    QVERIFY2(some.out.contains("\ta\tautomatic\t") && some.out.contains("\tb\tasked\t"), some.out.constData());
    QCOMPARE(world.run({u"refresh"_s, u"a"_s}).status, 1);
    world.server.service.pause = 3'600'000;
    world.server.service.states.insert(u"c"_s, {});
    QCOMPARE(world.run({u"refresh"_s, u"c"_s}).status, 0);
    world.server.service.states.insert(u"c"_s, {u"postponed"_s});
    const CliRun odd = world.run({u"refresh"_s, u"--all-checks"_s, u"--wait"_s});
    QCOMPARE(odd.status, 1);
    QVERIFY2(odd.out.contains("\tc\tunknown\tCheck c\tAWS says \"postponed\" of it"), odd.out.constData());
    QCOMPARE(world.server.service.count(u"Refresh c"_s), 0); // AWS was at it
    World other;
    other.server.service.states = {{u"c"_s, {u"abandoned"_s}}};
    other.server.service.pause = 3'600'000;
    QCOMPARE(other.run({u"refresh"_s, u"c"_s}).status, 0);
    const CliRun given = other.run({u"refresh"_s, u"c"_s, u"--wait"_s});
    QCOMPARE(given.status, 1);
    QVERIFY2(given.out.contains("\tc\tabandoned\tCheck c\tAWS gave up refreshing it; try again later"),
             given.out.constData());
    // What passes for gone may be something else: the service's words say.
    World odder;
    QCOMPARE(odder.run({u"list"_s}).status, 0);
    odder.server.service.refusedRefresh = u"InvalidParameterValueException"_s;
    const CliRun gone = odder.run({u"refresh"_s, u"c"_s});
    QCOMPARE(gone.status, 1);
    QVERIFY2(gone.out.contains("\tc\tgone\tCheck c\t") && gone.out.contains("No."), gone.out.constData());
    QVERIFY2(gone.err.contains("No."), gone.err.constData());
}

void TestAdvisorMishaps::anErrorOfManyIsToldOnce()
{
    World world;
    for (int i = 0; i < 40; ++i)
        world.server.service.add(u"check%1"_s.arg(i, 2, 10, QLatin1Char('0')), 0);
    QCOMPARE(world.run({u"list"_s}).status, 0);
    world.server.service.refusedRefresh = u"AccessDeniedException"_s;
    const CliRun run = world.run({u"refresh"_s, u"--all-checks"_s});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.err.count("AccessDenied"), 1);
    QCOMPARE(run.out.count('\n'), 43);
    QVERIFY2(run.out.contains("\tfailed\t") && run.out.contains("\tnot-asked\t"), run.out.constData());
}

QTEST_GUILESS_MAIN(TestAdvisorMishaps)
#include "tst_advisormishaps.moc"
