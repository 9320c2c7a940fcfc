#pragma once

#include "archive/accountstore.h"
#include "archive/archivethread.h"
#include "archive/fillstore.h"
#include "archive/records.h"
#include "base/result.h"
#include "support/cases.h"

#include <QObject>
#include <QPointer>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace casement {

/// The permanent local archive: accounts, their cases, every message ever seen. What views show comes from here, never
/// from an answer directly.
///
/// Lives in the GUI's thread; all work happens on one thread of its own that holds the SQLite connection. What is asked
/// for is done in the order asked, before the pages that a sync has brought. Callbacks run in the archive's thread and
/// not at all once `context` has died. Errors are of Error::Kind::Archive; their code is one of archivecode
/// (archive/database.h), their message a sentence that says what to do.
class Archive final : public QObject
{
    Q_OBJECT

public:
    explicit Archive(QObject *parent = nullptr);
    /// Writes what is queued, then closes. Waits for that: some milliseconds, or, when a first sync has just listed
    /// 10,000 cases and nothing of it is written yet, some seconds.
    ~Archive() override;

    template <class T> using Callback = std::function<void(Result<T>)>;

    /// Opens or makes the database: owner-only file in an owner-only folder, WAL, migrated to this version's schema. A
    /// newer schema, a file that is no database and a folder that can't be written are errors; the file is then left as
    /// it is. `:memory:` keeps nothing. Closes what was open before.
    ///
    /// An archive that can't be written, for its rights or for want of room, is opened for reading; what writes then
    /// fails with refusal().
    void open(const QString &path, QObject *context, Callback<void> done);

    /// The file that was opened, or `:memory:`.
    const QString &path() const { return m_path; }
    /// A folder beside the database for what belongs to it and is no row; of `:memory:`, one that goes with this. It
    /// need not be there.
    QString folder(const QString &name) const;

    /// Opens one in memory in place of a file that can't be used because of `why`: what is fetched is shown, what a
    /// person writes is refused, so that nobody believes it to be kept and nothing is sent that no disk knows of.
    /// Without a `why` it is that of the demo, which takes everything. Its accounts have numbers that no other archive
    /// gives.
    void openStandIn(const Error &why, QObject *context, Callback<void> done);
    /// Whether such a file could be opened by now; it is not.
    void tryToOpen(const QString &path, QObject *context, Callback<void> done);
    /// What is open for reading only becomes one to write as soon as that is possible: true when it has. Else, for a
    /// cause that passes, it stays as it is.
    void openForWriting(QObject *context, Callback<bool> done);

    /// Whether what is open can be read only; known when open() calls back.
    bool isReadOnly() const { return m_readOnly; }
    /// Why nothing that a person writes is taken; Kind::None when it is. Known when open() calls back.
    const Error &refusal() const { return m_refusal; }
    /// What was stored goes from the log into the file, see Database::emptyLog(); after what is queued.
    void emptyLog(QObject *context, Callback<void> done);

    /// Renames a file that open() refused as damaged or as something else's, with its companions, to
    /// `NAME.damaged-TIME`, and answers that name. Call it before open(), not while the file is open.
    static Result<QString> setAside(const QString &path);

    /// Answers once something could be written now; an Error of archivecode::busy when another program holds the
    /// archive for longer than ten seconds.
    void awaitTurn(QObject *context, Callback<void> done);

    /// Finds or adds an account by its key, with its name and partition of today.
    void ensureAccount(const QString &key, const QString &name, const QString &partition, QObject *context,
                       Callback<AccountRecord> done);
    void loadAccounts(QObject *context, Callback<QList<AccountRecord>> done);

    /// Deletes all that the archive has of an account: cases, messages, what the person noted, drafts, Trusted Advisor,
    /// and downloaded files that no other account has; nothing of it is left in the files of the archive. Nothing of
    /// the account may be syncing then. An Error, and nothing is deleted, while something of it may be on its way to
    /// the service. An Error of archivecode::busy after the deletion: another program had the archive open, and texts
    /// may still be in its log until that one ends. accountDeleted() follows the deletion in both cases.
    ///
    /// Another program that has the account open makes it again by what it fetches, unless `others` says that the
    /// account is left for good, and by what a person writes there, in any case.
    void deleteAccount(AccountId account, QObject *context, Callback<void> done, Return others = Return::Allowed);

    /// A person saved the account as it is: the keys that it is held for are its own, see emptyLists().
    void vouchForHeldKeys(AccountId account);
    /// The same of keys by their keyIdDigest().
    void vouchForKeys(AccountId account, const QString &keys, QObject *context, Callback<void> done);
    /// Profiles of ~/.aws lead to the accounts with these keys, see archive/accountplace.
    void notePlaces(const QStringList &keys);
    /// Nothing is asked of the account, since its endpoint is gone from the files.
    void noteLostPlace(AccountId account);

    /// All cases of the given accounts (of all when empty), in batches of some thousand, newest first; `done` after the
    /// last.
    void loadCases(const QList<AccountId> &accounts, QObject *context, std::function<void(CaseRecords)> batch,
                   Callback<void> done);

    /// All that the service says about a case, without its messages. Empty when the archive does not have it.
    void loadCase(AccountId account, const QString &caseId, QObject *context, Callback<CaseDetails> done);

