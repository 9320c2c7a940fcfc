#pragma once

#include "archive/records.h"

#include <QObject>

#include <functional>

class QModelIndex;

namespace casement {

namespace Ui {
class MainWindow;
}

class AdvisorExporter;
class AdvisorPage;
class AdvisorWork;
class CaseActions;
class ColumnTable;
class SidebarModel;
class Toast;
class Workspace;
struct AdvisorRefreshNews;

/// Trusted Advisor in the window: its page beside the cases, its menu, its entries in the sidebar, and what its acts
/// lead to.
class AdvisorActions final : public QObject
{
    Q_OBJECT

public:
    /// `ui` belongs to `window`; all are borrowed.
    AdvisorActions(Ui::MainWindow &ui, QWidget &window, Workspace &workspace, SidebarModel &sidebar,
                   CaseActions &caseActions);
    ~AdvisorActions() override;

    /// Made on first use.
    AdvisorPage &page();
    AdvisorWork &work() { return *m_work; }
    bool isShown() const;
    void show();
    /// A check of the accounts that are shown, with its resources.
    void openCheck(casement::AccountId account, const QString &checkId);
    /// The cases are shown again; false when they were.
    bool leave();

    /// An entry of the sidebar was chosen; false when it is none of these.
    bool choose(const QModelIndex &entry);
    /// The entry of what is shown.
    void selectInSidebar();

    /// These do what the window's action of that name means here; false when the page is not shown.
    bool load();
    bool loadAll();
    bool goBack();
    bool step(int rows);
    bool copy();
    bool selectAll();
    bool focusFilter();
    /// The table that is in sight on the page; null where there is none.
    ColumnTable *table() const;
    /// Those of its page, for F6; while it is shown.
    QList<QWidget *> panes() const;

    /// The selected checks; all of the accounts that are shown where none is selected, and from the overview.
    void exportChecks();
    /// Which actions can be used.
    void update();
    void save();
    /// Before the window goes: nothing more is loaded or refreshed.
    void stop();
    void retranslate();

Q_SIGNALS:
    /// The page came or went.
    void shownChanged();

private:
    void connectActions();
    void setShown(bool on);
    void tellRefresh(const AdvisorRefreshNews &news);
    void openCase();
    void showCounts();
    bool hasFocusInPage() const;

    Ui::MainWindow &m_ui;
    QWidget &m_window;
    Workspace &m_workspace;
    SidebarModel &m_sidebar;
    CaseActions &m_caseActions;
    AdvisorWork *m_work;
    AdvisorExporter *m_exporter;
    AdvisorPage *m_page = nullptr;
};

} // namespace casement
