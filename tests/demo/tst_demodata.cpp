#include "demo/demodata.h"

#include <QImage>
#include <QSet>
#include <QTest>

using namespace casement::demo;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now = QDateTime::fromString(u"2026-11-22T02:00:00.123Z"_s, Qt::ISODateWithMs);

DemoData made(int accounts = 4, int cases = 0, int checks = 450, qint64 resources = 0, quint64 seed = 1)
{
    return make(
        {.accounts = accounts, .cases = cases, .checks = checks, .resources = resources, .seed = seed, .now = now});
}

qsizetype codePoints(const QString &text) { return text.toUcs4().size(); }

qsizetype caseCount(const DemoData &data)
{
    qsizetype count = 0;
    for (const DemoAccount &account : data.accounts)
        count += account.cases.size();
    return count;
}

/// Everything that a look at the data could show, as one text.
QString dumped(const DemoData &data)
{
    QStringList lines;
    for (const DemoAccount &account : data.accounts) {
        lines << account.name << account.accountId << account.accessKeyId << account.secretAccessKey;
        for (const DemoCase &theCase : account.cases) {
            lines << theCase.caseId << theCase.displayId << theCase.subject << theCase.status
                  << theCase.timeCreated.toString(Qt::ISODateWithMs);
            for (const DemoMessage &message : messagesOf(account, theCase)) {
                lines << message.body << message.submittedBy << message.timeCreated.toString(Qt::ISODateWithMs);
                for (const DemoAttachment &attachment : message.attachments)
                    lines << attachment.attachmentId << attachment.fileName << QString::number(attachment.seed);
            }
        }
        for (const DemoCheck &check : data.checks.first(qMin<qsizetype>(60, data.checks.size()))) {
            const DemoCheckResult result = checkResult(data, account, check, u"ja"_s);
            lines << result.status << QString::number(result.estimatedMonthlySavings);
            for (const DemoResource &resource : result.resources)
                lines << resource.resourceId << resource.region.value_or(u"?"_s) << resource.metadata;
        }
    }
    return lines.join(u'\n');
}

const DemoService *serviceOf(const QString &code)
{
    for (const DemoService &service : services()) {
        if (service.code == code)
            return &service;
    }
    return nullptr;
}

} // namespace

class TestDemoData final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aYearOfFourAccounts();
    void everyCaseHoldsTogether();
    void everyMessageHoldsTogether();
    void everyCodeOccurs();
    void conversationsAreShortAndLong();
    void hostileTextsAreThere();
    void catalogue();
    void attachmentsHaveContent();
    void checksOfAllCategories();
    void descriptionsComeInTwoLanguages();
    void resultsFitTheirCounts();
    void resultsHaveTheServicesOddities();
    void aRefreshMovesTheTimestamp();
    void theSameSeedMakesTheSame();
    void largeAccounts();
    void theEngineerAnswers_data();
    void theEngineerAnswers();
};

void TestDemoData::aYearOfFourAccounts()
{
    const DemoData data = made();
    QCOMPARE(data.accounts.size(), 4);
    QVERIFY2(caseCount(data) >= 72, qPrintable(QString::number(caseCount(data))));
    QSet<QString> accountIds, keys, secrets;
    int chinese = 0;
    for (const DemoAccount &account : data.accounts) {
        QCOMPARE(account.accountId.size(), 12);
        QCOMPARE(account.accessKeyId.size(), 20);
        QVERIFY(account.accessKeyId.startsWith("AKIA"_L1) && account.accessKeyId.endsWith("EXAMPLE"_L1));
        QCOMPARE(account.secretAccessKey.size(), 40);
        QVERIFY(!account.cases.isEmpty());
        accountIds += account.accountId;
        keys += account.accessKeyId;
        secrets += account.secretAccessKey;
        chinese += account.partition == "aws-cn"_L1;
        QCOMPARE(account.region, account.partition == "aws-cn"_L1 ? u"cn-north-1"_s : u"us-east-1"_s);
    }
    QCOMPARE(accountIds.size(), 4);
    QCOMPARE(keys.size(), 4);
    QCOMPARE(secrets.size(), 4);
    QCOMPARE(chinese, 1);
}

