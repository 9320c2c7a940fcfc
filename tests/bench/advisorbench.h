#pragma once

#include <QStringList>

namespace casement::bench {

/// `export CONNECTIONS OUT.csv`: fetches the results of all checks into a CSV file, as they come.
int exportResults(int &argc, char **argv, const QStringList &arguments);

/// `result CHECKID`: shows all resources of a check in a table.
int result(int &argc, char **argv, const QStringList &arguments);

} // namespace casement::bench
