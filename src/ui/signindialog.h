#pragma once

#include "aws/personprompt.h"

#include <QDialog>

#include <memory>

namespace casement {

namespace Ui {
class SignInDialog;
}

/// Shows the code of a sign-in to IAM Identity Center, opens its page in the browser once it is shown, and stays until
/// it is closed. rejected() when the person gives up.
class SignInDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SignInDialog(const PersonPrompt::SignIn &signIn, QWidget *parent = nullptr);
    ~SignInDialog() override;

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void openPage();
    void retranslate();

    std::unique_ptr<Ui::SignInDialog> m_ui;
    PersonPrompt::SignIn m_signIn;
    bool m_isOpened = false;
};

} // namespace casement
