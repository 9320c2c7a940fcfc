#include "transfer/transfererror.h"

#include "aws/localcode.h"

namespace casement {

bool isWorthAnotherTry(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::TimedOut:
    case Error::Kind::Dropped:
    case Error::Kind::Unavailable:
    case Error::Kind::Throttled:
    case Error::Kind::BadAnswer:
        return true;
    case Error::Kind::Refused:
        return error.code == localcode::linkRefused; // over its time: a fresh one may do
    default:
        return false;
    }
}

bool isMissingOperation(const Error &error)
{
    return isCode(error.code, QLatin1StringView("UnknownOperation"))
        || isCode(error.code, QLatin1StringView("AccessDenied"));
}

} // namespace casement
