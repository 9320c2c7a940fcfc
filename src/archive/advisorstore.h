#pragma once

#include "archive/advisorrecords.h"
#include "archive/database.h"

namespace casement {

/// The rows of Trusted Advisor in the archive. For the archive's thread.

/// Replaces the catalogue of an account in a language. Checks that are missing in it are gone; nothing of them is
/// deleted.
Result<void> storeAdvisorChecks(Database &database, AccountId account, const QString &language, qint64 now,
                                const QList<TrustedAdvisorCheckDescription> &checks);
/// When storeAdvisorChecks() was last done, ms since 1970 UTC; 0: never.
qint64 advisorChecksFetched(Database &database, AccountId account, const QString &language);

/// Checks that the service does not know any more although the catalogue lists them: gone until the next one.
Result<void> storeAdvisorGone(Database &database, AccountId account, const QStringList &checkIds);

Result<void> storeAdvisorSummaries(Database &database, AccountId account, qint64 now,
                                   const QList<TrustedAdvisorCheckSummary> &summaries);

/// Keeps a result with all its resources: `packed` is the answer's body, compressed by qCompress(). One with the
/// timestamp of a kept one takes its place and its number, so that who has the number finds it. Answers it.
Result<qint64> storeAdvisorSnapshot(Database &database, const AdvisorSnapshotRecord &snapshot,
                                    const QByteArray &packed);

/// All that was to be loaded of an account was, at `now`.
Result<void> storeAdvisorLoad(Database &database, AccountId account, qint64 now);

Result<void> storeAdvisorRefreshes(Database &database, AccountId account,
                                   const QHash<QString, AdvisorRefresh> &refreshes);

/// The names of all checks that are in the catalogue of an account, in `language`.
Result<QList<AdvisorCheckName>> loadAdvisorCheckNames(Database &database, const QString &language);

/// All checks of an account in a language, by category and name.
Result<QList<AdvisorCheckRecord>> loadAdvisorChecks(Database &database, AccountId account, const QString &language);
/// Checks that AWS was asked to run again, which may not be asked for before `since` or later, and of which nobody
/// heard how it ended.
Result<QHash<AccountId, QStringList>> loadUnfinishedRefreshes(Database &database, qint64 since);
/// The results of a check that are kept, newest first, whatever their language.
Result<QList<AdvisorSnapshotRecord>> loadAdvisorSnapshots(Database &database, AccountId account,
                                                          const QString &checkId);
/// One of them with its packed body; `id` 0 when there is none.
struct PackedSnapshot
{
    AdvisorSnapshotRecord record;
    QByteArray packed;
};
Result<PackedSnapshot> loadAdvisorSnapshot(Database &database, qint64 id);
/// The answer that it was, with room behind it; empty when it is damaged. For any thread.
QByteArray unpackedAnswer(const PackedSnapshot &snapshot);

/// A day for each on which something was fetched, oldest first, `most` at most; what was not fetched on a day counts as
/// on the day before. A day on which the results of an account came in part is left out.
Result<QList<AdvisorDay>> loadAdvisorDays(Database &database, const QList<AccountId> &accounts, int most);

} // namespace casement
