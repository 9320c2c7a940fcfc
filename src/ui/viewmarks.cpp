#include "ui/viewmarks.h"

#include "ui/theme.h"

#include <QPainter>
#include <QWidget>

namespace casement {

void paintEmptyText(QWidget &widget, const QString &text)
{
    if (text.isEmpty())
        return;
    QPainter painter(&widget);
    painter.setPen(Theme::colors().mutedText);
    painter.drawText(widget.rect().adjusted(24, 24, -24, -24), int(Qt::AlignCenter) | Qt::TextWordWrap, text);
}

void paintFocusFrame(QWidget &widget)
{
    QPainter painter(&widget);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::colors().accent, 2));
    painter.drawRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1));
}

} // namespace casement
