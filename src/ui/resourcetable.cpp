#include "ui/resourcetable.h"

#include "base/background.h"
#include "models/roles.h"
#include "ui/advisorlook.h"
#include "ui/columnmenu.h"
#include "ui/headerstate.h"
#include "ui/mnemonics.h"
#include "ui/quiettable.h"
#include "ui/uisettings.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostKept = 5000; // selected rows that survive another filter
constexpr qsizetype mostCopiedAtOnce = 500; // rows; some milliseconds

} // namespace

ResourceTable::ResourceTable(QWidget *parent) : QTableView(parent)
{
    setUpQuietly(*this);
    setAlternatingRowColors(true);
    verticalHeader()->setDefaultSectionSize((fontMetrics().height() + 12) / 4 * 4);
    QHeaderView *header = horizontalHeader();
    header->setObjectName(u"resourceHeader"_s);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setMinimumSectionSize(24);
    auto *delegate = new AdvisorDelegate(this);
    delegate->setStatusColumn(u"status"_s);
    setItemDelegate(delegate);
    connect(header, &QWidget::customContextMenuRequested, this, &ResourceTable::showHeaderMenu);
    connect(this, &QWidget::customContextMenuRequested, this, &ResourceTable::showRowMenu);
}

void ResourceTable::setUp(ResourceModel &model, UiSettings &settings)
{
    m_model = &model;
    m_settings = &settings;
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &ResourceTable::beforeReset);
    setModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &ResourceTable::afterReset);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int section, Qt::SortOrder order) {
        if (!m_restoring)
            m_model->sort(section, order);
    });
}

std::optional<QList<int>> ResourceTable::shownValues(const UiSettings &settings, const QString &checkId)
{
    const QString saved = settings.text(u"advisor/resources/%1/columns"_s.arg(checkId));
    if (saved.isEmpty())
        return {};
    QList<int> values;
    const QStringList columns = saved.split(u' ', Qt::SkipEmptyParts);
    for (const QString &column : columns) {
        const QStringList parts = column.split(u':');
        bool isNumber = false;
        const int value = parts.first().startsWith("value"_L1) ? parts.first().sliced(5).toInt(&isNumber) : -1;
        if (isNumber && value >= 0 && parts.last() == "1"_L1 && !values.contains(value))
            values.append(value);
    }
    return values;
}

QString ResourceTable::settingsKey() const { return u"advisor/resources/"_s + m_check; }

void ResourceTable::setCheck(const QString &checkId)
{
    saveColumns();
    m_check = checkId;
    m_columnsOf.clear();
}

void ResourceTable::saveColumns()
{
    if (m_columnsOf.isEmpty() || m_check.isEmpty() || !m_settings || m_model->columnCount() == 0)
        return;
    headerstate::save(*horizontalHeader(), *m_settings, settingsKey());
}

void ResourceTable::restoreColumns()
{
    QString columns = m_check;
    for (int column = 0; column < m_model->columnCount(); ++column)
        columns += u' ' + m_model->headerData(column, Qt::Horizontal, ColumnIdRole).toString();
    if (m_model->columnCount() == 0 || columns == m_columnsOf)
        return;
    m_columnsOf = columns;
    {
        const QScopedValueRollback guard(m_restoring, true);
        headerstate::restore(*horizontalHeader(), *m_settings, settingsKey(),
                             m_model->columnOf({ResourceField::Kind::Status, 0}), Qt::DescendingOrder);
        if (const int change = m_model->columnOf({ResourceField::Kind::Change, 0}); change >= 0)
            horizontalHeader()->setSectionHidden(change, false);
    }
    m_model->sort(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
}

void ResourceTable::beforeReset()
{
    saveColumns(); // a comparison may add or take a column
    m_selected.clear();
    m_current = ~quint32(0);
    m_resources = m_model->resources().get();
    if (!m_resources || !selectionModel())
        return;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        if (m_selected.size() < mostKept)
            m_selected.push_back(m_model->idOf(row.row()));
    }
    if (currentIndex().isValid())
        m_current = m_model->idOf(currentIndex().row());
}

