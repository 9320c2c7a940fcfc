#pragma once

#include "base/job.h"
#include "support/attachments.h"
#include "support/client.h"
#include "transfer/linkupload.h"
#include "transfer/localfile.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace casement {

/// Brings one file up over links: asks for links, PUTs the missing parts, reports each at once, and waits until the
/// service says that the file is ready.
///
/// A part whose link is over its time, or that was lost on the way, is sent again by a fresh link, some times; an
/// upload that the service does not know any more, or that it looked at and did not take, is begun again, twice. Two
/// parts are under way at once, of some hundred megabytes in all over all jobs, so memory grows by parts and never by
/// files. Parts are read on the pool, and only from the file that was chosen: one that changed meanwhile ends the job
/// (filecode::changed). Parts that are there are reported before the job gives up for another part.
///
/// Progress is in bytes. Errors: those of the file; Refused with filecode::uploadFailed, and the name for a message,
/// when the service could not take the file; what its calls and links answer otherwise. After one that passes (no
/// connection …) a new job goes on from upload().
///
/// Source: api-facts §3A.1 to §3A.4.
class UploadJob final : public Job
{
    Q_OBJECT

public:
    struct Options
    {
        /// Between looks at the status; the last one is repeated. Empty: soon at first, later every 15 s.
        QList<std::chrono::milliseconds> polls;
        std::chrono::milliseconds firstPause{1000}; ///< before a lost part is sent again; doubles
        int attempts = 6; ///< for a part
        int parallelParts = 2;
        std::chrono::milliseconds patience{5000}; ///< between looks at least, of who is patient
    };

    /// `name`: under which the service gets it. `client` must outlive the job.
    UploadJob(Client &client, const LocalFile &file, const QString &name, const LinkUpload &from, Options options,
              QObject *parent = nullptr);
    ~UploadJob() override;

    QString title() const override;
    const LinkUpload &upload() const { return m_upload; }

    /// All parts are there; the service looks at the file.
    bool isProcessing() const { return m_processing; }
    /// Looks seldom: others are looked for first, and all share the few calls a second of an account. What is not
    /// patient any more looks at once.
    void setPatient(bool patient);

Q_SIGNALS:
    /// upload() or isProcessing() changed: keep it.
    void stepped();
    void processing(); ///< again, when it was begun again

protected:
    void run() override;
    void stop() override;

private:
    struct Part;

    void begin();
    void resume();
    void takeLinks(const GetAttachmentUploadLinks::Response &links);
    void askForLinks(int from);
    void goOn();
    void startPart(int index);
    void put(int index, const QByteArray &bytes);
    void putEnded(int index, const Result<LinkAnswer> &answer);
    void again(int index, const Error &error);
    void report();
    void markReported(const QList<int> &indexes);
    void reported(const QList<int> &indexes, const QString &status);
    void poll();
    void askStatus();
    void judge(const QString &status);
    void startOver(const Error &error);
    Error notTaken() const;
    void fail(const Error &error);
    qint64 partBytes(int index) const;
    bool isReported(int index) const { return m_done.contains(index); }
    int nextMissing() const;
    bool hasLink(int index) const;
    bool isOver() const { return state() == State::Finished || m_failure; }
    void showProgress();

    Client &m_client;
    LocalFile m_file;
    QString m_name;
    LinkUpload m_upload;
    Options m_options;
    QSet<int> m_done; // reported
    QHash<int, UploadUrl> m_links;
    std::map<int, std::unique_ptr<Part>> m_parts; // under way or waiting to be sent again
    QList<CompletedUpload> m_toReport;
    QSet<int> m_put; // there, and not yet reported
    qsizetype m_poll = 0;
    int m_badPolls = 0;
    bool m_asking = false; // for links
    bool m_reporting = false;
    bool m_processing = false;
    bool m_isPatient = false;
    int m_startsOver = 0;
    std::optional<Error> m_failure; // told as soon as the parts that are there are reported
    QTimer m_pollTimer;
    std::unique_ptr<QObject> m_calls; // context of all that is under way
};

} // namespace casement
