#include "ui/windowmenus.h"

#include "base/log.h"
#include "ui/aboutdialog.h"
#include "ui/accountactions.h"
#include "ui/activitywindow.h"
#include "ui/advisoractions.h"
#include "ui/advisorwork.h"
#include "ui/attachmentactions.h"
#include "ui/caseactions.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/datefiltermenu.h"
#include "ui/dialogs.h"
#include "ui/editmenu.h"
#include "ui/fieldhint.h"
#include "ui/gotodialog.h"
#include "ui/guidewindow.h"
#include "ui/helpdialogs.h"
#include "ui/interfacelanguage.h"
#include "ui/logwindow.h"
#include "ui/mainwindow.h"
#include "ui/notificationsettings.h"
#include "ui/plaintext.h"
#include "ui/reportdialog.h"
#include "ui/settingsdialog.h"
#include "ui/theme.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/userguide.h"
#include "ui/workspace.h"
#include "ui_mainwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

WindowMenus::WindowMenus(Ui::MainWindow &ui, MainWindow &window, Workspace &workspace, InterfaceLanguage &language,
                         Theme &theme)
    : QObject(&window), m_ui(ui), m_window(window), m_workspace(workspace), m_language(language), m_theme(theme),
      m_attachments(
          new AttachmentActions(workspace, window, [&window]() -> Toast & { return window.caseActions().toast(); })),
      m_edit(new EditMenu(*ui.menuEdit, ui.actionCopy))
{
    connectRefreshing();
    connectEdit();
    connectWriting();
    connectView();
    connectAppearance();
    connectHelp();
    connectAttachments();
    nameToolBar();
}

template <typename Slot> void WindowMenus::on(QAction *action, Slot slot)
{
    connect(action, &QAction::triggered, this, slot);
}

/// Qt makes tool tips of the texts, but leaves the mnemonics in that stand in brackets behind a Japanese one.
void WindowMenus::nameToolBar()
{
    const auto actions = m_ui.toolBar->actions();
    for (QAction *action : actions) {
        const auto name = [action] {
            QString tip = withoutMnemonic(action->text());
            if (!action->shortcut().isEmpty())
                tip = tr("%1 (%2)", "action and key").arg(tip, Shortcuts::keyText(action->shortcut()));
            if (!action->text().isEmpty() && action->toolTip() != tip)
                action->setToolTip(tip);
        };
        connect(action, &QAction::changed, this, name);
        name();
    }
}

/// The settings have the same choice.
void WindowMenus::connectRefreshing()
{
    const auto show = [this] {
        m_ui.actionPauseRefresh->setChecked(!NotificationSettings::read(m_workspace.settings()).poll.on);
    };
    connect(&m_window, &MainWindow::refreshChanged, this, show);
    connect(m_ui.menuFile, &QMenu::aboutToShow, this, show);
    show();
    on(m_ui.actionPauseRefresh, [this](bool isPaused) {
        NotificationSettings now = NotificationSettings::read(m_workspace.settings());
        now.poll.on = !isPaused;
        now.write(m_workspace.settings());
        Q_EMIT m_window.refreshChanged();
    });
}

void WindowMenus::connectEdit()
{
    on(m_ui.actionCopy, &WindowMenus::copy);
    on(m_ui.actionCopyId, [this] {
        if (ConversationPage *shown = m_window.shownConversation(); shown && shown->hasFocusInside())
            shown->copyId();
        else
            m_ui.caseList->copyIds();
    });
    on(m_ui.actionCopyLink, [this] { m_window.conversation().copyLink(); });
    on(m_ui.actionSelectAll, &WindowMenus::selectAll);
    on(m_ui.actionSearch, [this] {
        if (m_window.advisor().focusFilter())
            return;
        if (ConversationPage *shown = m_window.shownConversation(); shown && shown->hasFocusInside())
            shown->startFind();
        else
            Q_EMIT searchFieldRequested();
    });
    connect(&m_workspace.shortcuts(), &Shortcuts::changed, this, [this] {
        const QString key = m_workspace.shortcuts().keyText(u"search"_s);
        //: The hint of the search field where it is narrow
        const QString brief = tr("Search");
        setFittingHint(m_window.searchField(),
                       {(tr("Search cases…") + u"  "_s + key).trimmed(), tr("Search cases…"), brief});
    });
    on(m_ui.actionFind, [this] { m_window.conversation().startFind(); });
    on(m_ui.actionFindNext, [this] { m_window.conversation().findNext(false); });
    on(m_ui.actionFindPrevious, [this] { m_window.conversation().findNext(true); });
}

