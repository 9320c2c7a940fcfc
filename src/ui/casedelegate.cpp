#include "ui/casedelegate.h"

#include "models/caselistmodel.h"
#include "models/names.h"
#include "models/roles.h"
#include "ui/casetable.h"
#include "ui/flatcontrols.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QList<int> belowSubject(const QWidget *widget)
{
    const auto *table = qobject_cast<const CaseTable *>(widget);
    return table ? table->belowSubject() : QList<int>();
}

bool isStarFolded(const QWidget *widget)
{
    const auto *table = qobject_cast<const CaseTable *>(widget);
    return table && table->isColumnHidden(CaseListModel::Star);
}

void drawAccountMark(QPainter &painter, const QModelIndex &index, qreal left, qreal middle)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(accountColor(index.data(AccountColorRole).toInt(), Theme::colors().dark));
    painter.drawRoundedRect(QRectF(left, middle - 4.5, 9, 9), 3, 3);
    painter.restore();
}

/// A bar in the account's colour beside the rows of its group.
void drawGroup(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *table = qobject_cast<const CaseTable *>(option.widget);
    const CaseListModel *cases = table ? table->grouped() : nullptr;
    if (!cases)
        return;
    const QColor color = accountColor(index.data(AccountColorRole).toInt(), Theme::colors().dark);
    const QRect cell = option.rect;
    if (table->columnViewportPosition(index.column()) == -table->horizontalScrollBar()->value())
        painter.fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), color);
}

void drawStar(QPainter &painter, const QRect &cell, bool isStarred, bool isSelected)
{
    const ThemeColors &colors = Theme::colors();
    QColor ink = isStarred ? colors.accent : colors.mutedText;
    if (isSelected)
        ink = colors.palette.color(QPalette::HighlightedText);
    const QRect place(cell.left() + (CaseTable::starWidth - 16) / 2, cell.center().y() - 8, 16, 16);
    painter.save();
    if (!isStarred)
        painter.setOpacity(0.45); // it is there to be clicked, and not in the way
    icons::icon(isStarred ? u"star-filled"_s : u"star"_s, ink).paint(&painter, place);
    painter.restore();
}

/// Pictures at the end of the subject for what the person marked; the width that they take.
int drawMarks(QPainter &painter, const QModelIndex &index, const QRect &line, const QColor &ink, bool withStar)
{
    int right = line.right();
    const auto draw = [&](const QString &name) {
        icons::icon(name, ink).paint(&painter, QRect(right - 14, line.center().y() - 7, 14, 14));
        right -= 20;
    };
    if (withStar && index.data(StarredRole).toBool())
        draw(u"star-filled"_s);
    if (!index.data(NoteRole).toString().isEmpty())
        draw(u"note"_s);
    if (index.data(MutedRole).toBool())
        draw(u"mute"_s);
    return line.right() - right;
}

/// Account and what else found no room for a column of its own.
void drawBelow(QPainter &painter, const QModelIndex &subject, const QList<int> &columns, const QRect &area,
               const QFontMetrics &metrics)
{
    QString account;
    QStringList others;
    for (const int column : columns) {
        const QModelIndex cell = subject.siblingAtColumn(column);
        if (column == CaseListModel::Account)
            account = cell.data().toString();
        else
            others.append(cell.data().toString());
    }
    QString tail = others.join(u" · "_s);
    QRect rest = area;
    if (!account.isEmpty()) {
        drawAccountMark(painter, subject, rest.left(), rest.center().y() + 0.5);
        rest.adjust(15, 0, 0, 0);
        if (!tail.isEmpty())
            tail.prepend(u" · "_s);
        // The name gives way first, but not below some letters. Each is drawn by itself: together they may be a
        // pixel wider, for which the end would be cut.
        const int least = qMin(metrics.horizontalAdvance(account), metrics.averageCharWidth() * 4);
        const int room = qMax(least, rest.width() - metrics.horizontalAdvance(tail));
        const QString name = metrics.elidedText(account, Qt::ElideRight, room);
        painter.drawText(rest, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, name);
        rest.setLeft(rest.left() + metrics.horizontalAdvance(name));
    }
    painter.drawText(rest, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                     metrics.elidedText(tail, Qt::ElideRight, rest.width()));
}

} // namespace

void CaseDelegate::paint(QPainter *painter, const QStyleOptionViewItem &whole, const QModelIndex &index) const
{
    const ThemeColors &colors = Theme::colors();
    QStyleOptionViewItem option = whole; // below the heading of a group
    if (const auto *table = qobject_cast<const CaseTable *>(whole.widget))
        option.rect.setTop(whole.rect.top() + table->headingAbove(index.row()));
    const QRect cell = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool unread = index.data(UnreadRole).toBool();
    if (selected)
        painter->fillRect(cell, colors.palette.color(QPalette::Highlight));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(cell, colors.palette.color(QPalette::AlternateBase));
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), colors.line);
    drawGroup(*painter, option, index);
    flat::drawRowMark(*painter, option, index);

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
        QColor edge = pill.text; // the ground alone is lost on that of a selected row
        edge.setAlphaF(0.5F);
        painter->setPen(selected ? QPen(edge) : QPen(Qt::NoPen));
        painter->setBrush(pill.ground);
        painter->drawRoundedRect(ground, height / 2.0, height / 2.0);
        painter->setPen(pill.text);
        painter->drawText(ground, Qt::AlignCenter, plain.elidedText(text, Qt::ElideRight, width - 8));
        painter->restore();
        return;
    }
    if (column == CaseListModel::Star) {
        drawStar(*painter, cell, index.data(StarredRole).toBool(), selected);
        text.clear();
    }
    if (column == CaseListModel::Subject) {
        area.setLeft(cell.left() + CaseTable::subjectIndent);
        const QList<int> below = belowSubject(option.widget);
        if (!below.isEmpty()) {
            const QFontMetrics plain(option.font);
            const int top = (area.height() - metrics.height() - plain.height()) / 2;
            const QRect line(area.left(), area.top() + top + metrics.height(), area.width(), plain.height());
            area.setRect(area.left(), area.top() + top, area.width(), metrics.height());
            painter->setFont(option.font);
            painter->setPen(selected ? ink : colors.mutedText);
            drawBelow(*painter, index, below, line, plain);
            painter->setFont(font);
        }
        area.setRight(
            area.right()
            - drawMarks(*painter, index, area, selected ? ink : colors.mutedText, isStarFolded(option.widget)));
        if (unread) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.accent);
            painter->drawEllipse(QRectF(cell.left() + 6, area.center().y() - 3, 7, 7));
            painter->restore();
        }
    } else if (column == CaseListModel::Account) {
        drawAccountMark(*painter, index, area.left(), area.center().y() + 0.5);
        area.adjust(15, 0, 0, 0);
    } else if (column != CaseListModel::Status && !selected) {
        ink = colors.mutedText;
    }
    painter->setPen(ink);
    const Qt::Alignment alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    painter->drawText(area, int((alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter) | Qt::TextSingleLine,
                      metrics.elidedText(text, Qt::ElideRight, area.width()));
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
        QFont font = option.font;
        font.setBold(index.data(UnreadRole).toBool());
        if (QFontMetrics(font).horizontalAdvance(shown) > option.rect.width() - 16)
            text = plainToolTip(shown);
    }
    if (index.column() == CaseListModel::Subject) {
        const QList<int> below = belowSubject(view);
        for (const int column : below)
            text += plainToolTip(index.siblingAtColumn(column).data().toString());
    }
    QToolTip::showText(event->globalPos(), text, view->viewport(), option.rect);
    return true;
}

} // namespace casement