/// What was chosen stays chosen, where a filter did not hide it.
void ResourceTable::afterReset()
{
    restoreColumns();
    if (m_resources != m_model->resources().get() || m_selected.empty())
        return;
    std::sort(m_selected.begin(), m_selected.end());
    QItemSelection selection;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (std::binary_search(m_selected.begin(), m_selected.end(), m_model->idOf(row)))
            selection.select(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    }
    const int current = m_model->rowOf(m_current);
    if (current >= 0)
        selectionModel()->setCurrentIndex(m_model->index(current, 0), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

QList<int> ResourceTable::selectedRowNumbers() const
{
    QList<int> rows;
    if (!selectionModel())
        return rows;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void ResourceTable::copySelection()
{
    const QList<int> rows = selectedRowNumbers();
    if (!m_model || rows.isEmpty())
        return;
    QStringList headings;
    std::vector<ResourceField> fields;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (isColumnHidden(column))
            continue;
        headings.append(spreadsheetCell(m_model->heading(column)));
        fields.push_back(m_model->fieldOf(column));
    }
    std::vector<quint32> ids;
    ids.reserve(size_t(rows.size()));
    for (const int row : rows)
        ids.push_back(m_model->idOf(row));
    const auto write = [resources = m_model->resources(), headings, fields = std::move(fields), ids = std::move(ids)] {
        QString text = headings.join(u'\t') + u'\n';
        for (const quint32 id : ids) {
            for (size_t i = 0; i < fields.size(); ++i) {
                if (i > 0)
                    text += u'\t';
                text += spreadsheetCell(ResourceModel::wholeTextOf(*resources, id, fields[i]));
            }
            text += u'\n';
        }
        return text;
    };
    const quint64 copy = ++m_copies;
    if (rows.size() <= mostCopiedAtOnce) {
        QGuiApplication::clipboard()->setText(write());
        return;
    }
    inBackground(this, write, [this, copy](const QString &text) {
        if (copy == m_copies) // no later one was asked for
            QGuiApplication::clipboard()->setText(text);
    });
}

QModelIndex ResourceTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if ((action == MoveHome || action == MoveEnd) && model() && model()->rowCount() > 0)
        return outermostRow(*this, action == MoveEnd);
    return QTableView::moveCursor(action, modifiers);
}

void ResourceTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        horizontalScrollBar()->triggerAction(event->key() == Qt::Key_Left ? QAbstractSlider::SliderPageStepSub
                                                                          : QAbstractSlider::SliderPageStepAdd);
        return;
    }
    QTableView::keyPressEvent(event);
}

void ResourceTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        verticalHeader()->setDefaultSectionSize((fontMetrics().height() + 12) / 4 * 4);
}

void ResourceTable::fillColumnMenu(QMenu &menu)
{
    const QHeaderView &header = *horizontalHeader();
    columnmenu::fillColumns(menu, header, columnmenu::sectionsOf(header, true),
                            [this](int column, bool on) { setColumnHidden(column, !on); });
    const QList<QAction *> entries = menu.actions();
    const bool isLast = header.hiddenSectionCount() >= m_model->columnCount() - 1;
    for (QAction *entry : entries)
        entry->setEnabled(!isLast || !entry->isChecked());
}

void ResourceTable::fillSortMenu(QMenu &menu)
{
    columnmenu::fillSort(menu, *horizontalHeader(), columnmenu::sectionsOf(*horizontalHeader(), true));
}

void ResourceTable::resetColumns()
{
    headerstate::reset(*horizontalHeader(), m_model->columnOf({ResourceField::Kind::Status, 0}), Qt::DescendingOrder);
}

void ResourceTable::addColumnMenus(QMenu &menu)
{
    fillColumnMenu(menu);
    menu.addSeparator();
    fillSortMenu(*menu.addMenu(tr("Sort By")));
    connect(menu.addAction(tr("Reset Columns")), &QAction::triggered, this, &ResourceTable::resetColumns);
    giveMnemonics(menu.actions());
}

void ResourceTable::showHeaderMenu(const QPoint &where)
{
    if (!m_model || m_model->columnCount() == 0)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"resourceColumnMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumnMenus(*menu);
    menu->popup(horizontalHeader()->mapToGlobal(where));
}

void ResourceTable::showRowMenu(const QPoint &where)
{
    if (!indexAt(where).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"resourceMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_rowActions);
    menu->addSeparator();
    QMenu *columns = menu->addMenu(tr("Col&umns"));
    columns->setObjectName(u"resourceColumnMenu"_s);
    addColumnMenus(*columns);
    menu->popup(viewport()->mapToGlobal(where));
}

} // namespace casement
