#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>
#include <memory>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace casement {

/// A short notice at the lower edge of the window that goes by itself: something worked. It never takes the focus, and
/// stays while the pointer or the focus is on it. It lies on no widget that is kept clear, and not on the row that is
/// chosen in a list: it moves out of their way.
class Toast final : public QFrame
{
    Q_OBJECT

public:
    explicit Toast(QWidget *parent);

    /// What is read and written there is never covered. For all notices of its window, before or after they are made.
    static void keepClear(QWidget &widget);

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

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void follow();
    void place();
    QRect room() const;
    QList<QRect> chosenRows() const;
    void leave();

    QString m_topic;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPushButton *m_second = nullptr;
    QToolButton *m_close = nullptr;
    QBoxLayout *m_words = nullptr; // text and buttons, side by side or below each other
    std::unique_ptr<QObject> m_following; // of what moves while the notice stands
    std::function<void()> m_act;
    std::function<void()> m_secondAct;
    QTimer m_timer;
};

} // namespace casement
