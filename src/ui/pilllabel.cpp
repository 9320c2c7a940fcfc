#include "ui/pilllabel.h"

#include "ui/theme.h"

#include <QPainter>

namespace casement {

void PillLabel::setSeverity(const QString &code, const QString &word)
{
    m_code = code;
    setText(word);
    updateGeometry();
    update();
}

QSize PillLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 18, metrics.height() + 4};
}

void PillLabel::paintEvent(QPaintEvent *)
{
    if (text().isEmpty())
        return;
    const ThemeColors::Pill pill = Theme::colors().severity(m_code);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pill.ground);
    painter.drawRoundedRect(QRectF(rect()), height() / 2.0, height() / 2.0);
    painter.setPen(pill.text);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace casement
