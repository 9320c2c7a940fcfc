#pragma once

#include "ui/fileintake.h"

#include <QFrame>

class QScrollArea;
class QToolButton;

namespace casement {

/// What was not attached and why, a line for each reason, with what can be done about it; it stays until it is closed,
/// and scrolls when there is much to say.
class IntakeNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit IntakeNotice(QWidget *parent = nullptr);

    /// Shows these; hides itself when there are none.
    void show(const QList<FileIntake::Group> &groups, const UploadLimits &limits);
    QString text() const;
    /// How high the page is that it leaves room on, and scrolls for; 0, as it is at first: it is as high as what it
    /// says.
    void setRoom(int height);

Q_SIGNALS:
    void closed();
    /// Folders, and files that are too large: as ZIP.
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
    void build();
    void fit();
    void nameClose();
    void recolor();

    QScrollArea *m_scroll = nullptr;
    int m_room = 0;
    QWidget *m_content = nullptr;
    QToolButton *m_close = nullptr;
    QList<FileIntake::Group> m_groups;
    UploadLimits m_limits;
};

} // namespace casement
