#pragma once

#include "archive/outboxstore.h"
#include "models/caselistmodel.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

class QMainWindow;

namespace casement {

class ConversationPage;
class NewCaseWindow;
class Toast;
class Workspace;

/// What is done to cases from the window: resolving, and telling what became of what was sent.
class CaseActions final : public QObject
{
    Q_OBJECT

public:
    /// `window` gets questions and notices; all are borrowed.
    CaseActions(Workspace &workspace, QMainWindow &window);
    ~CaseActions() override;

    /// Whether the case is known and not resolved.
    bool canResolve(const CaseKey &key) const;
    /// Asks once, in words that name case and account; then it goes through the outbox.
    void resolve(const CaseKey &key);

    /// Opens a window for a new case of an account (of the first when 0).
    void newCase(AccountId account);
    /// Goes on with an entry: a reply in its conversation, a new case in its window.
    void open(const QString &entryId);
    /// A new case that the program has filled in: without a change no draft of it stays.
    void openProposal(const QString &entryId);
    /// What is written in the windows of new cases is stored.
    void flushWindows();
    /// Closes them; what is written in them is stored.
    void closeWindows();

    /// Says in a notice what became of a change. `current` is the case on screen: its composer says the rest.
    void showOutcome(const OutboxEntry &entry, const QString &before, const QString &after, const CaseKey &current);

    /// An answer of AWS that comes while its case is open is told in a notice, which screen readers read out. It
    /// goes with the case.
    void announceAnswers(ConversationPage &page);

    Toast &toast();

Q_SIGNALS:
    void caseRequested(const casement::CaseKey &key);
    /// Somebody goes on with the reply to the case that was requested just now.
    void replyRequested();
    /// Ctrl+Q in the window of a new case.
    void quitRequested();

private:
    void show(NewCaseWindow *window);
    void place(NewCaseWindow &window) const;
    /// Remembers which drafts have a window, for the next start.
    void keepOpen();
    /// Shows the windows that the last run had, however it ended.
    void reopen();
    /// What a notice calls the case: its subject in quotation marks, else its number; empty when neither is known.
    QString nameOf(const OutboxEntry &entry) const;

    Workspace &m_workspace;
    QMainWindow &m_window;
    /// What ends while the notice of another still stands is told with it: none takes the other's place unread. What
    /// was not done stands first.
    void tellOutcome(const QString &sentence, bool isUndone, const QString &button, std::function<void()> open);
    void showOutcomes();
    void forgetAnswers();

    QStringList m_outcomes; // of the notice that stands there
    QString m_shownOutcomes; // its text
    bool m_isOutcomeKept = false; // it tells of what did not work
    Toast *m_toast = nullptr; // made with the first notice
    QList<QPointer<NewCaseWindow>> m_windows;
    bool m_isReopened = false;
    bool m_isClosing = false; // the program goes, not its windows
};

} // namespace casement
