#include "archive/database.h"

#include "archive/archive.h"
#include "base/log.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>
#include <QtEndian>

#include <array>
#include <atomic>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint32 applicationId = 0x43734d74; // "CsMt", in the file's header

Error archiveError(QLatin1StringView code, const QString &message)
{
    return {.kind = Error::Kind::Archive, .code = code, .message = message};
}

Error damaged(const QString &path)
{
    return archiveError(
        archivecode::damaged,
        Archive::tr("The archive %1 is damaged. Set it aside: cases are then fetched anew, but not drafts, notes, "
                    "tags and what AWS no longer keeps.")
            .arg(path));
}

Error notAnArchive(const QString &path)
{
    return archiveError(
        archivecode::notAnArchive,
        Archive::tr("The file %1 is not an archive of Casement. Choose another file, or set this one aside.")
            .arg(path));
}

Error newerSchema(const QString &path)
{
    return archiveError(
        archivecode::newerSchema,
        Archive::tr(
            "The archive %1 was made by a newer version of Casement. Install that version, or choose another archive.")
            .arg(path));
}

Error notWritable(const QString &path)
{
    return archiveError(
        archivecode::notWritable,
        Archive::tr("The archive %1 can't be written. Check the permissions of the file and its folder.").arg(path));
}

Error diskFull(const QString &path)
{
    return archiveError(
        archivecode::diskFull,
        Archive::tr("The disk is full, and the archive %1 takes nothing more. Make room there.").arg(path));
}

bool isOfRoom(int reason) { return reason == ENOSPC || reason == EDQUOT || reason == EFBIG; }

/// Whether files beside the archive can grow by what SQLite needs at least. Tried, since quotas and the rights to the
/// last blocks of a disk are in no number, with a file of which nothing is left. Where that can't be tried, SQLite
/// finds it out.
bool hasRoom(const QString &path)
{
    constexpr off_t least = 64 * 1024; // the index of its log has 32 kB
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    int descriptor = ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) { // not every file system has it
        QByteArray name = folder + "/.casement-XXXXXX";
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor >= 0)
            ::unlink(name.constData());
    }
    if (descriptor < 0)
        return !isOfRoom(errno);
    const int reason = ::posix_fallocate(descriptor, 0, least);
    ::close(descriptor);
    return !isOfRoom(reason);
}

Error fromSqlError(const QSqlError &error, const QString &path)
{
    if (error.databaseText().contains(Database::endsQuietly))
        return {.kind = Error::Kind::Cancelled};
    switch (error.nativeErrorCode().toInt() & 0xff) { // SQLite's primary result codes
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return archiveError(
            archivecode::busy,
            Archive::tr("Another program has been using the archive %1 for too long. Close it and try again.")
                .arg(path));
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
        return notWritable(path);
    case 11: // SQLITE_CORRUPT
        return damaged(path);
    case 26: // SQLITE_NOTADB
        return notAnArchive(path);
    case 13: // SQLITE_FULL
        return diskFull(path);
    case 10: // SQLITE_IOERR
        if (!hasRoom(path)) // a file beside the archive that could not grow is told so
            return diskFull(path);
        return archiveError(archivecode::diskError,
                            Archive::tr("The disk reports an error with the archive %1. Check the disk and the "
                                        "connection to it, then try again; the next update fetches what is missing.")
                                .arg(path));
    default:
        return archiveError(
            archivecode::unexpected,
            Archive::tr("The archive %1 did not do what it was asked for; nothing was changed in it. Start Casement "
                        "again. If it stays, please report it with these words: %2")
                .arg(path, error.databaseText().isEmpty() ? error.driverText() : error.databaseText()));
    }
}

