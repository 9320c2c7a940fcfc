#pragma once

#include "archive/archive.h"
#include "archive/outboxfiles.h"
#include "archive/outboxstore.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace casement {

class FileUploads;

/// What the person writes and what is on its way to the service: drafts of replies and new cases, changes that wait,
/// changes whose outcome is not known. Every entry is on the disk; entries() is a copy of it that views can read at any
/// time. What the disk did not take (it is full, or may not be written) stays a draft in entries() with the reason as
/// its error, is tried again by itself, and is sent by nobody before.
///
/// One entry is one action of a person and has one effect at the service, or none: SendJob sees to that.
class Outbox final : public QObject
{
    Q_OBJECT

public:
    explicit Outbox(Archive &archive, QObject *parent = nullptr);
    ~Outbox() override;

    /// The files of its entries.
    OutboxFiles &files() { return m_files; }
    const OutboxFiles &files() const { return m_files; }
    FileUploads &uploads() { return *m_uploads; }

    /// Reads what earlier runs left; call it whenever the archive was opened. `loaded` follows, also after an error,
    /// which is told by failed().
    void load();
    bool isLoaded() const { return m_loaded; }
    /// Shows what another program did to the entries of this archive meanwhile. What this one is about stays as it is.
    void takeForeignChanges();

    /// Oldest first; none that was told.
    const QList<OutboxEntry> &entries() const { return m_entries; }
    const OutboxEntry *find(const QString &id) const;
    /// The draft of a reply to a case, or null; no follow-up.
    const OutboxEntry *replyDraft(AccountId account, const QString &caseId) const;
    /// The newest entry of a case (replies and resolutions) that is neither a draft nor done nor waits for another
    /// one, or null.
    const OutboxEntry *pendingFor(AccountId account, const QString &caseId) const;

    /// What waits for an entry, in order: the replies that carry the files for which it has no room.
    QList<OutboxEntry> followUps(const QString &id) const;

    /// Takes over what a run with earlier keys of this account left of the same action, with files of these paths, see
    /// adoptOutboxEntry(); `done` says whether there was something. load() shows it.
    void adopt(const OutboxEntry &wanted, const QStringList &paths, QObject *context, Archive::Callback<bool> done);

    static OutboxEntry newEntry(AccountId account, const char *operation, const QString &caseId);

    /// Stores a draft as it is now. A later save of the same entry overwrites it.
    void save(OutboxEntry entry);
    /// Drafts of which the disk has not got what entries() shows. Ending the program loses that.
    QList<OutboxEntry> unstored() const;
    /// Tries to store them now, and not only in a while.
    void storeAgain();
    /// The archive is another one, in which these accounts have other numbers: what is unstored() goes into that one,
    /// and whoever still has the number of before means the other. Call it before load().
    void moveAccounts(const QHash<AccountId, AccountId> &numbers);
    /// These, and entries that were given to the disk and are not on it yet: it may be slow, or somebody else's.
    QList<OutboxEntry> unsettled() const;
    /// Something was given to the disk and is not answered yet.
    bool isStoring() const { return !m_storing.isEmpty(); }
    /// How long the disk is left alone after it took something not. Default: 5 s.
    void setStoreAgainAfter(std::chrono::milliseconds wait) { m_again.setInterval(wait); }
    /// The data of this account was deleted by this program: no entry of it can be stored any more.
    bool isDeleted(AccountId account) const { return m_deleted.contains(account); }
    /// Forgets a draft, or an entry that was looked for and not found.
    void discard(const QString &id);
    /// An entry that is none any more was discarded here, or left with its archive for another one. Else it was sent,
    /// or somebody deleted its account's data.
    bool wasDiscarded(const QString &id) const { return m_discarded.contains(id); }
    /// Which of both: what took effect leaves a record. `done` may be an Error; then nobody knows.
    void askWhetherDone(const QString &id, QObject *context, Archive::Callback<bool> done);

    /// The person said send: the entry is stored as queued, and sendRequested() follows when it is on the disk.
    void send(OutboxEntry entry);
    /// Of an entry that was looked for and not found, or of a queued one that waits: send it now. A follow-up goes when
    /// what it waited for is no more; before, this has no effect.
    void sendAgain(const QString &id);
    /// Of an entry whose outcome is not known: look at the service now. lookRequested() follows.
    void lookAgain(const QString &id);
    /// Of an entry that was looked for and not found, or waits, also for its files: it is a draft again, and a
    /// follow-up a reply of its own.
    void keepAsDraft(const QString &id);
    /// The person knows how it ended.
    void markTold(const QString &id);

    /// A job sends or looks for this entry at the moment.
    bool isUnderWay(const QString &id) const { return m_underWay.contains(id); }

    /// For SendJob.
    void setUnderWay(const QString &id, bool on);
    /// For SendJob: what it heard last of an entry that it is about; shown and not stored, since it may yet learn more.
    void showHeard(const QString &id, const Error &error);
    /// For SendJob. `done` says whether the entry is this program's to send now.
    void claim(const QString &id, qint64 sent, QObject *context, Archive::Callback<bool> done);
    /// For SendJob: stores an outcome, then shows it.
    void settle(const OutboxEntry &entry, QObject *context, Archive::Callback<void> done);
    /// For SendJob: what took effect and reads the same.
    void findDoneLike(const OutboxEntry &entry, qint64 since, QObject *context,
                      Archive::Callback<QList<OutboxEntry>> done);

Q_SIGNALS:
    void loaded();
    /// The data of an account was deleted by this program; its entries go after this.
    void accountDeleted(casement::AccountId account);
    /// An entry came, changed or went.
    void changed(const QString &id);
    /// A queued entry is on the disk and may be sent.
    void sendRequested(const QString &id);
    void lookRequested(const QString &id);
    /// What was to be stored could not be.
    void failed(const casement::Error &error);
    /// All that could not be stored is on the disk now, or given up.
    void recovered();
    /// isStoring() is false again.
    void stored();

private:
    void show(const OutboxEntry &entry);
    void hide(const QString &id);
    using Refused = std::function<void(const Error &)>;
    void put(const OutboxEntry &entry, const std::function<void()> &stored, const Refused &refused);
    QList<OutboxEntry> entriesOf(const std::function<bool(const QString &id)> &wanted) const;
    void keepUnstored(OutboxEntry entry, const Error &error);
    void forgetUnstored(const QString &id);
    void forgetAccount(AccountId account);
    void release(const OutboxEntry &done);

    Archive &m_archive;
    OutboxFiles m_files;
    std::unique_ptr<FileUploads> m_uploads;
    QList<OutboxEntry> m_entries;
    QSet<QString> m_underWay;
    QSet<QString> m_unstored;
    QHash<AccountId, AccountId> m_moved; // accounts
    QSet<QString> m_discarded; // in this run
    QSet<QString> m_hiddenSince; // it was loaded last
    QSet<AccountId> m_deleted; // accounts of this archive, in this run
    QString m_path; // of the archive that entries() are of
    QTimer m_again;
    QStringList m_storing; // ids; one may be given more than once
    bool m_loaded = false;
    int m_loads = 0; // the newest; answers of older ones are dropped
    quint64 m_steps = 0; // counts what this program changes
};

} // namespace casement
