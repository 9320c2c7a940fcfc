#pragma once

#include <QList>
#include <QString>

class QHeaderView;

namespace casement {

class UiSettings;

/// Which columns a table shows, in which order, how wide, and by which it is sorted. Columns are named by the model's
/// ColumnIdRole, so that a new version's columns take their own defaults and a garbled value harms nothing.
namespace headerstate {

/// Shows what the model proposes: ColumnHiddenRole, ColumnWidthRole, model order; sorted by `sortColumn`.
void reset(QHeaderView &header, int sortColumn, Qt::SortOrder order);
/// As reset(), then what the settings know under that key.
void restore(QHeaderView &header, const UiSettings &settings, const QString &key, int sortColumn, Qt::SortOrder order);
/// `folded` are hidden for want of room only: they are remembered as shown.
void save(const QHeaderView &header, UiSettings &settings, const QString &key, const QList<int> &folded = {});

/// Some columns as one word of the settings, and back; what is not known is left out.
QString toString(const QHeaderView &header, const QList<int> &columns);
QList<int> toColumns(const QHeaderView &header, const QString &text);

} // namespace headerstate

} // namespace casement
