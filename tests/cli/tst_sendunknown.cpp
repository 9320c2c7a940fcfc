#include "cli/sendworld.h"

using namespace casement;
using namespace casement::test;

/// What is said and done of a change when nobody knows whether it arrived.
class TestSendUnknown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSaidThatIsNotKnown_data();
    void nothingIsSaidThatIsNotKnown();
    void noCauseIsInvented();
    void aCaseOfSomebodyElseIsNotOurs();
    void theServicesClockDecides_data();
    void theServicesClockDecides();

private:
    static QStringList commandOf(World &world, const QString &operation);
};

QStringList TestSendUnknown::commandOf(World &world, const QString &operation)
{
    if (operation == u"CreateCase"_s)
        return {u"create"_s, u"--input"_s, text(newCase(u"Not known"_s))};
    const QString id = world.openCase()->caseId;
    return operation == u"ResolveCase"_s ? QStringList{u"resolve"_s, id}
                                         : QStringList{u"reply"_s, id, u"--body"_s, u"Any news?"_s};
}

void TestSendUnknown::nothingIsSaidThatIsNotKnown_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("faults");
    const auto row = [](const QString &operation, const QString &faults) {
        const QString look =
            operation == u"AddCommunicationToCase"_s ? u"DescribeCommunications"_s : u"DescribeCases"_s;
        const QString all = faults.arg(operation, look);
        QTest::addRow("%s", qPrintable(all)) << operation << all;
    };
    // Looked for and not found, which takes its time
    row(u"CreateCase"_s, u"500:%1=1/undone"_s);
    row(u"AddCommunicationToCase"_s, u"reset:%1=1/undone"_s);
    row(u"ResolveCase"_s, u"504:%1=1/undone"_s);
    // Not looked for
    for (const QString &operation : {u"CreateCase"_s, u"AddCommunicationToCase"_s, u"ResolveCase"_s}) {
        for (const QString &faults : {u"500:%1=1/undone,deny:%2=1"_s, u"drop:%1=1,deny:%2=1"_s})
            row(operation, faults);
    }
}

void TestSendUnknown::nothingIsSaidThatIsNotKnown()
{
    QFETCH(QString, operation);
    QFETCH(QString, faults);
    World world;
    const QStringList command = commandOf(world, operation);
    world.demo.setFaults(faults);
    CliRun run = world.cli.run(command);
    for (int i = 0; i < 2; ++i, run = world.cli.run(command)) { // the first time and when it looks again
        if (i > 0 && run.status == 0)
            break; // found
        QCOMPARE(run.status, unknownOutcome);
        QVERIFY2(run.err.contains("it is not known whether it arrived"), run.err.constData());
        QVERIFY2(!run.err.contains("Nothing of it was done"), run.err.constData());
        QVERIFY2(!run.err.contains("nothing was sent"), run.err.constData());
        if (i == 0 && faults.contains(u"deny:"_s)) // what to do about the look
            QVERIFY2(run.err.contains("allow support:Describe"), run.err.constData());
    }
    QCOMPARE(world.demo.requestCount(operation.toLatin1()), 1);
}

void TestSendUnknown::noCauseIsInvented()
{
    World world;
    world.demo.setFaults(u"500:CreateCase=1"_s);
    QCOMPARE(world.create(u"Killed"_s).status, unknownOutcome);
    // As a kill between the send and the answer leaves it.
    world.withArchive([](Database &database) {
        database.prepare("UPDATE outbox SET state = ?, errorKind = '', errorCode = '', errorMessage = ''")
            .run(int(OutboxState::Unknown));
    });
    for (int i = 0; i < 2; ++i) {
        const CliRun run = world.create(u"Killed"_s);
        QCOMPARE(run.status, unknownOutcome);
        QVERIFY2(run.err.contains("an earlier run sent this"), run.err.constData());
        QVERIFY2(!run.err.contains("ended before the answer"), run.err.constData());
        QVERIFY2(!run.err.contains("Nothing of it was done"), run.err.constData());
    }
}

void TestSendUnknown::aCaseOfSomebodyElseIsNotOurs()
{
    World world;
    const auto made = decode<CreateCase::Request>(text(newCase(u"Of two people"_s)).toUtf8());
    QVERIFY(made);
    const auto theirs = world.demo.call(*made);
    QVERIFY(theirs);
    world.demo.setFaults(u"500:CreateCase=1"_s);
    const CliRun close = world.create(u"Of two people"_s);
    QCOMPARE(close.status, unknownOutcome);
    QVERIFY2(close.err.contains("may be somebody else's"), close.err.constData());

    // When it is from long before, it is nobody's question.
    world.withArchive([](Database &database) { database.runOnce(u"UPDATE outbox SET sent = sent + 20000"_s); });
    const CliRun far = world.create(u"Of two people"_s);
    QCOMPARE(far.status, unknownOutcome);
    QVERIFY2(!far.err.contains("may be somebody else's"), far.err.constData());
    QVERIFY2(far.err.contains("it was not found so far"), far.err.constData());
    QCOMPARE(world.demo.requestCount("CreateCase"), 2);
    QCOMPARE(world.cases(u"Of two people"_s), 1);
}

void TestSendUnknown::theServicesClockDecides_data()
{
    QTest::addColumn<QString>("skew");
    QTest::newRow("ahead") << u"skew=1h"_s;
    QTest::newRow("behind") << u"skew=-1h"_s;
    QTest::newRow("a little behind") << u"skew=-100s"_s;
}

void TestSendUnknown::theServicesClockDecides()
{
    QFETCH(QString, skew);
    World world;
    world.demo.setFaults(skew);
    const CliRun made = world.create(u"By another clock"_s);
    QCOMPARE(made.status, 0);
    // As a kill leaves it; the next process does not know the service's time yet.
    world.withArchive([](Database &database) {
        database.prepare("UPDATE outbox SET state = ?, caseId = ''").run(int(OutboxState::Unknown));
    });
    const CliRun again = world.create(u"By another clock"_s);
    QVERIFY2(again.status == 0, again.err.constData());
    QCOMPARE(caseIdOf(again), caseIdOf(made));
    QCOMPARE(world.cases(u"By another clock"_s), 1);
}

QTEST_GUILESS_MAIN(TestSendUnknown)
#include "tst_sendunknown.moc"
