#include "models/pollschedule.h"

#include <QTest>

#include <algorithm>

using namespace casement;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

using Ending = PollSchedule::Ending;

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr AccountId one = 1;
constexpr AccountId two = 2;

/// A schedule on a clock and with chances that the test says.
struct World
{
    PollSchedule schedule{[this] { return draw ? draw() : random; }};
    std::function<double()> draw;
    double random = 0.5;
    qint64 now = 1'000'000;

    void refreshed(AccountId account, PollPace pace, Ending ending = Ending::Whole)
    {
        schedule.started(account);
        schedule.ended(account, ending, pace, now);
    }
    /// Lets time pass.
    QList<AccountId> after(qint64 time)
    {
        now += time;
        return schedule.due(now);
    }
    qint64 untilNext() const { return schedule.nextAt().value_or(now - 1) - now; }
};

} // namespace

/// When accounts are refreshed by themselves. No clock of this computer is read.
class TestPollSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMoreIsExpectedTheSooner_data();
    void theMoreIsExpectedTheSooner();
    void nobodyIsDueBeforeTheFirstRefresh();
    void neverTwoRefreshesOfOneAccount();
    void failuresBackOffWithFullJitter();
    void aSuccessEndsTheBackOff();
    void aCancelledRefreshIsNoFailure();
    void nothingIsDueWithoutANetwork();
    void theNetworkComesBack();
    void lookingAtTheWindowAgain();
    void afterASleepAccountsAreSpread();
    void aUsedUpRateWaits();
    void switchedOffAndOn();
    void anotherIntervalHolds();
    void theLongestDueFirst();
};

void TestPollSchedule::theMoreIsExpectedTheSooner_data()
{
    QTest::addColumn<PollPace>("pace");
    QTest::addColumn<double>("random");
    QTest::addColumn<qint64>("pause");

    QTest::newRow("somebody waits for AWS") << PollPace::WaitsForAws << 0.5 << 2 * minute;
    QTest::newRow("somebody waits, the soonest") << PollPace::WaitsForAws << 0.0 << 108 * second;
    QTest::newRow("somebody waits, the latest") << PollPace::WaitsForAws << 1.0 << 132 * second;
    QTest::newRow("it is the customer's turn") << PollPace::Open << 0.5 << 5 * minute;
    QTest::newRow("only resolved cases") << PollPace::Quiet << 0.5 << 15 * minute;
}

void TestPollSchedule::theMoreIsExpectedTheSooner()
{
    QFETCH(PollPace, pace);
    QFETCH(double, random);
    QFETCH(qint64, pause);
    World world;
    world.schedule.add(one);
    world.random = random;
    world.refreshed(one, pace);
    QCOMPARE(world.untilNext(), pause);
    QCOMPARE(world.after(pause - 1), QList<AccountId>());
    QCOMPARE(world.after(1), QList<AccountId>{one});
}

void TestPollSchedule::nobodyIsDueBeforeTheFirstRefresh()
{
    World world;
    world.schedule.add(one);
    QVERIFY(!world.schedule.nextAt());
    world.schedule.wake(world.now);
    QCOMPARE(world.after(10 * 60 * minute), QList<AccountId>());
}

void TestPollSchedule::neverTwoRefreshesOfOneAccount()
{
    World world;
    world.schedule.add(one);
    world.refreshed(one, PollPace::WaitsForAws);
    world.schedule.started(one); // somebody pressed F5
    QCOMPARE(world.after(60 * minute), QList<AccountId>());
    QVERIFY(!world.schedule.nextAt());
    world.schedule.wake(world.now);
    world.schedule.setOnline(false, world.now);
    world.schedule.setOnline(true, world.now);
    QCOMPARE(world.after(0), QList<AccountId>());
    world.schedule.ended(one, Ending::Whole, PollPace::WaitsForAws, world.now);
    QCOMPARE(world.after(2 * minute), QList<AccountId>{one});
}

void TestPollSchedule::failuresBackOffWithFullJitter()
{
    World world;
    world.schedule.add(one);
    const QList<qint64> most{4, 8, 16, 32, 60, 60, 60};
    for (const qint64 minutes : most) {
        world.random = 1;
        world.refreshed(one, PollPace::WaitsForAws, Ending::Failed);
        QCOMPARE(world.untilNext(), minutes * minute);
    }
    for (const auto &[random, pause] : {std::pair(0.0, 2 * minute), std::pair(0.25, 16 * minute + 30 * second)})
        QCOMPARE(PollSchedule::pause({}, PollPace::WaitsForAws, 30, random), milliseconds(pause));
    // A shortest interval above the longest pause is what the person chose.
    const PollSettings rare{.shortest = 120min};
    QCOMPARE(PollSchedule::pause(rare, PollPace::Quiet, 5, 1), milliseconds(120min));
}

void TestPollSchedule::aSuccessEndsTheBackOff()
{
    World world;
    world.schedule.add(one);
    for (int i = 0; i < 5; ++i)
        world.refreshed(one, PollPace::Open, Ending::Failed);
    QVERIFY(world.untilNext() > 15 * minute);
    world.refreshed(one, PollPace::Open);
    QCOMPARE(world.untilNext(), 5 * minute);
}

