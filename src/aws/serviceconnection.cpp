#include "aws/serviceconnection.h"

#include "aws/localcode.h"

namespace casement {

void ServiceConnection::follow(const LinkRequest &, QObject *context, LinkCallback callback)
{
    QMetaObject::invokeMethod(
        context,
        [callback = std::move(callback)] {
            callback(Error{.kind = Error::Kind::Refused, .code = localcode::foreignLink});
        },
        Qt::QueuedConnection);
}

void ServiceConnection::askOwner(const QString &, QObject *, std::function<void(const Result<void> &own)> done)
{
    done({});
}

} // namespace casement
