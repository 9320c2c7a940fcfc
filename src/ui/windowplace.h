#pragma once

#include <QRect>

namespace casement {

/// Where a window goes.
struct WindowPlace
{
    QRect rect;
    bool isKnown = false; ///< false: only the size counts; the desktop chooses the place
};

/// The place a window had, if a good part of its title bar can still be reached there: monitors go. Else a good size
/// for the first screen.
WindowPlace windowPlace(const QRect &wanted);

} // namespace casement
