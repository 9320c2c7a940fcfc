#include "syncfixture.h"

using namespace casement;
using namespace Qt::StringLiterals;

using casement::test::day;
using casement::test::FakeService;
using casement::test::message;
using Fixture = casement::test::SyncFixture;

class TestSyncJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFirstSyncBringsEverything();
    void nothingNewIsOneCall();
    void aNewMessageIsOneCallToo();
    void newMessagesBeyondFiveAreAskedFor();
    void statusChangesWithoutAMessage();
    void resolvedMeanwhile();
    void aCaseThatIsGoneStays();
    void resolvedOnesAreSweptOnceADay();
    void everythingIsListedWhenAskedFor();
    void aRepeatedTokenEndsTheSyncAndKeepsWhatCame();
    void aRefusedTokenStartsOver();
    void itemsRepeatedOnTheNextPage();
    void anEmptyPageWithATokenGoesOn();
    void aFirstSyncGoesOnWhereItWasStopped();
    void aFirstListingGoesOnWhereItWasStopped_data();
    void aFirstListingGoesOnWhereItWasStopped();
    void cancelling();
    void unreadUntilRead();
    void newsIsTold();
    void aServiceThatSendsNoMessages();
    void leanLists();
    void chainsOverWindowsOfTime();
};

void TestSyncJob::aFirstSyncBringsEverything()
{
    Fixture f;
    for (int i = 0; i < 250; ++i)
        f.service.add(u"case-%1"_s.arg(i), i % 2 ? u"resolved"_s : u"opened"_s, 1 + i % 5);
    f.service.add(u"case-long"_s, u"resolved"_s, 340);
    f.service.add(u"case-open"_s, u"work-in-progress"_s, 40);
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 252u);
    QCOMPARE(f.announced.count(u"case-7"_s), 1);
    QCOMPARE(f.service.calls,
             QStringList({u"DescribeCases resolved"_s, u"DescribeCases token=c100 resolved"_s,
                          u"DescribeCases token=c200 resolved"_s, u"DescribeCommunications case-open"_s,
                          u"DescribeCommunications case-long"_s, u"DescribeCommunications case-long token=c100"_s,
                          u"DescribeCommunications case-long token=c200"_s,
                          u"DescribeCommunications case-long token=c300"_s}));
    QCOMPARE(f.bodies(u"case-long"_s).size(), 340);
    QCOMPARE(f.bodies(u"case-open"_s).first(), u"Message 0 of case-open"_s);
    QCOMPARE(f.bodies(u"case-open"_s).last(), u"Message 39 of case-open"_s);
    const CaseRecord record = f.archive.caseOf(u"case-open"_s);
    QCOMPARE(record.turn, Turn::Aws);
    QVERIFY(!record.unread);
    QCOMPARE(f.account.lastSync, 0);
    QCOMPARE(f.archive.account().lastSync, f.now);
}

void TestSyncJob::nothingNewIsOneCall()
{
    Fixture f;
    for (int i = 0; i < 300; ++i)
        f.service.add(u"case-%1"_s.arg(i), i % 20 ? u"resolved"_s : u"opened"_s, 7);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 3 + 300);
    QVERIFY(f.service.mostInFlight <= 3);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList{u"DescribeCases"_s});
    QCOMPARE(f.announced, QStringList());
    QCOMPARE(f.grown, QStringList());
}

void TestSyncJob::aNewMessageIsOneCallToo()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 9);
    f.service.add(u"case-2"_s, u"opened"_s, 9);
    QVERIFY(f.sync());
    f.service.write(u"case-1"_s, message(u"AWS asks"_s, f.now - 1000, true));
    f.service.at(u"case-1"_s).status = u"pending-customer-action"_s;
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList{u"DescribeCases"_s});
    QCOMPARE(f.announced, QStringList{u"case-1"_s});
    QCOMPARE(f.grown, QStringList{u"case-1"_s});
    const CaseRecord record = f.archive.caseOf(u"case-1"_s);
    QCOMPARE(record.turn, Turn::You);
    QCOMPARE(record.turnSince, f.now - 1000);
    QCOMPARE(record.updated, f.now - 1000);
    QCOMPARE(f.bodies(u"case-1"_s).size(), 10);
}

