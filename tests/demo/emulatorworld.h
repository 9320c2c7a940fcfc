#pragma once

#include "demo/emulator.h"
#include "demo/redaction.h"
#include "support/operations.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

/// An emulator of known content, for tests of its parts.
namespace casement::test {

using namespace casement::demo;

inline constexpr qint64 second = 1000;
inline constexpr qint64 minute = 60 * second;
inline constexpr qint64 hour = 60 * minute;
inline constexpr qint64 day = 24 * hour;
inline constexpr qint64 start = 1'795'000'000'000; // in November 2026

inline const QString key = QStringLiteral("AKIAIOSFODNN7EXAMPLE");
inline const QString otherKey = QStringLiteral("AKIAI44QH8DHBEXAMPLE");

inline DemoMessage message(const char *body, qint64 at, bool fromAws)
{
    DemoMessage made;
    made.body = QString::fromUtf8(body);
    made.submittedBy =
        fromAws ? QStringLiteral("Amazon Web Services") : QStringLiteral("AdminRole (Role) <a@example.com>");
    made.timeCreated = utc(at);
    made.fromAws = fromAws;
    return made;
}

inline DemoCase makeCase(const QString &caseId, const char *status, const char *language, qint64 created, int messages)
{
    DemoCase made;
    made.caseId = caseId;
    made.displayId = QString::number(170'000'000'000'000 + created / 1000);
    made.subject = QStringLiteral("Subject of ") + caseId;
    made.status = QString::fromLatin1(status);
    made.serviceCode = services().constFirst().code;
    made.categoryCode = services().constFirst().categories.constFirst().code;
    made.severityCode = QStringLiteral("normal");
    made.submittedBy = QStringLiteral("a@example.com");
    made.timeCreated = utc(created);
    made.language = QString::fromLatin1(language);
    for (int i = 0; i < messages; ++i)
        made.messages.append(
            message(qPrintable(QStringLiteral("message %1").arg(i)), created + i * minute, i % 2 == 1));
    return made;
}

/// Two accounts of known content: 25 old cases that are resolved, one resolved recently, one open with 12 messages, one
/// in Japanese.
inline DemoData world()
{
    DemoData data;
    data.now = utc(start);
    data.checks = make({.accounts = 1, .cases = 1, .checks = 450, .now = utc(start)}).checks;
    DemoAccount one;
    one.name = QStringLiteral("One");
    one.accountId = QStringLiteral("111122223333");
    one.accessKeyId = key;
    one.severityCodes = QStringList{QStringLiteral("low"), QStringLiteral("normal"), QStringLiteral("high")};
    one.cases.append(makeCase(QStringLiteral("case-open"), "work-in-progress", "en", start - day, 12));
    one.cases.append(makeCase(QStringLiteral("case-ja"), "pending-customer-action", "ja", start - 2 * day, 2));
    one.cases.append(makeCase(QStringLiteral("case-recent"), "resolved", "en", start - 10 * day, 3));
    one.cases.last().resolvedAt = utc(start - 3 * day);
    for (int i = 0; i < 25; ++i) {
        one.cases.append(makeCase(QStringLiteral("case-old-%1").arg(i), "resolved", "en", start - (30 + i) * day, 1));
        one.cases.last().resolvedAt = utc(start - (29 + i) * day);
    }
    DemoAttachment small;
    small.attachmentId = QStringLiteral("attachment-small");
    small.fileName = QStringLiteral("small.log");
    small.data = "0123456789";
    small.size = small.data.size();
    DemoAttachment large;
    large.attachmentId = QStringLiteral("attachment-large");
    large.fileName = QStringLiteral("large.bin");
    large.size = 6 << 20;
    large.seed = 7;
    one.cases.first().messages.last().attachments = {small, large};
    DemoAccount two = one;
    two.name = QStringLiteral("Two");
    two.accountId = QStringLiteral("444455556666");
    two.accessKeyId = otherKey;
    two.cases.clear();
    data.accounts = {one, two};
    return data;
}

class World
{
public:
    explicit World(const EmulatorSettings &settings = {}) : emulator(world(), settings) { }

    EmulatorAnswer raw(const char *operation, const QByteArray &json, const QString &as = key)
    {
        return emulator.call(operation, json, as, now, faults);
    }
    template <class Request> EmulatorAnswer ask(const Request &request, const QString &as = key)
    {
        return raw(Request::Operation::name, encode(request), as);
    }
    template <class Request> typename Request::Operation::Response get(const Request &request, const QString &as = key)
    {
        const EmulatorAnswer answer = ask(request, as);
        if (answer.isRefusal())
            qWarning("%s", answer.body.constData());
        return decode<typename Request::Operation::Response>(answer.body).value();
    }
    CaseDetails theCase(const QString &caseId)
    {
        DescribeCases::Request request;
        request.caseIdList = {caseId};
        request.includeResolvedCases = true;
        const auto cases = get(request).cases;
        return cases.isEmpty() ? CaseDetails() : cases.constFirst();
    }
    QString statusOf(const QString &caseId) { return theCase(caseId).status; }
    QString reply(const QString &caseId, const QString &body = QStringLiteral("hello"))
    {
        AddCommunicationToCase::Request request;
        request.caseId = caseId;
        request.communicationBody = body;
        return QString::fromLatin1(ask(request).code);
    }
    QString makeSet(const QByteArray &data = "x", const QString &set = {})
    {
        AddAttachmentsToSet::Request request;
        request.attachmentSetId = set;
        request.attachments.append({QStringLiteral("a.log"), data});
        return get(request).attachmentSetId;
    }

    Emulator emulator;
    qint64 now = start;
    RequestFaults faults;
};

inline CreateCase::Request newCase()
{
    CreateCase::Request request;
    request.subject = QStringLiteral("TEST CASE-Please ignore");
    request.communicationBody = QStringLiteral("Nothing to see.");
    request.serviceCode = services().constFirst().code;
    request.categoryCode = services().constFirst().categories.constFirst().code;
    request.severityCode = QStringLiteral("low");
    request.language = QStringLiteral("en");
    request.issueType = QStringLiteral("technical");
    return request;
}

} // namespace casement::test
