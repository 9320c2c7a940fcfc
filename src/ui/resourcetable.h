#pragma once

#include "models/resourcemodel.h"
#include "ui/columnmenu.h"

#include <QTableView>

#include <optional>

namespace casement {

class UiSettings;

/// The resources of a check. Columns can be moved, hidden and sorted, and are remembered for each check.
class ResourceTable final : public QTableView, public ColumnTable
{
    Q_OBJECT

public:
    explicit ResourceTable(QWidget *parent = nullptr);

    /// Both borrowed; once.
    void setUp(ResourceModel &model, UiSettings &settings);
    /// Columns are those of this check from now on.
    void setCheck(const QString &checkId);
    /// Which of a check's own columns its table shows, as the person arranged it; none: it was never changed.
    static std::optional<QList<int>> shownValues(const UiSettings &settings, const QString &checkId);
    void saveColumns();
    void fillColumnMenu(QMenu &menu) override;
    void fillSortMenu(QMenu &menu) override;
    void resetColumns() override;
    /// What the context menu has above the columns.
    void setRowActions(const QList<QAction *> &actions) { m_rowActions = actions; }

    /// Rows in the order on screen.
    QList<int> selectedRowNumbers() const;
    /// Puts headings and the selected rows' visible cells on the clipboard, parted by tabs, for spreadsheets; formulas
    /// are defused. Thousands of rows are written beside the event loop and are there a moment later.
    void copySelection();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void beforeReset();
    void afterReset();
    void restoreColumns();
    void showHeaderMenu(const QPoint &where);
    void showRowMenu(const QPoint &where);
    void addColumnMenus(QMenu &menu);
    QString settingsKey() const;

    ResourceModel *m_model = nullptr;
    UiSettings *m_settings = nullptr;
    QString m_check;
    QString m_columnsOf; // what the header shows: check and columns
    QList<QAction *> m_rowActions;
    std::vector<quint32> m_selected; // ids, over a reset
    quint32 m_current = ~quint32(0);
    const void *m_resources = nullptr; // whose ids these are
    bool m_restoring = false;
    quint64 m_copies = 0;
};

} // namespace casement
