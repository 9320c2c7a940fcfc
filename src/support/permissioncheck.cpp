#include "support/permissioncheck.h"

#include "aws/serviceerror.h"
#include "support/jsonindent.h"
#include "support/rehearsal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

// Ids that are well formed, so that they are looked up, and that nobody can have: there is no account of zeros. Whoever
// gets them answers "not found" after it was allowed, and changes nothing, whether it knows dryRun or not.
const QString nobodysCase = u"case-000000000000-muen-2013-0000000000000000"_s;
const QString nobodysSet = u"as-00000000000000000-mu-00000000000000000000000000000000000000000000"_s;
const QString nobodysFile = u"attachment-000000000000000000000000000000000000000000"_s;
const QString nobodysUpload = u"upload-00000000000000000000000000000000"_s;
const QString nobodysCheck = u"0000000000"_s;

constexpr int mostRounds = 3; // of asking what was refused as too much

void fill(DescribeServices::Request &request) { request.serviceCodeList = {u"general-info"_s}; }
void fill(DescribeSeverityLevels::Request &) { }
void fill(DescribeSupportedLanguages::Request &request)
{
    request.issueType = u"technical"_s;
    request.serviceCode = u"general-info"_s;
    request.categoryCode = u"using-aws"_s;
}
void fill(DescribeCreateCaseOptions::Request &request)
{
    request.issueType = u"technical"_s;
    request.serviceCode = u"general-info"_s;
    request.categoryCode = u"using-aws"_s;
    request.language = u"en"_s;
}
void fill(DescribeCases::Request &request)
{
    request.caseIdList = {nobodysCase};
    request.includeCommunications = false;
    request.maxResults = 10;
}
void fill(DescribeCommunications::Request &request)
{
    request.caseId = nobodysCase;
    request.maxResults = 10;
}
void fill(DescribeAttachment::Request &request) { request.attachmentId = nobodysFile; }
void fill(GetAttachmentDownloadLink::Request &request) { request.attachmentId = nobodysFile; }
void fill(GetAttachmentUploadLinks::Request &request) { request.uploadId = nobodysUpload; }
void fill(DescribeAttachmentUploadStatus::Request &request) { request.uploadId = nobodysUpload; }
void fill(CompleteAttachmentUpload::Request &request)
{
    request.uploadId = nobodysUpload;
    request.completedUploads = {CompletedUpload{.partIndex = 1, .eTag = u"\"0\""_s}};
}
void fill(AddAttachmentsToSet::Request &request)
{
    request.attachmentSetId = nobodysSet;
    request.attachments = {Attachment{.fileName = u"check.txt"_s, .data = "-"}};
}
void fill(AddCommunicationToCase::Request &request)
{
    request.caseId = nobodysCase;
    request.communicationBody = u"Permission check (dryRun)"_s;
}
void fill(ResolveCase::Request &request) { request.caseId = nobodysCase; }
// Sent only where dryRun is known to be; the set that nobody has is one more bolt.
void fill(CreateCase::Request &request)
{
    request.subject = u"Permission check (dryRun)"_s;
    request.communicationBody = u"Permission check (dryRun)"_s;
    request.issueType = u"technical"_s;
    request.serviceCode = u"general-info"_s;
    request.categoryCode = u"using-aws"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    request.attachmentSetId = nobodysSet;
}
void fill(DescribeTrustedAdvisorChecks::Request &request) { request.language = u"en"_s; }
void fill(DescribeTrustedAdvisorCheckResult::Request &request) { request.checkId = nobodysCheck; }
void fill(DescribeTrustedAdvisorCheckSummaries::Request &request) { request.checkIds = {nobodysCheck}; }
void fill(DescribeTrustedAdvisorCheckRefreshStatuses::Request &request) { request.checkIds = {nobodysCheck}; }
void fill(RefreshTrustedAdvisorCheck::Request &request) { request.checkId = nobodysCheck; }

using Heard = std::function<void(const Result<ServiceAnswer> &)>;

struct Probe
{
    const char *operation;
    void (*ask)(Client &client, QObject *context, Heard heard);
};

