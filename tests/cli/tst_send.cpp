#include "cli/sendworld.h"

#include <QJsonArray>

using namespace casement;
using namespace casement::test;

/// `create`, `reply` and `resolve`: what they take, do and print.
class TestSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCaseIsOpened();
    void inputComesInManyForms_data();
    void inputComesInManyForms();
    void aCaseIsAnsweredAndResolved_data();
    void aCaseIsAnsweredAndResolved();
    void aReplyIsTakenAsItIs();
    void whatIsWrongIsToldBeforeAnythingIsSent_data();
    void whatIsWrongIsToldBeforeAnythingIsSent();
    void anotherCaseInTheInputIsRefused();
    void whatWasNotDoneLeavesNothing_data();
    void whatWasNotDoneLeavesNothing();
    void aFullHourLeavesNothing();
    void aRehearsalDoesNothing_data();
    void aRehearsalDoesNothing();
    void aRefusedRehearsalIsTold();
    void aMarkedAccountAsksFirst_data();
    void aMarkedAccountAsksFirst();
};

void TestSend::aCaseIsOpened()
{
    World world;
    const CliRun run = world.create(u"One case"_s);
    QVERIFY2(run.status == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
    const demo::DemoCase *made = world.find([](const demo::DemoCase &one) { return one.subject == "One case"_L1; });
    QVERIFY(made);
    QCOMPARE(run.out, "{\n  \"caseId\": \"" + made->caseId.toUtf8() + "\"\n}\n");
    QCOMPARE(made->language, u"en"_s);
    QCOMPARE(made->issueType, u"technical"_s);
    QCOMPARE(made->messages.first().body, newCase({}).value(u"communicationBody").toString());
    QVERIFY(world.outbox().isEmpty());
}

void TestSend::inputComesInManyForms_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("standardInput");
    const QByteArray json = text(newCase(u"Of a form"_s)).toUtf8();
    const QByteArray yaml = "subject: 'Of a form' # [REQUIRED] The title of the support case.\n"
                            "communicationBody: |\n  one\n  two\nserviceCode: amazon-elastic-compute-cloud-linux\n"
                            "categoryCode: other\nseverityCode: low\nccEmailAddresses:\n- ''\nlanguage: ''\n";
    const QByteArray skeleton = R"({"subject": "Of a form", "serviceCode": "amazon-elastic-compute-cloud-linux",
        "severityCode": "low", "categoryCode": "other", "communicationBody": "text", "ccEmailAddresses": [""],
        "language": "", "issueType": "", "attachmentSetId": "", "uploadIds": [""], "dryRun": false})";
    QTest::newRow("JSON on the command line") << QString::fromUtf8(json) << QByteArray() << QByteArray();
    QTest::newRow("JSON in a file") << u"@case.json"_s << json << QByteArray();
    QTest::newRow("JSON after a byte order mark") << u"@case.json"_s << "\xef\xbb\xbf" + json << QByteArray();
    QTest::newRow("JSON from standard input") << u"-"_s << QByteArray() << json;
    QTest::newRow("YAML in a file") << u"@case.yaml"_s << yaml << QByteArray();
    QTest::newRow("a skeleton of the AWS CLI") << u"-"_s << QByteArray() << skeleton;
}

void TestSend::inputComesInManyForms()
{
    QFETCH(QString, option);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, standardInput);
    World world;
    if (option.startsWith(u'@')) {
        option = u'@' + world.cli.home.filePath(option.sliced(1));
        QFile written(option.sliced(1));
        QVERIFY(written.open(QIODevice::WriteOnly));
        QCOMPARE(written.write(file), file.size());
    }
    const CliRun run = world.cli.run({u"create"_s, u"--input"_s, option}, standardInput);
    QVERIFY2(run.status == 0, run.err.constData());
    const demo::DemoCase *made = world.caseOf(caseIdOf(run));
    QVERIFY(made);
    QCOMPARE(made->subject, u"Of a form"_s);
    QCOMPARE(made->severityCode, u"low"_s);
    QCOMPARE(made->language, u"en"_s);
    QVERIFY(made->ccEmailAddresses.isEmpty());
}

void TestSend::aCaseIsAnsweredAndResolved_data()
{
    QTest::addColumn<bool>("byDisplayId");
    QTest::addColumn<bool>("isSynced");
    QTest::newRow("the service's id, of an archive without the case") << false << false;
    QTest::newRow("the number that people use, asked of the service") << true << false;
    QTest::newRow("the number that people use, from the archive") << true << true;
}

