#include "ui/accountchoice.h"

#include "ui/workspace.h"

#include <QSignalBlocker>

namespace casement {

AccountChoice::AccountChoice(QWidget *parent) : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this,
            [this](int index) { Q_EMIT accountChosen(itemData(index).toLongLong()); });
}

bool AccountChoice::refill(Workspace &workspace)
{
    const QList<AccountRecord> &accounts = workspace.accountRecords();
    if (accounts.size() < 2)
        return false;
    const QSignalBlocker blocker(this);
    QStringList names{tr("All accounts")};
    for (const AccountRecord &account : accounts)
        names.append(workspace.accountName(account.id));
    bool same = count() == names.size();
    for (int i = 0; same && i < names.size(); ++i)
        same = itemText(i) == names.at(i);
    if (!same) {
        clear();
        addItem(names.at(0), 0);
        for (int i = 0; i < accounts.size(); ++i)
            addItem(names.at(i + 1), accounts.at(i).id);
    }
    const QList<AccountId> &chosen = workspace.cases().filter().accounts;
    setCurrentIndex(chosen.size() == 1 ? qMax(0, findData(chosen.at(0))) : 0);
    return true;
}

void AccountChoice::retranslate(Workspace &workspace)
{
    setAccessibleName(tr("Account"));
    setToolTip(tr("Show the cases of one account"));
    clear();
    refill(workspace);
}

} // namespace casement
