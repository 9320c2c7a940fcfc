#pragma once

#include <QObject>

#include <functional>

namespace casement {

/// Calls `end` with the number of the signal, in the event loop, when SIGTERM, SIGINT or SIGHUP asks the program to end:
/// a logout, `kill`, Ctrl+C, a closed terminal. A second one of the same kind ends it as ever. A SIGHUP that the parent
/// chose to ignore (nohup) stays ignored. Once in a program; `context` lives as long as the event loop. Without such
/// signals (Windows) nothing happens.
void onEndSignal(QObject *context, std::function<void(int number)> end);

} // namespace casement
