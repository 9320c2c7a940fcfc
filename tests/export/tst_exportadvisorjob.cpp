#include "export/exportadvisorjob.h"

#include "archive/advisorloadjob.h"
#include "archive/fakeadvisor.h"
#include "export/advisorresults.h"
#include "transfer/files.h"

#include <QThreadPool>

#include <cerrno>

using namespace casement;
using namespace casement::test;

namespace {

/// An archive with results, and a folder to export to.
struct World : AdvisorFixture
{
    explicit World(int checks = 12, int resources = 40)
    {
        for (int i = 0; i < checks; ++i)
            service.add(u"check%1"_s.arg(i, 2, 10, QLatin1Char('0')), resources);
        AdvisorLoadJob job(client, advisor, account, {});
        if (!run(job))
            qFatal("not loaded");
        for (const AdvisorCheckRecord &check : this->checks())
            choices.append({check, account.name});
        folder.put(u"old"_s, "what was there");
    }

    Result<void> write(AdvisorFormat format, const QString &path)
    {
        AdvisorExportOptions options;
        options.format = format;
        ExportAdvisorJob job(advisor, choices, options, path);
        return run(job);
    }

    QString old() const { return folder.path(u"old"_s); }
    /// Nothing but the old file is there, as it was.
    bool isUntouched() const
    {
        return folder.names() == QStringList{u"old"_s} && folder.contents(u"old"_s) == "what was there";
    }

    QList<AdvisorChoice> choices;
    Folder folder;
};

/// What the system says of a FullDisk.
QString full() { return qt_error_string(EFBIG); }

void addFormats()
{
    QTest::addColumn<AdvisorFormat>("format");
    QTest::newRow("csv") << AdvisorFormat::Csv;
    QTest::newRow("long csv") << AdvisorFormat::CsvLong;
    QTest::newRow("workbook") << AdvisorFormat::Xlsx;
    QTest::newRow("json") << AdvisorFormat::Json;
}

} // namespace

/// Results of the archive become a file, or the old file stays.
class TestExportAdvisorJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyResourceIsInTheFile();
    void jsonIsWhatTheServiceSent();
    void accountsOfACheckStandTogether();
    void aFolderAndAWorkbook();
    void replacesAFile_data() { addFormats(); }
    void replacesAFile();
    void aFullDiskLeavesTheOldFile_data() { addFormats(); }
    void aFullDiskLeavesTheOldFile();
    void cancelledLeavesTheOldFile_data() { addFormats(); }
    void cancelledLeavesTheOldFile();
    void whatFailsLeavesTheOldFile_data() { addFormats(); }
    void whatFailsLeavesTheOldFile();
    void aFullDiskLeavesTheFolder();
    void theEndOfItsOwnerLeavesTheOldFile();
    void saysHowFarItIs();
    void resultsAsTheyCome();
};

void TestExportAdvisorJob::everyResourceIsInTheFile()
{
    World world;
    const QString path = world.folder.path(u"out.csv"_s);
    AdvisorExportOptions options;
    options.format = AdvisorFormat::CsvLong;
    ExportAdvisorJob job(world.advisor, world.choices, options, path);
    QVERIFY(World::run(job));
    QCOMPARE(job.rows(), 12 * 40);
    const QJsonArray rows = readByPython("csv", path);
    QCOMPARE(rows.size(), 12 * 40 * 2 + 1);
    qsizetype row = 1;
    for (const AdvisorChoice &choice : std::as_const(world.choices)) {
        const TrustedAdvisorCheckResult sent = world.service.results.value(choice.check.checkId);
        for (const TrustedAdvisorResourceDetail &resource : sent.flaggedResources) {
            for (int field = 0; field < 2; ++field) {
                QCOMPARE(textsOf(rows.at(row++)),
                         QStringList({world.account.name, sent.checkId, choice.check.name, choice.check.category,
                                      resource.status, resource.region, resource.resourceId, u"false"_s, sent.timestamp,
                                      choice.check.headings.at(field), resource.metadata.at(field)}));
            }
        }
    }
}