void TestDemoData::everyCaseHoldsTogether()
{
    const DemoData data = made();
    QSet<QString> caseIds, displayIds, subjects;
    QDateTime newest, oldest = now;
    for (const DemoAccount &account : data.accounts) {
        QDateTime before = now;
        for (const DemoCase &theCase : account.cases) {
            const QByteArray about = theCase.subject.toUtf8();
            static const QRegularExpression form(u"^case-\\d{12}-mu[a-z]{2}-\\d{4}-[0-9a-f]{16}$"_s);
            QVERIFY2(form.match(theCase.caseId).hasMatch(), about.constData());
            QVERIFY2(theCase.caseId.contains(account.accountId + "-mu"_L1 + theCase.language), about.constData());
            QCOMPARE(theCase.displayId.size(), 15);
            caseIds += theCase.caseId;
            displayIds += theCase.displayId;
            subjects += theCase.subject;
            QVERIFY2(!theCase.subject.isEmpty() && theCase.subject.size() <= 250, about.constData());
            QVERIFY2(account.severityCodes.contains(theCase.severityCode), about.constData());
            const DemoService *service = serviceOf(theCase.serviceCode);
            QVERIFY2(service, qPrintable(theCase.serviceCode + u' ' + theCase.subject));
            QVERIFY2(std::any_of(service->categories.begin(), service->categories.end(),
                                 [&](const DemoCategory &category) { return category.code == theCase.categoryCode; }),
                     qPrintable(theCase.serviceCode + u' ' + theCase.categoryCode));
            QCOMPARE(theCase.issueType, service->issueType);
            QVERIFY2(theCase.submittedBy.endsWith("@example.com"_L1), about.constData());
            QVERIFY2(messagesOf(account, theCase).constFirst().submittedBy.contains(u'<' + theCase.submittedBy + u'>'),
                     about.constData());
            QVERIFY2(theCase.timeCreated <= before, "newest first");
            before = theCase.timeCreated;
            newest = newest.isValid() ? qMax(newest, theCase.timeCreated) : theCase.timeCreated;
            oldest = qMin(oldest, theCase.timeCreated);
            QCOMPARE(theCase.resolvedAt.isValid(), theCase.status == "resolved"_L1 || theCase.status == "reopened"_L1);
            QVERIFY2(!theCase.resolvedAt.isValid()
                         || (theCase.resolvedAt < now && theCase.resolvedAt > theCase.timeCreated),
                     about.constData());
            QVERIFY2(theCase.ccEmailAddresses.size() <= 10, about.constData());
        }
    }
    QCOMPARE(caseIds.size(), caseCount(data));
    QCOMPARE(displayIds.size(), caseCount(data));
    QCOMPARE(subjects.size(), caseCount(data));
    QVERIFY2(newest.secsTo(now) < 3600, "the newest case is minutes old");
    QVERIFY2(oldest.daysTo(now) > 300 && oldest.daysTo(now) < 366, "the oldest case is almost a year old");
}

void TestDemoData::everyMessageHoldsTogether()
{
    const DemoData data = made();
    QSet<QString> attachmentIds;
    int files = 0;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases) {
            const QByteArray about = theCase.subject.toUtf8();
            QDateTime before;
            const QList<DemoMessage> messages = messagesOf(account, theCase);
            QCOMPARE(messages.size(), messageCount(theCase));
            QCOMPARE(messages.constFirst().timeCreated, theCase.timeCreated);
            QVERIFY2(!messages.constFirst().fromAws, about.constData());
            QVERIFY2(theCase.status != "pending-customer-action"_L1 || messages.constLast().fromAws, about.constData());
            QVERIFY2(theCase.status != "customer-action-completed"_L1 || !messages.constLast().fromAws,
                     about.constData());
            for (const DemoMessage &message : messages) {
                QVERIFY2(!message.body.isEmpty() && codePoints(message.body) <= 8000, about.constData());
                QVERIFY2(!message.body.contains("@{"_L1),
                         qPrintable(message.body.mid(message.body.indexOf("@{"_L1), 60)));
                QVERIFY2(!before.isValid() || message.timeCreated > before, about.constData());
                QVERIFY2(message.timeCreated < now, about.constData());
                before = message.timeCreated;
                QCOMPARE(message.submittedBy == "Amazon Web Services"_L1, message.fromAws);
                static const QRegularExpression customer(u"^\\w+ \\(Role\\) <[a-z.]+@example\\.com>$"_s);
                QVERIFY2(message.fromAws || customer.match(message.submittedBy).hasMatch(),
                         qPrintable(message.submittedBy));
                for (const DemoAttachment &attachment : message.attachments) {
                    ++files;
                    attachmentIds += attachment.attachmentId;
                    QVERIFY2(attachment.size > 0 && !attachment.fileName.isEmpty(), about.constData());
                    QVERIFY2(!attachment.fileName.contains("@{"_L1), qPrintable(attachment.fileName));
                    const auto found = findAttachment(account, attachment.attachmentId);
                    QVERIFY2(found && found->fileName == attachment.fileName, about.constData());
                }
            }
        }
    }
    QVERIFY(files >= 12);
    QCOMPARE(attachmentIds.size(), files);
    QVERIFY(!findAttachment(data.accounts.constFirst(), u"attachment-none"_s));
}

