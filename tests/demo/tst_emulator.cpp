#include "emulatorworld.h"

#include <QTest>

using namespace casement;
using namespace casement::demo;
using namespace casement::test;

class TestEmulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void rehearsalsChangeNothing();
    void languagesOfTexts();
    void oldApi();
    void accountsAreApart();
};

void TestEmulator::refusals_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");

    const auto row = [](const char *name, const char *operation, const QByteArray &json, const char *code) {
        QTest::newRow(name) << QByteArray(operation) << json << QByteArray(code);
    };
    const char *bad = "ValidationException";
    row("an operation there isn't", "DeleteCase", "{}", "UnknownOperationException");
    row("no JSON", "DescribeCases", "", "SerializationException");
    row("a list", "DescribeCases", "[]", "SerializationException");
    row("a wrong type", "DescribeCases", R"({"maxResults":"many"})", "SerializationException");
    row("unknown members are skipped", "DescribeCases", R"({"colour":"red"})", "");
    row("null is absent", "DescribeCases", R"({"maxResults":null,"nextToken":null})", "");
    row("too small a page", "DescribeCases", R"({"maxResults":9})", bad);
    row("too large a page", "DescribeCases", R"({"maxResults":101})", bad);
    row("a displayId among caseIds", "DescribeCases", R"({"caseIdList":["170000000000001"]})", bad);
    row("an unknown case", "DescribeCases", R"({"caseIdList":["case-open","case-nowhere"]})", "CaseIdNotFound");
    row("an unknown displayId finds nothing", "DescribeCases", R"({"displayId":"1"})", "");
    row("a broken time", "DescribeCases", R"({"afterTime":"yesterday"})", bad);
    row("a bare date", "DescribeCases", R"({"afterTime":"2026-11-01"})", "");
    row("a forged token", "DescribeCases", R"({"nextToken":"Aabcdefghijklmnopqrstuvwxyz0123456789"})", bad);
    row("an unknown language", "DescribeCases", R"({"language":"xx"})", bad);
    row("communications without a case", "DescribeCommunications", "{}", bad);
    row("communications of an unknown case", "DescribeCommunications", R"({"caseId":"case-nowhere"})",
        "CaseIdNotFound");
    row("a case without subject", "CreateCase", R"({"communicationBody":"x"})", bad);
    row("a case without text", "CreateCase", R"({"subject":"x"})", bad);
    row("subject and text are enough", "CreateCase", R"({"subject":"x","communicationBody":"y"})", "");
    row("8000 characters", "CreateCase",
        R"({"subject":"x","communicationBody":")" + QByteArray("\xf0\x9f\x98\x80").repeated(8000) + R"("})", "");
    row("8001 characters", "CreateCase", R"({"subject":"x","communicationBody":")" + QByteArray(8001, 'x') + R"("})",
        bad);
    row("a limit increase", "CreateCase",
        R"({"subject":"x","communicationBody":"y","issueType":"service-limit-increase"})", bad);
    row("an unknown issue type", "CreateCase",
        R"({"subject":"x","communicationBody":"y","issueType":"account-and-billing"})", bad);
    row("a service of the other type", "CreateCase",
        R"({"subject":"x","communicationBody":"y","issueType":"technical","serviceCode":"billing"})", bad);
    row("a service of its type", "CreateCase",
        R"({"subject":"x","communicationBody":"y","issueType":"customer-service","serviceCode":"billing"})", "");
    row("a service of both types", "CreateCase",
        R"({"subject":"x","communicationBody":"y","issueType":"customer-service","serviceCode":"general-info"})", "");
    row("an unknown service", "CreateCase", R"({"subject":"x","communicationBody":"y","serviceCode":"no-such"})", bad);
    row("a category without service", "CreateCase", R"({"subject":"x","communicationBody":"y","categoryCode":"other"})",
        bad);
    row("a severity the plan lacks", "CreateCase",
        R"({"subject":"x","communicationBody":"y","severityCode":"critical"})", bad);
    row("an address that is none", "CreateCase",
        R"({"subject":"x","communicationBody":"y","ccEmailAddresses":["nobody"]})", bad);
    row("eleven addresses", "CreateCase",
        R"({"subject":"x","communicationBody":"y","ccEmailAddresses":["a@b","a@b","a@b","a@b","a@b","a@b","a@b","a@b","a@b","a@b","a@b"]})",
        bad);
    row("an unknown set", "CreateCase", R"({"subject":"x","communicationBody":"y","attachmentSetId":"as-1"})",
        "AttachmentSetIdNotFound");
    row("an unknown upload", "CreateCase", R"({"subject":"x","communicationBody":"y","uploadIds":["u"]})",
        "UploadIdNotFound");
    row("a reply to nowhere", "AddCommunicationToCase", R"({"caseId":"case-nowhere","communicationBody":"y"})",
        "CaseIdNotFound");
    row("a reply without case", "AddCommunicationToCase", R"({"communicationBody":"y"})", bad);
    row("a reply to an old case", "AddCommunicationToCase", R"({"caseId":"case-old-3","communicationBody":"y"})", bad);
    row("resolving nowhere", "ResolveCase", R"({"caseId":"case-nowhere"})", "CaseIdNotFound");
    row("no attachments", "AddAttachmentsToSet", R"({"attachments":[]})", bad);
    row("an unknown set to add to", "AddAttachmentsToSet",
        R"({"attachmentSetId":"as-1","attachments":[{"fileName":"a","data":"eA=="}]})", "AttachmentSetIdNotFound");
    row("broken base64", "AddAttachmentsToSet", R"({"attachments":[{"fileName":"a","data":"*"}]})",
        "SerializationException");
    const QByteArray file = R"({"fileName":"a","data":"eA=="})";
    row("four files", "AddAttachmentsToSet", "{\"attachments\":[" + file + ',' + file + ',' + file + ',' + file + "]}",
        "AttachmentSetSizeLimitExceeded");
    row("5 MB", "AddAttachmentsToSet",
        "{\"attachments\":[{\"fileName\":\"a\",\"data\":\"" + QByteArray(5 << 20, 'x').toBase64() + "\"}]}", "");
    row("5 MB and a byte", "AddAttachmentsToSet",
        "{\"attachments\":[{\"fileName\":\"a\",\"data\":\"" + QByteArray((5 << 20) + 1, 'x').toBase64() + "\"}]}",
        "AttachmentSetSizeLimitExceeded");
    row("an unknown attachment", "DescribeAttachment", R"({"attachmentId":"a"})", "AttachmentIdNotFound");
    row("a large attachment", "DescribeAttachment", R"({"attachmentId":"attachment-large"})",
        "InvalidParameterValueException");
    row("a link to a large one", "GetAttachmentDownloadLink", R"({"attachmentId":"attachment-large"})", "");
    row("a link to nowhere", "GetAttachmentDownloadLink", R"({"attachmentId":"a"})", "AttachmentIdNotFound");
    row("an upload without size", "GetAttachmentUploadLinks", R"({"fileName":"a"})", bad);
    row("150 MB", "GetAttachmentUploadLinks", R"({"fileName":"a","fileSizeBytes":157286400})", "");
    row("150 MB and a byte", "GetAttachmentUploadLinks", R"({"fileName":"a","fileSizeBytes":157286401})", bad);
    row("eleven links", "GetAttachmentUploadLinks",
        R"({"fileName":"a","fileSizeBytes":157286400,"uploadRange":{"startIndex":1,"endIndex":12}})", bad);
    row("links of an unknown upload", "GetAttachmentUploadLinks", R"({"fileName":"a","uploadId":"u"})",
        "UploadIdNotFound");
    row("status of an unknown upload", "DescribeAttachmentUploadStatus", R"({"uploadId":"u"})", "UploadIdNotFound");
    row("completing an unknown upload", "CompleteAttachmentUpload",
        R"({"uploadId":"u","completedUploads":[{"partIndex":1,"eTag":"e"}]})", "UploadIdNotFound");
    row("severities", "DescribeSeverityLevels", "{}", "");
    row("languages need three", "DescribeSupportedLanguages", R"({"issueType":"technical"})", bad);
    row("options need four", "DescribeCreateCaseOptions", R"({"issueType":"technical"})", bad);
    row("checks need a language", "DescribeTrustedAdvisorChecks", "{}", bad);
    row("checks in no language", "DescribeTrustedAdvisorChecks", R"({"language":"xx"})",
        "InvalidParameterValueException");
    row("an unknown check", "DescribeTrustedAdvisorCheckResult", R"({"checkId":"nosuch"})",
        "InvalidParameterValueException");
    row("summaries of an unknown check", "DescribeTrustedAdvisorCheckSummaries", R"({"checkIds":["nosuch"]})",
        "InvalidParameterValueException");
    row("refreshing an unknown check", "RefreshTrustedAdvisorCheck", R"({"checkId":"nosuch"})",
        "InvalidParameterValueException");
}

