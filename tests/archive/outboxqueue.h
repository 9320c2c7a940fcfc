#pragma once

#include "archive/outbox.h"
#include "support/shape.h"

#include <QSignalSpy>

namespace casement::test {

/// Puts a request into the outbox as who pressed Send does, and waits until it is asked to be sent; answers its id.
template <class Request>
QString queueIn(Outbox &outbox, AccountId account, const Request &request, const QString &caseId = {})
{
    OutboxEntry entry = Outbox::newEntry(account, Request::Operation::name, caseId);
    entry.input = encode(request);
    QSignalSpy requested(&outbox, &Outbox::sendRequested);
    outbox.send(entry);
    if (requested.isEmpty())
        requested.wait();
    return entry.id;
}

} // namespace casement::test
