#pragma once

#include "archive/records.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace casement {

class BreakingLabel;
class MessageEdit;
class Workspace;

/// What the person keeps about a case, in the conversation's header: tags, whether it is muted, and a note that is
/// written in place. Without any of them it takes no room.
///
/// What is typed is stored within half a second, and at once when the field is left or flush() is called.
class CaseNote final : public QWidget
{
    Q_OBJECT

public:
    explicit CaseNote(Workspace &workspace, QWidget *parent = nullptr);
    ~CaseNote() override;

    void open(const CaseKey &key);
    /// Shows the field, also an empty one, and goes there.
    void edit();
    /// Its field is open for somebody to write in.
    bool isEdited() const { return m_editing; }
    void flush();
    void retranslate();

    /// Buttons for the star and for a note; this widget's to keep up to date, another's to place.
    QToolButton &starButton() { return *m_star; }
    QToolButton &noteButton() { return *m_addNote; }

Q_SIGNALS:
    /// isEdited() is another.
    void editedChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void takeColors();
    void typed();

    Workspace &m_workspace;
    CaseKey m_key;
    QToolButton *m_star = nullptr;
    QToolButton *m_addNote = nullptr;
    BreakingLabel *m_facts = nullptr;
    MessageEdit *m_note = nullptr;
    QTimer m_storeSoon;
    bool m_filling = false;
    bool m_typed = false; // what stands in the field is newer than what is stored
    bool m_isCut = false; // what was put in is longer than a note may be
    bool m_editing = false; // shown though empty
};

} // namespace casement
