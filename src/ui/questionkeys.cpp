#include "ui/questionkeys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMessageBox>

namespace casement {

namespace {

bool isInQuestion(const QObject &watched)
{
    return watched.isWidgetType()
        && qobject_cast<const QMessageBox *>(static_cast<const QWidget &>(watched).window()) != nullptr;
}

/// Presses a button that has the focus, or the default one.
bool isPress(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space || key == Qt::Key_Select;
}

/// Letters, digits and signs; all others are above.
bool isCharacter(int key) { return key > Qt::Key_Space && key < Qt::Key_Escape; }

} // namespace

QuestionKeys::QuestionKeys(QObject *parent, std::chrono::milliseconds pause) : QObject(parent), m_pause(pause)
{
    m_still.start();
    qApp->installEventFilter(this);
}

QuestionKeys::~QuestionKeys() = default;

bool QuestionKeys::isNoAnswer(const QObject &watched, const QKeyEvent &key) const
{
    const bool isMnemonic = (key.modifiers() & Qt::AltModifier) && isCharacter(key.key());
    if (isMnemonic || isPress(key.key()))
        return key.isAutoRepeat() || m_still.elapsed() < m_pause.count();
    if (key.key() == Qt::Key_Escape)
        return key.isAutoRepeat();
    // What the widget with the focus had no use for; the box itself would.
    return isCharacter(key.key()) && !(key.modifiers() & (Qt::ControlModifier | Qt::MetaModifier))
        && qobject_cast<const QMessageBox *>(&watched);
}

bool QuestionKeys::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::WindowActivate:
        if (qobject_cast<QMessageBox *>(watched))
            m_still.start();
        break;
    case QEvent::ShortcutOverride: // as if the widget took it itself: then no button's letter is looked for
    case QEvent::KeyPress:
        if (!isInQuestion(*watched) || !isNoAnswer(*watched, *static_cast<QKeyEvent *>(event)))
            break;
        m_still.start(); // who types on does not read yet
        event->accept();
        return true;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace casement
