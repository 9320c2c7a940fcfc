#include "archive/advisorstore.h"
#include "archive/archivecare.h"
#include "archive/casemarkstore.h"
#include "archive/casestore.h"
#include "archive/catalogstore.h"
#include "archive/fillstore.h"
#include "archive/outboxfilestore.h"
#include "archive/outboxstore.h"
#include "archive/schema.h"
#include "archive/searchindex.h"
#include "archive/settings.h"
#include "fuzzfolder.h"
#include "support/advisorresult.h"
#include "support/operations.h"

#include <QSet>

#include <algorithm>
#include <cmath>

// Input: a letter, and what it asks for:
//   f  a file, opened as an archive
//   p  a good archive with patches: three bytes say where, one how long, then the bytes; again and again
//   c  the same, cut before: three bytes say how long it is
//   u  a good archive with other values: `table.column=Tvalue`, ended by 0x1e; T is t (text), b (bytes), i, r or n
//   s  words, searched for in a good archive

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'790'000'000'000;
constexpr qsizetype mostAccounts = 3;
constexpr size_t mostCases = 4;

const QByteArray casesPage = R"({"cases":[{"caseId":"case-1","displayId":"1","subject":"Lambda times out in 東京",
"status":"pending-customer-action","serviceCode":"aws-lambda","categoryCode":"other","severityCode":"urgent",
"submittedBy":"Ana (Role) <ana@example.com>","timeCreated":"2026-11-20T10:00:00.000Z","language":"en",
"ccEmailAddresses":["a@example.com","b@example.com"],"recentCommunications":{"nextToken":"more","communications":[
{"caseId":"case-1","body":"Please send the log.","submittedBy":"Amazon Web Services",
"timeCreated":"2026-11-21T10:00:00.000Z",
"attachmentSet":[{"attachmentId":"att-1","fileName":"guide.pdf"}]},
{"caseId":"case-1","body":"It times out.","submittedBy":"Ana","timeCreated":"2026-11-20T10:00:00.000Z",
"attachments":[{"attachmentId":"att-2","fileName":"log.txt"},{"attachmentId":"att-3","fileName":"写真.png"}]}]}},
{"caseId":"case-2","displayId":"2","subject":"","status":"resolved","timeCreated":"?","language":"ja"}],
"nextToken":"page"})";

const QByteArray checkResult = R"({"result":{"checkId":"check-1","timestamp":"2026-11-20T10:00:00Z","status":"warning",
"resourcesSummary":{"resourcesProcessed":5,"resourcesFlagged":2,"resourcesIgnored":0,"resourcesSuppressed":1},
"flaggedResources":[
{"status":"warning","region":"us-east-1","resourceId":"r1","isSuppressed":false,"metadata":["a","b"]},
{"status":"error","resourceId":"r2","metadata":[null,"d","e"]}]}})";

template <class T> T good(Result<T> result)
{
    require(result.hasValue(), "a good archive is made", result ? QString() : result.error().toLine());
    return *std::move(result);
}

void good(const Result<void> &result)
{
    require(result.hasValue(), "a good archive is made", result ? QString() : result.error().toLine());
}

