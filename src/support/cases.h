#pragma once

#include "support/shape.h"

/// Support cases and their communications. Source for all of it: AWS Support API Reference, version 2013-04-15.
///
/// Dates are strings as the service writes them; support/timestamp reads them. Codes are strings too: the service adds
/// new ones.
namespace casement {

struct AttachmentDetails
{
    QString attachmentId;
    QString fileName;

    static constexpr auto shape()
    {
        return std::tuple(field("attachmentId", &AttachmentDetails::attachmentId),
                          field("fileName", &AttachmentDetails::fileName));
    }
    friend bool operator==(const AttachmentDetails &, const AttachmentDetails &) = default;
};

/// One message of a case. The service gives it no id; archive/communicationkey makes a stable one.
struct Communication
{
    QString caseId;
    QString body; ///< plain text, 1..8000 characters
    QString submittedBy; ///< exactly `Amazon Web Services`, or `Role (Role) <who@example.com>`
    QString timeCreated;
    QList<AttachmentDetails> attachmentSet; ///< the old list; leaves out files over 5 MB
    QList<AttachmentDetails> attachments; ///< all files; services before 2026 don't send it

    /// Both lists as one, by attachment id, `attachments` first.
    QList<AttachmentDetails> allAttachments() const;
    /// Whether anything of it could be read.
    bool isReadable() const;

    static constexpr auto shape()
    {
        return std::tuple(
            field("caseId", &Communication::caseId), field("body", &Communication::body),
            field("submittedBy", &Communication::submittedBy), field("timeCreated", &Communication::timeCreated),
            field("attachmentSet", &Communication::attachmentSet), field("attachments", &Communication::attachments));
    }
};

/// The five newest messages of a case, newest first.
struct RecentCaseCommunications
{
    QList<Communication> communications;
    QString nextToken; ///< set when there are older ones; DescribeCommunications takes it

    static constexpr auto shape()
    {
        return std::tuple(field("communications", &RecentCaseCommunications::communications, always | placed),
                          field("nextToken", &RecentCaseCommunications::nextToken, placed));
    }
};

struct CaseDetails
{
    QString caseId; ///< what every operation takes
    QString displayId; ///< what people and the console call it; may collide between accounts
    QString subject;
    QString status; ///< see support/codes
    QString serviceCode;
    QString categoryCode;
    QString severityCode;
    QString submittedBy;
    QString timeCreated;
    std::optional<RecentCaseCommunications> recentCommunications;
    QList<QString> ccEmailAddresses;
    QString language;

    static constexpr auto shape()
    {
        return std::tuple(
            field("caseId", &CaseDetails::caseId), field("displayId", &CaseDetails::displayId),
            field("subject", &CaseDetails::subject), field("status", &CaseDetails::status),
            field("serviceCode", &CaseDetails::serviceCode), field("categoryCode", &CaseDetails::categoryCode),
            field("severityCode", &CaseDetails::severityCode), field("submittedBy", &CaseDetails::submittedBy),
            field("timeCreated", &CaseDetails::timeCreated),
            field("recentCommunications", &CaseDetails::recentCommunications),
            field("ccEmailAddresses", &CaseDetails::ccEmailAddresses), field("language", &CaseDetails::language));
    }
};

/// Lists cases, newest first, in pages of at most 100, with the five newest messages of each.
///
/// `afterTime` and `beforeTime` are documented as filters on the dates of communications. `language` filters and is
/// left out to get cases of all languages. Errors: `CaseIdNotFound` (one unknown id fails the whole call). Repeatable.
struct DescribeCases
{
    static constexpr const char *name = "DescribeCases";
    static constexpr bool repeatable = true;
    static constexpr int largestPage = 100;

    struct Request
    {
        using Operation = DescribeCases;
        QList<QString> caseIdList;
        QString displayId;
        QString afterTime;
        QString beforeTime;
        std::optional<bool> includeResolvedCases; ///< the service's default is false
        QString nextToken;
        std::optional<int> maxResults;
        QString language;
        std::optional<bool> includeCommunications; ///< the service's default is true
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(
                field("caseIdList", &Request::caseIdList, within(0, 100)), field("displayId", &Request::displayId),
                field("afterTime", &Request::afterTime), field("beforeTime", &Request::beforeTime),
                field("includeResolvedCases", &Request::includeResolvedCases), field("nextToken", &Request::nextToken),
                field("maxResults", &Request::maxResults, within(10, 100)), field("language", &Request::language),
                field("includeCommunications", &Request::includeCommunications), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QList<CaseDetails> cases;
        QString nextToken;

        static constexpr auto shape()
        {
            return std::tuple(field("cases", &Response::cases, wholeList | placed),
                              field("nextToken", &Response::nextToken, exact));
        }
    };
};

/// All messages of one case, newest first, in pages of at most 100. Errors: `CaseIdNotFound`. Repeatable.
struct DescribeCommunications
{
    static constexpr const char *name = "DescribeCommunications";
    static constexpr bool repeatable = true;
    static constexpr int largestPage = 100;

