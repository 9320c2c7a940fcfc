#include "archive/casestore.h"
#include "archive/fillstore.h"

#include "archive/caselisting.h"
#include "archive/communicationkey.h"
#include "archive/schema.h"
#include "archive/searchindex.h"
#include "fakeservice.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <tuple>

using namespace casement;
using namespace Qt::StringLiterals;

using casement::test::message;

namespace {

CaseDetails caseWith(const QString &status, const QList<Communication> &messages, const QString &token = {})
{
    CaseDetails details;
    details.caseId = u"case-1"_s;
    details.displayId = u"1701"_s;
    details.subject = u"Subject"_s;
    details.status = status;
    details.timeCreated = timestampText(1000);
    details.recentCommunications = RecentCaseCommunications{messages, token};
    return details;
}

struct Store
{
    Store()
    {
        database = std::move(*Database::open(u":memory:"_s, archiveMigrations()));
        account = ensureAccount(*database, u"demo:1"_s, u"Demo"_s, u"aws"_s)->id;
    }
    StoredPage put(const QList<CaseDetails> &cases, const StoreOptions &options = {})
    {
        Result<StoredPage> stored = storeCases(*database, account, {cases, {}}, options);
        if (!stored)
            qWarning("%s", qPrintable(stored.error().toLine()));
        return stored ? *stored : StoredPage();
    }
    CaseRecords cases()
    {
        CaseRecords all;
        const Result<void> loaded =
            loadCases(*database, {}, [&](CaseRecords batch) { all.insert(all.end(), batch.begin(), batch.end()); });
        return loaded ? all : CaseRecords();
    }
    QStringList bodies()
    {
        QStringList list;
        const auto messages = *loadCommunications(*database, account, u"case-1"_s);
        for (const CommunicationRecord &record : messages)
            list.append(record.body);
        return list;
    }
    bool isComplete() { return incompleteCases(*database, account, 0, PutOff::Last)->isEmpty(); }

    std::unique_ptr<Database> database;
    AccountId account = 0;
};

} // namespace

class TestCaseStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysStayTheSame();
    void twins();
    void turns_data();
    void turns();
    void completeness();
    void firstAnswers_data();
    void firstAnswers();
    void whatIsNotKnownOfAnAnswerIsFilledIn();
    void aFirstAnswerStaysKnown();
    void anOlderArchiveLearnsOfAnswers();
    void whatTheServiceLeavesOutIsKept();
    void allMembersAreKept();
    void anyOrderOfMessages();
    void filesOfBothListsAndLaterOnes();
    void sameIdsInTwoAccounts();
    void theNewestCaseFirst();
    void casesOfOneTimeKeepTheirOrder();
    void whatIsTypedIsFound_data();
    void whatIsTypedIsFound();
    void theNewestHitsFirst();
    void filesAreFoundByName_data();
    void filesAreFoundByName();
    void filterTextOfARecord();
};

/// Files of released versions hold these keys: they must never come out otherwise.
void TestCaseStore::keysStayTheSame()
{
    const QString key =
        communicationKey(u"case-1"_s, u"2026-01-02T03:04:05.678Z"_s, u"Amazon Web Services"_s, u"接続エラー"_s);
    QCOMPARE(key, u"2135140cbe15cca91a4da193978b1297"_s);
    QCOMPARE(communicationKey(u"case-1"_s, u"2026-01-02T03:04:05.678Z"_s, u"Amazon Web Services"_s, u"接続エラー"_s, 2),
             key + "-2"_L1);
    QCOMPARE(communicationKey({}, {}, {}, {}).size(), 32);
    QVERIFY(communicationKey(u"a"_s, u"b"_s, {}, {}) != communicationKey(u"ab"_s, {}, {}, {}));
}