void TestSyncJob::newMessagesBeyondFiveAreAskedFor()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 3);
    f.service.add(u"case-2"_s, u"opened"_s, 3);
    QVERIFY(f.sync());
    for (int i = 0; i < 5; ++i)
        f.service.write(u"case-2"_s, message(u"near %1"_s.arg(i), f.now - 5000 + i));
    for (int i = 0; i < 6; ++i)
        f.service.write(u"case-1"_s, message(u"far %1"_s.arg(i), f.now - 5000 + i));
    QVERIFY(f.sync());
    // Five new ones may hide a sixth: only asking tells.
    QCOMPARE(f.service.calls.first(), u"DescribeCases"_s);
    QCOMPARE(QSet<QString>(f.service.calls.begin() + 1, f.service.calls.end()),
             QSet<QString>({u"DescribeCommunications case-1"_s, u"DescribeCommunications case-2"_s}));
    QCOMPARE(f.bodies(u"case-1"_s).size(), 9);
    QCOMPARE(f.bodies(u"case-1"_s).at(3), u"far 0"_s);
    QCOMPARE(f.bodies(u"case-2"_s).size(), 8);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList{u"DescribeCases"_s});
}

void TestSyncJob::statusChangesWithoutAMessage()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"unassigned"_s, 2);
    f.service.add(u"case-2"_s, u"unassigned"_s, 2);
    QVERIFY(f.sync());
    f.service.at(u"case-1"_s).status = u"escalated-to-the-moon"_s; // a code of the future
    QVERIFY(f.sync());
    QCOMPARE(f.announced, QStringList{u"case-1"_s});
    QCOMPARE(f.grown, QStringList());
    QCOMPARE(f.archive.caseOf(u"case-1"_s).status.toString(), u"escalated-to-the-moon"_s);
}

void TestSyncJob::resolvedMeanwhile()
{
    Fixture f;
    for (int i = 0; i < 130; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    QVERIFY(f.sync());
    for (int i = 0; i < 120; ++i)
        f.service.at(u"case-%1"_s.arg(i)).status = u"resolved"_s;
    QVERIFY(f.sync());
    QCOMPARE(
        f.service.calls,
        QStringList({u"DescribeCases"_s, u"DescribeCases ids=100 resolved"_s, u"DescribeCases ids=20 resolved"_s}));
    QCOMPARE(f.announced.size(), 120);
    QCOMPARE(f.archive.caseOf(u"case-5"_s).turn, Turn::Nobody);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 1);
}

void TestSyncJob::aCaseThatIsGoneStays()
{
    Fixture f;
    for (int i = 0; i < 10; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 2);
    QVERIFY(f.sync());
    f.service.at(u"case-1"_s).status = u"resolved"_s;
    f.service.at(u"case-2"_s).status = u"resolved"_s;
    f.service.cases.removeIf([](const CaseDetails &c) { return c.caseId == u"case-7"_s || c.caseId == u"case-8"_s; });
    QVERIFY(f.sync()); // one unknown id fails a call: the others are found all the same
    QCOMPARE(f.archive.caseOf(u"case-1"_s).status.toString(), u"resolved"_s);
    QCOMPARE(f.archive.caseOf(u"case-2"_s).status.toString(), u"resolved"_s);
    QCOMPARE(f.archive.caseOf(u"case-7"_s).status.toString(), u"opened"_s);
    QCOMPARE(f.archive.caseOf(u"case-7"_s).turn, Turn::Nobody);
    QCOMPARE(f.bodies(u"case-8"_s).size(), 2);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList{u"DescribeCases"_s}); // and not asked for again
    f.service.add(u"case-7"_s, u"reopened"_s, 2);
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(u"case-7"_s).turn, Turn::Aws);
}