/// Looks into an existing file before SQLite may change anything about it.
Result<void> inspect(const QString &path, int newestVersion)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return notWritable(path);
    if (file.size() == 0)
        return {}; // made, but never written: nothing is lost by beginning here
    const QByteArray header = file.read(100); // https://sqlite.org/fileformat2.html#the_database_header
    if (header.size() < 100 || !header.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return notAnArchive(path);
    const auto number = [&header](int offset) { return qFromBigEndian<quint32>(header.constData() + offset); };
    const quint32 version = number(60);
    if (qint32(number(68)) != applicationId && (version != 0 || number(68) != 0))
        return notAnArchive(path);
    if (version > quint32(newestVersion))
        return newerSchema(path);
    quint32 pageSize = qFromBigEndian<quint16>(header.constData() + 16);
    if (pageSize == 1)
        pageSize = 65536;
    const qint64 pages = number(28);
    const bool pagesAreRight = number(24) == number(92);
    const bool walIsEmpty = QFileInfo(path + "-wal"_L1).size() == 0; // else the missing pages may be there
    if (pagesAreRight && walIsEmpty && file.size() < pages * pageSize)
        return damaged(path);
    // More than the first page without our mark is somebody's tables: told before anything of the file is changed.
    if (number(68) == 0 && walIsEmpty && pages > 1)
        return notAnArchive(path);
    return {};
}

const std::array companions{"-wal"_L1, "-shm"_L1};

/// Whether there is something to read that may not be written, by its rights, its folder's or the disk's.
bool isOnlyReadable(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile() || info.size() == 0)
        return false;
    const auto mayWrite = [](const QString &name, int how) {
        return ::faccessat(AT_FDCWD, QFile::encodeName(name).constData(), how, AT_EACCESS) == 0;
    };
    return !mayWrite(path, R_OK | W_OK) || !mayWrite(info.absolutePath(), W_OK | X_OK);
}

/// Whether there is something to read on a disk that takes nothing more.
bool isOnFullDisk(const QString &path) { return QFileInfo(path).size() > 0 && !hasRoom(path); }

/// Makes the folder and an empty file that nobody else may read; or takes others' rights to an existing one away.
Result<void> prepareFile(const QString &path)
{
    const QFileInfo info(path);
    const QString folder = info.absolutePath();
    if (!QFileInfo::exists(folder)) {
        QDir().mkpath(QFileInfo(folder).absolutePath());
        if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST)
            return isOfRoom(errno) ? diskFull(path) : notWritable(path);
    }
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return isOfRoom(errno) ? diskFull(path) : notWritable(path);
    struct stat status = {};
    const bool owned = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (owned && (status.st_mode & 0777) != 0600)
        ::fchmod(descriptor, 0600); // SQLite gives its companions the same mode
    ::close(descriptor);
    // What was made beside it while it was only readable has its mode of then.
    for (const QLatin1StringView companion : companions)
        ::chmod(QFile::encodeName(path + companion).constData(), 0600);
    // SQLite must write beside the file, too.
    if (!owned || ::faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK | X_OK, AT_EACCESS) != 0)
        return notWritable(path);
    return {};
}

} // namespace

