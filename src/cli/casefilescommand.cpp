#include "cli/casefilescommand.h"

#include "cli/terminaltext.h"

namespace casement::cli {

using namespace Qt::StringLiterals;

CaseFilesCommand::CaseFilesCommand(const CommandLine &line, Output &output, QObject *parent)
    : ArchiveCommand(line, output, parent), m_store(archive())
{
}

void CaseFilesCommand::show()
{
    loadCases([this](const CaseRecords &cases) {
        const CaseRecord *found = findCase(cases, line().operand);
        if (!found)
            return finish(failed);
        m_caseId = found->caseId.toString();
        archive().loadCommunications(account().id, m_caseId, this,
                                     [this](const Result<QList<CommunicationRecord>> &messages) {
                                         if (!messages)
                                             return fail(messages.error());
                                         list(*messages);
                                     });
    });
}

void CaseFilesCommand::list(const QList<CommunicationRecord> &messages)
{
    QList<ListedAttachment> files;
    QStringList ids;
    for (const CommunicationRecord &message : messages) {
        for (const AttachmentRecord &file : message.attachments) {
            files.append({file, message.submittedBy, message.timeCreatedText, message.created, {}});
            ids.append(file.attachmentId);
        }
    }
    if (files.isEmpty()) {
        complain(u"Case %1 has no attachments."_s.arg(terminalLine(line().operand)));
        const bool isNamed = line().command == CommandLine::Command::Download && !line().operands.isEmpty();
        return end(isNamed ? failed : statusSoFar());
    }
    m_store.find(account().id, ids, this, [this, files](const Result<QHash<QString, KeptAttachment>> &kept) mutable {
        if (!kept)
            return fail(kept.error());
        for (ListedAttachment &file : files) {
            if (const auto one = kept->constFind(file.record.attachmentId); one != kept->cend())
                file.keptSize = one->size;
        }
        listed(files);
    });
}

void CaseFilesCommand::end(int status)
{
    warnOfGaps({m_caseId}, [this, status] { finish(status); });
}

} // namespace casement::cli
