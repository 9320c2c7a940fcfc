#include "archive/advisorloadjob.h"

#include "archive/fakeadvisor.h"

using namespace casement;
using namespace casement::test;

/// What is asked of the service, in how many calls, and what the archive has afterwards.
class TestAdvisorLoadJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsEverything();
    void fetchesOnlyWhatIsNewer();
    void withoutATimeTheCountsDecide();
    void theSameResultKeepsItsNumber();
    void aResultThatLagsIsFetchedAgain();
    void anotherStateAtTheSameTimeIsFetched();
    void anAnswerAboutAnotherCheckIsNone();
    void anEmptyCatalogueIsNotBelieved();
    void whatIsUnknownLeadsToTheCatalogue_data();
    void whatIsUnknownLeadsToTheCatalogue();
    void aNameThatIsNewIsLookedFor();
    void aDayIsOneOfAWholeLoad();
    void headingsAndValuesAreOfOneLanguage();
    void flaggedOnesComeFirst();
    void vanishedChecksAreNoMishap();
    void refusedAsTooMuchIsAskedAgain();
    void oneThatFailsDoesNotStopTheOthers();
    void answersThatLackNearlyAll();
    void countsThatAreNotSaidAreNoZeros();
    void aHeldJobAsksForNothing();
    void cancelledKeepsWhatCame();

private:
    static AdvisorLoadJob::Options options(const QStringList &ids = {})
    {
        AdvisorLoadJob::Options made;
        made.backOff = std::chrono::milliseconds(1);
        made.checkIds = ids;
        return made;
    }
};

void TestAdvisorLoadJob::bringsEverything()
{
    AdvisorFixture world;
    for (int i = 0; i < 450; ++i)
        world.service.add(u"check%1"_s.arg(i, 3, 10, QLatin1Char('0')), i % 5);
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QSignalSpy came(&job, &AdvisorLoadJob::resultCame);
    const Result<void> result = AdvisorFixture::run(job);
    QVERIFY2(result, qPrintable(result.error().toLine()));
    QCOMPARE(job.fetched(), 450);
    QCOMPARE(came.size(), 450);
    QCOMPARE(job.done(), 450);
    QCOMPARE(world.service.count(u"Checks"_s), 1);
    QCOMPARE(world.service.count(u"Summaries"_s), 3);
    QVERIFY(world.service.mostInFlight <= job.total());
    const QList<AdvisorCheckRecord> checks = world.checks();
    QCOMPARE(checks.size(), 450);
    for (const AdvisorCheckRecord &check : checks) {
        QVERIFY(check.hasSummary);
        QCOMPARE(check.snapshotTimestamp, check.timestamp);
        const AdvisorSnapshot snapshot = world.snapshot(check.snapshot);
        QVERIFY(snapshot.result);
        const TrustedAdvisorCheckResult sent = world.service.results.value(check.checkId);
        QCOMPARE(snapshot.result->resources.size(), size_t(sent.flaggedResources.size()));
        for (qsizetype i = 0; i < sent.flaggedResources.size(); ++i) {
            const AdvisorResource &resource = snapshot.result->resources[size_t(i)];
            QCOMPARE(resource.resourceId.toString(), sent.flaggedResources.at(i).resourceId);
            QCOMPARE(resource.value(1).toString(), sent.flaggedResources.at(i).metadata.at(1));
        }
    }
}

void TestAdvisorLoadJob::fetchesOnlyWhatIsNewer()
{
    AdvisorFixture world;
    for (int i = 0; i < 500; ++i)
        world.service.add(u"check%1"_s.arg(i, 3, 10, QLatin1Char('0')), 1);
    {
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        QVERIFY(AdvisorFixture::run(job));
    }
    const auto again = [&world](int changed) {
        world.service.calls.clear();
        for (int i = 0; i < changed; ++i)
            world.service.set(u"check%1"_s.arg(i * 7, 3, 10, QLatin1Char('0')), 2, u"2026-11-21T10:00:00Z"_s);
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        QVERIFY(AdvisorFixture::run(job));
        QCOMPARE(job.fetched(), changed);
        QVERIFY2(world.service.calls.size() <= 5 + changed, qPrintable(world.service.calls.join(u' ')));
    };
    again(0);
    again(12);
    again(0);
    QCOMPARE(world.snapshots(u"check007"_s).size(), 2);
    // An older time is another one.
    world.service.set(u"check001"_s, 2, u"2026-11-19T10:00:00Z"_s);
    world.service.calls.clear();
    AdvisorLoadJob older(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(older));
    QCOMPARE(world.service.count(u"Result"_s), 1);
    again(0);
}

