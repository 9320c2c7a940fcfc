#include "archive/casestore.h"

#include "archive/archivecare.h"
#include "archive/caseowner.h"
#include "archive/caserecordbuilder.h"
#include "archive/communicationkey.h"
#include "archive/fillstore.h"
#include "archive/searchindex.h"
#include "archive/settings.h"
#include "base/duration.h"
#include "base/log.h"
#include "support/codes.h"
#include "support/timestamp.h"

#include <QHash>
#include <QSet>
#include <QSqlError>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestExcerpt = 400; // of a new answer: what a notification can show

bool writtenByAws(const QString &submittedBy) { return isFromAws(submittedBy.toUtf8().toStdString()); }
QString silenceSetting(AccountId account, const QString &caseId) { return u"sync/%1/silent/"_s.arg(account) + caseId; }

void forgetSilence(Database &database, AccountId account, const QString &caseId)
{
    database.prepare("DELETE FROM settings WHERE name = ?").run(silenceSetting(account, caseId));
}

bool isResolvedStatus(const QString &status) { return isResolved(status.toUtf8().toStdString()); }

// The columns that a CaseRecord is made of, in the order readRecord() reads them.
#define CASEMENT_RECORD_COLUMNS                                                                                        \
    "account, created, updated, turn, turnSince, unread, caseId, displayId, subject, status, severityCode, "           \
    "serviceCode, categoryCode, "                                                                                      \
    "submittedBy, language, timeCreated, firstAnswer, answered"

template <class Row> void readRecord(const Row &row, CaseRecordBuilder &builder)
{
    std::array<QByteArray, 10> texts;
    for (size_t i = 0; i < texts.size(); ++i)
        texts[i] = row.text(6 + int(i)).toUtf8();
    const auto view = [&texts](size_t i) { return std::string_view(texts[i].constData(), size_t(texts[i].size())); };
    CaseRecord &record = builder.add(row.number(0),
                                     {.caseId = view(0),
                                      .displayId = view(1),
                                      .subject = view(2),
                                      .status = view(3),
                                      .severityCode = view(4),
                                      .serviceCode = view(5),
                                      .categoryCode = view(6),
                                      .submittedBy = view(7),
                                      .language = view(8),
                                      .timeCreated = view(9)});
    record.created = row.number(1);
    record.updated = row.number(2);
    record.turn = Turn(std::clamp<qint64>(row.number(3), 0, qint64(Turn::Aws)));
    record.turnSince = row.number(4);
    record.unread = row.number(5) != 0;
    record.firstAnswer = FirstAnswer(std::clamp<qint64>(row.number(16), 0, qint64(FirstAnswer::Given)));
    record.answered = row.number(17);
}

void addRecord(Database &database, qint64 caseRow, CaseRecordBuilder &builder)
{
    Statement read = database.prepare("SELECT " CASEMENT_RECORD_COLUMNS " FROM cases WHERE id = ?");
    if (read.run(caseRow) && read.next())
        readRecord(read, builder);
}

qint64 findCase(Database &database, AccountId account, const QString &caseId)
{
    Statement find = database.prepare("SELECT id FROM cases WHERE account = ? AND caseId = ?");
    return find.run(account, caseId) && find.next() ? find.number(0) : 0;
}

struct Messages
{
    int known = 0; ///< the archive had them
    int added = 0;
    bool filesAdded = false;
    QList<NewAnswer> unread; ///< of the added ones
};

void addFiles(Database &database, qint64 communicationRow, const Communication &message, Messages &messages)
{
    const QList<AttachmentDetails> files = message.allAttachments();
    for (const AttachmentDetails &file : files) {
        Statement add = database.prepare(
            "INSERT OR IGNORE INTO attachments (communication, attachmentId, fileName) VALUES (?, ?, ?)");
        if (add.run(communicationRow, file.attachmentId, file.fileName) && add.changes() > 0)
            messages.filesAdded = true;
    }
}

