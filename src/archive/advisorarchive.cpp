#include "archive/advisorarchive.h"

#include "archive/advisorstore.h"
#include "archive/database.h"
#include "base/background.h"
#include "base/duration.h"
#include "support/timestamp.h"

#include <QDateTime>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

constexpr int fastest = 1; // of zlib: results of megabytes shrink to a tenth all the same

Error notKept()
{
    return Error{.kind = Error::Kind::Archive,
                 .code = archivecode::notKept,
                 .message = Archive::tr("This result is not in the archive any more. Load the check again.")};
}

Result<AdvisorSnapshot> unpack(const PackedSnapshot &packed)
{
    if (packed.record.id == 0)
        return notKept();
    const Result<AdvisorResultPtr> result = AdvisorResult::read(unpackedAnswer(packed));
    if (!result)
        return notKept();
    return AdvisorSnapshot{packed.record, *result};
}

} // namespace

AdvisorArchive::AdvisorArchive(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

void AdvisorArchive::loadChecks(AccountId account, const QString &language, QObject *context,
                                Archive::Callback<QList<AdvisorCheckRecord>> done)
{
    m_archive.ask<QList<AdvisorCheckRecord>>(
        Lane::Urgent, context,
        [account, language](Database &database) { return loadAdvisorChecks(database, account, language); },
        std::move(done));
}

void AdvisorArchive::loadNames(const QString &language, QObject *context,
                               Archive::Callback<QList<AdvisorCheckName>> done)
{
    m_archive.ask<QList<AdvisorCheckName>>(
        Lane::Urgent, context, [language](Database &database) { return loadAdvisorCheckNames(database, language); },
        std::move(done));
}

void AdvisorArchive::catalogueFetched(AccountId account, const QString &language, QObject *context,
                                      Archive::Callback<qint64> done)
{
    m_archive.ask<qint64>(
        Lane::Urgent, context,
        [account, language](Database &database) -> Result<qint64> {
            const qint64 fetched = advisorChecksFetched(database, account, language);
            if (const Result<void> read = database.takeError(); !read)
                return read.error();
            return fetched;
        },
        std::move(done));
}

void AdvisorArchive::loadSnapshots(AccountId account, const QString &checkId, QObject *context,
                                   Archive::Callback<QList<AdvisorSnapshotRecord>> done)
{
    m_archive.ask<QList<AdvisorSnapshotRecord>>(
        Lane::Urgent, context,
        [account, checkId](Database &database) { return loadAdvisorSnapshots(database, account, checkId); },
        std::move(done));
}

void AdvisorArchive::loadSnapshot(qint64 id, QObject *context, Archive::Callback<AdvisorSnapshot> done)
{
    m_archive.ask<PackedSnapshot>(
        Lane::Urgent, context, [id](Database &database) { return loadAdvisorSnapshot(database, id); },
        [context, done = std::move(done)](const Result<PackedSnapshot> &packed) {
            if (!packed)
                return done(packed.error());
            inBackground(
                context, [packed = *packed] { return unpack(packed); }, done);
        });
}

void AdvisorArchive::loadDays(const QList<AccountId> &accounts, int most, QObject *context,
                              Archive::Callback<QList<AdvisorDay>> done)
{
    m_archive.ask<QList<AdvisorDay>>(
        Lane::Urgent, context,
        [accounts, most](Database &database) { return loadAdvisorDays(database, accounts, most); }, std::move(done));
}

void AdvisorArchive::storeChecks(AccountId account, const QString &language,
                                 const QList<TrustedAdvisorCheckDescription> &checks, QObject *context,
                                 Archive::Callback<void> done)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_archive.ask<void>(
        Lane::Urgent, context,
        [account, language, now, checks](Database &database) {
            return storeAdvisorChecks(database, account, language, now, checks);
        },
        [this, account, done = std::move(done)](const Result<void> &stored) {
            if (stored)
                Q_EMIT checksChanged(account);
            done(stored);
        });
}

