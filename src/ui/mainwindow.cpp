#include "ui/mainwindow.h"

#include "ui/accountactions.h"
#include "ui/advisoractions.h"
#include "ui/bannerstack.h"
#include "ui/caseactions.h"
#include "ui/caseexporter.h"
#include "ui/caselistpage.h"
#include "ui/casemarkactions.h"
#include "ui/casenote.h"
#include "ui/casetable.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/draftspage.h"
#include "ui/exportpage.h"
#include "ui/icons.h"
#include "ui/keyboardpage.h"
#include "ui/panes.h"
#include "ui/plaintext.h"
#include "ui/recentcases.h"
#include "ui/rescuenotice.h"
#include "ui/responsetargetspage.h"
#include "ui/savedfilteractions.h"
#include "ui/searchpage.h"
#include "ui/secretspage.h"
#include "ui/settingsdialog.h"
#include "ui/sidebardelegate.h"
#include "ui/spoken.h"
#include "ui/statuspanel.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/unstoredquestion.h"
#include "ui/windowmenus.h"
#include "ui/windowplace.h"
#include "ui/workspace.h"
#include "ui_mainwindow.h"

#include "models/roles.h"
#include "models/sidebarmodel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Workspace &workspace, InterfaceLanguage &language, Theme &theme, QWidget *parent)
    : QMainWindow(parent), m_ui(std::make_unique<Ui::MainWindow>()), m_workspace(workspace)
{
    m_ui->setupUi(this);
    m_ui->pages->setCurrentWidget(m_ui->casesPage);
    m_ui->readingPlaceholder->setBackgroundRole(QPalette::Base);
    m_ui->readingPlaceholder->setAutoFillBackground(true);
    buildToolBar();
    m_caseActions = new CaseActions(m_workspace, *this);
    connect(m_caseActions, &CaseActions::caseRequested, this, [this](const CaseKey &key) { openCase(key); });
    connect(m_caseActions, &CaseActions::replyRequested, this, &MainWindow::reply);
    connect(m_caseActions, &CaseActions::quitRequested, m_ui->actionQuit, &QAction::trigger);
    m_sidebar = new SidebarModel(m_workspace.cases(), m_workspace.accounts(), this);
    m_ui->sidebar->setModel(m_sidebar);
    m_ui->sidebar->setItemDelegate(new SidebarDelegate(this));
    m_ui->sidebar->viewport()->setBackgroundRole(QPalette::Window);
    m_ui->sidebar->setMouseTracking(true);
    m_ui->sidebar->expandAll();
    connect(m_sidebar, &QAbstractItemModel::rowsInserted, m_ui->sidebar, &QTreeView::expandAll);
    const auto toast = [this]() -> Toast & { return m_caseActions->toast(); };
    m_exporter = new CaseExporter(m_workspace, *this, toast);
    m_advisor = new AdvisorActions(*m_ui, *this, m_workspace, *m_sidebar, *m_caseActions);
    connect(m_advisor, &AdvisorActions::shownChanged, this, &MainWindow::updateActions);
    m_filterActions = new SavedFilterActions(m_workspace, *this, *m_ui->sidebar, *m_sidebar, toast);
    m_markActions = new CaseMarkActions(m_workspace, *this, [this] { return chosenCases(); });
    connect(m_ui->sidebar->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::sidebarChosen);
    // What is chosen may take a row above it away, and a view marks what stands below the pointer after that, or
    // nothing.
    connect(m_ui->sidebar, &QAbstractItemView::pressed, m_ui->sidebar, [this](const QModelIndex &index) {
        if (!index.flags().testFlag(Qt::ItemIsSelectable))
            return;
        QItemSelectionModel &marks = *m_ui->sidebar->selectionModel();
        if (const QSignalBlocker chosenAlready(marks); true)
            marks.setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        marks.select(index, QItemSelectionModel::ClearAndSelect);
    });
    connect(&m_workspace.outbox(), &Outbox::changed, this, &MainWindow::countDrafts);
    m_recent = new RecentCases(m_workspace, this);
    m_recent->serve(*m_ui->menuRecent);
    connect(m_recent, &RecentCases::chosen, this, [this](const CaseKey &key) {
        openCase(key);
        conversation().view().setFocus();
    });
    m_status = new StatusPanel(*m_ui->statusBar, m_workspace, this);
    connect(this, &MainWindow::refreshChanged, m_status, &StatusPanel::refresh);
    m_ui->caseList->setWorkspace(m_workspace);
    m_menus = new WindowMenus(*m_ui, *this, m_workspace, language, theme);
    connect(m_menus, &WindowMenus::searchFieldRequested, this, &MainWindow::focusSearch);
    m_settings = new SettingsDialog(this);
    m_settings->addPage([this] { return new KeyboardPage(m_workspace.shortcuts()); });
    m_settings->addPage([this] { return new ResponseTargetsPage(m_workspace); });
    m_settings->addPage([this] { return new SecretsPage(m_workspace.secrets()); });
    m_settings->addPage([this] { return new ExportPage(m_workspace.settings()); });
    connect(m_ui->actionSettings, &QAction::triggered, m_settings, [this] { m_settings->present(); });
    connect(m_settings, &SettingsDialog::closed, this, [this] { m_workspace.settings().save(); });
    connectActions();
    connectMarks();
    m_workspace.shortcuts().manageMenus(*m_ui->menuBar);
    restoreState();
    connect(&m_workspace, &Workspace::changed, this, &MainWindow::workspaceChanged);
    connect(&m_workspace.cases(), &CaseListModel::countsChanged, this, &MainWindow::showUnread);
    m_banners = new BannerStack(*m_ui->bannerLayout, this);
    m_rescue = new RescueNotice(m_workspace.settings(), m_ui->bannerLayout->parentWidget());
    m_rescue->setObjectName(u"rescueNotice"_s);
    m_ui->bannerLayout->addWidget(m_rescue);
    m_unstored = new UnstoredQuestion(m_workspace, *this);
    connect(m_unstored, &UnstoredQuestion::agreed, this, [this] {
        const bool isHidden = !isVisible(); // in the tray: then its closing ends nothing
        if (close() && isHidden)
            QCoreApplication::quit();
    });
    connect(m_unstored, &UnstoredQuestion::declined, this, &MainWindow::stays);
    connect(&m_workspace.outbox(), &Outbox::recovered, this, [this] {
        if (m_workspace.archive().refusal().kind == Error::Kind::None) // else a draft was only given up
            m_banners->archiveRecovered();
    });
    connect(m_banners, &BannerStack::retryRequested, this,
            [this](const QStringList &names) { Q_EMIT refreshRequested(m_accountActions->accountsOf(names)); });
    connect(m_banners, &BannerStack::keepRequested, m_accountActions, &AccountActions::keepForSession);
    connect(m_banners, &BannerStack::changed, m_ui->caseList, &CaseListPage::refresh);
    m_ui->caseList->setTold([this](const Error &error) { return m_banners->tells(withConsequence(error)); });
    connect(&m_workspace, &Workspace::renamed, m_banners, &BannerStack::rename);
    connect(&m_workspace, &Workspace::told, this, [this](const QString &sentence) {
        m_caseActions->toast().show(sentence);
        m_caseActions->toast().keep();
    });
    connect(&m_workspace, &Workspace::failed, this, &MainWindow::showError);
    connect(&m_workspace, &Workspace::recovered, this,
            [this](AccountId account) { m_banners->recovered(m_workspace.accountName(account)); });
    workspaceChanged();
    retranslate();
    // The list is not there yet; the search field would take J and K for text.
    m_ui->sidebar->setFocus();
    connect(m_ui->caseList, &CaseListPage::filled, this, [this] {
        if (m_ui->sidebar->hasFocus() || !QApplication::focusWidget())
            m_ui->caseList->table().setFocus();
    });
}

