#pragma once

#include <QString>

class QTableView;

namespace casement {

/// What the tables of the program have in common: whole rows, no grid, no editing, scrolling by pixels, a header whose
/// columns can be moved and which asks for its own menu. Call it when the view has its header.
void setUpQuietly(QTableView &table);

/// A cell as it is copied for a spreadsheet: one line without tabs, and kept from being a formula unless it is a plain
/// number.
QString spreadsheetCell(QString text);

} // namespace casement