/// What the buttons below a reply do, for who looks for it in the menus.
void WindowMenus::connectWriting()
{
    auto *writing = new QMenu(m_ui.menuCase);
    writing->setObjectName(u"menuWriting"_s);
    m_ui.menuCase->insertMenu(m_ui.actionResolve, writing);
    struct Entry
    {
        QLatin1StringView action;
        QLatin1StringView button; ///< of the composer
        const char *text;
    };
    static constexpr std::array entries{
        Entry{"writingSend"_L1, "send"_L1, QT_TR_NOOP("&Send Reply")},
        Entry{"writingCheck"_L1, "check"_L1, QT_TR_NOOP("Chec&k Reply")},
        Entry{"writingCc"_L1, "ccButton"_L1, QT_TR_NOOP("Add &CC Addresses")},
        Entry{"writingTemplate"_L1, "templateButton"_L1, QT_TR_NOOP("Use a &Template…")},
    };
    const auto buttonOf = [this](QLatin1StringView name) -> QAbstractButton * {
        ConversationPage *shown = m_window.shownConversation();
        return shown ? shown->composer().findChild<QAbstractButton *>(name) : nullptr;
    };
    QList<QAction *> actions;
    for (const Entry &entry : entries) {
        QAction *action = writing->addAction(QString());
        action->setObjectName(entry.action);
        action->setShortcutContext(Qt::WidgetShortcut); // its key is the field's own, and stands here to be learnt
        connect(action, &QAction::triggered, this, [buttonOf, name = entry.button] {
            QAbstractButton *button = buttonOf(name);
            if (!button || !button->isVisible())
                return;
            if (auto *opening = qobject_cast<QToolButton *>(button); opening && opening->menu())
                opening->showMenu();
            else
                button->click();
        });
        actions.append(action);
    }
    const auto update = [actions, buttonOf] {
        for (size_t i = 0; i < entries.size(); ++i) {
            const QAbstractButton *button = buttonOf(entries[i].button);
            actions.at(qsizetype(i))->setEnabled(button && button->isVisible() && button->isEnabled());
        }
    };
    connect(m_ui.menuCase, &QMenu::aboutToShow, this, update);
    const auto name = [this, writing, actions] {
        writing->setTitle(tr("Reply Being &Written"));
        for (size_t i = 0; i < entries.size(); ++i)
            actions.at(qsizetype(i))->setText(tr(entries[i].text));
        actions.constFirst()->setShortcut(m_workspace.shortcuts().key(u"send"_s));
    };
    dialogs::inEachLanguage(*writing, name);
    connect(&m_workspace.shortcuts(), &Shortcuts::changed, writing, name);
    update();
}

void WindowMenus::connectView()
{
    on(m_ui.actionActivity, [this] {
        if (!m_activity) {
            m_activity = new ActivityWindow(m_workspace.activity(), &m_window);
            connect(m_activity, &ActivityWindow::refreshRequested, m_ui.actionRefreshAll, &QAction::trigger);
        }
        m_activity->present();
    });
    on(m_ui.actionMarkAllRead, [this] {
        QList<AccountId> accounts = m_workspace.cases().filter().accounts;
        for (const AccountRecord &account : accounts.isEmpty() ? m_workspace.accountRecords() : QList<AccountRecord>())
            accounts.append(account.id);
        m_workspace.archive().markAllRead(accounts);
    });
    connect(m_ui.menuCase, &QMenu::aboutToShow, this, [this] {
        m_ui.actionMarkAllRead->setEnabled(m_workspace.cases().counts().of(CaseFilter::View::Unread) > 0);
    });
    on(m_ui.actionGoTo, &WindowMenus::goToCase);
    connectColumns();
    const auto zoomBy = [this](int steps) {
        ConversationPage &conversation = m_window.conversation();
        conversation.setZoom(conversation.view().zoomSteps() + steps);
    };
    on(m_ui.actionZoomIn, [zoomBy] { zoomBy(1); });
    on(m_ui.actionZoomOut, [zoomBy] { zoomBy(-1); });
    on(m_ui.actionZoomReset, [this] { m_window.conversation().setZoom(0); });
    on(m_ui.actionWrapCode, [this](bool wrap) {
        m_window.conversation().view().setCodeWrapping(wrap);
        m_workspace.settings().set(u"conversation/wrapCode"_s, wrap);
    });
    m_ui.actionNewestFirst->setChecked(m_workspace.settings().flag(u"conversation/newestFirst"_s, false));
    on(m_ui.actionNewestFirst, [this](bool newestFirst) {
        m_window.conversation().view().setNewestFirst(newestFirst);
        m_workspace.settings().set(u"conversation/newestFirst"_s, newestFirst);
    });
    new DateFilterMenu(m_ui, m_window.searchField(), this);
    on(m_ui.actionShowConversation, [this] { m_window.conversation().view().setFocus(); });
    on(m_ui.actionOpenInBrowser, [this] { m_window.conversation().openInBrowser(); });
}

