#include "support/rehearsal.h"

#include "demoservice.h"

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

DemoServiceOptions optionsOf(bool oldApi)
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = oldApi;
    return options;
}

CreateCase::Request newCase()
{
    CreateCase::Request request;
    request.subject = u"Only a question"_s;
    request.communicationBody = u"Would you take this?"_s;
    request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
    request.categoryCode = u"other"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    request.issueType = u"technical"_s;
    return request;
}

template <class Request> Result<void> rehearsed(test::DemoFixture &demo, const Request &request)
{
    std::optional<Result<void>> verdict;
    QObject context;
    rehearse(demo.client(), request, &context, [&](const Result<void> &given) { verdict.emplace(given); });
    if (verdict)
        return Error{.message = u"called back before it returned"_s};
    if (!QTest::qWaitFor([&] { return verdict.has_value(); }, 60'000))
        return Error{.kind = Error::Kind::TimedOut};
    return *verdict;
}

qsizetype countCases(test::DemoFixture &demo)
{
    qsizetype count = 0;
    demo.service().withEmulator([&](demo::Emulator &emulator) { count = emulator.accounts().first().cases.size(); });
    return count;
}

/// The open cases with their newest messages, as text; without page tokens, which are made anew each time.
QByteArray stateOf(test::DemoFixture &demo)
{
    DescribeCases::Request list;
    list.maxResults = 100;
    auto answer = demo.call(list);
    if (!answer)
        return {};
    for (CaseDetails &details : answer->cases)
        details.recentCommunications->nextToken.clear();
    return encode(*answer);
}

} // namespace

/// A rehearsal does nothing at the service, also at one that does not know what a rehearsal is.
class TestRehearsal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingHappens_data();
    void nothingHappens();
    void theVerdictIsTheServices();
    void limitsAreCheckedBeforeAnythingIsSent();
    void theServiceIsAskedOnce();
    void whatCouldNotBeLearnedIsAskedAgain_data();
    void whatCouldNotBeLearnedIsAskedAgain();
    void aDeadContextHearsNothing();
    void aRehearsalTakenForRealIsTold();
};

void TestRehearsal::nothingHappens_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::newRow("the service of today") << false;
    QTest::newRow("a service that skips dryRun") << true;
}

void TestRehearsal::nothingHappens()
{
    QFETCH(bool, oldApi);
    test::DemoFixture demo(optionsOf(oldApi));
    const qsizetype before = countCases(demo);
    const QByteArray state = stateOf(demo);
    const auto open = demo.call(DescribeCases::Request());
    QVERIFY(open && !open->cases.isEmpty());
    AddCommunicationToCase::Request reply;
    reply.caseId = open->cases.first().caseId;
    reply.communicationBody = u"Would you take this?"_s;
    ResolveCase::Request resolve;
    resolve.caseId = reply.caseId;

    for (const Result<void> &verdict : {rehearsed(demo, newCase()), rehearsed(demo, reply), rehearsed(demo, resolve)}) {
        QVERIFY2(verdict.hasValue() != oldApi, verdict ? "" : qPrintable(verdict.error().toLine()));
        if (oldApi) {
            QCOMPARE(verdict.error().code, QString(noRehearsals));
            QCOMPARE(verdict.error().effect, Error::Effect::None);
        }
    }
    const int changes = demo.requestCount("CreateCase") + demo.requestCount("AddCommunicationToCase")
        + demo.requestCount("ResolveCase");
    QCOMPARE(changes, oldApi ? 0 : 3);
    QCOMPARE(countCases(demo), before);
    QCOMPARE(stateOf(demo), state);
}

void TestRehearsal::theVerdictIsTheServices()
{
    test::DemoFixture demo;
    CreateCase::Request request = newCase();
    request.severityCode = u"catastrophe"_s;
    const Result<void> verdict = rehearsed(demo, request);
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().kind, Error::Kind::Refused);
    QVERIFY(verdict.error().message.contains(u"catastrophe"_s));
    QVERIFY(!verdict.error().requestId.isEmpty());
}

void TestRehearsal::limitsAreCheckedBeforeAnythingIsSent()
{
    test::DemoFixture demo;
    CreateCase::Request request = newCase();
    request.communicationBody = QString(8001, u'x');
    const Result<void> verdict = rehearsed(demo, request);
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().kind, Error::Kind::Invalid);
    QVERIFY(verdict.error().message.contains(u"communicationBody"_s));
    QCOMPARE(demo.requestCount(), 0);
}

void TestRehearsal::theServiceIsAskedOnce()
{
    for (const bool oldApi : {false, true}) {
        test::DemoFixture demo(optionsOf(oldApi));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(rehearsed(demo, newCase()).hasValue(), !oldApi);
        QCOMPARE(demo.requestCount("DescribeSeverityLevels"), 1);
    }
}

void TestRehearsal::whatCouldNotBeLearnedIsAskedAgain_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("no permission") << u"deny:DescribeSeverityLevels=1"_s << u"AccessDeniedException"_s;
    QTest::newRow("no plan") << u"plan:DescribeSeverityLevels=1"_s << u"SubscriptionRequiredException"_s;
    QTest::newRow("a sign-in page") << u"html:DescribeSeverityLevels=1"_s << QString();
}

void TestRehearsal::whatCouldNotBeLearnedIsAskedAgain()
{
    QFETCH(QString, faults);
    QFETCH(QString, code);
    test::DemoFixture demo;
    demo.setFaults(faults);
    const Result<void> verdict = rehearsed(demo, newCase());
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().code, code);
    QCOMPARE(demo.requestCount("CreateCase"), 0);
    QVERIFY(rehearsed(demo, newCase()));
}

void TestRehearsal::aDeadContextHearsNothing()
{
    test::DemoFixture demo;
    bool called = false;
    {
        QObject context;
        rehearse(demo.client(), newCase(), &context, [&](const Result<void> &) { called = true; });
    }
    QVERIFY(rehearsed(demo, newCase())); // later than the answer to the first would be
    QVERIFY(!called);
}

// What can't be, short of a service of two versions behind one name; it must not be called a success at least.
void TestRehearsal::aRehearsalTakenForRealIsTold()
{
    test::DemoFixture demo(optionsOf(true));
    std::optional<Result<void>> verdict;
    demo.client().rehearse(newCase(), this, [&](const Result<void> &given) { verdict.emplace(given); });
    QTRY_VERIFY(verdict);
    QVERIFY(!*verdict);
    QCOMPARE(verdict->error().effect, Error::Effect::Unknown);
}

QTEST_GUILESS_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
