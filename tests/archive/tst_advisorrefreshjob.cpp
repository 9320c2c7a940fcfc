#include "archive/advisorrefreshjob.h"

#include "archive/advisorloadjob.h"
#include "archive/fakeadvisor.h"

using namespace casement;
using namespace casement::test;
using Outcome = AdvisorRefreshJob::Outcome;

/// A refresh against a service that refuses, throttles, abandons and forgets checks.
class TestAdvisorRefreshJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsUntilAllAreDone();
    void learnsWhatRefreshesByItself();
    void oneRefusalDoesNotSpoilThePoll_data();
    void oneRefusalDoesNotSpoilThePoll();
    void everyEndIsTold();
    void tooEarlyIsToldOrWaitedFor();
    void oneUnderWayIsWaitedFor();
    void aStatusThatNobodyKnowsIsTold();
    void theNewResultsAreFetched();
    void askingAlone();
    void anAnswerAboutAnotherCheckIsNone();
    void anAccountThatMayNotEnds();
    void cancelledFromItsProgress();
    void whatWasNotAskedForIsResumed();

private:
    static AdvisorRefreshJob::Options options(const QStringList &ids = {})
    {
        AdvisorRefreshJob::Options made;
        made.checkIds = ids;
        made.pollEvery = std::chrono::milliseconds(5);
        made.backOff = std::chrono::milliseconds(1);
        return made;
    }
    /// What the window has done before: the catalogue and the summaries are there.
    static void load(AdvisorFixture &world);
};

void TestAdvisorRefreshJob::load(AdvisorFixture &world)
{
    AdvisorLoadJob job(world.client, world.advisor, world.account, {});
    QVERIFY(AdvisorFixture::run(job));
    world.service.calls.clear();
}

void TestAdvisorRefreshJob::waitsUntilAllAreDone()
{
    AdvisorFixture world;
    for (const char *id : {"a", "b", "c"}) {
        world.service.add(QString::fromLatin1(id), 1);
        world.service.states.insert(QString::fromLatin1(id), {u"processing"_s, u"success"_s});
    }
    load(world);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.count(Outcome::Refreshed), 3);
    QCOMPARE(world.service.count(u"Refresh"_s), 3);
    QCOMPARE(world.service.count(u"Statuses 3"_s), 2); // all of them in one call each time
    QCOMPARE(world.service.count(u"Result"_s), 3);
    QCOMPARE(world.check(u"a"_s).refresh.status, u"success"_s);
}

void TestAdvisorRefreshJob::learnsWhatRefreshesByItself()
{
    AdvisorFixture world;
    world.service.add(u"mine"_s, 1);
    world.service.add(u"theirs"_s, 1);
    world.service.unrefreshable = {u"theirs"_s};
    world.service.states.insert(u"mine"_s, {u"success"_s});
    load(world);
    {
        AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
        QVERIFY(AdvisorFixture::run(job));
        QCOMPARE(job.outcomes().value(u"theirs"_s), Outcome::Automatic);
        QCOMPARE(job.outcomes().value(u"mine"_s), Outcome::Refreshed);
    }
    QVERIFY(world.check(u"theirs"_s).refresh.isAutomatic);
    world.service.calls.clear();
    AdvisorRefreshJob again(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(again));
    QCOMPARE(world.service.count(u"Refresh theirs"_s), 0);
    QCOMPARE(again.outcomes().value(u"theirs"_s), Outcome::Automatic);
}

void TestAdvisorRefreshJob::oneRefusalDoesNotSpoilThePoll_data()
{
    QTest::addColumn<bool>("speaks");
    QTest::newRow("the service names it") << true;
    QTest::newRow("the service does not") << false;
}

void TestAdvisorRefreshJob::oneRefusalDoesNotSpoilThePoll()
{
    QFETCH(bool, speaks);
    AdvisorFixture world;
    world.service.speaks = speaks;
    QStringList ids;
    for (int i = 0; i < 9; ++i) {
        ids.append(u"check%1"_s.arg(i));
        world.service.add(ids.last(), 1);
        world.service.states.insert(ids.last(), {u"processing"_s, u"processing"_s, u"success"_s});
    }
    load(world);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    // They turn out to be such after they were asked for.
    bool isChanged = false;
    QObject watch;
    const auto change = [&] {
        if (isChanged || world.service.count(u"Refresh"_s) < 9)
            return;
        isChanged = true;
        world.service.unrefreshable = {u"check2"_s};
        world.service.vanished = {u"check7"_s};
    };
    connect(&world.advisor, &AdvisorArchive::checksChanged, &watch, change);
    QVERIFY(AdvisorFixture::run(job));
    QVERIFY(isChanged);
    QCOMPARE(job.outcomes().value(u"check2"_s), Outcome::Automatic);
    QCOMPARE(job.outcomes().value(u"check7"_s), Outcome::Gone);
    QCOMPARE(job.count(Outcome::Refreshed), 7);
}

