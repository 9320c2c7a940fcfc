#include "ui/fileintake.h"

#include "archive/followups.h"
#include "archive/outbox.h"
#include "base/background.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/filename.h"
#include "transfer/splitzipjob.h"
#include "transfer/zipjob.h"
#include "transfer/zipparts.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// The folder for what this program makes to be sent, readable by its owner only.
bool makeFolder(const QString &folder)
{
    return QDir().mkpath(folder)
        && QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// A name in the folder that nothing has; `second` … stand before the extension.
QString withNumber(const QString &name, int number)
{
    if (number < 2)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString middle = u"-%1"_s.arg(number);
    return dot <= 0 ? name + middle : name.first(dot) + middle + name.sliced(dot);
}

/// Writes a picture as PNG; answers its path.
Result<QString> writePicture(const QImage &picture, const QString &folder, const QString &name)
{
    if (!makeFolder(folder))
        return cannotWrite(folder, qt_error_string(errno));
    for (int number = 1; number < 1000; ++number) {
        QFile file(folder + u'/' + withNumber(name, number));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly)) {
            if (file.exists())
                continue;
            return cannotWrite(file.fileName(), file.errorString());
        }
        if (picture.save(&file, "png") && file.flush())
            return file.fileName();
        const QString why = file.errorString();
        file.remove();
        return cannotWrite(file.fileName(), why);
    }
    return cannotWrite(folder + u'/' + name, qt_error_string(EEXIST));
}

bool isZip(const QString &path) { return path.endsWith(".zip"_L1, Qt::CaseInsensitive); }

/// The person can have it in the message in some way, or must say that it goes without.
bool isDecidable(const FileText::Refused &file)
{
    const QString &code = file.error.code;
    return code == filecode::folder || code == filecode::tooMany || code == filecode::holdsKeys || code == zipSplits
        || code == zipTooLarge || code == filecode::tooLarge;
}

Result<LocalFile> inspect(const QString &path, FileIntake::Keys keys)
{
    Result<LocalFile> file = inspectFile(path);
    if (file && keys == FileIntake::Keys::Ask && isInKeyFolder(path))
        return Error{.kind = Error::Kind::File, .code = filecode::holdsKeys, .message = shownPath(path)};
    return file;
}

} // namespace

FileIntake::FileIntake(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace) { }

FileIntake::~FileIntake()
{
    const QList<Job *> jobs = m_zips;
    for (Job *job : jobs) {
        job->disconnect(this);
        job->cancel(); // nobody is left who takes what it makes
    }
}

QStringList FileIntake::pathsIn(const QMimeData &data)
{
    QStringList paths;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (!url.isLocalFile())
            return {}; // a link or a picture of a browser, which may have a file beside it
        // From its bytes, which toLocalFile() loses where they are not UTF-8.
        const QByteArray bytes = QByteArray::fromPercentEncoding(url.path(QUrl::FullyEncoded).toLatin1());
        const QString path = url.host().isEmpty() ? pathFromBytes(bytes) : url.toLocalFile();
        if (!path.isEmpty() && !paths.contains(path))
            paths.append(path);
    }
    return paths;
}

bool FileIntake::isPaste(const QMimeData &data)
{
    return !pathsIn(data).isEmpty() || (data.hasImage() && !data.hasText());
}

bool FileIntake::paste(const Place &place, const QMimeData &data)
{
    if (!isPaste(data))
        return false;
    if (const QStringList paths = pathsIn(data); !paths.isEmpty())
        add(place, paths);
    else
        addPicture(place, qvariant_cast<QImage>(data.imageData()));
    return true;
}

void FileIntake::setBusy(const QString &key, int by)
{
    if ((m_busy[key] += by) <= 0)
        m_busy.remove(key);
    Q_EMIT changed();
    if (m_isLeft && m_busy.isEmpty())
        deleteLater();
}

void FileIntake::outlive(const QString &key, const QString &entry)
{
    m_left.insert(key, entry);
    m_isLeft = true;
    setParent(&m_workspace);
    if (m_busy.isEmpty())
        deleteLater();
}

QString FileIntake::entryOf(const Place &place) const
{
    const auto left = m_left.constFind(place.key);
    if (left == m_left.cend())
        return place.entry();
    const OutboxEntry *entry = m_workspace.outbox().find(*left);
    return entry && entry->state == OutboxState::Draft ? entry->id : QString();
}

