#pragma once

#include <QTableView>
#include <QTimer>

namespace casement {

class CaseListModel;

/// The case list's table: whole rows, sortable and movable columns, rows of one height. Grouped by account, the first
/// row of each group is higher: above it stands the account, with how many cases follow.
///
/// Columns that find no room, and the account always, may stand as a second line below the subject instead.
class CaseTable final : public QTableView
{
    Q_OBJECT

public:
    explicit CaseTable(QWidget *parent = nullptr);

    /// The selected rows' visible cells, in the order on screen, parted by tabs, for spreadsheets. Formulas are defused
    /// as in a CSV export.
    QString selectedText() const;
    void moveCurrent(int rows);
    /// What stands below the subject of each row, in that order. Their own columns are hidden by the caller.
    void setBelowSubject(const QList<int> &columns);
    const QList<int> &belowSubject() const { return m_below; }
    /// How far the subject's text stands from the left edge of its cell; its heading stands above it.
    static constexpr int subjectIndent = 18;
    /// Of a star's cell, and the least of all columns.
    static constexpr int starWidth = 32;

    void setModel(QAbstractItemModel *model) override;
    /// The cases, while they stand in groups; else null.
    const CaseListModel *grouped() const;
    /// The height of the heading above this row, within its cells; 0 where no group begins.
    int headingAbove(int row) const;
    /// Grouping was turned on or off.
    void fitGroups();

    /// Rows are scrolled to, never columns: choosing a case does not move the table sideways.
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    void opened(const QModelIndex &index);
    /// The star of a row was clicked; the row is not chosen by that.
    void starClicked(const QModelIndex &index);
    /// Somebody moved there. Not told when rows go away under the current one, or when the table takes the focus.
    void currentRowChanged(int row);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void focusInEvent(QFocusEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void fitRows();
    void showFirstSoon();
    bool beginsGroup(int row) const;
    void paintHeading(QPainter &painter, const QRect &place, int row);
    bool clickStar(const QMouseEvent &event);

    QList<int> m_below;
    QList<int> m_heads; // rows that begin groups
    QTimer m_fitting;
    bool m_onStar = false; // the button was pressed on a star, and is down
    bool m_quiet = false; // Qt moves the current row by itself
};

} // namespace casement
