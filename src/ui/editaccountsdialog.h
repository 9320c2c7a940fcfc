#pragma once

#include "ui/accountdesk.h"

#include <QDialog>

class QComboBox;
class QLabel;

namespace casement {

/// What many accounts of the list have in common: their colour and their support plan. What is not chosen here stays as
/// each has it.
class EditAccountsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `desk` is borrowed; `ids` are of its list.
    EditAccountsDialog(AccountDesk &desk, const QStringList &ids, QWidget *parent = nullptr);

private:
    void save();
    void saved(const Result<void> &result);

    AccountDesk &m_desk;
    QStringList m_ids;
    QComboBox *m_color;
    QComboBox *m_plan;
    QLabel *m_problem;
    qsizetype m_waiting = 0; // for changes that are being written
    bool m_hasFailed = false;
};

} // namespace casement