/// Where what this program makes to be sent lies.
QString FileIntake::ownFolder() const { return m_workspace.archive().folder(u"outgoing"_s) + u'/'; }

bool FileIntake::isOwn(const QString &path) const { return path.startsWith(ownFolder()); }

bool FileIntake::isOwnZip(const QString &path) const { return isOwn(path) && isZip(path); }

void FileIntake::removeOwn(const QString &path) const
{
    if (isOwn(path))
        QFile::remove(path);
}

void FileIntake::add(const Place &place, const QStringList &paths, Keys keys) { look(place, paths, keys); }

void FileIntake::look(const Place &place, const QStringList &paths, Keys keys, Room room)
{
    if (place.account == 0 || paths.isEmpty())
        return;
    setBusy(place.key, 1);
    const auto work = [paths, keys, own = ownFolder(), largest = largestFile(place)] {
        QList<Looked> all;
        for (const QString &path : paths) {
            const Result<LocalFile> file = inspect(path, keys);
            const bool isLargeZip = file && file->size > largest && path.startsWith(own) && isZip(path);
            const Result<ZipParts> parts = isLargeZip ? planZipParts(path, largest) : ZipParts();
            all.append({path, file, parts && !parts->isEmpty()});
        }
        return all;
    };
    auto turn = std::make_shared<Turn>(Turn{.place = place, .room = room});
    m_turns[place.key].append(turn);
    inBackground(this, work, [this, turn](const QList<Looked> &all) {
        turn->looked = all;
        turn->isLooked = true;
        takeTurns(turn->place.key);
    });
}

void FileIntake::takeTurns(const QString &key)
{
    while (!m_turns.value(key).isEmpty() && m_turns.value(key).first()->isLooked) {
        const std::shared_ptr<Turn> turn = m_turns[key].takeFirst();
        for (const Looked &one : turn->looked) {
            if (one.file)
                take(turn->place, one, turn->room);
            else
                refuse(turn->place, {.path = one.path, .error = one.file.error()});
        }
        setBusy(key, -1);
    }
    if (m_turns.value(key).isEmpty())
        m_turns.remove(key);
}

qint64 FileIntake::largestFile(const Place &place) const
{
    return UploadLimits::of(m_workspace.outbox().files().knownWay(place.account)).largestFile;
}

void FileIntake::take(const Place &place, const Looked &one, Room room)
{
    OutboxFiles &files = m_workspace.outbox().files();
    const LocalFile &file = *one.file;
    FileText::Refused refused{.path = file.path, .size = file.size, .error = {.kind = Error::Kind::File}};
    if (file.size > largestFile(place)) { // before a draft is made for it
        refused.error.code = one.splits ? zipSplits : isOwnZip(file.path) ? zipTooLarge : filecode::tooLarge;
        return refuse(place, refused);
    }
    const QString entry = entryOf(place);
    if (entry.isEmpty()) {
        refused.error = FollowUps::noMessage();
        return refuse(place, refused);
    }
    QList<OutboxFile> others = files.of(entry);
    const QList<OutboxEntry> followUps = m_workspace.outbox().followUps(entry);
    for (const OutboxEntry &followUp : followUps)
        others.append(files.of(followUp.id));
    if (std::any_of(others.begin(), others.end(), [&](const OutboxFile &other) { return other.file == file; })) {
        refused.error.code = attachedAlready;
        return refuse(place, refused);
    }
    if (const Result<QString> added = put(entry, place.account, file, room); !added) {
        refused.error = added.error();
        refuse(place, refused);
    }
}

Result<QString> FileIntake::put(const QString &entry, AccountId account, const LocalFile &file, Room room)
{
    OutboxFiles &files = m_workspace.outbox().files();
    const bool owned = isOwn(file.path);
    if (room == Room::Message && m_workspace.outbox().followUps(entry).isEmpty())
        return files.add(entry, account, file, owned);
    if (files.of(entry).size() < UploadLimits::of(files.knownWay(account)).mostFiles)
        return files.add(entry, account, file, owned);
    return FollowUps(m_workspace.outbox()).add(entry, file, owned);
}

