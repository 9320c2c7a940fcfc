#include "ui/menukey.h"

#include "ui/keyedit.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QWidget>

namespace casement {

bool MenuKey::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType())
        return false;
    const auto &key = *static_cast<QKeyEvent *>(event);
    auto *widget = static_cast<QWidget *>(watched);
    if (key.key() != Qt::Key_F10 || key.modifiers() != Qt::ShiftModifier
        || qobject_cast<KeyEdit *>(widget)) // which says why it takes no such key
        return false;
    if (key.isAutoRepeat() || QApplication::activePopupWidget() == widget)
        return true;
    // Where Qt asks for it by the Menu key: at the cursor, or the row.
    const QPoint at = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, at, widget->mapToGlobal(at));
    QCoreApplication::sendEvent(widget, &menu);
    return true;
}

} // namespace casement
