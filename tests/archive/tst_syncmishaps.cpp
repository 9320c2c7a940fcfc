#include "archive/schema.h"
#include "syncfixture.h"

using namespace casement;
using namespace Qt::StringLiterals;

using casement::test::day;
using casement::test::FakeService;
using casement::test::message;
using Fixture = casement::test::SyncFixture;

class TestSyncMishaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileAnswers_data();
    void hostileAnswers();
    void aRefusedConversationStarvesNoOther_data();
    void aRefusedConversationStarvesNoOther();
    void manyRefusedConversationsStarveNoOther();
    void aListingOfEmptyPagesEnds();
    void aListingThatRepeatsItsCasesEnds();
    void anAnswerThatLacksWhatIsKnownIsNotWhole_data();
    void anAnswerThatLacksWhatIsKnownIsNotWhole();
    void aConversationOfNoCaseIsGone();
    void whatConcernsEverythingEndsTheFilling_data();
    void whatConcernsEverythingEndsTheFilling();
    void emptyAnswersForgetNoCase_data();
    void emptyAnswersForgetNoCase();
    void anErrorEndsTheSync();
    void aFailingArchiveIsToldAndHeals();
    void aFailedWriteStopsTheListing_data();
    void aFailedWriteStopsTheListing();
    void announcementsAreFewAndSmall();
};

void TestSyncMishaps::hostileAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("cases"); // -1: the sync fails

    QTest::newRow("everything missing") << QByteArray("{}") << -1;
    QTest::newRow("null lists") << QByteArray(R"({"cases":null,"nextToken":null})") << -1;
    QTest::newRow("an empty list") << QByteArray(R"({"cases":[],"nextToken":null})") << 0;
    QTest::newRow("a case with only its id") << QByteArray(R"({"cases":[{"caseId":"c"}]})") << 1;
    QTest::newRow("wrong types everywhere") << QByteArray(
        R"({"cases":[{"caseId":"c","subject":["a"],"status":{"x":1},"timeCreated":17,"ccEmailAddresses":"no list",)"
        R"("recentCommunications":[1,2],"language":false}]})")
                                            << 1;
    QTest::newRow("messages without anything") << QByteArray(
        R"({"cases":[{"caseId":"c","recentCommunications":{"communications":[{},null,{"body":null},{}]}}]})")
                                               << 1;
    QTest::newRow("dates that are none") << QByteArray(
        R"({"cases":[{"caseId":"c","timeCreated":"yesterday","recentCommunications":)"
        R"({"communications":[{"body":"b","timeCreated":"9999-99-99T99:99:99Z"}]}}]})")
                                         << 1;
    QTest::newRow("Japanese and lone surrogates")
        << QByteArray("{\"cases\":[{\"caseId\":\"c\",\"subject\":\"\xE6\x8E\xA5\xE7\xB6\x9A \\ud83d\"}]}") << 1;
    QTest::newRow("a token that is none") << QByteArray(R"({"cases":[{"caseId":"c"}],"nextToken":{"a":"b"}})") << -1;
    QTest::newRow("not an object") << QByteArray("[]") << -1;
    QTest::newRow("cut") << QByteArray(R"({"cases":[{"caseId":"c"},)") << -1;
    QTest::newRow("cut, with what looks like a token at its end")
        << QByteArray(R"({"cases":[{"caseId":"c"},"nextToken":"a"})") << -1;
    QTest::newRow("another operation's answer") << QByteArray(R"({"services":[]})") << -1;
}

void TestSyncMishaps::hostileAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(int, cases);
    Fixture f;
    f.service.instead = [body](int number, const QString &call) -> std::optional<FakeService::Answer> {
        if (call.startsWith("DescribeCommunications"_L1) || number > 2)
            return ServiceAnswer{R"({"communications":[]})", {}};
        return ServiceAnswer{body, u"request-9"_s};
    };
    const Result<void> first = f.sync();
    QCOMPARE(bool(first), cases >= 0);
    QCOMPARE(int(f.archive.cases().size()), std::max(cases, 0));
    if (first) {
        QVERIFY(f.sync()); // and once more over what is known
        QCOMPARE(int(f.archive.cases().size()), cases);
    } else {
        QCOMPARE(first.error().kind, Error::Kind::BadAnswer);
        QCOMPARE(first.error().operation, u"DescribeCases"_s);
        QCOMPARE(first.error().requestId, u"request-9"_s);
    }
}