void TestAdvisorRefreshJob::everyEndIsTold()
{
    AdvisorFixture world;
    for (const char *id : {"good", "abandoned", "timedOut", "gone", "busy"})
        world.service.add(QString::fromLatin1(id), 1);
    world.service.states = {{u"good"_s, {u"processing"_s, u"success"_s}},
                            {u"abandoned"_s, {u"processing"_s, u"abandoned"_s}},
                            {u"timedOut"_s, {u"processing"_s, u"none"_s}},
                            {u"busy"_s, {u"success"_s}}};
    load(world);
    world.service.vanished = {u"gone"_s};
    world.service.refusals = {{u"busy"_s, 3}};
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.outcomes().value(u"good"_s), Outcome::Refreshed);
    QCOMPARE(job.outcomes().value(u"busy"_s), Outcome::Refreshed);
    QCOMPARE(job.outcomes().value(u"abandoned"_s), Outcome::Abandoned);
    QCOMPARE(job.outcomes().value(u"timedOut"_s), Outcome::Abandoned);
    QCOMPARE(job.outcomes().value(u"gone"_s), Outcome::Gone);
    QCOMPARE(job.done(), 5);
    QCOMPARE(world.service.count(u"Refresh busy"_s), 4);
}

void TestAdvisorRefreshJob::tooEarlyIsToldOrWaitedFor()
{
    AdvisorFixture world;
    world.service.add(u"early"_s, 1);
    world.service.states.insert(u"early"_s, {u"success"_s});
    load(world);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    world.advisor.storeRefresh(world.account.id, u"early"_s, {u"success"_s, now + 3'600'000, false});
    AdvisorRefreshJob::Options hasty = options();
    hasty.patient = false;
    {
        AdvisorRefreshJob job(world.client, world.advisor, world.account, hasty);
        QVERIFY(AdvisorFixture::run(job));
        QCOMPARE(job.outcomes().value(u"early"_s), Outcome::TooEarly);
        QCOMPARE(job.nextRefreshable(), now + 3'600'000);
        QVERIFY(world.service.calls.isEmpty());
    }
    const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 200;
    world.advisor.storeRefresh(world.account.id, u"early"_s, {u"success"_s, soon, false});
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.outcomes().value(u"early"_s), Outcome::Refreshed);
    QVERIFY(QDateTime::currentMSecsSinceEpoch() >= soon);
}

void TestAdvisorRefreshJob::oneUnderWayIsWaitedFor()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.states.insert(u"a"_s, {u"processing"_s, u"success"_s});
    world.service.pause = 3'600'000;
    load(world);
    AdvisorRefreshJob::Options made = options({u"a"_s});
    made.patient = false;
    made.wait = false;
    AdvisorRefreshJob asked(world.client, world.advisor, world.account, made);
    QVERIFY(AdvisorFixture::run(asked));
    QCOMPARE(asked.outcomes().value(u"a"_s), Outcome::Asked);
    world.service.calls.clear();
    made.wait = true;
    AdvisorRefreshJob job(world.client, world.advisor, world.account, made);
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.outcomes().value(u"a"_s), Outcome::Refreshed);
    QCOMPARE(world.service.count(u"Refresh"_s), 0);
    QCOMPARE(world.service.count(u"Result a"_s), 1);
}

void TestAdvisorRefreshJob::aStatusThatNobodyKnowsIsTold()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.states.insert(u"a"_s, {u"postponed"_s});
    load(world);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options({u"a"_s}));
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.outcomes().value(u"a"_s), Outcome::Unknown);
    QCOMPARE(job.unknownStatus(u"a"_s), u"postponed"_s);
}

void TestAdvisorRefreshJob::theNewResultsAreFetched()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.states.insert(u"a"_s, {u"processing"_s, u"success"_s});
    load(world);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options({u"a"_s}));
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(world.snapshots(u"a"_s).size(), 2);
    QCOMPARE(world.snapshots(u"a"_s).constFirst().timestamp, u"2026-11-26T12:00:00Z"_s);
}

void TestAdvisorRefreshJob::anAnswerAboutAnotherCheckIsNone()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.otherCheck = u"b"_s;
    AdvisorRefreshJob::Options made;
    made.checkIds = {u"a"_s};
    AdvisorRefreshJob job(world.client, world.advisor, world.account, made);
    QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::BadAnswer);
    QCOMPARE(job.outcomes().value(u"a"_s), AdvisorRefreshJob::Outcome::Failed);
    QCOMPARE(world.check(u"a"_s).refresh, AdvisorRefresh());
}

