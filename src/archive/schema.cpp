#include "archive/schema.h"

namespace casement {

std::span<const Migration> archiveMigrations()
{
    // Texts are stored as the service sent them; times computed from them are ms since 1970 UTC, 0 when unreadable.
    // Large columns stand last, so that the small ones are read without them.
    static const std::vector<Migration> migrations{
        {.version = 1,
         .statements =
             {
                 // AUTOINCREMENT: a number is never given to another account later
                 R"(CREATE TABLE accounts (
                 id INTEGER PRIMARY KEY AUTOINCREMENT,
                 key TEXT NOT NULL UNIQUE,
                 name TEXT NOT NULL,
                 partition TEXT NOT NULL,
                 lastSync INTEGER NOT NULL DEFAULT 0))",
                 R"(CREATE TABLE cases (
                 id INTEGER PRIMARY KEY,
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 created INTEGER NOT NULL,
                 updated INTEGER NOT NULL,
                 turn INTEGER NOT NULL,
                 turnSince INTEGER NOT NULL,
                 unread INTEGER NOT NULL,
                 complete INTEGER NOT NULL, -- Completeness
                 gone INTEGER NOT NULL, -- the service does not know the case any more
                 caseId TEXT NOT NULL,
                 displayId TEXT NOT NULL,
                 status TEXT NOT NULL,
                 severityCode TEXT NOT NULL,
                 serviceCode TEXT NOT NULL,
                 categoryCode TEXT NOT NULL,
                 submittedBy TEXT NOT NULL,
                 language TEXT NOT NULL,
                 timeCreated TEXT NOT NULL,
                 subject TEXT NOT NULL,
                 ccEmailAddresses TEXT NOT NULL, -- one a line
                 UNIQUE (account, caseId)))",
                 "CREATE INDEX casesByTime ON cases (account, updated)",
                 R"(CREATE TABLE communications (
                 id INTEGER PRIMARY KEY,
                 caseRow INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
                 created INTEGER NOT NULL,
                 fromAws INTEGER NOT NULL,
                 unread INTEGER NOT NULL,
                 key TEXT NOT NULL, -- communicationKey()
                 timeCreated TEXT NOT NULL,
                 submittedBy TEXT NOT NULL,
                 body TEXT NOT NULL,
                 UNIQUE (caseRow, key)))",
                 "CREATE INDEX communicationsByTime ON communications (caseRow, fromAws, created)",
                 R"(CREATE TABLE attachments (
                 communication INTEGER NOT NULL REFERENCES communications (id) ON DELETE CASCADE,
                 attachmentId TEXT NOT NULL,
                 fileName TEXT NOT NULL,
                 UNIQUE (communication, attachmentId, fileName)))",
                 // Tokens come ready-made from archive/searchtext, separated by spaces; `ascii` takes every other byte
                 // for a part of
                 // a token, while unicode61 drops emoji and what came after Unicode 6.1. Hits are checked against the
                 // text itself, so
                 // positions are not needed. rowid: 2 * communication, or 2 * case + 1 for its subject.
                 "CREATE VIRTUAL TABLE search USING fts5 (tokens, content = '', columnsize = 0, detail = none, "
                 "tokenize = 'ascii')",
                 "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
             }},
        // What the person writes and keeps: nothing here can be fetched again.
        {.version = 2,
         .statements =
             {
                 // Drafts, and changes on their way to the service: one row from the first keystroke to the outcome
                 R"(CREATE TABLE outbox (
                 id TEXT NOT NULL PRIMARY KEY, -- a UUID: two programs may write
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 state INTEGER NOT NULL, -- OutboxState
                 created INTEGER NOT NULL,
                 changed INTEGER NOT NULL,
                 sent INTEGER NOT NULL, -- when the last attempt began; 0 = never
                 errorKind TEXT NOT NULL, -- kindName(); why the last attempt did not end well
                 errorCode TEXT NOT NULL,
                 errorMessage TEXT NOT NULL,
                 requestId TEXT NOT NULL,
                 operation TEXT NOT NULL,
                 caseId TEXT NOT NULL, -- of the case that is answered or resolved; of a new one when it is known
                 input TEXT NOT NULL))", // the request as JSON, by its shape()
                 "CREATE INDEX outboxByCase ON outbox (account, caseId)",
                 // Not bound to a row of `cases`: what a person noted outlives what was fetched
                 R"(CREATE TABLE caseMarks (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 caseId TEXT NOT NULL,
                 starred INTEGER NOT NULL,
                 muted INTEGER NOT NULL,
                 tags TEXT NOT NULL, -- one a line
                 note TEXT NOT NULL,
                 PRIMARY KEY (account, caseId)) WITHOUT ROWID)",
                 // Answers that hold for a day: services, severities, languages, contact hours
                 R"(CREATE TABLE catalog (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 request TEXT NOT NULL, -- operation and input
                 fetched INTEGER NOT NULL,
                 answer TEXT NOT NULL,
                 PRIMARY KEY (account, request)) WITHOUT ROWID)",
             }},
        // What is known of AWS's first answer: kept with the case, so that a list of 10,000 asks no messages
        {.version = 3,
         .statements =
             {
                 "ALTER TABLE cases ADD COLUMN firstAnswer INTEGER NOT NULL DEFAULT 0", // FirstAnswer
                 "ALTER TABLE cases ADD COLUMN answered INTEGER NOT NULL DEFAULT 0",
                 R"(UPDATE cases SET firstAnswer = 2 WHERE EXISTS
                 (SELECT 1 FROM communications m WHERE m.caseRow = cases.id AND m.fromAws = 1))",
                 R"(UPDATE cases SET firstAnswer = 1 WHERE firstAnswer = 0 AND complete = 1 AND EXISTS
                 (SELECT 1 FROM communications m WHERE m.caseRow = cases.id))",
                 R"(UPDATE cases SET answered =
                 (SELECT min(m.created) FROM communications m WHERE m.caseRow = cases.id AND m.fromAws = 1)
                 WHERE firstAnswer = 2 AND complete = 1)",
             }},
        // Files, up and down
        {.version = 4,
         .statements =
             {
                 // Not bound to a row of `outbox`: a draft that is deleted can come back with all it had
                 R"(CREATE TABLE outboxFiles (
                 id TEXT NOT NULL PRIMARY KEY, -- a UUID
                 entry TEXT NOT NULL, -- outbox.id
                 position INTEGER NOT NULL,
                 path TEXT NOT NULL,
                 size INTEGER NOT NULL,
                 modified INTEGER NOT NULL, -- ns since 1970 UTC
                 device INTEGER NOT NULL,
                 inode INTEGER NOT NULL,
                 name TEXT NOT NULL, -- under which it is sent
                 owned INTEGER NOT NULL, -- this program made the file
                 state INTEGER NOT NULL, -- OutboxFileState
                 way INTEGER NOT NULL, -- UploadWay
                 uploadId TEXT NOT NULL,
                 partSize INTEGER NOT NULL,
                 totalParts INTEGER NOT NULL,
                 reported TEXT NOT NULL, -- parts that are there: `1-4 7`
                 setId TEXT NOT NULL,
                 setExpiry INTEGER NOT NULL, -- ms since 1970 UTC
                 errorKind TEXT NOT NULL,
                 errorCode TEXT NOT NULL,
                 errorMessage TEXT NOT NULL,
                 changed INTEGER NOT NULL))",
                 "CREATE INDEX outboxFilesByEntry ON outboxFiles (entry, position)",
                 // What was downloaded: the files themselves lie beside the archive, by what they hold
                 R"(CREATE TABLE attachmentFiles (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 attachmentId TEXT NOT NULL,
                 fileName TEXT NOT NULL, -- as the service calls it
                 size INTEGER NOT NULL,
                 sha256 TEXT NOT NULL,
                 fetched INTEGER NOT NULL, -- ms since 1970 UTC
                 PRIMARY KEY (account, attachmentId)) WITHOUT ROWID)",
             }},
        // Messages in several parts, and what is known of files that were sent or refused
        {.version = 5,
         .statements =
             {
                 // A follow-up carries files that its message had no room for; it waits until `predecessor` is done
                 "ALTER TABLE outbox ADD COLUMN predecessor TEXT NOT NULL DEFAULT ''", // outbox.id; '': waits no more
                 "ALTER TABLE outbox ADD COLUMN part INTEGER NOT NULL DEFAULT 0", // 0: a message of its own
                 "CREATE INDEX outboxByPredecessor ON outbox (predecessor) WHERE predecessor <> ''",
                 R"(CREATE TABLE sentFiles (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 caseId TEXT NOT NULL,
                 sent INTEGER NOT NULL, -- ms since 1970 UTC by this computer's clock
                 name TEXT NOT NULL,
                 size INTEGER NOT NULL,
                 path TEXT NOT NULL,
                 modified INTEGER NOT NULL, -- ns since 1970 UTC
                 entry TEXT NOT NULL, -- outbox.id
                 PRIMARY KEY (entry, name)) WITHOUT ROWID)",
                 "CREATE INDEX sentFilesByCase ON sentFiles (account, caseId)",
                 R"(CREATE TABLE refusedFiles (
                 place TEXT NOT NULL, -- the message that they were meant for
                 position INTEGER NOT NULL,
                 path TEXT NOT NULL,
                 size INTEGER NOT NULL,
                 errorKind TEXT NOT NULL,
                 errorCode TEXT NOT NULL,
                 errorMessage TEXT NOT NULL,
                 asZip INTEGER NOT NULL,
                 refused INTEGER NOT NULL, -- ms since 1970 UTC
                 PRIMARY KEY (place, position)) WITHOUT ROWID)",
             }},
        // Trusted Advisor
        {.version = 6,
         .statements =
             {
                 R"(CREATE TABLE advisorChecks (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 language TEXT NOT NULL,
                 checkId TEXT NOT NULL,
                 position INTEGER NOT NULL, -- in the catalogue
                 gone INTEGER NOT NULL, -- the catalogue does not have it any more
                 category TEXT NOT NULL,
                 name TEXT NOT NULL,
                 headings TEXT NOT NULL, -- JSON
                 description TEXT NOT NULL,
                 PRIMARY KEY (account, language, checkId)) WITHOUT ROWID)",
                 R"(CREATE TABLE advisorSummaries (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 checkId TEXT NOT NULL,
                 status TEXT NOT NULL,
                 timestamp TEXT NOT NULL,
                 time INTEGER NOT NULL,
                 processed INTEGER NOT NULL,
                 flagged INTEGER NOT NULL,
                 ignored INTEGER NOT NULL,
                 suppressed INTEGER NOT NULL,
                 savings TEXT NOT NULL, -- the shortest text of the number
                 savingsPercent TEXT NOT NULL,
                 asked INTEGER NOT NULL,
                 PRIMARY KEY (account, checkId)) WITHOUT ROWID)",
                 // A result as it was fetched, with the headings of its language: whatever the catalogue becomes, it
                 // stays whole
                 R"(CREATE TABLE advisorSnapshots (
                 id INTEGER PRIMARY KEY AUTOINCREMENT,
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 checkId TEXT NOT NULL,
                 language TEXT NOT NULL,
                 time INTEGER NOT NULL,
                 fetched INTEGER NOT NULL,
                 processed INTEGER NOT NULL,
                 flagged INTEGER NOT NULL,
                 ignored INTEGER NOT NULL,
                 suppressed INTEGER NOT NULL,
                 savings TEXT NOT NULL,
                 savingsPercent TEXT NOT NULL,
                 status TEXT NOT NULL,
                 timestamp TEXT NOT NULL,
                 category TEXT NOT NULL,
                 name TEXT NOT NULL,
                 headings TEXT NOT NULL, -- JSON
                 content BLOB NOT NULL))", // qCompress() of the answer
                 "CREATE INDEX advisorSnapshotsByCheck ON advisorSnapshots (account, checkId, language, fetched)",
                 R"(CREATE TABLE advisorRefreshes (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 checkId TEXT NOT NULL,
                 status TEXT NOT NULL,
                 nextRefreshable INTEGER NOT NULL,
                 automatic INTEGER NOT NULL, -- AWS refreshes it by itself
                 PRIMARY KEY (account, checkId)) WITHOUT ROWID)",
             }},
        // What of Trusted Advisor was loaded as a whole, and by which summary a result was fetched
        {.version = 7,
         .statements =
             {
                 "ALTER TABLE advisorSnapshots ADD COLUMN summary TEXT NOT NULL DEFAULT ''", // '': not known
                 R"(CREATE TABLE advisorLoads (
                 account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                 day INTEGER NOT NULL, -- its beginning in UTC, ms since 1970
                 PRIMARY KEY (account, day)) WITHOUT ROWID)",
                 "INSERT INTO advisorLoads SELECT DISTINCT account, fetched - fetched % 86400000 FROM advisorSnapshots",
             }},
        // A file whose time was put back after a change
        {.version = 8,
         .statements =
             {
                 "ALTER TABLE outboxFiles ADD COLUMN ctime INTEGER NOT NULL DEFAULT 0", // 0: not known
             }},
        // What was sent again although nobody knows what became of it
        {.version = 9,
         .statements =
             {
                 "ALTER TABLE outbox ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0", // when it was sent first; 0: never
                                                                                   // so
             }},
    };
    return migrations;
}

} // namespace casement
