#pragma once

#include <QCoreApplication>

#include <functional>

class QMainWindow;

namespace casement {

class Shortcuts;

/// What the Help menu shows.
class HelpDialogs
{
    Q_DECLARE_TR_FUNCTIONS(casement::HelpDialogs)

public:
    /// Every command that has a key; `change` leads to where keys are changed.
    static void showShortcuts(QMainWindow &window, const Shortcuts &shortcuts, std::function<void()> change);
};

} // namespace casement