void TestAdvisorLoadJob::withoutATimeTheCountsDecide()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1, {});
    world.service.add(u"b"_s, 1, {});
    const auto fetched = [&world] {
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        return AdvisorFixture::run(job) ? job.fetched() : -1;
    };
    QCOMPARE(fetched(), 2);
    QCOMPARE(fetched(), 0);
    world.service.set(u"a"_s, 3, {});
    // What a list of summaries alone brings does not pass for the result.
    AdvisorLoadJob::Options summaries = options();
    summaries.results = false;
    AdvisorLoadJob list(world.client, world.advisor, world.account, summaries);
    QVERIFY(AdvisorFixture::run(list));
    QCOMPARE(fetched(), 1);
    QCOMPARE(world.snapshot(world.check(u"a"_s).snapshot).result->resources.size(), size_t(3));
    world.service.results[u"b"_s].status = u"error"_s;
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
    // A time that comes or goes is looked after once.
    world.service.results[u"b"_s].timestamp = u"2026-11-20T10:00:00Z"_s;
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
}

void TestAdvisorLoadJob::theSameResultKeepsItsNumber()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.add(u"b"_s, 1, {});
    const auto load = [&world] {
        AdvisorLoadJob::Options made = options();
        made.everything = true;
        AdvisorLoadJob job(world.client, world.advisor, world.account, made);
        QVERIFY(AdvisorFixture::run(job));
    };
    load();
    const qint64 a = world.check(u"a"_s).snapshot;
    const qint64 b = world.check(u"b"_s).snapshot;
    world.service.set(u"a"_s, 3, u"2026-11-20T10:00:00Z"_s);
    load();
    QCOMPARE(world.check(u"a"_s).snapshot, a);
    QCOMPARE(world.check(u"b"_s).snapshot, b);
    QCOMPARE(world.snapshots(u"a"_s).size(), 1);
    QCOMPARE(world.snapshot(a).result->resources.size(), size_t(3));
    world.service.set(u"b"_s, 2, {}); // without a time it is another one
    load();
    QVERIFY(world.check(u"b"_s).snapshot != b);
    QCOMPARE(world.snapshots(u"b"_s).size(), 2);
}

void TestAdvisorLoadJob::aResultThatLagsIsFetchedAgain()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    const auto fetched = [&world] {
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        return AdvisorFixture::run(job) ? job.fetched() : -1;
    };
    QCOMPARE(fetched(), 1);
    world.service.bodies.insert(
        u"a"_s, encode(DescribeTrustedAdvisorCheckResult::Response{world.service.results.value(u"a"_s)}));
    world.service.set(u"a"_s, 2, u"2026-11-22T10:00:00Z"_s);
    QCOMPARE(fetched(), 1); // once in a load
    QCOMPARE(fetched(), 1);
    world.service.bodies.clear();
    QCOMPARE(fetched(), 1);
    QCOMPARE(world.snapshot(world.check(u"a"_s).snapshot).result->resources.size(), size_t(2));
    QCOMPARE(fetched(), 0);
    // One that is ahead of its summary does not lag.
    world.service.bodies.insert(u"a"_s,
                                R"({"result":{"checkId":"a","timestamp":"2026-11-23T10:00:00Z","status":"error"}})");
    world.service.set(u"a"_s, 3, u"2026-11-22T10:00:00Z"_s);
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
}

void TestAdvisorLoadJob::anotherStateAtTheSameTimeIsFetched()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    const auto fetched = [&world] {
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        return AdvisorFixture::run(job) ? job.fetched() : -1;
    };
    QCOMPARE(fetched(), 1);
    TrustedAdvisorCheckResult &result = world.service.results[u"a"_s];
    result.resourcesSummary->resourcesFlagged = 2;
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
    result.resourcesSummary->resourcesSuppressed = 1;
    QCOMPARE(fetched(), 1);
    result.status = u"error"_s;
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
    result.timestamp.clear();
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
    // What still answers the state of before is asked again.
    result.timestamp = u"2026-11-22T10:00:00Z"_s;
    QCOMPARE(fetched(), 1);
    world.service.bodies.insert(u"a"_s, encode(DescribeTrustedAdvisorCheckResult::Response{result}));
    result.resourcesSummary->resourcesFlagged = 3;
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 1);
    world.service.bodies.clear();
    QCOMPARE(fetched(), 1);
    QCOMPARE(fetched(), 0);
}