void TestDemoData::everyCodeOccurs()
{
    const DemoData data = made();
    QSet<QString> statuses, severities, languages, issueTypes;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases) {
            statuses += theCase.status;
            severities += theCase.severityCode;
            languages += theCase.language;
            issueTypes += theCase.issueType;
        }
    }
    const QSet<QString> allStatuses{u"unassigned"_s,
                                    u"opened"_s,
                                    u"work-in-progress"_s,
                                    u"pending-customer-action"_s,
                                    u"customer-action-completed"_s,
                                    u"reopened"_s,
                                    u"resolved"_s};
    QCOMPARE(statuses, allStatuses);
    QCOMPARE(severities, (QSet<QString>{u"low"_s, u"normal"_s, u"high"_s, u"urgent"_s, u"critical"_s}));
    QVERIFY(languages.contains(u"en"_s) && languages.contains(u"ja"_s) && languages.contains(u"zh"_s));
    QCOMPARE(issueTypes, (QSet<QString>{u"technical"_s, u"customer-service"_s}));
}

void TestDemoData::conversationsAreShortAndLong()
{
    const DemoData data = made();
    QMap<qsizetype, int> lengths;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases)
            ++lengths[messageCount(theCase)];
    }
    QCOMPARE(lengths.firstKey(), 1);
    QCOMPARE(lengths.lastKey(), 40);
    QVERIFY2(std::count_if(lengths.keyBegin(), lengths.keyEnd(), [](qsizetype n) { return n > 20; }) >= 2,
             "two are longer than 20");
}

void TestDemoData::hostileTextsAreThere()
{
    bool markup = false, emoji = false, longLine = false, full = false;
    const DemoData data = made();
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases) {
            for (const DemoMessage &message : messagesOf(account, theCase)) {
                markup |= message.body.contains("<script>"_L1);
                emoji |= codePoints(message.body) < message.body.size();
                full |= codePoints(message.body) == 8000;
                for (const QStringView line : QStringView(message.body).split(u'\n'))
                    longLine |= line.size() > 3000;
            }
        }
    }
    QVERIFY(markup);
    QVERIFY(emoji);
    QVERIFY(longLine);
    QVERIFY(full);
}

void TestDemoData::catalogue()
{
    QVERIFY(services().size() >= 280);
    QSet<QString> codes;
    for (const DemoService &service : services()) {
        codes += service.code;
        QVERIFY2(!service.name.en.isEmpty() && !service.name.in(u"ja"_s).isEmpty(), qPrintable(service.code));
        QVERIFY2(service.categories.size() >= 4, qPrintable(service.code));
        for (const DemoCategory &category : service.categories)
            QVERIFY2(!category.name.ja.isEmpty() && category.name.in(u"fr"_s) == category.name.en,
                     qPrintable(category.code));
    }
    QCOMPARE(codes.size(), services().size());
    QVERIFY(codes.contains(u"amazon-elastic-compute-cloud-linux"_s) && codes.contains(u"general-info"_s));
    QCOMPARE(severityLevels().size(), 5);
    QCOMPARE(caseLanguages().size(), 8);
}

