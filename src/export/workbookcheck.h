#pragma once

#include <QString>

namespace casement {

/// True when a workbook holds so many sheets and each has its end: what was cut on its way through temporary files on a
/// full disk looks like a workbook otherwise. Reads all of it.
bool isWorkbookWhole(const QString &path, qsizetype sheets);

} // namespace casement
