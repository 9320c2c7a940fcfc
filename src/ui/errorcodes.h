#pragma once

#include "base/error.h"

#include <span>

namespace casement {

/// A code of the service, or of this program, that has a sentence and advice of its own. What all others say is decided
/// by their Error::Kind. Texts are sources of the translation context casement::ErrorText.
struct ErrorCode
{
    QLatin1StringView code; ///< without `Exception`
    const char *sentence; ///< what happened; with %1, if anywhere, for the host, and %2 for the service
    const char *advice; ///< what to do; with %1, if anywhere, for the action that was not allowed
    const char *onAccounts = nullptr; ///< what to do, said on the page of accounts, to which `advice` sends; else null
};

/// What to do, for kinds that have codes with the same advice.
namespace erroradvice {
extern const char proxy[];
extern const char later[];
} // namespace erroradvice

/// All of them.
std::span<const ErrorCode> errorCodes();
/// The one that an error has, if any.
const ErrorCode *findErrorCode(const Error &error);
/// Its advice names the action that the keys are not allowed.
bool isAboutRights(const ErrorCode &code);

} // namespace casement
