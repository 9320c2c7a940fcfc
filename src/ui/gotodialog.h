#pragma once

#include "archive/advisorrecords.h"
#include "models/caselistmodel.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace casement {

class AdvisorArchive;
class Workspace;

/// Ctrl+K: a field to type an ID or some words into, and the cases and checks of Trusted Advisor that fit, whatever the
/// list shows. Enter goes there; with nothing that fits it searches all messages.
class GoToDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Cases named at most; the fitting ID first, then the newest.
    static constexpr int most = 30;
    /// Checks named at most, behind the cases; one whose ID or whole name was typed stands before them.
    static constexpr int mostChecks = 10;

    GoToDialog(Workspace &workspace, AdvisorArchive &advisor, QWidget *window);

    /// The cases that fit what was typed: those with that ID, then those with all the words, newest first.
    static CaseRecords find(const CaseListModel &cases, const QString &typed);

    /// The checks that fit what was typed: those with that ID or name, then those with all the words in their names.
    static QList<AdvisorCheckName> findChecks(const QList<AdvisorCheckName> &all, const QString &typed);

Q_SIGNALS:
    void caseChosen(const casement::CaseKey &key);
    void checkChosen(casement::AccountId account, const QString &checkId);
    void searchChosen(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void addCase(const CaseRecord &record);
    void addCheck(const AdvisorCheckName &check);
    void choose();
    void retranslate();

    Workspace &m_workspace;
    QList<AdvisorCheckName> m_checks; // of the accounts that Trusted Advisor shows
    QLabel *m_prompt;
    QLineEdit *m_field;
    QListWidget *m_list;
    QLabel *m_nothing;
};

} // namespace casement