void TestCaseStore::twins()
{
    Store store;
    const Communication hello = message(u"hello"_s, 2000);
    store.put({caseWith(u"opened"_s, {hello, hello, message(u"first"_s, 1000)})});
    QCOMPARE(store.bodies(), QStringList({u"first"_s, u"hello"_s, u"hello"_s}));
    store.put({caseWith(u"opened"_s, {hello, hello, message(u"first"_s, 1000)})});
    store.put({caseWith(u"opened"_s, {message(u"last"_s, 3000), hello})});
    QCOMPARE(store.bodies(), QStringList({u"first"_s, u"hello"_s, u"hello"_s, u"last"_s}));
    // The second page of a conversation begins with the last message of the first.
    for (const bool last : {false, true})
        QVERIFY(storeCommunications(*store.database, store.account, u"case-1"_s, {{hello}, {}}, last, {}));
    QCOMPARE(store.bodies().size(), 4);
}

void TestCaseStore::turns_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("speakers"); // oldest first: c(ustomer), a(ws), at 2000, 3000 …
    QTest::addColumn<int>("turn");
    QTest::addColumn<qint64>("since");

    const auto row = [](const char *name, const char *status, const char *speakers, Turn turn, qint64 since) {
        QTest::newRow(name) << QString::fromUtf8(status) << QString::fromUtf8(speakers) << int(turn) << since;
    };
    row("just opened", "unassigned", "c", Turn::Aws, 2000);
    row("AWS answered and works on", "work-in-progress", "ca", Turn::Aws, 2000);
    row("the customer wrote again", "customer-action-completed", "cac", Turn::Aws, 4000);
    row("AWS asks", "pending-customer-action", "ca", Turn::You, 3000);
    row("AWS asks, the customer wrote, the status lags", "pending-customer-action", "cac", Turn::You, 3000);
    row("AWS asked without a message", "pending-customer-action", "c", Turn::You, 1000);
    row("no messages known", "opened", "", Turn::Aws, 1000);
    row("closed", "resolved", "ca", Turn::Nobody, 3000);
    row("a status of the future", "in-orbit", "ca", Turn::Aws, 2000);
    row("no status", "", "ca", Turn::Aws, 2000);
}

void TestCaseStore::turns()
{
    QFETCH(QString, status);
    QFETCH(QString, speakers);
    Store store;
    QList<Communication> messages;
    for (qsizetype i = 0; i < speakers.size(); ++i)
        messages.prepend(message(u"text"_s, 2000 + i * 1000, speakers[i] == u'a'));
    store.put({caseWith(status, messages)});
    const CaseRecord record = store.cases().at(0);
    QTEST(int(record.turn), "turn");
    QTEST(record.turnSince, "since");
    QCOMPARE(record.created, 1000);
    QCOMPARE(record.updated, 1000 + speakers.size() * 1000);
}

void TestCaseStore::completeness()
{
    const auto m = [](int number) { return message(u"m%1"_s.arg(number), 1000 * number); };
    Store store;
    store.put({caseWith(u"opened"_s, {m(9), m(8), m(7), m(6), m(5)}, u"more"_s)});
    QVERIFY(!store.isComplete());
    QVERIFY(storeCommunications(*store.database, store.account, u"case-1"_s,
                                {{m(9), m(8), m(7), m(6), m(5), m(4)}, u"more"_s}, false, {}));
    QVERIFY(!store.isComplete());
    QVERIFY(storeCommunications(*store.database, store.account, u"case-1"_s, {{m(3), m(2), m(1)}, {}}, true,
                                {.received = 6}));
    QVERIFY(store.isComplete());
    store.put({caseWith(u"opened"_s, {m(10), m(9), m(8), m(7), m(6)}, u"more"_s)});
    QVERIFY(store.isComplete());
    store.put({caseWith(u"opened"_s, {m(14), m(13), m(12), m(11), m(10)}, u"more"_s)});
    QVERIFY(store.isComplete());
    store.put({caseWith(u"opened"_s, {m(20), m(19), m(18), m(17), m(16)}, u"more"_s)}); // where is m15?
    QVERIFY(!store.isComplete());
    store.put({caseWith(u"opened"_s, {m(20), m(19), m(18), m(17), m(16)},
                        u"more"_s)}); // known now, but still not reaching back
    QVERIFY(!store.isComplete());
    CaseDetails lean = caseWith(u"opened"_s, {});
    lean.recentCommunications.reset();
    store.put({lean}, {.messagesAsked = false});
    QVERIFY(!store.isComplete());
    QVERIFY(
        storeCommunications(*store.database, store.account, u"case-1"_s, {{m(20), m(15)}, {}}, true, {.received = 18}));
    store.put({lean}, {.messagesAsked = false});
    QVERIFY(store.isComplete());
    QCOMPARE(store.bodies().size(), 20);
}

