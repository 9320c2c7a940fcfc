#pragma once

#include "base/result.h"

#include <QSqlQuery>
#include <QVariant>

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace casement {

/// What Error::code says for errors of Error::Kind::Archive, so that a window can offer the way out. `message` is a
/// whole sentence in the person's language that says what to do.
namespace archivecode {
inline constexpr QLatin1StringView damaged("Damaged"); ///< no database any more, or a broken one: may be set aside
inline constexpr QLatin1StringView notAnArchive("NotAnArchive"); ///< a file of something else: may be set aside
inline constexpr QLatin1StringView setAside("SetAside"); ///< it was one of these, and another one was begun
inline constexpr QLatin1StringView newerSchema("NewerSchema"); ///< made by a newer version; left as it is
inline constexpr QLatin1StringView notWritable("NotWritable");
inline constexpr QLatin1StringView diskFull("DiskFull");
inline constexpr QLatin1StringView diskError("DiskError"); ///< the disk did not do what it was told
inline constexpr QLatin1StringView busy("Busy"); ///< another program held it for longer than we wait
inline constexpr QLatin1StringView notOpen("NotOpen");
inline constexpr QLatin1StringView beingSent("BeingSent"); ///< not deleted: something of it is on its way
inline constexpr QLatin1StringView unexpected("Unexpected"); ///< SQLite refused for a reason that is none of these

// The archive works, and what was asked for is not in it
inline constexpr QLatin1StringView noSuchCase("NoSuchCase");
inline constexpr QLatin1StringView notKept("NotKept"); ///< a result of Trusted Advisor
inline constexpr QLatin1StringView dataDeleted("DataDeleted"); ///< a text whose account's data was deleted
inline constexpr QLatin1StringView noMessage("NoMessage"); ///< for a file: its draft is gone
inline constexpr QLatin1StringView filesUnknown("FilesUnknown"); ///< of a message, so that it can't be sent
} // namespace archivecode

/// One numbered step from an older schema to the next. Steps are only ever added, and never changed once released.
struct Migration
{
    int version = 0; ///< `PRAGMA user_version` after it; counts up by one
    std::vector<const char *> statements;
};

class Database;

/// A prepared statement for the time of one use; its next user finds it reset.
class Statement
{
public:
    Statement(Database &database, QSqlQuery &query) : m_database(&database), m_query(&query) { }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement() { m_query->finish(); }

    /// Binds the values in their order and executes. False on an error, which the database remembers.
    template <class... Values> bool run(const Values &...values)
    {
        int position = 0;
        (m_query->bindValue(position++, variant(values)), ...);
        return execute();
    }

    bool next() { return m_query->next(); }
    QString text(int column) const { return m_query->value(column).toString(); }
    QByteArray bytes(int column) const { return m_query->value(column).toByteArray(); }
    qint64 number(int column) const { return m_query->value(column).toLongLong(); }
    qint64 lastId() const { return m_query->lastInsertId().toLongLong(); }
    /// Rows that the last statement inserted, changed or deleted.
    int changes() const { return m_query->numRowsAffected(); }

private:
    static QVariant variant(const QString &text)
    {
        return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
    }
    static QVariant variant(const QByteArray &blob) { return blob; }
    static QVariant variant(qint64 number) { return number; }
    static QVariant variant(int number) { return number; }
    static QVariant variant(bool flag) { return flag ? 1 : 0; }
    bool execute();

    Database *m_database;
    QSqlQuery *m_query;
};

/// One SQLite connection, used by the thread that opened it and by no other. Only one archive is written by it, but
/// other programs may have the same file open.
///
/// The first error since the last takeError() is remembered, so that a row of statements is checked once, at its end.
class Database
{
public:
    /// What a trigger says when a statement has nothing to write any more: then the error is Error::Kind::Cancelled.
    static constexpr QLatin1StringView endsQuietly{"nobody wants it any more"};

    /// Opens or makes the file, owner-only in an owner-only folder, and brings it to the newest of `migrations`. Errors
    /// are of Error::Kind::Archive with a code of `archivecode` and a sentence that says what to do. The file is left
    /// as it is on every error.
    ///
    /// An archive that is there and can't be written (its rights, its folder's, a disk mounted read-only, one without
    /// room for what SQLite keeps beside it) is opened for reading: isReadOnly(). Its schema must be the newest then.
    static Result<std::unique_ptr<Database>> open(const QString &path, std::span<const Migration> migrations);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Kept prepared by the address of `sql`, which therefore must be a literal.
    Statement prepare(const char *sql);
    /// For statements made on the way; not kept.
    bool runOnce(const QString &sql);
    QSqlQuery query() const;

    Error errorOf(const QSqlQuery &query) const;

    bool hasFailed() const { return m_error.kind != Error::Kind::None; }
    /// The first error since the last call, or success.
    Result<void> takeError();

    const QString &path() const { return m_path; }
    /// Whether one that could only be read may be opened for writing by now. Changes nothing of it.
    static bool mayBeWritten(const QString &path);
    /// Every Transaction fails with refusal().
    bool isReadOnly() const { return m_readOnly; }
    /// Why nothing that a person writes is taken: it would not last. Kind::None when it is.
    const Error &refusal() const { return m_refusal; }
    /// For one in memory that stands in for a file that can't be used: what is fetched is taken, what a person writes
    /// is not.
    void setRefusal(const Error &why) { m_refusal = why; }
    /// What stands in the log only goes into the file, as far as nobody reads older pages of it: an Error when the disk
    /// has no room for that. Nothing is lost then, and the log stays.
    Result<void> emptyLog();

private:
    friend class Statement;
    friend class Transaction;
    Database(const QString &path, const QString &connection) : m_path(path), m_connection(connection) { }
    static Result<std::unique_ptr<Database>> connectTo(const QString &path, const QString &name,
                                                       const QString &connectOptions);
    static Result<std::unique_ptr<Database>> openForReading(const QString &path, int version, const Error &why);
    Result<void> start(std::span<const Migration> migrations);
    Result<void> startReading(int version, const Error &why);
    Result<void> migrate(std::span<const Migration> migrations);
    void fail(const QSqlError &error);

    QString m_path;
    QString m_connection;
    bool m_readOnly = false;
    Error m_refusal;
    QString m_logged; // SQLite's code that was logged last; a cause is logged once
    std::unordered_map<const char *, std::unique_ptr<QSqlQuery>> m_statements;
    Error m_error;
};

/// All or nothing: rolled back unless committed. Takes the write lock at its beginning, so that it can't fail for it
/// later.
class Transaction
{
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// The first error of the database since the transaction began; then nothing of it is kept.
    Result<void> commit();

private:
    Database &m_database;
    bool m_open = false;
};

/// Renames a file that is no good, with what SQLite keeps beside it, to `NAME.damaged-20260102T030405`. Answers the new
/// name.
Result<QString> setDatabaseAside(const QString &path);

} // namespace casement