    /// All messages of a case, oldest first.
    void loadCommunications(AccountId account, const QString &caseId, QObject *context,
                            Callback<QList<CommunicationRecord>> done);

    /// Whether messages of a case are known to be missing here.
    void conversationState(AccountId account, const QString &caseId, QObject *context,
                           Callback<ConversationState> done);

    /// Marks the AWS messages of a case as seen; casesChanged follows.
    void markRead(AccountId account, const QString &caseId);
    /// The same for every case of these accounts.
    void markAllRead(const QList<AccountId> &accounts);

    /// Every case whose note and tags, and every message, subject and name of a file that has all the words; what the
    /// person noted comes first, the rest newest first, `most` at most. Words are found inside Japanese text from one
    /// character on, regardless of width and case; words of letters from their beginning on (in notes, tags and names
    /// of files anywhere). Everything is taken literally but dates, see DateWords.
    void search(const QString &words, int most, QObject *context, Callback<QList<SearchHit>> done);

    /// The addresses that cases of an account went to in copy, each once, those of the case that changed last first;
    /// 500 at most. An account that nobody knows has none.
    void ccAddresses(AccountId account, QObject *context, Callback<QStringList> done);

    /// Whether another program has written since open(), or since this was asked last.
    void askForeignChanges(QObject *context, Callback<bool> done);

    /// While held, what syncs bring is shown but not written. For benchmarks of what is shown.
    void setWritesHeld(bool held);

Q_SIGNALS:
    /// Cases came or changed. Emitted once a page, after (or, on a first fill, while) they are stored.
    void casesChanged(const casement::CaseRecords &cases);
    /// Messages of a case came or changed.
    void communicationsChanged(casement::AccountId account, const QString &caseId);
    /// A sync brought messages of AWS that nobody has read; casesChanged was said before. Not on a first fill: what it
    /// brings is history.
    void answersCame(casement::AccountId account, const QList<casement::NewAnswer> &answers);
    /// An account came, or its name or lastSync changed.
    void accountsChanged();
    /// All that was known of an account was deleted; accountsChanged() follows.
    void accountDeleted(casement::AccountId account);
    /// Storing failed (disk full …); what was shown stays. Not repeated until something could be stored again.
    void failed(const casement::Error &error);

private:
    friend class AdvisorArchive;
    friend class ArchiveCare;
    friend struct ArchiveFacts;
    friend class AttachmentStore;
    friend class CaseMarks;
    friend class CatalogArchive;
    friend class ConversationFill;
    friend class HeldAnswers;
    friend class MoveArchiveJob;
    friend class Outbox;
    friend class OutboxFiles;
    friend class OwnedConnection;
    friend struct OwnerProof;
    friend class PageWriter;
    friend class OutgoingFolder;
    friend class RefusedFiles;
    friend class SavedFilters;
    friend class SentFiles;
    friend class SyncJob;

    /// Runs `work` on the archive's thread and hands what it returns to `done` in this one, unless `context` has died.
    /// `bytes` is what the task holds in memory while it waits.
    template <class T>
    void ask(ArchiveThread::Lane lane, QObject *context, std::function<Result<T>(Database &)> work, Callback<T> done,
             qsizetype bytes = 0);
    static Error notOpen();
    /// Puts what `make` opens in the place of what is open.
    using Make = std::function<Result<std::unique_ptr<Database>>()>;
    void replace(const Make &make, QObject *context, Callback<void> done);
    /// Reads on the archive's thread what its owner is told of the database.
    struct Standing
    {
        bool readOnly = false;
        Error refusal;
    };
    template <class T>
    void reopen(std::function<Result<T>(std::unique_ptr<Database> &)> step, QObject *context, Callback<T> done);
    static Standing standingOf(const std::unique_ptr<Database> &database);
    void take(const Standing &standing);
    /// Emits what a write said, or failed().
    void announce(const Result<struct StoredPage> &stored, AccountId account);

    QString m_path;
    mutable std::unique_ptr<QTemporaryDir> m_temporary; // of `:memory:`
    bool m_readOnly = false;
    Error m_refusal;
    bool m_failing = false;
    bool m_held = false;
    std::shared_ptr<qint64> m_dataVersion = std::make_shared<qint64>(0); // the thread's
    std::unique_ptr<ArchiveThread> m_thread; // last: it ends before what its results are posted to
};

template <class T>
void Archive::ask(ArchiveThread::Lane lane, QObject *context, std::function<Result<T>(Database &)> work,
                  Callback<T> done, qsizetype bytes)
{
    m_thread->post(
        lane,
        [this, guard = QPointer<QObject>(context), work = std::move(work),
         done = std::move(done)](std::unique_ptr<Database> &database) mutable {
            Result<T> result = database ? work(*database) : Result<T>(notOpen());
            work = {}; // on this thread, before anybody hears of it
            QMetaObject::invokeMethod(
                this,
                [guard = std::move(guard), done = std::move(done), result = std::move(result)]() mutable {
                    if (guard)
                        done(std::move(result));
                },
                Qt::QueuedConnection);
        },
        bytes);
}

} // namespace casement
