#pragma once

#include "export/exportedcase.h"

/// Cases as Markdown (CommonMark with tables). Pure functions, for any thread.
namespace casement {

/// Plain text as one line of Markdown that means just that text: nothing of it becomes markup or HTML. An https address
/// becomes a link to itself. For a paragraph, a heading or a table cell.
QString markdownLine(const QString &line);

/// A message's text: prose line by line, what lives by its spaces between fences that nothing inside can close.
QString markdownBody(const QString &body);

QString markdownCase(const ExportedCase &exported, const ExportOptions &options);

} // namespace casement
