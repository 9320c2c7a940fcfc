#include "archive/archive.h"

#include "archive/accountdeletion.h"
#include "archive/accountplace.h"
#include "archive/caseowner.h"
#include "archive/casestore.h"
#include "archive/ccaddresses.h"
#include "archive/schema.h"
#include "archive/searchindex.h"

#include <QFileInfo>

#include <utility>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

// Its accounts count on from there. A round number: their colours begin with the first ones, as in any archive.
constexpr qint64 standInAccounts = 2'000'000'000'000;

/// SQLite counts in it what other connections commit.
qint64 readDataVersion(Database &database)
{
    Statement read = database.prepare("PRAGMA data_version");
    return read.run() && read.next() ? read.number(0) : 0;
}

} // namespace

Archive::Archive(QObject *parent) : QObject(parent), m_thread(std::make_unique<ArchiveThread>())
{
    qRegisterMetaType<CaseRecords>();
    qRegisterMetaType<AccountId>("casement::AccountId");
}

Archive::~Archive() { m_thread.reset(); }

Error Archive::notOpen()
{
    return {.kind = Error::Kind::Archive,
            .code = archivecode::notOpen,
            .message = tr("The archive is not open. Start Casement again.")};
}

Result<QString> Archive::setAside(const QString &path) { return setDatabaseAside(path); }

void Archive::open(const QString &path, QObject *context, Callback<void> done)
{
    m_path = path;
    replace([path] { return Database::open(path, archiveMigrations()); }, context, std::move(done));
}

void Archive::openStandIn(const Error &why, QObject *context, Callback<void> done)
{
    m_path = u":memory:"_s;
    replace(
        [why]() -> Result<std::unique_ptr<Database>> {
            Result<std::unique_ptr<Database>> database = Database::open(u":memory:"_s, archiveMigrations());
            if (database) {
                (*database)->runOnce(
                    u"INSERT INTO sqlite_sequence (name, seq) VALUES ('accounts', %1)"_s.arg(standInAccounts));
                (*database)->setRefusal(why);
            }
            return database;
        },
        context, std::move(done));
}

/// What changes which file is open, or how; how the archive stands afterwards is told before `done`.
template <class T>
void Archive::reopen(std::function<Result<T>(std::unique_ptr<Database> &)> step, QObject *context, Callback<T> done)
{
    m_thread->post(
        Lane::Urgent,
        [this, step = std::move(step), version = m_dataVersion, guard = QPointer<QObject>(context),
         done = std::move(done)](std::unique_ptr<Database> &database) mutable {
            const Result<T> result = step(database);
            *version = database ? readDataVersion(*database) : 0;
            QMetaObject::invokeMethod(
                this,
                [this, guard = std::move(guard), done = std::move(done), result, standing = standingOf(database)] {
                    take(standing);
                    if (guard)
                        done(result);
                },
                Qt::QueuedConnection);
        });
}

void Archive::replace(const Make &make, QObject *context, Callback<void> done)
{
    reopen<void>(
        [make](std::unique_ptr<Database> &database) -> Result<void> {
            database.reset();
            Result<std::unique_ptr<Database>> opened = make();
            if (!opened)
                return opened.error();
            database = std::move(*opened);
            return {};
        },
        context, std::move(done));
}

void Archive::tryToOpen(const QString &path, QObject *context, Callback<void> done)
{
    ask<void>(
        Lane::Urgent, context,
        [path](Database &) -> Result<void> {
            const Result<std::unique_ptr<Database>> opened = Database::open(path, archiveMigrations());
            return opened ? Result<void>() : Result<void>(opened.error());
        },
        std::move(done));
}

void Archive::openForWriting(QObject *context, Callback<bool> done)
{
    reopen<bool>(
        [](std::unique_ptr<Database> &database) -> Result<bool> {
            if (!database)
                return notOpen();
            if (!database->isReadOnly() || !Database::mayBeWritten(database->path()))
                return false;
            const QString path = database->path();
            database.reset(); // it may be alone with the file
            Result<std::unique_ptr<Database>> opened = Database::open(path, archiveMigrations());
            if (!opened)
                return opened.error();
            database = std::move(*opened);
            return !database->isReadOnly();
        },
        context, std::move(done));
}

