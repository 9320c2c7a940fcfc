#pragma once

#include <QStringList>

namespace casement::bench {

/// `list CONNECTIONS [lean] [archive]`: the real window shows all cases of the account that the environment names,
/// sorted, and the process ends as soon as they are painted. `archive`: ends when they are stored too.
int list(int &argc, char **argv, const QStringList &arguments);

} // namespace casement::bench
