#include "print/paintcasesjob.h"

#include "archive/archivefixture.h"
#include "archive/syncjob.h"
#include "demoservice.h"
#include "print/pdffile.h"

#include <QDir>
#include <QTest>
#include <QThreadPool>

#include <sys/resource.h>

#include <csignal>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// An archive with the cases of one account of the demo, and a folder to export to.
struct World
{
    World()
    {
        account = archive.account();
        SyncJob job(demo.client(), archive.archive(), account);
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
        QVERIFY(job.result());
        for (const CaseRecord &record : archive.cases())
            choices.append({account.id, record.caseId.toString(), account.name, account.partition});
    }

    std::unique_ptr<PaintCasesJob> job(const QList<CaseChoice> &cases, const QString &path)
    {
        auto made = std::make_unique<PaintCasesJob>(archive.archive(), cases, ExportOptions(),
                                                    std::make_shared<PdfFile>(path, QPageSize(QPageSize::A4)));
        made->setAutoDelete(false);
        return made;
    }

    Result<void> run(const QList<CaseChoice> &cases, const QString &path)
    {
        const auto made = job(cases, path);
        QSignalSpy finished(made.get(), &Job::finished);
        made->start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return made->result();
    }

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// A file that an export would replace.
    QString oldFile() const
    {
        QFile file(path(u"old.pdf"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write("what was there") < 0)
            qFatal("no old file");
        return file.fileName();
    }

    bool isAsBefore() const
    {
        return files() == QStringList{u"old.pdf"_s} && contents(path(u"old.pdf"_s)) == "what was there";
    }

    QString path(const QString &name) const { return folder.filePath(name); }
    QStringList files() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }

    test::DemoFixture demo;
    test::ArchiveFixture archive;
    AccountRecord account;
    QList<CaseChoice> choices;
    QTemporaryDir folder;
};

qsizetype pagesOf(const QByteArray &pdf) { return pdf.count("/Type /Page\n"); }

} // namespace

/// Chosen cases become one PDF file, or the old file stays.
class TestPaintCasesJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCaseHasItsPages();
    void whatFailsLeavesTheOldFile_data();
    void whatFailsLeavesTheOldFile();
    void aFullDiskLeavesTheOldFile();
    void cancelledLeavesTheOldFile_data();
    void cancelledLeavesTheOldFile();
    void theEndOfItsOwnerLeavesTheOldFile();
    void saysHowFarItIs();
};

void TestPaintCasesJob::everyCaseHasItsPages()
{
    World world;
    const QString path = world.path(u"cases.pdf"_s);
    QVERIFY(world.run(world.choices.first(1), path));
    const QByteArray one = World::contents(path);
    QVERIFY(one.startsWith("%PDF-"));
    QVERIFY(one.trimmed().endsWith("%%EOF"));
    QVERIFY(pagesOf(one) >= 1);
    QVERIFY(world.run(world.choices, path));
    const QByteArray all = World::contents(path);
    QVERIFY(all.trimmed().endsWith("%%EOF"));
    QVERIFY2(pagesOf(all) >= world.choices.size(), qPrintable(QString::number(pagesOf(all))));
    QCOMPARE(world.files(), QStringList{u"cases.pdf"_s}); // nothing is left beside it
}

void TestPaintCasesJob::whatFailsLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("a case that the archive does not have") << u"missing"_s;
    QTest::newRow("a directory of that name") << u"directory"_s;
    QTest::newRow("a folder that is not there") << u"folder"_s;
}

void TestPaintCasesJob::whatFailsLeavesTheOldFile()
{
    QFETCH(QString, how);
    World world;
    QString path = world.oldFile();
    QList<CaseChoice> choices = world.choices.first(2);
    if (how == u"missing"_s)
        choices.append({world.account.id, u"case-nowhere"_s, world.account.name, world.account.partition});
    else if (how == u"directory"_s)
        path = world.folder.path();
    else
        path = world.path(u"none/cases.pdf"_s);
    const Result<void> done = world.run(choices, path);
    QVERIFY(!done);
    QVERIFY(!done.error().message.isEmpty());
    QTRY_VERIFY(world.isAsBefore());
}

void TestPaintCasesJob::aFullDiskLeavesTheOldFile()
{
    World world;
    const QString path = world.oldFile();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{rlim_t(5'000), before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Result<void> done = world.run(world.choices.first(1), path);
    ::setrlimit(RLIMIT_FSIZE, &before);
    QCOMPARE(done.error().kind, Error::Kind::File);
    QVERIFY2(done.error().message.startsWith(path + u" can't be written: "_s), qPrintable(done.error().message));
    QTRY_VERIFY(world.isAsBefore());
}

void TestPaintCasesJob::cancelledLeavesTheOldFile_data()
{
    QTest::addColumn<qsizetype>("left");
    QTest::addColumn<Qt::ConnectionType>("when");
    QTest::newRow("before the first case") << qsizetype(-1) << Qt::DirectConnection;
    QTest::newRow("between two cases") << qsizetype(2) << Qt::DirectConnection;
    QTest::newRow("when all cases are read") << qsizetype(0) << Qt::DirectConnection;
    QTest::newRow("while pages are painted") << qsizetype(0) << Qt::QueuedConnection;
}

void TestPaintCasesJob::cancelledLeavesTheOldFile()
{
    QFETCH(qsizetype, left);
    QFETCH(Qt::ConnectionType, when);
    World world;
    const auto job = world.job(world.choices, world.oldFile());
    QSignalSpy finished(job.get(), &Job::finished);
    connect(job.get(), &Job::progressed, job.get(), [&, left, when](qint64 done) {
        if (left < 0 ? done == 0 : world.choices.size() - done == left)
            QMetaObject::invokeMethod(job.get(), &Job::cancel, when);
    });
    job->start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job->result().error().kind, Error::Kind::Cancelled);
    QThreadPool::globalInstance()->waitForDone(); // what was under way there must not do it all the same
    QTRY_VERIFY(finished.size() == 1 && World::contents(world.path(u"old.pdf"_s)) == "what was there");
    QCoreApplication::sendPostedEvents();
    QCOMPARE(World::contents(world.path(u"old.pdf"_s)), QByteArray("what was there"));
}

void TestPaintCasesJob::theEndOfItsOwnerLeavesTheOldFile()
{
    World world;
    auto job = world.job(world.choices, world.oldFile());
    connect(job.get(), &Job::progressed, this, [&](qint64 done) {
        if (done == world.choices.size()) // all are read; they are being painted when this is called
            QMetaObject::invokeMethod(
                this, [&job] { job.reset(); }, Qt::QueuedConnection);
    });
    job->start();
    QTRY_VERIFY(!job);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_VERIFY(world.isAsBefore());
}

void TestPaintCasesJob::saysHowFarItIs()
{
    World world;
    const auto job = world.job(world.choices.first(3), world.path(u"cases.pdf"_s));
    QSignalSpy progressed(job.get(), &Job::progressed);
    QSignalSpy finished(job.get(), &Job::finished);
    QCOMPARE(job->title(), u"Exporting %n case(s)"_s.replace(u"%n"_s, u"3"_s));
    job->start();
    QTRY_COMPARE(finished.size(), 1);
    qint64 last = -1;
    for (const QVariantList &arguments : progressed) {
        QVERIFY(arguments.at(0).toLongLong() >= last);
        last = arguments.at(0).toLongLong();
        QCOMPARE(arguments.at(1).toLongLong(), 6);
    }
    QVERIFY(last >= 3);
}

QTEST_MAIN(TestPaintCasesJob)
#include "tst_paintcasesjob.moc"
