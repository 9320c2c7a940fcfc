#pragma once

namespace casement {

/// For the child of a QProcess before it becomes another program, in a session of its own (setsid()): however the
/// process `parent` ends, killed even, the child's group is killed. A third process waits for the end of either. Linux
/// only (5.9); elsewhere nothing happens. Async-signal-safe.
void endGroupWithParent(int parent);

} // namespace casement
