#include "export/exportadvisorjob.h"

#include "export/advisorjsonwriter.h"
#include "export/csvwriter.h"
#include "export/exportfile.h"
#include "export/xlsxwriter.h"

#include <QHash>

#include <algorithm>

namespace casement {

namespace {

/// Those of one check together, checks in the order in which they came first.
QList<AdvisorChoice> byCheck(QList<AdvisorChoice> choices)
{
    QHash<QString, qsizetype> places;
    for (const AdvisorChoice &choice : std::as_const(choices)) {
        if (!places.contains(choice.check.checkId))
            places.insert(choice.check.checkId, places.size());
    }
    std::stable_sort(choices.begin(), choices.end(), [&places](const AdvisorChoice &a, const AdvisorChoice &b) {
        return places.value(a.check.checkId) < places.value(b.check.checkId);
    });
    return choices;
}

} // namespace

std::unique_ptr<TableWriter> makeTableWriter(const AdvisorExportOptions &options, const QString &path)
{
    const CsvStyle style{options.byteOrderMark, options.formulaSafe};
    switch (options.format) {
    case AdvisorFormat::CsvFolder:
        return std::make_unique<CsvFolderWriter>(path, style);
    case AdvisorFormat::Xlsx:
        return std::make_unique<XlsxWriter>(path);
    case AdvisorFormat::Csv:
    case AdvisorFormat::CsvLong:
    case AdvisorFormat::Json:
        break;
    }
    return makeTableWriter(options, std::make_unique<ExportFile>(path));
}

std::unique_ptr<TableWriter> makeTableWriter(const AdvisorExportOptions &options, std::unique_ptr<ExportSink> sink)
{
    const CsvStyle style{options.byteOrderMark, options.formulaSafe};
    switch (options.format) {
    case AdvisorFormat::Csv:
        return std::make_unique<CsvWriter>(std::move(sink), CsvWriter::Layout::Blocks, style);
    case AdvisorFormat::CsvLong:
        return std::make_unique<CsvWriter>(std::move(sink), CsvWriter::Layout::Long, style);
    case AdvisorFormat::Json:
        return std::make_unique<AdvisorJsonWriter>(std::move(sink));
    case AdvisorFormat::CsvFolder:
    case AdvisorFormat::Xlsx:
        break;
    }
    return {};
}

AdvisorSnapshotRecord recordOfCheck(const AdvisorCheckRecord &check)
{
    AdvisorSnapshotRecord record;
    record.account = check.account;
    record.checkId = check.checkId;
    record.name = check.name;
    record.category = check.category;
    record.headings = check.headings;
    record.status = check.status;
    record.timestamp = check.timestamp;
    record.time = check.time;
    record.counts = check.counts;
    record.hasCounts = check.hasCounts;
    record.savings = check.savings;
    return record;
}

ExportAdvisorJob::ExportAdvisorJob(AdvisorArchive &archive, const QList<AdvisorChoice> &choices,
                                   const AdvisorExportOptions &options, const QString &path, QObject *parent)
    : ExportAdvisorJob(archive, choices, makeTableWriter(options, path), parent)
{
}

ExportAdvisorJob::ExportAdvisorJob(AdvisorArchive &archive, const QList<AdvisorChoice> &choices,
                                   std::unique_ptr<TableWriter> writer, QObject *parent)
    : Job(parent), m_archive(archive), m_choices(byCheck(choices)),
      m_queue(std::make_unique<AdvisorExportQueue>(std::move(writer)))
{
    connect(m_queue.get(), &AdvisorExportQueue::written, this, [this](int results) {
        m_written += results;
        setProgress(m_written, m_choices.size());
        load();
    });
    connect(m_queue.get(), &AdvisorExportQueue::finished, this, [this](const Result<void> &result) {
        m_rows = m_queue->rows();
        m_cutTexts = m_queue->cutTexts();
        finish(result);
    });
}

ExportAdvisorJob::~ExportAdvisorJob() = default;

QString ExportAdvisorJob::title() const { return tr("Exporting %n check(s)", nullptr, int(m_choices.size())); }

qint64 ExportAdvisorJob::rows() const { return m_rows; }

qint64 ExportAdvisorJob::cutTexts() const { return m_cutTexts; }

void ExportAdvisorJob::run()
{
    setProgress(0, m_choices.size());
    load();
}

void ExportAdvisorJob::stop()
{
    if (!m_queue)
        return;
    m_queue->abandon();
    m_queue.release()->deleteLater(); // it may be the one who speaks
}

void ExportAdvisorJob::load()
{
    while (state() != State::Finished && !m_isLoading && !m_queue->isFull()) {
        if (m_at == m_choices.size())
            return m_queue->end();
        const AdvisorChoice &choice = m_choices.at(m_at++);
        if (choice.check.snapshot == 0) {
            m_queue->add({choice.accountName, recordOfCheck(choice.check), {}, choice.columns});
            continue;
        }
        m_isLoading = true;
        m_archive.loadSnapshot(choice.check.snapshot, this,
                               [this, choice](const Result<AdvisorSnapshot> &snapshot) { take(choice, snapshot); });
    }
}

void ExportAdvisorJob::take(const AdvisorChoice &choice, const Result<AdvisorSnapshot> &snapshot)
{
    if (state() == State::Finished)
        return;
    m_isLoading = false;
    if (!snapshot) {
        stop();
        return finish(snapshot.error());
    }
    m_queue->add({choice.accountName, snapshot->record, snapshot->result, choice.columns});
    load();
}

} // namespace casement
