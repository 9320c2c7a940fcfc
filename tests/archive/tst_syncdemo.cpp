#include "archive/syncjob.h"
#include "archivefixture.h"
#include "demoservice.h"

#include <QTest>

#include <array>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// Syncs account `index` of the demo service to its end.
Result<void> sync(test::DemoFixture &demo, test::ArchiveFixture &archive, const AccountRecord &account, int index = 0,
                  const SyncJob::Options &options = {})
{
    SyncJob job(demo.client(index), archive.archive(), account, options);
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    if (finished.isEmpty() && !finished.wait(60'000))
        return Error{.kind = Error::Kind::TimedOut};
    return job.result();
}

} // namespace

/// The whole way: archive, client, HTTP, demo service.
class TestSyncDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAccountOfTheDemo();
    void aLargeAccountIsOneCallWhenNothingIsNew();
    void aReplyAndAResolution();
    void throughFaults_data();
    void throughFaults();
};

void TestSyncDemo::everyAccountOfTheDemo()
{
    test::DemoFixture demo;
    test::ArchiveFixture archive;
    QSet<QString> ids;
    bool longOne = false;
    for (int i = 0; i < demo.accounts().size(); ++i) {
        const AccountRecord account = archive.account(u"demo:"_s + demo.account(i).accountId);
        QVERIFY(sync(demo, archive, account, i));
        for (const CaseRecord &record : archive.cases({account.id})) {
            DescribeCommunications::Request request;
            request.caseId = record.caseId.toString();
            QList<Communication> all;
            do {
                const auto page = demo.call(request, i);
                QVERIFY(page);
                all += page->communications;
                request.nextToken = page->nextToken;
            } while (!request.nextToken.isEmpty());
            const QList<CommunicationRecord> kept = archive.messages(account.id, request.caseId);
            QCOMPARE(kept.size(), all.size());
            QCOMPARE(kept.last().body, all.first().body);
            QVERIFY(record.created > 0 && record.updated >= record.created && !record.unread);
            longOne |= all.size() >= 40;
            ids.insert(request.caseId);
        }
    }
    QVERIFY(ids.size() >= 60);
    QVERIFY(longOne);
    for (const QString &word : {u"接続"_s, u"timeout"_s})
        QVERIFY2(!archive.search(word).isEmpty(), qPrintable(word));
    for (int i = 0; i < demo.accounts().size(); ++i) {
        const int before = demo.requestCount();
        QVERIFY(sync(demo, archive, archive.account(u"demo:"_s + demo.account(i).accountId), i));
        QCOMPARE(demo.requestCount() - before, 1);
    }
}

void TestSyncDemo::aLargeAccountIsOneCallWhenNothingIsNew()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.data.accounts = 1;
    options.data.cases = 1000;
    test::DemoFixture demo(options);
    test::ArchiveFixture archive;
    const AccountRecord account = archive.account();
    QVERIFY(sync(demo, archive, account, 0, {.communications = false}));
    QCOMPARE(demo.requestCount("DescribeCases"), 10);
    QCOMPARE(archive.cases().size(), 1000u);
    QVERIFY(sync(demo, archive, account));
    QCOMPARE(demo.requestCount("DescribeCases"), 20);
    const auto open = [&] {
        int count = 0;
        for (const CaseRecord &record : archive.cases())
            count += record.turn != Turn::Nobody;
        return count;
    };
    const int pages = (open() + 99) / 100;
    const int before = demo.requestCount();
    QVERIFY(sync(demo, archive, account));
    QCOMPARE(demo.requestCount() - before, pages);
}

void TestSyncDemo::aReplyAndAResolution()
{
    test::DemoFixture demo;
    test::ArchiveFixture archive;
    const AccountRecord account = archive.account();
    QVERIFY(sync(demo, archive, account));
    QStringList open;
    for (const CaseRecord &record : archive.cases()) {
        if (record.turn != Turn::Nobody)
            open.append(record.caseId.toString());
    }
    QVERIFY(open.size() >= 2);
    AddCommunicationToCase::Request reply;
    reply.caseId = open[0];
    reply.communicationBody = u"再起動で直りました。Thanks!"_s;
    QVERIFY(demo.call(reply));
    ResolveCase::Request resolve;
    resolve.caseId = open[1];
    QVERIFY(demo.call(resolve));
    QVERIFY(sync(demo, archive, account));
    QCOMPARE(archive.caseOf(open[1]).turn, Turn::Nobody);
    QCOMPARE(archive.messages(account.id, open[0]).last().body, reply.communicationBody);
    QVERIFY(!archive.caseOf(open[0]).unread); // one's own words
    QCOMPARE(archive.search(u"再起動で直"_s).size(), 1);
}

void TestSyncDemo::throughFaults_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<int>("kind");

    const auto row = [](const char *name, const QString &faults, Error::Kind kind) {
        QTest::newRow(name) << faults << int(kind);
    };
    row("a page token for ever", u"repeattoken"_s, Error::Kind::Incomplete);
    row("a hiccup is retried", u"500:DescribeCases=1"_s, Error::Kind::None);
    row("throttled once", u"throttle=1"_s, Error::Kind::None);
    row("not allowed", u"deny"_s, Error::Kind::Refused);
    row("half of the JSON", u"cut"_s, Error::Kind::BadAnswer);
}

void TestSyncDemo::throughFaults()
{
    QFETCH(QString, faults);
    QFETCH(int, kind);
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.data.accounts = 1;
    options.data.cases = 250;
    test::DemoFixture demo(options);
    test::ArchiveFixture archive;
    const AccountRecord account = archive.account();
    demo.setFaults(faults);
    const Result<void> result = sync(demo, archive, account);
    QVERIFY2(int(result.error().kind) == kind, qPrintable(result.error().toLine()));
    demo.setFaults({});
    QVERIFY(sync(demo, archive, account));
    QCOMPARE(archive.cases().size(), 250u);
}

QTEST_GUILESS_MAIN(TestSyncDemo)
#include "tst_syncdemo.moc"