void TestSyncMishaps::aRefusedConversationStarvesNoOther_data()
{
    QTest::addColumn<FakeService::Answer>("answer");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("calls"); // for the bad conversation
    QTest::addColumn<qint64>("lasts");

    const qint64 hour = day / 24;
    QTest::newRow("refused") << FakeService::Answer(FakeService::refusal(u"ValidationException"_s, u"bad case"_s))
                             << u"ValidationException"_s << 1 << day;
    QTest::newRow("not JSON") << FakeService::Answer(ServiceAnswer{"<html>", u"r"_s}) << QString() << 1 << hour;
    QTest::newRow("not JSON, but its token reads")
        << FakeService::Answer(ServiceAnswer{R"(<html>,"nextToken":"c1"})", u"r"_s}) << QString() << 2 << hour;
    QTest::newRow("the same token for ever")
        << FakeService::Answer(ServiceAnswer{R"({"communications":[],"nextToken":"c1"})", u"r"_s}) << QString() << 2
        << hour;
    QTest::newRow("an error inside the service")
        << FakeService::Answer(Error{.kind = Error::Kind::Unavailable, .httpStatus = 500}) << QString() << 1 << hour;
}

void TestSyncMishaps::aRefusedConversationStarvesNoOther()
{
    QFETCH(FakeService::Answer, answer);
    QFETCH(QString, code);
    QFETCH(int, calls);
    QFETCH(qint64, lasts);
    Fixture f;
    for (int i = 0; i < 250; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, i < 210 ? 1 : 7);
    f.service.instead = [answer](int, const QString &call) {
        return call.startsWith("DescribeCommunications case-245"_L1) ? std::optional(answer) : std::nullopt;
    };
    const auto asked = [&f] { return f.service.calls.filter(u"case-245"_s).size(); };
    const Result<void> first = f.sync();
    QVERIFY(!first);
    QCOMPARE(first.error().kind, Error::Kind::Incomplete);
    QCOMPARE(first.error().code, code);
    QVERIFY2(first.error().message.contains("case-245"_L1), qPrintable(first.error().message));
    QCOMPARE(asked(), calls);
    QCOMPARE(f.service.calls.size(), 3 + 39 + calls);
    for (int i = 210; i < 250; ++i)
        QCOMPARE(f.bodies(u"case-%1"_s.arg(i)).size(), i == 245 ? 5 : 7);
    QCOMPARE(f.archive.account().lastSync, f.now);
    f.now += lasts / 2;
    QVERIFY(f.sync({.inBackground = true})); // what is new, and not the bad one again
    QCOMPARE(f.service.calls,
             QStringList({u"DescribeCases"_s, u"DescribeCases token=c100"_s, u"DescribeCases token=c200"_s}));
    const Result<void> again = f.sync(); // a person wants it all, and hears that it is not
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Incomplete);
    QCOMPARE(asked(), calls);
    f.now += lasts;
    QVERIFY(!f.sync({.inBackground = true})); // now it is due
    QCOMPARE(asked(), calls);
    f.service.at(u"case-245"_s).status = u"reopened"_s;
    QVERIFY(!f.sync({.inBackground = true})); // and when the case changed
    QCOMPARE(asked(), calls);
    f.service.instead = nullptr;
    f.now += lasts;
    QVERIFY(f.sync());
    QCOMPARE(f.bodies(u"case-245"_s).size(), 7);
    QVERIFY(!f.archive.caseOf(u"case-245"_s).unread); // history is no news
}

