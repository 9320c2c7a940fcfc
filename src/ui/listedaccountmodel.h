#pragma once

#include "ui/accountdesk.h"

#include <QAbstractTableModel>

namespace casement {

/// The accounts of the list with where their keys come from and how they stand, for the settings. KeyRole is the
/// account's id.
class ListedAccountModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { Name, Keys, Number, Status, ColumnCount };

    /// Borrowed.
    explicit ListedAccountModel(const AccountDesk &desk, QObject *parent = nullptr);

    /// Reads the list and how its accounts stand again.
    void refresh();
    const ListedAccount *at(int row) const;
    int rowOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString all(const ListedAccount &account) const;
    QString text(const ListedAccount &account, int column) const;

    const AccountDesk &m_desk;
    QList<ListedAccount> m_accounts;
};

} // namespace casement
