#pragma once

#include <QLoggingCategory>

namespace casement {

Q_DECLARE_LOGGING_CATEGORY(logHttp) ///< `casement.http`: each request's operation, attempt, status, bytes, milliseconds
Q_DECLARE_LOGGING_CATEGORY(logSync) ///< `casement.sync`
Q_DECLARE_LOGGING_CATEGORY(logArchive) ///< `casement.archive`
Q_DECLARE_LOGGING_CATEGORY(logCredentials) ///< `casement.credentials`: where keys were looked for, never a key
Q_DECLARE_LOGGING_CATEGORY(logUi) ///< `casement.ui`

/// Puts redact() between every message of this process and wherever it is written. Called once, first thing in main().
void installRedactingLog();

} // namespace casement
