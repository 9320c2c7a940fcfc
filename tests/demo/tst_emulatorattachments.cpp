#include "emulatorworld.h"

#include <QTest>

using namespace casement;
using namespace casement::demo;
using namespace casement::test;

class TestEmulatorAttachments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sets();
    void uploads();
    void uploadThatFails();
    void downloads();
};

void TestEmulatorAttachments::sets()
{
    World world;
    AddAttachmentsToSet::Request request;
    request.attachments.append({QStringLiteral("a.log"), "first"});
    const auto made = world.get(request);
    QCOMPARE(made.expiryTime, isoTime(utc(start + hour)).replace(QLatin1Char('Z'), QLatin1StringView("+0000")));
    world.makeSet("second", made.attachmentSetId);
    world.makeSet("third", made.attachmentSetId);
    request.attachmentSetId = made.attachmentSetId;
    QCOMPARE(world.ask(request).code, "AttachmentSetSizeLimitExceeded");
    QCOMPARE(world.ask(request, otherKey).code, "AttachmentSetIdNotFound");

    CreateCase::Request create = newCase();
    create.attachmentSetId = made.attachmentSetId;
    const auto files =
        world.theCase(world.get(create).caseId).recentCommunications->communications.constFirst().attachments;
    QCOMPARE(files.size(), 3);
    DescribeAttachment::Request describe;
    describe.attachmentId = files.at(1).attachmentId;
    QCOMPARE(world.get(describe).attachment->data, "second");
    QCOMPARE(world.ask(create).code, "AttachmentSetIdNotFound"); // used up

    create.attachmentSetId = world.makeSet();
    world.now += hour;
    QCOMPARE(world.ask(create).code, "AttachmentSetExpired");
    request.attachmentSetId = create.attachmentSetId;
    QCOMPARE(world.ask(request).code, "AttachmentSetExpired");

    request.attachmentSetId.clear();
    QByteArray code;
    int many = 0;
    while (code.isEmpty() && many < 1000) {
        code = world.ask(request).code;
        ++many;
    }
    QCOMPARE(code, "AttachmentLimitExceeded");
    world.now += minute;
    QCOMPARE(world.ask(request).code, "");

    for (code.clear(), many = 0; code.isEmpty() && many < 1000; ++many)
        code = world.ask(describe).code;
    QCOMPARE(code, "DescribeAttachmentLimitExceeded");
}

void TestEmulatorAttachments::uploads()
{
    EmulatorSettings settings;
    settings.uploadPartSize = 4;
    World world(settings);
    world.emulator.setBaseUrl(QStringLiteral("http://127.0.0.1:1"));
    const QByteArray content = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJK"; // 47 bytes: 12 parts
    GetAttachmentUploadLinks::Request request;
    request.fileName = QStringLiteral("big.bin");
    request.fileSizeBytes = content.size();
    const auto links = world.get(request);
    QCOMPARE(links.totalParts.value_or(0), 12);
    QCOMPARE(links.partSizeBytes.value_or(0), 4);
    QCOMPARE(links.uploadUrls.size(), 10);
    QCOMPARE(links.nextIndex.value_or(0), 11);
    GetAttachmentUploadLinks::Request more = request;
    more.uploadId = links.uploadId;
    more.uploadRange = UploadRange{11, std::nullopt};
    const auto rest = world.get(more);
    QCOMPARE(rest.uploadUrls.size(), 2);
    QVERIFY(!rest.nextIndex);

    const auto pathAndQuery = [](const QString &url) {
        const QByteArray text = url.mid(QStringLiteral("http://127.0.0.1:1").size()).toLatin1();
        return std::pair(text.left(text.indexOf('?')), text.mid(text.indexOf('?') + 1));
    };
    CompleteAttachmentUpload::Request complete;
    complete.uploadId = links.uploadId;
    const auto status = [&] {
        DescribeAttachmentUploadStatus::Request ask;
        ask.uploadId = links.uploadId;
        return world.get(ask);
    };
    const QList<UploadUrl> urls = links.uploadUrls + rest.uploadUrls;
    const auto [path, query] = pathAndQuery(urls.constFirst().url);
    QCOMPARE(world.emulator.put(path, query, "012", world.now).status, 400); // not the size of the part
    QCOMPARE(world.emulator.put(path, query + "x", "0123", world.now).status, 403);
    QCOMPARE(world.emulator.put(path, query, "0123", world.now + hour).status, 403); // the link is over
    QCOMPARE(world.emulator.get(path, query, {}, world.now).status, 404);
    for (int i = 0; i < urls.size(); ++i) {
        const auto [partPath, partQuery] = pathAndQuery(urls.at(i).url);
        const LinkAnswer put = world.emulator.put(partPath, partQuery, content.mid(i * 4, 4), world.now);
        QCOMPARE(put.status, 200);
        QCOMPARE(put.headers.constFirst().name, "ETag");
        complete.completedUploads = {{i + 1, QStringLiteral("\"wrong\"")}};
        QCOMPARE(world.ask(complete).code, "ValidationException");
        complete.completedUploads = {{i + 1, QString::fromLatin1(put.headers.constFirst().value)}};
        QCOMPARE(world.get(complete).uploadStatus, QLatin1StringView("attachment-not-ready"));
        QCOMPARE(status().uploadProgress->completedPartsCount.value_or(0), i + 1);
    }
    CreateCase::Request create = newCase();
    create.uploadIds = {links.uploadId};
    QCOMPARE(world.ask(create).code, "ValidationException"); // not ready yet
    world.now += 2000;
    QCOMPARE(status().uploadStatus, QLatin1StringView("attachment-ready"));
    create.uploadIds = {links.uploadId, links.uploadId};
    QCOMPARE(world.ask(create).code, "ValidationException");
    create.uploadIds = {links.uploadId};
    const auto files =
        world.theCase(world.get(create).caseId).recentCommunications->communications.constFirst().attachments;
    QCOMPARE(files.size(), 1);
    QCOMPARE(files.constFirst().fileName, QLatin1StringView("big.bin"));
    DescribeAttachment::Request describe;
    describe.attachmentId = files.constFirst().attachmentId;
    QCOMPARE(world.get(describe).attachment->data, content);
    QCOMPARE(world.ask(create).code, "UploadIdNotFound"); // used up
}

