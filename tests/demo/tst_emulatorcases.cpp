#include "emulatorworld.h"

#include <QTest>

using namespace casement;
using namespace casement::demo;
using namespace casement::test;

class TestEmulatorCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesOfCases();
    void pagesStayWhenCasesCome();
    void tokensAreBound();
    void filters_data();
    void filters();
    void fiveNewestAndTheRest();
    void lifeOfACase();
    void reopening();
    void caseLimit();
    void redaction_data();
    void redaction();
};

void TestEmulatorCases::pagesOfCases()
{
    World world;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.maxResults = 10;
    QStringList ids;
    int pages = 0;
    do {
        const auto page = world.get(request);
        for (const CaseDetails &details : page.cases)
            ids.append(details.caseId);
        request.nextToken = page.nextToken;
        ++pages;
    } while (!request.nextToken.isEmpty() && pages < 20);
    QCOMPARE(pages, 3);
    QCOMPARE(ids.size(), 28);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 28);
    QCOMPARE(ids.constFirst(), QLatin1StringView("case-open"));
    QCOMPARE(ids.constLast(), QLatin1StringView("case-old-24"));
}

void TestEmulatorCases::pagesStayWhenCasesCome()
{
    World world;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.maxResults = 10;
    const auto first = world.get(request);
    world.get(newCase());
    request.nextToken = first.nextToken;
    const auto secondPage = world.get(request);
    QCOMPARE(secondPage.cases.constFirst().caseId, QLatin1StringView("case-old-7"));
}

void TestEmulatorCases::tokensAreBound()
{
    World world;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.maxResults = 10;
    const QString token = world.get(request).nextToken;
    request.nextToken = token;
    request.maxResults = 20; // another size of page is no other question
    QCOMPARE(world.ask(request).code, "");

    DescribeCases::Request other = request;
    other.language = QStringLiteral("en");
    QCOMPARE(world.ask(other).code, "ValidationException");
    DescribeCommunications::Request communications;
    communications.caseId = QStringLiteral("case-open");
    communications.nextToken = token;
    QCOMPARE(world.ask(communications).code, "ValidationException");
    request.nextToken = token.chopped(1) + (token.endsWith(QLatin1Char('A')) ? QLatin1Char('B') : QLatin1Char('A'));
    QCOMPARE(world.ask(request).code, "ValidationException");

    request.nextToken = token;
    world.now += 25 * hour;
    QCOMPARE(world.ask(request).code, "ValidationException");
    world.now = start;
    world.faults.tokensExpired = true;
    QCOMPARE(world.ask(request).code, "ValidationException");
    world.faults = {};
    world.faults.repeatToken = true;
    const QString repeated = world.get(request).nextToken;
    QVERIFY(!repeated.isEmpty());
    request.nextToken = repeated;
    QCOMPARE(world.get(request).nextToken, repeated);
}

void TestEmulatorCases::filters_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("count");

    const auto at = [](qint64 time) { return isoTime(utc(time)).toLatin1(); };
    QTest::newRow("open ones are the default") << QByteArray("{}") << 2;
    QTest::newRow("resolved ones too") << QByteArray(R"({"includeResolvedCases":true})") << 28;
    QTest::newRow("Japanese ones") << QByteArray(R"({"language":"ja"})") << 1;
    QTest::newRow("one by id") << QByteArray(R"({"caseIdList":["case-ja"]})") << 1;
    QTest::newRow("one twice") << QByteArray(R"({"caseIdList":["case-ja","case-ja","case-open"]})") << 2;
    QTest::newRow("a resolved one by id") << QByteArray(R"({"caseIdList":["case-recent"]})") << 0;
    QTest::newRow("after") << QByteArray(R"({"includeResolvedCases":true,"afterTime":")" + at(start - 3 * day) + "\"}")
                           << 2;
    // the last message of case-open came 11 minutes after it was opened
    QTest::newRow("after counts messages")
        << QByteArray(R"({"afterTime":")" + at(start - day + 11 * minute) + "\"}") << 1;
    QTest::newRow("after the last message")
        << QByteArray(R"({"afterTime":")" + at(start - day + 12 * minute) + "\"}") << 0;
    QTest::newRow("before") << QByteArray(R"({"includeResolvedCases":true,"beforeTime":")" + at(start - 30 * day)
                                          + "\"}")
                            << 25;
    QTest::newRow("between messages") << QByteArray(R"({"afterTime":")" + at(start - day + 30 * second)
                                                    + R"(","beforeTime":")" + at(start - day + 40 * second) + "\"}")
                                      << 0;
}

