#include "ui/icons.h"

#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPixmapCache>
#include <QWidget>

namespace casement::icons {

using namespace Qt::StringLiterals;

namespace {

bool enabled = false;

/// The file's picture in one colour. The reader finds Qt's SVG plugin by itself, so nothing of it is loaded before the
/// first icon.
QPixmap render(const QString &name, const QSize &deviceSize, const QColor &color)
{
    const QString key =
        "casement/%1/%2x%3/%4"_L1.arg(name).arg(deviceSize.width()).arg(deviceSize.height()).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QBuffer buffer(&svg);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "svg");
    reader.setScaledSize(deviceSize);
    QImage image(deviceSize, QImage::Format_ARGB32_Premultiplied);
    if (!reader.read(&image))
        return {};
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine final : public QIconEngine
{
public:
    Engine(const QString &name, const QColor &color) : m_name(name), m_color(color) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        if (!enabled)
            return;
        const qreal ratio = painter->device()->devicePixelRatioF();
        const int side = qMin(rect.width(), rect.height());
        const QPixmap pixmap = render(m_name, QSize(side, side) * ratio, color(mode));
        painter->drawPixmap(
            QRect(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        if (enabled)
            return render(m_name, size, color(mode));
        QPixmap empty(size);
        empty.fill(Qt::transparent);
        return empty;
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QIconEngine *clone() const override { return new Engine(*this); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (m_color.isValid())
            return m_color;
        return palette.color(QPalette::ButtonText);
    }

    QString m_name;
    QColor m_color;
};

} // namespace

QIcon icon(const QString &name) { return icon(name, QColor()); }

QIcon icon(const QString &name, const QColor &color) { return QIcon(new Engine(name, color)); }

QPixmap pixmap(const QString &name, int size, qreal devicePixelRatio, const QColor &color)
{
    QPixmap pixmap = enabled ? render(name, QSize(size, size) * devicePixelRatio, color) : QPixmap();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void enable()
{
    if (enabled)
        return;
    enabled = true;
    const auto widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets)
        widget->update();
}

bool areEnabled() { return enabled; }

} // namespace casement::icons
