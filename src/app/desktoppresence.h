#pragma once

#include "app/answernotifier.h"
#include "ui/desktopnotifications.h"
#include "ui/notificationsettings.h"
#include "ui/trayicon.h"

#include <QObject>

namespace casement {

class AccountSessions;
class InterfaceLanguage;
class MainWindow;
class Workspace;

/// What the program does while nobody looks at it: asks for news, tells of it on the desktop, counts it in the tray,
/// and goes on there without a window when a person wants that.
class DesktopPresence final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed and outlive it.
    DesktopPresence(MainWindow &window, Workspace &workspace, AccountSessions &sessions, InterfaceLanguage &language,
                    QObject *parent = nullptr);

    /// After the first frame: what the settings say holds from here on.
    void start();
    /// The made-up company answers within seconds; so it is asked as often.
    void setDemo(bool demo);

    /// What is set is another now.
    void readSettings();
    /// Ends the program, whether its window is open, closed or in the tray. The person may be asked first, and stay.
    void quit();
    /// The same without a question: a logout waits for no answer.
    void end();

    TrayIcon &tray() { return m_tray; }
    AnswerNotifier &notifier() { return m_notifier; }
    DesktopNotifications &desktop() { return m_desktop; }

private:
    void apply(const NotificationSettings &settings);
    void watchNetwork();
    bool isOnScreen(const CaseKey &key) const;
    void open(const CaseKey &key, const QString &message);
    void closing();
    void workspaceChanged();
    void applyPolling();

    MainWindow &m_window;
    Workspace &m_workspace;
    AccountSessions &m_sessions;
    NotificationSettings m_settings;
    DesktopNotifications m_desktop;
    AnswerNotifier m_notifier;
    TrayIcon m_tray;
    QString m_besideTray; // the notification that was shown beside the icon
    bool m_demo = false;
    bool m_hidden = false; // the window was closed, and the program goes on
    bool m_quitting = false;
};

} // namespace casement
