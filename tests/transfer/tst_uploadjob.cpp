#include "transfer/uploadjob.h"

#include "aws/localcode.h"
#include "transfer/filecode.h"
#include "transfer/setuploadjob.h"
#include "transferfixture.h"

#include <QTest>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 partSize = 10'000;

DemoServiceOptions smallParts()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.uploadPartSize = partSize;
    return options;
}

UploadJob::Options quick() { return {.polls = {10ms}, .firstPause = 10ms}; }

} // namespace

class TestUploadJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileArrives_data();
    void aFileArrives();
    void manyPartsNeedMoreLinks();
    void mishapsOnTheWay_data();
    void mishapsOnTheWay();
    void whatTheServiceDoesNotTake();
    void aMishapOfTheServiceIsNoRefusal();
    void whatArrivedIsReportedBeforeTheEnd();
    void aKilledUploadGoesOn();
    void anUploadThatIsForgottenBeginsAgain();
    void aChangedFileIsNotSent();
    void linksElsewhereAreNotFollowed();
    void cancellingEndsAtOnce();
    void aSetTakesFiles();
    void aLostSet_data();
    void aLostSet();
};

void TestUploadJob::aFileArrives_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, int(partSize) - 1, int(partSize), int(partSize) + 1, 5 * int(partSize)})
        QTest::addRow("%d", size) << size;
}

void TestUploadJob::aFileArrives()
{
    QFETCH(int, size);
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(size, 1);
    UploadJob job(demo.client(), files.make(u"a.log"_s, bytes), u"a.log"_s, {}, quick());
    QSignalSpy progressed(&job, &Job::progressed);
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(job.done(), size);
    qint64 last = 0;
    for (const QList<QVariant> &one : progressed) {
        QVERIFY(one.at(0).toLongLong() >= last);
        last = one.at(0).toLongLong();
    }
    const int parts = int((size + partSize - 1) / partSize);
    QCOMPARE(demo.requestCount("PutPart"), parts);
    QCOMPARE(job.upload().reported.size(), parts);
    const QList<Attachment> sent = sentWith(demo, {}, {job.upload().uploadId});
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.first().fileName, u"a.log"_s);
    QVERIFY(sent.first().data == bytes);
}

