#include "app/desktopprompt.h"

#include "ui/mfadialog.h"
#include "ui/signindialog.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>

#include <memory>
#include <utility>

namespace casement {

namespace {

constexpr qint64 justNowMs = 5'000;

/// What may ask for something; typing a text does not.
bool isAsking(const QEvent &event)
{
    if (event.type() == QEvent::MouseButtonRelease)
        return true;
    if (event.type() != QEvent::KeyPress && event.type() != QEvent::ShortcutOverride)
        return false;
    const auto &key = static_cast<const QKeyEvent &>(event);
    if (key.modifiers() & Qt::AltModifier)
        return true; // the letter of a button or a menu
    switch (key.key()) {
    case Qt::Key_F5:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
    case Qt::Key_R:
        return true;
    default:
        return false;
    }
}

} // namespace

DesktopPrompt::DesktopPrompt(QWidget *window, QObject *parent) : QObject(parent), m_window(window)
{
    QCoreApplication::instance()->installEventFilter(this);
}

DesktopPrompt::~DesktopPrompt() = default;

bool DesktopPrompt::eventFilter(QObject *watched, QEvent *event)
{
    if (isAsking(*event))
        m_lastInput.start();
    if (event->type() == QEvent::WindowBlocked && !m_dialogs.isEmpty() && watched == m_dialogs.constFirst())
        QMetaObject::invokeMethod(this, &DesktopPrompt::comeForward, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

bool DesktopPrompt::isAttended() const
{
    return QGuiApplication::applicationState() == Qt::ApplicationActive && m_lastInput.isValid()
        && m_lastInput.elapsed() < justNowMs;
}

/// Where a dialog is in the way, the question belongs to that; else it blocks nothing, so that who writes a message
/// goes on.
QWidget *DesktopPrompt::owner() const
{
    QWidget *modal = QApplication::activeModalWidget();
    return modal ? modal : m_window.data();
}

/// Shows the question on what is in the way now: who waits for an answer may have been shown after it was asked.
void DesktopPrompt::place(QDialog *dialog)
{
    QWidget *above = owner();
    for (const QWidget *one = above; one; one = one->parentWidget()) {
        if (one == dialog)
            return; // it asks something itself
    }
    if (dialog->parentWidget() != above) {
        QWidget *focus = dialog->focusWidget();
        dialog->setParent(above, dialog->windowFlags());
        if (focus)
            focus->setFocus();
    }
    if (auto *modal = qobject_cast<QDialog *>(above))
        connect(modal, &QDialog::finished, this, &DesktopPrompt::leaveClosed, Qt::UniqueConnection);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

/// A dialog was opened over the question.
void DesktopPrompt::comeForward()
{
    if (!m_dialogs.isEmpty() && m_dialogs.constFirst()->isVisible() && QApplication::activeModalWidget())
        place(m_dialogs.constFirst());
}

/// The dialog below the question closes, and may not be what waits for the answer.
void DesktopPrompt::leaveClosed()
{
    for (QDialog *dialog : std::as_const(m_dialogs)) {
        if (dialog->parentWidget() == sender())
            dialog->setParent(m_window, dialog->windowFlags());
    }
    QMetaObject::invokeMethod(this, &DesktopPrompt::showNext, Qt::QueuedConnection);
}

void DesktopPrompt::show(QDialog *dialog, QObject *context, const std::function<void(int result)> &ended)
{
    // Once, also when the dialog goes with the one that it belongs to.
    const auto once = std::make_shared<bool>(false);
    const auto end = [once, ended, guard = QPointer<QObject>(context)](int result) {
        if (!std::exchange(*once, true) && guard)
            ended(result);
    };
    connect(dialog, &QDialog::finished, this, end);
    connect(dialog, &QObject::destroyed, this, [end] { end(QDialog::Rejected); });
    connect(context, &QObject::destroyed, dialog, &QObject::deleteLater);
    const auto next = [this, dialog] {
        m_dialogs.removeAll(dialog);
        showNext();
    };
    connect(dialog, &QDialog::finished, this, next);
    connect(dialog, &QObject::destroyed, this, next);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialogs.append(dialog);
    showNext();
}

/// One question at a time: what is typed goes where it is read.
void DesktopPrompt::showNext()
{
    if (!m_dialogs.isEmpty() && !m_dialogs.constFirst()->isVisible())
        place(m_dialogs.constFirst());
}

/// This was no wish to be asked again.
void DesktopPrompt::giveUp() { m_lastInput.invalidate(); }

void DesktopPrompt::askMfaCode(const MfaRequest &request, QObject *context,
                               std::function<void(const Result<QString> &code)> done)
{
    auto *dialog = new MfaDialog(request, m_window);
    show(dialog, context, [this, dialog, done](int result) {
        const QString code = result == QDialog::Accepted ? dialog->code() : QString();
        if (!code.isEmpty())
            return done(code);
        giveUp();
        done(Error{.kind = Error::Kind::Cancelled});
    });
}

void DesktopPrompt::beginSignIn(const SignIn &signIn, QObject *context, std::function<void()> cancelled)
{
    auto *dialog = new SignInDialog(signIn, m_window);
    m_signIns.insert(context, dialog);
    connect(context, &QObject::destroyed, this, [this](QObject *gone) { m_signIns.remove(gone); });
    show(dialog, context, [this, context, cancelled](int) {
        m_signIns.remove(context);
        giveUp();
        cancelled();
    });
}

void DesktopPrompt::endSignIn(QObject *context)
{
    if (QDialog *dialog = m_signIns.take(context)) {
        dialog->disconnect(this);
        dialog->close();
        dialog->deleteLater(); // one that still waited for its turn was never closed
        m_dialogs.removeAll(dialog);
        showNext();
    }
}

} // namespace casement