void TestAdvisorLoadJob::anAnswerAboutAnotherCheckIsNone()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.add(u"b"_s, 1);
    world.service.bodies.insert(u"a"_s, R"({"result":{"checkId":"b","status":"ok"}})");
    world.service.bodies.insert(u"b"_s, R"({"result":{"status":"ok"}})"); // names none
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::Incomplete);
    QCOMPARE(job.failures().keys(), QStringList{u"a"_s});
    QCOMPARE(job.failures().value(u"a"_s).kind, Error::Kind::BadAnswer);
    QCOMPARE(world.check(u"a"_s).snapshot, 0);
    QVERIFY(world.check(u"b"_s).snapshot > 0);
}

void TestAdvisorLoadJob::anEmptyCatalogueIsNotBelieved()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.emptyCatalogues = 2;
    const auto run = [&world](const QStringList &names = {}) {
        world.service.calls.clear();
        AdvisorLoadJob::Options made = options();
        made.names = names;
        AdvisorLoadJob job(world.client, world.advisor, world.account, made);
        QVERIFY(AdvisorFixture::run(job));
        QVERIFY(job.vanished().isEmpty());
    };
    run();
    QCOMPARE(world.service.calls, QStringList({u"Checks"_s, u"Checks"_s}));
    QVERIFY(world.checks().isEmpty());
    run(); // it was not kept for a day
    QVERIFY(world.check(u"a"_s).snapshot > 0);
    // One glance is not enough, and two leave what is known.
    world.service.emptyCatalogues = 2;
    run({u"another"_s});
    QCOMPARE(world.service.count(u"Checks"_s), 2);
    QVERIFY(!world.check(u"a"_s).isGone);
    world.service.emptyCatalogues = 1;
    world.service.add(u"another"_s, 1);
    run({u"another"_s});
    QVERIFY(world.check(u"another"_s).snapshot > 0);
}

void TestAdvisorLoadJob::whatIsUnknownLeadsToTheCatalogue_data()
{
    QTest::addColumn<bool>("speaks");
    QTest::newRow("the service names it") << true;
    QTest::newRow("the service does not") << false;
}

void TestAdvisorLoadJob::whatIsUnknownLeadsToTheCatalogue()
{
    QFETCH(bool, speaks);
    AdvisorFixture world;
    world.service.speaks = speaks;
    for (int i = 0; i < 12; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    const auto run = [&world] {
        world.service.calls.clear();
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        return AdvisorFixture::run(job) ? job.vanished() : QStringList(u"failed"_s);
    };
    QCOMPARE(run(), QStringList());
    world.service.remove(u"check3"_s);
    QCOMPARE(run(), QStringList(u"check3"_s));
    QCOMPARE(world.service.calls, QStringList({u"Summaries 12"_s, u"Checks"_s, u"Summaries 11"_s}));
    QVERIFY(world.check(u"check3"_s).isGone);
    QCOMPARE(run(), QStringList());
    QCOMPARE(world.service.calls, QStringList(u"Summaries 11"_s));
    // One that the catalogue lists all the same is remembered.
    world.service.vanished.insert(u"check7"_s);
    QCOMPARE(run(), QStringList(u"check7"_s));
    QVERIFY(world.service.calls.size() <= (speaks ? 4 : 12));
    QCOMPARE(run(), QStringList());
    QCOMPARE(world.service.calls, QStringList(u"Summaries 10"_s));
    // When all are refused, it is no matter of a check.
    for (const TrustedAdvisorCheckDescription &check : std::as_const(world.service.checks))
        world.service.vanished.insert(check.id);
    QCOMPARE(run(), QStringList(u"failed"_s));
    QVERIFY(!world.check(u"check0"_s).isGone);
}

void TestAdvisorLoadJob::aNameThatIsNewIsLookedFor()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    const auto calls = [&world](const QStringList &names) {
        world.service.calls.clear();
        AdvisorLoadJob::Options made = options();
        made.names = names;
        made.wanted = [names](const AdvisorCheckRecord &check) {
            return std::any_of(names.begin(), names.end(),
                               [&](const QString &name) { return isAdvisorCheck(check, name); });
        };
        AdvisorLoadJob job(world.client, world.advisor, world.account, made);
        return AdvisorFixture::run(job) ? world.service.calls : QStringList();
    };
    QCOMPARE(calls({u"CHECK A"_s}), QStringList({u"Checks"_s, u"Summaries 1"_s, u"Result a"_s}));
    world.service.add(u"b"_s, 1);
    QCOMPARE(calls({u"b"_s}), QStringList({u"Checks"_s, u"Summaries 2"_s, u"Result b"_s}));
    QCOMPARE(calls({u"b"_s}), QStringList(u"Summaries 2"_s));
}

