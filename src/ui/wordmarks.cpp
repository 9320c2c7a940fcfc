#include "ui/wordmarks.h"

#include "ui/plaintext.h"
#include "ui/theme.h"

#include <QTextBlock>

namespace casement {

namespace {
constexpr qsizetype mostMarks = 2000;
}

QList<QTextEdit::ExtraSelection> wordMarks(QTextDocument &document, const QStringList &words)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (words.isEmpty())
        return marks;
    QTextCharFormat format;
    format.setBackground(Theme::colors().found);
    for (QTextBlock block = document.begin(); block.isValid() && marks.size() < mostMarks; block = block.next()) {
        const auto found = findWords(block.text(), words);
        for (const Occurrence &one : found) {
            QTextCursor cursor(&document);
            cursor.setPosition(block.position() + one.start);
            cursor.setPosition(block.position() + one.start + one.length, QTextCursor::KeepAnchor);
            marks.append({cursor, format});
        }
    }
    return marks;
}

} // namespace casement