void fill(Database &database)
{
    const AccountId account = good(ensureAccount(database, u"profile:prod"_s, u"Production"_s, u"aws"_s)).id;
    const auto page = good(decode<DescribeCases::Response>(casesPage));
    good(storeCases(database, account, page, {.markUnread = true, .listingBegan = now}));
    DescribeCommunications::Response older;
    older.communications = page.cases.first().recentCommunications->communications;
    older.communications.append({.caseId = u"case-1"_s, .body = u"-- \n> quoted"_s, .submittedBy = u"Ben"_s});
    good(storeCommunications(database, account, u"case-1"_s, older, false, {}));
    good(putCaseMarks(database, MarkField::Tags, {{{account, u"case-1"_s}, {.tags = {u"net"_s, u"東京"_s}}}}));
    good(putCaseMarks(database, MarkField::Note, {{{account, u"case-2"_s}, {.note = u"ask Ana"_s}}}));
    good(noteRefusal(database, account, u"case-1"_s, now));

    OutboxEntry entry{.id = u"entry-1"_s,
                      .account = account,
                      .state = OutboxState::Queued,
                      .created = now,
                      .changed = now,
                      .error = {.kind = Error::Kind::TimedOut, .code = u"x"_s, .message = u"y"_s},
                      .operation = u"AddCommunicationToCase"_s,
                      .caseId = u"case-1"_s,
                      .input = R"({"caseId":"case-1","communicationBody":"hello"})"};
    good(putOutboxEntry(database, entry));
    entry.id = u"entry-2"_s;
    entry.predecessor = u"entry-1"_s;
    entry.part = 1;
    good(putOutboxEntry(database, entry));
    good(putOutboxFile(database,
                       {.id = u"file-1"_s,
                        .entry = u"entry-1"_s,
                        .file = {.path = u"/tmp/log.txt"_s, .name = u"log.txt"_s, .size = 20},
                        .name = u"log.txt"_s,
                        .state = OutboxFileState::Uploading,
                        .way = UploadWay::Links,
                        .upload = {u"upload-1"_s, 5, 4, {1, 2, 4}},
                        .changed = now},
                       true));
    good(storeCatalogEntry(database, account, catalogRequestName("DescribeServices", "{}"),
                           {now, R"({"services":[{"code":"aws-lambda","name":"Lambda"}]})"}));
    good(storeAdvisorChecks(database, account, u"en"_s, now,
                            {{u"check-1"_s, u"Idle"_s, u"<b>Idle</b>"_s, u"security"_s, {u"A"_s, u"B"_s}}}));
    good(storeAdvisorSummaries(database, account, now, {{.checkId = u"check-1"_s, .status = u"warning"_s}}));
    good(storeAdvisorRefreshes(database, account, {{u"check-1"_s, {u"enqueued"_s, now, false}}}));
    AdvisorSnapshotRecord snapshot{.account = account,
                                   .checkId = u"check-1"_s,
                                   .language = u"en"_s,
                                   .name = u"Idle"_s,
                                   .headings = {u"A"_s, u"B"_s},
                                   .status = u"warning"_s,
                                   .timestamp = u"t1"_s,
                                   .time = now,
                                   .fetched = now,
                                   .counts = {5, 2, 0, 1}};
    good(storeAdvisorSnapshot(database, snapshot, qCompress(checkResult)));
    snapshot.timestamp = u"t2"_s;
    snapshot.fetched += 86'400'000;
    good(storeAdvisorSnapshot(database, snapshot, qCompress(checkResult)));
    snapshot.checkId = u"check-2"_s;
    good(storeAdvisorSnapshot(database, snapshot, qCompress(checkResult)));
    writeSetting(database, u"filter/one"_s, u"Mine\n{\"words\":\"lambda\"}"_s);
    good(database.takeError());
}

struct World
{
    World()
    {
        silence();
        path = folderOfInputs().filePath(u"casement.db"_s);
        {
            const auto database = good(Database::open(path, archiveMigrations()));
            fill(*database);
            QSqlQuery query = database->query();
            require(query.exec(u"SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
                               "WHERE t.type = 'table' AND t.name NOT LIKE 'search%' AND t.name NOT LIKE 'sqlite%'"_s),
                    "the columns are known");
            while (query.next())
                columns.insert((query.value(0).toString() + u'.' + query.value(1).toString()).toUtf8());
        }
        whole = readFile(path);
        require(whole.size() > 4096 && columns.size() > 100, "a good archive is made");
        writeFile(path + u"-search"_s, whole);
        searched = good(Database::open(path + u"-search"_s, archiveMigrations()));
    }

    QString path;
    QByteArray whole;
    QSet<QByteArray> columns;
    std::unique_ptr<Database> searched;
};

World &world()
{
    static World &made = *new World; // goes after what Qt keeps of it
    return made;
}

/// What a function of the archive answered: a value or an error of the archive, which does not stick to it.
template <class T> bool isGood(Database &database, const Result<T> &result)
{
    require(!database.hasFailed(), "an error is told once");
    if (result)
        return true;
    const Error &error = result.error();
    require(error.kind == Error::Kind::Archive && !error.message.isEmpty(), "an error is one of the archive",
            error.toLine());
    return false;
}

void checkRecord(const CaseRecord &record)
{
    require(record.turn <= Turn::Aws && record.firstAnswer <= FirstAnswer::Given, "a case's state is one of those",
            record.caseId.toString());
    require(record.texts && record.folded.view().size() <= record.texts->bytes(), "a case's texts are its own");
}

