#include "ui/accountactions.h"

#include "ui/accountchoice.h"
#include "ui/accountdialog.h"
#include "ui/accountspage.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/mainwindow.h"
#include "ui/newaccountsdialog.h"
#include "ui/profilesdialog.h"
#include "ui/settingsdialog.h"
#include "ui/uisettings.h"
#include "ui/welcomepage.h"
#include "ui/workspace.h"
#include "ui_mainwindow.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
const QString groupKey = u"cases/groupByAccount"_s;
}

AccountActions::AccountActions(Ui::MainWindow &ui, MainWindow &window, Workspace &workspace)
    : QObject(&window), m_ui(ui), m_window(window), m_workspace(workspace), m_choice(new AccountChoice(ui.toolBar))
{
    m_choice->setObjectName(u"accountFilter"_s);
    m_choiceAction = m_ui.toolBar->addWidget(m_choice);
    m_choiceAction->setVisible(false);
    connect(m_choice, &AccountChoice::accountChosen, this, &AccountActions::accountChosen);
    connect(m_ui.actionChooseAccount, &QAction::triggered, this, &AccountActions::chooseAccounts);
    const bool grouped = m_workspace.settings().flag(groupKey, false);
    m_ui.actionGroupByAccount->setChecked(grouped);
    m_workspace.cases().setGrouped(grouped);
    connect(m_ui.actionGroupByAccount, &QAction::toggled, this, &AccountActions::group);
}

void AccountActions::setDesk(AccountDesk &desk, Profiles profiles)
{
    m_desk = &desk;
    m_profiles = std::move(profiles);
    connect(m_desk, &AccountDesk::changed, this, &AccountActions::readProfilesAgain);
    m_window.settingsDialog().addPage(
        [this]() -> SettingsPage * {
            auto *page = new AccountsPage(*m_desk, m_profiles);
            if (m_extend)
                m_extend(*page);
            return page;
        },
        SettingsDialog::Place::First);
}

void AccountActions::group(bool on)
{
    m_workspace.settings().set(groupKey, on);
    m_workspace.cases().setGrouped(on);
    CaseTable &table = m_ui.caseList->table();
    table.fitGroups();
    if (table.currentIndex().isValid())
        table.scrollTo(table.currentIndex());
}

/// The settings of accounts; when the window shows others than the list's, those are left first.
void AccountActions::chooseAccounts()
{
    if (m_desk && m_desk->isShown())
        m_window.settingsDialog().present(u"accountsPage"_s);
    else if (m_workspace.isDemo())
        askToLeaveDemo();
    else
        Q_EMIT listRequested(); // nothing of them is lost
}

void AccountActions::askToLeaveDemo()
{
    QMessageBox *box = dialogs::question(&m_window, u"leaveQuestion"_s, QMessageBox::Question, tr("Accounts"),
                                         tr("Leave the demo for your own accounts?"),
                                         tr("The made-up company ends, and with it what you wrote and changed there."));
    QPushButton *leave = box->addButton(tr("&Leave the Demo"), QMessageBox::AcceptRole);
    leave->setObjectName(u"leaveButton"_s);
    connect(leave, &QPushButton::clicked, this, &AccountActions::listRequested);
    box->open();
}

void AccountActions::workspaceChanged()
{
    const bool isWelcome = m_workspace.isWithoutAccount();
    m_readsDrafts = m_readsDrafts && isWelcome && !m_workspace.outbox().entries().isEmpty();
    if (isWelcome && !m_readsDrafts)
        showWelcome();
    else
        m_ui.pages->setCurrentWidget(m_ui.casesPage);
    m_ui.toolBar->setVisible(!isWelcome);
    refill();
}

void AccountActions::setReadingDrafts(bool on)
{
    if (on == m_readsDrafts || !m_workspace.isWithoutAccount())
        return;
    m_readsDrafts = on;
    workspaceChanged();
}

void AccountActions::countDrafts()
{
    if (m_welcome)
        m_welcome->setDrafts(int(m_workspace.outbox().entries().size()));
    if (m_readsDrafts && m_workspace.outbox().entries().isEmpty())
        workspaceChanged();
}

void AccountActions::showWelcome()
{
    if (!m_welcome) {
        m_welcome = new WelcomePage(m_ui.pages);
        m_welcome->setObjectName(u"welcome"_s);
        m_ui.pages->addWidget(m_welcome);
        connect(m_welcome, &WelcomePage::demoChosen, this, &AccountActions::demoChosen);
        connect(m_welcome, &WelcomePage::profilesChosen, this, &AccountActions::addProfiles);
        connect(m_welcome, &WelcomePage::draftsRequested, this, &AccountActions::draftsRequested);
        connect(&m_workspace.outbox(), &Outbox::loaded, this, &AccountActions::countDrafts);
        connect(&m_workspace.outbox(), &Outbox::changed, this, &AccountActions::countDrafts);
        countDrafts();
        connect(m_welcome, &WelcomePage::keysRequested, this, [this] {
            if (m_desk)
                (new AccountDialog(*m_desk, &m_window))->open();
        });
    }
    if (m_ui.pages->currentWidget() != m_welcome)
        readProfiles();
    m_ui.pages->setCurrentWidget(m_welcome);
}

void AccountActions::readProfiles()
{
    QString problem;
    const QList<ListedProfile> profiles = m_profiles ? m_profiles(problem) : QList<ListedProfile>();
    m_welcome->setProfiles(profiles, problem);
}

void AccountActions::readProfilesAgain()
{
    if (m_welcome && m_ui.pages->currentWidget() == m_welcome)
        readProfiles();
}

void AccountActions::addProfiles(const QStringList &names)
{
    if (m_desk && !names.isEmpty())
        (new NewAccountsDialog(*m_desk, ProfilesDialog::accountsOf(names, m_desk->accounts()), &m_window))->open();
}

void AccountActions::refill() { m_choiceAction->setVisible(m_choice->refill(m_workspace)); }

void AccountActions::retranslate() { m_choice->retranslate(m_workspace); }

QList<AccountId> AccountActions::accountsOf(const QStringList &names) const
{
    QList<AccountId> ids;
    for (const AccountRecord &account : m_workspace.accountRecords()) {
        if (names.isEmpty() || names.contains(m_workspace.accountName(account.id)))
            ids.append(account.id);
    }
    return ids;
}

void AccountActions::keepForSession(const Error &error, const QStringList &names)
{
    if (!m_desk)
        return;
    const QList<AccountId> ids = accountsOf(names);
    const QList<ListedAccount> &all = m_desk->accounts();
    for (const ListedAccount &account : all) {
        if (!ids.contains(m_desk->archived(account.id)))
            continue;
        const ListedAccount *owner = &account;
        for (qsizetype steps = 0; owner->source == ListedAccount::Source::Role && steps < all.size(); ++steps) {
            const auto base =
                std::find_if(all.begin(), all.end(), [&](const ListedAccount &one) { return one.id == owner->base; });
            if (base == all.end())
                break;
            owner = &*base;
        }
        if (owner->source != ListedAccount::Source::Keychain || m_desk->hasSessionKeys(owner->id))
            continue;
        auto *dialog = new AccountDialog(*m_desk, *owner, &m_window);
        dialog->askForSession(error);
        return dialog->open();
    }
}

} // namespace casement
