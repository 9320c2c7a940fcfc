#pragma once

#include "aws/httpserviceconnection.h"
#include "base/job.h"

#include <QSet>

namespace casement {

/// An account of an organization.
struct OrganizationAccount
{
    QString id; ///< twelve digits
    QString name;
    QString email;
    QString arn;
    bool isSuspended = false; ///< anything but active: suspended, to be closed, closed, not yet active
    friend bool operator==(const OrganizationAccount &, const OrganizationAccount &) = default;
};

/// How AWS Organizations is reached with the keys of `choice`. An Error where AWS Support has a custom endpoint and
/// Organizations has none (AWS_ENDPOINT_URL_ORGANIZATIONS); see siblingEndpoint().
Result<ConnectionSettings> organizationsSettings(const ProfileChoice &choice);

/// Lists the accounts of the organization that an account belongs to (organizations:ListAccounts, which the management
/// account and delegated administrators may). `accounts()` grows page by page; what arrived before a failure stays.
/// Source: AWS Organizations API Reference, version 2016-11-28.
class OrganizationJob final : public Job
{
    Q_OBJECT

public:
    /// `connection` is one of organizationsSettings(); borrowed.
    explicit OrganizationJob(ServiceConnection &connection, QObject *parent = nullptr);
    ~OrganizationJob() override;

    QString title() const override;
    const QList<OrganizationAccount> &accounts() const { return m_accounts; }

protected:
    void run() override;
    void stop() override;

private:
    void askPage(const QString &token);
    void take(const Result<ServiceAnswer> &answer);

    ServiceConnection &m_connection;
    std::unique_ptr<QObject> m_call;
    QList<OrganizationAccount> m_accounts;
    QSet<QString> m_ids;
    QSet<QString> m_tokens;
};

/// Reads a page of ListAccounts; Error::Kind::BadAnswer when it is none.
Result<QList<OrganizationAccount>> readOrganizationPage(const QByteArray &json, QString &nextToken);

} // namespace casement