void TestEmulatorAttachments::uploadThatFails()
{
    World world;
    GetAttachmentUploadLinks::Request request;
    request.fileName = QStringLiteral("a.bin");
    const QByteArray content = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
                               "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    request.fileSizeBytes = content.size();
    const auto links = world.get(request);
    const QByteArray url = links.uploadUrls.constFirst().url.toLatin1();
    const LinkAnswer put =
        world.emulator.put(url.left(url.indexOf('?')), url.mid(url.indexOf('?') + 1), content, world.now);
    CompleteAttachmentUpload::Request complete;
    complete.uploadId = links.uploadId;
    complete.completedUploads = {{1, QString::fromLatin1(put.headers.constFirst().value)}};
    world.get(complete);
    world.now += 2000;
    DescribeAttachmentUploadStatus::Request status;
    status.uploadId = links.uploadId;
    QCOMPARE(world.get(status).uploadStatus, QLatin1StringView("failed"));
    CreateCase::Request create = newCase();
    create.uploadIds = {links.uploadId};
    QCOMPARE(world.ask(create).code, "ValidationException");
}

void TestEmulatorAttachments::downloads()
{
    World world;
    GetAttachmentDownloadLink::Request request;
    request.attachmentId = QStringLiteral("attachment-small");
    const auto answer = world.get(request);
    QCOMPARE(answer.fileName, QLatin1StringView("small.log"));
    QCOMPARE(answer.downloadUrl->expiryDate, isoTime(utc(start + hour)));
    const QByteArray url = answer.downloadUrl->url.toLatin1();
    const auto get = [&](const QByteArray &range, qint64 now = start) {
        const LinkAnswer given =
            world.emulator.get(url.left(url.indexOf('?')), url.mid(url.indexOf('?') + 1), range, now);
        return QStringLiteral("%1 %2")
            .arg(given.status)
            .arg(QString::fromLatin1(given.attachment ? attachmentBytes(*given.attachment, given.offset, given.length)
                                                      : QByteArray()));
    };
    QCOMPARE(get({}), QLatin1StringView("200 0123456789"));
    QCOMPARE(get("bytes=0-3"), QLatin1StringView("206 0123"));
    QCOMPARE(get("bytes=7-"), QLatin1StringView("206 789"));
    QCOMPARE(get("bytes=-2"), QLatin1StringView("206 89"));
    QCOMPARE(get("bytes=8-100"), QLatin1StringView("206 89"));
    QCOMPARE(get("bytes=10-"), QLatin1StringView("416 "));
    QCOMPARE(get("lines=1-2"), QLatin1StringView("200 0123456789"));
    QCOMPARE(get({}, start + hour), QLatin1StringView("403 "));
}

QTEST_GUILESS_MAIN(TestEmulatorAttachments)
#include "tst_emulatorattachments.moc"
