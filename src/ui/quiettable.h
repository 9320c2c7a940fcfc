#pragma once

#include <QModelIndex>
#include <QString>

class QTableView;

namespace casement {

/// What the tables of the program have in common: whole rows, no grid, no editing, scrolling by pixels, a header whose
/// columns can be moved and which asks for its own menu. Call it when the view has its header.
void setUpQuietly(QTableView &table);

/// Where Home (`isLast`: End) goes: the first row, since whole rows are chosen, in the column that is the current one.
QModelIndex outermostRow(const QTableView &table, bool isLast);

/// A cell as it is copied for a spreadsheet: one line without tabs, and kept from being a formula unless it is a plain
/// number.
QString spreadsheetCell(QString text);

} // namespace casement
