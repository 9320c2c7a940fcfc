#include "ui/checktree.h"

#include "models/advisorcheckmodel.h"
#include "ui/advisorlook.h"
#include "ui/columnmenu.h"
#include "ui/headerstate.h"
#include "ui/mnemonics.h"

#include <QHeaderView>
#include <QMenu>
#include <QResizeEvent>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString checkColumnsKey = u"advisor/checks"_s;
constexpr int leastName = 28; // digits

} // namespace

CheckTree::CheckTree(QWidget *parent) : QTreeView(parent)
{
    auto *delegate = new AdvisorDelegate(this);
    delegate->setStatusColumn(u"status"_s);
    setItemDelegate(delegate);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setObjectName(u"checkHeader"_s);
    header()->setStretchLastSection(false);
    header()->setSectionsClickable(true);
    header()->setSortIndicatorShown(true);
    header()->setMinimumSectionSize(40);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, &CheckTree::showHeaderMenu);
}

void CheckTree::setUp(AdvisorCheckModel &model, UiSettings &settings)
{
    m_settings = &settings;
    setModel(&model);
    headerstate::restore(*header(), settings, checkColumnsKey, AdvisorCheckModel::Status, Qt::DescendingOrder);
    setColumnHidden(AdvisorCheckModel::Check, false);
    m_wantsAccount = !isColumnHidden(AdvisorCheckModel::Account);
    model.sort(header()->sortIndicatorSection(), header()->sortIndicatorOrder());
    connect(header(), &QHeaderView::sortIndicatorChanged, &model, &AdvisorCheckModel::sort);
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this, &model](const QModelIndex &parent, int first, int last) {
                if (parent.isValid())
                    return;
                for (int row = first; row <= last; ++row)
                    expand(model.index(row, 0));
            });
}

void CheckTree::saveColumns()
{
    if (m_settings)
        headerstate::save(*header(), *m_settings, checkColumnsKey,
                          m_wantsAccount ? QList<int>{AdvisorCheckModel::Account} : QList<int>());
}

/// The account of each is told where there are several.
QList<int> CheckTree::offered() const
{
    QList<int> sections = columnmenu::sectionsOf(*header(), true);
    if (!m_hasSeveralAccounts)
        sections.removeAll(AdvisorCheckModel::Account);
    return sections;
}

void CheckTree::fillColumnMenu(QMenu &menu)
{
    QList<int> sections = offered();
    sections.removeAll(AdvisorCheckModel::Check); // without its name a check is none
    columnmenu::fillColumns(menu, *header(), sections, [this](int section, bool on) {
        if (section == AdvisorCheckModel::Account)
            m_wantsAccount = on;
        setColumnHidden(section, !on);
        fit();
    });
}

void CheckTree::fillSortMenu(QMenu &menu) { columnmenu::fillSort(menu, *header(), offered()); }

void CheckTree::resetColumns()
{
    headerstate::reset(*header(), AdvisorCheckModel::Status, Qt::DescendingOrder);
    m_wantsAccount = true;
    setShowsAccounts(m_hasSeveralAccounts);
}

void CheckTree::showHeaderMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"checkColumnMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->addSeparator();
    fillSortMenu(*menu->addMenu(tr("Sort By")));
    connect(menu->addAction(tr("Reset Columns")), &QAction::triggered, this, &CheckTree::resetColumns);
    giveMnemonics(menu->actions());
    menu->popup(header()->mapToGlobal(where));
}

void CheckTree::setShowsAccounts(bool on)
{
    m_hasSeveralAccounts = on;
    setColumnHidden(AdvisorCheckModel::Account, !(on && m_wantsAccount));
    fit();
}

void CheckTree::fit()
{
    if (!model())
        return;
    // As many of the other columns beside the names as there is room for, none of them in part.
    const int room = viewport()->width();
    const int least = leastName * fontMetrics().horizontalAdvance(u'0');
    int others = 0;
    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        const int width = column == AdvisorCheckModel::Check ? 0 : header()->sectionSize(column);
        if (least + others + width > room)
            break;
        others += width;
    }
    header()->resizeSection(AdvisorCheckModel::Check, std::max(room - others, least));
}

void CheckTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit();
}

QString CheckTree::selectedText() const
{
    QList<std::pair<int, QModelIndex>> rows; // by their place on screen
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex &row : selected)
        rows.append({visualRect(row).top(), row});
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QString text;
    for (const auto &[top, row] : std::as_const(rows)) {
        QStringList cells;
        for (int visual = 0; visual < header()->count(); ++visual) {
            const int column = header()->logicalIndex(visual);
            if (!isColumnHidden(column))
                cells.append(row.siblingAtColumn(column).data().toString());
        }
        text += cells.join(u'\t') + u'\n';
    }
    return text;
}

} // namespace casement
