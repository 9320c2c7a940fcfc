#include "transfer/downloadjob.h"

#include "aws/connectionfixture.h"
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

/// A service that gives a link for any attachment, and answers that link step by step; the last for ever, or all again.
class LinkService
{
public:
    explicit LinkService(const QList<FaultServer::Step> &steps) : m_steps(steps)
    {
        m_server.setSteps({[this](QTcpSocket *socket, const Received &request) { answer(socket, request); }});
        m_connection = std::make_unique<HttpServiceConnection>(settingsFor(m_server.url()));
        m_client = std::make_unique<Client>(*m_connection);
    }

    Client &client() { return *m_client; }
    const QList<Received> &gets() const { return m_gets; }
    void set(const QList<FaultServer::Step> &steps, bool again)
    {
        m_steps = steps;
        m_again = again;
        m_gets.clear();
    }

private:
    void answer(QTcpSocket *socket, const Received &request)
    {
        if (!request.line.startsWith("GET")) {
            socket->write(httpMessage(
                200, R"({"downloadUrl":{"url":")" + m_server.url().toEncoded() + R"(file"},"fileName":"a.bin"})"));
            return;
        }
        m_gets.append(request);
        const qsizetype step = m_gets.size() - 1;
        m_steps.at(m_again ? step % m_steps.size() : std::min(step, m_steps.size() - 1))(socket, request);
    }

    FaultServer m_server;
    QList<FaultServer::Step> m_steps;
    bool m_again = false;
    QList<Received> m_gets;
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<Client> m_client;
};

/// A service without links that answers DescribeAttachment step by step.
class DescribingService
{
public:
    explicit DescribingService(const QList<FaultServer::Step> &steps)
        : m_server(steps), m_connection(settingsFor(m_server.url())), m_client(m_connection)
    {
    }

    Result<void> download(const QString &path)
    {
        DownloadJob::Options options = quick();
        options.withoutLinks = true;
        DownloadJob job(m_client, u"attachment-1"_s, u"a.bin"_s, path, options);
        const Result<void> done = finished(job);
        digest = job.digest();
        name = job.fileName();
        return done;
    }

    FileDigest digest;
    QString name;

private:
    FaultServer m_server;
    HttpServiceConnection m_connection;
    Client m_client;
};

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
    void aFalseBeginningIsNot_data();
    void aFalseBeginningIsNot();
    void oddAnswers_data();
    void oddAnswers();
    void anotherFileIsNeverJoined_data();
    void anotherFileIsNeverJoined();
    void aDescribedFileComesWhole_data();
    void aDescribedFileComesWhole();
    void aDescribedFileThatIsNone_data();
    void aDescribedFileThatIsNone();
    void aDescribedFileIsBegunAgain();
    void aDescribedFileKeepsNothingOfAnother();
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
    for (const char *faults :
         {"drop:GetFile=2", "reset:GetFile=1", "reset:GetFile=3/inside", "truncate:GetFile=3", "500:GetFile=2",
          "503:GetFile=1", "expire:GetFile=links/1", "drop:GetAttachmentDownloadLink=1"})
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
    demo.setFaults(u"truncate:GetFile=1"_s);
    DownloadJob cut(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), {.attempts = 1});
    QVERIFY(!finished(cut));
    const qint64 came = QFileInfo(files.path(u"part"_s)).size();
    QVERIFY(came > 0);
    DownloadJob job(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), quick());
    QSignalSpy progressed(&job, &Job::progressed);
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QVERIFY(progressed.first().at(0).toLongLong() > came); // it did not begin at the beginning
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
}

void TestDownloadJob::aFalseBeginningIsNot_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("origin");
    QTest::newRow("of nobody knows what") << 500 << QByteArray();
    QTest::newRow("longer than the file") << 2000 << QByteArray("1000\n\n");
    QTest::newRow("of a file with another mark") << 500 << QByteArray("1000\n\"other\"\n");
    QTest::newRow("of a larger file") << 500 << QByteArray("4000\n\"other\"\n");
    QTest::newRow("said by a damaged note") << 500 << QByteArray("x");
}

