#pragma once

#include <QMargins>
#include <QRect>

class QSplitter;
class QTreeView;
class QWidget;

namespace casement {

class UiSettings;

/// What the larger desktops put around a window: title bar and borders.
constexpr QMargins windowFrame(4, 40, 4, 8);

/// Where a window goes.
struct WindowPlace
{
    QRect rect; ///< the corner is that of its frame, for move(), and the size that of what is in it, for resize()
    bool isKnown = false; ///< false: only the size counts; the desktop chooses the place
};

/// The place a window had (as WindowPlace has it), if a good part of its title bar can still be reached there, moved so
/// that all of it is on screen: monitors go. Else a good size for the first screen.
WindowPlace windowPlace(const QRect &wanted);

/// A window's size where its screen has room for it and for the frame; as much as there is where it has less.
void fitToScreen(QWidget &window, QSize size);

/// Gives the main window and its panes the place and sizes they had, or good ones.
/// From then on the sidebar, `outer`'s first part, keeps the width of its names (see SidebarWidth).
void restoreWindow(QWidget &window, QSplitter &outer, QTreeView &sidebar, QSplitter &inner, UiSettings &settings);
void saveWindow(const QWidget &window, const QSplitter &inner, UiSettings &settings);

} // namespace casement