void TestExportAdvisorJob::jsonIsWhatTheServiceSent()
{
    World world(3, 2);
    // What no shape of ours has survives, and so does how it was written.
    const QByteArray odd = R"({ "result" : {"checkId":"check01","status":"warning","timestamp":"2026-11-25T00:00:00Z",)"
                           R"("new":{"a":[1e2,"\u65e5"]},"flaggedResources":[]} } )";
    world.service.bodies.insert(u"check01"_s, odd);
    world.service.bodies.insert(u"check02"_s, "{\"result\":{\"checkId\":\"check02\",\"status\":\"a\xff\"}}");
    AdvisorLoadJob::Options everything;
    everything.everything = true;
    AdvisorLoadJob load(world.client, world.advisor, world.account, everything);
    QVERIFY(World::run(load));
    AdvisorCheckRecord unknown;
    unknown.checkId = u"never"_s;
    world.choices.clear();
    for (const AdvisorCheckRecord &check : world.checks())
        world.choices.append({check, u"prod \"x\""_s});
    world.choices.append({unknown, u"prod"_s});
    const QString path = world.folder.path(u"out.json"_s);
    QVERIFY(world.write(AdvisorFormat::Json, path));
    const QByteArray bytes = Folder::contentsAt(path);
    QVERIFY(bytes.contains(R"("new":{"a":[1e2,"\u65e5"]})"));
    QVERIFY(bytes.isValidUtf8()); // whatever the service sends
    QJsonParseError error;
    const QJsonArray array = QJsonDocument::fromJson(bytes, &error).array();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(array.size(), 4);
    for (qsizetype i = 0; i < 3; ++i) {
        const QJsonObject one = array.at(i).toObject();
        QCOMPARE(one.value(u"account"_s).toString(), u"prod \"x\""_s);
        const QString id = one.value(u"check"_s).toObject().value(u"id"_s).toString();
        const QByteArray sent = id == u"check01"_s ? odd
            : id == u"check02"_s                   ? "{\"result\":{\"checkId\":\"check02\",\"status\":\"a\ufffd\"}}"
                                 : encode(DescribeTrustedAdvisorCheckResult::Response{world.service.results.value(id)});
        QCOMPARE(one.value(u"result"_s), QJsonDocument::fromJson(sent).object().value(u"result"_s));
        QCOMPARE(one.value(u"language"_s).toString(), u"en"_s);
    }
    QVERIFY(array.at(3).toObject().value(u"result"_s).isNull());
    world.choices.clear();
    QVERIFY(world.write(AdvisorFormat::Json, path));
    QCOMPARE(Folder::contentsAt(path), QByteArray("[]\n"));
}

void TestExportAdvisorJob::accountsOfACheckStandTogether()
{
    World world(3, 1);
    QList<AdvisorChoice> both;
    for (const char *account : {"a", "b"}) {
        for (AdvisorChoice choice : std::as_const(world.choices)) {
            choice.accountName = QString::fromLatin1(account);
            both.append(choice);
        }
    }
    world.choices = both;
    const QString path = world.folder.path(u"out.csv"_s);
    QVERIFY(world.write(AdvisorFormat::Csv, path));
    QStringList order;
    for (const QJsonValue &row : readByPython("csv", path)) {
        const QStringList cells = textsOf(row);
        order.append(cells.isEmpty() ? u"-"_s : cells.at(0) + cells.at(1).right(1));
    }
    QCOMPARE(order.join(u' '), u"AccountD a0 b0 - AccountD a1 b1 - AccountD a2 b2"_s);
}

void TestExportAdvisorJob::aFolderAndAWorkbook()
{
    World world(5, 3);
    world.service.set(u"check02"_s, 0, u"2026-11-25T00:00:00Z"_s);
    AdvisorLoadJob load(world.client, world.advisor, world.account, {});
    QVERIFY(World::run(load));
    world.choices.clear();
    for (const AdvisorCheckRecord &check : world.checks())
        world.choices.append({check, u"prod"_s});
    QVERIFY(world.write(AdvisorFormat::CsvFolder, world.folder.path(u"files"_s)));
    QCOMPARE(world.folder.names(u"files"_s).size(), 5); // one of them has its headings alone
    QVERIFY(world.write(AdvisorFormat::Xlsx, world.folder.path(u"book.xlsx"_s)));
    const QJsonArray book = readByPython("xlsx", world.folder.path(u"book.xlsx"_s));
    QCOMPARE(book.size(), 5); // the summary, and four with resources
    QCOMPARE(book.at(0).toObject().value(u"rows"_s).toArray().size(), 6);
    QCOMPARE(world.folder.names(), QStringList({u"book.xlsx"_s, u"files"_s, u"old"_s}));
}

void TestExportAdvisorJob::replacesAFile()
{
    QFETCH(AdvisorFormat, format);
    World world(2, 2);
    QVERIFY(world.write(format, world.old()));
    QCOMPARE(world.folder.names(), QStringList{u"old"_s});
    QVERIFY(Folder::contentsAt(world.old()).size() > 100);
}

