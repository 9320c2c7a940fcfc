#pragma once

#include "archive/outboxfiles.h"
#include "ui/filetext.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

class QImage;
class QMimeData;

namespace casement {

class Job;
class Workspace;

/// Takes files for messages, whichever way they come: dropped, pasted, chosen. Each is looked at on the pool, in its
/// turn, and added to its message; what can't be taken is kept with the reason, so that nothing goes silently.
class FileIntake final : public QObject
{
    Q_OBJECT

public:
    /// A message that takes files, as it was when they came: the person may be elsewhere when they were looked at.
    struct Place
    {
        QString key; ///< tells places apart
        std::function<QString()> kept; ///< where what is refused is kept over a restart; empty: nowhere
        QString language; ///< of the case
        AccountId account = 0; ///< 0: none that takes files
        std::function<QString()> entry; ///< the entry's id, which is made when there is none; empty: not any more

        QString keptUnder() const { return kept ? kept() : QString(); }
    };
    enum class Keys { Ask, Take };

    /// The workspace is borrowed.
    explicit FileIntake(Workspace &workspace, QObject *parent = nullptr);
    ~FileIntake() override;

    /// Files of this computer: what a drop must have to be taken.
    static QStringList pathsIn(const QMimeData &data);
    /// Files, or a picture without words: what a field for text leaves to this.
    static bool isPaste(const QMimeData &data);

    void add(const Place &place, const QStringList &paths, Keys keys = Keys::Ask);
    /// False when there is nothing in it for this.
    bool paste(const Place &place, const QMimeData &data);
    void addPicture(const Place &place, const QImage &picture);
    /// One ZIP for each.
    void addAsZip(const Place &place, const QStringList &paths, Keys keys = Keys::Ask);

    /// Of a file that was changed since it was chosen: as it is now.
    void takeAsItIs(const QString &id);
    /// Takes a file out of its message that has no room for it, or for which it is too large: it is among what was
    /// refused then, where the person says what becomes of it.
    void takeBack(const Place &place, const OutboxFile &file);

    /// Something is being looked at, or compressed, for this place.
    bool isBusy(const QString &key) const { return m_busy.value(key) > 0; }
    bool isBusy() const { return !m_busy.isEmpty(); }

    /// What was not taken, in groups of the same reason, the oldest first.
    struct Group
    {
        QList<FileText::Refused> files;
        QString code() const { return files.first().error.code; }
        QStringList paths() const;
        /// The person can have it in the message in some way, or must say that it goes without.
        bool isUndecided() const;
        /// A ZIP can make them smaller.
        bool canBeCompressed() const;
    };
    QList<Group> refused(const QString &key) const;
    void forgetRefused(const Place &place);
    /// The message goes without them.
    void leaveOut(const Place &place, const Group &group);
    /// The person says that files of places of keys go all the same.
    void takeAnyway(const Place &place, const Group &group);
    /// Folders, and files that are too large: as ZIP.
    void takeAsZip(const Place &place, const Group &group);
    /// Files for which the message has no room: in replies that follow it.
    void takeAsFollowUps(const Place &place, const Group &group);
    /// ZIPs that are too large themselves: as several, in this message and in replies that follow it.
    void takeAsSeveralZips(const Place &place, const Group &group);
    /// Reads what was refused at a place in an earlier run, once; keeps what was refused before it had a draft.
    void recall(const Place &place);

    /// The window of a place goes: what is being looked at or compressed for it is still added, to this entry, and this
    /// lives until that is done.
    void outlive(const QString &key, const QString &entry);
    /// Its window is gone, and something is still to be added to this entry.
    bool isLeftWith(const QString &entry) const { return m_isLeft && m_left.values().contains(entry); }

Q_SIGNALS:
    void changed();

private:
    struct Looked
    {
        QString path;
        Result<LocalFile> file;
        bool splits = false; ///< a ZIP of this program that is too large, and several smaller ones would not be
    };

    enum class Room { Message, FollowUps };

    /// What came at once: it is taken in the order in which it came, however long looking at it takes.
    struct Turn
    {
        Place place;
        Room room = Room::Message;
        QList<Looked> looked;
        bool isLooked = false;
    };

    void look(const Place &place, const QStringList &paths, Keys keys, Room room = Room::Message);
    void takeTurns(const QString &key);
    void take(const Place &place, const Looked &one, Room room);
    void takeGroup(const Place &place, const Group &group);
    qint64 largestFile(const Place &place) const;
    void removeOwn(const QString &path) const;
    Result<QString> put(const QString &entry, AccountId account, const LocalFile &file, Room room);
    QString entryOf(const Place &place) const;
    QString ownFolder() const;
    bool isOwn(const QString &path) const;
    bool isOwnZip(const QString &path) const;
    void store(const Place &place);
    void refuse(const Place &place, const FileText::Refused &what);
    void zip(const QStringList &paths, const QString &name, Keys keys, const QString &key,
             const std::function<void(const Result<QString> &path)> &done);
    void start(Job *job, const QString &key, const std::function<void(const Result<void> &)> &done);
    void setBusy(const QString &key, int by);
    QString freePath(const QString &name) const;

    struct Kept
    {
        QString key;
        FileText::Refused refused;
    };

    Workspace &m_workspace;
    QHash<QString, int> m_busy; // by place
    QHash<QString, QList<std::shared_ptr<Turn>>> m_turns; // by place, in the order they came
    QList<Kept> m_refused;
    QList<Job *> m_zips; // under way
    QSet<QString> m_recalled; // Place::kept
    QHash<QString, QString> m_left; // places whose window is gone: their entries
    bool m_isLeft = false;
};

} // namespace casement
