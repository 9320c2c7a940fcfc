#pragma once

#include "archive/outboxstore.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace casement {

class Workspace;

/// Where a change stands that did not arrive yet, or why it came back, with what a person can do about it. What the
/// service said itself is folded below it, to be copied.
class PendingNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit PendingNotice(QWidget *parent = nullptr);

    /// Shows the entry; hides itself when there is none or nothing happened to it. The workspace outlives the notice's
    /// use.
    void show(Workspace &workspace, const OutboxEntry *entry);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeDetails();
    void retranslate();
    void recolor();
    void sendAgain();

    Workspace *m_workspace = nullptr;
    QString m_id;
    QLabel *m_text = nullptr;
    QPushButton *m_unfold = nullptr;
    QWidget *m_detailsArea = nullptr;
    QLabel *m_details = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_check = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_keep = nullptr;
    bool m_isQueued = false;
    bool m_isQuiet = false;
};

} // namespace casement
