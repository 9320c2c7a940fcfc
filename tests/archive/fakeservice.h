#pragma once

#include "aws/serviceconnection.h"
#include "support/cases.h"
#include "support/codes.h"
#include "support/timestamp.h"

#include <QPointer>

#include <optional>

/// The two listings of the service without HTTP, counted and open to mischief: what the demo service does not do.
namespace casement::test {

inline Communication message(const QString &body, qint64 time, bool aws = false)
{
    Communication made;
    made.body = body;
    made.timeCreated = timestampText(time);
    made.submittedBy = aws ? QStringLiteral("Amazon Web Services") : QStringLiteral("Admin (Role) <jane@example.com>");
    return made;
}

class FakeService final : public ServiceConnection
{
public:
    using ServiceConnection::ServiceConnection;
    using Answer = Result<ServiceAnswer>;

    QList<CaseDetails> cases; ///< newest first, each with all its messages, newest first
    QStringList calls; ///< `DescribeCases`, `DescribeCases ids=3`, `DescribeCases token=c100`, `DescribeCommunications
                       ///< case-1` …
    int pageSize = 100;
    QString ofKeys; ///< number of the account whose keys ask, where that is known
    QString keys; ///< keyIdDigest() of those keys
    bool sendsMessages = true;
    bool ignoresIncludeCommunications = false;
    bool silent = false; ///< never answers
    int inFlight = 0;
    int mostInFlight = 0;
    /// Answers instead, when it returns something. `number` counts calls from 1.
    std::function<std::optional<Answer>(int number, const QString &call)> instead;
    /// Changes an answer's text.
    std::function<void(QByteArray &body)> twist;

    static qint64 start() { return 1'767'000'000'000; } // a time in December 2025

    /// Adds a case at the top. Its messages are `messages` in number, the oldest by the customer, then by turns.
    CaseDetails &add(const QString &caseId, const QString &status, int messages)
    {
        CaseDetails made;
        made.caseId = caseId;
        made.displayId = QStringLiteral("17") + QString::number(cases.size());
        made.subject = QStringLiteral("Subject of ") + caseId;
        made.status = status;
        made.serviceCode = QStringLiteral("amazon-ec2");
        made.categoryCode = QStringLiteral("general");
        made.severityCode = QStringLiteral("low");
        made.submittedBy = QStringLiteral("jane@example.com");
        made.language = QStringLiteral("en");
        const qint64 created = start() + cases.size() * 60'000;
        made.timeCreated = timestampText(created);
        made.recentCommunications.emplace();
        for (int i = 0; i < messages; ++i)
            made.recentCommunications->communications.prepend(
                message(QStringLiteral("Message %1 of %2").arg(i).arg(caseId), created + i * 1000, i % 2 == 1));
        cases.prepend(made);
        return cases.first();
    }
    CaseDetails &at(const QString &caseId)
    {
        return *std::find_if(cases.begin(), cases.end(), [&](const CaseDetails &c) { return c.caseId == caseId; });
    }
    void write(const QString &caseId, const Communication &what)
    {
        at(caseId).recentCommunications->communications.prepend(what);
    }

    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override
    {
        QString call;
        Answer answer = request.operation == "DescribeCases" ? describeCases(request.body, call)
                                                             : describeCommunications(request.body, call);
        calls.append(call);
        if (instead) {
            if (std::optional<Answer> other = instead(int(calls.size()), call))
                answer = *other;
        }
        if (twist && answer)
            twist(answer->body);
        if (answer) {
            answer->ofKeys = ofKeys;
            answer->keys = keys;
        }
        if (silent)
            return;
        mostInFlight = std::max(mostInFlight, ++inFlight);
        QMetaObject::invokeMethod(
            this,
            [this, guard = QPointer<QObject>(context), callback = std::move(callback), answer] {
                --inFlight;
                if (guard)
                    callback(answer);
            },
            Qt::QueuedConnection);
    }

    static Error refusal(const QString &code, const QString &text = {})
    {
        return {.kind = Error::Kind::Refused, .code = code, .message = text, .httpStatus = 400};
    }

private:
    template <class Item> QString pageOf(QList<Item> &items, const QString &token) const
    {
        const qsizetype from = token.isEmpty() ? 0 : token.mid(1).toLongLong();
        const QString next = from + pageSize < items.size() ? u'c' + QString::number(from + pageSize) : QString();
        items = items.mid(from, pageSize);
        return next;
    }

    Answer describeCases(const QByteArray &body, QString &call)
    {
        const auto request = *decode<DescribeCases::Request>(body, nullptr, Reading::Strict);
        call = QStringLiteral("DescribeCases");
        if (!request.caseIdList.isEmpty())
            call += QStringLiteral(" ids=%1").arg(request.caseIdList.size());
        if (!request.nextToken.isEmpty())
            call += QStringLiteral(" token=") + request.nextToken;
        const bool resolvedToo = request.includeResolvedCases.value_or(false);
        if (resolvedToo)
            call += QStringLiteral(" resolved");
        if (!request.afterTime.isEmpty())
            call += QStringLiteral(" after");
        for (const QString &id : request.caseIdList) {
            if (std::none_of(cases.cbegin(), cases.cend(), [&](const CaseDetails &c) { return c.caseId == id; }))
                return refusal(QStringLiteral("CaseIdNotFound"));
        }
        const auto ms = [](const QString &time) { return parseTimestamp(time.toStdString()); };
        DescribeCases::Response page;
        for (CaseDetails details : cases) {
            QList<Communication> &messages = details.recentCommunications->communications;
            const auto outside = [&](const Communication &m) {
                return (!request.afterTime.isEmpty() && ms(m.timeCreated) < ms(request.afterTime))
                    || (!request.beforeTime.isEmpty() && ms(m.timeCreated) >= ms(request.beforeTime));
            };
            if ((!request.caseIdList.isEmpty() && !request.caseIdList.contains(details.caseId))
                || (!resolvedToo && isResolved(details.status.toStdString()))
                || (!messages.isEmpty() && std::all_of(messages.cbegin(), messages.cend(), outside)))
                continue;
            if (messages.size() > 5) {
                messages = messages.first(5);
                details.recentCommunications->nextToken = QStringLiteral("do-not-use");
            }
            if (!sendsMessages || (!request.includeCommunications.value_or(true) && !ignoresIncludeCommunications))
                details.recentCommunications.reset();
            page.cases.append(details);
        }
        page.nextToken = pageOf(page.cases, request.nextToken);
        return ServiceAnswer{encode(page), QStringLiteral("request-1")};
    }

    Answer describeCommunications(const QByteArray &body, QString &call)
    {
        const auto request = *decode<DescribeCommunications::Request>(body, nullptr, Reading::Strict);
        call = QStringLiteral("DescribeCommunications ") + request.caseId;
        if (!request.nextToken.isEmpty())
            call += QStringLiteral(" token=") + request.nextToken;
        for (const CaseDetails &details : cases) {
            if (details.caseId != request.caseId)
                continue;
            DescribeCommunications::Response page;
            page.communications = details.recentCommunications->communications;
            page.nextToken = pageOf(page.communications, request.nextToken);
            return ServiceAnswer{encode(page), QStringLiteral("request-2")};
        }
        return refusal(QStringLiteral("CaseIdNotFound"));
    }
};

} // namespace casement::test
