#include "ui/flowlayout.h"

#include <QBoxLayout>
#include <QWidget>

namespace casement {

FlowLayout::FlowLayout(QWidget *parent) : QLayout(parent) { }

FlowLayout::~FlowLayout() { qDeleteAll(m_items); }

void FlowLayout::addItem(QLayoutItem *item) { m_items.append(item); }

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::sizeHint() const
{
    QSize size(0, 0);
    for (const QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize hint = item->sizeHint();
        size.rwidth() += hint.width() + qMax(0, spacing());
        size.setHeight(qMax(size.height(), hint.height()));
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

QSize FlowLayout::minimumSize() const
{
    QSize size(0, 0);
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

/// Returns the height that is needed. Lines are as high as their highest item, the others stand in the middle.
int FlowLayout::arrange(const QRect &rect, bool move) const
{
    const QRect area = rect.marginsRemoved(contentsMargins());
    const int gap = qMax(0, spacing());
    const bool rightToLeft = parentWidget() && parentWidget()->layoutDirection() == Qt::RightToLeft;
    int top = area.top();
    QList<std::pair<QLayoutItem *, QRect>> line;
    int lineHeight = 0;
    int left = area.left();
    const auto endLine = [&] {
        for (const auto &[item, place] : std::as_const(line)) {
            QRect where = place;
            where.moveTop(top + (lineHeight - place.height()) / 2);
            if (rightToLeft)
                where.moveLeft(area.left() + area.right() - where.right());
            if (move)
                item->setGeometry(where);
        }
        top += lineHeight;
        line.clear();
        lineHeight = 0;
        left = area.left();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint().expandedTo(item->minimumSize());
        size.setWidth(qMin(size.width(), qMax(area.width(), item->minimumSize().width())));
        if (!line.isEmpty() && left + size.width() > area.right() + 1) {
            endLine();
            top += gap;
        }
        line.append({item, QRect(QPoint(left, top), size)});
        left += size.width() + gap;
        lineHeight = qMax(lineHeight, size.height());
    }
    endLine();
    return top - rect.top() + contentsMargins().bottom();
}

void placeBesideOrBelow(QBoxLayout &row, QLayout &first, QLayout &second, int room, Qt::Alignment below)
{
    const bool fits = first.minimumSize().width() + row.spacing() + second.minimumSize().width() <= room;
    const auto wanted = fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (row.direction() == wanted)
        return;
    row.setDirection(wanted);
    row.setAlignment(&second, fits ? Qt::Alignment() : below);
}

} // namespace casement