void TestEmulatorCases::filters()
{
    QFETCH(QByteArray, json);
    QFETCH(int, count);
    World world;
    for (int i = 0; i < 2; ++i) { // the second time from what was learnt
        const EmulatorAnswer answer = world.raw("DescribeCases", json);
        QCOMPARE(answer.code, "");
        QCOMPARE(decode<DescribeCases::Response>(answer.body).value().cases.size(), count);
    }
}

void TestEmulatorCases::fiveNewestAndTheRest()
{
    World world;
    const CaseDetails details = world.theCase(QStringLiteral("case-open"));
    QVERIFY(details.recentCommunications.has_value());
    const auto &recent = *details.recentCommunications;
    QCOMPARE(recent.communications.size(), 5);
    QCOMPARE(recent.communications.constFirst().body, QLatin1StringView("message 11"));
    QCOMPARE(recent.communications.constLast().body, QLatin1StringView("message 7"));
    QCOMPARE(recent.communications.constFirst().submittedBy, QLatin1StringView("Amazon Web Services"));
    QCOMPARE(recent.communications.constFirst().timeCreated, isoTime(utc(start - day + 11 * minute)));
    QCOMPARE(recent.communications.constFirst().attachments.size(), 2);
    QCOMPARE(recent.communications.constFirst().attachmentSet.size(), 1); // not the one over 5 MB

    DescribeCommunications::Request request;
    request.caseId = details.caseId;
    request.nextToken = recent.nextToken;
    const auto rest = world.get(request);
    QCOMPARE(rest.communications.size(), 7);
    QCOMPARE(rest.communications.constFirst().body, QLatin1StringView("message 6"));
    QCOMPARE(rest.communications.constLast().body, QLatin1StringView("message 0"));
    QVERIFY(rest.nextToken.isEmpty());

    request.nextToken.clear();
    request.maxResults = 10;
    const auto page = world.get(request);
    QCOMPARE(page.communications.size(), 10);
    request.nextToken = page.nextToken;
    QCOMPARE(world.get(request).communications.size(), 2);

    QVERIFY(!world.theCase(QStringLiteral("case-ja")).recentCommunications->communications.isEmpty());
    QVERIFY(world.theCase(QStringLiteral("case-ja")).recentCommunications->nextToken.isEmpty());
    DescribeCases::Request lean;
    lean.includeCommunications = false;
    QVERIFY(!world.get(lean).cases.constFirst().recentCommunications.has_value());
}

