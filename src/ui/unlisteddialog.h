#pragma once

#include "ui/accountdesk.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace casement {

/// What the archive holds of accounts that are not in the list: those of one run, and those that were removed with
/// their data kept. It can be deleted, or its account added again where somebody can tell how.
class UnlistedDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnlistedDialog(AccountDesk &desk, QWidget *parent = nullptr);

private:
    void load();
    void fill(const Result<QList<AccountDesk::Unlisted>> &unlisted);
    const AccountDesk::Unlisted *current() const;
    void explain();
    void askDelete();
    void erase(const AccountDesk::Unlisted &account);
    void add();
    void say(const QString &sentence);

    AccountDesk &m_desk;
    QList<AccountDesk::Unlisted> m_unlisted;
    QTreeWidget *m_list;
    QLabel *m_details;
    QLabel *m_problem;
    QPushButton *m_delete;
    QPushButton *m_add;
    bool m_isDeleting = false;
};

} // namespace casement