void FileIntake::refuse(const Place &place, const FileText::Refused &what)
{
    const auto isSame = [&](const Kept &kept) {
        return kept.key == place.key && kept.refused.path == what.path && kept.refused.error.code == what.error.code;
    };
    if (!std::any_of(m_refused.begin(), m_refused.end(), isSame))
        m_refused.append({place.key, what});
    if (!isDecidable(what))
        removeOwn(what.path);
    store(place);
    Q_EMIT changed();
}

/// Of a draft; what has none goes with its window.
void FileIntake::store(const Place &place)
{
    const auto left = m_left.constFind(place.key);
    const QString kept = left == m_left.cend() ? place.keptUnder() : *left;
    if (kept.isEmpty())
        return;
    QList<RefusedFile> files;
    for (const Kept &one : std::as_const(m_refused)) {
        if (one.key == place.key)
            files.append(one.refused);
    }
    m_recalled.insert(kept); // what was there before is part of it, or replaced
    RefusedFiles(m_workspace.archive()).store(kept, files, &m_workspace);
}

void FileIntake::recall(const Place &place)
{
    const QString kept = place.keptUnder();
    if (kept.isEmpty() || m_recalled.contains(kept))
        return;
    m_recalled.insert(kept);
    if (std::any_of(m_refused.begin(), m_refused.end(), [&](const Kept &one) { return one.key == place.key; }))
        return store(place);
    RefusedFiles(m_workspace.archive())
        .load(kept, this, [this, key = place.key](const Result<QList<RefusedFile>> &files) {
            if (!files || files->isEmpty())
                return;
            for (const RefusedFile &file : *files)
                m_refused.append({key, file});
            Q_EMIT changed();
        });
}

void FileIntake::addPicture(const Place &place, const QImage &picture)
{
    if (place.account == 0 || picture.isNull())
        return;
    const QString name = u"pasted-%1.png"_s.arg(QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s));
    setBusy(place.key, 1);
    const QString folder = m_workspace.archive().folder(u"outgoing"_s);
    inBackground(
        this, [picture, folder, name] { return writePicture(picture, folder, name); },
        [this, place, name](const Result<QString> &path) {
            if (path)
                look(place, {*path}, Keys::Take);
            else
                refuse(place, {.path = name, .error = path.error()});
            setBusy(place.key, -1);
        });
}

QString FileIntake::freePath(const QString &name) const
{
    const QString folder = m_workspace.archive().folder(u"outgoing"_s);
    for (int number = 1;; ++number) {
        const QString path = folder + u'/' + withNumber(name, number);
        if (!QFile::exists(path) || number == 1000)
            return path;
    }
}

void FileIntake::zip(const QStringList &paths, const QString &name, Keys keys, const QString &key,
                     const std::function<void(const Result<QString> &path)> &done)
{
    makeFolder(m_workspace.archive().folder(u"outgoing"_s));
    auto *job = new ZipJob(paths, freePath(sentFileName(name + u".zip"_s)),
                           keys == Keys::Take ? ZipJob::Keys::Take : ZipJob::Keys::Refuse);
    start(job, key, [job, done](const Result<void> &result) {
        if (result)
            done(job->target());
        else
            done(result.error());
    });
}

/// Lists a job that makes files, and holds the message back until it is done.
void FileIntake::start(Job *job, const QString &key, const std::function<void(const Result<void> &)> &done)
{
    setBusy(key, 1);
    m_zips.append(job);
    connect(job, &Job::finished, this, [this, job, key, done](const Result<void> &result) {
        m_zips.removeOne(job);
        done(result);
        setBusy(key, -1);
    });
    m_workspace.jobList().add(job);
    job->start();
}

void FileIntake::addAsZip(const Place &place, const QStringList &paths, Keys keys)
{
    if (place.account == 0)
        return;
    for (QString path : paths) {
        while (path.size() > 1 && path.endsWith(u'/'))
            path.chop(1);
        zip({path}, path.section(u'/', -1), keys, place.key, [this, place, path](const Result<QString> &made) {
            if (made) {
                removeOwn(path); // the ZIP stands for it
                look(place, {*made}, Keys::Take);
            } else if (made.error().kind != Error::Kind::Cancelled) {
                refuse(place, {.path = path, .error = made.error(), .asZip = true});
            } else if (isOwn(path)) { // nothing else has it
                refuse(place,
                       {.path = path,
                        .size = QFileInfo(path).size(),
                        .error = {.kind = Error::Kind::File, .code = filecode::tooLarge}});
            }
        });
    }
}

