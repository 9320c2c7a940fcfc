#include "ui/casetable.h"

#include "ui/casedelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// One line without tabs; what a spreadsheet would take for a formula is kept from being one.
QString cellText(const QVariant &value)
{
    QString text = value.toString();
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    if (!text.isEmpty() && u"=+-@＝＋－＠"_s.contains(text.at(0)))
        text.prepend(u'\'');
    return text;
}

} // namespace

CaseTable::CaseTable(QWidget *parent) : QTableView(parent)
{
    setItemDelegate(new CaseDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    QHeaderView *header = horizontalHeader();
    header->setObjectName(u"caseHeader"_s);
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setMinimumSectionSize(40);
    fitRows();
    connect(this, &QAbstractItemView::doubleClicked, this, &CaseTable::opened);
}

void CaseTable::fitRows()
{
    const int height = fontMetrics().height() + 12;
    verticalHeader()->setDefaultSectionSize((height + 3) / 4 * 4);
}

QString CaseTable::selectedText() const
{
    if (!selectionModel())
        return {};
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QString text;
    for (const QModelIndex &row : std::as_const(rows)) {
        bool first = true;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (isColumnHidden(column))
                continue;
            if (!first)
                text += u'\t';
            first = false;
            text += cellText(row.siblingAtColumn(column).data());
        }
        text += u'\n';
    }
    return text;
}

void CaseTable::moveCurrent(int rows)
{
    if (!model() || model()->rowCount() == 0)
        return;
    const QModelIndex current = currentIndex();
    const int row = current.isValid() ? qBound(0, current.row() + rows, model()->rowCount() - 1) : 0;
    int column = current.isValid() ? current.column() : 0;
    if (isColumnHidden(column))
        column = horizontalHeader()->logicalIndexAt(0);
    setCurrentIndex(model()->index(row, qMax(0, column)));
    scrollTo(currentIndex());
}

void CaseTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        horizontalScrollBar()->triggerAction(event->key() == Qt::Key_Left ? QAbstractSlider::SliderPageStepSub
                                                                          : QAbstractSlider::SliderPageStepAdd);
        return;
    }
    QTableView::keyPressEvent(event);
}

void CaseTable::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    const int left = horizontalScrollBar()->value();
    QTableView::scrollTo(index, hint);
    horizontalScrollBar()->setValue(left);
}

void CaseTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitRows();
}

void CaseTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_quiet && current.isValid() && current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

void CaseTable::focusInEvent(QFocusEvent *event)
{
    const bool hadNone = !currentIndex().isValid();
    const QScopedValueRollback guard(m_quiet, true);
    QTableView::focusInEvent(event);
    if (hadNone && selectionModel())
        selectionModel()->clearCurrentIndex(); // the first row is nobody's choice yet
}

void CaseTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    m_quiet = true; // the selection model hears of it next, and moves to a neighbour
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

void CaseTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { m_quiet = false; });
}

} // namespace casement
