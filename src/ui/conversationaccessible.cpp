#include "ui/conversationaccessible.h"

#include "ui/conversationview.h"

#include <QAbstractTextDocumentLayout>
#include <QAccessibleWidget>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

namespace casement {

namespace {

class ConversationAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit ConversationAccessible(ConversationView *view) : QAccessibleWidget(view, QAccessible::Document) { }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }

    void selection(int index, int *start, int *end) const override
    {
        const QTextCursor cursor = view().textCursor();
        const bool any = index == 0 && cursor.hasSelection();
        *start = any ? cursor.selectionStart() : 0;
        *end = any ? cursor.selectionEnd() : 0;
    }
    int selectionCount() const override { return view().textCursor().hasSelection() ? 1 : 0; }
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override
    {
        if (index == 0)
            setCursorPosition(cursorPosition());
    }
    void setSelection(int index, int start, int end) override
    {
        if (index == 0)
            view().setTextCursor(cursorFor(start, end));
    }

    int cursorPosition() const override { return view().textCursor().position(); }
    void setCursorPosition(int position) override { view().setTextCursor(cursorFor(position, position)); }

    QString text(int start, int end) const override
    {
        QString text = cursorFor(start, end).selectedText();
        for (QChar &c : text) {
            // Paragraphs, and where a message's frame begins and ends (QTextBeginningOfFrame, QTextEndOfFrame).
            if (c == QChar::ParagraphSeparator || c == QChar::LineSeparator || c == QChar(0xfdd0) || c == QChar(0xfdd1))
                c = u'\n';
            else if (c == QChar::Nbsp)
                c = u' ';
        }
        return text;
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value ? view().toPlainText() : QAccessibleWidget::text(what);
    }
    int characterCount() const override { return view().document()->characterCount() - 1; }

    QRect characterRect(int offset) const override
    {
        if (offset < 0 || offset >= characterCount())
            return {};
        const QRect at = view().cursorRect(cursorFor(offset, offset));
        const QRect next = view().cursorRect(cursorFor(offset + 1, offset + 1));
        const int width = next.top() == at.top() ? next.left() - at.left() : view().fontMetrics().averageCharWidth();
        return {view().viewport()->mapToGlobal(at.topLeft()), QSize(qMax(1, width), at.height())};
    }
    int offsetAtPoint(const QPoint &point) const override
    {
        const QPoint inside = view().viewport()->mapFromGlobal(point);
        const QPointF scrolled(inside.x() + view().horizontalScrollBar()->value(),
                               inside.y() + view().verticalScrollBar()->value());
        return view().document()->documentLayout()->hitTest(scrolled, Qt::ExactHit);
    }
    void scrollToSubstring(int start, int) override
    {
        const QRect at = view().cursorRect(cursorFor(start, start));
        if (!view().viewport()->rect().contains(at))
            view().verticalScrollBar()->setValue(view().verticalScrollBar()->value() + at.top());
    }

    /// One run per paragraph; how it looks says nothing that its words don't.
    QString attributes(int offset, int *start, int *end) const override
    {
        const QTextBlock block = view().document()->findBlock(qBound(0, offset, characterCount()));
        *start = block.position();
        *end = qMin(block.position() + block.length(), characterCount());
        return {};
    }

private:
    ConversationView &view() const { return *static_cast<ConversationView *>(widget()); }

    QTextCursor cursorFor(int start, int end) const
    {
        QTextCursor cursor(view().document());
        cursor.setPosition(qBound(0, start, characterCount()));
        cursor.setPosition(end < 0 ? characterCount() : qBound(0, end, characterCount()), QTextCursor::KeepAnchor);
        return cursor;
    }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<ConversationView *>(object);
    return view ? new ConversationAccessible(view) : nullptr;
}

} // namespace

void installConversationAccessible() { QAccessible::installFactory(&make); } // the same one again is ignored

} // namespace casement
