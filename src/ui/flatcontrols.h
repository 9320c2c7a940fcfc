#pragma once

#include <QRectF>

class QModelIndex;
class QPainter;
class QStyle;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionGroupBox;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSpinBox;
class QStyleOptionViewItem;
class QWidget;

/// How FlatStyle draws what Fusion draws in shades of the ground, which nobody sees in the dark.
namespace casement::flat {

constexpr qreal cornerRadius = 5; // of fields and buttons
constexpr int menuArrowRoom = 14; // beside the text of a tool button that opens a menu

/// Where the keys go: the accent has 3:1 and more to every ground of both themes.
void drawFocusMark(QPainter &painter, const QRectF &rect, qreal radius);
/// Below a cell of the row where the keys go, whichever of its columns is the current one, which may be hidden.
void drawRowMark(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index);
/// The frame of a field for text, in the accent where the keys go.
void drawField(QPainter &painter, const QStyleOption &option, bool withGround);
/// The edge of a list or table, a pixel wide, likewise.
void drawFrame(QPainter &painter, const QStyleOption &option);
/// The ground of a button; `button` where it is one that can be the default of its window: that one has the accent.
void drawButton(QPainter &painter, const QStyleOption &option, const QStyleOptionButton *button, const QWidget *widget);
/// Enter presses it, and one sees that it does; or it is what its place is for (its property `primary` is true).
bool isMarkedDefault(const QStyleOptionButton &button, const QWidget *widget);
void drawComboBox(QPainter &painter, const QStyleOptionComboBox &box, const QStyle &style, const QWidget *widget);
void drawSpinBox(QPainter &painter, const QStyleOptionSpinBox &box, const QStyle &style, const QWidget *widget);
/// An arrow in the colour of text: Qt::UpArrow, Qt::DownArrow, Qt::LeftArrow, Qt::RightArrow.
void drawArrow(QPainter &painter, const QStyleOption &option, const QRect &place, Qt::ArrowType direction);
/// What a bar of progress runs in, and as much of it as is done.
void drawGroove(QPainter &painter, const QStyleOption &option);
void drawProgress(QPainter &painter, const QStyleOptionProgressBar &bar);
/// A line between entries, with the words of a section where it has some.
void drawMenuSeparator(QPainter &painter, const QStyleOptionMenuItem &item);
/// The title alone: what belongs together stands below it, in line with everything else.
void drawGroupTitle(QPainter &painter, const QStyleOptionGroupBox &box);

} // namespace casement::flat