/// More refused conversations than are tried in a row: the others still get their turn.
void TestSyncMishaps::manyRefusedConversationsStarveNoOther()
{
    Fixture f;
    for (int i = 0; i < 60; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 7);
    const auto isRefused = [](const QString &call) {
        return call.startsWith("DescribeCommunications case-1"_L1)
            || call.startsWith("DescribeCommunications case-2"_L1)
            || call.startsWith("DescribeCommunications case-3"_L1);
    };
    f.service.instead = [&](int, const QString &call) {
        return isRefused(call)
            ? std::optional<FakeService::Answer>(FakeService::refusal(u"ValidationException"_s, u"bad case"_s))
            : std::nullopt;
    };
    // Each sync tries ten in a row at most, and the next one those that were not tried.
    for (int i = 0; i < 5; ++i)
        QVERIFY(!f.sync());
    for (int i = 0; i < 60; ++i) {
        const QString id = u"case-%1"_s.arg(i);
        QCOMPARE(f.bodies(id).size(), isRefused(u"DescribeCommunications "_s + id) ? 5 : 7);
    }
}

/// Tokens that are always new, and nothing on the pages.
void TestSyncMishaps::aListingOfEmptyPagesEnds()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 1);
    f.service.instead = [](int number, const QString &call) -> std::optional<FakeService::Answer> {
        if (!call.startsWith("DescribeCases"_L1))
            return {};
        return ServiceAnswer{R"({"cases":[],"nextToken":"t%1"})"_ba.replace("%1", QByteArray::number(number)), u"r"_s};
    };
    const Result<void> result = f.sync();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Incomplete);
    QVERIFY2(f.service.calls.size() < 200, qPrintable(QString::number(f.service.calls.size())));
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 1u);
}

/// Tokens that are always new, and the same cases on each page.
void TestSyncMishaps::aListingThatRepeatsItsCasesEnds()
{
    Fixture f;
    for (int i = 0; i < 10; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    for (const bool first : {true, false}) {
        f.service.instead = [&f](int number, const QString &call) -> std::optional<FakeService::Answer> {
            if (!call.startsWith("DescribeCases"_L1))
                return {};
            DescribeCases::Response page;
            for (int i = 0; i < 10; ++i)
                page.cases.append(f.service.at(u"case-%1"_s.arg(i)));
            page.nextToken = u"t%1"_s.arg(number);
            return ServiceAnswer{encode(page), u"r"_s};
        };
        const Result<void> result = f.sync();
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Incomplete);
        QVERIFY2(f.service.calls.size() < 200, qPrintable(QString::number(f.service.calls.size())));
        QCOMPARE(f.archive.cases().size(), 10u);
        if (first) {
            f.service.instead = nullptr;
            QVERIFY(f.sync());
        }
    }
}

void TestSyncMishaps::anAnswerThatLacksWhatIsKnownIsNotWhole_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << "{}"_ba;
    QTest::newRow("no message") << R"({"communications":[]})"_ba;
    QTest::newRow("null") << R"({"communications":null})"_ba;
}

void TestSyncMishaps::anAnswerThatLacksWhatIsKnownIsNotWhole()
{
    QFETCH(QByteArray, body);
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 20);
    f.service.instead = [body](int, const QString &call) -> std::optional<FakeService::Answer> {
        if (call.startsWith("DescribeCommunications"_L1))
            return ServiceAnswer{body, u"r"_s};
        return {};
    };
    const Result<void> result = f.sync();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Incomplete);
    QCOMPARE(f.stateOf(u"case-1"_s), ConversationState::Lacking);
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    QCOMPARE(f.bodies(u"case-1"_s).size(), 20);
    QCOMPARE(f.stateOf(u"case-1"_s), ConversationState::Whole);
}

void TestSyncMishaps::aConversationOfNoCaseIsGone()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 7);
    f.service.instead = [](int, const QString &call) {
        return call.startsWith("DescribeCommunications"_L1)
            ? std::optional<FakeService::Answer>(FakeService::refusal(u"CaseIdNotFound"_s, u"no such case"_s))
            : std::nullopt;
    };
    QVERIFY(f.sync());
    QCOMPARE(f.stateOf(u"case-1"_s), ConversationState::Gone);
}

