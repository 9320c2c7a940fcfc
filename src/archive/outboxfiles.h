#pragma once

#include "archive/archive.h"
#include "archive/outboxfilestore.h"

#include <QHash>
#include <QSet>

namespace casement {

/// How many files a message takes, and how large, by the way they go up. Sources: api-facts §6.1, §6.1b.
struct UploadLimits
{
    int mostFiles = 0;
    qint64 largestFile = 0; ///< bytes

    /// Of a way that is not decided: those of links, which may turn out to hold.
    static UploadLimits of(UploadWay way);
};

/// The files of drafts and of messages on their way. Every file is on the disk from the moment that it was added, with
/// how far it is; of() is a copy of it that views can read at any time.
class OutboxFiles final : public QObject
{
    Q_OBJECT

public:
    explicit OutboxFiles(Archive &archive, QObject *parent = nullptr);

    /// Reads what earlier runs left, and forgets what belongs to nothing any more.
    void load();
    /// False also when they could not be read: then nothing may be sent.
    bool isLoaded() const { return m_loaded; }

    /// The files of entries that went with the data of their account, as another program deleted it. Before load().
    void forgetLost(const QStringList &entries);

    /// In the order of the message.
    QList<OutboxFile> of(const QString &entry) const;
    const OutboxFile *find(const QString &id) const;
    /// All of them may be named in a message; true also when there are none.
    bool isReady(const QString &entry) const;
    /// How many of them are not ready.
    int uploadingCount(const QString &entry) const;

    /// Adds a file behind the others, under a safe name that no other of the entry has; answers its id. `owned`: this
    /// program made the file and may delete it. Errors (Kind::File): filecode::tooMany and tooLarge for what the
    /// account's way up does not take; nothing is added then.
    Result<QString> add(const QString &entry, AccountId account, const LocalFile &file, bool owned = false);
    /// Puts another file in the place of one: a ZIP for what was too large, or the same file as it is now.
    void replace(const QString &id, const LocalFile &file, bool owned);
    void remove(const QString &id);
    /// Takes a file out of its message as remove() does, but so that it can be brought back, or removed for good. What
    /// is neither, as after a kill, goes at a later start.
    void putAside(const QString &id);
    /// At its place in `entry`, to be uploaded anew; where a file was added under its name meanwhile, under another.
    void bringBack(const QString &id, const QString &entry);
    /// Moves files to another entry, behind those it has: a message is split.
    void move(const QStringList &ids, const QString &entry);
    void setPaused(const QString &id, bool paused);
    /// Of a file that failed, or that waits after a mishap: uploads it now. The file must be as it was chosen.
    void retry(const QString &id);
    /// The person said send: nothing is paused any more.
    void resumeAll(const QString &entry);

    /// For uploads: stores how far a file is, unless it was removed or paused meanwhile.
    void store(const OutboxFile &file);
    /// For uploads: bytes that are at the service, not stored.
    void setProgress(const QString &id, qint64 bytes);
    qint64 progress(const QString &id) const { return m_progress.value(id); }
    /// For uploads: what was uploaded is of no use any more (a set that is over, an upload that the service forgot):
    /// all files of the entry wait to be uploaded again.
    void uploadAgain(const QString &entry);

    /// Which way up an account is known to have; Undecided: links, as far as is known. That it has only sets is
    /// believed for a day.
    UploadWay knownWay(AccountId account) const;
    void learnWay(AccountId account, UploadWay way);

Q_SIGNALS:
    void loaded();
    /// Files of an entry came, changed or went.
    void changed(const QString &entry);
    void progressed(const QString &id);
    /// What was to be stored could not be.
    void failed(const casement::Error &error);

private:
    OutboxFile *findOwn(const QString &id);
    void put(OutboxFile file);
    void forgetSet(const QString &entry, const QString &setId);

    Archive &m_archive;
    QList<OutboxFile> m_files;
    QSet<QString> m_unstored; // ids of files that the disk has never had
    QHash<QString, qint64> m_progress;
    QHash<AccountId, qint64> m_onlySets; // when it was learnt, ms since 1970 UTC
    bool m_loaded = false;
    int m_loads = 0;
};

} // namespace casement
