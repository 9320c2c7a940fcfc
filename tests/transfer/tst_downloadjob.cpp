#include "transfer/downloadjob.h"

#include "transferfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

DownloadJob::Options quick() { return {.firstPause = 10ms, .limitPauses = {10ms, 10ms}}; }

/// Sends a file with a new case and answers its attachmentId.
QString attach(DemoFixture &demo, const QString &name, const QByteArray &bytes)
{
    AddAttachmentsToSet::Request add;
    add.attachments.append({name, bytes});
    const auto set = demo.call(add);
    CreateCase::Request create;
    create.subject = u"With a file"_s;
    create.communicationBody = u"See the file."_s;
    create.attachmentSetId = set ? set->attachmentSetId : QString();
    const auto made = demo.call(create);
    DescribeCommunications::Request ask;
    ask.caseId = made ? made->caseId : QString();
    const auto messages = demo.call(ask);
    return messages && !messages->communications.isEmpty()
        ? messages->communications.constLast().allAttachments().value(0).attachmentId
        : QString();
}

} // namespace

class TestDownloadJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileComes_data();
    void aFileComes();
    void mishapsOnTheWay_data();
    void mishapsOnTheWay();
    void aBeginningIsGoneOnWith();
    void aFalseBeginningIsNot();
    void refusals();
    void theLimitOfDownloadsIsWaitedFor();
    void whatCannotBeWrittenIsTold();
};

void TestDownloadJob::aFileComes_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("oldApi");
    for (const int size : {1, 70'000, 5 << 20}) {
        QTest::addRow("%d", size) << size << false;
        QTest::addRow("%d, old", size) << size << true;
    }
}

void TestDownloadJob::aFileComes()
{
    QFETCH(int, size);
    QFETCH(bool, oldApi);
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.oldApi = oldApi;
    DemoFixture demo(options);
    Files files;
    const QByteArray bytes = randomBytes(size, 1);
    const QString id = attach(demo, u"a.log"_s, bytes);
    QVERIFY(!id.isEmpty());
    DownloadJob job(demo.client(), id, u"a.log"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(job.fileName(), u"a.log"_s);
    QCOMPARE(job.isWithoutLinks(), oldApi);
    QCOMPARE(job.digest().size, size);
    QCOMPARE(job.digest().sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
    QCOMPARE(QFileInfo(files.path(u"part"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QCOMPARE(demo.requestCount("GetFile"), oldApi ? 0 : 1);
    QCOMPARE(job.done(), size);
}

void TestDownloadJob::mishapsOnTheWay_data()
{
    QTest::addColumn<QString>("faults");
    for (const char *faults : {"drop:GetFile=2", "reset:GetFile=1", "reset:GetFile=3/inside", "truncate:GetFile=3",
                               "500:GetFile=2", "503:GetFile=1", "expire:GetFile=links/1", "drop:GetAttachmentDownloadLink=1"})
        QTest::newRow(faults) << QString::fromLatin1(faults);
}

void TestDownloadJob::mishapsOnTheWay()
{
    QFETCH(QString, faults);
    DemoFixture demo;
    Files files;
    const QByteArray bytes = randomBytes(3'000'000, 2);
    const QString id = attach(demo, u"a.bin"_s, bytes);
    demo.setFaults(faults);
    DownloadJob job(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
}

void TestDownloadJob::aBeginningIsGoneOnWith()
{
    DemoFixture demo;
    Files files;
    const QByteArray bytes = randomBytes(1'000'000, 3);
    const QString id = attach(demo, u"a.bin"_s, bytes);
    files.write(u"part"_s, bytes.left(700'000));
    DownloadJob job(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), quick());
    QSignalSpy progressed(&job, &Job::progressed);
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QVERIFY(progressed.first().at(0).toLongLong() > 700'000); // it did not begin at the beginning
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
}

void TestDownloadJob::aFalseBeginningIsNot()
{
    DemoFixture demo;
    Files files;
    const QByteArray bytes = randomBytes(1000, 4);
    const QString id = attach(demo, u"a.bin"_s, bytes);
    files.write(u"part"_s, randomBytes(2000, 5)); // longer than the file
    DownloadJob job(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
}

void TestDownloadJob::refusals()
{
    DemoFixture demo;
    Files files;
    DownloadJob unknown(demo.client(), u"attachment-of-nobody"_s, u"a"_s, files.path(u"part"_s), quick());
    QCOMPARE(finished(unknown).error().code, u"AttachmentIdNotFound"_s);
    QVERIFY(!QFileInfo::exists(files.path(u"part"_s)));

    const QString id = attach(demo, u"a.bin"_s, "12345");
    demo.setFaults(u"redirect:GetFile"_s);
    DownloadJob led(demo.client(), id, u"a"_s, files.path(u"part"_s), quick());
    QCOMPARE(int(finished(led).error().kind), int(Error::Kind::Redirected));
    QCOMPARE(demo.requestCount("Elsewhere"), 0);

    demo.setFaults(u"drop:GetFile"_s);
    DownloadJob lost(demo.client(), id, u"a"_s, files.path(u"part"_s), quick());
    const Result<void> ended = finished(lost);
    QCOMPARE(int(ended.error().kind), int(Error::Kind::Dropped));
    QVERIFY(!ended.error().toLine().contains("X-Amz"_L1)); // the link is a secret
    QVERIFY(demo.requestCount("GetFile") > quick().attempts); // Qt itself asks once more for what it may repeat
}

void TestDownloadJob::theLimitOfDownloadsIsWaitedFor()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.oldApi = true;
    DemoFixture demo(options);
    Files files;
    const QString id = attach(demo, u"a.bin"_s, "12345");
    DescribeAttachment::Request ask;
    ask.attachmentId = id;
    while (demo.call(ask)) { }
    const int before = demo.requestCount("DescribeAttachment");
    DownloadJob job(demo.client(), id, u"a"_s, files.path(u"part"_s), quick());
    QCOMPARE(finished(job).error().code, u"DescribeAttachmentLimitExceeded"_s);
    QCOMPARE(demo.requestCount("DescribeAttachment") - before, 3); // two pauses
}

void TestDownloadJob::whatCannotBeWrittenIsTold()
{
    DemoFixture demo;
    Files files;
    const QString id = attach(demo, u"a.bin"_s, "12345");
    // A folder in the place of the file: what can't be written for whatever reason ends the job with that reason.
    QVERIFY(QDir().mkpath(files.path(u"part"_s)));
    DownloadJob job(demo.client(), id, u"a"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QCOMPARE(int(done.error().kind), int(Error::Kind::File));
    QVERIFY(done.error().message.contains("part"_L1));
}

QTEST_GUILESS_MAIN(TestDownloadJob)
#include "tst_downloadjob.moc"
