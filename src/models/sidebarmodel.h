#pragma once

#include "models/caselistmodel.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace casement {

/// The sidebar: CASES with its views and their counts, and ACCOUNTS when there is more than one. A tree of two levels;
/// headings can't be selected. ViewRole, CountRole, AccountIdRole.
class SidebarModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// ViewRole of the entry of drafts and what is on its way.
    static constexpr int draftsView = 1000;

    /// Both are borrowed and outlive the model.
    SidebarModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent = nullptr);
    ~SidebarModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    QModelIndex indexOfView(CaseFilter::View view) const;
    QModelIndex indexOfDrafts() const;
    /// How many drafts and unsent changes there are, and whether one of them waits for the person.
    void setDrafts(int count, bool isUrgent);
    QModelIndex indexOfAccount(AccountId account) const;
    void retranslate();

private:
    enum class Section : quint8 { Cases, Accounts };
    void countsChanged();
    QVariant draftsData(int role) const;
    void accountsChanged();

    const CaseListModel &m_cases;
    const AccountModel &m_accounts;
    QList<AccountId> m_shownAccounts; // empty while there is only one
    CaseCounts m_counts;
    int m_drafts = 0;
    bool m_draftsUrgent = false;
};

} // namespace casement