/// The menu's columns are those of the table that one sees.
void WindowMenus::connectColumns()
{
    const auto table = [this]() -> ColumnTable * {
        if (m_window.advisor().isShown())
            return m_window.advisor().table();
        return m_ui.listStack->currentWidget() == m_ui.caseList ? m_ui.caseList : nullptr;
    };
    on(m_ui.actionResetColumns, [table] {
        if (ColumnTable *shown = table())
            shown->resetColumns();
    });
    connect(m_ui.menuSort, &QMenu::aboutToShow, this, [this, table] {
        if (ColumnTable *shown = table())
            shown->fillSortMenu(*m_ui.menuSort);
    });
    connect(m_ui.menuColumns, &QMenu::aboutToShow, this, [this, table] {
        if (ColumnTable *shown = table())
            shown->fillColumnMenu(*m_ui.menuColumns);
    });
    connect(m_ui.menuView, &QMenu::aboutToShow, this, [this, table] {
        const bool any = table() != nullptr;
        for (QAction *action : {m_ui.menuSort->menuAction(), m_ui.menuColumns->menuAction(), m_ui.actionResetColumns})
            action->setEnabled(any);
        m_ui.actionGroupByAccount->setEnabled(!m_window.advisor().isShown());
    });
    // A key that somebody gave one of them works whatever was in sight when the menu was open.
    connect(m_ui.menuView, &QMenu::aboutToHide, this, [this] {
        m_ui.actionResetColumns->setEnabled(true);
        m_ui.actionGroupByAccount->setEnabled(true);
    });
}

void WindowMenus::connectAppearance()
{
    const auto chooseLanguage = [this](const QString &code) {
        m_workspace.settings().set(u"language"_s, code);
        m_language.set(code);
    };
    on(m_ui.actionLanguageEnglish, [chooseLanguage] { chooseLanguage(u"en"_s); });
    on(m_ui.actionLanguageJapanese, [chooseLanguage] { chooseLanguage(u"ja"_s); });
    const auto chooseTheme = [this](ThemeChoice choice) {
        m_workspace.settings().set(u"theme"_s, toString(choice));
        m_theme.setChoice(choice);
    };
    on(m_ui.actionThemeSystem, [chooseTheme] { chooseTheme(ThemeChoice::System); });
    on(m_ui.actionThemeLight, [chooseTheme] { chooseTheme(ThemeChoice::Light); });
    on(m_ui.actionThemeDark, [chooseTheme] { chooseTheme(ThemeChoice::Dark); });
    connect(m_ui.menuLanguage, &QMenu::aboutToShow, this, &WindowMenus::update);
    connect(m_ui.menuTheme, &QMenu::aboutToShow, this, &WindowMenus::update);
}

void WindowMenus::connectHelp()
{
    on(m_ui.actionUserGuide, [this] {
        const QString page = userguide::page(m_language.code());
        if (!page.isEmpty() && dialogs::fileOpener()(QUrl::fromLocalFile(page)))
            return;
        if (!m_guide)
            m_guide = new GuideWindow(&m_window);
        m_guide->present(m_language.code());
    });
    on(m_ui.actionShortcuts, [this] {
        HelpDialogs::showShortcuts(m_window, m_workspace.shortcuts(),
                                   [this] { m_window.settingsDialog().present(u"keyboardPage"_s); });
    });
    on(m_ui.actionLog, [this] {
        if (!m_log)
            m_log = new LogWindow(logBuffer(), &m_window);
        m_log->show();
        m_log->raise();
        m_log->activateWindow();
    });
    on(m_ui.actionReportProblem, [this] {
        if (!m_report)
            m_report = new ReportDialog({m_workspace, m_window.accountActions().desk(), logBuffer()}, &m_window);
        m_report->present();
    });
    connect(&m_workspace, &Workspace::serviceLanguageChanged, this, [this] {
        QEvent again(QEvent::LanguageChange); // what was asked for in the other language is asked for anew
        QCoreApplication::sendEvent(&m_window, &again);
    });
    on(m_ui.actionAbout, [this] { (new AboutDialog(&m_window))->open(); });
}

