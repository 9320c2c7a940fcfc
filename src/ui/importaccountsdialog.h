#pragma once

#include "archive/accountimport.h"

#include <QDialog>

#include <memory>

class QSortFilterProxyModel;
class QStandardItem;
class QStandardItemModel;

namespace casement {

namespace Ui {
class ImportAccountsDialog;
}

/// Many accounts at once: from the profiles of ~/.aws, a CSV file, or one role name over the accounts of an
/// organization. Shows what would be added, with a mark for what is in the list already. accepted() with chosen(), all
/// of which can be added as they are.
///
/// It talks to nobody: profiles, the accounts that may ask and what an organization answers are given to it.
class ImportAccountsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ImportAccountsDialog(QWidget *parent = nullptr);
    ~ImportAccountsDialog() override;

    enum class From { Profiles, Csv, Organization };
    void setFrom(From from);

    /// What ~/.aws has; `problem`: the file that can't be read.
    void setProfiles(const AwsConfig &config, const QString &problem = {});
    /// The list as it is: whose keys may list an organization and assume roles, and what is a duplicate.
    void setBaseAccounts(const QList<ListedAccount> &listed);

    /// How many accounts the organization has shown so far.
    void setOrganizationProgress(qint64 count);
    /// What it answered; with an Error those that came before it.
    void setOrganization(const QList<OrganizationAccount> &accounts, const Error &error = {});

    /// What is to be added: with names that nobody has, without ids.
    QList<ListedAccount> chosen() const;

Q_SIGNALS:
    /// The accounts of the organization are wanted, by the keys of that account of the list.
    void organizationRequested(const QString &baseId);
    /// They are not wanted any more.
    void organizationCancelled();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    From from() const;
    const ListedAccount *account(const QString &id) const;
    void showSource(int index);
    void chooseCsv();
    void readCsv();
    void listOrganization();
    void endListing();
    void rebuild();
    void fill(const QList<ImportCandidate> &candidates);
    void checkAll(bool on);
    void update();
    void say(const QString &problem);
    void retranslate();

    std::unique_ptr<Ui::ImportAccountsDialog> m_ui;
    QStandardItemModel *m_model; // a row for each of m_candidates
    QSortFilterProxyModel *m_filtered;
    QList<ImportCandidate> m_candidates;
    QList<ListedAccount> m_listed;
    AwsConfig m_config;
    QString m_profilesProblem;
    QString m_csvName;
    QByteArray m_csv;
    QList<OrganizationAccount> m_organization;
    QString m_organizationProblem;
    bool m_isListing = false;
    bool m_isFilling = false;
};

} // namespace casement