void TestSyncJob::resolvedOnesAreSweptOnceADay()
{
    Fixture f;
    for (int i = 0; i < 300; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"resolved"_s, 1);
    QVERIFY(f.sync());
    f.now += day / 2;
    f.service.add(u"case-quick"_s, u"resolved"_s, 1).recentCommunications->communications = {
        message(u"thanks"_s, f.now - 1000)};
    f.service.write(u"case-3"_s, message(u"one more thing"_s, f.now - 1000, true));
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList{u"DescribeCases"_s});
    f.now += day;
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList({u"DescribeCases"_s, u"DescribeCases resolved after"_s}));
    QCOMPARE(QSet<QString>(f.announced.cbegin(), f.announced.cend()), QSet<QString>({u"case-quick"_s, u"case-3"_s}));
    QVERIFY(f.archive.caseOf(u"case-3"_s).unread);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 1);
    f.now += 40 * day;
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 4);
}

void TestSyncJob::everythingIsListedWhenAskedFor()
{
    Fixture f;
    for (int i = 0; i < 150; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"resolved"_s, 1);
    f.service.at(u"case-9"_s).subject = u"An unmistakable subject"_s;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.search(u"unmistakable"_s).size(), 1);
    f.service.at(u"case-9"_s).subject = u"A subject that changed"_s;
    QVERIFY(f.sync({.everything = true}));
    QCOMPARE(f.service.calls.size(), 2);
    QCOMPARE(f.announced, QStringList{u"case-9"_s});
    QCOMPARE(f.archive.search(u"changed"_s).size(), 1);
    QCOMPARE(f.archive.search(u"unmistakable"_s).size(), 0); // forgotten
}

void TestSyncJob::aRepeatedTokenEndsTheSyncAndKeepsWhatCame()
{
    Fixture f;
    for (int i = 0; i < 150; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, i == 3 ? 8 : 1);
    f.service.instead = [&f](int number, const QString &call) -> std::optional<FakeService::Answer> {
        if (number < 2 || !call.startsWith("DescribeCases"_L1))
            return {};
        DescribeCases::Response page;
        page.cases = f.service.cases.mid(100);
        page.cases[46].recentCommunications->communications =
            page.cases[46].recentCommunications->communications.first(5);
        page.cases[46].recentCommunications->nextToken = u"x"_s;
        page.nextToken = u"c100"_s;
        return ServiceAnswer{encode(page), {}};
    };
    const Result<void> result = f.sync();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Incomplete);
    QCOMPARE(f.archive.cases().size(), 150u);
    QCOMPARE(f.bodies(u"case-3"_s).size(), 8); // what is known to be missing is asked for all the same
    QCOMPARE(f.service.calls.size(), 3);
    QCOMPARE(f.archive.account().lastSync, 0);
}

void TestSyncJob::aRefusedTokenStartsOver()
{
    Fixture f;
    for (int i = 0; i < 250; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    f.service.instead = [](int number, const QString &) -> std::optional<FakeService::Answer> {
        return number == 3 ? std::optional<FakeService::Answer>(
                   FakeService::refusal(u"ValidationException"_s, u"The nextToken has expired."_s))
                           : std::nullopt;
    };
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 3 + 3);
    QCOMPARE(f.archive.cases().size(), 250u);
    QCOMPARE(f.archive.messages(f.account.id, u"case-249"_s).size(), 1);
}

void TestSyncJob::itemsRepeatedOnTheNextPage()
{
    Fixture f;
    for (int i = 0; i < 100; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    f.service.add(u"case-long"_s, u"opened"_s, 150);
    f.service.instead = [&f](int number, const QString &) -> std::optional<FakeService::Answer> {
        if (number == 2) { // a new case came between the pages: everything has moved by one
            f.service.add(u"case-new"_s, u"opened"_s, 1);
            f.service.at(u"case-0"_s).status = u"resolved"_s;
            DescribeCases::Response page;
            page.cases = f.service.cases.mid(100);
            for (CaseDetails &details : page.cases)
                details.recentCommunications->communications = details.recentCommunications->communications.mid(0, 5);
            return ServiceAnswer{encode(page), {}};
        }
        if (number == 4) { // and a message came between these
            DescribeCommunications::Response page;
            page.communications = f.service.at(u"case-long"_s).recentCommunications->communications.mid(99);
            return ServiceAnswer{encode(page), {}};
        }
        return {};
    };
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 101u);
    QCOMPARE(f.bodies(u"case-long"_s).size(), 150);
    QCOMPARE(f.archive.caseOf(u"case-0"_s).status.toString(), u"resolved"_s);
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    QCOMPARE(f.announced, QStringList{u"case-new"_s});
    QCOMPARE(f.archive.cases().size(), 102u);
}

