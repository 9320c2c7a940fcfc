#pragma once

#include <QStringList>

class QLineEdit;

namespace casement {

/// The hint of an empty field: the first of these that it has room for, always, however wide it becomes; the last one
/// where it has room for none.
void setFittingHint(QLineEdit &field, const QStringList &longestFirst);

} // namespace casement
