#include "archive/outboxfiles.h"

#include "archive/settings.h"
#include "base/duration.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <QDateTime>
#include <QFile>
#include <QUuid>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

qint64 now() { return QDateTime::currentMSecsSinceEpoch(); }

QString waySetting(AccountId account) { return u"onlySets/%1"_s.arg(account); }

struct Stored
{
    QList<OutboxFile> files;
    QStringList forgotten;
    QHash<AccountId, qint64> onlySets;
};

Result<Stored> read(Database &database, qint64 time)
{
    Stored stored;
    if (!database.isReadOnly()) {
        if (const Result<QStringList> paths = forgetOrphanedFiles(database, time - duration::day); paths)
            stored.forgotten = *paths;
    }
    Statement ways = database.prepare("SELECT name, value FROM settings WHERE name LIKE 'onlySets/%'");
    ways.run();
    while (ways.next())
        stored.onlySets.insert(ways.text(0).section(u'/', 1).toLongLong(), ways.text(1).toLongLong());
    Result<QList<OutboxFile>> files = loadOutboxFiles(database);
    if (!files)
        return files.error();
    stored.files = *std::move(files);
    return stored;
}

void removeFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        QFile::remove(path);
}

} // namespace

UploadLimits UploadLimits::of(UploadWay way)
{
    if (way == UploadWay::Set)
        return {AddAttachmentsToSet::mostFiles, AddAttachmentsToSet::largestFile};
    return {AddCommunicationToCase::mostUploads, GetAttachmentUploadLinks::largestFile};
}

