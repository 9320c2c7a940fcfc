#include "ui/saveattachmentsjob.h"

#include "base/background.h"
#include "transfer/savefile.h"

namespace casement {

namespace {

constexpr qsizetype mostAtOnce = 3;

} // namespace

SaveAttachmentsJob::SaveAttachmentsJob(AttachmentFetcher &fetcher, const QList<AttachmentFile> &files,
                                       const QString &folder, QObject *parent)
    : Job(parent), m_fetcher(fetcher), m_files(files), m_folder(folder)
{
}

SaveAttachmentsJob::~SaveAttachmentsJob() = default;

QString SaveAttachmentsJob::title() const { return tr("Saving %Ln attachment(s)", nullptr, int(m_files.size())); }

void SaveAttachmentsJob::run()
{
    m_call = std::make_unique<QObject>();
    setProgress(0, m_files.size());
    if (m_files.isEmpty())
        return finish();
    next();
}

void SaveAttachmentsJob::stop()
{
    m_call.reset();
    for (const AttachmentFile &file : std::exchange(m_coming, {}))
        m_fetcher.cancel(file.account, file.attachment.attachmentId);
}

void SaveAttachmentsJob::next()
{
    while (m_begun < m_files.size() && m_coming.size() < mostAtOnce) {
        const AttachmentFile file = m_files.at(m_begun++);
        m_coming.append(file);
        m_fetcher.fetch(file.account, file.attachment, m_call.get(),
                        [this, file](const Result<KeptAttachment> &kept) { fetched(file, kept); });
    }
}

void SaveAttachmentsJob::fetched(const AttachmentFile &file, const Result<KeptAttachment> &kept)
{
    if (!kept)
        return ended(file, kept.error());
    const QString name = file.attachment.fileName.isEmpty() ? kept->fileName : file.attachment.fileName;
    inBackground(
        m_call.get(), [from = kept->path, folder = m_folder, name] { return saveCopy(from, folder, name); },
        [this, file](const Result<QString> &path) { ended(file, path); });
}

void SaveAttachmentsJob::ended(const AttachmentFile &file, const Result<QString> &path)
{
    m_coming.removeIf([&file](const AttachmentFile &one) {
        return one.account == file.account && one.attachment == file.attachment;
    });
    if (path)
        m_saved.append(*path);
    else
        m_failures.append({file.attachment.fileName, path.error()});
    const qsizetype done = m_saved.size() + m_failures.size();
    setProgress(done, m_files.size());
    if (done < m_files.size())
        return next();
    finish(m_saved.isEmpty() ? Result<void>(m_failures.first().error) : Result<void>());
}

} // namespace casement
