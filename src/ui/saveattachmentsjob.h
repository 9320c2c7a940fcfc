#pragma once

#include "base/job.h"
#include "ui/attachmentfetcher.h"

#include <QStringList>

#include <memory>

namespace casement {

/// Saves attachments into a folder, some at a time, what is not here yet downloaded first. Replaces nothing. One that
/// can't be had does not keep the others back; the job ends with an error when none was saved.
class SaveAttachmentsJob final : public Job
{
    Q_OBJECT

public:
    struct Failure
    {
        QString name; ///< of the attachment, as the service calls it
        Error error;
    };

    SaveAttachmentsJob(AttachmentFetcher &fetcher, const QList<AttachmentFile> &files, const QString &folder,
                       QObject *parent = nullptr);
    ~SaveAttachmentsJob() override;

    QString title() const override;
    /// Paths.
    const QStringList &saved() const { return m_saved; }
    const QList<Failure> &failures() const { return m_failures; }

protected:
    void run() override;
    void stop() override;

private:
    void next();
    void fetched(const AttachmentFile &file, const Result<KeptAttachment> &kept);
    void ended(const AttachmentFile &file, const Result<QString> &path);

    AttachmentFetcher &m_fetcher;
    QList<AttachmentFile> m_files;
    QString m_folder;
    qsizetype m_begun = 0; // of m_files
    QList<AttachmentFile> m_coming;
    QStringList m_saved;
    QList<Failure> m_failures;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
