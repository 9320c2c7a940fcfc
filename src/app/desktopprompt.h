#pragma once

#include "aws/personprompt.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace casement {

/// PersonPrompt by dialogs of the window, which block nothing. Nobody is asked while the window is behind others; after
/// a person gave up, only what a click or a key has just asked for asks again.
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
    void show(QDialog *dialog, QObject *context, const std::function<void(int result)> &ended);
    void giveUp();

    QPointer<QWidget> m_window;
    QHash<QObject *, QPointer<QDialog>> m_signIns; // by context
    QElapsedTimer m_lastInput;
    QElapsedTimer m_gaveUp;
};

} // namespace casement
