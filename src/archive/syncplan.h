#pragma once

#include "archive/casestore.h"
#include "archive/database.h"
#include "archive/records.h"
#include "support/cases.h"

/// What a sync has to ask for. Pure functions but for the archive's settings.
namespace casement {

/// What the archive knows before a sync.
struct SyncState
{
    AccountRecord account;
    qint64 lastSweep = 0; ///< when resolved cases were last asked for
    qint64 lastFullSweep = 0; ///< when all of them were
    ListingPlace place; ///< of a first listing that did not come to its end
    bool empty = true; ///< no case of the account is known
    bool keepsAll = true; ///< whatever is listed is stored, however old
};

struct SyncPlan
{
    QList<DescribeCases::Request> listings;
    bool first = false; ///< nothing was ever synced whole
    bool sweeps = false; ///< looks for resolved cases too
    bool full = false; ///< lists every case there is
    qint64 began = 0; ///< when a first listing began whose place is kept; 0: it is not
    QList<DescribeCases::Request> afterwards; ///< when it goes on: what changed since it began
};

Result<SyncState> readSyncState(Database &database, AccountId account);
/// Remembers that a sync was whole.
Result<void> writeSyncState(Database &database, AccountId account, const SyncPlan &plan, qint64 now);

SyncPlan planSync(const SyncState &state, bool everything, bool communications, int chains, qint64 now);

} // namespace casement