void FileIntake::takeAsItIs(const QString &id)
{
    const OutboxFile *known = m_workspace.outbox().files().find(id);
    if (!known)
        return;
    inBackground(
        this, [path = known->file.path] { return inspectFile(path); },
        [this, id](const Result<LocalFile> &file) {
            OutboxFiles &files = m_workspace.outbox().files();
            const OutboxFile *now = files.find(id);
            if (!now)
                return;
            if (file)
                return files.replace(id, *file, now->owned);
            OutboxFile failed = *now;
            failed.error = file.error();
            files.store(failed);
        });
}

void FileIntake::takeBack(const Place &place, const OutboxFile &file)
{
    OutboxFiles &files = m_workspace.outbox().files();
    OutboxFile gone = file;
    gone.owned = false; // what is on the disk is not deleted with it
    files.store(gone);
    files.remove(gone.id);
    if (isOwnZip(file.file.path))
        look(place, {file.file.path}, Keys::Take); // says what can be done with it
    else
        refuse(place, {.path = file.file.path, .size = file.file.size, .error = file.error});
}

bool FileIntake::Group::isUndecided() const { return isDecidable(files.first()); }

QStringList FileIntake::Group::paths() const
{
    QStringList all;
    for (const FileText::Refused &file : files)
        all.append(file.path);
    return all;
}

/// What was a ZIP already does not get smaller.
bool FileIntake::Group::canBeCompressed() const
{
    return code() == filecode::tooLarge
        && std::any_of(files.begin(), files.end(), [](const FileText::Refused &file) { return !isZip(file.path); });
}

QList<FileIntake::Group> FileIntake::refused(const QString &key) const
{
    QList<Group> groups;
    for (const Kept &kept : m_refused) {
        if (kept.key != key)
            continue;
        const auto at = std::find_if(groups.begin(), groups.end(),
                                     [&](const Group &group) { return group.code() == kept.refused.error.code; });
        if (at == groups.end())
            groups.append({{kept.refused}});
        else
            at->files.append(kept.refused);
    }
    return groups;
}

void FileIntake::forgetRefused(const Place &place)
{
    for (const Kept &kept : std::as_const(m_refused)) {
        if (kept.key == place.key)
            removeOwn(kept.refused.path);
    }
    m_refused.removeIf([&](const Kept &kept) { return kept.key == place.key; });
    store(place);
    Q_EMIT changed();
}

/// They are no longer among what was refused: something is done with them.
void FileIntake::takeGroup(const Place &place, const Group &group)
{
    m_refused.removeIf(
        [&](const Kept &kept) { return kept.key == place.key && kept.refused.error.code == group.code(); });
    store(place);
    Q_EMIT changed();
}

void FileIntake::leaveOut(const Place &place, const Group &group)
{
    for (const FileText::Refused &file : group.files)
        removeOwn(file.path);
    takeGroup(place, group);
}

void FileIntake::takeAsFollowUps(const Place &place, const Group &group)
{
    takeGroup(place, group);
    look(place, group.paths(), Keys::Take, Room::FollowUps);
}

void FileIntake::takeAnyway(const Place &place, const Group &group)
{
    takeGroup(place, group);
    QStringList files;
    QStringList forZip;
    for (const FileText::Refused &file : group.files)
        (file.asZip ? forZip : files).append(file.path);
    add(place, files, Keys::Take);
    addAsZip(place, forZip, Keys::Take);
}

void FileIntake::takeAsZip(const Place &place, const Group &group)
{
    takeGroup(place, group);
    addAsZip(place, group.paths());
}

void FileIntake::takeAsSeveralZips(const Place &place, const Group &group)
{
    takeGroup(place, group);
    for (const FileText::Refused &file : group.files) {
        auto *job = new SplitZipJob(file.path, largestFile(place));
        start(job, place.key, [this, place, file, job](const Result<void> &result) {
            if (!result) {
                FileText::Refused again = file;
                if (result.error().kind != Error::Kind::Cancelled)
                    again.error = result.error();
                return refuse(place, again);
            }
            removeOwn(file.path);
            look(place, job->made(), Keys::Take, Room::FollowUps);
        });
    }
}

} // namespace casement
