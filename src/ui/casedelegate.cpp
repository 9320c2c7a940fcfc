#include "ui/casedelegate.h"

#include "models/caselistmodel.h"
#include "models/roles.h"
#include "ui/plaintext.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// Then the subject carries the account's colour.
bool hidesAccount(const QWidget *widget)
{
    const auto *table = qobject_cast<const QTableView *>(widget);
    return table && table->isColumnHidden(CaseListModel::Account);
}

} // namespace

void CaseDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = Theme::colors();
    const QRect cell = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool unread = index.data(UnreadRole).toBool();
    if (selected)
        painter->fillRect(cell, colors.palette.color(QPalette::Highlight));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(cell, colors.palette.color(QPalette::AlternateBase));
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), colors.line);

    const int column = index.column();
    QString text = index.data(Qt::DisplayRole).toString();
    QFont font = option.font;
    font.setBold(unread);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    QRect area = cell.adjusted(8, 0, -8, -1);
    QColor ink = colors.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);

    if (column == CaseListModel::Severity && !text.isEmpty()) {
        font.setBold(false);
        painter->setFont(font);
        const ThemeColors::Pill pill = colors.severity(index.data(SeverityCodeRole).toString());
        const QFontMetrics plain(font);
        const int height = qMin(area.height() - 4, plain.height() + 4);
        const int width = qMin(area.width(), plain.horizontalAdvance(text) + 18);
        const QRectF ground(area.left(), area.center().y() - height / 2.0 + 0.5, width, height);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(pill.ground);
        painter->drawRoundedRect(ground, height / 2.0, height / 2.0);
        painter->setPen(pill.text);
        painter->drawText(ground, Qt::AlignCenter, plain.elidedText(text, Qt::ElideRight, width - 8));
        painter->restore();
        return;
    }
    if (column == CaseListModel::Subject) {
        if (unread) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.accent);
            painter->drawEllipse(QRectF(area.left() - 2, area.center().y() - 3, 7, 7));
            painter->restore();
        }
        area.adjust(10, 0, 0, 0);
    }
    if (column == CaseListModel::Account || (column == CaseListModel::Subject && hidesAccount(option.widget))) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(accountColor(index.data(AccountColorRole).toInt(), colors.dark));
        painter->drawRoundedRect(QRectF(area.left(), area.center().y() - 4, 9, 9), 3, 3);
        painter->restore();
        area.adjust(15, 0, 0, 0);
    } else if (column == CaseListModel::Subject) {
        // in the ink of text
    } else if (!selected && column != CaseListModel::Status) {
        ink = colors.mutedText;
    }
    painter->setPen(ink);
    const Qt::Alignment alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    painter->drawText(area, int((alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter) | Qt::TextSingleLine,
                      metrics.elidedText(text, Qt::ElideRight, area.width()));

    if (option.state.testFlag(QStyle::State_HasFocus)) {
        // The current cell, for those who walk by keys.
        painter->fillRect(QRect(cell.left(), cell.bottom() - 1, cell.width(), 2), colors.accent);
    }
}

QSize CaseDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics metrics(option.font);
    return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + 36, metrics.height() + 12};
}

bool CaseDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text = index.data(Qt::ToolTipRole).toString(); // escaped by the model
    if (text.isEmpty()) {
        const QString shown = index.data(Qt::DisplayRole).toString();
        if (QFontMetrics(option.font).horizontalAdvance(shown) > option.rect.width() - 16)
            text = plainToolTip(shown);
    }
    if (index.column() == CaseListModel::Subject && hidesAccount(view)) {
        const QString account = plainToolTip(index.data(AccountNameRole).toString());
        text = text.isEmpty() ? account : text + u"<br>"_s + account;
    }
    QToolTip::showText(event->globalPos(), text, view->viewport(), option.rect);
    return true;
}

} // namespace casement
