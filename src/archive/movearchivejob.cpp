#include "archive/movearchivejob.h"

#include "archive/schema.h"
#include "base/privacy.h"
#include "transfer/fileerror.h"
#include "transfer/localfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QStorageInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;

struct MoveArchiveJob::Shared
{
    std::atomic<bool> cancelled = false;
};

namespace {

constexpr qint64 pieceOfCopy = 1 << 20;
const QStringList movedFolders{u"attachments"_s, u"outgoing"_s};

Error moveError(const QString &message) { return {.kind = Error::Kind::File, .message = message}; }

/// A file that moves, by its place below the archive's folder.
struct MovedFile
{
    QString from;
    QString to;
    qint64 size = 0;
};

QByteArray hashOf(const QString &path, const std::atomic<bool> &cancelled)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd() && !cancelled) {
        const QByteArray piece = file.read(pieceOfCopy);
        if (piece.isEmpty())
            return {};
        hash.addData(piece);
    }
    return hash.result();
}

/// What is made at the new place; gone with this object unless it was kept.
class NewFiles
{
public:
    ~NewFiles()
    {
        if (m_kept)
            return;
        for (const QString &file : std::as_const(m_files))
            QFile::remove(file);
        for (auto folder = m_folders.crbegin(); folder != m_folders.crend(); ++folder)
            QDir().rmdir(*folder);
    }

    void keep() { m_kept = true; }
    void addFile(const QString &path) { m_files.append(path); }

    Result<void> makeFolder(const QString &path)
    {
        if (QFileInfo(path).isDir())
            return {};
        if (const QString above = QFileInfo(path).absolutePath(); above != path) {
            if (const Result<void> made = makeFolder(above); !made)
                return made;
        }
        if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0)
            return moveError(Archive::tr("The folder %1 can't be made: %2. Choose another one.")
                                 .arg(path, fileReason(qt_error_string(errno))));
        m_folders.append(path);
        return {};
    }

private:
    QStringList m_files;
    QStringList m_folders;
    bool m_kept = false;
};

