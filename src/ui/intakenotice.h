#pragma once

#include "ui/fileintake.h"

#include <QFrame>

class QHBoxLayout;
class QToolButton;
class QVBoxLayout;

namespace casement {

class BreakingLabel;

/// What was not attached: a line for each file with what is wrong with it, and below them what can be done, a button
/// for each way out. It stays until it is closed, and is never higher than a few lines: the first files have theirs, a
/// box has all of them.
class IntakeNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit IntakeNotice(QWidget *parent = nullptr);

    /// Shows these; hides itself when there are none.
    void show(const QList<FileIntake::Group> &groups, const UploadLimits &limits);
    /// Each file's line, whether it is seen or not.
    QStringList lines() const;
    /// How high the page is that it leaves room on; 0, as it is at first: it needs not.
    void setRoom(int height);

Q_SIGNALS:
    /// There is something new to read.
    void told();
    void closed();
    /// Folders and files that are too large: as ZIP.
    void zipRequested(const casement::FileIntake::Group &group);
    /// Files for which the message has no room: in replies that follow it.
    void followUpsRequested(const casement::FileIntake::Group &group);
    /// A ZIP that is too large itself: as several.
    void splitRequested(const casement::FileIntake::Group &group);
    /// The message goes without them.
    void leaveOutRequested(const casement::FileIntake::Group &group);
    /// Files of a place of keys, all the same.
    void anywayRequested(const casement::FileIntake::Group &group);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    using Act = void (IntakeNotice::*)(const FileIntake::Group &);

    void build();
    void fit();
    void buildLines(QVBoxLayout &into);
    void buildButtons(QVBoxLayout &into);
    void act(const std::function<Act(const FileIntake::Group &)> &actOf);
    void showAll();
    qsizetype mostLines() const;
    void nameClose();
    void recolor();

    static Act wayInto(const FileIntake::Group &group);

    QHBoxLayout *m_layout = nullptr;
    int m_room = 0;
    QWidget *m_content = nullptr;
    QToolButton *m_close = nullptr;
    QList<FileIntake::Group> m_groups; // what is to be decided first
    UploadLimits m_limits;
};

} // namespace casement
