#pragma once

#include "archive/outboxstore.h"
#include "base/error.h"
#include "models/caselistmodel.h"

#include <QHash>
#include <QMainWindow>

#include <memory>

class QLabel;
class QLineEdit;
class QProgressBar;
class QToolButton;

namespace casement {

namespace Ui {
class MainWindow;
}

class AccountActions;
class AdvisorActions;
class BannerStack;
class RescueNotice;
class UnstoredQuestion;
class CaseActions;
class CaseExporter;
class CaseListPage;
class CaseMarkActions;
class ConversationPage;
class DraftsPage;
class ErrorBanner;
class InterfaceLanguage;
class RecentCases;
class SavedFilterActions;
class SearchPage;
class SettingsDialog;
class SidebarModel;
class StatusPanel;
class Theme;
class WindowMenus;
class Workspace;

/// The one window: switches pages and carries the actions.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Workspace &workspace, InterfaceLanguage &language, Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Makes what the first frame does not need, a piece per call; false when nothing is left.
    bool finishSetup();

    /// The case list is filled and a conversation stands beside it (or there is none to show).
    bool isFilled() const;

    CaseListPage &caseList();
    /// Made on first use.
    ConversationPage &conversation();
    /// Null until then.
    ConversationPage *shownConversation() { return m_conversation; }
    SearchPage &searchPage();
    QLineEdit &searchField() { return *m_search; }
    CaseActions &caseActions() { return *m_caseActions; }
    WindowMenus &menus() { return *m_menus; }
    RecentCases &recentCases() { return *m_recent; }
    AccountActions &accountActions() { return *m_accountActions; }
    AdvisorActions &advisor() { return *m_advisor; }
    QList<ErrorBanner *> banners() const;
    /// Pages of the settings are added here.
    SettingsDialog &settingsDialog() { return *m_settings; }
    void saveState();

public Q_SLOTS:
    /// Shows a case wherever it stands: also one that the list's filter hides; at a message when one is given.
    void openCase(const casement::CaseKey &key, const QString &message = {});
    void showAllCases();
    /// Looks for what stands in the search field in all messages.
    void startSearch();
    /// Visible, not minimised, and in front as far as the desktop lets it.
    void bringToFront();
    void newCase();
    void showError(const casement::Error &error, const QString &account);
    /// What became of a change that was sent.
    void showOutcome(const casement::OutboxEntry &entry, const QString &before, const QString &after);

    /// What was said about an archive that could not be opened is over.
    void archiveOpened();

    /// The next time that it closes nobody is there to be asked: a logout.
    void endUnasked();

Q_SIGNALS:
    /// F5: the accounts of this view; Try Again: those that a banner names.
    void refreshRequested(const QList<casement::AccountId> &accounts);
    void refreshAllRequested();
    void cancelRequested();
    /// Whether accounts are refreshed by themselves is another; it is in the settings (NotificationSettings::poll).
    void refreshChanged();
    void demoChosen();
    /// The accounts of the list instead of those that the window was started with.
    void listRequested();
    void closing();
    /// Quit was chosen, and closes the window next; where closing does not end the program, this does.
    void quitting();
    /// The person wants to stay after all.
    void stays();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    Error withConsequence(Error error) const;
    static constexpr qsizetype longestKeptWords = 200; // of the filter, over a restart

    void connectActions();
    void connectMenus();
    void buildToolBar();
    void restoreState();
    void workspaceChanged();
    void sidebarChosen(const QModelIndex &index);
    void setFilter(const CaseFilter &filter);
    void selectInSidebar();
    void chooseCase(const CaseKey &key, bool byPerson);
    void reply();
    void showDrafts();
    void countDrafts();
    void storeDrafts();
    void connectMarks();
    bool isCaseInSight() const;
    CaseKey currentCase() const;
    QList<CaseKey> chosenCases() const;
    void focusSearch();
    void leaveSearch();
    void goBack();
    QList<QWidget *> shownPanes() const;
    void step(int rows);
    void retranslate();
    void updateActions();
    void showUnread();

    std::unique_ptr<Ui::MainWindow> m_ui;
    Workspace &m_workspace;
    QLineEdit *m_search = nullptr;
    AccountActions *m_accountActions = nullptr;
    WindowMenus *m_menus = nullptr;
    RecentCases *m_recent = nullptr;
    CaseActions *m_caseActions = nullptr;
    CaseExporter *m_exporter = nullptr;
    AdvisorActions *m_advisor = nullptr;
    CaseMarkActions *m_markActions = nullptr;
    SavedFilterActions *m_filterActions = nullptr;
    SettingsDialog *m_settings = nullptr;
    SidebarModel *m_sidebar = nullptr;
    StatusPanel *m_status = nullptr;
    ConversationPage *m_conversation = nullptr;
    SearchPage *m_searchPage = nullptr;
    DraftsPage *m_drafts = nullptr;
    BannerStack *m_banners = nullptr;
    RescueNotice *m_rescue = nullptr;
    UnstoredQuestion *m_unstored = nullptr;
    CaseKey m_pendingCase; // chosen before the conversation page was made
    bool m_pendingByPerson = false;
    int m_setupStep = 0;
    bool m_retranslating = false;
};

} // namespace casement