// Messages: c the customer's, a AWS's, ? one of AWS whose time can't be read. The first stands at 1 s.
void TestCaseStore::firstAnswers_data()
{
    QTest::addColumn<QString>("messages");
    QTest::addColumn<bool>("older"); // than those that came are to be had
    QTest::addColumn<FirstAnswer>("expected");
    QTest::addColumn<qint64>("answered");
    const auto row = [](const char *name, const char *messages, bool older, FirstAnswer expected, qint64 answered) {
        QTest::newRow(name) << QString::fromLatin1(messages) << older << expected << answered;
    };
    row("nobody has answered", "c", false, FirstAnswer::NotYet, 0);
    row("the customer wrote again and again", "ccccc", false, FirstAnswer::NotYet, 0);
    row("AWS answered", "ca", false, FirstAnswer::Given, 2000);
    row("AWS answered twice", "ccaca", false, FirstAnswer::Given, 3000);
    row("AWS began", "a", false, FirstAnswer::Given, 1000);
    row("five of many, none from AWS", "ccccc", true, FirstAnswer::NotKnown, 0);
    row("five of many, one from AWS", "cacac", true, FirstAnswer::Given, 0);
    row("no message at all", "", false, FirstAnswer::NotKnown, 0);
    row("no message at all of many", "", true, FirstAnswer::NotKnown, 0);
    row("an answer at no readable time", "c?", false, FirstAnswer::Given, 0);
    row("a later answer does not count as the first", "c?a", false, FirstAnswer::Given, 0);
}

void TestCaseStore::firstAnswers()
{
    QFETCH(QString, messages);
    QFETCH(bool, older);
    QFETCH(FirstAnswer, expected);
    QFETCH(qint64, answered);
    QList<Communication> list;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        Communication one = message(u"m%1"_s.arg(i), 1000 * (i + 1), messages.at(i) != u'c');
        if (messages.at(i) == u'?')
            one.timeCreated = u"yesterday"_s;
        list.prepend(one);
    }
    const CaseDetails details = caseWith(u"opened"_s, list, older ? u"more"_s : QString());
    Store store;
    const StoredPage stored = store.put({details});
    QCOMPARE(stored.changed.size(), 1u);
    DescribeCases::Response page;
    page.cases = {details};
    const Result<ListedPage> listed = readListing(encode(page), store.account);
    QVERIFY(listed);
    for (const CaseRecord &record : {stored.changed.at(0), store.cases().at(0), listed->records.at(0)}) {
        QCOMPARE(record.firstAnswer, expected);
        QCOMPARE(record.answered, answered);
    }
}

void TestCaseStore::whatIsNotKnownOfAnAnswerIsFilledIn()
{
    const auto m = [](int number) { return message(u"m%1"_s.arg(number), 1000 * number, number == 2); };
    Store store;
    store.put({caseWith(u"opened"_s, {m(8), m(7), m(6), m(5), m(4)}, u"more"_s)});
    QCOMPARE(store.cases().at(0).firstAnswer, FirstAnswer::NotKnown);
    QVERIFY(storeCommunications(*store.database, store.account, u"case-1"_s,
                                {{m(8), m(7), m(6), m(5), m(4)}, u"more"_s}, false, {}));
    QCOMPARE(store.cases().at(0).firstAnswer, FirstAnswer::NotKnown);
    const auto last = storeCommunications(*store.database, store.account, u"case-1"_s, {{m(3), m(2), m(1)}, {}}, true,
                                          {.received = 5});
    QCOMPARE(last->changed.at(0).firstAnswer, FirstAnswer::Given);
    QCOMPARE(last->changed.at(0).answered, 2000);
    QCOMPARE(store.cases().at(0).answered, 2000);

    // The last page may bring nothing but that nothing is missing.
    Store other;
    other.put({caseWith(u"opened"_s, {m(7), m(6), m(5)}, u"more"_s)});
    const auto nothing =
        storeCommunications(*other.database, other.account, u"case-1"_s, {{m(5)}, {}}, true, {.received = 2});
    QCOMPARE(nothing->changed.size(), 1u);
    QCOMPARE(nothing->changed.at(0).firstAnswer, FirstAnswer::NotYet);
    const auto again =
        storeCommunications(*other.database, other.account, u"case-1"_s, {{m(5)}, {}}, true, {.received = 2});
    QVERIFY(again->changed.empty());
}

