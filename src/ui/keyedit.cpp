#include "ui/keyedit.h"

#include "ui/shortcuts.h"
#include "ui/spoken.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace casement {

namespace {

bool isModifier(int key) { return key >= Qt::Key_Shift && key <= Qt::Key_ScrollLock; }

} // namespace

KeyEdit::KeyEdit(QWidget *parent) : QKeySequenceEdit(parent) { spoken::setRole(*this, QAccessible::HotkeyField); }

void KeyEdit::setName(const QString &name)
{
    spoken::setName(*this, name);
    if (auto *line = findChild<QLineEdit *>())
        spoken::setName(*line, name);
}

void KeyEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        event->accept(); // the dialog stays
        Q_EMIT escaped();
        return;
    }
    QKeySequenceEdit::keyPressEvent(event);
    if (keySequence().isEmpty())
        return;
    const auto [key, other] = Shortcuts::pressOf(event->keyCombination(), keySequence());
    setKeySequence(key); // ends Qt's waiting: the next key is another one
    Q_EMIT keyPressed(key, other);
}

void KeyEdit::keyReleaseEvent(QKeyEvent *event)
{
    event->accept();
    if (isModifier(event->key()) && keySequence().isEmpty())
        Q_EMIT left();
}

void KeyEdit::focusInEvent(QFocusEvent *event)
{
    QKeySequenceEdit::focusInEvent(event);
    if (auto *line = findChild<QLineEdit *>())
        line->update();
}

void KeyEdit::focusOutEvent(QFocusEvent *event)
{
    QKeySequenceEdit::focusOutEvent(event);
    if (auto *line = findChild<QLineEdit *>())
        line->update();
    Q_EMIT left();
}

} // namespace casement
