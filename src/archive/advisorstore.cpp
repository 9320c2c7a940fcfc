#include "archive/advisorstore.h"

#include "archive/searchtext.h"
#include "archive/settings.h"
#include "aws/transport.h"
#include "base/duration.h"
#include "support/timestamp.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QSet>
#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString jsonOf(const QStringList &texts)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

QStringList textsOf(const QString &json)
{
    QStringList texts;
    const QJsonArray items = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &item : items)
        texts.append(item.toString());
    return texts;
}

// Beyond all that can be; sums of them are numbers still.
constexpr qint64 mostCounted = 1'000'000'000'000;
constexpr double mostSaved = 1e15;

double amountOf(const QString &text)
{
    const double amount = text.toDouble();
    return std::isfinite(amount) ? std::clamp(amount, -mostSaved, mostSaved) : 0;
}

/// Amounts are kept as texts that give the same number back.
QString amountText(double amount) { return QString::number(amount, 'g', QLocale::FloatingPointShortest); }

constexpr quint32 largestAnswer = 128 << 20; // bytes that are taken from the service

QString catalogueName(AccountId account, const QString &language)
{
    return u"advisor/catalogue/%1/%2"_s.arg(account).arg(language);
}

#define CASEMENT_SNAPSHOT_COLUMNS                                                                                      \
    "id, account, checkId, language, name, category, headings, status, timestamp, time, fetched, processed, flagged, " \
    "ignored, suppressed, savings, savingsPercent"

constexpr qint64 noCounts = -1; // as the number of processed resources

template <class Record> void readCounts(const Statement &row, int column, Record &record)
{
    record.hasCounts = row.number(column) != noCounts;
    if (record.hasCounts)
        record.counts = {row.number(column), row.number(column + 1), row.number(column + 2), row.number(column + 3)};
}

AdvisorSnapshotRecord readSnapshot(const Statement &row)
{
    AdvisorSnapshotRecord record;
    record.id = row.number(0);
    record.account = row.number(1);
    record.checkId = row.text(2);
    record.language = row.text(3);
    record.name = row.text(4);
    record.category = row.text(5);
    record.headings = textsOf(row.text(6));
    record.status = row.text(7);
    record.timestamp = row.text(8);
    record.time = row.number(9);
    record.fetched = row.number(10);
    readCounts(row, 11, record);
    record.savings = {amountOf(row.text(15)), amountOf(row.text(16))};
    return record;
}

} // namespace

Result<void> storeAdvisorChecks(Database &database, AccountId account, const QString &language, qint64 now,
                                const QList<TrustedAdvisorCheckDescription> &checks)
{
    Transaction transaction(database);
    database.prepare("UPDATE advisorChecks SET gone = 1 WHERE account = ? AND language = ?").run(account, language);
    int position = 0;
    for (const TrustedAdvisorCheckDescription &check : checks) {
        if (check.id.isEmpty())
            continue;
        database
            .prepare(
                "INSERT INTO advisorChecks (account, language, checkId, position, gone, category, name, headings, "
                "description) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (account, language, checkId) DO UPDATE "
                "SET position = excluded.position, gone = 0, category = excluded.category, name = excluded.name, "
                "headings = excluded.headings, description = excluded.description")
            .run(account, language, check.id, position++, check.category, check.name, jsonOf(check.metadata),
                 check.description);
    }
    writeSetting(database, catalogueName(account, language), QString::number(now));
    return transaction.commit();
}

Result<void> storeAdvisorGone(Database &database, AccountId account, const QStringList &checkIds)
{
    Transaction transaction(database);
    for (const QString &checkId : checkIds) {
        database.prepare("UPDATE advisorChecks SET gone = 1 WHERE account = ? AND checkId = ?").run(account, checkId);
    }
    return transaction.commit();
}

qint64 advisorChecksFetched(Database &database, AccountId account, const QString &language)
{
    return readNumberSetting(database, catalogueName(account, language));
}

