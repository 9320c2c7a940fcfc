#pragma once

#include "archive/accountimport.h"
#include "cli/command.h"

#include <QPointer>

namespace casement::cli {

/// `accounts import`: many accounts at once, from the profiles of ~/.aws, a CSV file or an organization. Adds all that
/// are not in the list yet, or none.
class ImportAccountsCommand final : public Command
{
    Q_OBJECT

public:
    ImportAccountsCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);
    ~ImportAccountsCommand() override;

    void start() override;

protected:
    void stop() override;

private:
    const AccountsLine &wish() const { return line().accountsLine; }
    void ofProfiles();
    void ofCsv(const ListedAccount &base);
    void ofOrganization(const ListedAccount &base);
    void take(const QList<ImportCandidate> &candidates);
    QString archiveKeyOf(const ListedAccount &account);

    std::unique_ptr<HttpServiceConnection> m_connection;
    QPointer<OrganizationJob> m_listing;
};

} // namespace casement::cli
