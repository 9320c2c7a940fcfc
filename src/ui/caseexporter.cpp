#include "ui/caseexporter.h"

#include "base/background.h"
#include "export/bundlejob.h"
#include "export/exportcasesjob.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "print/paintcasesjob.h"
#include "print/pdffile.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/printtarget.h"
#include "ui/servicenames.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QPrintDialog>
#include <QPrinter>
#include <QStandardPaths>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString exportFolderKey = u"export/folder"_s;
const QString formatKey = u"export/format"_s;
constexpr qsizetype longestSubject = 60;
constexpr int widestName = 40; // characters in a notice

using Format = CaseExporter::Format;
constexpr std::array formats{Format::Pdf, Format::Html, Format::Markdown, Format::Json, Format::Zip};

QString suffixOf(Format format)
{
    switch (format) {
    case Format::Pdf:
        return u"pdf"_s;
    case Format::Html:
        return CaseExport::suffix(ExportFormat::Html);
    case Format::Markdown:
        return CaseExport::suffix(ExportFormat::Markdown);
    case Format::Zip:
        return u"zip"_s;
    case Format::Json:
        break;
    }
    return CaseExport::suffix(ExportFormat::Json);
}

std::optional<Format> formatOfSuffix(const QString &suffix)
{
    const QString small = suffix.toLower();
    if (small == "htm"_L1)
        return Format::Html;
    if (small == "markdown"_L1)
        return Format::Markdown;
    for (const Format format : formats) {
        if (small == suffixOf(format))
            return format;
    }
    return {};
}

/// What stands behind the last dot; with a blank in it, it is a part of the name.
QString caseEndingOf(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix();
    return suffix.contains(u' ') ? QString() : suffix;
}

} // namespace

CaseExporter::CaseExporter(Workspace &workspace, QWidget &window, std::function<Toast &()> toast)
    : QObject(&window), m_workspace(workspace), m_window(window), m_toast(std::move(toast))
{
}

std::optional<CaseExporter::Format> CaseExporter::formatOf(const QString &path, Format chosen)
{
    const QString suffix = caseEndingOf(path);
    return suffix.isEmpty() ? chosen : formatOfSuffix(suffix);
}

QString CaseExporter::suggestedName(const QString &displayId, const QString &subject)
{
    QString name;
    const QString text = displayId + u' ' + subject;
    for (const QChar c : text) {
        // A dot too: the ending that belongs to the format comes behind.
        const bool isPlain = c.isLetterOrNumber() || c.isMark() || c == u'-' || c == u'_';
        name += isPlain ? c : u' ';
        if (name.size() >= displayId.size() + 1 + longestSubject)
            break;
    }
    name = name.simplified();
    while (name.startsWith(u'-') || name.startsWith(u' '))
        name.remove(0, 1); // no program takes it for an option
    return name;
}

void CaseExporter::exportCases(const QList<CaseKey> &keys)
{
    if (keys.isEmpty())
        return;
    const CaseRecord *record = m_workspace.cases().findCase(keys.first());
    QString name = keys.size() == 1 && record ? suggestedName(record->displayId.toString(), record->subject.toString())
                                              //: The name of a file with many cases; %1 is the day
                                              : tr("Support cases %1").arg(QDate::currentDate().toString(Qt::ISODate));
    choose(keys, name.isEmpty() ? tr("Case") : name);
}

void CaseExporter::choose(const QList<CaseKey> &keys, const QString &name)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = m_workspace.settings().text(exportFolderKey, documents);
    const QStringList filters{tr("PDF document (*.pdf)"), tr("Web page (*.html)"), tr("Markdown (*.md)"),
                              tr("JSON, for programs (*.json)"), tr("Everything with attachments (*.zip)")};

    auto *dialog = new QFileDialog(&m_window);
    dialogs::inEachLanguage(*dialog, [dialog, count = int(keys.size())] {
        dialog->setWindowTitle(tr("Export %Ln Case(s)", nullptr, count));
    });
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QFileInfo(folder).isDir() ? folder : QDir::homePath());
    dialog->setNameFilters(filters);
    const auto chosen = [dialog, filters] {
        return formats.at(size_t(qMax(0, filters.indexOf(dialog->selectedNameFilter()))));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog, chosen] { dialog->setDefaultSuffix(suffixOf(chosen())); });
    const Format last = formatOfSuffix(m_workspace.settings().word(formatKey)).value_or(Format::Pdf);
    dialog->selectNameFilter(filters.at(int(last)));
    dialog->setDefaultSuffix(suffixOf(last));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, keys, chosen](const QString &path) {
        const std::optional<Format> format = formatOf(path, chosen());
        m_workspace.settings().set(exportFolderKey, QFileInfo(path).absolutePath());
        if (!format) {
            QStringList endings;
            for (const Format one : formats)
                endings.append(u'.' + suffixOf(one));
            return dialogs::tellUnknownEnding(
                &m_window, u"exportEnding"_s, path, endings,
                [this, keys, again = QFileInfo(path).completeBaseName()] { choose(keys, again); });
        }
        m_workspace.settings().set(formatKey, suffixOf(*format));
        QString named = path;
        if (caseEndingOf(path).isEmpty()) {
            while (named.endsWith(u'.'))
                named.chop(1);
            named += u'.' + suffixOf(*format);
        }
        write(keys, named, *format);
    });
    dialog->open();
}

QList<CaseChoice> CaseExporter::choices(const QList<CaseKey> &keys) const
{
    QList<CaseChoice> list;
    for (const CaseKey &key : keys)
        list.append(
            {key.account, key.caseId, m_workspace.accountName(key.account), m_workspace.partition(key.account)});
    return list;
}

