#include "ui/questionkeys.h"

#include "ui/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPainter>
#include <QPointer>
#include <QVariantAnimation>

namespace casement {

namespace {

constexpr int barHeight = 3;
// X11 has it now and then that Qt takes a repeat of a held key for a release and a press; both are of the same moment.
constexpr quint64 shortestLift = 20; // ms

/// How much of the moment is left before a question can be answered: a thin bar above its buttons, which runs out.
class PauseBar final : public QWidget
{
public:
    explicit PauseBar(QMessageBox &box) : QWidget(&box)
    {
        setObjectName(QStringLiteral("questionPause"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        m_left.setStartValue(1.0);
        m_left.setEndValue(0.0);
        connect(&m_left, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
        connect(&m_left, &QVariantAnimation::finished, this, &QWidget::hide);
    }

    void begin(std::chrono::milliseconds pause)
    {
        m_left.stop();
        m_left.setDuration(int(pause.count()));
        m_left.start();
        place();
        show();
        raise();
    }
    void place()
    {
        const auto *buttons = parentWidget()->findChild<QDialogButtonBox *>();
        const int bottom = buttons ? buttons->mapTo(parentWidget(), QPoint()).y() : parentWidget()->height();
        setGeometry(0, qMax(0, bottom - barHeight - 4), parentWidget()->width(), barHeight);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRect left(0, 0, int(width() * m_left.currentValue().toDouble()), height());
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), left), Theme::colors().accent);
    }

private:
    QVariantAnimation m_left;
};

PauseBar *barOf(const QMessageBox &box)
{
    return static_cast<PauseBar *>(
        box.findChild<QWidget *>(QStringLiteral("questionPause"), Qt::FindDirectChildrenOnly));
}

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

QuestionKeys *current = nullptr;

/// Letters, digits and signs; all others are above.
bool isCharacter(int key) { return key > Qt::Key_Space && key < Qt::Key_Escape; }

} // namespace

QuestionKeys::QuestionKeys(QObject *parent, std::chrono::milliseconds pause) : QObject(parent), m_pause(pause)
{
    m_still.start();
    qApp->installEventFilter(this);
    current = this;
}

QuestionKeys::~QuestionKeys() { current = nullptr; }

bool QuestionKeys::isRepeating() { return current && current->m_last.isRepeat && current->m_last.released == 0; }

/// Each press comes several times: to the shortcuts, to the window, to what is in it.
void QuestionKeys::note(const QKeyEvent &key)
{
    if (key.isAutoRepeat() || key.timestamp() == 0)
        return;
    const bool isSame = m_last.key == key.key(); // only the last of the keys that are held repeats itself
    if (key.type() == QEvent::KeyRelease) {
        if (isSame)
            m_last.released = key.timestamp();
    } else if (!isSame) {
        m_last = {key.key(), key.timestamp(), 0, false};
    } else if (m_last.pressed != key.timestamp() || m_last.released != 0) {
        m_last.isRepeat = m_last.released == 0 || key.timestamp() - m_last.released < shortestLift;
        m_last.pressed = key.timestamp();
        m_last.released = 0;
    }
}

bool QuestionKeys::isNoAnswer(const QObject &watched, const QKeyEvent &key)
{
    const bool isMnemonic = (key.modifiers() & Qt::AltModifier) && isCharacter(key.key());
    if (isMnemonic || isPress(key.key()))
        return key.isAutoRepeat() || isHeld(key.key()) || m_still.elapsed() < m_pause.count();
    if (key.key() == Qt::Key_Escape)
        return key.isAutoRepeat();
    // What the widget with the focus had no use for; the box itself would.
    auto *box = qobject_cast<const QMessageBox *>(&watched);
    if (!isCharacter(key.key()) || (key.modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) || !box)
        return false;
    beginPause(const_cast<QMessageBox &>(*box)); // who types on does not read yet
    return true;
}

void QuestionKeys::beginPause(QMessageBox &box)
{
    m_still.start();
    if (m_pause.count() == 0)
        return;
    PauseBar *bar = barOf(box);
    (bar ? bar : new PauseBar(box))->begin(m_pause);
}

bool QuestionKeys::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::WindowActivate:
        if (auto *box = qobject_cast<QMessageBox *>(watched))
            beginPause(*box);
        break;
    case QEvent::Resize:
    case QEvent::LayoutRequest:
        if (const auto *box = qobject_cast<QMessageBox *>(watched)) {
            if (PauseBar *bar = barOf(*box); bar && bar->isVisible())
                QMetaObject::invokeMethod(
                    bar, [bar] { bar->place(); }, Qt::QueuedConnection);
        }
        break;
    case QEvent::ApplicationDeactivate:
        m_last = {}; // what is let go of elsewhere is not heard of
        break;
    case QEvent::KeyRelease:
        note(*static_cast<QKeyEvent *>(event));
        break;
    case QEvent::ShortcutOverride: // as if the widget took it itself: then no button's letter is looked for
    case QEvent::KeyPress:
        note(*static_cast<QKeyEvent *>(event));
        if (event->type() == QEvent::KeyPress && qobject_cast<QAbstractButton *>(watched)
            && isHeld(static_cast<QKeyEvent *>(event)->key())) {
            event->accept();
            return true;
        }
        if (!isInQuestion(*watched) || !isNoAnswer(*watched, *static_cast<QKeyEvent *>(event)))
            break;
        event->accept();
        return true;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace casement
