#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QBoxLayout;
class QLabel;
class QMainWindow;
class QPushButton;
class QToolButton;

namespace casement {

/// A short notice in a bar of its own above the status bar, which goes by itself: something worked. It never takes the
/// focus, and stays while the pointer or the focus is on it. It lies on nothing: what stands above it becomes lower,
/// and the rows that are chosen stay in sight.
class Toast final : public QFrame
{
    Q_OBJECT

public:
    /// Takes the lowest place of the window's central widget, which has a layout of one column.
    explicit Toast(QMainWindow &window);

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
    bool isKept() const { return isVisible() && !m_timer.isActive(); }
    QString text() const;
    /// What the text that is shown is about, until another one is shown.
    void setTopic(const QString &topic) { m_topic = topic; }
    /// Goes when it is about that: it is not true any more.
    void hideTopic(const QString &topic);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit(int width);
    void leave();

    QString m_topic;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPushButton *m_second = nullptr;
    QToolButton *m_close = nullptr;
    QBoxLayout *m_words = nullptr; // text and buttons, side by side or below each other
    std::function<void()> m_act;
    std::function<void()> m_secondAct;
    QTimer m_timer;
};

} // namespace casement
