#pragma once

#include <QString>

class QWidget;

namespace casement {

/// What views paint over what stands in them. Only from within a paint event of that widget.

/// A quiet text in the middle; none when it is empty.
void paintEmptyText(QWidget &widget, const QString &text);

/// Where the keyboard is.
void paintFocusFrame(QWidget &widget);

} // namespace casement