qint64 countMessages(Database &database, qint64 caseRow)
{
    Statement count = database.prepare("SELECT count(*) FROM communications WHERE caseRow = ?");
    return count.run(caseRow) && count.next() ? count.number(0) : 0;
}

Messages storeMessages(Database &database, qint64 caseRow, const QString &caseId, const QList<Communication> &list,
                       bool markUnread)
{
    Messages messages;
    QHash<QString, int> twins; // messages that are the same in all of it, within this answer
    // Answers have the newest first: stored the other way round, messages without a readable time keep their order.
    for (auto message = list.crbegin(); message != list.crend(); ++message) {
        if (!message->isReadable())
            continue;
        QString key = communicationKey(caseId, message->timeCreated, message->submittedBy, message->body);
        if (const int ordinal = twins[key]++; ordinal > 0)
            key = communicationKey(caseId, message->timeCreated, message->submittedBy, message->body, ordinal);
        qint64 row = 0;
        {
            Statement find = database.prepare("SELECT id FROM communications WHERE caseRow = ? AND key = ?");
            if (find.run(caseRow, key) && find.next())
                row = find.number(0);
        }
        if (row != 0) {
            ++messages.known;
        } else {
            const bool fromAws = writtenByAws(message->submittedBy);
            const bool unread = fromAws && markUnread;
            Statement add =
                database.prepare("INSERT INTO communications (caseRow, created, fromAws, unread, key, timeCreated, "
                                 "submittedBy, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            if (!add.run(caseRow, parseTimestamp(message->timeCreated), fromAws, unread, key, message->timeCreated,
                         message->submittedBy, message->body))
                return messages;
            row = add.lastId();
            ++messages.added;
            if (unread)
                messages.unread.append({caseId, key, message->body.first(qMin(message->body.size(), longestExcerpt)),
                                        parseTimestamp(message->timeCreated)});
            indexCommunication(database, row, message->body);
        }
        addFiles(database, row, *message, messages);
    }
    return messages;
}

/// Computes what follows from a case's texts and messages: times, turn and AWS's first answer. True when what is known
/// of the answer is new.
bool refreshCase(Database &database, qint64 caseRow)
{
    CaseRecord record;
    CaseRecord before;
    QByteArray status;
    TurnFacts facts;
    AnswerFacts answer;
    {
        Statement read = database.prepare(
            "SELECT status, timeCreated, gone, complete, firstAnswer, answered FROM cases WHERE id = ?");
        if (!read.run(caseRow) || !read.next())
            return false;
        status = read.text(0).toUtf8();
        facts.status = std::string_view(status.constData(), size_t(status.size()));
        facts.created = parseTimestamp(read.text(1));
        facts.gone = read.number(2) != 0;
        answer.whole = Completeness(read.number(3)) == Completeness::Whole;
        before.firstAnswer = FirstAnswer(read.number(4));
        before.answered = read.number(5);
    }
    {
        Statement ends = database.prepare(
            "SELECT fromAws, max(created), min(created) FROM communications WHERE caseRow = ? GROUP BY fromAws");
        ends.run(caseRow);
        while (ends.next()) {
            answer.any = true;
            (ends.number(0) ? facts.newestAws : facts.newestCustomer) = ends.number(1);
            if (ends.number(0)) {
                answer.anyFromAws = true;
                answer.oldestFromAws = ends.number(2);
            }
        }
    }
    setTurn(record, facts);
    setFirstAnswer(record, answer);
    if (!answer.whole && before.answered != 0)
        record.answered = before.answered; // what is missing now came after it
    database
        .prepare("UPDATE cases SET created = ?, updated = ?, turn = ?, turnSince = ?, firstAnswer = ?, answered = ? "
                 "WHERE id = ?")
        .run(facts.created, record.updated, int(record.turn), record.turnSince, int(record.firstAnswer),
             record.answered, caseRow);
    return record.firstAnswer != before.firstAnswer || record.answered != before.answered;
}

