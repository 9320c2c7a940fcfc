#pragma once

#include "base/job.h"
#include "support/attachments.h"
#include "support/client.h"
#include "transfer/filesink.h"

#include <chrono>
#include <memory>

namespace casement {

/// Fetches one attachment into a file of its own: by a download link, or, where the service has none, whole by
/// DescribeAttachment.
///
/// What an earlier run left in the file is gone on with; a link that is over is asked for again; a connection that
/// drops is made again, some times. The file holds the attachment only when the job ended well: give it a name that
/// tells. Progress is in bytes. Source: api-facts §3.4, §3A.5.
class DownloadJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        bool withoutLinks = false; ///< the service is known not to have GetAttachmentDownloadLink
        std::chrono::milliseconds firstPause{1000}; ///< before a transfer is begun again; doubles
        int attempts = 6;
        /// Between tries while the service says DescribeAttachmentLimitExceeded.
        QList<std::chrono::milliseconds> limitPauses{std::chrono::seconds(15), std::chrono::seconds(30),
                                                     std::chrono::seconds(60)};
    };

    /// `path`: of the file, whose folder is there. `client` must outlive the job.
    DownloadJob(Client &client, const QString &attachmentId, const QString &fileName, const QString &path,
                Options options, QObject *parent = nullptr);
    ~DownloadJob() override;

    QString title() const override;

    // Known when the job ended well:
    const FileDigest &digest() const { return m_digest; }
    /// As the service calls it; empty when it says none.
    const QString &fileName() const { return m_serviceName; }
    /// The service does not know download links.
    bool isWithoutLinks() const { return m_options.withoutLinks; }

protected:
    void run() override;
    void stop() override;

private:
    void askForLink();
    void get(const QString &link);
    void transferred(const Error &error);
    void again(const Error &error);
    void describe();
    void limited(const Error &error);
    void described(const Error &error);

    class Meter;
    class DescribedFile;

    Client &m_client;
    QString m_attachmentId;
    QString m_shownName;
    QString m_path;
    Options m_options;
    QString m_serviceName;
    FileDigest m_digest;
    int m_attempt = 0;
    int m_refusals = 0;
    int m_lost = 0;
    int m_limited = 0;
    qint64 m_lastSize = 0;
    std::shared_ptr<FileSink> m_sink;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
