#include "cputime.h"
#include "support/advisorresult.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

AdvisorResultPtr read(const QByteArray &resources, const QByteArray &more = {})
{
    const Result<AdvisorResultPtr> result = AdvisorResult::read("{\"result\":{\"checkId\":\"c\",\"status\":\"warning\""
                                                                + more + ",\"flaggedResources\":[" + resources + "]}}");
    if (!result)
        qWarning("%s", qPrintable(result.error().toLine()));
    return result ? *result : AdvisorResultPtr();
}

QByteArray resource(const char *id, const char *status = "warning", const QByteArray &values = "\"v\"")
{
    return QByteArray("{\"status\":\"") + status + "\",\"region\":\"us-east-1\",\"resourceId\":\"" + id
        + "\",\"isSuppressed\":false,\"metadata\":[" + values + "]}";
}

QByteArray joined(const QList<QByteArray> &resources) { return resources.join(','); }

} // namespace

/// What becomes of an answer, whatever it lacks, and what differs between two.
class TestAdvisorResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAll();
    void whatIsMissingIsNoMishap();
    void oddValues();
    void isRefused_data();
    void isRefused();
    void tellsWhatChanged();
    void resourcesWithoutIds();
    void twins();
    void comparingManyIsQuick();
};

void TestAdvisorResult::readsAll()
{
    const AdvisorResultPtr result =
        read(joined({resource("a"), resource("b", "error", "\"1\",\"2\",\"3\"")}),
             R"(,"timestamp":"2026-11-20T10:00:00Z","resourcesSummary":{"resourcesProcessed":9,"resourcesFlagged":2,)"
             R"("resourcesIgnored":1,"resourcesSuppressed":3},"categorySpecificSummary":{"costOptimizing":)"
             R"({"estimatedMonthlySavings":12.5,"estimatedPercentMonthlySavings":0.25}})");
    QVERIFY(result);
    QCOMPARE(result->checkId, u"c"_s);
    QCOMPARE(result->timestamp, u"2026-11-20T10:00:00Z"_s);
    QCOMPARE(result->counts.resourcesProcessed, 9);
    QCOMPARE(result->counts.resourcesSuppressed, 3);
    QCOMPARE(result->savings.estimatedMonthlySavings, 12.5);
    QCOMPARE(result->resources.size(), size_t(2));
    QCOMPARE(result->widest, size_t(3));
    QCOMPARE(result->resources[1].status.toString(), u"error"_s);
    QCOMPARE(result->resources[1].value(2).toString(), u"3"_s);
    QVERIFY(result->resources[0].value(2).isEmpty());
}

void TestAdvisorResult::whatIsMissingIsNoMishap()
{
    const Result<AdvisorResultPtr> bare =
        AdvisorResult::read("{\"result\":{\"checkId\":\"c\",\"status\":\"not_available\"}}");
    QVERIFY(bare);
    QCOMPARE((*bare)->status, u"not_available"_s);
    QVERIFY((*bare)->timestamp.isEmpty());
    QVERIFY((*bare)->resources.empty());
    QCOMPARE((*bare)->counts.resourcesFlagged, 0);
    const AdvisorResultPtr odd = read(R"({},null,{"resourceId":"x"},{"metadata":null,"region":null,"status":null})");
    QVERIFY(odd);
    QCOMPARE(odd->resources.size(), size_t(3));
    QVERIFY(!odd->resources[0].suppressed());
    QCOMPARE(odd->resources[1].resourceId.toString(), u"x"_s);
    QVERIFY(odd->resources[2].metadata.empty());
}

void TestAdvisorResult::oddValues()
{
    const AdvisorResultPtr result = read(R"({"status":"purple","isSuppressed":true,"metadata":[null,"a\"b",12.50,true,)"
                                         R"("\ud83d\ude00","\ud800x","","東京",{ "a": [1, {"b":"c"}]} , [ ],"last"]})");
    QVERIFY(result);
    const AdvisorResource &first = result->resources[0];
    QVERIFY(first.suppressed());
    QCOMPARE(first.metadata.size(), size_t(11)); // nothing moves to the left
    QVERIFY(first.value(0).isEmpty());
    QCOMPARE(first.value(1).toString(), u"a\"b"_s);
    QCOMPARE(first.value(2).toString(), u"12.50"_s); // as it was written
    QCOMPARE(first.value(3).toString(), u"true"_s);
    QCOMPARE(first.value(4).toString(), u"😀"_s);
    QCOMPARE(first.value(5).toString(), u"\xfffdx"_s);
    QCOMPARE(first.value(7).toString(), u"東京"_s);
    QCOMPARE(first.value(8).toString(), uR"({ "a": [1, {"b":"c"}]})"_s);
    QCOMPARE(first.value(9).toString(), u"[ ]"_s);
    QCOMPARE(first.value(10).toString(), u"last"_s);
    const AdvisorResultPtr broken = read("{\"metadata\":[\"a\xff\"]}"); // no UTF-8
    QCOMPARE(broken->resources[0].value(0).view(), std::string_view("a\ufffd"));
    QCOMPARE(advisorSeverity("purple"), advisorSeverity("not_available"));
    QVERIFY(advisorSeverity("ok") < advisorSeverity("purple"));
    QVERIFY(advisorSeverity("warning") < advisorSeverity("error"));
}

