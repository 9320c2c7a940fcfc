#pragma once

#include "support/client.h"

#include <memory>

namespace casement {

/// The client lives until the object, as a job that calls by it, is gone: its account may be left or reached in another
/// way meanwhile.
inline void keepUntilGone(const QObject *user, const std::shared_ptr<Client> &client)
{
    QObject::connect(user, &QObject::destroyed, user, [client] {});
}

} // namespace casement
