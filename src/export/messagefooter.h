#pragma once

#include <QStringList>

namespace casement {

/// Whether the closing lines that AWS puts under each of its messages begin at line `i` of one of them.
bool startsFooter(const QStringList &lines, int i);

} // namespace casement
