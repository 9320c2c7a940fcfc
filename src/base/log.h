#pragma once

#include "base/result.h"

#include <QLoggingCategory>

namespace casement {

class LogBuffer;

Q_DECLARE_LOGGING_CATEGORY(logHttp) ///< `casement.http`: each request's operation, attempt, status, bytes, milliseconds
Q_DECLARE_LOGGING_CATEGORY(logSync) ///< `casement.sync`
Q_DECLARE_LOGGING_CATEGORY(logArchive) ///< `casement.archive`
Q_DECLARE_LOGGING_CATEGORY(logCredentials) ///< `casement.credentials`: where keys were looked for, never a key
Q_DECLARE_LOGGING_CATEGORY(logUi) ///< `casement.ui`

/// Puts redact() between every message of this process and wherever it is written. Called once, first thing in main().
void installRedactingLog();
/// The last messages, from installRedactingLog() on.
LogBuffer &logBuffer();

/// What is logged from now on: `debug`, `info`, `warning`, `error` and what is graver, or `off`. False for another
/// word. QT_LOGGING_RULES goes before it.
bool setLogLevel(const QString &level);
/// Messages are appended to this file, too; it is made for its owner alone. An Error when it can't be written.
Result<void> setLogFile(const QString &path);

} // namespace casement
