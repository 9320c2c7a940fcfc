#include "ui/conversationaccessible.h"

#include "ui/conversationchips.h"
#include "ui/conversationview.h"

#include <QAbstractTextDocumentLayout>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

namespace casement {

namespace {

/// An attachment, a child of the conversation.
class ChipAccessible final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    ChipAccessible(ConversationView *view, const ConversationChips::Chip &chip) : m_view(view), m_chip(chip) { }

    bool isValid() const override
    {
        if (!m_view)
            return false;
        for (const ConversationChips::Chip &chip : m_view->chips().all()) {
            if (chip.messageKey == m_chip.messageKey && chip.attachment == m_chip.attachment) {
                m_chip = chip; // wherever its block went meanwhile
                return true;
            }
        }
        return false;
    }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Link; }

    void setText(QAccessible::Text, const QString &) override { }
    QString text(QAccessible::Text what) const override
    {
        if (!isValid())
            return {};
        if (what == QAccessible::Name)
            return m_view->chips().name(m_chip);
        return what == QAccessible::Description ? m_view->chips().description(m_chip) : QString();
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inside = m_view->chips().rect(m_chip);
        return {m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (state.invalid)
            return state;
        state.focusable = true;
        state.linked = true;
        state.focused = m_view->hasFocus() && m_view->chips().current() == m_chip;
        state.offscreen = !m_view->chips().rect(m_chip).intersects(m_view->viewport()->rect());
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), showMenuAction(), setFocusAction()}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        ConversationChips &chips = m_view->chips();
        if (name == pressAction()) {
            Q_EMIT chips.activated(m_chip);
        } else if (name == showMenuAction()) {
            Q_EMIT chips.menuRequested(m_chip, rect().bottomLeft());
        } else if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            chips.setCurrent(m_chip);
        }
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<ConversationView> m_view;
    mutable ConversationChips::Chip m_chip;
};

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

    // The attachments in the document first, then what Qt knows of.
    int childCount() const override { return int(chips().size()) + QAccessibleWidget::childCount(); }
    QAccessibleInterface *child(int index) const override
    {
        const QList<ConversationChips::Chip> &all = chips();
        return index < 0 || index >= all.size() ? QAccessibleWidget::child(index - int(all.size())) : chip(all[index]);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const QList<ConversationChips::Chip> &all = chips();
        for (int i = 0; i < int(all.size()); ++i) {
            if (chip(all[i]) == child)
                return i;
        }
        const int index = QAccessibleWidget::indexOfChild(child);
        return index < 0 ? index : index + int(all.size());
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const ConversationChips::Chip found = view().chips().at(view().viewport()->mapFromGlobal(QPoint(x, y)));
        return found.isValid() ? chip(found) : QAccessibleWidget::childAt(x, y);
    }
    QAccessibleInterface *focusChild() const override
    {
        const ConversationChips::Chip current =
            view().hasFocus() ? view().chips().current() : ConversationChips::Chip();
        return current.isValid() ? chip(current) : QAccessibleWidget::focusChild();
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

protected:
    ~ConversationAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

private:
    ConversationView &view() const { return *static_cast<ConversationView *>(widget()); }
    const QList<ConversationChips::Chip> &chips() const { return view().chips().all(); }

    QAccessibleInterface *chip(const ConversationChips::Chip &chip) const
    {
        const QString key = chip.messageKey + u'\n' + chip.attachment.attachmentId;
        if (const auto known = m_children.constFind(key); known != m_children.cend())
            return QAccessible::accessibleInterface(*known);
        auto *made = new ChipAccessible(&view(), chip);
        m_children.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    QTextCursor cursorFor(int start, int end) const
    {
        QTextCursor cursor(view().document());
        cursor.setPosition(qBound(0, start, characterCount()));
        cursor.setPosition(end < 0 ? characterCount() : qBound(0, end, characterCount()), QTextCursor::KeepAnchor);
        return cursor;
    }

    mutable QHash<QString, QAccessible::Id> m_children; // by message and attachment
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<ConversationView *>(object);
    return view ? new ConversationAccessible(view) : nullptr;
}

} // namespace

void installConversationAccessible() { QAccessible::installFactory(&make); } // the same one again is ignored

} // namespace casement