template <class Operation> Probe probeOf()
{
    return {Operation::name, [](Client &client, QObject *context, Heard heard) {
                typename Operation::Request request;
                if constexpr (requires { request.dryRun; })
                    request.dryRun = true;
                fill(request);
                client.send(request, context, std::move(heard));
            }};
}

template <class... Operations> auto probesOf(const std::tuple<Operations...> *)
{
    return std::array<Probe, sizeof...(Operations)>{probeOf<Operations>()...};
}

const auto &allProbes()
{
    static const auto all = probesOf(static_cast<const AllOperations *>(nullptr));
    return all;
}

bool isAnyOf(const QString &code, std::initializer_list<QLatin1StringView> known)
{
    return std::any_of(known.begin(), known.end(), [&](QLatin1StringView one) { return isCode(code, one); });
}

bool isDenial(const Error &error)
{
    return isAnyOf(error.code, {"AccessDenied"_L1, "UnauthorizedOperation"_L1, "NotAuthorized"_L1, "Unauthorized"_L1});
}

bool isPlanMissing(const Error &error) { return isCode(error.code, "SubscriptionRequired"_L1); }

/// Keys that can't be got, or that the service does not take: it is the same for every operation.
bool isAboutKeys(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind == Kind::NoCredentials || error.kind == Kind::CredentialsFile || error.kind == Kind::Keychain
        || error.kind == Kind::ClockSkew || error.kind == Kind::Cancelled || isExpiredToken(error)
        || isAnyOf(error.code,
                   {"UnrecognizedClient"_L1, "InvalidClientTokenId"_L1, "InvalidSignature"_L1,
                    "SignatureDoesNotMatch"_L1, "IncompleteSignature"_L1, "MissingAuthenticationToken"_L1,
                    "InvalidToken"_L1, "AuthFailure"_L1, "InvalidAccessKeyId"_L1});
}

/// The service's own word about keys is a report; what went wrong before it was asked is a failure.
bool isWordOfTheService(const Error &error)
{
    return error.kind == Error::Kind::Refused || error.kind == Error::Kind::ClockSkew;
}

/// Nobody who knows the operations was reached.
bool isNobody(const Error &error)
{
    return isOutOfReach(error) && error.kind != Error::Kind::Unavailable; // a service that does not work is one
}

/// Said by whoever looked for what the request names, which it does for those that may.
bool isSaidToTheAllowed(const Error &error)
{
    return error.kind == Error::Kind::Refused
        && (isAnyOf(error.code,
                    {"DryRunOperation"_L1, "CaseIdNotFound"_L1, "AttachmentSetIdNotFound"_L1, "AttachmentSetExpired"_L1,
                     "AttachmentSetSizeLimitExceeded"_L1, "AttachmentLimitExceeded"_L1, "AttachmentIdNotFound"_L1,
                     "DescribeAttachmentLimitExceeded"_L1, "UploadIdNotFound"_L1, "CaseCreationLimitExceeded"_L1,
                     "InvalidParameterValue"_L1, "ResourceNotFound"_L1}));
}

} // namespace

bool PermissionReport::canRead() const
{
    const auto may = [this](const char *name) {
        return std::any_of(operations.begin(), operations.end(), [name](const OperationPermission &one) {
            return one.permission == Permission::Allowed && one.operation == QLatin1StringView(name);
        });
    };
    return may(DescribeCases::name) && may(DescribeCommunications::name);
}

Permission PermissionReport::writing(Error *why) const
{
    constexpr std::array needed{CreateCase::name, AddCommunicationToCase::name, ResolveCase::name};
    Permission all = Permission::Allowed;
    for (const OperationPermission &one : operations) {
        const bool isNeeded = std::any_of(needed.begin(), needed.end(), [&one](const char *name) {
            return one.operation == QLatin1StringView(name);
        });
        if (!isNeeded || one.permission == Permission::Allowed)
            continue;
        if (one.permission != Permission::Unknown)
            return Permission::Denied;
        all = Permission::Unknown;
        if (why && why->kind == Error::Kind::None)
            *why = one.why;
    }
    return operations.isEmpty() ? Permission::Unknown : all;
}

