#include "archive/syncpages.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

bool concernsEverything(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::BadAnswer:
    case Kind::TooLarge:
    case Kind::Invalid:
    case Kind::Incomplete:
    case Kind::Unavailable:
        return false;
    case Kind::Refused:
        break;
    default:
        return true;
    }
    if (error.httpStatus == 401 || error.httpStatus == 403)
        return true;
    // Source: "Common Errors" of the AWS Support API Reference; keys, rights and the support plan.
    static constexpr std::array codes{"AccessDenied"_L1,
                                      "UnrecognizedClient"_L1,
                                      "SubscriptionRequired"_L1,
                                      "OptInRequired"_L1,
                                      "MissingAuthenticationToken"_L1,
                                      "IncompleteSignature"_L1,
                                      "InvalidSignature"_L1,
                                      "SignatureDoesNotMatch"_L1,
                                      "InvalidClientTokenId"_L1,
                                      "InvalidAccessKeyId"_L1,
                                      "ExpiredToken"_L1,
                                      "RequestExpired"_L1,
                                      "NotAuthorized"_L1,
                                      "UnauthorizedOperation"_L1,
                                      "UnknownOperation"_L1,
                                      "InvalidAction"_L1};
    return std::any_of(codes.begin(), codes.end(),
                       [&error](QLatin1StringView code) { return isCode(error.code, code); });
}

WriteGate::Work WriteGate::guard(const std::shared_ptr<WriteGate> &gate, Work work)
{
    return [gate, work = std::move(work)](Database &database) -> Result<StoredPage> {
        if (gate->m_failure)
            return *gate->m_failure;
        Result<StoredPage> stored = work(database);
        if (!stored && stored.error().kind == Error::Kind::Archive)
            gate->m_failure = stored.error();
        return stored;
    };
}

Result<StoredPage> storeListingPage(Database &database, AccountId account, const ServiceAnswer &answer,
                                    const StoreOptions &options)
{
    const Result<DescribeCases::Response> decoded = decode<DescribeCases::Response>(answer.body);
    if (!decoded)
        return badAnswer(decoded.error(), DescribeCases::name, answer.requestId);
    StoreOptions how = options;
    how.ofKeys = answer.ofKeys;
    return storeCases(database, account, *decoded, how);
}

Result<StoredPage> storeConversationPage(Database &database, AccountId account, const QString &caseId,
                                         const ServiceAnswer &answer, const StoreOptions &options)
{
    const Result<DescribeCommunications::Response> decoded = decode<DescribeCommunications::Response>(answer.body);
    if (!decoded)
        return badAnswer(decoded.error(), DescribeCommunications::name, answer.requestId);
    return storeCommunications(database, account, caseId, *decoded, decoded->nextToken.isEmpty(), options);
}

Error badAnswer(Error error, const char *operation, const QString &requestId)
{
    error.operation = QString::fromLatin1(operation);
    error.requestId = requestId;
    error.httpStatus = 200;
    return error;
}

} // namespace casement