/// The trend tells days on which all was loaded.
void TestAdvisorLoadJob::aDayIsOneOfAWholeLoad()
{
    AdvisorFixture world;
    for (int i = 0; i < 20; ++i)
        world.service.add(u"check%1"_s.arg(i), 10);
    const auto days = [&world] {
        const auto read = answerOf<QList<AdvisorDay>>(
            [&](auto done) { world.advisor.loadDays({world.account.id}, 10, &world.advisor, std::move(done)); });
        return read ? *read : QList<AdvisorDay>();
    };
    {
        AdvisorLoadJob job(world.client, world.advisor, world.account, options());
        connect(&job, &Job::progressed, this, [&job](qint64 done) {
            if (done == 5)
                job.cancel();
        });
        QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::Cancelled);
    }
    QVERIFY(days().isEmpty());
    AdvisorLoadJob some(world.client, world.advisor, world.account, options({u"check19"_s}));
    QVERIFY(AdvisorFixture::run(some));
    QVERIFY(days().isEmpty());
    AdvisorLoadJob rest(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(rest));
    QCOMPARE(days().size(), 1);
    QCOMPARE(days().constFirst().flagged, 200);
}

void TestAdvisorLoadJob::headingsAndValuesAreOfOneLanguage()
{
    AdvisorFixture world;
    world.service.add(u"check0"_s, 1);
    for (const QString &language : {u"en"_s, u"ja"_s}) {
        AdvisorLoadJob::Options made = options();
        made.language = language;
        AdvisorLoadJob job(world.client, world.advisor, world.account, made);
        QVERIFY(AdvisorFixture::run(job));
        QCOMPARE(job.fetched(), 1);
        QCOMPARE(world.checks(language).constFirst().snapshot > 0, true);
        const AdvisorSnapshot snapshot = world.snapshot(world.checks(language).constFirst().snapshot);
        QCOMPARE(snapshot.record.language, language);
    }
    QCOMPARE(world.service.count(u"Checks"_s), 2);
}

void TestAdvisorLoadJob::flaggedOnesComeFirst()
{
    AdvisorFixture world;
    world.service.add(u"fine"_s, 0);
    world.service.add(u"few"_s, 1);
    world.service.add(u"many"_s, 9);
    world.service.add(u"bad"_s, 1);
    world.service.results[u"bad"_s].status = u"error"_s;
    AdvisorLoadJob::Options made = options();
    made.atOnce = 1;
    AdvisorLoadJob job(world.client, world.advisor, world.account, made);
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(world.service.calls.mid(2),
             QStringList({u"Result bad"_s, u"Result many"_s, u"Result few"_s, u"Result fine"_s}));
}

void TestAdvisorLoadJob::vanishedChecksAreNoMishap()
{
    AdvisorFixture world;
    for (int i = 0; i < 40; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    world.service.vanished = {u"check3"_s, u"check29"_s};
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.fetched(), 38);
    QVERIFY(job.failures().isEmpty());
    QVERIFY(!world.check(u"check3"_s).hasSummary);
    QVERIFY(world.check(u"check4"_s).hasSummary);
}

void TestAdvisorLoadJob::refusedAsTooMuchIsAskedAgain()
{
    AdvisorFixture world;
    for (int i = 0; i < 20; ++i)
        world.service.add(u"check%1"_s.arg(i, 2, 10, QLatin1Char('0')), 1);
    world.service.refusals = {{u"check03"_s, 2}, {u"check11"_s, 5}};
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.fetched(), 20);
    QCOMPARE(world.service.count(u"Result check03"_s), 3);
    QCOMPARE(world.service.count(u"Result check11"_s), 6);
    // One that is always refused ends, too.
    world.service.refusals = {{u"check05"_s, 1'000'000}};
    AdvisorLoadJob::Options made = options();
    made.everything = true;
    AdvisorLoadJob other(world.client, world.advisor, world.account, made);
    QCOMPARE(AdvisorFixture::run(other).error().kind, Error::Kind::Incomplete);
    QCOMPARE(other.failures().keys(), QStringList{u"check05"_s});
    QVERIFY(world.service.count(u"Result check05"_s) <= 8);
}

void TestAdvisorLoadJob::oneThatFailsDoesNotStopTheOthers()
{
    AdvisorFixture world;
    for (int i = 0; i < 5; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    world.service.bodies.insert(u"check2"_s, "{\"result\":[1,2");
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    const Result<void> result = AdvisorFixture::run(job);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Incomplete);
    QCOMPARE(job.fetched(), 4);
    QCOMPARE(job.failures().keys(), QStringList{u"check2"_s});
    QCOMPARE(world.check(u"check2"_s).snapshot, 0);
}

