#pragma once

#include <QIcon>
#include <QString>

namespace casement {

/// The program's icons, from resources/icons, in the colours of the palette and sharp at every scale.
///
/// An icon costs nothing until it is painted. Until enable() was called they paint nothing, so that the first frame
/// does not wait for the SVG plugin.
namespace icons {

/// The icon of that file, without ending: `refresh`.
QIcon icon(const QString &name);
/// As `icon`, in one colour for all states.
QIcon icon(const QString &name, const QColor &color);
/// A picture of `size` logical pixels.
QPixmap pixmap(const QString &name, int size, qreal devicePixelRatio, const QColor &color);

/// From now on icons paint; the windows are told to paint again.
void enable();
bool areEnabled();

} // namespace icons

} // namespace casement