void readCases(Database &database, AccountId account)
{
    QStringList ids;
    isGood(database, loadCases(database, {account}, [&ids](const CaseRecords &records) {
               for (const CaseRecord &record : records) {
                   checkRecord(record);
                   if (size_t(ids.size()) < mostCases)
                       ids.append(record.caseId.toString());
               }
           }));
    (void)hasCases(database, account);
    (void)readListingPlace(database, account);
    isGood(database, database.takeError());
    isGood(database, incompleteCases(database, account, now, PutOff::Last));
    isGood(database, openCasesExcept(database, account, {}, 0));
    for (const QString &caseId : std::as_const(ids)) {
        isGood(database, loadCase(database, account, caseId));
        isGood(database, loadCommunications(database, account, caseId));
        isGood(database, conversationState(database, account, caseId));
    }
}

void readAdvisor(Database &database, AccountId account)
{
    isGood(database, loadAdvisorChecks(database, account, u"en"_s));
    (void)advisorChecksFetched(database, account, u"en"_s);
    isGood(database, database.takeError());
    const auto snapshots = loadAdvisorSnapshots(database, account, u"check-1"_s);
    if (!isGood(database, snapshots))
        return;
    for (const AdvisorSnapshotRecord &record : snapshots->first(std::min<qsizetype>(snapshots->size(), 3))) {
        const auto packed = loadAdvisorSnapshot(database, record.id);
        if (!isGood(database, packed))
            continue;
        if (const Result<AdvisorResultPtr> result = AdvisorResult::read(unpackedAnswer(*packed)); result)
            require((*result)->widest <= size_t((*result)->body().size()), "a result is read", record.checkId);
    }
}

void readOutbox(Database &database)
{
    if (const auto entries = loadOutbox(database); isGood(database, entries)) {
        for (const OutboxEntry &entry : *entries) {
            require(entry.state <= OutboxState::Told, "an entry's state is one of those", entry.id);
            require(kindOfName(kindName(entry.error.kind)) == entry.error.kind, "an entry's error is one of those",
                    entry.id);
            if (const OperationInfo *operation = findOperation(entry.operation))
                (void)operation->checkRequest(entry.input);
            (void)released(entry, u"case-1"_s);
        }
    }
    if (const auto files = loadOutboxFiles(database); isGood(database, files)) {
        for (const OutboxFile &file : *files) {
            require(file.state <= OutboxFileState::Failed && file.way <= UploadWay::Set,
                    "a file's state is one of those", file.id);
            require(file.upload.totalParts >= 0 && file.upload.partSize >= 0 && file.file.size >= 0,
                    "a file's sizes are sizes", file.id);
            const QList<int> &parts = file.upload.reported;
            const bool isInOrder =
                std::adjacent_find(parts.begin(), parts.end(), std::greater_equal<>()) == parts.end();
            require(isInOrder && (parts.isEmpty() || (parts.first() > 0 && parts.last() <= file.upload.totalParts)),
                    "parts that are there are parts of it", file.id);
        }
    }
}

void readAll(Database &database)
{
    if (const auto accounts = loadAccounts(database); isGood(database, accounts)) {
        for (const AccountRecord &account : accounts->first(std::min(accounts->size(), mostAccounts))) {
            readCases(database, account.id);
            readAdvisor(database, account.id);
            const auto catalog = loadCatalogEntry(database, account.id, catalogRequestName("DescribeServices", "{}"));
            if (isGood(database, catalog))
                (void)decode<DescribeServices::Response>(catalog->answer);
        }
    }
    readOutbox(database);
    isGood(database, loadCaseMarks(database));
    if (const auto days = loadAdvisorDays(database, {}, 100); isGood(database, days)) {
        for (const AdvisorDay &day : *days)
            require(day.flagged >= 0 && std::isfinite(day.savings), "a day's sums are numbers");
    }
    isGood(database, searchArchive(database, u"lambda"_s, 10));
    isGood(database, searchArchive(database, u"京"_s, 10));
    (void)removalCutoff(database);
    isGood(database, database.takeError());
}

void writeSome(Database &database)
{
    static const auto page = *decode<DescribeCases::Response>(casesPage);
    const auto account = ensureAccount(database, u"profile:prod"_s, u"Production"_s, u"aws"_s);
    if (!isGood(database, account))
        return;
    if (const auto stored = storeCases(database, account->id, page, {.markUnread = true}); isGood(database, stored)) {
        for (const CaseRecord &record : stored->changed)
            checkRecord(record);
    }
    DescribeCommunications::Response messages;
    messages.communications = page.cases.first().recentCommunications->communications;
    isGood(database, storeCommunications(database, account->id, u"case-1"_s, messages, true, {.markUnread = true}));
    isGood(database, markGone(database, account->id, {u"case-2"_s}, Gone::Silent, 0));
    isGood(database, markRead(database, account->id, {}));
    isGood(database,
           putOutboxEntry(database,
                          {.id = u"entry-3"_s,
                           .account = account->id,
                           .operation = u"ResolveCase"_s,
                           .caseId = u"case-1"_s,
                           .input = R"({"caseId":"case-1"})"}));
    isGood(database, claimOutboxEntry(database, u"entry-1"_s, now));
    isGood(database, forgetOrphanedFiles(database, now));
    isGood(database, putCaseMarks(database, MarkField::Starred, {{{account->id, u"case-1"_s}, {.starred = true}}}));
    isGood(database,
           storeAdvisorSnapshot(database, {.account = account->id, .checkId = u"check-1"_s}, qCompress(checkResult)));
}

