#pragma once

#include "base/error.h"

#include <QString>

namespace casement::cli {

/// What standard error says of an Error: what was tried and what happened with the service's code and words, then a
/// line each for the request id, for what to do next, and for a change that may have taken effect all the same. Not yet
/// redacted.
QString errorReport(const Error &error);

} // namespace casement::cli
