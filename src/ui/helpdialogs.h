#pragma once

#include <QCoreApplication>

class QMainWindow;

namespace casement {

/// What the Help menu shows.
class HelpDialogs
{
    Q_DECLARE_TR_FUNCTIONS(casement::HelpDialogs)

public:
    /// Every shortcut of the window's actions.
    static void showShortcuts(QMainWindow &window);
    static void showAbout(QMainWindow &window);
};

} // namespace casement
