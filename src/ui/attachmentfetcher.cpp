#include "ui/attachmentfetcher.h"

#include "archive/fetchjob.h"
#include "base/background.h"
#include "support/clientuse.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/localfile.h"
#include "ui/workspace.h"

#include <QFile>

namespace casement {

namespace {

/// Puts a file that was sent where a download would put it, unless it is another one now.
Result<FileDigest> copyOfSent(const SentFile &sent, const QString &part)
{
    const auto isSame = [&sent] {
        const Result<LocalFile> now = inspectFile(sent.path);
        return now && now->size == sent.size && now->modified == sent.modified;
    };
    const Error changed{.kind = Error::Kind::File, .code = filecode::changed, .message = sent.path};
    if (!isSame())
        return changed;
    QFile::remove(part);
    if (!QFile::copy(sent.path, part))
        return cannotWrite(part, {});
    QFile::setPermissions(part, QFile::ReadOwner | QFile::WriteOwner);
    if (isSame())
        return digestOf(part);
    QFile::remove(part);
    return changed;
}

} // namespace

AttachmentFetcher::AttachmentFetcher(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    connect(&workspace.attachments(), &AttachmentStore::kept, this,
            [this](AccountId account, const QString &attachmentId) { look(account, {attachmentId}); });
}

AttachmentState AttachmentFetcher::state(AccountId account, const QString &attachmentId) const
{
    return m_states.value({account, attachmentId});
}

void AttachmentFetcher::look(AccountId account, const QStringList &attachmentIds)
{
    if (attachmentIds.isEmpty())
        return; // the store would take it for all
    m_workspace.attachments().find(account, attachmentIds, this,
                                   [this, account, attachmentIds](const Result<QHash<QString, KeptAttachment>> &kept) {
                                       if (kept)
                                           takeKept(account, attachmentIds, *kept);
                                   });
}

void AttachmentFetcher::takeKept(AccountId account, const QStringList &ids, const QHash<QString, KeptAttachment> &kept)
{
    for (const QString &id : ids) {
        AttachmentState now = state(account, id);
        const auto found = kept.constFind(id);
        now.isKept = found != kept.cend();
        now.path = now.isKept ? found->path : QString();
        if (now.isKept)
            now.size = found->size;
        set({account, id}, now);
    }
}

void AttachmentFetcher::lookAtSent(AccountId account, const QString &caseId, const QList<CommunicationRecord> &messages)
{
    SentFiles(m_workspace.archive())
        .load(account, caseId, this, [this, account, messages](const Result<QList<SentFile>> &sent) {
            if (!sent || sent->isEmpty())
                return;
            const QHash<QString, SentFile> files = SentFiles::match(messages, *sent);
            if (files.isEmpty())
                return;
            for (auto file = files.cbegin(); file != files.cend(); ++file) {
                AttachmentState now = state(account, file.key());
                if (now.size < 0)
                    now.size = file->size;
                set({account, file.key()}, now);
            }
            m_workspace.attachments().find(account, files.keys(), this,
                                           [this, account, files](const Result<QHash<QString, KeptAttachment>> &kept) {
                                               for (auto file = files.cbegin(); kept && file != files.cend(); ++file) {
                                                   if (!kept->contains(file.key()) && file->size <= largestTakenIn)
                                                       takeIn(account, file.key(), *file);
                                               }
                                           });
        });
}

void AttachmentFetcher::takeIn(AccountId account, const QString &attachmentId, const SentFile &file)
{
    const Key key{account, attachmentId};
    const Result<QString> part = m_workspace.attachments().partPath(account, attachmentId);
    if (!part || m_fetches.contains(key))
        return;
    m_fetches[key]; // whoever asks for it meanwhile waits for this
    inBackground(
        this, [file, part = *part] { return copyOfSent(file, part); },
        [this, key, name = file.name](const Result<FileDigest> &digest) {
            const auto fetch = m_fetches.constFind(key);
            if (fetch == m_fetches.cend() || fetch->job)
                return; // cancelled
            if (digest) {
                m_workspace.attachments().keep(key.account, key.attachmentId, name, *digest, this,
                                               [this, key](const Result<KeptAttachment> &kept) { end(key, kept); });
            } else if (fetch->waiters.isEmpty()) {
                m_fetches.remove(key);
            } else {
                download(key, {key.attachmentId, name});
            }
        });
}

void AttachmentFetcher::set(const Key &key, const AttachmentState &state)
{
    AttachmentState &known = m_states[key];
    if (known == state)
        return;
    known = state;
    Q_EMIT changed(key.account, key.attachmentId);
}

void AttachmentFetcher::fetch(AccountId account, const AttachmentRecord &attachment, QObject *context, Done done)
{
    const Key key{account, attachment.attachmentId};
    const bool isUnderWay = m_fetches.contains(key);
    m_fetches[key].waiters.append({context, std::move(done)});
    if (isUnderWay)
        return;
    m_workspace.attachments().find(account, {attachment.attachmentId}, this,
                                   [this, key, attachment](const Result<QHash<QString, KeptAttachment>> &found) {
                                       const auto fetch = m_fetches.constFind(key);
                                       if (fetch == m_fetches.cend() || fetch->job)
                                           return; // cancelled, and maybe asked for again
                                       if (!found)
                                           return end(key, found.error());
                                       const auto kept = found->constFind(key.attachmentId);
                                       if (kept != found->cend())
                                           end(key, *kept);
                                       else
                                           download(key, attachment);
                                   });
}

void AttachmentFetcher::download(const Key &key, const AttachmentRecord &attachment)
{
    DownloadJob::Options options = m_options;
    options.withoutLinks = options.withoutLinks || m_withoutLinks.contains(key.account);
    const std::shared_ptr<Client> client = m_workspace.client(key.account);
    auto *job = new FetchJob(client.get(), m_workspace.attachments(), key.account, attachment, options, this);
    keepUntilGone(job, client);
    m_fetches[key].job = job;
    connect(job, &Job::progressed, this, [this, key](qint64 bytes, qint64 total) {
        AttachmentState now = state(key.account, key.attachmentId);
        now.done = bytes;
        if (total > 0)
            now.size = total;
        set(key, now);
    });
    connect(job, &Job::finished, this, [this, key, job](const Result<void> &result) {
        if (job->isWithoutLinks())
            m_withoutLinks.insert(key.account);
        end(key, result ? Result<KeptAttachment>(job->kept()) : Result<KeptAttachment>(result.error()));
    });
    AttachmentState now = state(key.account, key.attachmentId);
    now.isKept = false;
    now.isComing = true;
    now.done = 0;
    set(key, now);
    m_workspace.jobList().add(job);
    job->start();
}

void AttachmentFetcher::end(const Key &key, const Result<KeptAttachment> &result)
{
    const Fetch fetch = m_fetches.take(key);
    AttachmentState now = state(key.account, key.attachmentId);
    now.isComing = false;
    now.done = 0;
    now.isKept = result.hasValue();
    now.path = result ? result->path : QString();
    if (result)
        now.size = result->size;
    set(key, now);
    for (const Waiter &waiter : fetch.waiters) {
        if (waiter.context)
            waiter.done(result);
    }
}

void AttachmentFetcher::cancel(AccountId account, const QString &attachmentId)
{
    const auto fetch = m_fetches.constFind({account, attachmentId});
    if (fetch == m_fetches.cend())
        return;
    if (fetch->job)
        fetch->job->cancel();
    else
        end({account, attachmentId}, Error{.kind = Error::Kind::Cancelled});
}

} // namespace casement
