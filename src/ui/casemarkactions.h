#pragma once

#include "archive/records.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace casement {

class CaseTable;
class Workspace;

/// What a person marks cases with: star, tags, note, mute. One set of actions for the menu bar, the list's menu and the
/// keys; they act on all chosen cases.
class CaseMarkActions final : public QObject
{
    Q_OBJECT

public:
    /// `chosen` answers the cases to act on; all are borrowed.
    CaseMarkActions(Workspace &workspace, QWidget &window, std::function<QList<CaseKey>()> chosen);

    QList<QAction *> actions() const;
    /// Puts them into a menu, before one of its actions.
    void addTo(QMenu &menu, QAction *before);
    /// Their keys, which are letters, work while the list has the focus; a click on its stars does, too.
    void attach(CaseTable &list);

    /// The choice changed: what they would do, and whether they can. Once for all changes of the event loop's turn.
    void updateSoon();
    void retranslate();

Q_SIGNALS:
    /// The person wants to write a note to the case.
    void noteRequested(const casement::CaseKey &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void update();
    bool isMuchSelected() const;
    void star();
    void mute();
    void askTags();

    Workspace &m_workspace;
    QWidget &m_window;
    std::function<QList<CaseKey>()> m_chosen;
    CaseTable *m_list = nullptr;
    QAction *m_star = nullptr;
    QAction *m_tags = nullptr;
    QAction *m_note = nullptr;
    QAction *m_mute = nullptr;
    bool m_updatePending = false;
};

} // namespace casement