void TestDemoData::attachmentsHaveContent()
{
    const DemoData data = made();
    bool picture = false, big = false;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases) {
            for (const DemoMessage &message : messagesOf(account, theCase)) {
                for (const DemoAttachment &attachment : message.attachments) {
                    if (attachment.size > 50'000'000) {
                        big = true;
                        QCOMPARE(attachmentBytes(attachment, attachment.size - 10, 100).size(), 10);
                        continue;
                    }
                    const QByteArray whole = attachmentBytes(attachment);
                    QCOMPARE(whole.size(), attachment.size);
                    QCOMPARE(attachmentBytes(attachment, 1000, 5000), whole.mid(1000, 5000));
                    QCOMPARE(attachmentBytes(attachment, attachment.size, 10), QByteArray());
                    if (attachment.fileName.endsWith(".png"_L1)) {
                        picture = true;
                        QVERIFY2(!QImage::fromData(whole).isNull(), qPrintable(attachment.fileName));
                    }
                }
            }
        }
    }
    QVERIFY(picture);
    QVERIFY(big);
    const DemoAttachment own{.attachmentId = u"a"_s, .fileName = u"x.txt"_s, .data = "0123456789", .size = 10};
    QCOMPARE(attachmentBytes(own, 3, 4), QByteArray("3456"));
}

void TestDemoData::checksOfAllCategories()
{
    const DemoData data = made();
    QCOMPARE(data.checks.size(), 450);
    QMap<QString, int> categories;
    QSet<QString> ids;
    int hubs = 0;
    for (const DemoCheck &check : data.checks) {
        ++categories[check.category];
        ids += check.id;
        hubs += check.id.startsWith("Hs4Ma3"_L1);
        QVERIFY2(check.id.size() == 9 || check.id.size() == 10, qPrintable(check.id));
        QVERIFY2(!check.name.en.isEmpty() && check.name.ja != check.name.en && !check.name.ja.isEmpty(),
                 qPrintable(check.id));
        for (const DemoText &heading : check.headings)
            QVERIFY2(!heading.en.isEmpty() && !heading.ja.isEmpty(), qPrintable(check.id));
        QVERIFY2(!check.id.startsWith("Hs4Ma3"_L1) || !check.refreshable, qPrintable(check.id));
    }
    QCOMPARE(ids.size(), 450);
    QCOMPARE(categories,
             (QMap<QString, int>{{u"security"_s, 222},
                                 {u"fault_tolerance"_s, 87},
                                 {u"service_limits"_s, 52},
                                 {u"performance"_s, 37},
                                 {u"operational_excellence"_s, 31},
                                 {u"cost_optimizing"_s, 21}}));
    QVERIFY2(hubs > 150, qPrintable(QString::number(hubs)));
    const auto headings = [&data](const QString &id) {
        for (const DemoCheck &check : data.checks) {
            if (check.id == id)
                return check.headings.size();
        }
        return qsizetype(-1);
    };
    QCOMPARE(headings(u"Qch7DwouX1"_s), 22);
    QCOMPARE(headings(u"7DAFEmoDos"_s), 0);
    QCOMPARE(made(1, 1, 30).checks.size(), 30);
}

void TestDemoData::descriptionsComeInTwoLanguages()
{
    const DemoData data = made();
    QString all;
    for (const DemoCheck &check : data.checks) {
        const QString english = checkDescription(check, u"en"_s);
        const QString japanese = checkDescription(check, u"ja"_s);
        QVERIFY2(english.contains("<br>"_L1) || english.contains("<br/>"_L1) || english.contains("<ul>"_L1),
                 qPrintable(check.id));
        QVERIFY2(english != japanese && !japanese.isEmpty(), qPrintable(check.id));
        QCOMPARE(checkDescription(check, u"pt_BR"_s), english);
        QVERIFY2(!english.contains("%name"_L1) && !english.contains("%source"_L1), qPrintable(check.id));
        all += english;
    }
    for (const QLatin1StringView untidy :
         {"</br>"_L1, "<h4 class='headerBodyStyle'>"_L1, "\r\n"_L1, "&nbsp;"_L1, "href='http://"_L1})
        QVERIFY2(all.contains(untidy), untidy.data());
}

