#pragma once

#include "base/error.h"

#include <QFrame>
#include <QStringList>

#include <memory>

namespace casement {

namespace Ui {
class ErrorBanner;
}

/// One cause of trouble, told in place: what was tried, what happened, what to do; details to copy, Try Again where
/// that may help, and the way on without a keychain.
class ErrorBanner final : public QFrame
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);
    ~ErrorBanner() override;

    /// The newest error of this cause, and the names of all accounts that have it.
    void setError(const Error &error, const QStringList &accounts);
    const Error &error() const { return m_error; }
    const QStringList &accounts() const { return m_accounts; }
    QString text() const;

Q_SIGNALS:
    void retryClicked();
    /// The keychain does not open, and the keys are to be typed for this run.
    void keepClicked();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    QString details(qsizetype mostAccounts) const;
    void recolor();

    std::unique_ptr<Ui::ErrorBanner> m_ui;
    Error m_error;
    QStringList m_accounts;
};

} // namespace casement