void TestPollSchedule::aCancelledRefreshIsNoFailure()
{
    World world;
    world.schedule.add(one);
    world.refreshed(one, PollPace::Open, Ending::Cancelled);
    QCOMPARE(world.untilNext(), 5 * minute);
}

void TestPollSchedule::nothingIsDueWithoutANetwork()
{
    World world;
    world.schedule.add(one);
    world.schedule.add(two, false); // on this computer
    world.refreshed(one, PollPace::WaitsForAws);
    world.refreshed(two, PollPace::Open);
    world.schedule.setOnline(false, world.now);
    QCOMPARE(world.untilNext(), 5 * minute);
    QCOMPARE(world.after(5 * minute), QList<AccountId>{two});
    world.schedule.started(two);
    QVERIFY(!world.schedule.nextAt());
}

void TestPollSchedule::theNetworkComesBack()
{
    World world;
    world.random = 1;
    for (AccountId account = 1; account <= 20; ++account) {
        world.schedule.add(account);
        world.refreshed(account, PollPace::Quiet, account <= 10 ? Ending::Failed : Ending::Whole);
    }
    world.schedule.setOnline(false, world.now);
    world.now += minute;
    int drawn = 0;
    world.draw = [&drawn] { return ++drawn * 0.1; };
    world.schedule.setOnline(true, world.now);
    // Those that failed are asked soon, not all at the same moment; who is fresh stays so.
    QCOMPARE(world.after(0).size(), 0);
    QCOMPARE(world.after(2500).size(), 5);
    QCOMPARE(world.after(2500).size(), 10);
    QCOMPARE(world.after(5 * second).size(), 10);
}

void TestPollSchedule::lookingAtTheWindowAgain()
{
    World world;
    world.schedule.add(one);
    world.schedule.add(two);
    world.refreshed(one, PollPace::Quiet);
    for (int i = 0; i < 6; ++i)
        world.refreshed(two, PollPace::Quiet, Ending::Failed);
    world.now += minute;
    world.schedule.wake(world.now);
    QVERIFY(world.after(5 * second).isEmpty()); // news of a minute ago is fresh, and a service that fails is let alone
    world.now += 2 * minute;
    world.schedule.wake(world.now);
    QCOMPARE(world.after(second).size(), 2);
}

void TestPollSchedule::afterASleepAccountsAreSpread()
{
    World world;
    for (AccountId account = 1; account <= 200; ++account) {
        world.schedule.add(account);
        world.refreshed(account, PollPace::WaitsForAws);
    }
    int drawn = 0;
    world.draw = [&drawn] { return double(drawn++ % 100) / 100; };
    const auto atOnce = world.after(8 * 60 * minute).size();
    QVERIFY2(atOnce <= 4, qPrintable(QString::number(atOnce)));
    const auto half = world.after(15 * second).size();
    QVERIFY2(half >= 90 && half <= 110, qPrintable(QString::number(half)));
    QCOMPARE(world.after(15 * second).size(), 200);
}

void TestPollSchedule::aUsedUpRateWaits()
{
    World world;
    world.schedule.add(one);
    world.refreshed(one, PollPace::WaitsForAws);
    world.now += 2 * minute;
    world.schedule.putOff(one, world.now + 30 * second);
    QCOMPARE(world.after(0), QList<AccountId>());
    QCOMPARE(world.after(30 * second), QList<AccountId>{one});
}

void TestPollSchedule::switchedOffAndOn()
{
    World world;
    world.schedule.add(one);
    world.refreshed(one, PollPace::Open);
    world.schedule.setSettings({.on = false}, world.now);
    QVERIFY(!world.schedule.nextAt());
    QCOMPARE(world.after(20 * minute), QList<AccountId>());
    world.refreshed(one, PollPace::Open); // F5 works all the same
    world.now += 6 * minute;
    world.schedule.setSettings({}, world.now);
    QCOMPARE(world.after(second), QList<AccountId>{one});
}

void TestPollSchedule::anotherIntervalHolds()
{
    World world;
    world.schedule.add(one);
    world.refreshed(one, PollPace::WaitsForAws);
    world.schedule.setSettings({.shortest = 30s}, world.now);
    QCOMPARE(world.untilNext(), 30 * second); // at once
    world.schedule.setSettings({.shortest = 10min}, world.now);
    QCOMPARE(world.untilNext(), 30 * second); // from the next one on
    world.now += 30 * second;
    world.refreshed(one, PollPace::WaitsForAws);
    QCOMPARE(world.untilNext(), 10 * minute);
}

void TestPollSchedule::theLongestDueFirst()
{
    World world;
    world.schedule.add(one);
    world.schedule.add(two);
    world.refreshed(two, PollPace::WaitsForAws);
    world.now += 10 * second;
    world.refreshed(one, PollPace::WaitsForAws);
    QCOMPARE(world.after(2 * minute), (QList<AccountId>{two, one}));
}

QTEST_APPLESS_MAIN(TestPollSchedule)
#include "tst_pollschedule.moc"