void TestEmulator::refusals()
{
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, code);
    World world;
    const EmulatorAnswer answer = world.raw(operation.constData(), json);
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.status, code.isEmpty() ? 200 : 400);
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    if (code.isEmpty())
        return;
    QCOMPARE(body.value(QStringLiteral("__type")).toString(), QLatin1StringView("com.amazonaws.support#" + code));
    QVERIFY(body.contains(QStringLiteral("message")));
}

void TestEmulator::rehearsalsChangeNothing()
{
    World world;
    const QString set = world.makeSet();
    const auto rehearse = [&world](const char *operation, const QByteArray &json) {
        return world.raw(operation, json).code;
    };
    CreateCase::Request request = newCase();
    request.attachmentSetId = set;
    request.dryRun = true;
    for (int i = 0; i < 20; ++i) // the limit of ten cases doesn't count them
        QCOMPARE(world.ask(request).code, "DryRunOperationException");
    QCOMPARE(rehearse("AddCommunicationToCase", R"({"caseId":"case-ja","communicationBody":"y","dryRun":true})"),
             "DryRunOperationException");
    QCOMPARE(rehearse("ResolveCase", R"({"caseId":"case-ja","dryRun":true})"), "DryRunOperationException");
    QCOMPARE(rehearse("ResolveCase", R"({"caseId":"case-nowhere","dryRun":true})"), "CaseIdNotFound");
    QCOMPARE(rehearse("DescribeCases", R"({"dryRun":true})"), "DryRunOperationException");
    QCOMPARE(rehearse("DescribeCommunications", R"({"caseId":"case-ja","dryRun":true})"), "DryRunOperationException");
    QCOMPARE(rehearse("DescribeServices", R"({"dryRun":true})"), "DryRunOperationException");
    QCOMPARE(rehearse("DescribeSeverityLevels", R"({"dryRun":true})"), "DryRunOperationException");
    QCOMPARE(rehearse("DescribeAttachment", R"({"attachmentId":"attachment-small","dryRun":true})"),
             "DryRunOperationException");
    QCOMPARE(rehearse("GetAttachmentDownloadLink", R"({"attachmentId":"attachment-small","dryRun":true})"),
             "DryRunOperationException");
    QCOMPARE(rehearse("GetAttachmentUploadLinks", R"({"fileName":"a","fileSizeBytes":1,"dryRun":true})"),
             "DryRunOperationException");
    QCOMPARE(rehearse("AddAttachmentsToSet", R"({"attachments":[{"fileName":"a","data":"eA=="}],"dryRun":true})"),
             "DryRunOperationException");

    QCOMPARE(world.emulator.accounts().constFirst().cases.size(), 28);
    QCOMPARE(world.statusOf(QStringLiteral("case-ja")), QLatin1StringView("pending-customer-action"));
    request.dryRun.reset();
    QCOMPARE(world.ask(request).code, ""); // the set is still there
}

