#include "ui/savedfilteractions.h"

#include "models/displaytext.h"
#include "models/filterjson.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QAction>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QTreeView>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString currentFilterKey = u"cases/savedFilter"_s;
const QString currentTagKey = u"cases/tag"_s;

} // namespace

SavedFilterActions::SavedFilterActions(Workspace &workspace, QWidget &window, QTreeView &sidebar, SidebarModel &entries,
                                       std::function<Toast &()> toast)
    : QObject(&window), m_workspace(workspace), m_window(window), m_sidebar(sidebar), m_entries(entries),
      m_toast(std::move(toast))
{
    const auto action = [&](const QString &name, void (SavedFilterActions::*act)()) {
        auto *made = new QAction(&window);
        made->setObjectName(name);
        connect(made, &QAction::triggered, this, act);
        return made;
    };
    m_save = action(u"actionSaveFilter"_s, &SavedFilterActions::save);
    m_rename = action(u"actionRenameFilter"_s, &SavedFilterActions::renameCurrent);
    m_remove = action(u"actionDeleteFilter"_s, &SavedFilterActions::removeCurrent);
    m_rename->setShortcut(QKeySequence(Qt::Key_F2));
    m_remove->setShortcut(QKeySequence(Qt::Key_Delete));
    for (QAction *one : {m_rename, m_remove}) {
        one->setShortcutContext(Qt::WidgetShortcut);
        sidebar.addAction(one);
    }
    entries.setMarks(workspace.marks(), workspace.filters());
    sidebar.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&sidebar, &QWidget::customContextMenuRequested, this, &SavedFilterActions::showMenu);
    connect(&workspace.filters(), &SavedFilters::changed, this, &SavedFilterActions::update);
    // Filters are read after tags, and mean something as soon as the accounts are known.
    connect(&workspace.filters(), &SavedFilters::changed, this,
            [this] { m_filtersRead = m_workspace.marks().isLoaded(); });
    connect(&workspace.filters(), &SavedFilters::changed, this, &SavedFilterActions::restore);
    connect(&workspace, &Workspace::changed, this, &SavedFilterActions::restore);
    connect(&entries, &QAbstractItemModel::rowsRemoved, this, [this] {
        // The view made a neighbour of what went the current one. The list shows what it showed.
        if (m_sidebar.currentIndex().data(ViewRole).toInt() != SidebarModel::draftsView)
            select();
    });
    retranslate();
}

void SavedFilterActions::addTo(QMenu &menu, QAction *before)
{
    m_menu = new QMenu(&menu);
    m_menu->setObjectName(u"menuSavedFilters"_s);
    m_menu->addActions({m_save, m_rename, m_remove});
    menu.insertMenu(before, m_menu);
    retranslate();
}

CaseFilter SavedFilterActions::choose(const QModelIndex &entry)
{
    m_restoring = false;
    CaseFilter filter = m_workspace.cases().filter();
    const int view = entry.data(ViewRole).toInt();
    m_current.clear();
    if (view == SidebarModel::filterView) {
        m_current = entry.data(FilterIdRole).toString();
        if (const SavedFilter *saved = m_workspace.filters().find(m_current))
            filter = filterFromJson(saved->filter, m_workspace.accountRecords());
    } else if (view == SidebarModel::tagView) {
        filter.view = CaseFilter::View::All;
        filter.tag = entry.data(TagRole).toString();
    } else if (view >= 0) {
        filter.view = CaseFilter::View(view);
        filter.tag.clear();
    } else {
        filter.accounts = {entry.data(AccountIdRole).toLongLong()};
    }
    update();
    return filter;
}

void SavedFilterActions::chooseAll()
{
    m_restoring = false;
    m_current.clear();
    update();
}

void SavedFilterActions::follow(const CaseFilter &filter)
{
    letGo(filter);
    if (m_restoring)
        return;
    m_workspace.settings().set(currentFilterKey, m_current);
    m_workspace.settings().set(currentTagKey, filter.tag);
}

/// What was chosen when the program ended, unless it is not there any more.
void SavedFilterActions::restore()
{
    if (!m_restoring || !m_filtersRead || m_workspace.accountRecords().isEmpty())
        return;
    m_restoring = false;
    const QString filter = m_workspace.settings().text(currentFilterKey);
    const QString tag = m_workspace.settings().text(currentTagKey);
    QModelIndex entry = filter.isEmpty() ? QModelIndex() : m_entries.indexOfFilter(filter);
    if (!entry.isValid() && !tag.isEmpty())
        entry = m_entries.indexOfTag(tag);
    if (entry.isValid())
        m_sidebar.setCurrentIndex(entry);
}

/// A saved filter whose words were taken away is not what the list shows.
void SavedFilterActions::letGo(const CaseFilter &filter)
{
    const SavedFilter *saved = m_workspace.filters().find(m_current);
    if (!saved || !filter.words.isEmpty()
        || filterFromJson(saved->filter, m_workspace.accountRecords()).words.isEmpty())
        return;
    m_current.clear();
    update();
    select();
}