void TestAdvisorRefreshJob::askingAlone()
{
    AdvisorFixture world;
    world.service.add(u"a"_s, 1);
    world.service.states.insert(u"a"_s, {u"processing"_s, u"success"_s});
    world.service.pause = 3'599'992;
    load(world);
    AdvisorRefreshJob::Options made = options({u"a"_s});
    made.wait = false;
    AdvisorRefreshJob job(world.client, world.advisor, world.account, made);
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.outcomes().value(u"a"_s), Outcome::Asked);
    QCOMPARE(world.service.calls, QStringList{u"Refresh a"_s});
    const AdvisorRefresh refresh = world.check(u"a"_s).refresh;
    QCOMPARE(refresh.status, u"enqueued"_s);
    QVERIFY(refresh.nextRefreshable > QDateTime::currentMSecsSinceEpoch() + 3'500'000);
}

void TestAdvisorRefreshJob::anAccountThatMayNotEnds()
{
    AdvisorFixture world;
    for (int i = 0; i < 200; ++i)
        world.service.add(u"check%1"_s.arg(i), 0);
    load(world);
    for (int i = 0; i < 200; ++i)
        world.service.refusals.insert(u"check%1"_s.arg(i), 1'000'000);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::Throttled);
    QVERIFY(world.service.calls.size() < 60);
}

void TestAdvisorRefreshJob::cancelledFromItsProgress()
{
    AdvisorFixture world;
    for (int i = 0; i < 20; ++i)
        world.service.add(u"check%1"_s.arg(i), 1);
    world.service.unrefreshable = {u"check3"_s};
    load(world);
    AdvisorRefreshJob job(world.client, world.advisor, world.account, options());
    connect(&job, &Job::progressed, &job, &Job::cancel);
    QCOMPARE(AdvisorFixture::run(job).error().kind, Error::Kind::Cancelled);
    const auto asked = world.service.calls.size();
    QVERIFY(asked < 20);
    QTRY_COMPARE(world.service.inFlight, 0);
    QCOMPARE(world.service.calls.size(), asked);
}

void TestAdvisorRefreshJob::whatWasNotAskedForIsResumed()
{
    AdvisorFixture world;
    QStringList ids;
    for (int i = 0; i < 20; ++i) {
        ids.append(u"check%1"_s.arg(i));
        world.service.add(ids.last(), 1);
        world.service.states.insert(ids.last(), {u"success"_s});
    }
    world.service.unrefreshable = {ids.at(0)};
    load(world);
    const qint64 later = QDateTime::currentMSecsSinceEpoch() + 100;
    world.advisor.storeRefresh(world.account.id, ids.at(5), {u"success"_s, later, false});
    const auto unfinished = [&] {
        const auto known = answerOf<QHash<AccountId, QStringList>>(
            [&](auto done) { world.advisor.loadUnfinished(&world.advisor, std::move(done)); });
        QStringList all = known ? known->value(world.account.id) : QStringList();
        all.sort();
        return all;
    };
    AdvisorRefreshJob::Options made = options(ids);
    made.remember = true;
    const auto stopEarly = [&] {
        AdvisorRefreshJob job(world.client, world.advisor, world.account, made);
        connect(&job, &Job::progressed, &job, &Job::cancel); // as the end of the program does
        return AdvisorFixture::run(job).error().kind == Error::Kind::Cancelled
            && !(made.checkIds = unfinished()).isEmpty();
    };
    QVERIFY(stopEarly());
    QVERIFY2(made.checkIds.size() >= 15 && made.checkIds.contains(ids.at(5)), qPrintable(made.checkIds.join(u' ')));
    QTRY_COMPARE(world.service.inFlight, 0);
    // The next start asks for them, and for no other.
    world.service.calls.clear();
    made.resume = true;
    AdvisorRefreshJob job(world.client, world.advisor, world.account, made);
    QVERIFY(AdvisorFixture::run(job));
    QCOMPARE(job.count(Outcome::Refreshed), made.checkIds.size());
    QCOMPARE(world.service.count(u"Refresh check5"_s), 1);
    QCOMPARE(unfinished(), QStringList());
    QCOMPARE(world.check(ids.at(5)).refresh.status, u"success"_s);
    // What a person stopped is not wanted any more.
    made.resume = false;
    made.checkIds = ids.mid(1);
    world.service.unrefreshable = {ids.at(1)};
    AdvisorRefreshJob stopped(world.client, world.advisor, world.account, made);
    connect(&stopped, &Job::progressed, &stopped, &Job::cancel);
    QCOMPARE(AdvisorFixture::run(stopped).error().kind, Error::Kind::Cancelled);
    stopped.forgetWanted();
    const QStringList left = unfinished();
    QVERIFY2(left.size() <= 4, qPrintable(left.join(u' '))); // those that AWS was asked for
    QVERIFY(world.check(ids.at(19)).refresh.status != refreshWanted);
}

QTEST_GUILESS_MAIN(TestAdvisorRefreshJob)
#include "tst_advisorrefreshjob.moc"
