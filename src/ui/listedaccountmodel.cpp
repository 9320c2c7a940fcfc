#include "ui/listedaccountmodel.h"

#include "models/displaytext.h"
#include "models/roles.h"
#include "ui/accountswatch.h"
#include "ui/accounttext.h"

#include <QDateTime>

#include <algorithm>

namespace casement {

ListedAccountModel::ListedAccountModel(const AccountDesk &desk, QObject *parent)
    : QAbstractTableModel(parent), m_desk(desk), m_accounts(desk.accounts())
{
}

void ListedAccountModel::refresh()
{
    const QList<ListedAccount> &now = m_desk.accounts();
    const bool same = std::equal(now.begin(), now.end(), m_accounts.begin(), m_accounts.end(),
                                 [](const ListedAccount &a, const ListedAccount &b) { return a.id == b.id; });
    if (!same) {
        beginResetModel();
        m_accounts = now;
        endResetModel();
        return;
    }
    m_accounts = now;
    if (!m_accounts.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const ListedAccount *ListedAccountModel::at(int row) const
{
    return row >= 0 && row < m_accounts.size() ? &m_accounts.at(row) : nullptr;
}

int ListedAccountModel::rowOf(const QString &id) const
{
    for (int row = 0; row < m_accounts.size(); ++row) {
        if (m_accounts.at(row).id == id)
            return row;
    }
    return -1;
}

int ListedAccountModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_accounts.size());
}

int ListedAccountModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ListedAccountModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Account");
    case Keys:
        //: Column: where the keys of an account come from
        return tr("Keys");
    case Number:
        //: Column: the twelve digits of an account
        return tr("Account ID");
    case Status:
        return tr("Status");
    default:
        return {};
    }
}

QString ListedAccountModel::text(const ListedAccount &account, int column) const
{
    switch (column) {
    case Name:
        return displayText(account.name);
    case Keys: {
        ListedAccount used = account;
        if (account.source == ListedAccount::Source::Keychain && m_desk.hasSessionKeys(account.id))
            used.source = ListedAccount::Source::Session; // they go before those in the keychain
        return AccountText::source(used, m_accounts);
    }
    case Number:
        return account.accountNumber;
    case Status:
        return AccountText::status(account, m_desk.archived(account.id) != 0, m_desk.status(account.id),
                                   QDateTime::currentMSecsSinceEpoch());
    default:
        return {};
    }
}

/// What there may be no column for.
QString ListedAccountModel::all(const ListedAccount &account) const
{
    QStringList lines{text(account, Name)};
    for (const int column : {Number, Keys}) {
        if (const QString one = text(account, column); !one.isEmpty())
            lines.append(one);
    }
    if (account.asksBeforeSending)
        lines.append(tr("Asks before anything is sent from it."));
    return lines.join(u'\n');
}

QVariant ListedAccountModel::data(const QModelIndex &index, int role) const
{
    const ListedAccount *account = index.isValid() ? at(index.row()) : nullptr;
    if (!account)
        return {};
    switch (role) {
    case KeyRole:
        return account->id;
    case Qt::DisplayRole:
        return orDash(text(*account, index.column()));
    case Qt::ToolTipRole:
        return toolTipText(index.column() == Name ? all(*account) : text(*account, index.column()));
    case Qt::AccessibleDescriptionRole:
        return index.column() == Name && account->asksBeforeSending ? tr("Asks before anything is sent from it.")
                                                                    : QString();
    case Qt::DecorationRole:
        return index.column() == Name ? QVariant(accountSwatch(m_desk.colorOf(account->id))) : QVariant();
    default:
        return {};
    }
}

} // namespace casement
