#include "ui/advisorexporter.h"

#include "export/exportadvisorjob.h"
#include "models/displaytext.h"
#include "ui/caseexporter.h"
#include "ui/dialogs.h"
#include "ui/exportpage.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString advisorFolderKey = u"export/folder"_s;
const QString advisorFormatKey = u"export/advisorFormat"_s;
constexpr std::array<const char *, 5> formatWords{"csv", "csv-long", "csv-folder", "xlsx", "json"};

QString suffixOfFormat(AdvisorExporter::Format format)
{
    switch (format) {
    case AdvisorExporter::Format::CsvFolder:
        return {};
    case AdvisorExporter::Format::Xlsx:
        return u"xlsx"_s;
    case AdvisorExporter::Format::Json:
        return u"json"_s;
    default:
        return u"csv"_s;
    }
}

AdvisorFormat fileFormat(AdvisorExporter::Format format)
{
    switch (format) {
    case AdvisorExporter::Format::CsvLong:
        return AdvisorFormat::CsvLong;
    case AdvisorExporter::Format::CsvFolder:
        return AdvisorFormat::CsvFolder;
    case AdvisorExporter::Format::Xlsx:
        return AdvisorFormat::Xlsx;
    case AdvisorExporter::Format::Json:
        return AdvisorFormat::Json;
    case AdvisorExporter::Format::CsvBlocks:
        break;
    }
    return AdvisorFormat::Csv;
}

} // namespace

AdvisorExporter::AdvisorExporter(Workspace &workspace, AdvisorArchive &archive, QWidget &window,
                                 std::function<Toast &()> toast)
    : QObject(&window), m_workspace(workspace), m_archive(archive), m_window(window), m_toast(std::move(toast))
{
}

void AdvisorExporter::exportChecks(const QList<AdvisorCheckRecord> &checks)
{
    if (checks.isEmpty())
        return;
    UiSettings &settings = m_workspace.settings();
    const QString day = QDate::currentDate().toString(Qt::ISODate);
    QString name = checks.size() == 1 ? CaseExporter::suggestedName(QString(), checks.constFirst().name)
                                      //: The name of a file with many checks; %1 is the day
                                      : tr("Trusted Advisor %1").arg(day);
    if (name.isEmpty())
        name = checks.constFirst().checkId;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = settings.text(advisorFolderKey, documents);
    const QStringList filters{tr("CSV, a block per check (*.csv)"), tr("CSV, a row per field (*.csv)"),
                              tr("CSV, a folder with a file per check (*)"), tr("Excel workbook (*.xlsx)"),
                              tr("JSON, for programs (*.json)")};
    auto *dialog = new QFileDialog(&m_window, tr("Export %n Check(s)", nullptr, int(checks.size())));
    dialog->setObjectName(u"advisorExportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QFileInfo(folder).isDir() ? folder : QDir::homePath());
    dialog->setNameFilters(filters);
    const auto chosen = [dialog, filters] { return Format(qMax(0, filters.indexOf(dialog->selectedNameFilter()))); };
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog, chosen] { dialog->setDefaultSuffix(suffixOfFormat(chosen())); });
    Format last = Format::CsvBlocks;
    for (size_t i = 0; i < formatWords.size(); ++i) {
        if (settings.word(advisorFormatKey) == QLatin1StringView(formatWords[i]))
            last = Format(i);
    }
    dialog->selectNameFilter(filters.at(int(last)));
    dialog->setDefaultSuffix(suffixOfFormat(last));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, checks, chosen](const QString &path) {
        Format format = chosen();
        const QString suffix = QFileInfo(path).suffix().toLower();
        if (suffix == "xlsx"_L1)
            format = Format::Xlsx;
        else if (suffix == "json"_L1)
            format = Format::Json;
        else if (suffix == "csv"_L1 && format != Format::CsvLong)
            format = Format::CsvBlocks;
        m_workspace.settings().set(advisorFolderKey, QFileInfo(path).absolutePath());
        m_workspace.settings().set(advisorFormatKey, QString::fromLatin1(formatWords[size_t(format)]));
        write(checks, path, format);
    });
    dialog->open();
}

void AdvisorExporter::write(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format)
{
    QList<AdvisorChoice> choices;
    for (const AdvisorCheckRecord &check : checks)
        choices.append({check, m_workspace.accountName(check.account)});
    AdvisorExportOptions options = ExportPage::options(m_workspace.settings());
    options.format = fileFormat(format);
    auto *job = new ExportAdvisorJob(m_archive, choices, options, path, this);
    connect(job, &Job::finished, this, [this, path, job, count = checks.size()](const Result<void> &result) {
        if (result) {
            const auto open = [](const QString &what) { dialogs::linkOpener()(QUrl::fromLocalFile(what)); };
            QString text =
                tr("%n check(s) exported: %1", nullptr, int(count)).arg(displayText(QFileInfo(path).fileName()));
            if (job->cutTexts() > 0)
                text += u' ' + tr("%n text(s) were too long for a cell and were cut.", nullptr, int(job->cutTexts()));
            m_toast().show(text, {tr("Open"), [open, path] { open(path); }},
                           {tr("Show in Folder"), [open, path] { open(QFileInfo(path).absolutePath()); }});
        } else {
            dialogs::tellFailedExport(&m_window, u"advisorExportProblem"_s, result.error());
        }
        Q_EMIT finished(result);
    });
    m_workspace.jobList().add(job);
    job->start();
}

} // namespace casement
