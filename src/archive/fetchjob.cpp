#include "archive/fetchjob.h"

#include "aws/localcode.h"
#include "support/attachments.h"
#include "support/client.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <QFileInfo>
#include <QTimer>

namespace casement {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto betweenLooks = 250ms;
constexpr std::chrono::milliseconds longestStandstill = 60s; // of what another program writes

} // namespace

FetchJob::FetchJob(Client *client, AttachmentStore &store, AccountId account, const AttachmentRecord &attachment,
                   DownloadJob::Options options, QObject *parent)
    : Job(parent), m_client(client), m_store(store), m_account(account), m_attachment(attachment),
      m_options(std::move(options))
{
}

FetchJob::~FetchJob() = default;

QString FetchJob::title() const
{
    return tr("Downloading %1")
        .arg(m_attachment.fileName.isEmpty() ? m_attachment.attachmentId : m_attachment.fileName);
}

void FetchJob::run()
{
    m_call = std::make_unique<QObject>();
    look();
}

void FetchJob::look()
{
    m_store.find(m_account, {m_attachment.attachmentId}, m_call.get(),
                 [this](const Result<QHash<QString, KeptAttachment>> &found) {
                     if (!found)
                         return finish(found.error());
                     const auto kept = found->constFind(m_attachment.attachmentId);
                     if (kept == found->cend())
                         return download();
                     m_kept = *kept;
                     finish();
                 });
}

void FetchJob::stop()
{
    m_call.reset();
    if (m_download) {
        m_download->disconnect(this);
        m_download->cancel();
        m_download.release()->deleteLater();
    }
}

void FetchJob::download()
{
    const Result<QString> part = m_store.partPath(m_account, m_attachment.attachmentId);
    if (!part)
        return finish(part.error());
    if (!m_client)
        return finish(Error{.kind = Error::Kind::NoCredentials,
                            .code = localcode::notConnected,
                            .message = u"this account is not connected"_s,
                            .operation = QLatin1StringView(DescribeAttachment::name)});
    if (FileSink::isBusy(*part))
        return lookLater(*part);
    m_download =
        std::make_unique<DownloadJob>(*m_client, m_attachment.attachmentId, m_attachment.fileName, *part, m_options);
    m_download->setAutoDelete(false);
    connect(m_download.get(), &Job::progressed, this, [this](qint64 done, qint64 total) { setProgress(done, total); });
    connect(m_download.get(), &Job::finished, this, [this](const Result<void> &result) {
        m_options.withoutLinks = m_download->isWithoutLinks();
        if (!result && result.error().code == filecode::busy) // it began between two looks
            return look();
        if (!result)
            return finish(result);
        const QString name = m_download->fileName().isEmpty() ? m_attachment.fileName : m_download->fileName();
        m_store.keep(m_account, m_attachment.attachmentId, name, m_download->digest(), m_call.get(),
                     [this](const Result<KeptAttachment> &kept) {
                         if (!kept)
                             return finish(kept.error());
                         m_kept = *kept;
                         finish();
                     });
    });
    m_download->start();
}

/// Another program, or another window of this one, fetches the same: what it gets is taken, or gone on with if it ends
/// before.
void FetchJob::lookLater(const QString &part)
{
    const qint64 size = QFileInfo(part).size();
    if (size != m_seenSize) {
        m_seenSize = size;
        m_standsSince.start();
    } else if (m_standsSince.isValid() && m_standsSince.hasExpired(longestStandstill.count())) {
        return finish(Error{.kind = Error::Kind::File,
                            .code = filecode::busy,
                            .message = u"%1 is being written by another program"_s.arg(shownPath(part))});
    }
    setProgress(size, 0);
    QTimer::singleShot(betweenLooks, m_call.get(), [this] { look(); });
}

} // namespace casement
