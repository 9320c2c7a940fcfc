#include "ui/fieldscroll.h"

#include "ui/filetray.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

namespace casement {

FieldScroll::FieldScroll(QScrollArea &scroll, QPlainTextEdit &body, FileTray &files)
    : m_scroll(scroll), m_fields(*scroll.widget()), m_body(body)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { focusMoved(now); });
    connect(&m_body, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        m_told = nullptr; // somebody writes on
        m_looksElsewhere = false;
        QTimer::singleShot(0, this, &FieldScroll::followCursor); // the field has grown by then
    });
    connect(&files, &FileTray::told, this, [this](QWidget &notice) {
        m_told = &notice;
        QTimer::singleShot(0, this, &FieldScroll::followTold); // it has its place by then
    });
    const QScrollBar *bar = m_scroll.verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [this] {
        if (m_told)
            followTold(); // as hours of contact came above it
        else if (!m_looksElsewhere)
            followField(); // as a notice came below the fields
    });
    connect(bar, &QScrollBar::actionTriggered, this, [this] {
        m_told = nullptr;
        m_looksElsewhere = true;
    });
}

void FieldScroll::focusMoved(QWidget *now)
{
    if (!now || !m_fields.isAncestorOf(now))
        return;
    m_looksElsewhere = false;
    m_scroll.ensureWidgetVisible(now, 0, 24);
    followField();
}

/// The description is as high as its text: the fields scroll to where one writes.
void FieldScroll::followCursor()
{
    if (!m_body.hasFocus())
        return;
    const QPoint at = m_body.viewport()->mapTo(&m_fields, m_body.cursorRect().center());
    m_scroll.ensureVisible(at.x(), at.y(), 0, m_body.fontMetrics().lineSpacing());
}

/// What is wrong with a field stands below it, by its name.
void FieldScroll::followField()
{
    const QWidget *field = QApplication::focusWidget();
    if (!field || !m_fields.isAncestorOf(field))
        return;
    if (field == &m_body)
        return followCursor();
    const auto *problem = m_fields.findChild<QWidget *>(field->objectName() + QStringLiteral("Problem"));
    if (problem && problem->isVisible())
        show(*problem, 8);
    show(*field, 4);
}

/// What was told just now stays in sight with its buttons, whatever comes above it; what is written, where both fit.
void FieldScroll::followTold()
{
    if (!m_told || !m_told->isVisible())
        return;
    followCursor();
    const QPoint end = m_told->mapTo(&m_fields, m_told->rect().bottomLeft());
    m_scroll.ensureVisible(end.x(), end.y() - m_told->height() + 1, 0, 8);
    m_scroll.ensureVisible(end.x(), end.y(), 0, 8);
}

void FieldScroll::show(const QWidget &widget, int margin)
{
    const QPoint end = widget.mapTo(&m_fields, widget.rect().bottomLeft());
    m_scroll.ensureVisible(end.x(), end.y(), 0, margin);
    m_scroll.ensureVisible(end.x(), end.y() - widget.height() + 1, 0, margin);
}

} // namespace casement