void TestDownloadJob::aFalseBeginningIsNot()
{
    DemoFixture demo;
    Files files;
    const QByteArray bytes = randomBytes(1000, 4);
    const QString id = attach(demo, u"a.bin"_s, bytes);
    QFETCH(int, size);
    QFETCH(QByteArray, origin);
    files.write(u"part"_s, randomBytes(size, 5));
    if (!origin.isEmpty())
        files.write(u"part.of"_s, origin);
    DownloadJob job(demo.client(), id, u"a.bin"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QVERIFY(files.read(files.path(u"part"_s)) == bytes);
}

void TestDownloadJob::oddAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QByteArray &answer) { QTest::newRow(name) << answer; };
    row("no size", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nConnection: close\r\n\r\nabc");
    row("nothing", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 0\r\n\r\n");
    row("nothing in chunks", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("a portal", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nlogin");
    row("a part that nobody asked for",
        "HTTP/1.1 206 Partial\r\nContent-Range: bytes 3-5/6\r\nContent-Length: 3\r\n\r\ndef");
    row("a beginning alone", "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-2/6\r\nContent-Length: 3\r\n\r\nabc");
}

void TestDownloadJob::oddAnswers()
{
    QFETCH(QByteArray, answer);
    LinkService service({rawThenClose(answer)});
    Files files;
    DownloadJob job(service.client(), u"attachment-1"_s, u"a.bin"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QCOMPARE(int(done ? Error::Kind::None : done.error().kind), int(Error::Kind::BadAnswer));
    QVERIFY(service.gets().size() >= quick().attempts); // Qt itself asks once more for what it may repeat
    QVERIFY(service.gets().size() <= 2 * quick().attempts);
    QCOMPARE(QFileInfo(files.path(u"part"_s)).size(), 0);
}

void TestDownloadJob::anotherFileIsNeverJoined_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("with another mark") << QByteArray("ETag: \"b\"\r\nContent-Range: bytes 4-7/8\r\nContent-Length: 4");
    QTest::newRow("of another size") << QByteArray("ETag: \"a\"\r\nContent-Range: bytes 4-8/9\r\nContent-Length: 5");
    QTest::newRow("from elsewhere") << QByteArray("ETag: \"a\"\r\nContent-Range: bytes 0-7/8\r\nContent-Length: 8");
    QTest::newRow("without a mark") << QByteArray("Content-Range: bytes 4-7/8\r\nContent-Length: 4");
    QTest::newRow("without a place") << QByteArray("ETag: \"a\"\r\nContent-Length: 4");
}

void TestDownloadJob::anotherFileIsNeverJoined()
{
    QFETCH(QByteArray, rest);
    const QByteArray head = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 8\r\n\r\n";
    LinkService service({rawThenClose(head + "aaaa"),
                         rawThenClose("HTTP/1.1 206 Partial\r\n" + rest + "\r\n\r\nbbbbbbbbb"),
                         rawThenClose(head + "aaaabbbb")});
    Files files;
    DownloadJob job(service.client(), u"attachment-1"_s, u"a.bin"_s, files.path(u"part"_s), quick());
    const Result<void> done = finished(job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(files.read(files.path(u"part"_s)), "aaaabbbb");
    QCOMPARE(service.gets().size(), 3);
    QCOMPARE(service.gets().at(1).header("Range"), "bytes=4-");
    QCOMPARE(service.gets().at(1).header("If-Range"), "\"a\"");
    QCOMPARE(service.gets().at(2).header("Range"), QByteArray()); // from the beginning

    // Always so: it ends, and nothing is left that somebody could take for the file.
    service.set({rawThenClose(head + "aaaa"), rawThenClose("HTTP/1.1 206 Partial\r\n" + rest + "\r\n\r\nbbbbbbbbb")},
                true);
    DownloadJob never(service.client(), u"attachment-1"_s, u"a.bin"_s, files.path(u"other"_s), quick());
    QCOMPARE(int(finished(never).error().kind), int(Error::Kind::BadAnswer));
    QVERIFY(QFileInfo(files.path(u"other"_s)).size() == 0);
}

void TestDownloadJob::aDescribedFileComesWhole_data()
{
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QByteArray &answer) { QTest::newRow(name) << answer; };
    row("name first", R"({"attachment":{"fileName":"b.bin","data":"YWI/YWI+"}})");
    row("name last", R"({"new":[1],"attachment":{"data":"YWI/YWI+","fileName":"b.bin"}})");
    row("with escapes", R"({"attachment":{"fileName":"b.bin","data":"YWI\/YWI\u002b"}})");
    row("not parted", R"({"attachment":{"fileName":"b.bin","d\u0061ta":"YWI/YWI+"}})");
}

void TestDownloadJob::aDescribedFileComesWhole()
{
    QFETCH(QByteArray, answer);
    DescribingService service({raw(httpMessage(200, answer))});
    Files files;
    const Result<void> done = service.download(files.path(u"part"_s));
    QVERIFY2(done, qPrintable(done.error().toLine()));
    const QByteArray bytes = QByteArray::fromBase64("YWI/YWI+");
    QCOMPARE(files.read(files.path(u"part"_s)), bytes);
    QCOMPARE(service.name, u"b.bin"_s);
    QCOMPARE(service.digest.size, bytes.size());
    QCOMPARE(service.digest.sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

void TestDownloadJob::aDescribedFileThatIsNone_data()
{
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QByteArray &answer) { QTest::newRow(name) << answer; };
    row("cut in the file", R"({"attachment":{"data":"YWJj)");
    row("cut behind it", R"({"attachment":{"data":"YWJj"})");
    row("no base64", R"({"attachment":{"data":"YWJj*WJj"}})");
    row("cut base64", R"({"attachment":{"data":"YWJjYW"}})");
    row("more behind its end", R"({"attachment":{"data":"YWI=YWJj"}})");
    row("empty", R"({"attachment":{"data":""}})");
    row("two files", R"({"attachment":{"data":"YWJj","data":"YWJk"}})");
    row("two files, one not parted", R"({"attachment":{"data":"YWJj","d\u0061ta":"YWJk"}})");
    row("no JSON behind it", R"({"attachment":{"data":"YWJj",}})");
    row("something behind all", R"({"attachment":{"data":"YWJj"}}})");
    row("no file", R"({"attachment":{"fileName":"a"}})");
    row("a number", R"({"attachment":{"data":5}})");
    row("null", R"({"attachment":{"data":null}})");
}

void TestDownloadJob::aDescribedFileThatIsNone()
{
    QFETCH(QByteArray, answer);
    DescribingService service({raw(httpMessage(200, answer))});
    Files files;
    const Result<void> done = service.download(files.path(u"part"_s));
    QCOMPARE(int(done ? Error::Kind::None : done.error().kind), int(Error::Kind::BadAnswer));
    QCOMPARE(done.error().operation, u"DescribeAttachment"_s);
    QVERIFY(!QFileInfo::exists(files.path(u"part"_s)));
}

/// What came of an answer that broke off is not the beginning of the next one's.
void TestDownloadJob::aDescribedFileIsBegunAgain()
{
    const QByteArray bytes = randomBytes(600'000, 6);
    const QByteArray whole =
        httpMessage(200, R"({"attachment":{"fileName":"a.bin","data":")" + bytes.toBase64() + R"("}})");
    for (const qsizetype came : {whole.size() / 2, whole.size() - 1, qsizetype(200)}) {
        DescribingService service({rawThenReset(whole.first(came)), rawThenClose(whole.first(came)), raw(whole)});
        Files files;
        const Result<void> done = service.download(files.path(u"part"_s));
        QVERIFY2(done, qPrintable(done.error().toLine()));
        QVERIFY(files.read(files.path(u"part"_s)) == bytes);
        QCOMPARE(service.digest.size, bytes.size());
        QCOMPARE(service.digest.sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }
    // And when it always breaks off, nothing is left.
    DescribingService never({rawThenReset(whole.first(whole.size() / 2))});
    Files files;
    QCOMPARE(int(never.download(files.path(u"part"_s)).error().kind), int(Error::Kind::Dropped));
    QVERIFY(!QFileInfo::exists(files.path(u"part"_s)));
}

void TestDownloadJob::aDescribedFileKeepsNothingOfAnother()
{
    DescribingService service({raw(httpMessage(200, R"({"attachment":{"data":"YWJj"}})"))});
    Files files;
    files.write(u"part"_s, "the beginning of a file that a link led to");
    files.write(u"part.of"_s, "1000\n\"mark\"\n");
    const Result<void> done = service.download(files.path(u"part"_s));
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(files.read(files.path(u"part"_s)), "abc");
    QVERIFY(!QFileInfo::exists(files.path(u"part.of"_s)));
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
