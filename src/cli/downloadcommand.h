#pragma once

#include "archive/fetchjob.h"
#include "cli/casefilescommand.h"

namespace casement::cli {

/// `download ID [NAME…]`: saves the files of a case in a folder, those that are kept without the service. What fails is
/// told, and the others go on.
class DownloadCommand final : public CaseFilesCommand
{
    Q_OBJECT

public:
    using CaseFilesCommand::CaseFilesCommand;

protected:
    void listed(const QList<ListedAttachment> &files) override;
    void stop() override;

private:
    void next();
    void fetched(const Result<void> &result, const FetchJob &job);
    void save(const AttachmentRecord &file, const KeptAttachment &kept);
    void miss(const AttachmentRecord &file, const Error &error);

    QString m_folder;
    QList<AttachmentRecord> m_left;
    bool m_withoutLinks = false; ///< the service has none
    Error m_unreachable; ///< why the service is not asked any more
    int m_end = succeeded;
    QPointer<FetchJob> m_fetch;
};

} // namespace casement::cli
