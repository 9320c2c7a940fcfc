#pragma once

#include <QIcon>
#include <QObject>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace casement {

/// The program in the desktop's notification area, with the number of cases that have answers nobody has read. Shown
/// only when a person wants it, and where the desktop has a place for it.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    explicit TrayIcon(QObject *parent = nullptr);
    ~TrayIcon() override;

    /// Whether this desktop has a place for it now.
    static bool isAvailable();

    void setWanted(bool wanted);
    /// It is on screen: the program can be reached by it.
    bool isShown() const;
    void setUnread(int cases);
    int unread() const { return m_unread; }
    void setHasAccounts(bool any);
    /// Shows a message beside the icon; false when there is no icon. A click on it is messageClicked().
    bool showMessage(const QString &title, const QString &body);
    QString toolTip() const;
    QMenu *menu() const { return m_menu.get(); }
    /// Who fills the menu of recent cases, each time that one is made.
    void setRecent(std::function<void(QMenu &)> serve) { m_serveRecent = std::move(serve); }
    /// The interface language changed.
    void retranslate();

    /// The program's icon with a number on it, for all sizes that panels have.
    static QIcon iconFor(int unread);
    /// What is written on the icon: few enough characters to be read.
    static QString badgeText(int unread);

Q_SIGNALS:
    void openRequested();
    void refreshRequested();
    void newCaseRequested();
    void quitRequested();
    void messageClicked();

private:
    void build();
    void update();

    std::unique_ptr<QMenu> m_menu; // made with the icon
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QAction *m_open = nullptr;
    QAction *m_refresh = nullptr;
    QAction *m_newCase = nullptr;
    QAction *m_quit = nullptr;
    QMenu *m_recent = nullptr;
    std::function<void(QMenu &)> m_serveRecent;
    int m_unread = 0;
    bool m_hasAccounts = false;
};

} // namespace casement
