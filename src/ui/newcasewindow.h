#pragma once

#include "archive/catalogarchive.h"
#include "archive/outboxstore.h"
#include "models/servicemodel.h"
#include "support/casetemplate.h"
#include "ui/caseproblems.h"
#include "ui/draftsaver.h"

#include <QDialog>
#include <QPointer>

#include <memory>
#include <utility>

class QComboBox;
class QLabel;
class QMenu;

namespace casement {

namespace Ui {
class NewCaseWindow;
}

class CaseAccountField;
class CaseLanguageField;
class CcCompleter;
class FieldScroll;
class Outbox;
class Workspace;

/// Writes a new case: one window, whose lists follow from one another as they arrive. What is typed is a draft in the
/// outbox from the first keystroke; closing the window keeps it.
///
/// Esc closes it, Enter never opens a case, Ctrl+Enter does. Deletes itself when it is closed.
class NewCaseWindow final : public QDialog
{
    Q_OBJECT

public:
    /// `draft` is an entry of the outbox to go on with; without one the form is empty, on `account` where it is known.
    NewCaseWindow(Workspace &workspace, const QString &draft, AccountId account);
    ~NewCaseWindow() override;

    /// The draft's id; empty until something was typed.
    const QString &entryId() const { return m_draft.entry().id; }
    /// What is in it was made by the program: when nothing is changed until it closes, no draft stays.
    void setProposal() { m_isProposal = true; }
    /// Fills the form with a template, its placeholders replaced.
    void load(const CaseTemplate &from);
    void flush() { m_draft.flush(); }
    void reject() override { close(); }

Q_SIGNALS:
    /// Ctrl+Q was pressed here.
    void quitRequested();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    CreateCase::Request request() const;
    void fill(const CreateCase::Request &request);
    AccountId account() const;
    CaseKind kind() const;
    std::optional<DraftSaver::Content> content() const;
    void edited();
    void accountChosen();
    void chooseService(const QString &code);
    void serviceLeft();
    void askServices();
    void askSeverities();
    void askLanguages();
    void askHours();
    void showSeverities(const QList<SeverityLevel> &levels);
    void showState();
    void showProblems();
    CaseProblems::Lists lists() const;
    void outboxChanged(const QString &id);
    void accountsChanged();
    void lost();
    void tellOfLoss();
    QString whyNot() const;
    void create();
    void send();
    void check();
    void checkNow();
    void buildTemplateMenu();
    void retranslate();

    std::unique_ptr<Ui::NewCaseWindow> m_ui;
    Workspace &m_workspace;
    Outbox &m_outbox;
    DraftSaver m_draft;
    CreateCase::Request m_wanted; // codes that wait for their lists
    ServiceModel m_services;
    CategoryModel m_categories;
    CaseAccountField *m_account = nullptr;
    CaseLanguageField *m_language = nullptr;
    CcCompleter *m_ccCompleter = nullptr;
    QString m_service; // its code
    QString m_checked;
    QString m_listProblem;
    std::unique_ptr<FieldScroll> m_scroll;
    QMenu *m_templateMenu = nullptr;
    std::unique_ptr<QObject> m_check; // context of the rehearsal under way
    std::unique_ptr<QObject> m_lists; // context of the questions of this account
    OutboxEntry m_lost; // deleted outside, while it stood here; its `input` says nothing any more
    bool m_hadFiles = false;
    bool m_isHere = false; // the account is one of the window's
    bool m_isProposal = false;
    bool m_filling = false;
    bool m_isRehearsal = false;
};

} // namespace casement