void TestCaseStore::aFirstAnswerStaysKnown()
{
    const auto m = [](int number, bool fromAws = false) {
        return message(u"m%1"_s.arg(number), 1000 * number, fromAws);
    };
    Store store;
    store.put({caseWith(u"opened"_s, {m(2, true), m(1)})});
    QCOMPARE(store.cases().at(0).answered, 2000);
    store.put({caseWith(u"opened"_s, {m(20), m(19, true), m(18), m(17), m(16)}, u"more"_s)}); // some are missing now
    QCOMPARE(store.cases().at(0).firstAnswer, FirstAnswer::Given);
    QCOMPARE(store.cases().at(0).answered, 2000);

    // Where nothing was answered, one of the missing messages may be the answer.
    Store other;
    other.put({caseWith(u"opened"_s, {m(1)})});
    QCOMPARE(other.cases().at(0).firstAnswer, FirstAnswer::NotYet);
    other.put({caseWith(u"opened"_s, {m(20), m(19), m(18), m(17), m(16)}, u"more"_s)});
    QCOMPARE(other.cases().at(0).firstAnswer, FirstAnswer::NotKnown);
}

void TestCaseStore::anOlderArchiveLearnsOfAnswers()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"archive.sqlite"_s);
    {
        const auto before = archiveMigrations().first(2);
        const auto database = std::move(*Database::open(path, before));
        const auto add = [&](const char *sql) { QVERIFY(database->prepare(sql).run()); };
        add("INSERT INTO accounts (key, name, partition) VALUES ('a', 'A', 'aws')");
        for (const auto &[id, complete] : {std::pair(1, 1), {2, 0}, {3, 1}, {4, 2}, {5, 1}}) {
            database
                ->prepare("INSERT INTO cases VALUES (?, 1, 0, ?, 0, 0, 0, ?, 0, 'case-' || ?, '', 'opened', '', '', "
                          "'', '', '', '', '', '')")
                .run(id, 9000 - id, complete, id);
        }
        for (const auto &[caseRow, created, fromAws] : {std::tuple(1, 1000, 0),
                                                        {1, 3000, 1},
                                                        {1, 2000, 1},
                                                        {2, 1000, 0},
                                                        {2, 2000, 1},
                                                        {3, 1000, 0},
                                                        {4, 1000, 0}}) {
            database
                ->prepare("INSERT INTO communications (caseRow, created, fromAws, unread, key, timeCreated, "
                          "submittedBy, body) VALUES (?, ?, ?, 0, ?, '', '', '')")
                .run(caseRow, created, fromAws, created);
        }
        QVERIFY(database->takeError());
    }
    Store store;
    store.database = std::move(*Database::open(path, archiveMigrations()));
    const CaseRecords cases = store.cases();
    QCOMPARE(cases.size(), 5u);
    const std::array<std::pair<FirstAnswer, qint64>, 5> expected{{{FirstAnswer::Given, 2000},
                                                                  {FirstAnswer::Given, 0}, // some are missing
                                                                  {FirstAnswer::NotYet, 0},
                                                                  {FirstAnswer::NotKnown, 0},
                                                                  {FirstAnswer::NotKnown, 0}}}; // no message
    for (size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(cases[i].caseId.toString(), u"case-%1"_s.arg(i + 1));
        QCOMPARE(cases[i].firstAnswer, expected[i].first);
        QCOMPARE(cases[i].answered, expected[i].second);
    }
}

