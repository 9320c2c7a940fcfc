#pragma once

#include <QStringList>

class QLineEdit;

namespace casement {

/// The hint of an empty field: the first of these that it has room for, always, however wide it becomes; the last one
/// where it has room for none.
void setFittingHint(QLineEdit &field, const QStringList &longestFirst);

constexpr int narrowestFilter = 160; // px of a field above a table

/// The field is never narrower than its hint, nor than `least`.
void makeRoomForHint(QLineEdit &field, int least);

} // namespace casement
