#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// The state of the demo service: plain values, made by `make()` of demodata.h and changed by the emulator.
///
/// All times are UTC with milliseconds. Texts that the service localises come in English and Japanese; every other
/// language gets the English ones.
namespace casement::demo {

/// A text in the languages that the demo service speaks.
struct DemoText
{
    QString en;
    QString ja;

    /// The text in `language` ("en", "ja", …), or in English where there is no other.
    const QString &in(const QString &language) const
    {
        return language == QLatin1StringView("ja") && !ja.isEmpty() ? ja : en;
    }
};

/// A file of a message: either with its bytes, or with a size and a seed from which `attachmentBytes()` makes them.
struct DemoAttachment
{
    QString attachmentId; ///< unique over all accounts
    QString fileName;
    QByteArray data; ///< the content, or empty when `size` and `seed` describe it
    qint64 size = 0; ///< in bytes, also when `data` holds them
    quint64 seed = 0; ///< of the generated content
};

/// One communication of a case.
struct DemoMessage
{
    QString body; ///< 1 to 8,000 code points
    QString submittedBy; ///< "Amazon Web Services", or `AdminRole (Role) <hana.sato@example.com>`
    QDateTime timeCreated;
    QList<DemoAttachment> attachments;
    bool fromAws = false;
};

/// One support case.
///
/// Its messages are those of `messages`, oldest first; before them come `generated` ones, which cost nothing until
/// `messagesOf()` makes them. A new message goes to the end of `messages`, whether there are generated ones or not.
struct DemoCase
{
    QString caseId; ///< case-<account>-mu<language>-<year>-<16 hex>
    QString displayId; ///< 15 digits
    QString subject;
    QString status; ///< api-facts §7.1: unassigned, opened, work-in-progress, pending-customer-action, …
    QString serviceCode;
    QString categoryCode;
    QString severityCode; ///< low, normal, high, urgent, critical
    QString submittedBy; ///< an e-mail address
    QDateTime timeCreated;
    QStringList ccEmailAddresses;
    QString language; ///< of the case: en, ja, zh, …
    QString issueType; ///< technical or customer-service
    QDateTime resolvedAt; ///< valid when the status is resolved, and on reopened cases the time before it
    QList<DemoMessage> messages;
    qint32 generated = 0; ///< how many messages come before `messages`
    quint32 number = 0; ///< of a generated case, its place among all of them
};

/// Where one check of an account stands; absent means that nobody has refreshed it yet.
struct DemoCheckState
{
    QString refreshStatus; ///< none, enqueued, processing, success, abandoned
    QDateTime refreshedAt; ///< the time of the last success: the result's timestamp
    QDateTime nextRefreshable; ///< before it another refresh changes nothing
    QDateTime requestedAt;
};

/// One account with everything the service knows of it.
struct DemoAccount
{
    QString name; ///< "Production", …
    QString accountId; ///< 12 digits
    QString partition; ///< aws or aws-cn
    QString region; ///< of the endpoint: us-east-1, cn-north-1
    QString accessKeyId;
    QString secretAccessKey;
    QStringList severityCodes; ///< what its plan allows, from low to critical
    QString plan; ///< "Business Support+", …
    QList<DemoCase> cases; ///< newest first
    QHash<QString, DemoCheckState> checkStates;
};

/// A category of a service.
struct DemoCategory
{
    QString code;
    DemoText name;
};

/// A service that cases can be about.
struct DemoService
{
    QString code;
    DemoText name;
    QList<DemoCategory> categories;
    QString issueType; ///< technical, or customer-service for account and billing matters
};

struct DemoSeverity
{
    QString code;
    DemoText name;
};

/// A language that cases can be written in, as DescribeSupportedLanguages names it.
struct DemoLanguage
{
    QString code; ///< "en"
    QString display; ///< "English"
};

/// A Trusted Advisor check without its description, which `checkDescription()` makes.
struct DemoCheck
{
    QString id; ///< 9 or 10 characters
    DemoText name;
    QString
        category; ///< security, fault_tolerance, service_limits, performance, operational_excellence, cost_optimizing
    QList<DemoText> headings; ///< metadata columns, in order
    bool refreshable = true; ///< false: the service refreshes it by itself and refuses to be asked
    qint32 kind = 0; ///< of the generator
};

struct DemoResource
{
    QString status; ///< ok, warning, error
    std::optional<QString> region; ///< absent on some, "-" on others
    QString resourceId;
    bool isSuppressed = false;
    /// Usually one per heading; some rows are shorter or longer, some have none. A null QString stands for JSON's null.
    QStringList metadata;
};

/// What DescribeTrustedAdvisorCheckResult and the summaries tell.
struct DemoCheckResult
{
    QString checkId;
    QString status; ///< ok, warning, error, not_available (then nothing else is set)
    QDateTime timestamp; ///< may be invalid: the service leaves it out at times
    qint64 resourcesProcessed = 0;
    qint64 resourcesFlagged = 0;
    qint64 resourcesIgnored = 0;
    qint64 resourcesSuppressed = 0;
    double estimatedMonthlySavings = 0; ///< USD, of cost checks
    double estimatedPercentMonthlySavings = 0;
    QList<DemoResource> resources; ///< empty in a summary
};

} // namespace casement::demo
