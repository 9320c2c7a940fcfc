#pragma once

#include "archive/advisorrecords.h"
#include "archive/archive.h"
#include "support/advisorresult.h"

namespace casement {

/// A kept result with its resources.
struct AdvisorSnapshot
{
    AdvisorSnapshotRecord record;
    AdvisorResultPtr result;
};

/// What the archive keeps of Trusted Advisor: checks, their last summaries, every result that was fetched, refreshes.
///
/// Lives in the GUI's thread; works on the archive's, and on the pool where results are packed and read. Callbacks as
/// the Archive's.
class AdvisorArchive final : public QObject
{
    Q_OBJECT

public:
    explicit AdvisorArchive(Archive &archive, QObject *parent = nullptr);

    /// All checks of an account, named in `language`.
    void loadChecks(AccountId account, const QString &language, QObject *context,
                    Archive::Callback<QList<AdvisorCheckRecord>> done);
    /// What the checks of all accounts are called in `language`.
    void loadNames(const QString &language, QObject *context, Archive::Callback<QList<AdvisorCheckName>> done);
    /// When the catalogue was last fetched, ms since 1970 UTC; 0: never.
    void catalogueFetched(AccountId account, const QString &language, QObject *context, Archive::Callback<qint64> done);
    /// The results of a check that are kept, newest first, in whatever language.
    void loadSnapshots(AccountId account, const QString &checkId, QObject *context,
                       Archive::Callback<QList<AdvisorSnapshotRecord>> done);
    /// A kept result by its number; Error::Kind::Archive when it is not there or damaged.
    void loadSnapshot(qint64 id, QObject *context, Archive::Callback<AdvisorSnapshot> done);
    void loadDays(const QList<AccountId> &accounts, int most, QObject *context,
                  Archive::Callback<QList<AdvisorDay>> done);

    /// The catalogue as it was answered; `done` after it is stored.
    void storeChecks(AccountId account, const QString &language, const QList<TrustedAdvisorCheckDescription> &checks,
                     QObject *context, Archive::Callback<void> done);
    /// Checks that the service does not know any more although the catalogue lists them.
    void storeGone(AccountId account, const QStringList &checkIds, QObject *context, Archive::Callback<void> done);
    void storeSummaries(AccountId account, const QList<TrustedAdvisorCheckSummary> &summaries, QObject *context,
                        Archive::Callback<void> done);
    /// Keeps a result. `check` gives account, id, name, category and headings, which are those of `language`. Answers
    /// the number of the snapshot.
    void storeResult(const AdvisorCheckRecord &check, const QString &language, const AdvisorResultPtr &result,
                     QObject *context, Archive::Callback<qint64> done);
    /// All that was to be loaded of an account was.
    void storeLoad(AccountId account, QObject *context, Archive::Callback<void> done);
    /// Checks that AWS was asked to run again within about a day, and of which nobody heard how it ended, by account.
    void loadUnfinished(QObject *context, Archive::Callback<QHash<AccountId, QStringList>> done);
    void storeRefresh(AccountId account, const QString &checkId, const AdvisorRefresh &refresh);
    void storeRefreshes(AccountId account, const QHash<QString, AdvisorRefresh> &refreshes);

    /// What a snapshot of a result says of it.
    static AdvisorSnapshotRecord recordOf(const AdvisorCheckRecord &check, const QString &language,
                                          const AdvisorResult &result, qint64 now);

Q_SIGNALS:
    /// Checks, summaries or refreshes of an account changed; resultStored() was said before where a result did.
    void checksChanged(casement::AccountId account);
    void resultStored(casement::AccountId account, const QString &checkId, qint64 snapshot);

private:
    Archive &m_archive;
};

} // namespace casement
