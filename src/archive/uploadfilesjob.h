#pragma once

#include "archive/outboxfiles.h"
#include "base/job.h"
#include "support/client.h"
#include "transfer/uploadjob.h"

#include <QSet>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace casement {

/// Brings the files of an outbox entry up, in their order; also those that are added meanwhile. Links take one file
/// after the other, and while the service still looks at one the next goes up; all files that begin a set go up with
/// it.
///
/// It chooses the way (api-facts §3A.7): an attachment set for up to three files of 5,000,000 bytes, links for all
/// else; sets alone where the service answers that it has no links, which is remembered for the account. All files of a
/// message go the same way. A file that is paused or removed is let go of at once; one that the service or the disk
/// refuses is marked as failed, and the others go on.
///
/// Ends well when every file is ready. Otherwise the error is that of the first file that is not: of a kind that passes
/// when the service could not be reached (a new job goes on from there), filecode::paused when the person paused it.
/// Progress is in bytes of all files. `client` and `files` must outlive the job.
class UploadFilesJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        UploadJob::Options links;
        QString account; ///< its name, for the title
        /// Between tries while the service says AttachmentLimitExceeded; the file waits with that error meanwhile.
        QList<std::chrono::milliseconds> limitPauses;
    };

    UploadFilesJob(Client &client, OutboxFiles &files, const QString &entry, AccountId account, Options options,
                   QObject *parent = nullptr);
    ~UploadFilesJob() override;

    QString title() const override;
    const QString &entry() const { return m_entry; }
    AccountId account() const { return m_account; }

protected:
    void run() override;
    void stop() override;

private:
    /// A job and the files that it brings up.
    struct Run
    {
        QStringList ids; ///< OutboxFile::id: one by links, all that begin a set
        std::unique_ptr<Job> job;
    };

    UploadWay decide(const QList<OutboxFile> &files);
    void next();
    bool forgetLaterOnes(const OutboxFile &first);
    void upload(QList<OutboxFile> files, UploadWay way);
    void uploadByLinks(const OutboxFile &file);
    void uploadToSet(const QList<OutboxFile> &files);
    void stepped(const UploadJob &job, const QString &id);
    void wentUp(const UploadJob &job, const QString &id);
    void ended(const Job &job, const Result<void> &result);
    void failed(const QStringList &ids, const Error &ended, const QString &which);
    void forgetSet();
    void filesChanged();
    void leave(Run run);
    void leaveAll();
    void leaveUnwanted(UploadWay way);
    bool isWanted(const Run &run) const;
    void shareLooks();
    void showProgress();
    void showProgressOf(const QStringList &ids, qint64 done);
    QList<OutboxFile> filesOf(const QStringList &ids) const;
    qint64 serviceTime() const; // ms since 1970 UTC

    Client &m_client;
    OutboxFiles &m_files;
    QString m_entry;
    AccountId m_account = 0;
    Options m_options;
    QString m_set; // into which it goes
    QSet<QString> m_setMembers; // ids, of what is in it
    Run m_run; // what goes up
    std::vector<Run>
        m_processing; // what is up by links, and the service looks at; in the order in which they got there
    QTimer m_limitTimer;
    qsizetype m_limited = 0;
    bool m_noSets = false;
    bool m_noLinks = false;
    bool m_oneByOne = false; // one file of several was refused
    int m_setsLost = 0;
    bool m_going = false;
};

/// The uploads that run now, one an entry.
class FileUploads final : public QObject
{
    Q_OBJECT

public:
    explicit FileUploads(OutboxFiles &files, QObject *parent = nullptr) : QObject(parent), m_files(files) { }

    /// The job that brings the entry's files up: the one that runs, or a new one, not yet started.
    UploadFilesJob *job(const QString &entry, AccountId account, Client &client,
                        const UploadFilesJob::Options &options);
    UploadFilesJob *running(const QString &entry) const { return m_jobs.value(entry); }
    /// Of an account that is no more.
    void endThoseOf(AccountId account);
    OutboxFiles &files() { return m_files; }

private:
    OutboxFiles &m_files;
    QHash<QString, UploadFilesJob *> m_jobs;
};

} // namespace casement
