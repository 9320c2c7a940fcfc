#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <chrono>

class QKeyEvent;

namespace casement {

/// Sees to it that no question of the program (a message box) is answered by a key that was meant for something else:
/// of itself a message box takes a bare letter for the button that has it, so that who writes on after Ctrl+Enter says
/// yes by the first "s". Only Alt and a button's letter, Space or Enter answer; not while they are held, and not before
/// nothing was typed for a moment since the question came up. Escape, Tab and the mouse are left alone. One for the
/// process, made before the first window.
class QuestionKeys final : public QObject
{
    Q_OBJECT

public:
    /// Longer than a desktop waits before it repeats a held key (660 ms on X11, where Qt takes some of the repeats for
    /// presses of their own); each press that does not count begins it anew.
    static constexpr std::chrono::milliseconds usualPause{1000};

    explicit QuestionKeys(QObject *parent = nullptr, std::chrono::milliseconds pause = usualPause);
    ~QuestionKeys() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isNoAnswer(const QObject &watched, const QKeyEvent &key) const;

    std::chrono::milliseconds m_pause;
    QElapsedTimer m_still; // since a question came up, or a key was pressed that does not count
};

} // namespace casement