OutboxFiles::OutboxFiles(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

void OutboxFiles::load()
{
    const int number = ++m_loads;
    m_archive.ask<Stored>(
        Lane::Urgent, this, [time = now()](Database &database) { return read(database, time); },
        [this, number](const Result<Stored> &stored) {
            if (number != m_loads)
                return;
            QSet<QString> entries;
            for (const OutboxFile &file : std::as_const(m_files))
                entries.insert(file.entry);
            m_files = stored ? stored->files : QList<OutboxFile>();
            m_onlySets = stored ? stored->onlySets : QHash<AccountId, qint64>();
            m_loaded = stored.hasValue();
            if (stored)
                removeFiles(stored->forgotten);
            else
                Q_EMIT failed(stored.error());
            for (const OutboxFile &file : std::as_const(m_files))
                entries.insert(file.entry);
            for (const QString &entry : std::as_const(entries))
                Q_EMIT changed(entry);
            Q_EMIT loaded();
        });
}

void OutboxFiles::forgetLost(const QStringList &entries)
{
    m_archive.ask<QStringList>(
        Lane::Urgent, this,
        [entries](Database &database) -> Result<QStringList> {
            if (database.isReadOnly())
                return QStringList();
            return forgetLostFiles(database, entries);
        },
        [](const Result<QStringList> &paths) { removeFiles(paths ? *paths : QStringList()); }); // else a later start
}

QList<OutboxFile> OutboxFiles::of(const QString &entry) const
{
    QList<OutboxFile> files;
    std::copy_if(m_files.begin(), m_files.end(), std::back_inserter(files),
                 [&](const OutboxFile &file) { return file.entry == entry; });
    std::stable_sort(files.begin(), files.end(),
                     [](const OutboxFile &a, const OutboxFile &b) { return a.position < b.position; });
    return files;
}

OutboxFile *OutboxFiles::findOwn(const QString &id)
{
    const auto at = std::find_if(m_files.begin(), m_files.end(), [&](const OutboxFile &file) { return file.id == id; });
    return at == m_files.end() ? nullptr : &*at;
}

const OutboxFile *OutboxFiles::find(const QString &id) const { return const_cast<OutboxFiles *>(this)->findOwn(id); }

bool OutboxFiles::isReady(const QString &entry) const
{
    return std::all_of(m_files.begin(), m_files.end(), [&](const OutboxFile &file) {
        return file.entry != entry || file.state == OutboxFileState::Ready;
    });
}

int OutboxFiles::uploadingCount(const QString &entry) const
{
    return int(std::count_if(m_files.begin(), m_files.end(), [&](const OutboxFile &file) {
        return file.entry == entry && file.state != OutboxFileState::Ready;
    }));
}

void OutboxFiles::put(OutboxFile file)
{
    file.changed = now();
    OutboxFile *known = findOwn(file.id);
    const bool isNew = !known || m_unstored.contains(file.id);
    if (known)
        *known = file;
    else
        m_files.append(file);
    m_archive.ask<void>(
        Lane::Urgent, this, [file, isNew](Database &database) { return putOutboxFile(database, file, isNew); },
        [this, id = file.id, isNew](const Result<void> &done) {
            if (isNew && done)
                m_unstored.remove(id);
            if (isNew && !done)
                m_unstored.insert(id);
            if (!done)
                Q_EMIT failed(done.error());
        });
    Q_EMIT changed(file.entry);
}

Result<QString> OutboxFiles::add(const QString &entry, AccountId account, const LocalFile &file, bool owned)
{
    const UploadLimits limits = UploadLimits::of(knownWay(account));
    const QList<OutboxFile> others = of(entry);
    if (file.size > limits.largestFile) {
        return Error{
            .kind = Error::Kind::File,
            .code = filecode::tooLarge,
            .message =
                u"%1 has %2 bytes; the service takes files of %3 bytes at most"_s.arg(file.name).arg(file.size).arg(
                    limits.largestFile)};
    }
    if (others.size() >= limits.mostFiles) {
        return Error{.kind = Error::Kind::File,
                     .code = filecode::tooMany,
                     .message = u"a message takes %1 files at most"_s.arg(limits.mostFiles)};
    }
    QStringList taken;
    int last = 0;
    for (const OutboxFile &other : others) {
        taken.append(other.name);
        last = std::max(last, other.position);
    }
    OutboxFile added;
    added.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    added.entry = entry;
    added.position = last + 1;
    added.file = file;
    added.name = distinctName(sentFileName(file.name), taken);
    added.owned = owned;
    put(added);
    return added.id;
}

void OutboxFiles::replace(const QString &id, const LocalFile &file, bool owned)
{
    const OutboxFile *known = find(id);
    if (!known)
        return;
    const OutboxFile before = *known;
    OutboxFile with;
    with.id = before.id;
    with.entry = before.entry;
    with.position = before.position;
    with.file = file;
    QStringList taken;
    for (const OutboxFile &other : of(before.entry)) {
        if (other.id != id)
            taken.append(other.name);
    }
    with.name = distinctName(sentFileName(file.name), taken);
    with.owned = owned;
    m_progress.remove(id);
    if (before.owned && before.file.path != file.path)
        QFile::remove(before.file.path);
    put(with);
    if (!before.setId.isEmpty())
        forgetSet(before.entry, before.setId);
}

void OutboxFiles::remove(const QString &id)
{
    const OutboxFile *known = find(id);
    if (!known)
        return;
    const OutboxFile gone = *known;
    m_files.removeIf([&](const OutboxFile &file) { return file.id == id; });
    m_progress.remove(id);
    m_archive.ask<void>(
        Lane::Urgent, this, [id](Database &database) { return removeOutboxFiles(database, {id}); },
        [this, gone](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
            else if (gone.owned)
                QFile::remove(gone.file.path);
        });
    if (!gone.setId.isEmpty())
        forgetSet(gone.entry, gone.setId);
    Q_EMIT changed(gone.entry);
}

void OutboxFiles::putAside(const QString &id)
{
    const OutboxFile *known = find(id);
    if (!known)
        return;
    OutboxFile aside = *known;
    const QString from = std::exchange(aside.entry, u"aside/"_s + id); // of no message: orphans are forgotten
    const QString setId = std::exchange(aside.setId, {});
    aside.setExpiry = 0;
    aside.upload = {};
    aside.way = UploadWay::Undecided;
    aside.error = {};
    aside.state = OutboxFileState::Paused;
    m_progress.remove(id);
    put(aside);
    if (!setId.isEmpty())
        forgetSet(from, setId);
    Q_EMIT changed(from);
}

void OutboxFiles::bringBack(const QString &id, const QString &entry)
{
    const OutboxFile *known = find(id);
    if (!known || known->entry == entry)
        return;
    OutboxFile back = *known;
    QStringList taken;
    for (const OutboxFile &other : of(entry))
        taken.append(other.name);
    back.entry = entry;
    back.name = distinctName(back.name, taken);
    back.state = OutboxFileState::Waiting;
    put(back);
}

void OutboxFiles::move(const QStringList &ids, const QString &entry)
{
    int last = 0;
    for (const OutboxFile &file : of(entry))
        last = std::max(last, file.position);
    QSet<QString> left;
    for (const QString &id : ids) {
        const OutboxFile *known = find(id);
        if (!known || known->entry == entry)
            continue;
        OutboxFile moved = *known;
        left.insert(moved.entry);
        const QString from = std::exchange(moved.entry, entry);
        const QString setId = std::exchange(moved.setId, {});
        moved.position = ++last;
        moved.error = {};
        if (moved.state != OutboxFileState::Paused
            && (moved.way != UploadWay::Links || moved.upload.uploadId.isEmpty()))
            moved.state = OutboxFileState::Waiting;
        put(moved);
        if (!setId.isEmpty())
            forgetSet(from, setId);
    }
    for (const QString &from : std::as_const(left))
        Q_EMIT changed(from);
}

/// A set can't lose a file: what else was in it goes into another one.
void OutboxFiles::forgetSet(const QString &entry, const QString &setId)
{
    for (OutboxFile file : of(entry)) {
        if (file.setId != setId)
            continue;
        file.setId.clear();
        file.setExpiry = 0;
        if (file.state == OutboxFileState::Ready)
            file.state = OutboxFileState::Waiting;
        m_progress.remove(file.id);
        put(file);
    }
}

void OutboxFiles::uploadAgain(const QString &entry)
{
    for (OutboxFile file : of(entry)) {
        file.setId.clear();
        file.setExpiry = 0;
        file.upload = {};
        file.error = {};
        if (file.state != OutboxFileState::Paused)
            file.state = OutboxFileState::Waiting;
        m_progress.remove(file.id);
        put(file);
    }
}

void OutboxFiles::setPaused(const QString &id, bool paused)
{
    const OutboxFile *known = find(id);
    if (!known || known->state == OutboxFileState::Ready || (known->state == OutboxFileState::Paused) == paused)
        return;
    OutboxFile file = *known;
    file.state = paused ? OutboxFileState::Paused : OutboxFileState::Waiting;
    file.error = {};
    put(file);
}

void OutboxFiles::retry(const QString &id)
{
    const OutboxFile *known = find(id);
    if (!known || (known->state != OutboxFileState::Failed && known->state != OutboxFileState::Waiting))
        return;
    OutboxFile file = *known;
    file.state = OutboxFileState::Waiting;
    file.error = {};
    put(file);
}

void OutboxFiles::resumeAll(const QString &entry)
{
    for (const OutboxFile &file : of(entry)) {
        setPaused(file.id, false);
        if (file.state == OutboxFileState::Failed)
            retry(file.id);
    }
}

void OutboxFiles::store(const OutboxFile &file)
{
    const OutboxFile *known = find(file.id);
    if (!known || known->entry != file.entry)
        return;
    OutboxFile kept = file;
    if (known->state == OutboxFileState::Paused && file.state != OutboxFileState::Ready)
        kept.state = OutboxFileState::Paused;
    if (kept.changed = known->changed; kept != *known)
        put(kept);
}

void OutboxFiles::setProgress(const QString &id, qint64 bytes)
{
    if (!find(id) || m_progress.value(id, -1) == bytes)
        return;
    m_progress.insert(id, bytes);
    Q_EMIT progressed(id);
}

UploadWay OutboxFiles::knownWay(AccountId account) const
{
    const qint64 learnt = m_onlySets.value(account);
    return learnt > now() - duration::day && learnt <= now() + duration::day ? UploadWay::Set : UploadWay::Undecided;
}

void OutboxFiles::learnWay(AccountId account, UploadWay way)
{
    const qint64 learnt = way == UploadWay::Set ? now() : 0;
    if (learnt == 0 && !m_onlySets.contains(account))
        return;
    m_onlySets.insert(account, learnt);
    m_archive.ask<void>(
        Lane::Urgent, this,
        [account, learnt](Database &database) {
            Transaction transaction(database);
            writeSetting(database, waySetting(account), QString::number(learnt));
            return transaction.commit();
        },
        [this](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
        });
}

} // namespace casement
