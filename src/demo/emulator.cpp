#include "demo/emulator.h"

#include "support/operations.h"

namespace casement::demo {

namespace {

/// Violations as the service words them.
QString sentence(const QList<Violation> &violations)
{
    QString text = QStringLiteral("%1 validation error%2 detected: ")
                       .arg(violations.size())
                       .arg(violations.size() == 1 ? QString() : QStringLiteral("s"));
    for (const Violation &violation : violations) {
        if (!text.endsWith(QLatin1StringView(": ")))
            text += QStringLiteral("; ");
        text += QStringLiteral("Value at '%1' failed to satisfy constraint: ").arg(violation.path);
        switch (violation.kind) {
        case Violation::Kind::Missing:
            text += QStringLiteral("Member must not be null");
            break;
        case Violation::Kind::TooShort:
        case Violation::Kind::TooFew:
            text += QStringLiteral("Member must have length greater than or equal to %1").arg(violation.limit);
            break;
        case Violation::Kind::TooLong:
        case Violation::Kind::TooMany:
            text += QStringLiteral("Member must have length less than or equal to %1").arg(violation.limit);
            break;
        case Violation::Kind::TooSmall:
            text += QStringLiteral("Member must have value greater than or equal to %1").arg(violation.limit);
            break;
        case Violation::Kind::TooLarge:
            text += QStringLiteral("Member must have value less than or equal to %1").arg(violation.limit);
            break;
        }
    }
    return text;
}

} // namespace

Emulator::Emulator(DemoData data, const EmulatorSettings &settings)
    : m_settings(settings), m_data(std::make_unique<DemoData>(std::move(data))), m_tokens(m_data->seed),
      m_attachments(m_settings, m_tokens), m_cases(m_settings, m_tokens, m_attachments, m_data->seed),
      m_advisor(*m_data)
{
    for (DemoAccount &account : m_data->accounts) {
        m_states.push_back(std::make_unique<AccountState>(account));
        m_byKey.insert(account.accessKeyId, m_states.back().get());
    }
}

const DemoAccount *Emulator::accountOf(const QString &accessKeyId) const
{
    const AccountState *state = m_byKey.value(accessKeyId);
    return state ? &state->account : nullptr;
}

template <class Operation, class Part>
EmulatorAnswer Emulator::answer(QByteArrayView body, Call &call, Part &part,
                                EmulatorAnswer (Part::*handler)(const typename Operation::Request &, Call &))
{
    using Request = typename Operation::Request;
    Result<Request> request = decode<Request>(body, nullptr, Reading::Typed);
    if (!request) {
        // The reader speaks of what it reads mostly.
        QString words = request.error().message;
        words.replace(QStringLiteral("The answer"), QStringLiteral("The request"));
        return refused("SerializationException", words);
    }
    bool rehearse = false;
    if constexpr (requires { request->dryRun; }) {
        if (m_settings.oldApi)
            request->dryRun.reset(); // a service that doesn't know a member skips it
        rehearse = request->dryRun.value_or(false);
    }
    if constexpr (requires { request->uploadIds; }) {
        if (m_settings.oldApi)
            request->uploadIds.clear();
    }
    QList<Violation> found = violations(*request);
    if constexpr (std::is_same_v<Operation, AddAttachmentsToSet>) {
        // The service has an error of its own for this one.
        found.removeIf([](const Violation &violation) { return violation.kind == Violation::Kind::TooMany; });
    }
    if (!found.isEmpty())
        return invalid(sentence(found));
    EmulatorAnswer answer = (part.*handler)(*request, call);
    return rehearse && !answer.isRefusal() ? rehearsed() : answer;
}

EmulatorAnswer Emulator::call(const QByteArray &operation, QByteArrayView body, const QString &accessKeyId, qint64 now,
                              const RequestFaults &faults)
{
    advance(now);
    AccountState *state = m_byKey.value(accessKeyId);
    if (!state) {
        return refused("UnrecognizedClientException",
                       QStringLiteral("The security token included in the request is invalid."));
    }
    Call call{*state, now, faults};
    return dispatch(operation, body, call);
}

EmulatorAnswer Emulator::dispatch(const QByteArray &operation, QByteArrayView body, Call &call)
{
    if (operation == DescribeCases::name)
        return answer<DescribeCases>(body, call, m_cases, &EmulatorCases::describeCases);
    if (operation == DescribeCommunications::name)
        return answer<DescribeCommunications>(body, call, m_cases, &EmulatorCases::describeCommunications);
    if (operation == CreateCase::name)
        return answer<CreateCase>(body, call, m_cases, &EmulatorCases::createCase);
    if (operation == AddCommunicationToCase::name)
        return answer<AddCommunicationToCase>(body, call, m_cases, &EmulatorCases::addCommunication);
    if (operation == ResolveCase::name)
        return answer<ResolveCase>(body, call, m_cases, &EmulatorCases::resolveCase);
    if (operation == AddAttachmentsToSet::name)
        return answer<AddAttachmentsToSet>(body, call, m_attachments, &EmulatorAttachments::addToSet);
    if (operation == DescribeAttachment::name)
        return answer<DescribeAttachment>(body, call, m_attachments, &EmulatorAttachments::describeAttachment);
    if (operation == DescribeServices::name)
        return answer<DescribeServices>(body, call, m_catalog, &EmulatorCatalog::describeServices);
    if (operation == DescribeSeverityLevels::name)
        return answer<DescribeSeverityLevels>(body, call, m_catalog, &EmulatorCatalog::describeSeverityLevels);
    if (operation == DescribeSupportedLanguages::name)
        return answer<DescribeSupportedLanguages>(body, call, m_catalog, &EmulatorCatalog::describeSupportedLanguages);
    if (operation == DescribeCreateCaseOptions::name)
        return answer<DescribeCreateCaseOptions>(body, call, m_catalog, &EmulatorCatalog::describeCreateCaseOptions);
    if (operation == DescribeTrustedAdvisorChecks::name)
        return answer<DescribeTrustedAdvisorChecks>(body, call, m_advisor, &EmulatorAdvisor::describeChecks);
    if (operation == DescribeTrustedAdvisorCheckResult::name)
        return answer<DescribeTrustedAdvisorCheckResult>(body, call, m_advisor, &EmulatorAdvisor::describeResult);
    if (operation == DescribeTrustedAdvisorCheckSummaries::name)
        return answer<DescribeTrustedAdvisorCheckSummaries>(body, call, m_advisor, &EmulatorAdvisor::describeSummaries);
    if (operation == DescribeTrustedAdvisorCheckRefreshStatuses::name) {
        return answer<DescribeTrustedAdvisorCheckRefreshStatuses>(body, call, m_advisor,
                                                                  &EmulatorAdvisor::describeRefreshStatuses);
    }
    if (operation == RefreshTrustedAdvisorCheck::name)
        return answer<RefreshTrustedAdvisorCheck>(body, call, m_advisor, &EmulatorAdvisor::refresh);
    if (!m_settings.oldApi)
        return dispatchNew(operation, body, call);
    return refused("UnknownOperationException", {});
}

/// What the service has since 2026.
EmulatorAnswer Emulator::dispatchNew(const QByteArray &operation, QByteArrayView body, Call &call)
{
    if (operation == GetAttachmentUploadLinks::name)
        return answer<GetAttachmentUploadLinks>(body, call, m_attachments, &EmulatorAttachments::uploadLinks);
    if (operation == CompleteAttachmentUpload::name)
        return answer<CompleteAttachmentUpload>(body, call, m_attachments, &EmulatorAttachments::completeUpload);
    if (operation == DescribeAttachmentUploadStatus::name)
        return answer<DescribeAttachmentUploadStatus>(body, call, m_attachments, &EmulatorAttachments::uploadStatus);
    if (operation == GetAttachmentDownloadLink::name)
        return answer<GetAttachmentDownloadLink>(body, call, m_attachments, &EmulatorAttachments::downloadLink);
    return refused("UnknownOperationException", {});
}

LinkAnswer Emulator::put(const QByteArray &path, const QByteArray &query, const QByteArray &body, qint64 now,
                         const RequestFaults &faults)
{
    advance(now);
    return m_attachments.put(path, query, body, now, faults);
}

LinkAnswer Emulator::get(const QByteArray &path, const QByteArray &query, const QByteArray &range, qint64 now,
                         const RequestFaults &faults)
{
    advance(now);
    return m_attachments.get(path, query, range, now, faults);
}

} // namespace casement::demo