void TestCaseStore::whatTheServiceLeavesOutIsKept()
{
    Store store;
    store.put({caseWith(u"opened"_s, {message(u"text"_s, 2000)})});
    CaseDetails bare;
    bare.caseId = u"case-1"_s;
    const StoredPage again = store.put({bare});
    QVERIFY(again.changed.empty());
    QCOMPARE(store.cases().at(0).subject.toString(), u"Subject"_s);
    QCOMPARE(store.bodies(), QStringList{u"text"_s});
    const StoredPage gone = {
        .changed = *markGone(*store.database, store.account, {u"case-1"_s, u"never-heard-of"_s}, Gone::Said, 0)};
    QCOMPARE(gone.changed.size(), 1u);
    QCOMPARE(store.bodies().size(), 1);
}

void TestCaseStore::allMembersAreKept()
{
    Store store;
    CaseDetails details = caseWith(u"in-orbit"_s, {});
    details.serviceCode = u"a-service-of-tomorrow"_s;
    details.categoryCode = u"cat"_s;
    details.severityCode = u"apocalyptic"_s;
    details.submittedBy = u"Jörg 接続 <j@example.com>"_s;
    details.timeCreated = u"last Tuesday"_s;
    details.language = u"tlh"_s;
    details.ccEmailAddresses = {u"a@example.com"_s, u"b@example.com"_s};
    store.put({details});
    const CaseDetails kept = *loadCase(*store.database, store.account, u"case-1"_s);
    QCOMPARE(kept.submittedBy, details.submittedBy);
    QCOMPARE(kept.ccEmailAddresses, details.ccEmailAddresses);
    QCOMPARE(kept.severityCode, details.severityCode);
    const CaseRecord record = store.cases().at(0);
    QCOMPARE(record.timeCreatedText.toString(), u"last Tuesday"_s);
    QCOMPARE(record.created, 0);
    QCOMPARE(record.language.toString(), u"tlh"_s);
    QCOMPARE(record.categoryCode.toString(), u"cat"_s);
    QCOMPARE(record.serviceCode.toString(), u"a-service-of-tomorrow"_s);
    details.ccEmailAddresses = {};
    store.put({details});
    QCOMPARE(loadCase(*store.database, store.account, u"case-1"_s)->ccEmailAddresses, QStringList());
}

void TestCaseStore::anyOrderOfMessages()
{
    const QList<Communication> right{message(u"3"_s, 3000), message(u"2"_s, 2000, true), message(u"1"_s, 1000)};
    for (const QList<int> &order : {QList{0, 1, 2}, QList{2, 1, 0}, QList{1, 2, 0}}) {
        Store store;
        QList<Communication> list;
        for (const int i : order)
            list.append(right[i]);
        store.put({caseWith(u"opened"_s, list)});
        QCOMPARE(store.bodies(), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(store.cases().at(0).updated, 3000);
    }
    Store store; // without readable times: newest first, as the service lists them
    Communication a = message(u"a"_s, 0);
    Communication b = message(u"b"_s, 0);
    a.timeCreated = b.timeCreated = u"soon"_s;
    store.put({caseWith(u"opened"_s, {b, a})});
    QCOMPARE(store.bodies(), QStringList({u"a"_s, u"b"_s}));
}

void TestCaseStore::filesOfBothListsAndLaterOnes()
{
    Store store;
    Communication with = message(u"see file"_s, 2000);
    with.attachmentSet = {{u"att-1"_s, u"small.log"_s}};
    store.put({caseWith(u"opened"_s, {with})});
    with.attachments = {{u"att-2"_s, u"大.zip"_s}, {u"att-1"_s, u"small.log"_s}};
    const StoredPage page = store.put({caseWith(u"opened"_s, {with})});
    QCOMPARE(page.newMessages, QStringList{u"case-1"_s});
    const auto messages = *loadCommunications(*store.database, store.account, u"case-1"_s);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.at(0).attachments,
             QList<AttachmentRecord>({{u"att-1"_s, u"small.log"_s}, {u"att-2"_s, u"大.zip"_s}}));
    QVERIFY(store.put({caseWith(u"opened"_s, {with})}).newMessages.isEmpty());
}

