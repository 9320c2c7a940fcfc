#pragma once

#include "archive/advisorarchive.h"
#include "base/job.h"
#include "export/advisorexportqueue.h"
#include "export/exportsink.h"

#include <memory>

namespace casement {

/// What results of Trusted Advisor are written as.
enum class AdvisorFormat : quint8 {
    Csv, ///< one file, a block per check with its own headings
    CsvFolder, ///< a folder with a file per check
    CsvLong, ///< one file, a row per resource and field
    Xlsx, ///< an Excel workbook, a sheet per check
    Json, ///< the answers of the service
};

/// How results are written.
struct AdvisorExportOptions
{
    AdvisorFormat format = AdvisorFormat::Csv;
    bool byteOrderMark = true; ///< of CSV: Excel needs it to read other than English
    bool formulaSafe = true; ///< of CSV: no cell runs in a spreadsheet; plain numbers stay as they are
};

/// A check of an account that was chosen for an export. Its newest result in the language of `check` is written.
struct AdvisorChoice
{
    AdvisorCheckRecord check;
    QString accountName;
    ChosenColumns columns; ///< not of JSON, which is what the service answered
};

/// A check without a result, as a writer takes it.
AdvisorSnapshotRecord recordOfCheck(const AdvisorCheckRecord &check);

/// What writes to `path`: a file, of AdvisorFormat::CsvFolder a folder.
std::unique_ptr<TableWriter> makeTableWriter(const AdvisorExportOptions &options, const QString &path);
/// The same into a sink; null for formats that need a place of their own (CsvFolder, Xlsx).
std::unique_ptr<TableWriter> makeTableWriter(const AdvisorExportOptions &options, std::unique_ptr<ExportSink> sink);

/// Writes what the archive keeps of chosen checks into a file or folder, in their order; those of one check in several
/// accounts stand together. A check without a result is in the workbook's summary and in JSON.
///
/// The file appears when it is whole and on the disk: cancelled, failed or with the disk full, an older one stays as it
/// was. Needs the memory of a few results. Ends with Error::Kind::File and a sentence when it can't be written.
///
/// Progress counts checks.
class ExportAdvisorJob final : public Job
{
    Q_OBJECT

public:
    ExportAdvisorJob(AdvisorArchive &archive, const QList<AdvisorChoice> &choices, const AdvisorExportOptions &options,
                     const QString &path, QObject *parent = nullptr);
    ExportAdvisorJob(AdvisorArchive &archive, const QList<AdvisorChoice> &choices, std::unique_ptr<TableWriter> writer,
                     QObject *parent = nullptr);
    ~ExportAdvisorJob() override;

    QString title() const override;
    /// Resources that were written.
    qint64 rows() const;
    /// Texts that were longer than a cell of a workbook can be, and were cut.
    qint64 cutTexts() const;

protected:
    void run() override;
    void stop() override;

private:
    void load();
    void take(const AdvisorChoice &choice, const Result<AdvisorSnapshot> &snapshot);

    AdvisorArchive &m_archive;
    QList<AdvisorChoice> m_choices;
    std::unique_ptr<AdvisorExportQueue> m_queue;
    qsizetype m_at = 0;
    qsizetype m_written = 0;
    qint64 m_rows = 0;
    qint64 m_cutTexts = 0;
    bool m_isLoading = false;
};

} // namespace casement