MainWindow::~MainWindow()
{
    m_advisor->stop(); // while there is a status bar to hear of it
    storeDrafts();
    m_caseActions->closeWindows();
}

/// What is typed is on its way to the disk before the fields go.
void MainWindow::storeDrafts()
{
    if (m_conversation)
        m_conversation->flush();
    m_caseActions->flushWindows();
}

void MainWindow::buildToolBar()
{
    auto *gap = new QWidget(m_ui->toolBar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_ui->toolBar->addWidget(gap);
    m_search = new QLineEdit(m_ui->toolBar);
    m_search->setObjectName(u"searchField"_s);
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(420);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_ui->toolBar->addWidget(m_search);
    m_accountActions = new AccountActions(*m_ui, *this, m_workspace);
    connect(m_accountActions, &AccountActions::demoChosen, this, &MainWindow::demoChosen);
    connect(m_accountActions, &AccountActions::listRequested, this, &MainWindow::listRequested);
    connect(m_accountActions, &AccountActions::draftsRequested, this, &MainWindow::showDrafts);
    m_ui->actionRefresh->setIcon(icons::icon(u"refresh"_s));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        CaseFilter filter = m_workspace.cases().filter();
        filter.words = text;
        setFilter(filter);
    });
    connect(m_search, &QLineEdit::returnPressed, this, &MainWindow::startSearch);
    connect(m_accountActions, &AccountActions::accountChosen, this, [this](AccountId id) {
        CaseFilter filter = m_workspace.cases().filter();
        filter.accounts = id == 0 ? QList<AccountId>() : QList<AccountId>{id};
        setFilter(filter);
        selectInSidebar();
    });
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_ui->actionRefresh, [this] {
        if (m_advisor->load())
            return;
        QList<AccountId> accounts = m_workspace.cases().filter().accounts;
        for (const AccountRecord &account : accounts.isEmpty() ? m_workspace.accountRecords() : QList<AccountRecord>())
            accounts.append(account.id);
        Q_EMIT refreshRequested(accounts);
    });
    on(m_ui->actionRefreshAll, [this] { m_advisor->loadAll() ? void() : Q_EMIT refreshAllRequested(); });
    on(m_ui->actionCancelJobs, [this] { m_workspace.jobs().cancelAll(); });
    on(m_ui->actionNewCase, &MainWindow::newCase);
    on(m_ui->actionReply, &MainWindow::reply);
    on(m_ui->actionResolve, [this] { m_caseActions->resolve(currentCase()); });
    on(m_ui->actionExport,
       [this] { m_advisor->isShown() ? m_advisor->exportChecks() : m_exporter->exportCases(chosenCases()); });
    on(m_ui->actionPrint, [this] { m_exporter->print(chosenCases()); });
    on(m_ui->actionCopyMarkdown, [this] { m_exporter->copy(chosenCases(), ExportFormat::Markdown); });
    on(m_ui->actionCopyJson, [this] { m_exporter->copy(chosenCases(), ExportFormat::Json); });
    on(m_ui->actionClose, &QWidget::close);
    on(m_ui->actionQuit, [this] {
        Q_EMIT quitting();
        close();
    });
    on(m_ui->actionCases, [this] {
        leaveSearch();
        m_ui->caseList->focusRows();
    });
    on(m_ui->actionDrafts, &MainWindow::showDrafts);
    on(m_ui->actionNextCase, [this] { step(1); });
    on(m_ui->actionPreviousCase, [this] { step(-1); });
    on(m_ui->actionBack, &MainWindow::goBack);
    on(m_ui->actionNextPane, [this] { panes::step(shownPanes(), false); });
    on(m_ui->actionPreviousPane, [this] { panes::step(shownPanes(), true); });

    CaseListPage *list = m_ui->caseList;
    const QList<QAction *> first{m_ui->actionShowConversation, m_ui->actionReply, m_ui->actionResolve};
    list->setRowActions(first + m_markActions->actions()
                        + QList<QAction *>{m_ui->actionExport, m_ui->actionPrint, m_ui->actionOpenInBrowser,
                                           m_ui->actionCopy, m_ui->actionCopyId, m_ui->actionCopyLink,
                                           m_ui->actionCopyMarkdown, m_ui->actionCopyJson});
    connect(list, &CaseListPage::caseChosen, this, &MainWindow::chooseCase);
    connect(list, &CaseListPage::caseOpened, this, [this](const CaseKey &key) {
        chooseCase(key, true);
        conversation().view().setFocus();
    });
    connect(list, &CaseListPage::clearFilterRequested, m_search, &QLineEdit::clear);
    connect(list, &CaseListPage::refreshRequested, m_ui->actionRefresh, &QAction::trigger);
    connect(list, &CaseListPage::chooseAccountRequested, m_ui->actionChooseAccount, &QAction::trigger);
    connect(list, &CaseListPage::showAllRequested, this, &MainWindow::showAllCases);
    updateActions();
}

