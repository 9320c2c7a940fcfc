#include "emulatorworld.h"

#include <QTest>

using namespace casement;
using namespace casement::demo;
using namespace casement::test;

class TestEmulatorAdvisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void advisorRefresh();
    void advisorResults();
};

void TestEmulatorAdvisor::advisorRefresh()
{
    World world;
    const auto find = [&world](bool refreshable) {
        for (const DemoCheck &check : world.emulator.data().checks) {
            if (check.refreshable == refreshable)
                return check.id;
        }
        return QString();
    };
    RefreshTrustedAdvisorCheck::Request refresh;
    refresh.checkId = find(false);
    const EmulatorAnswer refusal = world.ask(refresh);
    QCOMPARE(refusal.code, "InvalidParameterValueException");
    QVERIFY(refusal.body.contains("[UNREFRESHABLE_CHECK_ID_ERROR]"));
    DescribeTrustedAdvisorCheckRefreshStatuses::Request ask;
    ask.checkIds = {find(true), find(false)};
    QCOMPARE(world.ask(ask).code, "InvalidParameterValueException");

    refresh.checkId = find(true);
    ask.checkIds = {refresh.checkId};
    const auto status = [&] { return world.get(ask).statuses.constFirst(); };
    QCOMPARE(status().status, QLatin1StringView("none"));
    QCOMPARE(status().millisUntilNextRefreshable.value_or(-1), 0);
    QCOMPARE(world.get(refresh).status->status, QLatin1StringView("enqueued"));
    const qint64 wait = status().millisUntilNextRefreshable.value_or(0);
    QVERIFY(wait > 0);
    world.now += 3000;
    QCOMPARE(status().status, QLatin1StringView("processing"));
    QCOMPARE(status().millisUntilNextRefreshable.value_or(0), wait - 3000);
    QCOMPARE(world.get(refresh).status->status, QLatin1StringView("processing")); // asking again changes nothing
    world.now += 6000;
    QCOMPARE(status().status, QLatin1StringView("success"));
    DescribeTrustedAdvisorCheckSummaries::Request summaries;
    summaries.checkIds = {refresh.checkId};
    const auto summary = world.get(summaries).summaries.constFirst();
    if (!summary.timestamp.isEmpty())
        QCOMPARE(summary.timestamp, utc(start + 9000).toString(Qt::ISODate));
    world.now = start + wait;
    QCOMPARE(world.get(refresh).status->status, QLatin1StringView("enqueued"));
}

void TestEmulatorAdvisor::advisorResults()
{
    World world;
    DescribeTrustedAdvisorCheckSummaries::Request summaries;
    for (const DemoCheck &check : world.emulator.data().checks)
        summaries.checkIds.append(check.id);
    const auto all = world.get(summaries).summaries;
    QCOMPARE(all.size(), 450);
    int unavailable = 0;
    int flagged = 0;
    for (const TrustedAdvisorCheckSummary &summary : all) {
        DescribeTrustedAdvisorCheckResult::Request request;
        request.checkId = summary.checkId;
        const EmulatorAnswer answer = world.ask(request);
        const QJsonObject result =
            QJsonDocument::fromJson(answer.body).object().value(QStringLiteral("result")).toObject();
        QCOMPARE(result.value(QStringLiteral("status")).toString(), summary.status);
        if (summary.status == QLatin1StringView("not_available")) {
            ++unavailable;
            QCOMPARE(result.keys(), QStringList({QStringLiteral("checkId"), QStringLiteral("status")}));
            continue;
        }
        const QJsonArray resources = result.value(QStringLiteral("flaggedResources")).toArray();
        flagged += int(resources.size());
        QCOMPARE(result.value(QStringLiteral("resourcesSummary"))
                     .toObject()
                     .value(QStringLiteral("resourcesFlagged"))
                     .toInteger(),
                 summary.resourcesSummary->resourcesFlagged);
    }
    QVERIFY(unavailable > 0);
    QVERIFY(flagged > 100);
}

QTEST_GUILESS_MAIN(TestEmulatorAdvisor)
#include "tst_emulatoradvisor.moc"
