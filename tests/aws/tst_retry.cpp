#include "aws/httpserviceconnection.h"
#include "aws/ratelimit.h"
#include "aws/retry.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace casement;
using namespace std::chrono_literals;

namespace {

// Returns when a timer that began now has fired: every shorter one that ran already has had its turn.
void letTimersRun(std::chrono::milliseconds time)
{
    QTimer timer;
    QSignalSpy fired(&timer, &QTimer::timeout);
    timer.setTimerType(Qt::PreciseTimer);
    timer.start(time);
    QVERIFY(fired.wait());
}

} // namespace

class TestRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classified_data();
    void classified();
    void delaysDouble();
    void quotaRunsOut();
    void quotaComesBack();
    void changesOnlyAfterCertainNonArrival();
    void retryAfterHeader_data();
    void retryAfterHeader();
    void burstThenRate();
    void orderAndCancel();
    void throttledSlowsDown();
    void noMoreThanFiveInAnySecond();
    void programsShareARate();
    void unlimited();
    void unlimitedUntilRefused();
    void refusalsThatGoOnSlowDownMore();
};

void TestRetry::classified_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<Failure>("failure");
    const auto row = [](const char *name, const Error &error, Failure failure) {
        QTest::newRow(name) << error << failure;
    };
    const auto code = [](const char *text, int status = 400) {
        return Error{.kind = Error::Kind::Refused, .code = QString::fromLatin1(text), .httpStatus = status};
    };
    for (const char *name :
         {"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
          "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
          "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
          "PriorRequestNotComplete", "EC2ThrottledException"})
        row(name, code(name), Failure::Throttling);
    row("RequestTimeout", code("RequestTimeout"), Failure::Transient);
    row("RequestTimeoutException", code("RequestTimeoutException"), Failure::Transient);
    // These last minutes to an hour.
    for (const char *name : {"CaseCreationLimitExceeded", "AttachmentLimitExceeded", "DescribeAttachmentLimitExceeded",
                             "AccessDeniedException", "SomethingNew"})
        row(name, code(name), Failure::Final);
    for (int status : {500, 502, 503, 504})
        row(qPrintable(QString::number(status)), {.kind = Error::Kind::Unavailable, .httpStatus = status},
            Failure::Transient);
    row("501", {.kind = Error::Kind::Unavailable, .httpStatus = 501}, Failure::Final);
    row("a proxy's 502", {.kind = Error::Kind::NotTheService, .httpStatus = 502}, Failure::Transient);
    row("refused connection", {.kind = Error::Kind::CannotConnect}, Failure::Transient);
    row("unknown host", {.kind = Error::Kind::HostNotFound}, Failure::Transient);
    row("dropped", {.kind = Error::Kind::Dropped}, Failure::Transient);
    row("timeout", {.kind = Error::Kind::TimedOut}, Failure::Timeout);
    row("bad answer", {.kind = Error::Kind::BadAnswer, .httpStatus = 200}, Failure::Final);
    row("certificate", {.kind = Error::Kind::Tls}, Failure::Final);
    row("redirect", {.kind = Error::Kind::Redirected, .httpStatus = 307}, Failure::Final);
}

void TestRetry::classified()
{
    QFETCH(Error, error);
    QFETCH(Failure, failure);
    QCOMPARE(classify(error), failure);
}

void TestRetry::delaysDouble()
{
    const Error error{.kind = Error::Kind::Unavailable, .httpStatus = 500};
    RetryQuota quota;
    RetryPlan plan(8, quota, [] { return 0.5; });
    const std::chrono::milliseconds expected[]{500ms, 1000ms, 2000ms, 4000ms, 8000ms, 10'000ms, 10'000ms};
    for (const auto delay : expected)
        QCOMPARE(plan.afterFailure(error, true), delay);
    QCOMPARE(plan.attempt(), 8);
    QVERIFY(!plan.afterFailure(error, true));
    QCOMPARE(quota.available(), 500 - 7 * 5);

    RetryPlan once(1, quota, [] { return 0.5; });
    QVERIFY(!once.afterFailure(error, true));
}

void TestRetry::quotaRunsOut()
{
    RetryQuota quota;
    const Error timeout{.kind = Error::Kind::TimedOut};
    for (int i = 0; i < 50; ++i) {
        RetryPlan plan(2, quota, [] { return 0.0; });
        QVERIFY(plan.afterFailure(timeout, true));
    }
    QCOMPARE(quota.available(), 0);
    RetryPlan plan(3, quota, [] { return 0.0; });
    QVERIFY(!plan.afterFailure(timeout, true));
    QVERIFY(!plan.afterFailure({.kind = Error::Kind::Throttled}, true));
}