bool Statement::execute()
{
    if (m_database->hasFailed())
        return false; // the transaction is lost anyway
    if (m_query->exec())
        return true;
    m_database->fail(m_query->lastError());
    return false;
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, std::span<const Migration> migrations)
{
    const bool inMemory = path == ":memory:"_L1;
    const int version = migrations.back().version;
    if (!inMemory) {
        if (QFileInfo::exists(path)) {
            if (const Result<void> good = inspect(path, version); !good)
                return good.error();
            if (isOnlyReadable(path))
                return openForReading(path, version, notWritable(path));
            if (isOnFullDisk(path))
                return openForReading(path, version, diskFull(path));
        }
        if (const Result<void> ready = prepareFile(path); !ready)
            return ready.error();
    }
    // Making a file and turning its log on can't wait for somebody who does the same: SQLite says "locked" at once
    // then, whatever the time-out. So they come one after the other, window and casement-cli alike.
    QLockFile opening(path + "-opening"_L1);
    if (!inMemory)
        opening.tryLock(10'000);
    Result<std::unique_ptr<Database>> database = connectTo(path, path, {});
    if (!database)
        return database.error();
    if (const Result<void> started = (*database)->start(migrations); !started) {
        database->reset();
        const bool isRead = !inMemory && started.error().code == archivecode::diskFull && QFileInfo(path).size() > 0;
        return isRead ? openForReading(path, version, started.error()) : started.error();
    }
    return database;
}

Result<std::unique_ptr<Database>> Database::connectTo(const QString &path, const QString &name,
                                                      const QString &connectOptions)
{
    static std::atomic<int> counter = 0;
    const QString connection = u"casement-archive-%1"_s.arg(++counter);
    std::unique_ptr<Database> database(new Database(path, connection));
    QSqlDatabase handle = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
    handle.setDatabaseName(name);
    handle.setConnectOptions("QSQLITE_BUSY_TIMEOUT=10000"_L1 + connectOptions);
    if (!handle.open())
        return fromSqlError(handle.lastError(), path);
    return database;
}

/// Without a log beside the file nobody writes it, and it is read without making one: `immutable`, see
/// https://sqlite.org/wal.html#read_only_databases. With one, what is only in the log is read, too, where that can be.
Result<std::unique_ptr<Database>> Database::openForReading(const QString &path, int version, const Error &why)
{
    const auto started = [&](Result<std::unique_ptr<Database>> database) -> Result<std::unique_ptr<Database>> {
        if (!database)
            return database;
        if (const Result<void> ready = (*database)->startReading(version, why); !ready)
            return ready.error();
        return database;
    };
    const auto attempt = [&](QLatin1StringView how) {
        const QString name = "file:"_L1 + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")) + how;
        return started(connectTo(path, name, u";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s));
    };
    const bool hasLog = QFileInfo(path + "-wal"_L1).size() > 0;
    if (why.code == archivecode::diskFull) {
        constexpr qint64 indexSize = 32 * 1024;
        const bool hasIndex = QFileInfo(path + "-shm"_L1).size() >= indexSize;
        if (hasIndex) { // another program has it open, or ended without a word
            if (Result<std::unique_ptr<Database>> database = started(connectTo(path, path, {})); database)
                return database;
        }
        if (hasLog || hasIndex) {
            // Alone with it SQLite keeps the index of the log in memory. Never without the log: what a checkpoint that
            // ran out of room has brought into the file is whole only with the rest.
            Result<std::unique_ptr<Database>> alone = connectTo(path, path, {});
            if (alone)
                (*alone)->runOnce(u"PRAGMA locking_mode = EXCLUSIVE"_s);
            return started(std::move(alone));
        }
    }
    if (hasLog) {
        if (Result<std::unique_ptr<Database>> database = attempt({}); database)
            return database;
    }
    return attempt("?immutable=1"_L1);
}

Result<void> Database::startReading(int version, const Error &why)
{
    m_readOnly = true;
    m_refusal = why;
    QSqlQuery ask = query();
    if (!ask.exec(u"PRAGMA user_version"_s) || !ask.next())
        return fromSqlError(ask.lastError(), m_path);
    const int found = ask.value(0).toInt();
    ask.finish();
    if (found > version)
        return newerSchema(m_path);
    if (found < version)
        return why; // it would have to be brought to this version
    for (const char *pragma : {"PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -8000", "PRAGMA query_only = ON"})
        runOnce(QLatin1StringView(pragma));
    return takeError();
}

bool Database::mayBeWritten(const QString &path) { return !isOnlyReadable(path) && !isOnFullDisk(path); }

Result<void> Database::emptyLog()
{
    QSqlQuery checkpoint = query();
    if (m_readOnly || checkpoint.exec(u"PRAGMA wal_checkpoint(PASSIVE)"_s))
        return {};
    return fromSqlError(checkpoint.lastError(), m_path);
}

Database::~Database()
{
    m_statements.clear();
    {
        QSqlDatabase handle = QSqlDatabase::database(m_connection, false);
        handle.close();
    }
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlQuery Database::query() const { return QSqlQuery(QSqlDatabase::database(m_connection, false)); }

Result<void> Database::start(std::span<const Migration> migrations)
{
    {
        // What nothing was written to yet: the newest header may be in the WAL, which inspect() does not read.
        QSqlQuery version = query();
        if (!version.exec(u"PRAGMA user_version"_s) || !version.next())
            return fromSqlError(version.lastError(), m_path);
        if (version.value(0).toInt() > migrations.back().version)
            return newerSchema(m_path);
    }
    for (const char *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = ON",
          "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -8000", "PRAGMA journal_size_limit = 16777216"})
        runOnce(QLatin1StringView(pragma));
    if (hasFailed())
        return takeError();
    return migrate(migrations);
}

Result<void> Database::migrate(std::span<const Migration> migrations)
{
    const auto version = [this]() -> int {
        QSqlQuery ask = query();
        return ask.exec(u"PRAGMA user_version"_s) && ask.next() ? ask.value(0).toInt() : -1;
    };
    if (version() == migrations.back().version)
        return {};
    Transaction transaction(*this);
    const int from = version(); // again: another program may have migrated while we waited for the lock
    if (from > migrations.back().version)
        return newerSchema(m_path);
    if (from == 0) {
        QSqlQuery tables = query();
        if (tables.exec(u"SELECT count(*) FROM sqlite_master"_s) && tables.next() && tables.value(0).toInt() > 0)
            return notAnArchive(m_path);
        tables.finish();
        runOnce(u"PRAGMA application_id = %1"_s.arg(applicationId));
    }
    for (const Migration &migration : migrations) {
        if (migration.version <= from)
            continue;
        for (const char *statement : migration.statements)
            runOnce(QString::fromUtf8(statement));
        runOnce(u"PRAGMA user_version = %1"_s.arg(migration.version));
    }
    if (from != 0 && from != migrations.back().version)
        qCInfo(logArchive) << "schema" << from << "->" << migrations.back().version;
    return transaction.commit();
}

Statement Database::prepare(const char *sql)
{
    std::unique_ptr<QSqlQuery> &kept = m_statements[sql];
    if (!kept) {
        kept = std::make_unique<QSqlQuery>(query());
        kept->setForwardOnly(true);
        if (!kept->prepare(QString::fromUtf8(sql)))
            fail(kept->lastError());
    }
    return Statement(*this, *kept);
}

bool Database::runOnce(const QString &sql)
{
    if (hasFailed())
        return false;
    QSqlQuery once = query();
    if (once.exec(sql))
        return true;
    fail(once.lastError());
    return false;
}

Error Database::errorOf(const QSqlQuery &query) const { return fromSqlError(query.lastError(), m_path); }

void Database::fail(const QSqlError &error)
{
    if (hasFailed())
        return;
    m_error = fromSqlError(error, m_path);
    if (m_error.kind == Error::Kind::Cancelled)
        return;
    if (const QString code = error.nativeErrorCode(); std::exchange(m_logged, code) != code)
        qCWarning(logArchive) << code << error.databaseText();
}

Result<void> Database::takeError()
{
    if (!hasFailed())
        return {};
    return std::exchange(m_error, {});
}

Transaction::Transaction(Database &database) : m_database(database)
{
    if (database.isReadOnly() && !database.hasFailed())
        database.m_error = database.refusal();
    m_open = database.runOnce(u"BEGIN IMMEDIATE"_s);
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    QSqlQuery rollback = m_database.query();
    rollback.exec(u"ROLLBACK"_s); // after some errors SQLite did it already
}

Result<void> Transaction::commit()
{
    if (m_open && m_database.runOnce(u"COMMIT"_s))
        m_open = false;
    if (!m_open && !m_database.hasFailed())
        m_database.m_logged.clear();
    return m_database.takeError();
}

Result<QString> setDatabaseAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss"_s);
    QString aside = path + ".damaged-"_L1 + stamp;
    for (int number = 2; QFileInfo::exists(aside); ++number)
        aside = path + ".damaged-"_L1 + stamp + u'-' + QString::number(number);
    if (!QFile::rename(path, aside))
        return notWritable(path);
    for (const QLatin1StringView companion : companions)
        QFile::rename(path + companion, aside + companion);
    return aside;
}

} // namespace casement
