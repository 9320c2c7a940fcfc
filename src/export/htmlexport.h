#pragma once

#include "export/exportedcase.h"

/// Cases as one HTML page that needs nothing else: no script, nothing that is loaded, for the screen in light and dark
/// and for paper. Pure functions, for any thread.
namespace casement {

QString htmlHead(const QString &title);
QString htmlCase(const ExportedCase &exported, const ExportOptions &options);
QString htmlTail();

} // namespace casement
