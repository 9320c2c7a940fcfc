#pragma once

#include "archive/outboxfiles.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace casement {

/// One file of a message: icon, name, size, how far it is, what is wrong with it, and what can be done.
///
/// Del removes it, Space and P pause it, the arrows go to its neighbours; the Menu key, Shift+F10 and a right click
/// open a menu of what can be done.
class AttachmentChip final : public QFrame
{
    Q_OBJECT

public:
    enum class Act {
        Pause, ///< or go on
        Remove,
        Retry,
        TakeAsItIs, ///< the file was changed: as it is now
    };

    explicit AttachmentChip(QWidget *parent = nullptr);

    /// What it shows; `secrets` is a sentence about what was found in the file.
    struct Content
    {
        OutboxFile file;
        qint64 progress = 0; ///< bytes
        QString secrets;
        UploadLimits limits;
        bool isEditable = true; ///< the message is a draft
    };
    void show(const Content &content);
    const Content &content() const { return m_content; }
    /// It has sentences to show, and wants a line of its own.
    bool isWide() const;
    int heightFor(int width) const;
    void retranslate();

Q_SIGNALS:
    void chosen(casement::AttachmentChip::Act act);
    /// To the neighbour before or behind it.
    void stepped(int by);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void recolor();
    void showIcon();
    void cutName();
    void showMenu(const QPoint &where);

    Content m_content;
    QLabel *m_icon = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_here = nullptr; ///< the name on this computer, when it is sent under another
    QLabel *m_problem = nullptr;
    QLabel *m_secrets = nullptr;
    QToolButton *m_pause = nullptr;
    QToolButton *m_retry = nullptr;
    QToolButton *m_remove = nullptr;
    QPushButton *m_asItIs = nullptr;
    QString m_iconName;
    QString m_shownPath; // of the file that the icon is of
};

} // namespace casement
