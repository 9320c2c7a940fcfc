#pragma once

#include "archive/attachmentstore.h"
#include "base/job.h"
#include "export/exportcasesjob.h"

#include <QSet>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace casement {

class Client;
class FetchJob;

/// Writes chosen cases with all their attachments into one ZIP: `cases.html` to read, `cases.json` for programs, and a
/// folder of files for each case. What the archive keeps comes from there, the rest from the service.
///
/// An attachment that can't be had does not stop the others: `attachments/MISSING.txt` in the ZIP names it and why, and
/// missing() counts. The ZIP appears when it is whole, in the place of an older one; only a regular file is replaced.
class BundleJob final : public Job
{
    Q_OBJECT

public:
    /// Null for an account that is not connected: what is not kept is missing then.
    using ClientOf = std::function<Client *(AccountId)>;

    /// All are borrowed and outlive the job.
    BundleJob(Archive &archive, AttachmentStore &store, ClientOf clientOf, const QList<CaseChoice> &cases,
              const ExportOptions &options, const QString &path, QObject *parent = nullptr);
    ~BundleJob() override;

    QString title() const override;
    /// Attachments in the ZIP, and those that are not.
    int attachments() const { return m_attachments; }
    int missing() const { return int(m_missing.size()); }

protected:
    void run() override;
    void stop() override;

private:
    struct File
    {
        AccountId account = 0;
        QString folder; ///< of its case, in the ZIP
        AttachmentRecord attachment;
    };

    void write(ExportFormat format, const char *name, void (BundleJob::*then)());
    void writeJson();
    void listFiles();
    void fetchNext();
    void fetched(const File &file, const FetchJob &job);
    void noteMissing(const File &file, const Error &error);
    void zip();
    void start(std::unique_ptr<Job> job, std::function<void(const Result<void> &)> ended);

    Archive &m_archive;
    AttachmentStore &m_store;
    ClientOf m_clientOf;
    const QList<CaseChoice> m_cases;
    const ExportOptions m_options;
    const QString m_path;
    QTemporaryDir m_folder;
    QList<File> m_files;
    qsizetype m_listed = 0; // cases
    qsizetype m_fetched = 0; // files
    int m_attachments = 0;
    QStringList m_missing; // lines
    QSet<AccountId> m_withoutLinks;
    std::unique_ptr<Job> m_step;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