void TestRetry::quotaComesBack()
{
    RetryQuota quota;
    const auto plan = [&quota] { return RetryPlan(3, quota, [] { return 0.0; }); };
    auto retried = plan();
    QVERIFY(retried.afterFailure({.kind = Error::Kind::TimedOut}, true));
    QVERIFY(retried.afterFailure({.kind = Error::Kind::Dropped}, true));
    QCOMPARE(quota.available(), 485);
    retried.afterSuccess(); // the last acquisition only
    QCOMPARE(quota.available(), 490);
    auto atOnce = plan();
    atOnce.afterSuccess();
    QCOMPARE(quota.available(), 491);
    for (int i = 0; i < 20; ++i)
        plan().afterSuccess();
    QCOMPARE(quota.available(), 500);
}

void TestRetry::changesOnlyAfterCertainNonArrival()
{
    RetryQuota quota;
    const auto retries = [&quota](const Error &error) {
        return RetryPlan(3, quota, [] { return 0.0; }).afterFailure(error, false).has_value();
    };
    QVERIFY(retries({.kind = Error::Kind::CannotConnect}));
    QVERIFY(retries({.kind = Error::Kind::HostNotFound}));
    QVERIFY(retries({.kind = Error::Kind::Throttled, .httpStatus = 400}));
    QVERIFY(!retries({.kind = Error::Kind::Dropped, .effect = Error::Effect::Unknown}));
    QVERIFY(!retries({.kind = Error::Kind::TimedOut, .effect = Error::Effect::Unknown}));
    QVERIFY(!retries({.kind = Error::Kind::Unavailable, .effect = Error::Effect::Unknown, .httpStatus = 503}));
    QVERIFY(!retries({.kind = Error::Kind::Refused, .httpStatus = 400}));
}

void TestRetry::retryAfterHeader_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("delay");
    QTest::newRow("none") << QByteArray() << 500;
    QTest::newRow("shorter than ours") << QByteArray("100") << 500;
    QTest::newRow("longer") << QByteArray(" 3000 ") << 3000;
    QTest::newRow("much longer") << QByteArray("86400000") << 5500;
    QTest::newRow("negative") << QByteArray("-5") << 500;
    QTest::newRow("a fraction") << QByteArray("1.5") << 500;
    QTest::newRow("a date") << QByteArray("Sun, 22 Nov 2026 01:00:00 GMT") << 500;
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999") << 500;
}

void TestRetry::retryAfterHeader()
{
    QFETCH(QByteArray, header);
    QFETCH(int, delay);
    RetryQuota quota;
    RetryPlan plan(3, quota, [] { return 0.5; });
    QCOMPARE(plan.afterFailure({.kind = Error::Kind::Throttled}, true, header), std::chrono::milliseconds(delay));
}

void TestRetry::burstThenRate()
{
    qint64 now = 1000;
    RateLimiter limiter({.callsPerSecond = 50, .burst = 10}, nullptr, [&now] { return now; });
    int gone = 0;
    for (int i = 0; i < 15; ++i)
        limiter.acquire(this, [&gone] { ++gone; });
    QCOMPARE(gone, 10);
    QCOMPARE(limiter.waiting(), 5);
    // The clock stands still: nobody goes, however often the timer looks.
    letTimersRun(60ms);
    QCOMPARE(gone, 10);
    now += 40;
    QTRY_COMPARE(gone, 12);
    now += 1000;
    QTRY_COMPARE(gone, 15);
    QCOMPARE(limiter.waiting(), 0);
}

void TestRetry::orderAndCancel()
{
    qint64 now = 0;
    RateLimiter limiter({.callsPerSecond = 100, .burst = 1}, nullptr, [&now] { return now; });
    QString order;
    auto dying = std::make_unique<QObject>();
    QCOMPARE(limiter.acquire(this, [&order] { order += u'a'; }), RateLimiter::Ticket(0));
    limiter.acquire(this, [&order] { order += u'b'; });
    const auto cancelled = limiter.acquire(this, [&order] { order += u'c'; });
    limiter.acquire(dying.get(), [&order] { order += u'd'; });
    limiter.acquire(this, [&order] { order += u'e'; });
    QVERIFY(cancelled != 0);
    limiter.cancel(cancelled);
    dying.reset();
    now = 10;
    QTRY_COMPARE(order, QStringLiteral("ab")); // whoever gave up costs nothing
    now = 20;
    QTRY_COMPARE(order, QStringLiteral("abe"));
}

void TestRetry::throttledSlowsDown()
{
    qint64 now = 0;
    RateLimiter limiter({.callsPerSecond = 100, .burst = 10, .slowFor = 10s}, nullptr, [&now] { return now; });
    int gone = 0;
    const auto go = [&gone] { ++gone; };
    limiter.slowDown();
    QVERIFY(limiter.isSlow());
    limiter.acquire(this, go);
    QCOMPARE(gone, 0);
    now = 10; // enough at full speed
    letTimersRun(40ms);
    QCOMPARE(gone, 0);
    now = 20;
    QTRY_COMPARE(gone, 1);
    now = 10'001;
    QVERIFY(!limiter.isSlow());
    for (int i = 0; i < 10; ++i)
        limiter.acquire(this, go);
    QCOMPARE(gone, 11);
    limiter.acquire(this, go);
    now += 10;
    QTRY_COMPARE(gone, 12);
}