void TestAdvisorResult::isRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no result") << QByteArray("{}");
    QTest::newRow("cut") << QByteArray("{\"result\":{\"checkId\":\"c\",\"flaggedResources\":[{\"status\":\"ok\"");
    QTest::newRow("resources are no list") << QByteArray("{\"result\":{\"checkId\":\"c\",\"flaggedResources\":7}}");
    QTest::newRow("a cell is no JSON") << QByteArray(
        R"({"result":{"checkId":"c","flaggedResources":[{"metadata":["a",{"b":nul},"c"]}]}})");
    QTest::newRow("too deep") << "{\"result\":{\"x\":" + QByteArray(20'000, '[') + QByteArray(20'000, ']') + "}}";
}

void TestAdvisorResult::isRefused()
{
    QFETCH(QByteArray, body);
    const Result<AdvisorResultPtr> result = AdvisorResult::read(body);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::BadAnswer);
}

void TestAdvisorResult::tellsWhatChanged()
{
    const AdvisorResultPtr before = read(joined({resource("same"), resource("worse"), resource("better", "error"),
                                                 resource("other"), resource("gone"), resource("alsoGone")}));
    const AdvisorResultPtr after =
        read(joined({resource("new"), resource("other", "warning", "\"w\""), resource("better", "ok"),
                     resource("worse", "error"), resource("same")}));
    const AdvisorDifference difference = compareResults(*before, *after);
    const std::vector<AdvisorChange> expected{AdvisorChange::New, AdvisorChange::Changed, AdvisorChange::Better,
                                              AdvisorChange::Worse, AdvisorChange::Same};
    QCOMPARE(difference.changes, expected);
    QCOMPARE(difference.gone, (std::vector<size_t>{4, 5}));
    QCOMPARE(difference.count(AdvisorChange::Gone), 2);
    QCOMPARE(difference.count(AdvisorChange::New), 1);
    const AdvisorDifference none = compareResults(*before, *before);
    QCOMPARE(none.count(AdvisorChange::Same), 6);
    QVERIFY(none.gone.empty());
}

void TestAdvisorResult::resourcesWithoutIds()
{
    const AdvisorResultPtr before = read(R"({"metadata":["a"]},{"metadata":["b"]},{})");
    const AdvisorResultPtr after = read(R"({},{"metadata":["b"]},{"metadata":["c"]})");
    const AdvisorDifference difference = compareResults(*before, *after);
    QCOMPARE(difference.count(AdvisorChange::Same), 2);
    QCOMPARE(difference.changes[2], AdvisorChange::New);
    QCOMPARE(difference.gone, std::vector<size_t>{0});
}

void TestAdvisorResult::twins()
{
    const AdvisorResultPtr before =
        read(joined({resource("t", "warning", "\"1\""), resource("t", "warning", "\"2\"")}));
    const AdvisorResultPtr after = read(joined(
        {resource("t", "warning", "\"2\""), resource("t", "warning", "\"3\""), resource("t", "warning", "\"1\"")}));
    const AdvisorDifference difference = compareResults(*before, *after);
    QCOMPARE(difference.changes[0], AdvisorChange::Same);
    QCOMPARE(difference.changes[1], AdvisorChange::New);
    QCOMPARE(difference.changes[2], AdvisorChange::Same);
    QVERIFY(difference.gone.empty());
}

void TestAdvisorResult::comparingManyIsQuick()
{
    // All under one id: what would be quadratic.
    QList<QByteArray> resources;
    for (int i = 0; i < 50'000; ++i)
        resources.append(resource("t", "warning", '"' + QByteArray::number(i) + '"'));
    const AdvisorResultPtr before = read(joined(resources));
    std::reverse(resources.begin(), resources.end());
    const AdvisorResultPtr after = read(joined(resources));
    const qint64 started = test::computed();
    const AdvisorDifference difference = compareResults(*before, *after);
    QCOMPARE(difference.changes.size(), size_t(50'000));
    QVERIFY(difference.gone.empty());
    QVERIFY(test::computed() - started < 5'000);
}

QTEST_APPLESS_MAIN(TestAdvisorResult)
#include "tst_advisorresult.moc"
