#pragma once

#include "base/error.h"

#include <QCoreApplication>
#include <QStringList>

namespace casement {

/// Sentences for people, made of an Error: what was tried, what happened, what to do. Plain text; show it as such.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(casement::ErrorText)

public:
    /// One or two sentences: what was tried and what happened. `accounts` are the names of those that it happened to.
    static QString summary(const Error &error, const QStringList &accounts = {});
    /// The second of them alone, for who says what was tried.
    static QString happened(const Error &error);
    /// What to do next; may be empty.
    static QString advice(const Error &error);
    /// Operation, code, message, status, host and request id, a line each: what AWS staff and colleagues ask for.
    static QString details(const Error &error);
    /// What stays the same while the same thing goes wrong again: one banner per cause.
    static QString cause(const Error &error);
    /// Trying again may help.
    static bool canRetry(const Error &error);
    /// The network or the service is away: what is shown is what was known last.
    static bool isOffline(const Error &error);

private:
    static QString tried(const Error &error, const QStringList &accounts);
    static QString severalTried(const QStringList &accounts);
};

} // namespace casement