    struct Request
    {
        using Operation = DescribeCommunications;
        QString caseId;
        QString beforeTime;
        QString afterTime;
        QString nextToken;
        std::optional<int> maxResults;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("caseId", &Request::caseId, required), field("beforeTime", &Request::beforeTime),
                              field("afterTime", &Request::afterTime), field("nextToken", &Request::nextToken),
                              field("maxResults", &Request::maxResults, within(10, 100)),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QList<Communication> communications;
        QString nextToken;

        static constexpr auto shape()
        {
            return std::tuple(field("communications", &Response::communications, wholeList | placed),
                              field("nextToken", &Response::nextToken, exact));
        }
    };
};

/// Opens a case that people at AWS will read. Limit increases are refused.
///
/// Always send service, category, severity, language and issue type: leaving `language` out has failed in the field.
/// Errors: `CaseCreationLimitExceeded` (10 an hour), `AttachmentSetIdNotFound`, `AttachmentSetExpired`. Not repeatable,
/// and no client token: a lost answer may mean that the case exists.
struct CreateCase
{
    static constexpr const char *name = "CreateCase";
    static constexpr bool repeatable = false;

    struct Request
    {
        using Operation = CreateCase;
        QString subject;
        QString serviceCode;
        QString severityCode;
        QString categoryCode;
        QString communicationBody;
        QList<QString> ccEmailAddresses;
        QString language;
        QString issueType; ///< `technical` (the default) or `customer-service`
        QString attachmentSetId;
        QList<QString> uploadIds; ///< files sent over upload links, each ready
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(
                field("subject", &Request::subject, required), field("serviceCode", &Request::serviceCode),
                field("severityCode", &Request::severityCode), field("categoryCode", &Request::categoryCode),
                field("communicationBody", &Request::communicationBody, required | within(1, 8000)),
                field("ccEmailAddresses", &Request::ccEmailAddresses, within(0, 10)),
                field("language", &Request::language), field("issueType", &Request::issueType),
                field("attachmentSetId", &Request::attachmentSetId),
                field("uploadIds", &Request::uploadIds, within(0, 10) | each(1, 2048)),
                field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString caseId;

        static constexpr auto shape() { return std::tuple(field("caseId", &Response::caseId, essential)); }
    };
};

/// Adds one customer message to a case; a reply to a resolved case within 14 days reopens it (the console's behaviour;
/// see api-facts §20). Errors: `CaseIdNotFound`, `AttachmentSetIdNotFound`, `AttachmentSetExpired`. Not repeatable.
struct AddCommunicationToCase
{
    static constexpr const char *name = "AddCommunicationToCase";
    static constexpr int mostUploads = 10;
    static constexpr bool repeatable = false;

    struct Request
    {
        using Operation = AddCommunicationToCase;
        QString caseId; ///< the model calls it optional; nothing works without it
        QString communicationBody;
        QList<QString> ccEmailAddresses;
        QString attachmentSetId;
        QList<QString> uploadIds;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("caseId", &Request::caseId, required),
                              field("communicationBody", &Request::communicationBody, required | within(1, 8000)),
                              field("ccEmailAddresses", &Request::ccEmailAddresses, within(0, 10)),
                              field("attachmentSetId", &Request::attachmentSetId),
                              field("uploadIds", &Request::uploadIds, within(0, 10) | each(1, 2048)),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        std::optional<bool> result; ///< absent counts as true; what is no truth value counts as no answer

        static constexpr auto shape() { return std::tuple(field("result", &Response::result, exact)); }
    };
};

/// Closes a case. A second call changes nothing unless somebody reopened it meanwhile, so it is sent once too.
/// Errors: `CaseIdNotFound`.
struct ResolveCase
{
    static constexpr const char *name = "ResolveCase";
    static constexpr bool repeatable = false;

    struct Request
    {
        using Operation = ResolveCase;
        QString caseId;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("caseId", &Request::caseId, required), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString initialCaseStatus;
        QString finalCaseStatus;

        static constexpr auto shape()
        {
            return std::tuple(field("initialCaseStatus", &Response::initialCaseStatus, exact),
                              field("finalCaseStatus", &Response::finalCaseStatus, exact));
        }
    };
};

} // namespace casement
