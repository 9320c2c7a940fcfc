#include "demoservice.h"

using namespace casement;

namespace {

// Answers what the table says, in order, over the seam: for what a real service can't be made to answer.
class ScriptedConnection : public ServiceConnection
{
public:
    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override
    {
        sent.append(request);
        const Result<ServiceAnswer> answer =
            answers.isEmpty() ? Result<ServiceAnswer>(Error{.kind = Error::Kind::Dropped}) : answers.takeFirst();
        QMetaObject::invokeMethod(
            context, [callback, answer] { callback(answer); }, Qt::QueuedConnection);
    }

    void answerWith(const QByteArray &body) { answers.append(ServiceAnswer{body, QStringLiteral("id-1")}); }
    void refuseWith(const char *code, const char *message)
    {
        answers.append(Error{
            .kind = Error::Kind::Refused, .code = QString::fromUtf8(code), .message = QString::fromUtf8(message)});
    }

    QList<ServiceRequest> sent;
    QList<Result<ServiceAnswer>> answers;
};

struct OnlyIds
{
    struct Case
    {
        QString displayId;
        static constexpr auto shape() { return std::tuple(field("displayId", &Case::displayId)); }
    };
    QList<Case> cases;
    static constexpr auto shape() { return std::tuple(field("cases", &OnlyIds::cases)); }
};

} // namespace

class TestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsOverHttp();
    void smallerShapeOfTheSameAnswer();
    void largeAnswersAreReadElsewhere();
    void limitsAreCheckedBeforeAnythingIsSent();
    void deadContextHearsNothing();
    void pages_data();
    void pages();
    void allMessagesOfALongCase();
    void readerMayGoAwayInAPage();
    void rehearsals_data();
    void rehearsals();
    void changesSayThatTheirEffectIsUnknown();
};

void TestClient::listsOverHttp()
{
    test::DemoFixture demo;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    const auto answer = demo.call(request);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toLine()));
    QVERIFY(!answer->cases.isEmpty());
    QVERIFY(answer->cases.first().recentCommunications);

    DescribeCommunications::Request unknown;
    unknown.caseId = QStringLiteral("case-1");
    const auto refused = demo.call(unknown);
    QVERIFY(!refused);
    QVERIFY(refused.error().kind == Error::Kind::Refused);
    QCOMPARE(refused.error().code, QStringLiteral("CaseIdNotFound"));
    QCOMPARE(refused.error().operation, QStringLiteral("DescribeCommunications"));
    QVERIFY(!refused.error().requestId.isEmpty());
}

void TestClient::smallerShapeOfTheSameAnswer()
{
    ScriptedConnection connection;
    Client client(connection);
    connection.answerWith(
        R"({"cases":[{"caseId":"c","displayId":"17","recentCommunications":{"communications":[]}}]})");
    QString id;
    client.callAs<OnlyIds>(DescribeCases::Request(), this,
                           [&](const Result<OnlyIds> &answer) { id = answer->cases.first().displayId; });
    QTRY_COMPARE(id, QStringLiteral("17"));
}

void TestClient::largeAnswersAreReadElsewhere()
{
    ScriptedConnection connection;
    Client client(connection);
    QByteArray body = R"({"cases":[)";
    for (int i = 0; i < 2000; ++i)
        body += (i ? "," : "") + QByteArray(R"({"caseId":"case-)") + QByteArray::number(i)
            + R"(","subject":"a subject to fill the page"})";
    body += "]}";
    QVERIFY(body.size() > Client::decodeInline);
    connection.answerWith(body);
    connection.answerWith(body.chopped(1));
    int count = 0;
    client.call(DescribeCases::Request(), this, [&](const auto &answer) { count = int(answer->cases.size()); });
    QTRY_COMPARE(count, 2000);
    std::optional<Error> error;
    client.call(DescribeCases::Request(), this, [&](const auto &answer) { error = answer.error(); });
    QTRY_VERIFY(error);
    QVERIFY(error->kind == Error::Kind::BadAnswer);
    QCOMPARE(error->requestId, QStringLiteral("id-1"));
}

void TestClient::limitsAreCheckedBeforeAnythingIsSent()
{
    ScriptedConnection connection;
    Client client(connection);
    std::optional<Error> error;
    client.call(CreateCase::Request(), this, [&](const auto &answer) { error = answer.error(); });
    QVERIFY(!error); // never before the call has returned
    QTRY_VERIFY(error);
    QVERIFY(error->kind == Error::Kind::Invalid);
    QCOMPARE(error->message, QStringLiteral("subject is missing. communicationBody is missing."));
    QVERIFY(connection.sent.isEmpty());
}

void TestClient::deadContextHearsNothing()
{
    test::DemoFixture demo;
    demo.setFaults(QStringLiteral("delay=100ms"));
    auto *context = new QObject;
    bool called = false;
    demo.client().call(DescribeSeverityLevels::Request(), context, [&](const auto &) { called = true; });
    delete context;
    QVERIFY(demo.call(DescribeSeverityLevels::Request())); // a whole round trip later
    QVERIFY(!called);
}

