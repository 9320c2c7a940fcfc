#pragma once

#include "archive/outbox.h"
#include "archive/uploadfilesjob.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace casement {

class AccountSessions;
class Workspace;

/// Uploads the files of drafts while these are written, and goes on by itself with what was interrupted. One job an
/// entry, the same that sending it would start (FileUploads).
class AttachmentUploader final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed and outlive the uploader.
    AttachmentUploader(AccountSessions &sessions, JobList &jobs, Workspace &workspace, UploadJob::Options links = {},
                       QObject *parent = nullptr);
    /// What was being uploaded waits for the next start.
    ~AttachmentUploader() override;

private:
    /// Why an entry's files wait.
    struct Pause
    {
        qint64 due = 0; ///< ms since 1970 UTC
        int attempts = 0;
        QSet<QString> known; ///< files that waited then; another one, or one that is tried again, ends the pause
    };
    struct Running
    {
        QPointer<UploadFilesJob> job;
        AccountId account = 0;
    };

    void resume();
    void start(const OutboxEntry &entry);
    void ended(const QString &id, const Result<void> &result);
    void entryChanged(const QString &id);
    void leave(const QString &id);
    QSet<QString> fresh(const QString &entry) const;

    AccountSessions &m_sessions;
    JobList &m_jobs;
    Workspace &m_workspace;
    Outbox &m_outbox;
    UploadJob::Options m_links;
    QHash<QString, Pause> m_pauses; // by entry
    QHash<QString, Running> m_running; // by entry; jobs that this started
    QTimer m_timer;
    QTimer m_soon; // changes come in bursts
};

} // namespace casement