void TestAdvisorLoadJob::countsThatAreNotSaidAreNoZeros()
{
    AdvisorFixture world;
    world.service.add(u"some"_s, 2);
    world.service.add(u"none"_s, 0);
    world.service.results[u"none"_s].resourcesSummary.reset();
    world.service.results[u"none"_s].status = u"warning"_s;
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QVERIFY(world.check(u"some"_s).hasCounts);
    QCOMPARE(world.check(u"some"_s).counts.resourcesProcessed, 12);
    const AdvisorCheckRecord none = world.check(u"none"_s);
    QVERIFY(none.hasSummary && !none.hasCounts);
    QCOMPARE(none.counts, TrustedAdvisorResourcesSummary());
    QVERIFY(!world.snapshot(none.snapshot).record.hasCounts);
    QVERIFY(world.snapshot(world.check(u"some"_s).snapshot).record.hasCounts);
}

void TestAdvisorLoadJob::answersThatLackNearlyAll()
{
    AdvisorFixture world;
    world.service.add(u"check0"_s, 0);
    world.service.add(u"check1"_s, 0);
    world.service.results[u"check0"_s].status = u"not_available"_s;
    world.service.results[u"check0"_s].timestamp.clear();
    world.service.results[u"check1"_s].status = u"purple"_s;
    world.service.bodies.insert(u"check0"_s, "{\"result\":{\"checkId\":\"check0\",\"status\":\"not_available\"}}");
    world.service.bodies.insert(
        u"check1"_s,
        R"({"result":{"checkId":"check1","timestamp":"2026-11-20T10:00:00Z","status":"purple","flaggedResources":[)"
        R"({"status":"ok","resourceId":"a","metadata":[null,"x"]},{"metadata":null,"region":null},)"
        R"({"status":"warning","metadata":["1","2","3","4"]}]}})");
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    const AdvisorSnapshot none = world.snapshot(world.check(u"check0"_s).snapshot);
    QVERIFY(none.result);
    QCOMPARE(none.record.status, u"not_available"_s);
    QVERIFY(none.result->resources.empty());
    const AdvisorSnapshot odd = world.snapshot(world.check(u"check1"_s).snapshot);
    QCOMPARE(odd.result->resources.size(), size_t(3));
    QCOMPARE(odd.result->widest, size_t(4));
    QVERIFY(odd.result->resources[0].value(0).isEmpty());
    QCOMPARE(odd.result->resources[0].value(1).toString(), u"x"_s);
    // Asked again, nothing is newer: neither has another time than before.
    world.service.calls.clear();
    AdvisorLoadJob again(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(again));
    QCOMPARE(world.service.count(u"Result"_s), 0);
}

void TestAdvisorLoadJob::aHeldJobAsksForNothing()
{
    AdvisorFixture world;
    for (int i = 0; i < 30; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    AdvisorLoadJob::Options made = options();
    made.keep = false;
    made.atOnce = 4;
    AdvisorLoadJob job(world.client, world.advisor, world.account, made);
    int came = 0;
    connect(&job, &AdvisorLoadJob::resultCame, this, [&] {
        if (++came != 10)
            return;
        job.setHeld(true);
        const int asked = world.service.count(u"Result"_s);
        // What was asked for comes; then nothing more is.
        QTimer::singleShot(100, this, [&, asked] {
            QCOMPARE(world.service.count(u"Result"_s), asked);
            QVERIFY(came < 30);
            job.setHeld(false);
        });
    });
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(came, 30);
    QCOMPARE(world.check(u"check0"_s).snapshot, 0); // nothing was kept
}

void TestAdvisorLoadJob::cancelledKeepsWhatCame()
{
    AdvisorFixture world;
    for (int i = 0; i < 60; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    AdvisorLoadJob job(world.client, world.advisor, world.account, options());
    connect(&job, &Job::progressed, this, [&job](qint64 done) {
        if (done == 20)
            job.cancel();
    });
    QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(world.service.inFlight, 0);
    const QList<AdvisorCheckRecord> checks = world.checks();
    const auto kept = std::count_if(checks.begin(), checks.end(), [](const auto &check) { return check.snapshot > 0; });
    QVERIFY(kept >= 20);
    QVERIFY(kept < 60);
    world.service.calls.clear();
    AdvisorLoadJob rest(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(rest));
    QVERIFY(rest.fetched() <= 40);
}

QTEST_GUILESS_MAIN(TestAdvisorLoadJob)
#include "tst_advisorloadjob.moc"