void TestCaseStore::sameIdsInTwoAccounts()
{
    Store store;
    const AccountId other = ensureAccount(*store.database, u"demo:2"_s, u"Other"_s, u"aws-cn"_s)->id;
    store.put({caseWith(u"opened"_s, {message(u"mine"_s, 2000)})});
    QVERIFY(storeCases(*store.database, other, {{caseWith(u"resolved"_s, {message(u"theirs"_s, 2000)})}, {}}, {}));
    QCOMPARE(store.cases().size(), 2u);
    QCOMPARE(store.bodies(), QStringList{u"mine"_s});
    CaseRecords only;
    QVERIFY(loadCases(*store.database, {other}, [&only](CaseRecords batch) { only = std::move(batch); }));
    QCOMPARE(only.size(), 1u);
    QCOMPARE(only[0].account, other);
    QVERIFY(!only[0].sameCase(store.cases()[0]) || !only[0].sameCase(store.cases()[1]));
    QCOMPARE(ensureAccount(*store.database, u"demo:2"_s, u"Renamed"_s, u"aws-cn"_s)->id, other);
    QCOMPARE(loadAccounts(*store.database)->at(1).name, u"Renamed"_s);
}

void TestCaseStore::theNewestCaseFirst()
{
    Store store;
    QList<CaseDetails> list;
    for (int i = 0; i < 4100; ++i) {
        CaseDetails details;
        details.caseId = u"case-%1"_s.arg(i);
        details.timeCreated = timestampText(1'000'000 + (i * 7919 % 4100) * 1000);
        list.append(details);
    }
    store.put(list);
    const CaseRecords all = store.cases();
    QCOMPARE(all.size(), 4100u);
    QVERIFY(std::is_sorted(all.begin(), all.end(),
                           [](const CaseRecord &a, const CaseRecord &b) { return a.updated > b.updated; }));
}

void TestCaseStore::casesOfOneTimeKeepTheirOrder()
{
    Store store;
    QList<CaseDetails> list;
    QStringList ids;
    for (int i = 0; i < 50; ++i) {
        CaseDetails details;
        details.caseId = u"case-%1"_s.arg(i * 37 % 50);
        details.timeCreated = timestampText(1'000'000);
        list.append(details);
        ids.append(details.caseId);
    }
    store.put(list);
    store.put({list.last()});
    QStringList read; // as a list shows them that saw them come
    for (const CaseRecord &record : store.cases())
        read.append(record.caseId.toString());
    QCOMPARE(read, ids);
}

void TestCaseStore::whatIsTypedIsFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found"); // first letters of the texts below

    const auto row = [](const char *typed, const char *found) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(found);
    };
    row("接続", "AC");
    row("東京", "AB");
    row("京都", "B");
    row("東京　接続", "A");
    row("接続エラー", "A");
    row("エラー", "A");
    row("ｴﾗｰ", "A"); // half-width
    row("続", "AC");
    row("都", "B"); // the last of its run
    row("続接", "");
    row("接続が", "C");
    row("503", "AD");
    row("５０３", "AD");
    row("time out", "D");
    row("TIMEOUT", "E");
    row("time", "DE");
    row("out", "D"); // words from their beginning: not timeOUT
    row("imeout", "");
    row("\"time out\"", "");
    row("\"quoted\"", "F");
    row("it's", "F");
    row("100%", "F");
    row("%", "F");
    row("_", "G");
    row("my_table", "G");
    row("my-table", "");
    row("mytable", "");
    row("👍", "G");
    row("👎", "");
    row("a OR b", "");
    row("NEAR(time)", "");
    row("time AND out", "");
    row("-time", "");
    row("*", "");
    row("rds:modify", "H");
    row("i-0abc", "H");
    row("café", "H");
    row("subject words", "S");
    row("件名", "S");
    row("", "");
}