void TestSyncMishaps::whatConcernsEverythingEndsTheFilling_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<int>("most");

    QTest::newRow("no connection") << Error{.kind = Error::Kind::CannotConnect} << 3;
    QTest::newRow("too many calls") << Error{.kind = Error::Kind::Throttled} << 3;
    QTest::newRow("no right to it") << FakeService::refusal(u"AccessDeniedException"_s) << 3;
    QTest::newRow("no plan") << FakeService::refusal(u"SubscriptionRequiredException"_s) << 3;
    QTest::newRow("each is refused") << FakeService::refusal(u"ValidationException"_s) << 12;
}

void TestSyncMishaps::whatConcernsEverythingEndsTheFilling()
{
    QFETCH(Error, error);
    QFETCH(int, most);
    Fixture f;
    for (int i = 0; i < 50; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 7);
    f.service.instead = [error](int, const QString &call) {
        return call.startsWith("DescribeCommunications"_L1) ? std::optional(FakeService::Answer(error)) : std::nullopt;
    };
    const Result<void> result = f.sync();
    QVERIFY(!result);
    // What is about each case is told as what is missing.
    QCOMPARE(result.error().kind, error.code == "ValidationException"_L1 ? Error::Kind::Incomplete : error.kind);
    QVERIFY2(f.service.calls.size() <= 1 + most, qPrintable(QString::number(f.service.calls.size())));
    QCOMPARE(f.archive.account().lastSync, f.now); // the listing was whole
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    f.now += day - 1;
    QVERIFY(f.sync());
    f.now += 1;
    QVERIFY(f.sync());
    QCOMPARE(f.bodies(u"case-49"_s).size(), 7);
    QVERIFY(!f.archive.caseOf(u"case-0"_s).unread);
}

void TestSyncMishaps::emptyAnswersForgetNoCase_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("calls");

    QTest::newRow("no list") << "{}"_qba << 1; // there is nothing to go on with
    QTest::newRow("null") << R"({"cases":null})"_qba << 1;
    QTest::newRow("items that are none") << R"({"cases":[null]})"_qba << 3;
    QTest::newRow("items without id") << R"({"cases":[{"subject":"x"}]})"_qba << 3;
    QTest::newRow("an empty list") << R"({"cases":[]})"_qba << 2;
}

void TestSyncMishaps::emptyAnswersForgetNoCase()
{
    QFETCH(QByteArray, body);
    QFETCH(int, calls);
    Fixture f;
    for (int i = 0; i < 30; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    QVERIFY(f.sync());
    f.service.instead = [body](int, const QString &) {
        return std::optional(FakeService::Answer(ServiceAnswer{body, {}}));
    };
    (void)f.sync();
    QCOMPARE(f.service.calls.size(), calls);
    QCOMPARE(f.archive.caseOf(u"case-3"_s).turn, Turn::Aws);
    f.service.instead = nullptr;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(u"case-3"_s).turn, Turn::Aws);
    QCOMPARE(f.announced.size(), 0);
}

void TestSyncMishaps::anErrorEndsTheSync()
{
    Fixture f;
    for (int i = 0; i < 250; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    f.service.instead = [](int number, const QString &) -> std::optional<FakeService::Answer> {
        return number == 3 ? std::optional<FakeService::Answer>(Error{.kind = Error::Kind::Throttled}) : std::nullopt;
    };
    const Result<void> result = f.sync();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Throttled);
    QVERIFY(f.announced.size() >= 200); // both pages that came before it
    QTRY_VERIFY(f.archive.cases().size() >= 200); // what came stays
    QCOMPARE(f.archive.account().lastSync, 0);
}

