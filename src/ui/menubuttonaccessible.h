#pragma once

class QMenu;
class QToolButton;

namespace casement {

/// Gives the button a menu of its own that opens at once, for assistive technology too: Qt's own interface of such a
/// button offers to show the menu and does nothing, and leaves an open menu out of the tree.
/// The menu belongs to the button.
QMenu *addMenuTo(QToolButton &button);

} // namespace casement
