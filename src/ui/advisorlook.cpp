#include "ui/advisorlook.h"

#include "models/roles.h"
#include "support/advisorresult.h"
#include "ui/flatcontrols.h"
#include "ui/icons.h"

#include <QAbstractItemView>
#include <QPainter>

namespace casement {

using namespace Qt::StringLiterals;

namespace advisorlook {

QString iconName(const QString &status)
{
    if (status == "error"_L1)
        return u"error"_s;
    if (status == "warning"_L1)
        return u"warning"_s;
    return status == "ok"_L1 ? u"check"_s : u"info"_s;
}

QColor color(const QString &status)
{
    const ThemeColors &colors = Theme::colors();
    if (status == "error"_L1)
        return colors.dark ? QColor(0xff, 0x8f, 0x85) : QColor(0xb4, 0x23, 0x18);
    if (status == "warning"_L1)
        return colors.dark ? QColor(0xf5, 0xc2, 0x5c) : QColor(0x8a, 0x5a, 0x00);
    if (status == "ok"_L1)
        return colors.dark ? QColor(0x6f, 0xcf, 0x8f) : QColor(0x1b, 0x75, 0x3b);
    return colors.mutedText;
}

QIcon icon(const QString &status) { return icons::icon(iconName(status), color(status)); }

} // namespace advisorlook

void AdvisorDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus; // rows are chosen, not cells
    const QString column = index.model()->headerData(index.column(), Qt::Horizontal, ColumnIdRole).toString();
    if (column == m_statusColumn) {
        const QString status = index.data(StatusCodeRole).toString();
        if (!status.isEmpty()) {
            option->icon = advisorlook::icon(status);
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->decorationSize = QSize(16, 16);
        }
    } else if (column == "change"_L1) {
        const auto change = AdvisorChange(index.data(ChangeRole).toInt());
        QColor ink;
        if (change == AdvisorChange::New || change == AdvisorChange::Worse)
            ink = advisorlook::color(u"error"_s);
        else if (change == AdvisorChange::Better || change == AdvisorChange::Gone)
            ink = advisorlook::color(u"ok"_s);
        if (ink.isValid()) {
            option->palette.setColor(QPalette::Text, ink);
            option->font.setWeight(QFont::DemiBold);
        }
    }
}

void AdvisorDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem seen = option;
    // Numbers end where the column does: one that is half in sight would show some of its digits as if it were all.
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view && (index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight))
        seen.rect &= view->viewport()->rect();
    QStyledItemDelegate::paint(painter, seen, index);
    flat::drawRowMark(*painter, option, index);
}

QSize AdvisorDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight((option.fontMetrics.height() + 12) / 4 * 4);
    return size;
}

} // namespace casement
