#pragma once

#include <QStringList>
#include <QTextEdit>

namespace casement {

/// Marks of the words wherever they stand in a document, up to some thousands.
QList<QTextEdit::ExtraSelection> wordMarks(QTextDocument &document, const QStringList &words);

} // namespace casement
