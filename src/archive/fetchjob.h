#pragma once

#include "archive/attachmentstore.h"
#include "base/job.h"
#include "transfer/downloadjob.h"

#include <QElapsedTimer>

#include <memory>

namespace casement {

class Client;

/// Gets one attachment into the store: from there when it is there already, without a call; else from the service.
/// Client (may be null: then only what is kept is found) and store must outlive the job.
class FetchJob final : public Job
{
    Q_OBJECT

public:
    FetchJob(Client *client, AttachmentStore &store, AccountId account, const AttachmentRecord &attachment,
             DownloadJob::Options options = {}, QObject *parent = nullptr);
    ~FetchJob() override;

    QString title() const override;
    const AttachmentRecord &attachment() const { return m_attachment; }
    /// Known when the job ended well.
    const KeptAttachment &kept() const { return m_kept; }
    /// The service has no download links; worth remembering for the next one.
    bool isWithoutLinks() const { return m_options.withoutLinks; }

protected:
    void run() override;
    void stop() override;

private:
    void look();
    void download();
    void lookLater(const QString &part);

    Client *m_client;
    AttachmentStore &m_store;
    AccountId m_account = 0;
    AttachmentRecord m_attachment;
    DownloadJob::Options m_options;
    KeptAttachment m_kept;
    qint64 m_seenSize = -1; // of what another program writes
    QElapsedTimer m_standsSince;
    std::unique_ptr<DownloadJob> m_download;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
