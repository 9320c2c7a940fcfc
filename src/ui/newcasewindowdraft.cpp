#include "archive/outbox.h"
#include "ui/caseaccountfield.h"
#include "ui/newcasewindow.h"
#include "ui/workspace.h"
#include "ui_newcasewindow.h"

#include <utility>

/// What becomes of the draft and of its account while the window is open.
namespace casement {

using namespace Qt::StringLiterals;

void NewCaseWindow::outboxChanged(const QString &id)
{
    if (id != entryId())
        return;
    const auto leave = [this] {
        m_draft.forget(); // opened at AWS, or deleted on the page of drafts
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    };
    const OutboxEntry *entry = m_outbox.find(id);
    if (entry ? entry->state == OutboxState::Done : m_outbox.wasDiscarded(id))
        return leave();
    if (!entry) {
        m_outbox.askWhetherDone(id, this, [this, id, leave](const Result<bool> &done) {
            if (id == entryId() && !m_outbox.find(id))
                done &&*done ? leave() : lost();
        });
        return;
    }
    m_draft.setEntry(*entry);
    if (m_account->isGone() && m_workspace.hasAccount(entry->account))
        m_account->choose(entry->account); // the same one in another archive
    showState();
}

/// The draft was deleted with the data of its account, by another program: what is written stays here.
void NewCaseWindow::lost()
{
    m_lost = m_draft.entry();
    m_isProposal = false;
    m_check.reset();
    m_checked.clear();
    m_draft.startAnew();
    tellOfLoss();
    showState();
}

void NewCaseWindow::tellOfLoss()
{
    QStringList sentences;
    if (m_account->isGone()) {
        sentences = {tr("“%1” was removed from the list, and its data deleted.").arg(m_account->name()),
                     tr("What you wrote is kept in this window: choose another account for it, or copy it.")};
    } else {
        sentences = {tr("The data of “%1” was deleted, and this draft with it.").arg(m_account->name()),
                     tr("What you wrote is kept in this window.")};
    }
    if (m_hadFiles)
        sentences.append(tr("Its files have to be chosen again."));
    if (m_lost.state == OutboxState::Unknown || m_lost.state == OutboxState::Asking)
        sentences.append(tr("Whether AWS opened this case is not known: look there before you send it again."));
    m_ui->notice->tell(sentences.join(u'\n'));
}

void NewCaseWindow::accountsChanged()
{
    if (!m_lost.id.isEmpty() && m_draft.entry().id.isEmpty() && m_lost.account == account())
        tellOfLoss(); // it left the list a moment later
    if (const OutboxEntry *entry = m_outbox.find(entryId());
        entry && m_account->isGone() && m_workspace.hasAccount(entry->account))
        m_account->choose(entry->account); // the same one in another archive
    const bool isHere = m_workspace.hasAccount(account());
    if (isHere && !std::exchange(m_isHere, isHere))
        return accountChosen(); // its lists can be asked for now
    m_isHere = isHere;
    showState();
}

} // namespace casement
