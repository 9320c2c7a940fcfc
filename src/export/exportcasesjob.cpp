#include "export/exportcasesjob.h"

#include "archive/database.h"
#include "base/background.h"

namespace casement {

using namespace Qt::StringLiterals;

void readExportedCase(Archive &archive, const CaseChoice &choice, QObject *context,
                      const Archive::Callback<ExportedCase> &done)
{
    archive.loadCase(choice.account, choice.caseId, context, [=, &archive](const Result<CaseDetails> &details) {
        if (!details)
            return done(details.error());
        if (details->caseId.isEmpty()) {
            return done(Error{.kind = Error::Kind::Archive,
                              .code = archivecode::noSuchCase,
                              .message = Archive::tr("The case %1 is not in the archive any more. Refresh the list, "
                                                     "then export again.")
                                             .arg(choice.caseId)});
        }
        archive.loadCommunications(choice.account, choice.caseId, context,
                                   [=, details = *details](const Result<QList<CommunicationRecord>> &messages) {
                                       if (!messages)
                                           return done(messages.error());
                                       done(ExportedCase{details, *messages, choice.accountName, choice.partition});
                                   });
    });
}

ExportCasesJob::ExportCasesJob(Archive &archive, const QList<CaseChoice> &cases, const CaseExport &format,
                               const QString &path, QObject *parent)
    : Job(parent), m_archive(archive), m_cases(cases), m_format(format), m_file(std::make_shared<ExportFile>(path))
{
}

ExportCasesJob::~ExportCasesJob() = default;

QString ExportCasesJob::title() const { return tr("Exporting %n case(s)", nullptr, int(m_cases.size())); }

void ExportCasesJob::run()
{
    setProgress(0, m_cases.size());
    next();
}

void ExportCasesJob::stop() { m_file.reset(); }

void ExportCasesJob::next()
{
    if (state() == State::Finished)
        return; // progress was answered with cancel()
    if (m_at == m_cases.size())
        return end();
    readExportedCase(m_archive, m_cases.at(m_at), this, [this](const Result<ExportedCase> &exported) {
        if (state() == State::Finished)
            return;
        if (!exported)
            return fail(exported.error());
        write(*exported);
    });
}

void ExportCasesJob::write(const ExportedCase &exported)
{
    inBackground(
        this,
        [file = m_file, format = m_format, exported, index = m_at, count = m_cases.size()]() -> Result<void> {
            const QByteArray head = index == 0 ? format.head(CaseExport::title(exported.details, count)) : QByteArray();
            return file->append(head + format.caseText(index, exported));
        },
        [this](const Result<void> &written) {
            if (state() == State::Finished)
                return;
            if (!written)
                return fail(written.error());
            setProgress(++m_at, m_cases.size());
            next();
        });
}

void ExportCasesJob::end()
{
    inBackground(
        this,
        [file = m_file, tail = m_cases.isEmpty() ? m_format.document({}) : m_format.tail()]() -> Result<void> {
            if (const Result<void> appended = file->append(tail); !appended)
                return appended;
            return file->flush();
        },
        [this](const Result<void> &written) {
            if (state() == State::Finished)
                return;
            if (!written)
                return fail(written.error());
            finish(m_file->commit()); // here and not on the pool: nothing can be cancelled in between
        });
}

void ExportCasesJob::fail(const Error &error)
{
    m_file.reset(); // no rest beside the old file
    finish(error);
}

} // namespace casement
