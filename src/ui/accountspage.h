#pragma once

#include "ui/accountdesk.h"
#include "ui/profilelist.h"
#include "ui/settingsdialog.h"

#include <QTimer>

#include <functional>
#include <memory>

class QMenu;
class QSortFilterProxyModel;

namespace casement {

namespace Ui {
class AccountsPage;
}

class ListedAccountModel;

/// Settings: the accounts of the list. Adds, changes, tests, pauses, moves and removes them, at once.
class AccountsPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// Both are borrowed or asked when needed: `profiles` reads the profiles of ~/.aws as they are now, and says which
    /// file can't be read.
    using Profiles = std::function<QList<ListedProfile>(QString &problem)>;
    AccountsPage(AccountDesk &desk, Profiles profiles, QWidget *parent = nullptr);
    ~AccountsPage() override;

    QString title() const override;
    void retranslate() override;
    /// The ways to add accounts; others may put theirs behind.
    QMenu &addMenu() { return *m_addMenu; }

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void update();
    void explain();
    QStringList chosen() const;
    const ListedAccount *single() const;
    void choose(const QString &id);
    void addKeys();
    void addProfiles();
    void edit();
    void test();
    void togglePause();
    void move(int rows);
    void askRemove();
    void remove(const QStringList &ids, bool deleteData);
    void say(const QString &sentence);
    void countUnlisted();
    void fitColumns();

    std::unique_ptr<Ui::AccountsPage> m_ui;
    AccountDesk &m_desk;
    Profiles m_profiles;
    ListedAccountModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QMenu *m_addMenu;
    QAction *m_addKeys;
    QAction *m_addProfiles;
    QTimer m_later; // many accounts change at once
};

} // namespace casement
