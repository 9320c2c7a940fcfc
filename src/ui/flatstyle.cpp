#include "ui/flatcontrols.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QGroupBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPolygonF>
#include <QStyleOption>
#include <QTextEdit>
#include <QWidget>

namespace casement {

using flat::drawFocusMark;
using namespace Qt::StringLiterals;

namespace {

constexpr int scrollBarWidth = 12;
constexpr int shortestSlider = 32;
constexpr int headerMargin = 8;
constexpr int sortArrowWidth = 10;
constexpr int buttonPadding = 10;
constexpr int shortButton = 80; // Fusion makes none with a text narrower
constexpr int gridStep = 4; // of all spacing
constexpr int lineEditMargin = 5; // besides QLineEdit's own 2

/// A box or ring to tick, with an edge that is seen on every ground.
void drawTickBox(QPainter &painter, const QStyleOption &option, bool round)
{
    const ThemeColors &colors = Theme::colors();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const QColor ink = enabled ? (on || partly ? colors.accent : colors.mutedText)
                               : colors.palette.color(QPalette::Disabled, QPalette::Text);
    const QColor ground = colors.palette.color(QPalette::Base);
    const qreal side = qMin(14, qMin(option.rect.width(), option.rect.height()));
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option.rect).center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.2));
    painter.setBrush(!round && (on || partly) ? ink : ground);
    if (round)
        painter.drawEllipse(box);
    else
        painter.drawRoundedRect(box, 3, 3);
    if (round && on) {
        painter.setBrush(ink);
        painter.drawEllipse(box.adjusted(3.5, 3.5, -3.5, -3.5));
    } else if (on || partly) {
        painter.setPen(QPen(ground, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF c = box.center();
        if (on)
            painter.drawPolyline(QPolygonF{{c.x() - 3, c.y()}, {c.x() - 0.8, c.y() + 2.4}, {c.x() + 3.2, c.y() - 2.6}});
        else
            painter.drawLine(QPointF(c.x() - 3, c.y()), QPointF(c.x() + 3, c.y()));
    }
    painter.restore();
    if (option.state.testFlag(QStyle::State_HasFocus))
        drawFocusMark(painter, box.adjusted(-2, -2, 2, 2), round ? side / 2 : 4);
}

/// The whole button opens its menu.
bool opensMenu(const QStyleOptionToolButton &button)
{
    return button.features.testFlag(QStyleOptionToolButton::HasMenu)
        && !button.features.testFlag(QStyleOptionToolButton::MenuButtonPopup);
}

bool isCheckable(const QStyleOptionGroupBox &box) { return box.subControls.testFlag(QStyle::SC_GroupBoxCheckBox); }

} // namespace

FlatStyle::FlatStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_HeaderMargin:
        return headerMargin;
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_ToolBarItemSpacing:
        return 8;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_SplitterWidth:
        return 1;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return qobject_cast<const QGroupBox *>(widget) ? 0 : 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_DefaultFrameWidth: // room for the whole edge of a field; what is inside covers the rest
        return qobject_cast<const QPlainTextEdit *>(widget) ? 2 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_FocusFrameHMargin: // with a pixel of Qt's own the text stands below its heading's
        return qobject_cast<const QAbstractItemView *>(widget) ? headerMargin - 1
                                                               : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_MessageBoxIconSize:
        return 32;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *returnData) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

void FlatStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const ThemeColors &colors = Theme::colors();
    switch (element) {
    case CE_Header: {
        // QCommonStyle asks itself, not this style, where title and arrow stand, and keeps too little for the title.
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header)
            break;
        QStyleOptionHeader part(*header);
        painter->save();
        painter->setClipRect(header->rect, Qt::IntersectClip);
        proxy()->drawControl(CE_HeaderSection, header, painter, widget);
        part.rect = proxy()->subElementRect(SE_HeaderLabel, header, widget);
        if (part.rect.isValid())
            proxy()->drawControl(CE_HeaderLabel, &part, painter, widget);
        if (header->sortIndicator != QStyleOptionHeader::None) {
            part.rect = proxy()->subElementRect(SE_HeaderArrow, header, widget);
            proxy()->drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
        }
        painter->restore();
        return;
    }
    case CE_HeaderSection: {
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        if (option->state.testFlag(State_MouseOver))
            painter->fillRect(option->rect, option->palette.color(QPalette::AlternateBase));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), colors.line);
        return;
    }
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), colors.line);
        return;
    case CE_HeaderLabel: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header)
            break;
        QStyleOptionHeader quiet(*header);
        if (!(quiet.textAlignment
              & Qt::AlignVertical_Mask)) // Qt's dialog of files names none, and its titles stand high
            quiet.textAlignment |= Qt::AlignVCenter;
        quiet.palette.setColor(QPalette::ButtonText, colors.mutedText);
        return QProxyStyle::drawControl(element, &quiet, painter, widget);
    }
    case CE_ProgressBarGroove: // Fusion's is lost on a dark ground
        return flat::drawGroove(*painter, *option);
    case CE_ProgressBarContents: {
        const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
        if (!bar || bar->maximum <= bar->minimum || !bar->state.testFlag(State_Horizontal))
            break; // busy, which moves
        return flat::drawProgress(*painter, *bar);
    }
    case CE_Splitter:
        painter->fillRect(option->rect, colors.line);
        return;
    case CE_ToolBar:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), colors.line);
        return;
    case CE_MenuBarItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (!item)
            break;
        painter->fillRect(item->rect, item->palette.color(QPalette::Window));
        const bool chosen = item->state.testFlag(State_Selected);
        if (chosen)
            painter->fillRect(item->rect, item->palette.color(QPalette::Highlight));
        int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
        if (!proxy()->styleHint(SH_UnderlineShortcut, item, widget))
            flags |= Qt::TextHideMnemonic;
        proxy()->drawItemText(painter, item->rect, flags, item->palette, item->state.testFlag(State_Enabled),
                              item->text, chosen ? QPalette::HighlightedText : QPalette::WindowText);
        return;
    }
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    case CE_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return flat::drawMenuSeparator(*painter, *item);
        break;
    }
    case CE_PushButton: {
        QProxyStyle::drawControl(element, option, painter, widget);
        if (!option->state.testFlag(State_HasFocus))
            return;
        drawFocusMark(*painter, QRectF(option->rect).adjusted(1, 1, -1, -1), flat::cornerRadius);
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (button
            && flat::isMarkedDefault(*button, widget)) { // the mark has the ground's own colour: a ring makes one of it
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(colors.onAccent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option->rect).adjusted(3, 3, -3, -3), 3, 3);
            painter->restore();
        }
        return;
    }
    case CE_ToolButtonLabel: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (!button || !opensMenu(*button))
            break;
        QStyleOptionToolButton words(*button);
        words.rect = visualRect(button->direction, button->rect, button->rect.adjusted(0, 0, -flat::menuArrowRoom, 0));
        return QProxyStyle::drawControl(element, &words, painter, widget);
    }
    case CE_PushButtonLabel: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (!button || !flat::isMarkedDefault(*button, widget))
            break;
        QStyleOptionButton marked(*button);
        marked.palette.setColor(QPalette::ButtonText, colors.onAccent);
        return QProxyStyle::drawControl(element, &marked, painter, widget);
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_FrameStatusBarItem:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        return drawTickBox(*painter, *option, element == PE_IndicatorRadioButton);
    case PE_PanelButtonCommand:
        return flat::drawButton(*painter, *option, qstyleoption_cast<const QStyleOptionButton *>(option), widget);
    case PE_IndicatorArrowDown: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (!button || !opensMenu(*button) || !widget)
            return flat::drawArrow(*painter, *option, option->rect, Qt::DownArrow);
        const QRect whole = widget->rect(); // beside the words, not below their end
        const QRect end(whole.right() - flat::menuArrowRoom - 2, whole.top(), flat::menuArrowRoom, whole.height());
        return flat::drawArrow(*painter, *option, visualRect(option->direction, whole, end), Qt::DownArrow);
    }
    case PE_IndicatorArrowUp:
        return flat::drawArrow(*painter, *option, option->rect, Qt::UpArrow);
    case PE_IndicatorArrowLeft:
        return flat::drawArrow(*painter, *option, option->rect, Qt::LeftArrow);
    case PE_IndicatorArrowRight:
        return flat::drawArrow(*painter, *option, option->rect, Qt::RightArrow);
    case PE_PanelMenu:
    case PE_FrameMenu:
        painter->save();
        painter->setPen(Theme::colors().border);
        painter->setBrush(element == PE_PanelMenu ? option->palette.brush(QPalette::Base) : QBrush(Qt::NoBrush));
        painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
        painter->restore();
        return;
    case PE_FrameFocusRect:
        // Also before the first Tab: what a key will press is no secret. Fusion's own has hardly any contrast.
        drawFocusMark(*painter, QRectF(option->rect).adjusted(1, 1, -1, -1), 3);
        return;
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header || !widget)
            break;
        const bool up = header->sortIndicator == QStyleOptionHeader::SortUp;
        const qreal middle = widget->height() / 2.0;
        const qreal x = option->rect.center().x();
        const qreal tip = up ? 2 : -2;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(Theme::colors().mutedText, 1.5));
        painter->drawPolyline(QPolygonF{{x - 4, middle - tip}, {x, middle + tip}, {x + 4, middle - tip}});
        painter->restore();
        return;
    }
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1),
                          Theme::colors().line);
        return;
    case PE_Frame:
        if (qobject_cast<const QAbstractItemView *>(widget)) // also one without a row that could have the mark
            return flat::drawFrame(*painter, *option);
        if (!qobject_cast<const QPlainTextEdit *>(widget) && !qobject_cast<const QTextEdit *>(widget))
            break;
        [[fallthrough]]; // a field for text, too, or a page of it
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        if (element == PE_PanelLineEdit) {
            const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            if (frame && frame->lineWidth <= 0) // inside a combo box or spin box, which draws the frame
                break;
        }
        flat::drawField(*painter, *option, element == PE_PanelLineEdit);
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

