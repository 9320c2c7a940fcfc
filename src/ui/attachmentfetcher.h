#pragma once

#include "archive/attachmentstore.h"
#include "archive/sentfiles.h"
#include "transfer/downloadjob.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>

namespace casement {

class FetchJob;
class Workspace;

/// An attachment and whose it is.
struct AttachmentFile
{
    AccountId account = 0;
    AttachmentRecord attachment;
};

/// How an attachment stands here.
struct AttachmentState
{
    bool isKept = false; ///< opens without the network
    bool isComing = false; ///< a download is under way
    qint64 size = -1; ///< bytes; -1 while nobody knows
    qint64 done = 0; ///< bytes of a download
    QString path; ///< of what is kept; nothing may be written there
    friend bool operator==(const AttachmentState &, const AttachmentState &) = default;
};

/// Brings attachments of all accounts here, once each: who asks for one that is on its way waits for the same download,
/// which the list of running jobs shows. What is kept costs no call.
class AttachmentFetcher final : public QObject
{
    Q_OBJECT

public:
    explicit AttachmentFetcher(Workspace &workspace, QObject *parent = nullptr);

    AttachmentState state(AccountId account, const QString &attachmentId) const;
    /// Finds out which of them are kept; changed() tells.
    void look(AccountId account, const QStringList &attachmentIds);

    /// Which attachments of these messages are files that this program sent: their sizes are known, and what is still
    /// where it was, unchanged and no larger than `largestTakenIn`, is kept without a download.
    void lookAtSent(AccountId account, const QString &caseId, const QList<CommunicationRecord> &messages);
    static constexpr qint64 largestTakenIn = 20LL << 20; ///< bytes

    using Done = std::function<void(const Result<KeptAttachment> &)>;
    /// `done` runs unless `context` has died.
    void fetch(AccountId account, const AttachmentRecord &attachment, QObject *context, Done done);
    /// Ends a download for all that wait for it, with Error::Kind::Cancelled. No effect when there is none.
    void cancel(AccountId account, const QString &attachmentId);

    /// Pauses and tries of downloads that begin from now on.
    void setOptions(const DownloadJob::Options &options) { m_options = options; }

Q_SIGNALS:
    void changed(casement::AccountId account, const QString &attachmentId);

private:
    struct Key
    {
        AccountId account = 0;
        QString attachmentId;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0) { return qHashMulti(seed, key.account, key.attachmentId); }
    };
    struct Waiter
    {
        QPointer<QObject> context;
        Done done;
    };
    struct Fetch
    {
        FetchJob *job = nullptr; // null while the store is asked
        QList<Waiter> waiters;
    };

    void download(const Key &key, const AttachmentRecord &attachment);
    void end(const Key &key, const Result<KeptAttachment> &result);
    void set(const Key &key, const AttachmentState &state);
    void takeIn(AccountId account, const QString &attachmentId, const SentFile &file);
    void takeKept(AccountId account, const QStringList &ids, const QHash<QString, KeptAttachment> &kept);

    Workspace &m_workspace;
    DownloadJob::Options m_options;
    QSet<AccountId> m_withoutLinks; // their service has no download links
    QHash<Key, AttachmentState> m_states;
    QHash<Key, Fetch> m_fetches; // under way
};

} // namespace casement
