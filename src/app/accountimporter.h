#pragma once

#include "aws/configfile.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QWidget;

namespace casement {

class AccountKeeper;
class AccountsPage;
class HttpServiceConnection;
class ImportAccountsDialog;
class JobList;
class OrganizationJob;

/// Adds many accounts to the list at once: gives the dialog for it what it needs, and asks organizations.
class AccountImporter final : public QObject
{
    Q_OBJECT

public:
    /// Reads both files of ~/.aws, or the one that can be read and what is wrong with the other.
    using Config = std::function<AwsConfig(QString &problem)>;

    /// Borrowed.
    AccountImporter(AccountKeeper &keeper, JobList &jobs, Config config, QObject *parent = nullptr);
    ~AccountImporter() override;

    /// Puts the way to it on the page of accounts.
    void extend(AccountsPage &page);
    void open(QWidget *parent);

private:
    void listOrganization(ImportAccountsDialog &dialog, const QString &base);
    void stopListing();

    AccountKeeper &m_keeper;
    JobList &m_jobs;
    Config m_config;
    std::unique_ptr<HttpServiceConnection> m_connection;
    QPointer<OrganizationJob> m_job;
};

} // namespace casement