Archive::Standing Archive::standingOf(const std::unique_ptr<Database> &database)
{
    return database ? Standing{database->isReadOnly(), database->refusal()} : Standing();
}

void Archive::take(const Standing &standing)
{
    m_readOnly = standing.readOnly;
    m_refusal = standing.refusal;
    if (m_refusal.kind == Error::Kind::None)
        m_failing = false;
}

void Archive::emptyLog(QObject *context, Callback<void> done)
{
    ask<void>(
        Lane::Bulk, context, [](Database &database) { return database.emptyLog(); }, std::move(done));
}

QString Archive::folder(const QString &name) const
{
    if (m_path != ":memory:"_L1)
        return QFileInfo(m_path).absolutePath() + u'/' + name;
    if (!m_temporary)
        m_temporary = std::make_unique<QTemporaryDir>();
    return m_temporary->filePath(name);
}

void Archive::awaitTurn(QObject *context, Callback<void> done)
{
    ask<void>(
        Lane::Urgent, context,
        [](Database &database) -> Result<void> {
            if (database.isReadOnly())
                return {};
            Transaction nothing(database);
            return nothing.commit();
        },
        std::move(done));
}

void Archive::ensureAccount(const QString &key, const QString &name, const QString &partition, QObject *context,
                            Callback<AccountRecord> done)
{
    using Answer = std::pair<AccountRecord, bool>;
    ask<Answer>(
        Lane::Urgent, this,
        [key, name, partition](Database &database) -> Result<Answer> {
            const Result<QList<AccountRecord>> before = casement::loadAccounts(database);
            const Result<AccountRecord> account = casement::ensureAccount(database, key, name, partition);
            if (!account)
                return account.error();
            return Answer(*account, !before || !before->contains(*account));
        },
        [this, guard = QPointer<QObject>(context), done = std::move(done)](const Result<Answer> &answer) {
            if (answer && answer->second)
                Q_EMIT accountsChanged();
            if (guard)
                done(answer ? Result<AccountRecord>(answer->first) : Result<AccountRecord>(answer.error()));
        });
}

void Archive::loadAccounts(QObject *context, Callback<QList<AccountRecord>> done)
{
    ask<QList<AccountRecord>>(
        Lane::Urgent, context, [](Database &database) { return casement::loadAccounts(database); }, std::move(done));
}

void Archive::deleteAccount(AccountId account, QObject *context, Callback<void> done, Return others)
{
    ask<Deletion>(
        Lane::Urgent, this,
        [account, others, folder = folder(u"attachments"_s)](Database &database) {
            return deleteAccountData(database, account, folder, others);
        },
        [this, account, guard = QPointer<QObject>(context), done = std::move(done)](const Result<Deletion> &deletion) {
            if (deletion) {
                Q_EMIT accountDeleted(account);
                Q_EMIT accountsChanged();
            }
            if (guard)
                done(deletion ? deletion->cleaned : Result<void>(deletion.error()));
        });
}

void Archive::vouchForHeldKeys(AccountId account)
{
    ask<void>(
        Lane::Urgent, this,
        [account](Database &database) {
            casement::vouchForHeldKeys(database, account);
            return database.takeError();
        },
        [this](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
        });
}

void Archive::vouchForKeys(AccountId account, const QString &keys, QObject *context, Callback<void> done)
{
    ask<void>(
        Lane::Urgent, context,
        [account, keys](Database &database) {
            casement::vouchForKeys(database, account, keys);
            return database.takeError();
        },
        std::move(done));
}

void Archive::notePlaces(const QStringList &keys)
{
    ask<void>(
        Lane::Urgent, this,
        [keys](Database &database) -> Result<void> {
            if (database.isReadOnly())
                return {};
            for (const QString &key : keys)
                casement::notePlace(database, key);
            return database.takeError();
        },
        [](const Result<void> &) {}); // the next run notes it
}