Result<void> storeAdvisorSummaries(Database &database, AccountId account, qint64 now,
                                   const QList<TrustedAdvisorCheckSummary> &summaries)
{
    Transaction transaction(database);
    for (const TrustedAdvisorCheckSummary &summary : summaries) {
        if (summary.checkId.isEmpty())
            continue;
        const TrustedAdvisorResourcesSummary counts =
            summary.resourcesSummary.value_or(TrustedAdvisorResourcesSummary());
        TrustedAdvisorCostOptimizingSummary savings;
        if (summary.categorySpecificSummary && summary.categorySpecificSummary->costOptimizing)
            savings = *summary.categorySpecificSummary->costOptimizing;
        database
            .prepare("INSERT OR REPLACE INTO advisorSummaries (account, checkId, status, timestamp, time, processed, "
                     "flagged, ignored, suppressed, savings, savingsPercent, asked) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .run(account, summary.checkId, summary.status, summary.timestamp, parseTimestamp(summary.timestamp),
                 summary.resourcesSummary ? counts.resourcesProcessed : noCounts, counts.resourcesFlagged,
                 counts.resourcesIgnored, counts.resourcesSuppressed, amountText(savings.estimatedMonthlySavings),
                 amountText(savings.estimatedPercentMonthlySavings), now);
    }
    return transaction.commit();
}

Result<qint64> storeAdvisorSnapshot(Database &database, const AdvisorSnapshotRecord &snapshot, const QByteArray &packed)
{
    Transaction transaction(database);
    qint64 id = 0; // 0: it gets one
    {
        Statement find = database.prepare("SELECT id FROM advisorSnapshots WHERE account = ? AND checkId = ? AND "
                                          "language = ? AND timestamp = ? AND (timestamp <> '' OR content = ?) "
                                          "ORDER BY fetched DESC, id DESC LIMIT 1");
        find.run(snapshot.account, snapshot.checkId, snapshot.language, snapshot.timestamp, packed);
        if (find.next())
            id = find.number(0);
    }
    {
        // Under the number that it has: others who know it may be about to read it.
        Statement add = database.prepare(
            "INSERT OR REPLACE INTO advisorSnapshots (id, account, checkId, language, name, category, headings, "
            "status, timestamp, time, fetched, processed, flagged, ignored, suppressed, savings, savingsPercent, "
            "summary, content) VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (add.run(id, snapshot.account, snapshot.checkId, snapshot.language, snapshot.name, snapshot.category,
                    jsonOf(snapshot.headings), snapshot.status, snapshot.timestamp, snapshot.time, snapshot.fetched,
                    snapshot.hasCounts ? snapshot.counts.resourcesProcessed : noCounts,
                    snapshot.counts.resourcesFlagged, snapshot.counts.resourcesIgnored,
                    snapshot.counts.resourcesSuppressed, amountText(snapshot.savings.estimatedMonthlySavings),
                    amountText(snapshot.savings.estimatedPercentMonthlySavings), snapshot.summary, packed))
            id = add.lastId();
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return id;
}

Result<void> storeAdvisorLoad(Database &database, AccountId account, qint64 now)
{
    Transaction transaction(database);
    database.prepare("INSERT OR IGNORE INTO advisorLoads (account, day) VALUES (?, ?)")
        .run(account, now - now % duration::day);
    return transaction.commit();
}

Result<void> storeAdvisorRefreshes(Database &database, AccountId account,
                                   const QHash<QString, AdvisorRefresh> &refreshes)
{
    Transaction transaction(database);
    for (auto it = refreshes.cbegin(); it != refreshes.cend(); ++it) {
        database
            .prepare("INSERT OR REPLACE INTO advisorRefreshes (account, checkId, status, nextRefreshable, automatic) "
                     "VALUES (?, ?, ?, ?, ?)")
            .run(account, it.key(), it->status, it->nextRefreshable, it->isAutomatic);
    }
    return transaction.commit();
}

Result<QHash<AccountId, QStringList>> loadUnfinishedRefreshes(Database &database, qint64 since)
{
    QHash<AccountId, QStringList> checks;
    Statement read = database.prepare("SELECT account, checkId FROM advisorRefreshes WHERE automatic = 0 "
                                      "AND status IN ('enqueued', 'processing', ?) AND nextRefreshable >= ?");
    read.run(QString(refreshWanted), since);
    while (read.next())
        checks[read.number(0)].append(read.text(1));
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return checks;
}

