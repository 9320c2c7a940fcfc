#pragma once

#include <QKeySequenceEdit>

namespace casement {

/// A field that takes one key, as soon as it is pressed: Qt's own waits a second for more of them.
class KeyEdit final : public QKeySequenceEdit
{
    Q_OBJECT

public:
    explicit KeyEdit(QWidget *parent = nullptr);

    /// What screen readers say.
    void setName(const QString &name);

Q_SIGNALS:
    /// As Shortcuts::pressOf().
    void keyPressed(const QKeySequence &key, const QKeySequence &other);
    /// Esc: nothing is to be taken.
    void escaped();
    /// The field was left, or nothing but modifiers was pressed: it should show again what holds.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace casement