QRect FlatStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const QRect inner = QProxyStyle::subElementRect(element, option, widget);
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        return frame && frame->lineWidth > 0 ? inner.adjusted(lineEditMargin, 0, -lineEditMargin, 0) : inner;
    }
    if (element == SE_ItemViewItemText || element == SE_ItemViewItemDecoration) {
        // The margins on both sides of what stands before the text part them too far.
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        QRect part = QProxyStyle::subElementRect(element, option, widget);
        if (!item || item->decorationPosition != QStyleOptionViewItem::Left)
            return part;
        const bool isTicked = item->features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
        const bool isText = element == SE_ItemViewItemText;
        const int before = int(isTicked) + int(isText && item->features.testFlag(QStyleOptionViewItem::HasDecoration));
        const int shift = before * (headerMargin - 1);
        if (item->direction == Qt::RightToLeft)
            isText ? part.setRight(part.right() + shift) : part.translate(shift, 0);
        else
            isText ? part.setLeft(part.left() - shift) : part.translate(-shift, 0);
        return part;
    }
    // The arrow of a sorted column is as wide as it looks, at the end of the title's room.
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header || header->orientation != Qt::Horizontal || (element != SE_HeaderLabel && element != SE_HeaderArrow))
        return QProxyStyle::subElementRect(element, option, widget);
    QRect inner = header->rect.adjusted(headerMargin, 0, -headerMargin, 0);
    if (element == SE_HeaderArrow)
        inner.setLeft(inner.right() + 1 - sortArrowWidth);
    else if (header->sortIndicator != QStyleOptionHeader::None)
        inner.setRight(inner.right() - sortArrowWidth - headerMargin);
    return visualRect(header->direction, header->rect, inner);
}

