#include "export/exportcasesjob.h"

#include "archive/archivefixture.h"
#include "archive/syncjob.h"
#include "demoservice.h"
#include "fulldisk.h"

#include <QDir>
#include <QTest>
#include <QThreadPool>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// An archive with the cases of one account of the demo, and a folder to export to.
struct World
{
    World()
    {
        account = archive.account();
        CreateCase::Request request;
        request.subject = u"Large"_s;
        request.communicationBody = QString(8'000, u'あ'); // more bytes than a file buffers
        request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
        request.categoryCode = u"other"_s;
        request.severityCode = u"low"_s;
        request.language = u"ja"_s;
        const auto created = demo.call(request);
        QVERIFY(created);
        large = created->caseId;
        SyncJob job(demo.client(), archive.archive(), account);
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
        QVERIFY(job.result());
        for (const CaseRecord &record : archive.cases())
            choices.append({account.id, record.caseId.toString(), account.name, account.partition});
    }

    Result<void> run(const QList<CaseChoice> &cases, ExportFormat format, const QString &path)
    {
        ExportCasesJob job(archive.archive(), cases, CaseExport(format), path);
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return job.result();
    }

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void put(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QString path(const QString &name) const { return folder.filePath(name); }
    QStringList files() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }

    test::DemoFixture demo;
    test::ArchiveFixture archive;
    AccountRecord account;
    QList<CaseChoice> choices;
    QString large; ///< a case whose document is one write of more than 24,000 bytes
    QTemporaryDir folder;
};

} // namespace

/// Chosen cases become one file, or the old file stays.
class TestExportCasesJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageIsInTheFile();
    void readableFormatsHaveEveryCase_data();
    void readableFormatsHaveEveryCase();
    void whatFailsLeavesTheOldFile_data();
    void whatFailsLeavesTheOldFile();
    void aFullDiskLeavesTheOldFile_data();
    void aFullDiskLeavesTheOldFile();
    void cancelledLeavesTheOldFile_data();
    void cancelledLeavesTheOldFile();
    void theEndOfItsOwnerLeavesTheOldFile();
    void aLinkLeadsToTheFile();
    void saysHowFarItIs();
};

void TestExportCasesJob::everyMessageIsInTheFile()
{
    World world;
    QVERIFY(world.choices.size() > 5);
    const QString path = world.path(u"cases.json"_s);
    QVERIFY(world.run(world.choices, ExportFormat::Json, path));
    const auto read = decode<DescribeCases::Response>(World::contents(path));
    QVERIFY(read);
    QCOMPARE(read->cases.size(), world.choices.size());
    for (qsizetype i = 0; i < read->cases.size(); ++i) {
        const CaseDetails &details = read->cases.at(i);
        QCOMPARE(details.caseId, world.choices.at(i).caseId);
        const QList<CommunicationRecord> messages = world.archive.messages(world.account.id, details.caseId);
        QVERIFY(details.recentCommunications);
        const QList<Communication> &written = details.recentCommunications->communications;
        QCOMPARE(written.size(), messages.size());
        for (qsizetype m = 0; m < messages.size(); ++m)
            QCOMPARE(written.at(written.size() - 1 - m).body, messages.at(m).body);
    }
}

void TestExportCasesJob::readableFormatsHaveEveryCase_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::newRow("Markdown") << ExportFormat::Markdown;
    QTest::newRow("HTML") << ExportFormat::Html;
}

void TestExportCasesJob::readableFormatsHaveEveryCase()
{
    QFETCH(ExportFormat, format);
    World world;
    const QString path = world.path(u"cases"_s);
    QVERIFY(world.run(world.choices, format, path));
    const QString document = QString::fromUtf8(World::contents(path));
    for (const CaseRecord &record : world.archive.cases())
        QVERIFY2(document.contains(record.displayId.toString()), qPrintable(record.displayId.toString()));
    QCOMPARE(world.files(), QStringList{u"cases"_s}); // nothing is left beside it
}

void TestExportCasesJob::whatFailsLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("a case that the archive does not have") << u"missing"_s;
    QTest::newRow("a directory of that name") << u"directory"_s;
    QTest::newRow("a folder that is not there") << u"folder"_s;
    QTest::newRow("a pipe of that name") << u"pipe"_s;
}

void TestExportCasesJob::whatFailsLeavesTheOldFile()
{
    QFETCH(QString, how);
    World world;
    QString path = world.path(u"old.md"_s);
    World::put(path, "what was there");
    QList<CaseChoice> choices = world.choices;
    if (how == u"missing"_s)
        choices.append({world.account.id, u"case-nowhere"_s, world.account.name, world.account.partition});
    else if (how == u"directory"_s)
        path = world.folder.path();
    else if (how == u"folder"_s)
        path = world.path(u"none/cases.md"_s);
    else
        path = world.path(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(world.path(u"pipe"_s)).constData(), 0600), 0); // as a device, but nobody's
    const Result<void> done = world.run(choices, ExportFormat::Markdown, path);
    QVERIFY(!done);
    QVERIFY(!done.error().message.isEmpty() || done.error().kind == Error::Kind::Archive);
    QCOMPARE(World::contents(world.path(u"old.md"_s)), QByteArray("what was there"));
    QCOMPARE(world.files(), QStringList{u"old.md"_s});
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(world.path(u"pipe"_s)).constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
}

