#pragma once

#include "models/casefilter.h"

#include <QModelIndex>
#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QTreeView;
class QWidget;

namespace casement {

class SidebarModel;
class Toast;
class Workspace;

/// What the sidebar's entries ask the list for, and the filters that a person saved there: saving the list's filter
/// under a name, renaming and deleting what was saved, in a menu, in the sidebar's own menu, and by F2 and Del there.
class SavedFilterActions final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed; `toast` tells what was done, and undoes it.
    SavedFilterActions(Workspace &workspace, QWidget &window, QTreeView &sidebar, SidebarModel &entries,
                       std::function<Toast &()> toast);

    /// Puts a menu with them into a menu, before one of its actions.
    void addTo(QMenu &menu, QAction *before);

    /// An entry was chosen: the filter that it asks for.
    CaseFilter choose(const QModelIndex &entry);
    /// Every case is shown now.
    void chooseAll();
    /// The list shows `filter` now: a saved one whose words were taken away is not what it shows.
    void follow(const CaseFilter &filter);
    /// The entry and the title of what is shown with a filter.
    QModelIndex entryOf(const CaseFilter &filter) const;
    QString titleOf(const CaseFilter &filter) const;

    void save();
    void renameCurrent();
    void removeCurrent();
    void retranslate();

private:
    void askName(const QString &title, const QString &name, const std::function<void(const QString &)> &named);
    void saveAs(const QString &name);
    QString currentName() const;
    void showMenu(const QPoint &where);
    void update();
    void select();
    void letGo(const CaseFilter &filter);
    void restore();

    Workspace &m_workspace;
    QWidget &m_window;
    QTreeView &m_sidebar;
    SidebarModel &m_entries;
    std::function<Toast &()> m_toast;
    bool m_filtersRead = false; // and tags
    bool m_restoring = true; // until what was chosen last is there, or something else was chosen
    QString m_current; // the saved filter that was chosen last; empty when something else was chosen since
    QMenu *m_menu = nullptr;
    QAction *m_save = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
};

} // namespace casement
