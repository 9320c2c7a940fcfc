#include "base/job.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace casement;

namespace {

class CountingJob : public Job
{
public:
    QString title() const override { return QStringLiteral("Counting"); }
    void step(qint64 done) { setProgress(done, 10); }
    void end(const Result<void> &result = {}) { finish(result); }
    int stopped = 0;

protected:
    void run() override { }
    void stop() override { ++stopped; }
};

} // namespace

class TestJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsOnce();
    void cancelEndsIt();
    void deletesItself();
    void theListFollows();
};

void TestJob::endsOnce()
{
    CountingJob job;
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    QSignalSpy progressed(&job, &Job::progressed);
    job.start();
    QCOMPARE(job.state(), Job::State::Running);
    job.step(3);
    job.step(3); // nothing new, nothing said
    job.end();
    job.end(Error{.kind = Error::Kind::Dropped});
    job.step(4);
    job.cancel();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(progressed.count(), 1);
    QVERIFY(job.result());
    QCOMPARE(job.stopped, 0);
}

void TestJob::cancelEndsIt()
{
    CountingJob job;
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    job.cancel();
    job.cancel();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(job.stopped, 1);
    QVERIFY(job.result().error().kind == Error::Kind::Cancelled);
}

void TestJob::deletesItself()
{
    QPointer<CountingJob> job = new CountingJob;
    job->start();
    job->end();
    QTRY_VERIFY(!job);
}

void TestJob::theListFollows()
{
    JobList list;
    QSignalSpy added(&list, &JobList::added);
    QSignalSpy changed(&list, &JobList::changed);
    QSignalSpy removed(&list, &JobList::removed);
    auto *one = new CountingJob;
    auto *two = new CountingJob;
    list.add(one);
    list.add(two);
    one->start();
    two->start();
    one->step(1);
    QCOMPARE(list.jobs().size(), 2);
    one->end();
    QCOMPARE(list.jobs(), QList<Job *>{two});
    list.cancelAll();
    QVERIFY(list.jobs().isEmpty());
    QCOMPARE(added.count(), 2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(removed.count(), 2);
    auto *three = new CountingJob;
    list.add(three);
    delete three; // a job that dies unfinished leaves no hole
    QVERIFY(list.jobs().isEmpty());
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