void TestSyncJob::anEmptyPageWithATokenGoesOn()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 1);
    f.service.instead = [](int number, const QString &) -> std::optional<FakeService::Answer> {
        if (number == 1) // with the token where it is not expected
            return ServiceAnswer{"{\"nextToken\":\"c0\",\"cases\":[]}", {}};
        if (number == 2)
            return ServiceAnswer{"{ \"cases\": [],\n \"nextToken\" : \"c0000\" }\n", {}};
        return {};
    };
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls,
             QStringList({u"DescribeCases resolved"_s, u"DescribeCases token=c0 resolved"_s,
                          u"DescribeCases token=c0000 resolved"_s}));
    QCOMPARE(f.archive.cases().size(), 1u);
}

void TestSyncJob::aFirstSyncGoesOnWhereItWasStopped()
{
    Fixture f;
    for (int i = 0; i < 60; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"resolved"_s, 8);
    f.service.calls.clear();
    auto *job = new SyncJob(f.client, f.archive.archive(), f.account);
    job->start();
    QTRY_VERIFY(f.service.calls.size() >= 21);
    delete job; // no goodbye
    const auto asked = [&f] { return f.service.calls.filter(u"DescribeCommunications"_s).size(); };
    const qsizetype before = asked();
    f.restart(); // writes what it was given
    QVERIFY(f.sync());
    QVERIFY(asked() < 60);
    QVERIFY2(before + asked() <= 60 + 3, qPrintable(QString::number(asked()))); // but for those under way
    for (int i = 0; i < 60; ++i)
        QCOMPARE(f.bodies(u"case-%1"_s.arg(i)).size(), 8);
    QVERIFY(!f.archive.caseOf(u"case-5"_s).unread);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 1);
}

void TestSyncJob::aFirstListingGoesOnWhereItWasStopped_data()
{
    QTest::addColumn<bool>("killed");
    QTest::addColumn<QString>("tokenRefusal");
    QTest::newRow("fails") << false << QString();
    QTest::newRow("killed") << true << QString();
    QTest::newRow("the token is refused") << false << u"Something else"_s;
}

void TestSyncJob::aFirstListingGoesOnWhereItWasStopped()
{
    QFETCH(bool, killed);
    QFETCH(QString, tokenRefusal);
    Fixture f;
    for (int i = 0; i < 1000; ++i)
        f.service.add(u"case-%1"_s.arg(i), i % 10 ? u"resolved"_s : u"opened"_s, 1);
    f.service.instead = [&](int number, const QString &) -> std::optional<FakeService::Answer> {
        f.service.silent = killed && number == 7;
        return number == 7 ? std::optional<FakeService::Answer>(Error{.kind = Error::Kind::Unavailable}) : std::nullopt;
    };
    if (killed) {
        auto *job = new SyncJob(f.client, f.archive.archive(), f.account, {.now = f.now});
        job->start();
        QTRY_COMPARE(f.announced.size(), 600);
        delete job;
        f.service.silent = false;
    } else {
        QVERIFY(!f.sync());
    }
    f.restart();
    QCOMPARE(f.archive.cases().size(), 600u);
    QCOMPARE(f.archive.account().lastSync, 0);
    f.service.add(u"case-new"_s, u"opened"_s, 1);
    f.service.cases.first().recentCommunications->communications = {message(u"new"_s, f.now)};
    f.service.write(u"case-990"_s, message(u"meanwhile"_s, f.now, true)); // on a page that had come
    f.service.instead = [&](int number, const QString &) -> std::optional<FakeService::Answer> {
        if (number == 1 && !tokenRefusal.isEmpty())
            return FakeService::Answer(FakeService::refusal(u"ValidationException"_s, tokenRefusal));
        return {};
    };
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 1001u);
    QCOMPARE(f.service.calls.first(), u"DescribeCases token=c600 resolved"_s);
    QCOMPARE(f.announced.count(u"case-995"_s), 0); // neither new nor changed
    QCOMPARE(QSet<QString>(f.announced.cbegin(), f.announced.cend()).size(), 402);
    QCOMPARE(f.bodies(u"case-990"_s).size(), 2);
    // Four pages and one that the new case pushed out, the open ones (two pages) and those with news.
    if (tokenRefusal.isEmpty())
        QCOMPARE(f.service.calls.size(), 5 + 2 + 1);
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    QCOMPARE(f.announced, QStringList());
    QVERIFY(f.service.calls.size() <= 2);
}

