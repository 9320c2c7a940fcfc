#include "ui/accountswatch.h"

#include "models/accountmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QIconEngine>
#include <QPainter>

namespace casement {

namespace {

constexpr int side = 12; // px, of a mark beside a text

/// Painted anew for each size and scale, so that it is sharp everywhere.
class SwatchEngine final : public QIconEngine
{
public:
    explicit SwatchEngine(int color) : m_color(color) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const qreal edge = qMin(rect.width(), rect.height()) * 0.8;
        const QPointF middle = QRectF(rect).center();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(accountColor(m_color, Theme::colors().dark));
        painter->drawRoundedRect(QRectF(middle.x() - edge / 2, middle.y() - edge / 2, edge, edge), edge / 3, edge / 3);
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }
    QIconEngine *clone() const override { return new SwatchEngine(m_color); }

private:
    int m_color;
};

} // namespace

QIcon accountSwatch(int color) { return QIcon(new SwatchEngine(color)); }

QIcon accountTroubleSwatch() { return icons::icon(QStringLiteral("warning"), Theme::colors().warningText); }

AccountMark::AccountMark(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

void AccountMark::setColor(int color)
{
    m_color = color;
    update();
}

QSize AccountMark::sizeHint() const { return {side, fontMetrics().height()}; }

void AccountMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    accountSwatch(m_color).paint(&painter, QRect(0, (fontMetrics().height() - side) / 2, side, side));
}

} // namespace casement
