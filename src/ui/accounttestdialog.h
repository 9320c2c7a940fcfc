#pragma once

#include "ui/accountdesk.h"

#include <QDialog>

class QPushButton;

namespace casement {

class AccountReport;

/// Asks the service what an account of the list may do, and shows it.
class AccountTestDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `desk` is borrowed.
    AccountTestDialog(AccountDesk &desk, const ListedAccount &account, QWidget *parent = nullptr);
    ~AccountTestDialog() override;

private:
    void test();
    void grow();
    void tested(const Result<PermissionReport> &result);

    AccountDesk &m_desk;
    ListedAccount m_account;
    AccountReport *m_report;
    QWidget *m_page = nullptr; // that scrolls
    QPushButton *m_again;
    std::unique_ptr<QObject> m_testing;
};

} // namespace casement