void TestSyncJob::cancelling()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 1);
    f.service.silent = true;
    SyncJob job(f.client, f.archive.archive(), f.account);
    job.setAutoDelete(false);
    job.start();
    QTRY_COMPARE(f.service.calls.size(), 1);
    job.cancel();
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    f.service.silent = false;
    QVERIFY(f.sync()); // the writer is not held for ever
    QCOMPARE(f.archive.cases().size(), 1u);

    for (int i = 0; i < 20; ++i)
        f.service.add(u"long-%1"_s.arg(i), u"opened"_s, 8);
    auto *filling = new SyncJob(f.client, f.archive.archive(), f.account);
    QPointer<SyncJob> guard(filling);
    QObject::connect(&f.archive.archive(), &Archive::communicationsChanged, filling, [&f, filling] {
        if (f.service.calls.size() > 5)
            filling->cancel(); // in the middle of what the cancelled one is doing
    });
    f.service.calls.clear();
    filling->start();
    QTRY_VERIFY(!guard);
    QVERIFY(f.service.calls.size() < 21);
    QVERIFY(f.sync());
    QCOMPARE(f.bodies(u"long-19"_s).size(), 8);
}

void TestSyncJob::unreadUntilRead()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 4);
    QVERIFY(f.sync());
    QVERIFY(!f.archive.caseOf(u"case-1"_s).unread);
    f.service.write(u"case-1"_s, message(u"from the customer"_s, f.now - 3000));
    QVERIFY(f.sync());
    QVERIFY(!f.archive.caseOf(u"case-1"_s).unread);
    f.service.write(u"case-1"_s, message(u"from AWS"_s, f.now - 2000, true));
    f.service.add(u"case-2"_s, u"opened"_s, 1);
    QVERIFY(f.sync());
    QVERIFY(f.archive.caseOf(u"case-1"_s).unread);
    QVERIFY(!f.archive.caseOf(u"case-2"_s).unread);
    QList<bool> unread;
    for (const CommunicationRecord &record : f.archive.messages(f.account.id, u"case-1"_s))
        unread.append(record.unread);
    QCOMPARE(unread, QList({false, false, false, false, false, true}));
    f.restart();
    QVERIFY(f.archive.caseOf(u"case-1"_s).unread);
    f.announced.clear();
    f.archive.archive().markRead(f.account.id, u"case-1"_s);
    QTRY_COMPARE(f.announced, QStringList{u"case-1"_s});
    QVERIFY(!f.archive.caseOf(u"case-1"_s).unread);
    QVERIFY(!f.archive.messages(f.account.id, u"case-1"_s).last().unread);
    f.archive.archive().markRead(f.account.id, u"case-1"_s);
    QVERIFY(f.sync());
    QCOMPARE(f.announced, QStringList()); // seen stays seen
}