void TestEmulator::languagesOfTexts()
{
    World world;
    DescribeSeverityLevels::Request severities;
    QCOMPARE(world.get(severities).severityLevels.size(), 3); // those of the plan
    severities.language = QStringLiteral("ja");
    const auto names = world.get(severities).severityLevels;
    QCOMPARE(names.constFirst().code, QLatin1StringView("low"));
    QVERIFY(names.constFirst().name.at(0).unicode() > 0x2000);

    DescribeServices::Request list;
    const qsizetype count = world.get(list).services.size();
    QVERIFY(count > 100);
    list.language = QStringLiteral("ja");
    QCOMPARE(world.get(list).services.size(), count);
    list.serviceCodeList = {services().constFirst().code, QStringLiteral("no-such")};
    QCOMPARE(world.get(list).services.size(), 1);

    DescribeTrustedAdvisorChecks::Request checks;
    checks.language = QStringLiteral("en");
    const auto english = world.get(checks).checks;
    checks.language = QStringLiteral("ja");
    const auto japanese = world.get(checks).checks;
    QCOMPARE(english.size(), japanese.size());
    QVERIFY(english.constFirst().name != japanese.constFirst().name);
    QCOMPARE(english.constFirst().metadata.size(), japanese.constFirst().metadata.size());

    DescribeSupportedLanguages::Request languages;
    languages.issueType = QStringLiteral("technical");
    languages.serviceCode = services().constFirst().code;
    languages.categoryCode = services().constFirst().categories.constFirst().code;
    QCOMPARE(world.get(languages).supportedLanguages.size(), 8);

    DescribeCreateCaseOptions::Request options;
    options.issueType = languages.issueType;
    options.serviceCode = languages.serviceCode;
    options.categoryCode = languages.categoryCode;
    options.language = QStringLiteral("en");
    QCOMPARE(world.get(options).languageAvailability, QLatin1StringView("available"));
    QCOMPARE(world.get(options).communicationTypes.size(), 3);
    options.language = QStringLiteral("tr");
    QCOMPARE(world.get(options).languageAvailability, QLatin1StringView("best_effort"));
    options.language = QStringLiteral("xx");
    QCOMPARE(world.get(options).languageAvailability, QLatin1StringView("unavailable"));
}

