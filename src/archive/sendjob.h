#pragma once

#include "archive/outbox.h"
#include "base/job.h"
#include "support/client.h"
#include "transfer/uploadjob.h"

#include <chrono>
#include <memory>

namespace casement {

/// Error::code of an outcome that is not known.
namespace sendcode {
/// Of an entry that asks: something that reads the same came a moment before; whose it is only a person can tell.
inline constexpr QLatin1StringView similarFound("SimilarFound");
/// Of a job: an earlier run ended before it had an answer, so that there is no cause to tell.
inline constexpr QLatin1StringView noAnswerKept("NoAnswerKept");
} // namespace sendcode

/// Brings one queued entry of the outbox to its effect, once.
///
/// The files of a queued entry are brought up first; when it is made a draft meanwhile, the job is cancelled. Then the
/// entry is stored as unknown, on the disk, before its first byte leaves, and is sent, once. When the service then does
/// not know the files any more (a set that is over), they are brought up again, and the entry is sent with the new
/// ones. What the answer says is stored: done, or refused (a draft again, with the service's words), or, when it
/// certainly did not arrive (no connection, too many calls, ten cases this hour), queued for later. What an earlier
/// attempt may have brought there never becomes a draft by such a refusal: it asks. When the answer is lost, and when
/// an earlier run left the entry as unknown or asking, the job looks at the service: at cases or messages since the
/// send, by the service's clock, for one with the same text that is no other entry's. What it finds it adopts. What is
/// a few seconds older may be somebody else's, and is not. What it does not find after some looks is Asking: only a
/// person sends it again.
///
/// Ends well when the entry is done. Otherwise its error is the entry's own, and Error::effect tells whether the
/// outcome is unknown. Cancelling stops the waiting; what was sent stays unknown.
///
/// Client and outbox must outlive the job.
class SendJob final : public Job
{
    Q_OBJECT

public:
    using Pauses = QList<std::chrono::milliseconds>;

    /// Before each look; the service may need a moment, or may still be at work on what it did not answer. A test
    /// whose service needs none changes it before the first job.
    static Pauses &usualLooks();

    struct Options
    {
        Pauses looks = usualLooks();
        QString account; ///< its name, for the title
        /// Of the case, for the title: what it is about, else its number; both may be unknown yet.
        QString subject;
        QString displayId;
        UploadJob::Options links; ///< of its files
        Pauses limitPauses; ///< UploadFilesJob::Options
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
    QString titleWithoutSubject() const;
    void bringFilesUp();
    void entryChanged(const QString &id);
    void claim();
    void sendAs();
    template <class Request> void send();
    void answered(const Error &error);
    void notDone(const Error &error);
    void done(const QString &caseId);
    void look();
    void lookNow();
    void lookAt(const QList<OutboxEntry> &others);
    qint64 earliest() const;
    bool isTooOld(const QString &timeCreated) const;
    void lookForCase(const CreateCase::Request &request, const QStringList &others);
    void lookIntoNext(const CreateCase::Request &request);
    void lookForMessage(const AddCommunicationToCase::Request &request, int others);
    void lookForResolution(const ResolveCase::Request &request);
    void take(qint64 created, const QString &caseId);
    void looked(const Result<void> &listed);
    void lookFailed(const Error &error);
    void notFound();
    void settle(OutboxState state, const Error &error, const Result<void> &result);
    std::chrono::milliseconds serviceClock() const;

    Client &m_client;
    Outbox &m_outbox;
    QString m_id;
    Options m_options;
    OutboxEntry m_entry;
    Error m_lost; // why the outcome is not known
    ResolveCase::Response m_resolution;
    qsizetype m_look = 0;
    int m_uploads = 0; // how often its files were brought up
    std::chrono::milliseconds m_lookedBy{0}; // the service's clock by which it was last asked
    bool m_lookedAnew = false; // since its answer showed that this was wrong
    bool m_found = false;
    bool m_foundSimilar = false; // a moment too early
    bool m_foundUnreadable = false; // something that may be it
    QList<CaseDetails> m_toLookInto; // cases whose messages the list does not tell
    std::unique_ptr<QObject> m_call; // context of what is under way; its death aborts it
};

/// Whether an error ends an attempt with the certainty that nothing happened and the hope that a later one works.
bool isWorthWaiting(const Error &error);

} // namespace casement
