#include "ui/caseaccountfield.h"

#include "ui/workspace.h"

#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace casement {

CaseAccountField::CaseAccountField(Workspace &workspace, QComboBox &box, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_box(box)
{
    fill(0);
    connect(&box, &QComboBox::activated, this, [this] { m_name = m_workspace.accountName(account()); });
    connect(&workspace.accounts(), &AccountModel::changed, this, [this] {
        fill(account());
        Q_EMIT changed();
    });
}

AccountId CaseAccountField::account() const { return m_box.currentData().toLongLong(); }

void CaseAccountField::choose(AccountId account) { fill(account); }

bool CaseAccountField::isGone() const
{
    return account() != 0 && !m_name.isEmpty() && !m_workspace.hasAccount(account());
}

QString CaseAccountField::name() const
{
    return m_workspace.hasAccount(account()) ? m_workspace.accountName(account()) : m_name;
}

void CaseAccountField::fill(AccountId chosen)
{
    if (chosen != account())
        m_name.clear();
    QList<std::pair<QString, AccountId>> items;
    for (const AccountRecord &record : m_workspace.accountRecords())
        items.append({m_workspace.accountName(record.id), record.id});
    const AccountModel &accounts = m_workspace.accounts();
    if (chosen != 0 && !m_workspace.hasAccount(chosen)) {
        // Its row may be gone from the archive by now, or not be read yet.
        QString label = accounts.label(chosen);
        if (accounts.isOther(chosen))
            m_name = accounts.nameOfOther(chosen);
        else
            label = m_name.isEmpty() ? QString() : AccountModel::labelOfGone(m_name);
        items.append({label, chosen});
    } else if (chosen != 0) {
        m_name = m_workspace.accountName(chosen);
    }
    const QSignalBlocker blocker(&m_box);
    const bool isSame =
        items.size() == m_box.count() && std::ranges::all_of(items, [this, row = 0](const auto &item) mutable {
            const int at = row++;
            return m_box.itemText(at) == item.first && m_box.itemData(at).toLongLong() == item.second;
        });
    if (!isSame) { // an open list is left alone
        m_box.clear();
        for (const auto &[text, id] : std::as_const(items))
            m_box.addItem(text, QVariant::fromValue(id));
    }
    m_box.setCurrentIndex(chosen == 0 && !items.isEmpty() ? 0 : m_box.findData(QVariant::fromValue(chosen)));
    if (chosen == 0)
        m_name = m_workspace.accountName(account());
}

} // namespace casement
