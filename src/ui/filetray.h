#pragma once

#include "ui/fileintake.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QMimeData;
class QProgressDialog;
class QToolButton;

namespace casement {

class AttachmentStrip;
class DropArea;
class FileSecrets;
class FollowUpBar;
class IntakeNotice;
class MessageEdit;
class RemovedBar;
class Workspace;

/// The files of a message that is written: what was refused, and the chips. It takes what is dropped on the area around
/// it, pasted into the message's field, or chosen by the paper clip and Ctrl+O.
class FileTray final : public QWidget
{
    Q_OBJECT

public:
    explicit FileTray(QWidget *parent = nullptr);
    ~FileTray() override;

    /// `place` answers where files go now. All are borrowed and outlive the tray's use.
    void setUp(Workspace &workspace, std::function<FileIntake::Place()> place, MessageEdit &edit, QToolButton &clip);
    /// They are those of a new case: what is said names its button.
    void setOpensCase() { m_opensCase = true; }
    /// What the files come behind in the tab order, whichever come and go.
    void setTabsBehind(const QList<QWidget *> &widgets);
    /// Where files can be dropped.
    void takeDropsOn(QWidget &area);
    /// Whose files it shows; `isEditable`: a draft.
    void setEntry(const QString &entry, AccountId account, bool isEditable = true);
    void chooseFiles();
    /// How high the page is that it leaves room on; 0, as it is at first: it needs not.
    void setRoom(int height);

    int count() const;
    /// Why the message can't be sent, as far as its files are concerned; empty when it can.
    QString whyNot() const;
    /// What was found in the files, those of the replies that follow as well; empty when nothing was.
    QString secrets() const;
    /// Runs `then` once secrets() knows of every file: at once, or after a dialog that says so and can be cancelled.
    void whenLookedThrough(std::function<void()> then);
    /// What a person should know before sending, and is free to leave as it is: the text speaks of an attachment, and
    /// there is none.
    QString reminder(const QString &text) const;
    /// Before a message is sent: true when there is a reminder that was not met, and counts it as met. Once for each
    /// message, so that sending again sends.
    bool mustMeetReminder(const QString &text);
    /// The same reminder kept the message that is written from being sent.
    bool isReminding(const QString &text) const { return m_met.contains(m_key) && !reminder(text).isEmpty(); }
    /// Puts what stands beside the button that sends into its label: what is wrong, what was said of the message,
    /// what its files hold, or the reminder.
    void showRemark(QLabel &label, const QString &whyNot, const QString &said, const QString &text);
    /// The window goes: what is still being prepared is finished all the same, and added to the draft.
    void leave();
    /// The message was sent: what was refused is of no use any more, and the next one has a reminder of its own.
    void wasSent();
    FileIntake &intake() { return *m_intake; }
    AttachmentStrip &strip() { return *m_strip; }

Q_SIGNALS:
    void changed();
    /// This one below it says that files were refused: who scrolls shows it.
    void told(QWidget &notice);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool takesFiles() const;
    void showAll();
    void outboxChanged(const QString &entry);
    void takeBackWhatDoesNotFit();
    void arrangeFollowUps();
    void retranslate();
    void bringBack();

    Workspace *m_workspace = nullptr;
    std::function<FileIntake::Place()> m_place;
    FileIntake *m_intake = nullptr;
    FileSecrets *m_secrets = nullptr;
    IntakeNotice *m_notice = nullptr;
    FollowUpBar *m_followUps = nullptr;
    AttachmentStrip *m_strip = nullptr;
    RemovedBar *m_removed = nullptr;
    QPointer<MessageEdit> m_edit;
    QPointer<QProgressDialog> m_looking;
    QList<QWidget *> m_before; // in the tab order
    QToolButton *m_clip = nullptr;
    QString m_key; // of the place that it shows
    QSet<QString> m_met; // places of messages whose reminder was met
    AccountId m_account = 0;
    bool m_isEditable = false;
    bool m_opensCase = false;
    bool m_isArranging = false;
    bool m_isTakingBack = false;
};

} // namespace casement