void TestRetry::noMoreThanFiveInAnySecond()
{
    qint64 now = 1000;
    // As every connection has it that is told no other one.
    RateLimiter limiter(ProfileChoice().rate, nullptr, [&now] { return now; });
    QList<qint64> gone;
    for (; gone.size() < 40 && now < 60'000; now += 25)
        limiter.cancel(limiter.acquire(this, [&] { gone.append(now); }));
    QCOMPARE(gone.size(), 40);
    for (qsizetype i = 5; i < gone.size(); ++i)
        QVERIFY2(gone[i] - gone[i - 5] > 1000, qPrintable(QString::number(gone[i] - gone[i - 5])));
    QVERIFY(gone.last() - gone.first() <= 10'000); // four a second all the same
}

void TestRetry::programsShareARate()
{
    const QTemporaryDir folder;
    qint64 now = 1000;
    const auto clock = [&now] { return now; };
    RateLimiter one({.callsPerSecond = 100, .burst = 2}, nullptr, clock);
    RateLimiter other({.callsPerSecond = 100, .burst = 2}, nullptr, clock);
    const QString path = folder.filePath(QStringLiteral("pace"));
    one.share(path);
    other.share(path);
    int gone = 0;
    const auto go = [&gone] { ++gone; };
    one.acquire(this, go);
    other.acquire(this, go);
    QCOMPARE(gone, 2);
    one.acquire(this, go);
    other.acquire(this, go);
    QCOMPARE(gone, 2);
    now += 10;
    QTRY_COMPARE(gone, 3);
    letTimersRun(40ms);
    QCOMPARE(gone, 3);
    now += 10;
    QTRY_COMPARE(gone, 4);
    RateLimiter next({.callsPerSecond = 100, .burst = 2}, nullptr, clock); // a later program
    next.share(path);
    next.acquire(this, go);
    QCOMPARE(gone, 4);
    now += 10;
    QTRY_COMPARE(gone, 5);

    QFile file(path); // what is not sound holds nobody up
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(16, '\x7f'));
    file.close();
    now += 20;
    next.acquire(this, go);
    QCOMPARE(gone, 6);
}

void TestRetry::unlimited()
{
    RateLimiter limiter({.callsPerSecond = 0});
    int gone = 0;
    limiter.slowDown();
    for (int i = 0; i < 1000; ++i)
        limiter.acquire(this, [&gone] { ++gone; });
    QCOMPARE(gone, 1000);
}

void TestRetry::refusalsThatGoOnSlowDownMore()
{
    qint64 now = 5000;
    RateLimiter limiter({.callsPerSecond = 10, .burst = 4, .untilRefused = true}, nullptr, [&now] { return now; });
    for (int i = 0; i < 41; ++i) { // two a second
        limiter.slowDown();
        now += 500;
    }
    int gone = 0;
    for (int i = 0; i < 4; ++i)
        limiter.acquire(this, [&gone] { ++gone; });
    QCOMPARE(gone, 1); // no burst any more
    now += 130; // 10 a second it is not
    letTimersRun(60ms);
    QCOMPARE(gone, 1);
    now += 60; // 10 * 0.97 * 0.95^12 * e^(20 * 0.005): 5.8
    QTRY_COMPARE(gone, 2);
}

void TestRetry::unlimitedUntilRefused()
{
    qint64 now = 5000;
    RateLimiter limiter({.callsPerSecond = 50, .burst = 1, .untilRefused = true}, nullptr, [&now] { return now; });
    int gone = 0;
    const auto ask = [&](int calls) {
        for (int i = 0; i < calls; ++i)
            limiter.acquire(this, [&gone] { ++gone; });
    };
    ask(100);
    QCOMPARE(gone, 100);
    QVERIFY(!limiter.isSlow());
    // Those that were under way with the refused one are refused too, which says nothing new.
    for (int i = 0; i < 8; ++i)
        limiter.slowDown();
    QVERIFY(limiter.isSlow());
    ask(2);
    QCOMPARE(gone, 100);
    now += 19;
    letTimersRun(60ms);
    QCOMPARE(gone, 100);
    now += 1; // 50 a second, all the same
    QTRY_COMPARE(gone, 101);
    now += 20;
    QTRY_COMPARE(gone, 102);
    // Another refusal makes it a little slower, time without one faster.
    now += 2000;
    limiter.slowDown();
    ask(1);
    now += 20;
    letTimersRun(60ms);
    QCOMPARE(gone, 102);
    now += 1;
    QTRY_COMPARE(gone, 103);
    now += 60'000;
    ask(2);
    now += 16; // 50 * 0.97 * e^(60 * 0.005) = 65 a second
    QTRY_COMPARE(gone, 105);
}

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
