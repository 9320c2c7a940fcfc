#pragma once

#include <QList>

#include <functional>

class QHeaderView;
class QMenu;

namespace casement {

/// A table whose columns a person arranges: the menu View is about the one that is in sight.
class ColumnTable
{
public:
    virtual void fillColumnMenu(QMenu &menu) = 0;
    virtual void fillSortMenu(QMenu &menu) = 0;
    virtual void resetColumns() = 0;

protected:
    ~ColumnTable() = default;
};

/// Menus about the columns of a table: the one of its header, and those of the menu View.
namespace columnmenu {

/// These columns with a mark at those that are shown; `show` is told what somebody wants of one.
void fillColumns(QMenu &menu, const QHeaderView &header, const QList<int> &sections,
                 const std::function<void(int section, bool on)> &show);
/// By which of these columns the table is sorted, and in which direction.
void fillSort(QMenu &menu, QHeaderView &header, const QList<int> &sections);
/// Every column, as the model numbers them, or as they stand on screen.
QList<int> sectionsOf(const QHeaderView &header, bool asOnScreen = false);

} // namespace columnmenu

} // namespace casement
