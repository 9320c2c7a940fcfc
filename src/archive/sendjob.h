#pragma once

#include "archive/outbox.h"
#include "base/job.h"
#include "support/client.h"
#include "transfer/uploadjob.h"

#include <chrono>
#include <memory>

namespace casement {

/// Brings one queued entry of the outbox to its effect, once.
///
/// The files of a queued entry are brought up first; when it is made a draft meanwhile, the job is cancelled. Then the
/// entry is stored as unknown, on the disk, before its first byte leaves, and is sent, once. When the service then does
/// not know the files any more (a set that is over), they are brought up again, and the entry is sent with the new
/// ones. What the answer says is stored: done, or refused (a draft again, with the service's words), or, when it
/// certainly did not arrive (no connection, too many calls, ten cases this hour), queued for later. When the answer is
/// lost, and when an earlier run left the entry as unknown or asking, the job looks at the service: at cases or
/// messages since the send less five minutes, for one with the same text that is no other entry's. What it finds it
/// adopts. What it does not find after some looks is Asking: only a person sends it again.
///
/// Ends well when the entry is done. Otherwise its error is the entry's own, and Error::effect tells whether the
/// outcome is unknown. Cancelling stops the waiting; what was sent stays unknown.
///
/// Client and outbox must outlive the job.
class SendJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        /// Before each look; the service may need a moment, or may still be at work on what it did not answer.
        QList<std::chrono::milliseconds> looks{std::chrono::milliseconds(0), std::chrono::seconds(2),
                                               std::chrono::seconds(5), std::chrono::seconds(10)};
        QString account; ///< its name, for the title
        QString subject; ///< of the case, for the title
        UploadJob::Options links; ///< of its files
    };

    SendJob(Client &client, Outbox &outbox, const QString &id, const Options &options, QObject *parent = nullptr);
    ~SendJob() override;

    QString title() const override;
    const QString &entryId() const { return m_id; }
    /// What became of the entry, once finished.
    const OutboxEntry &entry() const { return m_entry; }
    /// Of a resolution: the status before and after, as the service answered; empty when the answer was lost.
    const ResolveCase::Response &resolution() const { return m_resolution; }

protected:
    void run() override;
    void stop() override;

private:
    void bringFilesUp();
    void entryChanged(const QString &id);
    void claim();
    void sendAs();
    template <class Request> void send();
    void answered(const Error &error);
    void done(const QString &caseId);
    void look();
    void lookForCase(const CreateCase::Request &request, qint64 since, const QStringList &others);
    void lookForMessage(const AddCommunicationToCase::Request &request, qint64 since, int others);
    void lookForResolution(const ResolveCase::Request &request);
    void looked(const Result<void> &listed);
    void lookFailed(const Error &error);
    void notFound();
    void settle(OutboxState state, const Error &error, const Result<void> &result);
    qint64 serviceTime(qint64 local) const;

    Client &m_client;
    Outbox &m_outbox;
    QString m_id;
    Options m_options;
    OutboxEntry m_entry;
    Error m_lost; // why the outcome is not known
    ResolveCase::Response m_resolution;
    qsizetype m_look = 0;
    int m_uploads = 0; // how often its files were brought up
    bool m_found = false;
    std::unique_ptr<QObject> m_call; // context of what is under way; its death aborts it
};

/// Whether an error ends an attempt with the certainty that nothing happened and the hope that a later one works.
bool isWorthWaiting(const Error &error);

} // namespace casement
