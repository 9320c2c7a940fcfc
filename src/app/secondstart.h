#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace casement {

class MainWindow;
class Workspace;

/// What a window does when Casement is started once more.
class SecondStart
{
    Q_DECLARE_TR_FUNCTIONS(casement::SecondStart)

public:
    /// Brings the window to the front and does what it is asked for (StartWish); returns what the second start tells
    /// the person about arguments that have no effect any more, or nothing.
    static QString take(const QStringList &arguments, MainWindow &window, Workspace &workspace);
};

} // namespace casement