void TestEmulator::oldApi()
{
    EmulatorSettings settings;
    settings.oldApi = true;
    World world(settings);
    int known = 0;
    for (const OperationInfo &operation : operations()) {
        if (world.raw(operation.name.constData(), "{}").code != "UnknownOperationException")
            ++known;
    }
    QCOMPARE(known, 16);
    const auto newest = world.theCase(QStringLiteral("case-open")).recentCommunications->communications.constFirst();
    QVERIFY(newest.attachments.isEmpty());
    QCOMPARE(newest.attachmentSet.size(), 1);
    const qsizetype before = world.emulator.accounts().constFirst().cases.size();
    CreateCase::Request request = newCase();
    request.dryRun = true; // an old service doesn't know it, and opens a case
    request.uploadIds = {QStringLiteral("u")};
    QCOMPARE(world.ask(request).code, "");
    QCOMPARE(world.emulator.accounts().constFirst().cases.size(), before + 1);
}

void TestEmulator::accountsAreApart()
{
    World world;
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    QCOMPARE(world.get(request, otherKey).cases.size(), 0);
    request.caseIdList = {QStringLiteral("case-open")};
    QCOMPARE(world.ask(request, otherKey).code, "CaseIdNotFound");
    DescribeAttachment::Request describe;
    describe.attachmentId = QStringLiteral("attachment-small");
    QCOMPARE(world.ask(describe, otherKey).code, "AttachmentIdNotFound");
    QCOMPARE(world.ask(request, QStringLiteral("AKIDNOBODY")).code, "UnrecognizedClientException");
}

QTEST_GUILESS_MAIN(TestEmulator)
#include "tst_emulator.moc"
