#pragma once

#include "aws/credentials.h"
#include "base/result.h"

#include <QByteArray>

namespace casement::cli {

/// Access keys as lines: the key id, the secret, and for temporary keys the session token. CR LF, a byte order mark,
/// blank lines at the end and spaces around are no matter. Error::Kind::Invalid with one sentence that repeats nothing
/// of what was given.
Result<Credentials> readKeyLines(const QByteArray &lines);

/// The same from standard input; at a terminal by asking, what is typed after the key id unseen.
Result<Credentials> readKeyInput();

} // namespace casement::cli
