#pragma once

#include "archive/heldanswers.h"
#include "archive/records.h"
#include "ui/desktopnotifications.h"
#include "ui/notificationsettings.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace casement {

class Workspace;

/// Tells on the desktop what AWS answered: one notification a case, one for all of them when they are many.
///
/// Nothing is told of a case that is on screen in the active window, of a muted one, or of one that was read meanwhile.
/// What comes in quiet hours is told when they are over, at once and only what is still unread. A click asks to open
/// the case at the message.
class AnswerNotifier final : public QObject
{
    Q_OBJECT

public:
    /// More than these are told as one.
    static constexpr int mostAtOnce = 3;
    /// Characters of a message that are shown, where the person wants that.
    static constexpr int longestText = 140;

    /// What the notifier asks of the rest of the program.
    struct Surroundings
    {
        std::function<bool(const CaseKey &)> isOnScreen; ///< in the active window
        std::function<bool(const CaseKey &)> isMuted;
        std::function<QDateTime()> localTime; ///< empty: this computer's
        /// What comes within this time of one another is told together; a refresh brings several.
        std::chrono::milliseconds settle{1500};
    };

    /// All are borrowed and outlive the notifier.
    AnswerNotifier(Workspace &workspace, DesktopNotifications &desktop, const Surroundings &surroundings,
                   QObject *parent = nullptr);

    void setSettings(const NotificationSettings &settings);
    /// Takes up what an earlier run held back: call it when the archive is open.
    void restore();
    /// Whether answers wait for the end of the quiet hours.
    int heldBack() const { return int(m_held.size()); }
    /// Looks whether the quiet hours are over: what a timer does each minute.
    void checkQuietHours();
    /// A notification was clicked, wherever it was shown.
    void activate(const QString &id);

Q_SIGNALS:
    /// A click: the window comes to the front with this case, at this message.
    void openRequested(const casement::CaseKey &key, const QString &message);
    /// A click on what tells of many cases.
    void listRequested();

private:
    /// A case with answers that were not told yet.
    struct News
    {
        CaseKey key;
        NewAnswer first; ///< the oldest: reading begins there
        NewAnswer newest;
    };

    void take(AccountId account, const QList<NewAnswer> &answers);
    void tellWhatCame();
    void storeHeld();
    QDateTime localTime() const;
    void tell(const QList<News> &news);
    void tellOne(const News &news);
    void tellMany();
    bool isWorthTelling(const News &news) const;
    void forgetWhatWasRead();
    void forgetAccount(AccountId account);
    bool isUnread(const CaseKey &key) const;
    QString subjectOf(const CaseKey &key) const;
    static void add(QList<News> &list, const News &news);

    Workspace &m_workspace;
    DesktopNotifications &m_desktop;
    Surroundings m_surroundings;
    NotificationSettings m_settings;
    QList<News> m_come; // until the moment settles
    HeldAnswers m_stored;
    QList<News> m_held; // until the quiet hours are over
    QHash<QString, News> m_told; // by the notification's id
    QList<News> m_many; // in the one notification for all
    QTimer m_settle;
    QTimer m_minute;
};

} // namespace casement
