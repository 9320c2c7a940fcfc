#include "ui/advisorbars.h"

#include "models/advisortext.h"
#include "models/displaytext.h"
#include "models/roles.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>
#include <utility>

namespace casement {

namespace {

constexpr int leastBar = 40; // of the longest one
constexpr int fractionRole = Qt::UserRole + 500; // double, of the longest bar
constexpr int amountRole = fractionRole + 1; // QString

constexpr int beforeAmount = 8;
constexpr int mostGrowth = 3; // of a row
constexpr int thinnest = 10;
constexpr int thickest = 24; // bars

/// What the widest name and the widest amount need.
struct Widths
{
    int names = 0;
    int amounts = 0;
};

Widths widthsOf(const QAbstractItemModel &model, const QFontMetrics &metrics)
{
    Widths widths;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex one = model.index(i, 0);
        widths.amounts = std::max(widths.amounts, metrics.horizontalAdvance(one.data(amountRole).toString()));
        widths.names = std::max(widths.names, metrics.horizontalAdvance(one.data().toString()) + 9);
    }
    return widths;
}

int barRowHeight(const QFontMetrics &metrics, bool isTwoLined)
{
    return isTwoLined ? (metrics.height() * 2 + 14) / 4 * 4 : (metrics.height() + 10) / 4 * 4;
}

class BarDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ThemeColors &colors = Theme::colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setBrush(colors.chipGround);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 4, 4);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(colors.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(3, 2, -3, -2), 4, 4);
        }
        const auto *view = qobject_cast<const AdvisorBars *>(option.widget);
        const bool isTwoLined = view && view->isTwoLined();
        const QFontMetrics metrics(option.font);
        const Widths widths = widthsOf(*index.model(), metrics);
        QRect row = option.rect.adjusted(8, 0, -8, 0);
        QRect name = row;
        if (isTwoLined) {
            const int spare = std::max(0, row.height() - barRowHeight(metrics, true)) / 2;
            row.adjust(0, spare, 0, -spare);
            name = row;
            row.setTop(row.top() + metrics.height() + 4);
            name.setBottom(row.top() + 3);
        }
        const int thickness = std::clamp((row.height() - metrics.height()) / 2, thinnest, thickest);
        const int names =
            isTwoLined ? 0 : std::min(widths.names, row.width() - widths.amounts - beforeAmount - leastBar);
        if (!isTwoLined)
            name.setWidth(names - 8);
        painter->setFont(option.font);
        painter->setPen(colors.palette.color(QPalette::Text));
        painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
        painter->drawText(QRect(row.right() - widths.amounts, row.top(), widths.amounts, row.height()),
                          Qt::AlignVCenter | Qt::AlignRight, index.data(amountRole).toString());
        const int room = row.width() - names - widths.amounts - beforeAmount;
        const int bar = std::max(2, int(room * index.data(fractionRole).toDouble()));
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(QRectF(row.left() + names, row.center().y() - thickness / 2, bar, thickness), 3, 3);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const auto *view = qobject_cast<const AdvisorBars *>(option.widget);
        return {200, view ? view->rowHeight() : barRowHeight(option.fontMetrics, false)};
    }
};

} // namespace

AdvisorBars::AdvisorBars(QWidget *parent) : QListView(parent), m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setItemDelegate(new BarDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    viewport()->setCursor(Qt::PointingHandCursor);
    viewport()->setAutoFillBackground(false);
    connect(this, &QAbstractItemView::clicked, this, &AdvisorBars::choose);
    connect(this, &QAbstractItemView::activated, this, &AdvisorBars::choose);
}

void AdvisorBars::choose(const QModelIndex &index)
{
    if (index.row() >= 0 && index.row() < m_bars.size())
        Q_EMIT checkChosen(m_bars.at(index.row()).account, m_bars.at(index.row()).checkId);
}

void AdvisorBars::show(const QList<Bar> &bars)
{
    if (bars == m_bars)
        return;
    const int row = currentIndex().row();
    m_bars = bars;
    retranslate();
    if (row >= 0 && row < m_bars.size())
        setCurrentIndex(m_model->index(row, 0));
}

void AdvisorBars::retranslate()
{
    const QLocale locale;
    m_model->clear();
    const double most = m_bars.isEmpty() ? 1 : m_bars.constFirst().savings;
    for (const Bar &bar : std::as_const(m_bars)) {
        QString name = displayText(bar.name);
        if (!bar.accountName.isEmpty())
            name += QStringLiteral(" · ") + displayText(bar.accountName);
        const QString amount = AdvisorText::money(bar.savings, locale);
        auto *item = new QStandardItem(name);
        item->setData(most > 0 ? bar.savings / most : 0, fractionRole);
        item->setData(amount, amountRole);
        item->setData(bar.checkId, CheckIdRole);
        //: What a screen reader says of a bar: the check, and what it could save
        item->setAccessibleText(tr("%1, %2 a month").arg(name, amount));
        item->setToolTip(toolTipText(name));
        m_model->appendRow(item);
    }
    fitLines();
    updateGeometry();
    fitHeights();
}

int AdvisorBars::rowHeight() const
{
    const int least = barRowHeight(fontMetrics(), m_isTwoLined);
    return std::clamp(viewport()->height() / std::max(1, m_model->rowCount()), least, least * mostGrowth);
}

void AdvisorBars::fitHeights()
{
    const int rows = std::max(1, m_model->rowCount());
    setMaximumHeight(rows * barRowHeight(fontMetrics(), m_isTwoLined) * mostGrowth + 2);
    const int height = rowHeight();
    if (std::exchange(m_rowHeight, height) != height)
        scheduleDelayedItemsLayout();
}

/// One line where the bars keep some room beside the names.
void AdvisorBars::fitLines()
{
    const Widths widths = widthsOf(*m_model, fontMetrics());
    const bool isTwoLined = widths.names + widths.amounts + beforeAmount + leastBar > viewport()->width() - 16;
    if (isTwoLined == m_isTwoLined)
        return;
    m_isTwoLined = isTwoLined;
    scheduleDelayedItemsLayout();
    updateGeometry();
    fitHeights();
}

void AdvisorBars::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    fitLines();
    fitHeights();
}

void AdvisorBars::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitLines();
        updateGeometry();
        fitHeights();
    }
}

QSize AdvisorBars::sizeHint() const
{
    const int rows = std::max(1, m_model->rowCount());
    return {280, rows * barRowHeight(fontMetrics(), m_isTwoLined) + 2};
}

} // namespace casement
