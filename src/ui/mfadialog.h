#pragma once

#include "aws/personprompt.h"

#include <QDialog>

#include <memory>

namespace casement {

namespace Ui {
class MfaDialog;
}

/// Asks for the six digits that an MFA device shows. accepted() with code(), or rejected().
class MfaDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit MfaDialog(const PersonPrompt::MfaRequest &request, QWidget *parent = nullptr);
    ~MfaDialog() override;

    /// Six digits; spaces between them, as some programs show them, are taken out.
    QString code() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();

    std::unique_ptr<Ui::MfaDialog> m_ui;
    PersonPrompt::MfaRequest m_request;
};

} // namespace casement
