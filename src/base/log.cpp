#include "base/log.h"

#include "base/redact.h"

namespace casement {

Q_LOGGING_CATEGORY(logHttp, "casement.http", QtInfoMsg)
Q_LOGGING_CATEGORY(logSync, "casement.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(logArchive, "casement.archive", QtInfoMsg)
Q_LOGGING_CATEGORY(logCredentials, "casement.credentials", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "casement.ui", QtInfoMsg)

namespace {

QtMessageHandler previous = nullptr;

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    previous(type, context, redact(message));
}

} // namespace

void installRedactingLog()
{
    if (!previous)
        previous = qInstallMessageHandler(handle);
}

} // namespace casement