void TestCaseStore::whatIsTypedIsFound()
{
    QFETCH(QString, typed);
    Store store;
    QList<Communication> messages;
    for (const QString &text :
         {u"A 東京リージョンで接続エラー（503）が出ます。"_s, u"B 東京都と京都"_s, u"C ＶＰＮの接続が切れる"_s,
          u"D Requests time out with 503 errors"_s, u"E The Timeout is 30 s"_s, u"F it's \"quoted\" and 100% sure"_s,
          u"G my_table 👍🏽"_s, u"H rds:Modify on i-0abc123, Café"_s})
        messages.append(message(text, 2000));
    CaseDetails details = caseWith(u"opened"_s, messages);
    details.subject = u"S subject words, 件名"_s;
    store.put({details});
    const auto hits = searchArchive(*store.database, typed, 100);
    QVERIFY(hits);
    QString found;
    for (const SearchHit &hit : *hits) {
        QCOMPARE(hit.caseId, u"case-1"_s);
        QCOMPARE(hit.communicationKey.isEmpty(), hit.excerpt.startsWith(u'S'));
        found += hit.excerpt.at(0);
    }
    std::sort(found.begin(), found.end());
    QTEST(found, "found");
}

void TestCaseStore::theNewestHitsFirst()
{
    Store store;
    QList<Communication> messages;
    for (int i = 0; i < 500; ++i)
        messages.append(message(u"needle %1"_s.arg(i * 7919 % 500), 1000 + (i * 7919 % 500)));
    store.put({caseWith(u"opened"_s, messages)});
    const auto hits = *searchArchive(*store.database, u"needle"_s, 10);
    QCOMPARE(hits.size(), 10);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(hits[i].excerpt, u"needle %1"_s.arg(499 - i));
}

void TestCaseStore::filesAreFoundByName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found");
    const auto row = [](const QString &typed, const char *found) {
        QTest::newRow(qPrintable(typed)) << typed << QString::fromLatin1(found);
    };
    row(u"heap"_s, "Heap.hprof");
    row(u"HPROF"_s, "Heap.hprof"); // an ending is found by itself
    row(u"gc log"_s, "gc-1c.log");
    row(u"log"_s, "gc-1c.log");
    row(u"エラー"_s, "");
    row(u"100%"_s, "100%_sure.txt");
    row(u"_sure"_s, "100%_sure.txt");
    row(u"*.log"_s, "");
}

void TestCaseStore::filesAreFoundByName()
{
    QFETCH(QString, typed);
    QFETCH(QString, found);
    Store store;
    Communication first = message(u"one"_s, 1000);
    first.attachments = {{u"a1"_s, u"Heap.hprof"_s}, {u"a2"_s, u"gc-1c.log"_s}};
    Communication second = message(u"two"_s, 2000);
    second.attachmentSet = {{u"a3"_s, u"100%_sure.txt"_s}, {u"a4"_s, u"同じ名前"_s}, {u"a5"_s, u"同じ名前"_s}};
    store.put({caseWith(u"opened"_s, {first, second})});
    const auto hits = *searchArchive(*store.database, typed, 10);
    QCOMPARE(hits.size(), found.isEmpty() ? 0 : 1);
    if (!found.isEmpty()) {
        QCOMPARE(hits.first().place, SearchHit::Place::File);
        QCOMPARE(hits.first().excerpt, found);
        QVERIFY(!hits.first().communicationKey.isEmpty());
    }
    QCOMPARE(searchArchive(*store.database, u"同じ"_s, 10)->size(), 1); // once for both
}

void TestCaseStore::filterTextOfARecord()
{
    Store store;
    CaseDetails details = caseWith(u"Opened"_s, {});
    details.subject = u"ＶＰＮ Connection"_s;
    store.put({details});
    const QString folded = store.cases().at(0).folded.toString();
    QVERIFY(folded.startsWith(u"vpn connection\n1701\ncase-1\n"_s));
    QVERIFY(!folded.contains(u"opened"_s)); // which the filter finds by its name
}

QTEST_GUILESS_MAIN(TestCaseStore)
#include "tst_casestore.moc"