void TestClient::pages_data()
{
    QTest::addColumn<QStringList>("tokens"); // of each answer; "!" refuses the token
    QTest::addColumn<int>("pages");
    QTest::addColumn<int>("calls");
    QTest::addColumn<QString>("end"); // kind of the error, or empty

    const auto row = [](const char *name, const QStringList &tokens, int pages, int calls, const char *end) {
        QTest::newRow(name) << tokens << pages << calls << QString::fromUtf8(end);
    };
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    const QString none;
    const QString refused = QStringLiteral("!");
    row("one page", {none}, 1, 1, "");
    row("three pages", {a, b, none}, 3, 3, "");
    row("the same token for ever", {a, a, a, a}, 2, 2, "Incomplete");
    row("two tokens in turn for ever", {a, b, a, b}, 3, 3, "Incomplete");
    row("a token refused midway starts over once", {a, refused, a, b, none}, 4, 5, "");
    row("a token refused twice is told", {a, refused, a, refused}, 2, 4, "Refused");
}

void TestClient::pages()
{
    QFETCH(QStringList, tokens);
    QFETCH(int, pages);
    QFETCH(int, calls);
    QFETCH(QString, end);
    ScriptedConnection connection;
    Client client(connection);
    for (const QString &token : tokens) {
        if (token == u"!")
            connection.refuseWith("ValidationException", "Invalid nextToken");
        else
            connection.answerWith(R"({"cases":[],"nextToken":)"
                                  + (token.isEmpty() ? QByteArray("null") : '"' + token.toUtf8() + '"') + '}');
    }
    int seen = 0;
    std::optional<Result<void>> ended;
    client.callAll(
        DescribeCases::Request(), this, [&](const DescribeCases::Response &) { ++seen; },
        [&](const Result<void> &result) { ended = result; });
    QTRY_VERIFY(ended);
    QCOMPARE(seen, pages);
    QCOMPARE(int(connection.sent.size()), calls);
    QCOMPARE(*ended ? QString() : kindName(ended->error().kind), end);
    for (const ServiceRequest &request : std::as_const(connection.sent))
        QVERIFY(request.body.contains("\"maxResults\":100"));
}

void TestClient::allMessagesOfALongCase()
{
    test::DemoFixture demo;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.maxResults = 100;
    const auto cases = demo.call(request);
    QVERIFY(cases);
    const auto isLong = [](const CaseDetails &c) {
        return c.recentCommunications && !c.recentCommunications->nextToken.isEmpty();
    };
    const auto found = std::find_if(cases->cases.cbegin(), cases->cases.cend(), isLong);
    QVERIFY(found != cases->cases.cend());
    DescribeCommunications::Request all;
    all.caseId = found->caseId;
    all.maxResults = 10;
    qsizetype count = 0;
    std::optional<Result<void>> ended;
    demo.client().callAll(
        all, this, [&](const DescribeCommunications::Response &page) { count += page.communications.size(); },
        [&](const Result<void> &result) { ended = result; });
    QTRY_VERIFY(ended);
    QVERIFY(*ended);
    QVERIFY(count > 5);
}

void TestClient::readerMayGoAwayInAPage()
{
    ScriptedConnection connection;
    Client client(connection);
    connection.answerWith(R"({"cases":[],"nextToken":"a"})");
    auto *context = new QObject;
    bool ended = false;
    client.callAll(
        DescribeCases::Request(), context,
        [&](const DescribeCases::Response &) { delete std::exchange(context, nullptr); },
        [&](const Result<void> &) { ended = true; });
    QTRY_VERIFY(!context);
    QCOMPARE(connection.sent.size(), 1);
    QVERIFY(!ended);
}

void TestClient::rehearsals_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("the service would accept it") << QStringLiteral("DryRunOperationException") << true;
    QTest::newRow("without the suffix") << QStringLiteral("DryRunOperation") << true;
    QTest::newRow("the real verdict") << QStringLiteral("AccessDeniedException") << false;
}

void TestClient::rehearsals()
{
    QFETCH(QString, code);
    QFETCH(bool, accepted);
    ScriptedConnection connection;
    Client client(connection);
    connection.refuseWith(code.toUtf8().constData(), "");
    std::optional<Result<void>> verdict;
    client.rehearse(DescribeCases::Request(), this, [&](const Result<void> &result) { verdict = result; });
    QTRY_VERIFY(verdict);
    QCOMPARE(verdict->hasValue(), accepted);
    QCOMPARE(connection.sent.first().body, QByteArray(R"({"dryRun":true})"));
}

void TestClient::changesSayThatTheirEffectIsUnknown()
{
    ScriptedConnection connection;
    Client client(connection);
    connection.answerWith("{}"); // status 200, but no caseId: something was done, or somebody else answered
    CreateCase::Request request;
    request.subject = QStringLiteral("s");
    request.communicationBody = QStringLiteral("b");
    std::optional<Error> error;
    client.call(request, this, [&](const auto &answer) { error = answer.error(); });
    QTRY_VERIFY(error);
    QVERIFY(error->effect == Error::Effect::Unknown);
    QVERIFY(!connection.sent.first().repeatable);
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
