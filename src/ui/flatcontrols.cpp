#include "ui/flatcontrols.h"

#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPolygonF>
#include <QStyleOption>
#include <QWidget>

namespace casement::flat {

namespace {

/// An arrow without a stem, in the middle of its place.
void drawChevron(QPainter &painter, const QRect &place, bool up, const QColor &ink)
{
    const QPointF c = QRectF(place).center();
    const qreal tip = up ? -1.75 : 1.75;
    painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{{c.x() - 3.5, c.y() - tip}, {c.x(), c.y() + tip}, {c.x() + 3.5, c.y() - tip}});
}

QColor arrowInk(const QStyleOption &option, bool isEnabled)
{
    return option.palette.color(isEnabled ? QPalette::Normal : QPalette::Disabled, QPalette::Text);
}

} // namespace

void drawFocusMark(QPainter &painter, const QRectF &rect, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::colors().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

void drawRowMark(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!view || !view->hasFocus())
        return;
    const QModelIndex current = view->currentIndex();
    if (current.isValid() && current.row() == index.row() && current.parent() == index.parent())
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                         Theme::colors().accent);
}

void drawField(QPainter &painter, const QStyleOption &option, bool withGround)
{
    const ThemeColors &colors = Theme::colors();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool focused = enabled && option.state.testFlag(QStyle::State_HasFocus);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = focused ? 2 : 1;
    const qreal inset = width / 2; // whole pixels: a line across two of them has hardly half of its colour
    painter.setPen(QPen(focused ? colors.accent : enabled ? colors.edge : colors.border, width));
    painter.setBrush(withGround ? option.palette.brush(QPalette::Base) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), cornerRadius, cornerRadius);
    painter.restore();
}

void drawFrame(QPainter &painter, const QStyleOption &option)
{
    const ThemeColors &colors = Theme::colors();
    painter.save();
    painter.setPen(option.state.testFlag(QStyle::State_HasFocus) ? colors.accent : colors.border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.restore();
}

bool isMarkedDefault(const QStyleOptionButton &button, const QWidget *widget)
{
    return button.state.testFlag(QStyle::State_Enabled)
        && (button.features.testFlag(QStyleOptionButton::DefaultButton)
            || (widget && widget->property("primary").toBool()));
}

void drawButton(QPainter &painter, const QStyleOption &option, const QStyleOptionButton *button, const QWidget *widget)
{
    const ThemeColors &colors = Theme::colors();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool down = option.state.testFlag(QStyle::State_Sunken);
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const bool isDefault = button && isMarkedDefault(*button, widget);
    QColor ground = option.palette.color(QPalette::Button);
    QColor edge = enabled ? colors.edge : colors.border;
    if (isDefault) {
        ground = down ? colors.accent.darker(115) : hovered ? colors.accent.darker(107) : colors.accent;
        edge = ground;
    } else if (option.state.testFlag(QStyle::State_On)) {
        ground = option.palette.color(QPalette::Highlight);
    } else if (enabled && down) {
        ground = option.palette.color(QPalette::Mid);
    } else if (hovered) {
        ground = option.palette.color(QPalette::Midlight);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
    painter.restore();
}

void drawArrow(QPainter &painter, const QStyleOption &option, const QRect &place, Qt::ArrowType direction)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle = QRectF(place).center();
    painter.translate(middle);
    if (direction == Qt::LeftArrow || direction == Qt::RightArrow)
        painter.rotate(-90);
    const bool up = direction == Qt::UpArrow || direction == Qt::LeftArrow;
    drawChevron(painter, QRect(-4, -4, 8, 8), up, arrowInk(option, option.state.testFlag(QStyle::State_Enabled)));
    painter.restore();
}

void drawComboBox(QPainter &painter, const QStyleOptionComboBox &box, const QStyle &style, const QWidget *widget)
{
    const bool enabled = box.state.testFlag(QStyle::State_Enabled);
    if (box.frame) {
        if (box.editable)
            drawField(painter, box, true);
        else
            drawButton(painter, box, nullptr, widget);
    }
    if (!box.subControls.testFlag(QStyle::SC_ComboBoxArrow))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    drawChevron(painter, style.subControlRect(QStyle::CC_ComboBox, &box, QStyle::SC_ComboBoxArrow, widget), false,
                arrowInk(box, enabled));
    painter.restore();
}

void drawSpinBox(QPainter &painter, const QStyleOptionSpinBox &box, const QStyle &style, const QWidget *widget)
{
    const ThemeColors &colors = Theme::colors();
    if (box.frame)
        drawField(painter, box, true);
    if (box.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const bool enabled = box.state.testFlag(QStyle::State_Enabled);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto &[control, step] : {std::pair(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled),
                                        std::pair(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled)}) {
        const QRect place = style.subControlRect(QStyle::CC_SpinBox, &box, control, widget);
        if (box.activeSubControls == control && box.state.testFlag(QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors.chipGround);
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 2, 2);
        }
        drawChevron(painter, place, control == QStyle::SC_SpinBoxUp,
                    arrowInk(box, enabled && (box.stepEnabled & step)));
    }
    painter.restore();
}

void drawGroove(QPainter &painter, const QStyleOption &option)
{
    const QRectF groove = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal radius = qMin(cornerRadius, groove.height() / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::colors().edge);
    painter.setBrush(option.palette.color(QPalette::Base));
    painter.drawRoundedRect(groove, radius, radius);
    painter.restore();
}

void drawProgress(QPainter &painter, const QStyleOptionProgressBar &bar)
{
    const double part = double(qint64(bar.progress) - bar.minimum) / double(qint64(bar.maximum) - bar.minimum);
    QRectF done = QRectF(bar.rect).adjusted(1, 1, -1, -1);
    const double width = done.width() * qBound(0.0, part, 1.0);
    if (width < 1)
        return;
    const bool fromRight = (bar.direction == Qt::RightToLeft) != bar.invertedAppearance;
    fromRight ? done.setLeft(done.right() - width) : done.setWidth(width);
    const qreal radius = qMin(qMin(cornerRadius, done.height() / 2), width / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::colors().accent);
    painter.drawRoundedRect(done, radius, radius);
    painter.restore();
}

void drawMenuSeparator(QPainter &painter, const QStyleOptionMenuItem &item)
{
    const QRect rect = item.rect.adjusted(8, 0, -8, 0);
    const int middle = rect.center().y();
    if (item.text.isEmpty()) {
        painter.fillRect(QRect(rect.left(), middle, rect.width(), 1), Theme::colors().border);
        return;
    }
    painter.save();
    painter.setFont(item.font);
    painter.setPen(Theme::colors().mutedText);
    const int words = item.fontMetrics.horizontalAdvance(item.text) + 8;
    painter.drawText(rect, int(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine, item.text);
    if (words < rect.width())
        painter.fillRect(
            QStyle::visualRect(item.direction, rect, QRect(rect.left() + words, middle, rect.width() - words, 1)),
            Theme::colors().border);
    painter.restore();
}

void drawGroupTitle(QPainter &painter, const QStyleOptionGroupBox &box)
{
    painter.save();
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(box.palette.color(QPalette::WindowText));
    painter.drawText(QRect(box.rect.left(), box.rect.top(), box.rect.width(), box.fontMetrics.height()),
                     int(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextShowMnemonic, box.text);
    painter.restore();
}

} // namespace casement::flat
