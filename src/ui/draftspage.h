#pragma once

#include "models/outboxmodel.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QPushButton;
class QTimer;

namespace casement {

class Shortcuts;

namespace Ui {
class DraftsPage;
}

/// Drafts and what is on its way to AWS, in the list's place: below the entries it says where the chosen one stands and
/// what a person can do with it.
///
/// What concerns the entry alone is done here, by the outbox; what opens something is a signal. A deleted draft can be
/// brought back for ten seconds.
class DraftsPage final : public QWidget
{
    Q_OBJECT

public:
    /// All are borrowed and outlive the page.
    DraftsPage(Outbox &outbox, const CaseListModel &cases, const AccountModel &accounts, QWidget *parent = nullptr);
    ~DraftsPage() override;

    /// Its keys are the registry's from now on; borrowed.
    void setShortcuts(Shortcuts &shortcuts);

    const OutboxModel &model() const { return *m_model; }
    /// What can be done with an entry, for a menu.
    QList<QAction *> menuActions() const;
    /// The chosen entry; empty when there is none.
    QString currentId() const;
    void select(const QString &id);
    /// To the entries; to what is said in their place when there is none.
    void focusEntries();
    void moveCurrent(int rows);
    void retranslate();
    /// Relative times move on.
    void tick();

Q_SIGNALS:
    /// A draft, or an entry that was looked for and not found: to be written on.
    void openRequested(const QString &id);
    /// The case that an entry answered, resolved or opened.
    void caseRequested(const casement::CaseKey &key);
    void newCaseRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// An action and its button; the context menu has the same actions.
    struct Choice
    {
        QAction *action;
        QPushButton *button;
    };

    const OutboxEntry *currentEntry() const;
    void showAll();
    void showEntry();
    void showCount();
    void arrangeButtons();
    void showMenu(const QPoint &where);
    void activate();
    void openCase();
    void sendAgain();
    void remove();
    void undo();
    void showUndo();
    void nameKeys();
    void endUndo();
    void recolor();

    std::unique_ptr<Ui::DraftsPage> m_ui;
    Outbox &m_outbox;
    const CaseListModel &m_cases;
    const AccountModel &m_accounts;
    OutboxModel *m_model;
    std::vector<Choice> m_choices;
    QList<OutboxEntry> m_deleted; // can be brought back
    QString m_told; // the entry whose sentence is shown: another one of the same is news
    QTimer *m_undoTime;
    Shortcuts *m_shortcuts = nullptr;
};

} // namespace casement
