#pragma once

#include "base/error.h"
#include "models/caselistmodel.h"
#include "ui/columnmenu.h"
#include "ui/lastcases.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace casement {

namespace Ui {
class CaseListPage;
}

class CaseColumns;
class CaseTable;
class Workspace;

/// The list of cases with all its states: loading, empty, no match, failed, offline.
class CaseListPage final : public QWidget, public ColumnTable
{
    Q_OBJECT

public:
    explicit CaseListPage(QWidget *parent = nullptr);
    ~CaseListPage() override;

    /// Call once. Takes columns, sort and selection from the settings.
    void setWorkspace(Workspace &workspace);
    /// The actions of a row's context menu; the window's own.
    void setRowActions(const QList<QAction *> &actions);

    /// Whether an error stands elsewhere in the window; then the page does not say it again. Ask anew by refresh().
    void setTold(std::function<bool(const Error &)> isTold) { m_isTold = std::move(isTold); }
    void refresh();

    CaseTable &table();
    /// Gives the focus to the rows, or to what stands in their place.
    void focusRows();
    /// The case that is open, also while a filter hides its row.
    CaseKey currentCase() const { return m_open; }
    /// In the order on screen.
    QList<CaseKey> selectedCases() const;
    /// Selects the case, or remembers to do so when its row comes.
    void select(const CaseKey &key);
    /// The case was opened elsewhere: its row is marked when there is one, nothing is told.
    void adopt(const CaseKey &key);
    void setTitle(const QString &title);
    void fillColumnMenu(QMenu &menu) override;
    void fillSortMenu(QMenu &menu) override;
    void resetColumns() override;
    void save();
    void retranslate();
    void copyRows();
    void copyIds();

Q_SIGNALS:
    /// `byPerson`: somebody moved there; false when the program chose the row.
    void caseChosen(const casement::CaseKey &key, bool byPerson);
    /// Enter or a double click: the reader wants to go to the conversation.
    void caseOpened(const casement::CaseKey &key);
    /// There are rows, and one of them is chosen.
    void filled();
    void clearFilterRequested();
    void showAllRequested();
    void refreshRequested();
    /// The way out when an account can't be read at all.
    void chooseAccountRequested();

private:
    void follow();
    void changeView();
    void followRows();
    void choose(int row);
    void markOpen();
    void showHeaderMenu(const QPoint &where);
    void showRowMenu(const QPoint &where);

    enum class Step { None, ClearFilter, ShowAll, Refresh };

    std::unique_ptr<Ui::CaseListPage> m_ui;
    Workspace *m_workspace = nullptr;
    std::function<bool(const Error &)> m_isTold;
    CaseColumns *m_columns = nullptr; // made with the workspace
    QList<QAction *> m_rowActions;
    CaseKey m_open; // its conversation is shown; only a person's act changes it
    CaseKey m_wanted; // selected when it appears
    LastCases m_lastCases;
    QString m_view; // of m_lastCases
    bool m_choosing = false; // the program moves the selection
    bool m_following = false; // followRows() is on its way
    bool m_savedSelection = false;
    bool m_automatic = false; // the top row was chosen by the program, for want of anything better
    Step m_step = Step::None;
};

} // namespace casement