Result<QList<AdvisorCheckName>> loadAdvisorCheckNames(Database &database, const QString &language)
{
    QList<AdvisorCheckName> names;
    {
        Statement read = database.prepare("SELECT account, checkId, name FROM advisorChecks WHERE language = ? AND "
                                          "gone = 0 ORDER BY position, checkId, account");
        read.run(language);
        while (read.next())
            names.append({read.number(0), read.text(1), read.text(2), foldForSearch(read.text(2))});
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return names;
}

Result<QList<AdvisorCheckRecord>> loadAdvisorChecks(Database &database, AccountId account, const QString &language)
{
    QList<AdvisorCheckRecord> checks;
    QHash<QString, qsizetype> places;
    {
        Statement read =
            database.prepare("SELECT checkId, name, description, category, headings, gone FROM "
                             "advisorChecks WHERE account = ? AND language = ? ORDER BY position, checkId");
        read.run(account, language);
        while (read.next()) {
            AdvisorCheckRecord check;
            check.account = account;
            check.checkId = read.text(0);
            check.name = read.text(1);
            check.description = read.text(2);
            check.category = read.text(3);
            check.headings = textsOf(read.text(4));
            check.isGone = read.number(5) != 0;
            places.insert(check.checkId, checks.size());
            checks.append(check);
        }
    }
    const auto placeOf = [&](const QString &checkId) -> AdvisorCheckRecord & {
        const auto at = places.constFind(checkId);
        if (at != places.cend())
            return checks[*at];
        places.insert(checkId, checks.size());
        AdvisorCheckRecord &check = checks.emplaceBack();
        check.account = account;
        check.checkId = checkId;
        check.name = checkId;
        check.isGone = true;
        return check;
    };
    {
        Statement read = database.prepare(
            "SELECT checkId, status, timestamp, time, processed, flagged, ignored, suppressed, savings, "
            "savingsPercent, asked FROM advisorSummaries WHERE account = ? ORDER BY checkId");
        read.run(account);
        while (read.next()) {
            if (!places.contains(read.text(0)))
                continue; // known in another language, or gone long ago
            AdvisorCheckRecord &check = placeOf(read.text(0));
            check.hasSummary = true;
            check.status = read.text(1);
            check.timestamp = read.text(2);
            check.time = read.number(3);
            readCounts(read, 4, check);
            check.savings = {amountOf(read.text(8)), amountOf(read.text(9))};
            check.asked = read.number(10);
        }
    }
    {
        Statement read =
            database.prepare("SELECT checkId, id, timestamp, name, category, headings, fetched, summary, status, "
                             "processed, flagged, ignored, suppressed FROM advisorSnapshots WHERE account = ? AND "
                             "language = ? ORDER BY checkId, fetched, id");
        read.run(account, language);
        while (read.next()) { // the last of each check stays
            const bool isKnown = places.contains(read.text(0));
            AdvisorCheckRecord &check = placeOf(read.text(0));
            check.snapshot = read.number(1);
            check.snapshotTimestamp = read.text(2);
            check.snapshotFetched = read.number(6);
            check.snapshotStatus = read.text(8);
            check.snapshotCounts = {};
            if (read.number(9) != noCounts)
                check.snapshotCounts = {read.number(9), read.number(10), read.number(11), read.number(12)};
            check.snapshotSummary = read.text(7);
            if (check.snapshotSummary.isEmpty()) // of an older version
                check.snapshotSummary =
                    advisorSummaryText(check.snapshotTimestamp, check.snapshotStatus, check.snapshotCounts);
            if (!isKnown) {
                check.name = read.text(3);
                check.category = read.text(4);
                check.headings = textsOf(read.text(5));
            }
        }
    }
    {
        Statement read = database.prepare(
            "SELECT checkId, status, nextRefreshable, automatic FROM advisorRefreshes WHERE account = ?");
        read.run(account);
        while (read.next()) {
            if (places.contains(read.text(0)))
                placeOf(read.text(0)).refresh = {read.text(1), read.number(2), read.number(3) != 0};
        }
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return checks;
}

Result<QList<AdvisorSnapshotRecord>> loadAdvisorSnapshots(Database &database, AccountId account, const QString &checkId)
{
    QList<AdvisorSnapshotRecord> snapshots;
    Statement read = database.prepare("SELECT " CASEMENT_SNAPSHOT_COLUMNS " FROM advisorSnapshots "
                                      "WHERE account = ? AND checkId = ? ORDER BY fetched DESC, id DESC");
    read.run(account, checkId);
    while (read.next())
        snapshots.append(readSnapshot(read));
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return snapshots;
}

Result<PackedSnapshot> loadAdvisorSnapshot(Database &database, qint64 id)
{
    PackedSnapshot found;
    Statement read =
        database.prepare("SELECT " CASEMENT_SNAPSHOT_COLUMNS ", content FROM advisorSnapshots WHERE id = ?");
    if (read.run(id) && read.next()) {
        found.record = readSnapshot(read);
        found.packed = read.bytes(17);
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return found;
}

QByteArray unpackedAnswer(const PackedSnapshot &snapshot)
{
    // What a damaged one says of its length is not believed.
    if (snapshot.packed.size() < qsizetype(sizeof(quint32)))
        return {};
    const auto length = qFromBigEndian<quint32>(snapshot.packed.constData());
    if (length > largestAnswer)
        return {};
    QByteArray body = qUncompress(snapshot.packed);
    if (body.size() != qsizetype(length))
        return {};
    body.reserve(body.size() + answerRoom); // so that it is read where it stands
    return body;
}

Result<QList<AdvisorDay>> loadAdvisorDays(Database &database, const QList<AccountId> &accounts, int most)
{
    struct Now
    {
        qint64 flagged = 0;
        double savings = 0;
        bool isError = false;
        bool isWarning = false;
    };
    QSet<std::pair<AccountId, qint64>> whole; // days of accounts
    {
        Statement loads = database.prepare("SELECT account, day FROM advisorLoads");
        loads.run();
        while (loads.next())
            whole.insert({loads.number(0), loads.number(1)});
    }
    QSet<AccountId> counted; // all of whose checks are in the sum
    QSet<AccountId> partly; // those of the day that are not
    QSet<AccountId> lacking; // those that were never loaded as a whole
    QHash<std::pair<AccountId, QString>, Now> checks;
    AdvisorDay sum;
    QList<AdvisorDay> days;
    const auto endDay = [&] {
        if (sum.day != 0 && partly.isEmpty() && lacking.isEmpty())
            days.append(sum);
    };
    Statement read =
        database.prepare("SELECT account, checkId, fetched, flagged, savings, status FROM advisorSnapshots "
                         "ORDER BY fetched, id");
    read.run();
    while (read.next()) {
        const AccountId account = read.number(0);
        if (!accounts.isEmpty() && !accounts.contains(account))
            continue;
        const qint64 day = read.number(2) - read.number(2) % duration::day;
        if (day != sum.day) {
            endDay();
            partly.clear();
        }
        if (whole.contains({account, day})) {
            counted.insert(account);
            lacking.remove(account);
        } else {
            partly.insert(account);
            if (!counted.contains(account))
                lacking.insert(account);
        }
        Now &check = checks[{account, read.text(1)}];
        const QString status = read.text(5);
        const Now next{std::clamp<qint64>(read.number(3), 0, mostCounted), amountOf(read.text(4)), status == "error"_L1,
                       status == "warning"_L1};
        sum.flagged += next.flagged - check.flagged;
        sum.savings += next.savings - check.savings;
        sum.errors += int(next.isError) - int(check.isError);
        sum.warnings += int(next.isWarning) - int(check.isWarning);
        check = next;
        sum.day = day;
    }
    endDay();
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return days.size() > most ? days.last(most) : days;
}

} // namespace casement
