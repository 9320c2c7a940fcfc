#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <chrono>

class QKeyEvent;
class QMessageBox;

namespace casement {

/// Sees to it that no question of the program (a message box) is answered by a key that was meant for something else:
/// of itself a message box takes a bare letter for the button that has it, so that who writes on after Ctrl+Enter says
/// yes by the first "s". Only Alt and a button's letter, Space or Enter answer; not while they are held, and not before
/// a moment has passed since the question came up or a text was typed last. A bar above the buttons shows that moment.
/// An answer that comes too early is none, and makes the moment no longer. Escape, Tab and the mouse are left alone.
/// Neither is a button of any window pressed a second time by a key that is held, also where Qt does not see that it
/// is. One for the process, made before the first window.
class QuestionKeys final : public QObject
{
    Q_OBJECT

public:
    /// Longer than a desktop waits before it repeats a held key (660 ms on X11).
    static constexpr std::chrono::milliseconds usualPause{1000};

    explicit QuestionKeys(QObject *parent = nullptr, std::chrono::milliseconds pause = usualPause);
    ~QuestionKeys() override;

    /// Whether the key that went down last is one that is held, and is told of once more: for what must not be done
    /// twice by one press. QKeyEvent::isAutoRepeat() alone does not know.
    static bool isRepeating();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// When the key that was pressed last went down and up, by the clock of its events (ms; 0: never).
    struct Stroke
    {
        int key = 0;
        quint64 pressed = 0;
        quint64 released = 0;
        bool isRepeat = false;
    };

    bool isNoAnswer(const QObject &watched, const QKeyEvent &key);
    void note(const QKeyEvent &key);
    bool isHeld(int key) const { return m_last.key == key && m_last.isRepeat; }
    void beginPause(QMessageBox &box);

    std::chrono::milliseconds m_pause;
    QElapsedTimer m_still; // since a question came up, or a text was typed into it
    Stroke m_last;
};

} // namespace casement
