#pragma once

#include "models/caselistmodel.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace casement {

class Workspace;

/// Ctrl+K: a field to type an ID or some words into, and the cases that fit, whatever the list shows. Enter goes there;
/// with no case that fits it searches all messages.
class GoToDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Cases named at most; the fitting ID first, then the newest.
    static constexpr int most = 30;

    GoToDialog(Workspace &workspace, QWidget *window);

    /// The cases that fit what was typed: those with that ID, then those with all the words, newest first.
    static CaseRecords find(const CaseListModel &cases, const QString &typed);

Q_SIGNALS:
    void caseChosen(const casement::CaseKey &key);
    void searchChosen(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void choose();
    void retranslate();

    Workspace &m_workspace;
    QLabel *m_prompt;
    QLineEdit *m_field;
    QListWidget *m_list;
    QLabel *m_nothing;
};

} // namespace casement