ExportOptions CaseExporter::options() const
{
    const CatalogNames names = m_workspace.serviceNames().names();
    return {.status = &Names::status,
            .severity = &Names::severity,
            .service = [names](std::string_view code) { return names.service(code); },
            .category = [names](std::string_view service,
                                std::string_view code) { return names.tellingCategory(service, code); }};
}

void CaseExporter::write(const QList<CaseKey> &keys, const QString &path, Format format)
{
    Job *job = nullptr;
    if (format == Format::Zip) {
        const auto clientOf = [this, kept = QHash<AccountId, std::shared_ptr<Client>>()](AccountId account) mutable {
            return (kept[account] = m_workspace.client(account)).get(); // as long as the job asks
        };
        auto *bundle = new BundleJob(m_workspace.archive(), m_workspace.attachments(), clientOf, choices(keys),
                                     options(), path, this);
        return start(bundle, [this, path, count = keys.size(), bundle] { tellDone(path, count, bundle->missing()); });
    }
    if (format == Format::Pdf) {
        job = new PaintCasesJob(m_workspace.archive(), choices(keys), options(),
                                std::make_shared<PdfFile>(path, PdfFile::usualPaper()), this);
    } else {
        const ExportFormat as = format == Format::Html ? ExportFormat::Html
            : format == Format::Markdown               ? ExportFormat::Markdown
                                                       : ExportFormat::Json;
        job = new ExportCasesJob(m_workspace.archive(), choices(keys), CaseExport(as, options()), path, this);
    }
    start(job, [this, path, count = keys.size()] { tellDone(path, count, 0); });
}

void CaseExporter::start(Job *job, const std::function<void()> &succeeded)
{
    connect(job, &Job::finished, this, [this, succeeded](const Result<void> &result) {
        if (result) {
            succeeded();
        } else {
            dialogs::tellFailedExport(&m_window, u"exportProblem"_s, result.error());
        }
        Q_EMIT finished(result);
    });
    m_workspace.jobList().add(job);
    job->start();
}

void CaseExporter::tellDone(const QString &path, qsizetype count, int missing)
{
    const QString name = m_window.fontMetrics().elidedText(displayText(QFileInfo(path).fileName()), Qt::ElideMiddle,
                                                           m_window.fontMetrics().averageCharWidth() * widestName);
    const auto open = [this](const QString &what) { dialogs::openOrTell(&m_window, QUrl::fromLocalFile(what)); };
    QString text = tr("%Ln case(s) exported: %1", nullptr, int(count)).arg(name);
    if (missing > 0)
        text += u' ' + tr("%Ln attachment(s) could not be had; MISSING.txt in it names them.", nullptr, missing);
    m_toast().show(text, {tr("&Open"), [open, path] { open(path); }},
                   {tr("Sho&w in Folder"), [open, path] { open(QFileInfo(path).absolutePath()); }});
}

void CaseExporter::copy(const QList<CaseKey> &keys, ExportFormat format)
{
    if (keys.isEmpty())
        return;
    if (keys.size() > mostCopied)
        return m_toast().show(tr("At most %Ln case(s) can be copied at once. Export them into a file instead.", nullptr,
                                 int(mostCopied)));
    readNext(++m_copyRun, choices(keys), {}, format);
}

void CaseExporter::readNext(int run, const QList<CaseChoice> &left, const QList<ExportedCase> &read,
                            ExportFormat format)
{
    if (left.isEmpty())
        return putIntoClipboard(read, format);
    readExportedCase(m_workspace.archive(), left.first(), this,
                     [this, run, left, read, format](const Result<ExportedCase> &exported) {
                         if (run != m_copyRun)
                             return;
                         if (exported)
                             return readNext(run, left.sliced(1), read + QList<ExportedCase>{*exported}, format);
                         m_toast().show(ErrorText::summary(exported.error()));
                         Q_EMIT finished(exported.error());
                     });
}

void CaseExporter::putIntoClipboard(const QList<ExportedCase> &cases, ExportFormat format)
{
    inBackground(
        this, [writer = CaseExport(format, options()), cases] { return writer.document(cases); },
        [this, format, run = m_copyRun, count = cases.size()](const QByteArray &text) {
            if (run != m_copyRun)
                return;
            auto *content = new QMimeData;
            content->setText(QString::fromUtf8(text));
            content->setData(format == ExportFormat::Json ? u"application/json"_s : u"text/markdown"_s, text);
            QGuiApplication::clipboard()->setMimeData(content);
            m_toast().show(tr("%Ln case(s) copied.", nullptr, int(count)));
            Q_EMIT finished({});
        });
}

void CaseExporter::print(const QList<CaseKey> &keys)
{
    if (keys.isEmpty())
        return;
    auto target = std::make_shared<PrintTarget>();
    auto *dialog = new QPrintDialog(&target->printer(), &m_window);
    dialog->setObjectName(u"printDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Print %Ln Case(s)", nullptr, int(keys.size())));
    dialog->setOption(QAbstractPrintDialog::PrintPageRange, false); // how many pages there are shows while painting
    dialog->setOption(QAbstractPrintDialog::PrintSelection, false);
    dialog->setOption(QAbstractPrintDialog::PrintCurrentPage, false);
    connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this, [this, keys, target] {
        start(new PaintCasesJob(m_workspace.archive(), choices(keys), options(), target, this),
              [this, count = keys.size(), file = target->printer().outputFileName()] {
                  if (file.isEmpty())
                      m_toast().show(tr("%Ln case(s) sent to the printer.", nullptr, int(count)));
                  else
                      tellDone(file, count, 0); // the dialog has a printer that writes files
              });
    });
    dialog->open();
}

} // namespace casement