void TestSend::aCaseIsAnsweredAndResolved()
{
    QFETCH(bool, byDisplayId);
    QFETCH(bool, isSynced);
    World world;
    if (isSynced)
        QCOMPARE(world.cli.run({u"sync"_s}).status, 0);
    const demo::DemoCase open = *world.openCase();
    const QString id = byDisplayId ? open.displayId : open.caseId;
    const int before = world.demo.requestCount("DescribeCases");

    const CliRun reply = world.cli.run({u"reply"_s, id, u"--input"_s, u"{\"communicationBody\":\"It works now.\"}"_s});
    QVERIFY2(reply.status == 0, reply.err.constData());
    QCOMPARE(reply.err, QByteArray());
    QCOMPARE(reply.out, QByteArray("{\n  \"result\": true\n}\n"));
    QCOMPARE(world.messages(open.caseId, u"It works now."_s), 1);
    // For the case; or, where the account's number is known, for whose the keys are.
    QCOMPARE(world.demo.requestCount("DescribeCases") - before, byDisplayId ? 1 : 0);

    const CliRun resolve = world.cli.run({u"resolve"_s, id});
    QVERIFY2(resolve.status == 0, resolve.err.constData());
    QCOMPARE(resolve.out,
             QByteArray("{\n  \"initialCaseStatus\": \"customer-action-completed\",\n"
                        "  \"finalCaseStatus\": \"resolved\"\n}\n"));
    QCOMPARE(world.caseOf(open.caseId)->status, u"resolved"_s);
    QVERIFY(world.outbox().isEmpty());
}

void TestSend::aReplyIsTakenAsItIs()
{
    World world;
    const QString id = world.openCase()->caseId;
    const QString longest = QString::fromUcs4(U"𠮷").repeated(8000); // 8,000 characters of the service
    for (const QString &body : {u"--body can begin with a dash"_s, u"  indented\n\n🙂 日本\t"_s, longest}) {
        const CliRun run = world.cli.run({u"reply"_s, id, u"--body"_s, u"-"_s}, body.toUtf8());
        QVERIFY2(run.status == 0, run.err.constData());
        QCOMPARE(world.messages(id, body), 1);
    }
    const CliRun plain = world.cli.run({u"reply"_s, id, u"--body"_s, u"{\"not\": \"read as JSON\"}"_s});
    QVERIFY2(plain.status == 0, plain.err.constData());
    QCOMPARE(world.messages(id, u"{\"not\": \"read as JSON\"}"_s), 1);
}

void TestSend::whatIsWrongIsToldBeforeAnythingIsSent_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("told");
    const auto changed = [](const QString &member, const QJsonValue &value) {
        QJsonObject object = newCase(u"Wrong"_s);
        object.insert(member, value);
        return text(object).toUtf8();
    };
    QTest::newRow("no JSON") << QByteArray("Please help!") << QByteArray("no template");
    QTest::newRow("half of the JSON") << QByteArray("{\"subject\": \"a") << QByteArray("JSON");
    QTest::newRow("a list") << QByteArray("[1, 2]") << QByteArray("no template");
    QTest::newRow("nothing") << QByteArray() << QByteArray("empty");
    QTest::newRow("a member that there is not")
        << changed(u"serviceCodes"_s, u"x"_s) << QByteArray("Unknown member \"serviceCodes\"");
    QTest::newRow("a rehearsal in another spelling") << changed(u"DryRun"_s, true) << QByteArray("\"DryRun\"");
    QTest::newRow("a rehearsal as a text") << changed(u"dryRun"_s, u"true"_s) << QByteArray("\"dryRun\"");
    QTest::newRow("a member given twice")
        << QByteArray(R"({"subject":"a","communicationBody":"b","subject":"c"})") << QByteArray("second time");
    QTest::newRow("a number for a text") << changed(u"subject"_s, 5) << QByteArray("\"subject\"");
    QTest::newRow("a text for a list") << changed(u"ccEmailAddresses"_s, u"a@example.com"_s)
                                       << QByteArray("\"ccEmailAddresses\"");
    QTest::newRow("no subject") << changed(u"subject"_s, QJsonValue()) << QByteArray("subject");
    QTest::newRow("a subject of blanks") << changed(u"subject"_s, u" \n"_s) << QByteArray("white space");
    QTest::newRow("no text") << changed(u"communicationBody"_s, QString()) << QByteArray("communicationBody");
    QTest::newRow("a text of blanks") << changed(u"communicationBody"_s, u"\t \u3000"_s) << QByteArray("white space");
    QTest::newRow("8,001 characters") << changed(u"communicationBody"_s, QString::fromUcs4(U"𠮷").repeated(8001))
                                      << QByteArray("8001");
    QTest::newRow("a NUL") << changed(u"communicationBody"_s, u"a"_s + QChar(0) + u'b') << QByteArray("NUL");
    QTest::newRow("a placeholder") << changed(u"subject"_s, u"Report of {{ date }}"_s) << QByteArray("{{ date }}");
    QTest::newRow("eleven addresses") << changed(u"ccEmailAddresses"_s,
                                                 QJsonArray::fromStringList(QStringList(11, u"a@example.com"_s)))
                                      << QByteArray("ccEmailAddresses");
    QTest::newRow("10 MB") << changed(u"subject"_s, QString(10 << 20, u'x')) << QByteArray("larger than 1 MB");
    QTest::newRow("not UTF-8") << QByteArray("{\"subject\": \"\xff\xfe\"}") << QByteArray("UTF-8");
}

