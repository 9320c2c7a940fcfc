#pragma once

#include <QObject>
#include <QPointer>

class QPlainTextEdit;
class QScrollArea;
class QWidget;

namespace casement {

class FileTray;

/// Scrolls the fields of a window to where one writes: with what is said below a field, and with what was told just
/// now. It leaves them where somebody scrolled to until one writes on.
class FieldScroll final : public QObject
{
    Q_OBJECT

public:
    /// `body` grows with its text, below the other fields; `files` tell of what was chosen. All are inside `scroll`,
    /// and this goes before them.
    FieldScroll(QScrollArea &scroll, QPlainTextEdit &body, FileTray &files);

private:
    void focusMoved(QWidget *now);
    void followCursor();
    void followField();
    void followTold();
    void show(const QWidget &widget, int margin);

    QScrollArea &m_scroll;
    QWidget &m_fields;
    QPlainTextEdit &m_body;
    QPointer<QWidget> m_told; // a notice that is kept in sight
    bool m_looksElsewhere = false; // somebody scrolled
};

} // namespace casement
