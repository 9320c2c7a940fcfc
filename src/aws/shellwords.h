#pragma once

#include <QStringList>

#include <optional>

namespace casement {

/// The words of a command line as a POSIX shell would split it, without any other thing a shell does: quotes, and the
/// backslash outside single quotes. Nothing when a quote or a backslash is left open. Source: Python's shlex.split(),
/// by which AWS's programs read `credential_process` and `[profile "my team"]`.
std::optional<QStringList> shellWords(const QString &line);

} // namespace casement
