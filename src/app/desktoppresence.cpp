#include "app/desktoppresence.h"

#include "app/accountsessions.h"
#include "ui/conversationpage.h"
#include "ui/interfacelanguage.h"
#include "ui/mainwindow.h"
#include "ui/notificationspage.h"
#include "ui/recentcases.h"
#include "ui/workspace.h"

#include <QGuiApplication>
#include <QLineEdit>
#include <QNetworkInformation>

namespace casement {

namespace {

constexpr std::chrono::seconds demoPause{10};

}

DesktopPresence::DesktopPresence(MainWindow &window, Workspace &workspace, AccountSessions &sessions,
                                 InterfaceLanguage &language, QObject *parent)
    : QObject(parent), m_window(window), m_workspace(workspace), m_sessions(sessions),
      m_notifier(workspace, m_desktop,
                 {.isOnScreen = [this](const CaseKey &key) { return isOnScreen(key); },
                  .isMuted = [this](const CaseKey &key) { return m_workspace.marks().of(key).muted; },
                  .localTime = {}})
{
    connect(&m_notifier, &AnswerNotifier::openRequested, this, &DesktopPresence::open);
    connect(&m_notifier, &AnswerNotifier::listRequested, &m_window, [this] {
        m_window.bringToFront();
        m_window.searchField().clear();
        m_window.showAllCases();
    });
    connect(&m_desktop, &DesktopNotifications::notShown, this,
            [this](const QString &id, const DesktopNotifications::Notification &notification) {
                if (m_tray.showMessage(notification.title, notification.body))
                    m_besideTray = id;
            });
    connect(&m_tray, &TrayIcon::messageClicked, this, [this] { m_notifier.activate(m_besideTray); });
    connect(&m_tray, &TrayIcon::openRequested, &m_window, &MainWindow::bringToFront);
    connect(&m_tray, &TrayIcon::refreshRequested, &m_sessions, &AccountSessions::refreshAll);
    connect(&m_tray, &TrayIcon::newCaseRequested, &m_window, [this] {
        m_window.bringToFront();
        m_window.newCase();
    });
    m_tray.setRecent([this](QMenu &menu) { m_window.recentCases().serve(menu); });
    connect(&m_tray, &TrayIcon::quitRequested, this, &DesktopPresence::quit);
    connect(&m_window, &MainWindow::quitting, this, [this] { m_quitting = true; });
    connect(&m_window, &MainWindow::stays, this, [this] { m_quitting = false; });
    connect(&m_window, &MainWindow::closing, this, &DesktopPresence::closing);
    connect(&m_workspace.cases(), &CaseListModel::countsChanged, this,
            [this] { m_tray.setUnread(m_workspace.cases().counts().allUnread()); });
    connect(&m_workspace, &Workspace::changed, this, &DesktopPresence::workspaceChanged);
    connect(&language, &InterfaceLanguage::changed, &m_tray, &TrayIcon::retranslate);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) {
            m_sessions.poller().wake();
            m_workspace.lookForForeignChanges();
        }
    });
    m_window.settingsDialog().addPage([this] {
        auto *page = new NotificationsPage(m_workspace.settings(), &TrayIcon::isAvailable);
        connect(page, &NotificationsPage::changed, this, &DesktopPresence::apply);
        return page;
    });
}

void DesktopPresence::start()
{
    readSettings();
    m_notifier.restore();
    watchNetwork();
}

void DesktopPresence::readSettings() { apply(NotificationSettings::read(m_workspace.settings())); }

void DesktopPresence::apply(const NotificationSettings &settings)
{
    m_settings = settings;
    applyPolling();
    m_notifier.setSettings(settings);
    m_tray.setWanted(settings.tray);
    m_tray.setUnread(m_workspace.cases().counts().allUnread());
    workspaceChanged();
}

void DesktopPresence::applyPolling()
{
    PollSettings poll = m_settings.poll;
    if (m_demo)
        poll.shortest = demoPause;
    m_sessions.poller().setSettings(poll);
}

void DesktopPresence::setDemo(bool demo)
{
    m_demo = demo;
    applyPolling();
}

/// Where nobody knows about the network, failures tell.
void DesktopPresence::watchNetwork()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *network = QNetworkInformation::instance();
    const auto take = [this](QNetworkInformation::Reachability reachability) {
        m_sessions.poller().setOnline(reachability != QNetworkInformation::Reachability::Disconnected);
    };
    connect(network, &QNetworkInformation::reachabilityChanged, this, take);
    take(network->reachability());
}

bool DesktopPresence::isOnScreen(const CaseKey &key) const
{
    const ConversationPage *shown = m_window.shownConversation();
    return m_window.isActiveWindow() && shown && shown->isVisible() && shown->key() == key;
}

void DesktopPresence::open(const CaseKey &key, const QString &message)
{
    m_window.bringToFront();
    m_window.openCase(key, message);
}

/// The window is about to close: with it the program ends, or goes on in the tray.
void DesktopPresence::closing()
{
    m_hidden = m_settings.keepRunning && !m_quitting && m_tray.isShown();
    QGuiApplication::setQuitOnLastWindowClosed(!m_hidden);
}

void DesktopPresence::end()
{
    m_window.endUnasked();
    quit();
}

void DesktopPresence::quit()
{
    m_quitting = true;
    QGuiApplication::setQuitOnLastWindowClosed(true);
    if (m_window.close())
        QCoreApplication::quit(); // it may have been closed before
}

void DesktopPresence::workspaceChanged()
{
    m_tray.setHasAccounts(!m_workspace.accountRecords().isEmpty());
    if (m_window.isVisible())
        m_hidden = false;
    else if (m_hidden && !m_tray.isShown())
        m_window.bringToFront(); // the panel went: without a window nobody could reach the program
}

} // namespace casement