QRect FlatStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                const QWidget *widget) const
{
    if (const auto *group = qstyleoption_cast<const QStyleOptionGroupBox *>(option); group && !isCheckable(*group)) {
        const int title = group->text.isEmpty() ? 0 : group->fontMetrics.height();
        if (subControl == SC_GroupBoxContents)
            return group->rect.adjusted(0, title > 0 ? title + 8 : 0, 0, 0);
        if (subControl == SC_GroupBoxLabel)
            return {group->rect.left(), group->rect.top(), group->rect.width(), title};
    }
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const QRect rect = bar->rect;
    const int length = horizontal ? rect.width() : rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int slider = length;
    if (range > 0)
        slider = int(qBound(qint64(qMin(shortestSlider, length)),
                            qint64(bar->pageStep) * length / (range + bar->pageStep), qint64(length)));
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto part = [&](int from, int size) {
        return horizontal ? visualRect(bar->direction, rect, QRect(rect.left() + from, rect.top(), size, rect.height()))
                          : QRect(rect.left(), rect.top() + from, rect.width(), size);
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return part(start, slider);
    case SC_ScrollBarGroove:
        return rect;
    case SC_ScrollBarSubPage:
        return part(0, start);
    case SC_ScrollBarAddPage:
        return part(start + slider, length - start - slider);
    default:
        return {}; // no arrows
    }
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    const bool focused = option->state.testFlag(State_HasFocus);
    if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
        return flat::drawSpinBox(*painter, *box, *proxy(), widget);
    if (const auto *group = qstyleoption_cast<const QStyleOptionGroupBox *>(option); group && !isCheckable(*group))
        return flat::drawGroupTitle(*painter, *group);
    if (control == CC_ToolButton || control == CC_ComboBox) {
        // One mark around the whole control, in place of the style's own inside it.
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            QStyleOptionToolButton quiet(*button);
            quiet.state &= ~State_HasFocus;
            QProxyStyle::drawComplexControl(control, &quiet, painter, widget);
        } else if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            flat::drawComboBox(*painter, *box, *proxy(), widget);
        }
        if (focused)
            drawFocusMark(*painter, QRectF(option->rect).adjusted(1, 1, -1, -1), 3);
        return;
    }
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    painter->save();
    painter->fillRect(bar->rect, bar->palette.color(QPalette::Base));
    if (bar->maximum > bar->minimum) {
        const bool active = bar->activeSubControls.testFlag(SC_ScrollBarSlider)
            && (bar->state.testFlag(State_Sunken) || bar->state.testFlag(State_MouseOver));
        QColor color = Theme::colors().mutedText;
        color.setAlpha(active ? 170 : 90);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        const QRectF slider =
            QRectF(subControlRect(control, option, SC_ScrollBarSlider, widget)).adjusted(3, 3, -3, -3);
        painter->drawRoundedRect(slider, 3, 3);
    }
    painter->restore();
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    QSize usual = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto *field = type == CT_LineEdit ? qstyleoption_cast<const QStyleOptionFrame *>(option) : nullptr;
    if (type == CT_PushButton || type == CT_ComboBox || type == CT_SpinBox || (field && field->lineWidth > 0))
        usual.setHeight((usual.height() + gridStep - 1) / gridStep * gridStep); // beside each other they are one row
    if (const auto *item = type == CT_ItemViewItem ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
        item && item->features.testFlag(QStyleOptionViewItem::HasCheckIndicator)) // boxes that do not touch
        usual.setHeight(qMax(usual.height(), (item->fontMetrics.height() + 10) / gridStep * gridStep));
    const auto *push = type == CT_PushButton ? qstyleoption_cast<const QStyleOptionButton *>(option) : nullptr;
    if (push && !push->text.isEmpty() && usual.width() > shortButton) // a long text would stand against the edges
        return {qMax(shortButton, size.width() + 2 * buttonPadding), usual.height()};
    const auto *button = type == CT_ToolButton ? qstyleoption_cast<const QStyleOptionToolButton *>(option) : nullptr;
    return button && opensMenu(*button) ? usual + QSize(flat::menuArrowRoom, 0) : usual;
}

/// Qt's own pictures are of one size and one colour, and for the first of them it loads all of its readers of pictures,
/// before anything is on the screen: a menu bar asks for the sign of what does not fit even where all fits.
QIcon FlatStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    const ThemeColors &colors = Theme::colors();
    switch (which) {
    case SP_MessageBoxQuestion:
        return icons::icon(u"question"_s, colors.accent);
    case SP_MessageBoxInformation:
        return icons::icon(u"info"_s, colors.accent);
    case SP_MessageBoxWarning:
        return icons::icon(u"warning"_s, colors.warningText);
    case SP_MessageBoxCritical:
        return icons::icon(u"error"_s, colors.errorText);
    case SP_ToolBarHorizontalExtensionButton:
        return icons::icon(u"more"_s);
    case SP_ToolBarVerticalExtensionButton:
        return icons::icon(u"down"_s);
    case SP_LineEditClearButton:
        return icons::icon(u"close"_s);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace casement
