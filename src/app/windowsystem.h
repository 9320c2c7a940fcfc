#pragma once

namespace casement {

/// While it lives, QApplication is being made. Where there is no display Qt ends the process with advice for
/// developers and SIGABRT; instead it ends here with one sentence and status 1, and what Qt says before goes to the log
/// only when a window can be had.
class WindowSystem
{
public:
    WindowSystem();
    ~WindowSystem();
    WindowSystem(const WindowSystem &) = delete;
    WindowSystem &operator=(const WindowSystem &) = delete;

private:
    struct Kept;
    static Kept *s_kept;
};

} // namespace casement
