#include "archive/fetchjob.h"

#include "aws/localcode.h"
#include "support/attachments.h"
#include "support/client.h"

namespace casement {

using namespace Qt::StringLiterals;

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
    m_download =
        std::make_unique<DownloadJob>(*m_client, m_attachment.attachmentId, m_attachment.fileName, *part, m_options);
    m_download->setAutoDelete(false);
    connect(m_download.get(), &Job::progressed, this, [this](qint64 done, qint64 total) { setProgress(done, total); });
    connect(m_download.get(), &Job::finished, this, [this](const Result<void> &result) {
        m_options.withoutLinks = m_download->isWithoutLinks();
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

} // namespace casement
