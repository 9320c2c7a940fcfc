#include "ui/messageedit.h"

#include "support/messagecheck.h"
#include "ui/questionkeys.h"
#include "ui/shortcuts.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

MessageEdit::MessageEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    connect(this, &QPlainTextEdit::textChanged, this, &MessageEdit::fit);
    setLines(m_least, m_most);
}

void MessageEdit::followSendKey(Shortcuts &shortcuts)
{
    shortcuts.follow(this, u"send"_s, [this](const QList<QKeySequence> &keys) { m_sendKeys = keys; });
}

bool MessageEdit::isSend(const QKeyEvent &event) const
{
    const QKeyCombination typed(event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier), Qt::Key(event.key()));
    return m_sendKeys.contains(QKeySequence(typed));
}

QString MessageEdit::text() const { return messageText(document()->toRawText()); }

void MessageEdit::replace(int start, int length, const QString &with)
{
    QTextCursor cursor(document());
    cursor.setPosition(start);
    cursor.setPosition(start + length, QTextCursor::KeepAnchor);
    cursor.insertText(with);
}

void MessageEdit::setLines(int least, int most)
{
    m_least = least;
    m_most = most;
    setSizePolicy(QSizePolicy::Expanding, most > 0 ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    setVerticalScrollBarPolicy(most > 0 ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    fit();
}

void MessageEdit::setMarks(Marker marker, const QList<QTextEdit::ExtraSelection> &marks)
{
    m_marks[marker] = marks;
    QList<QTextEdit::ExtraSelection> all;
    for (const auto &some : m_marks) {
        for (const QTextEdit::ExtraSelection &mark : some) {
            if (mark.cursor.document() == document()) // else of the text that stood here before
                all.append(mark);
        }
    }
    setExtraSelections(all);
}

int MessageEdit::heightOf(int lines) const
{
    const QMargins margins = contentsMargins();
    return int(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + 2 * document()->documentMargin()))
        + margins.top() + margins.bottom() + 2;
}

QSize MessageEdit::minimumSizeHint() const { return {120, m_most > 0 ? heightOf(m_least) : sizeHint().height()}; }

QSize MessageEdit::sizeHint() const
{
    if (m_most == 0) {
        qreal text = 0;
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
            text += blockBoundingRect(block).height();
        const int around = heightOf(0);
        return {480, qMax(heightOf(m_least), int(std::ceil(text)) + around)};
    }
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < m_most; block = block.next())
        lines += qMax(1, block.lineCount());
    return {480, heightOf(qBound(m_least, lines, m_most))};
}

void MessageEdit::fit()
{
    const int wanted = sizeHint().height();
    if (wanted == (m_most > 0 ? height() : m_wanted))
        return;
    m_wanted = wanted;
    updateGeometry();
}

void MessageEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit(); // another width, other lines
}

void MessageEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuWanted(menu, byKey ? textCursor() : cursorForPosition(event->pos()));
    menu->popup(event->globalPos());
}

void MessageEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

bool MessageEdit::event(QEvent *event)
{
    // Not to the window's shortcut: here the input method is asked first.
    if (event->type() == QEvent::ShortcutOverride && isSend(*static_cast<QKeyEvent *>(event)))
        event->accept();
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update(); // the frame, too, says where the keys go
    return QPlainTextEdit::event(event);
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    // An input method takes the keys of its own; what arrives here is meant for us.
    if (isSend(*event)) {
        event->accept();
        if (!event->isAutoRepeat() && !QuestionKeys::isRepeating()) // a key that is held says nothing a second time
            Q_EMIT sendPressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

/// Text can be dropped here. Files, and what a browser lets go of, are the matter of what is around.
void MessageEdit::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage())
        return event->ignore();
    QPlainTextEdit::dragEnterEvent(event);
}

bool MessageEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || (m_paste && source->hasImage());
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    if (m_paste && m_paste(*source))
        return;
    if (source->hasText())
        insertPlainText(messageText(source->text()));
}

} // namespace casement
