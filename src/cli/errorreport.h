#pragma once

#include "base/error.h"

#include <QString>

namespace casement::cli {

/// What standard error says of an Error: what was tried and what happened with the service's code and words, then a
/// line each for the request id, for whether anything was changed where something can be, and for what to do next. Not
/// yet redacted. All of it is in docs/errors.md.
QString errorReport(const Error &error);

/// The same of something whose outcome is not known, without the lines for what was changed and what to do: who asked
/// knows more of both.
QString causeReport(const Error &error);

/// What to do next, in a line; empty where the error says it itself.
QString nextStep(const Error &error);

} // namespace casement::cli
