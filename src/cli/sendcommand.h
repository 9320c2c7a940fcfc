#pragma once

#include "archive/outbox.h"
#include "archive/sendjob.h"
#include "cli/archivecommand.h"
#include "cli/sendrequest.h"
#include "cli/uploadwatch.h"

#include <chrono>

namespace casement::cli {

/// `create`, `reply ID`, `resolve ID`: one action, one effect. The change goes through the outbox of the archive, which
/// is the window's too; before a run makes an entry of its own, it goes on with an equal one whose end nobody was told,
/// also when the keys in the environment were replaced meanwhile. What was sent and is not found is never sent again
/// but with --again.
///
/// Files (`--attach`) are the entry's, and go up before it is sent. What was interrupted then is a draft until the same
/// command comes again and goes on with what is up: casement shows it, and sends nothing by itself.
///
/// A rehearsal (`dryRun`) asks the service alone.
class SendCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    SendCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);

    void start() override;

protected:
    void begin() override;
    void show() override { }
    void stop() override;
    QString afterFailure(const Error &error) const override;

private:
    const char *operation() const;
    void findCase();
    void askForCase();
    void setCase(const QString &caseId);
    void go();
    QString question() const;
    void sendForReal();
    void rehearse();

    void inspectFiles(const QStringList &ofTexts);
    void askAboutSecrets(const QStringList &ofTexts, const QStringList &ofFiles);
    bool isSameAction(const OutboxEntry &entry) const;
    bool hasFilesAsTheyWere(const QString &id) const;
    void renewFiles(const QString &id);
    void takeStock();
    void beginAnew();
    void sendAsNew(const OutboxEntry &entry);
    void goOnWith(const OutboxEntry &entry);
    void run(const QString &id, const QList<std::chrono::milliseconds> &looks);
    void ended(const OutboxEntry &entry, const Result<void> &result, const ResolveCase::Response &statuses);
    void sendAgain(const OutboxEntry &entry);
    void report(const OutboxEntry &entry, ResolveCase::Response statuses);
    void giveUp(const OutboxEntry &entry, const Error &error);
    void leaveUnknown(const OutboxEntry &entry, const Error &error);
    void forget(const QString &id);
    void keepUpload(const OutboxEntry &entry, const Error &why);
    void keepInDoubt(const OutboxEntry &entry, const Error &error);
    void tellUploads(const QList<OutboxFile> &files, const Error &error);
    bool tellTooMany(const QList<OutboxFile> &files);

    SendRequest m_request;
    QByteArray m_input; ///< of the entry
    QList<LocalFile> m_files; ///< of the entry, as they are now
    QString m_caseId;
    QString m_id; ///< of the entry that this run is about
    QString m_made; ///< the same when this run made it
    bool m_maySendAgain; ///< --again, until it was done
    bool m_isSimilarKnown = false; ///< an earlier run said that something reads the same
    Outbox m_outbox;
    QPointer<SendJob> m_sending;
    std::unique_ptr<UploadWatch> m_watch;
    std::unique_ptr<QObject> m_call; ///< context of what is asked of the service besides the job
};

} // namespace casement::cli