void TestSend::whatIsWrongIsToldBeforeAnythingIsSent()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, told);
    static World world;
    const QString path = world.cli.home.filePath(u"input.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(input), input.size());
    file.close();
    const CliRun run = world.cli.run({u"create"_s, u"--input"_s, u'@' + path});
    QCOMPARE(run.status, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(told), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY(run.err.size() < 400);
    QCOMPARE(world.demo.requestCount(), 0);
    QVERIFY(!QFile::exists(world.archivePath()));
    const CliRun missing = world.cli.run({u"create"_s, u"--input"_s, u"@/nowhere/case.json"_s});
    QCOMPARE(missing.status, 2);
    QVERIFY2(missing.err.contains("/nowhere/case.json can't be read"), missing.err.constData());
}

void TestSend::anotherCaseInTheInputIsRefused()
{
    World world;
    const demo::DemoCase open = *world.openCase();
    const auto input = [](const QString &caseId) {
        return text({{u"caseId"_s, caseId}, {u"communicationBody"_s, u"Which one?"_s}});
    };
    const CliRun other = world.cli.run({u"reply"_s, open.displayId, u"--input"_s, input(u"case-1"_s)});
    QCOMPARE(other.status, 2);
    QVERIFY2(other.err.contains("names another case than " + open.displayId.toUtf8()), other.err.constData());
    QCOMPARE(world.changes(), 0);
    const CliRun same = world.cli.run({u"reply"_s, open.displayId, u"--input"_s, input(open.caseId)});
    QVERIFY2(same.status == 0, same.err.constData());
    QCOMPARE(world.messages(open.caseId, u"Which one?"_s), 1);
    const CliRun none = world.cli.run({u"resolve"_s, u"999"_s});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.err.contains("has no case 999; nothing was sent. Look at the number"), none.err.constData());
    QCOMPARE(world.changes(), 1);
}

void TestSend::whatWasNotDoneLeavesNothing_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("no permission") << u"deny:CreateCase"_s << QByteArray("AccessDeniedException");
    QTest::newRow("no plan") << u"plan:CreateCase"_s << QByteArray("SubscriptionRequiredException");
    QTest::newRow("too many calls") << u"throttle:CreateCase"_s << QByteArray("ThrottlingException");
    QTest::newRow("no connection") << QString() << QByteArray("no connection");
}

void TestSend::whatWasNotDoneLeavesNothing()
{
    QFETCH(QString, faults);
    QFETCH(QByteArray, told);
    World world;
    world.demo.setFaults(faults);
    QStringList arguments{u"create"_s, u"--input"_s, text(newCase(u"Refused"_s))};
    if (faults.isEmpty())
        arguments << u"--endpoint-url"_s << u"http://127.0.0.1:1"_s;
    const Cli nowhere = Cli();
    const CliRun run = faults.isEmpty() ? nowhere.run(arguments) : world.cli.run(arguments);
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains("CreateCase: ") && run.err.contains(told), run.err.constData());
    if (faults.isEmpty())
        return;
    QVERIFY2(run.err.contains("request id: "), run.err.constData());
    QVERIFY(!run.err.contains("may have"));
    QVERIFY(world.outbox().isEmpty());
    world.demo.setFaults({});
    QCOMPARE(world.create(u"Refused"_s).status, 0);
    QCOMPARE(world.cases(u"Refused"_s), 1);
}

void TestSend::aFullHourLeavesNothing()
{
    DemoServiceOptions options = roomyOptions();
    options.casesPerHour = 1;
    World world(options);
    QCOMPARE(world.create(u"The first"_s).status, 0);
    const CliRun run = world.create(u"The second"_s);
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("CaseCreationLimitExceeded"), run.err.constData());
    QVERIFY(world.outbox().isEmpty());
    QCOMPARE(world.cases(u"The second"_s), 0);
}

void TestSend::aRehearsalDoesNothing_data()
{
    QTest::addColumn<bool>("oldApi");
    QTest::addColumn<bool>("byOption");
    QTest::newRow("by the option") << false << true;
    QTest::newRow("by the input") << false << false;
    QTest::newRow("by the option, at a service that skips dryRun") << true << true;
    QTest::newRow("by the input, at a service that skips dryRun") << true << false;
}