QByteArray PermissionReport::policy(bool onlyMissing) const
{
    QJsonArray actions;
    if (onlyMissing) {
        const bool isAnyDenied = std::any_of(operations.begin(), operations.end(), [](const OperationPermission &one) {
            return one.permission == Permission::Denied;
        });
        for (const OperationPermission &one : operations) {
            // What could not be asked without harm is as likely to be missing as the others.
            if (one.permission == Permission::Denied || (isAnyDenied && one.why.code == noRehearsals))
                actions.append(u"support:"_s + one.operation);
        }
    } else {
        for (const Probe &probe : allProbes())
            actions.append(u"support:"_s + QLatin1StringView(probe.operation));
    }
    if (actions.isEmpty())
        return {};
    // By hand, since QJsonObject sorts its members and people know the order of a policy.
    const QByteArray list = QJsonDocument(actions).toJson(QJsonDocument::Compact);
    const QByteArray json =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":)" + list + R"(,"Resource":"*"}]})";
    const Result<QByteArray> laidOut = indentJson(json, false);
    return laidOut ? *laidOut : json;
}

class PermissionCheckJob::Impl
{
public:
    Impl(PermissionCheckJob &owner, Client &theClient, const QString &name, AskIdentity identity)
        : accountName(name), m_job(owner), m_client(theClient), m_askIdentity(std::move(identity))
    {
        for (const Probe &probe : allProbes())
            report.operations.append({.operation = QString::fromLatin1(probe.operation), .why = {}});
    }

    void begin()
    {
        m_calls = std::make_unique<QObject>();
        m_job.setProgress(0, qint64(allProbes().size()));
        if (!m_calls)
            return; // whoever hears of the progress may have cancelled
        ask(indexOf(DescribeSeverityLevels::name), [this] { afterFirst(); });
    }

    void letGo() { m_calls.reset(); }

    QString accountName;
    PermissionReport report;

private:
    static size_t indexOf(const char *name)
    {
        const auto &probes = allProbes();
        const auto at =
            std::find_if(probes.begin(), probes.end(), [name](const Probe &probe) { return probe.operation == name; });
        return size_t(at - probes.begin());
    }

    OperationPermission &permissionOf(size_t index) { return report.operations[qsizetype(index)]; }

    void ask(size_t index, std::function<void()> then)
    {
        allProbes()[index].ask(m_client, m_calls.get(),
                               [this, index, then = std::move(then)](const Result<ServiceAnswer> &answer) {
                                   const QPointer<QObject> alive(m_calls.get());
                                   take(index, answer);
                                   if (alive)
                                       then();
                               });
    }

    void take(size_t index, const Result<ServiceAnswer> &answer)
    {
        OperationPermission &one = permissionOf(index);
        if (answer) {
            one.permission = Permission::Allowed;
            one.why = {};
            m_skipsDryRun = m_skipsDryRun || !one.operation.contains("TrustedAdvisor"_L1);
            return count();
        }
        const Error &error = answer.error();
        m_knowsDryRun = m_knowsDryRun || isCode(error.code, "DryRunOperation"_L1);
        if (isSaidToTheAllowed(error)) {
            one.permission = Permission::Allowed;
            one.why = {};
            return count();
        }
        one.why = error;
        if (isDenial(error))
            one.permission = Permission::Denied;
        else if (isCode(error.code, "UnknownOperation"_L1) || isCode(error.code, "InvalidAction"_L1))
            one.permission = Permission::NotOffered;
        if (isPlanMissing(error) && report.planError.kind == Error::Kind::None)
            report.planError = error;
        if (isAboutKeys(error) && report.keysError.kind == Error::Kind::None)
            report.keysError = error;
        count();
    }

    void count()
    {
        m_asked = std::min(m_asked + 1, qint64(allProbes().size()));
        m_job.setProgress(m_asked, qint64(allProbes().size()));
    }

