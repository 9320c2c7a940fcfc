#pragma once

#include "base/job.h"
#include "support/client.h"

#include <QList>
#include <QString>

#include <functional>
#include <memory>

namespace casement {

/// May this identity call the operation?
enum class Permission {
    Unknown, ///< could not be found out: `why` says it
    Allowed,
    Denied, ///< AccessDenied and its like
    NotOffered, ///< the service does not know the operation: older than it
};

struct OperationPermission
{
    QString operation; ///< `CreateCase`
    Permission permission = Permission::Unknown;
    Error why; ///< Kind::None for Allowed
    friend bool operator==(const OperationPermission &, const OperationPermission &) = default;
};

/// What was found out about an account's keys before anything is saved.
struct PermissionReport
{
    QString accountNumber; ///< empty: STS was not asked or did not answer
    QString arn; ///< of the identity
    Error identityError; ///< why those are empty
    Error planError; ///< SubscriptionRequiredException: the account's support plan has no API; Kind::None otherwise
    Error keysError; ///< the keys themselves can't be got or are refused: nothing else was asked
    QList<OperationPermission> operations; ///< all twenty, in the order of operations.h

    bool canRead() const; ///< DescribeCases and DescribeCommunications
    /// CreateCase, AddCommunicationToCase and ResolveCase: allowed when all are, unknown when none of them is known not
    /// to be. `why`, unless null: what kept it from being found out.
    Permission writing(Error *why = nullptr) const;
    /// The IAM policy that allows what is missing (`onlyMissing`) or all that Casement uses, as JSON with an indent of
    /// two, to be copied. Empty when nothing is missing.
    QByteArray policy(bool onlyMissing) const;
};

/// Finds out which of the twenty operations an identity may call, without any effect: reads by the cheapest read there
/// is, changes by `dryRun` where the service has it or by a request that is refused for its contents only after it was
/// allowed. `report()` is whole when it finished; the job itself fails only when the keys can't be got or nobody
/// answers.
class PermissionCheckJob final : public Job
{
    Q_OBJECT

public:
    /// Asks STS who the keys belong to, by whatever knows how; may be empty.
    using AskIdentity =
        std::function<void(QObject *context, std::function<void(const Result<QStringList> &numberAndArn)>)>;

    /// `client` is borrowed and outlives the job.
    PermissionCheckJob(Client &client, const QString &accountName, AskIdentity askIdentity = {},
                       QObject *parent = nullptr);
    ~PermissionCheckJob() override;

    QString title() const override;
    const PermissionReport &report() const;

protected:
    void run() override;
    void stop() override;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace casement
