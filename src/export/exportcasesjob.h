#pragma once

#include "archive/archive.h"
#include "base/job.h"
#include "export/caseexport.h"
#include "export/exportfile.h"

#include <memory>

namespace casement {

/// A case that was chosen for an export, and what the archive's account is called.
struct CaseChoice
{
    AccountId account = 0;
    QString caseId;
    QString accountName;
    QString partition;
};

/// Reads a case with all its messages. Error::Kind::Archive when the archive does not have it.
void readExportedCase(Archive &archive, const CaseChoice &choice, QObject *context,
                      const Archive::Callback<ExportedCase> &done);

/// Writes chosen cases into one file, one after another, so that any number of them needs the memory of one.
///
/// The file appears when it is whole and on the disk: cancelled, failed or with the disk full, an older one stays as it
/// was. Only a regular file is replaced. Ends with Error::Kind::File and a sentence when it can't be written.
class ExportCasesJob final : public Job
{
    Q_OBJECT

public:
    ExportCasesJob(Archive &archive, const QList<CaseChoice> &cases, const CaseExport &format, const QString &path,
                   QObject *parent = nullptr);
    ~ExportCasesJob() override;

    QString title() const override;

protected:
    void run() override;
    void stop() override;

private:
    void next();
    void write(const ExportedCase &exported);
    void end();
    void fail(const Error &error);

    Archive &m_archive;
    const QList<CaseChoice> m_cases;
    const CaseExport m_format;
    std::shared_ptr<ExportFile> m_file; ///< of one pool thread at a time; what was not committed goes with it
    qsizetype m_at = 0;
};

} // namespace casement
