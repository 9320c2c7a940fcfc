#include "ui/mainwindow.h"

#include "models/sidebarmodel.h"
#include "ui/accountactions.h"
#include "ui/advisoractions.h"
#include "ui/caseactions.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/dialogs.h"
#include "ui/draftspage.h"
#include "ui/recentcases.h"
#include "ui/savedfilteractions.h"
#include "ui/searchpage.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_mainwindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>

/// What the window shows, and how one gets from there to something else.

namespace casement {

using namespace Qt::StringLiterals;

void MainWindow::sidebarChosen(const QModelIndex &index)
{
    if (!index.isValid() || !index.flags().testFlag(Qt::ItemIsSelectable) || m_sidebar->isRemoving())
        return;
    if (m_advisor->choose(index))
        return;
    if (index.data(ViewRole).toInt() == SidebarModel::draftsView)
        return showDrafts();
    m_accountActions->setReadingDrafts(false);
    const CaseFilter filter = m_filterActions->choose(index);
    leaveSearch();
    setFilter(filter);
    m_search->setText(filter.words);
    m_accountActions->refill();
}

void MainWindow::setFilter(const CaseFilter &filter)
{
    m_workspace.cases().setFilter(filter);
    m_filterActions->follow(filter);
    m_ui->caseList->setTitle(m_filterActions->titleOf(filter));
    m_workspace.settings().set(u"cases/view"_s, int(filter.view));
    m_workspace.settings().set(u"cases/words"_s, filter.words.left(longestKeptWords));
}

void MainWindow::selectInSidebar()
{
    if (m_advisor->isShown())
        return m_advisor->selectInSidebar();
    const QSignalBlocker blocker(m_ui->sidebar->selectionModel());
    m_ui->sidebar->setCurrentIndex(m_filterActions->entryOf(m_workspace.cases().filter()));
    m_ui->sidebar->viewport()->update();
}

void MainWindow::chooseCase(const CaseKey &key, bool byPerson)
{
    m_pendingCase = key;
    m_pendingByPerson = byPerson;
    if (byPerson)
        m_recent->read(key);
    if (m_conversation)
        m_conversation->open(key, byPerson);
    updateActions();
}

void MainWindow::showDrafts()
{
    m_accountActions->setReadingDrafts(true);
    m_advisor->leave();
    if (!m_drafts) {
        m_drafts = new DraftsPage(m_workspace.outbox(), m_workspace.cases(), m_workspace.accounts(), m_ui->listStack);
        m_drafts->setObjectName(u"draftsPage"_s);
        m_drafts->setShortcuts(m_workspace.shortcuts());
        m_ui->listStack->addWidget(m_drafts);
        connect(m_drafts, &DraftsPage::openRequested, m_caseActions, &CaseActions::open);
        connect(m_drafts, &DraftsPage::newCaseRequested, m_ui->actionNewCase, &QAction::trigger);
        connect(m_drafts, &DraftsPage::caseRequested, this, [this](const CaseKey &key) { openCase(key); });
        auto *menu = new QMenu(m_ui->menuCase);
        menu->setObjectName(u"menuDraft"_s);
        menu->addActions(m_drafts->menuActions());
        m_ui->menuCase->insertMenu(m_ui->actionResolve, menu);
        dialogs::inEachLanguage(*menu, [menu] { menu->setTitle(tr("&Draft")); });
        // Beside drafts no conversation stands: it would be that of another case, ready to be answered by mistake.
        connect(m_ui->listStack, &QStackedWidget::currentChanged, this, [this, menu] {
            const bool isHere = m_ui->listStack->currentWidget() == m_drafts;
            m_ui->readingStack->setVisible(!isHere);
            menu->menuAction()->setVisible(isHere);
            updateActions();
        });
    }
    m_ui->listStack->setCurrentWidget(m_drafts);
    m_drafts->focusEntries();
    const QSignalBlocker blocker(m_ui->sidebar->selectionModel());
    m_ui->sidebar->setCurrentIndex(m_sidebar->indexOfDrafts());
    m_ui->sidebar->viewport()->update();
}

void MainWindow::countDrafts()
{
    const QList<OutboxEntry> &entries = m_workspace.outbox().entries();
    const bool isUrgent = std::any_of(entries.begin(), entries.end(),
                                      [](const OutboxEntry &entry) { return entry.state == OutboxState::Asking; });
    m_sidebar->setDrafts(int(entries.size()), isUrgent);
}

/// What is selected in the list; the case that is read while that is what one looks at.
QList<CaseKey> MainWindow::chosenCases() const
{
    if (!isCaseInSight())
        return {};
    if (m_ui->listStack->currentWidget() == m_ui->caseList && !(m_conversation && m_conversation->hasFocusInside())) {
        if (const QList<CaseKey> selected = m_ui->caseList->selectedCases(); !selected.isEmpty())
            return selected;
    }
    return currentCase().isValid() ? QList<CaseKey>{currentCase()} : QList<CaseKey>();
}

/// Whether cases are what one looks at: what nobody sees is not changed.
bool MainWindow::isCaseInSight() const { return !m_advisor->isShown() && !m_ui->readingStack->isHidden(); }

/// One that went with its account, or whose data was deleted, is none.
CaseKey MainWindow::currentCase() const
{
    if (!isCaseInSight())
        return {};
    const CaseKey key = m_conversation ? m_conversation->key() : m_pendingCase;
    return m_workspace.cases().findCase(key) ? key : CaseKey();
}

void MainWindow::openCase(const CaseKey &key, const QString &message)
{
    m_pendingCase = key;
    m_pendingByPerson = true;
    m_recent->read(key);
    leaveSearch();
    m_ui->caseList->adopt(key);
    conversation().open(key, true, message);
    updateActions();
    bringToFront();
}

void MainWindow::showAllCases()
{
    leaveSearch();
    CaseFilter filter = m_workspace.cases().filter();
    filter.view = CaseFilter::View::All;
    filter.accounts.clear();
    filter.tag.clear();
    m_filterActions->chooseAll();
    setFilter(filter);
    selectInSidebar();
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::newCase()
{
    const QList<AccountId> &chosen = m_workspace.cases().filter().accounts;
    m_caseActions->newCase(chosen.size() == 1 ? chosen.first() : currentCase().account);
}

void MainWindow::reply()
{
    const CaseKey key = currentCase();
    if (!key.isValid())
        return;
    m_recent->read(key); // who answers it has read it
    conversation().composer().focusText();
}

void MainWindow::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void MainWindow::startSearch()
{
    if (m_search->text().trimmed().isEmpty())
        return;
    m_advisor->leave();
    m_ui->listStack->setCurrentWidget(&searchPage());
    searchPage().search(m_search->text());
}

void MainWindow::leaveSearch()
{
    const bool fromAdvisor = m_advisor->leave();
    if (m_ui->listStack->currentWidget() == m_ui->caseList)
        return fromAdvisor ? selectInSidebar() : void();
    m_ui->listStack->setCurrentWidget(m_ui->caseList);
    selectInSidebar();
    m_ui->caseList->focusRows();
    if (m_conversation)
        m_conversation->view().setMarkedWords({}); // and the hit that was read stays open
}

void MainWindow::goBack()
{
    if (m_advisor->goBack() || (m_conversation && m_conversation->hasFocusInside() && m_conversation->closeFind()))
        return;
    const bool leaves = m_advisor->isShown() || m_ui->listStack->currentWidget() != m_ui->caseList;
    if (leaves)
        leaveSearch();
    // What was looked for in messages seldom stands in the rows, too: no list that hides everything is left behind.
    if (leaves ? m_workspace.cases().rowCount() == 0
               : m_search->hasFocus() || m_ui->caseList->isAncestorOf(QApplication::focusWidget()))
        m_search->clear();
    m_ui->caseList->focusRows();
}

/// From left to right and from top to bottom.
QList<QWidget *> MainWindow::shownPanes() const
{
    QList<QWidget *> panes{m_ui->sidebar};
    if (m_advisor->isShown())
        return panes + m_advisor->panes();
    panes.append(m_ui->listStack->currentWidget());
    if (m_conversation)
        panes += QList<QWidget *>{&m_conversation->view(), &m_conversation->composer()};
    return panes;
}

void MainWindow::step(int rows)
{
    if (m_advisor->step(rows))
        return;
    if (m_searchPage && m_ui->listStack->currentWidget() == m_searchPage)
        m_searchPage->moveCurrent(rows);
    else if (m_drafts && m_ui->listStack->currentWidget() == m_drafts)
        m_drafts->moveCurrent(rows);
    else
        m_ui->caseList->table().moveCurrent(rows);
}

} // namespace casement