void TestDemoData::resultsFitTheirCounts()
{
    const DemoData data = made();
    QSet<QString> statuses;
    double savings = 0;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCheck &check : data.checks) {
            const DemoCheckResult result = checkResult(data, account, check, u"en"_s);
            const DemoCheckResult summary = checkSummary(data, account, check);
            statuses += result.status;
            QCOMPARE(summary.status, result.status);
            QCOMPARE(summary.resourcesFlagged, result.resourcesFlagged);
            QCOMPARE(summary.timestamp, result.timestamp);
            QCOMPARE(summary.estimatedMonthlySavings, result.estimatedMonthlySavings);
            if (result.status == "not_available"_L1) {
                QVERIFY(result.resources.isEmpty() && !result.timestamp.isValid());
                continue;
            }
            QVERIFY(!result.timestamp.isValid() || result.timestamp < now);
            QVERIFY(result.resourcesProcessed >= result.resourcesFlagged + result.resourcesSuppressed);
            const auto suppressed = std::count_if(result.resources.begin(), result.resources.end(),
                                                  [](const DemoResource &resource) { return resource.isSuppressed; });
            QCOMPARE(suppressed, result.resourcesSuppressed);
            if (result.status == "ok"_L1)
                QCOMPARE(result.resourcesFlagged, 0);
            else
                QCOMPARE(result.resourcesFlagged, result.resources.size() - suppressed);
            QVERIFY(check.category == "cost_optimizing"_L1 || result.estimatedMonthlySavings == 0);
            savings += result.estimatedMonthlySavings;
        }
    }
    QCOMPARE(statuses, (QSet<QString>{u"ok"_s, u"warning"_s, u"error"_s, u"not_available"_s}));
    QVERIFY(savings > 100);
}

void TestDemoData::resultsHaveTheServicesOddities()
{
    int fitting = 0, shorter = 0, longer = 0, none = 0, null = 0, formula = 0, noRegion = 0, dash = 0, japanese = 0,
        timeless = 0;
    const DemoData data = made();
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCheck &check : data.checks) {
            const DemoCheckResult result = checkResult(data, account, check, u"ja"_s);
            timeless += result.status != "not_available"_L1 && !result.timestamp.isValid();
            for (const DemoResource &resource : result.resources) {
                const qsizetype wanted = check.headings.size();
                fitting += resource.metadata.size() == wanted;
                none += resource.metadata.isEmpty() && wanted > 0;
                shorter += !resource.metadata.isEmpty() && resource.metadata.size() < wanted;
                longer += wanted > 0 && resource.metadata.size() > wanted;
                noRegion += !resource.region;
                dash += resource.region == u"-"_s;
                for (const QString &value : resource.metadata) {
                    null += value.isNull();
                    formula += !value.isEmpty() && u"=+-@"_s.contains(value.at(0));
                    japanese += value == u"黄"_s || value == u"赤"_s;
                }
            }
        }
    }
    QVERIFY2(fitting > 12 * (shorter + longer + none), "most rows are as they should be");
    for (const int oddity : {shorter, longer, none, null, formula, noRegion, dash, japanese, timeless})
        QVERIFY(oddity > 0);
}

void TestDemoData::aRefreshMovesTheTimestamp()
{
    DemoData data = made();
    DemoAccount &account = data.accounts[0];
    for (const DemoCheck &check : data.checks) {
        const DemoCheckResult before = checkSummary(data, account, check);
        if (before.status != "warning"_L1)
            continue;
        account.checkStates[check.id].refreshedAt = now.addSecs(5);
        const DemoCheckResult after = checkSummary(data, account, check);
        QCOMPARE(after.timestamp, now.addSecs(5));
        QVERIFY(qAbs(after.resourcesFlagged - before.resourcesFlagged) <= 1);
    }
}

void TestDemoData::theSameSeedMakesTheSame()
{
    const QString first = dumped(made(5, 120));
    QVERIFY(first == dumped(made(5, 120)));
    QVERIFY(first != dumped(made(5, 120, 450, 0, 2)));
}