    void afterFirst()
    {
        const OperationPermission &first = permissionOf(indexOf(DescribeSeverityLevels::name));
        if (report.keysError.kind != Error::Kind::None)
            return finish(isWordOfTheService(report.keysError) ? Result<void>() : Result<void>(report.keysError));
        if (isNobody(first.why))
            return finish(first.why);
        QList<size_t> others;
        if (report.planError.kind != Error::Kind::None) { // it is the same for every operation
            for (OperationPermission &one : report.operations)
                one.why = report.planError;
            m_createAsked = true;
        } else {
            for (size_t i = 0; i < allProbes().size(); ++i) {
                if (i != indexOf(CreateCase::name) && i != indexOf(DescribeSeverityLevels::name))
                    others.append(i);
            }
        }
        m_waiting = int(others.size()) + (m_askIdentity ? 1 : 0);
        if (m_waiting == 0)
            return finish({});
        const QPointer<QObject> calls(m_calls.get());
        for (const size_t index : std::as_const(others))
            ask(index, [this] { arrived(); });
        if (!m_askIdentity)
            return;
        m_askIdentity(calls, [this](const Result<QStringList> &numberAndArn) {
            if (numberAndArn && numberAndArn->size() == 2) {
                report.accountNumber = numberAndArn->at(0);
                report.arn = numberAndArn->at(1);
            } else if (!numberAndArn) {
                report.identityError = numberAndArn.error();
            }
            arrived();
        });
    }

    void arrived()
    {
        if (--m_waiting > 0)
            return;
        if (report.keysError.kind != Error::Kind::None)
            return finish({});
        if (askCreate() || askAgain())
            return;
        finish({});
    }

    /// A service that skips dryRun would open a case.
    bool askCreate()
    {
        if (m_createAsked)
            return false;
        m_createAsked = true;
        if (m_knowsDryRun) {
            m_waiting = 1;
            ask(indexOf(CreateCase::name), [this] { arrived(); });
            return true;
        }
        Error why = noRehearsalsError(CreateCase::name);
        if (!m_skipsDryRun)
            why.message = u"Whether this service knows dryRun could not be learned; nothing was sent."_s;
        permissionOf(indexOf(CreateCase::name)).why = why;
        count();
        return false;
    }

    /// What was refused as too much, one after another.
    bool askAgain()
    {
        if (m_again.isEmpty()) {
            if (++m_round >= mostRounds)
                return false;
            for (size_t i = 0; i < allProbes().size(); ++i) {
                const OperationPermission &one = permissionOf(i);
                if (one.permission == Permission::Unknown && one.why.kind == Error::Kind::Throttled)
                    m_again.append(i);
            }
            if (m_again.isEmpty())
                return false;
        }
        m_waiting = 1;
        ask(m_again.takeFirst(), [this] { arrived(); });
        return true;
    }

    void finish(const Result<void> &result)
    {
        m_job.setProgress(qint64(allProbes().size()), qint64(allProbes().size()));
        if (m_calls)
            m_calls.release()->deleteLater(); // it may be calling back
        m_job.finish(result);
    }

    PermissionCheckJob &m_job;
    Client &m_client;
    AskIdentity m_askIdentity;
    std::unique_ptr<QObject> m_calls;
    QList<size_t> m_again;
    qint64 m_asked = 0;
    int m_waiting = 0;
    int m_round = 0;
    bool m_knowsDryRun = false;
    bool m_skipsDryRun = false;
    bool m_createAsked = false;
};

PermissionCheckJob::PermissionCheckJob(Client &client, const QString &accountName, AskIdentity askIdentity,
                                       QObject *parent)
    : Job(parent), m_impl(std::make_unique<Impl>(*this, client, accountName, std::move(askIdentity)))
{
}

PermissionCheckJob::~PermissionCheckJob() = default;

QString PermissionCheckJob::title() const { return tr("Checking the permissions of %1").arg(m_impl->accountName); }

const PermissionReport &PermissionCheckJob::report() const { return m_impl->report; }

void PermissionCheckJob::run() { m_impl->begin(); }

void PermissionCheckJob::stop() { m_impl->letGo(); }

} // namespace casement
