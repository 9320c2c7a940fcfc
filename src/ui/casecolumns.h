#pragma once

#include <QList>
#include <QObject>

class QMenu;

namespace casement {

class CaseTable;
class Workspace;

/// Which columns of the case list stand side by side, in which order and how wide.
///
/// Columns are as wide as their words; the subject takes what is left. What finds no room is folded: it stands below
/// the subject, the account always. A column that somebody asked for is not folded, and a width that somebody chose
/// stays.
class CaseColumns final : public QObject
{
    Q_OBJECT

public:
    /// The table has its model. Takes columns and sorting from the settings.
    CaseColumns(CaseTable &table, Workspace &workspace, QObject *parent = nullptr);

    void reset();
    void save();
    /// Once words or fonts changed; by itself when the table is resized.
    void fit();
    void fillColumnMenu(QMenu &menu);
    void fillSortMenu(QMenu &menu);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showColumn(int section, bool on);
    void columnResized(int section, int before, int now);
    void fitSoon();
    void fold(const QList<int> &sections);
    bool isWanted(int section) const;
    int widthFor(int section) const;

    CaseTable &m_table;
    Workspace &m_workspace;
    QList<int> m_folded; // columns hidden for want of room: they stand below the subject
    QList<int> m_kept; // columns that somebody asked for: never folded
    QList<int> m_dragged; // columns whose width somebody chose
    int m_fittedRoom = 0;
    bool m_fitting = false; // the program changes columns
    bool m_fitPending = false; // fitSoon() is on its way
    bool m_dragging = false; // a column's edge is held by the mouse
};

} // namespace casement