void checkFile(const QByteArray &content)
{
    const QString &path = world().path;
    for (const QLatin1StringView companion : {"-wal"_L1, "-shm"_L1, "-journal"_L1})
        QFile::remove(path + companion);
    writeFile(path, content);
    const auto database = Database::open(path, archiveMigrations());
    if (!database) {
        const Error &error = database.error();
        require(error.kind == Error::Kind::Archive && !error.message.isEmpty(), "an error is one of the archive",
                error.toLine());
        require(readFile(path) == content, "what can't be opened is left as it is", error.toLine());
        return;
    }
    readAll(**database);
    writeSome(**database);
}

QByteArray patched(QByteArray content, Input input)
{
    while (!input.isEmpty()) {
        const QByteArrayView head = input.take(4);
        if (head.size() < 4 || content.isEmpty())
            break;
        const auto number = [&head](qsizetype i) { return qsizetype(quint8(head[i])); };
        const qsizetype at = (number(0) << 16 | number(1) << 8 | number(2)) % content.size();
        const QByteArrayView bytes = input.take(number(3));
        content.replace(at, std::min(bytes.size(), content.size() - at),
                        bytes.first(std::min(bytes.size(), content.size() - at)).toByteArray());
    }
    return content;
}

QVariant valueOf(char type, QByteArrayView text)
{
    switch (type) {
    case 'b':
        return text.toByteArray();
    case 'i':
        return text.toByteArray().toLongLong();
    case 'r':
        return text.toByteArray().toDouble();
    case 'n':
        return {};
    default:
        return QString::fromUtf8(text);
    }
}

void checkValues(Input input)
{
    const QString &path = world().path;
    for (const QLatin1StringView companion : {"-wal"_L1, "-shm"_L1, "-journal"_L1})
        QFile::remove(path + companion);
    writeFile(path, world().whole);
    const auto database = good(Database::open(path, archiveMigrations()));
    database->runOnce(u"PRAGMA foreign_keys = OFF"_s);
    while (!input.isEmpty()) {
        Input record = input;
        const QByteArrayView text = input.until("\x1e");
        const QByteArray column = record.until("=").toByteArray();
        if (text.size() <= column.size() || !world().columns.contains(column))
            continue;
        const QByteArrayView value = text.sliced(std::min(column.size() + 1, text.size()));
        const qsizetype dot = column.indexOf('.');
        QSqlQuery query = database->query();
        query.prepare(u"UPDATE OR IGNORE %1 SET \"%2\" = ?"_s.arg(QString::fromUtf8(column.first(dot)),
                                                                  QString::fromUtf8(column.sliced(dot + 1))));
        query.bindValue(
            0, valueOf(value.isEmpty() ? 'n' : value.front(), value.sliced(std::min<qsizetype>(1, value.size()))));
        query.exec(); // what a column refuses stays as it was
    }
    database->runOnce(u"PRAGMA foreign_keys = ON"_s);
    good(database->takeError());
    readAll(*database);
    writeSome(*database);
    readAll(*database);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const World &made = world();
    Input input(data, size);
    switch (input.byte()) {
    case 'f':
        checkFile(input.rest().toByteArray());
        break;
    case 'p':
        checkFile(patched(made.whole, input));
        break;
    case 'c': {
        const QByteArrayView length = input.take(3);
        qsizetype bytes = 0;
        for (const char c : length)
            bytes = bytes << 8 | quint8(c);
        checkFile(patched(made.whole.first(bytes % made.whole.size()), input));
        break;
    }
    case 'u':
        checkValues(input);
        break;
    case 's': {
        const auto hits = searchArchive(*made.searched, QString::fromUtf8(input.rest()), 20);
        require(hits.hasValue(), "any words can be searched for", hits ? QString() : hits.error().toLine());
        require(hits->size() <= 20, "no more is found than was asked for");
        break;
    }
    default:
        return -1;
    }
    return 0;
}