/// A case as the archive has it, before an answer is looked at.
struct KnownCase
{
    qint64 row = 0;
    Completeness completeness = Completeness::LacksHistory;
    bool gone = false;
    CaseDetails details;
};

CaseDetails readDetails(const Statement &row, int first)
{
    CaseDetails details;
    int column = first;
    for (QString CaseDetails::*member :
         {&CaseDetails::caseId, &CaseDetails::displayId, &CaseDetails::subject, &CaseDetails::status,
          &CaseDetails::serviceCode, &CaseDetails::categoryCode, &CaseDetails::severityCode, &CaseDetails::submittedBy,
          &CaseDetails::timeCreated, &CaseDetails::language})
        details.*member = row.text(column++);
    details.ccEmailAddresses = row.text(column).split(u'\n', Qt::SkipEmptyParts);
    return details;
}

#define CASEMENT_DETAIL_COLUMNS                                                                                        \
    "caseId, displayId, subject, status, serviceCode, categoryCode, severityCode, submittedBy, timeCreated, "          \
    "language, ccEmailAddresses"

KnownCase readKnown(Database &database, AccountId account, const QString &caseId)
{
    KnownCase known;
    Statement find = database.prepare("SELECT id, complete, gone, " CASEMENT_DETAIL_COLUMNS
                                      " FROM cases WHERE account = ? AND caseId = ?");
    if (find.run(account, caseId) && find.next()) {
        known.row = find.number(0);
        known.completeness = Completeness(find.number(1));
        known.gone = find.number(2) != 0;
        known.details = readDetails(find, 3);
    }
    return known;
}

/// What is kept of a case: the answer's texts, and ours for those it left out.
CaseDetails mergedDetails(const CaseDetails &known, const CaseDetails &answered)
{
    CaseDetails merged = answered;
    for (QString CaseDetails::*member :
         {&CaseDetails::displayId, &CaseDetails::subject, &CaseDetails::status, &CaseDetails::serviceCode,
          &CaseDetails::categoryCode, &CaseDetails::severityCode, &CaseDetails::submittedBy, &CaseDetails::timeCreated,
          &CaseDetails::language}) {
        if ((merged.*member).isEmpty())
            merged.*member = known.*member;
    }
    return merged;
}

bool sameTexts(const CaseDetails &a, const CaseDetails &b)
{
    return a.displayId == b.displayId && a.subject == b.subject && a.status == b.status
        && a.serviceCode == b.serviceCode && a.categoryCode == b.categoryCode && a.severityCode == b.severityCode
        && a.submittedBy == b.submittedBy && a.timeCreated == b.timeCreated && a.language == b.language
        && a.ccEmailAddresses == b.ccEmailAddresses;
}

qint64 unreadableOf(const QList<Communication> &messages)
{
    return std::count_if(messages.begin(), messages.end(),
                         [](const Communication &message) { return !message.isReadable(); });
}

/// Whether the conversation is known back to its start, after the newest messages of an answer were stored.
bool isComplete(const KnownCase &known, const CaseDetails &details, const Messages &messages, bool messagesAsked)
{
    const bool answered = details.recentCommunications && !details.recentCommunications->communications.isEmpty();
    if (answered && unreadableOf(details.recentCommunications->communications) > 0)
        return false;
    if (!answered) {
        // Every case has a message: this service leaves them out. What may have changed must be asked for.
        const bool quiet = known.row != 0 && known.details.status == details.status && isResolvedStatus(details.status);
        return known.completeness == Completeness::Whole && (!messagesAsked || quiet);
    }
    if (details.recentCommunications->nextToken.isEmpty())
        return true;
    return known.completeness == Completeness::Whole && messages.known > 0;
}