void TestUploadJob::manyPartsNeedMoreLinks()
{
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(33 * partSize + 7, 2);
    UploadJob job(demo.client(), files.make(u"dump.bin"_s, bytes), u"dump.bin"_s, {}, quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(demo.requestCount("PutPart"), 34);
    QCOMPARE(demo.requestCount("GetAttachmentUploadLinks"), 4); // ten at a time
    QVERIFY(sentWith(demo, {}, {job.upload().uploadId}).first().data == bytes);
}

void TestUploadJob::mishapsOnTheWay_data()
{
    QTest::addColumn<QString>("faults");
    for (const char *faults : {"drop:PutPart=2", "reset:PutPart=1", "500:PutPart=2", "503:PutPart=1",
                               "expire:PutPart=links/1", "truncate:PutPart=1", "drop:CompleteAttachmentUpload=1",
                               "reset:CompleteAttachmentUpload=1", "504:CompleteAttachmentUpload=1/done",
                               "drop:GetAttachmentUploadLinks=1", "throttle:CompleteAttachmentUpload=2",
                               "drop:DescribeAttachmentUploadStatus=1", "garbage:DescribeAttachmentUploadStatus=2"})
        QTest::newRow(faults) << QString::fromLatin1(faults);
}

void TestUploadJob::mishapsOnTheWay()
{
    QFETCH(QString, faults);
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(4 * partSize + 1, 3);
    demo.setFaults(faults);
    UploadJob job(demo.client(), files.make(u"a.bin"_s, bytes), u"a.bin"_s, {}, quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    demo.setFaults({});
    const QList<Attachment> sent = sentWith(demo, {}, {job.upload().uploadId});
    QCOMPARE(sent.size(), 1);
    QVERIFY(sent.first().data == bytes);
}

void TestUploadJob::whatTheServiceDoesNotTake()
{
    DemoFixture demo(smallParts());
    Files files;
    demo.setFaults(u"failupload:CompleteAttachmentUpload=3"_s);
    const LocalFile file = files.make(u"a.bin"_s, randomBytes(100, 4));
    UploadJob job(demo.client(), file, u"a.bin"_s, {}, quick());
    const Result<void> done = finished(job);
    QVERIFY(!done);
    QCOMPARE(done.error().code, QString(filecode::uploadFailed));
    QCOMPARE(done.error().message, u"a.bin"_s);
    QCOMPARE(demo.requestCount("PutPart"), 3); // twice anew
    QVERIFY(job.upload().uploadId.isEmpty()); // the next one begins anew
    UploadJob again(demo.client(), file, u"a.bin"_s, job.upload(), quick());
    QVERIFY(finished(again));
}

void TestUploadJob::aMishapOfTheServiceIsNoRefusal()
{
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(100, 4);
    demo.setFaults(u"failupload:CompleteAttachmentUpload=2"_s);
    UploadJob job(demo.client(), files.make(u"a.bin"_s, bytes), u"a.bin"_s, {}, quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    const QList<Attachment> sent = sentWith(demo, {}, {job.upload().uploadId});
    QCOMPARE(sent.size(), 1);
    QVERIFY(sent.first().data == bytes);
}

void TestUploadJob::whatArrivedIsReportedBeforeTheEnd()
{
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(4 * partSize, 9);
    const LocalFile file = files.make(u"a.bin"_s, bytes);
    // The first report is still under way when there is no third part any more.
    demo.setFaults(u"delay:CompleteAttachmentUpload=300ms"_s);
    UploadJob job(demo.client(), file, u"a.bin"_s, {}, {.polls = {10ms}, .firstPause = 10ms, .parallelParts = 1});
    connect(&job, &Job::progressed, &job, [&] {
        if (job.done() >= 2 * partSize)
            QFile::remove(file.path);
    });
    const Result<void> done = finished(job);
    QCOMPARE(done.error().code, QString(filecode::vanished));
    QCOMPARE(demo.requestCount("PutPart"), 2);
    QCOMPARE(job.upload().reported, (QList{1, 2}));
}

void TestUploadJob::aKilledUploadGoesOn()
{
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(12 * partSize, 5);
    const LocalFile file = files.make(u"dump.bin"_s, bytes);
    LinkUpload kept;
    {
        UploadJob job(demo.client(), file, u"dump.bin"_s, {}, quick());
        job.setAutoDelete(false);
        connect(&job, &UploadJob::stepped, &job, [&] {
            kept = job.upload(); // all that is on the disk
            if (kept.reported.size() >= 5)
                job.cancel();
        });
        QSignalSpy over(&job, &Job::finished);
        job.start();
        QVERIFY(over.size() == 1 || over.wait());
    }
    QVERIFY(kept.reported.size() >= 5);
    const int missing = 12 - int(kept.reported.size());
    const int before = demo.requestCount("PutPart");
    UploadJob job(demo.client(), file, u"dump.bin"_s, kept, quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    const int put = demo.requestCount("PutPart") - before;
    QVERIFY(put >= missing && put <= missing + 2); // the two that were under way may have been counted late
    QVERIFY(sentWith(demo, {}, {job.upload().uploadId}).first().data == bytes);
}

void TestUploadJob::anUploadThatIsForgottenBeginsAgain()
{
    DemoFixture demo(smallParts());
    Files files;
    const QByteArray bytes = randomBytes(3 * partSize, 6);
    const LinkUpload kept{u"upload-of-last-year"_s, partSize, 3, {1, 2}};
    UploadJob job(demo.client(), files.make(u"a.bin"_s, bytes), u"a.bin"_s, kept, quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(demo.requestCount("PutPart"), 3);
    QVERIFY(sentWith(demo, {}, {job.upload().uploadId}).first().data == bytes);
}

void TestUploadJob::aChangedFileIsNotSent()
{
    DemoFixture demo(smallParts());
    Files files;
    const LocalFile file = files.make(u"a.log"_s, randomBytes(3 * partSize, 7));
    files.write(u"a.log"_s, randomBytes(3 * partSize + 1, 8));
    UploadJob job(demo.client(), file, u"a.log"_s, {}, quick());
    const Result<void> done = finished(job);
    QVERIFY(!done);
    QCOMPARE(done.error().code, QString(filecode::changed));
    QCOMPARE(demo.requestCount("PutPart"), 0);
    QFile::remove(file.path);
    UploadJob gone(demo.client(), file, u"a.log"_s, {}, quick());
    QCOMPARE(finished(gone).error().code, QString(filecode::vanished));
}

void TestUploadJob::linksElsewhereAreNotFollowed()
{
    DemoFixture demo(smallParts());
    Files files;
    demo.setFaults(u"redirect:PutPart"_s);
    UploadJob job(demo.client(), files.make(u"a.bin"_s, "secret"), u"a.bin"_s, {},
                  {.polls = {10ms}, .firstPause = 10ms, .attempts = 2});
    const Result<void> done = finished(job);
    QVERIFY(!done);
    QCOMPARE(int(done.error().kind), int(Error::Kind::Redirected));
    QCOMPARE(demo.requestCount("Elsewhere"), 0);
    QVERIFY(!done.error().toLine().contains("X-Amz-Signature"_L1));
}

void TestUploadJob::cancellingEndsAtOnce()
{
    DemoFixture demo(smallParts());
    Files files;
    demo.setFaults(u"hang:PutPart"_s);
    UploadJob job(demo.client(), files.make(u"a.bin"_s, "12345"), u"a.bin"_s, {}, quick());
    job.setAutoDelete(false);
    QSignalSpy over(&job, &Job::finished);
    job.start();
    QTRY_COMPARE(demo.requestCount("PutPart"), 1);
    job.cancel();
    QCOMPARE(over.size(), 1);
    QCOMPARE(int(job.result().error().kind), int(Error::Kind::Cancelled));
}

void TestUploadJob::aSetTakesFiles()
{
    DemoFixture demo;
    Files files;
    const QList<int> sizes{1, 5 << 20, 70'000};
    QList<QByteArray> contents;
    QList<SetUploadJob::Item> items;
    for (int i = 0; i < sizes.size(); ++i) {
        const QString name = u"%1.bin"_s.arg(i);
        contents.append(randomBytes(sizes.at(i), quint32(i)));
        items.append({files.make(name, contents.last()), name});
    }
    SetUploadJob first(demo.client(), items.first(2), {});
    const Result<void> begun = finished(first);
    QVERIFY2(begun, qPrintable(begun.error().toLine()));
    QVERIFY(first.expiry() > QDateTime::currentMSecsSinceEpoch() + 30 * 60'000);
    QCOMPARE(first.done(), 1 + (5 << 20));
    SetUploadJob second(demo.client(), items.last(1), first.setId());
    const Result<void> added = finished(second);
    QVERIFY2(added, qPrintable(added.error().toLine()));
    QCOMPARE(second.setId(), first.setId());
    QCOMPARE(demo.requestCount("AddAttachmentsToSet"), 2);

    const QList<Attachment> sent = sentWith(demo, first.setId(), {});
    QCOMPARE(sent.size(), 3);
    for (int i = 0; i < sent.size(); ++i) {
        QCOMPARE(sent.at(i).fileName, u"%1.bin"_s.arg(i));
        QVERIFY(sent.at(i).data == contents.at(i));
    }
    const LocalFile large = files.make(u"large.bin"_s, QByteArray((5 << 20) + 1, 'x'));
    SetUploadJob third(demo.client(), {items.first(), {large, u"large.bin"_s}}, {});
    QCOMPARE(finished(third).error().code, QString(filecode::tooLarge));
    QCOMPARE(third.unreadable(), 1);
    QCOMPARE(demo.requestCount("AddAttachmentsToSet"), 2);
}

void TestUploadJob::aLostSet_data()
{
    QTest::addColumn<QString>("faults");
    for (const char *faults : {"reset:AddAttachmentsToSet=1", "504:AddAttachmentsToSet=1/done",
                               "drop:AddAttachmentsToSet=1", "truncate:AddAttachmentsToSet=1"})
        QTest::newRow(faults) << QString::fromLatin1(faults);
}

void TestUploadJob::aLostSet()
{
    QFETCH(QString, faults);
    DemoFixture demo;
    Files files;
    const QList<SetUploadJob::Item> first{{files.make(u"a.bin"_s, randomBytes(2 << 20, 1)), u"a.bin"_s}};
    const QList<SetUploadJob::Item> second{{files.make(u"b.bin"_s, "12345"), u"b.bin"_s}};
    demo.setFaults(faults);
    SetUploadJob begun(demo.client(), first, {}); // another set does no harm
    const Result<void> done = finished(begun);
    QVERIFY2(done, qPrintable(done.error().toLine()));

    demo.setFaults(faults);
    const int before = demo.requestCount("AddAttachmentsToSet");
    SetUploadJob added(demo.client(), second, begun.setId()); // the file twice in one would
    const Result<void> lost = finished(added);
    QVERIFY(!lost);
    QCOMPARE(int(lost.error().effect), int(Error::Effect::Unknown));
    QCOMPARE(demo.requestCount("AddAttachmentsToSet") - before, 1);
}

QTEST_GUILESS_MAIN(TestUploadJob)
#include "tst_uploadjob.moc"
