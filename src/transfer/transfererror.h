#pragma once

#include "base/error.h"

namespace casement {

/// Whether the next try of a part or a file may go well: the network, the service or the link was at fault, not the
/// file and not the account.
bool isWorthAnotherTry(const Error &error);

/// Whether the service does not have an operation at all, or not for this account: a service from before links answers
/// like this, and so do identities that may not use them.
bool isMissingOperation(const Error &error);

} // namespace casement