void TestSyncMishaps::aFailingArchiveIsToldAndHeals()
{
    Fixture f;
    for (int i = 0; i < 250; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 2);
    QList<Error> told;
    const auto listen = [&] {
        QObject::connect(&f.archive.archive(), &Archive::failed, &f.archive.archive(),
                         [&told](const Error &e) { told.append(e); });
    };
    listen();
    const auto fullDisk = [&f](int pages) {
        const auto database = Database::open(f.archive.path(), archiveMigrations());
        return database
            && (*database)->runOnce(pages ? u"CREATE TRIGGER full BEFORE INSERT ON communications BEGIN SELECT "
                                            "RAISE(ABORT, 'no room'); END"_s
                                          : u"DROP TRIGGER full"_s);
    };
    QVERIFY(fullDisk(1));
    const Result<void> result = f.sync();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Archive);
    QCOMPARE(told.size(), 1); // once, not once a page
    QCOMPARE(f.announced.size(), 250); // shown all the same
    QVERIFY(fullDisk(0));
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 250u);
    QCOMPARE(f.bodies(u"case-17"_s).size(), 2);
}

void TestSyncMishaps::aFailedWriteStopsTheListing_data()
{
    QTest::addColumn<bool>("first");
    QTest::newRow("first sync") << true;
    QTest::newRow("later sync") << false;
}

void TestSyncMishaps::aFailedWriteStopsTheListing()
{
    QFETCH(bool, first);
    Fixture f;
    f.service.add(u"case-x"_s, u"opened"_s, 1);
    if (!first)
        QVERIFY(f.sync());
    for (int i = 0; i < 4000; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"opened"_s, 1);
    {
        const auto database = Database::open(f.archive.path(), archiveMigrations());
        QVERIFY(database);
        QVERIFY((*database)->runOnce(
            u"CREATE TRIGGER full BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'no room'); END"_s));
    }
    int told = 0;
    QObject::connect(&f.archive.archive(), &Archive::failed, &f.archive.archive(), [&told] { ++told; });
    f.service.instead = [&](int number, const QString &) -> std::optional<FakeService::Answer> {
        f.service.silent = first && number == 20; // a first sync shows for a while before it writes
        return {};
    };
    QStringList logged;
    static QStringList *log = nullptr;
    log = &logged;
    static QtMessageHandler before = nullptr;
    before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        if (text.contains("no room"_L1) && type == QtWarningMsg)
            log->append(text);
        else
            before(type, context, text);
    });
    const Result<void> result = f.sync();
    qInstallMessageHandler(before);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Archive);
    QVERIFY2(f.service.calls.size() <= 20, qPrintable(QString::number(f.service.calls.size())));
    QCOMPARE(logged.size(), 1);
    QCOMPARE(told, 1);
}

void TestSyncMishaps::announcementsAreFewAndSmall()
{
    Fixture f;
    constexpr int count = 3 * int(SyncJob::announcedAtOnce);
    f.service.pageSize = int(SyncJob::announcedAtOnce) + 500; // more at once than may be announced at once
    for (int i = 0; i < count; ++i)
        f.service.add(u"case-%1"_s.arg(i), u"resolved"_s, 1);
    bool listed = false;
    SyncJob job(f.client, f.archive.archive(), f.account);
    job.setAutoDelete(false);
    f.archive.archive().setWritesHeld(true);
    QObject::connect(&job, &SyncJob::listed, &job, [&] {
        listed = true;
        QCOMPARE(f.announced.size(), count);
    });
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(listed, 60'000);
    QVERIFY2(f.largest <= SyncJob::announcedAtOnce, qPrintable(QString::number(f.largest)));
    QVERIFY2(f.announcements < 100, qPrintable(QString::number(f.announcements)));
    QCOMPARE(f.archive.cases().size(), 0u);
    f.archive.archive().setWritesHeld(false);
    QTRY_COMPARE_WITH_TIMEOUT(job.state(), Job::State::Finished, 60'000);
    QVERIFY(job.result());
    QCOMPARE(f.archive.cases().size(), size_t(count));
}

QTEST_GUILESS_MAIN(TestSyncMishaps)
#include "tst_syncmishaps.moc"
