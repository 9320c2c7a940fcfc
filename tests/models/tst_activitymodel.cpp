#include "models/activitymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

class StepJob final : public Job
{
public:
    explicit StepJob(const QString &title) : m_title(title) { }

    QString title() const override { return m_title; }
    void tell(qint64 done, qint64 total) { setProgress(done, total); }
    void end(const Result<void> &result = {}) { finish(result); }

protected:
    void run() override { }

private:
    QString m_title;
};

} // namespace

class TestActivityModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void itSaysHowFarAndHowItEnded();
    void whatRunsCanBeStopped();
    void theOldestAreForgotten();
    void rowsAreCopied();

private:
    StepJob *begin(const QString &title)
    {
        auto *job = new StepJob(title);
        m_jobs->add(job);
        job->start();
        return job;
    }
    QString cell(int row, int column) const { return m_model->index(row, column).data().toString(); }

    std::unique_ptr<JobList> m_jobs;
    std::unique_ptr<ActivityModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestActivityModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_jobs = std::make_unique<JobList>();
    m_model = std::make_unique<ActivityModel>(*m_jobs, [](const Error &error) { return u"Failed: "_s + error.code; });
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestActivityModel::itSaysHowFarAndHowItEnded()
{
    StepJob *first = begin(u"Updating\ncases"_s);
    QCOMPARE(cell(0, ActivityModel::What), u"Updating cases"_s);
    QCOMPARE(cell(0, ActivityModel::Outcome), u"Running"_s);
    QVERIFY(!cell(0, ActivityModel::Began).isEmpty());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    first->tell(3, 40);
    QVERIFY(changed.size() > 0);
    QCOMPARE(cell(0, ActivityModel::Outcome), u"Running, 3 of 40"_s);
    StepJob *second = begin(u"Sending"_s);
    QCOMPARE(cell(0, ActivityModel::What), u"Sending"_s); // the newest is the first
    QCOMPARE(m_model->runningCount(), 2);
    second->end(Error{.kind = Error::Kind::Refused, .code = u"AccessDenied"_s});
    first->end();
    QCOMPARE(cell(0, ActivityModel::Outcome), u"Failed: AccessDenied"_s);
    QCOMPARE(cell(1, ActivityModel::Outcome), u"Done"_s);
    QCOMPARE(cell(1, ActivityModel::What), u"Updating cases"_s);
    QCOMPARE(m_model->runningCount(), 0);
    QCOMPARE(m_model->rowCount(), 2);
    m_model->cancel(m_model->index(0, 0)); // nothing runs there
    QCOMPARE(cell(0, ActivityModel::Outcome), u"Failed: AccessDenied"_s);
}

void TestActivityModel::whatRunsCanBeStopped()
{
    begin(u"One"_s);
    begin(u"Two"_s);
    QVERIFY(m_model->isRunning(m_model->index(1, 0)));
    m_model->cancel(m_model->index(1, 0));
    QVERIFY(!m_model->isRunning(m_model->index(1, 0)) && m_model->isRunning(m_model->index(0, 0)));
    QCOMPARE(cell(1, ActivityModel::Outcome), u"Stopped"_s);
    QCOMPARE(m_jobs->jobs().size(), 1);
}

void TestActivityModel::theOldestAreForgotten()
{
    begin(u"It runs on"_s);
    for (int i = 0; i < ActivityModel::mostEnded + 3; ++i)
        begin(u"Job %1"_s.arg(i))->end();
    QCOMPARE(m_model->rowCount(), ActivityModel::mostEnded + 1);
    QCOMPARE(cell(0, ActivityModel::What), u"Job %1"_s.arg(ActivityModel::mostEnded + 2));
    QCOMPARE(cell(ActivityModel::mostEnded - 1, ActivityModel::What), u"Job 3"_s);
    QCOMPARE(cell(ActivityModel::mostEnded, ActivityModel::What), u"It runs on"_s);
}

void TestActivityModel::rowsAreCopied()
{
    begin(u"One"_s)->end();
    begin(u"Two"_s)->end();
    const QString began = cell(0, ActivityModel::Began);
    QCOMPARE(m_model->copied({1, 0}), began + u"\tTwo\tDone\n"_s + cell(1, ActivityModel::Began) + u"\tOne\tDone\n"_s);
}

QTEST_GUILESS_MAIN(TestActivityModel)
#include "tst_activitymodel.moc"