void TestDemoData::largeAccounts()
{
    const DemoData data = made(7, 5000, 1000, 250);
    QCOMPARE(data.accounts.size(), 7);
    QCOMPARE(data.checks.size(), 1000);
    QCOMPARE(caseCount(data), 5000);
    QSet<QString> caseIds, displayIds, checkIds, subjects, attachmentIds;
    qsizetype messages = 0;
    for (const DemoAccount &account : data.accounts) {
        for (const DemoCase &theCase : account.cases) {
            caseIds += theCase.caseId;
            displayIds += theCase.displayId;
            subjects += theCase.subject;
            messages += messageCount(theCase);
            QVERIFY(serviceOf(theCase.serviceCode));
            if (theCase.number % 5 != 0)
                continue;
            QDateTime before;
            for (const DemoMessage &message : messagesOf(account, theCase)) {
                QVERIFY2(!before.isValid() || message.timeCreated > before, qPrintable(theCase.subject));
                QVERIFY2(message.timeCreated < now, qPrintable(theCase.subject));
                QVERIFY2(codePoints(message.body) <= 8000 && !message.body.contains("%1"_L1),
                         qPrintable(theCase.subject));
                before = message.timeCreated;
                for (const DemoAttachment &attachment : message.attachments)
                    attachmentIds += attachment.attachmentId;
            }
        }
    }
    QCOMPARE(caseIds.size(), 5000);
    QCOMPARE(displayIds.size(), 5000);
    QCOMPARE(subjects.size(), 5000);
    QVERIFY2(messages > 4 * 5000 && messages < 7 * 5000, qPrintable(QString::number(messages)));
    QVERIFY(attachmentIds.size() > 20);
    for (const QString &id : std::as_const(attachmentIds)) {
        QVERIFY(std::any_of(data.accounts.begin(), data.accounts.end(),
                            [&id](const DemoAccount &account) { return findAttachment(account, id).has_value(); }));
        break; // one is enough: each look goes through all generated files
    }
    for (const DemoCheck &check : data.checks) {
        checkIds += check.id;
        const DemoCheckResult result = checkSummary(data, data.accounts.constFirst(), check);
        if (result.status == "warning"_L1 || result.status == "error"_L1)
            QCOMPARE(result.resourcesFlagged + result.resourcesSuppressed, 250);
    }
    QCOMPARE(checkIds.size(), 1000);
    QCOMPARE(caseCount(made(2, 10)), 10);
}

void TestDemoData::theEngineerAnswers_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const char *language, const char *message, const char *says) {
        QTest::newRow(name) << QString::fromUtf8(language) << QString::fromUtf8(message) << QString::fromUtf8(says);
    };
    row("the opening is greeted", "en", "", "AWS Support");
    row("throttling is recognised", "en", "we still see ThrottlingException: Rate exceeded", "jitter");
    row("thanks are answered", "en", "Perfect, all green. Thank you!", "14 days");
    row("something else", "en", "The colour of the button is wrong.", "AWS Support");
    row("Japanese", "ja", "設定を変更しましたが、まだ遅いです。", "レイテンシー");
    row("Chinese", "zh", "还是不行", "您好");
    row("a language without texts gets English", "fr", "Toujours la même erreur", "AWS Support");
}

void TestDemoData::theEngineerAnswers()
{
    QFETCH(QString, language);
    QFETCH(QString, message);
    QFETCH(QString, says);

    DemoCase theCase;
    theCase.caseId = u"case-111122223333-muen-2026-00112233aabbccdd"_s;
    theCase.displayId = u"176962049400621"_s;
    theCase.language = language;
    theCase.subject = u"Something is wrong"_s;
    theCase.submittedBy = u"emma.clarke@example.com"_s;
    theCase.timeCreated = now;
    const QString reply = engineerReply(theCase, message, 3);
    QVERIFY2(reply.contains(says), qPrintable(reply));
    QVERIFY(reply.contains(theCase.displayId) || language == "ja"_L1 || reply.contains(engineerName(theCase)));
    QVERIFY(!reply.contains("@{"_L1));
    QVERIFY(codePoints(reply) <= 8000);
    QCOMPARE(engineerReply(theCase, message, 3), reply);
}

QTEST_GUILESS_MAIN(TestDemoData)

#include "tst_demodata.moc"