void TestSyncJob::newsIsTold()
{
    Fixture f;
    QList<NewAnswer> told;
    QStringList order;
    Archive &archive = f.archive.archive();
    QObject::connect(&archive, &Archive::casesChanged, &archive, [&order] { order.append(u"cases"_s); });
    QObject::connect(&archive, &Archive::answersCame, &archive, [&](AccountId account, const QList<NewAnswer> &answers) {
        QCOMPARE(account, f.account.id);
        told += answers;
        order.append(u"answers"_s);
    });
    f.service.add(u"case-1"_s, u"opened"_s, 8);
    f.service.add(u"case-2"_s, u"opened"_s, 2);
    QVERIFY(f.sync());
    QCOMPARE(told, {}); // history is no news
    f.service.write(u"case-1"_s, message(u"from the customer"_s, f.now - 3000));
    QVERIFY(f.sync());
    QCOMPARE(told, {}); // nor are one's own words
    order.clear();
    f.service.write(u"case-1"_s, message(u"the first"_s, f.now - 2000, true));
    f.service.write(u"case-1"_s, message(QString(1000, u'x'), f.now - 1000, true));
    f.service.write(u"case-2"_s, message(u"another"_s, f.now - 1000, true));
    QVERIFY(f.sync());
    QCOMPARE(order, QStringList({u"cases"_s, u"answers"_s})); // the rows know already
    QCOMPARE(told.size(), 3);
    QStringList texts;
    for (const NewAnswer &answer : std::as_const(told)) {
        texts.append(answer.excerpt);
        const QList<CommunicationRecord> messages = f.archive.messages(f.account.id, answer.caseId);
        QVERIFY(std::any_of(messages.begin(), messages.end(), [&](const CommunicationRecord &record) {
            return record.key == answer.communicationKey && record.body.startsWith(answer.excerpt)
                && record.created == answer.created && record.unread;
        }));
    }
    texts.sort();
    QCOMPARE(texts, QStringList({u"another"_s, u"the first"_s, QString(400, u'x')}));
    QVERIFY(f.sync());
    QCOMPARE(told.size(), 3); // once

    f.announced.clear();
    archive.markAllRead({f.account.id});
    QTRY_COMPARE(f.announced.size(), 2);
    QVERIFY(!f.archive.caseOf(u"case-1"_s).unread && !f.archive.caseOf(u"case-2"_s).unread);
    QVERIFY(!f.archive.messages(f.account.id, u"case-2"_s).last().unread);
}

void TestSyncJob::aServiceThatSendsNoMessages()
{
    Fixture f;
    f.service.sendsMessages = false;
    f.service.add(u"case-1"_s, u"opened"_s, 4);
    f.service.add(u"case-2"_s, u"resolved"_s, 4);
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls.size(), 1 + 2);
    QCOMPARE(f.bodies(u"case-2"_s).size(), 4);
    f.service.write(u"case-1"_s, message(u"new"_s, f.now - 2000, true));
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList({u"DescribeCases"_s, u"DescribeCommunications case-1"_s}));
    QVERIFY(f.archive.caseOf(u"case-1"_s).unread);
}

void TestSyncJob::leanLists()
{
    for (const bool ignores : {false, true}) {
        Fixture f;
        f.service.ignoresIncludeCommunications = ignores;
        for (int i = 0; i < 30; ++i)
            f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 8);
        QVERIFY(f.sync({.communications = false}));
        QCOMPARE(f.service.calls, QStringList{u"DescribeCases resolved"_s});
        QCOMPARE(f.archive.cases().size(), 30u);
        QCOMPARE(f.bodies(u"case-3"_s).size(), ignores ? 5 : 0);
        QCOMPARE(f.archive.account().lastSync, 0);
        QVERIFY(f.sync());
        QCOMPARE(f.service.calls.size(), 31);
        QCOMPARE(f.bodies(u"case-3"_s).size(), 8);
    }
}

void TestSyncJob::chainsOverWindowsOfTime()
{
    Fixture f;
    f.now = QDateTime::currentMSecsSinceEpoch();
    for (int i = 0; i < 800; ++i) {
        CaseDetails &made = f.service.add(u"case-%1"_s.arg(i), u"resolved"_s, 3);
        const qint64 created = f.now - (800 - i) * day;
        made.timeCreated = timestampText(created);
        for (Communication &m : made.recentCommunications->communications)
            m.timeCreated = made.timeCreated;
    }
    QVERIFY(f.sync({.chains = 3}));
    QCOMPARE(f.archive.cases().size(), 800u);
    QCOMPARE(f.service.calls.size(), 12); // one a window
    QCOMPARE(f.service.mostInFlight, 3);
    QCOMPARE(f.archive.account().lastSync, f.now);
}

QTEST_GUILESS_MAIN(TestSyncJob)
#include "tst_syncjob.moc"
