#include "export/exportcasesjob.h"

#include "archive/archivefixture.h"
#include "archive/syncjob.h"
#include "demoservice.h"

#include <QDir>
#include <QTest>

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
    void cancelledLeavesTheOldFile();
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
    QTest::newRow("a device that is full") << u"full"_s;
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
        path = u"/dev/full"_s;
    const Result<void> done = world.run(choices, ExportFormat::Markdown, path);
    QVERIFY(!done);
    QVERIFY(!done.error().message.isEmpty() || done.error().kind == Error::Kind::Archive);
    QCOMPARE(World::contents(world.path(u"old.md"_s)), QByteArray("what was there"));
    QCOMPARE(world.files(), QStringList{u"old.md"_s});
}

void TestExportCasesJob::cancelledLeavesTheOldFile()
{
    World world;
    const QString path = world.path(u"old.md"_s);
    World::put(path, "what was there");
    ExportCasesJob job(world.archive.archive(), world.choices, CaseExport(ExportFormat::Markdown), path);
    job.setAutoDelete(false);
    QSignalSpy progressed(&job, &Job::progressed);
    job.start();
    QVERIFY(progressed.wait());
    job.cancel();
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(world.files(), QStringList{u"old.md"_s});
    QCOMPARE(World::contents(path), QByteArray("what was there"));
}

QTEST_GUILESS_MAIN(TestExportCasesJob)
#include "tst_exportcasesjob.moc"