void WindowMenus::connectAttachments()
{
    on(m_ui.actionAttach, [this] { m_window.conversation().composer().chooseFiles(); });
    on(m_ui.actionQuote, [this] {
        ConversationView &view = m_window.conversation().view();
        m_window.conversation().composer().quote(view.quote(view.textCursor()));
    });
    for (QAction *action : {m_ui.actionAttach, m_ui.actionQuote}) {
        action->setEnabled(m_ui.actionReply->isEnabled());
        connect(m_ui.actionReply, &QAction::enabledChanged, action, &QAction::setEnabled);
    }
    // Not those of a case that stands behind Trusted Advisor.
    const auto inSight = [this](auto act) { return [this, act] { m_window.advisor().isShown() ? void() : act(); }; };
    on(m_ui.actionAttachments, inSight([this] { m_attachments->showAll(); }));
    on(m_ui.actionSaveAttachment, inSight([this] { m_attachments->saveCurrent(); }));
    connect(m_ui.menuCase, &QMenu::aboutToShow, this, [this] {
        const bool any = m_attachments->count() > 0 && !m_window.advisor().isShown();
        m_ui.actionAttachments->setEnabled(any);
        m_ui.actionSaveAttachment->setEnabled(any);
    });
    connect(m_ui.menuCase, &QMenu::aboutToHide, this, [this] { m_ui.actionSaveAttachment->setEnabled(true); });
}

void WindowMenus::serve(ConversationPage &page)
{
    m_attachments->serve(page);
    page.view().setNewestFirst(m_ui.actionNewestFirst->isChecked());
    connect(&page.view(), &ConversationView::quoteRequested, this,
            [&page](const QString &quoted) { page.composer().quote(quoted); });
}

void WindowMenus::goToCase()
{
    auto *dialog = new GoToDialog(m_workspace, m_window.advisor().work().archive(), &m_window);
    connect(dialog, &GoToDialog::caseChosen, this, [this](const CaseKey &key) {
        m_window.openCase(key);
        m_window.conversation().view().setFocus();
    });
    connect(dialog, &GoToDialog::checkChosen, &m_window.advisor(), &AdvisorActions::openCheck);
    connect(dialog, &GoToDialog::searchChosen, this, [this](const QString &words) {
        m_window.searchField().setText(words);
        m_window.startSearch();
    });
    dialog->open();
}

void WindowMenus::copy()
{
    if (m_edit->copy())
        return;
    if (auto *label = qobject_cast<QLabel *>(QApplication::focusWidget()); label && label->hasSelectedText()) {
        // The breaks that let a long word wrap are not part of it.
        return QGuiApplication::clipboard()->setText(label->selectedText().remove(QChar(0x200b)));
    }
    if (m_window.advisor().copy())
        return;
    if (ConversationPage *shown = m_window.shownConversation(); shown && shown->hasFocusInside())
        return shown->view().copy();
    m_ui.caseList->copyRows();
}

void WindowMenus::selectAll()
{
    ConversationPage *shown = m_window.shownConversation();
    if (m_edit->selectAll() || m_window.advisor().selectAll())
        return;
    if (shown && shown->hasFocusInside())
        shown->view().selectAll();
    else
        m_ui.caseList->table().selectAll();
}

void WindowMenus::update()
{
    m_ui.actionLanguageEnglish->setChecked(m_language.code() == "en"_L1);
    m_ui.actionLanguageJapanese->setChecked(m_language.code() == "ja"_L1);
    m_ui.actionThemeSystem->setChecked(m_theme.choice() == ThemeChoice::System);
    m_ui.actionThemeLight->setChecked(m_theme.choice() == ThemeChoice::Light);
    m_ui.actionThemeDark->setChecked(m_theme.choice() == ThemeChoice::Dark);
}

} // namespace casement