/// Stores one case; says in `page` what is new about it.
void storeCase(Database &database, AccountId account, const CaseDetails &answered, const StoreOptions &options,
               StoredPage &page, CaseRecordBuilder &changed)
{
    KnownCase known = readKnown(database, account, answered.caseId);
    const bool isNew = known.row == 0;
    const CaseDetails details = mergedDetails(known.details, answered);
    const bool textsDiffer = isNew || known.gone || !sameTexts(known.details, details);
    const QString cc = details.ccEmailAddresses.join(u'\n');
    if (isNew) {
        Statement add = database.prepare("INSERT INTO cases (account, created, updated, turn, turnSince, unread, "
                                         "complete, gone, " CASEMENT_DETAIL_COLUMNS
                                         ") VALUES (?, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!add.run(account, details.caseId, details.displayId, details.subject, details.status, details.serviceCode,
                     details.categoryCode, details.severityCode, details.submittedBy, details.timeCreated,
                     details.language, cc))
            return;
        known.row = add.lastId();
        indexSubject(database, known.row, {}, details.subject);
    } else if (textsDiffer) {
        database
            .prepare("UPDATE cases SET gone = 0, displayId = ?, subject = ?, status = ?, serviceCode = ?, categoryCode "
                     "= ?, severityCode = ?, "
                     "submittedBy = ?, timeCreated = ?, language = ?, ccEmailAddresses = ? WHERE id = ?")
            .run(details.displayId, details.subject, details.status, details.serviceCode, details.categoryCode,
                 details.severityCode, details.submittedBy, details.timeCreated, details.language, cc, known.row);
        if (known.gone)
            forgetSilence(database, account, details.caseId);
        if (known.details.subject != details.subject)
            indexSubject(database, known.row, known.details.subject, details.subject);
    }
    Messages messages;
    if (details.recentCommunications)
        messages = storeMessages(database, known.row, details.caseId, details.recentCommunications->communications,
                                 options.markUnread);
    Completeness completeness = known.completeness;
    if (isComplete(isNew ? KnownCase{} : known, details, messages, options.messagesAsked))
        completeness = Completeness::Whole;
    else if (known.completeness == Completeness::Whole || (isNew && options.markUnread))
        completeness = Completeness::LacksNews;
    if (completeness != known.completeness)
        database.prepare("UPDATE cases SET complete = ? WHERE id = ?").run(int(completeness), known.row);
    if (!messages.unread.isEmpty())
        database.prepare("UPDATE cases SET unread = 1 WHERE id = ?").run(known.row);
    page.answers += messages.unread;
    const bool differs = textsDiffer || messages.added > 0;
    const bool isWhole = completeness == Completeness::Whole && known.completeness != completeness;
    const bool answers = (differs || isWhole) && refreshCase(database, known.row);
    if (differs && !isNew)
        forgetRefusal(database, account, details.caseId);
    if ((differs || answers) && (!isNew || options.announceNew))
        addRecord(database, known.row, changed);
    if (messages.added > 0 || messages.filesAdded)
        page.newMessages.append(details.caseId);
    if (!isResolvedStatus(details.status))
        page.open.append(details.caseId);
    page.ids.append(details.caseId);
    ++page.count;
}

} // namespace

bool hasCases(Database &database, AccountId account)
{
    Statement read = database.prepare("SELECT 1 FROM cases WHERE account = ? LIMIT 1");
    return read.run(account) && read.next();
}

Result<StoredPage> storeCases(Database &database, AccountId account, const DescribeCases::Response &page,
                              const StoreOptions &options)
{
    StoredPage stored;
    stored.nextToken = page.nextToken;
    CaseRecordBuilder changed;
    Transaction transaction(database);
    PageOwner owner{.ofKeys = options.ofKeys, .ofIds = {}};
    for (const CaseDetails &details : page.cases)
        owner.add(details.caseId);
    const Result<QString> number = ownerAfter(database, account, options.listed, owner);
    if (!number && !database.hasFailed())
        return number.error();
    stored.owner = number ? *number : QString();
    const qint64 cutoff = removalCutoff(database);
    for (const CaseDetails &details : page.cases) {
        if (details.caseId.isEmpty())
            ++stored.unreadable;
        else if (isPastRemoval(details, cutoff) && findCase(database, account, details.caseId) == 0)
            stored.ids.append(details.caseId);
        else
            storeCase(database, account, details, options, stored, changed);
    }
    if (stored.unreadable > 0)
        qCWarning(logSync) << stored.unreadable << "cases without caseId are left out";
    if (options.listingBegan)
        writeListingPlace(database, account, {options.listingBegan, page.nextToken});
    writeOwner(database, account, stored.owner);
    if (!page.cases.isEmpty())
        forgetEmptyLists(database, account);
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    stored.changed = changed.take();
    return stored;
}