void MainWindow::connectMarks()
{
    m_markActions->addTo(*m_ui->menuCase, m_ui->actionNextCase);
    m_markActions->attach(m_ui->caseList->table());
    connect(m_markActions, &CaseMarkActions::noteRequested, this, [this](const CaseKey &key) {
        chooseCase(key, true);
        conversation().note().edit();
    });
    m_filterActions->addTo(*m_ui->menuView, m_ui->menuSort->menuAction());
    connect(&m_workspace.filters(), &SavedFilters::changed, this, [this] { setFilter(m_workspace.cases().filter()); });
}

bool MainWindow::finishSetup()
{
    switch (m_setupStep++) {
    case 0:
        icons::enable();
        setWindowIcon(icons::icon(u"casement"_s));
        return true;
    case 1:
        conversation();
        return true;
    case 2:
        conversation().composer();
        return true;
    default:
        return false;
    }
}

CaseListPage &MainWindow::caseList() { return *m_ui->caseList; }

ConversationPage &MainWindow::conversation()
{
    if (!m_conversation) {
        m_conversation = new ConversationPage(m_workspace, m_ui->readingStack);
        m_conversation->setObjectName(u"conversation"_s);
        m_caseActions->announceAnswers(*m_conversation);
        m_ui->readingStack->addWidget(m_conversation);
        m_ui->readingStack->setCurrentWidget(m_conversation);
        m_menus->serve(*m_conversation);
        // Without m_ui: the last focus goes while the window is being closed by its destructor.
        connect(m_conversation, &ConversationPage::linkHovered, m_ui->statusBar,
                [bar = m_ui->statusBar](const QString &target) {
                    if (target.isEmpty())
                        bar->clearMessage();
                    else
                        bar->showMessage(target);
                });
        const UiSettings &settings = m_workspace.settings();
        m_conversation->view().setCodeWrapping(m_ui->actionWrapCode->isChecked());
        m_conversation->view().setZoomSteps(settings.number(u"conversation/zoom"_s, 0, -4, 12));
        if (m_pendingCase.isValid())
            m_conversation->open(m_pendingCase, m_pendingByPerson);
    }
    return *m_conversation;
}

