#pragma once

#include <QString>

namespace casement {

/// The key of a message for ever: the service gives it none. 128 bits of the SHA-256 of what never changes about it, in
/// hexadecimal, and `-1`, `-2` … for messages of one answer that are the same in all of it.
QString communicationKey(const QString &caseId, const QString &timeCreated, const QString &submittedBy,
                         const QString &body, int ordinal = 0);

} // namespace casement
