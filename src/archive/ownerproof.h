#pragma once

#include "archive/archive.h"
#include "support/client.h"

#include <functional>

namespace casement {

/// Whether an account that is asked is the one whose cases the archive has: a call, for who got nothing but empty lists
/// and would draw conclusions from it. Keys of another account that has no case at all get empty lists, too, and know
/// none of the ids.
struct OwnerProof
{
    AccountId account = 0;
    QString listed; ///< its number as the list of accounts has it; may be empty
    qint64 now = 0; ///< ms since 1970 UTC

    /// `done` hears foreignCases(), emptyLists(), what is wrong with the answer, or that all is well.
    void ask(Client &client, Archive &archive, QObject *context,
             const std::function<void(const Result<void> &)> &done) const;
};

} // namespace casement
