#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace casement {

class Outbox;

/// Says which files of a message go with replies that follow it, and lets the person remove them; hides itself when all
/// files have room in the message.
class FollowUpBar final : public QFrame
{
    Q_OBJECT

public:
    explicit FollowUpBar(QWidget *parent = nullptr);

    /// Of an entry of the outbox; where `isEditable` is false nothing can be changed.
    void show(Outbox &outbox, const QString &entry, bool isEditable);

Q_SIGNALS:
    /// No reply is to follow; its files are removed.
    void discardRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString sentence() const;
    void retranslate();

    QLabel *m_text = nullptr;
    QPushButton *m_discard = nullptr;
    int m_replies = 0;
    int m_files = 0; // of the replies
    QStringList m_names;
};

} // namespace casement
