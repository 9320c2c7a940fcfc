#pragma once

#include "support/client.h"

#include <functional>

/// Rehearsals: the service says whether it would accept a request, and does nothing (`dryRun`).
///
/// A service that is older than `dryRun` (16 operations, before 2026) skips it like all members that it does not know,
/// and opens a real case. So a read is rehearsed first, which does no harm where it is taken for real; what it says of
/// the service is remembered as long as the client lives.
namespace casement {

/// Error::code when the service does not know rehearsals; nothing was sent then but the read.
inline constexpr QLatin1StringView noRehearsals("NoRehearsals");

/// Calls back with whether the service knows rehearsals: at once when that is known, else from the event loop. An error
/// means that it could not be learned; the next question asks again.
void askForRehearsals(Client &client, QObject *context, std::function<void(const Result<bool> &known)> done);

/// That Error.
Error noRehearsalsError(const char *operation);

/// Asks the service whether it would accept the request and calls back with `Result<void>`, never before this has
/// returned; not at all when the context dies first. Nothing happens at the service, whether it knows rehearsals or
/// not. Requests that break a limit end as Error::Kind::Invalid, and nothing is sent. The client must outlive the call.
template <class Request, class Callback>
void rehearse(Client &client, const Request &request, QObject *context, Callback callback)
{
    if (!violations(request).isEmpty())
        return client.rehearse(request, context, std::move(callback)); // says which; nothing is sent
    QMetaObject::invokeMethod(
        context,
        [&client, request, context, callback = std::move(callback)]() mutable {
            askForRehearsals(client, context,
                             [&client, request, context, callback = std::move(callback)](const Result<bool> &known) {
                                 if (!known)
                                     return callback(Result<void>(known.error()));
                                 if (!*known)
                                     return callback(Result<void>(noRehearsalsError(Request::Operation::name)));
                                 client.rehearse(request, context, callback);
                             });
        },
        Qt::QueuedConnection);
}

} // namespace casement
