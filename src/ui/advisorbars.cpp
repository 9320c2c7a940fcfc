#include "ui/advisorbars.h"

#include "models/advisortext.h"
#include "models/displaytext.h"
#include "models/roles.h"
#include "ui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace casement {

namespace {

constexpr int leastBar = 40; // of the longest one
constexpr int fractionRole = Qt::UserRole + 500; // double, of the longest bar
constexpr int amountRole = fractionRole + 1; // QString

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
        const QRect row = option.rect.adjusted(8, 0, -8, 0);
        const QFontMetrics metrics(option.font);
        // Amounts and names as wide as they are, while a short bar is left beside them.
        int amounts = 0;
        int names = 0;
        for (int i = 0; i < index.model()->rowCount(); ++i) {
            const QModelIndex one = index.siblingAtRow(i);
            amounts = std::max(amounts, metrics.horizontalAdvance(one.data(amountRole).toString()));
            names = std::max(names, metrics.horizontalAdvance(one.data().toString()) + 9);
        }
        names = std::min(names, row.width() - amounts - 8 - leastBar);
        painter->setFont(option.font);
        painter->setPen(colors.palette.color(QPalette::Text));
        const QRect name(row.left(), row.top(), names - 8, row.height());
        painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
        painter->drawText(QRect(row.right() - amounts, row.top(), amounts, row.height()),
                          Qt::AlignVCenter | Qt::AlignRight, index.data(amountRole).toString());
        const int room = row.width() - names - amounts - 8;
        const int bar = std::max(2, int(room * index.data(fractionRole).toDouble()));
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(QRectF(row.left() + names, row.center().y() - 5, bar, 10), 3, 3);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, (option.fontMetrics.height() + 10) / 4 * 4};
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
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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
    updateGeometry();
}

QSize AdvisorBars::sizeHint() const
{
    const int rows = std::max(1, m_model->rowCount());
    return {280, rows * ((fontMetrics().height() + 10) / 4 * 4) + 2};
}

} // namespace casement
