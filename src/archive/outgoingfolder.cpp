#include "archive/outgoingfolder.h"

#include "base/duration.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

/// A lock on the folder of the archive: shared by the programs that send from there. It goes with its program, however
/// that ends.
class OutgoingFolder::Hold
{
public:
    explicit Hold(const QString &folder)
        : m_descriptor(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
    }
    ~Hold()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(Hold)

    bool isAlone() const { return m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0; }
    void share() const
    {
        if (m_descriptor >= 0)
            ::flock(m_descriptor, LOCK_SH | LOCK_NB);
    }

private:
    int m_descriptor;
};

namespace {

constexpr qint64 youngest = duration::day; // of what goes: whoever makes one says so in a row much sooner

/// By their names alone: the archive may have been moved with its folders.
Result<QSet<QString>> namesSpokenOf(Database &database)
{
    QSet<QString> names;
    for (const char *query : {"SELECT path FROM outboxFiles", "SELECT path FROM refusedFiles"}) {
        Statement read = database.prepare(query);
        read.run();
        while (read.next())
            names.insert(read.text(0).section(u'/', -1));
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return names;
}

int removeLeft(const QString &folder, const QSet<QString> &spokenOf)
{
    const QDateTime before = QDateTime::currentDateTime().addMSecs(-youngest);
    int removed = 0;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QFileInfo &file : files) {
        if (!file.isSymLink() && file.lastModified() < before && !spokenOf.contains(file.fileName()))
            removed += int(QFile::remove(file.filePath()));
    }
    return removed;
}

} // namespace

void OutgoingFolder::cleanUp(QObject *context, Archive::Callback<int> done)
{
    const QString folder = m_archive.folder(u"outgoing"_s);
    m_hold = std::make_shared<Hold>(QFileInfo(folder).path());
    m_archive.ask<int>(
        Lane::Bulk, context,
        [folder, hold = m_hold](Database &database) -> Result<int> {
            int removed = 0;
            Result<void> failed;
            if (hold->isAlone()) {
                if (const Result<QSet<QString>> names = namesSpokenOf(database); names)
                    removed = removeLeft(folder, *names);
                else
                    failed = names.error();
            }
            hold->share();
            if (!failed)
                return failed.error();
            return removed;
        },
        std::move(done));
}

} // namespace casement