void Archive::noteLostPlace(AccountId account)
{
    ask<void>(
        Lane::Urgent, this,
        [account, now = QDateTime::currentMSecsSinceEpoch()](Database &database) -> Result<void> {
            if (!database.isReadOnly())
                casement::noteLostPlace(database, account, now);
            return database.takeError();
        },
        [](const Result<void> &) {});
}

void Archive::loadCases(const QList<AccountId> &accounts, QObject *context, std::function<void(CaseRecords)> batch,
                        Callback<void> done)
{
    ask<void>(
        Lane::Urgent, context,
        [this, accounts, guard = QPointer<QObject>(context), batch = std::move(batch)](Database &database) {
            return casement::loadCases(database, accounts, [&](CaseRecords records) {
                QMetaObject::invokeMethod(
                    this,
                    [guard, batch, records = std::move(records)]() mutable {
                        if (guard)
                            batch(std::move(records));
                    },
                    Qt::QueuedConnection);
            });
        },
        std::move(done));
}

void Archive::loadCase(AccountId account, const QString &caseId, QObject *context, Callback<CaseDetails> done)
{
    ask<CaseDetails>(
        Lane::Urgent, context,
        [account, caseId](Database &database) { return casement::loadCase(database, account, caseId); },
        std::move(done));
}

void Archive::loadCommunications(AccountId account, const QString &caseId, QObject *context,
                                 Callback<QList<CommunicationRecord>> done)
{
    ask<QList<CommunicationRecord>>(
        Lane::Urgent, context,
        [account, caseId](Database &database) { return casement::loadCommunications(database, account, caseId); },
        std::move(done));
}

void Archive::conversationState(AccountId account, const QString &caseId, QObject *context,
                                Callback<ConversationState> done)
{
    ask<ConversationState>(
        Lane::Urgent, context,
        [account, caseId](Database &database) { return casement::conversationState(database, account, caseId); },
        std::move(done));
}

void Archive::markRead(AccountId account, const QString &caseId)
{
    ask<StoredPage>(
        Lane::Urgent, this,
        [account, caseId](Database &database) -> Result<StoredPage> {
            Result<CaseRecords> changed = casement::markRead(database, account, caseId);
            if (!changed)
                return changed.error();
            return StoredPage{.changed = std::move(*changed)};
        },
        [this, account](const Result<StoredPage> &stored) { announce(stored, account); });
}

void Archive::markAllRead(const QList<AccountId> &accounts)
{
    for (const AccountId account : accounts)
        markRead(account, {});
}

void Archive::search(const QString &words, int most, QObject *context, Callback<QList<SearchHit>> done)
{
    ask<QList<SearchHit>>(
        Lane::Urgent, context, [words, most](Database &database) { return searchArchive(database, words, most); },
        std::move(done));
}

void Archive::ccAddresses(AccountId account, QObject *context, Callback<QStringList> done)
{
    ask<QStringList>(
        Lane::Urgent, context, [account](Database &database) { return loadCcAddresses(database, account); },
        std::move(done));
}

void Archive::askForeignChanges(QObject *context, Callback<bool> done)
{
    ask<bool>(
        Lane::Urgent, context,
        [version = m_dataVersion](Database &database) -> Result<bool> {
            const qint64 now = readDataVersion(database);
            if (const Result<void> read = database.takeError(); !read)
                return read.error();
            return std::exchange(*version, now) != now;
        },
        std::move(done));
}

void Archive::setWritesHeld(bool held)
{
    if (held == std::exchange(m_held, held))
        return;
    held ? m_thread->hold() : m_thread->release();
}

void Archive::announce(const Result<StoredPage> &stored, AccountId account)
{
    if (!stored) {
        // What is wrong with a page or its keys is its refresh's to tell.
        if (stored.error().kind == Error::Kind::Archive && !std::exchange(m_failing, true))
            Q_EMIT failed(stored.error());
        return;
    }
    m_failing = false;
    if (!stored->changed.empty())
        Q_EMIT casesChanged(stored->changed);
    for (const QString &caseId : stored->newMessages)
        Q_EMIT communicationsChanged(account, caseId);
    if (!stored->answers.isEmpty())
        Q_EMIT answersCame(account, stored->answers);
}

} // namespace casement
