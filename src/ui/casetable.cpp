#include "ui/casetable.h"

#include "models/caselistmodel.h"
#include "models/roles.h"
#include "ui/accountswatch.h"
#include "ui/casedelegate.h"
#include "ui/icons.h"
#include "ui/quiettable.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyleOptionHeader>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// The heading of the subjects begins where they begin: right of the mark of unread ones.
class CaseHeader final : public QHeaderView
{
public:
    explicit CaseHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) { }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        if (section == CaseListModel::Subject || section == CaseListModel::Star)
            option->text.clear(); // paintSection() puts it where it belongs
    }

    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        painter->save();
        QHeaderView::paintSection(painter, rect, section);
        painter->restore();
        if (section == CaseListModel::Star)
            icons::icon(u"star"_s, Theme::colors().mutedText)
                .paint(painter, QRect(rect.left() + (CaseTable::starWidth - 16) / 2, rect.center().y() - 7, 16, 16));
        if (section != CaseListModel::Subject)
            return;
        QStyleOptionHeaderV2 label;
        initStyleOption(&label);
        label.rect = rect;
        QHeaderView::initStyleOptionForIndex(&label, section);
        label.rect = style()->subElementRect(QStyle::SE_HeaderLabel, &label, this);
        label.rect.setLeft(qMin(rect.left() + CaseTable::subjectIndent, label.rect.right()));
        label.text = label.fontMetrics.elidedText(label.text, Qt::ElideRight, label.rect.right() - label.rect.left());
        style()->drawControl(QStyle::CE_HeaderLabel, &label, painter, this);
    }
};

} // namespace

CaseTable::CaseTable(QWidget *parent) : QTableView(parent)
{
    setHorizontalHeader(new CaseHeader(this));
    setItemDelegate(new CaseDelegate(this));
    setUpQuietly(*this);
    setMouseTracking(true);
    QHeaderView *header = horizontalHeader();
    header->setObjectName(u"caseHeader"_s);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setMinimumSectionSize(starWidth);
    m_fitting.setSingleShot(true);
    connect(&m_fitting, &QTimer::timeout, this, &CaseTable::fitGroups);
    fitRows();
    connect(this, &QAbstractItemView::doubleClicked, this, &CaseTable::opened);
}

void CaseTable::fitRows()
{
    const int height = fontMetrics().height() * (m_below.isEmpty() ? 1 : 2) + 12;
    verticalHeader()->setDefaultSectionSize((height + 3) / 4 * 4);
    fitGroups();
}

bool CaseTable::beginsGroup(int row) const
{
    const CaseListModel *cases = grouped();
    return cases && (row == 0 || cases->beginsGroup(row));
}

int CaseTable::headingAbove(int row) const
{
    return beginsGroup(row) ? qMax(0, verticalHeader()->sectionSize(row) - verticalHeader()->defaultSectionSize()) : 0;
}

/// Rows that begin a group make room for its heading; those that no longer do give it back.
void CaseTable::fitGroups()
{
    QHeaderView *header = verticalHeader();
    const bool hadNone = m_heads.isEmpty();
    m_heads.clear();
    if (!model() || (hadNone && !grouped()))
        return;
    const int usual = header->defaultSectionSize();
    const int high = usual + (fontMetrics().height() + 12 + 3) / 4 * 4;
    for (int row = 0; row < header->count(); ++row) {
        const bool begins = beginsGroup(row);
        if (begins)
            m_heads.append(row);
        if (const int size = begins ? high : usual; header->sectionSize(row) != size)
            header->resizeSection(row, size);
    }
    viewport()->update();
}

/// Over what the rows painted there.
void CaseTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!grouped())
        return;
    QPainter painter(viewport());
    for (int row = qMax(0, rowAt(event->rect().top())); row < model()->rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top > event->rect().bottom())
            break;
        if (const int height = headingAbove(row); height > 0)
            paintHeading(painter, QRect(0, top, viewport()->width(), height), row);
    }
}

void CaseTable::paintHeading(QPainter &painter, const QRect &place, int row)
{
    const ThemeColors &colors = Theme::colors();
    const QModelIndex index = model()->index(row, CaseListModel::Account);
    painter.fillRect(place, colors.palette.color(QPalette::Window));
    painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), colors.line);
    painter.save();
    const bool hasTrouble = !index.data(TroubleRole).toString().isEmpty();
    if (hasTrouble) {
        accountTroubleSwatch().paint(&painter, QRect(6, place.center().y() - 6, 14, 14));
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(accountColor(index.data(AccountColorRole).toInt(), colors.dark));
        painter.drawRoundedRect(QRectF(8, place.center().y() - 4.5, 10, 10), 3, 3);
    }
    painter.restore();
    const auto next = std::upper_bound(m_heads.cbegin(), m_heads.cend(), row);
    const int count = (next == m_heads.cend() ? model()->rowCount() : *next) - row;
    QString cases = tr("%Ln case(s)", nullptr, count);
    if (hasTrouble)
        //: Heading of an account in the case list; %1: "3 cases"
        cases = tr("%1 · not refreshed").arg(cases);
    QFont font = this->font();
    painter.setFont(font);
    painter.setPen(hasTrouble ? colors.warningText : colors.mutedText);
    const QRect area = place.adjusted(26, 0, -8, 0);
    const int width = QFontMetrics(font).horizontalAdvance(cases);
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QString name =
        metrics.elidedText(index.data().toString(), Qt::ElideMiddle, qMax(0, area.width() - width - 16));
    painter.drawText(area.adjusted(metrics.horizontalAdvance(name) + 12, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     cases);
    painter.setFont(font);
    painter.setPen(colors.palette.color(QPalette::WindowText));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, name);
}

