#pragma once

#include "archive/records.h"
#include "ui/profilelist.h"

#include <QObject>

#include <functional>

class QAction;

namespace casement {

namespace Ui {
class MainWindow;
}

class AccountChoice;
class AccountDesk;
class AccountsPage;
class MainWindow;
class WelcomePage;
class Workspace;

/// What the main window does with accounts: the welcome page while there is none, the choice in the toolbar, the list's
/// groups, and the way to the settings of accounts.
class AccountActions final : public QObject
{
    Q_OBJECT

public:
    /// Reads the profiles of ~/.aws as they are now, and says which file can't be read.
    using Profiles = std::function<QList<ListedProfile>(QString &problem)>;

    /// `ui` belongs to `window`; all are borrowed. Adds the choice to the toolbar.
    AccountActions(Ui::MainWindow &ui, MainWindow &window, Workspace &workspace);

    /// Who keeps the accounts; borrowed. Once, before the window is shown.
    void setDesk(AccountDesk &desk, Profiles profiles);
    /// Null until then.
    AccountDesk *desk() const { return m_desk; }
    /// The page of the settings, made when they are opened first; more ways to add accounts are put there by `extend`.
    void extendPage(std::function<void(AccountsPage &)> extend) { m_extend = std::move(extend); }

    /// The accounts changed, or are known now.
    void workspaceChanged();
    /// The files of ~/.aws, or the list, changed: the welcome page follows, when it is shown.
    void readProfilesAgain();
    /// Drafts can be read where there is no account any more: the page of cases, with them, instead of the welcome
    /// page.
    void setReadingDrafts(bool on);
    /// The window shows the made-up company of the demo.
    /// Lists the accounts in the toolbar, and marks the one that is chosen.
    void refill();
    void retranslate();
    /// Those of these names; all when none is named.
    QList<AccountId> accountsOf(const QStringList &names) const;
    /// The keychain does not give the keys of these accounts: asks for those of the first one that has none yet.
    void keepForSession(const Error &error, const QStringList &names);

Q_SIGNALS:
    /// 0: all.
    void accountChosen(casement::AccountId account);
    void demoChosen();
    /// The accounts of this window are none of the list: leave them for the list.
    void listRequested();
    void draftsRequested();

private:
    void showWelcome();
    void readProfiles();
    void countDrafts();
    void chooseAccounts();
    void askToLeaveDemo();
    void addProfiles(const QStringList &names);
    void group(bool on);

    Ui::MainWindow &m_ui;
    MainWindow &m_window;
    Workspace &m_workspace;
    AccountDesk *m_desk = nullptr;
    Profiles m_profiles;
    std::function<void(AccountsPage &)> m_extend;
    AccountChoice *m_choice;
    QAction *m_choiceAction;
    WelcomePage *m_welcome = nullptr;
    bool m_readsDrafts = false;
};

} // namespace casement