void TestExportAdvisorJob::aFullDiskLeavesTheOldFile()
{
    QFETCH(AdvisorFormat, format);
    World world(12, 400);
    for (const int bytes : {0, 3'000, 20'000, 60'000}) {
        Result<void> done;
        {
            const FullDisk disk(bytes);
            done = world.write(format, world.old());
        }
        QCOMPARE(done.error().kind, Error::Kind::File);
        QVERIFY2(done.error().message == world.old() + u" can't be written: "_s + full()
                     || done.error().message == world.old() + u" can't be written: "_s + qt_error_string(ENOSPC),
                 qPrintable(done.error().message));
        QTRY_VERIFY(world.isUntouched());
    }
}

void TestExportAdvisorJob::cancelledLeavesTheOldFile()
{
    QFETCH(AdvisorFormat, format);
    World world;
    for (const int left : {-1, 6, 0}) {
        for (const Qt::ConnectionType when : {Qt::DirectConnection, Qt::QueuedConnection}) {
            AdvisorExportOptions options;
            options.format = format;
            ExportAdvisorJob job(world.advisor, world.choices, options, world.old());
            job.setAutoDelete(false);
            QSignalSpy finished(&job, &Job::finished);
            bool isAsked = false;
            connect(&job, &Job::progressed, &job, [&](qint64 done, qint64 total) {
                if (!isAsked && (left < 0 ? done == 0 : total - done <= left)) {
                    isAsked = true;
                    QMetaObject::invokeMethod(&job, &Job::cancel, when);
                }
            });
            job.start();
            QTRY_COMPARE(finished.size(), 1);
            QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
            QThreadPool::globalInstance()->waitForDone(); // what was under way there must not do it all the same
            QTRY_VERIFY(world.isUntouched());
        }
    }
}

void TestExportAdvisorJob::whatFailsLeavesTheOldFile()
{
    QFETCH(AdvisorFormat, format);
    World world(3, 3);
    world.folder.makePipe(u"pipe"_s);
    for (const QString &name : {u"none/out"_s, u"pipe"_s, u"."_s}) {
        const Result<void> done = world.write(format, world.folder.path(name));
        QCOMPARE(done.error().kind, Error::Kind::File);
        QVERIFY(!done.error().message.isEmpty());
    }
    world.choices[1].check.snapshot = 4711; // not in the archive any more
    QCOMPARE(world.write(format, world.old()).error().kind, Error::Kind::Archive);
    QTRY_COMPARE(world.folder.names(), QStringList({u"old"_s, u"pipe"_s}));
    QCOMPARE(world.folder.contents(u"old"_s), QByteArray("what was there"));
}

void TestExportAdvisorJob::aFullDiskLeavesTheFolder()
{
    World world(12, 400);
    world.folder.makeFolder(u"files"_s);
    world.folder.put(u"files/Check check00 (check00).csv"_s, "what was there");
    {
        const FullDisk disk(20'000);
        const Error error = world.write(AdvisorFormat::CsvFolder, world.folder.path(u"files"_s)).error();
        QCOMPARE(error.message, world.folder.path(u"files"_s) + u" can't be written: "_s + full());
    }
    QTRY_COMPARE(world.folder.names(u"files"_s), QStringList{u"Check check00 (check00).csv"_s});
    QCOMPARE(world.folder.contents(u"files/Check check00 (check00).csv"_s), QByteArray("what was there"));
    {
        const FullDisk disk(20'000);
        QVERIFY(!world.write(AdvisorFormat::CsvFolder, world.folder.path(u"fresh"_s)));
    }
    QTRY_COMPARE(world.folder.names(), QStringList({u"files"_s, u"old"_s}));
}

void TestExportAdvisorJob::theEndOfItsOwnerLeavesTheOldFile()
{
    World world;
    auto job = std::make_unique<ExportAdvisorJob>(world.advisor, world.choices, AdvisorExportOptions(), world.old());
    connect(job.get(), &Job::progressed, this, [this, &job](qint64 done) {
        if (done > 0)
            QMetaObject::invokeMethod(
                this, [&job] { job.reset(); }, Qt::QueuedConnection);
    });
    job->start();
    QTRY_VERIFY(!job);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_VERIFY(world.isUntouched());
}

void TestExportAdvisorJob::saysHowFarItIs()
{
    World world;
    ExportAdvisorJob job(world.advisor, world.choices, AdvisorExportOptions(), world.folder.path(u"out"_s));
    QSignalSpy progressed(&job, &Job::progressed);
    QVERIFY(World::run(job));
    qint64 last = -1;
    for (const QVariantList &arguments : progressed) {
        QVERIFY(arguments.at(0).toLongLong() > last);
        last = arguments.at(0).toLongLong();
        QCOMPARE(arguments.at(1).toLongLong(), 12);
    }
    QCOMPARE(last, 12);
}

void TestExportAdvisorJob::resultsAsTheyCome()
{
    World world;
    const QString path = world.folder.path(u"out.csv"_s);
    AdvisorLoadJob::Options options;
    options.everything = true;
    options.keep = false;
    AdvisorLoadJob load(world.client, world.advisor, world.account, options);
    AdvisorExportQueue queue(makeTableWriter({}, path));
    connect(&load, &AdvisorLoadJob::resultCame, this,
            [&](const AdvisorCheckRecord &check, const AdvisorResultPtr &result) {
                queue.add({world.account.name, AdvisorArchive::recordOf(check, u"en"_s, *result, 1), result});
                load.setHeld(queue.isFull());
            });
    connect(&queue, &AdvisorExportQueue::written, this, [&] { load.setHeld(queue.isFull()); });
    QSignalSpy finished(&queue, &AdvisorExportQueue::finished);
    QVERIFY(World::run(load));
    queue.end();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(queue.rows(), 12 * 40);
    QCOMPARE(readByPython("csv", path).size(), 12 * 41 + 11);
}

QTEST_GUILESS_MAIN(TestExportAdvisorJob)
#include "tst_exportadvisorjob.moc"
