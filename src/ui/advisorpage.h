#pragma once

#include "models/advisorcheckmodel.h"
#include "ui/advisordetail.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QTreeView;

namespace casement {

namespace Ui {
class AdvisorPage;
}

class AdvisorOverview;
class AdvisorWork;
class Workspace;
struct AdvisorRefreshNews;

/// Trusted Advisor: the overview of its categories, and the checks of one or all of them with their resources. Of the
/// accounts that the window shows.
class AdvisorPage final : public QWidget
{
    Q_OBJECT

public:
    /// Both borrowed; they outlive the page.
    AdvisorPage(Workspace &workspace, AdvisorWork &work, QWidget *parent = nullptr);
    ~AdvisorPage() override;

    AdvisorCheckModel &checks() { return *m_checks; }
    AdvisorDetail &detail();

    /// Loads what was not loaded in this run. Call it when the page is shown.
    void open();
    /// F5.
    void load();
    void showOverview();
    /// `status` empty: whatever it is; `!ok`: what somebody has to look at.
    void showChecks(const QString &category, const QString &status);
    /// At once, or when what is kept of the account has been read.
    void showCheck(AccountId account, const QString &checkId);
    bool isOverview() const;
    /// Of the checks that are shown; empty: all.
    QString category() const;

    /// The accounts that the window shows.
    QList<AccountId> accounts() const;
    /// The selected checks; those of a selected category are all in it.
    QList<AdvisorCheckRecord> chosenChecks() const;
    void refreshChosen();
    void refreshAll();
    void setRowActions(const QList<QAction *> &checkActions, const QList<QAction *> &resourceActions);

    void focusFilter();
    void focusRows();
    /// Esc: from the resources to the checks, from there to the overview; false when that is where one is.
    bool goBack();
    void moveCurrent(int rows);
    void copy() const;
    void selectAll();
    /// The table that one works in; null on the overview.
    ColumnTable *table() const;
    void save();
    void retranslate();

Q_SIGNALS:
    /// Overview or checks, or another category of them.
    void viewChanged();
    /// Sums by category changed.
    void countsChanged();
    void openCaseRequested();
    void linkHovered(const QString &target);
    void chooseAccountRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void connectViews();
    void accountsChanged();
    void read(AccountId account);
    void takeRead();
    void readDays();
    void filterChanged();
    void fillFilters();
    void showState();
    void showNotice();
    void showCounts();
    void currentChanged();
    void followCurrent();
    void showMenu(const QPoint &where);
    void recolor();

    std::unique_ptr<Ui::AdvisorPage> m_ui;
    Workspace &m_workspace;
    AdvisorWork &m_work;
    AdvisorCheckModel *m_checks;
    AdvisorOverview *m_overview;
    QWidget *m_checksArea = nullptr; // the checks, which scroll on a low screen
    QList<AccountId> m_accounts;
    QList<QAction *> m_checkActions;
    QString m_language;
    QTimer m_minute;
    QTimer m_take;
    QHash<AccountId, QList<AdvisorCheckRecord>> m_read; // not shown yet
    int m_reading = 0; // loads from the archive under way
    bool m_isOverview = true;
    bool m_isDaysStale = true;
    struct Wanted
    {
        AccountId account = 0;
        QString checkId;
    } m_wanted; // a check that is shown as soon as it was read
    enum class Step { Load, Cancel, Retry } m_step = Step::Load;
};

} // namespace casement