Result<void> copyFile(const MovedFile &file, NewFiles &copies, const std::atomic<bool> &cancelled,
                      const std::function<void(qint64)> &copied)
{
    const auto failed = [&file](const QString &why) {
        return moveError(Archive::tr("%1 can't be copied to %2: %3. Mend that, or choose another folder.")
                             .arg(file.from, file.to, fileReason(why)));
    };
    QFile from(file.from);
    QFile to(file.to);
    if (!from.open(QIODevice::ReadOnly))
        return failed(from.errorString());
    if (!to.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return failed(to.errorString());
    copies.addFile(file.to);
    ::fchmod(to.handle(), 0600);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (!from.atEnd()) {
        if (cancelled)
            return Error{.kind = Error::Kind::Cancelled};
        const QByteArray piece = from.read(pieceOfCopy);
        if (piece.isEmpty())
            return failed(from.errorString());
        hash.addData(piece);
        if (to.write(piece) != piece.size())
            return failed(to.errorString());
        copied(piece.size());
    }
    to.setFileTime(QFileInfo(file.from).lastModified(), QFileDevice::FileModificationTime);
    if (!to.flush() || (::fsync(to.handle()) != 0 && errno != EINVAL))
        return failed(to.errorString());
    to.close();
    // Read anew: what arrived is what counts.
    if (hashOf(file.to, cancelled) != hash.result())
        return cancelled ? Error{.kind = Error::Kind::Cancelled}
                         : failed(u"the copy is not the same as what was copied"_s);
    return {};
}

QList<MovedFile> filesBeside(const QString &from, const QString &to)
{
    const QString fromFolder = QFileInfo(from).absolutePath();
    const QString toFolder = QFileInfo(to).absolutePath();
    QList<MovedFile> files{{from, to, QFileInfo(from).size()}};
    for (const QString &name : movedFolders) {
        QDirIterator below(fromFolder + u'/' + name, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                           QDirIterator::Subdirectories);
        while (below.hasNext()) {
            const QString path = below.next();
            files.append({path, toFolder + path.mid(fromFolder.size()), below.fileInfo().size()});
        }
    }
    return files;
}

Result<void> checkPlace(const QString &from, const QString &folder)
{
    const QString to = folder + u'/' + MoveArchiveJob::fileName;
    const QString old = QFileInfo(from).absolutePath();
    const QString real = QFileInfo(folder).canonicalFilePath();
    const auto isBelow = [](const QString &path, const QString &above) {
        return path == above || path.startsWith(above + u'/');
    };
    if (!real.isEmpty() && real == QFileInfo(old).canonicalFilePath())
        return moveError(Archive::tr("The archive is in %1 already.").arg(folder));
    for (const QString &name : movedFolders) {
        if (isBelow(real.isEmpty() ? folder : real, old + u'/' + name))
            return moveError(Archive::tr("%1 is a part of the archive. Choose another folder.").arg(folder));
        if (QFileInfo::exists(folder + u'/' + name))
            return moveError(Archive::tr("%1 has a folder “%2” already. Choose an empty folder.").arg(folder, name));
    }
    if (QFileInfo::exists(to))
        return moveError(Archive::tr("There is an archive in %1 already. Choose another folder.").arg(folder));
    return {};
}

bool isOpenElsewhere(const QString &path) { return QFileInfo::exists(path + "-wal"_L1); }

Error openElsewhere(const QString &path)
{
    return {.kind = Error::Kind::Archive,
            .code = archivecode::busy,
            .message = Archive::tr("Another program has the archive %1 open. Close it (casement-cli, or another "
                                   "window) and move the archive then.")
                           .arg(path)};
}

/// Files that this program made for what is to be sent are others now: the outbox knows them by what they are.
Result<void> followFiles(Database &database, const QString &from, const QString &to)
{
    const QString oldFolder = QFileInfo(from).absolutePath() + u'/';
    const QString newFolder = QFileInfo(to).absolutePath() + u'/';
    QList<std::pair<QString, QString>> files;
    Transaction transaction(database);
    {
        Statement read = database.prepare("SELECT id, path FROM outboxFiles WHERE substr(path, 1, length(?)) = ?");
        read.run(oldFolder, oldFolder);
        while (read.next())
            files.append({read.text(0), newFolder + read.text(1).mid(oldFolder.size())});
    }
    for (const auto &[id, path] : std::as_const(files)) {
        struct stat status = {};
        if (::stat(QFile::encodeName(path).constData(), &status) != 0)
            continue; // it was gone before
        const qint64 modified = qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
        database.prepare("UPDATE outboxFiles SET path = ?, modified = ?, device = ?, inode = ? WHERE id = ?")
            .run(path, modified, qint64(status.st_dev), qint64(status.st_ino), id);
    }
    return transaction.commit();
}

Result<void> lookThrough(Database &database)
{
    QSqlQuery check = database.query();
    if (!check.exec(u"PRAGMA quick_check"_s) || !check.next())
        return database.errorOf(check);
    do {
        // SQLite 3.40 says so of every row of a WITHOUT ROWID table whose key does not stand first, and is wrong.
        const QString said = check.value(0).toString();
        if (said != "ok"_L1 && !said.startsWith("NULL value in sentFiles."_L1))
            return moveError(
                Archive::tr("The copy of the archive is not right (%1). Try again, or choose another folder.")
                    .arg(said));
    } while (check.next());
    return {};
}

/// Does it all; `database` is open when this returns, at the new place when it is a success.
Result<void> moveArchive(std::unique_ptr<Database> &database, const QString &from, const QString &folder,
                         const MoveArchiveJob::Remember &remember, const std::atomic<bool> &cancelled,
                         const std::function<void(qint64, qint64)> &progressed)
{
    const QString to = folder + u'/' + MoveArchiveJob::fileName;
    if (database->isReadOnly())
        return database->refusal();
    if (const Result<void> place = checkPlace(from, folder); !place)
        return place;
    database.reset(); // the last one that has it open takes the log into the file and removes it
    const auto reopen = [&database, &from](Error error) -> Result<void> {
        Result<std::unique_ptr<Database>> again = Database::open(from, archiveMigrations());
        if (again) {
            database = std::move(*again);
            (void)loadAccounts(*database); // which this program may have open
        }
        return error;
    };
    if (isOpenElsewhere(from))
        return reopen(openElsewhere(from));
    QLockFile opening(from + "-opening"_L1); // who wants to open it now waits
    opening.tryLock(10'000);
    const auto giveUp = [&](Error error) {
        opening.unlock();
        return reopen(std::move(error));
    };

    const QList<MovedFile> files = filesBeside(from, to);
    qint64 total = 0;
    for (const MovedFile &file : files)
        total += file.size;
    NewFiles copies;
    if (const Result<void> made = copies.makeFolder(folder); !made)
        return giveUp(made.error());
    if (const QStorageInfo disk(folder); disk.isValid() && disk.bytesAvailable() < total)
        return giveUp(moveError(
            Archive::tr("There is not enough room for the archive in %1. Make room, or choose another folder.")
                .arg(folder)));
    qint64 done = 0;
    for (const MovedFile &file : files) {
        if (const Result<void> made = copies.makeFolder(QFileInfo(file.to).absolutePath()); !made)
            return giveUp(made.error());
        const auto copied = [&](qint64 bytes) { progressed(done += bytes, total); };
        if (const Result<void> made = copyFile(file, copies, cancelled, copied); !made)
            return giveUp(made.error());
    }
    std::unique_ptr<Database> moved;
    const auto makeRight = [&]() -> Result<void> {
        Result<std::unique_ptr<Database>> opened = Database::open(to, archiveMigrations());
        for (const QLatin1StringView beside : {"-wal"_L1, "-shm"_L1, "-opening"_L1})
            copies.addFile(to + beside);
        if (!opened)
            return opened.error();
        moved = std::move(*opened);
        if (const Result<void> good = lookThrough(*moved); !good)
            return good;
        if (const Result<void> followed = followFiles(*moved, from, to); !followed)
            return followed;
        if (cancelled)
            return Error{.kind = Error::Kind::Cancelled};
        if (isOpenElsewhere(from)) // somebody did not wait, and may have written
            return openElsewhere(from);
        return remember(to);
    };
    if (const Result<void> good = makeRight(); !good) {
        moved.reset();
        return giveUp(good.error());
    }
    copies.keep();
    database = std::move(moved);
    (void)loadAccounts(*database); // which this program may have open
    opening.unlock();
    for (const MovedFile &file : files)
        QFile::remove(file.from);
    const QString oldFolder = QFileInfo(from).absolutePath();
    for (const QString &name : movedFolders) {
        QDirIterator below(oldFolder + u'/' + name, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot,
                           QDirIterator::Subdirectories);
        QStringList folders{oldFolder + u'/' + name};
        while (below.hasNext())
            folders.append(below.next());
        for (auto one = folders.crbegin(); one != folders.crend(); ++one)
            QDir().rmdir(*one); // only when it is empty
    }
    QDir().rmdir(oldFolder);
    return {};
}

} // namespace

MoveArchiveJob::MoveArchiveJob(Archive &archive, const QString &folder, Remember remember, QObject *parent)
    : Job(parent), m_archive(archive), m_folder(QDir::cleanPath(folder)), m_remember(std::move(remember)),
      m_shared(std::make_shared<Shared>())
{
}

MoveArchiveJob::~MoveArchiveJob() { m_shared->cancelled = true; }

QString MoveArchiveJob::title() const { return tr("Moving the archive"); }

void MoveArchiveJob::run()
{
    const QString from = m_archive.m_path;
    const QString to = m_folder + u'/' + fileName;
    m_archive.m_thread->post(ArchiveThread::Lane::Urgent,
                             [archive = &m_archive, guard = QPointer<MoveArchiveJob>(this), shared = m_shared, from, to,
                              folder = m_folder, remember = m_remember](std::unique_ptr<Database> &database) {
                                 const auto progressed = [&](qint64 done, qint64 total) {
                                     QMetaObject::invokeMethod(
                                         archive,
                                         [guard, done, total] {
                                             if (guard && guard->state() == State::Running)
                                                 guard->setProgress(done, total);
                                         },
                                         Qt::QueuedConnection);
                                 };
                                 const Result<void> result = !database ? Result<void>(Archive::notOpen())
                                     : shared->cancelled
                                     ? Result<void>(Error{.kind = Error::Kind::Cancelled})
                                     : moveArchive(database, from, folder, remember, shared->cancelled, progressed);
                                 QMetaObject::invokeMethod(
                                     archive,
                                     [archive, guard, result, to] {
                                         if (result)
                                             archive->m_path = to; // also when nobody waits for it any more
                                         if (!guard || guard->state() != State::Running)
                                             return;
                                         if (result)
                                             guard->m_newPath = to;
                                         guard->finish(result);
                                     },
                                     Qt::QueuedConnection);
                             });
}

void MoveArchiveJob::stop() { m_shared->cancelled = true; }

} // namespace casement