void AdvisorArchive::storeGone(AccountId account, const QStringList &checkIds, QObject *context,
                               Archive::Callback<void> done)
{
    m_archive.ask<void>(
        Lane::Urgent, context,
        [account, checkIds](Database &database) { return storeAdvisorGone(database, account, checkIds); },
        std::move(done));
}

void AdvisorArchive::storeSummaries(AccountId account, const QList<TrustedAdvisorCheckSummary> &summaries,
                                    QObject *context, Archive::Callback<void> done)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_archive.ask<void>(
        Lane::Urgent, context,
        [account, now, summaries](Database &database) {
            return storeAdvisorSummaries(database, account, now, summaries);
        },
        [this, account, done = std::move(done)](const Result<void> &stored) {
            if (stored)
                Q_EMIT checksChanged(account);
            done(stored);
        });
}

void AdvisorArchive::storeResult(const AdvisorCheckRecord &check, const QString &language,
                                 const AdvisorResultPtr &result, QObject *context, Archive::Callback<qint64> done)
{
    const AdvisorSnapshotRecord record = recordOf(check, language, *result, QDateTime::currentMSecsSinceEpoch());
    inBackground(
        context, [result] { return qCompress(result->body(), fastest); },
        [this, record, context, done = std::move(done)](const QByteArray &packed) {
            m_archive.ask<qint64>(
                Lane::Bulk, context,
                [record, packed](Database &database) { return storeAdvisorSnapshot(database, record, packed); },
                [this, record, done](const Result<qint64> &stored) {
                    if (stored) {
                        Q_EMIT resultStored(record.account, record.checkId, *stored);
                        Q_EMIT checksChanged(record.account);
                    }
                    done(stored);
                },
                packed.size());
        });
}

void AdvisorArchive::storeLoad(AccountId account, QObject *context, Archive::Callback<void> done)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_archive.ask<void>(
        Lane::Bulk, context, [account, now](Database &database) { return storeAdvisorLoad(database, account, now); },
        [this, account, done = std::move(done)](const Result<void> &stored) {
            if (stored)
                Q_EMIT checksChanged(account); // days are to be read again
            done(stored);
        });
}

void AdvisorArchive::loadUnfinished(QObject *context, Archive::Callback<QHash<AccountId, QStringList>> done)
{
    const qint64 since = QDateTime::currentMSecsSinceEpoch() - duration::day;
    m_archive.ask<QHash<AccountId, QStringList>>(
        Lane::Urgent, context, [since](Database &database) { return loadUnfinishedRefreshes(database, since); },
        std::move(done));
}

void AdvisorArchive::storeRefresh(AccountId account, const QString &checkId, const AdvisorRefresh &refresh)
{
    storeRefreshes(account, {{checkId, refresh}});
}

void AdvisorArchive::storeRefreshes(AccountId account, const QHash<QString, AdvisorRefresh> &refreshes)
{
    m_archive.ask<void>(
        Lane::Urgent, this,
        [account, refreshes](Database &database) { return storeAdvisorRefreshes(database, account, refreshes); },
        [this, account](const Result<void> &stored) {
            if (stored)
                Q_EMIT checksChanged(account);
        });
}

AdvisorSnapshotRecord AdvisorArchive::recordOf(const AdvisorCheckRecord &check, const QString &language,
                                               const AdvisorResult &result, qint64 now)
{
    AdvisorSnapshotRecord record;
    record.account = check.account;
    record.checkId = check.checkId;
    record.language = language;
    record.name = check.name;
    record.category = check.category;
    record.headings = check.headings;
    record.status = result.status;
    record.timestamp = result.timestamp;
    record.time = parseTimestamp(result.timestamp);
    if (record.time == 0)
        record.time = now;
    record.fetched = now;
    record.counts = result.counts;
    record.hasCounts = result.hasCounts;
    record.savings = result.savings;
    if (check.hasSummary)
        record.summary = advisorSummaryText(check.timestamp, check.status, check.counts);
    return record;
}

} // namespace casement