void TestExportCasesJob::aFullDiskLeavesTheOldFile_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("isOneWrite");
    QTest::newRow("full from the start") << 0 << false;
    QTest::newRow("full in the middle") << 50'000 << false;
    // QSaveFile sees no failure then: some bytes were written.
    QTest::newRow("full within the only write") << 20'000 << true;
}

void TestExportCasesJob::aFullDiskLeavesTheOldFile()
{
    QFETCH(int, bytes);
    QFETCH(bool, isOneWrite);
    World world;
    const QList<CaseChoice> choices =
        isOneWrite ? QList<CaseChoice>{{world.account.id, world.large, u"Demo"_s, u"aws"_s}} : world.choices;
    const QString path = world.path(u"old.md"_s);
    World::put(path, "what was there");
    Result<void> done;
    {
        const test::FullDisk disk(bytes);
        done = world.run(choices, ExportFormat::Markdown, path);
    }
    QCOMPARE(done.error().kind, Error::Kind::File);
    QVERIFY2(done.error().message.startsWith(path + u" can't be written: "_s), qPrintable(done.error().message));
    QTRY_COMPARE(world.files(), QStringList{u"old.md"_s});
    QCOMPARE(World::contents(path), QByteArray("what was there"));
}

void TestExportCasesJob::cancelledLeavesTheOldFile_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<Qt::ConnectionType>("when");
    QTest::newRow("before the first case") << -1 << Qt::DirectConnection;
    QTest::newRow("between two cases") << 2 << Qt::DirectConnection;
    QTest::newRow("while a case is written") << 2 << Qt::QueuedConnection;
    QTest::newRow("when all cases are written") << 0 << Qt::DirectConnection;
    QTest::newRow("while the file is brought to the disk") << 0 << Qt::QueuedConnection;
}

void TestExportCasesJob::cancelledLeavesTheOldFile()
{
    QFETCH(int, left);
    QFETCH(Qt::ConnectionType, when);
    World world;
    const QString path = world.path(u"old.md"_s);
    World::put(path, "what was there");
    ExportCasesJob job(world.archive.archive(), world.choices, CaseExport(ExportFormat::Markdown), path);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    connect(&job, &Job::progressed, &job, [&job, left, when](qint64 done, qint64 total) {
        if (left < 0 ? done == 0 : total - done == left)
            QMetaObject::invokeMethod(&job, &Job::cancel, when);
    });
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    QThreadPool::globalInstance()->waitForDone(); // what was under way there must not do it all the same
    QTRY_COMPARE(world.files(), QStringList{u"old.md"_s});
    QCOMPARE(World::contents(path), QByteArray("what was there"));
}

void TestExportCasesJob::theEndOfItsOwnerLeavesTheOldFile()
{
    World world;
    const QString path = world.path(u"old.md"_s);
    World::put(path, "what was there");
    auto job =
        std::make_unique<ExportCasesJob>(world.archive.archive(), world.choices, CaseExport(ExportFormat::Html), path);
    connect(job.get(), &Job::progressed, this, [this, &job](qint64 done) {
        if (done == 1) // one case is written; the next one is on its way when this is called
            QMetaObject::invokeMethod(
                this, [&job] { job.reset(); }, Qt::QueuedConnection);
    });
    job->start();
    QTRY_VERIFY(!job);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_COMPARE(world.files(), QStringList{u"old.md"_s});
    QCOMPARE(World::contents(path), QByteArray("what was there"));
}

void TestExportCasesJob::aLinkLeadsToTheFile()
{
    World world;
    const QString path = world.path(u"old.json"_s);
    World::put(path, "what was there");
    QVERIFY(QFile::link(path, world.path(u"link"_s)));
    QVERIFY(world.run(world.choices.first(1), ExportFormat::Json, world.path(u"link"_s)));
    QVERIFY(QFileInfo(world.path(u"link"_s)).isSymLink());
    QVERIFY(World::contents(path).startsWith("{\"cases\":["));
}

void TestExportCasesJob::saysHowFarItIs()
{
    World world;
    ExportCasesJob job(world.archive.archive(), world.choices.first(3), CaseExport(ExportFormat::Json),
                       world.path(u"cases"_s));
    job.setAutoDelete(false);
    QSignalSpy progressed(&job, &Job::progressed);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(job.result());
    QList<qint64> done;
    for (const QVariantList &arguments : progressed) {
        done.append(arguments.at(0).toLongLong());
        QCOMPARE(arguments.at(1).toLongLong(), 3);
    }
    QCOMPARE(done, (QList<qint64>{0, 1, 2, 3}));
}

QTEST_GUILESS_MAIN(TestExportCasesJob)
#include "tst_exportcasesjob.moc"
