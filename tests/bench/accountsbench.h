#pragma once

#include <QStringList>

namespace casement::bench {

/// `accounts FILE`: the real window opens all accounts that FILE names (the line that casement-demo-service prints) and
/// refreshes them side by side, each within its own limit; then the list is filtered and searched. Ends when no refresh
/// runs any more and all is stored.
int accounts(int &argc, char **argv, const QStringList &arguments);

} // namespace casement::bench
