#pragma once

#include "aws/personprompt.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace casement {

/// PersonPrompt by dialogs of the window, one after the other, which block nothing. Only what a click or a key has just
/// asked for asks, and only in front: no start and no poll puts a question or a browser in somebody's way.
class DesktopPrompt final : public QObject, public PersonPrompt
{
    Q_OBJECT

public:
    /// `window`, which may come later, is what the dialogs belong to.
    explicit DesktopPrompt(QWidget *window = nullptr, QObject *parent = nullptr);
    ~DesktopPrompt() override;

    void setWindow(QWidget *window) { m_window = window; }

    bool isAttended() const override;
    void askMfaCode(const MfaRequest &request, QObject *context,
                    std::function<void(const Result<QString> &code)> done) override;
    void beginSignIn(const SignIn &signIn, QObject *context, std::function<void()> cancelled) override;
    void endSignIn(QObject *context) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *owner() const;
    void place(QDialog *dialog);
    void comeForward();
    void leaveClosed();
    void show(QDialog *dialog, QObject *context, const std::function<void(int result)> &ended);
    void showNext();
    void giveUp();

    QPointer<QWidget> m_window;
    QHash<QObject *, QPointer<QDialog>> m_signIns; // by context
    QElapsedTimer m_lastInput;
    QList<QDialog *> m_dialogs; // that wait for an answer; the first one is shown
};

} // namespace casement
