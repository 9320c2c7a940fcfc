#pragma once

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QWidget;

namespace casement {

/// Undo, Redo, Cut and Paste of the Edit menu, for whatever field has the focus. The keys are the field's own, and
/// stand beside the names only to be learnt: as shortcuts of the window they would be taken from it.
class EditMenu final : public QObject
{
    Q_OBJECT

public:
    /// Before `copy` of `menu`, which lives longer.
    EditMenu(QMenu &menu, QAction *copy);

    /// Copies what is selected in the field that one writes in; false when there is none.
    bool copy();
    /// Selects all of the field that one writes in; false when there is none.
    bool selectAll();

private:
    struct Command
    {
        QAction *action;
        const char *slot; ///< of every kind of field
    };

    QWidget *field() const;
    bool act(const char *slot);
    void take(QWidget *focus);
    void update();
    void retranslate();

    QList<Command> m_commands;
    QPointer<QWidget> m_field; // which had the focus before the menu had it
};

} // namespace casement