SearchPage &MainWindow::searchPage()
{
    if (!m_searchPage) {
        m_searchPage = new SearchPage(m_workspace, m_ui->listStack);
        m_searchPage->setObjectName(u"searchResults"_s);
        m_ui->listStack->addWidget(m_searchPage);
        connect(m_searchPage, &SearchPage::backRequested, this, &MainWindow::leaveSearch);
        connect(m_searchPage, &SearchPage::hitChosen, this,
                [this](const CaseKey &key, const QString &message, const QStringList &words, const QString &file) {
                    m_pendingCase = key;
                    m_pendingByPerson = true;
                    m_ui->caseList->adopt(key);
                    conversation().open(key, true, message, words, file);
                    updateActions();
                });
        connect(m_searchPage, &SearchPage::hitOpened, this, [this] { conversation().view().setFocus(); });
    }
    return *m_searchPage;
}

bool MainWindow::isFilled() const
{
    if (m_workspace.isLoading() || m_setupStep < 3)
        return false;
    if (m_workspace.isWithoutAccount() || m_workspace.cases().rowCount() == 0)
        return true;
    return m_conversation && m_conversation->isReady();
}

void MainWindow::workspaceChanged()
{
    showUnread(); // and whether it is the demo
    m_accountActions->workspaceChanged();
    updateActions();
}

void MainWindow::showOutcome(const OutboxEntry &entry, const QString &before, const QString &after)
{
    m_caseActions->showOutcome(entry, before, after, currentCase());
}

void MainWindow::showError(const Error &error, const QString &account)
{
    m_banners->show(withConsequence(error), account);
}

/// What the window still does while its archive takes nothing belongs to the reason, whoever hears it first.
Error MainWindow::withConsequence(Error error) const
{
    const Archive &archive = m_workspace.archive();
    const Error &refusal = archive.refusal();
    if (error.kind != Error::Kind::Archive || error.code != refusal.code || error.message != refusal.message)
        return error;
    error.message = archive.isReadOnly()
        //: %1 says why nothing can be written into the archive
        ? tr("%1 Until then it can only be read: nothing is fetched or sent, and what you write stays in the window.")
              .arg(error.message)
        //: %1 says why the archive can't be used
        : tr("%1 Until then what is fetched is gone when Casement ends, nothing is sent, and what you write stays in "
             "the window.")
              .arg(error.message);
    return error;
}

QList<ErrorBanner *> MainWindow::banners() const { return m_banners->banners(); }