void CaseTable::setBelowSubject(const QList<int> &columns)
{
    if (columns == m_below)
        return;
    const bool higher = columns.isEmpty() != m_below.isEmpty();
    m_below = columns;
    viewport()->update();
    if (!higher)
        return;
    // Rows change their height: what is at the top, or the current row while it is in sight, stays there.
    const QRect current = visualRect(currentIndex());
    const bool seen = currentIndex().isValid() && viewport()->rect().intersects(current);
    const QModelIndex anchor = seen ? currentIndex() : indexAt(QPoint(0, 0));
    const int offset = visualRect(anchor).top();
    fitRows();
    if (anchor.isValid())
        verticalScrollBar()->setValue(verticalHeader()->sectionPosition(anchor.row()) - qMax(0, offset));
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
            if (isColumnHidden(column) && !m_below.contains(column))
                continue;
            if (!first)
                text += u'\t';
            first = false;
            text += spreadsheetCell(row.siblingAtColumn(column).data().toString());
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

QModelIndex CaseTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if ((action == MoveHome || action == MoveEnd) && model() && model()->rowCount() > 0)
        return outermostRow(*this, action == MoveEnd);
    return QTableView::moveCursor(action, modifiers);
}

bool CaseTable::clickStar(const QMouseEvent &event)
{
    const QModelIndex index = indexAt(event.position().toPoint());
    if (index.column() != CaseListModel::Star || event.button() != Qt::LeftButton
        || (event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)))
        return false;
    m_onStar = true;
    Q_EMIT starClicked(index);
    return true;
}

void CaseTable::mousePressEvent(QMouseEvent *event)
{
    if (!clickStar(*event))
        QTableView::mousePressEvent(event);
}

void CaseTable::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_onStar) // else it would select what it moves over
        QTableView::mouseMoveEvent(event);
}

void CaseTable::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_onStar, false))
        QTableView::mouseReleaseEvent(event);
}

void CaseTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!clickStar(*event))
        QTableView::mouseDoubleClickEvent(event);
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
    for (const QModelIndex &index : {current, previous}) { // the mark is the row's, not the cell's
        if (index.isValid())
            viewport()->update(0, rowViewportPosition(index.row()), viewport()->width(), rowHeight(index.row()));
    }
    if (!m_quiet && current.isValid() && current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

/// A single chosen row is the one to be shown, also when it was chosen without being made the current one: by a screen
/// reader, or because Ctrl took the others away.
void CaseTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    QTimer::singleShot(0, this, [this] {
        const QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
        if (rows.size() == 1 && currentIndex().isValid() && rows.first().row() != currentIndex().row())
            selectionModel()->setCurrentIndex(rows.first(), QItemSelectionModel::NoUpdate);
    });
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

const CaseListModel *CaseTable::grouped() const
{
    const auto *cases = qobject_cast<const CaseListModel *>(model());
    return cases && cases->isGrouped() ? cases : nullptr;
}

/// What comes in at the top of a list that stands at its top is seen whole, not half below the headings; unless that
/// would take the current row out of sight.
void CaseTable::showFirstSoon()
{
    if (verticalScrollBar()->value() >= rowHeight(0))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            const QModelIndex current = currentIndex();
            const int bottom = current.isValid()
                ? verticalHeader()->sectionPosition(current.row()) + verticalHeader()->sectionSize(current.row())
                : 0;
            const bool isInSight = current.isValid() && viewport()->rect().intersects(visualRect(current));
            if (!isInSight || bottom <= viewport()->height())
                scrollToTop();
        },
        Qt::QueuedConnection);
}

void CaseTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { m_quiet = false; });
    const auto fitSoon = [this] {
        if ((grouped() || !m_heads.isEmpty()) && !m_fitting.isActive())
            m_fitting.start(0);
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) {
        if (first == 0)
            showFirstSoon();
    });
    connect(model, &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex &, int, int, const QModelIndex &, int row) {
                if (row == 0)
                    showFirstSoon();
            });
    connect(model, &QAbstractItemModel::rowsInserted, this, fitSoon);
    connect(model, &QAbstractItemModel::rowsRemoved, this, fitSoon);
    connect(model, &QAbstractItemModel::rowsMoved, this, fitSoon);
    connect(model, &QAbstractItemModel::layoutChanged, this, fitSoon);
    connect(model, &QAbstractItemModel::modelReset, this, fitSoon);
    fitSoon();
}

} // namespace casement