void TestSend::aRehearsalDoesNothing()
{
    QFETCH(bool, oldApi);
    QFETCH(bool, byOption);
    DemoServiceOptions options = roomyOptions();
    options.oldApi = oldApi;
    World world(options);
    const demo::DemoCase open = *world.openCase();
    const qsizetype before = world.cases();
    const auto command = [&](const QStringList &words, QJsonObject input) {
        if (!byOption)
            input.insert(u"dryRun"_s, true);
        QStringList all = words + QStringList{u"--input"_s, text(input)};
        return byOption ? all << u"--dry-run"_s : all;
    };
    for (const QStringList &arguments :
         {command({u"create"_s}, newCase(u"Rehearsed"_s)),
          command({u"reply"_s, open.displayId}, {{u"communicationBody"_s, u"Rehearsed"_s}}),
          command({u"resolve"_s, open.caseId}, {})}) {
        const CliRun run = world.cli.run(arguments);
        QCOMPARE(run.status, oldApi ? 1 : 0);
        if (oldApi)
            QVERIFY2(run.err.contains("does not know dryRun") && run.err.contains("nothing was sent"),
                     run.err.constData());
        else
            QVERIFY2(run.out.contains("AWS would accept this"), run.out.constData());
        QCOMPARE(oldApi ? run.out : run.err, QByteArray());
    }
    QCOMPARE(world.changes(), oldApi ? 0 : 3);
    QCOMPARE(world.cases(), before);
    QCOMPARE(world.caseOf(open.caseId)->status, open.status);
    QCOMPARE(world.messages(open.caseId, u"Rehearsed"_s), 0);
    QVERIFY(world.outbox().isEmpty());
}

void TestSend::aRefusedRehearsalIsTold()
{
    World world;
    QJsonObject input = newCase(u"Refused"_s);
    input.insert(u"severityCode"_s, u"catastrophe"_s);
    const CliRun run = world.cli.run({u"create"_s, u"--dry-run"_s, u"--input"_s, text(input)});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains("catastrophe") && run.err.contains("request id: "), run.err.constData());
}

void TestSend::aMarkedAccountAsksFirst_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("create") << QStringList{u"create"_s, u"--input"_s, text(newCase(u"From a marked one"_s))};
    QTest::newRow("reply") << QStringList{u"reply"_s, u"ID"_s, u"--body"_s, u"Hello"_s};
    QTest::newRow("resolve") << QStringList{u"resolve"_s, u"ID"_s};
    QTest::newRow("call") << QStringList{u"call"_s, u"CreateCase"_s, u"--input"_s, text(newCase(u"By a call"_s))};
}

// There is nobody to ask here: nothing leaves without --yes.
void TestSend::aMarkedAccountAsksFirst()
{
    QFETCH(QStringList, arguments);
    World world;
    const auto list = [&world](bool asks) {
        const QString path = world.cli.home.filePath(u".config/casement/accounts.json"_s);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        return file.open(QIODevice::WriteOnly)
            && file.write(
                   QByteArray(R"({"version": 1, "accounts": [{"id": "1", "name": "prod", "source": "environment")")
                   + (asks ? R"(, "askBeforeSending": true}]})" : "}]}"))
            > 0;
    };
    QVERIFY(list(true));
    arguments.replaceInStrings(u"ID"_s, world.openCase()->displayId);
    arguments << u"--account"_s << u"prod"_s;
    const CliRun refused = world.cli.run(arguments);
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("prod is set to ask before anything is sent from it")
                 && refused.err.contains("give --yes as well"),
             refused.err.constData());
    QCOMPARE(world.changes(), 0);
    if (arguments.first() != "call"_L1) {
        QVERIFY(world.outbox().isEmpty());
        const CliRun rehearsal = world.cli.run(arguments + QStringList{u"--dry-run"_s}); // sends nothing
        QVERIFY2(rehearsal.status == 0, rehearsal.err.constData());
    }
    const int before = world.changes();
    const CliRun sent = world.cli.run(arguments + QStringList{u"--yes"_s});
    QVERIFY2(sent.status == 0, sent.err.constData());
    QCOMPARE(world.changes(), before + 1);

    // Reading asks nothing, and neither does an account without the mark.
    QCOMPARE(world.cli.run({u"call"_s, u"DescribeSeverityLevels"_s, u"--account"_s, u"prod"_s}).status, 0);
    QVERIFY(list(false));
    if (arguments.first() != "resolve"_L1) // it is resolved by now
        QCOMPARE(world.cli.run(arguments).status, 0);
}

QTEST_GUILESS_MAIN(TestSend)
#include "tst_send.moc"
