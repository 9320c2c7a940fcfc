#include "cli/exportcommand.h"

#include "archive/catalogarchive.h"
#include "cli/terminaltext.h"
#include "export/bundlejob.h"
#include "models/catalognames.h"
#include "models/names.h"
#include "support/jsonindent.h"

#include <QSet>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

CaseExport exportOf(CommandLine::Format format, const ExportOptions &options)
{
    switch (format) {
    case CommandLine::Format::Html:
        return CaseExport(ExportFormat::Html, options);
    case CommandLine::Format::Json:
        return CaseExport(ExportFormat::Json, options);
    case CommandLine::Format::Markdown:
    case CommandLine::Format::Zip: // written by a job of its own
    case CommandLine::Format::Table: // of Cases, as is Csv
    case CommandLine::Format::Csv:
        break;
    }
    return CaseExport(ExportFormat::Markdown, options);
}

} // namespace

void ExportCommand::show()
{
    loadCases([this](const CaseRecords &cases) {
        QSet<QString> chosen;
        bool areAllThere = true;
        for (const QString &id : line().operands) {
            const CaseRecord *record = findCase(cases, id.trimmed());
            areAllThere = areAllThere && record;
            const QString caseId = record ? record->caseId.toString() : QString();
            if (!record || chosen.contains(caseId))
                continue;
            chosen.insert(caseId);
            m_choices.append({account().id, caseId, account().name, account().partition});
        }
        if (!areAllThere)
            return finish(failed); // half of what was asked for would pass for all of it
        loadNames();
    });
}

/// Services by the names that AWS gives them, as far as the archive knows these; the others as in Names.
void ExportCommand::loadNames()
{
    CatalogArchive::keptServices(
        archive(), account().id, u"en"_s, this, [this](const Result<QList<Service>> &services) {
            if (isFinished())
                return;
            if (!services)
                return fail(services.error());
            CatalogNames names;
            names.add(*services);
            m_options = {.status = &Names::status,
                         .severity = &Names::severity,
                         .service = [names](std::string_view code) { return names.service(code); },
                         .category = [names](std::string_view service,
                                             std::string_view code) { return names.tellingCategory(service, code); }};
            line().outputFile.isEmpty() ? print() : writeFile();
        });
}

void ExportCommand::writeFile()
{
    if (line().format == CommandLine::Format::Zip)
        return writeZip();
    run(new ExportCasesJob(archive(), m_choices, exportOf(line().format, m_options), line().outputFile, this));
}

void ExportCommand::writeZip()
{
    m_store = std::make_unique<AttachmentStore>(archive());
    auto *bundle = new BundleJob(
        archive(), *m_store, [this](AccountId) { return &client(); }, m_choices, m_options, line().outputFile, this);
    connect(bundle, &Job::finished, this, [this, bundle](const Result<void> &result) {
        if (!result || bundle->missing() == 0)
            return;
        tellFailure(
            {.kind = Error::Kind::Incomplete,
             .message = u"%1 attachments could not be had; attachments/MISSING.txt in the ZIP names them."_s.arg(
                 bundle->missing())});
    });
    run(bundle);
}

void ExportCommand::run(Job *job)
{
    m_export = job;
    connect(job, &Job::finished, this, [this](const Result<void> &result) {
        if (!result)
            return fail(result.error());
        end();
    });
    job->start();
}

void ExportCommand::print()
{
    const CaseExport format = exportOf(line().format, m_options);
    if (m_printed == m_choices.size()) {
        write(format.tail());
        if (!m_json.isEmpty()) {
            const Result<QByteArray> laidOut = indentJson(m_json, true);
            if (!laidOut)
                return fail(laidOut.error());
            output().write(*laidOut + '\n');
        }
        return end();
    }
    readExportedCase(archive(), m_choices.at(m_printed), this, [this, format](const Result<ExportedCase> &exported) {
        if (!exported)
            return fail(exported.error());
        if (m_printed == 0)
            write(format.head(CaseExport::title(exported->details, m_choices.size())));
        write(format.caseText(m_printed++, *exported));
        print();
    });
}

/// A handover with gaps says so.
void ExportCommand::end()
{
    QStringList caseIds;
    for (const auto &choice : m_choices)
        caseIds.append(choice.caseId);
    warnOfGaps(caseIds, [this] { finish(statusSoFar()); });
}

void ExportCommand::write(const QByteArray &piece)
{
    const bool isJson = line().format == CommandLine::Format::Json;
    if (!output().isTerminal())
        output().write(isJson ? escapedJson(piece) : piece);
    else if (isJson)
        m_json += piece;
    else
        output().write(terminalText(QString::fromUtf8(piece)));
}

void ExportCommand::stop()
{
    ArchiveCommand::stop();
    if (m_export) {
        m_export->disconnect(this); // the interruption is the end, not the job's
        m_export->cancel();
    }
}

} // namespace casement::cli
