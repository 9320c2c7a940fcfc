#pragma once

#include "support/advisor.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "support/catalog.h"

#include <span>

/// The list of all operations: what knows "each of them" (the emulator, casement-cli call, the conformance test) reads
/// it.
namespace casement {

using AllOperations =
    std::tuple<AddAttachmentsToSet, AddCommunicationToCase, CompleteAttachmentUpload, CreateCase, DescribeAttachment,
               DescribeAttachmentUploadStatus, DescribeCases, DescribeCommunications, DescribeCreateCaseOptions,
               DescribeServices, DescribeSeverityLevels, DescribeSupportedLanguages,
               DescribeTrustedAdvisorCheckRefreshStatuses, DescribeTrustedAdvisorCheckResult,
               DescribeTrustedAdvisorCheckSummaries, DescribeTrustedAdvisorChecks, GetAttachmentDownloadLink,
               GetAttachmentUploadLinks, RefreshTrustedAdvisorCheck, ResolveCase>;

/// One operation, without its types.
struct OperationInfo
{
    QByteArray name;
    bool repeatable = true;
    /// Checks a request that somebody typed as JSON: unknown members, wrong types, limits. Error::Kind::Invalid says
    /// which.
    Result<void> (*checkRequest)(QByteArrayView json) = nullptr;
    /// Checks that an answer is whole and this operation's.
    Result<void> (*checkResponse)(QByteArrayView json) = nullptr;
    /// The members of a request, in the model's order.
    QList<QByteArray> (*requestMembers)() = nullptr;
    /// Writes a request that checkRequest() passed anew, from what was understood of it: without nulls and empty texts,
    /// and with U+FFFD for lone surrogates.
    Result<QByteArray> (*rewriteRequest)(QByteArrayView json) = nullptr;
};

/// All of them, by name.
std::span<const OperationInfo> operations();

/// The one of that name, or null. `describe-cases` finds `DescribeCases` too.
const OperationInfo *findOperation(const QString &name);

/// The Error for a request that breaks limits; `found` must not be empty.
Error invalidRequest(const char *operation, const QList<Violation> &found);

} // namespace casement
