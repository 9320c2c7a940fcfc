#include "archive/syncplan.h"

#include "archive/archivecare.h"
#include "archive/casestore.h"
#include "archive/settings.h"
#include "base/duration.h"
#include "support/timestamp.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 retention = 1096
    * duration::day; // further back than the service keeps cases (24 months), so that no window is open-ended in effect

QString sweepSetting(AccountId account) { return u"sync/%1/lastSweep"_s.arg(account); }
QString fullSweepSetting(AccountId account) { return u"sync/%1/lastFullSweep"_s.arg(account); }

/// Cuts time into pieces that several chains of pages can list side by side, newest first. A case may be in several of
/// them.
QList<DescribeCases::Request> windows(const DescribeCases::Request &all, int count, qint64 now)
{
    // Nothing should be newer than now; a day covers clocks that are off, and the fixed date sample data from the
    // future.
    const qint64 end = std::max(now + duration::day, parseTimestamp("2026-01-02T00:00:00Z"));
    QList<DescribeCases::Request> requests;
    for (int i = 0; i < count; ++i) {
        DescribeCases::Request request = all;
        request.beforeTime = timestampText(end - retention * i / count);
        request.afterTime =
            i + 1 == count ? u"2000-01-01T00:00:00.000Z"_s : timestampText(end - retention * (i + 1) / count);
        requests.append(request);
    }
    return requests;
}

} // namespace

Result<SyncState> readSyncState(Database &database, AccountId account)
{
    if (database.isReadOnly())
        return database.refusal(); // before anything is asked for
    SyncState state;
    const Result<QList<AccountRecord>> accounts = loadAccounts(database);
    if (!accounts)
        return accounts.error();
    for (const AccountRecord &known : *accounts) {
        if (known.id == account)
            state.account = known;
    }
    state.lastSweep = readNumberSetting(database, sweepSetting(account));
    state.lastFullSweep = readNumberSetting(database, fullSweepSetting(account));
    state.place = readListingPlace(database, account);
    state.empty = !hasCases(database, account);
    state.keepsAll = removalCutoff(database) == 0;
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    return state;
}

Result<void> writeSyncState(Database &database, AccountId account, const SyncPlan &plan, qint64 now)
{
    Transaction transaction(database);
    setLastSync(database, account, now);
    writeListingPlace(database, account, {});
    if (plan.sweeps)
        writeSetting(database, sweepSetting(account), QString::number(now));
    if (plan.full)
        writeSetting(database, fullSweepSetting(account), QString::number(now));
    return transaction.commit();
}

SyncPlan planSync(const SyncState &state, bool everything, bool communications, int chains, qint64 now)
{
    SyncPlan plan;
    plan.first = state.account.lastSync == 0;
    plan.full =
        plan.first || everything || now - state.lastFullSweep >= 30 * duration::day || now < state.lastFullSweep;
    plan.sweeps = plan.full || now - state.lastSweep >= duration::day || now < state.lastSweep;
    DescribeCases::Request request; // `language` filters: left out, cases of all languages come
    if (!communications)
        request.includeCommunications = false;
    if (plan.full) {
        request.includeResolvedCases = true;
        plan.listings = chains > 1 ? windows(request, 4 * chains, now) : QList{request};
        if (!plan.first || !communications || chains > 1)
            return plan;
        plan.began = now;
        if (const ListingPlace &place = state.place;
            place.began > now - duration::day && place.began <= now && place.began > 0) {
            plan.began = place.began;
            plan.listings[0].nextToken = place.token;
            if (place.token.isEmpty())
                plan.listings.clear();
            plan.afterwards.append(DescribeCases::Request());
            request.afterTime = timestampText(place.began - 2 * duration::day);
            plan.afterwards.append(request);
        }
        return plan;
    }
    plan.listings.append(request);
    if (plan.sweeps) {
        // Who writes in a resolved case, or opens and resolves one between two syncs, leaves a new message. Two days
        // more than needed cover clocks and zones.
        request.includeResolvedCases = true;
        request.afterTime = timestampText(state.lastSweep - 2 * duration::day);
        plan.listings.append(request);
    }
    return plan;
}

} // namespace casement