Result<StoredPage> storeCommunications(Database &database, AccountId account, const QString &caseId,
                                       const DescribeCommunications::Response &page, bool last,
                                       const StoreOptions &options)
{
    StoredPage stored;
    stored.nextToken = page.nextToken;
    CaseRecordBuilder changed;
    Transaction transaction(database);
    if (const KnownCase known = readKnown(database, account, caseId); known.row != 0) {
        const qint64 caseRow = known.row;
        const bool news = options.markUnread && known.completeness != Completeness::LacksHistory;
        const Messages messages = storeMessages(database, caseRow, caseId, page.communications, news);
        if (!messages.unread.isEmpty())
            database.prepare("UPDATE cases SET unread = 1 WHERE id = ?").run(caseRow);
        stored.answers = messages.unread;
        stored.count = messages.added;
        stored.unreadable = unreadableOf(page.communications);
        stored.received = page.communications.size() - stored.unreadable;
        stored.lacksKnown = last && countMessages(database, caseRow) > options.received + stored.received;
        if (last && !stored.lacksKnown && stored.unreadable == 0) {
            database.prepare("UPDATE cases SET complete = ? WHERE id = ?").run(int(Completeness::Whole), caseRow);
            forgetRefusal(database, account, caseId);
        }
        const bool answers = (messages.added > 0 || last) && refreshCase(database, caseRow);
        if (messages.added > 0 || answers)
            addRecord(database, caseRow, changed);
        if (messages.added > 0 || messages.filesAdded)
            stored.newMessages.append(caseId);
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    stored.changed = changed.take();
    return stored;
}

Result<CaseRecords> markGone(Database &database, AccountId account, const QStringList &caseIds, Gone how, qint64 now)
{
    constexpr qint64 askedSoon = 3;

    CaseRecordBuilder changed;
    Transaction transaction(database);
    for (const QString &caseId : caseIds) {
        const qint64 caseRow = findCase(database, account, caseId);
        if (caseRow == 0)
            continue;
        database.prepare("UPDATE cases SET gone = ? WHERE id = ?").run(int(how), caseRow);
        if (how == Gone::Said) {
            forgetSilence(database, account, caseId);
        } else { // how often it was silent while that is little, then when it is asked next
            const QString setting = silenceSetting(account, caseId);
            const qint64 times = readNumberSetting(database, setting) + 1;
            writeSetting(database, setting, QString::number(times < askedSoon ? times : now + duration::day));
        }
        refreshCase(database, caseRow);
        addRecord(database, caseRow, changed);
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return changed.take();
}

Result<QStringList> openCasesExcept(Database &database, AccountId account, const QSet<QString> &listed, qint64 now)
{
    QStringList missing;
    {
        // A clock that was ahead puts nothing off for longer than a day.
        Statement read = database.prepare(
            "SELECT caseId FROM cases WHERE account = ? AND status <> 'resolved' AND (gone = 0 OR (gone = 2 AND "
            "ifnull((SELECT CAST(value AS INTEGER) FROM settings WHERE name = ? || caseId), 0) NOT BETWEEN ? AND ?))");
        read.run(account, silenceSetting(account, {}), now + 1, now + duration::day);
        while (read.next()) {
            if (const QString caseId = read.text(0); !listed.contains(caseId))
                missing.append(caseId);
        }
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return missing;
}

Result<void> loadCases(Database &database, const QList<AccountId> &accounts,
                       const std::function<void(CaseRecords)> &batch)
{
    QString sql = u"SELECT " CASEMENT_RECORD_COLUMNS " FROM cases"_s;
    for (qsizetype i = 0; i < accounts.size(); ++i)
        sql += (i == 0 ? " WHERE account IN ("_L1 : ", "_L1) + QString::number(accounts[i]);
    if (!accounts.isEmpty())
        sql += u')';
    QSqlQuery query = database.query();
    query.setForwardOnly(true);
    if (!query.exec(sql + " ORDER BY updated DESC, id"_L1))
        return database.errorOf(query);
    struct Row
    {
        const QSqlQuery &query;
        QString text(int column) const { return query.value(column).toString(); }
        qint64 number(int column) const { return query.value(column).toLongLong(); }
    };
    CaseRecordBuilder builder;
    constexpr size_t batchSize = 2000;
    while (query.next()) {
        readRecord(Row{query}, builder);
        if (builder.size() == batchSize)
            batch(builder.take());
    }
    if (query.lastError().isValid())
        return database.errorOf(query);
    if (builder.size() > 0)
        batch(builder.take());
    return {};
}

Result<CaseDetails> loadCase(Database &database, AccountId account, const QString &caseId)
{
    CaseDetails details;
    {
        Statement read =
            database.prepare("SELECT " CASEMENT_DETAIL_COLUMNS " FROM cases WHERE account = ? AND caseId = ?");
        if (read.run(account, caseId) && read.next())
            details = readDetails(read, 0);
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return details;
}

Result<QList<CommunicationRecord>> loadCommunications(Database &database, AccountId account, const QString &caseId)
{
    QList<CommunicationRecord> list;
    const qint64 caseRow = findCase(database, account, caseId);
    QHash<qint64, qsizetype> places;
    {
        Statement read = database.prepare(
            "SELECT id, key, body, submittedBy, timeCreated, created, fromAws, unread FROM communications "
            "WHERE caseRow = ? ORDER BY created, id");
        read.run(caseRow);
        while (read.next()) {
            places.insert(read.number(0), list.size());
            list.append({.key = read.text(1),
                         .body = read.text(2),
                         .submittedBy = read.text(3),
                         .timeCreatedText = read.text(4),
                         .created = read.number(5),
                         .fromAws = read.number(6) != 0,
                         .unread = read.number(7) != 0});
        }
    }
    {
        Statement files =
            database.prepare("SELECT a.communication, a.attachmentId, a.fileName FROM attachments a "
                             "JOIN communications m ON m.id = a.communication WHERE m.caseRow = ? ORDER BY a.rowid");
        files.run(caseRow);
        while (files.next()) {
            // An index that is damaged hides messages.
            if (const auto at = places.constFind(files.number(0)); at != places.cend())
                list[*at].attachments.append({files.text(1), files.text(2)});
        }
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return list;
}

Result<CaseRecords> markRead(Database &database, AccountId account, const QString &caseId)
{
    CaseRecordBuilder changed;
    Transaction transaction(database);
    QList<qint64> rows;
    {
        Statement find =
            database.prepare(caseId.isEmpty() ? "SELECT id FROM cases WHERE account = ? AND unread = 1"
                                              : "SELECT id FROM cases WHERE account = ? AND caseId = ? AND unread = 1");
        caseId.isEmpty() ? find.run(account) : find.run(account, caseId);
        while (find.next())
            rows.append(find.number(0));
    }
    for (const qint64 caseRow : rows) {
        database.prepare("UPDATE cases SET unread = 0 WHERE id = ?").run(caseRow);
        database.prepare("UPDATE communications SET unread = 0 WHERE caseRow = ? AND unread = 1").run(caseRow);
        addRecord(database, caseRow, changed);
    }
    if (const Result<void> done = transaction.commit(); !done)
        return done.error();
    return changed.take();
}

} // namespace casement