QModelIndex SavedFilterActions::entryOf(const CaseFilter &filter) const
{
    QModelIndex entry = m_entries.indexOfFilter(m_current);
    if (!entry.isValid() && !filter.tag.isEmpty())
        entry = m_entries.indexOfTag(filter.tag);
    return entry.isValid() ? entry : m_entries.indexOfView(filter.view);
}

QString SavedFilterActions::titleOf(const CaseFilter &filter) const
{
    if (const QString name = currentName(); !name.isEmpty())
        return name;
    QString title = m_entries.indexOfView(filter.view).data().toString();
    if (!filter.tag.isEmpty())
        title =
            filter.view == CaseFilter::View::All ? displayText(filter.tag) : title + u" · "_s + displayText(filter.tag);
    if (filter.accounts.size() == 1)
        title += u" · "_s + m_workspace.accountName(filter.accounts.at(0));
    return title;
}

QString SavedFilterActions::currentName() const
{
    const SavedFilter *filter = m_workspace.filters().find(m_current);
    return filter ? displayText(filter->name) : QString();
}

void SavedFilterActions::askName(const QString &title, const QString &name,
                                 const std::function<void(const QString &)> &named)
{
    auto *dialog = new QInputDialog(&m_window);
    dialog->setObjectName(u"filterNameDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name of the filter"));
    dialog->setTextValue(name);
    dialog->resize(qMax(360, dialog->sizeHint().width()), dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [named](const QString &typed) {
        if (const QString clean = SavedFilters::cleanName(typed); !clean.isEmpty())
            named(clean);
    });
    dialog->open();
}

void SavedFilterActions::save()
{
    QString name = currentName();
    if (const CaseFilter &filter = m_workspace.cases().filter(); name.isEmpty())
        name = !filter.words.trimmed().isEmpty() ? filter.words.trimmed() : filter.tag;
    askName(tr("Save Filter"), name, [this](const QString &typed) { saveAs(typed); });
}

/// The entry of what the list shows; the list stays as it is.
void SavedFilterActions::select()
{
    const QSignalBlocker blocker(m_sidebar.selectionModel());
    m_sidebar.setCurrentIndex(entryOf(m_workspace.cases().filter()));
    m_sidebar.viewport()->update();
}

/// A filter of that name is replaced.
void SavedFilterActions::saveAs(const QString &name)
{
    SavedFilters &filters = m_workspace.filters();
    const QByteArray json = filterToJson(m_workspace.cases().filter(), m_workspace.accountRecords());
    const QList<SavedFilter> known = filters.filters();
    for (const SavedFilter &before : known) {
        if (before.name != name)
            continue;
        m_current = before.id;
        filters.put({before.id, name, json});
        select();
        m_toast().show(tr("The filter “%1” was replaced.").arg(displayText(name)), tr("&Undo"),
                       [&filters, before] { filters.put(before); });
        return;
    }
    m_current = SavedFilters::newId(); // known before the list's title is read again
    filters.put({m_current, name, json});
    select();
    m_toast().show(tr("The filter “%1” is in the sidebar.").arg(displayText(name)));
    update();
}

void SavedFilterActions::renameCurrent()
{
    const SavedFilter *filter = m_workspace.filters().find(m_current);
    if (!filter)
        return;
    askName(tr("Rename Filter"), filter->name, [this, id = m_current](const QString &name) {
        const SavedFilter *known = m_workspace.filters().find(id);
        if (!known || known->name == name)
            return;
        const SavedFilter before = *known;
        m_workspace.filters().put({id, name, before.filter});
        m_toast().show(tr("The filter is called “%1” now.").arg(displayText(name)), tr("&Undo"),
                       [this, before] { m_workspace.filters().put(before); });
    });
}

void SavedFilterActions::removeCurrent()
{
    const SavedFilter *known = m_workspace.filters().find(m_current);
    if (!known)
        return;
    const SavedFilter before = *known;
    m_current.clear();
    m_workspace.filters().remove(before.id);
    m_toast().show(tr("The filter “%1” was deleted.").arg(displayText(before.name)), tr("&Undo"),
                   [this, before] { m_workspace.filters().put(before); });
}

void SavedFilterActions::showMenu(const QPoint &where)
{
    const QModelIndex index = m_sidebar.indexAt(where);
    if (index.data(FilterIdRole).toString().isEmpty())
        return;
    m_sidebar.setCurrentIndex(index); // the menu is about the one that is open
    auto *menu = new QMenu(&m_sidebar);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_rename, m_remove});
    menu->popup(m_sidebar.viewport()->mapToGlobal(where));
}

void SavedFilterActions::update()
{
    const bool any = m_workspace.filters().find(m_current);
    m_rename->setEnabled(any);
    m_remove->setEnabled(any);
}

void SavedFilterActions::retranslate()
{
    m_save->setText(tr("&Save Filter…"));
    m_rename->setText(tr("&Rename Filter…"));
    m_remove->setText(tr("&Delete Filter"));
    if (m_menu)
        m_menu->setTitle(tr("Saved &Filters"));
    update();
}

} // namespace casement
