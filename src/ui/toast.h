#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace casement {

/// A short notice at the lower edge of the window that goes by itself: something worked. It never takes the focus, and
/// stays while the pointer or the focus is on it.
class Toast final : public QFrame
{
    Q_OBJECT

public:
    explicit Toast(QWidget *parent);

    struct Action
    {
        QString text; ///< no button when it is empty
        std::function<void()> act;
    };

    /// Shows the text, with a button when `button` is not empty.
    void show(const QString &text, const QString &button = {}, std::function<void()> act = {});
    void show(const QString &text, const Action &first, const Action &second);
    /// What it says now stays until it is closed or another text comes: for what nothing else tells of later.
    void keep() { m_timer.stop(); }
    QString text() const;
    /// What the text that is shown is about, until another one is shown.
    void setTopic(const QString &topic) { m_topic = topic; }
    /// Goes when it is about that: it is not true any more.
    void hideTopic(const QString &topic);
    /// Goes to its place in a window of another size.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void leave();

    QString m_topic;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPushButton *m_second = nullptr;
    QToolButton *m_close = nullptr;
    std::function<void()> m_act;
    std::function<void()> m_secondAct;
    QTimer m_timer;
};

} // namespace casement
