#include "ui/panes.h"

#include <QApplication>
#include <QWidget>

namespace casement::panes {

namespace {

bool takesKeys(const QWidget &widget)
{
    return (widget.focusPolicy() & Qt::TabFocus) && widget.isVisible() && widget.isEnabled();
}

/// Where the keys go in a pane; null where nothing takes them.
QWidget *entranceOf(QWidget &pane)
{
    if (QWidget *last = pane.focusWidget(); last && takesKeys(*last))
        return last;
    if (takesKeys(pane))
        return &pane;
    for (QWidget *next = pane.nextInFocusChain(); next && next != &pane; next = next->nextInFocusChain()) {
        if (pane.isAncestorOf(next) && takesKeys(*next))
            return next;
    }
    return nullptr;
}

} // namespace

void step(const QList<QWidget *> &panes, bool isBack)
{
    const QWidget *focus = QApplication::focusWidget();
    const qsizetype count = panes.size();
    // The innermost: one pane may stand within another, as the reply within the conversation's page.
    qsizetype from = isBack ? 0 : -1;
    for (qsizetype i = 0; i < count; ++i) {
        if (focus && (panes.at(i) == focus || panes.at(i)->isAncestorOf(focus)))
            from = i;
    }
    for (qsizetype away = 1; away <= count; ++away) {
        QWidget &pane = *panes.at((from + (isBack ? count - away : away) + count) % count);
        if (QWidget *entrance = pane.isVisible() ? entranceOf(pane) : nullptr)
            return entrance->setFocus(isBack ? Qt::BacktabFocusReason : Qt::TabFocusReason);
    }
}

} // namespace casement::panes