void MainWindow::restoreState()
{
    // All three within 640 pixels: a small screen at 200 %.
    m_ui->sidebar->setMinimumWidth(112);
    m_ui->listStack->setMinimumWidth(204);
    m_ui->readingStack->setMinimumWidth(320);
    restoreWindow(*this, *m_ui->outerSplitter, *m_ui->sidebar, *m_ui->innerSplitter, m_workspace.settings());
    m_ui->actionWrapCode->setChecked(m_workspace.settings().flag(u"conversation/wrapCode"_s, true));

    CaseFilter filter;
    filter.view = CaseFilter::View(m_workspace.settings().number(u"cases/view"_s, 0, 0, CaseFilter::viewCount - 1));
    filter.words = m_workspace.settings().text(u"cases/words"_s).left(longestKeptWords);
    setFilter(filter);
    m_search->setText(filter.words);
    selectInSidebar();
}

void MainWindow::saveState()
{
    saveWindow(*this, *m_ui->innerSplitter, m_workspace.settings());
    m_ui->caseList->save();
    m_advisor->save();
    m_workspace.settings().save();
}

void MainWindow::updateActions()
{
    m_menus->update();
    const bool any = !m_workspace.accountRecords().isEmpty();
    for (QAction *action : {m_ui->actionRefresh, m_ui->actionRefreshAll, m_ui->actionNewCase, m_ui->actionGoTo})
        action->setEnabled(any);
    m_ui->actionCancelJobs->setEnabled(m_workspace.jobs().rowCount() > 0);
    m_ui->actionReply->setEnabled(currentCase().isValid());
    for (QAction *action : {m_ui->actionExport, m_ui->actionPrint, m_ui->actionCopyMarkdown, m_ui->actionCopyJson})
        action->setEnabled(currentCase().isValid());
    m_ui->actionResolve->setEnabled(m_caseActions->canResolve(currentCase()));
    m_markActions->updateSoon();
    const bool link = m_conversation && !m_conversation->browserUrl().isEmpty();
    m_ui->actionOpenInBrowser->setEnabled(link);
    m_ui->actionCopyLink->setEnabled(link);
    m_advisor->update();
}

void MainWindow::retranslate()
{
    showUnread();
    m_ui->actionRefresh->setIconText(tr("Refresh"));
    spoken::setName(*m_search, tr("Search cases"));
    nameClearButton(*m_search, tr("Clear the Search"));
    m_search->setToolTip(tr("Type to filter the list, by dates as after:7d too. Enter searches all messages."));
    m_accountActions->retranslate();
    m_accountActions->refill();
    setFilter(m_workspace.cases().filter());
}

void MainWindow::showUnread()
{
    const int unread = m_workspace.cases().counts().allUnread();
    // The name of the program stands last: the desktop adds it to titles that end otherwise, behind the same dash.
    const QString title = m_workspace.isDemo() ? tr("Demo — Casement") : tr("Casement");
    //: Title of the window; %1 is a number of cases with unread answers, %2 the title without it
    setWindowTitle(unread > 0 ? tr("(%1) %2", "title").arg(QLocale().toString(unread), title) : title);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::LanguageChange || !m_status)
        return;
    // A switch says so several times, once for each translator; one pass after all of them is enough.
    if (m_retranslating)
        return;
    m_retranslating = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_retranslating = false;
            m_ui->retranslateUi(this);
            m_workspace.retranslate();
            m_sidebar->retranslate();
            m_markActions->retranslate();
            m_filterActions->retranslate();
            m_advisor->retranslate();
            retranslate();
            m_ui->caseList->retranslate();
            m_status->retranslate();
            if (m_conversation)
                m_conversation->retranslate();
            if (m_searchPage)
                m_searchPage->retranslate();
            if (m_drafts)
                m_drafts->retranslate();
            m_workspace.shortcuts().retranslate(); // names are those of the actions
        },
        Qt::QueuedConnection);
}

void MainWindow::archiveOpened()
{
    m_banners->archiveRecovered();
    m_rescue->look();
}

void MainWindow::endUnasked() { m_unstored->endUnasked(); }

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    storeDrafts();
    Q_EMIT closing();
    // Hidden, it goes on and tries to store what it has.
    event->setAccepted(!QGuiApplication::quitOnLastWindowClosed() || m_unstored->mayEnd());
    if (event->isAccepted()) // who stays finds all windows as they were
        m_caseActions->closeWindows();
}

} // namespace casement