void TestEmulatorCases::lifeOfACase()
{
    World world;
    const QString caseId = world.get(newCase()).caseId;
    QVERIFY(caseId.startsWith(QLatin1StringView("case-111122223333-muen-2026-")));
    const CaseDetails made = world.theCase(caseId);
    QCOMPARE(made.displayId.size(), 15);
    QCOMPARE(made.status, QLatin1StringView("unassigned"));
    QCOMPARE(made.timeCreated, isoTime(utc(start)));
    QCOMPARE(world.emulator.nextEvent(), std::optional<qint64>(start + 2000));

    world.now += 2000;
    QCOMPARE(world.statusOf(caseId), QLatin1StringView("opened"));
    world.now += 2000;
    QCOMPARE(world.statusOf(caseId), QLatin1StringView("work-in-progress"));
    world.now += 60'000; // nobody looked meanwhile: the answer has the time at which it was due
    const CaseDetails answered = world.theCase(caseId);
    QCOMPARE(answered.status, QLatin1StringView("pending-customer-action"));
    QCOMPARE(answered.recentCommunications->communications.size(), 2);
    QCOMPARE(answered.recentCommunications->communications.constFirst().timeCreated, isoTime(utc(start + 8000)));
    QCOMPARE(answered.recentCommunications->communications.constFirst().submittedBy,
             QLatin1StringView("Amazon Web Services"));
    QVERIFY(!world.emulator.nextEvent());

    QCOMPARE(world.reply(caseId), QString());
    QCOMPARE(world.statusOf(caseId), QLatin1StringView("customer-action-completed"));
    world.now += 8000;
    QCOMPARE(world.statusOf(caseId), QLatin1StringView("pending-customer-action"));
    QCOMPARE(world.theCase(caseId).recentCommunications->communications.size(), 4);

    world.reply(caseId);
    ResolveCase::Request resolve;
    resolve.caseId = caseId;
    const auto resolved = world.get(resolve);
    QCOMPARE(resolved.initialCaseStatus, QLatin1StringView("customer-action-completed"));
    QCOMPARE(resolved.finalCaseStatus, QLatin1StringView("resolved"));
    world.now += 60'000;
    QCOMPARE(world.statusOf(caseId), QLatin1StringView("resolved")); // the engineer has stopped
    QCOMPARE(world.get(resolve).initialCaseStatus, QLatin1StringView("resolved"));
}

void TestEmulatorCases::reopening()
{
    World world;
    QCOMPARE(world.reply(QStringLiteral("case-recent")), QString());
    QCOMPARE(world.statusOf(QStringLiteral("case-recent")), QLatin1StringView("reopened"));
    ResolveCase::Request resolve;
    resolve.caseId = QStringLiteral("case-recent");
    world.get(resolve);
    world.now += 14 * day;
    QCOMPARE(world.reply(QStringLiteral("case-recent")), QString());
    world.get(resolve);
    world.now += 14 * day + 1;
    QCOMPARE(world.reply(QStringLiteral("case-recent")), QLatin1StringView("ValidationException"));
}

void TestEmulatorCases::caseLimit()
{
    World world;
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(world.ask(newCase()).code, "");
        world.now += minute;
    }
    QCOMPARE(world.ask(newCase()).code, "CaseCreationLimitExceeded");
    QCOMPARE(world.ask(newCase(), otherKey).code, ""); // each account has its own limit
    world.now = start + hour;
    QCOMPARE(world.ask(newCase()).code, "");
    QCOMPARE(world.ask(newCase()).code, "CaseCreationLimitExceeded");
}

void TestEmulatorCases::redaction_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("stored");
    const auto row = [](const char *name, const char *text, const char *stored) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(stored);
    };
    row("nothing secret", "Hello, 世界", "Hello, 世界");
    row("a secret access key", "key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY end", "key [REDACTED_BY_AWS] end");
    row("an access key id stays", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE");
    row("a commit stays", "0123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef01234567");
    row("a private key", "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nxyz\n-----END RSA PRIVATE KEY-----\nb",
        "a\n[REDACTED_BY_AWS]\nb");
    row("a private key without end", "a -----BEGIN PRIVATE KEY----- MIIE", "a [REDACTED_BY_AWS]");
    row("a card", "card 4111 1111 1111 1111.", "card [REDACTED_BY_AWS]-1111.");
    row("a card with a wrong digit stays", "card 4111 1111 1111 1112.", "card 4111 1111 1111 1112.");
    row("an account stays", "111122223333", "111122223333");
}

void TestEmulatorCases::redaction()
{
    QFETCH(QString, text);
    QFETCH(QString, stored);
    QCOMPARE(redactedByAws(text), stored);
    World world;
    QCOMPARE(world.reply(QStringLiteral("case-ja"), text), QString());
    QCOMPARE(world.theCase(QStringLiteral("case-ja")).recentCommunications->communications.constFirst().body, stored);
}

QTEST_GUILESS_MAIN(TestEmulatorCases)
#include "tst_emulatorcases.moc"
